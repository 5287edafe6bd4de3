"""Exercises of lesson 02: grey, light, hue as an angle, the disc."""

import numpy as np

from helpers.exercises import Exercise
from helpers.images import REC_601, REC_709, disc_mask, to_grey

RNG = np.random.default_rng(2)
COLOUR = RNG.integers(0, 256, (5, 7, 3), dtype=np.uint8)
PRIMARIES = np.array(
    [[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[255, 255, 255], [0, 0, 0], [200, 90, 10]]],
    dtype=np.uint8,
)
DARK = np.array([[[10, 10, 10], [8, 5, 2]]], dtype=np.uint8)
GREENS = np.array([[50, 51, 54], [30, 95, 65]], dtype=np.uint8)
SPREAD = np.array([[3, 10, 178], [16, 170, 9]], dtype=np.uint8)


def decode(levels):
    return np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)


def encode(light):
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def turn_hue(hue, degrees):
    return ((hue.astype(int) + degrees // 2) % 180).astype(np.uint8)


def turn_in_units(hue, degrees):
    return ((hue.astype(int) + degrees) % 180).astype(np.uint8)


def turn_wraps_at_256(hue, degrees):
    return (hue.astype(int) + degrees // 2).astype(np.uint8)


def turn_wraps_twice(hue, degrees):
    return turn_wraps_at_256(hue, degrees) % 180


def turn_clips(hue, degrees):
    return np.clip(hue.astype(int) + degrees // 2, 0, 179).astype(np.uint8)


def turn_modulo_360(hue, degrees):
    return (hue.astype(int) + degrees // 2) % 360


def turn_without_modulo(hue, degrees):
    return hue.astype(int) + degrees // 2


def turn_result_in_degrees(hue, degrees):
    return (2 * hue.astype(int) + degrees) % 360


def disc(shape):
    rows, columns = shape[:2]
    down, right = np.ogrid[:rows, :columns]
    squares = (down - (rows - 1) / 2) ** 2 + (right - (columns - 1) / 2) ** 2
    return squares <= (min(rows, columns) / 2) ** 2


def disc_edge_left_out(shape):
    down, right = _from_the_middle(shape)
    return down**2 + right**2 < (min(shape[:2]) / 2) ** 2


def disc_rim(shape):
    down, right = _from_the_middle(shape)
    distance, radius = np.hypot(down, right), min(shape[:2]) / 2
    return (distance <= radius) & (distance > radius - 1)


def disc_in_the_corner(shape):
    return disc_mask(shape, center=(0, 0))


def disc_diamond(shape):
    down, right = _from_the_middle(shape)
    return np.abs(down) + np.abs(right) <= min(shape[:2]) / 2


def disc_from_all_of_shape(shape):
    return disc_mask(shape, radius=min(shape) / 2)


def _from_the_middle(shape):
    rows, columns = shape[:2]
    down, right = np.ogrid[:rows, :columns]
    return down - (rows - 1) / 2, right - (columns - 1) / 2


def disc_off_centre(shape):
    rows, columns = shape[:2]
    return disc_mask(shape, center=(rows / 2, columns / 2))


def disc_middle_by_floor(shape):
    rows, columns = shape[:2]
    return disc_mask(shape, center=(rows // 2, columns // 2))


def disc_from_rows(shape):
    return disc_mask(shape, radius=shape[0] / 2)


def disc_from_columns(shape):
    return disc_mask(shape, radius=shape[1] / 2)


def disc_recipe(shape):
    return disc_mask(shape, center=(shape[0] / 2, shape[1] / 2), radius=shape[0] / 2)


def disc_centre_swapped(shape):
    rows, columns = shape[:2]
    return disc_mask(shape, center=((columns - 1) / 2, (rows - 1) / 2))


def disc_whole_width(shape):
    return disc_mask(shape, radius=min(shape[:2]))


def disc_radius_of_centre(shape):
    return disc_mask(shape, radius=(min(shape[:2]) - 1) / 2)


def disc_outside(shape):
    return ~disc_mask(shape)


def mean_hue(hue):
    angles = np.radians(2.0 * hue)
    return np.degrees(np.arctan2(np.sin(angles).mean(), np.cos(angles).mean())) % 360


def hue_arithmetic(hue):
    return 2 * hue.mean()


def hue_mean_of_signed(hue):
    angles = np.radians(2.0 * hue)
    return np.degrees(np.arctan2(np.sin(angles), np.cos(angles)).mean()) % 360


def hue_mean_around_the_first(hue):
    degrees = 2.0 * hue.ravel()
    apart = (degrees - degrees[0] + 180) % 360 - 180
    return (degrees[0] + apart.mean()) % 360


def hue_by_arccos(hue):
    return np.degrees(np.arccos(np.cos(np.radians(2.0 * hue)).mean())) % 360


def hue_units_as_degrees(hue):
    angles = np.radians(1.0 * hue)
    return np.degrees(np.arctan2(np.sin(angles).mean(), np.cos(angles).mean())) % 360


def hue_in_units(hue):
    return mean_hue(hue) / 2


def hue_signed(hue):
    angle = mean_hue(hue)
    return angle - 360 if angle > 180 else angle


def hue_swapped(hue):
    angles = np.radians(2.0 * hue)
    return np.degrees(np.arctan2(np.cos(angles).mean(), np.sin(angles).mean())) % 360


def hue_by_quotient(hue):
    angles = np.radians(2.0 * hue)
    return np.degrees(np.arctan(np.sin(angles).mean() / np.cos(angles).mean()))


def hue_in_radians(hue):
    return np.radians(mean_hue(hue))


def hue_in_signed_radians(hue):
    return np.radians(hue_signed(hue))


def hue_without_radians(hue):
    angles = 2.0 * hue
    return np.degrees(np.arctan2(np.sin(angles).mean(), np.cos(angles).mean())) % 360


def hue_doubled_in_uint8(hue):
    angles = np.radians((2 * hue).astype(float))
    return np.degrees(np.arctan2(np.sin(angles).mean(), np.cos(angles).mean())) % 360


def hue_median(hue):
    return 2 * np.median(hue)


def hue_mean_of_rows(hue):
    angles = np.radians(2.0 * hue)
    rows = np.arctan2(np.sin(angles).mean(axis=-1), np.cos(angles).mean(axis=-1))
    return np.degrees(np.arctan2(np.sin(rows).mean(), np.cos(rows).mean())) % 360


def hue_second_quarter_mirrored(hue):
    angle = mean_hue(hue)
    return 360 - angle if 90 < angle < 180 else angle


def hue_second_quarter_opposite(hue):
    angle = mean_hue(hue)
    return angle + 180 if 90 < angle < 180 else angle


def light_grey(image):
    return encode(decode(image / 255) @ np.array(REC_709))


def grey_luma(image):
    return image / 255 @ np.array(REC_709)


def grey_still_light(image):
    return decode(image / 255) @ np.array(REC_709)


def grey_still_light_old_weights(image):
    return decode(image / 255) @ np.array(REC_601)


def grey_plain_mean(image):
    return image.mean(axis=-1) / 255


def grey_mean_of_light(image):
    return encode(decode(image / 255).mean(axis=-1))


def grey_old_weights(image):
    return encode(decode(image / 255) @ np.array(REC_601))


def grey_luma_old_weights(image):
    return image / 255 @ np.array(REC_601)


def grey_by_helper(image):
    return to_grey(image)


def grey_encoded_without_decoding(image):
    return encode(image / 255 @ np.array(REC_709))


def grey_lightest_channel(image):
    return encode(decode(image / 255).max(axis=-1))


def grey_power(image):
    return ((image / 255) ** 2.2 @ np.array(REC_709)) ** (1 / 2.2)


def grey_unscaled(image):
    return encode(decode(image.astype(float)) @ np.array(REC_709))


def grey_in_levels(image):
    return 255 * light_grey(image)


def grey_rounded_levels(image):
    return np.rint(grey_in_levels(image)).astype(np.uint8)


def grey_encoded_first(image):
    return decode(encode(image / 255) @ np.array(REC_709))


def disc_from_the_second_largest(shape):
    return disc_mask(shape, radius=sorted(shape)[-2] / 2)


def disc_from_sides_but_three(shape):
    return disc_mask(shape, radius=min(n for n in shape if n != 3) / 2)


def disc_ellipse(shape):
    rows, columns = shape[:2]
    down, right = np.ogrid[:rows, :columns]
    down, right = (down - (rows - 1) / 2) / rows, (right - (columns - 1) / 2) / columns
    return down**2 + right**2 <= 1 / 4


def disc_of_longer_side_from_n_half(shape):
    down, right = np.ogrid[: shape[0], : shape[1]]
    return np.hypot(down - shape[0] / 2, right - shape[1] / 2) <= max(shape[:2]) / 2


def hue_mean_down_the_columns(hue):
    angles = np.radians(2.0 * hue)
    return np.degrees(np.arctan2(np.sin(angles).mean(axis=0), np.cos(angles).mean(axis=0))) % 360


def grey_plain_mean_of_light(image):
    return decode(image / 255).mean(axis=-1)


def turn_units_in_a_byte(hue, degrees):
    return ((hue.astype(int) + degrees) % 256).astype(np.uint8)


def disc_of_shorter_side_from_n_half(shape):
    rows, columns = shape[:2]
    y, x = np.ogrid[:rows, :columns]
    return np.hypot(y - rows / 2, x - columns / 2) <= min(rows, columns)


def mean_hue_without_radians(hue):
    angle = hue * 2.0
    return np.arctan2(np.sin(angle).mean(), np.cos(angle).mean()) % 360


def disc_square(shape):
    rows, columns = shape[:2]
    y, x = np.ogrid[:rows, :columns]
    far = np.maximum(abs(y - (rows - 1) / 2), abs(x - (columns - 1) / 2))
    return far <= min(rows, columns) / 2


EXERCISES = {
    "brightest": Exercise(
        task="Predict which pure colour becomes the brightest grey",
        reference="green",
        choices=("red", "green", "blue", "all the same"),
        misconceptions={
            "all the same": "That is the plain mean, 85 for each of them. The eye, and the weights"
            " made for it, do not treat the three alike.",
            "red": "Red is the second: its weight is about half that of green.",
            "blue": "Blue has the smallest weight: to the eye, a pure blue screen is dark.",
        },
        explanation="Green has the largest weight: the eye takes most of its brightness from it.",
    ),
    "half_light": Exercise(
        task="Predict which level sends half the light of white",
        reference="188",
        choices=("64", "128", "188", "230"),
        misconceptions={
            "64": "Level 64 is a quarter of the number and far less of the light: only 5 %.",
            "128": "128 is half the number. Levels are not light: 128 sends only 22 % of the light"
            " of white.",
            "230": "The right direction, but too far: 230 sends 79 % of the light of white.",
        },
        explanation="Half of the light needs level 188, far more than half of the number.",
        again=Exercise(
            task="Predict which level sends a fifth of the light of white",
            reference="124",
            choices=("51", "124", "204"),
            misconceptions={
                "51": "51 is a fifth of the number. It sends only 3 % of the light of white.",
                "204": "The right direction, but too far: 204 sends 60 % of the light of white.",
            },
            explanation="A fifth of the light needs level 124, nearly half of the number.",
        ),
    ),
    "two_reds": Exercise(
        task="Predict the plain mean of the hues 352 and 8 degrees",
        reference="cyan",
        choices=("red", "cyan", "grey"),
        misconceptions={
            "red": "That is what the mean should be. The plain mean of the numbers is"
            " (352 + 8) / 2 = 180 degrees, and 180 degrees is cyan.",
            "grey": "Hue says which colour, not how much: a mean of two hues is again a hue, here"
            " (352 + 8) / 2 = 180 degrees.",
        },
        explanation="(352 + 8) / 2 is 180 degrees, on the opposite side of the colour wheel.",
        again=Exercise(
            task="Predict the mean of the hues 350 and 70 degrees as angles",
            reference="30 degrees",
            choices=("30 degrees", "210 degrees", "60 degrees"),
            misconceptions={
                "210 degrees": "That is the plain mean of the numbers, on the opposite side. From"
                " 350 to 70 degrees the short way is 80 degrees, across 0.",
                "60 degrees": "The way from 350 to 70 degrees is 80 degrees long. Go half of it,"
                " from 350 across 0.",
            },
            explanation="Half of the 80 degrees between them, counted from 350: 390, which is 30.",
        ),
    ),
    "north": Exercise(
        task="Predict what the mask aspect <= 45 misses",
        reference="the north-west half",
        choices=("nothing", "the north-west half", "the north-east half"),
        misconceptions={
            "nothing": "North is 0 and 360 at once. Slopes at 315 to 360 face north as well, and"
            " their numbers are large.",
            "the north-east half": "North-east is 45 degrees, so that half is kept. The other side"
            " of north has numbers from 315 to 360.",
        },
        explanation="Slopes between north-west (315) and north (360) have large numbers.",
    ),
    "jpeg": Exercise(
        task="Predict the loss after five saves as JPEG",
        reference="about the same",
        choices=("about the same", "twice as large", "five times as large"),
        misconceptions={
            "twice as large": "Less than that: the first save rounds, and the next ones find the"
            " numbers already rounded.",
            "five times as large": "The losses do not add up when nothing else happens in between:"
            " numbers that are already rounded hardly move when rounded again.",
        },
        explanation="The first save does the rounding; the others find almost nothing to round.",
    ),
    "turn_hue": Exercise(
        task="Turn hues by an angle",
        reference=turn_hue,
        cases={
            "one hue of 10 units, 40 degrees": (np.array([[10]], dtype=np.uint8), 40),
            "two reds, 40 degrees": (np.array([[170, 5]], dtype=np.uint8), 40),
            "three hues, 200 degrees": (np.array([[0, 80, 179]], dtype=np.uint8), 200),
            "three hues, -160 degrees": (np.array([[0, 80, 179]], dtype=np.uint8), -160),
            "a 2 x 3 picture, -60 degrees": (SPREAD, -60),
            "a 5 x 7 picture, 200 degrees": (COLOUR[..., 0] % 180, 200),
        },
        misconceptions={
            turn_in_units: "You turned twice as far: one unit of OpenCV's hue is 2 degrees.",
            turn_wraps_at_256: "The hues run on beyond 179, as far as uint8 goes. Widen"
            " first (astype(int)), then take the sum modulo 180.",
            turn_wraps_twice: "The sum has already wrapped at 256 before the modulo. Widen with"
            " astype(int) before you add.",
            turn_clips: "The wheel has no end to stop at: beyond red comes red again. Take the sum"
            " modulo 180 instead of clipping.",
            turn_modulo_360: "Some hues leave 0..179: a full turn is 360 degrees, which is 180"
            " units, so the modulo is 180.",
            turn_without_modulo: "Some hues leave 0..179. After a full turn, 180 units, the wheel"
            " starts again: use the modulo.",
            turn_result_in_degrees: "The angles are right, but in degrees. The result is again in"
            " units of 2 degrees.",
            turn_units_in_a_byte: "Two things: one unit is 2 degrees, so halve `degrees`; and a"
            " full turn has 180 units.",
        },
    ),
    "disc": Exercise(
        task="Mark the largest disc that fits into a picture",
        reference=disc,
        cases={
            "4 x 6": ((4, 6),),
            "1 x 5": ((1, 5),),
            "3 x 5": ((3, 5),),
            "5 x 6": ((5, 6),),
            "9 x 5": ((9, 5),),
            "8 x 13": ((8, 13),),
            "12 x 8": ((12, 8),),
            "1 x 5 in colour": ((1, 5, 3),),
            "7 x 11 in colour": ((7, 11, 3),),
        },
        misconceptions={
            disc_recipe: "Two things: the middle of n pixels is (n - 1) / 2, and the disc must fit"
            " into the shorter side, rows or columns.",
            disc_off_centre: "Half a pixel off: n pixels are numbered 0 to n - 1, so their middle"
            " is (n - 1) / 2. A right mask equals its mirror image.",
            disc_middle_by_floor: "For an even number of pixels n // 2 is half a pixel off: their"
            " middle, (n - 1) / 2, lies between two pixels.",
            disc_from_rows: "On a picture taller than wide the disc runs out of the picture: the"
            " shorter side decides.",
            disc_from_columns: "On a picture wider than tall the disc runs out of the picture: the"
            " shorter side decides.",
            disc_centre_swapped: "Rows come first: the row of the centre belongs to the number of"
            " rows.",
            disc_whole_width: "That is the diameter. The radius is half of the shorter side.",
            disc_radius_of_centre: "The disc reaches the edge of the outer pixels, not their"
            " centres: the radius is n / 2, only the middle is (n - 1) / 2.",
            disc_outside: "True and False are swapped: the mask is true inside.",
            disc_edge_left_out: "A pixel whose distance equals the radius belongs to the disc:"
            " <=, not <.",
            disc_in_the_corner: "The disc stands in the corner: the distances were taken from row 0"
            " and column 0. Subtract the middle first.",
            disc_rim: "Only the rim is marked. A disc is full: its middle belongs to it.",
            disc_diamond: "Rows down plus columns right make a diamond. The distance is the root of"
            " the sum of their squares.",
            disc_from_all_of_shape: "For a colour picture the third number of the shape, 3, became"
            " the shortest side. Use shape[:2].",
            disc_from_the_second_largest: "For a colour picture the third number of the shape, 3,"
            " took part in the choice of the side. Only shape[:2] are sides.",
            disc_from_sides_but_three: "A side of 3 pixels was left out, as if it were the"
            " channels. Rows and columns are shape[:2], whatever their numbers are.",
            disc_ellipse: "That is an ellipse, which touches all four sides. A disc has one radius"
            " for both directions: half of the shorter side.",
            disc_of_longer_side_from_n_half: "Two things: the middle of n pixels is at (n - 1) /"
            " 2; and the radius is half of the *shorter* side.",
            disc_of_shorter_side_from_n_half: "Two things: the middle of n pixels is (n - 1) / 2;"
            " and the radius is half of the shorter side.",
            disc_square: "That is a square: the larger of the two distances decides. In a disc"
            " their squares add up.",
        },
        without=("images.disc_mask",),
    ),
    "mean_hue": Exercise(
        task="Average hues as angles",
        reference=mean_hue,
        cases={
            "10 and 20 units": (np.array([10, 20], dtype=np.uint8),),
            "175 and 10 units": (np.array([175, 10], dtype=np.uint8),),
            "85 and 95 units": (np.array([85, 95], dtype=np.uint8),),
            "87 and 100 units": (np.array([87, 100], dtype=np.uint8),),
            "95, 95 and 140 units": (np.array([95, 95, 140], dtype=np.uint8),),
            "blues around 120 units": (np.array([[110, 125], [119, 140]], dtype=np.uint8),),
            "reds just below 180 units": (np.array([[160, 179, 2, 168]], dtype=np.uint8),),
            "a 2 x 3 picture of reds": (SPREAD,),
            "a 2 x 3 picture of greens": (GREENS,),
        },
        misconceptions={
            hue_arithmetic: "The mean of the numbers: 350 and 10 degrees would give 180, cyan."
            " Average arrows (cosine and sine), then take the direction of their sum.",
            hue_mean_of_signed: "Angles from -180 to 180 have a seam as well, at 180: the mean of"
            " 170 and -170 would be 0. Average sines and cosines first, then take one arctan2.",
            hue_mean_around_the_first: "You averaged numbers, only with the seam moved away. Arrows"
            " add up to another direction: average sines and cosines, then take one arctan2.",
            hue_by_arccos: "The cosine alone does not know up from down, and arccos of a mean"
            " cosine is no direction. Average the sines too, and use arctan2.",
            hue_units_as_degrees: "One unit of OpenCV's hue is 2 degrees: double the numbers before"
            " you turn them into radians.",
            hue_in_units: "The direction is right, but in OpenCV's units. Answer in degrees.",
            hue_signed: "The direction is right, but arctan2 answers in -180..180. Bring it to"
            " 0..360 with % 360.",
            hue_swapped: "The sine goes first: arctan2(sine, cosine).",
            hue_by_quotient: "arctan of a quotient takes opposite hues for the same: use arctan2,"
            " which knows both signs.",
            hue_in_radians: "The direction is right, but in radians: convert it to degrees.",
            hue_in_signed_radians: "Two things: convert the radians to degrees, and bring negative"
            " angles to 0..360 with % 360.",
            hue_without_radians: "Sine and cosine take radians: convert the degrees first.",
            hue_doubled_in_uint8: "2 * hue has wrapped at 256 while it was still uint8. Widen"
            " first, for example with 2.0 * hue.",
            hue_median: "The median sorts the numbers, and on a wheel there is no smallest one."
            " Average arrows instead.",
            hue_mean_down_the_columns: "One number is wanted: take the mean over all elements,"
            " without an axis.",
            hue_mean_of_rows: "Each row was averaged first, and its direction counted as an arrow"
            " of length 1. Average the sines and cosines of all elements at once.",
            hue_second_quarter_mirrored: "A mean between 90 and 180 degrees, with a cosine below 0"
            " and a sine above, comes out mirrored, beyond 180. arctan2 knows all four quarters.",
            hue_second_quarter_opposite: "A mean between 90 and 180 degrees comes out on the"
            " opposite side of the wheel: arctan of a quotient takes both for the same. Use"
            " arctan2, which knows both signs.",
            mean_hue_without_radians: "Two things: NumPy's sine and cosine take radians; and"
            " `arctan2` gives radians, which go back to degrees.",
        },
        rtol=0,
        atol=0.3,  # degrees; np.radians of uint8 is a short float
    ),
    "light_grey": Exercise(
        task="Turn a picture into the grey of the same light",
        reference=light_grey,
        cases={
            "two dark colours": (DARK,),
            "six plain colours": (PRIMARIES,),
            "a 5 x 7 picture": (COLOUR,),
        },
        misconceptions={
            grey_luma: "These are weights on stored levels: luma. Turn the levels into light first,"
            " weigh the light, then encode the sum.",
            grey_still_light: "That is the light itself. Encode it, so that the grey can be stored"
            " and shown like any other picture.",
            grey_still_light_old_weights: "That is light, and weighed by Rec. 601. Weigh it by"
            " Rec. 709, then encode the sum.",
            grey_mean_of_light: "The light is right, but red, green and blue count alike. Weigh"
            " them by Rec. 709.",
            grey_old_weights: "The weights are those of Rec. 601, made for luma. The shares of the"
            " light are those of Rec. 709.",
            grey_luma_old_weights: "Luma by Rec. 601. Turn the levels into light first, and weigh"
            " that by Rec. 709.",
            grey_by_helper: "images.to_grey weighs stored levels: luma. Turn the levels into light"
            " first, weigh the light by Rec. 709, then encode the sum.",
            grey_encoded_without_decoding: "The levels were weighed as if they were light. Decode"
            " them first with to_linear; then the encoding has something to undo.",
            grey_lightest_channel: "Only the strongest channel counted. Weigh the light of all"
            " three by Rec. 709.",
            grey_power: "Close: a power of 2.2 only approximates the curve of the files. Use"
            " to_linear and to_encoded.",
            grey_unscaled: "to_linear expects values between 0 and 1: divide the levels by 255"
            " first.",
            grey_in_levels: "The grey is right, but in 0..255. Return floats between 0 and 1.",
            grey_rounded_levels: "The grey is right, but rounded to 0..255. Return floats between"
            " 0 and 1.",
            grey_encoded_first: "The order is turned round: first decode, then weigh, then encode.",
            grey_plain_mean: "That is the plain mean of the stored levels. Turn them into light"
            " first, weigh the light by Rec. 709, then encode the sum.",
            grey_plain_mean_of_light: "Two things: the channels have weights, green counts most;"
            " and the light must be encoded again at the end.",
        },
        atol=0.002,  # half a level, so that other rounded weights pass
    ),
}
