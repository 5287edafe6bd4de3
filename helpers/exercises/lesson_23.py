"""Exercises of lesson 23: style inside a mask, roughness, shares, steps, moments, labels, pairs."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(23)
TWO = np.array([[[1.0, 2], [3, 0]]])
SOME = np.array([[True, False]])
MAPS = RNG.integers(0, 7, (3, 4, 3)).astype(float)
MASK = RNG.random((3, 4)) < 0.6
MAPS[tuple(np.argwhere(MASK)[2])] = 0  # no channel answers at this place inside
WIDE = RNG.normal(1, 1, (5, 3, 4)).round(2)
WIDE_MASK = RNG.random((5, 3)) < 0.5
RAMP = np.array([[[0.0], [0.5]], [[0.25], [0.5]]])
COLOUR = RNG.random((3, 5, 3)).round(2)
TALL = RNG.random((8, 2, 3))
PICTURE = np.array([[0.1, 0.9], [0.5, 1.0]])
SLOPES = np.array([[2.0, -3.0], [0.0, 1.0]])
PICTURE_3 = RNG.random((3, 4, 3)).round(2)
SLOPES_3 = RNG.normal(0, 6, (3, 4, 3)).round(1)
OWN = np.array([[[0.0], [2.0]]])
OTHER = np.array([[[10.0], [30.0]]])
OWN_3 = RNG.normal(0, 1, (4, 5, 3)).round(2)
OTHER_3 = RNG.normal([1, -2, 5], [2, 0.5, 1], (3, 6, 3)).round(2)
OWN_2 = RNG.normal([3, 0], [1, 4], (6, 3, 2)).round(2)
OTHER_2 = RNG.normal([0, 9], [2, 1], (6, 3, 2)).round(2)
OWN_5 = np.dstack([OWN_3, 4 - 3 * OWN_3[:, :, :2]])
OTHER_5 = np.dstack([OTHER_3, OTHER_3[:, :, 1:] ** 2])
KINDS = np.array([2, 0, 1, 1, 0])
PARTNERS = np.array([1, 4, 3, 0, 2])
ON = np.array([True, False, True, True, True])
WITH = np.array([0.92, 0.90, 0.95])
WITHOUT = np.array([0.90, 0.89, 0.95])
WITH_4 = np.array([0.80, 0.60, 0.70, 0.90])
WITHOUT_4 = np.array([0.50, 0.70, 0.65, 0.80])  # the seeds stand in another order of size
ALIKE_4 = np.full(4, 0.5)
EVEN_4 = np.array([0.25, 0.75, 0.25, 0.75])
WITH_5 = np.array([0.81, 0.78, 0.90, 0.74, 0.85])
WITHOUT_5 = np.array([0.83, 0.79, 0.88, 0.79, 0.88])


def rows_inside(maps, mask):
    return maps[mask]


def gram_inside(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows / len(rows)


def gram_all(maps, mask):
    return gram_inside(maps, np.ones_like(mask))


def gram_outside(maps, mask):
    return gram_inside(maps, ~mask)


def gram_of_all_places(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows / mask.size


def gram_of_answering_places(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows / np.maximum(1, rows.any(axis=1).sum())


def gram_sum(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows


def gram_of_places(maps, mask):
    rows = rows_inside(maps, mask)
    return rows @ rows.T / rows.shape[1]


def gram_of_places_by_places(maps, mask):
    rows = rows_inside(maps, mask)
    return rows @ rows.T / len(rows)


def gram_centred(maps, mask):
    rows = rows_inside(maps, mask)
    rows = rows - rows.mean(axis=0)
    return rows.T @ rows / len(rows)


def gram_correlation(maps, mask):
    with np.errstate(all="ignore"):
        return np.corrcoef(rows_inside(maps, mask).T)


def gram_by_channels(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows / rows.shape[1]


def gram_by_size(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows / rows.size


def gram_less_one(maps, mask):
    rows = rows_inside(maps, mask)
    return rows.T @ rows / max(len(rows) - 1, 1e-9)


def gram_means(maps, mask):
    mean = rows_inside(maps, mask).mean(axis=0)
    return np.outer(mean, mean)


def gram_diagonal(maps, mask):
    return (rows_inside(maps, mask) ** 2).mean(axis=0)


def gram_cosines(maps, mask):
    rows = rows_inside(maps, mask)
    rows = rows / np.maximum(np.linalg.norm(rows, axis=0), 1e-12)
    return rows.T @ rows


def variation(picture):
    return np.abs(np.diff(picture, axis=0)).sum() + np.abs(np.diff(picture, axis=1)).sum()


def variation_squared(picture):
    return (np.diff(picture, axis=0) ** 2).sum() + (np.diff(picture, axis=1) ** 2).sum()


def variation_down(picture):
    return np.abs(np.diff(picture, axis=0)).sum()


def variation_across(picture):
    return np.abs(np.diff(picture, axis=1)).sum()


def variation_signed(picture):
    return np.diff(picture, axis=0).sum() + np.diff(picture, axis=1).sum()


def variation_absolute_sum(picture):
    return abs(np.diff(picture, axis=0).sum()) + abs(np.diff(picture, axis=1).sum())


def variation_wraps(picture):
    return sum(np.abs(picture - np.roll(picture, 1, axis)).sum() for axis in (0, 1))


def variation_mean(picture):
    return np.abs(np.diff(picture, axis=0)).mean() + np.abs(np.diff(picture, axis=1)).mean()


def variation_per_number(picture):
    return variation(picture) / picture.size


def variation_channels(picture):
    return variation(picture) + np.abs(np.diff(picture, axis=2)).sum()


def variation_last_axis(picture):
    return np.abs(np.diff(picture, axis=1)).sum() + np.abs(np.diff(picture, axis=2)).sum()


def variation_corner(picture):
    down, across = np.diff(picture, axis=0)[:, :-1], np.diff(picture, axis=1)[:-1]
    return np.sqrt(down**2 + across**2).sum()


def variation_of_grey(picture):
    return variation(picture.mean(axis=2))


def variation_each_channel(picture):
    return sum(np.abs(np.diff(picture, axis=axis)).sum(axis=(0, 1)) for axis in (0, 1))


def variation_by_length(picture):
    down, across = np.zeros(picture.shape), np.zeros(picture.shape)
    down[:-1], across[:, :-1] = np.diff(picture, axis=0), np.diff(picture, axis=1)
    return np.sqrt(down**2 + across**2).sum()


def variation_squared_means(picture):
    return sum((np.diff(picture, axis=axis) ** 2).mean() for axis in (0, 1))


def shares(losses, weights):
    parts = losses * weights
    return parts / parts.sum()


def shares_losses(losses, weights):
    return losses / losses.sum()


def shares_weights(losses, weights):
    return weights / weights.sum()


def shares_parts(losses, weights):
    return losses * weights


def shares_mean(losses, weights):
    return losses * weights / np.sum(weights)


def shares_of_losses(losses, weights):
    return losses * weights / np.sum(losses)


def shares_divided(losses, weights):
    return shares(losses, 1 / weights)


def shares_largest(losses, weights):
    return losses * weights / np.max(losses * weights)


def shares_per_cent(losses, weights):
    return 100 * shares(losses, weights)


def shares_by_mean(losses, weights):
    return losses * weights / np.mean(losses * weights)


def shares_squared(losses, weights):
    return shares(losses**2, weights)


def shares_summed(losses, weights):
    return np.cumsum(shares(losses, weights))


def shares_averaged(losses, weights):
    return (shares_losses(losses, weights) + shares_weights(losses, weights)) / 2


def paint_step(picture, slopes, rate):
    return np.clip(picture - rate * slopes, 0, 1)


def step_up(picture, slopes, rate):
    return np.clip(picture + rate * slopes, 0, 1)


def step_open(picture, slopes, rate):
    return picture - rate * slopes


def step_no_rate(picture, slopes, rate):
    return np.clip(picture - slopes, 0, 1)


def step_clips_slopes(picture, slopes, rate):
    return picture - rate * np.clip(slopes, 0, 1)


def step_stretched(picture, slopes, rate):
    moved = picture - rate * slopes
    return (moved - moved.min()) / (moved.max() - moved.min())


def step_signs(picture, slopes, rate):
    return np.clip(picture - rate * np.sign(slopes), 0, 1)


def step_wraps(picture, slopes, rate):
    return (picture - rate * slopes) % 1


def step_below(picture, slopes, rate):
    return np.maximum(picture - rate * slopes, 0)


def step_above(picture, slopes, rate):
    return np.minimum(picture - rate * slopes, 1)


def step_alone(picture, slopes, rate):
    return -rate * slopes


def step_of_mean(picture, slopes, rate):
    return np.clip(picture - rate * slopes / slopes.size, 0, 1)


def step_folded(picture, slopes, rate):
    moved = np.abs(picture - rate * slopes)
    return np.where(moved > 1, 2 - moved, moved)


def moved(own, other, axis=(0, 1), *, spread=np.std, **names):
    """Return `own` with mean and spread of `other` over these axes."""
    own_mean, own_spread = own.mean(axis, keepdims=True), spread(own, axis, keepdims=True, **names)
    mean, wide = other.mean(axis, keepdims=True), spread(other, axis, keepdims=True, **names)
    return (own - own_mean) / own_spread * wide + mean


def swap_moments(own, other):
    return moved(own, other)


def swap_one_for_all(own, other):
    return moved(own, other, None)


def swap_roles(own, other):
    return moved(other, own)


def swap_variance(own, other):
    return moved(own, other, spread=np.var)


def swap_less_one(own, other):
    pairs = [p.reshape(-1, p.shape[2]) for p in (own, other)]
    spreads = [p.std(axis=0, ddof=1) for p in pairs]
    return (own - pairs[0].mean(0)) / spreads[0] * pairs[1].std(axis=0) + pairs[1].mean(0)


def swap_means(own, other):
    return own - own.mean((0, 1)) + other.mean((0, 1))


def swap_spreads(own, other):
    return (own - own.mean((0, 1))) / own.std((0, 1)) * other.std((0, 1)) + own.mean((0, 1))


def swap_no_mean_off(own, other):
    return own / own.std((0, 1)) * other.std((0, 1)) + other.mean((0, 1))


def swap_not_divided(own, other):
    return (own - own.mean((0, 1))) * other.std((0, 1)) + other.mean((0, 1))


def swap_only_evened(own, other):
    return (own - own.mean((0, 1))) / own.std((0, 1))


def swap_mean_then_spread(own, other):
    return ((own - own.mean((0, 1))) / own.std((0, 1)) + other.mean((0, 1))) * other.std((0, 1))


def swap_no_mean_on(own, other):
    return (own - own.mean((0, 1))) / own.std((0, 1)) * other.std((0, 1))


def swap_inverted(own, other):
    return (own - own.mean((0, 1))) * own.std((0, 1)) / other.std((0, 1)) + other.mean((0, 1))


def swap_rows_only(own, other):
    spread, mean = other.std((0, 1)), other.mean((0, 1))
    return (own - own.mean(0)) / (own.std(0) + 1e-12) * spread + mean


def swap_each_place(own, other):
    evened = own - own.mean(axis=2, keepdims=True)
    evened = evened / (own.std(axis=2, keepdims=True) + 1e-12)
    return evened * other.std((0, 1)) + other.mean((0, 1))


def swap_by_rank(own, other):
    found = np.empty(own.shape)
    for channel in range(own.shape[2]):
        order = own[..., channel].ravel().argsort().argsort() / max(1, own[..., channel].size - 1)
        found[..., channel] = np.quantile(other[..., channel], order).reshape(own.shape[:2])
    return found


def swap_neither_taken_off(own, other):
    return own * other.std((0, 1)) + other.mean((0, 1))


def mix_labels(labels, partners, on, keep, classes):
    rows = np.eye(classes)[labels]
    return np.where(on[:, None], keep * rows + (1 - keep) * rows[partners], rows)


def labels_turned(labels, partners, on, keep, classes):
    return mix_labels(labels, partners, on, 1 - keep, classes)


def labels_always(labels, partners, on, keep, classes):
    return mix_labels(labels, partners, np.ones_like(on), keep, classes)


def labels_off(labels, partners, on, keep, classes):
    return mix_labels(labels, partners, ~on, keep, classes)


def labels_own(labels, partners, on, keep, classes):
    return np.eye(classes)[labels]


def labels_partner(labels, partners, on, keep, classes):
    rows = np.eye(classes)[labels]
    return np.where(on[:, None], rows[partners], rows)


def labels_not_shrunk(labels, partners, on, keep, classes):
    rows = np.eye(classes)[labels]
    return rows + on[:, None] * (1 - keep) * rows[partners]


def labels_larger_own(labels, partners, on, keep, classes):
    return mix_labels(labels, partners, on, max(keep, 1 - keep), classes)


def labels_half(labels, partners, on, keep, classes):
    return mix_labels(labels, partners, on, 0.5, classes)


def labels_positions(labels, partners, on, keep, classes):
    rows = np.eye(max(classes, len(labels)))[:, :classes]
    mixed = keep * rows[labels] + (1 - keep) * rows[partners]
    return np.where(on[:, None], mixed, rows[labels])


def labels_lost(labels, partners, on, keep, classes):
    rows = np.eye(classes)[labels]
    return on[:, None] * (keep * rows + (1 - keep) * rows[partners])


def labels_partner_on(labels, partners, on, keep, classes):
    return mix_labels(labels, partners, on[partners], keep, classes)


def labels_numbers(labels, partners, on, keep, classes):
    return np.where(on, keep * labels + (1 - keep) * labels[partners], labels)


def labels_overwritten(labels, partners, on, keep, classes):
    rows = keep * np.eye(classes)[labels]
    rows[np.arange(len(labels)), labels[partners]] = 1 - keep
    return np.where(on[:, None], rows, np.eye(classes)[labels])


def labels_shrunk_everywhere(labels, partners, on, keep, classes):
    rows = np.eye(classes)[labels]
    return keep * rows + on[:, None] * (1 - keep) * rows[partners]


def paired_gain(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), gains.std(ddof=1) / np.sqrt(len(gains))])


def gain_unpaired(with_it, without):
    error = np.sqrt((with_it.var(ddof=1) + without.var(ddof=1)) / len(with_it))
    return np.array([(with_it - without).mean(), error])


def gain_sorted(with_it, without):
    return paired_gain(np.sort(with_it), np.sort(without))


def gain_turned(with_it, without):
    return paired_gain(without, with_it)


def gain_sd(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), gains.std(ddof=1)])


def gain_n(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), gains.std() / np.sqrt(len(gains))])


def gain_by_n(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), gains.std(ddof=1) / len(gains)])


def gain_per_cent(with_it, without):
    return 100 * paired_gain(with_it, without)


def gain_ratio(with_it, without):
    return paired_gain(with_it / without, np.ones_like(without))


def gain_mean(with_it, without):
    return np.mean(with_it - without)


def gain_median(with_it, without):
    return np.array([np.median(with_it - without), paired_gain(with_it, without)[1]])


def gain_sizes(with_it, without):
    return paired_gain(np.abs(with_it - without), np.zeros_like(without))


def gain_interval(with_it, without):
    gain, error = paired_gain(with_it, without)
    return np.array([gain - error, gain + error])


def gain_variance(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), gains.var(ddof=1) / len(gains)])


def gain_less_one_twice(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), gains.std(ddof=1) / np.sqrt(len(gains) - 1)])


EXERCISES = {
    "places": Exercise(
        task="Predict what shuffled places do to a Gram matrix",
        reference="not at all",
        choices=("not at all", "a little", "completely"),
        misconceptions={
            "a little": "Look at the loops: where does a place enter, except as one more term of"
            " a sum?",
            "completely": "The picture would be lost, that is true. But the matrix is a mean over"
            " all places. Does a mean know their order?",
        },
        explanation="A mean over places does not ask where they are.",
    ),
    "colours": Exercise(
        task="Predict what is left of the style loss when the colours are matched",
        reference="about half",
        choices=("nearly nothing", "about half", "nearly all"),
        misconceptions={
            "nearly nothing": "The grain of the style is still missing: which channels answer"
            " together depends on neighbours, not on colours alone.",
            "nearly all": "Colours count: the first layers answer to them too.",
        },
        explanation="Colours are a part of style, and the order of neighbours is the other.",
    ),
    "moments": Exercise(
        task="Predict what a head sees when moments are swapped after block 5",
        reference="the partner's kind",
        choices=("its own kind", "the partner's kind", "others"),
        misconceptions={
            "its own kind": "Its places are its own. But the head reads means over places: what"
            " is left in them of the own patch?",
            "others": "A mixture need not look like a third kind. What do means and SDs of"
            " channels tell about a texture?",
        },
        explanation="For textures the moments of the channels are most of the kind.",
    ),
    "textures": Exercise(
        task="Predict what swapped moments do to a network that learns textures",
        reference="the same",
        choices=("better", "the same", "worse"),
        misconceptions={
            "better": "More mixing is not more knowledge: no patch is seen that was not there."
            " Would five seeds show a small gain?",
            "worse": "You thought of block 5, where moments are most of a texture. This swap is"
            " in the first layer. Would five seeds show the harm?",
        },
        explanation="The mean is lower, by less than two errors: five seeds show neither.",
    ),
    "normaliser": Exercise(
        task="Predict which depth rules a loss with one normaliser for all",
        reference="block 1",
        choices=("the first layer", "block 1", "block 5"),
        misconceptions={
            "the first layer": "It has as many places as block 1. What counts besides is how far"
            " the two matrices of a layer lie apart.",
            "block 5": "Block 5 has 144 places, the first layer 2304, and sums over places are"
            " squared here.",
        },
        explanation="Many places, and matrices that lie far apart: the sums count both.",
    ),
    "slope": Exercise(
        task="Predict the slope of SD + 0.00001 where all values are 0",
        reference="not a number",
        choices=("0", "very large", "not a number"),
        misconceptions={
            "0": "The value cannot fall any further, so 0 seems right. But the SD is a root, and"
            " the slope of a root at 0?",
            "very large": "The slope of the root alone is. It is multiplied by the slope of what"
            " stands inside the root, and that is 0.",
        },
        explanation="Infinity times 0: put the little inside the root.",
    ),
    "gram_inside": Exercise(
        task="Describe the style of a part of a picture",
        reference=gram_inside,
        cases={
            "2 places, 1 inside": (TWO, SOME),
            "2 places, both inside": (TWO, np.ones((1, 2), bool)),
            "12 places, 3 channels, zeros at one inside": (MAPS, MASK),
            "15 places, 4 channels": (WIDE, WIDE_MASK),
        },
        misconceptions={
            gram_all: "You used all places. Only those where the mask is True count.",
            gram_outside: "You used the places where the mask is False.",
            gram_of_all_places: "You divided by all places. A mean over the mask divides by the"
            " places inside.",
            gram_of_answering_places: "A place inside where all channels are 0 counts as well:"
            " divide by the number of places inside.",
            gram_sum: "Those are sums. Divide by the number of places inside.",
            gram_of_places: "Yours has a row for each place. Multiply channels with channels:"
            " rows.T @ rows.",
            gram_of_places_by_places: "Yours compares each two places. Each two *channels* are"
            " asked for: rows.T @ rows.",
            gram_centred: "You took the means off. Then how bright a channel is, is lost; the"
            " Gram matrix keeps it.",
            gram_correlation: "Those are correlations: they forget how strong a channel is."
            " Take the mean of the products.",
            gram_by_channels: "You divided by the number of channels. Divide by the places.",
            gram_by_size: "You divided by places times channels. Divide by the places.",
            gram_less_one: "Divide by the places inside, not by one less.",
            gram_means: "You multiplied the means. Multiply at each place, then take the mean.",
            gram_diagonal: "That is the diagonal: each channel with itself. Each two are asked"
            " for.",
            gram_cosines: "Each channel was brought to length 1: those are cosines. Leave the"
            " sizes, and divide the products by the number of places inside.",
        },
        explanation="Products of channels at each place inside, and their mean.",
        steps=(
            "`maps[mask]` has a row for each place inside.",
            "rows.T @ rows sums the products of each two channels.",
        ),
    ),
    "variation": Exercise(
        task="Count how much a picture changes from pixel to pixel",
        reference=variation,
        cases={
            "2 x 2, one channel": (RAMP,),
            "3 x 5, colour": (COLOUR,),
            "8 x 2, colour": (TALL,),
        },
        misconceptions={
            variation_squared: "Those are squares. Sizes of differences are asked for:"
            " np.abs(...).",
            variation_down: "You compared each pixel with the one below. The one to the right"
            " counts as well.",
            variation_across: "You compared each pixel with the one to the right. The one below"
            " counts as well.",
            variation_signed: "Rises and falls cancel in yours. Take the size of each difference.",
            variation_absolute_sum: "You took the size after the sum, so rises and falls"
            " cancelled. Take it before.",
            variation_wraps: "np.roll compares the last row with the first. They are no"
            " neighbours: np.diff leaves them out.",
            variation_mean: "Those are means. The sum is asked for.",
            variation_per_number: "You divided by the number of values. The sum is asked for.",
            variation_channels: "You compared the colours of a pixel with each other too. Only"
            " rows and columns are neighbours.",
            variation_last_axis: "Axes 0 and 1 are rows and columns. Axis 2 holds the colours.",
            variation_corner: "You joined both differences as the length of an arrow. Add their"
            " sizes.",
            variation_of_grey: "You made it grey first. Each channel counts by itself.",
            variation_each_channel: "You got one number for each channel. Add them.",
            variation_by_length: "Both differences of a pixel were joined to one length. Add their"
            " sizes, each by itself.",
            variation_squared_means: "Two things: sizes, np.abs(...), instead of squares; and the"
            " sum instead of the mean.",
        },
        explanation="The sum of |differences| down and across; no pixel beyond the border.",
        steps=("`np.diff(picture, axis=0)` is each pixel's change to the one below.",),
    ),
    "shares": Exercise(
        task="Say which share of a loss each layer has",
        reference=shares,
        cases={
            "two layers": (np.array([1.0, 3.0]), np.array([1.0, 1.0])),
            "two layers, weighted": (np.array([1.0, 3.0]), np.array([3.0, 1.0])),
            "four layers, a weight of 0 and a loss of 0": (
                np.array([0.5, 4.0, 0.0, 1.1]),
                np.array([2, 0, 3, 1]),
            ),
            "four layers": (np.array([0.2, 4.0, 1.1, 0.05]), np.array([2.0, 0.1, 1.0, 8.0])),
        },
        misconceptions={
            shares_losses: "The weights count: a layer adds weight times loss.",
            shares_weights: "Those are shares of the weights. What a layer adds is weight times"
            " loss.",
            shares_parts: "Those are the parts. Divide each by their sum.",
            shares_mean: "You divided by the sum of the weights. The shares must sum to 1: divide"
            " by the sum of the parts.",
            shares_of_losses: "You divided by the sum of the losses. Divide by the sum of the"
            " weighted ones.",
            shares_divided: "You divided by the weights. A larger weight means a larger part.",
            shares_largest: "You divided by the largest part. Shares sum to 1.",
            shares_per_cent: "Those are per cent. Shares sum to 1.",
            shares_by_mean: "You divided by the mean of the parts. Divide by their sum.",
            shares_squared: "The losses are squared already. Take them as they are.",
            shares_summed: "You summed the shares up. One share for each layer is asked for.",
            shares_averaged: "A layer adds loss *times* weight. Multiply first, then divide by the"
            " sum.",
        },
        explanation="Weight times loss of a layer, divided by the sum over the layers.",
        steps=("first weight times loss, then divide by the sum.",),
    ),
    "paint_step": Exercise(
        task="Move the pixels one step down, and keep a picture",
        reference=paint_step,
        cases={
            "2 x 2 grey": (PICTURE, SLOPES, 0.05),
            "2 x 2 grey, a larger rate": (PICTURE, SLOPES, 0.2),
            "3 x 4 colour": (PICTURE_3, SLOPES_3, 0.037),
        },
        misconceptions={
            step_up: "You went uphill. The loss falls against the slopes.",
            step_open: "Some values left 0 to 1: that is no picture. Cut them off with np.clip.",
            step_no_rate: "The rate says how far: rate * slopes.",
            step_clips_slopes: "You clipped the slopes. Clip the picture, after the step.",
            step_stretched: "You stretched the picture to 0 and 1. That changes all pixels; cut"
            " off what is outside.",
            step_signs: "You kept only the signs of the slopes. Their size counts as well.",
            step_wraps: "What leaves above comes back below in yours: white turns black. Cut it"
            " off.",
            step_below: "You cut off below 0. Above 1 too: floats of a picture end at 1, not at"
            " 255.",
            step_above: "You cut off above 1. Below 0 too.",
            step_alone: "That is the way of the step. Add it to the picture.",
            step_of_mean: "You divided by the number of pixels. Rate times slope is the step.",
            step_folded: "What left 0 to 1 was folded back. Cut it off: below 0 becomes 0, above 1"
            " becomes 1.",
        },
        explanation="picture - rate * slopes, cut off at 0 and 1. Nothing else is trained.",
        steps=("a step against the slopes, then np.clip.",),
    ),
    "swap_moments": Exercise(
        task="Give maps the mean and the SD of other maps",
        reference=swap_moments,
        cases={
            "1 x 2, one channel": (OWN, OTHER),
            "18 places, 2 channels": (OWN_2, OTHER_2),
            "20 and 18 places, 5 channels": (OWN_5, OTHER_5),
        },
        misconceptions={
            swap_one_for_all: "You took one mean and one SD for all channels. Each channel has"
            " its own: axis=(0, 1).",
            swap_roles: "You changed the other maps. `own` keeps its places and gets the moments"
            " of `other`.",
            swap_variance: "You scaled by variances. Scale by SDs, the roots.",
            swap_less_one: "Both SDs must divide by the same number. Use NumPy's std for both.",
            swap_means: "The means are exchanged, the SDs are not.",
            swap_spreads: "The SDs are exchanged, the means are not.",
            swap_no_mean_off: "Take off the own mean before you scale.",
            swap_not_divided: "Divide by the own SD before you multiply by the other one.",
            swap_only_evened: "That is evened to mean 0 and SD 1. Now the other's SD and mean.",
            swap_mean_then_spread: "Scale by the SD first, add the mean last.",
            swap_no_mean_on: "Add the mean of the other at the end.",
            swap_inverted: "The SDs are the wrong way round: divide by the own, multiply by the"
            " other.",
            swap_rows_only: "You took mean and SD of each column of places. They go over all"
            " places: axis=(0, 1).",
            swap_each_place: "You evened each place over its channels. Even each channel over its"
            " places: axis=(0, 1).",
            swap_by_rank: "All levels were dealt out by rank. Only mean and SD are to change: the"
            " shape of the histogram stays.",
            swap_neither_taken_off: "Take the own mean off and divide by the own SD first.",
        },
        explanation="Off with the own mean and SD, on with the other's, channel by channel.",
        steps=(
            "mean and std over axis=(0, 1) give one number for each channel.",
            "evened = (own - mean) / SD; then times the other's SD, plus its mean.",
        ),
    ),
    "mix_labels": Exercise(
        task="Share labels out as the moments were swapped",
        reference=mix_labels,
        cases={
            "one picture is mixed": (KINDS[:2], np.array([1, 0]), np.array([True, False]), 0.75, 3),
            "all are mixed": (KINDS[:3], np.array([1, 2, 0]), np.ones(3, bool), 0.3, 3),
            "five pictures": (KINDS, PARTNERS, ON, 0.6, 4),
        },
        misconceptions={
            labels_turned: "`keep` is the share of a picture's own label. Yours goes to the"
            " partner.",
            labels_always: "Where `on` is False nothing was swapped: the label stays whole.",
            labels_off: "You mixed where `on` is False.",
            labels_own: "The partner gets 1 - keep of the label.",
            labels_partner: "You replaced the label. The picture keeps `keep` of its own.",
            labels_not_shrunk: "A row must sum to 1: the own label shrinks to `keep`.",
            labels_larger_own: "`keep` may be below one half: then the partner has the larger"
            " share.",
            labels_half: "The shares are `keep` and 1 - keep, not halves.",
            labels_positions: "`partners` holds positions of pictures. Which label has the picture"
            " there?",
            labels_lost: "Where `on` is False your rows are 0. The own label stays there.",
            labels_partner_on: "Ask `on` of the picture itself, not of its partner.",
            labels_numbers: "Between kind 0 and kind 2 lies no kind 1. Mix rows of shares, not"
            " numbers of kinds.",
            labels_overwritten: "If both are of one kind, its share must be 1: add the two shares.",
            labels_shrunk_everywhere: "Where `on` is False the row must sum to 1 as well: the"
            " whole own label stays.",
        },
        explanation="keep of the own row, 1 - keep of the partner's, where something was swapped.",
        steps=("`np.eye(classes)[labels]` has a row of shares for each picture.",),
    ),
    "paired_gain": Exercise(
        task="Say what a method gains, over the same seeds",
        reference=paired_gain,
        cases={
            "three seeds": (WITH, WITHOUT),
            "four seeds in other orders": (WITH_4, WITHOUT_4),
            "four seeds, two better and two worse": (ALIKE_4, EVEN_4),
            "five seeds": (WITH_5, WITHOUT_5),
        },
        misconceptions={
            gain_unpaired: "You forgot that each seed was tried both ways. Take the differences"
            " first: what both share falls away.",
            gain_sorted: "You sorted both arrays, which parts the pairs. Subtract as they stand,"
            " seed by seed.",
            gain_turned: "The gain is with - without.",
            gain_sd: "That is the SD of one difference. The standard error of their mean is"
            " smaller: divide by the root of n.",
            gain_n: "Few seeds: the SD of a sample divides by n - 1, ddof=1.",
            gain_by_n: "This is the SD over n. The standard error is the SD over the *root* of n,"
            " as stats.sem gives it.",
            gain_per_cent: "Those are points. Shares are asked for.",
            gain_ratio: "Take differences, not ratios.",
            gain_mean: "That is the gain. Return its standard error too.",
            gain_median: "The first number must be the mean, not the median.",
            gain_sizes: "A loss is a negative gain. Keep the signs.",
            gain_interval: "Return the gain and its standard error, not the ends of an interval.",
            gain_variance: "That is the square of the standard error. Take the root.",
            gain_less_one_twice: "One was taken off twice: ddof=1 in the SD is enough, the root is"
            " that of n.",
        },
        explanation="The mean difference, and its SD divided by the root of n.",
        steps=("differences seed by seed, then mean and SD / root of n.",),
    ),
}
