"""Work shared by the frequency filters: the real Fourier transform times the shape of a filter."""

import numpy as np
from scipy import fft

PASSES = {
    "ideal": lambda squared: (squared <= 1).astype(squared.dtype),
    "gaussian": lambda squared: np.exp(-0.5 * squared),
    "butterworth": lambda squared: 1 / (1 + squared * squared),
}


def slow_waves(image, cutoff, shape):
    """Multiply the real Fourier transform of each channel by the shape of the filter."""
    if shape not in PASSES:
        raise ValueError(f"`shape` must be one of {', '.join(PASSES)}; got {shape!r}.")
    if not 0 < cutoff <= 0.71:
        raise ValueError(f"`cutoff` must be within (0, 0.71] cycles per pixel; got {cutoff}.")
    kind = np.float64 if image.dtype == np.float64 else np.float32
    rows, columns = image.shape[:2]
    down = (fft.fftfreq(rows) / cutoff).astype(kind)[:, None] ** 2
    right = (fft.rfftfreq(columns) / cutoff).astype(kind) ** 2
    if shape == "gaussian":  # separable: two short exponentials, no table
        factors = (np.exp(-0.5 * down), np.exp(-0.5 * right))
    else:
        factors = (PASSES[shape](down + right),)
    slow = np.empty(image.shape, dtype=kind)
    for channel, target in zip(channels_of(image), channels_of(slow), strict=True):
        waves = fft.rfft2(channel.astype(kind), overwrite_x=True)
        for factor in factors:
            waves *= factor
        target[...] = fft.irfft2(waves, s=(rows, columns), overwrite_x=True)
    return slow


def channels_of(image):
    """Return the channels as a list of views of shape (M, N)."""
    return [image] if image.ndim == 2 else list(np.moveaxis(image, -1, 0))
