"""Questions of the interview guide in the Code room, by keys, compared with what queries say."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.analysis.guides import Wording
from qcode.operations import documents, guides
from qcode.operations.guides import Attachment
from qcode.queries.transcripts.guides import guides as list_guides
from qcode.queries.transcripts.question_marks import question_marks
from qcode.study import Study
from qcode.transcripts.values import Heading, Transcript, Turn

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
QUESTIONS = [Wording("1", "What happened that night?"), Wording("2", "What were you offered?"), Wording("12", "Now?")]


@pytest.fixture
def room(window):
    room = window.show_room("code")
    room.view.setFocus()
    return room


@pytest.fixture
def guided(room):
    guides.add_guide(room.bridge.study, name="Residents", questions=QUESTIONS)
    return room


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def ask(letter, modifiers=Qt.KeyboardModifier.NoModifier):
    press(Qt.Key.Key_L, CTRL)
    press(letter, modifiers)


def marks(room):
    return question_marks(room.bridge.study, room.desk.document)


def put_caret(room, turn):
    start = room.desk.text.turns[turn].start
    room.view.select(start, start)


def test_a_question_is_attached_by_its_number_and_undone(guided, qtbot):
    put_caret(guided, 0)
    ask(Qt.Key.Key_Q)
    chooser = guided.editing.asking.chooser
    assert QApplication.focusWidget() is chooser.line
    QTest.keyClicks(chooser.line, "2")
    press(Qt.Key.Key_Return)
    assert [(mark.number, mark.start) for mark in marks(guided)] == [("2", guided.desk.text.turns[0].start)]
    assert QApplication.focusWidget() is guided.view
    foot = guided.transcript.foot.question
    qtbot.waitUntil(foot.isVisible)
    assert foot.toolTip() == "Question 2: What were you offered?"
    guided.bridge.undo()
    assert marks(guided) == []
    qtbot.waitUntil(lambda: not foot.isVisible())


def test_what_is_attached_comes_first_and_enter_takes_it_away(guided):
    question = list_guides(guided.bridge.study)[0].questions[2].id
    turn = guided.desk.text.turns[0]
    guides.attach_questions(guided.bridge.study, [Attachment(guided.desk.document, turn.start, question)])
    put_caret(guided, 0)
    ask(Qt.Key.Key_Q)
    assert guided.editing.asking.chooser.list.lines[0].right == "✓ attached"
    press(Qt.Key.Key_Return)
    assert marks(guided) == []


def test_letters_find_a_question_and_escape_leaves_everything(guided):
    put_caret(guided, 0)
    ask(Qt.Key.Key_Q)
    chooser = guided.editing.asking.chooser
    QTest.keyClicks(chooser.line, "offer")
    assert [line.name for line in chooser.list.lines] == ["2. What were you offered?"]
    assert "offered" in chooser.line.accessibleDescription()
    press(Qt.Key.Key_Escape)
    assert not chooser.isVisible()
    assert marks(guided) == []


def test_something_else_is_asked_ends_an_answer_and_is_taken_away_again(guided):
    put_caret(guided, 0)
    for expected in (1, 0):
        ask(Qt.Key.Key_Q)
        QTest.keyClicks(guided.editing.asking.chooser.line, "something else")
        press(Qt.Key.Key_Return)
        assert len(marks(guided)) == expected


def test_a_question_is_told_until_the_next_one(guided, qtbot):
    first, second, _third = (row.id for row in list_guides(guided.bridge.study)[0].questions)
    turns, document = guided.desk.text.turns, guided.desk.document
    wanted = [Attachment(document, turns[0].start, first), Attachment(document, turns[2].start, second)]
    guides.attach_questions(guided.bridge.study, wanted)
    foot = guided.transcript.foot.question
    for turn, number in ((1, "1"), (2, "2"), (3, "2"), (0, "1")):
        put_caret(guided, turn)
        qtbot.waitUntil(lambda number=number: foot.toolTip().startswith(f"Question {number}:"))


def test_one_goes_from_question_to_question_and_is_told_where_there_are_no_more(guided):
    first = list_guides(guided.bridge.study)[0].questions[0].id
    turns = guided.desk.text.turns
    guides.attach_questions(guided.bridge.study, [Attachment(guided.desk.document, turns[2].start, first)])
    told = []
    guided.bridge.refused.connect(told.append)
    put_caret(guided, 0)
    ask(Qt.Key.Key_F)
    assert guided.view.caret() == turns[2].start
    ask(Qt.Key.Key_F)
    assert told == ["No further question of a guide is attached in this direction."]
    put_caret(guided, 3)
    ask(Qt.Key.Key_F, SHIFT)
    assert guided.view.caret() == turns[2].start


def test_all_answers_to_the_question_at_the_caret_are_read_in_the_guide(guided, window):
    first = list_guides(guided.bridge.study)[0].questions[0].id
    guides.attach_questions(guided.bridge.study, [Attachment(guided.desk.document, 0, first)])
    put_caret(guided, 1)
    ask(Qt.Key.Key_Q, SHIFT)
    room = window.current_room
    assert room.tab == "Guide"
    assert room.guide.question.id == first
    assert room.guide.answers.answers.given[0].document == guided.desk.document


def test_without_a_guide_or_a_question_here_there_is_a_sentence(room):
    told = []
    room.bridge.refused.connect(told.append)
    ask(Qt.Key.Key_Q)
    ask(Qt.Key.Key_Q, SHIFT)
    assert "no interview guide yet" in told[0]
    assert "No question of a guide" in told[1]


def test_headings_of_a_document_are_bold_and_other_words_are_not(room):
    text = "Findings 😀 here\nHelp came late.\nNext\nMore words."
    transcript = Transcript(
        text,
        (Turn(0, None, "other", None, None, 0, len(text), frozenset()),),
        (),
        headings=(Heading(0, 15, 1), Heading(32, 36, 2)),
    )
    document = documents.import_document(room.bridge.study, documents.Incoming("REPORT", transcript, kind="document"))
    room.open_document(document)
    assert bold_words(room) == ["Findings 😀 here", "Next"]
    room.open_document(documents_of(room)[0])
    assert bold_words(room) == []


def documents_of(room):
    return [row.id for row in room.desk.documents]


def bold_words(room):
    block, found = room.view.document().begin(), []
    while block.isValid():
        found += [
            part.fragment().text() for part in block if part.fragment().charFormat().fontWeight() >= QFont.Weight.Bold
        ]
        block = block.next()
    return found


def test_a_question_is_attached_to_no_other_text_than_the_one_that_was_shown(guided):
    study, first = guided.bridge.study, guided.desk.document
    refused = []
    guided.bridge.refused.connect(refused.append)
    put_caret(guided, 0)
    ask(Qt.Key.Key_Q)
    with Study.open(study.path) as other:
        documents.remove_document(other, first)
    study.poll()
    QTest.keyClicks(guided.editing.asking.chooser.line, "2")
    press(Qt.Key.Key_Return)
    assert guided.desk.document != first
    assert marks(guided) == []
    said = "The text was changed elsewhere meanwhile. Put the caret in the turn, and attach the question again."
    assert refused == [said]
