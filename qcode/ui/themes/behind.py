"""Where what is counted leads: to exactly those passages, with how many they are, or to a place in a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from qcode.ids import DocumentId
from qcode.queries.codings import Looking
from qcode.study import Place

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from qcode.analysis.corpus import Corpus, Mark
    from qcode.ui.bridge import StudyBridge


class Asking(Protocol):
    """A part of the room from which something leads elsewhere."""

    @property
    def bridge(self) -> StudyBridge:
        """Where sentences are told."""

    @property
    def requestPassages(self) -> SignalInstance:
        """Asks for passages in the drawer, under a title."""

    @property
    def requestPlace(self) -> SignalInstance:
        """Asks for a place in a text."""


class Behind(NamedTuple):
    """What the drawer is asked to show, and how it calls that; or a place in a text; or why there is neither.

    What a verdict put into the consensus and nobody coded has no codings to list: it leads to its `place` in the text.
    """

    title: str
    looking: Looking | None = None
    place: Place | None = None
    sentence: str = ""

    def lead(self, asking: Asking) -> None:
        """Go there, or say why not."""
        if self.place is not None:
            asking.requestPlace.emit(self.place)
        elif self.looking is not None:
            asking.requestPassages.emit(self.title, self.looking)
        else:
            asking.bridge.informed.emit(self.sentence)


def behind_codes(counted: Corpus, name: str, codes: Collection[str]) -> Behind:
    """What is behind codes: each stretch of a text once, whichever of them are there."""
    return behind_passages(name, (mark for mark in counted.all_marks() if mark.code in codes))


def behind_theme(counted: Corpus, name: str, theme: str) -> Behind:
    """What is behind a theme and those below it."""
    return behind_passages(f"Theme “{name}”", counted.of_theme(theme))


def behind_passages(name: str, passages: Iterable[Mark]) -> Behind:
    """What is behind passages that were counted: their codings, and how many passages these are."""
    from qcode.queries.counting.corpus import counted_behind, looking_of

    marks = list(passages)
    title = counted_behind(name, {mark[:3] for mark in marks})
    if any(mark.codings for mark in marks):
        return Behind(title, looking_of(marks))
    if marks:
        return Behind(title, place=Place(DocumentId(marks[0].document), marks[0].start, marks[0].end))
    return Behind(name, sentence=f"{name} has no passages yet.")
