"""Work shared by the frequency filters: the real Fourier transform times the shape of a filter."""

import numpy as np
from scipy import fft

from helpers._pictures import channels_of, frequency, one_of, spans

# The share kept of a wave; `down` and `right` are its squared frequencies over the squared cutoff.
PASSES = {
    "gaussian": lambda down, right: np.exp(-0.5 * down) * np.exp(-0.5 * right),  # no table of exp
    "ideal": lambda down, right: down + right <= 1 + 1e-6,  # rounding must not lose the rim
    "butterworth": lambda down, right: 1 / (1 + (down + right) ** 2),
}


def slow_waves(image, cutoff, shape):
    """Return the slow waves of each channel, float64 for float64 and else float32."""
    share, cutoff = PASSES[one_of(shape, "shape", PASSES)], frequency(cutoff)
    slow = np.empty(image.shape, dtype=np.float64 if image.dtype == np.float64 else np.float32)
    for channel, target in zip(channels_of(image), channels_of(slow), strict=True):
        _keep(channel, target, share, cutoff)
    return slow


def _keep(channel, target, share, cutoff):
    """Transform rows, then columns, keep, and go back: in bands, since big strides are slow."""
    (rows, columns), kind = channel.shape, target.dtype
    down = _squared(np.minimum(np.arange(rows), rows - np.arange(rows)), rows, cutoff, kind)
    right = _squared(np.arange(columns // 2 + 1), columns, cutoff, kind)
    waves = np.empty((rows, right.size), dtype=np.result_type(kind, np.complex64))
    bands = spans(rows, waves[0].nbytes, least=1)
    for band in bands:
        waves[band] = fft.rfft(channel[band].astype(kind), overwrite_x=True)
    for band in spans(right.size, waves[:, 0].nbytes, least=8):
        strip = fft.fft(waves[:, band], axis=0)
        strip *= share(down[:, None], right[band])
        waves[:, band] = fft.ifft(strip, axis=0, overwrite_x=True)
    for band in bands:
        target[band] = fft.irfft(waves[band], n=columns, overwrite_x=True)


def _squared(cycles, length, cutoff, kind):
    return ((cycles / length / cutoff) ** 2).astype(kind)
