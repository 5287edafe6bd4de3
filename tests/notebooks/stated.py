"""Numbers that a text states, and whether its notebook prints, writes or declares them."""

from decimal import Decimal

import nbformat

from tests.notebooks.reading import printed_by, read_numbers, stated_in, text_of, written_in

NEAR = 8  # cells before or after


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
