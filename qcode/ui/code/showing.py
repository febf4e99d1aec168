"""Which codings are shown and how one walks through them: what the foot of the text says and offers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from qcode.queries.codings import CodingRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.filters import Filters
from qcode.ui.code.foot import TextFoot
from qcode.ui.code.walk import Walker
from qcode.ui.code.walks import NAMES, Kind, Walk
from qcode.ui.text.view import TranscriptView


class Showing(QObject):
    """Joins filter, walk and foot; `at_hand` gives the code that one would walk through, if there is one."""

    def __init__(
        self,
        bridge: StudyBridge,
        desk: Desk,
        view: TranscriptView,
        foot: TextFoot,
        room: QWidget,
        *,
        open_document: Callable[[str], None],
        at_hand: Callable[[], str | None],
    ) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._view = view
        self._foot = foot
        self._at_hand = at_hand
        self.filters = Filters(bridge, desk, room)
        self.walker = Walker(bridge, desk, view, open_document)
        foot.filterAsked.connect(self.filters.ask)
        foot.chipRemoved.connect(self.filters.turn)
        foot.clearAsked.connect(self.clear)
        foot.roundsAsked.connect(self.show_rounds)
        foot.menu.aboutToShow.connect(self._fill)
        view.selectionChangedTo.connect(lambda _start, _end: self.walker.tell())
        view.codingsAtCaretChanged.connect(lambda _ids: self.walker.tell())
        self.walker.told.connect(self.tell)

    # Methods

    def follow(self) -> None:
        """Take over that the text, the codings or what is shown of them differ."""
        self.walker.forget()

    def clear(self) -> None:
        """Show all codings again."""
        if not self.filters.chosen:
            self._bridge.informed.emit("No filter is set: nothing is hidden by one.")
        self.filters.clear()

    def show_rounds(self) -> None:
        """Show the codings of all rounds that this text has some in, as a filter that can be taken away."""
        elsewhere = self._desk.known.elsewhere(self._desk.choice)
        here = self._desk.choice.round
        if elsewhere and here is not None:
            self.filters.add_rounds({here, *elsewhere})
        else:
            self._bridge.informed.emit("This text has no codings in other rounds that you may see.")

    def turn_code(self) -> None:
        """Show only the codings of the code at hand, or all again."""
        code = self._at_hand()
        if code is None:
            self._bridge.refused.emit("Put the caret on a coding, or choose a code in the codebook, to show only that.")
        else:
            self.filters.turn_code(code)

    def choose(self, kind: Kind) -> None:
        """Choose what F3 walks through."""
        if kind == "code":
            self.walker.choose_code(self._at_hand())
        else:
            self.walker.choose(kind)

    def step_same(self, by: int) -> None:
        """Go to the next coding (1) of the code at the caret, or to the one before (-1)."""
        self.walker.step_same(by, self._coding_here())

    def tell(self) -> None:
        """Say in the foot what is filtered, what is walked through, and where one is."""
        desk = self._desk
        self._foot.show_filter(self.filters.chosen)
        if self.filters.chosen:
            self._foot.show_count(len(desk.drawn), len(desk.known.without_filter(desk.choice)))
        self._foot.show_elsewhere(desk.known.elsewhere(desk.choice).total())
        self._foot.show_walk(self.walker.title, *self.walker.position)

    # Private slots

    def _fill(self) -> None:
        """Offer the walks with how many stops each has here."""
        menu = self._foot.menu
        menu.clear()
        group = QActionGroup(menu)
        cut = self._desk.codable.segments is not None
        for kind, name in NAMES.items():
            if kind == "segments" and not cut:
                continue
            action = QAction(self._offer(kind, name), menu)
            action.setCheckable(True)
            action.setChecked(kind == self.walker.walk.kind)
            action.triggered.connect(lambda _checked, kind=kind: self.choose(kind))
            group.addAction(action)
            menu.addAction(action)

    # Internal

    def _offer(self, kind: Kind, name: str) -> str:
        code = self._desk.code(self._at_hand() or "") if kind == "code" else None
        if code is not None:
            return f"Codings of “{code.name}”".replace("&", "&&")
        if kind == "code":
            return name
        return f"{name} ({self.walker.count(Walk(kind)):,})"

    def _coding_here(self) -> CodingRow | None:
        """The coding that stands out, else the longest at the caret."""
        known, active = self._desk.known, self._view.active_coding()
        here: list[CodingRow] = [known[row.id] for row in self._view.codings_at_caret() if row.id in known]
        return next((row for row in here if row.id == active), here[0] if here else None)
