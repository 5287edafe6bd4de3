"""One page of HTML that stands alone: sentences, pictures, tables, versions and the date."""

import base64
import datetime
import html
import platform
from importlib.metadata import version

PACKAGES = ("numpy", "scipy", "opencv-python-headless", "scikit-learn", "pandas")
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:48em;margin:2em auto;padding:0 1em}"
    "td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ccc}"
    "table{border-collapse:collapse}img{max-width:100%}"
)


def page(title, sentences, pictures, tables):
    """Return the page as text; `tables` maps a caption to columns."""
    versions = {"Python": platform.python_version()} | {name: version(name) for name in PACKAGES}
    tables = tables | {"Versions": {"package": list(versions), "version": list(versions.values())}}
    date = datetime.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    return "\n".join(
        [
            "<!doctype html><html lang='en'><meta charset='utf-8'>",
            f"<title>{html.escape(title)}</title><style>{STYLE}</style>",
            f"<h1>{html.escape(title)}</h1>",
            *(f"<p>{html.escape(sentence)}</p>" for sentence in sentences),
            *(_embedded(path) for path in pictures),
            *(_html_table(caption, columns) for caption, columns in tables.items()),
            f"<p>Made {date}.</p></html>",
        ]
    )


def _embedded(path):
    kind = "jpeg" if path.suffix.lower() in (".jpg", ".jpeg") else "png"
    content = base64.b64encode(path.read_bytes()).decode()
    return f"<img src='data:image/{kind};base64,{content}' alt='{html.escape(path.stem)}'>"


def _html_table(caption, columns):
    rows = zip(*columns.values(), strict=True)
    cells = ["".join(f"<td>{html.escape(str(value))}</td>" for value in row) for row in rows]
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in columns)
    body = "".join(f"<tr>{row}</tr>" for row in cells)
    return f"<h2>{html.escape(caption)}</h2><table><tr>{head}</tr>{body}</table>"
