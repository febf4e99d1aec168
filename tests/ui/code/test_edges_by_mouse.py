"""Dragging the edges of codings by their handles, with a real mouse, compared with what the study holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations import assignments, coding
from qcode.queries.history import undo_labels
from qcode.text.ranges import trim
from qcode.ui import theme
from qcode.ui.code.edges import Edges
from qcode.ui.text.handles import step_of
from qcode.ui.text.reading_style import ReadingStyle

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Mouse:
    """Drags a handle to places in the text."""

    def __init__(self, hands):
        self.hands = hands
        self.handles = hands.room.mouse.edges.handles
        self.viewport = hands.view.viewport()

    def place(self, position, *, after=True):
        """A point of the viewport at one side of the character at a position."""
        first, last = self.hands.view.edge_places((position, position + 1))
        return (last if after else first).center().toPoint()

    def at_end_of(self, words):
        """The point behind some words."""
        return self.place(self.hands.room.desk.text.text.index(words) + len(words) - 1)

    def at_start_of(self, words):
        """The point ahead of some words."""
        return self.place(self.hands.room.desk.text.text.index(words), after=False)

    def press(self, edge):
        """Take hold of a handle at its bar."""
        self.handle = getattr(self.handles, edge)
        QTest.mousePress(self.handle, LEFT, NONE, self._edge())

    def _edge(self):
        """The point of the handle at which the coding begins or ends."""
        return QPoint(self.handle.place - self.handle.x(), self.handle.height() // 2)

    def move(self, point, modifiers=NONE):
        """Move to a point of the viewport with the button held."""
        there = QPointF(self.viewport.mapToGlobal(point))
        local = QPointF(self.handle.mapFromGlobal(there.toPoint()))
        event = QMouseEvent(QEvent.Type.MouseMove, local, there, Qt.MouseButton.NoButton, LEFT, modifiers)
        QApplication.sendEvent(self.handle, event)
        QApplication.processEvents()

    def release(self, point):
        """Let go at a point of the viewport."""
        QTest.mouseRelease(self.handle, LEFT, NONE, self.handle.mapFrom(self.viewport, point))
        QApplication.processEvents()

    def drag(self, edge, point, modifiers=NONE):
        """Drag an edge to a point."""
        self.press(edge)
        self.move(point, modifiers)
        self.release(point)


@pytest.fixture
def mouse(hands):
    """A mouse in the room, with the caret in the coding of the boots."""
    hands.put_caret("boots first")
    return Mouse(hands)


def test_a_handle_is_dragged_by_words_and_keeps_scroll_caret_and_focus_in_one_step(hands, mouse):
    cursor = hands.view.textCursor()
    before = cursor.anchor(), cursor.position(), hands.view.verticalScrollBar().value()
    mouse.drag("end", mouse.at_end_of("and I was") + QPoint(2, 0))
    assert hands.row("Fear of consequences", "I heard the boots first, and I was")
    cursor = hands.view.textCursor()
    assert (cursor.anchor(), cursor.position(), hands.view.verticalScrollBar().value()) == before
    assert hands.focus is hands.view
    assert undo_labels(hands.study).undo == "Move the edges of Fear of consequences"
    hands.room.bridge.undo()
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")
    hands.room.bridge.redo()
    assert hands.row("Fear of consequences", "I heard the boots first, and I was")


def test_the_text_shows_while_dragging_what_the_study_holds_only_after(hands, mouse):
    mouse.press("start")
    mouse.move(mouse.at_start_of("boots"))
    shown = mouse.handles.coding
    assert hands.room.desk.words((shown.start, shown.end)).startswith("boots first")
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")
    mouse.move(mouse.at_start_of("heard"))
    mouse.release(mouse.at_start_of("heard"))
    assert hands.row("Fear of consequences", "heard the boots first, and I was afraid of what would follow.")


def test_an_emoji_ahead_of_the_edge_does_not_shift_it(hands, mouse):
    mouse.drag("start", mouse.at_start_of("😀"))
    assert hands.row("Fear of consequences", "😀 I heard the boots first, and I was afraid of what would follow.")
    mouse.drag("start", mouse.at_start_of("They came"))
    assert hands.row("Fear of consequences").start == hands.room.desk.text.text.index("They came")


def test_words_snap_characters_do_not_and_sentences_are_whole(hands, mouse):
    mouse.drag("end", mouse.at_end_of("I heard the boo"))
    assert hands.row("Fear of consequences", "I heard the boots")
    mouse.drag("end", mouse.at_end_of("I heard the boo"), CTRL)
    assert hands.row("Fear of consequences", "I heard the boo")
    mouse.drag("end", mouse.at_end_of("I heard the b"), ALT)
    assert hands.row("Fear of consequences", "I heard the b")
    mouse.drag("end", mouse.at_end_of("I was afraid of what would"), SHIFT)
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")


def test_the_dot_after_a_sentence_can_be_dragged_over(hands, mouse):
    mouse.drag("end", mouse.at_end_of("would follow"))
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow")
    mouse.drag("end", mouse.at_end_of("would follow.") + QPoint(3, 0))
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")


def test_an_edge_never_passes_the_other(hands, mouse):
    mouse.drag("end", mouse.at_start_of("I called"))
    assert hands.row("Fear of consequences", "I")
    hands.room.bridge.undo()
    hands.put_caret("boots first")
    mouse.drag("start", mouse.at_end_of("That made all the difference."))
    assert hands.row("Fear of consequences", ".")


def test_escape_cancels_and_the_hand_may_go_on_without_effect(hands, mouse):
    steps = undo_labels(hands.study)
    mouse.press("end")
    mouse.move(mouse.at_end_of("boots"))
    hands.press("Escape")
    shown = mouse.handles.coding
    assert hands.room.desk.words((shown.start, shown.end)).endswith("follow.")
    mouse.move(mouse.at_end_of("heard"))
    mouse.release(mouse.at_end_of("heard"))
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")
    assert undo_labels(hands.study) == steps
    assert not hands.room.edges.active
    assert hands.selected() == ""


def test_letting_go_where_it_was_makes_no_step(hands, mouse):
    steps = undo_labels(hands.study)
    mouse.press("end")
    mouse.move(mouse.at_end_of("boots"))
    mouse.move(mouse.at_end_of("would follow."))
    mouse.release(mouse.at_end_of("would follow."))
    assert undo_labels(hands.study) == steps


def test_a_refusal_is_a_sentence_and_the_coding_stands_as_it_was(hands, mouse):
    hands.hand_in()
    hands.put_caret("boots first")
    mouse.drag("end", mouse.at_end_of("boots"))
    assert "You handed in “INT-1”" in hands.refused[-1]
    shown = mouse.handles.coding
    assert (shown.start, shown.end) == (hands.row(shown.name).start, hands.row(shown.name).end)


def test_a_coding_that_is_removed_while_its_edge_is_dragged_stays_removed(hands, mouse):
    row = hands.row("Fear of consequences")
    mouse.press("end")
    mouse.move(mouse.at_end_of("boots"))
    coding.remove_codings(hands.study, [row.id])
    mouse.move(mouse.at_end_of("and I was"))
    mouse.release(mouse.at_end_of("boots"))
    assert hands.refused
    assert row.id not in [drawn.id for drawn in hands.view.codings_in_sight()]
    assert "Fear of consequences" not in [name for name, _words in hands.codings()]
    assert not hands.room.edges.active


def test_a_colleagues_coding_has_no_handles(hands, mouse):
    assignments.hand_in_round(hands.study, round_id=hands.small.round, documents=[hands.room.desk.document])
    hands.press("Ctrl+Shift+A")
    theirs = [row for row in hands.room.desk.drawn if not row.mine]
    assert theirs
    for row in theirs:
        hands.view.select(0, 0)
        hands.view.set_active_coding(row.id)
        assert mouse.handles.coding is None
        assert mouse.handles.start.isHidden()


def test_handles_follow_the_pointer_and_go_when_nothing_is_coded_there(hands, mouse):
    hands.put_caret("What happened")
    assert mouse.handles.coding is None
    assert mouse.handles.start.isHidden()
    assert mouse.handles.end.isHidden()
    QTest.mouseMove(mouse.viewport, mouse.at_end_of("She had been"))
    assert mouse.handles.coding.name == "Trusted person"
    QTest.mouseMove(mouse.viewport, mouse.at_end_of("Two days"))
    assert mouse.handles.coding is None


def test_the_coding_marked_in_the_list_has_them_where_several_are(hands, mouse):
    hands.mark("boots first")
    hands.type("wear")
    hands.press("Return")
    hands.put_caret("boots first")
    here = hands.room.here.list
    for row in (hands.row("Wear"), hands.row("Fear of consequences")):
        here.set_current(row.id)
        assert mouse.handles.coding.id == row.id
        assert mouse.handles.start.isVisible()
    here.set_current(hands.row("Wear").id)
    mouse.drag("end", mouse.at_end_of("boots"))
    assert hands.row("Wear", "boots")
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")


def test_escape_cancels_also_when_the_keyboard_was_elsewhere(hands, mouse):
    steps = undo_labels(hands.study)
    hands.room.codebook.search.setFocus()
    mouse.press("end")
    mouse.move(mouse.at_end_of("boots"))
    assert hands.focus is hands.view
    hands.press("Escape")
    mouse.release(mouse.at_end_of("boots"))
    assert undo_labels(hands.study) == steps


def test_keys_and_hand_move_the_same_edges(hands, mouse):
    hands.press("F2", "Shift+Left", "Shift+Left")
    QTest.mouseMove(mouse.viewport, mouse.at_end_of("She had been"))
    assert mouse.handles.coding.name == "Fear of consequences"
    mouse.drag("start", mouse.at_start_of("the boots"))
    assert hands.row("Fear of consequences", "the boots first, and I was afraid of what would follo")
    assert not hands.room.edges.active
    hands.room.bridge.undo()
    assert hands.row("Fear of consequences", "I heard the boots first, and I was afraid of what would follow.")


def test_a_click_on_a_handle_puts_the_caret_there(hands, mouse):
    end = hands.row("Fear of consequences").end
    steps = undo_labels(hands.study)
    mouse.press("end")
    mouse.release(mouse.handle.mapTo(mouse.viewport, QPoint(mouse.handle.bar, 10)))
    assert hands.view.caret() == end
    assert undo_labels(hands.study) == steps


def test_selecting_beside_the_handles_works_as_ever(hands, mouse):
    start, end = mouse.at_start_of("heard"), mouse.at_end_of("boots")
    QTest.mousePress(mouse.viewport, LEFT, NONE, start)
    QTest.mouseMove(mouse.viewport, (start + end) / 2)
    QTest.mouseMove(mouse.viewport, end)
    QTest.mouseRelease(mouse.viewport, LEFT, NONE, end)
    assert hands.selected() == "heard the boots"


def test_handles_stand_at_the_edges_whatever_becomes_of_the_rows(hands, mouse):
    def stand():
        coding = mouse.handles.coding
        first, last = hands.view.edge_places((coding.start, coding.end))
        places = [(round(box.left()), round(box.top())) for box in (first, last)]
        return places == [(handle.place, handle.y()) for handle in (mouse.handles.start, mouse.handles.end)]

    changes = (
        lambda: hands.room.resize(900, 650),
        lambda: hands.view.set_reading_style(ReadingStyle("narrow", "turns")),
        lambda: theme.set_zoom(1.5),
        lambda: hands.view.verticalScrollBar().setValue(3),
        lambda: hands.room.resize(1300, 500),
    )
    assert stand()
    for change in changes:
        change()
        QApplication.processEvents()
        assert stand()


def test_handles_can_be_hit_and_are_named(hands, mouse):
    assert hands.row("Fear of consequences")
    for handle in (mouse.handles.start, mouse.handles.end):
        assert min(handle.width(), handle.height()) >= 10
        assert handle.accessibleName()
        assert handle.cursor().shape() is Qt.CursorShape.SizeHorCursor


def test_dragging_past_the_lower_edge_scrolls_on(hands, qtbot):
    hands.read("Long", *[f"This is what was said as number {number}, and no more." for number in range(90)])
    hands.mark("said as number 2,")
    coding.apply_codes(
        hands.study,
        passage=hands.room.desk.passage(hands.view.selected_range()),
        codes=[hands.small.codes["Wear"]],
        round_id=hands.small.round,
    )
    hands.put_caret("as number 2,")
    mouse = Mouse(hands)
    mouse.press("end")
    below = QPoint(200, mouse.viewport.height() + 60)
    mouse.move(below)
    qtbot.waitUntil(lambda: hands.view.verticalScrollBar().value() > 20)
    mouse.release(below)
    down = hands.view.verticalScrollBar().value()
    row = hands.row("Wear")
    assert row.end - row.start > 20 * 40
    seen = hands.view.paragraphs_in_sight()
    assert seen[0].start < row.end <= seen[-1].end
    qtbot.wait(150)
    assert hands.view.verticalScrollBar().value() == down


def test_a_document_of_one_character_keeps_its_coding(hands):
    hands.read("One", "x")
    hands.view.selectAll()
    hands.type("wear")
    hands.press("Return")
    hands.view.select(0, 0)
    mouse = Mouse(hands)
    assert mouse.handles.coding is not None
    for edge, point in (("end", QPoint(0, 5)), ("start", QPoint(400, 300))):
        mouse.drag(edge, point)
        assert hands.codings() == [("Wear", "x")]


TEXTS = st.text("ab .,’\n😀é中\u0301-", min_size=1, max_size=40).filter(lambda text: text.strip())


@given(TEXTS, st.data())
def test_dragged_edges_stay_in_the_text_never_meet_and_hold_something(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    edges = Edges(start, end, data.draw(st.sampled_from(["start", "end"])))
    place = data.draw(st.integers(0, len(text)))
    by = data.draw(st.sampled_from(["character", "word", "sentence"]))
    moved = edges.dragged(text, [(0, len(text))], by, place)
    assert 0 <= moved.start < moved.end <= len(text)
    assert moved.anchor == edges.anchor
    if moved != edges and by != "sentence":
        beside = moved.caret - (moved.moving == "end")
        assert not text[beside].isspace()
        assert trim(text, moved.start, moved.end) is not None


def test_keys_that_are_held_say_by_what_an_edge_is_dragged():
    assert [step_of(keys) for keys in (NONE, SHIFT, CTRL, ALT, SHIFT | CTRL)] == [
        "word",
        "sentence",
        "character",
        "character",
        "character",
    ]
