"""Exercises of lesson 17: walks, returns, TD updates, n-step targets, holes, counted models."""

from itertools import pairwise

import numpy as np

from helpers.exercises import Exercise

RNG = np.random.default_rng(17)
FIVE = np.array([0.5, 0.2, 0.9, 0.4, 0.7])
EIGHT = RNG.uniform(-2, 3, 8)
LONG = np.array([3, 1, 4, 1, 5, 5, 2, 6, 3, 5])
PAID = np.array([1.0, -2, 0.5, 3, 0, 2, -1, 4, 1.5, 2])
SLOPE = np.add.outer([10.0, 20, 40], [0, 1, 5, 9])
GREYS = RNG.integers(0, 256, (5, 6)).astype(np.uint8)
GREYS[1, 2:4] = 0
SPOTS = RNG.random((6, 7)) < 0.55


def walk(states, coins):
    place = states // 2 + 1
    found = [place]
    for coin in coins:
        if place in (0, states + 1):
            break
        place += 1 if coin else -1
        found.append(place)
    return found


def walk_without_the_end(states, coins):
    return [place for place in walk(states, coins) if 0 < place < states + 1]


def walk_past_the_end(states, coins):
    return [states // 2 + 1, *(states // 2 + 1 + np.cumsum(2 * np.asarray(coins) - 1)).tolist()]


def walk_ends_one_too_early(states, coins):
    found = walk(states, coins)
    outer = [at for at, place in enumerate(found) if place in (1, states)]
    return found[: outer[0] + 1] if outer else found


def walk_numbered_from_0(states, coins):
    return [place - 1 for place in walk(states, coins)]


def walk_from_the_left_of_the_middle(states, coins):
    place = states // 2
    found = [place]
    for coin in coins:
        if place in (0, states + 1):
            break
        place += 1 if coin else -1
        found.append(place)
    return found


def walk_without_the_start(states, coins):
    return walk(states, coins)[1:]


def walk_0_stays(states, coins):
    place = states // 2 + 1
    found = [place]
    for coin in coins:
        if place in (0, states + 1):
            break
        place += coin
        found.append(place)
    return found


def walk_turned_round(states, coins):
    return walk(states, [1 - coin for coin in coins])


def walk_last_place(states, coins):
    return walk(states, coins)[-1]


def walk_as_moves(states, coins):
    return np.diff(walk(states, coins)).tolist()


def walk_right_end_only(states, coins):
    place = states // 2 + 1
    found = [place]
    for coin in coins:
        if place == states + 1:
            break
        place += 1 if coin else -1
        found.append(place)
    return found


def walk_left_end_only(states, coins):
    place = states // 2 + 1
    found = [place]
    for coin in coins:
        if place == 0:
            break
        place += 1 if coin else -1
        found.append(place)
    return found


def walk_stands_at_the_end(states, coins):
    found = walk(states, coins)
    return found + [found[-1]] * (len(coins) + 1 - len(found))


def returns(rewards, discount):
    found, ahead = np.zeros(len(rewards)), 0.0
    for place in range(len(rewards) - 1, -1, -1):
        ahead = rewards[place] + discount * ahead
        found[place] = ahead
    return found


def returns_from_the_start(rewards, discount):
    weights = discount ** np.arange(len(rewards))
    return np.cumsum((weights * rewards)[::-1])[::-1]


def returns_without_their_own(rewards, discount):
    return np.append(returns(rewards, discount)[1:], 0)


def returns_without_their_own_discounted(rewards, discount):
    return discount * np.append(returns(rewards, discount)[1:], 0)


def returns_so_far(rewards, discount):
    found, total = [], 0.0
    for reward in rewards:
        total = reward + discount * total
        found.append(total)
    return np.array(found)


def returns_sums_so_far(rewards, discount):
    return np.cumsum(rewards)


def returns_undiscounted(rewards, discount):
    return returns(rewards, 1.0)


def returns_own_discounted(rewards, discount):
    return discount * returns(rewards, discount)


def returns_next_alone(rewards, discount):
    return rewards + discount * np.append(rewards[1:], 0)


def returns_from_the_end_first(rewards, discount):
    return returns(rewards, discount)[::-1]


def returns_whole(rewards, discount):
    found = np.zeros_like(rewards)
    for at in range(len(rewards))[::-1]:
        found[at] = rewards[at] + (discount * found[at + 1] if at + 1 < len(rewards) else 0)
    return found


def returns_one_number(rewards, discount):
    return returns(rewards, discount)[0]


def returns_same_for_all(rewards, discount):
    return np.full(len(rewards), returns(rewards, discount)[0])


def returns_one_discount_for_all_later(rewards, discount):
    later = np.append(returns(rewards, 1.0)[1:], 0)
    return rewards + discount * later


def returns_by_the_distance_to_the_end(rewards, discount):
    weights = discount ** np.arange(len(rewards))[::-1]
    return np.cumsum((weights * rewards)[::-1])[::-1]


def returns_divided(rewards, discount):
    return returns(rewards, discount) / np.arange(len(rewards), 0, -1)


def returns_cut_at_the_end(rewards, discount):
    return np.trunc(returns(rewards, discount))


def td_loop(values, path, rewards, target, step):
    """Move the value of each visit in turn towards what `target` says."""
    values, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = 0.0 if place == last else values[path[place + 1]]
        values[state] += step * (target(values, place, after) - values[state])
    return values


def td_update(values, path, rewards, step, discount):
    return td_loop(values, path, rewards, lambda _, at, after: rewards[at] + discount * after, step)


def td_by_returns(values, path, rewards, step, discount):
    told = returns(rewards, discount)
    return td_loop(values, path, rewards, lambda _, at, after: told[at], step)


def td_all_from_old(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = 0.0 if place == last else values[path[place + 1]]
        new[state] += step * (rewards[place] + discount * after - values[state])
    return new


def td_ahead_from_old(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = 0.0 if place == last else values[path[place + 1]]
        new[state] += step * (rewards[place] + discount * after - new[state])
    return new


def td_own_not_taken_off(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = 0.0 if place == last else new[path[place + 1]]
        new[state] += step * (rewards[place] + discount * after)
    return new


def td_replaced(values, path, rewards, step, discount):
    return td_update(values, path, rewards, 1.0, discount)


def td_end_keeps_a_value(values, path, rewards, step, discount):
    return td_loop(
        values,
        path,
        rewards,
        lambda now, at, after: (
            rewards[at] + discount * (now[path[at]] if at == len(path) - 1 else after)
        ),
        step,
    )


def td_end_is_the_first(values, path, rewards, step, discount):
    return td_loop(
        values,
        path,
        rewards,
        lambda now, at, after: rewards[at] + discount * now[path[(at + 1) % len(path)]],
        step,
    )


def td_last_visit_left_out(values, path, rewards, step, discount):
    new = np.array(values, float)
    for place in range(len(path) - 1):
        target = rewards[place] + discount * new[path[place + 1]]
        new[path[place]] += step * (target - new[path[place]])
    return new


def td_undiscounted(values, path, rewards, step, discount):
    return td_update(values, path, rewards, step, 1.0)


def td_reward_discounted(values, path, rewards, step, discount):
    return td_loop(
        values, path, rewards, lambda _, at, after: discount * (rewards[at] + after), step
    )


def td_without_rewards(values, path, rewards, step, discount):
    return td_loop(
        values,
        path,
        rewards,
        lambda _, at, after: discount * after + (rewards[at] if at == len(path) - 1 else 0),
        step,
    )


def td_without_any_reward(values, path, rewards, step, discount):
    return td_loop(values, path, rewards, lambda _, at, after: discount * after, step)


def td_from_the_end(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place in range(last, -1, -1):
        after = 0.0 if place == last else new[path[place + 1]]
        new[path[place]] += step * (rewards[place] + discount * after - new[path[place]])
    return new


def td_moves_the_next(values, path, rewards, step, discount):
    new = np.array(values, float)
    for place in range(len(path) - 1):
        target = rewards[place] + discount * new[path[place + 1]]
        new[path[place + 1]] += step * (target - new[path[place + 1]])
    return new


def td_reward_of_the_next(values, path, rewards, step, discount):
    later = np.append(rewards[1:], rewards[-1])
    return td_update(values, path, later, step, discount)


def td_wrong_sign(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = 0.0 if place == last else new[path[place + 1]]
        new[state] -= step * (rewards[place] + discount * after - new[state])
    return new


def td_place_for_state(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place in range(last + 1):
        after = 0.0 if place == last else new[(place + 1) % new.size]
        at = place % new.size
        new[at] += step * (rewards[place] + discount * after - new[at])
    return new


def td_next_number(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = 0.0 if place == last else new[(state + 1) % new.size]
        new[state] += step * (rewards[place] + discount * after - new[state])
    return new


def td_next_by_time(values, path, rewards, step, discount):
    new, last = np.array(values, float), len(path) - 1
    for place, state in enumerate(path):
        after = new[place + 1] if place < min(last, len(new) - 1) else 0.0
        new[state] += step * (rewards[place] + discount * after - new[state])
    return new


def n_step_targets(values, path, rewards, n, discount):
    found = np.zeros(len(path))
    for place in range(len(path)):
        for later, reward in enumerate(rewards[place : place + n]):
            found[place] += discount**later * reward
        if place + n < len(path):
            found[place] += discount**n * values[path[place + n]]
    return found


def targets(values, path, rewards, n, discount, *, power=None, seen=None, paid=None):
    """Return targets with another power, another state or another number of rewards."""
    power, paid = n if power is None else power, n if paid is None else paid
    found, ahead = np.zeros(len(path)), n if seen is None else seen
    for place in range(len(path)):
        for later, reward in enumerate(rewards[place : place + paid]):
            found[place] += discount**later * reward
        if place + ahead < len(path):
            found[place] += discount**power * values[path[place + ahead]]
    return found


def targets_one_reward_more(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, paid=n + 1)


def targets_one_reward_less(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, paid=n - 1)


def targets_value_one_too_early(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, seen=n - 1)


def targets_value_one_too_late(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, seen=n + 1)


def targets_value_undiscounted(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, power=0)


def targets_value_once_discounted(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, power=1)


def targets_value_discounted_once_more(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, power=n + 1)


def targets_value_discounted_once_less(values, path, rewards, n, discount):
    return targets(values, path, rewards, n, discount, power=n - 1)


def targets_undiscounted(values, path, rewards, n, discount):
    return n_step_targets(values, path, rewards, n, 1.0)


def targets_rewards_undiscounted(values, path, rewards, n, discount):
    found = n_step_targets(0 * values, path, rewards, n, 1.0)
    return found + n_step_targets(values, path, 0 * rewards, n, discount)


def targets_without_values(values, path, rewards, n, discount):
    return n_step_targets(0 * values, path, rewards, n, discount)


def targets_without_rewards(values, path, rewards, n, discount):
    return n_step_targets(values, path, 0 * rewards, n, discount)


def targets_whole_returns(values, path, rewards, n, discount):
    return returns(rewards, discount)


def targets_one_step(values, path, rewards, n, discount):
    return n_step_targets(values, path, rewards, 1, discount)


def targets_last_value_at_the_end(values, path, rewards, n, discount):
    found = n_step_targets(values, path, rewards, n, discount)
    for place in range(max(len(path) - n, 0), len(path)):
        found[place] += discount ** (len(path) - place) * values[path[-1]]
    return found


def targets_last_state_for_all_beyond(values, path, rewards, n, discount):
    found = n_step_targets(values, path, rewards, n, discount)
    for place in range(max(len(path) - n, 0), len(path)):
        found[place] += discount**n * values[path[-1]]
    return found


def targets_place_for_state(values, path, rewards, n, discount):
    found = n_step_targets(0 * values, path, rewards, n, discount)
    for place in range(len(path) - n):
        found[place] += discount**n * values[(place + n) % values.size]
    return found


def targets_discounts_from_the_start(values, path, rewards, n, discount):
    found = np.zeros(len(path))
    for place in range(len(path)):
        for later in range(place, min(place + n, len(path))):
            found[place] += discount**later * rewards[later]
        if place + n < len(path):
            found[place] += discount ** (place + n) * values[path[place + n]]
    return found


def targets_first_n_rewards(values, path, rewards, n, discount):
    found = n_step_targets(values, path, 0 * rewards, n, discount)
    return found + np.sum(discount ** np.arange(len(rewards[:n])) * rewards[:n])


def targets_reward_of_the_next(values, path, rewards, n, discount):
    return n_step_targets(values, path, np.append(rewards[1:], 0), n, discount)


def targets_errors(values, path, rewards, n, discount):
    return n_step_targets(values, path, rewards, n, discount) - values[np.asarray(path)]


def targets_whole(values, path, rewards, n, discount):
    return n_step_targets(values, path, rewards, n, discount).astype(rewards.dtype)


def neighbour_sums(picture):
    """Return the sum over the four neighbours inside the picture."""
    framed = np.pad(np.asarray(picture, float), 1)
    return framed[:-2, 1:-1] + framed[2:, 1:-1] + framed[1:-1, :-2] + framed[1:-1, 2:]


def sweep(picture, unknown):
    means = neighbour_sums(picture) / neighbour_sums(np.ones(picture.shape))
    return np.where(unknown, means, picture)


def sweep_known_too(picture, unknown):
    return sweep(picture, np.ones(unknown.shape, bool))


def sweep_mask_turned(picture, unknown):
    return sweep(picture, ~unknown)


def sweep_in_place(picture, unknown):
    found = picture.astype(float)
    for row, column in np.argwhere(unknown):
        found[row, column] = sweep(found, unknown)[row, column]
    return found


def sweep_itself_too(picture, unknown):
    total = neighbour_sums(picture) + picture
    return np.where(unknown, total / (neighbour_sums(np.ones(picture.shape)) + 1), picture)


def sweep_wraps(picture, unknown):
    rolled = [np.roll(picture.astype(float), s, axis) for s in (1, -1) for axis in (0, 1)]
    return np.where(unknown, np.mean(rolled, axis=0), picture)


def all_round(picture):
    framed, total = np.pad(np.asarray(picture, float), 1), 0.0
    rows, columns = picture.shape
    for down in range(3):
        for right in range(3):
            total = total + framed[down : down + rows, right : right + columns]
    return total - picture


def sweep_eight_neighbours(picture, unknown):
    means = all_round(picture) / all_round(np.ones(picture.shape))
    return np.where(unknown, means, picture)


def sweep_nine(picture, unknown):
    means = (all_round(picture) + picture) / (all_round(np.ones(picture.shape)) + 1)
    return np.where(unknown, means, picture)


def sweep_always_by_four(picture, unknown):
    return np.where(unknown, neighbour_sums(picture) / 4, picture)


def sweep_edge_repeated(picture, unknown):
    framed = np.pad(picture.astype(float), 1, mode="edge")
    total = framed[:-2, 1:-1] + framed[2:, 1:-1] + framed[1:-1, :-2] + framed[1:-1, 2:]
    return np.where(unknown, total / 4, picture)


def sweep_mirrored(picture, unknown):
    framed = np.pad(picture.astype(float), 1, mode="reflect")
    total = framed[:-2, 1:-1] + framed[2:, 1:-1] + framed[1:-1, :-2] + framed[1:-1, 2:]
    return np.where(unknown, total / 4, picture)


def sweep_known_neighbours_only(picture, unknown):
    known = np.where(unknown, 0, picture)
    count = neighbour_sums(~unknown)
    means = neighbour_sums(known) / np.maximum(count, 1)
    return np.where(unknown & (count > 0), means, picture)


def sweep_unknown_as_zero(picture, unknown):
    return sweep(np.where(unknown, 0, picture), unknown)


def sweep_sum(picture, unknown):
    return np.where(unknown, neighbour_sums(picture), picture)


def sweep_whole_numbers(picture, unknown):
    return np.trunc(sweep(picture, unknown))


def sweep_rounded(picture, unknown):
    return np.rint(sweep(picture, unknown))


def sweep_zeros_not_counted(picture, unknown):
    counts = neighbour_sums(picture != 0)
    return np.where(unknown, neighbour_sums(picture) / np.maximum(counts, 1), picture)


def sweep_border_left_alone(picture, unknown):
    inner = np.zeros(unknown.shape, bool)
    inner[1:-1, 1:-1] = True
    return sweep(picture, unknown & inner)


def sweep_means_alone(picture, unknown):
    return sweep(picture, unknown)[unknown]


def sweep_unchanged(picture, unknown):
    return picture.astype(float)


def counted(paths, ends, states):
    """Return the counts of moves and visits, and what was paid in each state."""
    counts, paid, visits = np.zeros((states, states)), np.zeros(states), np.zeros(states)
    for path, end in zip(paths, ends, strict=True):
        for now, after in pairwise(path):
            counts[now, after] += 1
        paid[path[-1]] += end
        for state in path:
            visits[state] += 1
    return counts, paid, visits


def model_values(paths, ends, states):
    counts, paid, visits = counted(paths, ends, states)
    seen, values = visits > 0, np.full(states, np.nan)
    values[seen] = np.linalg.solve((np.diag(visits) - counts)[np.ix_(seen, seen)], paid[seen])
    return values


def model_mean_returns(paths, ends, states):
    values = np.full(states, np.nan)
    for state in range(states):
        told = [end for path, end in zip(paths, ends, strict=True) for s in path if s == state]
        values[state] = np.mean(told) if told else np.nan
    return values


def model_first_visits(paths, ends, states):
    values = np.full(states, np.nan)
    for state in range(states):
        told = [end for path, end in zip(paths, ends, strict=True) if state in path]
        values[state] = np.mean(told) if told else np.nan
    return values


def model_never_seen_0(paths, ends, states):
    counts, paid, visits = counted(paths, ends, states)
    return np.linalg.solve(np.diag(np.maximum(visits, 1)) - counts, paid)


def model_paid_alone(paths, ends, states):
    _, paid, visits = counted(paths, ends, states)
    with np.errstate(invalid="ignore"):
        return paid / visits


def model_mean_of_ends(paths, ends, states):
    values = np.full(states, np.nan)
    for state in range(states):
        told = [end for path, end in zip(paths, ends, strict=True) if path[-1] == state]
        values[state] = np.mean(told) if told else np.nan
    return values


def model_moves_once(paths, ends, states):
    counts, paid, visits = counted(paths, ends, states)
    often = counts.sum(axis=1)
    stops = visits - often
    kinds = (counts > 0).sum(axis=1) + (stops > 0)
    seen, values = visits > 0, np.full(states, np.nan)
    shares = (counts > 0)[seen][:, seen] / kinds[seen, None]
    told = np.where(stops > 0, paid / np.maximum(stops, 1), 0)[seen] / kinds[seen]
    values[seen] = np.linalg.solve(np.eye(seen.sum()) - shares, told)
    return values


def model_ends_left_out(paths, ends, states):
    """Divide by the moves that lead on, and forget that a visit may be the last one."""
    counts, paid, visits = counted(paths, ends, states)
    seen, values, on = visits > 0, np.full(states, np.nan), counts.sum(axis=1)
    system = np.diag(np.maximum(on, 1)) - counts
    try:
        values[seen] = np.linalg.solve(system[np.ix_(seen, seen)], paid[seen])
    except np.linalg.LinAlgError:
        return values
    return values


def model_turned_round(paths, ends, states):
    counts, paid, visits = counted(paths, ends, states)
    seen, values = visits > 0, np.full(states, np.nan)
    system = (np.diag(visits) - counts.T)[np.ix_(seen, seen)]
    values[seen] = np.linalg.solve(system, paid[seen])
    return values


def model_one_look(paths, ends, states):
    """Take the means of what was paid, and average them once over the moves."""
    counts, paid, visits = counted(paths, ends, states)
    with np.errstate(invalid="ignore"):
        first = paid / visits
        return first + counts @ np.nan_to_num(first) / visits


def model_td_once(paths, ends, states):
    values = np.zeros(states)
    for path, end in zip(paths, ends, strict=True):
        for now, after in pairwise(path):
            values[now] += 0.1 * (values[after] - values[now])
        values[path[-1]] += 0.1 * (end - values[path[-1]])
    return np.where(counted(paths, ends, states)[2] > 0, values, np.nan)


def model_sums(paths, ends, states):
    counts, paid, visits = counted(paths, ends, states)
    seen, values = visits > 0, np.full(states, np.nan)
    shares = counts / np.maximum(visits, 1)[:, None]
    system = (np.eye(states) - shares)[np.ix_(seen, seen)]
    values[seen] = np.linalg.solve(system, paid[seen])
    return values


CROSSING = [[0, 2, 3], [1, 2, 4]]
LOOPS = [[0, 1, 0, 2], [2, 1], [1, 2, 2, 0], [0, 2]]
WALKS = [[2, 1, 2, 3, 4], [2, 1, 0], [2, 3, 2, 1, 2, 3], [1, 0, 1, 2], [6, 2, 3, 4, 3, 4]]


def walk_turned_from_the_left(states, coins):
    return walk_from_the_left_of_the_middle(states, [1 - coin for coin in coins])


def walk_turned_back(states, coins):
    found = [states // 2 + 1]
    for coin in coins:
        found.append(min(max(found[-1] + (1 if coin else -1), 1), states))
    return found


def n_step_values_by_place(values, path, rewards, n, discount):
    targets = [
        sum(discount**k * r for k, r in enumerate(rewards[t : t + n])) for t in range(len(path))
    ]
    later = [discount**n * values[t + n] if t + n < len(values) else 0 for t in range(len(path))]
    return np.add(targets, later)


def n_step_discounted_once_in_all(values, path, rewards, n, discount):
    sums = [sum(rewards[t : t + n]) for t in range(len(path))]
    later = [discount * values[path[t + n]] if t + n < len(path) else 0 for t in range(len(path))]
    return np.add(sums, later)


def sweep_known_neighbours(picture, unknown):
    around = np.pad(np.where(unknown, 0.0, picture), 1), np.pad(~unknown * 1.0, 1)
    sums, counts = (a[:-2, 1:-1] + a[2:, 1:-1] + a[1:-1, :-2] + a[1:-1, 2:] for a in around)
    return np.where(unknown, sums / np.maximum(counts, 1), picture)


EXERCISES = {
    "drive": Exercise(
        task="Predict which guesses can be improved at minute 20",
        reference="the first two",
        choices=("none, the drive is not over", "the first two", "all five"),
        misconceptions={
            "none, the drive is not over": "For the return one must wait, but a later guess is"
            " known already: 15 minutes more from the highway.",
            "all five": "The guesses from the highway on have no later guess yet.",
        },
        explanation="The office can learn from the guess in the car, and the car from the guess"
        " after the highway.",
    ),
    "first_walk": Exercise(
        task="Predict how many values TD changes in the first walk",
        reference="only one",
        choices=("only one", "those of C, D and E", "all five"),
        misconceptions={
            "those of C, D and E": "Compute the first move: 0.5 moves towards a next value of 0.5,"
            " and no reward is paid.",
            "all five": "A value changes only where the walk has been, and only if the target is"
            " another number.",
        },
        explanation="All other moves lead from 0.5 to 0.5.",
    ),
    "small_step": Exercise(
        task="Predict the error of the smallest of four steps after a hundred walks",
        reference="the largest",
        choices=("the smallest", "between the others", "the largest"),
        misconceptions={
            "the smallest": "It settles best in the end. How far does a hundredth of each"
            " difference bring it in a hundred walks?",
            "between the others": "Larger steps rattle, but they have arrived. How far has this"
            " one come?",
        },
        explanation="It has not arrived: careful is not the same as right.",
    ),
    "zeros": Exercise(
        task="Predict who is nearer after five walks from zeros",
        reference="Monte Carlo",
        choices=("TD", "Monte Carlo", "they are level"),
        misconceptions={
            "TD": "From 0 a win is news, and under TD it travels back one place for each visit."
            " How far does it come in five walks?",
            "they are level": "Count what one winning walk changes: under TD one value or two,"
            " under Monte Carlo all that it visited.",
        },
        explanation="Monte Carlo tells every place of a walk about the win at once.",
    ),
    "eight": Exercise(
        task="Predict where TD ends for A, if it reads eight episodes over and over",
        reference="0.75",
        choices=("0", "0.375", "0.75"),
        misconceptions={
            "0": "That is the only return from A. TD does not look at returns: what follows A, and"
            " what is that worth?",
            "0.375": "That would be half of each. The target of A is always reward 0 plus the"
            " value of B.",
        },
        explanation="A always led to B, and B is worth 6 of 8.",
    ),
    "hole": Exercise(
        task="Predict who comes nearest to the exact values of a hole after 1000 walkers",
        reference="batch TD, then the means, then TD",
        choices=(
            "TD, then the means of the returns",
            "the means, then batch TD, then TD",
            "batch TD, then the means, then TD",
        ),
        misconceptions={
            "TD, then the means of the returns": "It was so in the row of five places. How many"
            " visits does news need from the rim to the middle here?",
            "the means, then batch TD, then TD": "The means use each walker for the pixels of its"
            " own track. What does a walker tell about pixels whose tracks cross its own?",
        },
        explanation="One-step TD is slow; the same walks, read as a counted model, tell most.",
    ),
    "walk": Exercise(
        task="List the places of a walk from its coins",
        reference=walk,
        cases={
            "5 places, no coin": (5, []),
            "1 place": (1, [0, 1]),
            "5 places, three times right": (5, [1, 1, 1]),
            "7 places, coins run out": (7, [1, 0, 1]),
            "3 places, two coins too many": (3, [1, 0, 0, 0, 1, 0]),
            "5 places, out on the right": (5, [0, 1, 1, 1, 1, 0, 0]),
            "9 places, out on the left": (9, [1, 0, 0, 0, 1, 0, 0, 0, 0]),
        },
        misconceptions={
            walk_without_the_end: "The end belongs to the list: it is the last place that the walk"
            " comes to.",
            walk_past_the_end: "The walk goes on after an end. Stop at 0 and at states + 1.",
            walk_ends_one_too_early: "1 and `states` are places as well: the ends lie one further"
            " out, at 0 and states + 1.",
            walk_numbered_from_0: "All numbers are one too small: the places are numbered from 1,"
            " so that the middle of 5 is 3.",
            walk_from_the_left_of_the_middle: "It starts one place left of the middle: with 5"
            " places numbered from 1 the middle is 3.",
            walk_without_the_start: "The first element is missing: the walk begins in the middle,"
            " before any coin.",
            walk_0_stays: "A coin of 0 means one step to the left, it does not stay.",
            walk_turned_round: "Left and right are exchanged: 1 leads to larger numbers.",
            walk_last_place: "That is only the last place. Return the list of all.",
            walk_as_moves: "Those are the moves. Add them up from the middle.",
            walk_right_end_only: "The walk does not stop at the left end, 0.",
            walk_left_end_only: "The walk does not stop at the right end, states + 1.",
            walk_stands_at_the_end: "The end stands in the list once for each coin that is left."
            " Stop there.",
            walk_turned_from_the_left: "Two things: 1 means a step to the right; and the middle of"
            " 1 to n is (n + 1) // 2.",
            walk_turned_back: "The walk is kept within 1 and `states`. The ends, 0 and states + 1,"
            " can be reached, and there it stops.",
        },
        explanation="A walk is its start and a step for each coin, until it is out.",
        steps=(
            "the middle is states // 2 + 1, and the list begins with it.",
            "before each coin, look whether the place is 0 or states + 1; then stop.",
        ),
    ),
    "returns": Exercise(
        task="Sum the rewards from each visit on, later ones discounted",
        reference=returns,
        cases={
            "three rewards, discount 0": (np.array([4.0, 2, 3]), 0.0),
            "paid at the end, discount 1": (np.array([0.0, 0, 1]), 1.0),
            "three rewards, discount 0.5": (np.array([1.0, 2, 3]), 0.5),
            "whole rewards, discount 0.5": (np.array([1, 2, 4, 1]), 0.5),
            "five rewards, discount 0.93": (np.array([2.0, -9, 4, 3, 1]), 0.93),
        },
        misconceptions={
            returns_from_the_start: "Each reward was discounted by its distance from the *start*."
            " Count from the visit whose return it is.",
            returns_without_their_own: "The reward after a visit belongs to its return,"
            " undiscounted: you began with the next one.",
            returns_without_their_own_discounted: "Its own reward is missing: what you have is only"
            " what is still to come after it.",
            returns_so_far: "Those are sums from the start *up to* each visit. Go from the end"
            " backwards.",
            returns_sums_so_far: "Those are plain sums of what has been paid. Wanted is what is"
            " still to come, discounted.",
            returns_undiscounted: "`discount` has no effect: a reward one step later counts"
            " discount times as much.",
            returns_own_discounted: "One discount too many: the reward right after a visit counts"
            " fully.",
            returns_next_alone: "Only two rewards are in each sum. The next one stands for all"
            " that follow: take the next *return*.",
            returns_from_the_end_first: "The order is turned round: the first element is the return"
            " of the first visit.",
            returns_whole: "With whole rewards the decimals are cut off, as in an array that takes"
            " its dtype from them: make it of floats, np.zeros(len(rewards)).",
            returns_one_number: "That is the return of the first visit. Every visit has one.",
            returns_same_for_all: "Each visit has a return of its own, from there on.",
            returns_one_discount_for_all_later: "All later rewards were discounted once. Two steps"
            " later it is discount squared, and so on.",
            returns_by_the_distance_to_the_end: "Each reward was discounted by its distance from"
            " the *end*: the last ones count most. It must be the other way round.",
            returns_divided: "That is a mean. A return is a sum.",
            returns_cut_at_the_end: "The decimals of the returns are cut off: an array of whole"
            " numbers holds none. Make it of floats.",
        },
        explanation="A return is a reward plus the discounted next return.",
        steps=(
            "go through the rewards from the last one to the first.",
            "keep one number: ahead = reward + discount * ahead.",
        ),
    ),
    "td_update": Exercise(
        task="Update values by TD along one episode",
        reference=td_update,
        cases={
            "one visit": (FIVE, [3], np.array([2.0]), 0.5, 0.8),
            "two visits": (FIVE, [1, 3], np.array([0.0, 1.0]), 0.5, 1.0),
            "discounted": (FIVE, [0, 1, 4], np.array([2.0, 0, 1]), 0.1, 0.5),
            "a state twice": (FIVE, [2, 3, 2, 4], np.array([1.0, -1, 0.5, 2]), 0.25, 0.9),
            "back and forth": (FIVE, [4, 2, 4, 0, 2], np.array([0.5, 3, -1, 2, 1]), 0.4, 0.8),
            "ten visits, a state again at once": (EIGHT, LONG.tolist(), PAID, 0.3, 0.9),
        },
        misconceptions={
            td_by_returns: "The targets are the returns: that is Monte Carlo. TD takes the reward"
            " and the value of the next state.",
            td_all_from_old: "All targets and differences use the old values. A second visit starts"
            " from what the first one left.",
            td_ahead_from_old: "The next values are the old ones. Take them as they are now: they"
            " may have changed earlier in this episode.",
            td_own_not_taken_off: "The value itself was not taken off: move by step times (target"
            " minus value).",
            td_replaced: "The value jumps to the target. `step` says which share of the way it"
            " moves.",
            td_end_keeps_a_value: "After the last visit comes the end, and there is nothing more to"
            " expect: the last target is the reward alone.",
            td_end_is_the_first: "After the last visit the first one followed again. The last"
            " target is the reward alone.",
            td_last_visit_left_out: "The last visit learnt nothing. Its target is its reward.",
            td_undiscounted: "`discount` has no effect: it multiplies the next value.",
            td_reward_discounted: "The reward comes at once and is not discounted; the next value"
            " is.",
            td_without_rewards: "Only the last reward was used. There is one after each visit.",
            td_without_any_reward: "No reward was used: the target is reward plus discounted next"
            " value.",
            td_from_the_end: "You went from the end to the start. Take the visits in the order in"
            " which they came.",
            td_moves_the_next: "The value of the *next* state was moved. The state that was left is"
            " the one that learns.",
            td_reward_of_the_next: "Each visit got the reward of the one after it: rewards[t] comes"
            " after path[t].",
            td_wrong_sign: "The values move away from their targets: the sign is turned round.",
            td_place_for_state: "The number of the visit was taken for the state: values[path[t]],"
            " not values[t].",
            td_next_number: "The next state is path[t + 1], not the number after path[t].",
            td_next_by_time: "The next value is that of the next *state*, path[t + 1], not the"
            " value number t + 1.",
        },
        explanation="Reward plus discounted next value, minus the own one, times the step.",
        steps=(
            "for each visit t: target = rewards[t] + discount * values[path[t + 1]], and for the"
            " last one the reward alone.",
            "copy `values` first, then change the copy visit by visit, so that later targets see"
            " it.",
        ),
    ),
    "n_step_targets": Exercise(
        task="Return the n-step targets of an episode",
        reference=n_step_targets,
        cases={
            "n = 1": (FIVE, [0, 2, 1], np.array([1.0, 0, 2]), 1, 0.5),
            "n = 2, whole rewards": (FIVE, [3, 1, 4], np.array([1, 2, 4]), 2, 0.5),
            "n = 3 of 5": (FIVE, [2, 3, 2, 4, 0], np.array([0.5, -1, 2, 1, 3]), 3, 0.8),
            "n longer than the episode": (
                FIVE,
                [4, 1, 3, 0, 2],
                np.array([2.0, 1, -1, 3, 1]),
                8,
                0.9,
            ),
            "n = 4 of 10": (EIGHT, LONG.tolist(), PAID, 4, 0.7),
        },
        misconceptions={
            targets_one_reward_more: "One reward too many: n of them, from t to before t + n.",
            targets_one_reward_less: "One reward is missing: n of them, from t to before t + n.",
            targets_value_one_too_early: "The value is that of the state one step too early: after"
            " n rewards one stands at path[t + n].",
            targets_value_one_too_late: "The value is that of the state one step too late: after n"
            " rewards one stands at path[t + n].",
            targets_value_undiscounted: "The value lies n steps ahead and is discounted n times.",
            targets_value_once_discounted: "The value was discounted once. It lies n steps ahead.",
            targets_value_discounted_once_more: "The value was discounted n + 1 times. The first"
            " reward counts fully, the value after n steps discount**n.",
            targets_value_discounted_once_less: "The value was discounted n - 1 times, like the"
            " last reward. It lies one step further.",
            targets_undiscounted: "`discount` has no effect, neither on the rewards nor on the"
            " value.",
            targets_rewards_undiscounted: "The rewards were not discounted: the one k steps later"
            " counts discount**k.",
            targets_without_values: "Those are only the rewards. After n of them add the value of"
            " the state reached.",
            targets_without_rewards: "The rewards on the way are missing.",
            targets_whole_returns: "Those are the whole returns. Stop after n rewards.",
            targets_one_step: "`n` has no effect: that is one step ahead.",
            targets_last_value_at_the_end: "After the end there is nothing to expect: near the end"
            " no value is added.",
            targets_last_state_for_all_beyond: "Beyond the end the value of the last state was"
            " taken. There is none: the rewards are all.",
            targets_place_for_state: "The number of the visit was taken for the state:"
            " values[path[t + n]].",
            targets_discounts_from_the_start: "The discounts count from the start of the episode."
            " For each visit they begin anew.",
            targets_first_n_rewards: "Every visit got the first n rewards of the episode. They"
            " begin at the visit itself.",
            targets_reward_of_the_next: "The reward right after the visit, rewards[t], is missing:"
            " you began with the next.",
            targets_whole: "With whole rewards the decimals are cut off, as in an array that takes"
            " its dtype from them: make it of floats, np.zeros(len(path)).",
            targets_errors: "The own value was taken off: those are errors. Return the targets.",
            n_step_values_by_place: "values[t + n] is the value of state number t + n. The state"
            " that was reached is path[t + n].",
            n_step_discounted_once_in_all: "Two things: each later reward is discounted once more;"
            " and the value lies n steps ahead, so it is discounted n times.",
        },
        explanation="n = 1 is TD, and an n longer than the episode is Monte Carlo.",
        steps=(
            "the rewards of visit t are rewards[t : t + n]; the slice gets shorter by itself near"
            " the end.",
            "add discount**n * values[path[t + n]] only if t + n < len(path).",
        ),
    ),
    "sweep": Exercise(
        task="Replace unknown pixels by the mean of their neighbours, all from the old picture",
        reference=sweep,
        cases={
            "one inner pixel": (SLOPE, np.arange(12).reshape(3, 4) == 5),
            "corner, border and inside": (
                SLOPE,
                np.array([[1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 0]], bool),
            ),
            "uint8, with zeros": (GREYS, SPOTS[:5, :6]),
            "6 x 7": (RNG.random((6, 7)) * 9, SPOTS),
        },
        misconceptions={
            sweep_known_too: "Known pixels changed as well. Keep them: np.where(unknown, ...).",
            sweep_mask_turned: "Turned round: the known pixels were replaced, the unknown kept.",
            sweep_in_place: "Pixels that were just replaced took part in later means. Take all"
            " means from the old picture.",
            sweep_itself_too: "The pixel itself is in its mean. Only the neighbours count.",
            sweep_wraps: "At the border the picture wrapped round: the neighbour beyond the edge is"
            " none. np.roll does that.",
            sweep_eight_neighbours: "Those are eight neighbours. The ones across the corners do not"
            " count.",
            sweep_nine: "That is the mean of the whole 3 x 3 window. Only four neighbours count.",
            sweep_always_by_four: "At the border there are fewer than four neighbours: divide by"
            " how many there are.",
            sweep_edge_repeated: "At the border the pixel itself was repeated outside. Only"
            " neighbours inside the picture count.",
            sweep_mirrored: "At the border the picture was mirrored, so that one neighbour counts"
            " twice.",
            sweep_known_neighbours_only: "Only known neighbours were averaged. The unknown ones"
            " count with their present values.",
            sweep_unknown_as_zero: "Unknown neighbours counted as 0. They have present values.",
            sweep_sum: "Those are sums. Divide by the number of neighbours.",
            sweep_whole_numbers: "The means were cut off to whole numbers. Return floats.",
            sweep_rounded: "The means were rounded. Return floats.",
            sweep_zeros_not_counted: "Neighbours of level 0 were not counted. Count places, not"
            " values other than 0.",
            sweep_border_left_alone: "Unknown pixels at the border were left as they were. They"
            " have two or three neighbours.",
            sweep_means_alone: "Those are only the means. Return the whole picture.",
            sweep_unchanged: "Nothing changed. Is the result written back?",
            sweep_known_neighbours: "Only known neighbours were counted. Unknown ones count as"
            " well, with their old values.",
        },
        explanation="Many such sweeps end where every unknown pixel is the mean of its neighbours.",
        dtype=False,
        steps=(
            "pad with zeros; four shifted slices of the frame add up to the sum of the neighbours.",
            "do the same with a picture of ones: that counts the neighbours. Then np.where.",
        ),
    ),
    "model_values": Exercise(
        task="Solve the model that was counted in a pile of episodes",
        reference=model_values,
        cases={
            "two paths that cross": (CROSSING, [0.0, 1.0], 5),
            "a state that nobody visited": ([[0, 1, 3], [3, 1], [1]], [2.0, 5.0, 1.0], 5),
            "loops": (LOOPS, [1.0, 0.0, 3.0, -2.0], 3),
            "five walks": (WALKS, [1.0, 0.0, 4.0, 2.0, -1.0], 8),
        },
        misconceptions={
            model_mean_returns: "Those are the means of the returns: Monte Carlo. Count moves, and"
            " let values agree with the values they lead to.",
            model_first_visits: "Those are means of returns over episodes. Count moves, and let"
            " values agree with the values they lead to.",
            model_never_seen_0: "A state that nobody visited got 0. Nothing is known about it:"
            " np.nan.",
            model_paid_alone: "Only what is paid after a visit was averaged. Add the values of the"
            " states that the moves lead to.",
            model_mean_of_ends: "That is the mean of what was paid where episodes ended. Most"
            " visits lead on.",
            model_moves_once: "Each kind of move counts once here. Weigh it by how often it was"
            " made.",
            model_ends_left_out: "Divide by all visits of a state, those after which the episode"
            " ended as well.",
            model_turned_round: "The table of moves is turned round: rows must be where one comes"
            " from.",
            model_one_look: "You looked one move ahead. Values must agree with the *values* they"
            " lead to: solve a system.",
            model_td_once: "That is one reading with a constant step. Count, and solve the system.",
            model_sums: "What was paid was not divided by the visits, but the moves were.",
        },
        explanation="This is where TD rests after reading the pile over and over.",
        steps=(
            "count the moves from each state to each, the visits, and what was paid after each.",
            "for visited states only: np.linalg.solve(np.diag(visits) - counts, paid).",
        ),
    ),
}
