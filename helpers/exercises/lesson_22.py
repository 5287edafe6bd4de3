"""Exercises of lesson 22: two losses, KL, a floor, coverage, copies, a paired gain."""

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(22)
HALVES = np.array([0.5, 0.5])
REAL = np.array([0.9, 0.6, 0.8])
MADE = np.array([0.2, 0.4])
SURE_REAL, SURE_MADE = np.array([0.998, 0.9]), np.array([0.002, 0.2])
MANY_REAL = RNG.uniform(0.05, 0.95, 7).round(2)
MANY_MADE = RNG.uniform(0.05, 0.95, 5).round(2)
MEAN = np.array(
    [[1.0, -2.0, 0.5], [0.0, 3.0, -1.0], [4.0, 1.0, 0.0], [-0.5, 0.2, 1.5], [0.3, -0.4, 2.0]]
)
LOGVAR = np.array(
    [[0.5, -1.0, 2.0], [-0.3, 1.2, 0.0], [4.5, -5.0, 0.5], [0.4, 0.1, -0.6], [-1.5, 0.7, 0.2]]
)
SQUARE = np.array([[[0.0, 1.0], [0.5, 1.0]]])
GREYS = np.array([[[0.25, 0.0], [1.0, 0.9]], [[0.5, 0.5], [0.1, 0.0]], [[1.0, 1.0], [0.0, 0.0]]])
WIDE = RNG.choice(np.linspace(0, 1, 17), (4, 3, 5))
LABELS = np.array([0, 0, 0, 0, 0, 1, 1, 1, 3, 3])
TWELVE = np.array([1, 2, 1, 2, 4, 5, 4, 2, 1, 5, 4, 2])
RARE = np.repeat([0, 1, 2, 4, 5, 9], [40, 25, 20, 10, 4, 1])
EVEN = np.repeat([0, 2, 3], [2, 1, 1])
ONE_MADE = np.array([[0.0, 0.25], [1.0, 0.125]])
ONE_KNOWN = np.array([[0.0, 0.0], [1.0, 0.0]])
ONE_HELD = np.array([[0.0, 0.5], [1.0, 0.5]])
ROWS_MADE = np.array(
    [[0.1, 0, 0], [0, 0.5, 0], [1, 1, 1], [1, 0.9, 0.8], [0.2, 0.2, 0.2], [1, 1, 1]]
)
ROWS_KNOWN = np.array([[0.0, 0, 0], [1, 1, 1], [0, 1, 0]])
ROWS_HELD = np.array([[0.0, 0, 0.4], [1, 1, 0], [0.5, 0.5, 0.5], [1, 0, 1]])
CLOUD_MADE, CLOUD_KNOWN, CLOUD_HELD = (RNG.normal(0, 1, (n, 4)).round(2) for n in (40, 30, 20))
MANY_KNOWN, MANY_HELD = (np.random.default_rng(n).exponential(1, (50, 2)) for n in (5, 6))
MANY_NEAR = MANY_KNOWN[np.arange(90) % 50] + np.linspace(0, 0.3, 90)[:, None]
PLAIN = np.array([0.80, 0.90])
HELPED = np.array([0.80, 0.86])
PLAIN_5 = np.array([0.912, 0.874, 0.931, 0.889, 0.902])
HELPED_5 = np.array([0.9214, 0.871, 0.944, 0.901, 0.899])


def losses(real, made):
    return -np.log(real).mean() - np.log(1 - made).mean(), -np.log(made).mean()


def losses_swapped(real, made):
    return losses(1 - real, 1 - made)


def losses_order(real, made):
    return losses(real, made)[::-1]


def losses_made_false(real, made):
    return losses(real, made)[0], -np.log(1 - made).mean()


def losses_saturating(real, made):
    return losses(real, made)[0], np.log(1 - made).mean()


def losses_all_real(real, made):
    return -np.log(real).mean() - np.log(made).mean(), -np.log(made).mean()


def losses_only_real(real, made):
    return -np.log(real).mean(), -np.log(made).mean()


def losses_no_minus(real, made):
    first, second = losses(real, made)
    return -first, -second


def losses_sums(real, made):
    return -np.log(real).sum() - np.log(1 - made).sum(), -np.log(made).sum()


