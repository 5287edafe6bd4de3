"""The filters against loops, OpenCV, SciPy, scikit-image and the textbook Fourier transform."""

import cv2
import numpy as np
from delegated import bare_rows, named, slow_rows
from report import Row
from scipy import ndimage

from helpers import filters

RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=np.uint8)
ANOTHER_FILTER = {"agree": lambda theirs, ours: True}  # compared in time only
WAVES = {256: 3.2, 512: 3.8, 2048: 7}  # times as fast as the textbook, by size


def rows(tiny=False):
    """Declare every row; `tiny` shrinks the pictures, to see that all of it runs."""
    sizes = (8, 10, 12, 16) if tiny else (128, 256, 512, 2048)
    pictures = [soft_picture(size) for size in sizes]
    small, half, middle, large = pictures
    return [
        *conservative_rows(middle, large),
        *crimmins_rows(small, middle, large),
        *[row for dtype in (np.uint8, np.float32) for row in bare_rows(as_dtype(middle, dtype))],
        *[row for dtype in (np.float32, np.float64) for row in slow_rows(as_dtype(middle, dtype))],
        *median_rows(middle),
        *[fourier_row(image) for image in (half, middle, large)],
        *[fourier_row(as_dtype(image, np.float32)) for image in (half, middle, large)],
    ]


def soft_picture(size):
    """Draw waves with noise: uint8, the same on every machine."""
    waves = np.sin(np.arange(size) / 9)
    noise = np.random.default_rng(size).normal(0, 12, (size, size))
    return np.clip(128 + 30 * np.add.outer(waves, waves) + noise, 0, 255).astype(np.uint8)


def as_dtype(image, dtype):
    return image if dtype == np.uint8 else (image / 255).astype(dtype)


def conservative_loop(image):
    result = image.copy()
    height, width = image.shape
    near = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if down or right]
    for i in range(height):
        for j in range(width):
            around = []
            for down, right in near:
                if 0 <= i + down < height and 0 <= j + right < width:
                    around.append(image[i + down, j + right])
            result[i, j] = min(max(image[i, j], min(around)), max(around))
    return result


def conservative_scipy(image):
    low = ndimage.minimum_filter(image, footprint=RING, mode="constant", cval=255)
    high = ndimage.maximum_filter(image, footprint=RING, mode="constant", cval=0)
    return np.clip(image, low, high)


def bare_conservative(image):
    low, high = cv2.erode(image, RING), cv2.dilate(image, RING)
    return cv2.min(cv2.max(image, low, dst=low), high, dst=low)


def conservative_rows(image, large):
    """Declare the promises; two bare passes of eight comparisons and two clips are the limit.

    Checks and fresh arrays add an eighth to them. How fast OpenCV's median of nine is beside them
    depends on the processor: 0.38 to 0.50 of our time.
    """

    def row(rival, **more):
        name = named("conservative 3", image, rival)
        return Row(name=name, ours=lambda: filters.conservative(image), must=True, **more)

    return [
        row("loop", loop=lambda: conservative_loop(image), over_loop=3000),
        row("SciPy", library=lambda: conservative_scipy(image), over_library=30),
        row(
            "median of OpenCV",
            library=lambda: cv2.medianBlur(image, 3),
            over_library=1 / 3,
            agree=ANOTHER_FILTER,
        ),
        row("bare calls", library=lambda: bare_conservative(image), over_library=0.75),
        Row(
            name=named("conservative 3", large, "in images"),
            ours=lambda: filters.conservative(large),
            work=large.size,
            memory=2,
            unit=large.nbytes,
            must=True,
        ),
    ]


def crimmins_loop(image):
    image = image.astype(int)
    for sign in (1, -1):
        for down, right in ((1, 0), (0, 1), (1, 1), (1, -1)):
            for rule in range(4):
                image = half_step(image, down, right, rule, sign)
    return image


def half_step(image, down, right, rule, sign):
    bottom, edge = image.shape[0] - 1, image.shape[1] - 1
    result = image.copy()
    for i in range(bottom + 1):
        for j in range(edge + 1):
            before = sign * image[min(max(i - down, 0), bottom), min(max(j - right, 0), edge)]
            after = sign * image[min(max(i + down, 0), bottom), min(max(j + right, 0), edge)]
            pixel = sign * image[i, j]
            if rule == 0:
                raised = before >= pixel + 2
            elif rule == 1:
                raised = before > pixel and pixel <= after
            elif rule == 2:
                raised = after > pixel and pixel <= before
            else:
                raised = after >= pixel + 2
            result[i, j] += sign * raised
    return result


def crimmins_rows(small, middle, large):
    def row(image, rival, **more):
        run = lambda: filters.crimmins(image)  # noqa: E731
        return Row(name=named("crimmins", image, rival), ours=run, work=image.size, **more)

    return [
        row(small, "loop", loop=lambda: crimmins_loop(small), over_loop=1000),
        row(middle, "", rate=60),
        row(large, "in images", rate=60, memory=2, unit=large.nbytes),  # the result is one image
    ]


def median_rows(byte):
    goals = {np.uint8: 150, np.float32: 7, np.float64: 7}
    images = {dtype: as_dtype(byte, dtype) for dtype in goals}
    return [
        Row(
            name=named("median 3", images[dtype], "SciPy"),
            ours=lambda image=images[dtype]: filters.median(image),
            library=lambda image=images[dtype]: ndimage.median_filter(image, 3, mode="nearest"),
            over_library=goal,
        )
        for dtype, goal in goals.items()
    ]


def textbook_low_pass(image, cutoff):
    """Do as textbooks do: complex float64, the origin in the middle, a full mask."""
    spectrum = np.fft.fftshift(np.fft.fft2(image.astype(np.float64)))
    down, right = (np.fft.fftshift(np.fft.fftfreq(size)) for size in image.shape)
    mask = np.exp(-(down[:, None] ** 2 + right[None] ** 2) / (2 * cutoff**2))
    return np.fft.ifft2(np.fft.ifftshift(spectrum * mask)).real


def fourier_row(image):
    """Declare the promise; four bare passes of scipy.fft are most of ours, and the limit.

    `rfft2` and `irfft2` of float32 take 0.31 of our 0.44 ms at 256² and 1.37 of our 1.8 at 512²;
    the rest is the check, the mask and its product. A second worker gained nothing there.
    """
    large = len(image) >= 2048
    return Row(
        name=named("low_pass", image, "textbook"),
        ours=lambda: filters.low_pass(image, 0.1),
        library=lambda: textbook_low_pass(image, 0.1),
        over_library=WAVES.get(len(image)),
        memory=1 / 5 if large else None,
        agree={"atol": 1.01 if image.dtype == np.uint8 else 1e-5},
    )
