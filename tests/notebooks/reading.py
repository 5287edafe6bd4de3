"""Numbers as they stand in prose, in outputs and in code."""

import ast
import re
from decimal import Decimal
from typing import NamedTuple

NUMBER = re.compile(
    r"(?<![\w.^_])(?P<sign>(?<![\d)\]])[-+\u2212])?"
    r"(?P<digits>[0-9]{1,3}(?:[,\u202f\u2009][0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?P<point>\.[0-9]+)?(?P<power>[eE][-+]?[0-9]+)?"
    r"(?P<percent>[\s\u202f]?(?:%|per\s?cent\b))?"
)
PARTNER = re.compile(r"\s?(?:to|and|or|\u2013)\s?$")  # "5 to 10 %": the 5 is a share, too
ROUGH = re.compile(r"\b(about|nearly|almost|roughly|around|some)\W+$", re.IGNORECASE)
UNREAD = [  # what is no prose
    r"(?s)^(```|~~~).*?^\1",
    r"(?m)^\*\*Further reading\*\*.*$",
    r"(?m)^#+ .*$",
    r"(?s)(`+)(?!`).+?(?<!`)\1(?!`)",
    r"(?s)<code>.*?</code>",
    r"(?s)<[a-zA-Z/!][^<>]*>",
    r"\]\([^)]*\)",
    r"\[doi:[^\]]*\]|\bdoi:\S+|https?://\S+",
]


class Stated(NamedTuple):
    """A number as it is written: its value, digits after the point, and whether it has a %."""

    text: str
    value: Decimal
    decimals: int
    percent: bool
    signed: bool
    rough: bool = False
    where: int = 0


def read_numbers(text):
    """List all numbers of a text, whether or not they need a proof."""
    found = []
    for match in NUMBER.finditer(text):
        digits = re.sub(r"[,\u202f\u2009]", "", match["digits"]) + (match["point"] or "")
        value = Decimal(digits + (match["power"] or ""))
        minus = (match["sign"] or "") in ("-", "\u2212")
        found.append(
            Stated(
                match[0].strip(),
                -value if minus else value,
                max(0, -value.as_tuple().exponent),
                bool(match["percent"]),
                bool(match["sign"]),
                bool(ROUGH.search(text[: match.start()])),
                match.start(),
            )
        )
    return _shared_percent(text, found)


def _shared_percent(text, found):
    """Give the first number of "5 to 10 %" the sign of the second."""
    for place in range(len(found) - 2, -1, -1):
        one, other = found[place : place + 2]
        between = text[one.where + len(one.text) : other.where]
        if other.percent and not (one.percent or one.decimals) and PARTNER.fullmatch(between):
            found[place] = one._replace(percent=True)
    return found


def prose_of(source):
    """Blank out what is no prose, so that places stay where they are."""
    for pattern in UNREAD:
        source = re.sub(pattern, lambda match: re.sub(r"\S", " ", match[0]), source, flags=re.M)
    return source.replace("{,}", "\u202f").replace(r"\,", "\u202f").replace(r"\%", "%")


def stated_in(source):
    """List the numbers of a Markdown text with a point, a per cent sign or three digits."""
    return [
        number
        for number in read_numbers(prose_of(source))
        if number.decimals or number.percent or abs(number.value) >= 100
    ]


def text_of(cell):
    """Return what a cell says in words: Markdown, or the texts of its pictures."""
    if cell.cell_type == "code":
        return "\n\n".join(map(_strings, alts_in(cell.source)))
    return cell.source


def printed_by(cells):
    """List the numbers in the stored outputs of code cells."""
    texts = []
    for cell in cells:
        for output in cell.outputs:
            data = output.get("data", {})
            texts += [output.get("text", ""), data.get("text/plain", "")]
    return read_numbers("\n".join(re.sub(r"<Figure[^>]*>|<Pictures[^>]*>", "", t) for t in texts))


def alts_in(source):
    """List the nodes of the texts that code gives to its pictures."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    texts = [word.value for call in calls for word in call.keywords if word.arg == "alt"]
    names = [getattr(call.func, "attr", getattr(call.func, "id", "")) for call in calls]
    pairs = zip(names, calls, strict=True)
    return texts + [call.args[1] for name, call in pairs if name == "describe" and call.args[1:]]


def _span(node):
    names = ("lineno", "col_offset", "end_lineno", "end_col_offset")
    return type(node), *(getattr(node, name, None) for name in names)


def _strings(node):
    """Join the strings below a node."""
    parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return " ".join(part for part in parts if isinstance(part, str))


def written_in(source):
    """List the numbers in code and its strings, but not in comments and texts of pictures."""
    texts = {_span(node) for node in alts_in(source)}
    found, waiting = [], [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if _span(node) in texts:
            continue
        if isinstance(node, ast.Constant) and not isinstance(node.value, bytes | bool):
            found += read_numbers(str(node.value))
        waiting.extend(ast.iter_child_nodes(node))
    return found
