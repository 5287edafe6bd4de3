"""pyproject.toml is the one list of dependencies; the lock and environment.yml follow it."""

import os
import re
import shutil
import subprocess
import tomllib
from importlib import metadata
from itertools import product
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
GROUPS = PROJECT["dependency-groups"]["test"] + PROJECT["dependency-groups"]["site"]
DIRECT = RUNTIME + [Requirement(text) for text in GROUPS]
ENTRIES = [entry.replace("\\\n", " ") for entry in re.split(r"\n(?=\S)", LOCK.strip())]
LOCKED = [(Requirement(entry.split("--hash")[0].strip()), entry) for entry in ENTRIES]
MACHINES = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
FOLDERS = {".ci", ".github", "data", "helpers", "notebooks", "tests"}
TEXTS = {"CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "README.md"}
SETTINGS = {".gitignore", "environment.yml", "pyproject.toml", "requirements.lock"}
TOP_LEVEL = FOLDERS | TEXTS | SETTINGS | {"conftest.py", "start.py"}


def name_of(requirement):
    return canonicalize_name(requirement.name)


def pinned(requirement):
    (specifier,) = requirement.specifier
    assert specifier.operator == "==", requirement
    return specifier.version


def locked_versions(name, environment=None):
    """Return the versions of `name` in the lock, of one environment or of all."""
    return {
        pinned(requirement)
        for requirement, _ in LOCKED
        if name_of(requirement) == name
        and (
            environment is None
            or requirement.marker is None
            or requirement.marker.evaluate(environment)
        )
    }


def tracked_files():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [name for name in listing.split("\0") if name]


@pytest.mark.parametrize("requirement", DIRECT, ids=name_of)
def test_every_machine_gets_one_and_the_same_locked_version_in_range(requirement):
    found = set()
    for python, (sys_platform, system, os_name) in product(["3.11", "3.12", "3.13"], MACHINES):
        machine = {
            "python_version": python,
            "python_full_version": f"{python}.7",
            "sys_platform": sys_platform,
            "platform_machine": "arm64" if sys_platform == "darwin" else "x86_64",
            "platform_system": system,
            "os_name": os_name,
        }
        versions = locked_versions(name_of(requirement), machine)
        assert len(versions) == 1, (python, sys_platform, versions)
        found |= versions
    assert len(found) == 1, "stored outputs belong to one version"
    assert requirement.specifier.contains(found.pop())


def test_every_locked_package_has_hashes():
    assert len(LOCKED) > 80
    bare = [
        str(name) for name, entry in LOCKED if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)
    ]
    assert bare == []


def test_the_lock_names_no_place_to_download_from():
    assert not re.search(r"://|@ |--(extra-)?index-url|--find-links|^-[ief]\b", LOCK, re.MULTILINE)


def test_no_tracked_file_names_a_package_index():
    hosts = re.compile(r"\b(pypi|pythonhosted|anaconda|npmjs)\.(org|com)\b", re.IGNORECASE)
    found = [
        name
        for name in tracked_files()
        if (ROOT / name).is_file() and hosts.search((ROOT / name).read_bytes().decode("latin-1"))
    ]
    assert found == []


def test_tracked_top_level_names_are_known():
    assert {name.split("/")[0] for name in tracked_files()} <= TOP_LEVEL


def test_installed_packages_need_nothing_beside_the_lock(request):
    if request.config.getoption("nbval_lax"):
        pytest.skip("these versions are not the lock's")
    missing = []
    for name in {name_of(requirement) for requirement, _ in LOCKED}:
        here = [
            r for r, _ in LOCKED if name_of(r) == name and (not r.marker or r.marker.evaluate())
        ]
        if not here:
            continue
        assert metadata.version(name) == pinned(here[0]), name
        for text in metadata.requires(name) or []:
            need = Requirement(text)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                versions = locked_versions(name_of(need), {"extra": ""})
                if not any(need.specifier.contains(version) for version in versions):
                    missing.append(f"{name} needs {need}")
    assert missing == []


def test_conda_environment_has_the_runtime_dependencies_at_the_locks_versions():
    (pip,) = [entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict)]
    plain = [entry for entry in CONDA["dependencies"] if isinstance(entry, str)]
    pins = dict(entry.split("=") for entry in plain if re.fullmatch(r"[a-z0-9-]+=[^=]+", entry))
    assert [entry for entry in pip if entry.startswith("-e")] == ["-e ."]
    wheels = [Requirement(entry) for entry in pip if not entry.startswith("-e")]
    pins |= {name_of(wheel): pinned(wheel) for wheel in wheels}
    expected = {name_of(r): locked_versions(name_of(r)) for r in RUNTIME}
    assert {name: {version} for name, version in pins.items()} == expected
    markers = {name_of(r): r.marker for r in RUNTIME if r.marker}
    assert {name_of(wheel): wheel.marker for wheel in wheels if wheel.marker} == markers


def test_conda_environment_asks_for_a_supported_python():
    (python,) = [str(entry) for entry in CONDA["dependencies"] if str(entry).startswith("python")]
    allowed = SpecifierSet(python.removeprefix("python"))
    supported = SpecifierSet(PROJECT["project"]["requires-python"])
    minors = [f"3.{minor}.0" for minor in range(20)]
    assert set(allowed.filter(minors)) == {"3.11.0", "3.12.0", "3.13.0"}
    assert set(allowed.filter(minors)) <= set(supported.filter(minors))


def test_only_the_headless_opencv_is_installed():
    names = {name_of(requirement) for requirement, _ in LOCKED} | {name_of(r) for r in DIRECT}
    assert {name for name in names if "opencv" in name} == {"opencv-python-headless"}
    conda = yaml.safe_dump(CONDA)
    assert re.findall(r"[\w-]*opencv[\w-]*", conda) == ["opencv-python-headless"]


def test_every_range_has_one_lower_bound_for_the_lowest_versions():
    for requirement in DIRECT:
        operators = [specifier.operator for specifier in requirement.specifier]
        assert operators.count(">=") == 1, requirement
        assert set(operators) <= {">=", "<"}, requirement


def test_citation_agrees_with_the_project():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = PROJECT["project"]
    assert (citation["version"], citation["license"]) == (project["version"], project["license"])
    assert "BSD 3-Clause" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_both_continuous_integrations_run_the_test_command_of_start():
    workflow = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["tests"]["steps"] if "run" in step]
    assert commands == ["python start.py test"]
    script = ROOT / ".ci/run"
    assert re.search(
        r"^exec python3 start\.py test ", script.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert os.name == "nt" or os.access(script, os.X_OK)
