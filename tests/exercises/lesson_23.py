"""Other right and wrong answers to the exercises of lesson 23."""

import numpy as np

from helpers.exercises import lesson_23 as lesson


def gram_by_loop(maps, mask):
    channels = maps.shape[2]
    total = np.zeros((channels, channels))
    for row, column in zip(*np.nonzero(mask), strict=True):
        total += np.outer(maps[row, column], maps[row, column])
    return total / mask.sum()


def gram_with_zeros(maps, mask):
    kept = maps * mask[..., None]
    return np.einsum("ijc,ijd->cd", kept, kept) / np.count_nonzero(mask)


def gram_of_zeroed(maps, mask):
    rows = np.where(mask[..., None], maps, 0).reshape(-1, maps.shape[2])
    return rows.T @ rows / len(rows)


def gram_without_mask(maps, mask):
    return np.einsum("ijc,ijd->cd", maps, maps) / mask.size


def variation_by_slices(picture):
    down = picture[1:] - picture[:-1]
    across = picture[:, 1:] - picture[:, :-1]
    return np.sum(abs(down)) + np.sum(abs(across))


def variation_by_loop(picture):
    total = 0.0
    for row in range(picture.shape[0]):
        for column in range(picture.shape[1]):
            if row + 1 < picture.shape[0]:
                total += np.abs(picture[row + 1, column] - picture[row, column]).sum()
            if column + 1 < picture.shape[1]:
                total += np.abs(picture[row, column + 1] - picture[row, column]).sum()
    return total


def variation_rolled(picture):
    total = np.abs(np.roll(picture, -1, axis=0) - picture).sum()
    return total + np.abs(np.roll(picture, -1, axis=1) - picture).sum()


def variation_of_squares(picture):
    return np.sum((picture[1:] - picture[:-1]) ** 2) + np.sum(
        (picture[:, 1:] - picture[:, :-1]) ** 2
    )


def shares_by_dot(losses, weights):
    return losses * weights / np.dot(losses, weights)


def shares_by_list(losses, weights):
    parts = [a * b for a, b in zip(losses, weights, strict=True)]
    return [part / sum(parts) for part in parts]


def shares_unweighted(losses, weights):
    return losses / np.sum(losses)


def shares_of_weights(losses, weights):
    return weights / np.sum(weights)


def step_by_limits(picture, slopes, rate):
    return np.minimum(np.maximum(picture - slopes * rate, 0), 1)


def step_by_where(picture, slopes, rate):
    moved = picture - rate * slopes
    moved[moved < 0] = 0
    moved[moved > 1] = 1
    return moved


def step_without_limits(picture, slopes, rate):
    return picture - slopes * rate


def step_along(picture, slopes, rate):
    return (picture + slopes * rate).clip(0, 1)


def swap_by_loop(own, other):
    result = np.zeros(own.shape)
    for channel in range(own.shape[2]):
        a, b = own[..., channel], other[..., channel]
        result[..., channel] = (a - a.mean()) / a.std() * b.std() + b.mean()
    return result


def swap_by_scale(own, other):
    scale = np.sqrt(other.var(axis=(0, 1)) / own.var(axis=(0, 1)))
    return own * scale + other.mean(axis=(0, 1)) - own.mean(axis=(0, 1)) * scale


def swap_all_channels_alike(own, other):
    return (own - own.mean()) / own.std() * other.std() + other.mean()


def swap_shift(own, other):
    return own + (other.mean(axis=(0, 1)) - own.mean(axis=(0, 1)))


def labels_by_loop(labels, partners, on, keep, classes):
    rows = np.zeros((len(labels), classes))
    for i, label in enumerate(labels):
        share = keep if on[i] else 1
        rows[i, label] += share
        rows[i, labels[partners[i]]] += 1 - share
    return rows


def labels_by_share(labels, partners, on, keep, classes):
    share = np.where(on, keep, 1.0)[:, None]
    rows = np.eye(classes)
    return share * rows[labels] + (1 - share) * rows[labels[partners]]


def labels_everywhere(labels, partners, on, keep, classes):
    rows = np.eye(classes)
    return keep * rows[labels] + (1 - keep) * rows[labels[partners]]


def labels_the_other_way(labels, partners, on, keep, classes):
    share = np.where(on, keep, 1.0)[:, None]
    rows = np.eye(classes)
    return np.where(
        on[:, None], (1 - share) * rows[labels] + share * rows[labels[partners]], rows[labels]
    )


def gain_by_hand(with_it, without):
    gains = [a - b for a, b in zip(with_it, without, strict=True)]
    n, mean = len(gains), sum(gains) / len(gains)
    return mean, (sum((gain - mean) ** 2 for gain in gains) / (n - 1) / n) ** 0.5


def gain_from_covariance(with_it, without):
    (a, c), (_, b) = np.cov(with_it, without)
    return [with_it.mean() - without.mean(), np.sqrt((a + b - 2 * c) / len(with_it))]


def gain_of_two_groups(with_it, without):
    n = len(with_it)
    error = np.sqrt(with_it.std(ddof=1) ** 2 / n + without.std(ddof=1) ** 2 / n)
    return np.array([with_it.mean() - without.mean(), error])


def gain_and_spread(with_it, without):
    gains = with_it - without
    return np.array([gains.mean(), np.std(gains, ddof=1)])


ACCEPTED = {
    "gram_inside": (gram_by_loop, gram_with_zeros),
    "variation": (variation_by_slices, variation_by_loop),
    "shares": (shares_by_dot, shares_by_list),
    "paint_step": (step_by_limits, step_by_where),
    "swap_moments": (swap_by_loop, swap_by_scale),
    "mix_labels": (labels_by_loop, labels_by_share),
    "paired_gain": (gain_by_hand, gain_from_covariance),
}

VARIANTS = {
    "gram_inside": {
        gram_of_zeroed: lesson.gram_of_all_places,
        gram_without_mask: lesson.gram_all,
    },
    "variation": {
        variation_rolled: lesson.variation_wraps,
        variation_of_squares: lesson.variation_squared,
    },
    "shares": {
        shares_unweighted: lesson.shares_losses,
        shares_of_weights: lesson.shares_weights,
    },
    "paint_step": {
        step_without_limits: lesson.step_open,
        step_along: lesson.step_up,
    },
    "swap_moments": {
        swap_all_channels_alike: lesson.swap_one_for_all,
        swap_shift: lesson.swap_means,
    },
    "mix_labels": {
        labels_everywhere: lesson.labels_always,
        labels_the_other_way: lesson.labels_turned,
    },
    "paired_gain": {
        gain_of_two_groups: lesson.gain_unpaired,
        gain_and_spread: lesson.gain_sd,
    },
}
