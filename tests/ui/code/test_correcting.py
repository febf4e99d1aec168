"""A turn is corrected where it stands, by keys: what is told of its codings happens, and nothing jumps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from qcode.operations import assignments, corrections
from qcode.queries.codings import codings_of
from qcode.queries.history import history, undo_labels
from qcode.queries.transcripts.corrections import correction_effect, second_looks, turn_to_correct
from qcode.queries.transcripts.documents import document_text

TURN = "I called them. They came at once. 😀 I heard the boots first, and I was afraid of what would follow."


@pytest.fixture
def correcting(hands):
    """The corrections of the room."""
    return hands.room.editing.correcting


def retype(hands, old, new):
    """Select words in the field and type others."""
    field = hands.room.editing.correcting.editor.field
    assert hands.focus is field
    found = field.document().find(old)
    assert not found.isNull()
    field.setTextCursor(found)
    QTest.keyClicks(field, new)


def text_of(hands):
    return document_text(hands.study, hands.small.documents["INT-1"])


def test_a_turn_is_corrected_by_keys_and_what_was_told_happens(hands, correcting):
    before = turn_to_correct(hands.study, hands.small.documents["INT-1"], turn=1)
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    editor = correcting.editor
    assert editor.isVisible()
    assert editor.typed == TURN
    retype(hands, "boots", "heavy boots")
    correcting._on_thought()
    told = correction_effect(before, TURN.replace("boots", "heavy boots"))
    assert editor.told == told.sentence
    hands.press("Ctrl+Return")
    assert editor.isHidden()
    assert hands.focus is hands.view
    assert TURN.replace("boots", "heavy boots") in text_of(hands).text
    assert {row.id for row in told.altered} == {
        row.id for row in codings_of(hands.study, hands.small.documents["INT-1"]) if row.altered
    }
    assert undo_labels(hands.study).undo == "Correct a turn of INT-1"
    assert hands.view.page.text == text_of(hands).text
    drawn = {row.id: (row.start, row.end) for row in hands.room.desk.drawn}
    now = {row.id: (row.start, row.end) for row in codings_of(hands.study, hands.small.documents["INT-1"]) if row.mine}
    assert drawn == now


def test_caret_selection_and_scroll_stay_with_the_words(hands, qtbot):
    talk = [f"Is this question number {n}?" if n % 2 == 0 else f"Answer {n}. " + "And so on. " * 20 for n in range(80)]
    hands.read("LONG", *talk)
    hands.mark("Answer 61")
    hands.view.scroll_to(hands.room.desk.text.text.index("Answer 55"))
    top = hands.view.paragraphs_in_sight()[0]
    shown = hands.view.page.text[top.start : top.start + 30]
    at = top.top
    document = hands.small.documents["LONG"]
    corrections.correct_turn(hands.study, document, turn=3, text="A much longer\nanswer\nthan before. " * 30)
    qtbot.waitUntil(lambda: "A much longer" in hands.view.page.text)
    assert hands.selected() == "Answer 61"
    top = hands.view.paragraphs_in_sight()[0]
    assert hands.view.page.text[top.start : top.start + 30] == shown
    assert top.top == at
    hands.study.undo()
    assert hands.selected() == "Answer 61"


def test_esc_leaves_at_once_when_nothing_changed_and_asks_once_otherwise(hands, correcting):
    hands.put_caret("the boots")
    hands.press("Ctrl+E", "Escape")
    assert correcting.editor.isHidden()
    hands.press("Ctrl+E")
    retype(hands, "boots", "shoes")
    hands.press("Escape")
    assert correcting.editor.isVisible()
    assert "not kept yet" in correcting.editor.told
    hands.press("Escape")
    assert correcting.editor.isHidden()
    assert text_of(hands).text == hands.small.texts["INT-1"]
    hands.press("Ctrl+E", "Ctrl+Return")
    assert correcting.editor.isHidden()
    assert not hands.refused


def test_undo_in_the_field_is_the_fields(hands, correcting):
    hands.small.apply("INT-1", "And afterwards?", "Wear")
    steps = len(history(hands.study))
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    retype(hands, "boots", "shoes")
    hands.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert correcting.editor.typed == TURN
    assert len(history(hands.study)) == steps


def test_pasted_megabytes_are_refused_and_the_editor_stays_usable(hands, correcting):
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    field, data = correcting.editor.field, QMimeData()
    data.setText("word " * 1_000_000)
    field.insertFromMimeData(data)
    assert "200,000 characters at most" in hands.refused[-1]
    assert correcting.editor.typed == TURN
    small = QMimeData()
    small.setText("very\u00a0loud ")
    cursor = field.document().find("boots")
    cursor.setPosition(cursor.selectionStart())
    field.setTextCursor(cursor)
    field.insertFromMimeData(small)
    correcting._on_thought()
    assert "1 no-break spaces made spaces" in correcting.editor.told
    hands.press("Ctrl+Return")
    assert "very loud boots" in text_of(hands).text


def test_a_turn_without_a_word_is_refused_and_stays_open(hands, correcting):
    hands.put_caret("And afterwards")
    hands.press("Ctrl+E")
    correcting.editor.field.selectAll()
    hands.press("Delete", "Ctrl+Return")
    assert "at least one word" in hands.refused[-1]
    assert correcting.editor.isVisible()


def test_a_turn_changed_in_another_window_meanwhile_is_not_overwritten(hands, correcting):
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    retype(hands, "boots", "shoes")
    document = hands.small.documents["INT-1"]
    corrections.correct_turn(hands.study, document, turn=1, text="Something else.")
    hands.press("Ctrl+Return")
    assert "corrected meanwhile" in hands.refused[-1]
    assert "shoes" in correcting.editor.typed
    assert "Something else." in text_of(hands).text


def test_another_turn_corrected_meanwhile_is_no_hindrance(hands, correcting):
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    retype(hands, "boots", "shoes")
    corrections.correct_turn(hands.study, hands.small.documents["INT-1"], turn=0, text="What was it?")
    hands.press("Ctrl+Return")
    assert not hands.refused
    assert TURN.replace("boots", "shoes") in text_of(hands).text


def test_half_typed_words_wait_for_their_turn(hands, correcting):
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    retype(hands, "boots", "shoes")
    hands.open("FG-1")
    assert correcting.editor.isHidden()
    hands.open("INT-1")
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    assert "shoes" in correcting.editor.typed
    hands.press("Ctrl+Z")
    assert correcting.editor.typed == TURN


def test_the_speaker_of_a_turn_is_corrected_here_or_everywhere(hands, correcting):
    editor = correcting.editor
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    editor.speaker.setCurrentIndex(editor.speaker.findText("I"))
    assert editor.reach.isVisible()
    hands.press("Ctrl+Return")
    assert [turn.speaker for turn in text_of(hands).turns] == ["I", "I", "I", "P"]
    hands.study.undo()
    hands.press("Ctrl+E")
    editor.speaker.setCurrentIndex(editor.speaker.findText("New speaker…"))
    assert hands.focus is editor.new_speaker
    hands.press("Ctrl+Return")
    assert "Name the new speaker" in hands.refused[-1]
    hands.type("Colleen")
    editor.reach.setCurrentIndex(1)
    hands.press("Ctrl+Return")
    assert [turn.speaker for turn in text_of(hands).turns] == ["I", "Colleen", "I", "Colleen"]
    assert len(text_of(hands).speakers) == 2
    hands.study.undo()
    assert [turn.speaker for turn in text_of(hands).turns] == ["I", "P", "I", "P"]


def test_with_several_turns_selected_their_speaker_is_corrected_in_one_step(hands, correcting):
    start = hands.room.desk.text.turns[1].start
    hands.view.setFocus()
    hands.view.select(start, hands.room.desk.text.turns[2].end)
    hands.press("Ctrl+E")
    editor = correcting.editor
    assert editor.field.isHidden()
    assert editor.speaker.currentIndex() == -1
    editor.speaker.setCurrentIndex(editor.speaker.findText("Nobody"))
    hands.press("Ctrl+Return")
    assert [turn.speaker for turn in text_of(hands).turns] == ["I", None, None, "P"]
    assert undo_labels(hands.study).undo == "Correct the speaker of 2 turns of INT-1"


def test_changed_passages_are_counted_looked_at_and_settled(hands, qtbot):
    line, asked = hands.room.editing.second_look, []
    hands.room.requestPassages.connect(lambda title, looking: asked.append((title, looking)))
    assert line.isHidden()
    other = TURN.replace("called", "rang").replace("boots", "feet")
    corrections.correct_turn(hands.study, hands.small.documents["INT-1"], turn=1, text=other)
    qtbot.waitUntil(line.isVisible)
    assert line.sentence == "2 passages changed under codings of yours."
    line.button.click()
    assert asked[0][1].altered
    hands.put_caret("the feet")
    confirm = next(each for each in hands.room.room_actions() if each.text() == "Right on the corrected words too")
    confirm.trigger()
    qtbot.waitUntil(lambda: line.count == 1)
    hands.put_caret("They came")
    confirm.trigger()
    qtbot.waitUntil(line.isHidden)
    assert second_looks(hands.study) == []
    confirm.trigger()
    assert "No words were corrected" in hands.refused[-1]


def test_a_correction_of_a_document_that_is_handed_in_is_allowed_and_told_to_its_coder(hands, qtbot):
    assignments.hand_in_round(hands.study, round_id=hands.small.round, documents=[hands.small.documents["INT-1"]])
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    assert "You handed this document in: your codings come along" in hands.room.editing.correcting.editor.told
    retype(hands, "boots", "feet")
    hands.room.editing.correcting._on_thought()
    assert "You handed this document in" in hands.room.editing.correcting.editor.told
    hands.press("Ctrl+Return")
    assert not hands.refused
    qtbot.waitUntil(hands.room.editing.second_look.isVisible)
    hands.put_caret("the feet")
    hands.room.editing.reshaping.confirm_here()
    assert "You handed in “INT-1”" in hands.refused[-1]


def test_the_editor_has_names_for_everything(hands, correcting):
    hands.put_caret("the boots")
    hands.press("Ctrl+E")
    editor = correcting.editor
    for part in (editor, editor.field, editor.speaker, editor.new_speaker, editor.reach):
        assert part.accessibleName()
    cursor = editor.field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, len("the boots"))
    assert cursor.selectedText() == "the boots"


def test_turns_of_several_speakers_can_be_given_to_the_first_of_them(hands, correcting):
    turns = hands.room.desk.text.turns
    hands.view.setFocus()
    hands.view.select(turns[1].start, turns[2].end)
    hands.press("Ctrl+E", "Ctrl+Return")
    assert correcting.editor.isHidden()
    hands.press("Ctrl+E")
    correcting.editor.speaker.setCurrentIndex(correcting.editor.speaker.findText("P"))
    hands.press("Ctrl+Return")
    assert [turn.speaker for turn in text_of(hands).turns] == ["I", "P", "P", "P"]
    hands.press("Ctrl+E")
    assert correcting.editor.speaker.currentText() == "P"
