"""The Guide tab, worked by keys and clicks and compared with what queries say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from room_material import press

from qcode.analysis.guides import Wording
from qcode.operations import documents, guides
from qcode.operations.guides import Attachment
from qcode.queries.transcripts.answers import answers
from qcode.queries.transcripts.documents import documents as list_documents
from qcode.queries.transcripts.guides import guide_versions
from qcode.queries.transcripts.guides import guides as list_guides
from qcode.queries.transcripts.question_marks import question_marks
from qcode.transcripts.values import Transcript, Turn

CTRL = Qt.KeyboardModifier.ControlModifier
QUESTIONS = [Wording("1", "What happened that night?"), Wording("2", "Who wants to begin with the letter?")]


@pytest.fixture
def tab(full_room):
    full_room.tabs.setCurrentWidget(full_room.guide)
    full_room.guide.setFocus()
    return full_room.guide


@pytest.fixture
def guided(tab):
    """The tab with a guide."""
    guides.add_guide(tab.bridge.study, name="Residents", questions=QUESTIONS)
    tab.refresh()
    return tab


def first_document(tab):
    return list_documents(tab.bridge.study)[0].id


def attach(tab, at=0, question=0):
    row = tab.guide.questions[question]
    guides.attach_questions(tab.bridge.study, [Attachment(first_document(tab), at, row.id)])
    tab.refresh()
    return row


def test_without_a_guide_there_is_a_sentence_and_a_button_that_begins_one(tab):
    assert tab.currentWidget() is tab.empty
    assert "No interview guide yet" in tab.empty.sentence
    QTest.mouseClick(tab.empty.button, Qt.MouseButton.LeftButton)
    assert tab.currentWidget() is tab.editor


def test_a_guide_is_typed_and_saved_by_keys_and_undone(tab):
    tab.start_adding()
    QTest.keyClicks(tab.editor.name, "Residents")
    tab.editor.field.setFocus()
    QTest.keyClicks(tab.editor.field, "1. What happened?")
    press(tab.editor.field, Qt.Key.Key_Return)
    QTest.keyClicks(tab.editor.field, "2. And then?")
    assert tab.editor.told.text() == "2 questions"
    press(tab.editor.field, Qt.Key.Key_Return, CTRL)
    (guide,) = list_guides(tab.bridge.study)
    assert [(one.number, one.text) for one in guide.questions] == [("1", "What happened?"), ("2", "And then?")]
    assert tab.currentWidget() is tab.page
    assert [row.number for row in tab.questions.shown_rows()] == ["1", "2"]
    tab.bridge.undo()
    tab.refresh()
    assert tab.currentWidget() is tab.empty


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1. Who?\n1. Why?", "Two questions have the number 1"),
        ("1. Who?\n2. ", "Question 2 has no words"),
        ("".join(f"{n}. Who?\n" for n in range(1, 1_000)), "999 questions"),
    ],
)
def test_what_cannot_be_saved_is_said_while_one_types(tab, typed, said):
    tab.start_adding()
    tab.editor.name.setText("Residents")
    tab.editor.field.setPlainText(typed)
    assert said in tab.editor.told.text()
    assert not tab.editor.save_button.isEnabled()
    tab.editor.save()
    assert list_guides(tab.bridge.study) == []
    assert tab.currentWidget() is tab.editor


def test_a_name_that_is_taken_leaves_everything_as_it_was_typed(guided, full_room):
    guided.start_adding()
    guided.editor.name.setText("residents")
    guided.editor.field.setPlainText("1. Who?")
    guided.editor.save()
    assert "guide named “residents”" in full_room.told[-1]
    assert guided.editor.field.raw() == "1. Who?"
    assert guided.currentWidget() is guided.editor


def test_pasted_megabytes_are_refused_before_they_are_laid_out(tab, full_room):
    tab.start_adding()
    QGuiApplication.clipboard().setText("x" * 200_000)
    tab.editor.field.paste()
    assert tab.editor.field.raw() == ""
    assert "Nothing was taken" in full_room.told[-1]


def test_a_file_fills_the_field_and_saves_nothing(tab, qtbot, tmp_path, full_room):
    file = tmp_path / "Police.txt"
    file.write_text("Guide\n1. Who called?\n2. Who came?\n", encoding="utf-8")
    tab.start_adding()
    tab.editor.read(file)
    qtbot.waitUntil(lambda: bool(tab.editor.field.raw()), timeout=20_000)
    assert tab.editor.field.raw() == "1. Who called?\n2. Who came?"
    assert tab.editor.name.text() == "Police"
    assert "1 line left out" in full_room.told[-1]
    assert list_guides(tab.bridge.study) == []


def test_a_new_version_says_what_changes_and_keeps_what_is_attached(guided):
    row = attach(guided)
    guided.edit()
    guided.editor.field.setPlainText("2. Who wants to begin with the letter?\n3. And now?")
    assert guided.editor.changes.text().split("\n\n") == [
        "3 is new.",
        "1 is no longer asked: “What happened that night?” – what was answered to it in 1 turn can still be read",
    ]
    guided.editor.note.setText("Everybody knew.")
    guided.editor.save()
    assert [one.number for one in guided.questions.shown_rows()] == ["2", "3", "1"]
    assert guide_versions(guided.bridge.study, guided.guide.id)[0].note == "Everybody knew."
    assert answers(guided.bridge.study, row.id).given
    guided.turn_versions()
    assert "Everybody knew." in guided.versions.text.toPlainText()
    assert guided.versions_button.text() == "Answers"


def test_a_person_says_that_a_question_in_other_words_is_the_same(guided):
    row = attach(guided)
    guided.edit()
    guided.editor.field.setPlainText("1. Tell me everything.\n2. Who wants to begin with the letter?")
    (box,) = guided.editor.checks
    assert not box.isChecked()
    assert "1 is new." in guided.editor.changes.text()
    box.click()
    assert "1 was worded “What happened that night?”" in guided.editor.changes.text()
    guided.editor.save()
    now = guided.guide.questions[0]
    assert (now.id, now.text) == (row.id, "Tell me everything.")


def test_leaving_the_editor_saves_nothing(guided):
    guided.edit()
    guided.editor.field.setPlainText("1. Other?")
    press(guided.editor.field, Qt.Key.Key_Escape)
    assert guided.currentWidget() is guided.page
    assert len(guide_versions(guided.bridge.study, guided.guide.id)) == 1


def test_all_answers_are_read_beside_their_question(guided):
    row = attach(guided)
    guided.questions.select_row(row.id)
    found = answers(guided.bridge.study, row.id)
    shown = guided.answers.text.toPlainText()
    for said in found.given[0].said:
        assert said.text in shown
    assert all(silent.name in shown for silent in found.silent)
    assert f"{found.words:,} words" in guided.answers.facts


def test_the_name_of_a_document_leads_to_the_place(guided, qtbot):
    row = attach(guided)
    guided.questions.select_row(row.id)
    with qtbot.waitSignal(guided.requestPlace) as went:
        guided.answers.text.anchorClicked.emit(QUrl("answer:0"))
    assert (went.args[0].document, went.args[0].start) == (first_document(guided), 0)


def test_answers_stay_where_they_are_scrolled_to(guided):
    row = attach(guided)
    guided.answers.resize(300, 160)
    guided.questions.select_row(row.id)
    bar = guided.answers.text.verticalScrollBar()
    bar.setRange(0, 500)
    bar.setValue(40)
    before = bar.value()
    guided.refresh()
    assert before > 0
    assert guided.answers.text.verticalScrollBar().value() == before


def test_proposals_are_marked_by_keys_attached_at_once_and_undone(guided, qtbot):
    guided.find_questions()
    page = guided.proposals
    qtbot.waitUntil(lambda: not page.looking and bool(page.table.shown_rows()), timeout=20_000)
    rows = page.table.shown_rows()
    assert rows[0].number == "1"
    assert [one.id for one in page.marked] == [one.id for one in rows if one.likeness >= 0.55]
    page.table.selectAll()
    page.turn_marks()
    if not page.marked:
        press(page.table, Qt.Key.Key_Space)
    assert len(page.marked) == len(rows)
    press(page.table, Qt.Key.Key_Return, CTRL)
    assert guided.currentWidget() is guided.page
    assert question_marks(guided.bridge.study, first_document(guided))[0].origin == "proposed"
    guided.bridge.undo()
    assert question_marks(guided.bridge.study, first_document(guided)) == []


def test_a_proposal_that_is_refused_goes_from_the_list_and_comes_no_more(guided, qtbot):
    guided.find_questions()
    page = guided.proposals
    qtbot.waitUntil(lambda: not page.looking and bool(page.table.shown_rows()), timeout=20_000)
    count = len(page.table.shown_rows())
    press(page.table, Qt.Key.Key_Delete)
    assert len(page.table.shown_rows()) == count - 1
    guided.find_questions()
    qtbot.waitUntil(lambda: not page.looking, timeout=20_000)
    assert len(page.table.shown_rows()) == count - 1


def test_attaching_nothing_says_how_to_mark(guided, qtbot, full_room):
    guided.find_questions()
    page = guided.proposals
    qtbot.waitUntil(lambda: not page.looking and bool(page.table.shown_rows()), timeout=20_000)
    page._marked.clear()
    page.attach()
    assert "Nothing is marked" in full_room.told[-1]


def test_a_guide_is_removed_and_undo_brings_it_back(guided, full_room):
    guided.remove()
    guided.refresh()
    assert guided.currentWidget() is guided.empty
    assert "Undo brings it back" in full_room.told[-1]
    guided.bridge.undo()
    guided.refresh()
    assert guided.guide.name == "Residents"


def test_what_changes_elsewhere_is_seen_when_one_looks(guided, full_room):
    full_room.tabs.setCurrentWidget(full_room.team)
    guides.add_guide(guided.bridge.study, name="Police", questions=QUESTIONS[:1])
    full_room.refresh()
    full_room.tabs.setCurrentWidget(guided)
    assert guided.guide_box.count() == 2


def test_actions_are_offered_where_they_mean_something(guided, full_room):
    by_key = {action.objectName(): action for action in full_room.room_actions()}
    assert by_key["transcripts.guide-edit"].isEnabled()
    assert not by_key["transcripts.guide-save"].isEnabled()
    guided.edit()
    assert by_key["transcripts.guide-save"].isEnabled()
    full_room.tabs.setCurrentWidget(full_room.team)
    assert not by_key["transcripts.guide-save"].isEnabled()
    assert not by_key["transcripts.guide-edit"].isEnabled()


def test_the_questions_of_imported_answers_become_a_guide_and_are_attached(tab, qtbot):
    words = "We came late."
    turn = Turn(0, "R1", "participant", None, None, 0, len(words), frozenset(), "When did you come?")
    incoming = documents.Incoming("SURVEY", Transcript(words, (turn,), ()), kind="survey answers")
    survey = documents.import_document(tab.bridge.study, incoming)
    tab.start_adding()
    tab.editor.name.setText("Survey")
    QTest.mouseClick(tab.editor.files_button, Qt.MouseButton.LeftButton)
    assert tab.editor.field.raw() == "1. When did you come?"
    QTest.mouseClick(tab.editor.files_button, Qt.MouseButton.LeftButton)
    assert tab.editor.field.raw() == "1. When did you come?"
    tab.editor.save()
    tab.find_questions()
    qtbot.waitUntil(lambda: not tab.proposals.looking and bool(tab.proposals.marked), timeout=20_000)
    tab.proposals.attach()
    (answer,) = answers(tab.bridge.study, tab.guide.questions[0].id).given
    assert (answer.document, answer.said[0].text) == (survey, words)
