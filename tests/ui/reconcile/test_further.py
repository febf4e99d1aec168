"""The pages over the room and the panels beside a case: what they show is what the queries say, by keys alone."""

from __future__ import annotations

import pytest
from by_keys import focus, press
from docx import Document
from handed_in import hand_in_everything
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from qcode.operations.codebook import Definition, define_code
from qcode.operations.reconciling import decide
from qcode.operations.team import describe_study
from qcode.queries.codebook.tree import codebook, definition
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.consensus import became_of_mine, before_and_after
from qcode.queries.history import undo_labels
from qcode.queries.team import rounds
from qcode.ui import theme
from qcode.ui.reconcile.further import FurtherPages

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Host(QStackedWidget):
    """A room that shows whatever is asked of it."""

    def __init__(self, small_study):
        super().__init__()
        self.round_id, self.present = small_study.round, (small_study.ana, small_study.bo)
        self.cases = None
        self.desk = QStackedWidget(self)
        self.desk.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.addWidget(self.desk)

    def show_page(self, page):
        self.addWidget(page)
        self.setCurrentWidget(page)

    def close_page(self):
        self.setCurrentWidget(self.desk)
        self.desk.setFocus()

    def show_side(self, panel):
        self.desk.addWidget(panel)
        self.desk.setCurrentWidget(panel)

    def close_side(self):
        self.desk.setFocus()


@pytest.fixture
def here(qtbot, bridge, small_study):
    hand_in_everything(small_study)
    theme.choose("light")
    host = Host(small_study)
    further = FurtherPages(bridge, host, host, host.desk)
    qtbot.addWidget(host)
    host.resize(1000, 640)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    host.desk.setFocus()
    return host, further


@pytest.fixture
def cases(small_study):
    return lambda **narrow: Cases.of(small_study.study, small_study.round).queue(**{"state": "all"} | narrow).rows


def case_of(rows, *names):
    return next(row for row in rows if row.code_names == names)


def settled(small_study, cases):
    """Fear in Ana's extent, and nothing of what she alone saw; both were there."""
    study, there = small_study.study, (small_study.ana, small_study.bo)
    fear, peer = case_of(cases(), "Fear of consequences"), case_of(cases(), "Trusted person")
    decide(
        study, fear, outcome="accept", coder=small_study.ana, reason="boundary rule", note="All of it.", present=there
    )
    return decide(study, peer, outcome="none", reason="slip", present=there)


def computed(qtbot, page):
    qtbot.waitUntil(lambda: not page.computing and page.stack.currentIndex() == 1)
    return page


def test_each_says_how_they_take_a_decision_and_the_lead_notes_it_for_who_was_there(qtbot, here, small_study, cases):
    host, further = here
    settled(small_study, cases)
    host.show_page(further.decisions)
    further.decisions.begin(small_study.round)
    page = computed(qtbot, further.decisions)
    assert page.told.text() == "2 decisions, 2 wait for your word"
    assert [one.row.code_names for one in page.list.rows] == [("Fear of consequences",), ("Trusted person",)]
    assert "as Ana Lima has it" in page.list.currentIndex().data()
    assert "All of it." in page.told_of.text()
    qtbot.keyClick(page.list, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: page.told.text() == "2 decisions, 1 wait for your word")
    page.voices.select_row(small_study.bo)
    page.note_line.setText("It begins later.")
    page.voices.setFocus()
    qtbot.keyClick(page.voices, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: "1 dissents" in page.list.currentIndex().data())
    (told,) = [row for row in Cases.of(small_study.study, small_study.round).decisions if row.dissent]
    assert {(one.name, one.stance, one.note) for one in told.stances} == {
        ("Ana Lima", "persuaded", ""),
        ("Bo Ek", "dissents", "It begins later."),
    }
    page.filter_box.setCurrentIndex(page.filter_box.findData("mine"))
    page.list.setFocus()
    assert [one.row.code_names for one in page.list.rows] == [("Trusted person",)]
    with qtbot.waitSignal(further.caseAsked) as asked:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert asked.args == [case_of(cases(), "Trusted person").id]
    assert host.currentWidget() is host.desk


def test_before_stays_as_it_was_and_after_says_whose_side_was_taken(qtbot, here, small_study, cases):
    host, further = here
    host.show_page(further.before_after)
    further.before_after.begin(small_study.round)
    qtbot.waitUntil(lambda: "Nothing was decided" in further.before_after.empty.sentence)
    settled(small_study, cases)
    page = computed(qtbot, further.before_after)
    found = before_and_after(small_study.study, small_study.round)
    assert page.against.shown_rows() == list(found.against)
    assert page.deference.shown_rows() == list(found.deference)
    assert [(row.name, row.won, row.of) for row in found.deference] == [("Ana Lima", 1, 2), ("Bo Ek", 1, 2)]
    assert page.settled.text() == "100.0 % of decisions without dissent so far"
    assert "2 of 2 decisions; in 2 of them somebody has not said yet how they take it" in page.dissent.text()
    assert "figure to publish" in page.publish.text()


def test_a_coder_sees_what_became_of_their_own_by_code_and_why(qtbot, here, small_study, cases, bridge):
    host, further = here
    settled(small_study, cases)
    bridge.act_as(small_study.bo)
    host.show_page(further.mine)
    further.mine.begin(small_study.round)
    page = computed(qtbot, further.mine)
    told = became_of_mine(small_study.study, small_study.round, small_study.bo)
    assert [row.told for row in page.table.shown_rows()] == list(told)
    page.fate_box.setCurrentIndex(page.fate_box.findData("differs"))
    (row,) = page.table.shown_rows()
    assert (row.told.code_name, row.told.became) == ("Fear of consequences", "other extent")
    assert page.why.text() == "Decided: as one coder has it. Boundary rule. “All of it.”"
    with qtbot.waitSignal(further.requestPlace) as asked:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args[0].document == small_study.documents["INT-1"]
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)


