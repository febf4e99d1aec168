"""What opens the passages behind a code or a theme: exactly those that are counted, with how many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from qcode.queries.codings import Looking

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus, Mark


class Behind(NamedTuple):
    """What the drawer is asked to show, and how it calls that; `sentence` says instead why there is nothing."""

    title: str
    looking: Looking
    sentence: str = ""


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
    return Behind(counted_behind(name, {mark[:3]: mark for mark in marks}.values()), looking_of(marks), nothing)
