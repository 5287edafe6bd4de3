"""One Chromium for all browser tests, and courses that start.py itself has started."""

import os

import pytest

from tests.browser import lab
from tests.setup import borrowed


@pytest.fixture(scope="package")
def browser():
    found = lab.chromium()
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
def project(tmp_path_factory):
    return borrowed.copy_course(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="package")
def source_lab(browser, project, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    lab.write_test_settings(home)
    with borrowed.run_lab(project, home, "--source", **borrowed.FONTS) as running:
        yield running


@pytest.fixture
def course(source_lab):
    """Open the notebooks with their outputs, in a home with the settings for tests."""
    yield source_lab.root / "notebooks", source_lab.server, source_lab.token
    lab.end_kernels(source_lab)


@pytest.fixture(scope="module")
def learners_lab(browser, project, tmp_path_factory):
    with borrowed.run_lab(project, tmp_path_factory.mktemp("empty"), **borrowed.FONTS) as running:
        yield running


@pytest.fixture
def first_start(learners_lab):
    """Open the learner's copy in a home where nothing is."""
    yield learners_lab
    lab.end_kernels(learners_lab)


@pytest.fixture
def page(browser, request):
    """A fresh page; errors of its scripts fail the test."""
    context = browser.new_context(viewport=getattr(request, "param", lab.WINDOW))
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors
