"""What is painted: tints where codings are, names and stripes beside them, and only what changed."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from qcode.text.values import Coding, Turn
from qcode.ui.palette import DARK, LIGHT, contrast
from qcode.ui.text.margin import SpeakerMargin
from qcode.ui.text.stripes import StripeMargin


@pytest.fixture
def stripes(hands):
    return hands.view.findChild(StripeMargin)


def ordinary_text():
    sentence = "I kept thinking that if I was late they would send me home again, and nobody told me how long. "
    return (sentence * 8).strip()


def test_a_coding_is_tinted_from_its_first_letter_to_its_last(hands):
    hands.view.set_codings([hands.coding("walk", "walked home", colour=2)])
    tint = LIGHT.code(2).tint
    assert tint in hands.colours_of("walked home")
    assert tint not in hands.colours_of("So I")
    assert tint not in hands.colours_of(", cafe")


def test_a_code_has_a_line_in_its_own_colour_below(hands):
    hands.view.set_codings([hands.coding("walk", "walked home", colour=0)])
    assert any(near(name, LIGHT.code(0).stripe) for name in hands.colours_of("walked home"))
    assert not any(near(name, LIGHT.code(0).stripe) for name in hands.colours_of("nobody asked"))


def near(first, second):
    return contrast(first, second) < 1.6 and contrast(first, LIGHT.background) > 2.5 and first[5:] > "90"


def test_three_overlapping_codes_all_show_in_the_text(hands):
    hands.view.set_codings(
        [
            hands.coding("turn", "So I walked home, cafe\u0301 after café, and nobody asked.", colour=0),
            hands.coding("walk", "walked home, cafe\u0301 after", colour=1),
            hands.coding("home", "home", colour=2),
        ]
    )
    seen = hands.colours_of("home")
    assert {LIGHT.code(slot).tint for slot in (0, 1, 2)} <= seen


def test_one_code_of_three_coders_is_one_tint_and_three_stripes(hands, stripes):
    found = [hands.coding(who, "walked home", code="walk", colour=4, coder=who) for who in ("AK", "BM", "CL")]
    hands.view.set_codings(found)
    assert LIGHT.code(4).tint in hands.colours_of("walked home")
    assert len({stripe.x for stripe in stripes.stripes()}) == 3


def test_text_that_runs_from_right_to_left_is_tinted_under_its_own_letters(hands):
    hands.view.set_codings([hands.coding("peace", "שלום", colour=3)])
    start, end = hands.span("שלום")
    tint, picture = LIGHT.code(3).tint, hands.picture()
    y = hands.place(start).y() - hands.view.rows.pitch // 2 + hands.view.rows.tint_top + 2
    tinted = [x for x in range(picture.width()) if picture.pixelColor(x, y).name() == tint]
    second_word = hands.place(end + 3).x()
    assert tinted
    assert min(tinted) > second_word
    assert max(tinted) - min(tinted) < hands.place(end + 10).x() - hands.place(start - 2).x()


def test_questions_are_quieter_than_answers(hands):
    assert LIGHT.quiet_text in hands.colours_of("Take your")
    assert LIGHT.quiet_text not in hands.colours_of("waited")
    assert LIGHT.text in hands.colours_of("waited")


def test_dark_paints_the_same_slots_on_dark_ground(hands):
    hands.view.set_codings([hands.coding("walk", "walked home", colour=2)])
    hands.view.set_colours(DARK)
    assert {DARK.code(2).tint, DARK.text} <= hands.colours_of("walked home")
    assert DARK.background in hands.colours_of("So I")


def test_no_line_is_longer_than_75_characters_and_lines_fill_the_measure(show):
    hands = show(ordinary_text(), width=1600)
    layout = hands.view._sheet.layout_of(hands.view.paragraphs_in_sight()[0])
    lengths = [layout.lineAt(index).textLength() for index in range(layout.lineCount() - 1)]
    assert max(lengths) <= 75
    assert min(lengths) >= 50


def test_lines_stand_on_even_rows_with_room_between_turns(show):
    text = ordinary_text() + "\n😀 שלום and so on\nlast"
    cut = text.index("\n")
    hands = show(text, (Turn(0, cut, "Ana"), Turn(cut + 1, len(text), "Bo")))
    first, second, third = hands.view.paragraphs_in_sight()
    rows = hands.view.rows
    layout = hands.view._sheet.layout_of(first)
    lines = [layout.lineAt(index) for index in range(layout.lineCount())]
    baselines = [line.y() + line.ascent() for line in lines]
    assert {round(b - a, 3) for a, b in pairwise(baselines)} == {rows.pitch}
    assert rows.pitch >= 1.4 * QFontMetricsF(hands.view.font()).height()
    assert first.height == pytest.approx(len(baselines) * rows.pitch + rows.turn_gap)
    assert second.height == pytest.approx(rows.pitch)
    assert third.top == pytest.approx(second.bottom)


def test_only_the_paragraphs_that_differ_are_painted_again(hands):
    kept = hands.coding("wait", "I waited")
    hands.view.set_codings([kept])
    hands.picture()
    view, updated = hands.view, []
    view.viewport().update = lambda *area: updated.append(area)
    view.set_codings([dataclasses.replace(kept), hands.coding("laugh", "laughed")])
    lower = [
        paragraph
        for paragraph in view.paragraphs_in_sight()
        if "laughed" in hands.text[paragraph.start : paragraph.end]
    ]
    assert updated == [(0, int(lower[0].top), view.viewport().width(), int(lower[0].height) + 2)]
    updated.clear()
    view.set_codings([dataclasses.replace(kept), hands.coding("laugh", "laughed")])
    assert updated == []


def test_codings_change_without_moving_text_or_selection(show):
    hands = show("\n".join(f"Line {number} of a long talk." for number in range(300)))
    hands.view.select(*hands.span("Line 150 of"))
    value = hands.view.verticalScrollBar().value()
    hands.view.set_codings([Coding("a", "a", "A", 1, 0, len(hands.text))])
    assert hands.selected() == "Line 150 of"
    assert hands.view.verticalScrollBar().value() == value > 0


def test_codings_outside_the_text_or_without_text_are_not_drawn(hands):
    length = len(hands.text)
    bad = [Coding("a", "a", "A", 1, 5, 5), Coding("b", "b", "B", 1, -3, 4), Coding("c", "c", "C", 1, 0, length + 1)]
    hands.view.set_codings(bad)
    assert hands.view.codings_at(4) == ()


def test_a_hit_tells_all_codings_longest_first(hands):
    inner, outer = hands.coding("inner", "walked"), hands.coding("outer", "I walked home")
    hands.view.set_codings([inner, outer, hands.coding("other", "laughed")])
    point = hands.place(hands.span("walked")[0] + 2) + hands.view.viewport().pos()
    assert hands.view.codings_at_point(point) == (outer, inner)
    assert hands.view.codings_at(hands.span("home")[0]) == (outer,)
    assert hands.view.codings_at_point(QPoint(point.x(), 590)) == ()


def test_a_stripe_runs_beside_its_rows_and_can_be_picked(hands, stripes, qtbot):
    hands.view.set_codings([hands.coding("walk", "walked home"), hands.coding("laugh", "laughed")])
    first, second = stripes.stripes()
    y = hands.place(hands.span("walked")[0]).y()
    assert first.top <= y <= first.bottom
    assert second.top > first.bottom
    with qtbot.waitSignal(hands.view.codingActivated, timeout=500) as picked:
        QTest.mouseClick(stripes, Qt.MouseButton.LeftButton, pos=QPoint(int(first.x), y))
    assert picked.args == ["walk"]
    assert hands.view.active_coding() == "walk"
    assert hands.view.codings_at_point(stripes.pos() + QPoint(int(first.x), y))[0].id == "walk"


def test_an_active_coding_that_goes_is_active_no_longer(hands):
    hands.view.set_codings([hands.coding("walk", "walked home")])
    hands.view.set_active_coding("walk")
    hands.view.set_codings([])
    assert hands.view.active_coding() is None
    hands.view.set_active_coding("walk")
    assert hands.view.active_coding() is None


def test_names_stand_beside_the_stripes(hands, stripes):
    plain = stripes.grab().toImage()
    hands.view.set_codings([hands.coding("walk", "walked home", name="Walking", colour=7)])
    picture = stripes.grab().toImage()
    inked = [
        x
        for x in range(stripes.width())
        for y in range(stripes.height())
        if picture.pixelColor(x, y) != plain.pixelColor(x, y)
    ]
    assert max(inked) > stripes.lane_width() + 40


def tips():
    return [widget for widget in QApplication.topLevelWidgets() if widget.metaObject().className() == "QTipLabel"]


def test_resting_on_a_stripe_or_a_word_tells_code_coder_and_comment(hands, stripes, qtbot):
    hands.view.set_codings([hands.coding("walk", "walked home", name="A <b>", comment="x < y", unsure=True)])
    place = hands.place(hands.span("walked")[0] + 2)
    stripe = stripes.stripes()[0]
    for widget, point in ((hands.view.viewport(), place), (stripes, QPoint(int(stripe.x), int(stripe.top) + 4))):
        QToolTip.hideText()
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, point, widget.mapToGlobal(point)))
        assert "A &lt;b&gt;" in QToolTip.text()
        assert "x &lt; y" in QToolTip.text()
        assert "AK" in QToolTip.text()
        assert "unsure" in QToolTip.text()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not tips())


def test_speakers_stand_at_the_first_row_of_their_turn(hands):
    margin = hands.view.findChild(type(hands.view._speakers))
    picture = margin.grab().toImage()
    rows = {
        y
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).name() == LIGHT.text
    }
    first = hands.view.paragraphs_in_sight()[1]
    continued = next(p for p in hands.view.paragraphs_in_sight() if hands.text[p.start :].startswith("They laughed"))
    assert any(first.top <= y < first.top + hands.view.rows.pitch for y in rows)
    assert not any(continued.top + 6 <= y < continued.bottom - hands.view.rows.turn_gap for y in rows)


def test_a_narrow_view_keeps_room_for_the_text(show, talk):
    for width in (1600, 900, 640, 420, 300):
        hands = show(*talk, width=width)
        viewport = hands.view.viewport()
        assert viewport.width() >= min(width - 40, 220)
        assert viewport.geometry().right() < width


def test_a_larger_font_keeps_rows_and_codings_together(hands):
    hands.view.set_codings([hands.coding("walk", "walked home", colour=2)])
    font = hands.view.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    before = hands.view.rows.pitch
    hands.view.setFont(font)
    assert hands.view.rows.pitch > before
    assert LIGHT.code(2).tint in hands.colours_of("walked home")
    assert LIGHT.code(2).tint not in hands.colours_of("So I")


def test_scrolling_to_a_place_shows_it_below_the_top(show):
    hands = show("\n".join(f"Line {number} of a long talk." for number in range(3000)))
    start, end = hands.span("Line 2000 of")
    hands.view.scroll_to(start)
    top, bottom = hands.view.rows_between(start, end)
    assert 0 < top < bottom < hands.view.viewport().height()
    assert not hands.view.range_rect(start, end).isEmpty()
    assert hands.view.range_rect(0, 4).isEmpty()


def test_a_long_passage_is_shown_from_its_beginning(show):
    hands = show("\n".join(f"Line {number} of a long talk." for number in range(3000)))
    hands.view.verticalScrollBar().setValue(2000)
    hands.view.select(*hands.span("Line 500 of"))
    top, bottom = hands.view.rows_between(*hands.span("Line 500 of"))
    assert 0 <= top < bottom <= hands.view.viewport().height()


def on_screen(view, qtbot):
    """What the screen shows of a view, after all that was asked to be painted again has been."""
    qtbot.wait(1)
    QApplication.processEvents()
    return view.screen().grabWindow(view.winId()).toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_what_is_painted_bit_by_bit_is_what_would_be_painted_afresh(show, talk, qtbot):
    text = "\n".join(f"Turn {number}. {talk[0]}" for number in range(12))
    turns = [Turn(match.start(), match.end(), "Ana", "participant", 0) for match in re.finditer("Turn[^\n]*", text)]
    hands = show(text, turns, width=900, height=420)
    view = hands.view
    view.setCursorWidth(0)
    many = [Coding(f"{n}", f"c{n % 7}", f"Code {n % 7}", n % 7, n * 29, n * 29 + 90 + n % 5 * 60) for n in range(60)]
    added = hands.coding("new", "Turn 3. What happened", colour=8)
    steps = [
        lambda: view.set_codings(many),
        lambda: view.verticalScrollBar().setValue(3),
        lambda: view.verticalScrollBar().setValue(20),
        lambda: view.verticalScrollBar().setValue(16),
        lambda: view.set_codings([*many, added]),
        lambda: view.select(*hands.span("Turn 3. What")),
        lambda: view.set_active_coding("30"),
        lambda: view.set_codings(many[::2]),
        lambda: view.change_codings(gone=["30"], come=[dataclasses.replace(many[32], colour=11), many[33]]),
        lambda: hands.press(Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Down),
        lambda: view.set_colours(DARK),
        lambda: view.resize(800, 400),
    ]
    for number, step in enumerate(steps):
        step()
        seen = on_screen(view, qtbot)
        fresh = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        width = view.viewport().geometry().right() + view.findChild(StripeMargin).width()
        differing = [
            (x, y)
            for x in range(0, width, 2)
            for y in range(0, view.height(), 2)
            if seen.pixel(x, y) != fresh.pixel(x, y)
        ]
        assert differing == [], f"after step {number}"


class Paintings(QObject):
    """Counts how often a widget is painted of its own accord."""

    def __init__(self, watched):
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched, event):  # noqa: N802
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_the_speakers_of_another_text_are_painted_at_once(hands, qtbot):
    margin = hands.view.findChild(SpeakerMargin)
    qtbot.wait(20)
    seen = Paintings(margin)
    turns = [turn._replace(speaker="Zoe") for turn in hands.view.page.turns]
    hands.view.show_document(hands.text, turns)
    qtbot.waitUntil(lambda: seen.count > 0, timeout=1000)
