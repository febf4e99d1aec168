"""Choosing a code in the real palette, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QListView, QPlainTextEdit, QVBoxLayout, QWidget

from qcode.operations.lookup import LONGEST_TEXT, TextTooLongError
from qcode.ui.code_palette import CodeChoice, CodePalette, Pick

Key = Qt.Key
CODES = (
    CodeChoice("trust", ("Relations", "Trust in a person"), 0, "Relies on <one> person.", "Praise only: not here."),
    CodeChoice("wait", ("Access", "Waiting"), 1, "Does not know when."),
    CodeChoice("cost", ("Access", "Cost of travel"), 2),
)
ANCHOR = QRect(300, 100, 200, 40)


@pytest.fixture
def room(qtbot):
    """A window with a text in it that has the focus."""
    room = QWidget()
    qtbot.addWidget(room)
    text = QPlainTextEdit("some text", room)
    QVBoxLayout(room).addWidget(text)
    room.resize(1000, 700)
    with qtbot.waitExposed(room):
        room.show()
    room.activateWindow()
    text.setFocus()
    return room


@pytest.fixture
def palette(room):
    return CodePalette(room)


@pytest.fixture
def picks(palette):
    found = []
    palette.picked.connect(found.append)
    return found


def fields(palette):
    query, comment = palette.findChildren(QLineEdit)
    return query, comment, palette.findChild(QCheckBox)


def pick(code="trust", **other):
    given = {"new_name": "", "in_vivo": False, "comment": "", "unsure": False, "stay": False} | other
    return Pick(code=code, **given)


def test_letters_and_enter_apply_a_code_and_the_focus_goes_back(palette, picks, room):
    palette.ask(CODES, anchor=ANCHOR, typed="w")
    query, _, _ = fields(palette)
    QTest.keyClicks(query, "ait")
    assert query.text() == "wait"
    QTest.keyClick(query, Key.Key_Return)
    assert picks == [pick("wait")]
    assert not palette.isVisible()
    assert room.findChild(QPlainTextEdit).hasFocus()


def test_arrows_choose_among_what_is_found(palette, picks):
    palette.ask(CODES, anchor=ANCHOR, recent=["cost"])
    query, _, _ = fields(palette)
    assert palette.current().code.id == "cost"
    QTest.keyClick(query, Key.Key_Down)
    QTest.keyClick(query, Key.Key_Down)
    QTest.keyClick(query, Key.Key_Up)
    QTest.keyClick(query, Key.Key_Return)
    assert picks == [pick("trust")]


def test_arrows_stop_at_both_ends(palette):
    palette.ask(CODES, anchor=ANCHOR)
    query, _, _ = fields(palette)
    QTest.keyClick(query, Key.Key_Up)
    assert palette.current() == palette.rows()[0]
    QTest.keyClick(query, Key.Key_PageDown)
    assert palette.current() == palette.rows()[-1]


def test_shift_enter_applies_and_stays_for_the_next_code(palette, picks):
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    query, _, _ = fields(palette)
    QTest.keyClick(query, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert palette.isVisible()
    assert query.text() == ""
    QTest.keyClicks(query, "cost")
    QTest.keyClick(query, Key.Key_Return)
    assert picks == [pick("wait", stay=True), pick("cost")]


def test_a_comment_and_a_doubt_go_with_the_code(palette, picks):
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    query, comment, unsure = fields(palette)
    QTest.keyClick(query, Key.Key_Tab)
    assert comment.hasFocus()
    QTest.keyClicks(comment, "see memo ")
    QTest.keyClick(comment, Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert unsure.isChecked()
    QTest.keyClick(comment, Key.Key_Return)
    assert picks == [pick("wait", comment="see memo", unsure=True)]
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    assert comment.text() == ""
    assert not unsure.isChecked()


def test_every_field_is_reached_by_tab_in_a_ring(palette):
    palette.ask(CODES, anchor=ANCHOR)
    ring = fields(palette)
    for field in (*ring[1:], ring[0]):
        QTest.keyClick(palette.window().focusWidget(), Key.Key_Tab)
        assert field.hasFocus()
    QTest.keyClick(ring[0], Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert ring[-1].hasFocus()


def test_escape_leaves_everything_as_it_was(palette, picks, room, qtbot):
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    with qtbot.waitSignal(palette.cancelled, timeout=500):
        QTest.keyClick(fields(palette)[0], Key.Key_Escape)
    assert not palette.isVisible()
    assert picks == []
    assert room.findChild(QPlainTextEdit).hasFocus()


def test_a_click_elsewhere_closes_it(palette, room, qtbot):
    palette.ask(CODES, anchor=ANCHOR)
    with qtbot.waitSignal(palette.cancelled, timeout=500):
        room.findChild(QPlainTextEdit).setFocus()
    assert not palette.isVisible()


def test_a_click_on_a_row_applies_it(palette, picks):
    palette.ask(CODES, anchor=ANCHOR)
    found = palette.findChild(QListView)
    place = found.visualRect(found.model().index(1, 0)).center()
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picks == [pick("wait")]


def test_a_new_code_and_one_in_own_words_can_be_made(palette, picks):
    palette.ask(CODES, anchor=ANCHOR, typed="zebra", passage="nobody  came")
    query, _, _ = fields(palette)
    QTest.keyClick(query, Key.Key_Return)
    palette.ask(CODES, anchor=ANCHOR, typed="zebra", passage="nobody  came")
    QTest.keyClick(query, Key.Key_Down)
    QTest.keyClick(query, Key.Key_Return)
    assert picks == [pick(None, new_name="zebra"), pick(None, new_name="nobody came", in_vivo=True)]


def test_enter_with_nothing_on_offer_does_nothing(palette, picks):
    palette.ask((), anchor=ANCHOR)
    QTest.keyClick(fields(palette)[0], Key.Key_Return)
    assert picks == []
    assert palette.isVisible()


def test_the_definition_and_the_near_miss_follow_the_chosen_code(palette):
    palette.ask(CODES, anchor=ANCHOR, typed="trust")
    definition = next(label for label in palette.findChildren(QLabel) if label.accessibleName() == "Definition")
    assert "Relies on &lt;one&gt; person." in definition.text()
    assert "Praise only: not here." in definition.text()
    QTest.keyClick(fields(palette)[0], Key.Key_Down)
    assert "Relies" not in definition.text()


def test_control_d_asks_for_the_definition_of_the_chosen_code(palette, qtbot):
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    with qtbot.waitSignal(palette.definitionRequested, timeout=500) as asked:
        QTest.keyClick(fields(palette)[0], Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["wait"]


def test_it_lies_beside_the_selection_and_inside_the_window(palette, room):
    for anchor in (ANCHOR, QRect(20, 640, 300, 50), QRect(900, 300, 90, 30)):
        palette.ask(CODES, anchor=anchor)
        assert room.rect().contains(palette.geometry())
        assert not palette.geometry().intersects(anchor)


def test_a_screen_reader_is_told_what_each_part_is_and_which_code_is_chosen(palette):
    QAccessible.setActive(True)
    palette.ask(CODES, anchor=ANCHOR, typed="wait", passage="nobody came")
    query, _, _ = fields(palette)
    names = [
        QAccessible.queryAccessibleInterface(part).text(QAccessible.Text.Name) for part in (palette, *fields(palette))
    ]
    assert names == ["Apply a code", "Find a code", "Comment on the coding", "Unsure"]
    said = QAccessible.queryAccessibleInterface(query).text(QAccessible.Text.Description)
    assert said == "Waiting, Access"
    found = QAccessible.queryAccessibleInterface(palette.findChild(QListView))
    assert found.childCount() == len(palette.rows())
    assert found.child(0).text(QAccessible.Text.Name) == "Waiting, Access"


def test_without_any_code_enter_makes_none_of_the_passage_until_it_is_chosen(palette, picks):
    palette.ask((), anchor=ANCHOR, passage="nobody came")
    query, *_rest = fields(palette)
    assert query.accessibleDescription().startswith("There are no codes yet.")
    QTest.keyClick(query, Qt.Key.Key_Return)
    assert picks == []
    QTest.keyClick(query, Qt.Key.Key_Down)
    QTest.keyClick(query, Qt.Key.Key_Return)
    assert [(pick.new_name, pick.in_vivo) for pick in picks] == [("nobody came", True)]


@pytest.mark.parametrize(
    "name",
    ["<img src=x onerror=alert(1)>", "a & b &amp; c", "😀👩‍👩‍👧", "שלום עולם", "مرحبا", "%s {name} \\n", "x" * 200],
)
def test_hostile_and_foreign_names_are_shown_found_and_picked_as_they_are(palette, picks, name):
    palette.ask([CodeChoice("odd", ("Top", name), 3, name, name), *CODES], anchor=ANCHOR, typed=name)
    row = palette.current()
    assert (row.name, row.code.id) == (name, "odd")
    assert name not in palette._definition.text() or "<" not in name
    assert not palette.grab().isNull()
    QTest.keyClick(fields(palette)[0], Qt.Key.Key_Return)
    assert [pick.code for pick in picks] == ["odd"]


def test_one_code_and_six_hundred_are_found_by_letters_and_ticked_where_the_passage_has_them(palette, picks):
    palette.ask(CODES[:1], anchor=ANCHOR)
    assert len(palette.rows()) == 1
    many = [CodeChoice(f"{place}", ("Top", f"Code {place}"), place % 12, applied=place == 599) for place in range(600)]
    palette.ask(many, anchor=ANCHOR, typed="code 599")
    assert palette.current().code.id == "599"
    assert fields(palette)[0].accessibleDescription() == "Code 599, Top, on this passage already"
    assert "On this passage already." in palette._definition.text()
    assert not palette.grab().isNull()
    QTest.keyClick(fields(palette)[0], Qt.Key.Key_Return)
    assert [pick.code for pick in picks] == ["599"]


@pytest.mark.parametrize("huge", ["x" * 32_768, "x" * 3_000_000, "\N{FIRE}" * 20_001, "\N{FIRE}" * 3_000_000])
def test_a_comment_that_is_too_long_is_refused_whole_and_what_was_typed_stays(palette, picks, huge):
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    query, comment, _ = fields(palette)
    QTest.keyClick(query, Key.Key_Tab)
    QTest.keyClicks(comment, "slow")
    QGuiApplication.clipboard().setText(huge)
    QTest.keyClick(comment, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert comment.text() == "slow"
    assert said(palette) == [str(TextTooLongError("comment"))]
    QTest.keyClicks(comment, "er")
    assert (comment.text(), said(palette)) == ("slower", [])
    QTest.keyClick(comment, Key.Key_Return)
    assert picks == [pick("wait", comment="slower")]


@pytest.mark.parametrize("letter", ["x", "\N{FIRE}"])
def test_a_comment_of_the_longest_kind_is_taken_whole_and_not_a_letter_more(palette, picks, letter):
    palette.ask(CODES, anchor=ANCHOR, typed="wait")
    query, comment, _ = fields(palette)
    QTest.keyClick(query, Key.Key_Tab)
    QGuiApplication.clipboard().setText(letter * LONGEST_TEXT)
    QTest.keyClick(comment, Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert said(palette) == []
    QTest.keyClicks(comment, "y")
    assert said(palette) == [str(TextTooLongError("comment"))]
    QTest.keyClick(comment, Key.Key_Return)
    assert picks == [pick("wait", comment=letter * LONGEST_TEXT)]


def said(palette):
    """The sentence of a refusal, if one is shown."""
    return [
        part.text() for part in palette.findChildren(QLabel) if part.property("tone") == "danger" and part.isVisible()
    ]
