"""The file picker: what it offers, keeps and never writes over."""

import datetime

import pytest

from helpers import sliders

TABLE = b"x\n1\n"
NOON = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def folder(tmp_path):
    for name in ("a.csv", "b.CSV", "c.png"):
        (tmp_path / name).write_bytes(TABLE)
    return tmp_path


@pytest.fixture
def pick(folder):
    def make(name="a.csv"):
        return sliders.pick_file(folder / name, endings=(".csv",), keep=folder / "mine")

    return make


def upload(picker, name, content=TABLE):
    file = {"name": name, "type": "text/csv", "size": len(content), "last_modified": NOON}
    picker.upload.value = (file | {"content": memoryview(content)},)


def test_the_default_is_chosen_and_its_neighbours_of_that_kind_are_offered(pick, folder):
    picker = pick()
    assert picker.path == folder / "a.csv"
    assert [name for name, _ in picker.menu.options] == ["a.csv", "b.CSV"]
    assert picker._repr_mimebundle_()["text/plain"] == "file: a.csv"


def test_a_choice_is_said_and_kept_when_the_cell_is_run_again(pick, folder):
    picker = pick()
    picker.menu.value = folder / "b.CSV"
    assert "b.CSV is chosen" in picker.note.value and "All Below" in picker.note.value
    assert pick().path == folder / "b.CSV"
    assert pick("c.png").path == folder / "c.png"  # another default starts anew


def test_an_upload_is_kept_and_chosen(pick, folder):
    picker = pick()
    upload(picker, "new.csv", b"y\n2\n")
    assert picker.path == folder / "mine/new.csv"
    assert picker.path.read_bytes() == b"y\n2\n"
    assert "new.csv is chosen" in picker.note.value
    assert "new.csv" in [name for name, _ in pick().menu.options]


def test_an_upload_never_replaces_another_file(pick, folder):
    picker = pick()
    upload(picker, "new.csv", b"first")
    upload(picker, "new.csv", b"second")
    assert picker.path.name == "new-2.csv"
    assert (folder / "mine/new.csv").read_bytes() == b"first"
    assert picker.path.read_bytes() == b"second"
    upload(picker, "new.csv", b"first")
    assert picker.path.name == "new.csv"
    assert len(list((folder / "mine").iterdir())) == 2


def test_an_upload_cannot_leave_its_folder(pick, folder):
    picker = pick()
    upload(picker, "../../c.png", b"evil")
    assert picker.path == folder / "mine/c.png"
    assert (folder / "c.png").read_bytes() == TABLE


def test_names_with_markup_are_shown_as_text(pick, folder):
    picker = pick()
    upload(picker, "<b>.csv")
    assert "&lt;b&gt;.csv is chosen" in picker.note.value
