"""The pages of docs/studies are all told of in its opening page, and lead to what is there."""

from __future__ import annotations

import re

from told_pages import HOUSE

STUDIES = HOUSE / "docs" / "studies"


def test_every_study_is_told_of_and_every_link_leads_somewhere():
    pages = sorted(page.name for page in STUDIES.glob("*.md"))
    opening = (STUDIES / "README.md").read_text(encoding="utf-8")
    assert len(pages) == 6
    assert {name for name in pages if f"]({name})" in opening} == set(pages) - {"README.md"}
    for page in STUDIES.glob("*.md"):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)
