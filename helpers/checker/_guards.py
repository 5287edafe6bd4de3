"""Keep a learner's call from doing harm: quiet, with its own luck, and with NumPy as it was."""

import builtins
import contextlib
import io
import random
import warnings

import numpy as np

_NUMPY = dict(vars(np))
_MOST = 10**6  # characters of printing that are kept


class Printed(io.StringIO):
    """Keep what is printed, up to a bound: an endless loop may print without end."""

    def write(self, text):
        """Keep the text while there is room."""
        return super().write(text) if self.tell() < _MOST else len(text)


@contextlib.contextmanager
def quiet(function):
    """Silence a call, seed its draws, and turn `exit()` into an error; yield what it printed."""
    printed = Printed()
    states = random.getstate(), np.random.get_state()  # noqa: NPY002
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 - the same feedback each time, also for one who draws
    try:
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
            warnings.catch_warnings(),
            np.errstate(all="ignore"),
            _no_exit(function),
        ):
            warnings.simplefilter("ignore")
            yield printed
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])  # noqa: NPY002


@contextlib.contextmanager
def without_warnings():
    """Compute what may fail, such as 1 / 0 in a relation, without a word."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _no_exit(function):
    """Let `exit` and `quit` raise: in a kernel they would end it without an exception."""
    spaces = [vars(builtins), getattr(function, "__globals__", {})]
    kept = []
    for space in spaces:
        for name in ("exit", "quit"):
            here = space.get(name)
            if hasattr(here, "_ip") or type(here).__name__ in ("Quitter", "ExitAutocall"):
                kept.append((space, name, here))
                space[name] = _leave
    try:
        yield
    finally:
        for space, name, here in kept:
            space[name] = here


def _leave(*_, **__):
    raise SystemExit


def mended_numpy():
    """Return the names in NumPy that were replaced by something else, and put them back."""
    changed = [name for name, value in _NUMPY.items() if getattr(np, name, None) is not value]
    for name in changed:
        setattr(np, name, _NUMPY[name])
    return changed
