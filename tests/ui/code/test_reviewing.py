"""Only who has seen the end of a text can say that it is reviewed."""

from __future__ import annotations

from qcode.queries.transcripts.deidentification import state_of
from qcode.queries.transcripts.documents import documents


def state(hands, name):
    return state_of(hands.study, hands.small.documents[name]).state


def test_a_long_text_is_reviewed_once_its_end_was_seen(hands):
    hands.read("INT-10", *(f"Line {number} of a long talk about boots." for number in range(300)))
    hands.press("Ctrl+Shift+V")
    assert "to its end first" in hands.refused[-1]
    assert state(hands, "INT-10") == "not checked"
    hands.press("Ctrl+End")
    hands.press("Ctrl+Home")
    hands.press("Ctrl+Shift+V")
    assert state(hands, "INT-10") == "reviewed"
    assert "reviewed (Ana Lima, 20" in hands.informed[-1]


def test_the_end_of_another_state_of_the_text_does_not_count(hands):
    hands.read("INT-10", *(f"Line {number} of a long talk about boots." for number in range(300)))
    hands.press("Ctrl+End")
    hands.read("INT-11", *(f"Line {number} of another talk about doors." for number in range(300)))
    hands.press("Ctrl+Shift+V")
    assert "to its end first" in hands.refused[-1]


def test_a_review_is_undone_and_taken_back(hands):
    hands.press("Ctrl+Shift+V")
    assert state(hands, "INT-1") == "reviewed"
    hands.press("Ctrl+Shift+V")
    assert "already" in hands.refused[-1]
    hands.study.undo()
    assert state(hands, "INT-1") == "not checked"
    hands.study.redo()
    hands.room.editing.reviewing.reopen()
    assert state(hands, "INT-1") == "checked by computer"
    hands.room.editing.reviewing.reopen()
    assert "Nobody has reviewed" in hands.refused[-1]


def test_the_next_document_that_nobody_reviewed_is_opened_until_none_is_left(hands):
    names = [row.name for row in documents(hands.study)]
    assert hands.room.desk.text.name == "INT-1"
    hands.press("Ctrl+Shift+V")
    assert f"{len(names) - 1} document" in hands.informed[-1]
    seen = ["INT-1"]
    while len(seen) < len(names):
        hands.room.editing.reviewing.go_to_next()
        seen.append(hands.room.desk.text.name)
        assert hands.informed[-1].startswith(f"“{seen[-1]}”: ")
        hands.press("Ctrl+End")
        hands.press("Ctrl+Shift+V")
    assert sorted(seen) == sorted(names)
    assert "Every document of the study was reviewed for names." in hands.informed[-1]
    hands.room.editing.reviewing.go_to_next()
    assert hands.room.desk.text.name == seen[-1]
