"""Low rank, principal components, patches and JPEG: by hand, by the libraries, and the guards."""

import re

import cv2
import numpy as np
import pytest
from sklearn.decomposition import PCA

from helpers import compression, data


def pictures(count=30, side=24):
    """Cut tiles from photographs: rows with the falling spreads that pictures have."""
    rng, photos = np.random.default_rng(3), [data.load_image(n) for n in ("camera", "moon")]
    corners = rng.integers(0, 512 - side, (count, 2))
    tiles = [photos[i % 2][r : r + side, c : c + side] for i, (r, c) in enumerate(corners)]
    return np.array(tiles).reshape(count, -1).astype(float)


# Low rank


def test_the_first_part_of_a_small_picture_by_hand():
    image = np.array([[3, 0], [4, 5]])  # singular values sqrt(45), sqrt(5)
    expected = np.array([[1.5, 1.5], [4.5, 4.5]])
    np.testing.assert_allclose(compression.rank_k_approximation(image, 1), expected, atol=1e-12)


def test_the_error_of_rank_k_is_what_was_left_out_and_all_parts_give_the_picture():
    image = data.load_image("camera")[:60, :40]
    sizes = np.linalg.svd(image.astype(float), compute_uv=False)
    for k in (1, 7, 39):
        near = compression.rank_k_approximation(image, k)
        assert np.linalg.matrix_rank(near) == k
        assert np.sum((near - image) ** 2) == pytest.approx(np.sum(sizes[k:] ** 2))
    np.testing.assert_allclose(compression.rank_k_approximation(image, 40), image, atol=1e-9)
    np.testing.assert_array_equal(compression.rank_k_approximation(image, 0), np.zeros((60, 40)))


def test_a_colour_picture_is_approximated_channel_by_channel():
    image = data.load_image("coffee")[:50, :70]
    near = compression.rank_k_approximation(image, 5)
    assert near.shape == image.shape
    for channel in range(3):
        alone = compression.rank_k_approximation(image[:, :, channel], 5)
        np.testing.assert_allclose(near[:, :, channel], alone, atol=1e-9)


@pytest.mark.parametrize(
    ("image", "k", "message"),
    [
        (np.zeros((4, 6)), 5, "`k` must be at most 4 (the shorter side); got 5."),
        (np.zeros((4, 6)), -1, "`k` must be a whole number of at least 0; got -1."),
        (np.zeros((4, 6)), 2.0, "`k` must be a whole number of at least 0; got 2.0."),
        (np.zeros((4, 6, 2)), 1, "`image` must have shape (M, N) or (M, N, 3); got (4, 6, 2)."),
        (np.full((4, 6), np.nan), 1, "`image` must hold finite numbers; got NaN or infinity."),
        (np.full((4, 6), "a"), 1, "`image` must hold numbers; got <U1."),
    ],
)
def test_low_rank_refuses_what_it_cannot_do(image, k, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        compression.rank_k_approximation(image, k)


# Principal components


def test_components_of_four_points_by_hand():
    rows = np.array([[5, 5], [1, 1], [2, 4], [4, 2]])  # mean (3, 3); along (1, 1): 4, -4, 0, 0
    mean, directions, sds, shares = compression.principal_components(rows)
    np.testing.assert_allclose(mean, [3, 3])
    np.testing.assert_allclose(directions[0], [0.5**0.5, 0.5**0.5])
    np.testing.assert_allclose(np.abs(directions[1]), [0.5**0.5, 0.5**0.5])
    assert directions[1] @ directions[0] == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(sds**2, [16 / 3, 4 / 3])  # 2 * (2 sqrt 2)^2 / 3, 2 * sqrt(2)^2 / 3
    np.testing.assert_allclose(shares, [0.8, 0.2])


@pytest.mark.parametrize(("count", "k"), [(30, None), (30, 5), (700, None), (700, 40)])
def test_components_are_those_of_scikit_learn(count, k):
    rows = pictures(count)
    ours = compression.principal_components(rows, k)
    theirs = PCA(k, svd_solver="full").fit(rows)
    k = min(count - 1, rows.shape[1]) if k is None else k
    assert ours.directions.shape == (k, rows.shape[1])
    np.testing.assert_allclose(ours.mean, theirs.mean_)
    np.testing.assert_allclose(ours.sds**2, theirs.explained_variance_[:k], rtol=1e-6)
    np.testing.assert_allclose(ours.shares, theirs.explained_variance_ratio_[:k], rtol=1e-6)
    same = np.abs(np.sum(ours.directions * theirs.components_[:k], axis=1))
    np.testing.assert_allclose(same[:20], 1, atol=1e-9)
    np.testing.assert_allclose(ours.directions @ ours.directions.T, np.eye(k), atol=1e-7)


def test_small_spreads_keep_their_digits():
    rng = np.random.default_rng(1)
    left = rng.normal(size=(20, 12))
    left = np.linalg.qr(left - left.mean(axis=0))[0]  # columns of mean 0
    right = np.linalg.qr(rng.normal(size=(400, 12)))[0].T
    sizes = 10.0 ** -np.arange(12)
    ours = compression.principal_components((left * sizes) @ right, 12)
    np.testing.assert_allclose(ours.sds * np.sqrt(19), sizes, rtol=1e-4)
    np.testing.assert_allclose(ours.directions @ ours.directions.T, np.eye(12), atol=1e-9)


def test_rows_along_few_directions_give_few_components():
    rng = np.random.default_rng(2)
    rows = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 50)) + 7
    for k in (None, 2, 10):
        found = compression.principal_components(rows, k)
        assert found.directions.shape == (2, 50)
        assert found.shares.sum() == pytest.approx(1)


