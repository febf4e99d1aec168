"""Reconcile as it is today: honest about what is there and what is not."""

from __future__ import annotations

import pytest
from opened_again import open_again

from qcode.operations import assignments
from qcode.ui.reconcile import ReconcileRoom


@pytest.fixture
def room(qtbot, bridge):
    room = ReconcileRoom(bridge)
    qtbot.addWidget(room)
    room.resize(900, 600)
    room.show()
    return room


def hand_in(small_study, document, *coders):
    for coder in coders:
        small_study.study.act_as(coder)
        assignments.hand_in_round(
            small_study.study, round_id=small_study.round, documents=[small_study.documents[document]]
        )
    small_study.study.act_as(small_study.ana)


def test_before_two_coders_are_done_it_says_what_must_happen(room, qtbot, small_study):
    hand_in(small_study, "INT-1", small_study.ana)
    assert room.sentence.startswith("Nothing to reconcile yet: two coders must have handed in the same document.")
    with qtbot.waitSignal(room.requestRoom) as asked:
        room._empty.pressed.emit()
    assert asked.args == ["code"]


def test_it_counts_what_two_or_more_have_handed_in_and_by_whom(room, qtbot, small_study):
    hand_in(small_study, "FG-1", small_study.ana, small_study.bo)
    hand_in(small_study, "INT-1", small_study.bo)
    assert room.sentence.startswith("In “Round 1”, 1 of 2 documents was handed in by two or more coders")
    rows = room.table.shown_rows()
    assert [(row.name, row.done, row.open) for row in rows] == [
        ("FG-1", ("Ana Lima", "Bo Ek"), ()),
        ("INT-1", ("Bo Ek",), ("Ana Lima",)),
    ]
    with qtbot.waitSignal(room.requestRoom) as asked:
        room._agree.click()
    assert asked.args == ["agree"]


def test_what_is_opened_again_is_seen_at_once(room, small_study):
    hand_in(small_study, "FG-1", small_study.ana, small_study.bo)
    open_again(small_study.study, small_study.round, small_study.bo, [small_study.documents["FG-1"]])
    assert room.sentence.startswith("Nothing to reconcile yet")
