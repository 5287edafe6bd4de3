"""The benchmarks still run, at tiny sizes, and judge as they say; no test looks at a time."""

import io
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this file

import report
import scaling
import starting
from report import Row

from helpers.racing import Lane, Race
from tests.browser import lab

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def command(*arguments):
    line = [sys.executable, "-m", "tests.benchmarks", *arguments]
    return subprocess.run(line, cwd=HERE.parents[1], capture_output=True, encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_each_benchmark_runs_and_its_contestants_agree(name):
    run = command(name, "--tiny")
    assert run.returncode == 0, run.stderr
    where, head, *lines, counts = run.stdout.splitlines()
    assert f"Python {sys.version.split()[0]}, numpy " in where
    kernels = [line[: report.WIDTH].strip() for line in lines]
    assert " ".join(head.split()) == "kernel ours ms x loop x library M a second memory goal"
    assert kernels
    assert len(set(kernels)) == len(kernels)
    assert all(line.split()[-1] in report.VERDICTS for line in lines)
    assert sum(int(part.split()[0]) for part in counts.split(", ")) == len(lines)


def test_an_unknown_name_is_refused_with_those_that_exist():
    run = command("filter")
    assert run.returncode == 2
    assert (
        f"unknown name filter; there are {', '.join(NAMES)}, scaling, starting, sliders"
        in run.stderr
    )


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(2, "met"), (1, "met"), (0.999, "near"), (0.7, "near"), (0.699, "below"), (0, "below")],
)
def test_a_goal_is_near_within_thirty_per_cent(share, verdict):
    assert report.judge(share) == verdict


@pytest.fixture
def raced(monkeypatch):
    """Measure a row whose race ended with given seconds and whose calls took given bytes."""

    def measure(*, seconds, peaks=(), **goals):
        lanes = [Lane(name, taken, taken / seconds["ours"]) for name, taken in seconds.items()]
        rivals = dict.fromkeys(seconds.keys() - {"ours"}, int)
        left = list(peaks)
        monkeypatch.setattr(report, "race", lambda **_: Race(lanes))
        monkeypatch.setattr(report, "peak_bytes", lambda run: left.pop(0))
        return report.measure(Row(name="kernel", ours=int, **rivals, **goals), rounds=1)

    return measure


def test_ratios_against_goals_by_hand(raced):
    seconds = {"loop": 90, "library": 7, "ours": 1}
    result = raced(seconds=seconds, over_loop=100, over_library=7)
    assert result.values == {"over_loop": 90, "over_library": 7}
    assert result.verdict == "near"
    assert raced(seconds=seconds, over_loop=90, over_library=11).verdict == "below"
    assert raced(seconds=seconds).verdict == "met"  # nothing was promised


def test_a_little_more_than_the_library_is_no_difference(raced):
    slower, faster = {"library": 0.5, "ours": 1}, {"library": 3, "ours": 1}
    assert raced(seconds=slower, over_library=1, slack=0.5).verdict == "met"
    assert raced(seconds=slower, over_library=1, slack=0.4).verdict == "below"
    assert raced(seconds=slower, over_library=1).verdict == "below"
    assert raced(seconds=faster, over_library=9, slack=9).verdict == "below"


def test_a_rate_is_in_millions_a_second(raced):
    result = raced(seconds={"ours": 0.5}, work=4e6, rate=10)
    assert result.values == {"rate": 8}
    assert result.verdict == "near"
    assert raced(seconds={"ours": 0.5}, work=4e6).verdict == "met"


def test_memory_is_counted_in_units_or_in_that_of_the_library(raced):
    both = {"library": 1, "ours": 1}
    result = raced(seconds={"ours": 1}, peaks=[300], unit=200, memory=2)
    assert result.values == {"memory": 1.5}
    assert result.verdict == "met"
    assert raced(seconds=both, peaks=[300, 1000], memory=0.25).verdict == "near"
    assert raced(seconds={"ours": 1}, peaks=[300], unit=200, memory=1).verdict == "below"
    assert raced(seconds={"ours": 1}, peaks=[None], unit=200, memory=1).values == {}


@pytest.mark.skipif(not (report.PROCESS / "clear_refs").exists(), reason="only Linux tells")
@pytest.mark.parametrize("megabytes", [8, 40])
def test_the_peak_of_memory_is_what_an_object_takes(megabytes):
    for _ in range(2):  # memory kept from the first call must not hide the second
        # no array of NumPy: it asks for huge pages, whose ends lie up to 2 MB beyond it
        peak = report.peak_bytes(lambda: len(bytearray(b"1") * (megabytes << 20)))
        assert peak / 2**20 == pytest.approx(megabytes, abs=2)  # the system counts in batches


def test_a_quick_run_measures_promises_that_are_fast(monkeypatch):
    monkeypatch.setattr(report, "_taken", lambda run: 2.0 if run is slow else 0.1)
    slow, out = (lambda: 1.0), io.StringIO()
    rows = [
        Row(name="promise", ours=lambda: 1.0, must=True),
        Row(name="wish", ours=lambda: 1.0),
        Row(name="slow", ours=slow, must=True),
    ]
    results = report.report(rows, **report.QUICK, out=out)
    assert [result.row.name for result in results] == ["promise"]
    assert out.getvalue().splitlines()[-1] == "2 left out: no promise, or slow"
    assert len(report.report(rows, rounds=1, memory=False, out=out)) == 3


def test_a_quick_run_without_names_shows_promises_only():
    run = command("--quick", "--tiny", "--markdown")
    assert run.returncode == 0, run.stderr
    lines = [line.split() for line in run.stdout.splitlines()]
    raced = [words[-2] for words in lines if words[-2:-1] in (["must"], ["stretch"])]
    assert len(raced) > 20
    assert set(raced) == {"must"}
    assert sum(words[:1] == ["|"] for words in lines) == len(raced) + 1  # and the head


def test_results_become_a_table_in_markdown(raced):
    seconds = {"loop": 90, "library": 7, "ours": 1}
    lines = report.as_markdown([raced(seconds=seconds, over_loop=100)]).splitlines()
    assert lines[0] == "| kernel | ms | x loop | x library | verdict |"
    assert lines[2:] == ["| kernel | 1e+03 | 90 (100) | 7 | near |"]


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_a_slope_is_the_power_of_the_size(power):
    sizes = [10, 100, 1000]
    assert scaling.slope(sizes, [7 * size**power for size in sizes]) == pytest.approx(power)
    told = scaling.line("job", sizes, sizes, [None] * 3).split()
    assert told[-1] == told[-2] == "-"


def test_growth_is_shown_for_every_job_and_imports_for_every_helper():
    run = command("scaling", "starting", "--tiny")
    assert run.returncode == 0, run.stderr
    names = [name for name, *_ in scaling.jobs(None)]
    assert all(any(line.startswith(name) for line in run.stdout.splitlines()) for name in names)
    assert "import helpers." in run.stdout
    assert {"helpers.roc", "helpers.data", "helpers.learned"} <= set(starting.helpers())
    seconds, own = starting.imported("helpers.racing")
    assert 0 < own < seconds


def test_sliders_are_moved_where_a_browser_is():
    run = command("sliders", "--tiny")
    assert run.returncode == 0, run.stderr
    there = "pictures    1 explorers, median" if lab.chromium() else "No Chromium is there"
    assert there in run.stdout


def test_a_wrong_answer_stops_the_benchmark():
    row = Row(name="wrong", ours=lambda: 1.0, library=lambda: 2.0)
    with pytest.raises(ValueError, match="`library` must give the result of `ours`"):
        report.report([row], rounds=1, out=io.StringIO())
