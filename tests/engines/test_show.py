"""Tables and sentences: aligned in plain text, marked up where a notebook shows them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import show

COLUMNS = {"method": ["mean", "a <b>"], "PSNR": [29.125, np.float32(3)], "n": [10, np.int64(7)]}


def test_a_table_is_aligned_with_numbers_on_the_right():
    assert repr(show.table(COLUMNS, digits=1)).splitlines() == [
        "method  PSNR   n",
        "mean    29.1  10",
        "a <b>    3.0   7",
    ]
    assert repr(show.table(COLUMNS, caption="Noise")).splitlines()[0] == "Noise"


def test_rows_and_columns_give_the_same_table():
    rows = [
        dict(zip(COLUMNS, values, strict=True)) for values in zip(*COLUMNS.values(), strict=True)
    ]
    assert repr(show.table(rows)) == repr(show.table(COLUMNS))


def test_the_same_table_as_html_is_escaped_and_has_a_heading_for_each_column():
    markup = show.table(COLUMNS, digits=1, caption="x < 3")._repr_html_()
    assert markup.startswith("<table><caption>x &lt; 3</caption><thead><tr>")
    assert '<th scope="col" style="text-align: left">method</th>' in markup
    assert '<td style="text-align: left">a &lt;b&gt;</td>' in markup
    assert '<td style="text-align: right">29.1</td>' in markup
    assert markup.count("<tr>") == 3
    assert "<caption>" not in show.table(COLUMNS)._repr_html_()


def test_a_column_may_have_its_own_format_and_holes():
    shown = show.table(
        {"share": [0.125, None, float("nan")], "kept": [True, False, True]},
        formats={"share": ".1%"},
    )
    assert repr(shown).splitlines()[1:] == ["12.5%  True", "    \u2013  False", "    \u2013  True"]


@given(st.lists(st.tuples(st.text("ab ", max_size=9), st.floats(-1e6, 1e6)), min_size=1))
def test_every_line_of_plain_text_ends_its_numbers_at_one_place(rows):
    lines = repr(show.table({"w": [w for w, _ in rows], "x": [x for _, x in rows]})).splitlines()
    assert len(lines) == len(rows) + 1
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        ({"a": [1], "b": [1, 2]}, {}, r"`content` must have columns of one length; .*'b': 2"),
        ([{"a": 1}, {"b": 1}], {}, "`content` must be rows with the same names"),
        ([], {}, "`content` must be rows with the same names"),
        ({"a": [1]}, {"formats": {"b": ".0%"}}, r"`formats` must name columns; got 'b'"),
    ],
)
def test_what_does_not_fit_together_is_refused(content, options, said):
    with pytest.raises(ValueError, match=said):
        show.table(content, **options)


def test_sentences_are_paragraphs_of_markdown_and_wrapped_plain_text():
    shown = show.text("The **mean**\n of " + "many " * 30 + "values.", "And `x` < 3.")
    first, second = shown._repr_markdown_().split("\n\n")
    assert first.startswith("The **mean** of many")
    assert second == "And `x` < 3."
    lines = repr(shown).splitlines()
    assert max(map(len, lines)) <= show.WIDTH
    assert " ".join(" ".join(lines).split()) == f"{first} {second}"


def test_literal_sentences_keep_every_sign():
    shown = show.text("a_b *c* <d> $5 `e` [f](g) #h", literal=True)
    assert repr(shown) == "a_b *c* <d> $5 `e` [f](g) #h"
    assert shown._repr_markdown_() == r"a\_b \*c\* \<d\> \$5 \`e\` \[f\](g) \#h"
