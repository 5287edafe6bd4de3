"""Exercises of lesson 20: prepare, standardise, ridge by hand, split by source, leaks, a curve."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(20)
FLOOR = 0.05
GREY = RNG.integers(0, 256, (2, 2), dtype=np.uint8)
DARK = np.array([[0, 1, 1], [1, 0, 0]], np.uint8)
WIDE = RNG.integers(0, 256, (3, 6), dtype=np.uint8)
TALL = RNG.integers(0, 256, (7, 4, 3), dtype=np.uint8)
SHARES = RNG.random((5, 4)).round(3)
COLOUR = RNG.random((4, 9, 3)).round(3)
KNOWN = np.array([[1.0, 10], [3, 10], [8, 10]])
NEW = np.array([[3.0, 12], [0, 10]])
KNOWN_3 = RNG.normal(2, [1, 5, 0.01], (6, 3))
NEW_3 = RNG.normal(2, [1, 5, 0.01], (4, 3))
ROWS = np.array([[1.0, 0, 3], [0, 1, -1]])
ANSWERS = np.array([[1.0, 0], [0, 1]])
WIDE_ROWS = RNG.normal(0, 1, (5, 6)).round(2)
WIDE_ANSWERS = np.eye(3)[[0, 1, 2, 1, 0]] - 1 / 3
WIDE_NEW = RNG.normal(0, 1, (4, 6)).round(2)
TALL_ROWS = RNG.normal(0, 1, (12, 4)).round(2)
TALL_ANSWERS = np.eye(2)[RNG.integers(0, 2, 12)] - 0.5
TALL_NEW = RNG.normal(0, 1, (3, 4)).round(2)
FOUR = np.array(["b", "b", "a", "a"])
SIX = np.array(["moon", "brick", "moon", "cat", "cat", "brick"])
UNEVEN = np.array(["c", "a", "a", "b2", "b", "b", "b", "a", "c", "b2", "b", "b"])
CORNERS = np.array([[0, 0], [0, 40]])
OTHERS = np.array([[0, 9], [0, 10], [10, 40], [9, 49], [30, 0], [0, 9]])
FEW = np.array([[5, 8], [20, 21], [31, 4], [33, 36]])
MANY = RNG.integers(0, 45, (12, 2))
SEVEN = np.array([[0, 0], [7, 30], [18, 3], [25, 26], [40, 11], [52, 30], [9, 60]])
NINE = np.array(
    [[0, 14], [15, 45], [3, 3], [33, 18], [19, 10], [6, 15], [10, 75], [24, 75], [38, 60]]
)
RIGHT = np.array([[6, 8], [8, 10]])
RIGHT_3 = np.array([[61, 80, 95], [70, 82, 94], [0, 85, 93], [66, 81, 96]])


def levels_of(picture):
    return picture.astype(float) * (1 if picture.dtype == np.uint8 else 255)


def square_of(picture):
    side = min(picture.shape[:2])
    top, left = ((n - side) // 2 for n in picture.shape[:2])
    return picture[top : top + side, left : left + side]


def three(picture):
    return picture if picture.ndim == 3 else np.stack([picture] * 3, axis=-1)


def prepare(picture):
    return (three(levels_of(square_of(picture))) - 127) / 128


def prepare_not_scaled(picture):
    return (three(square_of(picture).astype(float)) - 127) / 128


def prepare_always_scaled(picture):
    return (three(square_of(picture).astype(float)) * 255 - 127) / 128


def prepare_in_bytes(picture):
    square = three(square_of(picture))
    return (square - np.uint8(127)) / 128 if square.dtype == np.uint8 else prepare(picture)


def prepare_whole(picture):
    return (three(levels_of(picture)) - 127) / 128


def prepare_top_left(picture):
    side = min(picture.shape[:2])
    return (three(levels_of(picture[:side, :side])) - 127) / 128


def prepare_rounded_up(picture):
    side = min(picture.shape[:2])
    top, left = ((n - side + 1) // 2 for n in picture.shape[:2])
    return (three(levels_of(picture[top : top + side, left : left + side])) - 127) / 128


def prepare_bottom_right(picture):
    side = min(picture.shape[:2])
    return (three(levels_of(picture[-side:, -side:])) - 127) / 128


def prepare_grey_stays(picture):
    return (levels_of(square_of(picture)) - 127) / 128


def prepare_grey_one_channel(picture):
    square = levels_of(square_of(picture))
    return ((square if square.ndim == 3 else square[..., None]) - 127) / 128


def prepare_turned_channels(picture):
    return prepare(picture)[..., ::-1]


def prepare_half_and_half(picture):
    return (three(levels_of(square_of(picture))) - 127.5) / 127.5


def prepare_128(picture):
    return (three(levels_of(square_of(picture))) - 128) / 128


def prepare_255(picture):
    return three(levels_of(square_of(picture))) / 255


def prepare_only_centred(picture):
    return three(levels_of(square_of(picture))) - 127


def prepare_only_divided(picture):
    return three(levels_of(square_of(picture))) / 128


def prepare_levels(picture):
    return three(levels_of(square_of(picture)))


def prepare_own_mean(picture):
    square = three(levels_of(square_of(picture)))
    return (square - square.mean()) / 128


def prepare_first_axis(picture):
    square = levels_of(square_of(picture))
    return ((square if square.ndim == 3 else np.stack([square] * 3)) - 127) / 128


def prepare_by_largest(picture):
    levels = picture * (255.0 if picture.max() <= 1 else 1.0)
    return (three(square_of(levels)) - 127) / 128


def prepare_all_grey(picture):
    levels = levels_of(square_of(picture))
    return (three(levels.mean(axis=2) if levels.ndim == 3 else levels) - 127) / 128


def prepare_rounded(picture):
    return (three(np.rint(levels_of(square_of(picture)))) - 127) / 128


def prepare_cut_to_bytes(picture):
    return (three(np.floor(levels_of(square_of(picture)))) - 127) / 128


def standardise(known, new):
    return (new - known.mean(axis=0)) / (known.std(axis=0) + FLOOR)


def standard_by_new(known, new):
    return standardise(new, new)


def standard_by_both(known, new):
    return standardise(np.vstack([known, new]), new)


def standard_new_sd(known, new):
    return (new - known.mean(axis=0)) / (new.std(axis=0) + FLOOR)


def standard_new_mean(known, new):
    return (new - new.mean(axis=0)) / (known.std(axis=0) + FLOOR)


def standard_no_floor(known, new):
    with np.errstate(divide="ignore", invalid="ignore"):
        return (new - known.mean(axis=0)) / known.std(axis=0)


def standard_floor_as_least(known, new):
    return (new - known.mean(axis=0)) / np.maximum(known.std(axis=0), FLOOR)


def standard_less_one(known, new):
    return (new - known.mean(axis=0)) / (known.std(axis=0, ddof=1) + FLOOR)


def standard_variance(known, new):
    return (new - known.mean(axis=0)) / (known.var(axis=0) + FLOOR)


def standard_one_for_all(known, new):
    return (new - known.mean()) / (known.std() + FLOOR)


def standard_one_sd(known, new):
    return (new - known.mean(axis=0)) / (known.std() + FLOOR)


def standard_only_centred(known, new):
    return new - known.mean(axis=0)


def standard_only_divided(known, new):
    return new / (known.std(axis=0) + FLOOR)


def standard_known(known, new):
    return standardise(known, known)


def standard_median(known, new):
    return (new - np.median(known, axis=0)) / (known.std(axis=0) + FLOOR)


def standard_rows(known, new):
    return (new - new.mean(axis=1, keepdims=True)) / (new.std(axis=1, keepdims=True) + FLOOR)


def standard_floor_after(known, new):
    with np.errstate(divide="ignore", invalid="ignore"):
        return (new - known.mean(axis=0)) / known.std(axis=0) + FLOOR


def standard_floor_in_variance(known, new):
    return (new - known.mean(axis=0)) / np.sqrt(known.var(axis=0) + FLOOR)


def weights_of(rows, targets, strength):
    return np.linalg.solve(rows.T @ rows + strength * np.eye(rows.shape[1]), rows.T @ targets)


def ridge(rows, targets, new, strength):
    return new @ weights_of(rows, targets, strength)


def ridge_without(rows, targets, new, strength):
    return new @ np.linalg.pinv(rows) @ targets


def ridge_everywhere(rows, targets, new, strength):
    return new @ np.linalg.solve(rows.T @ rows + strength, rows.T @ targets)


def ridge_everywhere_small(rows, targets, new, strength):
    return new @ rows.T @ np.linalg.solve(rows @ rows.T + strength, targets)


def ridge_squared(rows, targets, new, strength):
    return ridge(rows, targets, new, strength**2)


def ridge_root(rows, targets, new, strength):
    return ridge(rows, targets, new, np.sqrt(strength))


def ridge_of_means(rows, targets, new, strength):
    return ridge(rows, targets, new, strength * len(rows))


def ridge_inverse(rows, targets, new, strength):
    return ridge(rows, targets, new, 1 / strength)


def ridge_weights(rows, targets, new, strength):
    return weights_of(rows, targets, strength)


def ridge_of_known(rows, targets, new, strength):
    return ridge(rows, targets, rows, strength)


def ridge_classes(rows, targets, new, strength):
    return ridge(rows, targets, new, strength).argmax(axis=1)


def ridge_minus(rows, targets, new, strength):
    return ridge(rows, targets, new, -strength)


def ridge_not_solved(rows, targets, new, strength):
    return new @ (rows.T @ rows + strength * np.eye(rows.shape[1])) @ (rows.T @ targets)


def ridge_only_products(rows, targets, new, strength):
    return new @ rows.T @ targets / strength


def ridge_entries(rows, targets, new, strength):
    inner = rows.T @ rows + strength * np.eye(rows.shape[1])
    return new @ ((1 / inner) @ (rows.T @ targets))


def ridge_centred(rows, targets, new, strength):
    middle, answers = rows.mean(axis=0), targets.mean(axis=0)
    return ridge(rows - middle, targets - answers, new - middle, strength) + answers


def ridge_shrunk(rows, targets, new, strength):
    return ridge_without(rows, targets, new, strength) / (1 + strength)


def in_turn(sources, share, names=None, count=None):
    """Return which pictures are held out if sources are added until there are enough."""
    held = np.zeros(len(sources), bool)
    for name in np.unique(sources) if names is None else names:
        if (count or np.mean)(held) >= share:
            break
        held = held | (sources == name)
    return held


def split_by_source(sources, share):
    return in_turn(sources, share)


def split_first_pictures(sources, share):
    return np.arange(len(sources)) < share * len(sources)


def split_sorted_pictures(sources, share):
    held = np.zeros(len(sources), bool)
    order = np.argsort(sources, kind="stable")
    held[order[: int(np.ceil(share * len(sources)))]] = True
    return held


def split_share_of_sources(sources, share):
    names = np.unique(sources)
    return np.isin(sources, names[: int(np.ceil(share * len(names)))])


def split_stops_early(sources, share):
    held = np.zeros(len(sources), bool)
    for name in np.unique(sources):
        more = held | (sources == name)
        if more.mean() > share:
            break
        held = more
    return held


def split_one_more(sources, share):
    held = np.zeros(len(sources), bool)
    for name in np.unique(sources):
        if held.mean() > share:
            break
        held = held | (sources == name)
    return held


def split_one_after(sources, share):
    held, reached = np.zeros(len(sources), bool), False
    for name in np.unique(sources):
        held = held | (sources == name)
        if reached:
            break
        reached = held.mean() >= share
    return held


def split_by_appearance(sources, share):
    return in_turn(sources, share, list(dict.fromkeys(sources.tolist())))


def split_from_the_end(sources, share):
    return in_turn(sources, share, np.unique(sources)[::-1])


def split_turned(sources, share):
    return ~split_by_source(sources, share)


def split_places(sources, share):
    return np.flatnonzero(split_by_source(sources, share))


def split_each_source(sources, share):
    held = np.zeros(len(sources), bool)
    for name in np.unique(sources):
        places = np.flatnonzero(sources == name)
        held[places[: int(np.ceil(share * len(places)))]] = True
    return held


def split_largest_first(sources, share):
    names, counts = np.unique(sources, return_counts=True)
    return in_turn(sources, share, names[np.argsort(-counts, kind="stable")])


def split_nearly(sources, share):
    return in_turn(sources, int(share * len(sources)), count=np.sum)


def split_by_beginning(sources, share):
    held = np.zeros(len(sources), bool)
    for name in np.unique(sources):
        if held.mean() >= share:
            break
        held = held | np.char.startswith(sources, name)
    return held


def split_first_source(sources, share):
    return sources == np.unique(sources)[0]


def gaps_of(train, test):
    """Return the distance of each test corner (row) to each training corner: (t, n, 2)."""
    return np.abs(test[:, None] - train[None])


def leaks(train, test, size):
    return int((gaps_of(train, test) < size).all(axis=2).any(axis=1).sum())


def leaks_touching(train, test, size):
    return int((gaps_of(train, test) <= size).all(axis=2).any(axis=1).sum())


def leaks_one_axis(train, test, size):
    return int((gaps_of(train, test) < size).any(axis=2).any(axis=1).sum())


def leaks_pairs(train, test, size):
    return int((gaps_of(train, test) < size).all(axis=2).sum())


def leaks_of_train(train, test, size):
    return leaks(test, train, size)


def leaks_distance(train, test, size):
    return int((np.sqrt((gaps_of(train, test) ** 2).sum(axis=2)) < size).any(axis=1).sum())


def leaks_equal(train, test, size):
    return int((gaps_of(train, test) == 0).all(axis=2).any(axis=1).sum())


def leaks_share(train, test, size):
    return leaks(train, test, size) / len(test)


def leaks_clean(train, test, size):
    return len(test) - leaks(train, test, size)


def leaks_half(train, test, size):
    return int((gaps_of(train, test) < size / 2).all(axis=2).any(axis=1).sum())


def leaks_one_side(train, test, size):
    gaps = test[:, None] - train[None]
    return int(((gaps >= 0) & (gaps < size)).all(axis=2).any(axis=1).sum())


def leaks_other_side(train, test, size):
    gaps = train[None] - test[:, None]
    return int(((gaps >= 0) & (gaps < size)).all(axis=2).any(axis=1).sum())


def leaks_signed(train, test, size):
    return int(((test[:, None] - train[None]) < size).all(axis=2).any(axis=1).sum())


def leaks_sum(train, test, size):
    return int((gaps_of(train, test).sum(axis=2) < size).any(axis=1).sum())


def leaks_distinct(train, test, size):
    return leaks(train, np.unique(test, axis=0), size)


def leaks_nearest(train, test, size):
    near = (gaps_of(train, test) ** 2).sum(axis=2).argmin(axis=1)
    return int((np.abs(test - train[near]) < size).all(axis=1).sum())


def leaks_which(train, test, size):
    return (gaps_of(train, test) < size).all(axis=2).any(axis=1)


def curve(right, of):
    shares = right / of
    return np.column_stack([shares.mean(axis=0), shares.std(axis=0, ddof=1)])


def curve_counts(right, of):
    return np.column_stack([right.mean(axis=0), right.std(axis=0, ddof=1)])


def curve_counts_sd(right, of):
    return np.column_stack([right.mean(axis=0) / of, right.std(axis=0, ddof=1)])


def curve_n(right, of):
    shares = right / of
    return np.column_stack([shares.mean(axis=0), shares.std(axis=0)])


def curve_rows(right, of):
    return curve(right.T, of)


def curve_turned(right, of):
    return curve(right, of).T


def curve_error(right, of):
    mean, spread = curve(right, of).T
    return np.column_stack([mean, spread / np.sqrt(len(right))])


def curve_binomial(right, of):
    mean = right.mean(axis=0) / of
    return np.column_stack([mean, np.sqrt(mean * (1 - mean) / of)])


def curve_variance(right, of):
    shares = right / of
    return np.column_stack([shares.mean(axis=0), shares.var(axis=0, ddof=1)])


def curve_errors(right, of):
    return curve(of - right, of)


def curve_median(right, of):
    shares = right / of
    return np.column_stack([np.median(shares, axis=0), shares.std(axis=0, ddof=1)])


def curve_per_cent(right, of):
    return 100 * curve(right, of)


def curve_best(right, of):
    shares = right / of
    return np.column_stack([shares.max(axis=0), shares.std(axis=0, ddof=1)])


def curve_range(right, of):
    shares = right / of
    return np.column_stack([shares.mean(axis=0), np.ptp(shares, axis=0)])


def curve_swapped(right, of):
    return curve(right, of)[:, ::-1]


def curve_ends(right, of):
    mean, spread = curve(right, of).T
    return np.column_stack([mean - spread, mean + spread])


def curve_means(right, of):
    return (right / of).mean(axis=0)


EXERCISES = {
    "pixels": Exercise(
        task="Predict what a head on pixels reaches with five pictures a class",
        reference="about 0.15",
        choices=("about 0.15", "about 0.45", "about 0.75"),
        misconceptions={
            "about 0.45": "Less. A linear head on pixels wants each place to mean the same in each"
            " picture. Where in a patch of grass is a blade?",
            "about 0.75": "Far less. The next patch of the same grass has its blades elsewhere,"
            " and a linear head weighs places.",
        },
        explanation="Chance is 0.083. A patch is moved at random, and pixels are places.",
    ),
    "depth": Exercise(
        task="Predict which depth of the network serves textures best",
        reference="in the middle",
        choices=("the first layer", "in the middle", "the last maps"),
        misconceptions={
            "the first layer": "The first layer sees three pixels a side: edges and colours. A"
            " texture is how edges follow each other. Go further up.",
            "the last maps": "The last maps were made for a thousand kinds of things. What does"
            " gravel have to do with things?",
        },
        explanation="Deep enough for patterns, not so deep that only things are left.",
    ),
    "leak": Exercise(
        task="Predict the accuracy on new pictures of a model with 0.98 on a random split",
        reference="about 0.93",
        choices=("about 0.98", "about 0.93", "about 0.99"),
        misconceptions={
            "about 0.98": "The patches of the random split overlap. What the test asks was partly"
            " seen in training.",
            "about 0.99": "Why should it be better on parts that it never saw?",
        },
        explanation="Overlapping patches on both sides of a split share pixels.",
    ),
    "rate": Exercise(
        task="Predict what a hundred times the rate does to the second phase",
        reference="nearly chance",
        choices=("better", "the same", "nearly chance"),
        misconceptions={
            "better": "A step moves each of 2.7 million numbers by about the rate. How large are"
            " these numbers themselves?",
            "the same": "Sixty steps of 0.01 move numbers whose typical size is below 0.1.",
        },
        explanation="Large steps wipe out what the network was taken for.",
    ),
    "prepare": Exercise(
        task="Prepare a picture as this network was trained to see it",
        reference=prepare,
        cases={
            "2 x 2 grey bytes": (GREY,),
            "2 x 3 grey bytes, nearly black": (DARK,),
            "3 x 6 grey bytes": (WIDE,),
            "5 x 4 grey floats": (SHARES,),
            "7 x 4 colour bytes": (TALL,),
            "4 x 9 colour floats": (COLOUR,),
        },
        misconceptions={
            prepare_not_scaled: "Right for bytes. Floats from 0 to 1 must become 0 to 255 first:"
            " as they are, they look black to the network.",
            prepare_always_scaled: "Right for floats. Bytes are levels from 0 to 255 already.",
            prepare_in_bytes: "Right for floats. In uint8 100 - 127 wraps round: make floats"
            " first.",
            prepare_whole: "The picture is not square. Cut out its middle square.",
            prepare_top_left: "You took the square at the top left. The middle is asked for.",
            prepare_rounded_up: "What is left over was halved upwards. The smaller part lies before"
            " the square: (n - side) // 2.",
            prepare_bottom_right: "You took the square at the bottom right. The middle is asked"
            " for.",
            prepare_grey_stays: "A grey picture must get three equal channels.",
            prepare_grey_one_channel: "A grey picture got one channel. Repeat it three times.",
            prepare_turned_channels: "The channels came out in reverse. They are red, green, blue"
            " already.",
            prepare_half_and_half: "Near. This network was trained with (level - 127) / 128.",
            prepare_128: "Near. Take off 127, as in its training.",
            prepare_255: "That is the range 0 to 1. This network wants (level - 127) / 128.",
            prepare_only_centred: "Divide by 128 as well.",
            prepare_only_divided: "Take off 127 before you divide.",
            prepare_levels: "Those are levels from 0 to 255. Now (level - 127) / 128.",
            prepare_own_mean: "You took off the picture's own mean. It is 127 for each picture.",
            prepare_first_axis: "The channels of a grey picture stand first in yours. They belong"
            " on the last axis.",
            prepare_by_largest: "A dark picture of bytes was taken for floats. The largest value"
            " does not tell which they are; `picture.dtype` does.",
            prepare_all_grey: "The colours are lost: a colour picture has its three channels"
            " already.",
            prepare_rounded: "Floats became whole levels. Leave their decimals: 255 times the"
            " value.",
            prepare_cut_to_bytes: "The decimals of the levels are cut off. Leave them: 255 times"
            " the value.",
        },
        explanation="Levels of 0 to 255, the middle square, three channels, one scale.",
        without=("learned.imagenet_features",),
        steps=(
            "floats of 0 to 255, then the square, then three channels.",
            "(level - 127) / 128 comes last.",
        ),
    ),
    "standardise": Exercise(
        task="Standardise new features by what the known ones say",
        reference=standardise,
        cases={
            "3 known, 2 new, one column is constant": (KNOWN, NEW),
            "6 known, 1 new": (KNOWN_3, NEW_3[:1]),
            "6 known, 4 new, 3 columns": (KNOWN_3, NEW_3),
        },
        misconceptions={
            standard_by_new: "You used mean and SD of the new pictures. Then one picture's"
            " features depend on those beside it, and the test teaches. Use the known ones.",
            standard_by_both: "You put both together. The test must not teach: use the known ones"
            " alone.",
            standard_new_sd: "The mean is that of the known ones, the SD is not.",
            standard_new_mean: "The SD is that of the known ones, the mean is not.",
            standard_no_floor: "Add 0.05 to each SD: a column that hardly varies would become"
            " enormous.",
            standard_floor_as_least: "You took 0.05 as the least SD. Add it to each.",
            standard_less_one: "Divide by n in the SD, as NumPy does unasked.",
            standard_variance: "That is the variance. Take the SD.",
            standard_one_for_all: "That is one mean and one SD for all. Each column has its own.",
            standard_one_sd: "That is one SD for all columns. Each has its own.",
            standard_only_centred: "Divide by SD + 0.05 as well.",
            standard_only_divided: "Take off the mean of the known ones first.",
            standard_known: "Those are the known features. Return the new ones.",
            standard_median: "Take off the mean, not the median.",
            standard_rows: "You standardised each picture by itself. Each *column* is meant.",
            standard_floor_after: "You added 0.05 to the result. It belongs to the SD.",
            standard_floor_in_variance: "Take the root first: 0.05 is added to the SD, not to the"
            " variance.",
        },
        explanation="All that is estimated comes from the pictures to learn from.",
        without=("learned.ridge_head",),
        steps=(
            "mean and SD of each column of the known features.",
            "(new - mean) / (SD + 0.05).",
        ),
    ),
    "ridge": Exercise(
        task="Find the head in one step: ridge regression by hand",
        reference=ridge,
        cases={
            "2 pictures, 3 features": (ROWS, ANSWERS, np.array([[1.0, 2, 3]]), 1.0),
            "5 pictures, 6 features": (WIDE_ROWS, WIDE_ANSWERS, WIDE_NEW, 4.0),
            "12 pictures, 4 features": (TALL_ROWS, TALL_ANSWERS, TALL_NEW, 2.5),
        },
        misconceptions={
            ridge_without: "Those are least squares without a penalty. Add strength to the"
            " diagonal.",
            ridge_everywhere: "You added the strength to every entry. It belongs on the diagonal:"
            " strength * np.eye(...).",
            ridge_everywhere_small: "You added the strength to every entry. It belongs on the"
            " diagonal: strength * np.eye(...). (That the small system is enough, is right.)",
            ridge_squared: "The strength stands in the equation as it is, not squared.",
            ridge_root: "The strength stands in the equation as it is, not its root.",
            ridge_of_means: "You multiplied the strength by the number of pictures.",
            ridge_inverse: "A larger strength must make smaller weights; yours does the opposite.",
            ridge_weights: "Those are the weights. Return the scores of the new pictures.",
            ridge_of_known: "Those are scores of the known pictures. Use the new ones.",
            ridge_classes: "Those are classes. Return the scores, one for each class.",
            ridge_minus: "The penalty has a plus: A'A + strength * I.",
            ridge_not_solved: "You multiplied by the matrix. Solve with it: np.linalg.solve.",
            ridge_only_products: "That is the limit of a very strong penalty. A'A is missing.",
            ridge_entries: "You took one over each entry. The inverse of a matrix is not that:"
            " np.linalg.solve.",
            ridge_centred: "Take no means off, and fit no constant: rows and targets as they are.",
            ridge_shrunk: "Those are least squares, all shrunk alike. The strength belongs on the"
            " diagonal before you solve.",
        },
        explanation="Solve (A'A + strength I) W = A'T; the scores are new W.",
        without=("learned.ridge_head",),
        steps=(
            "the matrix A'A + strength * np.eye(d), the right side A'T.",
            "np.linalg.solve gives the weights; new @ weights the scores.",
        ),
    ),
    "split_by_source": Exercise(
        task="Split pictures so that no source stands on both sides",
        reference=split_by_source,
        cases={
            "4 pictures of 2 sources, half": (FOUR, 0.5),
            "6 pictures of 3 sources, 70 %": (SIX, 0.7),
            "12 pictures of 4 sources, 28 %": (UNEVEN, 0.28),
            "12 pictures of 4 sources, 60 %": (UNEVEN, 0.6),
        },
        misconceptions={
            split_first_pictures: "You split pictures, not sources: some source stands on both"
            " sides.",
            split_sorted_pictures: "The split runs through the middle of a photograph: hold out"
            " all of its pictures, or none.",
            split_share_of_sources: "You took a share of the *sources*. They are of unequal size:"
            " add sources until a share of the *pictures* is reached.",
            split_stops_early: "You stopped before the share was reached. Add one more source.",
            split_one_more: "The share was reached exactly, and you added one more source.",
            split_one_after: "You added one more source after the share was reached. Ask before"
            " each one.",
            split_by_appearance: "Add the sources in the order of their names, not as they come.",
            split_from_the_end: "Begin with the first name, not with the last.",
            split_turned: "True means held out for the test. Yours is the other way round.",
            split_places: "Those are places. Return True or False for each picture.",
            split_each_source: "You held out some pictures of each source: that is the leak.",
            split_largest_first: "Add the sources in the order of their names, not of their size.",
            split_nearly: "A little less than the share is not enough. Compare the share of the"
            " *pictures* with it as it is, without rounding.",
            split_by_beginning: "You compared a part of the name: b2 begins with b, but is another"
            " source. Compare whole names.",
            split_first_source: "You held out one source. Go on until the share is reached.",
        },
        explanation="Whole sources, by name, until enough pictures are held out.",
        steps=(
            "np.unique(sources) gives the names in order.",
            "stop as soon as held.mean() is at least the share.",
        ),
    ),
    "leaks": Exercise(
        task="Count the test patches that share pixels with a training patch",
        reference=leaks,
        cases={
            "2 and 2 corners that are the same": (CORNERS, CORNERS, 3),
            "2 and 6 corners, one twice, 10 pixels a side": (CORNERS, OTHERS, 10),
            "9 and 7 corners, 9 pixels a side": (NINE, SEVEN, 9),
            "7 and 9 corners, 14 pixels a side": (SEVEN, NINE, 14),
            "4 and 12 corners, 5 pixels a side": (FEW, MANY, 5),
            "12 and 4 corners, 9 pixels a side": (MANY, FEW, 9),
        },
        misconceptions={
            leaks_touching: "Corners that are `size` apart belong to patches that touch. They"
            " share no pixel.",
            leaks_one_axis: "Near in rows *or* columns is not enough: both are needed.",
            leaks_pairs: "You counted pairs. A test patch counts once, however many it meets.",
            leaks_of_train: "You counted training patches. Count those of the test.",
            leaks_distance: "Patches are squares: compare rows and columns, each by itself, not"
            " the straight distance.",
            leaks_equal: "You counted equal corners only. Patches that overlap a little leak too.",
            leaks_share: "That is the share. Return the count.",
            leaks_clean: "You counted those that share nothing.",
            leaks_half: "Two patches overlap if their corners are less than `size` apart, not half"
            " of it.",
            leaks_one_side: "A training patch may begin below or to the right of the test patch's"
            " upper left pixel, too: look at all its pixels, or take the absolute difference.",
            leaks_other_side: "A training patch may begin above or to the left of the test patch,"
            " too: take the absolute difference.",
            leaks_signed: "Differences have a sign: take their absolute value.",
            leaks_sum: "You added rows and columns. Each must be less than `size` by itself.",
            leaks_distinct: "Two patches of the test with the same corner count as two.",
            leaks_nearest: "You asked only the nearest training patch. One that is farther by the"
            " straight distance can share pixels too: ask all.",
            leaks_which: "Those are the patches that leak. Return how many they are.",
        },
        explanation="Both differences below the size, with any training patch.",
        steps=(
            "np.abs(test[:, None] - train) has shape (t, n, 2).",
            "all(axis=2) for rows and columns, any(axis=1) for the training patches.",
        ),
    ),
    "curve": Exercise(
        task="Make a learning curve of several seeds: mean and SD",
        reference=curve,
        cases={
            "2 seeds, 2 sizes, of 10": (RIGHT, 10),
            "4 seeds, 1 size, of 115": (RIGHT_3[:, :1], 115),
            "4 seeds, 3 sizes, of 100": (RIGHT_3, 100),
        },
        misconceptions={
            curve_counts: "Those are counts. Divide by `of`.",
            curve_counts_sd: "The mean is a share, the SD is still in counts.",
            curve_n: "Few seeds: divide by their number less one in the SD (ddof=1).",
            curve_rows: "You went along the other axis. Each column is a size, each row a seed.",
            curve_turned: "Rows and columns are swapped: one row for each size.",
            curve_error: "That is the standard error of the mean. The SD is asked for: it tells"
            " how much one run differs from the next.",
            curve_binomial: "That spread is computed from p. Take the SD over the seeds.",
            curve_variance: "That is the variance. Take its root.",
            curve_errors: "Those are shares of wrong answers.",
            curve_median: "That is the median. Take the mean.",
            curve_per_cent: "Return shares, from 0 to 1.",
            curve_best: "That is the best seed. Report the mean of all.",
            curve_range: "That is the range. It grows with the number of seeds: take the SD.",
            curve_swapped: "First the mean, then the SD.",
            curve_ends: "Those are mean - SD and mean + SD. Return mean and SD themselves.",
            curve_means: "The SDs are missing: two columns.",
        },
        explanation="Mean and SD of the shares over the seeds, one row for each size.",
        steps=(
            "right / of gives shares.",
            "mean(axis=0) and std(axis=0, ddof=1), as two columns.",
        ),
    ),
}
