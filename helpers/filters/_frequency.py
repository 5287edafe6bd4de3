"""Work shared by the frequency filters: the real Fourier transform times the shape of a filter."""

import numpy as np
from scipy import fft

from helpers._arguments import frequency, one_of
from helpers.filters._bands import channels_of, spans

# The share kept of a wave; `down` and `right` are its squared frequencies over the squared cutoff.
PASSES = {
    "gaussian": lambda down, right: np.exp(-0.5 * down) * np.exp(-0.5 * right),  # no table of exp
    "ideal": lambda down, right: down + right <= 1 + 1e-6,  # rounding must not lose the rim
    "butterworth": lambda down, right: 1 / (1 + (down + right) ** 2),
}


def slow_waves(image, cutoff, shape):
    """Return the slow waves of each channel, float64 for float64 and else float32."""
    share, cutoff = PASSES[one_of(shape, "shape", PASSES)], frequency(cutoff)
    slow = [_keep(channel, share, cutoff) for channel in channels_of(image)]
    return slow[0] if image.ndim == 2 else np.stack(slow, axis=-1)


def wide_average(image, sigma):
    """Average with a Gaussian of any width: a product with the cosine transform.

    That transform is the Fourier transform of a picture reflected at its edges.
    """
    kind = _kind(image)
    waves = fft.dctn(image.astype(kind), axes=(0, 1), overwrite_x=True)
    for axis, size in enumerate(image.shape[:2]):
        lines = np.moveaxis(waves, axis, -1)
        lines *= np.exp(-0.5 * (np.pi * sigma * np.arange(size) / size) ** 2).astype(kind)
    return fft.idctn(waves, axes=(0, 1), overwrite_x=True)


def _keep(channel, share, cutoff):
    """Transform rows, then columns in strips that fit the cache, keep a share, and go back."""
    (rows, columns), kind = channel.shape, _kind(channel)
    down = _squared(np.minimum(np.arange(rows), rows - np.arange(rows)), rows, cutoff, kind)
    right = _squared(np.arange(columns // 2 + 1), columns, cutoff, kind)
    waves = fft.rfft(channel.astype(kind, copy=False))
    for band in spans(right.size, waves[:, 0].nbytes, least=8):
        strip = fft.fft(waves[:, band], axis=0)
        strip *= share(down[:, None], right[band])
        waves[:, band] = fft.ifft(strip, axis=0, overwrite_x=True)
    return fft.irfft(waves, n=columns, overwrite_x=True)


def _squared(cycles, length, cutoff, kind):
    return ((cycles / length / cutoff) ** 2).astype(kind)


def _kind(image):
    return np.float64 if image.dtype == np.float64 else np.float32
