"""Print pages as PDF by Chromium, where there is one."""

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 180  # for one page


def find_browser():
    """Return the path of Chromium, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def print_all(pages, cache, browser):
    """Print pages side by side; what has not changed is kept from the last time.

    Parameters
    ----------
    pages : dict of Path (a page) -> Path (its PDF)
    cache : Path
    browser : str
    """
    cache.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        list(pool.map(lambda page: _print(page, pages[page], cache, browser), pages))


def for_paper(text):
    """Return a page as it is printed: unfolded, without scripts and without links into the site."""
    text = re.sub(r"<script\b.*?</script>", "", text, flags=re.DOTALL)
    text = re.sub(r"<details\b", "<details open", text)
    text = text.replace('loading="lazy"', "")
    return re.sub(r'(<a\b[^>]*?) href="(?!https?:)[^"]*"', r"\1", text)


def _print(page, target, cache, browser):
    text = for_paper(page.read_text(encoding="utf-8"))
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    known = cache / f"{target.stem}-{digest}.pdf"
    if not known.exists():
        for old in cache.glob(f"{target.stem}-*.pdf"):
            old.unlink()
        _run_browser(text, page, known, browser)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(known, target)


def _run_browser(text, page, known, browser):
    """Print a copy that lies beside the page, so that its pictures and styles are found."""
    copy = page.with_name(f".{page.stem}.print.html")
    copy.write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as home:
        part = Path(home) / "page.pdf"
        command = [browser, "--headless", "--disable-gpu", f"--user-data-dir={home}"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={part}"]
        command += ["--no-sandbox"] if hasattr(os, "getuid") and os.getuid() == 0 else []
        try:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            subprocess.run([*command, copy.as_uri()], check=True, timeout=SECONDS, **quiet)
            shutil.move(part, known)
        finally:
            copy.unlink()
