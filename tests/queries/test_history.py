"""What was done, by whom, and what of it holds."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.errors import QcodeError
from qcode.models.taking_back import NotYourStepError, TakenBackError
from qcode.operations import codebook, corrections, team
from qcode.queries.codebook.tree import codebook as codebook_of
from qcode.queries.history import HistoryLooking, history, place_of, undo_labels, why_not
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study

DEEDS = st.tuples(st.sampled_from(["code", "name", "group", "undo", "redo", "step"]), st.integers(0, 99))


@pytest.fixture
def study(tmp_path):
    with Study.create(tmp_path / "s.qcode", title="Three knocks", coder="Ana Lima") as study:
        yield study


def told(study):
    return [(row.label, row.origin, row.undone) for row in history(study)]


def test_an_undone_step_no_longer_holds_and_one_done_again_does(study):
    codebook.add_code(study, name="Fear")
    study.undo()
    assert told(study)[:2] == [("Add code Fear", "undone", False), ("Add code Fear", "done", True)]
    study.redo()
    assert told(study)[:3] == [
        ("Add code Fear", "redone", False),
        ("Add code Fear", "undone", True),
        ("Add code Fear", "done", False),
    ]


def test_undoing_again_what_was_done_again_is_an_undo(study):
    codebook.add_code(study, name="Fear")
    study.undo()
    study.redo()
    study.undo()
    latest = history(study)[0]
    assert (latest.origin, latest.undid, latest.undone) == ("undone", True, False)
    assert [row.undone for row in history(study) if row.origin == "done"] == [True, False]
    assert undo_labels(study).redo == "Add code Fear"


def test_steps_say_whose_they_are(study):
    ana, bo = study.coder, team.add_coder(study, name="Bo Ek")
    study.act_as(bo)
    codebook.add_code(study, name="Wear")
    assert [(row.coder, row.mine) for row in history(study)] == [
        ("Bo Ek", True),
        ("Ana Lima", False),
        ("Ana Lima", False),
    ]
    study.act_as(ana)
    assert history(study)[0].mine is False
    assert len(history(study, latest=2)) == 2


def test_a_page_follows_the_one_before_and_filters_narrow_it(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    whole = history(made.study)
    paged, before = [], None
    while page := history(made.study, latest=3, before=before):
        paged += page
        before = page[-1].id
    assert paged == whole
    mine = history(made.study, looking=HistoryLooking(mine=True))
    assert mine == [row for row in whole if row.mine]
    coded = history(made.study, looking=HistoryLooking(thing="codings"))
    assert {row.label.split()[0] for row in coded} == {"Apply"}
    there = history(made.study, looking=HistoryLooking(document=made.documents[1]))
    assert [row.label for row in there] == ["Apply Wear", "Import FG-1"]
    made.study.close()


def test_any_own_step_can_be_taken_back_unless_later_work_stands_on_it(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    rows = {row.label: row for row in history(made.study)}
    reasons = why_not(made.study, rows.values())
    assert reasons[rows["Apply Wear"].id] == ""
    assert "later work by you stands on it" in reasons[rows["Add code Wear"].id]
    assert "as far back as undo goes" in reasons[rows["Create the study"].id]
    assert all(not row.mine for row in rows.values() if row.id not in reasons)
    theirs = next(row for row in history(made.study) if not row.mine)
    with pytest.raises(NotYourStepError):
        made.study.undo_step(theirs.id)
    for row in history(made.study):
        if row.mine and reasons.get(row.id):
            with pytest.raises(QcodeError) as refused:
                made.study.undo_step(row.id)
            assert str(refused.value) == reasons[row.id]
    made.study.undo_step(rows["Apply Wear"].id)
    with pytest.raises(TakenBackError):
        made.study.undo_step(rows["Apply Wear"].id)
    assert why_not(made.study, [rows["Add code Wear"]])[rows["Add code Wear"].id] == ""
    again = made.study.redo()
    assert again.label == "Apply {code}"
    assert "done again" in why_not(made.study, [rows["Apply Wear"]])[rows["Apply Wear"].id]
    assert check(made.study).problems == ()
    made.study.close()


@settings(max_examples=25, deadline=None)
@given(st.lists(DEEDS, max_size=16))
def test_what_is_said_of_taking_back_any_step_is_what_happens(deeds):
    with (
        tempfile.TemporaryDirectory() as folder,
        Study.create(Path(folder) / "s.qcode", title="T", coder="Ana") as study,
    ):
        for deed, number in deeds:
            do(study, deed, number)
        for row in history(study):
            reason, said = why_not(study, [row])[row.id], ""
            try:
                study.undo_step(row.id)
            except QcodeError as error:
                said = str(error)
            assert said == reason
            assert said or next(one.undone for one in history(study) if one.id == row.id)
        assert check(study).problems == ()


def do(study, deed, number):
    """One deed of a random history; what cannot be done is left."""
    codes = [row.id for row in codebook_of(study)]
    chosen = codes[number % len(codes)] if codes else None
    with contextlib.suppress(QcodeError):
        if deed == "undo":
            study.undo()
        elif deed == "redo":
            study.redo()
        elif deed == "step":
            rows = history(study)
            study.undo_step(rows[number % len(rows)].id)
        elif deed == "code" or chosen is None:
            codebook.add_code(study, name=f"C{number} {len(codes)}", parent=chosen)
        elif deed == "name":
            codebook.rename_code(study, chosen, name=f"N{number}")
        else:
            with study.grouped():
                codebook.add_code(study, name=f"G{number} {len(codes)}", parent=chosen)
                codebook.rename_code(study, chosen, name=f"H{number}")


def test_a_step_leads_to_where_its_coding_is_today(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="And what happened that night, then?")
    row = next(row for row in history(made.study) if row.mine and row.label == "Apply Fear")
    place = place_of(made.study, row)
    assert document_text(made.study, made.documents[0]).text[place.start : place.end] == "I was afraid."
    assert place != row.place
    made.study.close()
