"""Whole documents and whole folders, page by page, with a table of what was done."""

from itertools import chain
from pathlib import Path

import numpy as np
from tqdm.auto import tqdm

from helpers import images
from helpers.analysis.scan import _ink as scan
from helpers.analysis.scan._agreement import rank_rhat
from helpers.analysis.scan._chains import probability, sample
from helpers.analysis.scan._document import ENDINGS, read_scans
from helpers.analysis.scan._doubts import observe, tell_doubts
from helpers.analysis.scan._marks import tell_marks
from helpers.analysis.scan._report import count_lost
from helpers.analysis.scan._straight import straighten, tell_sheet
from helpers.files import Problem, find_file
from helpers.own_data import write_table

SWEEPS, CHAINS = 120, 2  # for each page; a quarter of the sweeps is burn-in
APART = 1.1  # R-hat of the energy from which the chains of a page are warned of
COLUMNS = (
    *("file", "page", "rows", "columns", "skew", "cut", "edges", "fold", "ink_is", "threshold"),
    *("flips_counted", "flips_used", "coupling", "ink", "removed", "filled_in", "groups"),
    *("groups_lost", "r_hat", "warnings"),
)


def find_scans(folder):
    """Return the scans of a folder, by name; hidden files and folders in it are passed over.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    list of Path

    Raises
    ------
    Problem
        If there is no such folder, or no file with one of `ENDINGS` in it.
    """
    folder = find_file(folder, folder=True)
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in ENDINGS]
    found = [path for path in found if path.is_file() and not path.name.startswith(".")]
    if not found:
        raise Problem(f"{folder} holds no scans: files that end in {', '.join(ENDINGS)}.")
    return found


def clean_documents(paths, folder, *, shrink=1, **choices):
    """Clean all pages of documents, and write each document as it came.

    Parameters
    ----------
    paths : list of Path
    folder : Path
        Made if there is none. TIFF and PDF files and pictures of several pages become TIFF files,
        page by page, others PNG files, in one bit and with the resolution of the original.
    shrink : int
    **choices : as for `clean_scan`

    Returns
    -------
    list of dict of column -> value
        One for each page, and one for each file that cannot be read, with the reason under
        ``warnings``. Of a document with such a page, the pages before it are kept.

    Notes
    -----
    One page is in memory at a time.
    """
    rows, folder = [], Path(folder)
    if paths:
        folder.mkdir(parents=True, exist_ok=True)
    for path in tqdm(paths, desc="documents", unit="file", delay=5, leave=False):
        pages = _cleaned(path, shrink, choices, rows)
        first = next(pages, None)
        if first is None:
            continue
        several, picture, like = first
        target = _free(folder, path.stem, ".tif" if several else ".png")
        if several:
            rest = (page[1:] for page in pages)
            images.write_pages(target, chain([(picture, like)], rest))
        else:
            images.write_image(target, picture, like=like)
    return rows


