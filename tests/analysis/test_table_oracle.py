"""Tables against Python's csv and pandas, with the form given by hand: the same or a refusal."""

import csv
import io
import math

import numpy as np
import pandas as pd
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from helpers import own_data
from helpers.own_data import Problem, Written

NAMES = ("Größe", "b", "Länge, cm")
SIGNS = [(point, mark) for point in ".," for mark in ("", ".", ",", " ", "'") if mark != point]


def spelled(whole, part, digits, point, mark):
    """Write a number with a decimal sign and a sign between thousands."""
    text = f"{abs(whole):,}".replace(",", mark) if mark else str(abs(whole))
    return "-" * (whole < 0) + text + (f"{point}{part % 10**digits:0{digits}d}" if digits else "")


@st.composite
def columns(draw, rows):
    """Draw the true values of a column and its cells."""
    point, mark = draw(st.sampled_from(SIGNS))
    high = draw(st.sampled_from([9, 999, 99_999, 9_999_999]))
    digits = draw(st.sampled_from([st.just(3), st.just(0), st.just(2), st.integers(0, 4)]))
    gap = draw(st.sampled_from(["", "NA", "-", "n/a"]))
    values, cells = [], []
    for _ in range(rows):
        if draw(st.integers(0, 9)) == 0:
            values.append(math.nan)
            cells.append(gap)
            continue
        number = draw(st.integers(-high, high)), draw(st.integers(0, 9999)), draw(digits)
        values.append(float(spelled(*number, ".", "")))
        cells.append(spelled(*number, point, mark))
    return values, cells, (point, mark)


@st.composite
def files(draw):
    """Draw a file as bytes, its form, and the true values and labels."""
    rows = draw(st.integers(2, 12))
    numbers = [draw(columns(rows)) for _ in range(draw(st.integers(1, 2)))]
    delimiter = draw(st.sampled_from(",;\t|"))
    encoding = draw(
        st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
    )
    labels = [
        draw(st.sampled_from(["yes", "no", "+", "-", "NA", "Köln", 'a "b", c']))
        for _ in range(rows)
    ]
    names = [*NAMES[: len(numbers)], NAMES[2]]
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    ends = draw(st.sampled_from(["\n", "\r\n"]))
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=ends)
    writer.writerows([names, *zip(*(cells for _, cells, _ in numbers), labels, strict=True)])
    return out.getvalue().encode(encoding), delimiter, encoding, numbers, labels


def found(path, names, written=None):
    table = own_data.read_table(path, numbers=names, labels=[NAMES[2]], least=0, written=written)
    return table


def expected(numbers, labels):
    """Return the rows in which each number is there."""
    values = np.array([values for values, _, _ in numbers])
    keep = ~np.isnan(values).any(axis=0)
    return values[:, keep], np.array(labels)[keep], keep.size


def check(table, names, numbers, labels):
    values, texts, rows = expected(numbers, labels)
    assert table.rows == rows
    np.testing.assert_array_equal([table[name] for name in names], values)
    assert table[NAMES[2]].tolist() == texts.tolist()


@settings(max_examples=400, deadline=None)
@given(file=files())
def test_any_file_gives_its_numbers_or_a_refusal_and_never_others(tmp_path_factory, file):
    content, _, _, numbers, labels = file
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    path.write_bytes(content)
    names = NAMES[: len(numbers)]
    try:
        table = found(path, names)
    except Problem as problem:
        event("refused")
        assert "can be read in two ways" in str(problem)
        assert any(ambiguous(cells) for _, cells, _ in numbers)
        return
    event("read")
    check(table, names, numbers, labels)


def ambiguous(cells):
    """Tell, one cell after the other, whether points and commas can trade places."""
    told = False
    for cell in cells:
        body = cell.lstrip("-")
        if not body.isdecimal() and body[:1].isdecimal():
            parts = body.replace(",", ".").split(".")
            whole = len(parts) == 2 and len(parts[1]) == 3 and 1 <= len(parts[0]) <= 3
            if not whole or body.startswith("0"):
                return False
            told = True
    return told


@settings(max_examples=200, deadline=None)
@given(file=files())
def test_the_form_given_by_hand_is_followed_as_pandas_does(tmp_path_factory, file):
    content, delimiter, encoding, numbers, _ = file
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    path.write_bytes(content)
    for name, (values, _, (point, mark)) in zip(NAMES, numbers, strict=False):
        form = {"delimiter": delimiter, "encoding": encoding, "decimal": point}
        table = found(path, [name], Written(**form, thousands=mark or None))
        kept = ~np.isnan(values)
        np.testing.assert_array_equal(table[name], np.array(values)[kept])
        frame = pd.read_csv(
            io.BytesIO(content),
            sep=delimiter,
            encoding=encoding,
            decimal=point,
            thousands=mark or None,
            na_values=["-"],
            usecols=[name],
        )
        np.testing.assert_allclose(table[name], frame[name].to_numpy(float)[kept], rtol=1e-15)


@settings(max_examples=100, deadline=None)
@given(file=files(), seed=st.integers(0, 9))
def test_the_order_of_the_rows_does_not_matter(tmp_path_factory, file, seed):
    content, _, encoding, numbers, _ = file
    rows = list(csv.reader(io.StringIO(content.decode(encoding)), delimiter=file[1]))
    other = [rows[0], *np.random.default_rng(seed).permutation(np.array(rows[1:], dtype=object))]
    out = io.StringIO()
    csv.writer(out, delimiter=file[1]).writerows(other)
    folder = tmp_path_factory.mktemp("tables")
    answers = []
    for text in (content, out.getvalue().encode(encoding)):
        (folder / "table.csv").write_bytes(text)
        try:
            table = found(folder / "table.csv", NAMES[: len(numbers)])
            answers.append(sorted(zip(*table.columns.values(), strict=True)))
        except Problem as problem:
            answers.append(str(problem).partition(":")[0])
    assert answers[0] == answers[1]


PIECES = [
    "x",
    "1",
    "1.250",
    "1,5",
    ".",
    ",",
    ";",
    "\t",
    '"',
    "\n",
    "\r\n",
    " ",
    "-",
    "NA",
    "é",
    "\x1f",
]


@settings(max_examples=300, deadline=None)
@example(head="", pieces=["\x1f"], encoding="cp1252")
@given(
    head=st.sampled_from(["", "x,y\n", "x;y\n1;2\n"]),
    pieces=st.lists(st.sampled_from(PIECES), max_size=40),
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-16-le"]),
)
def test_no_bytes_give_anything_but_a_table_or_a_problem(tmp_path_factory, head, pieces, encoding):
    path = tmp_path_factory.mktemp("tables") / "table.csv"
    path.write_bytes((head + "".join(pieces)).encode(encoding))
    for choice in ({"numbers": "rest"}, {"numbers": ["x"]}, {"labels": ["x"], "numbers": ["y"]}):
        try:
            table = own_data.read_table(path, least=0, **choice)
        except Problem:
            event("refused")
            continue
        event("read")
        assert all(len(values) <= table.rows for values in table.columns.values())
