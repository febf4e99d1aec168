"""Check the rules of the house that no linter knows, on every file that git tracks or would track.

Prints one line for each breach, `file:line: what is wrong`, and exits with 1 if there was any.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 800
UTF16_HOME = "qcode/ui/utf16.py"
NAMES_UTF16 = re.compile(r"\w*utf16\w*(?!\w*\.)")
COUNTS_UTF16 = re.compile(r"encode\(\s*[\"']utf-?16")
IMPORTS_UTF16 = re.compile(r"\s*(?:from qcode\.ui\.utf16 import|from qcode\.ui import|import qcode\.ui\.utf16)\b")

# A path on one person's machine means nothing on another's, nor does one that leads out of the repository.
ONE_MACHINE = re.compile(r"(?<![\w.:/])(/(?:home|Users|root|work|opt|mnt|srv)/[\w.-]+|[A-Z]:\\Users\\\w+)")
UPWARDS = re.compile(r"(?<![\w./])((?:\.\./)+[\w./-]*\w)")

# Where packages come from is for the installer's own settings to say, on each machine.
PACKAGE_INDEX = re.compile(r"--(?:extra-)?index-url|--find[-]links|://[^\s\"'>)]+/simple\b|://files\.[\w.]+/packages")
ADDRESS = re.compile(r"\b(?:https?|file)://")


def main() -> int:
    """Print every breach."""
    breaches = sorted(breach for name in tracked_files() for breach in breaches_in(name, text_of(ROOT / name)))
    for name, line, complaint in breaches:
        print(f"{name}:{line}: {complaint}")
    print(f"house rules: {len(breaches)} breaches" if breaches else "house rules: kept")
    return 1 if breaches else 0


def tracked_files() -> list[str]:
    """The files of the repository, the new ones that are not ignored with them; relative to its root, with slashes."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    """The text of a file; nothing for one that is not UTF-8 text, such as a picture or a document."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def breaches_in(name: str, text: str) -> Iterator[tuple[str, int, str]]:
    """Each breach in one file, as (file, line from 1, what is wrong)."""
    lines = text.splitlines()
    if name.endswith(".py") and len(lines) > LONGEST_FILE:
        yield name, len(lines), f"longer than {LONGEST_FILE} lines: it holds more than one thing"
    for number, line in enumerate(lines, start=1):
        for complaint in complaints(name, line):
            yield name, number, complaint


def complaints(name: str, line: str) -> Iterator[str]:
    """What is wrong with one line of the file called `name`."""
    if found := ONE_MACHINE.search(line):
        yield f"{found[1]} is a path on one machine"
    if any(leads_out(name, path) for path in UPWARDS.findall(line)):
        yield "a path that leads out of the repository, or to nothing in it"
    if PACKAGE_INDEX.search(line) or (is_list_of_packages(name) and ADDRESS.search(line)):
        yield "the address of a package index belongs in the installer's settings"
    if converts_utf16(name, line):
        yield f"UTF-16 offsets are converted in {UTF16_HOME} alone"


def leads_out(name: str, path: str) -> bool:
    """Whether a path that goes up names nothing in the repository, seen from its file or from the root.

    In code only the paths of documents count: a test may try a hostile name on purpose.
    """
    if name.endswith(".py") and not path.endswith(".md"):
        return False
    targets = [Path(os.path.normpath(start / path)) for start in ((ROOT / name).parent, ROOT)]
    return not any(target.exists() and target.is_relative_to(ROOT) for target in targets)


def is_list_of_packages(name: str) -> bool:
    """Whether the file says which packages to install."""
    return PurePosixPath(name).name.startswith("requirements") and name.endswith(".txt")


def converts_utf16(name: str, line: str) -> bool:
    """Whether a line of the package deals in UTF-16 offsets itself, instead of asking the one module that may."""
    if not name.startswith("qcode/") or name == UTF16_HOME or IMPORTS_UTF16.match(line):
        return False
    return bool(NAMES_UTF16.search(line) or (name.startswith("qcode/ui/") and COUNTS_UTF16.search(line)))


if __name__ == "__main__":
    sys.exit(main())
