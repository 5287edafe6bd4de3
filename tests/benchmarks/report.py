"""What all benchmarks share: rows are declared, raced, judged and printed.

A row holds one kernel against the loop a tutorial writes and the library a user would pick.
Goals are ratios within one run, since seconds drift from machine to machine; missing one is
reported and fails nothing.
"""

import ctypes
import gc
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from helpers.racing import race

PROCESS = Path("/proc/self")
NEAR = 0.7  # a goal is near when at least this share of it is reached
LEAST, MOST, SECONDS = 7, 300, 2.0  # rounds of a race, and about how long they last
# Promises only, a third of a second for each, and none whose one call takes longer than this.
QUICK = {"memory": False, "seconds": 0.3, "longest": 1.0}
VERDICTS = ("met", "near", "below")
WIDTH = 44  # of the first column
COLUMNS = ("over_loop", "over_library", "rate", "memory")
HEAD = ("ours ms", "x loop", "x library", "M a second", "memory")


@dataclass(kw_only=True)
class Row:
    """One kernel at one size; contestants take no arguments, a goal of None is not judged."""

    name: str
    ours: Callable
    library: Callable | None = None
    loop: Callable | None = None
    over_loop: float | None = None  # at least so many times faster than the loop
    over_library: float | None = None  # 1 / 1.1 allows 10 % more time than the library
    slack: float = 0.0  # seconds more than the library that count as no difference
    work: float = 0.0  # pixels, spins or rows in one call
    rate: float | None = None  # at least so many million of them a second
    memory: float | None = None  # peak at most so many times `unit`, or the library's peak
    unit: int = 0  # bytes
    must: bool = False  # a promise; the other goals are what the project reaches for
    agree: dict = field(default_factory=dict)  # how `race` compares the results


@dataclass(kw_only=True)
class Result:
    """The seconds of ours, the value reached for each goal, and the worst verdict."""

    row: Row
    seconds: float
    values: dict
    verdict: str


def judge(share):
    """Return "met", "near" or "below" for the share of a goal that was reached."""
    return "met" if share >= 1 else "near" if share >= NEAR else "below"


def measure(row, *, rounds=None, memory=True, seconds=SECONDS):
    """Race a row, look at its memory where the system tells it, and judge both."""
    rounds = rounds or _rounds_for(row, seconds)
    lanes = race(ours=row.ours, library=row.library, rounds=rounds, **row.agree)
    seconds, values = lanes["ours"].seconds, {}
    if row.loop:  # apart, since a second of Python leaves caches and threads of others cold
        slow = race(ours=row.ours, loop=row.loop, rounds=1, **row.agree)
        values["over_loop"] = slow["loop"].seconds / seconds
    if row.library:
        values["over_library"] = lanes["library"].ratio
    shares = {name: ratio / goal for name, ratio in values.items() if (goal := getattr(row, name))}
    if "over_library" in shares and 0 < seconds - lanes["library"].seconds <= row.slack:
        shares["over_library"] = 1
    if row.work:
        values["rate"] = row.work / seconds / 1e6
        shares["rate"] = values["rate"] / row.rate if row.rate else 1
    if memory and row.memory and (peak := peak_bytes(row.ours)) is not None:
        values["memory"] = peak / (row.unit or peak_bytes(row.library))
        shares["memory"] = row.memory / max(values["memory"], 1e-9)
    verdict = max(map(judge, shares.values()), key=VERDICTS.index, default="met")
    return Result(row=row, seconds=seconds, values=values, verdict=verdict)


def _rounds_for(row, seconds):
    """Return more rounds for quick contestants, where one disturbance weighs more."""
    taken = sum(map(_taken, filter(None, (row.ours, row.library))))
    return min(MOST, max(LEAST if seconds == SECONDS else 3, int(seconds / taken)))


def _taken(run):
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def peak_bytes(run):
    """Return by how much a call raised the resident memory at its height; None off Linux.

    The kernel's own high-water mark sees what C libraries allocate, which tracemalloc does not.
    """
    if not (PROCESS / "clear_refs").exists():
        return None
    gc.collect()
    if hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)  # memory kept from earlier calls would hide what this one needs
    (PROCESS / "clear_refs").write_text("5")  # sets the high-water mark back
    before = _status("VmRSS")
    result = run()
    peak = _status("VmHWM") - before
    del result
    return max(peak, 1)


def _status(key):
    lines = (PROCESS / "status").read_text().splitlines()
    return next(1024 * int(line.split()[1]) for line in lines if line.startswith(f"{key}:"))


def line_of(result):
    """Format one result: each value with its goal in brackets."""
    cells = [f"{1000 * result.seconds:.3f}"]
    for name in COLUMNS:
        value, goal = result.values.get(name), getattr(result.row, name)
        sign = "<=" if name == "memory" else ">="
        wanted = f" ({sign}{goal:.3g})" if goal else ""
        cells.append("-" if value is None else f"{_short(value)}{wanted}")
    kind = "must" if result.row.must else "stretch"
    return _align(result.row.name, cells, f"{kind:<8} {result.verdict}")


def _short(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _align(name, cells, last):
    return f"{name:<{WIDTH}}" + "".join(f"{cell:>17}" for cell in cells) + f"  {last}"


def report(rows, *, rounds=None, memory=True, seconds=SECONDS, longest=None, out=sys.stdout):
    """Measure the rows one after the other, print a line for each, return the results.

    With `longest`, seconds, only promises are measured, and none that takes longer.
    """
    print(_align("kernel", HEAD, "goal"), file=out)
    results, left_out = [], []
    for row in rows:
        if longest and (not row.must or _taken(row.ours) > longest):
            left_out.append(row)
            continue
        results.append(measure(row, rounds=rounds, memory=memory, seconds=seconds))
        print(line_of(results[-1]), file=out, flush=True)
    counts = [sum(r.verdict == verdict for r in results) for verdict in VERDICTS]
    print(", ".join(f"{n} {v}" for n, v in zip(counts, VERDICTS, strict=True)), file=out)
    if left_out:
        print(f"{len(left_out)} left out: no promise, or slow", file=out)
    return results


def as_markdown(results):
    """Return the results as a table in Markdown, the goals in brackets."""
    lines = ["| kernel | ms | x loop | x library | verdict |", "|---|---|---|---|---|"]
    for result in results:
        cells = [result.row.name, f"{1000 * result.seconds:.3g}"]
        for name in ("over_loop", "over_library"):
            value, goal = result.values.get(name), getattr(result.row, name)
            wanted = f" ({goal:.3g})" if goal else ""
            cells.append("" if value is None else f"{_short(value)}{wanted}")
        lines.append(f"| {' | '.join([*cells, result.verdict])} |")
    return "\n".join(lines)
