"""Dragging codes to the text and text to codes, with the events that Qt sends, compared with what the study holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations import codebook
from qcode.operations.corrections import correct_turn
from qcode.operations.passages import Passage
from qcode.queries.history import undo_labels
from qcode.ui.code.carrying import SELECTION, codes_in, selection_data, selection_in
from qcode.ui.code.codebook.model import MIME

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
ACTIONS = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction


class Carrier:
    """Carries a load over a viewport and drops it."""

    def __init__(self, hands):
        self.hands = hands
        self.text = hands.view.viewport()
        self.tree = hands.room.codebook.tree.viewport()

    def over(self, viewport, data, point):
        """Enter and move; says whether the load would be taken there."""
        enter = QDragEnterEvent(QPointF(point), ACTIONS, data, LEFT, NONE)
        QApplication.sendEvent(viewport, enter)
        move = QDragMoveEvent(QPointF(point), ACTIONS, data, LEFT, NONE)
        move.ignore()
        QApplication.sendEvent(viewport, move)
        QApplication.processEvents()
        return enter.isAccepted() and move.isAccepted()

    def drop(self, viewport, data, point):
        """Carry a load to a point and let go of it."""
        taken = self.over(viewport, data, point)
        if not taken:
            QApplication.sendEvent(viewport, QDragLeaveEvent())
            return False
        event = QDropEvent(QPointF(point), ACTIONS, data, LEFT, NONE)
        QApplication.sendEvent(viewport, event)
        QApplication.processEvents()
        return event.isAccepted()

    def codes(self, *names):
        """What the tree carries when these codes are dragged."""
        model = self.hands.room.codebook.model
        return model.mimeData([model.index_of(self.hands.small.codes[name]) for name in names])

    def at(self, words):
        """A point of the text on some words."""
        start = self.hands.room.desk.text.text.index(words)
        return self.hands.view.edge_places((start, start + 1))[0].center().toPoint() + QPoint(3, 0)

    def line(self, name):
        """A point of the tree on the line of a code."""
        model = self.hands.room.codebook.model
        return self.hands.room.codebook.tree.visualRect(model.index_of(self.hands.small.codes[name])).center()


@pytest.fixture
def carrier(hands):
    """Hands that carry."""
    return Carrier(hands)


def test_a_code_dropped_on_the_text_is_put_on_the_sentence_under_the_pointer(hands, carrier):
    hands.put_caret("What happened")
    assert carrier.drop(carrier.text, carrier.codes("Wear"), carrier.at("somebody knocked"))
    assert ("Wear", "Two days later somebody knocked.") in hands.codings()
    assert hands.view.caret() == 0
    hands.room.bridge.undo()
    assert ("Wear", "Two days later somebody knocked.") not in hands.codings()


def test_a_code_dropped_on_the_selection_is_put_on_exactly_that(hands, carrier):
    hands.mark("days later somebody")
    assert carrier.drop(carrier.text, carrier.codes("Wear"), carrier.at("later"))
    assert ("Wear", "days later somebody") in hands.codings()
    assert hands.selected() == "days later somebody"
    assert carrier.drop(carrier.text, carrier.codes("Wear"), carrier.at("Take your time"))
    assert ("Wear", "Take your time.") in hands.codings()


def test_a_sentence_behind_an_emoji_is_hit_where_it_is(hands, carrier):
    assert carrier.drop(carrier.text, carrier.codes("Wear"), carrier.at("boots"))
    assert ("Wear", "😀 I heard the boots first, and I was afraid of what would follow.") in hands.codings()


def test_several_codes_are_several_codings_and_one_undo(hands, carrier):
    before = hands.codings()
    assert carrier.drop(carrier.text, carrier.codes("Wear", "Peer", "Fear"), carrier.at("somebody knocked"))
    words = "Two days later somebody knocked."
    assert {("Wear", words), ("Trusted person", words), ("Fear of consequences", words)} <= set(hands.codings())
    hands.room.bridge.undo()
    assert hands.codings() == before


def test_while_a_code_hovers_the_place_is_shown_and_nothing_is_written(hands, carrier):
    before, plain = hands.codings(), carrier.text.grab().toImage()
    assert carrier.over(carrier.text, carrier.codes("Wear"), carrier.at("somebody knocked"))
    start = hands.room.desk.text.text.index("Two days")
    assert hands.view._preview == (start, start + len("Two days later somebody knocked."))
    assert carrier.text.grab().toImage() != plain
    QApplication.sendEvent(carrier.text, QDragLeaveEvent())
    assert hands.view._preview is None
    assert carrier.text.grab().toImage() == plain
    assert hands.codings() == before


def test_below_the_text_a_code_is_not_taken(hands, carrier):
    below = QPoint(100, carrier.text.height() - 2)
    assert not carrier.drop(carrier.text, carrier.codes("Wear"), below)
    assert hands.view._preview is None


def test_categories_retired_codes_and_documents_that_are_handed_in_refuse_with_a_sentence(hands, carrier):
    before = hands.codings()
    carrier.drop(carrier.text, carrier.codes("Trust"), carrier.at("somebody"))
    assert "“Trust” is a category" in hands.refused[-1]
    codebook.retire_code(hands.study, hands.small.codes["Call"])
    carrier.drop(carrier.text, carrier.codes("Wear", "Call"), carrier.at("somebody"))
    assert "no longer in use" in hands.refused[-1]
    hands.hand_in()
    carrier.drop(carrier.text, carrier.codes("Wear"), carrier.at("somebody"))
    assert "You handed in “INT-1”" in hands.refused[-1]
    hands.mark("somebody knocked")
    carrier.drop(carrier.tree, _selection(hands), carrier.line("Wear"))
    assert "You handed in “INT-1”" in hands.refused[-1]
    assert len(hands.refused) == 4
    assert hands.codings() == before


def test_a_passage_dropped_on_a_code_gets_it_and_the_line_lights_up_before(hands, carrier):
    hands.mark("somebody knocked")
    over = hands.room.mouse.passage_on_code
    assert over.lit is None
    assert carrier.over(carrier.tree, _selection(hands), carrier.line("Peer"))
    assert over.lit.name == "Trusted person"
    assert ("Trusted person", "somebody knocked") not in hands.codings()
    assert carrier.drop(carrier.tree, _selection(hands), carrier.line("Wear"))
    assert over.lit is None
    assert ("Wear", "somebody knocked") in hands.codings()
    assert hands.selected() == "somebody knocked"
    assert undo_labels(hands.study).undo == "Apply Wear"


def test_beside_the_codes_a_passage_is_not_taken(hands, carrier):
    hands.mark("somebody knocked")
    before = hands.codings()
    assert not carrier.drop(carrier.tree, _selection(hands), QPoint(20, carrier.tree.height() - 3))
    assert hands.codings() == before


def test_a_folded_category_opens_while_a_passage_rests_on_it(hands, carrier, qtbot):
    tree = hands.room.codebook.tree
    index = hands.room.codebook.model.index_of(hands.small.codes["Trust"])
    tree.collapse(index)
    hands.mark("somebody knocked")
    carrier.over(carrier.tree, _selection(hands), carrier.line("Trust"))
    qtbot.waitUntil(lambda: tree.isExpanded(index))
    assert carrier.drop(carrier.tree, _selection(hands), carrier.line("Peer"))
    assert ("Trusted person", "somebody knocked") in hands.codings()


def test_loads_from_elsewhere_are_left_alone(hands, carrier):
    other, file, broken = QMimeData(), QMimeData(), QMimeData()
    other.setText("Wear")
    file.setUrls([QUrl.fromLocalFile("/tmp/other.qcode")])
    broken.setData(MIME, b"\xff\xfe not an id\n\n")
    before = hands.codings()
    for data in (other, file, broken):
        assert not carrier.drop(carrier.text, data, carrier.at("somebody"))
        assert not carrier.drop(carrier.tree, data, carrier.line("Wear")) or data is broken
    foreign = selection_data(Passage(hands.small.documents["FG-1"], 0, 5), hands.room.desk.text.revision)
    assert not carrier.drop(carrier.tree, foreign, carrier.line("Wear"))
    assert hands.codings() == before


def test_a_passage_outside_the_text_is_refused(hands, carrier):
    data = selection_data(Passage(hands.room.desk.document, 5, 10**9), hands.room.desk.text.revision)
    carrier.drop(carrier.tree, data, carrier.line("Wear"))
    assert "lies outside" in hands.refused[-1]


def test_a_passage_of_a_text_that_was_corrected_meanwhile_is_not_taken(hands, carrier):
    hands.mark("somebody knocked")
    load = _selection(hands)
    before = hands.codings()
    correct_turn(hands.study, hands.room.desk.document, turn=0, text="What happened that night, in the end, I wonder?")
    QApplication.processEvents()
    assert not carrier.drop(carrier.tree, load, carrier.line("Wear"))
    assert hands.codings() == before
    hands.mark("somebody knocked")
    assert carrier.drop(carrier.tree, _selection(hands), carrier.line("Wear"))
    assert ("Wear", "somebody knocked") in hands.codings()


@pytest.mark.parametrize(
    "said",
    [
        *(
            b"",
            b"{}",
            b"[1, 2, 3, 4]",
            b'["a", "r", true, 2]',
            b'["a", "r", 1.5, 2]',
            b'["a", 1, 1, 2]',
            b'["a", "r", 1]',
        ),
        *(b'["a", 1, 2]', b"[" * 5000, b"\xff", b"null"),
    ],
)
def test_a_load_that_says_nothing_is_no_passage(said):
    data = QMimeData()
    data.setData(SELECTION, said)
    assert selection_in(data) is None
    assert codes_in(data) == []


def test_what_is_dragged_carries_ids_and_no_words(hands, carrier, monkeypatch):
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_actions: carried.append(_said(drag.mimeData())))
    hands.mark("somebody knocked")
    _pull(carrier, "body", QApplication.startDragDistance() + 1)
    (load,) = carried
    assert set(load) == {SELECTION}
    assert b"knocked" not in b"".join(load.values())
    assert str(hands.room.desk.document).encode() in load[SELECTION]
    assert hands.selected() == "somebody knocked"
    assert set(_said(carrier.codes("Wear", "Peer"))) == {MIME}


def test_a_drag_begins_only_inside_the_selection_and_only_after_the_distance(hands, carrier, monkeypatch):
    carried = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_actions: carried.append(_said(drag.mimeData())))
    hands.mark("somebody knocked")
    _pull(carrier, "body", 2)
    assert not carried
    assert hands.selected() == ""  # it was a click, which puts the caret there
    hands.mark("somebody knocked")
    _pull(carrier, "Two days", 80)
    assert not carried
    assert hands.selected()
    assert hands.selected() != "somebody knocked"


@pytest.mark.parametrize("modifiers", [NONE, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_no_press_anywhere_begins_to_drag_the_words_themselves(hands, carrier, monkeypatch, modifiers):
    asked = []
    monkeypatch.setattr(type(hands.view), "createMimeDataFromSelection", lambda _view: asked.append(1) or QMimeData())
    monkeypatch.setattr(QDrag, "exec", lambda _drag, *_actions: None)
    for words in ("boots", "I called", "knocked. She"):
        hands.view.selectAll()
        _pull(carrier, words, 60, modifiers)
    hands.mark("somebody knocked.")
    end = carrier.at("She had") - QPoint(5, 0)
    _pull_from(carrier, end, 60, modifiers)
    hands.view.selectAll()
    _pull_from(carrier, QPoint(carrier.text.width() - 3, carrier.at("Two days").y()), -60, modifiers)
    assert not asked


def test_double_click_and_shift_click_inside_a_selection_select_as_ever(hands, carrier):
    hands.mark("somebody knocked")
    point = carrier.at("knocked")
    QTest.mouseClick(carrier.text, LEFT, NONE, point)
    QTest.mouseDClick(carrier.text, LEFT, NONE, point)
    assert hands.selected() == "knocked"
    QTest.mouseClick(carrier.text, LEFT, NONE, carrier.at("And afterwards"))
    hands.mark("somebody knocked")
    QTest.mouseClick(carrier.text, LEFT, Qt.KeyboardModifier.ShiftModifier, carrier.at("body knocked"))
    assert hands.selected() == "some"


def _selection(hands):
    desk = hands.room.desk
    return selection_data(desk.passage(hands.view.selected_range()), desk.text.revision)


def _said(data):
    return {form: bytes(data.data(form).data()) for form in data.formats()}


def _pull(carrier, words, far, modifiers=NONE):
    """Press on some words, move to the right by so many pixels, and let go."""
    _pull_from(carrier, carrier.at(words), far, modifiers)


def _pull_from(carrier, point, far, modifiers):
    QTest.mousePress(carrier.text, LEFT, modifiers, point)
    for step in (far // 2, far):
        there = QPointF(point + QPoint(step, 0))
        where = QPointF(carrier.text.mapToGlobal(there.toPoint()))
        move = QMouseEvent(QEvent.Type.MouseMove, there, where, Qt.MouseButton.NoButton, LEFT, modifiers)
        QApplication.sendEvent(carrier.text, move)
    QTest.mouseRelease(carrier.text, LEFT, modifiers, point + QPoint(far, 0))
    QApplication.processEvents()
