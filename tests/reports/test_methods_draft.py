"""Checklists: every item has a state, and nothing is claimed that the study did not tell."""

from __future__ import annotations

import pytest
from docx import Document

from qcode.files import UnknownExtensionError
from qcode.reports.checklists import COREQ, SRQR, Item
from qcode.reports.methods import MethodsDraft, answered, write_methods
from qcode.reports.values import StudyFacts


def items(checklist):
    return [item for _heading, found in checklist.parts for item in found]


def test_both_checklists_have_every_item_once_and_in_order():
    assert [item.number for item in items(COREQ)] == [str(number) for number in range(1, 33)]
    assert [item.number for item in items(SRQR)] == [f"S{number}" for number in range(1, 22)]


def test_every_item_can_be_told_or_says_what_is_to_be_written():
    assert all(item.told_by or item.yours for item in (*items(COREQ), *items(SRQR)))


def test_an_item_is_told_partly_told_or_for_people_to_write():
    told = {"people": "18 people took part."}
    assert answered(Item("12", "Sample size", ("people",)), told).state == "told"
    assert answered(Item("16", "Sample", ("people",), "Dates."), told).state == "partly"
    assert answered(Item("16", "Sample", ("people",), "Dates."), {}).state == "yours"
    silent = answered(Item("12", "Sample size", ("people",)), {})
    assert (silent.state, silent.told) == ("yours", "")
    assert silent.yours


def test_the_document_marks_what_is_left_to_write(tmp_path):
    draft = MethodsDraft(StudyFacts("Three knocks"), {"people": "18 people took part.", "software": "With qcode."})
    write_methods(draft, tmp_path / "methods.docx")
    document = Document(str(tmp_path / "methods.docx"))
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows[1:]]
    states = {row[0]: row[3] for row in cells}
    assert len(states) == 32 + 21
    assert (states["1"], states["12"], states["16"], states["27"]) == ("For you", "Told", "Told in part", "Told")
    assert all("For you to write: " in row[2] for row in cells if row[3] != "Told")


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(UnknownExtensionError):
        write_methods(MethodsDraft(StudyFacts(""), {}), tmp_path / "methods.pdf")
