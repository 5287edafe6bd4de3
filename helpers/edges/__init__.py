"""Edges: how steeply brightness rises, where, and which of these places form lines.

Pictures are grey, (M, N), uint8 or float; the input is left as it was. Slopes are signed floats in
units of the picture per pixel: levels per pixel for uint8. `down` is along axis 0, `right` along
axis 1. Outside, the picture is seen reflected (d c b a | a b c d).
"""

from helpers.edges._gradient import Gradient, gradient
from helpers.edges._lines import canny, follow, thin
from helpers.edges._split import otsu_split, otsu_threshold

__all__ = ["Gradient", "canny", "follow", "gradient", "otsu_split", "otsu_threshold", "thin"]
