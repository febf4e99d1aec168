"""The Reconcile room, by keys: one case after another, what is kept of it, and nothing written before Enter."""

from __future__ import annotations

import pytest
from by_keys import focus, press, write
from opened_again import open_again

from qcode.operations import assignments, coding
from qcode.operations.codebook import retire_code
from qcode.operations.team import describe_study
from qcode.queries.disagreements.cases import decision_rows
from qcode.queries.disagreements.consensus import consensus
from qcode.ui.reconcile.seats import seats


def hand_in(small, *coders, documents=("INT-1", "FG-1")):
    """Let coders hand in."""
    for coder in coders:
        small.study.act_as(coder)
        assignments.hand_in_round(
            small.study, round_id=small.round, documents=[small.documents[name] for name in documents]
        )
    small.study.act_as(small.ana)


def entered(qtbot, window):
    """The room, read to the end, with the focus in the queue."""
    room = window.show_room("reconcile")
    qtbot.waitUntil(lambda: not room.computing)
    room.queue.list.setFocus()
    return room


@pytest.fixture
def room(qtbot, window, small_study):
    """The room of the window, on five cases: two coders handed both documents in."""
    hand_in(small_study, small_study.ana, small_study.bo)
    return entered(qtbot, window)


def listed(room):
    """The cases that are listed: the kind, the code and the document of each."""
    return [(row.kind, *row.code_names, row.document_name) for row in room.queue.list.rows]


def go_to(room, code, kind="boundary"):
    """Put the cursor on the case of a kind and a code."""
    rows = room.queue.list.rows
    place = next(number for number, row in enumerate(rows) if row.kind == kind and code in row.code_names)
    press(*["PageUp"] * room.queue.list.place, *["PageDown"] * place)
    return room.case


def letter(room, name, *, named=False):
    """The letter of a coder's lane."""
    return next(seat.letter for seat in seats(room.case, named=named) if seat.lane.name == name)


def decided(small):
    """What was decided, by code: the outcome, the words that are kept, and why."""
    texts = {small.documents[name]: text for name, text in small.texts.items()}
    return {
        row.code_names[0]: (row.outcome, [texts[row.document][low:high] for _code, low, high in row.kept], row.reason)
        for row in decision_rows(small.study, small.round)
    }


def test_a_case_is_decided_by_three_keys_and_the_next_one_follows(room, small_study):
    assert sorted(listed(room)) == [
        ("boundary", "Calling for help", "INT-1"),
        ("boundary", "Fear of consequences", "INT-1"),
        ("boundary", "Wear", "FG-1"),
        ("overlooked", "Trusted person", "INT-1"),
        ("overlooked", "Wear", "FG-1"),
    ]
    assert room.strip.counts.text().startswith("5 open · 0 decided")
    case = go_to(room, "Fear of consequences")
    following = room.queue.list.rows[room.queue.list.place + 1]
    press(letter(room, "Bo Ek"), "B")  # what Bo marked, for a reason of its own first letter
    assert room.deciding.draft.coder == small_study.bo
    assert "I was afraid of what would follow." in room.side.kept.text()
    assert decided(small_study) == {}
    room.side.present.chips[1].click()  # who is there stays there for the cases that follow
    press("Tab")
    write("only the fear")
    press("Return")
    assert decided(small_study) == {
        "Fear of consequences": ("accept", ["I was afraid of what would follow."], "boundary rule")
    }
    (row,) = decision_rows(small_study.study)
    assert (row.note, row.present_names, room.present) == ("only the fear", ("Bo Ek",), (small_study.bo,))
    assert (room.case.id, focus()) == (following.id, room.queue.list)
    assert room.strip.counts.text().startswith("4 open · 1 decided")
    press("Ctrl+Z")  # what is taken back has the cursor again, and is as it was
    assert (room.case, decided(small_study)) == (case, {})


