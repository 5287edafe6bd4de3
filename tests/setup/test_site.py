"""The site: built whole or not at all, run again only where something changed, nothing foreign."""

import ast
import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import exercises, site
from helpers.files import Problem
from helpers.site import _extras, _lessons, _markup, _pages, _printing, _sphinx

ROOT = Path(__file__).resolve().parents[2]
LESSONS = [*sorted((ROOT / "notebooks").glob("*.ipynb"))]
PREDICTIONS = [
    (f"{lesson}.{name}", exercise)
    for lesson in exercises.lesson_names()
    for name, exercise in exercises.of_lesson(lesson).items()
    if exercise.choices
]
GOOD = (
    "# Bend a line\n\nA line.\n\nSee [the next](02_next.ipynb).",
    "import numpy as np\nfrom helpers import plot, show, sliders",
    "## 1 Move it\n\n**Predict.** Half the error? (Write your answer with its quotation marks.)",
    "from helpers.checker import check, progress",
    'check("03.half", ...)',
    "show.table({'half': [6.0]}, digits=1)",
    "It was six.\n\n## 2 An explorer\n\n" + _pages.FOLDED[0],
    "def draw(axes, slope):\n    axes.plot([0, slope])\n    return f'slope {slope}'\n\n\n"
    "sliders.explore_plot(draw, slope=(0, 3, 1), figsize=(3, 2))",
    "plot.show_images([np.eye(5)], ['<eye>'], alt='A \"diagonal\" of white squares.');",
    "## Exercises\n\nWrite it.",
    'def psnr(reference, image, mask):\n    ...\n\n\ncheck("03.psnr", psnr)',
    'progress("03")',
    "**Words**: *line*, what is bent; *slope* or *grade*, how steep; it bends.",
)  # fmt: skip


def notebook_of(*cells):
    """Make a notebook: text where a cell begins like Markdown, else code."""
    made = new_notebook(metadata={"kernelspec": {"display_name": "P", "name": "python3"}})
    for source in cells:
        is_text = re.match(r"[#A-Z*]", source)
        made.cells.append(new_markdown_cell(source) if is_text else new_code_cell(source))
    folded = [cell for cell in made.cells if "def draw" in cell.source]
    for cell in folded:
        cell.metadata["jupyter"] = {"source_hidden": True}
    return made


class Small:
    """A course of few notebooks, and the places where its site is made."""

    def __init__(self, folder):
        self.folder, self.output, self.paths = folder, folder / "site", {}
        self.said = []

    def write(self, name, *cells):
        path = self.folder / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook_of(*cells), path)
        self.paths[f"notebooks/{name}"] = path

    def build(self):
        self.said.clear()
        place = {"cache": self.folder / "cache", "pdf": False, "say": self.said.append}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(_lessons, "course_notebooks", lambda: self.paths)
            site.build(self.output, **place)

    def stamps(self):
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return {path: path.stat().st_mtime_ns for path in files}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """Build the site of one small notebook."""
    made = Small(tmp_path_factory.mktemp("small"))
    made.write("01_line", *GOOD)
    made.build()
    return made


class Reader(HTMLParser):
    """Collect what a page loads by itself, and the text that it shows."""

    def __init__(self, page):
        super().__init__()
        self.loaded, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in ("script", "img", "iframe", "source", "video", "audio", "embed"):
            self.loaded.append(found.get("src"))
        if tag == "link" and found.get("rel") != "canonical":
            self.loaded.append(found.get("href"))
        if tag == "object":
            self.loaded.append(found.get("data"))

    def handle_data(self, data):
        self.text += data


def foreign(page):
    """List the addresses outside the site that a page asks for by itself."""
    loaded = Reader(page).loaded
    loaded += re.findall(r"(?:url\(|@import|import\()\s*[\"']?([^\"')\s]+)", page)
    return [address for address in loaded if address and re.match(r"(?:[a-z]+:)?//", address)]


