"""One JupyterLab and one Chromium for all browser tests, on a copy of the notebooks."""

import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the module `lab`, beside this file

import lab

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="package")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.environ.get("COURSE_REQUIRE_BROWSER") == "1":
        pytest.fail("COURSE_REQUIRE_BROWSER is set, but there is no Chromium")
    if found is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=lab.FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def course(tmp_path_factory):
    """Copy the notebooks and serve the copy; tracked files are never touched."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks", folder, dirs_exist_ok=True)
    with lab.server(folder, tmp_path_factory.mktemp("home")) as (address, token):
        yield folder, address, token


@pytest.fixture
def page(browser):
    """A fresh page; errors of its scripts fail the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors
