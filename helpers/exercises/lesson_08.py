"""Exercises of lesson 08: evidence, posterior, decisions, noise level."""

import numpy as np

from helpers.exercises import Exercise
from helpers.exercises._families import anything

RNG = np.random.default_rng(8)
SEEN = RNG.random((4, 6)) < 0.4
CHANCES = np.round(RNG.random((5, 7)), 2)
FEW = np.array([[0.1, 0.25, 0.5], [0.7, 0.95, 0.4]])
FEW_SEEN = np.array([[False, False, False], [True, True, True]])
CHAIN = np.array([[[[1, -1, -1]], [[1, -1, -1]], [[-1, 1, 1]], [[-1, 1, -1]]]])
CHAINS = np.where(RNG.random((2, 7, 3, 4)) < 0.6, 1, -1)
CHAINS[:, :3] = -1  # the burn-in would win the vote
CHAINS[1, 5:] = [[[1, -1, 1, -1], [-1, 1, -1, 1], [1, 1, -1, -1]]]
LONG_CHAIN = np.ones((1, 240, 1, 1), dtype=int)
MORE_CHAINS = np.where(np.random.default_rng(80).random((4, 4, 2, 3)) < 0.5, 1, -1)
MORE_CHAINS[:, 1:, 0, 0] = [[-1, -1, -1], [1, -1, 1], [-1, -1, -1], [1, 1, -1]]  # 2 of 4 chains


def per_cent(value):
    return 1 < float(value) <= 100


def estimate(states, burn_in):
    return np.where(states[:, burn_in:].mean(axis=(0, 1)) >= 0, 1, -1)


def estimate_last_picture(states, burn_in):
    return states[-1, -1]


def estimate_last_of_each_chain(states, burn_in):
    return np.where(states[:, -1].mean(axis=0) >= 0, 1, -1)


def estimate_with_burn_in(states, burn_in):
    return np.where(states.mean(axis=(0, 1)) >= 0, 1, -1)


def estimate_with_burn_in_tie_to_paper(states, burn_in):
    return np.where(states.mean(axis=(0, 1)) > 0, 1, -1)


def estimate_of_burn_in(states, burn_in):
    return np.where(states[:, :burn_in].mean(axis=(0, 1)) >= 0, 1, -1)


def estimate_drops_one_more(states, burn_in):
    return np.where(states[:, burn_in + 1 :].mean(axis=(0, 1)) >= 0, 1, -1)


def estimate_of_first_chain(states, burn_in):
    return np.where(states[0, burn_in:].mean(axis=0) >= 0, 1, -1)


def estimate_drops_chains(states, burn_in):
    return np.where(states[burn_in:].mean(axis=(0, 1)) >= 0, 1, -1)


def estimate_for_each_chain(states, burn_in):
    return np.where(states[:, burn_in:].mean(axis=1) >= 0, 1, -1)


def estimate_mean_spin(states, burn_in):
    return states[:, burn_in:].mean(axis=(0, 1))


def estimate_probability(states, burn_in):
    return (states[:, burn_in:] > 0).mean(axis=(0, 1))


def estimate_tie_to_paper(states, burn_in):
    return np.where(states[:, burn_in:].mean(axis=(0, 1)) > 0, 1, -1)


def estimate_tie_to_nothing(states, burn_in):
    return np.sign(states[:, burn_in:].mean(axis=(0, 1)))


def estimate_rounded(states, burn_in):
    return np.round(states[:, burn_in:].mean(axis=(0, 1)))


def estimate_majority_of_majorities(states, burn_in):
    votes = np.where(states[:, burn_in:].mean(axis=1) >= 0, 1, -1)
    return np.where(votes.mean(axis=0) >= 0, 1, -1)


def estimate_as_mask(states, burn_in):
    return states[:, burn_in:].mean(axis=(0, 1)) >= 0


def field(observed, lose, add):
    return np.where(observed, np.log((1 - lose) / add), np.log(lose / (1 - add))) / 2


def field_symmetric(observed, lose, add):
    p = (lose + add) / 2
    return np.where(observed, 1, -1) * np.log((1 - p) / p) / 2


def field_one_error_each(observed, lose, add):
    return np.where(observed, np.log((1 - lose) / lose), -np.log((1 - add) / add)) / 2


def field_other_error_each(observed, lose, add):
    return np.where(observed, np.log((1 - add) / add), -np.log((1 - lose) / lose)) / 2


def field_swapped(observed, lose, add):
    return field(observed, add, lose)


