"""The three panes of the tab Themes, and how much room each gets."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from qcode.ui.theme import SPACE
from qcode.ui.themes.codes import CodesPane
from qcode.ui.themes.negative import NegativePane
from qcode.ui.themes.passages import PassagesPane
from qcode.ui.themes.voices import VoicesPane

_BESIDE_LEFT = frozenset({"outline", "board"})


class Panes(QSplitter):
    """Codes and their passages at the left, the themes in the middle, voices and negative cases at the right.

    The codes have the left to themselves until one is chosen.
    """

    def __init__(
        self, codes: CodesPane, passages: PassagesPane, middle: QWidget, voices: VoicesPane, negative: NegativePane
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._codes, self._passages = codes, passages
        self.left, self.right = QSplitter(Qt.Orientation.Vertical), QSplitter(Qt.Orientation.Vertical)
        for splitter, parts, sizes in (
            (self.left, (codes, passages), [400, 320]),
            (self.right, (voices, negative), [460, 260]),
        ):
            for part in parts:
                splitter.addWidget(part)
            splitter.setSizes(sizes)
        for pane, stretch in ((self.left, 0), (middle, 1), (self.right, 0)):
            self.addWidget(pane)
            self.setStretchFactor(self.count() - 1, stretch)
        self._widths = [42 * SPACE, 31 * SPACE]
        self.setSizes([self._widths[0], 75 * SPACE, self._widths[1]])
        for splitter in (self.left, self.right, self):
            splitter.setChildrenCollapsible(False)
        passages.hide()

    # Methods

    def show_passages(self) -> None:
        """Give passages their place below the codes; what was chosen stays in sight."""
        if self._passages.isHidden():
            self._passages.show()
            table = self._codes.table
            self.left.refresh()
            table.scrollTo(table.currentIndex())

    def leave_room(self, view: str) -> None:
        """Leave a view the room it needs: codes stay beside what they are dragged into, voices beside the outline."""
        shown = view in _BESIDE_LEFT, view == "outline"
        for number, (pane, is_shown) in enumerate(zip((self.left, self.right), shown, strict=True)):
            self._widths[number] = pane.width() if pane.isVisible() else self._widths[number]
            pane.setVisible(is_shown)
        beside = [width if is_shown else 0 for width, is_shown in zip(self._widths, shown, strict=True)]
        self.setSizes([beside[0], max(self.width() - sum(beside), 1), beside[1]])
