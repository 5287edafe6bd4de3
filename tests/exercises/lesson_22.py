"""Other right and wrong answers to the exercises of lesson 22."""

import math

import numpy as np

from helpers.exercises import lesson_22 as lesson


def losses_by_loop(real, made):
    critic = sum(-math.log(p) for p in real) / len(real)
    critic += sum(-math.log(1 - p) for p in made) / len(made)
    return [critic, sum(-math.log(p) for p in made) / len(made)]


def losses_as_array(real, made):
    maker = np.mean(-np.log(made))
    return np.array([np.mean(-np.log(real)) + np.mean(-np.log1p(-made)), maker])


def losses_turned(real, made):
    return -np.log(1 - real).mean() - np.log(made).mean(), -np.log(1 - made).mean()


def losses_added_up(real, made):
    return -np.sum(np.log(real)) - np.sum(np.log(1 - made)), -np.sum(np.log(made))


def kl_by_loop(mean, logvar):
    total = 0
    for means, logs in zip(mean.tolist(), logvar.tolist(), strict=True):
        for m, log in zip(means, logs, strict=True):
            total += 0.5 * (m * m + math.exp(log) - 1 - log)
    return total / len(mean)


def kl_as_papers_write_it(mean, logvar):
    return np.mean(-0.5 * np.sum(1 + logvar - mean**2 - np.exp(logvar), axis=-1))


def kl_with_the_sd(mean, logvar):
    return np.mean(-0.5 * np.sum(1 + logvar - mean**2 - np.exp(0.5 * logvar), axis=1))


def kl_mean_everywhere(mean, logvar):
    return -0.5 * np.mean(1 + logvar - mean**2 - np.exp(logvar))


def floor_by_loop(pictures):
    total = 0
    for level in pictures.ravel().tolist():
        for share in (level, 1 - level):
            total -= share * math.log(share) if share > 0 else 0
    return total / len(pictures)


def floor_where(pictures):
    inside = (pictures > 0) & (pictures < 1)
    p = np.where(inside, pictures, 0.5)
    each = np.where(inside, -p * np.log(p) - (1 - p) * np.log(1 - p), 0)
    return each.reshape(len(pictures), -1).sum(axis=1).mean()


def floor_plain_logs(pictures):
    with np.errstate(all="ignore"):
        logs = pictures * np.log(pictures) + (1 - pictures) * np.log(1 - pictures)
    return np.mean(np.sum(-logs, axis=(1, 2)))


def floor_of_pixels(pictures):
    p = np.clip(pictures, 1e-12, 1 - 1e-12)
    return np.mean(-p * np.log(p) - (1 - p) * np.log(1 - p))


def coverage_by_loop(labels, classes, share):
    covered = missing = 0
    for name in range(classes):
        count = sum(label == name for label in labels.tolist())
        covered += count / len(labels) >= share
        missing += count == 0
    return covered, missing


def coverage_by_comparison(labels, classes, share):
    counts = np.sum(labels[:, None] == np.arange(classes), axis=0)
    return np.array([np.sum(counts / len(labels) >= share), np.sum(counts == 0)])


def coverage_or_missing(labels, classes, share):
    shares = np.bincount(labels, minlength=classes) / len(labels)
    covered = np.sum(shares >= share)
    return covered, classes - covered


def coverage_more_than(labels, classes, share):
    shares = np.bincount(labels, minlength=classes) / len(labels)
    return np.sum(shares > share), np.sum(shares == 0)


def copies_by_loop(made, known, held):
    def near(row):
        return min(math.dist(row, other) for other in known)

    limit = np.median([near(row) for row in held]) / 2
    return sum(near(row) < limit for row in made) / len(made)


def copies_by_norm(made, known, held):
    def near(rows):
        return np.linalg.norm(rows[:, None, :] - known[None, :, :], axis=-1).min(axis=1)

    return (near(made) < 0.5 * np.median(near(held))).mean()


def copies_full_limit(made, known, held):
    near = [np.linalg.norm(rows[:, None] - known, axis=2).min(axis=1) for rows in (made, held)]
    return np.mean(near[0] < np.median(near[1]))


def copies_counted(made, known, held):
    near = [np.linalg.norm(rows[:, None] - known, axis=2).min(axis=1) for rows in (made, held)]
    return int(np.sum(near[0] < np.median(near[1]) / 2))


def gain_by_loop(plain, helped):
    points = [100 * (b - a) for a, b in zip(plain.tolist(), helped.tolist(), strict=True)]
    mean = sum(points) / len(points)
    variance = sum((p - mean) ** 2 for p in points) / (len(points) - 1)
    return [mean, (variance / len(points)) ** 0.5]


def gain_as_array(plain, helped):
    points = (helped - plain) * 100
    return np.array([np.mean(points), np.std(points, ddof=1) / len(points) ** 0.5])


def gain_numpy_sd(plain, helped):
    points = 100 * (helped - plain)
    return np.mean(points), np.std(points) / len(points) ** 0.5


def gain_two_samples(plain, helped):
    error = (np.var(plain, ddof=1) / len(plain) + np.var(helped, ddof=1) / len(helped)) ** 0.5
    return 100 * np.mean(helped) - 100 * np.mean(plain), 100 * error


ACCEPTED = {
    "gan_losses": (losses_by_loop, losses_as_array),
    "kl": (kl_by_loop, kl_as_papers_write_it),
    "floor_of": (floor_by_loop, floor_where),
    "coverage": (coverage_by_loop, coverage_by_comparison),
    "copies": (copies_by_loop, copies_by_norm),
    "gain": (gain_by_loop, gain_as_array),
}

VARIANTS = {
    "gan_losses": {
        losses_turned: lesson.losses_swapped,
        losses_added_up: lesson.losses_sums,
    },
    "kl": {
        kl_with_the_sd: lesson.kl_spread,
        kl_mean_everywhere: lesson.kl_mean_of_all,
    },
    "floor_of": {
        floor_plain_logs: lesson.floor_nan,
        floor_of_pixels: lesson.floor_pixel,
    },
    "coverage": {
        coverage_or_missing: lesson.coverage_under,
        coverage_more_than: lesson.coverage_above,
    },
    "copies": {
        copies_full_limit: lesson.copies_not_halved,
        copies_counted: lesson.copies_count,
    },
    "gain": {
        gain_numpy_sd: lesson.gain_n,
        gain_two_samples: lesson.gain_unpaired,
    },
}
