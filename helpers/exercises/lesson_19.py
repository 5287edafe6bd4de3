"""Exercises of lesson 19: places of a kernel, numbers, surprise, a step, batches, stopping."""

from itertools import pairwise

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(19)
SCORES = RNG.normal(0, 2, (7, 4)).round(2)
NAMES = np.array([3, 0, 1, 1, 2, 0, 3])
LARGE = np.array([[1000.0, 999, 998], [-1000, -1001, -1003], [-200, -300, 1000]])
FAR = np.array([[1000.0, 400, 0], [2, 1, 0]])
WEIGHTS = RNG.normal(0, 1, (3, 4)).round(2)
SLOPES = RNG.normal(0, 1, (3, 4)).round(2)
ROUNDS = np.array([RNG.permutation(7) for _ in range(5)])
FEW = np.array([[2, 0, 1], [1, 2, 0]])


def output_size(n, kernel, stride, padding):
    return max((n + 2 * padding - kernel) // stride + 1, 0)


def size_below_0(n, kernel, stride, padding):
    return (n + 2 * padding - kernel) // stride + 1


def size_without_one(n, kernel, stride, padding):
    return (n + 2 * padding - kernel) // stride


def size_rounded_up(n, kernel, stride, padding):
    return -((kernel - n - 2 * padding) // stride) + 1


def size_no_frame(n, kernel, stride, padding):
    return (n - kernel) // stride + 1


def size_in_tiles(n, kernel, stride, padding):
    return (n + 2 * padding) // kernel


def size_kernel_kept(n, kernel, stride, padding):
    return (n + 2 * padding) // stride


def size_of_starts(n, kernel, stride, padding):
    starts = -(-(n + 2 * padding) // stride)
    return starts if kernel <= n + 2 * padding else 0


def size_one_divided(n, kernel, stride, padding):
    return max((n + 2 * padding - kernel + 1) // stride, 0)


def size_one_divided_below_0(n, kernel, stride, padding):
    return (n + 2 * padding - kernel + 1) // stride


def size_not_whole(n, kernel, stride, padding):
    return (n + 2 * padding - kernel) / stride + 1


def size_without_stride(n, kernel, stride, padding):
    return n + 2 * padding - kernel + 1


def size_of_all(n, kernel, stride, padding):
    return output_size(n, kernel, stride, padding) ** 2


def size_cut_to_0(n, kernel, stride, padding):
    return max(int((n + 2 * padding - kernel) / stride) + 1, 0)


def size_no_frame_for_large_kernels(n, kernel, stride, padding):
    return output_size(n, kernel, stride, padding) if kernel <= n else 0


def size_thinned_first(n, kernel, stride, padding):
    return max((n + 2 * padding) // stride - kernel + 1, 0)


def counted(widths, kernel, classes, *, layer, last):
    """Add up what `layer(before, after, kernel)` and `last(width, classes)` say."""
    pairs = pairwise(widths)
    return sum(layer(a, b, kernel) for a, b in pairs) + last(widths[-1], classes)


def layer_of(before, after, kernel):
    return (kernel**2 * before + 1) * after


def last_of(width, classes):
    return (width + 1) * classes


def parameters(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=layer_of, last=last_of)


def parameters_no_biases(widths, kernel, classes):
    return counted(
        widths, kernel, classes, layer=lambda a, b, k: k**2 * a * b, last=lambda w, c: w * c
    )


def parameters_no_biases_of_kernels(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=lambda a, b, k: k**2 * a * b, last=last_of)


def parameters_no_offsets(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=layer_of, last=lambda w, c: w * c)


def parameters_flat_kernels(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=lambda a, b, k: (k**2 + 1) * b, last=last_of)


def parameters_side_only(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=lambda a, b, k: (k * a + 1) * b, last=last_of)


def parameters_a_bias_each_channel(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=lambda a, b, k: (k**2 + 1) * a * b, last=last_of)


def parameters_a_bias_each_layer(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=lambda a, b, k: k**2 * a * b + 1, last=last_of)


def parameters_biases_before(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=lambda a, b, k: k**2 * a * b + a, last=last_of)


def parameters_no_last_layer(widths, kernel, classes):
    return counted(widths, kernel, classes, layer=layer_of, last=lambda w, c: 0)


def parameters_last_as_kernels(widths, kernel, classes):
    return counted(
        widths, kernel, classes, layer=layer_of, last=lambda w, c: layer_of(w, c, kernel)
    )


def parameters_first_layer_left_out(widths, kernel, classes):
    return parameters(widths[1:], kernel, classes)


def parameters_widths_looked_up(widths, kernel, classes):
    before = [widths[widths.index(width) - 1] for width in widths[1:]]
    layers = sum(layer_of(a, b, kernel) for a, b in zip(before, widths[1:], strict=True))
    return layers + last_of(widths[-1], classes)


def parameters_last_from_the_widest(widths, kernel, classes):
    return counted(
        widths, kernel, classes, layer=layer_of, last=lambda _, c: last_of(max(widths), c)
    )


def parameters_last_from_all(widths, kernel, classes):
    sees = sum(widths[1:])
    return counted(widths, kernel, classes, layer=layer_of, last=lambda _, c: (sees + 1) * c)


def logs_of(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def of_truth(table, labels):
    return table[np.arange(len(labels)), labels]


def surprise(scores, labels):
    return -of_truth(logs_of(scores), labels).mean()


def plainly(scores):
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        return np.log(chances)


def surprise_overflows(scores, labels):
    return -of_truth(plainly(scores), labels).mean()


def surprise_without_minus(scores, labels):
    return -surprise(scores, labels)


def surprise_summed(scores, labels):
    return surprise(scores, labels) * len(labels)


def surprise_of_each(scores, labels):
    return -of_truth(logs_of(scores), labels)


def surprise_of_all_summed(scores, labels):
    return -logs_of(scores).sum(axis=1).mean()


def surprise_in_bits(scores, labels):
    return surprise(scores, labels) / np.log(2)


def surprise_of_the_mean(scores, labels):
    return -np.log(np.exp(of_truth(logs_of(scores), labels)).mean())


def surprise_as_chance(scores, labels):
    return np.exp(of_truth(logs_of(scores), labels)).mean()


def surprise_as_missing_chance(scores, labels):
    return 1 - surprise_as_chance(scores, labels)


def surprise_of_columns(scores, labels):
    shifted = scores - scores.max(axis=0)
    return -of_truth(shifted - np.log(np.exp(shifted).sum(axis=0)), labels).mean()


def surprise_of_one_sum(scores, labels):
    shifted = scores - scores.max()
    return -of_truth(shifted - np.log(np.exp(shifted).sum()), labels).mean()


def surprise_twice(scores, labels):
    return surprise(np.exp(logs_of(scores)), labels)


def surprise_of_scores(scores, labels):
    return -of_truth(scores, labels).mean()


def surprise_of_the_answer(scores, labels):
    return -logs_of(scores).max(axis=1).mean()


def surprise_held_at(scores, labels, least):
    chances = np.exp(of_truth(logs_of(scores), labels))
    return -np.log(np.maximum(chances, least)).mean()


def surprise_held_at_a_billionth(scores, labels):
    return surprise_held_at(scores, labels, 1e-9)


def surprise_held_at_12(scores, labels):
    return surprise_held_at(scores, labels, 1e-12)


def surprise_held_at_15(scores, labels):
    return surprise_held_at(scores, labels, 1e-15)


def step_down(weights, gradient, rate, decay):
    return weights - rate * (gradient + decay * weights)


def step_up(weights, gradient, rate, decay):
    return weights + rate * (gradient + decay * weights)


def step_grown(weights, gradient, rate, decay):
    return weights - rate * (gradient - decay * weights)


def step_up_but_braked(weights, gradient, rate, decay):
    return weights + rate * (gradient - decay * weights)


def step_without_brake(weights, gradient, rate, decay):
    return weights - rate * gradient


def step_brake_without_rate(weights, gradient, rate, decay):
    return weights - rate * gradient - decay * weights


def step_without_rate(weights, gradient, rate, decay):
    return weights - gradient - decay * weights


def step_rate_on_the_brake_alone(weights, gradient, rate, decay):
    return weights - gradient - rate * decay * weights


def step_braked_by_the_gradient(weights, gradient, rate, decay):
    return weights - rate * (1 + decay) * gradient


def step_brake_only(weights, gradient, rate, decay):
    return weights - rate * decay * weights


def step_brake_by_sign(weights, gradient, rate, decay):
    return weights - rate * (gradient + decay * np.sign(weights))


def step_brake_of_one_size(weights, gradient, rate, decay):
    return weights - rate * (gradient + decay)


def step_braked_afterwards(weights, gradient, rate, decay):
    return (weights - rate * gradient) * (1 - rate * decay)


def step_of_braked_slope(weights, gradient, rate, decay):
    return weights - rate * (1 - decay) * gradient


def step_multiplied(weights, gradient, rate, decay):
    return weights * (1 - rate * decay) * (1 - rate * gradient)


def step_the_change(weights, gradient, rate, decay):
    return -rate * (gradient + decay * weights)


def step_in_place(weights, gradient, rate, decay):
    weights -= rate * (gradient + decay * weights)
    return weights


def batches(orders, size):
    dealt = np.ravel(orders)
    full = dealt.size // size
    return dealt[: full * size].reshape(full, size)


def batches_within_rounds(orders, size):
    full = orders.shape[1] // size
    return orders[:, : full * size].reshape(-1, size)


def batches_of_columns(orders, size):
    return batches(orders.T, size)


def batches_first_round(orders, size):
    return batches(orders[0], size)


def batches_first_round_again(orders, size):
    return batches(np.tile(orders[0], len(orders)), size)


def batches_sorted(orders, size):
    return np.sort(batches(orders, size), axis=1)


def batches_in_order(orders, size):
    return batches(np.sort(orders, axis=1), size)


def batches_every_so_many(orders, size):
    dealt = np.ravel(orders)
    full = dealt.size // size
    return dealt[: full * size].reshape(size, full).T


def batches_with_the_rest(orders, size):
    dealt = np.ravel(orders)
    return np.resize(dealt, (-(-dealt.size // size), size))


def batches_turned(orders, size):
    return batches(orders, size).T


def batches_from_the_end(orders, size):
    dealt = np.ravel(orders)
    full = dealt.size // size
    return dealt[dealt.size - full * size :].reshape(full, size)


def batches_one_too_few(orders, size):
    return batches(orders, size)[:-1]


def walk(losses, patience, *, better):
    """Return the best number when the walk stops, and where it stops."""
    best = 0
    for number, loss in enumerate(losses):
        if number and better(loss, losses[best]):
            best = number
        elif number - best >= patience:
            return best, number
    return best, len(losses) - 1


def less(new, old):
    return new < old


def early(losses, patience):
    return walk(losses, patience, better=less)[0]


def early_the_stop(losses, patience):
    return walk(losses, patience, better=less)[1]


def early_the_last(losses, patience):
    return len(losses) - 1


def early_least_of_all(losses, patience):
    return int(np.argmin(losses))


def early_equal_counts(losses, patience):
    return walk(losses, patience, better=lambda new, old: new <= old)[0]


def early_one_less(losses, patience):
    return walk(losses, patience - 1, better=less)[0]


def early_one_more(losses, patience):
    return walk(losses, patience + 1, better=less)[0]


def early_from_1(losses, patience):
    return early(losses, patience) + 1


def early_largest(losses, patience):
    return walk(losses, patience, better=lambda new, old: new > old)[0]


def early_first_rise(losses, patience):
    for number in range(1, len(losses)):
        if losses[number] >= losses[number - 1]:
            return number - 1
    return len(losses) - 1


def early_rises_in_a_row(losses, patience):
    """Count the checks that are worse than the one before, not than the best."""
    rises = 0
    for number in range(1, len(losses)):
        rises = rises + 1 if losses[number] >= losses[number - 1] else 0
        if rises == patience:
            return int(np.argmin(losses[: number + 1]))
    return int(np.argmin(losses))


def early_count_goes_on(losses, patience):
    """Count all checks without a new best, whether in a row or not."""
    best, waited = 0, 0
    for number, loss in enumerate(losses):
        if loss < losses[best]:
            best = number
        elif number:
            waited += 1
        if waited == patience:
            break
    return best


def early_little_is_none(losses, patience):
    return walk(losses, patience, better=lambda new, old: new < old - 1e-3)[0]


def early_the_loss(losses, patience):
    return losses[early(losses, patience)]


EXERCISES = {
    "pixels": Exercise(
        task="Predict what a linear model of pixels gets right on textures",
        reference="about 0.2",
        choices=("about 0.2", "about 0.5", "about 0.8"),
        misconceptions={
            "about 0.5": "It has one weight for each place, and a texture has no fixed places.",
            "about 0.8": "It knows its own patches, but a texture has no fixed places.",
        },
        explanation="One weight for each place says nothing where places mean nothing.",
    ),
    "first_loss": Exercise(
        task="Predict the loss of equal scores for eight kinds",
        reference="log 8",
        choices=("0", "log 8", "8"),
        misconceptions={
            "0": "0 is the surprise of somebody who was certain, and right.",
            "8": "Each kind gets a chance of 1/8. What is minus the logarithm of that?",
        },
        explanation="A chance of 1/8 is a surprise of -log(1/8) = log 8.",
    ),
    "frozen": Exercise(
        task="Predict what 32 random, frozen kernels and a linear model get right",
        reference="about 0.75",
        choices=("about 0.2", "about 0.5", "about 0.75"),
        misconceptions={
            "about 0.2": "Random kernels ask random questions, but about neighbours, and at every"
            " place.",
            "about 0.5": "Better than that: 32 random questions about neighbours say a lot.",
        },
        explanation="The form of the network does most of it; learning adds the rest.",
    ),
    "moved": Exercise(
        task="Predict the accuracy on digits that moved by one pixel",
        reference="about 0.5",
        choices=("about 0.97", "about 0.8", "about 0.5"),
        misconceptions={
            "about 0.97": "The kernels are shared by all places; the last layer is not.",
            "about 0.8": "Worse: one pixel is an eighth of the picture, and the last layer has a"
            " weight for each place.",
        },
        explanation="Maps move with the picture; a last layer with a weight for each place does"
        " not.",
    ),
    "shuffled": Exercise(
        task="Predict what a network reaches on labels that were dealt by lot",
        reference="1.0 and 0.1",
        choices=("0.1 and 0.1", "1.0 and 0.1", "1.0 and 0.5"),
        misconceptions={
            "0.1 and 0.1": "There is nothing to learn, but a lot to learn by heart.",
            "1.0 and 0.5": "What it knows by heart says nothing of new digits.",
        },
        explanation="It has numbers enough to store 200 labels, and that helps nobody.",
    ),
    "more": Exercise(
        task="Predict with how many patches turned copies help most",
        reference="with 10 a kind",
        choices=("with 10 a kind", "with 100 a kind", "equally"),
        misconceptions={
            "with 100 a kind": "With a hundred of a kind, most of what copies would show is"
            " there already.",
            "equally": "The fewer pictures there are, the more is missing that copies can show.",
        },
        explanation="Copies stand in for pictures that are missing.",
    ),
    "output_size": Exercise(
        task="Count the places of a kernel",
        reference=output_size,
        cases={
            "3 pixels, kernel 3": (3, 3, 1, 0),
            "3 pixels, kernel 4, stride 2": (3, 4, 2, 0),
            "3 pixels, kernel 5": (3, 5, 1, 0),
            "3 pixels, kernel 5, frame 1": (3, 5, 1, 1),
            "3 pixels, kernel 5, frame 2": (3, 5, 1, 2),
            "32 pixels, kernel 4": (32, 4, 1, 0),
            "8 pixels, kernel 3, frame 2": (8, 3, 1, 2),
            "32 pixels, kernel 3, stride 2, frame 1": (32, 3, 2, 1),
            "10 pixels, kernel 4, stride 3, frame 5": (10, 4, 3, 5),
            "9 pixels, kernel 2, stride 2": (9, 2, 2, 0),
            "17 pixels, kernel 3, stride 5, frame 3": (17, 3, 5, 3),
        },
        misconceptions={
            size_without_one: "One is missing: a kernel as wide as the picture has one place.",
            size_below_0: "A kernel that fits nowhere has 0 places, not fewer.",
            size_rounded_up: "A place where the kernel hangs over does not count: round down.",
            size_no_frame: "The frame adds to the side, at both ends.",
            size_in_tiles: "Kernels overlap: count their places, not how many lie side by side.",
            size_kernel_kept: "The kernel itself takes room: the last place begins before the end.",
            size_of_starts: "That counts starts at which the kernel hangs over the end, too. Take"
            " its width off the side before you divide.",
            size_one_divided: "The 1 for the first place is divided with the rest. Add it after"
            " the division.",
            size_one_divided_below_0: "Two things: add the 1 after the division, not before; and"
            " a kernel that fits nowhere has 0 places, not fewer.",
            size_not_whole: "What does not fit is dropped: a whole number.",
            size_without_stride: "The stride skips places: divide by it.",
            size_of_all: "That is the number of places in the square. The side is asked for.",
            size_cut_to_0: "A kernel that is a little too large has no place; yours has one. Round"
            " down, not towards 0: -1 // 2 is -1.",
            size_no_frame_for_large_kernels: "A kernel larger than the picture may fit into the"
            " picture with its frame.",
            size_thinned_first: "The stride divides what the kernel leaves over: take the kernel"
            " off first.",
        },
        explanation="The last place less the first, over the stride, rounded down, and one.",
        steps=(
            "a side grows by the frame at both ends.",
            "the kernel's first pixel can move by what is left beside the kernel, in strides.",
        ),
    ),
    "parameters": Exercise(
        task="Count the numbers of a network",
        reference=parameters,
        cases={
            "one layer": ((1, 4), 3, 2),
            "two layers": ((1, 16, 32), 3, 8),
            "colour, kernel 5": ((3, 8, 16), 5, 10),
            "three layers, equal ones": ((2, 7, 7, 5), 2, 3),
        },
        misconceptions={
            parameters_no_biases: "Biases of kernels and offsets of the last layer are missing.",
            parameters_no_biases_of_kernels: "Each kernel has a bias.",
            parameters_no_offsets: "The last layer has an offset for each class.",
            parameters_flat_kernels: "A kernel looks at all channels of the layer before.",
            parameters_side_only: "A kernel is a square: side times side.",
            parameters_a_bias_each_channel: "A kernel has one bias, however many channels it sees.",
            parameters_a_bias_each_layer: "Each kernel has a bias of its own: one for each map, not"
            " one for the layer.",
            parameters_biases_before: "There is a bias for each map that comes *out* of a layer.",
            parameters_no_last_layer: "The last layer is missing: a weight for each mean and class,"
            " and an offset for each class.",
            parameters_last_as_kernels: "The last layer sees one mean of each map, not a square of"
            " it.",
            parameters_first_layer_left_out: "The first layer is missing.",
            parameters_widths_looked_up: "Two layers may have equally many channels: the layer"
            " before is the one before in place, not found by its width.",
            parameters_last_from_the_widest: "The last layer sees the maps of the layer before it,"
            " not those of the widest.",
            parameters_last_from_all: "The last layer sees the maps of the layer before it, not"
            " those of all layers.",
        },
        explanation="(side² x channels before + 1) x channels after, and the linear layer.",
        steps=(
            "one kernel: its square, times the channels before, and a bias.",
            "the last layer: (channels + 1) for each class.",
        ),
    ),
    "surprise": Exercise(
        task="Compute the mean surprise",
        reference=surprise,
        cases={
            "one row": (np.array([[0.0, 1, 2]]), np.array([2])),
            "a bad surprise": (FAR, np.array([1, 2])),
            "large scores": (LARGE, np.array([1, 0, 2])),
            "seven rows": (SCORES, NAMES),
        },
        misconceptions={
            surprise_overflows: "e to the 1000 is too large for a number, and e to the -1000 is 0."
            " Take the largest of each row off first.",
            surprise_without_minus: "The logarithm of a chance is negative: minus.",
            surprise_summed: "The mean, not the sum.",
            surprise_of_each: "One number: the mean of them.",
            surprise_of_all_summed: "Only the true class of each row counts.",
            surprise_in_bits: "The natural logarithm, not that to base 2.",
            surprise_of_the_mean: "First the logarithm of each, then the mean.",
            surprise_as_chance: "That is the mean chance. The logarithm is missing.",
            surprise_as_missing_chance: "Surprise is minus the logarithm of the chance, not 1 less"
            " the chance.",
            surprise_of_columns: "Chances sum to 1 in each row, not in each column.",
            surprise_of_one_sum: "Each row has a sum of its own.",
            surprise_twice: "The softmax was taken twice.",
            surprise_of_scores: "Scores are no logarithms of chances yet: take off the logarithm"
            " of the sum.",
            surprise_of_the_answer: "Not the class with the largest score: the true one.",
            surprise_held_at_a_billionth: "A chance cannot fall below 1e-9 in yours, so no"
            " surprise is beyond 21. Scores that are far apart make larger ones.",
            surprise_held_at_12: "A chance cannot fall below 1e-12 in yours, so no surprise is"
            " beyond 28. Scores that are far apart make larger ones.",
            surprise_held_at_15: "A chance cannot fall below 1e-15 in yours, so no surprise is"
            " beyond 35. Scores that are far apart make larger ones.",
        },
        explanation="The logarithm of the sum of a row, less the score of the true class.",
        steps=(
            "take the largest score off each row: the chances stay.",
            "log chance = score less the logarithm of the row's sum of e to the scores.",
        ),
    ),
    "step_down": Exercise(
        task="Take a step down, with a brake",
        reference=step_down,
        cases={
            "two weights, one steep slope": (np.array([1.0, -2]), np.array([25.0, 4]), 0.1, 0.2),
            "no brake": (WEIGHTS, SLOPES, 0.3, 0.0),
            "no slope": (WEIGHTS, np.zeros((3, 4)), 0.5, 0.1),
            "a matrix": (WEIGHTS, SLOPES, 0.05, 3.0),
        },
        misconceptions={
            step_up: "That is uphill: minus.",
            step_grown: "The brake pushes away from 0: it needs a minus too.",
            step_up_but_braked: "That is uphill: minus for the gradient.",
            step_without_brake: "The brake is missing.",
            step_brake_without_rate: "The rate belongs to the brake as well.",
            step_without_rate: "The rate is missing.",
            step_rate_on_the_brake_alone: "The rate belongs to the gradient as well.",
            step_braked_by_the_gradient: "The brake pulls by the weights, not by the gradient.",
            step_brake_only: "The gradient is missing.",
            step_brake_by_sign: "The brake grows with the weight itself, not with its sign.",
            step_brake_of_one_size: "The brake is decay times *the weight*.",
            step_braked_afterwards: "The brake acts on the given weights, not on the new ones.",
            step_of_braked_slope: "The brake pulls at the weights, not at the gradient.",
            step_multiplied: "Take off; do not multiply by what is left.",
            step_the_change: "That is the change. Add it to the weights.",
        },
        explanation="weights - rate * (gradient + decay * weights)",
        steps=("the pull of the brake is decay times the weights.", "the rate is for both."),
    ),
    "batches": Exercise(
        task="Deal out rounds in batches",
        reference=batches,
        cases={
            "three pictures, batches of 2": (FEW, 2),
            "nothing left over": (ROUNDS[:2], 7),
            "seven pictures, batches of 3": (ROUNDS, 3),
            "larger than a round": (ROUNDS, 11),
        },
        misconceptions={
            batches_within_rounds: "The rest of a round is lost: complete the batch from the next.",
            batches_of_columns: "Round after round: row by row, not column by column.",
            batches_first_round: "Only the first round was dealt.",
            batches_first_round_again: "Each round has an order of its own.",
            batches_sorted: "Keep the order within a batch.",
            batches_in_order: "Keep the order of the rounds.",
            batches_every_so_many: "A batch holds neighbours in the line, not every so many.",
            batches_with_the_rest: "The last batch is not full: leave it out.",
            batches_turned: "A row is a batch, not a column.",
            batches_from_the_end: "What is left over is the end, not the beginning.",
            batches_one_too_few: "One full batch is missing.",
        },
        explanation="All rounds end to end, cut into equal pieces; the rest waits.",
        steps=("`ravel` lays the rows end to end.", "as many batches as go in whole."),
    ),
    "early": Exercise(
        task="Stop early",
        reference=early,
        cases={
            "rises at once": (np.array([1000.0, 2000, 3000, 0]), 2),
            "falls to the end, at last hardly": (
                np.array([4000.0, 3000, 2999.9999, 2999.9998]),
                2,
            ),
            "patience of one": (np.array([3.0, 2, 2.5, 1]), 1),
            "never stops": (np.array([3.0, 1, 2, 2.5]), 5),
            "a late best is not seen": (np.array([5.0, 3, 4, 3.5, 6, 1]), 3),
            "equal ones": (np.array([5.0, 2, 2, 2, 3, 1]), 3),
            "down again, yet not below": (np.array([5.0, 2, 4, 3, 2.5, 1]), 3),
            "a best within patience": (np.array([5.0, 3, 4, 2, 6, 7, 1]), 2),
            "two bests with one check between": (np.array([5.0, 6, 4, 6, 3, 7, 2]), 2),
            "a lower one after the stop": (np.array([5.0, 3, 4, 6, 7, 8, 1, 2]), 2),
        },
        misconceptions={
            early_the_stop: "That is where it stops. Return the best one before.",
            early_the_last: "That is the last check. Return the best one.",
            early_least_of_all: "That is the least of *all* losses. Checks after the stop are never"
            " made, so `patience` decides which of them count.",
            early_equal_counts: "An equal loss is no new least one.",
            early_one_less: "It stops one check too early.",
            early_one_more: "It stops one check too late.",
            early_from_1: "Checks are counted from 0.",
            early_largest: "The least loss is the best.",
            early_first_rise: "One rise does not stop it: only `patience` checks without a new"
            " least loss.",
            early_rises_in_a_row: "Compare with the best so far, not with the check before.",
            early_count_goes_on: "`patience` checks *in a row*: a new least loss begins the count"
            " anew.",
            early_little_is_none: "A smaller loss is a new least one, however little is gained.",
            early_the_loss: "That is the loss. Its number is asked for.",
        },
        explanation="The best so far, and how long ago it was.",
        steps=(
            "keep the number of the best; a smaller loss replaces it.",
            "if the best is `patience` checks ago, stop.",
        ),
    ),
}
