"""The contracts of the imports are guards: each is shown to fail where it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

BREACHES = {
    "a lower package imports a higher one": ("rooms", "text/breach.py", "import qcode.study"),
    "siblings import each other": ("rooms", "transcripts/breach.py", "import qcode.reports"),
    "the search for names meets a sibling": ("rooms", "deidentification/breach.py", "import qcode.transcripts"),
    "a package stands in no row": ("rooms", "helpers/__init__.py", ""),
    "Qt outside the window": ("qt", "queries/breach.py", "from PySide6.QtCore import QObject"),
    "Qt inside a function": ("qt", "reports/breach.py", "def late():\n    import PySide6.QtGui"),
    "spaCy outside nlp": ("spacy", "transcripts/breach.py", "import spacy"),
    "a database in the reports": ("database", "reports/breach.py", "import sqlalchemy"),
    "a database in the window": ("database", "ui/breach.py", "from sqlalchemy import select"),
    "mapped objects in the window": ("rows", "ui/breach.py", "from qcode.models import Coding"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "qcode", tmp_path / "qcode", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def outcome(folder: Path, contract: str) -> str:
    lint = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    ran = subprocess.run(
        [*lint, "--contract", contract, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout + ran.stderr


@pytest.mark.parametrize(("contract", "file", "code"), BREACHES.values(), ids=BREACHES.keys())
def test_a_breach_of_the_layers_is_found(copy: Path, contract: str, file: str, code: str) -> None:
    breach = copy / "qcode" / file
    breach.parent.mkdir(exist_ok=True)
    breach.write_text(f"{code}\n")
    said = outcome(copy, contract)
    assert "1 broken" in said
    assert "breach" in said or "helpers" in said