def test_the_largest_entry_of_a_direction_is_positive_whatever_the_order_of_the_rows():
    rows = pictures()
    found = compression.principal_components(rows, 6)
    again = compression.principal_components(rows[::-1], 6)
    largest = np.abs(found.directions).argmax(axis=1)
    assert (found.directions[np.arange(6), largest] > 0).all()
    np.testing.assert_allclose(again.directions, found.directions, atol=1e-9)


def test_all_components_rebuild_the_rows_and_few_leave_the_variance_that_they_lack():
    rows = pictures()
    before = rows.copy()
    parts = compression.principal_components(rows)
    scores = compression.project(rows, parts)
    np.testing.assert_allclose(compression.reconstruct(scores, parts), rows, atol=1e-8)
    left = np.sum((compression.reconstruct(scores[:, :5], parts) - rows) ** 2)
    whole = np.sum((rows - parts.mean) ** 2)
    assert left / whole == pytest.approx(1 - parts.shares[:5].sum())
    np.testing.assert_allclose(scores.std(axis=0, ddof=1), parts.sds)
    np.testing.assert_allclose(compression.reconstruct(scores[:, :0], parts), [parts.mean] * 30)
    np.testing.assert_array_equal(rows, before)


def test_unseen_rows_are_measured_from_the_mean_of_those_that_were_fitted():
    rows = pictures()
    parts = compression.principal_components(rows[:20], 4)
    expected = (rows[20:] - rows[:20].mean(axis=0)) @ parts.directions.T
    np.testing.assert_allclose(compression.project(rows[20:], parts), expected)