def losses_half(real, made):
    first, second = losses(real, made)
    return first / 2, second


def losses_log_of_mean(real, made):
    return -np.log(real.mean()) - np.log(1 - made.mean()), -np.log(made.mean())


def losses_bits(real, made):
    first, second = losses(real, made)
    return first / np.log(2), second / np.log(2)


def losses_shares(real, made):
    return np.mean(1 - real) + np.mean(made), np.mean(1 - made)


def losses_one_mean(real, made):
    return -np.log(np.concatenate([real, 1 - made])).mean(), -np.log(made).mean()


def losses_maker_real(real, made):
    return losses(real, made)[0], -np.log(real).mean()


def losses_zero_sum(real, made):
    first = losses(real, made)[0]
    return first, -first


def losses_of_squashed(real, made):
    return losses(1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-made)))


def kl(mean, logvar):
    return (mean**2 + np.exp(logvar) - 1 - logvar).sum(axis=1).mean() / 2


def kl_minus(mean, logvar):
    return -kl(mean, logvar)


def kl_twice(mean, logvar):
    return 2 * kl(mean, logvar)


def kl_spread(mean, logvar):
    return (mean**2 + np.exp(logvar / 2) - 1 - logvar).sum(axis=1).mean() / 2


def kl_sum(mean, logvar):
    return kl(mean, logvar) * len(mean)


def kl_mean_of_all(mean, logvar):
    return kl(mean, logvar) / mean.shape[1]


def kl_no_mean(mean, logvar):
    return kl(0 * mean, logvar)


def kl_not_squared(mean, logvar):
    return (mean + np.exp(logvar) - 1 - logvar).sum(axis=1).mean() / 2


def kl_absolute(mean, logvar):
    return (np.abs(mean) + np.exp(logvar) - 1 - logvar).sum(axis=1).mean() / 2


def kl_no_one(mean, logvar):
    return (mean**2 + np.exp(logvar) - logvar).sum(axis=1).mean() / 2


def kl_plus_log(mean, logvar):
    return (mean**2 + np.exp(logvar) - 1 + logvar).sum(axis=1).mean() / 2


def kl_variance_given(mean, logvar):
    with np.errstate(invalid="ignore", divide="ignore"):
        return (mean**2 + logvar - 1 - np.log(logvar)).sum(axis=1).mean() / 2


def kl_spread_given(mean, logvar):
    return kl(mean, 2 * logvar)


def kl_rows(mean, logvar):
    return (mean**2 + np.exp(logvar) - 1 - logvar).sum(axis=1) / 2


def kl_median(mean, logvar):
    return np.median((mean**2 + np.exp(logvar) - 1 - logvar).sum(axis=1)) / 2


def kl_columns(mean, logvar):
    return (mean**2 + np.exp(logvar) - 1 - logvar).sum(axis=0).mean() / 2


def kl_only_mean(mean, logvar):
    return (mean**2).sum(axis=1).mean() / 2


def kl_other_way(mean, logvar):
    return ((1 + mean**2) * np.exp(-logvar) - 1 + logvar).sum(axis=1).mean() / 2


def entropy_of(levels, base=1.0):
    inside = np.clip(levels, 1e-300, 1), np.clip(1 - levels, 1e-300, 1)
    return -(levels * np.log(inside[0]) + (1 - levels) * np.log(inside[1])) / base


def floor(pictures):
    return entropy_of(pictures).sum(axis=(1, 2)).mean()


def floor_zero(pictures):
    return 0.0


def floor_pixel(pictures):
    return entropy_of(pictures).mean()


def floor_total(pictures):
    return entropy_of(pictures).sum()


def floor_ink_only(pictures):
    return -(pictures * np.log(np.clip(pictures, 1e-300, 1))).sum(axis=(1, 2)).mean()


def floor_paper_only(pictures):
    return floor_ink_only(1 - pictures)


def floor_bits(pictures):
    return floor(pictures) / np.log(2)


def floor_nan(pictures):
    with np.errstate(divide="ignore", invalid="ignore"):
        each = pictures * np.log(pictures) + (1 - pictures) * np.log(1 - pictures)
    return -each.sum(axis=(1, 2)).mean()


