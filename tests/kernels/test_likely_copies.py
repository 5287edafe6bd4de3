"""Likely copies: what was done to a picture is found and named, and other pictures are not."""

import re

import cv2
import numpy as np
import pytest

from helpers import data, similarity

TILES = [
    data.load_image(name)[row : row + 96, column : column + 96]
    for name in ("astronaut", "coffee", "rocket", "chelsea")
    for row, column in ((60, 60), (100, 250), (200, 150))
]


def jpeg(image):
    return cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 30])[1], 1)


CHANGES = {
    "as it is": [
        jpeg,
        lambda image: cv2.resize(image, (48, 48), interpolation=cv2.INTER_AREA),
        lambda image: np.clip(image.astype(int) + 20, 0, 255).astype(np.uint8),
    ],
    "turned left": [np.rot90],
    "upside down": [lambda image: image[::-1, ::-1]],
    "turned right": [lambda image: np.rot90(image, -1)],
    "mirrored": [lambda image: image[:, ::-1]],
    "mirrored, turned left": [lambda image: np.rot90(image[:, ::-1])],
    "mirrored, upside down": [lambda image: image[::-1]],
    "mirrored, turned right": [lambda image: np.rot90(image[:, ::-1], -1)],
    "cropped": [lambda image: image[5:91, 5:91], lambda image: image[:88, :88]],
}


def thumbnails(images):
    return np.array([similarity.thumbnail(np.ascontiguousarray(image)) for image in images])


@pytest.mark.parametrize(
    ("how", "change"), [(how, change) for how, changes in CHANGES.items() for change in changes]
)
def test_each_change_is_found_and_named(how, change):
    count = len(TILES)
    found = similarity.likely_copies(thumbnails([*TILES, *map(change, TILES)]))
    np.testing.assert_array_equal(found.second, found.first + count)
    assert len(found.first) >= count - 1  # one of twelve may be missed
    assert sum(found.how == how) >= count - 1
    assert (found.bits <= 10).all() and (found.similarity >= 0.5).all()


def test_the_first_may_be_the_crop():
    crops = [image[5:91, 5:91] for image in TILES]
    found = similarity.likely_copies(thumbnails([*crops, *TILES]))
    assert sum(found.how == "the first is cropped") >= len(TILES) - 1
    np.testing.assert_array_equal(found.second, found.first + len(TILES))


def test_other_pictures_are_no_copies_and_plain_search_finds_nothing_changed():
    assert len(similarity.likely_copies(thumbnails(TILES)).first) == 0
    mirrored = thumbnails([TILES[0], TILES[0][:, ::-1]])
    assert len(similarity.likely_copies(mirrored, changed=False).first) == 0
    assert len(similarity.likely_copies(mirrored).first) == 1


def test_as_they_are_pairs_are_those_of_the_hashes():
    images = thumbnails([*TILES, *map(jpeg, TILES)])
    codes = np.array([similarity.dct_hash(image) for image in images], dtype=np.uint64)
    plain = similarity.near_duplicates(codes, 14)
    found = similarity.likely_copies(images, limit=14, least=0, changed=False)
    for ours, theirs in zip(found[:3], plain, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    for one, other, alike in zip(found.first, found.second, found.similarity, strict=True):
        assert alike == similarity.structural_similarity(images[one], images[other])


def test_only_pairs_of_different_parts_are_looked_for():
    images = thumbnails([TILES[0], TILES[1], TILES[0][:, ::-1], jpeg(TILES[0])])
    found = similarity.likely_copies(images, parts=["train", "train", "test", "train"])
    assert list(zip(found.first, found.second, found.how, strict=True)) == [
        (0, 2, "mirrored"),
        (2, 3, "mirrored"),
    ]
    assert len(similarity.likely_copies(images).first) == 3


def test_flat_pictures_take_no_part():
    page = np.full((64, 64), 250, dtype=np.uint8)
    dusty = page.copy()
    dusty[5, 9] = 240
    assert len(similarity.likely_copies(np.array([page, dusty, page])).first) == 0
    assert len(similarity.likely_copies(np.empty((0, 64, 64), dtype=np.uint8)).first) == 0


def test_a_film_is_refused_before_its_pairs_fill_the_memory(monkeypatch):
    monkeypatch.setattr("helpers.similarity._copies.MOST", 5)
    with pytest.raises(ValueError, match=r"`limit` must be lower here than 10: more than 5 pairs"):
        similarity.likely_copies(np.repeat(thumbnails(TILES[:1]), 4, axis=0))


def test_a_thumbnail_is_the_mean_of_areas():
    image = np.kron(np.arange(64, dtype=np.uint8)[None] * np.ones((64, 1), np.uint8), np.eye(2))
    expected = np.rint(np.tile(np.arange(64) / 2, (64, 1)))
    difference = similarity.thumbnail(image.astype(np.uint8)).astype(int) - expected
    assert np.abs(difference).max() <= 1  # halves may be rounded to either side


@pytest.mark.parametrize(
    ("run", "error", "message"),
    [
        (
            lambda: similarity.likely_copies(np.zeros((2, 32, 32), dtype=np.uint8)),
            ValueError,
            "`thumbnails` must have shape (n, 64, 64); got (2, 32, 32).",
        ),
        (
            lambda: similarity.likely_copies(np.zeros((2, 64, 64))),
            TypeError,
            "`thumbnails` must be uint8; got float64.",
        ),
        (
            lambda: similarity.likely_copies(np.zeros((2, 64, 64), dtype=np.uint8), limit=65),
            ValueError,
            "`limit` must be at most 64 bits; got 65.",
        ),
        (
            lambda: similarity.likely_copies(np.zeros((2, 64, 64), dtype=np.uint8), least=2),
            ValueError,
            "`least` must be within [0, 1]; got 2.",
        ),
        (
            lambda: similarity.likely_copies(np.zeros((2, 64, 64), dtype=np.uint8), parts=[1]),
            ValueError,
            "`parts` must have 2 entries; got 1.",
        ),
        (
            lambda: similarity.thumbnail(np.zeros((9, 9))),
            TypeError,
            "`image` must be uint8; got float64.",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(run, error, message):
    with pytest.raises(error, match=re.escape(message)):
        run()


def test_chains_join_what_pairs_connect_and_leave_the_rest_alone():
    chain = similarity.chains([0, 4, 1], [1, 3, 5], 7)
    same = [[int(one == other) for other in chain] for one in chain]
    apart = [{0, 1, 5}, {0, 1, 5}, {2}, {3, 4}, {3, 4}, {0, 1, 5}, {6}]
    assert same == [[int(other in row) for other in range(7)] for row in apart]
    assert len(set(similarity.chains([], [], 3).tolist())) == 3
