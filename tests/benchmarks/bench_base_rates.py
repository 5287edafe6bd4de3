"""Naive Bayes, shifted priors and forecasts against loops and scikit-learn."""

import math

import numpy as np
from report import Row
from sklearn.naive_bayes import BernoulliNB

from helpers import base_rates

WORDS = 12


def rows(tiny=False):
    """Declare every row; `tiny` shrinks tables."""
    few, many = (50, 200) if tiny else (2_000, 200_000)
    return [predict_loop_row(few), predict_row(many), train_row(many // 10), estimate_row(many)]


def messages(size):
    """Return random words of messages, half of them spam, and the labels."""
    rng = np.random.default_rng(1)
    spam = rng.random(size) < 0.5
    chances = np.where(spam[:, None], *rng.uniform(0.05, 0.5, (2, WORDS)))
    return rng.random((size, WORDS)) < chances, spam


def ratios_of(features, spam):
    hits, alarms = features[spam].sum(axis=0), features[~spam].sum(axis=0)
    count = np.count_nonzero(spam)
    return base_rates.likelihood_ratios(hits, count, alarms, spam.size - count)


def predict_loop_row(size):
    features, spam = messages(size)
    ratios = ratios_of(features, spam)
    present, absent = (part.tolist() for part in ratios)

    def loop():
        found = []
        for message in features.tolist():
            odds = 0.05 / 0.95
            for has, yes, no in zip(message, present, absent, strict=True):
                odds *= yes if has else no
            found.append(math.log(odds))
        return np.array(found)

    return Row(
        name=f"naive Bayes, {size:,} x {WORDS}, loop",
        ours=lambda: base_rates.naive_bayes_log_odds(features, ratios, 0.05),
        loop=loop,
    )


def predict_row(size):
    features, spam = messages(size)
    ratios, model = ratios_of(features, spam), BernoulliNB().fit(features, spam)
    prior = spam.mean()

    def library():
        joint = model.predict_joint_log_proba(features)
        return joint[:, 1] - joint[:, 0]

    return Row(
        name=f"naive Bayes, {size:,} x {WORDS}, scikit-learn",
        ours=lambda: base_rates.naive_bayes_log_odds(features, ratios, prior),
        library=library,
        over_library=4,
        memory=3,
        unit=8 * size,
        work=size,
    )


def train_row(size):
    features, spam = messages(size)

    def library():
        model = BernoulliNB().fit(features, spam)
        shares = np.exp(model.feature_log_prob_)
        return np.array([shares[1] / shares[0], (1 - shares[1]) / (1 - shares[0])])

    return Row(
        name=f"ratios from {size:,} x {WORDS}, scikit-learn",
        ours=lambda: np.array(ratios_of(features, spam)),
        library=library,
    )


def estimate_row(size):
    """The other contestant repeats shift and mean until nothing moves, as the method is told."""
    features, spam = messages(size)
    log_odds = base_rates.naive_bayes_log_odds(features, ratios_of(features, spam), 0.5)
    chances = 1 / (1 + np.exp(-log_odds[~spam | (np.arange(size) % 19 == 0)]))

    def library():
        share, before = 0.5, 0
        while abs(share - before) > 1e-9:
            share, before = base_rates.shift_prior(chances, 0.5, share).mean(), share
        return share

    return Row(
        name=f"prior of {chances.size:,} cases, shift and mean",
        ours=lambda: base_rates.estimate_prior(chances, 0.5),
        library=library,
    )
