"""Marks of memos beside the text in the real window, compared with what one may see."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from qcode.operations import assignments, corrections, memos
from qcode.operations.memos import Target
from qcode.operations.rounds import add_round
from qcode.queries.memos import memo_marks
from qcode.queries.team import rounds
from qcode.text.values import Turn
from qcode.ui import theme
from qcode.ui.text import memo_marks as drawing
from qcode.ui.text.memo_marks import MemoSpan
from qcode.ui.text.view import TranscriptView

BOOTS = "I heard the boots first, and I was afraid of what would follow."


@pytest.fixture
def room(window, small_study):
    room = window.show_room("code")
    room.open_document(small_study.documents["INT-1"])
    return room


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def write(small, title, words, document="INT-1"):
    return memos.write_memo(small.study, title=title, about=[Target.at(small.passage(document, words))])


def titles(room):
    return [span.title for _top, spans in room.view.memo_margin.memo_rows() for span in spans]


def point(room, row=0):
    """The middle of a mark, in the margin."""
    margin = room.view.memo_margin
    top, _spans = margin.memo_rows()[row]
    return QPoint(margin.width() - 7, round(top + room.view.rows.pitch / 2))


def hover(room, at):
    margin = room.view.memo_margin
    QToolTip.hideText()
    QApplication.sendEvent(margin, QHelpEvent(QEvent.Type.ToolTip, at, margin.mapToGlobal(at)))
    document = QTextDocument()
    document.setHtml(QToolTip.text())
    return document.toPlainText()


def put_caret(room, words):
    room.view.setFocus()
    start = room.desk.text.text.index(words)
    room.view.select(start, start)


def test_a_mark_stands_at_the_row_of_the_words_and_goes_with_the_memo(room, small_study, qtbot):
    memo = write(small_study, "The boots", BOOTS)
    qtbot.waitUntil(lambda: titles(room) == ["The boots"])
    start = room.desk.text.text.index(BOOTS)
    assert room.view.memo_margin.memo_rows()[0][0] == room.view.rows_between(start, start + 1)[0]
    memos.edit_memo(small_study.study, memo, title="Boots first")
    qtbot.waitUntil(lambda: titles(room) == ["Boots first"])
    memos.remove_memo(small_study.study, memo)
    qtbot.waitUntil(lambda: titles(room) == [])
    room.bridge.undo()
    qtbot.waitUntil(lambda: titles(room) == ["Boots first"])


def test_a_memo_on_a_coding_is_marked_where_the_coding_is_until_it_is_removed(room, small_study, qtbot):
    row = next(row for row in room.desk.known.rows if row.name == "Trusted person")
    memos.write_memo(small_study.study, title="Peers", about=[Target("coding", row.id)])
    qtbot.waitUntil(lambda: titles(room) == ["Peers"])
    room.changing.remove([row])
    qtbot.waitUntil(lambda: titles(room) == [])


def test_the_mark_is_painted_in_every_theme_and_nothing_where_there_is_none(room, small_study, qtbot):
    margin = room.view.memo_margin
    for name in ("light", "dark", "black-on-white", "white-on-black"):
        theme.choose(name)
        room.update_theme()
        before = margin.grab().toImage()
        memo = write(small_study, "The boots", BOOTS)
        qtbot.waitUntil(lambda: titles(room) == ["The boots"])
        at, seen = point(room), margin.grab().toImage()
        changed = {
            (x, y) for x in range(seen.width()) for y in range(seen.height()) if seen.pixel(x, y) != before.pixel(x, y)
        }
        assert changed
        assert all(abs(x - at.x()) <= 7 and abs(y - at.y()) <= room.view.rows.pitch for x, y in changed)
        memos.remove_memo(small_study.study, memo)
        qtbot.waitUntil(lambda: titles(room) == [])
        assert margin.grab().toImage() == before


def test_hovering_says_the_titles_as_they_were_written(room, small_study, qtbot):
    write(small_study, "<b>The boots</b>", BOOTS)
    write(small_study, "Being afraid", BOOTS)
    qtbot.waitUntil(lambda: len(titles(room)) == 2)
    said = hover(room, point(room))
    assert "<b>The boots</b>" in said
    assert "Being afraid" in said
    hover(room, point(room) - QPoint(30, 0))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_click_on_the_mark_opens_the_memos_of_its_row(room, window, small_study, qtbot):
    write(small_study, "Elsewhere", "And afterwards?")
    memo = write(small_study, "The boots", BOOTS)
    qtbot.waitUntil(lambda: len(titles(room)) == 2)
    before = room.view.caret()
    QTest.mouseClick(room.view.memo_margin, Qt.MouseButton.LeftButton, pos=point(room))
    panel = window.view.drawer.memos
    assert panel.isVisible()
    assert panel.row.id == memo
    assert [row.title for row in panel.list.rows] == ["The boots"]
    assert room.view.caret() == before


def test_a_key_opens_the_memo_at_the_caret_and_says_where_there_is_none(room, window, small_study):
    memo = write(small_study, "The boots", BOOTS)
    put_caret(room, "boots first")
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_M)
    assert window.view.drawer.memos.row.id == memo
    refused = []
    room.bridge.refused.connect(refused.append)
    put_caret(room, "And afterwards?")
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_M)
    assert "No memo" in refused[0]
    assert QApplication.focusWidget() is room.view


def test_the_caret_tells_the_memo(room, small_study, qtbot):
    write(small_study, "The boots", BOOTS)
    put_caret(room, "And afterwards?")
    qtbot.waitUntil(lambda: titles(room) == ["The boots"])
    assert "memo" not in room.view.accessibleDescription()
    put_caret(room, "boots first")
    assert room.view.accessibleDescription().endswith("1 memo here: The boots")
    room.voice.describe_stripes()
    assert room.view.memo_margin.accessibleDescription() == "1 memo in sight: The boots"


def test_a_colleagues_memo_leaves_no_mark_until_one_handed_in(room, small_study, qtbot):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True, everyone=True)
    study.act_as(small_study.bo)
    write(small_study, "What Bo thinks", BOOTS)
    study.act_as(small_study.ana)
    room.bridge.code_in(next(row for row in rounds(study) if row.id == blind))
    write(small_study, "What Ana thinks", "And afterwards?")
    qtbot.waitUntil(lambda: titles(room) == ["What Ana thinks"])
    assert [mark.title for mark in memo_marks(study, room.desk.document)] == ["What Ana thinks"]
    assignments.hand_in_round(study, round_id=blind, documents=[room.desk.document])
    qtbot.waitUntil(lambda: titles(room) == ["What Bo thinks", "What Ana thinks"])


def test_the_mark_stays_with_its_words_when_the_text_is_corrected(room, small_study, qtbot):
    write(small_study, "The boots", BOOTS)
    corrections.correct_turn(
        small_study.study, room.desk.document, turn=0, text="So what did happen that night?\nTake your time."
    )
    qtbot.waitUntil(lambda: titles(room) == ["The boots"])
    (span,) = room.view.memo_margin.memos.spans
    assert room.desk.text.text[span.start : span.end] == BOOTS


def test_only_what_is_in_sight_is_looked_at_and_painted(qtbot, monkeypatch):
    view = TranscriptView()
    qtbot.addWidget(view)
    words = "What was said in this turn."
    length = len(words) + 1
    turns = [Turn(n * length, (n + 1) * length - 1, "P") for n in range(2_000)]
    view.show_document("\n".join([words] * 2_000), turns)
    view.set_memos([MemoSpan(str(n), f"Memo {n}", turn.start, turn.end) for n, turn in enumerate(turns)])
    view.resize(800, 400)
    view.show()
    painted = []
    monkeypatch.setattr("qcode.ui.text.margin.paint_sheet", lambda _painter, *place: painted.append(place))
    view.memo_margin.grab()
    assert 0 < len(painted) == len(view.paragraphs_in_sight()) < 40
    assert drawing.told_memos(view.memos_in_sight(), "in sight").endswith("more")
