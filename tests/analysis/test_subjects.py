"""Columns of ids: who belongs together, and which columns look like ids though nobody said so."""

import numpy as np
import pytest
from sklearn import datasets

from helpers import own_data
from helpers.own_data import Problem

ROWS = 60


def table_of(written, ids, name="who", **choices):
    lines = [f"{name},dose", *(f"{one},{place / 8}" for place, one in enumerate(ids))]
    return own_data.read_table(written("\n".join(lines)), numbers=["dose"], labels=[name])


def test_rows_of_one_id_share_a_code_and_the_id_is_read_as_text(written):
    ids = ["10", "9", " 9 ", "007", "b\u0065\u0301", "b\u00e9", "10"]
    codes, names, notes = own_data.read_subjects(table_of(written, ids), "who")
    assert names.tolist() == ["007", "10", "9", "b\u00e9"]
    assert [names[code] for code in codes] == ["10", "9", "9", "007", "b\u00e9", "b\u00e9", "10"]
    assert notes == ('4 subjects in "who" with 1 to 2 rows each',)


def test_rows_without_an_id_are_counted_and_left_out(written):
    table = table_of(written, ["a", "", "b", "a", ""])
    assert '2 of 5 rows have no value in "who" and are left out' in table.notes
    assert own_data.read_subjects(table, "who").codes.tolist() == [0, 1, 0]


def test_a_subject_for_each_row_changes_nothing_and_is_told(written):
    notes = own_data.read_subjects(table_of(written, range(5)), "who").notes
    assert notes == ('each row has its own subject in "who": the column changes nothing',)


@pytest.mark.parametrize("ids", [["P01", "p1"], ["03", "3"], ["A b", "a-B"]])
def test_ids_that_may_be_one_are_told(written, ids):
    _, told = own_data.read_subjects(table_of(written, [*ids, *ids]), "who").notes
    one, other = ids
    assert told == f'Warning: "{one}" and "{other}" in "who" may be one subject; they count as two'


@pytest.mark.parametrize("ids", [["P01", "P10"], ["100", "10"], ["a1b", "a11b"], ["0", "00x"]])
def test_ids_that_differ_are_no_pair(written, ids):
    assert len(own_data.read_subjects(table_of(written, [*ids, *ids]), "who").notes) == 1


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["a"] * 4, 'Column "who" must name at least two subjects; all 4 rows have "a".'),
        (
            ["a", "NA", "b", "NA"],
            'Column "who" holds "NA" in 2 of 4 rows, which is no id that they share: set '
            '`missing` to "NA", or name their subjects.',
        ),
    ],
)
def test_ids_that_name_nobody_are_refused(written, ids, message):
    with pytest.raises(Problem) as error:
        own_data.read_subjects(table_of(written, ids), "who")
    assert str(error.value) == message


def test_a_column_that_is_not_there_is_refused(written):
    with pytest.raises(Problem, match=r'has no column "whom"\. Nearest names: who'):
        path = written("who,dose\na,1\nb,2\n")
        own_data.read_table(path, numbers=["dose"], labels=["whom"])
    with pytest.raises(Problem, match=r'no column "dos" of ids\. Nearest names: dose'):
        own_data.read_subjects(table_of(written, "abc"), "dos")


# Columns that look like ids


def warned(written, columns, **choices):
    """Return the names that a file with these columns is warned of."""
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    table = own_data.read_table(written("\n".join(lines)), ids=True, **choices)
    notes = [note for note in table.notes if "looks like an id" in note]
    return [note.split('"')[1] for note in notes], notes


def measured(rows=ROWS):
    return np.random.default_rng(0).normal(size=rows).round(3)


