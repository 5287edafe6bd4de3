"""Principal components by products of rows, against NumPy's and scikit-learn's decompositions."""

import numpy as np
from report import Row
from sklearn.decomposition import PCA

from helpers import compression, data

PHOTOS = ("camera", "moon", "brick", "grass", "gravel")


def rows(tiny=False):
    """Declare every row; `tiny` shrinks the sets."""
    sets = ((20, 30),) if tiny else ((100, 100), (300, 100), (1000, 100))
    few = [row for size in sets for row in few_rows(tiles(*size), 5 if tiny else 50)]
    return few + [all_row(tiles(*size)) for size in sets]


def tiles(count, side):
    """Cut tiles from photographs: pictures in rows, with the spreads that pictures have."""
    rng, photos = np.random.default_rng(1), [data.load_image(name) for name in PHOTOS]
    corners = rng.integers(0, 512 - side, (count, 2))
    cut = [photos[i % 5][r : r + side, c : c + side].ravel() for i, (r, c) in enumerate(corners)]
    return np.array(cut, dtype=float)


def by_svd(X):
    return np.linalg.svd(X - X.mean(axis=0), full_matrices=False)[1]


def lengths(parts, size):
    """Return singular values: spreads without the division by n - 1."""
    return parts.sds * np.sqrt(size - 1)


def few_rows(X, k):
    what = f"first {k} components of {X.shape[0]:,} x {X.shape[1]:,}"
    return [
        Row(
            name=f"{what}, NumPy SVD",
            ours=lambda: lengths(compression.principal_components(X, k), len(X)),
            library=lambda: by_svd(X)[:k],
            over_library=6,
            must=True,
            agree={"rtol": 1e-6},
        ),
        Row(
            name=f"{what}, PCA({k})",
            ours=lambda: lengths(compression.principal_components(X, k), len(X))[:3],
            library=lambda: PCA(k, random_state=0).fit(X).singular_values_[:3],
            over_library=2,
            must=True,
            agree={"rtol": 1e-2},  # scikit-learn's is randomised at this size
        ),
    ]


def all_row(X):
    """Two products and the eigenvectors between them, calls of BLAS and LAPACK, are all of it."""
    return Row(
        name=f"all components of {X.shape[0]:,} x {X.shape[1]:,}, NumPy SVD",
        ours=lambda: lengths(compression.principal_components(X), len(X)),
        library=lambda: by_svd(X)[:-1],
        over_library=3.4,
        must=True,
        agree={"rtol": 1e-6},
    )
