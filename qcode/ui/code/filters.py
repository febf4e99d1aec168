"""The filter of the text: what was chosen, what can be, and what both mean for the codings that are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.team import coders, rounds
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.filtering import Chosen, Narrowing, narrowing

if TYPE_CHECKING:
    from qcode.ui.code.filter_chooser import FilterChooser, Offer


class Filters(QObject):
    """Keeps what was chosen while the study is open, over all documents; tells when it lets others through."""

    changed = Signal()

    def __init__(self, bridge: StudyBridge, desk: Desk, room: QWidget) -> None:
        super().__init__(room)
        self._bridge = bridge
        self._desk = desk
        self._room = room
        self._chosen: tuple[Chosen, ...] = ()
        self._only = Narrowing()
        self._chooser: FilterChooser | None = None

    # Properties

    @property
    def chosen(self) -> Sequence[Chosen]:
        """What was chosen, in that order."""
        return self._chosen

    @property
    def only(self) -> Narrowing:
        """What that lets through."""
        return self._only

    @property
    def chooser(self) -> FilterChooser | None:
        """The panel to choose in, once it was opened."""
        return self._chooser

    @property
    def names_colleagues(self) -> bool:
        """Whether somebody else than the acting coder is asked for."""
        return any(each.kind == "coder" and each.id != self._bridge.coder for each in self._chosen)

    # Methods

    def ask(self) -> None:
        """Open the panel to choose in."""
        from qcode.ui.code.filter_chooser import FilterChooser

        if self._chooser is None:
            self._chooser = FilterChooser(self._room.window())
            self._chooser.turned.connect(self._on_turned)
            self._bridge.closing.connect(self._chooser.deleteLater)
        self._chooser.ask(list(self._offers()), self._keys())

    def turn(self, chosen: Chosen) -> None:
        """Filter by one more thing, or by it no longer."""
        if chosen.key in self._keys():
            self._take([each for each in self._chosen if each.key != chosen.key])
        else:
            self._take([*self._chosen, chosen])

    def turn_code(self, code: str) -> None:
        """Show only a code and those below it, or no longer."""
        row = self._desk.code(code)
        if row is not None:
            self.turn(Chosen("code", row.id, row.name, row.colour))

    def add_rounds(self, ids: Collection[str]) -> None:
        """Show the codings of these rounds too."""
        named = [Chosen("round", each.id, each.name) for each in rounds(self._bridge.study) if each.id in ids]
        self._take([*self._chosen, *(each for each in named if each.key not in self._keys())])

    def drop_coders(self) -> None:
        """Let all coders through again."""
        self._take([each for each in self._chosen if each.kind != "coder"])

    def clear(self) -> None:
        """Let everything through again."""
        self._take([])

    def follow(self) -> None:
        """Take over new names, and let go of what is no longer in the study."""
        if self._chosen:
            known = {offer.chosen.key: offer.chosen for offer in self._offers()}
            self._take([known[each.key] for each in self._chosen if each.key in known])

    # Private slots

    def _on_turned(self, chosen: Chosen) -> None:
        self.turn(chosen)
        if self._chooser is not None:
            self._chooser.update_taken(self._keys())

    # Internal

    def _keys(self) -> set[str]:
        return {each.key for each in self._chosen}

    def _take(self, chosen: Sequence[Chosen]) -> None:
        sets = code_sets(self._bridge.study) if any(each.kind == "set" for each in chosen) else ()
        only = narrowing(chosen, self._desk.codes, sets)
        before = self._chosen, self._only
        self._chosen, self._only = tuple(chosen), only
        if before != (self._chosen, self._only):
            self.changed.emit()

    def _offers(self) -> Iterator[Offer]:
        from qcode.ui.code.filter_chooser import Offer

        study, desk = self._bridge.study, self._desk
        here = Counter[str](row.code for row in desk.known.without_filter(desk.choice))
        for row in reversed(desk.codes):
            if row.parent is not None:
                here[row.parent] += here[row.id]
        for row in desk.codes:
            about = f"{here[row.id]:,} here" if here[row.id] else ""
            yield Offer(Chosen("code", row.id, row.name, row.colour), " ".join(row.path), about)
        for held in code_sets(study):
            yield Offer(Chosen("set", held.id, held.name), held.name, f"set of {len(held.codes):,}")
        for coder in coders(study):
            yield Offer(Chosen("coder", coder.id, coder.name), coder.name, "coder")
        for each in rounds(study):
            yield Offer(Chosen("round", each.id, each.name), each.name, "round")
