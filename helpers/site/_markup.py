"""The pieces of HTML that the player brings to life, and links that stay inside the site."""

import html
import json
import posixpath
import re

from helpers import exercises

LINK = re.compile(  # code comes first: it may look like a link
    r"(?P<code>`+).+?(?P=code)|(?<!!)\[(?P<words>[^\]]*)\]\((?P<to>[^)#\s]+)(?P<at>#[^)\s]*)?\)",
    re.DOTALL,
)
SHOW, REVEALED = "Show what comes next", "</details>"


def explorer(root, folder, still, summary):
    """Return an explorer: its still and summary, until the player reads its folder."""
    lines = "<br>".join(html.escape(line) for line in summary.splitlines())
    return (
        f'<div class="explorer" data-explorer="{folder}/explorer.json">'
        f"{picture(root, still, 'still')}<p>{lines}</p></div>"
    )


def picture(root, image, kind="output"):
    """Return a picture: `image` has its path in the site, its alternative text and its size."""
    return (
        f'<img class="{kind}" src="{root}{image["path"]}" alt="{html.escape(image["alt"])}" '
        f'width="{image["size"][1]}" height="{image["size"][0]}" loading="lazy">'
    )


def quiz(name, exercise):
    """Return a committed prediction, from its own declaration, as one line."""
    asked = {
        "key": name,
        "task": exercise.task,
        "choices": [str(choice) for choice in exercise.choices],
        "right": exercise.choices.index(exercise.reference),
        "hints": [exercise.misconceptions.get(choice) for choice in exercise.choices],
        "explanation": exercise.explanation,
    }
    data = html.escape(json.dumps(asked, ensure_ascii=False))
    answer = f"<strong>{html.escape(str(exercise.reference))}</strong>"
    return (
        f'<div class="quiz" data-quiz="{data}"><details><summary>The answer</summary>'
        f"<p>{answer}: {html.escape(exercise.explanation)}</p></details></div>"
    )


def unsolved(name):
    """Return what stands below an exercise that only a kernel can check."""
    task = html.escape(exercises.find(name)[1].task)
    return (
        f'<div class="exercise" data-exercise="{name}"><p><strong>Exercise {name}</strong>: '
        f"{task}. Solve it in JupyterLab, where it answers back: "
        "<code>python3 start.py</code></p></div>"
    )


def reveal(name=None):
    """Return what begins the part that a prediction reveals; its quiz opens it by `name`."""
    key = f' data-key="{name}"' if name else ""
    return f'<details class="reveals"{key}><summary>{SHOW}</summary>'


def files(root, entries):
    """Return the links to the files of a page: pairs of a label and a path in the site."""
    items = (f'<li><a href="{root}{path}" download>{label}</a></li>' for label, path in entries)
    links = "".join(items)
    return f'<nav class="page-files" aria-label="Files of this page"><ul>{links}</ul></nav>'


def kept_links(text, page, pages, repository=""):
    """Rewrite the links of a text so that none leads out of the site unseen.

    Parameters
    ----------
    text : str, Markdown
    page : str, the path of the text in the project, such as ``notebooks/01_pixel_basics.ipynb``
    pages : collection of str, the paths in the project that are pages of the site
    repository : str, the address of a file's page without its path; "" if there is none

    Returns
    -------
    str
        Links to pages stay; others lead to the repository, or become plain text.
    """

    def rewrite(match):
        words, target, place = match["words"], match["to"], match["at"] or ""
        if match["code"] or re.match(r"[a-z]+:", target):
            return match[0]
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), target))
        if path in pages:
            return f"[{words}]({target}{place})"
        return f"[{words}]({repository}/{path}{place})" if repository else words

    return LINK.sub(rewrite, text)