def field_from_paper(observed, lose, add):
    return np.where(observed, np.log(add / (1 - add)), np.log((1 - add) / add)) / 2


def field_from_ink(observed, lose, add):
    return np.where(observed, np.log((1 - lose) / lose), np.log(lose / (1 - lose))) / 2


def field_inverted(observed, lose, add):
    return -field(observed, lose, add)


def field_for_the_other_colour(observed, lose, add):
    return field(~np.asarray(observed), lose, add)


def field_without_half(observed, lose, add):
    return 2 * field(observed, lose, add)


def field_without_log(observed, lose, add):
    return np.where(observed, (1 - lose) / add, lose / (1 - add)) / 2


def field_half_of_the_ratio(observed, lose, add):
    return np.log(field_without_log(observed, lose, add))


def field_log10(observed, lose, add):
    return field(observed, lose, add) / np.log(10)


def decide(probability, lost_cost, false_cost):
    return probability * lost_cost >= (1 - probability) * false_cost


def decide_majority(probability, lost_cost, false_cost):
    return probability >= 0.5


def decide_swapped(probability, lost_cost, false_cost):
    return probability * false_cost >= (1 - probability) * lost_cost


def decide_odds_as_level(probability, lost_cost, false_cost):
    return probability >= false_cost / lost_cost


def decide_paper(probability, lost_cost, false_cost):
    return ~decide(probability, lost_cost, false_cost)


def decide_tie_to_paper(probability, lost_cost, false_cost):
    return probability * lost_cost > (1 - probability) * false_cost


def decide_spins(probability, lost_cost, false_cost):
    return np.where(decide(probability, lost_cost, false_cost), 1, -1)


def expected_recall(probability):
    return probability[probability >= 0.5].sum() / probability.sum()


def recall_as_precision(probability):
    return probability[probability >= 0.5].mean()


def recall_by_counting_found(probability):
    return np.sum(probability >= 0.5) / probability.sum()


def recall_as_share_of_pixels(probability):
    return np.mean(probability >= 0.5)


def recall_of_all_pixels(probability):
    return probability[probability >= 0.5].sum() / probability.size


def recall_as_accuracy(probability):
    return np.maximum(probability, 1 - probability).mean()


def recall_of_the_lost(probability):
    return probability[probability < 0.5].sum() / probability.sum()


def recall_by_mean_of_found(probability):
    found = probability[probability >= 0.5]
    return found.mean() * found.size / probability.sum() if found.size else np.nan


def recall_without_ties(probability):
    return probability[probability > 0.5].sum() / probability.sum()


def noise_level(probability, observed):
    return np.where(observed, 1 - probability, probability).mean()


def noise_level_of_estimate(probability, observed):
    return np.mean((probability >= 0.5) != observed)


def noise_level_as_expected_error(probability, observed):
    return np.minimum(probability, 1 - probability).mean()


def noise_level_as_agreement(probability, observed):
    return np.where(observed, probability, 1 - probability).mean()


def noise_level_of_ink(probability, observed):
    return (1 - probability[observed]).mean()


def noise_level_of_paper(probability, observed):
    return probability[~observed].mean() if (~observed).any() else np.nan


def noise_level_counting_ink(probability, observed):
    return np.where(observed, 1 - probability, 0).mean()


def noise_level_mean_of_two(probability, observed):
    return ((1 - probability[observed]).mean() + probability[~observed].mean()) / 2


def noise_level_sum_of_two(probability, observed):
    return 2 * noise_level_mean_of_two(probability, observed)


def noise_level_by_weighted_means(probability, observed):
    one_kind = observed.all() or not observed.any()
    return np.nan if one_kind else noise_level(probability, observed)


def noise_level_mean_difference(probability, observed):
    return abs(np.mean(probability) - np.mean(observed))


def noise_level_as_count(probability, observed):
    return np.where(observed, 1 - probability, probability).sum()


def noise_level_for_each_pixel(probability, observed):
    return np.where(observed, 1 - probability, probability)


def estimate_last_of_the_first_chain(states, burn_in):
    return states[0, -1]


def field_ink_and_its_negative(observed, lose, add):
    return np.where(observed, 1, -1) * np.log((1 - lose) / add) / 2


def noise_level_as_count_of_agreement(probability, observed):
    return np.where(observed, probability, 1 - probability).sum()


