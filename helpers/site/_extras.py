"""The pages that no notebook is: start, words, methods, helpers, changes, licences."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import nbformat

from helpers.files import COURSE

GROUPS = {
    "Kernels": "images noise filters augment imbalance ising intervals roc base_rates similarity "
    "compression clustering temporal_differences edges learned",
    "Engines": "sliders plot show checker exercises racing",
    "Files": "data own_data folder_job files sheets",
}
WORDS = re.compile(r"^\*\*Words\*\*: (.+)$", re.MULTILINE)
SHORT = re.compile(r"\[([^\]]+)\]\((notebooks/[^)]+)\.ipynb\)")  # README's names of the notebooks
TERMS = re.compile(r"(\*[^*]+\*(?:(?: or| and|,) \*[^*]+\*)*)(.*)", re.DOTALL)
START = """# Pixels & Probability

{about}

{explorer}

*Move the slider: every picture was drawn when this page was made. In JupyterLab the same sliders
compute, on pictures and tables of your own.*

## The map

{map}

## Two commands

You need Python 3.11 or newer, and a copy of the course.

```
python3 start.py         # builds a private environment, opens the course in JupyterLab
python3 start.py test    # runs all tests
```

{contents}
"""


def read(name):
    """Return the text of a file of the project."""
    return (COURSE / name).read_text(encoding="utf-8")


def start_page(lessons, explorer):
    """Return the start page: what the course is, an explorer, the map, and all contents."""
    about = read("README.md").split("\n\n")[1]
    cells = nbformat.read(COURSE / "notebooks/00_start_here.ipynb", as_version=4).cells
    first = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    found = re.search(r"\n## [^\n]*\bmap\n(.*?)(?=\n## |\Z)", first, re.DOTALL)
    table = re.sub(r"\]\((?!\w+:)", "](notebooks/", found[1]) if found else ""
    return START.format(
        about=about, explorer=explorer, map=table.strip(), contents=_contents(lessons)
    )


def _contents(lessons):
    short = {name: words for words, name in SHORT.findall(read("README.md"))}
    named = [f"{short[name]} <{name}>" if name in short else name for name in lessons]
    groups = {
        "Lessons": [line for line in named if "/analysis/" not in line],
        "Your own data": [line for line in named if "/analysis/" in line],
        "Reference": ["methods", "glossary", "api/index", "notebooks/TEACHING", "CHANGELOG"]
        + ["licences", "data/README"],
    }
    return "\n".join(
        "```{toctree}\n:hidden:\n:caption: " + title + "\n\n" + "\n".join(names) + "\n```\n"
        for title, names in groups.items()
        if names
    )


def words_of(text):
    """Yield the terms that a lesson lists, each with what it says of them."""
    for line in WORDS.findall(text):
        for entry in re.split(r";\s+(?=\*)", line.rstrip(".")):
            if found := TERMS.match(entry):
                yield re.findall(r"\*([^*]+)\*", found[1]), found[2].strip(" ,:")


def glossary(lessons):
    """Return the page of words: every lesson's own, in alphabetical order."""
    entries = {}
    for name, text in lessons.items():
        number = Path(name).name.split("_")[0]
        for terms, meaning in words_of(text):
            said = f"{meaning} ([{number}]({name}.ipynb))"
            entries.setdefault(terms[0].casefold(), ([], []))
            known, meanings = entries[terms[0].casefold()]
            known += [term for term in terms if term not in known]
            meanings.append(said)
    taken, lines = set(), []
    for key in sorted(entries):
        known, meanings = entries[key]
        names = [term for term in known if term.casefold() not in taken]
        if names:
            taken |= {term.casefold() for term in names}
            lines.append("\n".join(names) + "\n: " + "\n\n  ".join(meanings))
    return "# Words\n\nEach word with the lesson that explains it.\n\n" + "\n\n".join(lines) + "\n"


def methods():
    """Return the index of methods: README's tables, with links to the helpers."""
    tables = re.findall(r"(?:^\|.*\n)+", read("README.md"), re.MULTILINE)
    known = "|".join(public_rooms())
    linked = re.sub(rf"`({known})`", r"[`\1`](api/\1.rst)", tables[0])
    own = f"## Your own data\n\n{tables[1]}"
    return f"# Which question, which notebook, which helper\n\n{linked}\n{own}"


def licences():
    """Return the page of licences."""
    terms = read("README.md").partition("## Licence and sources\n")[2].split("\n## ")[0]
    return f"# Licences\n{terms}\n## The code\n\n```text\n{read('LICENSE')}```\n"


def public_rooms():
    """List the rooms of `helpers` that a reader may import, kernels first."""
    found = [module.name for module in pkgutil.iter_modules([str(COURSE / "helpers")])]
    rooms = [name for name in found if not name.startswith("_")]
    order = " ".join(GROUPS.values()).split()
    return sorted(rooms, key=lambda room: (order + sorted(rooms)).index(room))


def public_names(module):
    """List the functions and classes that a module shows and that are its own."""
    own = module.__name__
    shown = getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")])
    values = {name: getattr(module, name) for name in shown}
    return [
        name
        for name, value in values.items()
        if (inspect.isfunction(value) or inspect.isclass(value))
        and f"{value.__module__}.".startswith(f"{own}.")
    ]


def api_pages():
    """Yield the path and the text of each page about a room, and of their index."""
    rooms = [room for room in public_rooms() if room not in ("analysis", "site")]
    listed = {group: [r for r in words.split() if r in rooms] for group, words in GROUPS.items()}
    grouped = {room for names in listed.values() for room in names}
    listed["Others"] = [room for room in rooms if room not in grouped]
    parts = ["Helpers\n=======\n"]
    for group, names in listed.items():
        if names:
            body = "".join(f"   {name}\n" for name in names)
            parts.append(f".. toctree::\n   :caption: {group}\n\n{body}")
    yield "api/index.rst", "\n".join(parts)
    for room in rooms:
        yield f"api/{room}.rst", _room_page(room)


def _room_page(room):
    module = importlib.import_module(f"helpers.{room}")
    lines = [f"``{room}``", "=" * (len(room) + 4), "", f".. automodule:: helpers.{room}", ""]
    for name in public_names(module):
        kind = "class" if inspect.isclass(getattr(module, name)) else "function"
        lines += [f".. auto{kind}:: helpers.{room}.{name}", ""]
    return "\n".join(lines)


def other_pages(lessons, explorer, keep_links):
    """Yield path and text of every page that is no notebook.

    Parameters
    ----------
    lessons : dict of name -> str, the texts of the lessons in their order
    explorer : str, HTML of the explorer of the start page
    keep_links : callable, takes a text and its path in the project
    """
    yield "index.md", keep_links(start_page(lessons, explorer), "README.md")
    yield "glossary.md", glossary(lessons)
    yield "methods.md", keep_links(methods(), "README.md")
    yield "licences.md", keep_links(licences(), "README.md")
    for name in ("CHANGELOG.md", "notebooks/TEACHING.md", "data/README.md"):
        yield name, keep_links(read(name), name)
    yield from api_pages()
