"""Boxes and outlines of things in a picture, and how they move with it."""

from typing import NamedTuple

import cv2
import numpy as np

from helpers.augment import transform_outline


class Thing(NamedTuple):
    """One thing: its polygons as arrays of (row, column), what they stand for, and its row.

    `is_box` tells a box, whose one polygon has four corners, from an outline.
    """

    outlines: tuple
    is_box: bool
    label: int
    row: dict

    @property
    def box(self):
        """Top, left, bottom and right edge of what is in the picture."""
        corners = np.concatenate(self.outlines)
        return *corners.min(axis=0).tolist(), *corners.max(axis=0).tolist()


class Boxes(NamedTuple):
    """The things in a picture of `shape`, by rows and columns."""

    things: tuple
    shape: tuple

    def moved(self, description, least_seen):
        """Return those of which enough is seen after a transform.

        Parameters
        ----------
        description : dict of str -> dict
            As `augment.random_transform` returns it.
        least_seen : float in [0, 1]
            Share of a thing's area that must still be seen.

        Returns
        -------
        Boxes
        """
        moved = [_moved(thing, description, self.shape) for thing in self.things]
        kept = [thing for thing, seen in moved if seen > 0 and seen >= least_seen - 1e-9]
        return Boxes(tuple(kept), self.shape)


def corners_of(top, left, bottom, right):
    """Return the corners of a box as a polygon, array of shape (4, 2)."""
    return np.array([(top, left), (top, right), (bottom, right), (bottom, left)], dtype=np.float64)


def area_of(outline):
    """Return the area of a polygon of (row, column), in pixels."""
    return cv2.contourArea(np.asarray(outline, dtype=np.float32))


def _moved(thing, description, shape):
    cuts, seen, whole = [], 0.0, 0.0
    for outline in thing.outlines:
        cut, share = transform_outline(outline, description, shape)
        there, _ = transform_outline(outline, {}, shape)
        area = area_of(there) if len(there) else 0.0
        seen, whole = seen + share * area, whole + area
        if len(cut) >= 3 and share > 0:
            cuts.append(cut)
    if not cuts:
        return thing, 0.0
    moved = thing._replace(outlines=tuple(cuts))
    if thing.is_box:
        moved = moved._replace(outlines=(corners_of(*moved.box),))
    return moved, seen / whole
