"""Which memos are listed: by words, by what they are about, by who wrote them and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from qcode.queries.memos import MemoLooking
from qcode.ui.drawer.memos.targets import KINDS
from qcode.ui.theme import SPACE

_NOTHING = "nothing"
_DAYS = {"Any time": 0, "Today": 1, "In the last 7 days": 7, "In the last 30 days": 30}


class MemoFilters(QWidget):
    """A line to search in, and lists to choose from."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search, self.kind, self.author, self.time = QLineEdit(self), *(QComboBox(self) for _box in range(3))
        self._fill()
        self._lay_out()
        self.search.textChanged.connect(self.changed)
        for box in (self.kind, self.author, self.time):
            box.activated.connect(self.changed)

    # Properties

    @property
    def looking(self) -> MemoLooking:
        """What is asked for."""
        kind, author, days = self.kind.currentData(), self.author.currentData(), self.time.currentData()
        return MemoLooking(
            self.search.text().strip(),
            links=[kind] if kind else None,
            authors=[author] if author else None,
            since=_midnight(days) if days else None,
        )

    @property
    def is_open(self) -> bool:
        """Whether everything is let through."""
        return self.looking == MemoLooking()

    @property
    def words(self) -> str:
        """What is asked for, in words; empty where everything is."""
        chosen = [box.currentText() for box in (self.kind, self.author, self.time) if box.currentIndex() > 0]
        typed = self.search.text().strip()
        said = " · ".join([f"with “{typed}”"] * bool(typed) + chosen)
        return said[:1].lower() + said[1:]

    # Methods

    def offer_authors(self, authors: Sequence[tuple[str, str]]) -> None:
        """Offer these coders, by id and name; one alone is no choice."""
        chosen = self.author.currentData()
        with QSignalBlocker(self.author):
            self.author.clear()
            for key, name in [("", "By anyone"), *((key, f"By {name}") for key, name in authors)]:
                self.author.addItem(name, key)
            self.author.setCurrentIndex(max(0, self.author.findData(chosen)))
        self.author.setVisible(len(authors) > 1)

    def open_all(self) -> None:
        """Let everything through again."""
        blocked = [QSignalBlocker(part) for part in (self.search, self.kind, self.author, self.time)]
        self.search.clear()
        for box in (self.kind, self.author, self.time):
            box.setCurrentIndex(0)
        del blocked
        self.changed.emit()

    # Internal

    def _fill(self) -> None:
        self.kind.addItem("About anything", "")
        for kind, name in {**KINDS, _NOTHING: _NOTHING}.items():
            words = name if kind in ("study", _NOTHING) else f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
            self.kind.addItem(f"About {'the study' if kind == 'study' else words}", kind)
        for name, days in _DAYS.items():
            self.time.addItem(name, days)
        self.offer_authors([])

    def _lay_out(self) -> None:
        self.search.setPlaceholderText("Find in memos")
        self.search.setAccessibleName("Find in memos")
        self.search.setClearButtonEnabled(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        for box, name in (
            (self.kind, "Only memos about"),
            (self.author, "Only memos by"),
            (self.time, "Only memos of"),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(9)
            row.addWidget(box, 1)
        row.addWidget(self.search, 2)


def _midnight(days: int) -> str:
    """The beginning of the day, here, that is so many days ago, today being 1; in UTC as steps have it."""
    today = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    return (today - timedelta(days=days - 1)).astimezone(UTC).isoformat(timespec="seconds")
