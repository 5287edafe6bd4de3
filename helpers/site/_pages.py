"""Turn a notebook that has run into the page of a site: explorers, quizzes, pictures, files."""

import ast
import base64
import copy
import re
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from helpers import images, sliders
from helpers.exercises import find
from helpers.site import _markup

WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}
FOLDED = (
    "*The code of this explorer is folded and need not be read. "
    "To look inside, click the grey line with the three dots.*",
    "*Folded code: click the grey line with the three dots to look inside.*",
)
TURN = re.compile(r"(?:\A|(?<=\n\n))(#{1,6} |\*\*Predict)")  # ends what a prediction reveals
TYPED = re.compile(r"\s*\(?(?:Write|Put)\b[^.?]*\bquotation marks[^.]*\.\)?")  # a quiz is clicked
TITLE = re.compile(r"\A(# .+)\n")


def make_page(executed, name, out, keep_links, pdf):
    """Write the page's notebook, its pictures and the learner's copy.

    Parameters
    ----------
    executed : Path, a notebook that has run
    name : str, such as ``notebooks/analysis/clean_an_image``
    out : Path, the folder of sources: ``NAME.ipynb``, ``extra/images`` and ``extra/files``
    keep_links : callable, takes Markdown and returns it with links that resolve
    pdf : bool, whether the page will be printed
    """
    notebook = nbformat.read(executed, as_version=4)
    _write(_learners_copy(notebook), out / "extra" / "files" / f"{Path(name).name}.ipynb")
    page = _Page(name, out / "extra", pdf)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            page.add_text(keep_links(cell.source))
        elif cell.cell_type == "code":
            page.add_code(cell)
    page.close()
    notebook.cells = page.cells
    _write(notebook, out / f"{name}.ipynb")


def first_explorer(source, names):
    """Return the HTML of the first explorer of the first page that has one, for the start page."""
    for name in names:
        for cell in nbformat.read(source / f"{name}.ipynb", as_version=4).cells:
            for output in cell.get("outputs", ()):
                shown = output.get("data", {}).get("text/html", "")
                if shown.startswith('<div class="explorer"'):
                    return shown.replace('src="../', 'src="')
    return ""


def _write(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def _learners_copy(notebook):
    bare = copy.deepcopy(notebook)
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return bare


class _Page:
    """The cells of a page, added one by one."""

    def __init__(self, name, extra, pdf):
        self.cells, self._extra, self._open, self._next = [], extra, False, None
        self._stem, self._root = Path(name).name, "../" * name.count("/")
        self._pictures, self._pdf = 0, pdf

    def _markdown(self, text):
        if text.strip():
            self.cells.append(new_markdown_cell(text.strip()))

    def close(self):
        """End what a prediction reveals."""
        if self._open:
            self._markdown(_markup.REVEALED)
        self._open, self._next = False, None

    def _begin(self):
        """Begin what a prediction reveals, at the first cell of it."""
        if self._next and not self._open:
            self._markdown(self._next)
            self._open = True

    def add_text(self, text):
        """Add a text; a heading or another prediction ends what is revealed."""
        for line in FOLDED:
            text = text.replace(line, "*The code of this explorer is folded.*")
        text = TYPED.sub("", text)
        turn = TURN.search(text)
        before, after = (text[: turn.start()], text[turn.start() :]) if turn else (text, "")
        if before.strip():
            self._begin()
            self._markdown(before)
        if turn:
            self.close()
            self._markdown(self._with_files(after))

    def _with_files(self, text):
        """Put the links to the page's files below its title."""
        kinds = {"Notebook": "ipynb"} | ({"PDF": "pdf"} if self._pdf else {})
        entries = [(label, f"files/{self._stem}.{kind}") for label, kind in kinds.items()]
        links = _markup.files(self._root, entries)
        return text if self.cells else TITLE.sub(rf"\1\n\n{links}\n", text, count=1)

    def add_code(self, cell):
        """Add a code cell: a prediction becomes a quiz, an exercise asks for JupyterLab."""
        name, alone = _checked(cell.source)
        exercise = find(name)[1] if name else None
        if exercise and alone and exercise.choices:
            self.close()
            self._markdown(_markup.quiz(name, exercise))
            self._next = _markup.reveal(name)
            return
        if re.fullmatch(r"progress\(.*\)", cell.source.strip()):
            return
        if exercise:
            self.close()
        self._begin()
        page = new_code_cell(cell.source)
        page.metadata["tags"] = ["hide-input"] if _is_folded(cell) else []
        page.outputs = list(filter(None, map(self._output, cell.outputs)))
        if exercise:
            page.outputs = [_html(_markup.unsolved(name))]
        self.cells.append(page)
        if alone and exercise.task.startswith("Predict"):  # a number, in place of a choice
            self._next = _markup.reveal()

    def _output(self, output):
        """Return an output as a page can show it, or None."""
        data = output.get("data", {})
        kind = next(filter(PICTURES.__contains__, data), None)
        if kind and "text/html" not in data:
            alt = output.metadata.get(kind, {}).get("alt", "")
            shown = self._picture(base64.b64decode(data[kind]), PICTURES[kind], alt)
            if sliders.EXPLORER not in data:
                return _html(_markup.picture(self._root, shown))
            folder = f"frames/{self._stem}/{data[sliders.EXPLORER]}"
            return _html(_markup.explorer(self._root, folder, shown, data["text/plain"]))
        data.pop(WIDGET, None)
        return output if data or output.output_type == "stream" else None

    def _picture(self, content, ending, alt):
        path = f"images/{self._stem}/{self._pictures}.{ending}"
        self._pictures += 1
        (self._extra / path).parent.mkdir(parents=True, exist_ok=True)
        (self._extra / path).write_bytes(content)
        return {"path": path, "alt": alt, "size": images.read_image(self._extra / path).shape}


def _html(text):
    return new_output("display_data", {"text/html": text, "text/plain": ""})


def _is_folded(cell):
    return bool(cell.metadata.get("jupyter", {}).get("source_hidden"))


def _checked(source):
    """Return the name of the exercise that a cell checks, and whether it does nothing else."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a line magic
        return None, False
    for node in body:
        call = getattr(node, "value", None)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "check":
            return call.args[0].value, len(body) == 1
    return None, False