def floor_minus(pictures):
    return -floor(pictures)


def floor_mean_picture(pictures):
    return entropy_of(pictures.mean(axis=0)).sum()


def floor_half(pictures):
    return pictures[0].size * np.log(2)


def floor_log_of_level(pictures):
    return -np.log(np.clip(pictures, 1e-300, 1)).sum(axis=(1, 2)).mean()


def floor_each(pictures):
    return entropy_of(pictures).sum(axis=(1, 2))


def floor_squares(pictures):
    return (pictures * (1 - pictures)).sum(axis=(1, 2)).mean()


def floor_held_off(pictures):
    return entropy_of(np.clip(pictures, 0.01, 0.99)).sum(axis=(1, 2)).mean()


def counted(labels, classes):
    return np.bincount(labels, minlength=classes)


def coverage(labels, classes, share):
    counts = counted(labels, classes)
    return int((counts >= share * len(labels)).sum()), int((counts == 0).sum())


def coverage_above(labels, classes, share):
    counts = counted(labels, classes)
    return int((counts > share * len(labels)).sum()), int((counts == 0).sum())


def coverage_under(labels, classes, share):
    counts = counted(labels, classes)
    return int((counts >= share * len(labels)).sum()), int((counts < share * len(labels)).sum())


def coverage_swapped(labels, classes, share):
    return coverage(labels, classes, share)[::-1]


def coverage_shares(labels, classes, share):
    enough, missing = coverage(labels, classes, share)
    return enough / classes, missing / classes


def coverage_found_only(labels, classes, share):
    counts = np.unique(labels, return_counts=True)[1]
    return int((counts >= share * len(labels)).sum()), 0


def coverage_rare(labels, classes, share):
    enough, missing = coverage(labels, classes, share)
    return enough, classes - enough - missing


def coverage_of_largest(labels, classes, share):
    counts = counted(labels, classes)
    return int((counts >= share * counts.max()).sum()), int((counts == 0).sum())


def coverage_to_highest(labels, classes, share):
    counts = np.bincount(labels)
    return int((counts >= share * len(labels)).sum()), int((counts == 0).sum())


def coverage_rounded(labels, classes, share):
    counts = counted(labels, classes)
    return int((counts >= round(share * len(labels))).sum()), int((counts == 0).sum())


def coverage_enough_only(labels, classes, share):
    return coverage(labels, classes, share)[0]


def coverage_from_1(labels, classes, share):
    counts = counted(labels, classes)[1:]
    return int((counts >= share * len(labels)).sum()), int((counts == 0).sum())


def nearest(rows, known):
    return np.sqrt(((rows[:, None] - known[None]) ** 2).sum(axis=2)).min(axis=1)


def copies(made, known, held):
    return np.mean(nearest(made, known) < np.median(nearest(held, known)) / 2)


def copies_not_halved(made, known, held):
    return np.mean(nearest(made, known) < np.median(nearest(held, known)))


def copies_of_held(made, known, held):
    return np.mean(nearest(made, held) < np.median(nearest(held, known)) / 2)


def copies_of_mean(made, known, held):
    middle = known.mean(axis=0, keepdims=True)
    return np.mean(nearest(made, middle) < np.median(nearest(held, middle)) / 2)


def copies_count(made, known, held):
    return np.sum(nearest(made, known) < np.median(nearest(held, known)) / 2)


def copies_own_median(made, known, held):
    return np.mean(nearest(made, known) < np.median(nearest(made, known)) / 2)


def copies_known_to_known(made, known, held):
    return np.mean(nearest(made, known) < np.median(nearest(known, known)) / 2)


def copies_exact(made, known, held):
    return np.mean(nearest(made, known) == 0)


def copies_new(made, known, held):
    return 1 - copies(made, known, held)


def copies_squares(made, known, held):
    return np.mean(nearest(made, known) ** 2 < np.median(nearest(held, known) ** 2) / 2)


def copies_of_known(made, known, held):
    return np.mean(nearest(known, made) < np.median(nearest(held, known)) / 2)


def copies_mean(made, known, held):
    return np.mean(nearest(made, known) < nearest(held, known).mean() / 2)


