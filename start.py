"""Build the course's private environment, open the course, or run its tests.

python3 start.py                      open the course (the first time: one to three minutes)
python3 start.py lab --no-browser     the same with options; --port N, --source
python3 start.py test [pytest words]  run every test
python3 start.py reset NAME           fetch one lesson afresh and keep yours beside it

Only the standard library is used, and the file parses on Python 3.6, so that a Python
which is too old gets an explanation instead of a syntax error.
"""

import argparse
import datetime
import errno
import hashlib
import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent
COURSE = ROOT / "my_course"
OLDEST = (3, 11)
FIRST_LESSON = "00_start_here.ipynb"
LESSON = re.compile(r"(\d\d|A\d)_\w+\.ipynb")

DISK_FULL = (
    "The disk is full. Free about 2 GB and run the same command again: it goes on from there."
)
NOT_WRITABLE = (
    "A file or folder under {} may not be written. Move the course to a folder of your own, "
    "and close a JupyterLab of this course that is still open."
)
CAUSES = (
    (r"No space left|Errno 28|not enough space", DISK_FULL),
    (r"Permission denied|Errno 13|Read-only file system|Access is denied", NOT_WRITABLE),
    (
        r"DO NOT MATCH THE HASHES",
        "A download is damaged or not the file that was tested, so it was not installed. "
        "Run the same command again; if it happens again, another network may help.",
    ),
    (
        r"NewConnectionError|NameResolution|name resolution|getaddrinfo|timed out|Timeout|"
        r"ProxyError|SSLError|Max retries|unreachable|refused|RemoteDisconnected|IncompleteRead",
        "The packages could not be downloaded. Check that this computer is online, and that a "
        "proxy or firewall, if there is one, lets pip through; then run the same command again.",
    ),
    (
        r"",
        "pip could not install the packages. If the lines above speak of building or compiling, "
        "this Python may be too new for them: Python 3.11 to 3.13 is safe.",
    ),
)


class Problem(Exception):
    """Something the reader can mend; the message says how."""


def say(words):
    print(words, flush=True)


def complain_of_old_python(version):
    """Return why `version`, a tuple such as `sys.version_info`, is too old, or None."""
    if tuple(version[:2]) >= OLDEST:
        return None
    return (
        "This course needs Python {}.{} or newer; this is Python {}.{} ({}).\n"
        "Install a newer one beside it (python.org or your package manager) and start the "
        "course with that one, for example: python3.12 start.py"
    ).format(*OLDEST, *version[:2], sys.executable)


def write_atomically(path, content):
    """Write `content` (bytes) to `path`: whatever happens, the old file or the new one stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(".{}.{}.part".format(path.name, os.getpid()))
    try:
        with open(str(part), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(str(part), str(path))
    finally:
        if part.exists():
            part.unlink()


# The environment


def env_python(env):
    return env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(*parts):
    """Hash what an environment depends on: `parts`, pyproject.toml, Python and this folder."""
    parts += ((ROOT / "pyproject.toml").read_bytes(), sys.version_info[:2], str(ROOT))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def explain(lines):
    """Return the last of pip's `lines` and what the reader can do about them."""
    text = "\n".join(lines)
    advice = next(advice for pattern, advice in CAUSES if re.search(pattern, text))
    tail = "\n".join("  " + line for line in lines[-6:])
    return "{}\n\n{}".format(tail, advice.format(ROOT))


def run_quietly(*command):
    """Run `command` and keep its output for the explanation, should it fail."""
    lines, packages, terminal = [], 0, sys.stdout.isatty()
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=str(ROOT),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
    ) as process:
        for line in process.stdout:
            lines.append(line.rstrip())
            packages += line.startswith("Collecting ")
            if terminal and packages:
                print("\r  {} packages fetched".format(packages), end="", flush=True)
    if terminal and packages:
        print()
    if process.returncode:
        raise Problem(explain(lines))


def works(python):
    """Tell whether `python` runs, has pip, and is the version that runs this file."""
    code = "import pip, sys; sys.exit(sys.version_info[:2] != {})".format(
        tuple(sys.version_info[:2])
    )
    try:
        return not subprocess.call([str(python), "-c", code], stderr=subprocess.DEVNULL)
    except OSError:
        return False


