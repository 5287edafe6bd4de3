"""Other right and wrong answers to the exercises of lesson 19."""

from itertools import pairwise

import numpy as np
from scipy.special import logsumexp, softmax

from helpers.exercises import lesson_19 as lesson


def size_by_counting(n, kernel, stride, padding):
    return sum(1 for _ in range(-padding, n + padding - kernel + 1, stride))


def size_by_floor(n, kernel, stride, padding):
    places = int(np.floor((n + 2 * padding - kernel) / stride)) + 1
    return places if places > 0 else 0


def size_by_ceil(n, kernel, stride, padding):
    return int(np.ceil((n + 2 * padding - kernel) / stride)) + 1


def size_by_floor_alone(n, kernel, stride, padding):
    return int(np.floor((n + 2 * padding - kernel) / stride))


def parameters_by_loop(widths, kernel, classes):
    total = 0
    for i in range(1, len(widths)):
        total += kernel * kernel * widths[i - 1] * widths[i] + widths[i]
    return total + widths[-1] * classes + classes


def parameters_by_shapes(widths, kernel, classes):
    shapes = []
    for a, b in pairwise(widths):
        shapes += [(kernel, kernel, a, b), (b,)]
    shapes += [(widths[-1], classes), (classes,)]
    return int(sum(np.prod(shape) for shape in shapes))


def parameters_by_loop_flat(widths, kernel, classes):
    total = sum(kernel**2 * w + w for w in widths[1:])
    return total + widths[-1] * classes + classes


def parameters_by_loop_without_biases(widths, kernel, classes):
    total = 0
    for i in range(1, len(widths)):
        total += kernel * kernel * widths[i - 1] * widths[i]
    return total + widths[-1] * classes


def surprise_by_scipy(scores, labels):
    right = np.take_along_axis(scores, labels[:, None], axis=1)[:, 0]
    return np.mean(logsumexp(scores, axis=1) - right)


def surprise_by_loop(scores, labels):
    total = 0.0
    for row, label in zip(scores, labels, strict=True):
        top = max(row)
        total += np.log(sum(np.exp(s - top) for s in row)) + top - row[label]
    return total / len(labels)


def surprise_by_softmax_twice(scores, labels):
    chances = softmax(softmax(scores, axis=1), axis=1)
    return -np.mean(np.log(chances[np.arange(len(labels)), labels]))


def surprise_by_softmax_of_all(scores, labels):
    return np.mean(logsumexp(scores) - scores[range(len(labels)), labels])


def step_by_parts(weights, gradient, rate, decay):
    shrunk = weights * (1 - rate * decay)
    return shrunk - rate * gradient


def step_in_a_copy(weights, gradient, rate, decay):
    new = weights.copy()
    new -= rate * gradient
    new -= rate * decay * weights
    return new


def step_in_a_copy_twice(weights, gradient, rate, decay):
    new = weights.copy()
    new -= rate * gradient
    new -= rate * decay * new
    return new


def step_decay_apart(weights, gradient, rate, decay):
    return (1 - decay) * weights - rate * gradient


def batches_by_loop(orders, size):
    line = [int(number) for order in orders for number in order]
    dealt = [line[i : i + size] for i in range(0, len(line) - size + 1, size)]
    return np.array(dealt, int).reshape(-1, size)


def batches_by_split(orders, size):
    dealt = np.concatenate(list(orders))
    return np.array(np.split(dealt[: len(dealt) // size * size], len(dealt) // size))


def batches_by_sorted_loop(orders, size):
    line = [int(number) for order in orders for number in order]
    starts = range(0, len(line) - size + 1, size)
    return [sorted(line[start : start + size]) for start in starts]


def batches_with_fortran(orders, size):
    dealt = orders.ravel(order="F")
    return dealt[: len(dealt) // size * size].reshape(-1, size)


def early_by_counting(losses, patience):
    best, at, waited = np.inf, 0, 0
    for number, loss in enumerate(losses):
        if loss < best:
            best, at, waited = loss, number, 0
        else:
            waited += 1
        if waited == patience:
            break
    return at


def early_by_minima(losses, patience):
    least = np.minimum.accumulate(losses)
    for number in range(patience, len(losses)):
        if least[number] == least[number - patience]:
            return int(np.argmin(losses[: number + 1]))
    return int(np.argmin(losses))


def early_by_counting_from_1(losses, patience):
    best, at, waited = np.inf, 0, 0
    for number, loss in enumerate(losses, 1):
        if loss < best:
            best, at, waited = loss, number, 0
        else:
            waited += 1
        if waited == patience:
            break
    return at


def early_by_counting_equal(losses, patience):
    best, at, waited = np.inf, 0, 0
    for number, loss in enumerate(losses):
        if loss <= best:
            best, at, waited = loss, number, 0
        else:
            waited += 1
        if waited == patience:
            break
    return at


ACCEPTED = {
    "output_size": (size_by_counting, size_by_floor),
    "parameters": (parameters_by_loop, parameters_by_shapes),
    "surprise": (surprise_by_scipy, surprise_by_loop),
    "step_down": (step_by_parts, step_in_a_copy),
    "batches": (batches_by_loop, batches_by_split),
    "early": (early_by_counting, early_by_minima),
}

VARIANTS = {
    "output_size": {
        size_by_ceil: lesson.size_rounded_up,
        size_by_floor_alone: lesson.size_without_one,
    },
    "parameters": {
        parameters_by_loop_flat: lesson.parameters_flat_kernels,
        parameters_by_loop_without_biases: lesson.parameters_no_biases,
    },
    "surprise": {
        surprise_by_softmax_twice: lesson.surprise_twice,
        surprise_by_softmax_of_all: lesson.surprise_of_one_sum,
    },
    "step_down": {
        step_in_a_copy_twice: lesson.step_braked_afterwards,
        step_decay_apart: lesson.step_brake_without_rate,
    },
    "batches": {
        batches_by_sorted_loop: lesson.batches_sorted,
        batches_with_fortran: lesson.batches_of_columns,
    },
    "early": {
        early_by_counting_from_1: lesson.early_from_1,
        early_by_counting_equal: lesson.early_equal_counts,
    },
}
