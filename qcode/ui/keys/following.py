"""What may follow the first stroke of a key of two, told quietly while the second one is awaited."""

from __future__ import annotations

from html import escape
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from qcode.ui.announcing import announce
from qcode.ui.keys import keymap
from qcode.ui.keys.field import pressed_key
from qcode.ui.keys.keyed import HERE, WINDOW, KeyedAction, deeds, keyed_actions
from qcode.ui.keys.sequences import FAMILIES
from qcode.ui.theme import SPACE

_REST_MS = 300
_COLUMNS = 2


class FollowingKeys(QObject):
    """Watches for first strokes; Qt itself waits for the second, and any that means nothing, such as Esc, ends that.

    Qt tells of no stroke that it waits after, and asks nobody about the second one: this is known by the question
    about the first one that comes up to the window, and by the key that is let go afterwards.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._first = ""
        self._panel: QLabel | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_REST_MS)
        self._resting.timeout.connect(self._tell)
        window.installEventFilter(self)
        deeds.begun.connect(self.leave)

    # Properties

    @property
    def told(self) -> str:
        """What is told now, without its form; empty for nothing."""
        return self._panel.accessibleName() if self._panel is not None and self._panel.isVisible() else ""

    # Methods

    def leave(self) -> None:
        """Await nothing any more."""
        if self._first:
            self._first = ""
            self._app().removeEventFilter(self)
            self._resting.stop()
            if self._panel is not None:
                self._panel.hide()

    # Events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take note of strokes; nothing is kept from anybody."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            self.leave()  # this is asked only where no second stroke is awaited
            if watched is self._window:
                self._begin(pressed_key(event))
        elif self._first and kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            let_go = pressed_key(event)
            if let_go and not event.isAutoRepeat() and _letter(let_go) != _letter(self._first):
                self.leave()
        return False

    # Internal

    def _begin(self, pressed: str) -> None:
        if pressed and any(keymap.begins(pressed, key) and pressed != key for key in _sequences()):
            self._first = pressed
            self._app().installEventFilter(self)
            self._resting.start()

    def _tell(self) -> None:
        found = following(self._window, self._first)
        if not found:
            self.leave()
            return
        first = keymap.native([self._first])
        panel = self._label()
        panel.setText(_table(first, found))
        panel.setAccessibleName(f"{first} … {', '.join(f'{key} {name}' for key, name in found)}")
        panel.setMaximumWidth(self._window.width() - 4 * SPACE)
        panel.adjustSize()
        panel.move(2 * SPACE, self._window.height() - panel.height() - 2 * SPACE)
        panel.show()
        panel.raise_()
        announce(panel, panel.accessibleName())

    def _label(self) -> QLabel:
        if self._panel is None:
            self._panel = QLabel(self._window)
            self._panel.setTextFormat(Qt.TextFormat.RichText)
            self._panel.setProperty("surface", "overlay")
            self._panel.setProperty("scale", "small")
            self._panel.setAutoFillBackground(True)
            self._panel.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
            self._panel.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._panel.hide()
        return self._panel

    def _app(self) -> QApplication:
        return cast("QApplication", QApplication.instance())


def following(window: QWidget, first: str) -> list[tuple[str, str]]:
    """The second strokes that mean something where the focus is, and what, in the order of their letters."""
    focus = QApplication.focusWidget()
    found = {
        QKeySequence(keymap.strokes(key)[1]).toString(QKeySequence.SequenceFormat.NativeText): action.lasting_name
        for action in keyed_actions(window)
        if action.isEnabled() and _reaches(action, focus)
        for key in action.keys
        if len(keymap.strokes(key)) > 1 and keymap.begins(first, key)
    }
    return sorted(found.items(), key=lambda one: (_letter(one[0]), one[0]))


def _reaches(action: KeyedAction, focus: QWidget | None) -> bool:
    if action.shortcutContext() == WINDOW:
        return True
    alone = action.shortcutContext() == HERE
    return any(place is focus or (not alone and focus and place.isAncestorOf(focus)) for place in action.places)


def _sequences() -> list[str]:
    """Keys of two strokes, those that were chosen with the first ones."""
    chosen = (key for keys in keymap.chosen().values() for key in keys)
    return [*(f"{lead}, A" for lead in FAMILIES), *chosen]


def _letter(key: str) -> str:
    """A key without what is held with it."""
    return key.rpartition("+")[2] or "+"


def _table(first: str, found: list[tuple[str, str]]) -> str:
    """The strokes in columns, from the top."""
    high = -(-len(found) // _COLUMNS)
    rows = []
    for number in range(high):
        cells = (f"<td><b>{escape(key)}</b>&nbsp;</td><td>{escape(name)}</td>" for key, name in found[number::high])
        rows.append(f"<tr>{'<td width=20></td>'.join(cells)}</tr>")
    return f"<p>{escape(first)} … &nbsp; Esc leaves</p><table cellspacing=1>{''.join(rows)}</table>"