def copies_from_known(made, known, held):
    return np.mean(nearest(made, known) < np.median(nearest(known, held)) / 2)


def copies_least(made, known, held):
    return np.mean(nearest(made, known) < nearest(held, known).min() / 2)


def copies_held_made(made, known, held):
    return np.mean(nearest(made, known) < np.median(nearest(held, made)) / 2)


def copies_distinct(made, known, held):
    return copies(np.unique(made, axis=0), known, held)


def copies_pairs(made, known, held):
    apart = np.sqrt(((made[:, None] - known[None]) ** 2).sum(axis=2))
    return np.mean(apart < np.median(nearest(held, known)) / 2)


def copies_absolute(made, known, held):
    def near(rows):
        return np.abs(rows[:, None] - known[None]).sum(axis=2).min(axis=1)

    return np.mean(near(made) < np.median(near(held)) / 2)


def copies_which(made, known, held):
    return nearest(made, known) < np.median(nearest(held, known)) / 2


def copies_held_to_held(made, known, held):
    apart = np.sqrt(((held[:, None] - held) ** 2).sum(axis=2))
    usual = np.where(np.eye(len(held), dtype=bool), np.inf, apart).min(axis=1)
    return np.mean(nearest(made, known) < np.median(usual) / 2)


def gain(plain, helped):
    points = 100 * (helped - plain)
    return points.mean(), points.std(ddof=1) / np.sqrt(len(points))


def gain_shares(plain, helped):
    mean, error = gain(plain, helped)
    return mean / 100, error / 100


def gain_turned(plain, helped):
    mean, error = gain(plain, helped)
    return -mean, error


def gain_spread(plain, helped):
    mean, error = gain(plain, helped)
    return mean, error * np.sqrt(len(plain))


def gain_n(plain, helped):
    points = 100 * (helped - plain)
    return points.mean(), points.std() / np.sqrt(len(points))


def gain_unpaired(plain, helped):
    error = np.sqrt((plain.var(ddof=1) + helped.var(ddof=1)) / len(plain))
    return 100 * (helped.mean() - plain.mean()), 100 * error


def gain_of_helped(plain, helped):
    error = helped.std(ddof=1) / np.sqrt(len(helped))
    return 100 * (helped.mean() - plain.mean()), 100 * error


def gain_relative(plain, helped):
    points = 100 * (helped / plain - 1)
    return points.mean(), points.std(ddof=1) / np.sqrt(len(points))


def gain_over_n(plain, helped):
    points = 100 * (helped - plain)
    return points.mean(), points.std(ddof=1) / len(points)


def gain_best(plain, helped):
    points = 100 * (helped - plain)
    return points.max(), points.std(ddof=1) / np.sqrt(len(points))


def gain_median(plain, helped):
    return np.median(100 * (helped - plain)), gain(plain, helped)[1]


def gain_error_shares(plain, helped):
    mean, error = gain(plain, helped)
    return mean, error / 100


def gain_mean_shares(plain, helped):
    mean, error = gain(plain, helped)
    return mean / 100, error


def gain_swapped(plain, helped):
    return gain(plain, helped)[::-1]


def gain_ends(plain, helped):
    mean, error = gain(plain, helped)
    return mean - error, mean + error


def gain_absolute(plain, helped):
    points = 100 * np.abs(helped - plain)
    return points.mean(), points.std(ddof=1) / np.sqrt(len(points))


def gain_less_one_twice(plain, helped):
    points = 100 * (helped - plain)
    return points.mean(), points.std(ddof=1) / np.sqrt(len(points) - 1)


