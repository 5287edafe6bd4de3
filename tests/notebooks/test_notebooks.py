"""The contract of the notebooks: stored outputs, form, links, sliders that work at both ends."""

import ast
import re

import nbformat

from tests.notebooks.pages import (
    LESSONS,
    NOTEBOOKS,
    ROOT,
    code_cells,
    each_lesson,
    each_notebook,
    explorers,
    name_of,
    prose,
    read,
    refresh,
)

PRIMERS = ("00", "A0")
HEADINGS = {
    "You will be able to": PRIMERS,
    "You need": PRIMERS,
    "Time": PRIMERS,
    "Recipes? that fails?": (),
    "Against the library": (),
    "Exercises": PRIMERS,
    "On your own data": PRIMERS,
    "Recap": PRIMERS,
    "Further reading": PRIMERS,
}
STABLE = ("doi.org", "www.itu.int", "www.w3.org", "jupyter.org", "numpy.org", "scipy.org")
IGNORE = re.compile(r"nbval-(ignore-output|skip)|raises-exception")
IGNORE_COMMENT = re.compile(
    r"#\s*(NBVAL_(IGNORE_OUTPUT|SKIP|RAISES_EXCEPTION)|PYTEST_VALIDATE_IGNORE)"
)
TIMINGS = {"notebooks/A1_how_fast_are_the_kernels": 4}  # races are its subject; else 2
TIMED = re.compile(r"\brace\(|perf_counter|timeit")


def stored_faults(path):
    """List what is wrong with the stored outputs of a notebook."""
    cells = code_cells(path)
    counts = [cell.execution_count for cell in cells]
    faults = [] if counts == [*range(1, len(cells) + 1)] else [f"execution counts {counts}"]
    outputs = [output for cell in cells for output in cell.outputs]
    if not outputs:
        faults.append("no stored output")
    for output in outputs:
        if output.output_type == "error" or output.get("name") == "stderr":
            faults.append(f"stored {output.get('name', 'error')}: {str(output)[:200]}")
    for cell in cells:
        if "check(" in cell.source and not cell.outputs:
            faults.append(f"no stored answer: {cell.source}")
    return faults


def test_there_are_lessons():
    assert LESSONS


@each_notebook
def test_outputs_are_stored_and_without_errors(path):
    assert not stored_faults(path)


@each_notebook
def test_the_file_is_small_and_as_refresh_leaves_it(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < 1_000_000
    assert "model_id" not in text
    notebook = nbformat.reads(text, as_version=4)
    assert text == nbformat.writes(refresh().clean(notebook)) + "\n"
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@each_notebook
def test_cells_are_few_and_short(path):
    cells = read(path).cells
    assert len(cells) <= 90
    too_long = [
        cell.source
        for cell in code_cells(path)
        if len(cell.source.splitlines()) > 12  # but papermill wants a line for each parameter
        and "parameters" not in cell.metadata.get("tags", [])
    ]
    assert not too_long
    kinds = "".join(cell.cell_type[0] for cell in cells)
    assert path.parent.name == "solutions" or "ccc" not in kinds


@each_lesson
def test_a_lesson_has_its_explorers_and_headings(path):
    count = sum(explorers(cell.source) for cell in code_cells(path))
    assert count >= (1 if path.name.startswith("00") else 3)
    missing = [
        heading
        for heading, also in HEADINGS.items()
        if not (path.name.startswith(PRIMERS) and not also)
        and not re.search(rf"^[#*\d ]*{heading}\b", prose(path), re.IGNORECASE | re.MULTILINE)
    ]
    assert not missing


@each_lesson
def test_a_lesson_has_its_solutions(path):
    assert (path.parent / "solutions" / path.name).is_file()


@each_notebook
def test_links_between_pages_lead_somewhere(path):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose(path))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert not [target for target in local if not (path.parent / target).exists()]


@each_notebook
def test_pictures_in_the_text_come_with_the_page_and_have_words(path):
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", prose(path))
    assert not [target for _, target in pictures if re.match(r"https?:|//", target)]
    assert all(words.strip() for words, _ in pictures)
    assert not re.search(r"<img[^>]+src=.?https?:", prose(path))


@each_notebook
def test_links_to_the_world_are_stable_ones(path):
    hosts = re.findall(r"https?://([^/\s)>\"]+)", prose(path))
    assert not [host for host in hosts if host not in STABLE]


@each_notebook
def test_only_a_timing_may_change_from_run_to_run(path):
    ignored = [
        cell.source
        for cell in code_cells(path)
        if IGNORE.search(" ".join(cell.metadata.get("tags", ())))
        or IGNORE_COMMENT.search(cell.source)
    ]
    assert not [source for source in ignored if not TIMED.search(source)]
    assert len(ignored) <= TIMINGS.get(name_of(path), 2)


def test_a_census_is_printed(say):
    """Links, ignored outputs and helpers that a page defines again: shown, for the reviewer."""
    public = {
        node.name
        for module in (ROOT / "helpers").glob("*.py")
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
    for path in NOTEBOOKS:
        source = "\n".join(cell.source for cell in code_cells(path))
        again = public.intersection(re.findall(r"^def (\w+)", source, re.MULTILINE))
        tags = [tag for cell in code_cells(path) for tag in cell.metadata.get("tags", ())]
        links = sorted(set(re.findall(r"https?://[^\s)>\"]+", prose(path))))
        size = f"{len(read(path).cells)} cells, {path.stat().st_size / 1000:.0f} kB"
        made = f"{explorers(source)} explorers, tags {tags}, defines {sorted(again)}"
        say(f"{name_of(path)}: {size}, {made}", *links)


# The checks above are tried on a throw-away notebook, intact and broken.


def throw_away(folder, *sources):
    path = folder / "page.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def test_stripped_outputs_errors_and_warnings_are_found(tmp_path, monkeypatch):
    path = throw_away(tmp_path, "print(3)", "1 + 1")
    monkeypatch.setattr(refresh(), "ROOT", tmp_path)
    refresh().refresh(path)
    intact = path.read_text()
    assert not stored_faults(path)
    for broken, fault in (
        (re.sub(r'"execution_count": \d', '"execution_count": null', intact), "execution counts"),
        (re.sub(r'"execution_count": 2', '"execution_count": 7', intact), r"counts \[1, 7\]"),
        (intact.replace('"stdout"', '"stderr"'), "stored stderr"),
    ):
        other = tmp_path / f"{len(list(tmp_path.iterdir()))}.ipynb"
        other.write_text(broken)
        assert re.search(fault, stored_faults(other)[0])
    bare = nbformat.reads(intact, as_version=4)
    for cell in bare.cells:
        cell.outputs = []
    nbformat.write(bare, tmp_path / "bare.ipynb")
    assert stored_faults(tmp_path / "bare.ipynb") == ["no stored output"]


def test_explorers_are_counted():
    source = "sliders.explore(f)\ndef g():\n    explore_plot(f)\nh = lambda: explore(f)"
    assert explorers(source) == 3
