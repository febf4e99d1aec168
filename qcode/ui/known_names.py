"""Names that this window knows while it is open, and a word beside any field into which one of them is typed.

They come from a key file that was opened, or from what somebody looks for; they are kept in memory alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from shiboken6 import isValid

from qcode.ui.theme import SPACE, label

if TYPE_CHECKING:
    from qcode.deidentification.forms import Forms

FOR_NAMES = "for_names"
"""The property of a field that names belong into, such as the one in which one looks for them."""

_LOOK_MS = 250
_TYPED = "typed"
_WARNING = "This holds a name that is known: “{name}”"


class KnownNames(QObject):
    """The names, and where any of them stands in a text."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_source: dict[str, tuple[str, ...]] = {}
        self._forms: Forms[None] | None = None

    # Properties

    @property
    def names(self) -> tuple[str, ...]:
        """All names that are known, each once."""
        return tuple(dict.fromkeys(name for names in self._by_source.values() for name in names))

    # Methods

    def know(self, names: Iterable[str]) -> None:
        """Know these names too."""
        self.take(_TYPED, [*self._by_source.get(_TYPED, ()), *names])

    def take(self, source: str, names: Iterable[str]) -> None:
        """Know these names from a source in place of those it told before."""
        tidy = (name.strip() for name in names)
        told = tuple(dict.fromkeys(name for name in tidy if name))
        if told != self._by_source.get(source, ()):
            self._by_source[source] = told
            self._forms = None
            self.changed.emit()

    def forget(self) -> None:
        """Know no names any more, such as when the key file is closed."""
        self._by_source.clear()
        self._forms = None
        self.changed.emit()

    def first_in(self, text: str) -> str:
        """The first known name in a text, as it is written there; empty for none."""
        if not text or not any(self._by_source.values()):
            return ""
        if self._forms is None:
            from qcode.deidentification.forms import Forms  # the window opens sooner without it

            self._forms = Forms((name, None) for name in self.names)
        found = next(self._forms.find(text), None)
        return text[found.start : found.end] if found else ""


class NameWatch(QFrame):
    """Says beside the field that has the focus when a known name stands in it. It takes no focus and hides no words."""

    def __init__(self, known: KnownNames, window: QWidget) -> None:
        super().__init__(window)
        self._known = known
        self._window = window
        self._field: QWidget | None = None
        self._words = label("", "small")
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self.setProperty("surface", "overlay")
        self.setAutoFillBackground(True)
        self.setAccessibleName("Names from the key")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._words)
        self._looking.timeout.connect(self._on_look)
        known.changed.connect(self._looking.start)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._on_focus)
        self.hide()

    # Properties

    @property
    def warning(self) -> str:
        """What is said now; empty for nothing."""
        return self._words.text() if not self.isHidden() else ""

    # Private slots

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if isinstance(new, QLineEdit | QPlainTextEdit | QTextEdit) and self._window.isAncestorOf(new):
            if new.isReadOnly() or new.property(FOR_NAMES):
                return
            self._field = new
            new.textChanged.connect(self._looking.start)
            self._looking.start()

    def _on_look(self) -> None:
        field = self._field
        name = self._known.first_in(_text(field)) if field is not None and isValid(field) else ""
        self.setVisible(bool(name))
        if name and field is not None:
            self._words.setText(_WARNING.format(name=name))
            field.setAccessibleDescription(self._words.text())
            self.adjustSize()
            self.move(self._beside(field))
            self.raise_()

    # Internal

    def _leave(self) -> None:
        field, self._field = self._field, None
        self._looking.stop()
        self.hide()
        if field is not None and isValid(field):
            cast("QLineEdit", field).textChanged.disconnect(self._looking.start)

    def _beside(self, field: QWidget) -> QPoint:
        """Below the field, or above where the window ends."""
        below = field.mapTo(self._window, QPoint(0, field.height() + SPACE // 2))
        if below.y() + self.height() > self._window.height():
            below = field.mapTo(self._window, QPoint(0, -self.height() - SPACE // 2))
        room = self._window.width() - self.width() - SPACE
        return QPoint(max(0, min(below.x(), room)), max(0, below.y()))


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    return cast("QPlainTextEdit", field).toPlainText()