def create(env):
    """Make an empty environment at `env`, in place of what stands there."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise Problem(
            "This Python cannot make environments: its venv module is missing.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv   Then run the same command again."
        )
    if env in pathlib.Path(sys.prefix, "x").parents:
        raise Problem(
            "Run start.py with the Python outside {}: it must be rebuilt.".format(env.name)
        )
    say("Making a private Python environment in {} ...".format(env.name))
    run_quietly(sys.executable, "-m", "venv", "--clear", env)


def build(env, wanted, announcement, packages):
    """Build or repair `env` and return its Python; skip that when its stamp says `wanted`.

    `packages` are pip's words for what to install beside the project itself. The stamp is
    written last, so that an interrupted run is repaired by the next one.
    """
    python, stamp = env_python(env), env / ".complete"
    if python.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return python
    if stamp.exists():
        stamp.unlink()
    if not works(python):
        create(env)
    say(announcement)
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run_quietly(*pip, "--progress-bar=off", *packages)
    run_quietly(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    write_atomically(stamp, wanted.encode())
    say("The environment is ready.")
    return python


def build_locked():
    """Build `.venv` from the lock."""
    lock = ROOT / "requirements.lock"
    words = "Installing the course's packages: one to three minutes, this once ..."
    wanted = fingerprint(lock.read_bytes())
    return build(ROOT / ".venv", wanted, words, ["--require-hashes", "-r", lock])


def direct_requirements():
    """Return the ranges of pyproject.toml, test tools included."""
    import tomllib  # not there before Python 3.11

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["dependencies"] + project["dependency-groups"]["test"]


def lower_bound(requirement):
    """Turn a range such as ``name>=1.2,<3`` into ``name==1.2``."""
    return re.sub(r"\s*>=\s*([^,;\s]+)[^;]*", r"==\1", requirement)


def build_from_ranges(versions):
    """Build `.venv-lowest` or `.venv-latest` from the ranges instead of the lock."""
    ranges = direct_requirements()
    packages = ["--only-binary=:all:", "--upgrade", "--upgrade-strategy=eager"]
    packages += map(lower_bound, ranges) if versions == "lowest" else ranges
    day = datetime.date.today() if versions == "latest" else ""
    words = "Installing the {} allowed versions: some minutes ...".format(versions)
    return build(ROOT / (".venv-" + versions), fingerprint(versions, day), words, packages)


# The learner's working copy


def digest(content):
    return hashlib.sha256(content).hexdigest()


def lessons(source):
    """Map each lesson's name, such as ``analysis/count_cells.ipynb``, to its path in `source`."""
    paths = [path for path in sorted(source.glob("*.ipynb")) if LESSON.fullmatch(path.name)]
    paths += sorted(source.glob("analysis/*.ipynb"))
    return {path.relative_to(source).as_posix(): path for path in paths}


