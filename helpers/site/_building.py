"""Put the parts together: run what changed, write pages, print them, replace the old site."""

import functools
import hashlib
import os
import shutil
from pathlib import Path

import nbformat

from helpers.files import COURSE, Problem
from helpers.site import _extras, _lessons, _markup, _pages, _printing, _sphinx

MARK = ".course-site"  # in a folder that was made here, with the digest of what it was made from


def build(output=COURSE / "_site", names=(), *, cache=COURSE / ".site-cache", pdf=True, say=print):
    """Build the site; what has not changed is not run again.

    Parameters
    ----------
    output : Path
        Is replaced as a whole when everything is made; until then the old site stands.
    names : sequence of str
        Beginnings of notebooks' names, such as ``01`` or ``clean``; none means all.
    cache : Path
        Where results stay for the next time.
    pdf : bool
        Also print each notebook, if there is a Chromium.
    say : callable, told what is being done

    Raises
    ------
    Problem
        If a name is unknown, a notebook fails (with its name), Sphinx fails or warns, or
        `output` holds something else than a site that was made here.
    """
    output, cache = Path(output).resolve(), Path(cache).resolve()
    notebooks = _chosen(names)
    browser = _printing.find_browser() if pdf else None
    digest = _digest(notebooks, browser)
    if (output / MARK).exists() and (output / MARK).read_text() == digest:
        say(f"Nothing has changed since {output} was made.")
        return
    if output.exists() and any(output.iterdir()) and not (output / MARK).exists():
        raise Problem(f"{output} holds something else; name a new folder.")
    folders = _lessons.run_all(notebooks, cache / "lessons", say)
    part, source = output.with_name(f".{output.name}.part"), cache / "source"
    for folder in (part, source):
        shutil.rmtree(folder, ignore_errors=True)
    say("  pages ...")
    _write_sources(notebooks, folders, source, browser)
    _make(source, part, notebooks, folders, cache)
    if browser:
        say("  PDF ...")
        pages = {part / f"{n}.html": part / f"files/{p.stem}.pdf" for n, p in notebooks.items()}
        _printing.print_all(pages, cache / "pdf", browser)
    (part / MARK).write_text(digest)
    _replace(output, part)
    size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
    say(f"{len(notebooks)} notebooks, {size / 1e6:.0f} MB: {output / 'index.html'}")


def _chosen(names):
    """Return the notebooks whose name begins with one of the words."""
    known = _lessons.course_notebooks()
    if not names:
        return known
    short = {name: name.removeprefix("notebooks/") for name in known}
    found = {}
    for word in names:
        fits = [n for n in known if short[n].startswith(word) or Path(n).name.startswith(word)]
        if not fits:
            raise Problem(f"No notebook begins with {word}; there are: {', '.join(short.values())}")
        found |= dict.fromkeys(fits)
    return {name: known[name] for name in known if name in found}


def _digest(notebooks, browser):
    """Hash all that the site is made from."""
    digest = hashlib.sha256(repr((_sphinx.settings(), bool(browser))).encode())
    for name, path in notebooks.items():
        digest.update(f"{name} {_lessons.key_of(path)}".encode())
    texts = ["README.md", "CHANGELOG.md", "LICENSE", "notebooks/TEACHING.md", "data/README.md"]
    room = [path for path in Path(__file__).parent.rglob("*") if path.suffix != ".pyc"]
    helpers = (COURSE / "helpers").rglob("*.py")  # their docstrings
    for path in [*(COURSE / text for text in texts), *sorted({*room, *helpers})]:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _write_sources(notebooks, folders, source, browser):
    """Write what Sphinx reads: the pages' notebooks, and the other pages."""
    paths = {f"{name}.ipynb" for name in notebooks}
    paths |= {"CHANGELOG.md", "notebooks/TEACHING.md", "data/README.md"}
    repository = os.environ.get(_sphinx.REPOSITORY, "").rstrip("/")
    repository = f"{repository}/blob/main" if repository else ""
    keep = functools.partial(_markup.kept_links, pages=paths, repository=repository)
    texts = {}
    for name in notebooks:
        linked = functools.partial(keep, page=f"{name}.ipynb")
        _pages.make_page(folders[name] / "page.ipynb", name, source, linked, bool(browser))
        cells = nbformat.read(notebooks[name], as_version=4).cells
        texts[name] = "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    explorer = _pages.first_explorer(source, notebooks)
    for name, text in _extras.other_pages(texts, explorer, keep):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")


def _make(source, part, notebooks, folders, cache):
    """Make the pages and put frames, pictures and files beside them."""
    if warnings := _sphinx.make_html(source, part, cache / "doctrees"):
        raise Problem("The pages have faults:\n" + "\n".join(warnings))
    shutil.copytree(source / "extra", part, dirs_exist_ok=True)
    for name, path in notebooks.items():
        frames = folders[name] / _lessons.FRAMES
        if frames.exists():
            shutil.copytree(frames, part / _lessons.FRAMES / path.stem)


def _replace(output, part):
    """Put the new site in the place of the old one."""
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    part.rename(output)
    shutil.rmtree(old, ignore_errors=True)