def test_the_check_sees_a_foreign_address():
    assert foreign('<script src="https://x.org/a.js"></script>') == ["https://x.org/a.js"]
    assert foreign('<link rel="stylesheet" href="//x.org/a.css">') == ["//x.org/a.css"]
    assert foreign("<style>a {background: url('http://x.org/b.png')}</style>")
    assert not foreign('<a href="https://doi.org/1"><img src="../b.png"></a>')


def test_no_page_asks_for_an_address_outside_the_site(small):
    pages = list(small.output.rglob("*.html"))
    assert len(pages) > 20
    for page in pages:
        assert not foreign(page.read_text(encoding="utf-8")), page
    for style in small.output.rglob("*.css"):
        found = re.findall(r"url\(\s*[\"']?([^\"')\s]+)", style.read_text(encoding="utf-8"))
        assert not [address for address in found if re.match(r"(https?:)?//", address)], style


def test_a_second_build_does_nothing(small):
    before = small.stamps()
    small.build()
    assert small.stamps() == before
    assert small.said == [f"Nothing has changed since {small.output.resolve()} was made."]


def test_a_page_has_explorer_quiz_exercise_picture_and_files(small):
    page = (small.output / "notebooks/01_line.html").read_text(encoding="utf-8")
    folder = re.search(r'class="explorer" data-explorer="([^"]+)"', page)[1]
    explorer = json.loads((small.output / folder).read_text(encoding="utf-8"))
    assert explorer["controls"][0]["values"] == ["0", "1", "2", "3"]
    assert explorer["captions"] == ["slope 0", "slope 1", "slope 2", "slope 3"]
    for name in explorer["frames"]:
        assert (small.output / folder).with_name(name).is_file()
    for picture in re.findall(r'<img class="(?:still|output)" src="([^"]+)"', page):
        assert (small.output / "notebooks" / picture).is_file()
    assert 'alt="A &quot;diagonal&quot; of white squares.' in page
    asked = json.loads(html.unescape(re.search(r'data-quiz="([^"]+)"', page)[1]))
    assert asked["choices"][asked["right"]] == "6 dB more"
    assert 'data-exercise="03.psnr"' in page
    assert "not attempted" not in page
    assert "widget-view" not in page
    assert "three dots" not in page
    assert "progress(" not in page
    assert "quotation marks" not in page
    assert '<a href="02_next' not in page  # it is not in this site
    assert "See the next." in Reader(page).text
    bare = nbformat.read(small.output / "files/01_line.ipynb", as_version=4)
    assert [cell.source for cell in bare.cells] == list(GOOD)
    assert not [c for c in bare.cells if c.cell_type == "code" and c.outputs]
    assert set(bare.metadata) <= {"kernelspec", "language_info"}


def test_what_a_prediction_reveals_is_folded_and_nothing_else(small):
    page = (small.output / "notebooks/01_line.html").read_text(encoding="utf-8")
    folded = re.search(r'<details class="reveals" data-key="03.half">(.*?)</details>', page, re.S)[
        1
    ]
    assert "It was six." in folded
    assert "6.0" in Reader(folded).text
    assert "An explorer" not in folded
    assert folded.count("<div") == folded.count("</div")
    assert "<section" not in folded


def test_the_start_page_has_an_explorer_and_leads_everywhere(small):
    page = (small.output / "index.html").read_text(encoding="utf-8")
    folder = re.search(r'data-explorer="([^"]+)"', page)[1]
    assert (small.output / folder).is_file()
    assert (small.output / re.search(r'class="still" src="([^"]+)"', page)[1]).is_file()
    for target in (
        "notebooks/01_line",
        "methods",
        "glossary",
        "api/index",
        "CHANGELOG",
        "licences",
    ):
        assert f'href="{target}.html"' in page
        assert (small.output / f"{target}.html").is_file()


