"""One case on one screen: the passage in its context, the coders in lanes, the definitions beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.queries.disagreements.cases import CaseRow
from qcode.queries.transcripts.documents import DocumentText
from qcode.ui.announcing import announce
from qcode.ui.code.colours import text_colours
from qcode.ui.empty import EmptyState
from qcode.ui.panel_parts import sentence
from qcode.ui.reconcile.case_sheet import CaseSheet, CodeInQuestion
from qcode.ui.reconcile.case_text import CaseText
from qcode.ui.reconcile.seats import Seat
from qcode.ui.theme import SPACE, label

KINDS = {
    "boundary": "Boundary",
    "overlooked": "Overlooked",
    "extra code": "Extra code",
    "different code": "Different codes",
    "unanimous": "Unanimous",
}
_ABOUT = {
    "boundary": "the same code with other limits",
    "overlooked": "some coders marked nothing here",
    "extra code": "some coders gave a code here that others did not",
    "different code": "the coders gave different codes here",
    "unanimous": "all coders agree here",
}


class Elided(QLabel):
    """A line of words that ends with dots where there is no room for all of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("tone", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much as fits."""
        painter, place = QPainter(self), self.contentsRect()
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class CasePane(QFrame):
    """Shows a case. `lanePicked` tells a letter that was clicked, `alikeAsked` that cases like the last are wanted."""

    lanePicked = Signal(str)
    alikeAsked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._drawn: object = None
        self.title, self.where = label("", "heading"), Elided()
        self.notice = sentence(quiet=True)
        self.alike = QPushButton()
        self.alike.setProperty("kind", "quiet")
        self.alike.clicked.connect(self.alikeAsked)
        self.text, self.sheet = CaseText(text_colours()), CaseSheet()
        self.sheet.lanePicked.connect(self.lanePicked)
        self.nothing = EmptyState("")
        self.stack = QStackedWidget()
        self._lay_out()
        self.tell("")
        self.offer_alike("")

    # Methods

    def show_case(
        self,
        case: CaseRow,
        text: DocumentText,
        known: Sequence[Seat],
        codes: Mapping[str, CodeInQuestion],
        place: str,
    ) -> None:
        """Show a case; `place` says where it stands among the others."""
        drawn = (case, text, tuple(known), dict(codes))
        about = "all codes below one" if case.kind == "different code" and case.siblings else _ABOUT[case.kind]
        self.title.setText(KINDS[case.kind])
        self.title.setToolTip(about[0].upper() + about[1:])
        self.where.setText(f"{case.document_name} · {place} · {about}")
        if drawn != self._drawn:
            self._drawn = drawn
            announce(self, f"{self.title.text()}, {', '.join(case.code_names)}, {self.where.text()}")
            self.text.show_case(case, text, known, {code: (one.name, one.slot) for code, one in codes.items()})
            self.sheet.show_case(case, text.text, known, codes)
        self.text.mark(None)
        self.sheet.choose("")
        self.tell("")
        self.stack.setCurrentIndex(1)

    def show_nothing(self, words: str) -> None:
        """Say why there is no case."""
        self._drawn = None
        self.text.forget()
        self.sheet.forget()
        self.nothing.say(words)
        self.title.setText("")
        self.where.setText("")
        self.stack.setCurrentIndex(0)

    def tell(self, words: str) -> None:
        """Say something below the text, such as which keys hold now; nothing with empty words."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def offer_alike(self, words: str) -> None:
        """Offer to decide cases like the last one; nothing with empty words."""
        self.alike.setText(words)
        self.alike.setVisible(bool(words))

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.text.set_colours(text_colours())
        self.sheet.update_theme()

    # Internal

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE // 2)
        head.setSpacing(SPACE)
        head.addWidget(self.title)
        head.addWidget(self.where, 1)
        top = QWidget()
        above = QVBoxLayout(top)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, 0, SPACE, SPACE // 2)
        foot.addWidget(self.notice, 1)
        above.addLayout(foot)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(top)
        parts.addWidget(self.sheet)
        parts.setSizes([320, 340])
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(parts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        line = QHBoxLayout()
        line.setContentsMargins(SPACE, 0, SPACE, 0)
        line.addWidget(self.alike)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.stack, 1)
