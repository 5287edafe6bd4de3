"""Other right and wrong answers to the exercises of lesson 20."""

import numpy as np

from helpers.exercises import lesson_20 as lesson


def prepare_step_by_step(picture):
    picture = picture * 255.0 if picture.dtype != np.uint8 else picture / 1.0
    rows, columns = picture.shape[:2]
    if rows > columns:
        picture = picture[(rows - columns) // 2 :][:columns]
    else:
        picture = picture[:, (columns - rows) // 2 :][:, :rows]
    if picture.ndim == 2:
        picture = np.dstack([picture, picture, picture])
    return picture / 128 - 127 / 128


def prepare_by_repeat(picture):
    levels = picture.astype(np.float64)
    if picture.dtype.kind == "f":
        levels = 255 * levels
    side = min(levels.shape[0], levels.shape[1])
    top, left = (levels.shape[0] - side) // 2, (levels.shape[1] - side) // 2
    square = levels[top : top + side, left : left + side]
    if square.ndim < 3:
        square = np.repeat(square[:, :, None], 3, axis=2)
    return (square - 127) / 128


def prepare_as_it_comes(picture):
    side = min(picture.shape[:2])
    top, left = (picture.shape[0] - side) // 2, (picture.shape[1] - side) // 2
    square = picture[top : top + side, left : left + side]
    square = np.dstack([square] * 3) if square.ndim == 2 else square
    return square / 128.0 - 127 / 128


def prepare_full_frame(picture):
    levels = picture * 255.0 if picture.dtype != np.uint8 else picture * 1.0
    levels = np.dstack([levels] * 3) if levels.ndim == 2 else levels
    return (levels - 127) / 128


def standardise_by_loop(known, new):
    result = np.zeros(new.shape)
    for column in range(new.shape[1]):
        values = known[:, column]
        result[:, column] = (new[:, column] - values.mean()) / (values.std() + 0.05)
    return result


def standardise_by_squares(known, new):
    mean = known.sum(axis=0) / len(known)
    sd = np.sqrt(((known - mean) ** 2).mean(axis=0))
    return (new - mean) / (sd + 0.05)


def standardise_each_its_own(known, new):
    return (new - new.mean(0)) / (new.std(0) + 0.05)


def standardise_stacked(known, new):
    both = np.concatenate([known, new])
    return (new - both.mean(0)) / (both.std(0) + 0.05)


def ridge_small_system(rows, targets, new, strength):
    inner = rows @ rows.T + strength * np.eye(len(rows))
    return new @ (rows.T @ np.linalg.solve(inner, targets))


def ridge_by_stacking(rows, targets, new, strength):
    d = rows.shape[1]
    below = np.vstack([rows, np.sqrt(strength) * np.eye(d)])
    right = np.vstack([targets, np.zeros((d, targets.shape[1]))])
    return new @ np.linalg.lstsq(below, right, rcond=None)[0]


def ridge_by_lstsq(rows, targets, new, strength):
    return new @ np.linalg.lstsq(rows, targets, rcond=None)[0]


def ridge_plus_number(rows, targets, new, strength):
    return new @ np.linalg.inv(rows.T @ rows + strength) @ rows.T @ targets


def split_with_a_set(sources, share):
    held = set()
    for name in sorted(set(sources.tolist())):
        if sum(source in held for source in sources) >= share * len(sources):
            break
        held.add(name)
    return [source in held for source in sources]


def split_by_sums(sources, share):
    names, counts = np.unique(sources, return_counts=True)
    before = np.cumsum(counts) - counts
    return np.isin(sources, names[before < share * len(sources)])


def split_a_share_of_names(sources, share):
    names = sorted(set(sources.tolist()))
    chosen = names[: int(np.ceil(share * len(names)))]
    return np.array([source in chosen for source in sources])


def split_head(sources, share):
    held = np.zeros(len(sources), bool)
    held[: int(np.ceil(share * len(sources)))] = True
    return held


def leaks_by_loop(train, test, size):
    count = 0
    for row, column in test:
        for r, c in train:
            if abs(row - r) < size and abs(column - c) < size:
                count += 1
                break
    return count


def leaks_by_painting(train, test, size):
    painted = np.zeros((200, 200), bool)
    for row, column in train:
        painted[row : row + size, column : column + size] = True
    return sum(painted[r : r + size, c : c + size].any() for r, c in test)


def leaks_by_loop_over_pairs(train, test, size):
    return sum(
        abs(a - r) < size and abs(b - c) < size for a, b in test.tolist() for r, c in train.tolist()
    )


def leaks_up_to_size(train, test, size):
    apart = np.abs(test[:, None, :] - train[None, :, :]).max(axis=2)
    return np.sum(apart.min(axis=1) <= size)


def curve_by_loop(right, of):
    rows = []
    for column in right.T:
        shares = [count / of for count in column]
        mean = sum(shares) / len(shares)
        rows.append([mean, (sum((s - mean) ** 2 for s in shares) / (len(shares) - 1)) ** 0.5])
    return rows


def curve_stacked(right, of):
    return np.stack([right.mean(0) / of, np.std(right, axis=0, ddof=1) / of], axis=1)


def curve_numpy_sd(right, of):
    return np.stack([right.mean(0) / of, right.std(0) / of], axis=1)


def curve_of_means(right, of):
    shares = right / of
    error = shares.std(0, ddof=1) / len(shares) ** 0.5
    return np.stack([shares.mean(0), error], axis=-1)


ACCEPTED = {
    "prepare": (prepare_step_by_step, prepare_by_repeat),
    "standardise": (standardise_by_loop, standardise_by_squares),
    "ridge": (ridge_small_system, ridge_by_stacking),
    "split_by_source": (split_with_a_set, split_by_sums),
    "leaks": (leaks_by_loop, leaks_by_painting),
    "curve": (curve_by_loop, curve_stacked),
}

VARIANTS = {
    "prepare": {
        prepare_as_it_comes: lesson.prepare_not_scaled,
        prepare_full_frame: lesson.prepare_whole,
    },
    "standardise": {
        standardise_each_its_own: lesson.standard_by_new,
        standardise_stacked: lesson.standard_by_both,
    },
    "ridge": {
        ridge_by_lstsq: lesson.ridge_without,
        ridge_plus_number: lesson.ridge_everywhere,
    },
    "split_by_source": {
        split_a_share_of_names: lesson.split_share_of_sources,
        split_head: lesson.split_first_pictures,
    },
    "leaks": {
        leaks_by_loop_over_pairs: lesson.leaks_pairs,
        leaks_up_to_size: lesson.leaks_touching,
    },
    "curve": {
        curve_numpy_sd: lesson.curve_n,
        curve_of_means: lesson.curve_error,
    },
}