IDS = {
    "blocks": [f"P{n // 6:02}" for n in range(ROWS)],
    "visits": [f"mouse-{n % 12}" for n in range(ROWS)],
    "unequal": [f"S{int(n**0.7)}" for n in range(ROWS)],
    "numbers": [4000 + n // 3 for n in range(ROWS)],
    "eyes": [n % 30 for n in range(ROWS)],
}


@pytest.mark.parametrize("ids", IDS.values(), ids=IDS)
def test_repeated_ids_are_seen_whatever_their_column_is_called(written, ids):
    names, (note,) = warned(written, {"v1": ids, "dose": measured()}, numbers=["dose"])
    assert names == ["v1"]
    assert note == (
        f'Warning: "v1" looks like an id with repeats ({len(set(ids))} different values in 60 '
        "rows); if rows with one value belong together, set `subject` to it"
    )


NAMES = ["patient", "PatientID", "patient_no", "Mouse", "subj", "subjectid", "Proband Nr"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ids", [[1, 2, 3, 4] * 15, [*range(59), 7], ["Ann", "Bob", "Eve"] * 20])
def test_a_column_that_is_called_an_id_needs_few_values_or_few_repeats(written, name, ids):
    names, _ = warned(written, {name: ids, "dose": measured()}, numbers=["dose"])
    assert names == [name]


def uneven(values, rows=ROWS, seed=1):
    rng = np.random.default_rng(seed)
    shares = 0.5 ** np.arange(len(values)) + 0.01
    return rng.choice(values, rows, p=shares / shares.sum()).tolist()


NO_IDS = {
    "group": ["A1", "B2", "C3"] * 20,
    "dose level": [1, 2, 3, 4, 5, 6] * 10,
    "age": np.random.default_rng(2).integers(20, 80, ROWS).tolist(),
    "count": np.random.default_rng(3).poisson(9, ROWS).tolist(),
    "city": uneven(["Ulm", "Kiel", "Bonn", "Jena", "Hof", "Trier", "Köln", "Aue", "Gera", "Rom"]),
    "ICD": uneven([f"I{n}" for n in range(10, 40)]),
    "sort": ["C00"] * 30 + [f"C{n // 2}" for n in range(30, 60)],
    "day": [f"2024-03-{1 + n // 4:02}" for n in range(ROWS)],
    "patient age": np.random.default_rng(4).integers(20, 40, ROWS).tolist(),
    "patient": ["yes", "no"] * 30,
    "class id": [n % 12 + (n % 7 == 0) for n in range(ROWS)],
    "case": [0, 1] * 30,
    "subject": measured().round(1).tolist(),
    "id": range(ROWS),
    "sample": [f"x{n}" for n in range(ROWS)],
    "falls": uneven(range(12)),
    "half points": [n % 20 / 2 for n in range(ROWS)],
}


@pytest.mark.parametrize("name", NO_IDS)
def test_groups_measures_and_row_numbers_are_no_ids(written, name):
    columns = {name: NO_IDS[name], "dose": measured()}
    assert warned(written, columns, numbers=["dose"]) == ([], [])


def test_the_label_is_never_taken_for_an_id(written):
    columns = {"patient": IDS["blocks"], "dose": measured()}
    assert warned(written, columns, numbers=["dose"], labels=["patient"])[0] == []
    columns = {"patient": IDS["numbers"], "dose": measured(), "sick": ["a", "b"] * 30}
    assert warned(written, columns, numbers="rest", labels=["sick"])[0] == ["patient"]


@pytest.mark.parametrize(
    "name", ["iris", "wine", "breast_cancer", "diabetes", "digits", "linnerud"]
)
def test_known_tables_give_no_alarm(written, name):
    loaded = getattr(datasets, f"load_{name}")()
    columns = {f"x{n}": column for n, column in enumerate(loaded.data.T)}
    names, _ = warned(written, columns, numbers=["x0"])
    assert names == []


@pytest.mark.parametrize("name", ["breast_cancer_rare", "scores", "wine"])
def test_the_courses_own_tables_give_no_alarm(name):
    path = own_data.find_file(f"data/{name}.csv")
    table = own_data.read_table(path, numbers=own_data.column_names(path)[1:2], ids=True)
    assert not [note for note in table.notes if "looks like an id" in note]
