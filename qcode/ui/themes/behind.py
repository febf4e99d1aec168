"""What opens the passages behind a code or a theme: exactly those that are counted, with how many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from qcode.ids import DocumentId
from qcode.queries.codings import Looking
from qcode.study import Place

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus, Mark


class Behind(NamedTuple):
    """What the drawer is asked to show, and how it calls that; `sentence` says instead why there is nothing.

    What a verdict put into the consensus and nobody coded has no codings to list: it leads to its `place` in the text.
    """

    title: str
    looking: Looking
    sentence: str = ""
    place: Place | None = None


def behind_codes(counted: Corpus, name: str, codes: Collection[str]) -> Behind:
    """What is behind codes: each stretch of a text once, whichever of them are there."""
    return behind_passages(name, (mark for mark in counted.all_marks() if mark.code in codes))


def behind_theme(counted: Corpus, name: str, theme: str) -> Behind:
    """What is behind a theme and those below it."""
    return behind_passages(f"Theme “{name}”", counted.of_theme(theme))


def behind_passages(name: str, passages: Iterable[Mark]) -> Behind:
    """What is behind passages that were counted."""
    from qcode.queries.counting.corpus import counted_behind, looking_of

    marks = list(passages)
    nothing = "" if marks else f"{name} has no passages yet."
    uncoded = bool(marks) and not any(mark.codings for mark in marks)
    place = Place(DocumentId(marks[0].document), marks[0].start, marks[0].end) if uncoded else None
    return Behind(counted_behind(name, {mark[:3]: mark for mark in marks}.values()), looking_of(marks), nothing, place)
