"""The six fields that say what a code means, as fields to type in."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from qcode.operations.codebook import Definition
from qcode.operations.lookup import LONGEST_TEXT
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE, label

FIELDS = (
    ("brief", "Brief definition", "One sentence, shown while you code"),
    ("full", "Full definition", "What belongs to this code, and why"),
    ("when_to_use", "When to use it", ""),
    ("when_not_to_use", "When not to use it", "And which code to use instead"),
    ("typical_example", "Typical example", "Words of a participant"),
    ("near_miss", "Near miss", "What looks like it and is not"),
)
_LEAST, _MOST = 2, 9


class GrowingField(LimitedField):
    """A field as high as its text, from two rows to nine."""

    def __init__(self, name: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(LONGEST_TEXT, parent)
        self.setProperty("kind", "field")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)

    # Events

    def sizeHint(self) -> QSize:
        """As high as the rows that are there."""
        rows = sum(self._rows())
        pitch = QFontMetrics(self.font()).lineSpacing()
        frame = 2 * (self.frameWidth() + round(self.document().documentMargin()) + SPACE // 2)
        return QSize(20 * SPACE, min(max(rows, _LEAST), _MOST) * pitch + frame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes other rows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font makes other rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    # Private slots

    def _fit(self) -> None:
        scrolls = sum(self._rows()) > _MOST
        # A bar that Qt shows by itself stays after a first layout, and hides the ends of the lines.
        on, off = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(on if scrolls else off)
        height = self.sizeHint().height()
        if height != self.height():
            self.setFixedHeight(height)

    # Internal

    def _rows(self) -> list[int]:
        block, rows = self.document().firstBlock(), []
        while block.isValid():
            self.blockBoundingRect(block)
            rows.append(max(block.layout().lineCount(), 1))
            block = block.next()
        return rows


class DefinitionFields(QWidget):
    """The six fields, each below its name."""

    changed = Signal()
    tooLong = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        self._fields: dict[str, GrowingField] = {}
        for key, name, hint in FIELDS:
            title = label(name, "small", "quiet")
            title.setContentsMargins(0, SPACE // 2, 0, 0)
            field = self._fields[key] = GrowingField(name, hint, self)
            title.setBuddy(field)
            column.addWidget(title)
            column.addWidget(field)
            field.textChanged.connect(self.changed)
            field.tooLong.connect(self.tooLong)

    # Properties

    @property
    def definition(self) -> Definition:
        """What the fields say."""
        return Definition(**{key: field.toPlainText().strip() for key, field in self._fields.items()})

    # Methods

    def field(self, key: str) -> GrowingField:
        """The field with a key such as "near_miss"."""
        return self._fields[key]

    def show_definition(self, definition: Definition, *, read_only: bool = False) -> None:
        """Let the fields say this."""
        for key, text in asdict(definition).items():
            field = self._fields[key]
            if field.toPlainText() != text:
                field.setPlainText(text)
            field.setReadOnly(read_only)
