"""The filters against loops, OpenCV, SciPy, scikit-image and the textbook Fourier transform."""

import cv2
import numpy as np
import skimage.filters
from report import Row
from scipy import ndimage

from helpers import filters

RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=np.uint8)
NO_COMPARISON = {"agree": lambda theirs, ours: True}  # the library runs another filter
ONE_LEVEL = {"atol": 1.01}
AS_FAST = 1 / 1.1
OVERHEAD = 5e-6
REFLECT = cv2.BORDER_REFLECT


def rows(tiny=False):
    """Declare every row; ``tiny`` shrinks the pictures and drops what only size shows."""
    small, middle, large = (8, 12, 16) if tiny else (128, 512, 2048)
    byte, big = grey(middle), grey(large)
    return [
        *conservative_rows(byte, big),
        *crimmins_rows(grey(small), byte, big),
        *bare_rows(byte),
        *bare_rows(real(byte, np.float32)),
        *library_rows(real(byte, np.float32)),
        *library_rows(real(byte, np.float64)),
        *median_rows(byte),
        *fourier_rows([grey(size) for size in (max(8, middle // 2), middle, large)]),
    ]


def grey(size):
    """Draw a soft picture with noise: uint8, the same for everyone."""
    rng = np.random.default_rng(size)
    waves = np.sin(np.arange(size) / 9)
    return np.clip(128 + 60 * np.add.outer(waves, waves) / 2 + rng.normal(0, 12, (size, size)), 0, 255).astype(np.uint8)


def real(image, dtype):
    return (image / 255).astype(dtype)


def conservative_loop(image):
    result = image.copy()
    rows, columns = image.shape
    for i in range(rows):
        for j in range(columns):
            around = [
                image[i + di, j + dj]
                for di in (-1, 0, 1)
                for dj in (-1, 0, 1)
                if (di or dj) and 0 <= i + di < rows and 0 <= j + dj < columns
            ]
            low, high = min(around), max(around)
            if image[i, j] < low:
                result[i, j] = low
            elif image[i, j] > high:
                result[i, j] = high
    return result


def conservative_scipy(image):
    low = ndimage.minimum_filter(image, footprint=RING, mode="constant", cval=255)
    high = ndimage.maximum_filter(image, footprint=RING, mode="constant", cval=0)
    return np.clip(image, low, high)


def conservative_rows(byte, big):
    ours = {"ours": lambda: filters.conservative(byte), "must": True, "work": byte.size}
    return [
        Row(name=f"conservative {byte.shape[0]}² uint8, loop", loop=lambda: conservative_loop(byte), over_loop=3000, **ours),
        Row(name=f"conservative {byte.shape[0]}² uint8, SciPy footprint", library=lambda: conservative_scipy(byte), over_library=30, **ours),
        Row(name=f"conservative {byte.shape[0]}² uint8, bare median", library=lambda: cv2.medianBlur(byte, 3), over_library=1 / 1.8, agree=NO_COMPARISON, **ours),
        Row(name=f"conservative {big.shape[0]}² uint8, memory in images", ours=lambda: filters.conservative(big), must=True, memory=2, unit=big.nbytes, work=big.size),
    ]


def crimmins_loop(image):
    image = image.astype(int)
    for raise_by in (1, -1):
        for down, right in ((1, 0), (0, 1), (1, 1), (1, -1)):
            for rule in range(4):
                image = half_step(image, down, right, rule, raise_by)
    return image.astype(np.uint8)


def half_step(image, down, right, rule, sign):
    last_row, last_column = image.shape[0] - 1, image.shape[1] - 1
    result = image.copy()
    for i in range(last_row + 1):
        for j in range(last_column + 1):
            before = image[min(max(i - down, 0), last_row), min(max(j - right, 0), last_column)]
            after = image[min(max(i + down, 0), last_row), min(max(j + right, 0), last_column)]
            a, b, c = sign * before, sign * image[i, j], sign * after
            if (a >= b + 2, a > b <= c, c > b <= a, c >= b + 2)[rule]:
                result[i, j] += sign
    return result


def crimmins_rows(small, byte, big):
    return [
        Row(name=f"crimmins {small.shape[0]}² uint8, loop", ours=lambda: filters.crimmins(small), loop=lambda: crimmins_loop(small), over_loop=1000, work=small.size),
        *(Row(name=f"crimmins {b.shape[0]}² uint8", ours=lambda b=b: filters.crimmins(b), work=b.size, rate=60, memory=1, unit=b.nbytes) for b in (byte, big)),
    ]


def bare_rows(image):
    s = {"slack": OVERHEAD, "over_library": AS_FAST, "work": image.size}
    w = f"{image.shape[0]}² {image.dtype}, bare OpenCV"
    depth=cv2.CV_32F
    def sharp():
        blurred = cv2.GaussianBlur(image, (0, 0), 2.0, borderType=REFLECT)
        sharp = cv2.addWeighted(image, 2.5, blurred, -1.5, 0)
        return sharp if image.dtype == np.uint8 else np.clip(sharp, 0, 1)
    return [
        Row(name=f"mean 3 {w}", ours=lambda: filters.mean(image), library=lambda: cv2.blur(image, (3, 3), borderType=REFLECT), **s),
        Row(name=f"mean 9 {w}", ours=lambda: filters.mean(image, 9), library=lambda: cv2.blur(image, (9, 9), borderType=REFLECT), **s),
        Row(name=f"gaussian 2 {w}", ours=lambda: filters.gaussian(image, 2), library=lambda: cv2.GaussianBlur(image, (0, 0), 2, borderType=REFLECT), **s),
        Row(name=f"laplacian {w}", ours=lambda: filters.laplacian(image), library=lambda: cv2.Laplacian(image, depth, borderType=REFLECT), **s),
        Row(name=f"unsharp_mask {w}", ours=lambda: filters.unsharp_mask(image), library=sharp, **s),
    ]


def library_rows(image):
    s = {"over_library": 6, "work": image.size}
    w = f"{image.shape[0]}² {image.dtype}"
    return [
        Row(name=f"mean 9 {w}, SciPy", ours=lambda: filters.mean(image, 9), library=lambda: ndimage.uniform_filter(image, 9), **s),
        Row(name=f"gaussian 2 {w}, SciPy", ours=lambda: filters.gaussian(image, 2), library=lambda: ndimage.gaussian_filter(image, 2), **s),
        Row(name=f"gaussian 2 {w}, skimage", ours=lambda: filters.gaussian(image, 2), library=lambda: skimage.filters.gaussian(image, 2, mode="reflect"), **s),
        Row(name=f"laplacian {w}, SciPy", ours=lambda: filters.laplacian(image), library=lambda: ndimage.laplace(image), **s),
        Row(name=f"unsharp_mask {w}, skimage", ours=lambda: filters.unsharp_mask(image), library=lambda: skimage.filters.unsharp_mask(image, 2, 1.5), **s, ),
    ]


def median_rows(byte):
    d, f = real(byte, np.float64), real(byte, np.float32)
    w = f"{byte.shape[0]}²"
    return [
        Row(name=f"median 3 {w} uint8, bare OpenCV", ours=lambda: filters.median(byte), library=lambda: cv2.medianBlur(byte, 3), slack=OVERHEAD, over_library=AS_FAST, work=byte.size),
        Row(name=f"median 3 {w} uint8, SciPy", ours=lambda: filters.median(byte), library=lambda: ndimage.median_filter(byte, 3, mode="nearest"), over_library=150, work=byte.size),
        Row(name=f"median 3 {w} float64, SciPy", ours=lambda: filters.median(d), library=lambda: ndimage.median_filter(d, 3, mode="nearest"), over_library=7, work=byte.size),
        Row(name=f"median 3 {w} float32, SciPy", ours=lambda: filters.median(f), library=lambda: ndimage.median_filter(f, 3, mode="nearest"), over_library=7, work=byte.size),
        Row(name=f"median 3 {w} float32, OpenCV", ours=lambda: filters.median(f), library=lambda: cv2.medianBlur(f, 3), work=byte.size),
        Row(name=f"median 5 {w} float32, OpenCV", ours=lambda: filters.median(f,5), library=lambda: cv2.medianBlur(f, 5), work=byte.size),
        Row(name=f"median 5 {w} float64, ndi", ours=lambda: filters.median(d,5), library=lambda: ndimage.median_filter(d,5,mode='nearest'), work=byte.size),
    ]


def textbook_low_pass(image, cutoff):
    """Do as textbooks do: complex spectrum with its origin in the middle, full mask, float64."""
    spectrum = np.fft.fftshift(np.fft.fft2(image))
    down, right = (np.fft.fftshift(np.fft.fftfreq(size)) for size in image.shape)
    squared = down[:, None] ** 2 + right[None] ** 2
    mask = np.exp(-squared / (2 * cutoff**2))
    return np.fft.ifft2(np.fft.ifftshift(spectrum * mask)).real


def fourier_rows(pictures):
    R=[]
    for p in pictures:
        f = real(p, np.float32)
        goal=7 if p.shape[0]>=1024 else 8
        R.append(Row(name=f"low_pass {p.shape[0]}² float32, textbook", ours=lambda f=f: filters.low_pass(f, 0.1), library=lambda f=f: textbook_low_pass(f, 0.1), over_library=goal, memory=0.2, work=p.size))
        R.append(Row(name=f"low_pass {p.shape[0]}² uint8, textbook", ours=lambda p=p: filters.low_pass(p, 0.1), library=lambda p=p: textbook_low_pass(p, 0.1), over_library=goal, memory=0.2, work=p.size, agree=ONE_LEVEL))
    return R