def test_outcomes_have_a_key_each_and_what_does_not_fit_is_refused_in_words(room, small_study, window):
    said = []
    window.bridge.refused.connect(said.append)
    go_to(room, "Calling for help")
    press("K")
    assert said == ["Only one code is in question here. Accept a coder's codings, or take the union."]
    assert room.deciding.draft is None
    press("U", "I", "Right", "Return")  # another key changes one’s mind; an arrow takes the first reason
    press("PageUp")
    go_to(room, "Trusted person", "overlooked")
    press("N", "S", "Escape")
    assert (room.deciding.draft, focus()) == (None, room.queue.list)
    press("N", "S", "Return")
    go_to(room, "Wear", "overlooked")
    press("O")
    write("fear")
    press("Return", "Return")
    assert decided(small_study) == {
        "Calling for help": ("intersection", ["I called them."], "definition unclear"),
        "Trusted person": ("none", [], "slip"),
        "Wear": ("other", ["Tired, mostly."], ""),
    }
    assert len(said) == 1


def test_a_range_is_set_by_hand_as_edges_are_moved(room, small_study):
    go_to(room, "Fear of consequences")
    press("R")
    assert focus() is room.shown.text
    assert room.shown.notice.text().startswith("The end of the range: ")
    press("Tab", "Right", "Right", "U", "Shift+Left", "Return")  # letters mean nothing while the range is set
    assert focus() is room.side.reasons
    press("G", "Return")
    kept = "the boots first, and I was afraid of what would follow."
    assert decided(small_study) == {"Fear of consequences": ("range", [kept], "genuine ambiguity")}


def test_what_was_begun_goes_on_while_others_work_and_ends_with_the_case(room, small_study, qtbot):
    case = go_to(room, "Calling for help")
    press("U", "S")
    describe_study(small_study.study, question="What was it like?")
    qtbot.waitUntil(lambda: not room.computing)
    assert (room.case, focus()) == (case, room.side.reasons)
    assert (room.deciding.draft.outcome, room.side.reasons.reason) == ("union", "slip")
    press("PageUp")
    assert (room.deciding.draft, focus()) == (None, room.queue.list)
    press("PageDown", "R")
    press("Right")
    describe_study(small_study.study, question="And then?")
    qtbot.waitUntil(lambda: not room.computing)
    assert room.deciding.ranging.active
    press("Escape")
    assert decided(small_study) == {}


def test_a_decision_that_is_refused_stays_as_it_was_chosen(room, small_study, window, qtbot):
    case = go_to(room, "Calling for help")
    said = []
    window.bridge.refused.connect(said.append)
    retire_code(small_study.study, small_study.codes["Call"])
    qtbot.waitUntil(lambda: not room.computing)
    press("U", "S", "Return")
    assert (len(said), decided(small_study)) == (1, {})
    assert (room.case.id, room.deciding.draft.outcome, room.side.reasons.reason) == (case.id, "union", "slip")
    assert focus() is room.side.reasons
    assert room.shown.title.text() == "Boundary"
    press("Escape", "N", "Return")
    assert decided(small_study) == {"Calling for help": ("none", [], "")}


def test_later_and_the_meeting_leave_a_case_open_and_go_on(room, small_study):
    first, second = room.queue.list.rows[:2]
    press("T", "Return")
    assert room.case.id == second.id
    press("L", "Return", "PageUp", "PageUp")
    assert room.case.id == first.id
    assert (room.case.decision.outcome, len(listed(room))) == ("meeting", 5)
    assert room.strip.counts.text().startswith("5 open")


def test_names_stay_hidden_and_lanes_shuffled_until_a_case_is_decided(room, small_study):
    shown = set()
    for _case in room.queue.list.rows:
        assert "Bo Ek" not in room.shown.sheet.toPlainText()
        shown.add(tuple(seat.lane.name for seat in seats(room.case, named=False)))
        assert seats(room.case, named=False) == seats(room.case, named=False)
        press("PageDown")
    assert len(shown) == 2  # neither coder is always the first
    press("H")
    assert "Bo Ek" in room.shown.sheet.toPlainText()
    press("H", "N", "Return")
    room.queue.narrowing.show_state("decided")
    assert "Ana Lima" in room.shown.sheet.toPlainText()


def test_the_queue_is_narrowed_and_says_why_it_is_empty(room, small_study):
    assert room.queue.narrowing.codes.count() == 1 + 4
    room.queue.narrowing.kinds.setCurrentIndex(room.queue.narrowing.kinds.findData("overlooked"))
    assert {row.kind for row in room.queue.list.rows} == {"overlooked"}
    room.queue.narrowing.show_state("decided")
    assert listed(room) == []
    assert room.shown.nothing.sentence == "No case is like that. Choose others above the list."
    room.queue.narrowing.kinds.setCurrentIndex(0)
    room.queue.narrowing.show_state("open")
    while room.case is not None:
        press("N", "Return")
    assert room.shown.nothing.sentence.startswith("All 5 cases are decided.")
    assert consensus(small_study.study, small_study.round) == ()


