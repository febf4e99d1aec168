"""Empty places."""

from __future__ import annotations

from PySide6.QtCore import Qt

from qcode.ui.empty import EmptyState

SENTENCE = "No agreement yet: two coders must hand in the same document."


def test_the_button_is_pressed_by_mouse_and_by_key(qtbot):
    empty = EmptyState(SENTENCE, "Assign…")
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.pressed):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(empty.pressed):
        qtbot.keyClick(empty.button, Qt.Key.Key_Space)


def test_without_a_button_there_is_only_the_sentence(qtbot):
    empty = EmptyState(SENTENCE)
    qtbot.addWidget(empty)
    empty.show()
    assert not empty.button.isVisible()
    empty.say("Nothing here.")
    assert empty.sentence == empty.accessibleName() == "Nothing here."


def test_it_fits_a_narrow_panel_by_wrapping(qtbot):
    empty = EmptyState(SENTENCE, "Assign…")
    qtbot.addWidget(empty)
    empty.resize(220, 300)
    empty.show()
    assert empty.width() == 220
