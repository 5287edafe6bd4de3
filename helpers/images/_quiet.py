"""What decoders written in C print about damaged files: caught, so that it is told in our words.

They write to the standard error of the whole process. It is turned aside while they run; lines of
others, such as a progress bar in another thread, are passed on afterwards.
"""

import atexit
import os
import tempfile
import threading

MARKS = (b"JPEG", b"JFIF", b"Fax", b"LZW", b"TIFF", b"tempfile.tif", b"libpng", b" global ")
HARMLESS = (b"JFIF revision", b"marker 0xd9", b"without EOI", b"terminated with EOI")


class _Ear:
    """Standard error turned aside as long as somebody listens."""

    def __init__(self):
        self.turn = threading.Condition()
        self.inside, self.visits, self.heard = 0, 0, 0
        self.aside, self.before, self.said = None, None, []

    def enter(self):
        with self.turn:
            if self.inside == 0:
                self.aside = self.aside or _temporary_file()
                self.before, self.said = os.dup(2), []
                os.dup2(self.aside.fileno(), 2)
            self.inside += 1
            self.visits += 1
            return self.inside, self.visits

    def leave(self, inside, visits):
        """Return what was said, and whether anybody else may have been meant."""
        with self.turn:
            self.inside -= 1
            if self.inside:
                self._hear()
            else:
                self._end()
            return bool(self.said), inside > 1 or self.visits > visits

    def _end(self):
        os.dup2(self.before, 2)
        self._hear(last=True)
        os.close(self.before)
        os.lseek(self.aside.fileno(), 0, os.SEEK_SET)
        os.ftruncate(self.aside.fileno(), 0)
        self.heard = 0
        self.turn.notify_all()

    def _hear(self, *, last=False):
        """Read on from where the last one stopped: others may write at this moment."""
        size = os.fstat(self.aside.fileno()).st_size
        fresh = os.pread(self.aside.fileno(), size - self.heard, self.heard)
        whole = fresh if last else fresh[: fresh.rfind(b"\n") + 1]
        self.heard += len(whole)
        for line in whole.splitlines(keepends=True):
            if not line.startswith(b"> ") and not any(mark in line for mark in MARKS):
                if line.strip():  # the libraries leave empty lines
                    os.write(self.before, line)
            elif not any(mark in line for mark in HARMLESS):
                self.said.append(line)


def _temporary_file():
    """Open one file for the whole process: a new one each time costs as much as a small picture."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    atexit.register(file.close)
    return file


_EAR = _Ear()


def listen(decode):
    """Call a decoder and tell whether it complained.

    Parameters
    ----------
    decode : callable without arguments

    Returns
    -------
    (result, complained)
    """
    result, said, shared = _listen_once(decode)
    if said and shared:  # somebody else's file may have been meant: once more, alone
        with _EAR.turn:
            _EAR.turn.wait_for(lambda: _EAR.inside == 0)
            result, said, _ = _listen_once(decode)
    return result, said


def _listen_once(decode):
    try:
        visit = _EAR.enter()
    except OSError:  # a process without a standard error
        return decode(), False, False
    said = shared = False
    try:
        result = decode()
    finally:
        said, shared = _EAR.leave(*visit)
    return result, said, shared
