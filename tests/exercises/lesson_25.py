"""Other right and wrong answers to the exercises of lesson 25."""

import numpy as np

from helpers.exercises import lesson_25 as lesson


def contrastive_by_loop(apart, same, margin):
    losses = []
    for distance, alike in zip(apart, same, strict=True):
        missing = margin - distance
        losses.append(distance**2 if alike else missing**2 if missing > 0 else 0)
    return losses


def contrastive_by_products(apart, same, margin):
    return same * apart**2 + (1 - same) * np.clip(margin - apart, 0, None) ** 2


def contrastive_one_means_different(apart, same, margin):
    return (1 - same) * apart**2 + same * np.maximum(margin - apart, 0) ** 2


def contrastive_without_floor(apart, same, margin):
    return np.where(same, apart, margin - apart) ** 2


def shares_by_loop(counts):
    total = sum(counts.tolist())
    same = sum(n * (n - 1) for n in counts.tolist())
    few = min(counts.tolist())
    return [same / (total * (total - 1)), few * (few - 1) / (total * (total - 1))]


def shares_unordered(counts):
    pairs, n = counts * (counts - 1) / 2, counts.sum()
    return np.array([pairs.sum(), pairs.min()]) / (n * (n - 1) / 2)


def shares_of_squares(counts):
    shares = counts / np.sum(counts)
    return np.array([np.sum(shares * shares), np.min(shares) ** 2])


def shares_rare_of_same(counts):
    pairs = counts * (counts - 1)
    total = counts.sum() * (counts.sum() - 1)
    return np.array([pairs.sum() / total, pairs.min() / pairs.sum()])


def pairs_by_loop(labels):
    rows = []
    for i in range(len(labels)):
        for j in range(i + 1, len(labels)):
            rows.append([i, j, int(labels[i] == labels[j])])
    return np.array(rows).reshape(-1, 3)


def pairs_by_triangle(labels):
    i, j = np.triu_indices(len(labels), 1)
    return np.stack([i, j, labels[i] == labels[j]], axis=1)


def pairs_with_the_diagonal(labels):
    i, j = np.triu_indices(len(labels))
    return np.stack([i, j, labels[i] == labels[j]], axis=1)


def pairs_off_the_diagonal(labels):
    n = len(labels)
    rows = [(i, j, int(labels[i] == labels[j])) for i in range(n) for j in range(n) if i != j]
    return np.array(rows).reshape(-1, 3)


def verify_by_loop(apart, same, threshold):
    counts = {True: [0, 0], False: [0, 0]}
    for distance, alike in zip(apart.tolist(), same.tolist(), strict=True):
        counts[alike][0] += distance <= threshold
        counts[alike][1] += 1
    return [counts[kind][0] / max(counts[kind][1], 1) for kind in (True, False)]


def verify_by_table(apart, same, threshold):
    near = ~(apart > threshold)
    return np.array([np.sum(near & same) / np.sum(same), np.sum(near & ~same) / np.sum(~same)])


def verify_strictly(apart, same, threshold):
    return np.array([np.mean(apart[same] < threshold), np.mean(apart[~same] < threshold)])


def verify_precision(apart, same, threshold):
    near = apart <= threshold
    return np.array([np.sum(near & same), np.sum(near & ~same)]) / near.sum()


def cosine_by_loop(known, names, asked):
    found = []
    for one in asked:
        cosines = [one @ k / np.linalg.norm(one) / np.linalg.norm(k) for k in known]
        found.append(names[int(np.argmax(cosines))])
    return np.array(found)


def cosine_by_nearest_of_length_one(known, names, asked):
    known = known / np.linalg.norm(known, axis=1, keepdims=True)
    asked = asked / np.linalg.norm(asked, axis=1, keepdims=True)
    return names[((asked[:, None] - known) ** 2).sum(axis=2).argmin(axis=1)]


def cosine_nearest(known, names, asked):
    apart = np.linalg.norm(asked[:, None] - known[None], axis=2)
    return names[np.argmin(apart, axis=1)]


def cosine_plain_products(known, names, asked):
    return names[np.argmax(known @ asked.T, axis=0)]


def hardest_by_loop(apart, labels, margin):
    losses = []
    for i, label in enumerate(labels):
        places = np.arange(len(labels))
        mates = apart[i][(labels == label) & (places != i)]
        others = apart[i][labels != label]
        whole = len(mates) and len(others)
        losses.append(max(0, margin + mates.max() - others.min()) if whole else 0)
    return losses


def hardest_of_all_triplets(apart, labels, margin):
    same = labels[:, None] == labels
    valid = (same & ~np.eye(len(labels), dtype=bool))[:, :, None] & ~same[:, None, :]
    losses = margin + apart[:, :, None] - apart[:, None, :]
    return np.where(valid, np.maximum(losses, 0), 0).max(axis=(1, 2))


def hardest_least(apart, labels, margin):
    same = labels[:, None] == labels
    mates = np.where(same & ~np.eye(len(labels), dtype=bool), apart, np.inf).min(axis=1)
    others = np.where(same, -np.inf, apart).max(axis=1)
    return np.maximum(margin + mates - others, 0)


def hardest_with_the_diagonal(apart, labels, margin):
    same = labels[:, None] == labels
    mates = np.where(same, apart, np.inf).min(axis=1)
    others = np.where(same, np.inf, apart).min(axis=1)
    return np.maximum(margin + mates - others, 0)


ACCEPTED = {
    "contrastive": (contrastive_by_loop, contrastive_by_products),
    "pair_shares": (shares_by_loop, shares_unordered),
    "all_pairs": (pairs_by_loop, pairs_by_triangle),
    "verify": (verify_by_loop, verify_by_table),
    "by_cosine": (cosine_by_loop, cosine_by_nearest_of_length_one),
    "hardest": (hardest_by_loop, hardest_of_all_triplets),
}

VARIANTS = {
    "contrastive": {
        contrastive_one_means_different: lesson.contrastive_swapped,
        contrastive_without_floor: lesson.contrastive_no_max,
    },
    "pair_shares": {
        shares_of_squares: lesson.shares_with_itself,
        shares_rare_of_same: lesson.shares_of_same,
    },
    "all_pairs": {
        pairs_with_the_diagonal: lesson.pairs_with_itself,
        pairs_off_the_diagonal: lesson.pairs_both_ways,
    },
    "verify": {
        verify_strictly: lesson.verify_below,
        verify_precision: lesson.verify_of_accepted,
    },
    "by_cosine": {
        cosine_nearest: lesson.cosine_distance,
        cosine_plain_products: lesson.cosine_product_only,
    },
    "hardest": {
        hardest_least: lesson.hardest_easiest,
        hardest_with_the_diagonal: lesson.hardest_with_itself,
    },
}

ASKED = {"hardest": lambda apart, labels, margin: np.array_equal(apart, apart.T)}
