"""Numbers that a text states, and whether its notebook prints, writes or declares them.

python -m tests.notebooks.stated notebooks/04*.ipynb     lists those that are missing
"""

import ast
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import nbformat

NUMBER = re.compile(
    r"(?<![\w.^_])(?P<sign>(?<![\d)\]])[-+\u2212])?"
    r"(?P<digits>[0-9]{1,3}(?:[,\u202f\u2009][0-9]{3})+(?![0-9])|[0-9]+)"
    r"(?P<point>\.[0-9]+)?(?P<power>[eE][-+]?[0-9]+)?"
    r"(?P<percent>[\s\u202f]?(?:%|per\s?cent\b))?"
)
PARTNER = re.compile(r"\s?(?:to|and|or|\u2013)\s?$")  # "5 to 10 %": the 5 is a share, too
ROUGH = re.compile(r"\b(about|nearly|almost|roughly|around|some)\W+$", re.IGNORECASE)
NEAR = 8  # cells before or after
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


def _strings(node):
    """Join the strings below a node."""
    parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return " ".join(part for part in parts if isinstance(part, str))


def written_in(source):
    """List the numbers in code and its strings, but not in comments and texts of pictures."""
    texts = {ast.dump(node, include_attributes=True) for node in alts_in(source)}
    found, waiting = [], [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if ast.dump(node, include_attributes=True) in texts:
            continue
        if isinstance(node, ast.Constant) and not isinstance(node.value, bytes | bool):
            found += read_numbers(str(node.value))
        waiting.extend(ast.iter_child_nodes(node))
    return found


def _rounds_to(known, stated, *, shift=0, complement=None):
    """Tell whether a known number, moved by `shift` powers of ten, rounds to the stated one."""
    value, decimals = known.value.scaleb(shift), max(0, known.decimals - shift)
    value = value if complement is None else complement - value
    wanted = stated.value
    if not stated.signed or complement is not None:
        value, wanted = abs(value), abs(wanted)
    if value == wanted:
        return True
    if decimals < stated.decimals or (decimals == stated.decimals and not stated.rough):
        return False
    return abs(value - wanted) <= _half_step(stated)


def _half_step(stated):
    """Half a unit of the last digit that counts; the zeros of "about 4000" do not count."""
    digits = str(abs(stated.value)).replace(".", "")
    zeros = len(digits) - len(digits.rstrip("0")) if stated.rough and not stated.decimals else 0
    zeros = min(zeros, len(digits) - 2) if len(digits) > 2 else 0
    return Decimal(5).scaleb(zeros - stated.decimals - 1)


def is_known(stated, printed, written=(), *, complements=True):
    """Tell whether a stated number is printed (rounded, or as a share) or written in code."""
    return any(
        _rounds_to(known, stated, shift=shift, complement=complement)
        for known in (*printed, *written)
        for shift, complement in _moves(known, stated)
        if complements or complement is None
    )


def _moves(known, stated):
    """List the (shift, complement) that a known number may take on its way into the text."""
    if known.percent == stated.percent:
        whole = Decimal(100 if known.percent else 1)
        return [(0, None), (0, whole)] if 0 <= known.value <= whole else [(0, None)]
    if known.percent:
        return [(0, None), (-2, None), (-2, Decimal(1))]
    bare = [(0, None)] if known.decimals else []  # a table may have its % in the heading
    return [*bare, (2, None), (2, Decimal(100))] if 0 <= known.value <= 1 else bare


def _declared(stated, reasons):
    return any(
        declared.value == stated.value and declared.percent == stated.percent
        for text in reasons
        for declared in read_numbers(text)
    )


def missing(notebook, lesson=None):
    """List (cell, number, context) of all stated numbers that nothing proves.

    A solutions page speaks of its `lesson`, so what that prints and writes counts as well.
    A number of one or two digits is met by chance on a long page: its proof must be near.
    """
    known = [_known(cell) for cell in notebook.cells]
    beside = [_known(cell) for cell in lesson.cells] if lesson else []
    everywhere, found = _together(known + beside), []
    for place, cell in enumerate(notebook.cells):
        near = _together(known[max(0, place - NEAR) : place + NEAR + 1] + beside)
        for number in stated_in(text := text_of(cell)):
            proved = is_known(number, *near) or (
                _digits(number) >= 3 and is_known(number, *everywhere, complements=False)
            )
            if not proved and not _declared(number, cell.metadata.get("numbers", {})):
                context = text[max(0, number.where - 30) : number.where + 30]
                found.append((place, number.text, " ".join(context.split())))
    return found


def _known(cell):
    """Return the numbers that a cell prints, and those that it writes."""
    if cell.cell_type != "code":
        return set(), set()
    written = {number._replace(decimals=0, where=0) for number in written_in(cell.source)}
    return {number._replace(where=0) for number in printed_by([cell])}, written


def _together(pairs):
    return [set().union(*sets) for sets in zip(*pairs, strict=True)]


def _digits(number):
    return len(str(abs(number.value)).replace(".", "").lstrip("0"))


def false_declarations(notebook):
    """List declared numbers that the cell does not state, or that come without a reason."""
    faults = []
    for place, cell in enumerate(notebook.cells):
        stated = stated_in(text_of(cell))
        for text, reason in cell.metadata.get("numbers", {}).items():
            why = reason.get("why", "") if isinstance(reason, dict) else reason
            if not any(_declared(number, [text]) for number in stated):
                faults.append(f"cell {place}: {text} is declared but not stated")
            if len(why) < 4 or (isinstance(reason, dict) and not reason.get("set")):
                faults.append(f"cell {place}: {text} is declared without a reason")
    return faults


def asked(notebook):
    """List (number, explorer, settings) of the slider positions that are declared."""
    return [
        (text, reason.get("explorer"), reason["set"])
        for cell in notebook.cells
        for text, reason in cell.metadata.get("numbers", {}).items()
        if isinstance(reason, dict) and reason.get("set")
    ]


def unsaid(questions, answers):
    """List what is wrong with the answers that `ask.py` got to the questions of `asked`."""
    faults = []
    for (text, explorer, settings), (said, problem) in zip(questions, answers, strict=True):
        (number,) = read_numbers(text)
        if problem or not is_known(number, read_numbers(said), complements=False):
            faults.append(f"{text} is not what `{explorer}` says at {settings}: {problem or said}")
    return faults


def read_with_lesson(path):
    """Read a notebook, and for a solutions page its lesson."""
    lesson = path.parent.parent / path.name if path.parent.name == "solutions" else None
    return nbformat.read(path, as_version=4), lesson and nbformat.read(lesson, as_version=4)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        page, lesson = read_with_lesson(Path(name))
        print(f"## {name}")
        for place, text, near in missing(page, lesson):
            print(f"- cell {place}: **{text}** in \u2026{near}\u2026")
        print(*(f"- {fault}" for fault in false_declarations(page)), sep="\n")
