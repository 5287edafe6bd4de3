"""Estimates as a table and in words, for the page."""


def estimate_columns(estimates):
    """Return the estimates as columns for a table on the page.

    Parameters
    ----------
    estimates : list of Estimate

    Returns
    -------
    dict of column -> list
    """
    columns = {"group": [e.group for e in estimates], "n": [e.n for e in estimates]}
    for name, field in (("estimate", "value"), ("from", "low"), ("to", "high")):
        columns[name] = [f"{getattr(e, field):.4g}" for e in estimates]
    return columns | {"method": [e.method for e in estimates]}


def method_reasons(estimates):
    """Say for each group why its method was used.

    Parameters
    ----------
    estimates : list of Estimate

    Returns
    -------
    list of str
    """
    return [f"Method for {e.group}: {e.reason}." for e in estimates]


def describe_picture(estimates, quantity):
    """Say what the picture of values and intervals shows.

    Parameters
    ----------
    estimates : list of Estimate
    quantity : str

    Returns
    -------
    str
    """
    order = [e.group for e in sorted(estimates, key=lambda e: -e.value)]
    rest = f"the highest in group {order[0]}" if len(order) > 1 else "one line with its dot"
    return f"Left the values of each group as dots, right an interval for the {quantity}: {rest}."
