"""docs/agreement.md shows cases that can be checked, and they hold."""

from __future__ import annotations

import re
from pathlib import Path

from qcode.agreement.checking import checks, read_cases
from qcode.reports.agreement import UNIT_RULES

PAGE = (Path(__file__).parents[1] / "docs" / "agreement.md").read_text(encoding="utf-8")


def test_the_cases_of_the_page_hold():
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    found = list(checks(read_cases(shown, "agreement.md")))
    assert len(found) == 4
    assert {one.verdict for one in found} == {"within"}


def test_the_page_names_every_unit():
    cells = [line.split("|")[1] for line in PAGE.splitlines() if line.startswith("|")]
    named = {unit.strip() for cell in cells for unit in cell.split(",")}
    assert set(UNIT_RULES) <= named
