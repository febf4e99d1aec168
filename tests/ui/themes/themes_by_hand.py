"""What hands do in the Themes room, and what the study says then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from qcode.queries.themes.outline import themes

KEY, ALT, SHIFT = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def choose(room, made, name: str) -> None:
    """Put the cursor of the outline on a theme."""
    room.outline.setFocus()
    assert room.outline.put_cursor(("theme", made.themes[name]))


def choose_code(qtbot, room, made, name: str) -> None:
    """Select a code and wait for its passages."""
    room.codes.table.setFocus()
    room.codes.table.select_row(made.codes[name])
    qtbot.waitUntil(lambda: not room.computing)


def write(qtbot, room, text: str) -> None:
    """Write into the open field and press Enter."""
    field = room.outline.findChild(QLineEdit) or room.outline.findChild(QPlainTextEdit)
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, KEY.Key_Return)
    qtbot.waitUntil(lambda: not room.outline.writing)
    qtbot.waitUntil(lambda: room.outline.findChild(QLineEdit) is None)


def names(study) -> list[tuple[int, str]]:
    return [(row.depth, row.name) for row in themes(study)]


def quoted(study) -> dict[str, list[str]]:
    return {row.name: [quote.text for quote in row.quotes] for row in themes(study)}


# Seeing
