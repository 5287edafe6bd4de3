"""Run a learner's function on copies, quietly and with a deadline."""

import _thread
import contextlib
import copy
import dis
import functools
import io
import random
import signal
import threading
import types
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from numbers import Number

import numpy as np


class TooSlow(BaseException):
    """Raised inside a call at its deadline; `except Exception` must not swallow it."""


@dataclass(frozen=True)
class Outcome:
    """What one call returned or raised, whether it changed its arguments, what it printed."""

    value: object
    error: BaseException | None
    mutated: bool
    printed: str


def run(function, args, seconds=None):
    """Call a function on copies of its arguments, quietly; a deadline needs the main thread."""
    args = copy.deepcopy(args)
    before = copy.deepcopy(args)
    value = error = None
    with _quiet() as printed:
        try:
            value = _call(function, args, seconds)
        except (Exception, SystemExit, GeneratorExit, TooSlow) as raised:
            error = raised
    return Outcome(value, error, _changed(args, before), printed.getvalue())


@contextlib.contextmanager
def _quiet():
    printed = io.StringIO()
    states = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - the same feedback each time, also for one who draws
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
        ):
            warnings.simplefilter("ignore")
            yield printed
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002


def _call(function, args, seconds):
    main = threading.main_thread()
    if seconds is None or threading.current_thread() is not main:
        return _kept(function(*args))
    running, late = True, False

    def ring():
        nonlocal late
        late = True
        while running:  # again and again: a bare `except:` may swallow the first one
            if hasattr(signal, "pthread_kill"):  # this one also wakes a sleeping call
                signal.pthread_kill(main.ident, signal.SIGINT)
            else:
                _thread.interrupt_main()
            timer.finished.wait(0.05)

    def interrupted(signum, frame):
        if not late:
            raise KeyboardInterrupt
        if running:
            raise TooSlow

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    previous = signal.getsignal(signal.SIGINT) or signal.SIG_DFL
    try:
        signal.signal(signal.SIGINT, interrupted)
        timer.start()
        return _kept(function(*args))
    finally:
        running = False
        timer.cancel()
        try:
            with contextlib.suppress(RuntimeError):  # interrupted before the timer had started
                timer.join()
        finally:
            signal.signal(signal.SIGINT, previous)


def _kept(value):
    if isinstance(value, Iterator):
        value = list(islice(value, 10**6))
    try:
        return copy.deepcopy(value)  # a view of a reused buffer must not look right later
    except Exception:
        return value


def _changed(now, before):
    if type(now) is not type(before):
        return True
    if isinstance(before, np.ndarray):
        nan = before.dtype.kind in "fc"
        return not np.array_equal(now, before, equal_nan=nan)
    if isinstance(before, Mapping):
        return list(now) != list(before) or any(_changed(now[k], before[k]) for k in before)
    if isinstance(before, (list, tuple)):
        return len(now) != len(before) or any(map(_changed, now, before))
    if hasattr(before, "equals"):  # pandas
        return not now.equals(before)
    if isinstance(before, (Number, str, set)):
        return not (now == before or now != now)  # NaN is not equal to itself
    return False


def _body(code):
    return [(i.opname, i.argval) for i in dis.get_instructions(code) if i.opname != "NOP"]


_EMPTY = [_body((lambda: None).__code__), _body((lambda: ...).__code__)]


def is_stub(answer):
    """Tell whether an answer is `...`, None, or a function whose compiled body is empty."""
    while isinstance(answer, functools.partial):
        answer = answer.func
    code = getattr(answer, "__code__", None)
    return (
        answer is ...
        or answer is None
        or (isinstance(code, types.CodeType) and _body(code) in _EMPTY)
    )
