"""The earth mover's distance between histograms, in closed form."""

import numpy as np

BLOCK = 1 << 17  # bytes of histograms that are summed at a time


def earth_movers_distance(p, q, *, positions=None):
    """Return the least work that turns one histogram into another: share moved x way.

    On a line that is the area between the two cumulative curves. Hue and other circles are no
    line. Counts are first divided by their sum.

    Parameters
    ----------
    p, q : arrays of shape (bins,) or (n, bins), counts or shares that are not negative
        One histogram may stand against many.
    positions : array of shape (bins,), optional
        Where the bins lie, in rising order. Default: 0, 1, 2, ...

    Returns
    -------
    float, or array of shape (n,) if `p` or `q` has rows
        In the unit of `positions`; 0 for equal shares, at most the distance of the outer bins.

    Raises
    ------
    ValueError
        If shapes do not fit, a count is negative or not finite, or a histogram is empty.

    References
    ----------
    Y. Rubner, C. Tomasi, L. J. Guibas, The earth mover's distance as a metric for image retrieval,
    Int. J. Computer Vision 40 (2000) 99-121, doi:10.1023/A:1026543900054.
    """
    (first, sums), (second, others) = _histograms(p, "p"), _histograms(q, "q")
    ways = _ways(positions, first.shape[1])
    if first.shape[1] != second.shape[1] or len({1, len(first), len(second)}) > 2:
        raise ValueError(
            f"`p` and `q` must have as many bins, and as many rows or one; got {np.shape(p)} and "
            f"{np.shape(q)}."
        )
    work = _work(*np.broadcast_arrays(first, sums, second, others), ways)
    return work if max(np.ndim(p), np.ndim(q)) == 2 else float(work[0])


def _work(p, sums_p, q, sums_q, ways):
    """Sum |cumulative difference| x way for each pair of rows, block by block."""
    count, bins = p.shape
    rows = max(1, BLOCK // (8 * bins))
    room, work = np.empty((2, min(rows, count), bins)), np.empty(count)
    for start in range(0, count, rows):
        block = slice(start, start + rows)
        shares, others = room[:, : len(p[block])]
        np.divide(p[block], sums_p[block], out=shares)
        np.divide(q[block], sums_q[block], out=others)
        shares -= others
        np.cumsum(shares, axis=1, out=others)
        np.abs(others, out=others)
        np.matmul(others[:, :-1], ways, out=work[block])
    return work


def _histograms(values, name):
    """Return histograms as rows, and their sums, after checking that each can be normalised."""
    values = np.asarray(values)
    if values.dtype.kind not in "biuf":
        raise TypeError(f"`{name}` must hold counts or shares; got {values.dtype}.")
    if values.ndim not in (1, 2) or values.size == 0:
        raise ValueError(f"`{name}` must have shape (bins,) or (n, bins); got {values.shape}.")
    rows = np.atleast_2d(values).astype(np.float64, copy=False)
    low, high = rows.min(), rows.max()
    if not (low >= 0 and high < np.inf):  # NaN fails both
        raise ValueError(f"`{name}` must be finite and not negative; got {low:.4g} to {high:.4g}.")
    with np.errstate(over="ignore"):
        totals = rows @ np.ones(rows.shape[1])
    if not np.isfinite(totals).all():
        raise ValueError(f"`{name}` must have a finite sum; its largest count is {high:.4g}.")
    if empty := np.count_nonzero(totals == 0):
        raise ValueError(f"`{name}` must not hold empty histograms; got {empty} of {len(rows)}.")
    return rows, totals[:, None]


def _ways(positions, bins):
    """Return the way from each bin to the next."""
    positions = np.arange(bins) if positions is None else np.asarray(positions, dtype=np.float64)
    if positions.shape != (bins,):
        raise ValueError(f"`positions` must have shape ({bins},); got {positions.shape}.")
    ways = np.diff(positions).astype(np.float64)
    if not (np.isfinite(positions).all() and (ways > 0).all()):
        raise ValueError("`positions` must rise and be finite.")
    return ways