def test_a_passage_becomes_an_example_and_a_definition_is_sharpened_beside_the_case(qtbot, here, small_study, cases):
    host, further = here
    study, fear = small_study.study, small_study.codes["Fear"]
    further.take_case(case_of(cases(), "Fear of consequences"), None)
    qtbot.keyClick(host.desk, Qt.Key.Key_X)
    words = "I heard the boots first, and I was afraid of what would follow."
    assert definition(study, fear).typical_example == words
    study.undo()
    assert definition(study, fear).typical_example == ""
    further.take_case(case_of(cases(), "Fear of consequences"), None)
    qtbot.keyClick(host.desk, Qt.Key.Key_X, SHIFT)
    assert definition(study, fear).near_miss.endswith(words)

    further.take_case(case_of(cases(), "Fear of consequences"), None)
    qtbot.keyClick(host.desk, Qt.Key.Key_D, CONTROL)
    panel = further.defining
    assert panel.fields.field("brief").hasFocus()
    panel.fields.field("brief").setPlainText("Afraid of what help may bring later.")
    panel.reason.setText("The boots are no consequence.")
    qtbot.keyClick(panel.reason, Qt.Key.Key_S, CONTROL)
    now = definition(study, fear)
    assert (now.brief, now.reason) == ("Afraid of what help may bring later.", "The boots are no consequence.")
    assert not panel.unsaved
    qtbot.keyClick(panel.reason, Qt.Key.Key_Escape)
    assert host.desk.hasFocus()


def test_codes_are_merged_and_split_from_a_case_and_older_passages_become_a_round(
    qtbot, here, small_study, cases, bridge
):
    host, further = here
    study = small_study.study

    def names():
        return {row.name for row in codebook(study) if row.offered}

    further.take_case(case_of(cases(), "Fear of consequences"), None)
    qtbot.keyClick(host.desk, Qt.Key.Key_J, CONTROL)
    qtbot.keyClicks(further.merging.chooser.line, "wear")
    further.merging.reason.setText("One thing.")
    qtbot.keyClick(further.merging.reason, Qt.Key.Key_Return)
    assert "Fear of consequences" not in names()
    study.undo()
    assert "Fear of consequences" in names()

    further.take_case(case_of(cases(), "Fear of consequences"), None)
    qtbot.keyClick(host.desk, Qt.Key.Key_K, CONTROL)
    further.splitting.names.setPlainText("Fear of court\nFear of losing work")
    qtbot.keyClick(further.splitting.reason, Qt.Key.Key_Return)
    assert {"Fear of court", "Fear of losing work", "Fear of consequences"} <= names()

    define_code(study, small_study.codes["Wear"], definition=Definition(brief="What it does to those who come."))
    further.begin_recheck(small_study.codes["Wear"])
    panel = further.recheck
    assert panel.current.path == ("Wear",)
    panel.name_line.setText("Wear once more")
    qtbot.keyClick(panel.name_line, Qt.Key.Key_Return)
    assert ("Wear once more", "recheck") in [(row.name, row.purpose) for row in rounds(study)]
    assert "Wear once more" in (undo_labels(study).undo or "")


def test_each_page_is_two_strokes_away_and_esc_leads_back_to_the_case(qtbot, window, small_study):
    hand_in_everything(small_study)
    press("Ctrl+4")
    room = window.current_room
    qtbot.waitUntil(lambda: not room.computing and room.case is not None)
    assert focus() is room.queue.list
    pages = {"R": "bulk", "D": "decisions", "B": "before_after", "M": "mine"}
    for letter, name in pages.items():
        press("Ctrl+L", letter)
        page = getattr(room.further, name)
        assert page.isVisible()
        qtbot.waitUntil(lambda page=page: not page.computing)
        press("Escape")
        assert not page.isVisible()
        assert focus() is room.queue.list
    press("Ctrl+D")
    assert room.further.defining.isVisible()
    press("Escape")
    assert focus() is room.queue.list


def test_where_reading_is_the_instrument_there_is_no_consensus_to_show(qtbot, here, small_study, bridge):
    host, further = here
    describe_study(small_study.study, approach="reflexive")
    for action in further.actions[:6]:
        with qtbot.waitSignal(bridge.refused) as refused:
            action.trigger()
        assert "There is no consensus to reach" in refused.args[0]
    assert host.currentWidget() is host.desk


def test_the_agenda_and_what_was_decided_are_saved_where_one_says(qtbot, here, small_study, cases, bridge, tmp_path):
    _host, further = here
    with qtbot.waitSignal(bridge.refused) as refused:
        further.save_agenda()
    assert "no open case" in refused.args[0]
    settled(small_study, cases)
    further.take_case(None, Cases.of(small_study.study, small_study.round).queue())
    asked = []

    def ask(_parent, title, suggested, _kinds):
        asked.append((title, suggested.name))
        return tmp_path / f"{len(asked)}.docx"

    further.papers.ask_path = ask
    with qtbot.waitSignal(bridge.informed) as informed:
        further.save_agenda()
    assert "The agenda with 3 cases is saved" in informed.args[0]
    with qtbot.waitSignal(bridge.informed):
        further.save_minutes()
    assert [title for title, _name in asked] == ["Save the agenda", "Save what was decided"]
    assert asked[0][1] == "small Round 1 agenda.docx"
    written = ["\n".join(part.text for part in Document(tmp_path / f"{n}.docx").paragraphs) for n in (1, 2)]
    assert "I take it home with me." in written[0]
    assert "Ana Lima" not in written[0]
    assert "All of it." in written[1]