EXERCISES = {
    "even": Exercise(
        task="Predict what the critic says of real points once the maker has learnt the ring",
        reference="near 0.5",
        choices=("near 1", "near 0.5", "near 0"),
        misconceptions={
            "near 1": "Where made points lie as thickly as real ones, half of what it meets"
            " there is made. Can it still be sure?",
            "near 0": "Half of the points it meets on the ring are real. Saying made there would"
            " cost it as much as saying real.",
        },
        explanation="If a place has as many made points as real ones, one half is the best answer.",
    ),
    "floor": Exercise(
        task="Predict the least reconstruction loss of a digit with grey pixels",
        reference="above 0",
        choices=("below 0", "0", "above 0"),
        misconceptions={
            "0": "Take one pixel of 0.5. Which chance of ink costs least, and what does it cost?",
            "below 0": "Each surprise is minus the logarithm of a chance, and a chance is at"
            " most 1.",
        },
        explanation="A pixel of 0.5 costs at least log 2, even if the chance is 0.5 as well.",
    ),
    "help": Exercise(
        task="Predict what made digits bring a classifier with ten real ones a class",
        reference="less than half a point",
        choices=("more than two points", "about one point", "less than half a point"),
        misconceptions={
            "more than two points": "The maker has seen the same hundred digits as the classifier."
            " What could it know besides?",
            "about one point": "Less. All that the maker knows, it has from the same hundred"
            " digits.",
        },
        explanation="What is made from a hundred digits tells little that they do not tell"
        " themselves.",
    ),
    "frozen": Exercise(
        task="Predict the maker's loss if the critic never learns",
        reference="lower",
        choices=("higher", "the same", "lower"),
        misconceptions={
            "higher": "Whom must the maker convince? Somebody who never learns from it.",
            "the same": "In the fair game the critic answers each step of the maker. Here nobody"
            " answers.",
        },
        explanation="A critic that stands still is easily pleased; the loss says nothing of"
        " pictures.",
    ),
    "gan_losses": Exercise(
        task="Compute the losses of both players from the chances that the critic gives",
        reference=losses,
        cases={
            "all one half": (HALVES, HALVES),
            "a critic that is nearly sure": (SURE_REAL, SURE_MADE),
            "three real, two made": (REAL, MADE),
            "seven real, five made": (MANY_REAL, MANY_MADE),
        },
        misconceptions={
            losses_swapped: "The labels are turned round. The chances are those of being real.",
            losses_order: "First the critic's loss, then the maker's.",
            losses_made_false: "The maker wants its pictures to be called real: it pays -log of"
            " that chance.",
            losses_saturating: "That is the older form, log(1 - chance), which is flat when the"
            " maker is bad. Take minus the log of the chance.",
            losses_all_real: "The critic wants made pictures to be called made: chance 1 - p.",
            losses_only_real: "The critic pays for made pictures as well.",
            losses_no_minus: "The sign is turned: a surprise is minus the logarithm.",
            losses_sums: "Take means, or a larger batch counts more.",
            losses_half: "Add the two means of the critic; they are not halved.",
            losses_log_of_mean: "First the logarithm of each, then the mean.",
            losses_bits: "Those are bits. Take the natural logarithm.",
            losses_shares: "Those are missing chances. A surprise is minus the logarithm.",
            losses_one_mean: "The critic has two means, one of real and one of made pictures, and"
            " adds them.",
            losses_maker_real: "The maker's loss is about what it made, not about real pictures.",
            losses_zero_sum: "The maker's loss is not minus the critic's. It has its own: what it"
            " costs that its pictures are not called real.",
            losses_of_squashed: "Those are chances already: no sigmoid.",
        },
        explanation="Critic: -log p of real, plus -log(1 - p) of made; maker: -log p of made.",
        steps=(
            "Three means of minus logarithms.",
            "-np.log(real).mean() - np.log(1 - made).mean() is the critic's.",
        ),
    ),
    "kl": Exercise(
        task="Compute how far codes lie from the known cloud",
        reference=kl,
        cases={
            "the cloud itself": (np.zeros((1, 1)), np.zeros((1, 1))),
            "one code moved": (np.array([[2.0]]), np.array([[0.0]])),
            "one code narrowed": (np.array([[0.0]]), np.array([[-2.0]])),
            "five codes of three numbers": (MEAN, LOGVAR),
        },
        misconceptions={
            kl_minus: "The sign is turned: it is 0 at the cloud itself and positive elsewhere.",
            kl_twice: "The half is missing.",
            kl_spread: "exp(logvar / 2) is the SD. The variance belongs here.",
            kl_sum: "Sum over the numbers of a code, but take the mean over the pictures.",
            kl_mean_of_all: "Sum over the numbers of a code; only over pictures is it a mean.",
            kl_no_mean: "Where is the mean? A code far from 0 must cost something.",
            kl_not_squared: "The mean must be squared: left and right of 0 cost the same.",
            kl_absolute: "Square the mean; that is its distance.",
            kl_no_one: "At the cloud itself it must be 0. Something is not taken off.",
            kl_plus_log: "The logarithm of the variance is taken off, not added.",
            kl_variance_given: "`logvar` is the logarithm already. The variance is its exp.",
            kl_spread_given: "`logvar` is the logarithm of the variance, not of the SD.",
            kl_rows: "Those are the costs of each picture. Take their mean.",
            kl_median: "Take the mean of the pictures, not the median.",
            kl_columns: "You went along the other axis. Each row is a picture.",
            kl_only_mean: "The variance costs as well: what if it is not 1?",
            kl_other_way: "That is the divergence the other way round: of the known cloud from"
            " that of the picture.",
        },
        explanation="Half of mean² + variance - 1 - log variance, summed over a code.",
        steps=(
            "np.exp(logvar) is the variance.",
            "Sum along axis 1, halve, and take the mean of the pictures.",
        ),
    ),
    "floor_of": Exercise(
        task="Compute the least reconstruction loss that pictures allow",
        reference=floor,
        cases={
            "one picture of three pixels and a grey one": (SQUARE,),
            "three pictures of 2 x 2": (GREYS,),
            "four pictures of 3 x 5": (WIDE,),
        },
        misconceptions={
            floor_zero: "0 is reached by pixels of 0 and 1 only. What must a grey one cost?",
            floor_pixel: "That is the mean of all pixels. Sum over a picture, then take the mean.",
            floor_total: "That is the sum over all pictures. Take the mean over them.",
            floor_ink_only: "Two terms: level times log level, and the same for what is missing"
            " to 1.",
            floor_paper_only: "Two terms: the level itself is missing.",
            floor_bits: "Those are bits. Take the natural logarithm.",
            floor_nan: "0 times log 0 is no number for NumPy. It counts as 0.",
            floor_minus: "The sign is turned: a surprise is not negative.",
            floor_mean_picture: "That is the loss of the best single answer for all pictures. Here"
            " each picture gets its own best answer.",
            floor_half: "That is the loss of saying 0.5 everywhere. The best answer is the level.",
            floor_log_of_level: "Each logarithm is weighted: by the level, and by what is missing"
            " to 1.",
            floor_each: "Those are the floors of each picture. Take their mean.",
            floor_squares: "That is a variance. The loss is made of logarithms.",
            floor_held_off: "Levels are held between 0.01 and 0.99, so black and white cost"
            " something. They cost nothing.",
        },
        explanation="Put the level itself in as the chance; 0 log 0 counts as 0.",
        steps=(
            "The best chance of ink is the level itself.",
            "np.clip keeps the logarithm finite where the level before it is 0.",
        ),
    ),
    "coverage": Exercise(
        task="Count classes that are covered, and classes that are missing",
        reference=coverage,
        cases={
            "four made, a quarter": (EVEN, 4, 0.25),
            "ten made, five classes, three tenths": (LABELS, 5, 0.3),
            "twelve made, class 0 is missing": (TWELVE, 6, 0.17),
            "a hundred made, ten classes": (RARE, 10, 0.1),
            "the same, one in fifty": (RARE, 11, 0.04),
        },
        misconceptions={
            coverage_above: "At least: a class with just that share is covered.",
            coverage_under: "Missing are classes without any picture, not those with too few.",
            coverage_swapped: "First the covered ones, then the missing ones.",
            coverage_shares: "Return numbers of classes, not shares.",
            coverage_found_only: "A class that does not occur is not in `labels`. How do you know"
            " that it is missing?",
            coverage_rare: "Missing are classes without any picture. Some have a few.",
            coverage_of_largest: "The share is one of all pictures, not of the largest class.",
            coverage_to_highest: "Classes above the highest label that occurs are not counted:"
            " `classes` says how many there are (minlength of np.bincount).",
            coverage_rounded: "A little less than the share is not enough: compare without"
            " rounding.",
            coverage_enough_only: "Return two numbers: covered and missing.",
            coverage_from_1: "Classes are numbered from 0: class 0 is left out.",
        },
        explanation="Counts with minlength=classes; at least share times n, and exactly 0.",
        steps=(
            "np.bincount(labels, minlength=classes)",
            "Compare the counts with share * len(labels), and with 0.",
        ),
    ),
    "copies": Exercise(
        task="Count copies against what is usual among real pictures",
        reference=copies,
        cases={
            "two made, two known": (ONE_MADE, ONE_KNOWN, ONE_HELD),
            "six made, two of them alike, three known": (ROWS_MADE, ROWS_KNOWN, ROWS_HELD),
            "forty made, thirty known": (CLOUD_MADE, CLOUD_KNOWN, CLOUD_HELD),
            "ninety made, fifty known": (MANY_NEAR, MANY_KNOWN, MANY_HELD),
        },
        misconceptions={
            copies_not_halved: "Half of what is usual is the limit.",
            copies_of_held: "Nothing can be copied from held-out pictures: compare with the known.",
            copies_of_mean: "A copy is near to one known picture, not to their mean.",
            copies_count: "Return the share, not the count.",
            copies_own_median: "The limit comes from real pictures: from the held-out ones to the"
            " known.",
            copies_known_to_known: "Each known picture is 0 away from itself. Ask how far the"
            " held-out ones are.",
            copies_exact: "A near copy is one, too. Compare with the limit.",
            copies_new: "That is the share that is no copy.",
            copies_squares: "Half of a distance is a quarter of its square. Take the root first.",
            copies_of_known: "That asks which known pictures were copied. Ask how many of the made"
            " are copies.",
            copies_mean: "Take the median of the held-out distances, not the mean.",
            copies_from_known: "The limit the other way: how far is each held-out picture from its"
            " nearest known one, not each known one from its nearest held-out one.",
            copies_least: "Take the median of the held-out distances, not the least one.",
            copies_held_made: "The limit: from held-out pictures to the known ones, not to made"
            " ones.",
            copies_distinct: "Two made pictures that are alike count as two.",
            copies_pairs: "One near known picture makes a copy. Take the nearest first.",
            copies_absolute: "Those distances are sums of absolute differences. Take the root of"
            " the sum of squares.",
            copies_which: "That says which ones are copies. Return their share.",
            copies_held_to_held: "What is usual is how far the held-out pictures are from the"
            " *known* ones, not from each other.",
        },
        explanation="Nearer to a known picture than half of what held-out ones are.",
        steps=(
            "Write a function for the distance of rows to their nearest known row.",
            "np.median of the held-out rows' distances, halved, is the limit.",
        ),
    ),
    "gain": Exercise(
        task="Give a paired gain in points with its standard error",
        reference=gain,
        cases={
            "two seeds, one loses": (PLAIN, HELPED),
            "five seeds": (PLAIN_5, HELPED_5),
        },
        misconceptions={
            gain_shares: "One point is a hundredth: times 100.",
            gain_turned: "The sign is turned: helped less plain.",
            gain_spread: "That is the SD of the gains. The error of their mean is smaller.",
            gain_n: "Few seeds: divide by their number less one in the SD (ddof=1).",
            gain_unpaired: "The seeds are paired. Take the SD of the differences.",
            gain_of_helped: "Take the SD of the differences, not of one side.",
            gain_relative: "A gain in points is a difference, not a quotient.",
            gain_over_n: "Divide the SD by the root of the number of seeds.",
            gain_best: "That is the best seed. Take the mean of all.",
            gain_median: "Take the mean of the differences.",
            gain_error_shares: "The error must be in points as well.",
            gain_mean_shares: "The gain must be in points as well.",
            gain_swapped: "First the gain, then its error.",
            gain_ends: "Return the gain and its error, not the ends of an interval.",
            gain_absolute: "A loss of a point is a gain of -1. Keep the signs.",
            gain_less_one_twice: "One was taken off twice: ddof=1 in the SD is enough, the root is"
            " that of n.",
        },
        explanation="Mean of the differences, and their SD over the root of their number.",
        steps=(
            "100 * (helped - plain) are the gains in points.",
            "std(ddof=1) / sqrt(n) is the error of their mean.",
        ),
    ),
}
