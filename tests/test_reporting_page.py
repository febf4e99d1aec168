"""docs/reporting.md is true: its commands run as printed, and say what it says they do."""

from __future__ import annotations

import shlex

import pytest
from sampled import copy_sample
from told_pages import HOUSE, as_said, beside_the_sample, commands
from typer.testing import CliRunner

from qcode.cli.commands import app

PAGE = HOUSE / "docs" / "reporting.md"


@pytest.fixture
def here(tmp_path, monkeypatch):
    copy_sample(tmp_path / "larkmoor.qcode")
    return beside_the_sample(tmp_path, monkeypatch)


def test_the_page_does_what_it_says(here):
    seen = 0
    for command, told in commands(PAGE):
        done = CliRunner().invoke(app, shlex.split(command))
        assert done.exit_code == 0, (command, done.output)
        assert as_said(told).fullmatch(done.stdout), (command, done.stdout)
        seen += 1
    assert seen > 4
    assert all((here / name).stat().st_size > 1_000 for name in ("themes.docx", "themes.html", "codebook.docx"))
