"""The set-up: what it installs, which Python it takes, and what it says where something is missing."""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = (ROOT / "requirements.txt").read_text()
PINNED = {
    canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", REQUIREMENTS, re.MULTILINE)
}

posix = pytest.mark.skipif(os.name != "posix", reason="the set-up is a POSIX shell script")


def direct_requirements() -> list[Requirement]:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [*said["project"]["dependencies"], *said["dependency-groups"]["dev"], *said["build-system"]["requires"]]
    return [Requirement(text) for text in named]


@pytest.mark.parametrize("wanted", direct_requirements(), ids=lambda wanted: wanted.name)
def test_every_dependency_is_pinned_within_its_range(wanted: Requirement) -> None:
    assert PINNED[canonicalize_name(wanted.name)] in wanted.specifier


def test_every_pinned_package_has_a_hash_and_no_address() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", REQUIREMENTS, flags=re.MULTILINE)[1:]
    assert len(entries) == len(PINNED)
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in REQUIREMENTS


def imported_modules() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "qcode").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.split(".")[0] for name in whole | parts} - sys.stdlib_module_names - {"qcode"}


def test_what_the_program_imports_and_what_it_depends_on_are_the_same() -> None:
    carriers = importlib.metadata.packages_distributions()
    imported = {canonicalize_name(name) for module in imported_modules() for name in carriers[module]}
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    together = {"shiboken6"}  # comes with PySide6, which pins it
    assert imported - together == {canonicalize_name(Requirement(text).name) for text in declared} - together


def test_an_installed_qcode_carries_the_samples(tmp_path: Path) -> None:
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    carried = set(zipfile.ZipFile(wheel).namelist())
    for folder, place in {"sample_transcripts": "transcripts", "codebooks": "codebooks"}.items():
        samples = {path.relative_to(ROOT / folder).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert samples
        assert {f"qcode/samples/{place}/{name}" for name in samples} <= carried


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "setup" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("docs/x.md", "see " + "/home/" + "ada/notes.md"),
        ("qcode/x.py", "open('" + "/root/" + "study.qcode')"),
        ("README.md", "see " + "../" + "elsewhere/design.md"),
        ("tests/x.py", '"""See ' + "../" + 'elsewhere/design.md."""'),
        ("requirements.txt", "a @ https" + "://example.org/a.whl"),
        ("Makefile", "pip install --index" + "-url x"),
        ("qcode/text/x.py", "def utf16(text): ..."),
        ("qcode/ui/x.py", "def to_utf16(text): ..."),
        ("qcode/ui/x.py", "length = len(text.encode('utf-16-le')) // 2"),
    ],
)
def test_the_house_rules_find_a_breach(file: str, line: str) -> None:
    assert list(script("house_rules").complaints(file, line))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("docs/x.md", "see ../pyproject.toml and https://example.org/home/page"),
        ("qcode/ui/x.py", "from qcode.ui.utf16 import offsets"),
        ("qcode/ui/x.py", "from qcode.ui import utf16"),
        ("qcode/ui/x.py", "self.positions = utf16.QtPositions(text)  # Qt counts UTF-16 units"),
        ("qcode/ui/utf16.py", "def utf16(text): ..."),
        ("qcode/x.py", "data.decode('utf-16')"),
        ("tests/x.py", "read('../hostile.docx')"),
    ],
)
def test_the_house_rules_leave_the_rest_alone(file: str, line: str) -> None:
    assert not list(script("house_rules").complaints(file, line))


def test_a_file_that_is_too_long_is_found() -> None:
    breaches = script("house_rules").breaches_in
    assert list(breaches("qcode/x.py", "x = 1\n" * 801))
    assert not list(breaches("qcode/x.py", "x = 1\n" * 800))


def test_qt_starts_here() -> None:
    starts = script("qt_starts")
    assert starts.library_problem() is None
    assert starts.screen_problem({}) is None


