"""The middle of the room: the document's name and state above its text, what is to be known below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qcode.queries.transcripts.documents import DocumentRow
from qcode.ui.code.colours import text_colours
from qcode.ui.code.foot import TextFoot
from qcode.ui.code.lines import letters
from qcode.ui.code.shown import Whose
from qcode.ui.text.view import TranscriptView
from qcode.ui.theme import SPACE, current, label

_WIDE = 84


class TranscriptPanel(QFrame):
    """Holds the text, above it whose codings are shown and whether one is done, below it a notice when there is need.

    The notice stands below so that the text never moves when it comes or goes.
    """

    whoseChosen = Signal(str)
    doneGiven = Signal(bool)
    foldAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.view = TranscriptView(self, text_colours())
        self.fold = QToolButton(self)
        self._title = label("", "heading")
        self._facts = _Facts(self)
        self.mine = self._tab("Mine", "Show my codings")
        self.everyone = self._tab("Everyone’s", "Show everyone’s codings")
        self.done = QPushButton("Done", self)
        self._notice = label("", "small", "quiet")
        self.notice_button = QPushButton("", self)
        self._strip = QFrame(self)
        self._handed_in = False
        self.foot = TextFoot(self)
        self._lay_out()
        self._connect()

    # Properties

    @property
    def title(self) -> str:
        """The document's name."""
        return self._title.text()

    @property
    def notice(self) -> str:
        """What is said below the text; empty if nothing is."""
        return self._notice.text() if not self._strip.isHidden() else ""

    # Methods

    def show_row(self, row: DocumentRow | None) -> None:
        """Name the document and say how far one is."""
        self._title.setText(row.name if row else "")
        facts = [row.group, f"{row.words:,} words"] if row else []
        self._facts.setText(" · ".join(fact for fact in facts if fact))
        self._handed_in = row is not None and row.state == "handed in"
        self.done.setChecked(row is not None and row.state in ("done", "handed in"))
        self._name_done()
        self.done.setEnabled(row is not None and row.state in ("open", "done"))
        self.view.setAccessibleName(f"Transcript {row.name}" if row else "Transcript")

    def show_whose(self, whose: Whose) -> None:
        """Mark whose codings are shown."""
        (self.mine if whose == "mine" else self.everyone).setChecked(True)

    def say(self, notice: str, button: str = "") -> None:
        """Show a quiet sentence below the text, with a button if something can be done about it; nothing for ""."""
        self._notice.setText(notice)
        self._notice.setToolTip(notice)
        self.notice_button.setText(button)
        self.notice_button.setVisible(bool(button))
        self._strip.setVisible(bool(notice))

    def settle(self) -> None:
        """Give the text its place beside what is said now, ahead of the next paint."""
        layout = self.layout()
        if layout is not None:
            layout.activate()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.view.set_colours(text_colours())
        self.foot.update_theme()

    def add_below(self, part: QWidget) -> None:
        """Put a quiet line below the text."""
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(self._strip) + 1, part)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say more where there is room."""
        super().resizeEvent(event)
        self._name_done()

    # Internal

    def _name_done(self) -> None:
        """Say whether one is done; what is handed in is locked, and the button tells it."""
        words = "Done with this document" if self.width() >= letters(_WIDE) else "Done"
        words = "Handed in" if self._handed_in else words
        self.done.setText(f"✓ {words}" if self.done.isChecked() else words)
        self.done.setAccessibleName("Handed in: locked" if self._handed_in else "Done with this document")

    def _tab(self, words: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setToolTip(f"{name} (Ctrl+Shift+A)")
        button.setAccessibleName(name)
        button.setCheckable(True)
        button.setProperty("kind", "tab")
        return button

    def _lay_out(self) -> None:
        self.fold.setText("☰")
        self.fold.setToolTip("Show or fold away the documents (Ctrl+Shift+L)")
        self.fold.setAccessibleName("Show or fold away the documents")
        self.done.setCheckable(True)
        self.done.setToolTip("Done with this document (Ctrl+Shift+D)")
        self.done.setAccessibleName("Done with this document")
        self._title.setMinimumWidth(5 * SPACE)
        group = QButtonGroup(self)
        group.addButton(self.mine)
        group.addButton(self.everyone)
        top = QHBoxLayout()
        top.setContentsMargins(SPACE, SPACE, 2 * SPACE, SPACE)
        top.setSpacing(SPACE)
        top.addWidget(self.fold)
        top.addWidget(self._title)
        top.addWidget(self._facts, 1)
        for button in (self.mine, self.everyone):
            top.addWidget(button)
        top.addSpacing(SPACE)
        top.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self._lay_out_strip())
        column.addWidget(self.foot)

    def _lay_out_strip(self) -> QFrame:
        self._strip.setProperty("surface", "panel")
        self._notice.setWordWrap(True)
        self.notice_button.setProperty("kind", "quiet")
        row = QHBoxLayout(self._strip)
        row.setContentsMargins(2 * SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.addWidget(self._notice, 1)
        row.addWidget(self.notice_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._strip.hide()
        return self._strip

    def _connect(self) -> None:
        self.fold.clicked.connect(self.foldAsked)
        self.mine.clicked.connect(lambda: self.whoseChosen.emit("mine"))
        self.everyone.clicked.connect(lambda: self.whoseChosen.emit("everyone"))
        self.done.clicked.connect(self.doneGiven)


class _Facts(QLabel):
    """Quiet words that end in dots where there is no room for all of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setProperty("scale", "small")
        self.setProperty("tone", "quiet")

    # Events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write what fits."""
        painter = QPainter(self)
        painter.setPen(QColor(current().quiet))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
