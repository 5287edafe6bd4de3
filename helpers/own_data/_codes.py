"""Numbers that may stand for no value, such as 9999 among ages."""

import numpy as np

NINES = tuple(int(digit * size) for size in range(2, 7) for digit in "987")
CODES = (-1.0, *map(float, NINES), *(-float(nine) for nine in (7, 8, 9, *NINES)))
FAR = 3  # times the widest step between the other values


def warn_of_codes(name, values):
    """Return a warning for each usual code that lies far from all other values.

    Parameters
    ----------
    name : str
    values : array of shape (n,), NaN for no value

    Returns
    -------
    list of str
    """
    values = values[np.isfinite(values)]
    if values.size == 0 or not {values.min(), values.max()} & set(CODES):
        return []
    found = np.unique(values)
    low, high = 0, found.size
    while low < high and found[low] in CODES:
        low += 1
    while high > low and found[high - 1] in CODES:
        high -= 1
    others = found[low:high]
    if others.size == 0:
        return []
    step = np.diff(others).max(initial=0)
    ends = [(code, others[0] - code) for code in found[:low] if code < 0 <= others[0]]
    ends += [(code, code - others[-1]) for code in found[high:]]
    shown = " to ".join(dict.fromkeys(f"{end:.4g}" for end in (others[0], others[-1])))
    counts = {code: np.count_nonzero(values == code) for code, _ in ends}
    rows = {code: f"{count} row{'' if count == 1 else 's'}" for code, count in counts.items()}
    return [
        f'Warning: "{name}" holds {code:g} in {rows[code]}, far from all other values '
        f"({shown}); if it means no value, set `missing` to {code:g}"
        for code, gap in ends
        if gap > FAR * step and (code < 0 or gap > others[-1] - others[0])
    ]