def test_words_and_helpers_have_their_pages(small):
    words = Reader((small.output / "glossary.html").read_text(encoding="utf-8")).text
    assert re.search(r"grade\W+how steep", words)
    for room in _extras.public_rooms():
        assert (small.output / f"api/{room}.html").is_file() == (room not in ("analysis", "site"))
    kernel = Reader((small.output / "api/ising.html").read_text(encoding="utf-8")).text
    assert "gibbs_sweep" in kernel
    assert "Parameters" in kernel


def test_a_broken_lesson_stops_the_build_and_leaves_the_old_site(small):
    before = {path: stamp for path, stamp in small.stamps().items() if small.output in path.parents}
    small.write("02_broken", "# Break it", "1 / 0")
    try:
        with pytest.raises(Problem, match=r"notebooks/02_broken fails: ZeroDivisionError: div"):
            small.build()
    finally:
        small.paths.pop("notebooks/02_broken").unlink()
    after = {path: stamp for path, stamp in small.stamps().items() if small.output in path.parents}
    assert after == before
    assert not list(small.folder.rglob("*.part"))
    assert not list((small.folder / "cache/lessons").glob("*02_broken*"))


def test_an_explorer_that_cannot_be_drawn_stops_the_build(tmp_path):
    made = Small(tmp_path)
    draw = "lambda x: np.full((4, 4), 1 // (x - 1) > 0), x=(0, 3, 1, 0), still=[{'x': 0}]"
    imports = "import numpy as np\nfrom helpers import sliders"
    made.write("03_zero", imports, f"sliders.explore({draw})")
    with pytest.raises(Problem, match=r"notebooks/03_zero fails: ZeroDivisionError"):
        _lessons.run_all(made.paths, tmp_path / "cache", made.said.append)
    assert not list((tmp_path / "cache").iterdir())


def test_another_folder_is_never_replaced(tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(Problem, match="holds something else"):
        site.build(tmp_path, ["00"], cache=tmp_path / "cache", pdf=False)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_name_that_no_notebook_has_is_refused(tmp_path):
    with pytest.raises(Problem, match=r"No notebook begins with 99; there are: 00_start_here, A0_"):
        site.build(tmp_path / "new", ["99"], cache=tmp_path / "cache", pdf=False)


def test_the_key_of_a_lesson_follows_what_it_depends_on(tmp_path, monkeypatch):
    course = tmp_path / "course"
    own = ("helpers/ising.py", "helpers/exercises/lesson_01.py", "requirements.lock", "data/a.csv")
    others = ("helpers/exercises/lesson_02.py", "helpers/site/page.py")
    for name in own + others:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text("1")
    lesson = tmp_path / "01_line.ipynb"
    lesson.write_text("{}")
    monkeypatch.setattr(_lessons, "COURSE", course)
    keys = [_lessons.key_of(lesson)]
    for name in (*own, lesson):
        (course / name).write_text("2")
        keys.append(_lessons.key_of(lesson))
    assert len(set(keys)) == len(keys)
    for name in others:
        (course / name).write_text("2")
    assert _lessons.key_of(lesson) == keys[-1]


@pytest.mark.parametrize(("name", "exercise"), PREDICTIONS, ids=[name for name, _ in PREDICTIONS])
def test_each_prediction_is_a_quiz_with_a_hint_for_each_wrong_choice(name, exercise):
    box = _markup.quiz(name, exercise)
    asked = json.loads(html.unescape(re.search(r'data-quiz="([^"]+)"', box)[1]))
    assert asked["choices"][asked["right"]] == str(exercise.reference)
    hints = [hint for i, hint in enumerate(asked["hints"]) if i != asked["right"]]
    assert all(hints)
    assert asked["explanation"]
    assert "\n" not in box


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_lesson_becomes_a_page_with_all_its_predictions(path, tmp_path):
    """The stored notebook serves: what is in a page does not depend on its outputs."""
    name = f"notebooks/{path.stem}"
    _pages.make_page(path, name, tmp_path, lambda text: text, False)
    cells = nbformat.read(tmp_path / f"{name}.ipynb", as_version=4).cells
    text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    stored = nbformat.read(path, as_version=4).cells
    asked = re.findall(r'^check\("([^"]+)"', "\n".join(c.source for c in stored), re.MULTILINE)
    choices = [key for key in asked if exercises.find(key)[1].choices]
    assert re.findall(r"&quot;key&quot;: &quot;([^&]+)&quot;", text) == choices
    starts = re.findall(r'<details class="reveals" data-key="([^"]+)"', text)
    assert text.count("<details") == text.count("</details>")
    assert set(starts) <= set(choices)
    inside = False
    for cell in cells:
        if cell.cell_type == "markdown":
            inside = inside or cell.source.startswith('<details class="reveals"')
            assert not (inside and re.match(r"#{1,6} ", cell.source)), cell.source
            inside = inside and cell.source != "</details>"
    sources = {cell.source for cell in cells if cell.cell_type == "code"}
    missing = [c.source for c in stored if c.cell_type == "code" and c.source not in sources]
    for source in missing:  # only predictions and lists of progress are no code any more
        call = ast.parse(source).body[0].value
        assert call.func.id in ("check", "progress"), source


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[a](02_b.ipynb)", "[a](02_b.ipynb)"),
        ("[a](02_b.ipynb#part)", "[a](02_b.ipynb#part)"),
        ("[a](../data/README.md)", "[a](../data/README.md)"),
        ("[a](solutions/02_b.ipynb)", "a"),
        ("[a](https://doi.org/1)", "[a](https://doi.org/1)"),
        ("![a](02.png)", "![a](02.png)"),
        ("`x[0](1)`", "`x[0](1)`"),
    ],
)
def test_links_stay_in_the_site_or_become_words(text, kept):
    pages = {"notebooks/02_b.ipynb", "data/README.md"}
    page = "notebooks/01_a.ipynb"
    assert _markup.kept_links(text, page, pages) == kept
    if kept == "a":
        told = _markup.kept_links(text, page, pages, "https://x.org/c/blob/main")
        assert told == "[a](https://x.org/c/blob/main/notebooks/solutions/02_b.ipynb)"


