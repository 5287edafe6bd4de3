"""Build the private environment, open the course, test it, make its site, or race its kernels.

python3 start.py                      open the course (the first time: one to three minutes)
python3 start.py lab --no-browser     the same with options; --port N, --source
python3 start.py test [pytest words]  run every test
python3 start.py site [--serve]       make the course as web pages in _site/; names of lessons
python3 start.py bench [--quick]      race the kernels with their rivals; names of some of them
python3 start.py copy                 only copy the lessons to my_course/, for a Python of yours
python3 start.py reset NAME           fetch one lesson afresh and keep yours beside it

Only the standard library is used, and the syntax is that of Python 3.6, so that a Python
which is too old gets an explanation instead of a syntax error.
"""

import argparse
import datetime
import errno
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent
OLDEST = (3, 11)
LESSON = re.compile(r"(\d\d|A\d)_\w+\.ipynb")
PYTHON_VERSION = re.compile(rb'"version": "\d[^"]*"')
# What JupyterLab writes into a notebook when its kernel starts: a lesson that has it already is
# not marked as changed.
KERNEL = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": sys.version.split()[0],
    },
}
# JupyterLab asks nothing at its first start, and shows the names of the lessons whole.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
}
LAYOUT = {
    "left": {"current": "filebrowser"},
    "right": {"collapsed": True},
    "relativeSizes": [0.24, 0.76, 0],
}

DISK_FULL = (
    "The disk is full. Free about 2 GB and run the same command again: it goes on from there."
)
NOT_WRITABLE = (
    f"Something in {ROOT} may not be written. Put the course into a folder of your own, and "
    "close a JupyterLab of this course that is still open."
)
CAUSES = {
    r"No space left|Errno 28|not enough space": DISK_FULL,
    r"Permission denied|Errno 13|Read-only file system|Access is denied": NOT_WRITABLE,
    r"ensurepip|No module named venv": "This Python cannot make environments. On Debian and "
    "Ubuntu: sudo apt install python3-venv   Then run the same command again.",
    r"DO NOT MATCH THE HASHES": "A download is damaged or not the file that was tested, so it "
    "was not installed. Run the same command again, perhaps on another network.",
    r"NewConnectionError|NameResolution|name resolution|getaddrinfo|[Tt]imed? ?out|ProxyError|"
    r"SSLError|unreachable|refused|Connection|IncompleteRead": "The packages could not be "
    "downloaded. Check that this computer is online and that a proxy or firewall, if there is "
    "one, lets pip through; then run the same command again.",
    r"": "The packages could not be installed. If the lines above speak of building or "
    "compiling, this Python may be too new for them: 3.11 to 3.13 is safe.",
}


class Problem(Exception):
    """Something the reader can mend; the message says how."""


def say(words):
    print(words, flush=True)


def check_python(version):
    """Refuse a `version`, such as `sys.version_info`, that is too old for the packages."""
    if tuple(version[:2]) < OLDEST:
        raise Problem(
            f"This course needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is Python "
            f"{version[0]}.{version[1]} ({sys.executable}).\nInstall a newer one beside it "
            "(python.org or your package manager) and use that one, such as: python3.12 start.py"
        )


def write_atomically(path, content):
    """Write bytes to `path`: whatever happens, the old file or the whole new one stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with open(part, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def write_json(path, value):
    write_atomically(path, (json.dumps(value, indent=1, sort_keys=True) + "\n").encode())


def digest(content):
    return hashlib.sha256(content).hexdigest()


def lesson_digest(content):
    """Hash a lesson without its version of Python, which an upgrade changes and nobody works on."""
    return digest(PYTHON_VERSION.sub(b"", content))


def explain(lines):
    """Join the last of a failed command's `lines` and what the reader can do about them."""
    lines = [line[:200] for line in lines if line]
    text = "\n".join(lines)
    advice = next(advice for pattern, advice in CAUSES.items() if re.search(pattern, text))
    return "\n".join(lines[-6:]) + "\n\n" + advice


