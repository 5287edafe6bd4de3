"""Run a learner's function on copies, quietly and with a deadline."""

import _thread
import contextlib
import copy
import inspect
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from numbers import Number

import numpy as np

from helpers.checker._guards import quiet

_LARGE = 2**26  # bytes; results beyond it are kept as a shape


class TooSlow(BaseException):
    """Raised inside a call at its deadline; `except Exception` must not swallow it."""


@dataclass(frozen=True)
class Outcome:
    """What one call returned or raised, whether it changed its arguments, what it printed."""

    value: object
    error: BaseException | None
    mutated: bool
    printed: str


_depth = []


def is_running():
    """Tell whether an answer is being run: then it must not check itself."""
    return bool(_depth)


def run(function, args, seconds=None):
    """Call a function on copies of its arguments, quietly; a deadline needs the main thread."""
    args = copy.deepcopy(args)
    before = copy.deepcopy(args)
    value = error = None
    _depth.append(function)
    try:
        with quiet(function) as printed:
            try:
                value = _call(function, args, seconds)
            except _Stop as stopped:  # the user's own interrupt
                raise KeyboardInterrupt from stopped
            except BaseException as raised:  # whatever the answer raises is a hint
                error = raised
    finally:
        _depth.pop()
    return Outcome(value, error, is_changed(args, before), printed.getvalue())


def result(function, args, seconds=None):
    """Return (value,) of a call on a copy of its arguments, or None if it raised."""
    _depth.append(function)
    try:
        return (_call(function, copy.deepcopy(args), seconds),)
    except _Stop as stopped:
        raise KeyboardInterrupt from stopped
    except BaseException:
        return None
    finally:
        _depth.pop()


class _Stop(BaseException):
    """The interrupt of the user, told apart from a KeyboardInterrupt that an answer raises."""


def _call(function, args, seconds):
    main = threading.main_thread()
    if seconds is None or threading.current_thread() is not main:
        return _kept(function(*args))
    running, late, begun = True, False, (time.monotonic(), time.process_time())

    def ring():
        nonlocal late
        while running and _is_kept_waiting(begun, seconds):  # a busy machine is no slow answer
            timer.finished.wait(seconds / 10)
        late = True
        while running:  # again and again: a bare `except:` may swallow the first one
            _interrupt(main)
            timer.finished.wait(0.05)

    def interrupted(signum, frame):
        if not late:
            raise _Stop
        if running:
            raise TooSlow

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    previous = signal.getsignal(signal.SIGINT) or signal.SIG_DFL
    try:
        signal.signal(signal.SIGINT, interrupted)
        with _finalisers_silent():
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


@contextlib.contextmanager
def _finalisers_silent():
    """Say nothing of an alarm that rang in a finaliser, where Python drops it: another follows."""
    tell = sys.unraisablehook

    def tell_others(unraisable):
        if not issubclass(unraisable.exc_type, TooSlow):
            tell(unraisable)

    sys.unraisablehook = tell_others
    try:
        yield
    finally:
        sys.unraisablehook = tell


def _interrupt(thread):
    if hasattr(signal, "pthread_kill"):  # this one also wakes a sleeping call
        signal.pthread_kill(thread.ident, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _is_kept_waiting(begun, seconds):
    """Tell whether a call computes, but has not had its seconds of the processor yet."""
    passed, computed = time.monotonic() - begun[0], time.process_time() - begun[1]
    return _ASLEEP * passed < computed < _FULL * seconds


_ASLEEP = 0.05  # share of the time; a call that sleeps or waits computes less
_FULL = 0.8  # share of the seconds allowed; an idle machine gives nearly all of them


def _kept(value):
    if inspect.iscoroutine(value):
        value.close()  # never awaited, and no warning about it
    if isinstance(value, Iterator):
        value = list(islice(value, 10**6))
    if isinstance(value, np.ndarray) and value.nbytes > _LARGE:
        return np.broadcast_to(value.flat[0], value.shape)  # no case asks for so much
    if isinstance(value, list) and _holds_itself(value):
        raise RecursionError("the list holds itself")
    if isinstance(value, (list, tuple, str, bytes)) and len(value) > 10**6:
        return value[: 10**6 + 1]
    try:
        return copy.deepcopy(value)  # a view of a reused buffer must not look right later
    except Exception:
        return value


def _holds_itself(value, above=()):
    """Tell whether a list stands somewhere inside itself: NumPy would unroll it without end."""
    if not isinstance(value, (list, tuple)) or not value:
        return False
    if id(value) in above or len(above) > 60:
        return True
    lists = {id(part): part for part in value if isinstance(part, (list, tuple))}
    return any(_holds_itself(part, (*above, id(value))) for part in lists.values())


def is_changed(now, before):
    """Tell whether a value is another one than before; objects of unknown kinds never are."""
    if type(now) is not type(before):
        return True
    if isinstance(before, np.ndarray):
        nan = before.dtype.kind in "fc"
        return not np.array_equal(now, before, equal_nan=nan)
    if isinstance(before, Mapping):
        return list(now) != list(before) or any(is_changed(now[k], before[k]) for k in before)
    if isinstance(before, (list, tuple)):
        return len(now) != len(before) or any(map(is_changed, now, before))
    if hasattr(before, "equals"):  # pandas
        return not now.equals(before)
    if isinstance(before, (Number, str, set)):
        return not (now == before or now != now)  # NaN is not equal to itself
    return False