def test_every_lesson_has_words_for_the_glossary():
    for path in LESSONS:
        cells = nbformat.read(path, as_version=4).cells
        text = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
        words = list(_extras.words_of(text))
        assert len(words) >= 4, path
        for terms, meaning in words:
            assert terms, path
            assert len(meaning) > 5, (path, terms)


def test_buttons_to_edit_and_launch_appear_only_with_an_address(monkeypatch):
    monkeypatch.delenv(_sphinx.REPOSITORY, raising=False)
    monkeypatch.delenv(_sphinx.LAUNCH, raising=False)
    bare = _sphinx.settings()["html_theme_options"]
    assert "repository_url" not in bare
    assert "launch_buttons" not in bare
    monkeypatch.setenv(_sphinx.REPOSITORY, "https://example.org/owner/course/")
    monkeypatch.setenv(_sphinx.LAUNCH, "binderhub_url=https://hub.example.org")
    theme = _sphinx.settings()["html_theme_options"]
    assert theme["repository_url"] == "https://example.org/owner/course"
    assert theme["use_edit_page_button"]
    assert theme["launch_buttons"]["binderhub_url"] == "https://hub.example.org"
    monkeypatch.setenv(_sphinx.LAUNCH, "bindr=https://hub.example.org")
    with pytest.raises(Problem, match=r"COURSE_LAUNCH knows binderhub_url, .*; got bindr\."):
        _sphinx.settings()


def test_a_printed_page_is_unfolded_and_leads_nowhere_else():
    page = '<script src="a.js">x</script><details class="reveals"><a class="b" href="c.html">d</a>'
    page += '<a href="https://doi.org/1">e</a>'
    expected = '<details open class="reveals"><a class="b">d</a><a href="https://doi.org/1">e</a>'
    assert _printing.for_paper(page) == expected
