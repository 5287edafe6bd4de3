"""Make the pages: the settings of Sphinx, and one run of it."""

import copy
import io
import os
import re
import shutil
import warnings
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from helpers.files import Problem

HERE = Path(__file__).resolve().parent
REPOSITORY, LAUNCH = "COURSE_REPOSITORY", "COURSE_LAUNCH"
HUBS = ("binderhub_url", "jupyterhub_url", "colab_url")


def settings():
    """Return the settings; with a repository's address, pages offer to edit and to launch.

    `COURSE_REPOSITORY` is its address, such as ``https://example.org/owner/course``;
    `COURSE_LAUNCH` holds words such as ``binderhub_url=https://hub.example.org``.
    """
    repository = os.environ.get(REPOSITORY, "").rstrip("/")
    hubs = dict(word.partition("=")[::2] for word in os.environ.get(LAUNCH, "").split())
    if unknown := set(hubs) - set(HUBS):
        raise Problem(f"{LAUNCH} knows {', '.join(HUBS)}; got {', '.join(sorted(unknown))}.")
    theme = {
        "navbar_persistent": [],
        "use_download_button": False,
        "home_page_in_toc": True,
        "show_navbar_depth": 1,
        "show_toc_level": 2,
        "logo": {"text": "Pixels & Probability"},
    }
    if repository:
        theme |= {"repository_url": repository, "repository_branch": "main"}
        theme |= {"use_repository_button": True, "use_edit_page_button": True}
        theme |= {"launch_buttons": hubs | {"notebook_interface": "jupyterlab"}} if hubs else {}
    return _FIXED | {"html_theme_options": theme}


_FIXED = {
    "project": "Pixels & Probability",
    "author": "Pixels & Probability contributors",
    "copyright": "2026, Pixels & Probability contributors; text and figures CC BY 4.0",
    "language": "en",
    "exclude_patterns": ["extra"],
    "extensions": ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"],
    "html_theme": "sphinx_book_theme",
    "html_title": "Pixels & Probability",
    "html_favicon": "_static/favicon.svg",
    "html_copy_source": False,
    "html_show_sourcelink": False,
    "html_show_sphinx": False,
    "html_css_files": sorted(path.name for path in HERE.glob("*.css")),
    "html_js_files": [(path.name, {"defer": "defer"}) for path in sorted(HERE.glob("*.js"))],
    "templates_path": [str(HERE / "templates")],
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},  # else every page asks two content networks for scripts
    "nb_merge_streams": True,
    "nb_code_prompt_show": "Show the code",
    "nb_code_prompt_hide": "Hide the code",
    "myst_enable_extensions": ["deflist"],
    "myst_heading_anchors": 3,
    "default_role": "code",
    "autodoc_typehints": "none",
    "napoleon_google_docstring": False,
    "napoleon_use_rtype": False,
    "suppress_warnings": ["myst.header", "mystnb.unknown_mime_type"],
}


def make_html(source, output, doctrees):
    """Make the pages of a folder of sources.

    Parameters
    ----------
    source, output, doctrees : Path

    Returns
    -------
    list of str, the warnings

    Raises
    ------
    Problem
        If Sphinx fails.
    """
    faults, static = io.StringIO(), source / "_static"
    static.mkdir()
    for path in [*HERE.glob("*.css"), *HERE.glob("*.js"), HERE / "favicon.svg"]:
        shutil.copy(path, static)
    with patch_docutils(), docutils_namespace(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the parts of Sphinx warn of each other's future
        app = Sphinx(
            srcdir=source,
            confdir=None,
            outdir=output,
            doctreedir=doctrees,
            buildername="html",
            confoverrides=copy.deepcopy(settings()) | {"html_static_path": [str(static)]},
            status=None,
            warning=faults,
            freshenv=True,
        )
        app.build(force_all=True)
    if app.statuscode:
        raise Problem(f"The pages could not be made: {faults.getvalue()[-500:]}")
    plain = re.sub(r"\x1b\[[\d;]*m", "", faults.getvalue())
    return [line for line in plain.splitlines() if line.strip()]
