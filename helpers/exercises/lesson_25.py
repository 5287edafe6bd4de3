"""Exercises of lesson 25: losses and shares of pairs, all pairs, verify, cosine, hardest."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(25)
APART = np.array([0.5, 1.5, 3.0, 0.5, 1.5, 3.0])
SAME = np.array([True, True, True, False, False, False])
APART_9 = RNG.uniform(0, 4, 9)
SAME_9 = RNG.random(9) < 0.5
APART_9[[np.argmin(SAME_9), np.argmax(SAME_9)]] = 0  # twins of each kind
COUNTS = np.array([3, 2])
COUNTS_2 = np.array([900, 100])
COUNTS_4 = np.array([40, 7, 25, 12])
COUNTS_ONE = np.array([5, 8, 1, 5])
LABELS = np.array([1, 1, 0])
LABELS_5 = np.array([2, 0, 2, 1, 2])
LABELS_7 = np.array([3, 1, 1, 0, 3, 1, 0])
VERIFIED = np.array([0.2, 0.4, 0.9, 0.4, 0.8])
VERIFIED_SAME = np.array([True, True, True, False, False])
VERIFIED_12 = RNG.uniform(0, 2, 12).round(1)
VERIFIED_SAME_12 = np.arange(12) % 3 == 0
POINTS = np.array([[1.0, 0], [3, 4]])
NAMES = np.array(["moon", "brick"])
ASKED = np.array([[2.0, 0.5], [1, 3], [0.1, 0.2], [6, 1]])
ACROSS = np.array([[1.0, 0.5], [-0.5, 2]])
ASKED_ACROSS = np.array([[-6.0, 1], [1, -4], [-1, 0.2], [3, 3]])
POINTS_4 = RNG.normal(0, [1, 3, 0.5], (4, 3)).round(2) + [1, 0, 0]
NAMES_4 = np.array(["cat", "lion", "bear", "ant"])
ASKED_6 = RNG.normal(0, [1, 3, 0.5], (6, 3)).round(2) + [1, 0, 0]
POINTS_3 = np.array([[4.0, 5, 1], [4, 0, 2], [3, 1, 1]])
ASKED_3 = np.array([[5.0, 3, 4], [0, 0, 5], [1, 3, 5], [5, 5, 1]])
SPOTS = np.array([0.0, 1, 3, 4.5])
SPOTS_6 = RNG.uniform(0, 5, (6, 2)).round(1)
TABLE = np.abs(SPOTS[:, None] - SPOTS)
TABLE_6 = np.sqrt(((SPOTS_6[:, None] - SPOTS_6) ** 2).sum(axis=2))
SPOTS_TWINS = np.array([0.0, 0, 1, 1, 4, 3])
TABLE_TWINS = np.abs(SPOTS_TWINS[:, None] - SPOTS_TWINS)
KINDS = np.array([0, 0, 1, 1])
KINDS_6 = np.array([3, 2, 3, 5, 2, 3])
KINDS_TWINS = np.array([0, 0, 2, 1, 2, 1])


def contrastive(apart, same, margin):
    return np.where(same, apart**2, np.maximum(0, margin - apart) ** 2)


def contrastive_swapped(apart, same, margin):
    return contrastive(apart, ~same, margin)


def contrastive_no_square(apart, same, margin):
    return np.where(same, apart, np.maximum(0, margin - apart))


def contrastive_one_square(apart, same, margin):
    return np.where(same, apart**2, np.maximum(0, margin - apart))


def contrastive_other_square(apart, same, margin):
    return np.where(same, apart, np.maximum(0, margin - apart) ** 2)


def contrastive_no_max(apart, same, margin):
    return np.where(same, apart**2, (margin - apart) ** 2)


def contrastive_squares_inside(apart, same, margin):
    return np.where(same, apart**2, np.maximum(0, margin - apart**2))


def contrastive_squared_margin(apart, same, margin):
    return np.where(same, apart**2, np.maximum(0, margin**2 - apart**2))


def contrastive_mean(apart, same, margin):
    return contrastive(apart, same, margin).mean()


def contrastive_sum(apart, same, margin):
    return contrastive(apart, same, margin).sum()


def contrastive_halved(apart, same, margin):
    return contrastive(apart, same, margin) / 2


def contrastive_min(apart, same, margin):
    return np.where(same, apart**2, np.minimum(0, margin - apart) ** 2)


def contrastive_both(apart, same, margin):
    return apart**2 + np.maximum(0, margin - apart) ** 2


def contrastive_pull_only(apart, same, margin):
    return np.where(same, apart**2, 0)


def contrastive_margin_one(apart, same, margin):
    return contrastive(apart, same, 1)


def pair_shares(counts):
    pairs = counts * (counts - 1.0)
    total = counts.sum() * (counts.sum() - 1.0)
    return np.array([pairs.sum() / total, pairs[counts.argmin()] / total])


def shares_with_itself(counts):
    part = counts / counts.sum()
    return np.array([(part**2).sum(), part.min() ** 2])


def shares_of_pictures(counts):
    part = counts / counts.sum()
    return np.array([part.max(), part.min()])


def shares_mixed(counts):
    pairs = counts * (counts - 1.0)
    return np.array([pairs.sum(), pairs.min()]) / counts.sum() ** 2


def shares_squares_over_pairs(counts):
    total = counts.sum() * (counts.sum() - 1.0)
    return np.array([(counts**2.0).sum(), counts.min() ** 2.0]) / total


def shares_halved(counts):
    return pair_shares(counts) / 2


def shares_doubled(counts):
    return pair_shares(counts) * 2


def shares_different(counts):
    same, rare = pair_shares(counts)
    return np.array([1 - same, rare])


def shares_of_same(counts):
    pairs = counts * (counts - 1.0)
    return np.array([pair_shares(counts)[0], pairs.min() / pairs.sum()])


def shares_any_rare(counts):
    total = counts.sum() * (counts.sum() - 1.0)
    rest = counts.sum() - counts.min()
    return np.array([pair_shares(counts)[0], 1 - rest * (rest - 1) / total])


def shares_counts(counts):
    pairs = counts * (counts - 1.0) / 2
    return np.array([pairs.sum(), pairs.min()])


def shares_most(counts):
    pairs, total = counts * (counts - 1.0), counts.sum() * (counts.sum() - 1.0)
    return np.array([pairs.sum() / total, pairs.max() / total])


def shares_turned(counts):
    return pair_shares(counts)[::-1]


def shares_per_cent(counts):
    return 100 * pair_shares(counts)


def shares_last(counts):
    pairs, total = counts * (counts - 1.0), counts.sum() * (counts.sum() - 1.0)
    return np.array([pairs.sum() / total, pairs[-1] / total])


def shares_equal_classes_once(counts):
    pairs, total = np.unique(counts) * (np.unique(counts) - 1.0), counts.sum()
    return np.array([pairs.sum(), pairs[0]]) / (total * (total - 1.0))


def table_of(labels, kept):
    i, j = np.nonzero(kept)
    return np.column_stack([i, j, labels[i] == labels[j]]).astype(int)


def all_pairs(labels):
    return table_of(labels, np.triu(np.ones((len(labels), len(labels))), 1))


def pairs_with_itself(labels):
    return table_of(labels, np.triu(np.ones((len(labels), len(labels)))))


def pairs_both_ways(labels):
    return table_of(labels, 1 - np.eye(len(labels)))


def pairs_everything(labels):
    return table_of(labels, np.ones((len(labels), len(labels))))


def pairs_one_is_different(labels):
    found = all_pairs(labels)
    found[:, 2] = 1 - found[:, 2]
    return found


def pairs_neighbours(labels):
    return table_of(labels, np.eye(len(labels), k=1))


def pairs_same_only(labels):
    found = all_pairs(labels)
    return found[found[:, 2] == 1]


def pairs_turned(labels):
    return all_pairs(labels)[:, [1, 0, 2]]


def pairs_by_second(labels):
    found = all_pairs(labels)
    return found[np.lexsort([found[:, 0], found[:, 1]])]


def pairs_on_side(labels):
    return all_pairs(labels).T


def pairs_of_labels(labels):
    found = all_pairs(labels)
    return np.column_stack([labels[found[:, 0]], labels[found[:, 1]], found[:, 2]])


def pairs_without_answer(labels):
    return all_pairs(labels)[:, :2]


def pairs_from_one(labels):
    return all_pairs(labels) + [1, 1, 0]


def pairs_gap(labels):
    found = all_pairs(labels)
    found[:, 2] = np.abs(labels[found[:, 0]] - labels[found[:, 1]])
    return found


def verify(apart, same, threshold):
    accepted = apart <= threshold
    return np.array([accepted[same].mean(), accepted[~same].mean()])


def verify_below(apart, same, threshold):
    accepted = apart < threshold
    return np.array([accepted[same].mean(), accepted[~same].mean()])


def verify_far(apart, same, threshold):
    accepted = apart > threshold
    return np.array([accepted[same].mean(), accepted[~same].mean()])


def verify_far_too(apart, same, threshold):
    accepted = apart >= threshold
    return np.array([accepted[same].mean(), accepted[~same].mean()])


def verify_turned(apart, same, threshold):
    return verify(apart, same, threshold)[::-1]


def verify_of_all(apart, same, threshold):
    accepted = apart <= threshold
    return np.array([np.mean(accepted & same), np.mean(accepted & ~same)])


def verify_counts(apart, same, threshold):
    accepted = apart <= threshold
    return np.array([np.sum(accepted & same), np.sum(accepted & ~same)])


def verify_of_accepted(apart, same, threshold):
    accepted = apart <= threshold
    return np.array([same[accepted].mean(), 1 - same[accepted].mean()])


def verify_specificity(apart, same, threshold):
    hit, alarm = verify(apart, same, threshold)
    return np.array([hit, 1 - alarm])


def verify_missed(apart, same, threshold):
    hit, alarm = verify(apart, same, threshold)
    return np.array([1 - hit, alarm])


def verify_right(apart, same, threshold):
    return np.array([np.mean((apart <= threshold) == same)] * 2)


def verify_per_cent(apart, same, threshold):
    return 100 * verify(apart, same, threshold)


def verify_precision(apart, same, threshold):
    accepted = apart <= threshold
    return np.array([same[accepted].mean(), accepted[~same].mean()])


def lengths(points):
    return np.sqrt((points**2).sum(axis=1, keepdims=True))


def by_cosine(known, names, asked):
    return names[(asked @ (known / lengths(known)).T).argmax(axis=1)]


def cosine_product_only(known, names, asked):
    return names[(asked @ known.T).argmax(axis=1)]


def cosine_distance(known, names, asked):
    return names[((asked[:, None] - known) ** 2).sum(axis=2).argmin(axis=1)]


def cosine_smallest(known, names, asked):
    return names[(asked @ (known / lengths(known)).T).argmin(axis=1)]


def cosine_columns(known, names, asked):
    scaled = known / np.sqrt((known**2).sum(axis=0))
    return names[(asked / np.sqrt((asked**2).sum(axis=0)) @ scaled.T).argmax(axis=1)]


def cosine_squared_length(known, names, asked):
    return names[(asked @ (known / lengths(known) ** 2).T).argmax(axis=1)]


def cosine_places(known, names, asked):
    return (asked @ (known / lengths(known)).T).argmax(axis=1)


def cosine_values(known, names, asked):
    return asked / lengths(asked) @ (known / lengths(known)).T


def cosine_centred(known, names, asked):
    return by_cosine(known - known.mean(axis=0), names, asked - known.mean(axis=0))


def cosine_from_0(known, names, asked):
    cosines = cosine_values(known, names, asked)
    return names[np.where(cosines.max(axis=1) > 0, cosines.argmax(axis=1), 0)]


def cosine_absolute(known, names, asked):
    return names[np.abs(asked @ (known / lengths(known)).T).argmax(axis=1)]


def cosine_city(known, names, asked):
    scaled = known / np.abs(known).sum(axis=1, keepdims=True)
    return names[(asked @ scaled.T).argmax(axis=1)]


def cosine_other_way(known, names, asked):
    return by_cosine(asked, np.arange(len(asked)), known)


def cosine_row_means_off(known, names, asked):
    known, asked = (p - p.mean(axis=1, keepdims=True) for p in (known, asked))
    return by_cosine(known, names, asked)


def cosine_names_cut(known, names, asked):
    return by_cosine(known, names, asked).astype(f"<U{len(names[0])}")


def hardest(apart, labels, margin):
    same = labels[:, None] == labels
    mates = np.where(same & ~np.eye(len(labels), dtype=bool), apart, -np.inf).max(axis=1)
    others = np.where(same, np.inf, apart).min(axis=1)
    return np.maximum(0, margin + mates - others)


def parts_of(apart, labels):
    """Return distances to the farthest and nearest mate and to the nearest and farthest other."""
    same = labels[:, None] == labels
    mate = same & ~np.eye(len(labels), dtype=bool)
    return (
        np.where(mate, apart, -np.inf).max(axis=1),
        np.where(mate, apart, np.inf).min(axis=1),
        np.where(same, np.inf, apart).min(axis=1),
        np.where(same, -np.inf, apart).max(axis=1),
    )


def hardest_easiest(apart, labels, margin):
    _, mate, _, other = parts_of(apart, labels)
    return np.maximum(0, margin + mate - other)


def hardest_near_mate(apart, labels, margin):
    _, mate, other, _ = parts_of(apart, labels)
    return np.maximum(0, margin + mate - other)


def hardest_near_mate_if_any(apart, labels, margin):
    return np.nan_to_num(hardest_near_mate(apart, labels, margin), posinf=0)


def hardest_own_mate(apart, labels, margin):
    """Let a picture that is alone in its class be its own mate."""
    mate, _, other, _ = parts_of(apart, labels)
    return np.maximum(0, margin + np.maximum(mate, 0) - other)


def hardest_far_other(apart, labels, margin):
    mate, _, _, other = parts_of(apart, labels)
    return np.maximum(0, margin + mate - other)


def hardest_with_itself(apart, labels, margin):
    return np.maximum(0, margin - parts_of(apart, labels)[2])


def hardest_no_max(apart, labels, margin):
    mate, _, other, _ = parts_of(apart, labels)
    return margin + mate - other


def hardest_turned(apart, labels, margin):
    mate, _, other, _ = parts_of(apart, labels)
    return np.maximum(0, margin + other - mate)


def hardest_no_margin(apart, labels, margin):
    mate, _, other, _ = parts_of(apart, labels)
    return np.maximum(0, mate - other)


def hardest_mean(apart, labels, margin):
    return hardest(apart, labels, margin).mean()


def hardest_squared(apart, labels, margin):
    mate, _, other, _ = parts_of(apart, labels)
    return np.maximum(0, margin + mate**2 - other**2)


def hardest_loss_squared(apart, labels, margin):
    return hardest(apart, labels, margin) ** 2


def hardest_minus_margin(apart, labels, margin):
    mate, _, other, _ = parts_of(apart, labels)
    return np.maximum(0, mate - other - margin)


def hardest_nearest_anyone(apart, labels, margin):
    mate = parts_of(apart, labels)[0]
    anyone = np.where(np.eye(len(labels), dtype=bool), np.inf, apart).min(axis=1)
    return np.maximum(0, margin + mate - anyone)


def hardest_other_at_0(apart, labels, margin):
    return np.maximum(0, margin + parts_of(apart, labels)[0])


def hardest_both_multiplied(apart, labels, margin):
    return margin + np.maximum(parts_of(apart, labels)[0], 0)


def hardest_averages(apart, labels, margin):
    same = labels[:, None] == labels
    mate = same & ~np.eye(len(labels), dtype=bool)
    mates = (apart * mate).sum(axis=1) / np.maximum(mate.sum(axis=1), 1)
    others = (apart * ~same).sum(axis=1) / np.maximum((~same).sum(axis=1), 1)
    return np.maximum(0, margin + mates - others)


def hardest_easiest_if_any(apart, labels, margin):
    return np.nan_to_num(hardest_easiest(apart, labels, margin), posinf=0)


EXERCISES = {
    "beyond": Exercise(
        task="Predict what the loss does to different pictures that are far apart",
        reference="it leaves them alone",
        choices=("it pushes them apart", "it leaves them alone", "it pulls them together"),
        misconceptions={
            "it pushes them apart": "What is missing to the margin of 2, at a distance of 3?",
            "it pulls them together": "Without the max it would. What is max(0, 2 - 3)?",
        },
        explanation="Nothing is missing to the margin: the loss is 0, and so is its slope.",
    ),
    "alone": Exercise(
        task="Predict where the points go if only pairs of one class are shown",
        reference="all to one point",
        choices=("each class to its own point", "all to one point", "they stay where they are"),
        misconceptions={
            "each class to its own point": "What in the loss keeps two classes apart? No pair of"
            " different pictures is ever shown.",
            "they stay where they are": "Pairs of one class have a loss, their distance squared,"
            " and it can be made smaller.",
        },
        explanation="One point for everything has the loss 0: nothing asks for more.",
    ),
    "pairs": Exercise(
        task="Predict which share of pairs has two pictures of a class that is one tenth",
        reference="about 1 %",
        choices=("about 10 %", "about 5 %", "about 1 %"),
        misconceptions={
            "about 10 %": "That is the share of pictures. How often is the *second* one rare too?",
            "about 5 %": "A tenth of the first pictures is rare. Of those, how many seconds are?",
        },
        explanation="A tenth of a tenth.",
    ),
    "best": Exercise(
        task="Predict which way serves two classes of eight pictures best",
        reference="a weighted classifier on pixels",
        choices=(
            "the nearest known pixels",
            "a network that compares",
            "a weighted classifier on pixels",
        ),
        misconceptions={
            "the nearest known pixels": "A strong rival, but eight pictures leave gaps, and the"
            " nearest known picture decides alone.",
            "a network that compares": "It is hardly ahead of the pixels. The classes are known"
            " here: who is trained for exactly that question?",
        },
        explanation="All classes are known, so a classifier with weights answers the question"
        " that is asked.",
    ),
    "new_digits": Exercise(
        task="Predict how a learnt distance verifies digits that it never met",
        reference="worse",
        choices=("better", "about as well", "worse"),
        misconceptions={
            "better": "The network was asked to tell 0 to 6 apart. What does it keep of that which"
            " tells 7 from 9?",
            "about as well": "What seven classes do not need may be thrown away, and it is gone for"
            " the new ones.",
        },
        explanation="What it learnt from a few classes did not carry over to the others.",
    ),
    "layer": Exercise(
        task="Predict how a classifier without its last layer verifies new textures",
        reference="about the same",
        choices=("far lower", "about the same", "far higher"),
        misconceptions={
            "far lower": "To name ten photographs it had to find what tells textures apart, as"
            " the other did.",
            "far higher": "Both saw the same patches of the same photographs. Neither knew more.",
        },
        explanation="Naming and comparing find much the same numbers.",
    ),
    "clipped": Exercise(
        task="Predict the slope of a clipped distance that is taken for a chance",
        reference="0",
        choices=("about 2", "about 100", "0"),
        misconceptions={
            "about 2": "That is the slope at 0.5. At 1.5 the clip gives 1, as it does at 1.6.",
            "about 100": "That is the slope just below 1. At 1.5 the clip gives 1, as at 1.6.",
        },
        explanation="Beyond 1 the clipped distance is the same everywhere: no slope, no step.",
    ),
    "contrastive": Exercise(
        task="Compute the contrastive loss of each pair",
        reference=contrastive,
        cases={
            "a pair of each kind, margin 1": (APART[[0, 3]], SAME[[0, 3]], 1.0),
            "6 pairs, margin 2": (APART, SAME, 2.0),
            "9 pairs, margin 2.5": (APART_9, SAME_9, 2.5),
        },
        misconceptions={
            contrastive_swapped: "You pushed the alike apart. `same` is True where both pictures"
            " are of one class; some texts write 1 for *different*.",
            contrastive_no_square: "Both kinds of pairs are squared.",
            contrastive_one_square: "Square what is missing to the margin as well.",
            contrastive_other_square: "Square the distance of alike pairs as well.",
            contrastive_no_max: "Beyond the margin yours pulls different pictures *together*."
            " What is missing is never less than 0.",
            contrastive_squares_inside: "You squared the distance before it was taken from the"
            " margin. Square what is left.",
            contrastive_squared_margin: "Margin squared less distance squared is another number."
            " Subtract first, then square.",
            contrastive_mean: "That is the mean. Return the loss of each pair.",
            contrastive_sum: "That is the sum. Return the loss of each pair.",
            contrastive_halved: "Half of it. The first publication halves; this lesson does not.",
            contrastive_min: "You kept what lies beyond the margin. Keep what is missing to it:"
            " the *larger* of 0 and margin - distance, not of 0 and distance - margin.",
            contrastive_both: "A pair has one of the two terms, not both: np.where.",
            contrastive_pull_only: "Different pairs cost nothing in yours. Then all points fall"
            " together.",
            contrastive_margin_one: "Use the margin that is given.",
        },
        explanation="d squared for the alike, max(0, margin - d) squared for the others.",
        without=("learned.contrastive_loss",),
        steps=(
            "np.maximum(0, margin - apart) is what is missing.",
            "np.where(same, ..., ...) chooses for each pair.",
        ),
    ),
    "pair_shares": Exercise(
        task="Find which share of all pairs is of one class, and of the rarest class",
        reference=pair_shares,
        cases={
            "3 and 2 pictures": (COUNTS,),
            "900 and 100 pictures": (COUNTS_2,),
            "40, 7, 25 and 12 pictures": (COUNTS_4,),
            "5, 8, 1 and 5 pictures": (COUNTS_ONE,),
        },
        misconceptions={
            shares_equal_classes_once: "Classes of equal size were counted once. Each class has"
            " pairs of its own.",
            shares_with_itself: "You let a picture be paired with itself. The first can be any of"
            " n, the second only one of n - 1 others.",
            shares_of_pictures: "Those are shares of pictures. Pairs need two of a class.",
            shares_mixed: "Pairs of a class are n (n - 1), but then all pairs are N (N - 1).",
            shares_squares_over_pairs: "All pairs are N (N - 1), but then those of a class are"
            " n (n - 1).",
            shares_halved: "Half of it: if order does not count above, it does not count below.",
            shares_doubled: "Twice as much: if order counts above, it counts below.",
            shares_different: "The first number shall be the share of pairs of *one* class.",
            shares_of_same: "You divided by the pairs of one class. Divide by all pairs.",
            shares_any_rare: "One rare picture is not enough: *both* shall be of the rarest class.",
            shares_counts: "Those are numbers of pairs. Divide by the number of all pairs.",
            shares_most: "That is the largest class. The rarest has the smallest count.",
            shares_turned: "First the share of all classes together, then the rarest.",
            shares_per_cent: "Return shares, from 0 to 1.",
            shares_last: "The rarest class need not be the last one.",
        },
        explanation="n (n - 1) of N (N - 1): a rare class is squared away.",
        steps=(
            "counts * (counts - 1) for each class.",
            "divide by N * (N - 1), with N = counts.sum().",
        ),
    ),
    "all_pairs": Exercise(
        task="List all pairs of pictures with the answer: same class or not",
        reference=all_pairs,
        cases={
            "3 pictures": (LABELS,),
            "5 pictures of 3 classes": (LABELS_5,),
            "7 pictures of 3 classes": (LABELS_7,),
        },
        misconceptions={
            pairs_with_itself: "A picture and itself are at distance 0 whatever the network does:"
            " that teaches nothing. Leave those pairs out.",
            pairs_both_ways: "Each pair comes twice in yours. Keep i < j.",
            pairs_everything: "Yours pairs each picture with itself, and all others twice. Keep"
            " i < j.",
            pairs_one_is_different: "Here 1 means *same*. Yours has 1 for different.",
            pairs_neighbours: "You paired each picture with the next one only.",
            pairs_same_only: "The different pairs are missing. With the alike alone all points"
            " fall together.",
            pairs_turned: "The smaller place comes first.",
            pairs_by_second: "Right pairs in another order: sort by the first place.",
            pairs_on_side: "Rows and columns are swapped: one row for each pair.",
            pairs_of_labels: "Those are labels. Return the places of the pictures.",
            pairs_without_answer: "The third column is missing: 1 for the same class, else 0.",
            pairs_from_one: "Places begin with 0.",
            pairs_gap: "The third number is how far the labels lie apart. Asked is whether they"
            " are equal: 1 or 0.",
        },
        explanation="Each two pictures once, none with itself, 1 for the same class.",
        dtype=False,
        steps=(
            "np.triu_indices(n, 1) gives i and j with i < j.",
            "np.column_stack([i, j, labels[i] == labels[j]]).",
        ),
    ),
    "verify": Exercise(
        task="Verify pairs: the point of the ROC at one threshold of the distance",
        reference=verify,
        cases={
            "5 pairs, threshold 0.4": (VERIFIED, VERIFIED_SAME, 0.4),
            "5 pairs, threshold 0.85": (VERIFIED, VERIFIED_SAME, 0.85),
            "5 pairs, none is near enough": (VERIFIED, VERIFIED_SAME, 0.1),
            "5 pairs, all are near enough": (VERIFIED, VERIFIED_SAME, 0.9),
            "12 pairs, threshold 1": (VERIFIED_12, VERIFIED_SAME_12, 1.0),
        },
        misconceptions={
            verify_below: "A distance equal to the threshold is accepted: <=.",
            verify_far: "You accepted the far pairs. Near means same.",
            verify_far_too: "You accepted what lies at the threshold or beyond. Near means same.",
            verify_turned: "First the share of the *same* pairs that is accepted.",
            verify_of_all: "You divided by all pairs. Divide each by its own kind.",
            verify_counts: "Those are counts. Divide each by the number of its kind.",
            verify_of_accepted: "You divided by the accepted pairs. That is another question:"
            " which accepted ones are right (PPV, lesson 11).",
            verify_specificity: "The second is the share of different pairs that is *accepted*.",
            verify_missed: "The first is the share of same pairs that is *accepted*.",
            verify_right: "That is the share of right decisions. Same and different are asked"
            " for apart.",
            verify_per_cent: "Return shares, from 0 to 1.",
            verify_precision: "The first is the share of the *accepted* pairs that are same. Asked"
            " is the share of the same pairs that is accepted.",
        },
        explanation="Accept what is near: sensitivity and false alarms of lesson 11.",
        without=("roc.roc_curve",),
        steps=(
            "accepted = apart <= threshold.",
            "accepted[same].mean() and accepted[~same].mean().",
        ),
    ),
    "by_cosine": Exercise(
        task="Name new pictures by the known one of the largest cosine",
        reference=by_cosine,
        cases={
            "2 known, 3 asked, all away from both": (-POINTS[:, ::-1], NAMES, ASKED[[0, 1, 3]]),
            "2 known, 4 asked": (POINTS, NAMES, ASKED),
            "2 known, 4 asked, some the other way": (ACROSS, NAMES, ASKED_ACROSS),
            "4 known, 1 asked": (POINTS_4, NAMES_4, ASKED_6[:1]),
            "3 known, 4 asked": (POINTS_3, NAMES_4[:3], ASKED_3),
            "4 known, 6 asked": (POINTS_4, NAMES_4, ASKED_6),
        },
        misconceptions={
            cosine_names_cut: "Names are cut off: an array of text holds no more letters than the"
            " text that it was made with. Pick from `names` by an array of places.",
            cosine_product_only: "Divide by the lengths of the known rows: a long one wins every"
            " product. (The length of the asked row is the same for all names.)",
            cosine_distance: "That is the nearest by distance. The angle is asked for: two points"
            " in one direction are alike however long they are.",
            cosine_smallest: "You took the smallest cosine. Alike points have a cosine near 1.",
            cosine_columns: "You divided each column by its length. Each *row* is a picture.",
            cosine_squared_length: "You divided by the squared length. Take the root.",
            cosine_places: "Those are places. Return the names.",
            cosine_values: "Those are the cosines. Return the name of the largest.",
            cosine_centred: "You took off the mean. The cosine here is that of the points as they"
            " are.",
            cosine_from_0: "All cosines may be below 0: a best that starts at 0 never gives way to"
            " them. Start at -np.inf.",
            cosine_absolute: "Opposite directions have a cosine of -1: keep the sign.",
            cosine_city: "The length is the root of the sum of squares.",
            cosine_other_way: "You asked the other way round. Each *asked* picture gets a name.",
            cosine_row_means_off: "With the mean of each row taken off that is a correlation. The"
            " cosine is that of the rows as they are.",
        },
        explanation="Points of length 1, then the largest product.",
        steps=(
            "np.linalg.norm(known, axis=1, keepdims=True) gives the lengths.",
            "asked @ scaled.T has a row for each asked picture; argmax(axis=1).",
        ),
    ),
    "hardest": Exercise(
        task="Find the loss of the hardest triplet of each picture",
        reference=hardest,
        cases={
            "3 pictures of 1 class, margin 2": (100 * TABLE[:3, :3], np.ones(3, int), 2.0),
            "4 pictures of 2 classes, margin 1": (TABLE, KINDS, 1.0),
            "4 pictures of 2 classes, margin 0.2": (TABLE, KINDS, 0.2),
            "6 pictures with twins, margin 2": (TABLE_TWINS, KINDS_TWINS, 2.0),
            "6 pictures, one alone in its class, margin 200": (100 * TABLE_6, KINDS_6, 200.0),
        },
        misconceptions={
            hardest_easiest: "Those are the easiest triplets. The farthest mate and the nearest"
            " other are hard.",
            hardest_near_mate: "You took the nearest mate. The farthest one is hard.",
            hardest_near_mate_if_any: "You took the nearest mate of each. The farthest is hard.",
            hardest_own_mate: "A picture that is alone in its class counts as its own mate. It has"
            " no triplet, and the loss 0.",
            hardest_far_other: "You took the farthest other. The nearest one is hard.",
            hardest_with_itself: "A picture is not its own mate: yours has a distance of 0.",
            hardest_no_max: "A triplet that has its margin costs nothing: max(0, ...).",
            hardest_turned: "The mate shall be near and the other far: margin + mate - other.",
            hardest_no_margin: "Add the margin.",
            hardest_mean: "That is the mean. Return one loss for each picture.",
            hardest_squared: "You squared the distances. Take them as they are.",
            hardest_loss_squared: "You squared the loss. A triplet's loss is not squared here.",
            hardest_minus_margin: "The margin is added: the other shall be farther *by* it.",
            hardest_nearest_anyone: "The nearest of *another* class, not of all.",
            hardest_other_at_0: "Your nearest other is at 0. If you multiply by a mask, what it"
            " leaves out is 0 and the smallest is that 0: put np.inf there, with np.where.",
            hardest_both_multiplied: "Multiplied by a mask, what is left out is 0. The smallest is"
            " that 0, and a picture without a mate gets one at 0. Put np.inf there, and -np.inf"
            " among the mates.",
            hardest_averages: "Those are mean distances. Take the farthest mate and the nearest"
            " other.",
            hardest_easiest_if_any: "Those are the nearest mate and the farthest other: the"
            " easiest triplet. The hardest has the farthest mate and the nearest other.",
        },
        explanation="max(0, margin + farthest mate - nearest other).",
        without=("learned.triplet_loss",),
        steps=(
            "same = labels[:, None] == labels; leave out the diagonal for mates.",
            "np.where(mask, apart, -np.inf).max(axis=1), and the like with inf and min.",
        ),
    ),
}
