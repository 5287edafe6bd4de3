"""Numbers on one scale, texts as columns of 0 and 1, new rows: all from the training part alone."""

from typing import NamedTuple

import numpy as np

from helpers import imbalance

LARGEST_N = 5000  # rows of a class that SMOTE-N compares with one another, each with each


class Encoding(NamedTuple):
    """How numbers are filled and scaled and texts spread; made by `fit_encoding`."""

    texts: np.ndarray
    medians: np.ndarray
    scaler: object
    spreader: object


def fit_encoding(features, texts):
    """Learn medians, scales and kinds from training rows.

    Parameters
    ----------
    features : array of shape (n, d), float64
        NaN where a number has no value; codes in columns of texts.
    texts : array of shape (d,), bool
        Columns that hold codes of texts.

    Returns
    -------
    Encoding
    """
    from helpers.analysis.balancing import _models

    numbers, scaler, spreader = features[:, ~texts], None, None
    medians = np.array([_median(values[~np.isnan(values)]) for values in numbers.T])
    if not texts.all():
        scaler = _models.StandardScaler().fit(_filled(numbers, medians))
    if texts.any():
        spreader = _models.OneHotEncoder(handle_unknown="ignore", sparse_output=False)
        spreader.fit(features[:, texts])
    return Encoding(texts, medians, scaler, spreader)


def _median(known):
    return np.median(known) if known.size else 0.0


def _filled(numbers, medians):
    return np.where(np.isnan(numbers), medians, numbers)


def scale(encoding, features):
    """Return rows whose numbers are filled and standardised; codes stay as they are.

    Parameters
    ----------
    encoding : Encoding
    features : array of shape (n, d), float64

    Returns
    -------
    array of shape (n, d), float64
    """
    scaled, numbers = features.copy(), ~encoding.texts
    if numbers.any():
        filled = _filled(features[:, numbers], encoding.medians)
        scaled[:, numbers] = encoding.scaler.transform(filled)
    return scaled


def unscale(encoding, scaled):
    """Return rows with numbers on their own scales.

    Parameters
    ----------
    encoding : Encoding
    scaled : array of shape (n, d), float64

    Returns
    -------
    array of shape (n, d), float64
    """
    features, numbers = scaled.copy(), ~encoding.texts
    if numbers.any():
        features[:, numbers] = encoding.scaler.inverse_transform(scaled[:, numbers])
    return features


def spread(encoding, scaled):
    """Return what a model sees: numbers, then for each kind of a text a column of 0 and 1.

    Parameters
    ----------
    encoding : Encoding
    scaled : array of shape (n, d), float64, made by `scale`

    Returns
    -------
    array of shape (n, columns), float64
        A kind that no training row has is 0 in all columns of its text.
    """
    if not encoding.texts.any():
        return scaled
    parts = scaled[:, ~encoding.texts], encoding.spreader.transform(scaled[:, encoding.texts])
    return np.column_stack(parts)


def resample(method, features, labels, k_neighbors, rng, texts=None):
    """Return training rows after over-sampling, under-sampling or SMOTE.

    Parameters
    ----------
    method : {"over", "under", "smote"}
    features : array of shape (n, d), float64, on comparable scales
    labels : array of shape (n,), bool
    k_neighbors : int
    rng : int or numpy.random.Generator
    texts : array of shape (d,), bool, optional
        Columns that hold codes of texts. With some of them SMOTE is SMOTE-NC, which counts unlike
        texts as a distance and gives a new row the commonest text of its neighbours (N. V. Chawla
        et al., 2002, section 6.1, doi:10.1613/jair.953); with no other columns it is SMOTE-N.

    Returns
    -------
    features, labels : new arrays
    """
    if method != "smote":
        how = imbalance.random_over_sample if method == "over" else imbalance.random_under_sample
        return how(features, labels, rng=rng)
    if texts is None or not texts.any():
        return imbalance.smote(features, labels, k_neighbors=k_neighbors, rng=rng)
    from helpers.analysis.balancing import _models

    seed = int(np.random.default_rng(rng).integers(2**31))
    smote = _models.make_smote(texts, k_neighbors, seed)
    features, answers = smote.fit_resample(features, labels.astype(int))
    return np.asarray(features, dtype=np.float64), answers.astype(bool)
