"""Race the kernels with loops and libraries: ``python3 start.py bench [names]``; no name: all.

Ratios count: seconds of a shared computer drift. "scaling" shows how cost grows with size,
"starting" how long imports and a first lesson take, "sliders" how soon a picture follows a key in
JupyterLab. A missed goal is reported, and fails nothing.
"""

import argparse
import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for the modules beside this file

from machine import machine
from report import QUICK, as_markdown, report

HERE = Path(__file__).resolve().parent
RACES = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
TABLES = ("scaling", "starting", "sliders")
FAST = ("filters", "imbalance", "intervals", "ising", "roc")  # promises that take no minutes


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="start.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join([*RACES, *TABLES]))
    parser.add_argument(
        "--quick", action="store_true", help="fast promises only: below two minutes"
    )
    parser.add_argument(
        "--markdown", action="store_true", help="the results as a table, at the end"
    )
    parser.add_argument("--tiny", action="store_true", help="small sizes, one round: does it run?")
    parser.add_argument("--rounds", type=int, help="default: for about two seconds a row")
    chosen = parser.parse_args(arguments)
    if strangers := sorted(set(chosen.names) - {*RACES, *TABLES}):
        known = ", ".join([*RACES, *TABLES])
        parser.error(f"unknown name {', '.join(strangers)}; there are {known}")
    print(machine())
    every = FAST if chosen.quick else RACES if chosen.tiny else (*RACES, *TABLES)
    names = chosen.names or every
    results = []
    for name in names:
        if name in TABLES:
            importlib.import_module(name).show(tiny=chosen.tiny)
            continue
        rows = importlib.import_module(f"bench_{name}").rows(tiny=chosen.tiny)
        options = QUICK if chosen.quick else {"memory": not chosen.tiny, "rounds": chosen.rounds}
        results += report(rows, **({**options, "rounds": 1} if chosen.tiny else options))
    if chosen.markdown:
        print("\n" + as_markdown(results))


if __name__ == "__main__":
    main()
