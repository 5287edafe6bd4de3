"""What is missing in the text, the pictures and the folded cells of a notebook.

python -m tests.notebooks.faults notebooks/04*.ipynb     lists it
"""

import ast
import re
import sys
from pathlib import Path

from tests.notebooks import stated
from tests.notebooks.pages import explorers

FOLDED = (
    "*The code of this explorer is folded and need not be read. "
    "To look inside, click the grey line with the three dots.*"
)
PAGE = "*Folded code: click the grey line with the three dots to look inside.*"  # for own files
FILLER = re.compile(r"(an? |the )?(figure|image|picture|plot|graph|photo)( of\b|\.|$)", re.I)
LONG = 4  # lines of a function that may stay in sight


def picture_faults(notebook):
    """List the stored pictures without a text of their own that says what is seen."""
    faults, told = [], {}
    for place, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            for kind in {"image/png", "image/jpeg"} & set(output.get("data", ())):
                alt = output.metadata.get(kind, {}).get("alt", "").strip()
                if len(alt) < 20:
                    faults.append(f"cell {place}: a picture without a text: {alt!r}")
                elif FILLER.match(alt):
                    faults.append(f"cell {place}: the text begins with filler: {alt!r}")
                elif alt in told:
                    faults.append(f"cell {place}: the text of cell {told[alt]} again")
                told.setdefault(alt, place)
    return faults


def is_folded(cell):
    return bool(cell.metadata.get("jupyter", {}).get("source_hidden"))


def fold_faults(notebook, *, own_files=False):
    """List the cells that should be folded and are not, or are and should not be."""
    faults, line = [], PAGE if own_files else FOLDED
    for place, cell in enumerate(notebook.cells):
        serves = cell.cell_type == "code" and serves_explorers(notebook, place)
        if not is_folded(cell):
            if serves:
                faults.append(f"cell {place}: an explorer's function is not folded")
        elif cell.cell_type != "code" or _is_for_readers(cell):
            faults.append(f"cell {place}: what a reader works with is not folded")
        elif not (serves or explorers(cell.source) or own_files):
            faults.append(f"cell {place}: only an explorer may be folded")
        elif not _text_above(notebook, place).endswith(line):
            faults.append(f"cell {place}: the text above does not end with the line on folding")
    return faults


def _text_above(notebook, place):
    """Return the text that stands above a cell, and above the code cell that it follows."""
    texts = (c.source for c in notebook.cells[max(0, place - 2) : place][::-1])
    kinds = [c.cell_type for c in notebook.cells[max(0, place - 2) : place][::-1]]
    return next((text for text, kind in zip(texts, kinds, strict=True) if kind == "markdown"), "")


def _is_for_readers(cell):
    tags = cell.metadata.get("tags", ())
    asked = re.search(r"\bcheck\(|^\s*\.\.\.$", cell.source, re.MULTILINE)
    return bool(asked) or "parameters" in tags or "teaching" in tags


def serves_explorers(notebook, place):
    """Tell whether a cell holds a long function that explorers alone use."""
    cell = notebook.cells[place]
    if _is_for_readers(cell):
        return False
    body = ast.parse(cell.source).body
    defined = [node for node in body if isinstance(node, ast.FunctionDef)]
    if not any(node.end_lineno - node.lineno >= LONG for node in defined):
        return False
    later = [c.source for c in notebook.cells[place + 1 :] if c.cell_type == "code"]
    users = [s for s in later if any(re.search(rf"\b{node.name}\b", s) for node in defined)]
    if explorers(cell.source):
        return not users
    return len(defined) == len(body) and bool(users) and all(map(explorers, users))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        page, lesson = stated.read_with_lesson(Path(name))
        print(f"## {name}")
        for number, text, near in stated.missing(page, lesson):
            print(f"- cell {number}: **{text}** in \u2026{near}\u2026")
        own_files = Path(name).parent.name == "analysis"
        faults = picture_faults(page) + fold_faults(page, own_files=own_files)
        for fault in stated.false_declarations(page) + faults:
            print(f"- {fault}")
