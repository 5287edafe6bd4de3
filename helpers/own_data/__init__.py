"""The reader's own files: checked tables and pictures, an output folder, a summary.

Every fault of a file is a `Problem`: one sentence that says what to do, without a traceback.
Nothing leaves the computer, and nothing that exists is written over.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.files import Problem, find_file, output_folder, write_new
from helpers.own_data._belonging import check_by, from_pattern, from_table, name_groups
from helpers.own_data._complete import Table, WrongCells
from helpers.own_data._folder import first_reasons, look_through, names_below
from helpers.own_data._page import page
from helpers.own_data._pictures import read_picture
from helpers.own_data._same import keep_one
from helpers.own_data._subjects import Subjects, read_subjects
from helpers.own_data._tables import column_names, read_table
from helpers.own_data._written import EMPTY, Written, same_name

TABLES = (".csv", ".gz", ".tsv", ".txt", ".xlsx", ".parquet")  # endings of tables, for a picker

__all__ = ["TABLES", "Problem", "Subjects", "Table", "Written", "WrongCells"]
__all__ += [
    "check_by",
    "column_names",
    "find_file",
    "first_reasons",
    "from_pattern",
    "from_table",
    "look_through",
    "name_groups",
    "names_below",
    "output_folder",
]
__all__ += ["positives", "read_picture", "read_subjects", "read_table", "same_name"]
__all__ += ["write_summary", "write_table"]


def positives(labels, positive, *, name="labels"):
    """Return True where a label of two classes is the positive one.

    Parameters
    ----------
    labels : array of shape (n,), text
    positive : the positive class, as it stands in the file
    name : str
        Name of the column, for messages.

    Raises
    ------
    Problem
        If there is one class only, or more than two, or none is called `positive`.
    """
    labels, positive = np.asarray(labels, dtype=str), same_name(positive)
    classes, counts = np.unique(labels, return_counts=True)
    shown = ", ".join(f"{c} ({n})" for c, n in zip(classes[:8], counts[:8], strict=True))
    if len(classes) != 2:
        how = "only one class" if len(classes) < 2 else f"{len(classes)} classes"
        codes = [c for c in classes if c.casefold() in EMPTY] if len(classes) > 2 else []
        hint = f' If "{codes[0]}" means no value, set `missing` to it.' if codes else ""
        raise Problem(f'Column "{name}" must hold two classes; it holds {how}: {shown}.{hint}')
    if positive not in classes:
        raise Problem(f'Column "{name}" has no class "{positive}"; choose one of {shown}.')
    return labels == positive


def write_table(path, columns):
    """Write a CSV file (UTF-8, comma, decimal point), never over one that exists.

    Parameters
    ----------
    path : str or Path
    columns : dict of name -> values, all of one length

    Raises
    ------
    Problem
        If the file exists or cannot be written.
    """
    write_new(Path(path), pd.DataFrame(columns).to_csv(index=False).encode())


def write_summary(folder, title, sentences, *, parameters, pictures=(), tables=None):
    """Write ``summary.html``: one page with results, parameters and versions.

    Parameters
    ----------
    folder : Path
    title : str
    sentences : list of str
        One paragraph each.
    parameters : dict
        Every choice, the seed among them.
    pictures : names of picture files in `folder`, put into the page itself
    tables : dict of caption -> dict of column -> values, optional

    Returns
    -------
    str
        One line that names the folder and its files. Where an earlier run left the very same
        files beside it, the new folder is removed and the earlier one named.
    """
    tables = dict(tables or {}) | {
        "Parameters": {"name": list(parameters), "value": list(parameters.values())}
    }
    content = page(title, sentences, [folder / name for name in pictures], tables)
    write_new(folder / "summary.html", content.encode())
    folder = keep_one(folder)
    files = ", ".join(sorted(file.name for file in folder.iterdir()))
    return f"In {folder.parent.name}/{folder.name}: {files}"