def clean_scan(
    page, *, skew, borders, threshold, ink, window, offset, flip_probability, coupling, seed=0
):
    """Clean one page of a document, with short chains.

    Parameters
    ----------
    page : Scan
    skew, borders : as for `straighten`
    threshold, ink, window, offset : as for `observe`
    flip_probability, coupling : "auto" or a number
    seed : int

    Returns
    -------
    (picture, row)
        Array of shape (M, N), bool, True for white; and a dict of column -> value.

    Notes
    -----
    On drawn pages of print, 24 pixels high at 150 pixels per inch, three of each kind (turned,
    dark edges, a fold, uneven light, strong noise), at most 0.3 % of the ink was missed by more
    than a pixel, 2.2 % with 2 % of salt and pepper. Squared paper and stamps, which are warned
    of, count as ink: 12.1 % and 0.5 % of the pixels.
    """
    sheet = straighten(page.grey, skew=skew, borders=borders, ink=ink)
    seen = observe(sheet, threshold=threshold, ink=ink, window=window, offset=offset)
    told = [line for line in tell_sheet(sheet) if line.startswith("WARNING")]
    row = {"file": page.name, "page": page.page}
    row |= {"rows": seen.ink.shape[0], "columns": seen.ink.shape[1], "skew": round(sheet.skew, 2)}
    row |= {"cut": " ".join(map(str, sheet.cut)), "ink_is": "dark" if seen.dark else "light"}
    row |= {"edges": round(sheet.edge, 4), "fold": round(sheet.fold, 4), "threshold": seen.way}
    if seen.empty:
        row |= {"ink": 0.0, "warnings": " ".join(["WARNING: no ink was found.", *told])}
        return np.full(seen.ink.shape, ink != "light"), row
    flips = scan.estimate_flips(seen.ink)
    p = scan.within_limits(flips.share) if flip_probability == "auto" else flip_probability
    if coupling == "auto":
        coupling = scan.try_couplings(seen.ink, p, seed=seed)[1]
    drawn = sample(seen.ink, p, coupling, sweeps=SWEEPS, chains=CHAINS, seed=seed)
    found = probability(drawn)
    clean, r_hat = found >= 0.5, rank_rhat(drawn.energies[:, drawn.burn_in :])
    told += tell_doubts(sheet.grey, seen.ink, flips, found)
    told += tell_marks(seen.ink, page.coloured, page.hue)
    if r_hat > APART:
        told.append(f"WARNING: the chains disagree (R-hat {r_hat:.2f}).")
    groups, lost = count_lost(seen.ink, clean)
    row |= {"flips_counted": round(flips.share, 5), "flips_used": round(p, 5)}
    row |= {"coupling": coupling, "ink": round(float(clean.mean()), 5)}
    row |= {"removed": int(np.count_nonzero(seen.ink & ~clean))}
    row |= {"filled_in": int(np.count_nonzero(clean & ~seen.ink))}
    row |= {"groups": groups, "groups_lost": lost, "r_hat": round(r_hat, 3)}
    return clean != seen.dark, row | {"warnings": " ".join(told)}


def tabulate_pages(rows):
    """Return the rows of `clean_documents` as columns for a table.

    Parameters
    ----------
    rows : list of dict

    Returns
    -------
    dict of column -> list
        Empty text where a page has no value.
    """
    return {column: [row.get(column, "") for row in rows] for column in COLUMNS}


def write_pages(folder, rows):
    """Write the table of cleaned pages as ``pages.csv``, if there are any.

    Parameters
    ----------
    folder : Path
    rows : list of dict
        Of `clean_documents`.

    Returns
    -------
    dict of title -> table
        For a summary; empty if no page was cleaned.
    """
    if not rows:
        return {}
    table = tabulate_pages(rows)
    write_table(folder / "pages.csv", table)
    return {"Pages": table}


def tell_pages(rows):
    """Say how many pages were cleaned and where to look for warnings.

    Parameters
    ----------
    rows : list of dict

    Returns
    -------
    list of str
    """
    if not rows:
        return ["The file has one page, and no folder was named: there is nothing more to clean."]
    cleaned = [row for row in rows if "ink" in row]
    unread, warned = len(rows) - len(cleaned), sum(bool(row["warnings"]) for row in cleaned)
    lines = [
        f"{len(cleaned)} pages of {len({row['file'] for row in rows})} files were cleaned with "
        f"{CHAINS} chains of {SWEEPS} sweeps each; {warned} of these pages are warned of."
    ]
    return lines + [f"WARNING: {unread} files could not be read to their end."] * bool(unread)


def _cleaned(path, shrink, choices, rows):
    """Yield for each page whether it is one of a document, its ink, and what it is written like."""
    read = 0
    try:
        for page in read_scans(path, shrink=shrink):
            picture, row = clean_scan(page, **choices)
            rows.append(row)
            read = page.page
            yield page.several, picture, page.like()
    except Problem as reason:
        kept = f" Its pages up to {read} are kept." if read else ""
        rows.append({"file": path.name, "page": read + 1, "warnings": f"WARNING: {reason}{kept}"})


def _free(folder, stem, ending):
    """Return a name that no file has yet: two scans may differ in their ending only."""
    names = (f"{stem}{f'-{n}' if n > 1 else ''}{ending}" for n in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())