@pytest.mark.parametrize(
    ("rows", "k", "message"),
    [
        (np.zeros(5), None, "`rows` must have shape (n, d), n >= 2; got (5,)."),
        (np.zeros((1, 5)), None, "`rows` must have shape (n, d), n >= 2; got (1, 5)."),
        (np.ones((4, 5)), None, "`rows` must differ from each other; got equal ones."),
        (np.full((7, 3), 0.1), None, "`rows` must differ from each other; got equal ones."),
        (1e200 * np.eye(3), 1, "`rows` must have squares that float64 can hold; got a sum of inf."),
        (1e-200 * np.eye(3), 1, "`rows` must have squares that float64 can hold; got a sum of 0."),
        (np.eye(4), 4, "`k` must be at most 3 (rows less one, and columns); got 4."),
        (np.full((4, 2), np.inf), 1, "`rows` must hold finite numbers; got NaN or infinity."),
        (np.full((4, 2), 1j), 1, "`rows` must hold numbers; got complex128."),
    ],
)
def test_components_refuse_what_they_cannot_do(rows, k, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        compression.principal_components(rows, k)


def test_scores_and_rows_must_belong_to_the_components():
    parts = compression.principal_components(pictures(), 3)
    with pytest.raises(ValueError, match=re.escape("`rows` must have 576 columns; got 10.")):
        compression.project(np.zeros((2, 10)), parts)
    message = "`scores` must have shape (n, j), j <= 3; got (2, 4)."
    with pytest.raises(ValueError, match=re.escape(message)):
        compression.reconstruct(np.zeros((2, 4)), parts)
    with pytest.raises(ValueError, match=re.escape("`scores` must hold numbers; got complex128.")):
        compression.reconstruct(np.ones((2, 3), complex), parts)


# Patches


def test_patches_are_read_row_by_row():
    image = np.arange(24, dtype=np.uint8).reshape(4, 6)
    patches = compression.to_patches(image, 2)
    assert patches.dtype == np.uint8
    np.testing.assert_array_equal(patches[0], [0, 1, 6, 7])
    np.testing.assert_array_equal(patches[1], [2, 3, 8, 9])
    np.testing.assert_array_equal(patches[3], [12, 13, 18, 19])
    patches[:] = 0
    assert image.any()


@pytest.mark.parametrize(("side", "step"), [(8, None), (8, 1), (8, 4), (5, 3), (1, 1)])
def test_patches_go_back_where_they_came_from(side, step):
    step = step or side
    image = data.load_image("camera")[: side + 4 * step, : side + 3 * step]
    patches = compression.to_patches(image, side, step=step)
    np.testing.assert_allclose(compression.from_patches(patches, image.shape, step=step), image)


def test_where_patches_overlap_their_mean_is_taken():
    patches = np.repeat([[0.0], [6.0]], 4, axis=1)  # two squares of 2, one pixel apart
    image = compression.from_patches(patches, (2, 3), step=1)
    np.testing.assert_array_equal(image, [[0, 3, 6], [0, 3, 6]])


@pytest.mark.parametrize(
    ("run", "message"),
    [
        (
            lambda: compression.to_patches(np.zeros((8, 9)), 4),
            "`image` must hold whole patches of 4 pixels, 4 apart; got (8, 9).",
        ),
        (
            lambda: compression.to_patches(np.zeros((2, 2)), 4),
            "`image` must hold whole patches of 4 pixels, 4 apart; got (2, 2).",
        ),
        (
            lambda: compression.to_patches(np.zeros((8, 8, 3)), 4),
            "`image` must have shape (M, N); got (8, 8, 3).",
        ),
        (
            lambda: compression.to_patches(np.zeros((8, 8)), 4, step=5),
            "`step` must be at most `side` (4); got 5.",
        ),
        (
            lambda: compression.from_patches(np.zeros((3, 16)), (8, 8)),
            "`patches` must have 4 rows for a picture of (8, 8); got 3.",
        ),
        (
            lambda: compression.from_patches(np.full((4, 16), np.nan), (8, 8)),
            "`patches` must hold finite numbers; got NaN or infinity.",
        ),
        (
            lambda: compression.from_patches(np.zeros((4, 15)), (8, 8)),
            "`patches` must have shape (n, side * side); got (4, 15).",
        ),
    ],
)
def test_patches_refuse_what_does_not_fit(run, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        run()


# Bytes


def test_bytes_are_counted_with_the_basis_and_the_mean():
    assert compression.stored_bytes(512, 512, 50) == 50 * 1024 * 4
    assert compression.stored_bytes(100, 625, 20, centred=True) == 4 * (2000 + 12500 + 625)
    assert compression.stored_bytes(3, 5, 2, bytes_each=1) == 16
    with pytest.raises(ValueError, match=re.escape("`k` must be a whole number of at least 0")):
        compression.stored_bytes(3, 5, -1)


@pytest.mark.parametrize("name", ["camera", "coffee"])
def test_a_jpeg_fits_and_the_next_better_one_does_not(name):
    image = data.load_image(name)
    pixels = image if image.ndim == 2 else image[:, :, ::-1]
    sizes = [
        len(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])
        for quality in range(1, 101)
    ]
    for size in (sizes[0], 20_000, max(sizes), 10**9):
        found = compression.jpeg_of_size(image, size)
        assert found.size == sizes[found.quality - 1] <= size
        assert found.quality == 100 or sizes[found.quality] > size
        assert found.image.shape == image.shape
    error = np.abs(found.image.astype(int) - image).mean()
    assert error < 4  # red and blue in their places: exchanged, the mean error is far larger
    assert np.abs(found.image[..., ::-1].astype(int) - image).mean() > 3 * error
    message = f"`size` must be at least {sizes[0]} bytes here; got 100."
    with pytest.raises(ValueError, match=re.escape(message)):
        compression.jpeg_of_size(image, 100)


def test_a_jpeg_is_made_of_bytes_and_of_sides_that_the_format_has():
    with pytest.raises(TypeError, match=re.escape("`image` must be uint8; got float64.")):
        compression.jpeg_of_size(np.zeros((8, 8)), 1000)
    message = "`image` must have sides of at most 65500; got (1, 65501)."
    with pytest.raises(ValueError, match=re.escape(message)):
        compression.jpeg_of_size(np.zeros((1, 65_501), np.uint8), 10**6)
    assert compression.jpeg_of_size(np.zeros((1, 65_500), np.uint8), 10**6).quality == 100
