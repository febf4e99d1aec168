from __future__ import annotations

import pytest
from names_material import transcript

from qcode.deidentification import Entity
from qcode.ui.transcripts.names.arriving import Arriving, Writing, looked_through

NAMES = [Entity("1", "name", ("Ines Alvarez", "Ines"), "Nora"), Entity("2", "name", ("McDonald",), "Berg")]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("InesAlvarez01", "Nora 01"),
        ("Ines_Alvarez_01", "Nora 01"),
        ("P03-INES2", "P03-NORA2"),
        ("McDonald_visit", "Berg visit"),
        ("InesMcDonald", "Nora Berg"),
        ("InterviewFinal02", "InterviewFinal02"),
    ],
)
def test_a_name_that_runs_into_other_words_is_replaced_in_the_name_of_a_file(name: str, written: str) -> None:
    assert Writing(NAMES).clean(name) == written


def test_a_name_that_runs_into_other_words_is_asked_about() -> None:
    talk = transcript((("P1", "I have nothing to say about it."),))
    looked = looked_through(Arriving("1", "InesAlvarez01", talk, file="InesAlvarez01.docx"), (), ask_model=False)
    assert [one.text for found in looked.found for one in found] == ["Ines Alvarez"]
