"""Run benchmarks: ``python -m tests.benchmarks [filters ...] [--tiny]``; no name means all."""

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this file

from report import report

HERE = Path(__file__).resolve().parent
NAMES = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"one of {', '.join(NAMES)}")
    parser.add_argument("--tiny", action="store_true", help="small sizes, one round: does it run?")
    parser.add_argument("--rounds", type=int, help="default: for about two seconds a row")
    chosen = parser.parse_args(arguments)
    if strangers := sorted(set(chosen.names) - set(NAMES)):
        parser.error(f"unknown name {', '.join(strangers)}; there are {', '.join(NAMES)}")
    for name in chosen.names or NAMES:
        rows = importlib.import_module(f"bench_{name}").rows(tiny=chosen.tiny)
        report(rows, rounds=1 if chosen.tiny else chosen.rounds, memory=not chosen.tiny)


if __name__ == "__main__":
    main()