def read_record(course):
    """Return which version of each lesson was copied; nothing where that cannot be read."""
    try:
        record = json.loads((course / ".course.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write_record(course, record):
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    write_atomically(course / ".course.json", text.encode())


def free_name(path, word, content=None):
    """Return ``NAME.word.ipynb`` or the first numbered name that is free or holds `content`."""
    number = 1
    while True:
        tail = word if number == 1 else "{}-{}".format(word, number)
        candidate = path.with_name("{}.{}{}".format(path.stem, tail, path.suffix))
        if not os.path.lexists(str(candidate)) or candidate.read_bytes() == content:
            return candidate
        number += 1


def update_lesson(mine, upstream, copied):
    """Bring one lesson up to date without touching work; return what to tell the learner.

    `copied` is the digest of the version copied last, or None if that is not known.
    """
    if not mine.exists():
        write_atomically(mine, upstream)
        return None
    current, new = digest(mine.read_bytes()), digest(upstream)
    if new in (current, copied):
        return None
    if current == copied:
        write_atomically(mine, upstream)
        return "{}: updated (you had not changed it).".format(mine.name)
    beside = free_name(mine, "new", upstream)
    write_atomically(beside, upstream)
    return "{}: there is a new version; yours is kept, the new one is {}.".format(
        mine.name, beside.name
    )


def update_course(source, course):
    """Copy new and changed lessons from `source` to `course`; return what to announce."""
    old, new, news = read_record(course), {}, []
    for name, path in lessons(source).items():
        upstream = path.read_bytes()
        news.append(update_lesson(course / name, upstream, old.get(name)))
        new[name] = digest(upstream)
    if {**old, **new} != old or not (course / ".course.json").exists():
        write_record(course, {**old, **new})
    return [line for line in news if line]


def find_lesson(source, words):
    """Return the one lesson that `words` (its name or the beginning of it) means."""
    names = list(lessons(source))
    found = [name for name in names if words in (name, name[: -len(".ipynb")])]
    found = found or [name for name in names if name.startswith(words)]
    if len(found) != 1:
        raise Problem(
            "`{}` must name one lesson; there are:\n  {}".format(words, "\n  ".join(names))
        )
    return found[0]


def reset_lesson(source, course, words):
    """Fetch one lesson afresh, keeping the learner's under another name; return what was done."""
    name = find_lesson(source, words)
    mine, upstream = course / name, lessons(source)[name].read_bytes()
    done = "{}: fetched afresh.".format(name)
    if mine.exists() and mine.read_bytes() != upstream:
        kept = free_name(mine, "mine")
        os.rename(str(mine), str(kept))
        done += " Yours is kept as {}.".format(kept.name)
    write_atomically(mine, upstream)
    write_record(course, {**read_record(course), name: digest(upstream)})
    return done


# JupyterLab and the tests


def lab_command(python, folder, port, browser):
    command = [
        str(python),
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port={}".format(port),
        "--ServerApp.root_dir={}".format(folder),
        "--ServerApp.answer_yes=True",  # one Ctrl-C ends it
        "--ServerApp.log_level=WARN",
        "--LabApp.default_url=/lab/tree/" + FIRST_LESSON,
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "getuid") and os.getuid() == 0:
        command.append("--allow-root")
    return command


def run_to_its_end(command):
    """Run `command` in the foreground and leave Ctrl-C to it; return its exit code."""
    process = subprocess.Popen(command, cwd=str(ROOT))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            pass  # the terminal sent it to `process` too


def open_lab(options):
    python, folder = build_locked(), ROOT / "notebooks"
    if not options.source:
        folder = COURSE
        for line in update_course(ROOT / "notebooks", COURSE):
            say(line)
    say("Opening JupyterLab on {}. To end it, press Ctrl-C here.".format(folder))
    return run_to_its_end(lab_command(python, folder, options.port, options.browser))


def run_tests(options, words):
    command = ["-m", "pytest"]
    if options.versions:
        python = build_from_ranges(options.versions)
        command += ["--nbval-lax", "--ignore=tests/browser"]
    else:
        python = build_locked()
    return run_to_its_end([str(python)] + command + words)


def parse(words):
    """Return the options and the words that are not ours (pytest's)."""
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", metavar="command")
    parser.set_defaults(command="lab", port=8888, browser=True, source=False)
    lab = commands.add_parser("lab", help="open the course in JupyterLab (the default)")
    lab.add_argument(
        "--no-browser", dest="browser", action="store_false", help="only print the address"
    )
    lab.add_argument("--port", type=int, default=8888, help="the next free one if it is taken")
    lab.add_argument(
        "--source", action="store_true", help="open notebooks/ itself, for contributors"
    )
    test = commands.add_parser(
        "test", help="run the tests; further words go to pytest", allow_abbrev=False
    )
    test.add_argument("--versions", choices=["lowest", "latest"], help="of the allowed packages")
    commands.add_parser("setup", help="only build the environment")
    reset = commands.add_parser("reset", help="fetch one lesson afresh, keeping yours")
    reset.add_argument("name", help="such as 01 or 01_pixel_basics")
    options, rest = parser.parse_known_args(words)
    if rest and options.command != "test":
        parser.error("not understood: " + " ".join(rest))
    return options, rest


def run(words):
    options, rest = parse(words)
    if options.command == "test":
        return run_tests(options, rest)
    if options.command == "reset":
        say(reset_lesson(ROOT / "notebooks", COURSE, options.name))
    elif options.command == "setup":
        build_locked()
    else:
        return open_lab(options)
    return 0


def explain_os_error(error):
    if error.errno == errno.ENOSPC:
        return DISK_FULL
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "{}\n{}".format(error, NOT_WRITABLE.format(ROOT))
    return str(error)


def main(words=None):
    """Do what the command line says and return the exit code."""
    too_old = complain_of_old_python(sys.version_info)
    try:
        if too_old:
            raise Problem(too_old)
        return run(words)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    except Problem as problem:
        print("\n{}".format(problem), file=sys.stderr)
    except OSError as error:
        print("\n{}".format(explain_os_error(error)), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
