"""Where the page takes its table from, and what it leaves."""

import numpy as np

from helpers import own_data, show, sliders
from helpers.own_data import Problem


def pick_table(source, counts):
    """Return a file picker, or a sentence if only counts were given.

    Parameters
    ----------
    source : str or Path, or None
    counts : Counts

    Returns
    -------
    sliders.FilePicker or show.Text

    Raises
    ------
    Problem
        If there are neither counts of a test nor a table.
    """
    if source is not None:
        return sliders.pick_file(own_data.find_file(source), endings=own_data.TABLES)
    if not counts.has_test():
        raise Problem(
            "There is nothing to update: set all six counts, or name a table in `source`."
        )
    return show.text("Only counts: there is no table of scores.")


def start_at(places):
    """Return where the slider of the place of use starts, in per cent.

    Parameters
    ----------
    places : Places

    Returns
    -------
    float, a multiple of 0.5
    """
    return float(np.clip(round(200 * places.used) / 2, 0.5, 99))


def write_tables(folder, tables, shifted, groups, scores=None):
    """Write the answers, the shifted scores and the groups as CSV files.

    Parameters
    ----------
    folder : Path
    tables : dict of caption -> columns, with "Answers" if there are any
    shifted : dict of name -> array, empty without a table
    groups : dict of column -> list, may be empty
    scores : Scores, optional

    Returns
    -------
    dict of caption -> columns, with numbers of four digits, for a summary
    """
    files = {"answers.csv": tables.get("Answers"), "groups.csv": groups}
    if shifted:
        row = {"row": np.arange(1, scores.values.size + 1), scores.name: scores.values}
        files["shifted_scores.csv"] = row | {f"to_{name}": v for name, v in shifted.items()}
    for name, columns in files.items():
        if columns:
            own_data.write_table(folder / name, columns)
    kept = {"Answers": tables.get("Answers"), "Groups of scores": groups}
    return {name: _rounded(columns) for name, columns in kept.items() if columns}


def _rounded(columns):
    return {
        name: [f"{v:.4g}" if isinstance(v, float) else v for v in column]
        for name, column in columns.items()
    }