def test_after_a_decision_cases_like_it_are_offered_and_previewed(room, small_study, qtbot):
    go_to(room, "Wear", "overlooked")
    press("N", "Return")
    assert room.shown.alike.isHidden()  # no other case is of that kind about that code
    press("Ctrl+Z")
    open_again(small_study.study, small_study.round, small_study.ana, [small_study.documents["FG-1"]])
    small_study.apply("FG-1", "How do you feel", "Wear")
    hand_in(small_study, small_study.ana, documents=["FG-1"])
    qtbot.waitUntil(lambda: not room.computing)
    go_to(room, "Wear", "overlooked")
    press("N", "S", "Return")
    assert room.shown.alike.text() == "1 more like this: preview (M)"
    press("M")
    assert room.pages.currentWidget() is room.further.bulk
    room.close_page()
    assert focus() is room.queue.list


def test_a_decision_whose_evidence_changed_is_flagged_and_can_be_withdrawn(room, small_study, qtbot):
    go_to(room, "Calling for help")
    press("U", "Return")
    open_again(small_study.study, small_study.round, small_study.bo, [small_study.documents["INT-1"]])
    small_study.study.act_as(small_study.bo)
    words = small_study.passage("INT-1", "called them")
    row = next(row for row in coding_rows(small_study) if row.coder == small_study.bo)
    coding.move_coding(small_study.study, row.coding, start=words.start, end=words.end)
    hand_in(small_study, small_study.bo, documents=["INT-1"])
    qtbot.waitUntil(lambda: not room.computing)
    assert "1 changed since" in room.strip.counts.text()
    room.queue.narrowing.show_state("stale")
    assert listed(room) == [("boundary", "Calling for help", "INT-1")]
    assert "Bo Ek marks another passage with Calling for help now." in room.side.standing.text()
    room.queue.list.setFocus()
    press("Delete")
    assert decided(small_study) == {}
    assert listed(room) == []


def coding_rows(small):
    """The marks on which the decision rests."""
    return next(row.evidence for row in decision_rows(small.study, small.round))


def test_who_does_not_lead_reads_and_says_where_they_stand(room, small_study, window, qtbot):
    go_to(room, "Calling for help")
    press("U", "Return", "H")
    window.bridge.act_as(small_study.bo)
    assert not room.desk.isVisible()  # what one may see another may not
    qtbot.waitUntil(lambda: not room.computing)
    assert not room.side.deciding.isVisible()
    room.queue.list.setFocus()
    said = []
    window.bridge.refused.connect(said.append)
    for key, sentence in (("A", "The lead decides what is kept"), ("H", "The lead decides whether names are shown")):
        press(key)
        assert sentence in said[-1]
        assert "Ana Lima" not in room.shown.sheet.toPlainText()
    room.queue.narrowing.show_state("decided")
    room.queue.list.setFocus()
    press("Shift+D")
    (row,) = decision_rows(small_study.study, small_study.round)
    assert [(one.name, one.stance) for one in row.stances] == [("Bo Ek", "dissents")]
    assert room.side.stances.buttons["dissents"].isChecked()
    press("Ctrl+Z")
    assert decision_rows(small_study.study, small_study.round)[0].stances == ()


def test_what_must_happen_first_is_said_in_the_empty_room(small_study, window, qtbot):
    hand_in(small_study, small_study.ana)
    room = entered(qtbot, window)
    assert room.nothing.sentence.startswith("Nothing to reconcile yet: two coders must have handed in")
    hand_in(small_study, small_study.bo)
    qtbot.waitUntil(lambda: room.case is not None)
    describe_study(small_study.study, approach="reflexive")
    qtbot.waitUntil(lambda: room.pages.currentWidget() is room.reading)
    assert room.reading.sentence.startswith("This study’s approach is reflexive.")
    room.reading.button.click()
    assert window.current_room.key == "agree"
