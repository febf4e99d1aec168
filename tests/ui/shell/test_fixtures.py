"""What the other tests of the window stand on."""

from __future__ import annotations

from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings, passages
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import documents


def test_the_small_study_holds_what_its_description_says(small_study, bridge):
    study = small_study.study
    assert check(study).problems == ()
    assert [row.name for row in documents(study)] == ["INT-1", "FG-1"]
    assert [row.name for row in codebook(study) if row.codable] == [
        "Fear of consequences",
        "Trusted person",
        "Calling for help",
        "Wear",
    ]
    rows = codings(study, Looking())
    assert len([row for row in rows if row.mine]) == 5
    assert len([row for row in rows if row.coder_id == small_study.bo]) == 3
    assert bridge.round_id == small_study.round


def test_positions_stay_true_behind_an_emoji(small_study):
    said = [row.text for row in passages(small_study.study, Looking(codes=[small_study.codes["Fear"]]))]
    assert "I was afraid of what would follow." in said