def run_quietly(*command):
    """Run `command`; count pip's downloads on a terminal, and explain a failure."""
    lines, count = [], 0
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=ROOT, errors="replace", **pipe) as process:
        for line in process.stdout:
            lines.append(line.rstrip())
            count += line.startswith("Collecting ")
            if count and sys.stdout.isatty():
                print(f"\r  {count} packages", end="", flush=True)
    if count and sys.stdout.isatty():
        print()
    if process.returncode:
        raise Problem(explain(lines))


def fingerprint(*parts):
    """Hash what an environment depends on: `parts`, pyproject.toml, Python and this folder."""
    parts += ((ROOT / "pyproject.toml").read_bytes(), sys.version_info[:2], str(ROOT))
    return digest(repr(parts).encode())


def works(python):
    """Tell whether `python` runs, has pip, and is of the version that runs this file."""
    code = f"import pip, sys; sys.exit(sys.version_info[:2] != {tuple(sys.version_info[:2])})"
    return python.exists() and not subprocess.call([python, "-c", code], stderr=subprocess.DEVNULL)


def build(env, wanted, announcement, packages, more=()):
    """Build or repair `env` and return its Python; skip that when its stamp says `wanted`.

    `packages` are pip's words for what to install beside the project itself, `more` for what
    comes after it. The stamp is removed first and written last, so that the next run repairs an
    interrupted one.
    """
    python = env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    stamp = env / ".complete"
    if python.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return python
    stamp.unlink(missing_ok=True)
    if not works(python):
        if pathlib.Path(sys.prefix).resolve() == env:
            raise Problem(f"{env} must be rebuilt: run start.py with a Python outside it.")
        say(f"Making a private Python environment in {env.name} ...")
        run_quietly(sys.executable, "-m", "venv", "--clear", env)
    say(announcement)
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run_quietly(*pip, "--progress-bar=off", *packages)
    run_quietly(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    if more:
        run_quietly(*pip, "--progress-bar=off", *more)
    write_atomically(stamp, wanted.encode())
    say("The environment is ready.")
    return python


def build_locked():
    """Build `.venv` from the lock."""
    lock = ROOT / "requirements.lock"
    words = "Installing the course's packages: one to three minutes, this once ..."
    packages = ["--require-hashes", "-r", lock]
    return build(ROOT / ".venv", fingerprint(lock.read_bytes()), words, packages)


def build_bench():
    """Build `.venv-bench`: the lock, and rivals that only a race needs; else return `.venv`'s."""
    import tomllib  # not there before Python 3.11

    lock, project = ROOT / "requirements.lock", (ROOT / "pyproject.toml").read_text("utf-8")
    rivals = tomllib.loads(project)["dependency-groups"]["bench"]
    words = "Installing packages and rivals for this command: one to three minutes, this once ..."
    packages = ["--require-hashes", "-r", lock]
    wanted = fingerprint(lock.read_bytes(), "bench")
    try:
        return build(ROOT / ".venv-bench", wanted, words, packages, rivals)
    except Problem as problem:
        say(f"{problem}\n\nThe races are run without: {', '.join(rivals)}.")
        return build_locked()


def lower_bound(requirement):
    """Turn a range such as ``name>=1.2,<3`` into ``name==1.2``."""
    return re.sub(r"\s*>=\s*([^,;\s]+)[^;]*", r"==\1", requirement)


def build_from_ranges(versions):
    """Build `.venv-lowest` or `.venv-latest` from the ranges of pyproject.toml."""
    import tomllib  # not there before Python 3.11

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    ranges = list(project["project"]["dependencies"])
    for group in ("test", "site"):
        ranges += project["dependency-groups"][group]
    if versions == "lowest":
        ranges = [lower_bound(requirement) for requirement in ranges]
    age = datetime.date.today() if versions == "latest" else None
    words = f"Installing the {versions} allowed versions: some minutes ..."
    packages = ["--only-binary=:all:", "--upgrade", "--upgrade-strategy=eager", *ranges]
    return build(ROOT / f".venv-{versions}", fingerprint(versions, age), words, packages)


def lessons(source):
    """Map each lesson's name, such as ``analysis/count_cells.ipynb``, to its path."""
    paths = [path for path in sorted(source.glob("*.ipynb")) if LESSON.fullmatch(path.name)]
    paths += sorted(source.glob("analysis/*.ipynb"))
    return {path.relative_to(source).as_posix(): path for path in paths}


def learners_copy(path):
    """Return a lesson without its outputs: a page that shows them gives every prediction away.

    The analysis notebooks keep theirs, which show what to expect. All name the kernel as it
    names itself.
    """
    content = path.read_bytes()
    try:
        notebook = json.loads(content.decode("utf-8"))
    except ValueError:
        return content  # JupyterLab will say what is wrong with it
    notebook["metadata"] = KERNEL
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and path.parent.name != "analysis":
            cell.update(outputs=[], execution_count=None)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def read_record(course):
    """Return the digest of each lesson's copied version; nothing where that is unreadable."""
    try:
        record = json.loads((course / ".course.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def free_name(path, word, content=None):
    """Return ``NAME.word.ipynb``, numbered until it is free or holds `content` already."""
    number, candidate = 1, path.with_name(f"{path.stem}.{word}.ipynb")
    while candidate.exists() and candidate.read_bytes() != content:
        number += 1
        candidate = path.with_name(f"{path.stem}.{word}-{number}.ipynb")
    return candidate


def update_lesson(mine, upstream, copied):
    """Bring one lesson up to date without touching work; return what to tell the learner.

    `copied` is the digest of the version copied last, or None where that is unknown.
    """
    if not mine.exists():
        return write_atomically(mine, upstream)
    content = mine.read_bytes()
    current, new = lesson_digest(content), lesson_digest(upstream)
    if current == new and content != upstream:
        return write_atomically(mine, upstream)
    if new in (current, copied):
        return None
    if current == copied:
        write_atomically(mine, upstream)
        return f"{mine.name}: updated (you had not changed it)."
    beside = free_name(mine, "new", upstream)
    write_atomically(beside, upstream)
    return f"{mine.name}: yours is kept, and its new version is beside it as {beside.name}."


def update_course(source, course):
    """Copy new and changed lessons from `source` to `course`; return what to announce."""
    old, news = read_record(course), []
    record = dict(old)
    for name, path in lessons(source).items():
        upstream = learners_copy(path)
        news.append(update_lesson(course / name, upstream, old.get(name)))
        record[name] = lesson_digest(upstream)
    if record != old or not (course / ".course.json").exists():
        write_json(course / ".course.json", record)
    return [line for line in news if line]


def reset_lesson(source, course, words):
    """Fetch the lesson that `words` begins afresh, keeping the learner's; say what was done."""
    known = lessons(source)
    found = [name for name in known if name.startswith(words)]
    if len(found) != 1:
        raise Problem(f"`{words}` must name one lesson; there are:\n  " + "\n  ".join(known))
    mine, upstream = course / found[0], learners_copy(known[found[0]])
    done = f"{mine.name}: fetched afresh."
    if mine.exists() and mine.read_bytes() != upstream:
        kept = free_name(mine, "mine")
        mine.rename(kept)
        done += f" Yours is kept as {kept.name}."
    write_atomically(mine, upstream)
    write_json(course / ".course.json", {**read_record(course), found[0]: lesson_digest(upstream)})
    return done


def run_to_its_end(command):
    """Run `command` in the foreground and leave Ctrl-C to it; return its exit code."""
    process = subprocess.Popen(command, cwd=ROOT)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal sent it to `process` too, which ends in its own time


def copy_lessons():
    """Make or update the working copy, say what changed, and return its folder."""
    folder = ROOT / "my_course"
    for line in update_course(ROOT / "notebooks", folder):
        say(line)
    return folder


def prepare_lab(folder):
    """Write the course's own settings of JupyterLab, and its layout for the first start.

    They stand in the environment: nothing in the reader's home is touched, and settings that
    are made there go first. Return the words for JupyterLab's command line.
    """
    write_json(folder / "settings" / "overrides.json", SETTINGS)
    layout = folder / "workspaces" / "default-37a8.jupyterlab-workspace"  # JupyterLab's own name
    if not layout.exists():
        data = {"layout-restorer:data": LAYOUT}
        write_json(layout, {"data": data, "metadata": {"id": "default"}})
    places = {"app_settings_dir": folder / "settings", "workspaces_dir": layout.parent}
    return [f"--LabApp.{name}={place}" for name, place in places.items()]


def open_lab(options):
    """Update the working copy and open it in JupyterLab; return JupyterLab's exit code."""
    python = build_locked()
    folder = ROOT / "notebooks" if options.source else copy_lessons()
    command = [python, "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1"]
    command += prepare_lab(ROOT / ".venv" / "lab")
    command += [f"--ServerApp.port={options.port}", f"--ServerApp.root_dir={folder}"]
    command += ["--ServerApp.answer_yes=True", "--ServerApp.log_level=WARN"]
    command += ["--LabApp.log_level=WARN"]
    command += ["--LabApp.default_url=/lab/tree/00_start_here.ipynb", "--LabApp.news_url=None"]
    command += ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    command += [] if options.browser else ["--no-browser"]
    command += ["--allow-root"] if hasattr(os, "getuid") and os.getuid() == 0 else []
    say(f"Opening JupyterLab on {folder}. To end it, press Ctrl-C here.")
    return run_to_its_end(command)


def run_tests(versions, words, site=False):
    """Run pytest with `words`: strictly with the lock, or leniently with other versions.

    `site` asks for the tests of the site only, on all its pages.
    """
    if site:
        os.environ["COURSE_SITE"] = "all"
        words = ["tests/browser/test_site.py", *words]
    if versions is None:
        return run_to_its_end([build_locked(), "-m", "pytest", *words])
    lenient = ["--nbval-lax", "--ignore=tests/browser", "-W", "default"]
    return run_to_its_end([build_from_ranges(versions), "-m", "pytest", *lenient, *words])


def parse(words):
    """Return the options, and the words that are for pytest, the site or the races."""
    parser = argparse.ArgumentParser(prog="start.py", description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", metavar="command")
    parser.set_defaults(command="lab", port=8888, browser=True, source=False)
    lab = commands.add_parser("lab", help="open the course in JupyterLab (also without command)")
    lab.add_argument("--no-browser", dest="browser", action="store_false", help="show the address")
    lab.add_argument("--port", type=int, default=8888, help="or the next free one")
    lab.add_argument("--source", action="store_true", help="open notebooks/, for contributors")
    test = commands.add_parser("test", help="run all tests or some", allow_abbrev=False)
    test.add_argument("--versions", choices=["lowest", "latest"], help="without the lock")
    test.add_argument("--site", action="store_true", help="every page of the site, nothing else")
    site = "make the course as web pages in _site/; `site --help` says more"
    commands.add_parser("site", help=site, add_help=False, allow_abbrev=False)
    bench = "race the kernels with their rivals; `bench --help` says more"
    commands.add_parser("bench", help=bench, add_help=False, allow_abbrev=False)
    commands.add_parser("setup", help="only build the environment")
    commands.add_parser("copy", help="only copy the lessons, without their outputs")
    reset = commands.add_parser("reset", help="fetch one lesson afresh, keeping yours")
    reset.add_argument("name", help="such as 01 or 01_pixel_basics")
    options, rest = parser.parse_known_args(words)
    if rest and options.command not in ("test", "site", "bench"):
        parser.error("not understood: " + " ".join(rest))
    return options, rest


def run(words):
    """Do what the command line says and return the exit code."""
    options, rest = parse(words)
    if options.command == "test":
        return run_tests(options.versions, rest, options.site)
    if options.command == "site":
        return run_to_its_end([build_locked(), "-m", "helpers.site", *rest])
    if options.command == "bench":
        return run_to_its_end([build_bench(), "-m", "tests.benchmarks", *rest])
    if options.command == "lab":
        return open_lab(options)
    if options.command == "copy":
        say(f"The lessons are in {copy_lessons()}. Open that folder in JupyterLab.")
    elif options.command == "reset":
        say(reset_lesson(ROOT / "notebooks", ROOT / "my_course", options.name))
    else:
        build_locked()
    return 0


def explain_os_error(error):
    if error.errno == errno.ENOSPC:
        return DISK_FULL
    denied = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return f"{error}\n{NOT_WRITABLE}" if denied else str(error)


def main(words=None):
    """Run the command line, with errors in plain words; return the exit code."""
    try:
        check_python(sys.version_info)
        return run(words)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130
    except Problem as problem:
        message = str(problem)
    except OSError as error:
        message = explain_os_error(error)
    print("\n" + message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