class Machine:
    """A copy of the set-up with commands of our choosing, on which it can be run for real."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.commands = folder / "bin"
        self.commands.mkdir()
        shutil.copytree(ROOT / "setup", folder / "setup", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        (folder / "requirements.txt").write_text("iniconfig==2.3.1 --hash=sha256:" + "0" * 64 + "\n")
        for tool in ["sh", "dirname", "cat", "cksum", "mkdir", "rm", "tail"]:
            (self.commands / tool).symlink_to(shutil.which(tool) or tool)

    def command(self, name: str, body: str) -> None:
        """Put a command on the path that writes down how it was called and then does `body`."""
        path = self.folder / name if "/" in name else self.commands / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'#!{shutil.which("sh")}\necho "{path.name} $*" >> "{self.folder}/calls"\n{body}\n')
        path.chmod(0o755)

    def old_python(self, name: str) -> None:
        self.command(name, "exit 1")

    def environment_without_qt(self) -> None:
        self.command(".venv/bin/python", 'case "$*" in *qt_starts*) echo "libEGL.so.1: missing"; exit 1 ;; esac')

    def prepare(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.commands / "sh", "setup/prepare.sh"],
            cwd=self.folder,
            env={"PATH": str(self.commands), "HOME": str(self.folder), "PIP_NO_INDEX": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        log = self.folder / "calls"
        calls = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return calls


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@posix
def test_without_a_new_python_one_sentence_says_so(machine: Machine) -> None:
    machine.old_python("python3.12")
    machine.old_python("python3")
    ran = machine.prepare()
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1
    assert "qcode needs Python 3.12" in ran.stderr
    assert not (machine.folder / ".venv").exists()


@posix
def test_uv_is_asked_where_no_python_fits(machine: Machine) -> None:
    machine.command("uv", 'if [ "$2" = find ]; then exit 1; fi')
    assert machine.prepare().returncode == 1
    assert machine.calls() == ["uv python find 3.12", "uv python install 3.12", "uv python find 3.12"]


@posix
@pytest.mark.slow
def test_a_command_that_fails_is_passed_over_and_a_half_made_environment_is_made_anew(machine: Machine) -> None:
    machine.old_python("python3.12")
    (machine.commands / "python3").symlink_to(sys.executable)
    (machine.folder / ".venv/lib/left/over").mkdir(parents=True)
    (machine.folder / ".venv/unfinished").touch()
    ran = machine.prepare()
    assert "making .venv with Python 3.1" in ran.stdout
    assert "the packages could not be installed" in ran.stderr
    assert ran.returncode == 1
    assert (machine.folder / ".venv/bin/python").exists()
    assert not (machine.folder / ".venv/lib/left").exists()


@posix
def test_what_is_up_to_date_is_only_looked_at(machine: Machine) -> None:
    machine.command(".venv/bin/python", "exit 0")
    assert machine.prepare().returncode == 0
    assert any("pip install" in call for call in machine.calls())
    again = machine.prepare()
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert not [call for call in machine.calls() if "pip" in call or "qt_starts" in call]


@posix
def test_new_requirements_are_installed(machine: Machine) -> None:
    machine.command(".venv/bin/python", "exit 0")
    machine.prepare()
    machine.calls()
    (machine.folder / "requirements.txt").write_text("")
    assert machine.prepare().returncode == 0
    assert any("--require-hashes -r requirements.txt" in call for call in machine.calls())


@posix
def test_a_screen_that_appears_later_is_looked_at(machine: Machine) -> None:
    machine.command(".venv/bin/python", "exit 0")
    machine.prepare()
    machine.calls()
    machine.prepare(DISPLAY=":0")
    assert any("qt_starts" in call for call in machine.calls())


@posix
def test_an_ordinary_user_is_told_the_line_that_brings_qt_its_libraries(machine: Machine) -> None:
    machine.environment_without_qt()
    machine.command("apt-get", "exit 0")
    machine.command("id", "echo 1000")
    ran = machine.prepare()
    assert ran.returncode == 1
    assert re.search(r"^  sudo sh -c 'apt-get update; apt-get install -y .*libegl1 .*fonts-", ran.stderr, re.MULTILINE)
    assert not [call for call in machine.calls() if call.startswith("apt-get")]


@posix
def test_root_installs_what_qt_needs(machine: Machine) -> None:
    machine.environment_without_qt()
    machine.command("apt-get", f'case "$*" in *install*) echo > "{machine.folder}/.venv/bin/python" ;; esac')
    machine.command("id", "echo 0")
    assert machine.prepare().returncode == 0
    asked = [call for call in machine.calls() if call.startswith("apt-get")]
    assert "update" in asked[0]
    assert "libegl1" in asked[1]


@posix
def test_root_is_told_when_the_libraries_cannot_be_installed(machine: Machine) -> None:
    machine.environment_without_qt()
    machine.command("apt-get", "echo no network; exit 100")
    machine.command("id", "echo 0")
    ran = machine.prepare()
    assert ran.returncode == 1
    assert "no network" in ran.stderr


@posix
def test_elsewhere_than_on_debian_the_missing_library_is_named(machine: Machine) -> None:
    machine.environment_without_qt()
    ran = machine.prepare()
    assert ran.returncode == 1
    assert "libEGL.so.1" in ran.stderr