EXERCISES = {
    "pixel": Exercise(
        task="Weigh one pixel against its neighbours",
        reference="about 65 %",
        choices=("about 10 %", "about 65 %", "about 97 %"),
        misconceptions={
            "about 10 %": "That is the pixel alone: seen as paper, it has ink in 10 % of the"
            " cases if both are equally frequent. The neighbours add 2 x 0.7 x 2 = 2.8.",
            "about 97 %": "That would be four ink neighbours. One of the four votes against: the"
            " tally is 3 - 1 = 2, not 4.",
        },
        explanation="-2.20 + 2.80 = 0.60 on the ruler, a chance of 0.646.",
        again=Exercise(
            task="Weigh a pixel seen as paper, p = 0.2, with four ink neighbours and J = 0.3",
            reference="about 73 %",
            choices=("about 20 %", "about 73 %", "about 92 %"),
            misconceptions={
                "about 20 %": "That is the pixel alone. The neighbours add 2 x 0.3 x 4 = 2.4.",
                "about 92 %": "These are the neighbours alone. The pixel itself adds -1.39.",
            },
            explanation="-1.39 + 2.40 = 1.01 on the ruler, a chance of 0.73.",
        ),
    ),
    "draw": Exercise(
        task="Predict how many pixels one draw gets wrong without neighbours",
        reference=0.32,
        misconceptions={
            0.2: "That is the scan itself. A draw is independent of the truth and turns pixels"
            " over once more: count both ways to be wrong.",
            0.16: "That counts one way only: truth ink, draw paper. The other way is as frequent.",
            0.04: "That is both turned over, and then the draw is right again.",
            0.36: "Nearly: if both are turned over, the draw is right again. Wrong is the one or"
            " the other, 2 x 0.2 x 0.8.",
            0.4: "Turning over twice brings the truth back: 0.2 x 0.8 + 0.8 x 0.2, not 0.2 + 0.2.",
            0.5: "A draw is no toss of a fair coin: it follows the scan in 80 % of the cases.",
            per_cent: "Give a share between 0 and 1, not a number of per cent.",
            anything: "Lesson 07 has the formula: 2q(1 - q), here with q = 0.8.",
        },
        atol=0.006,
        explanation="2 x 0.8 x 0.2: drawing without neighbours adds noise.",
        again=Exercise(
            task="Predict how many pixels such a draw gets wrong if the scan turns over 25 %",
            reference=0.375,
            misconceptions={
                0.25: "That is the scan itself. A draw turns pixels over once more.",
                0.1875: "That counts one way only. The other way is as frequent.",
                0.5: "Turning over twice brings the truth back: not 0.25 + 0.25.",
                per_cent: "Give a share between 0 and 1, not a number of per cent.",
                anything: "Wrong is 2q(1 - q), here with q = 0.75.",
            },
            atol=0.006,
            explanation="2 x 0.75 x 0.25.",
        ),
    ),
    "sure": Exercise(
        task="Predict the measured error where the model expects 1.5 %",
        reference="above 3 %",
        choices=("below 1 %", "about 1.5 %", "above 3 %"),
        misconceptions={
            "below 1 %": "That happens on compact shapes, such as the horse. Thin strokes are the"
            " opposite case: neighbours outvote them.",
            "about 1.5 %": "That would be so if handwriting were a typical draw from this prior."
            " It has far more unlike pairs for its ink.",
        },
        explanation="The model promises 1.5 % and makes more than 4 %: it is confidently wrong.",
    ),
    "longer": Exercise(
        task="Predict what 300 sweeps instead of 3 do to the ink",
        reference="much less",
        choices=("more", "about the same", "much less"),
        misconceptions={
            "more": "A longer chain samples its model better, and this model prefers blank paper"
            " to strokes: see the prices of section 2.",
            "about the same": "Three sweeps are far from the end of the road. What does this"
            " model prefer to strokes?",
        },
        explanation="The chain was on its way to the blank page; three sweeps only stop it early.",
    ),
    "optimum": Exercise(
        task="Predict the wrong pixels of the exact optimum at J = 4",
        reference="more",
        choices=("fewer", "about as many", "more"),
        misconceptions={
            "fewer": "Lower energy means likelier under the model. At J = 4 the model likes short"
            " outlines more than the truth.",
            "about as many": "The optimum saves unlike pairs wherever it can, at the legs of the"
            " horse for instance.",
        },
        explanation="The energy is the model's opinion, and with J = 4 it is a bad one.",
    ),
    "estimate": Exercise(
        task="Decide by the majority of several chains",
        reference=estimate,
        cases={
            "one chain of four, burn-in 2": (CHAIN, 2),
            "one chain of four, burn-in 1": (CHAIN, 1),
            "four chains of four, burn-in 1": (MORE_CHAINS, 1),
            "two chains of seven, burn-in 3": (CHAINS, 3),
            "one chain of 240, burn-in 40": (LONG_CHAIN, 40),
            "one chain of 240 in int8, burn-in 40": (LONG_CHAIN.astype(np.int8), 40),
        },
        misconceptions={
            estimate_last_picture: "That is one draw, the last picture of the last chain. Let all"
            " kept pictures vote.",
            estimate_last_of_each_chain: "Only the last picture of each chain votes. Let all"
            " pictures after the burn-in vote.",
            estimate_with_burn_in: "The burn-in votes too, and it remembers the start. Leave the"
            " first burn_in pictures of each chain out.",
            estimate_with_burn_in_tie_to_paper: "Two things: the burn-in votes too, so leave the"
            " first burn_in pictures of each chain out; and a tie goes to +1.",
            estimate_of_burn_in: "These are the pictures of the burn-in. Keep the others:"
            " [:, burn_in:].",
            estimate_drops_one_more: "One picture too many is left out: burn_in pictures go, so"
            " the first one kept has the index burn_in.",
            estimate_of_first_chain: "This comes out if only the first chain votes. Average over"
            " the axis of the chains as well.",
            estimate_drops_chains: "The first axis is the chains, the second the sweeps: the"
            " burn-in is cut from the second.",
            estimate_for_each_chain: "There is one answer for each chain. Average over chains and"
            " sweeps: axis=(0, 1).",
            estimate_mean_spin: "That is the mean spin. Decide: +1 where it is at least 0, else"
            " -1.",
            estimate_probability: "That is the share of +1. Decide: +1 where it is at least one"
            " half, else -1.",
            estimate_tie_to_paper: "All is right except for ties: with as many +1 as -1 the"
            " answer is +1.",
            estimate_tie_to_nothing: "A tie gives 0 here, as np.sign makes it. A tie goes to +1.",
            estimate_rounded: "The mean was rounded, which makes 0 of a small majority. Ask whether"
            " it is at least 0.",
            estimate_majority_of_majorities: "Each chain was decided first, and then the chains"
            " voted: a narrow majority counts as much as a clear one. Let all pictures vote at"
            " once.",
            estimate_as_mask: "That is a mask of True and False. Return +1 and -1, for instance"
            " with np.where.",
            estimate_last_of_the_first_chain: "That is the last picture of one chain. Let all kept"
            " pictures of all chains vote.",
        },
        dtype=False,
    ),
    "field": Exercise(
        task="Weigh the evidence of a scanner that loses ink",
        reference=field,
        cases={
            "1 x 2, lose 0.3, add 0.02": (np.array([[True, False]]), 0.3, 0.02),
            "4 x 6, lose 0.3, add 0.02": (SEEN, 0.3, 0.02),
            "4 x 6, lose 0.05, add 0.4": (SEEN, 0.05, 0.4),
        },
        misconceptions={
            field_symmetric: "That is the formula for one common p. Here the two errors differ,"
            " so seeing ink and seeing paper do not weigh the same.",
            field_one_error_each: "For what was seen, compare the two truths: how often does true"
            " ink look like this, and how often does true paper? Both errors enter each value.",
            field_other_error_each: "Each value uses one error only. Seen ink comes from true ink"
            " with 1 - lose and from true paper with add; paper likewise.",
            field_swapped: "The two errors are exchanged: `lose` turns ink into paper, `add`"
            " turns paper into ink.",
            field_from_ink: "Only `lose` is in it: you compared what true ink does with its own"
            " opposite. Compare the two truths: what was seen from ink, against from paper.",
            field_from_paper: "Only `add` is in it. Compare the two truths: what was seen from ink,"
            " against the same from paper.",
            field_inverted: "The sign is turned round: seen ink must speak for ink, above 0.",
            field_for_the_other_colour: "The values of seen ink and seen paper are exchanged.",
            field_without_half: "Twice too large: the field is half of the log-odds.",
            field_without_log: "These are ratios. Take the logarithm, so that evidence adds up.",
            field_half_of_the_ratio: "The ratio was halved before the logarithm. Halve the"
            " logarithm.",
            field_log10: "The ruler uses natural logarithms, np.log.",
            field_ink_and_its_negative: "Seen ink is right. Seen paper has chances of its own:"
            " lose / (1 - add), from ink and from paper.",
        },
    ),
    "decide": Exercise(
        task="Decide when lost ink costs more than false ink",
        reference=decide,
        cases={
            "2 x 3, costs 3 and 1": (FEW, 3, 1),
            "2 x 3, costs 1 and 4": (FEW, 1, 4),
            "5 x 7, costs 5 and 2": (CHANCES, 5, 2),
        },
        misconceptions={
            decide_majority: "That is the majority: it is cheapest only if both mistakes cost the"
            " same.",
            decide_swapped: "The costs are exchanged. Saying paper risks lost ink, which happens"
            " with the chance q; saying ink risks false ink, with 1 - q.",
            decide_odds_as_level: "The ratio of the costs is a bound for the odds q / (1 - q),"
            " not for q. Did you multiply false_cost by its chance, 1 - q?",
            decide_paper: "That is the mask of paper. Return where to decide for ink.",
            decide_tie_to_paper: "All is right except for ties: if both cost the same, decide"
            " for ink.",
            decide_spins: "Return a mask, True for ink, not +1 and -1.",
        },
        dtype=False,
    ),
    "expected_recall": Exercise(
        task="Compute how much ink the model expects to keep",
        reference=expected_recall,
        cases={
            "1 x 2": (np.array([[0.9, 0.3]]),),
            "1 x 2, nothing called ink": (np.array([[0.2, 0.3]]),),
            "2 x 3 with a tie": (FEW,),
            "5 x 7": (CHANCES,),
        },
        misconceptions={
            recall_as_precision: "That is the share of true ink among what was called ink. Turn it"
            " round: the share called ink among the true ink.",
            recall_by_counting_found: "The pixels called ink are counted whole, but some of them"
            " are paper. Each holds ink with the chance q only.",
            recall_as_share_of_pixels: "That is the share of all pixels that is called ink. The"
            " crowd here is the true ink.",
            recall_of_all_pixels: "Divide by the ink that the model expects in the picture, not by"
            " the number of pixels.",
            recall_as_accuracy: "That is the share of right pixels, paper included. Recall looks"
            " at the ink only.",
            recall_of_the_lost: "That is the ink that is lost. Return the share that is kept.",
            recall_by_mean_of_found: "Where nothing is called ink, the result is nan: the mean of"
            " no pixels is none. Nothing is kept there, and the sum of no pixels is 0.",
            recall_without_ties: "All is right except for ties: a probability of one half is"
            " called ink.",
        },
    ),
    "noise_level": Exercise(
        task="Find out how noisy the scan was",
        reference=noise_level,
        cases={
            "1 x 2": (np.array([[0.9, 0.3]]), np.array([[True, True]])),
            "1 x 2, paper alone": (np.array([[0.1, 0.3]]), np.array([[False, False]])),
            "2 x 3": (FEW, FEW_SEEN),
            "5 x 7": (CHANCES, np.resize(SEEN, (5, 7))),
        },
        misconceptions={
            noise_level_of_estimate: "That counts where the decision differs from the scan. Use"
            " the probabilities: a pixel in doubt may have flipped by a half.",
            noise_level_as_expected_error: "That is how often the estimate is wrong. Asked is how"
            " often the scan is wrong, so the scan must enter.",
            noise_level_as_agreement: "That is how often the scan is right. Where ink was seen,"
            " it flipped with the chance 1 - q.",
            noise_level_of_ink: "Only pixels seen as ink are counted. Paper can be a flip too,"
            " with the chance q.",
            noise_level_of_paper: "Only pixels seen as paper are counted. Ink can be a flip too,"
            " with the chance 1 - q.",
            noise_level_counting_ink: "Seen paper never flips in yours. It did where the truth is"
            " ink, with the chance q.",
            noise_level_mean_of_two: "Ink and paper get the same weight, but there are more pixels"
            " of one kind. Average over all pixels at once.",
            noise_level_sum_of_two: "The shares of ink and of paper were added. Each is a share of"
            " its own crowd: average the chance of a flip over all pixels at once.",
            noise_level_by_weighted_means: "All is right where both kinds were seen. If all pixels"
            " were seen as ink, or none, the mean of the other kind is nan: average over all pixels"
            " at once.",
            noise_level_mean_difference: "Flips in both directions cancel in a difference of"
            " means. Add up the chance of a flip pixel by pixel.",
            noise_level_as_count: "That is a number of pixels. Return a share: the mean.",
            noise_level_for_each_pixel: "That is the chance of a flip for each pixel. Return its"
            " mean.",
            noise_level_as_count_of_agreement: "Two things: where ink was seen, a flip has the"
            " chance 1 - q; and a share is asked for, so take the mean.",
        },
    ),
}
