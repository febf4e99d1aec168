"""What divides a table into columns: documents, groups, and what is recorded about participants and documents."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.typed import shown_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qcode.analysis.corpus import Corpus, Recorded, Text

NOT_RECORDED: Final = ""
"""The key of the column for whom nothing is recorded."""
_OWN: Final = frozenset({"role", "site", "mode"})
"""What every study can record as a text; free text that it records itself divides nothing."""
_FEW_NUMBERS: Final = 5
"""More different numbers than these are divided at the middle one of them."""


class UnknownDivisionError(QcodeError):
    """Nothing of that name divides a study."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"“{name}” does not divide this study. Use one of: {', '.join(known)}.")


class OneLevelError(QcodeError):
    """What is to divide a study says the same of all."""

    def __init__(self, name: str, level: str) -> None:
        super().__init__(
            f"“{name}” says “{level}” of everybody, so there is nothing to set side by side. Choose what differs."
            if level
            else f"Nothing is recorded as “{name}” yet. Record it in the Transcripts room, or choose something else."
        )


@dataclass(frozen=True, slots=True)
class Division:
    """What divides a table into columns: its name, the keys and names of the columns, and where a turn belongs.

    Where a turn belongs hangs on its text and on who speaks in it; to None where that says nothing, since nobody
    recorded speaks.
    """

    name: str
    columns: tuple[tuple[str, str], ...]
    column: Callable[[Text, str], str | None]
    of_documents: bool = False


def division_of(corpus: Corpus, by: str) -> Division:
    """What divides a table by this name or key of an attribute. Raises UnknownDivisionError and OneLevelError."""
    wanted = by.strip().casefold()
    if wanted == "document":
        named = tuple((one.document, one.name) for one in corpus.texts)
        return Division("document", named, lambda text, _who: text.document, of_documents=True)
    if wanted == "group":
        return _by_group(corpus)
    meant = [one for one in corpus.attributes if by == one.key or wanted == one.name.casefold()]
    if not meant:
        raise UnknownDivisionError(by, divisions(corpus))
    return _by_attribute(corpus, max(meant, key=lambda one: len(one.levels) > 1))  # a site is anybody's, for instance


def _by_group(corpus: Corpus) -> Division:
    groups = {one.id: one.group for one in corpus.people}

    def group(text: Text, who: str) -> str:
        return groups.get(who, "") or text.group

    return _levels(corpus, "group", sorted({*groups.values(), *(one.group for one in corpus.texts)}), group)


def _by_attribute(corpus: Corpus, recorded: Recorded) -> Division:
    key, (levels, banded) = recorded.key, _bands(recorded)
    if recorded.subject == "document":
        return _levels(corpus, recorded.name, levels, lambda text, _who: banded(text.attributes.get(key, "")))
    typed = {one.id: banded(one.attributes.get(key, "")) for one in corpus.people}
    return _levels(corpus, recorded.name, levels, lambda _text, who: typed.get(who))


def _bands(recorded: Recorded) -> tuple[Sequence[str], Callable[[str], str]]:
    """The columns of an attribute: its levels, years of dates, and many numbers divided at their median."""
    if recorded.kind == "date":
        return tuple(dict.fromkeys(map(_year, recorded.levels))), _year
    numbers = {level: float(level) for level in recorded.levels if _is_number(level)}
    if recorded.kind != "number" or len(numbers) <= _FEW_NUMBERS:
        return recorded.levels, str
    middle = sorted(numbers.values())[(len(numbers) - 1) // 2]
    low, high = f"up to {shown_number(middle)}", f"over {shown_number(middle)}"
    bands = {level: low if number <= middle else high for level, number in numbers.items()}
    rest = [level for level in recorded.levels if level not in numbers]
    return (low, high, *rest), lambda text: bands.get(text, text)


def _year(date: str) -> str:
    return date[:4] if date[:4].isdecimal() else date


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _levels(corpus: Corpus, name: str, levels: Iterable[str], column: Callable[[Text, str], str | None]) -> Division:
    """The levels that are said of somebody who is heard, in order, those of whom none is recorded last."""
    heard = {column(text, who) for text, who in _voices(corpus)} - {None}
    named = [(level, level) for level in levels if level in heard and level != NOT_RECORDED]
    if len(heard) < 2:
        raise OneLevelError(name, named[0][1] if named else "")
    rest = [(NOT_RECORDED, "Not recorded")] if NOT_RECORDED in heard else []
    return Division(name, (*named, *rest), column)


def _voices(corpus: Corpus) -> Iterator[tuple[Text, str]]:
    """Every text with who speaks in turns of it that are counted; nobody is the empty text."""
    for text in corpus.texts:
        yield from ((text, who) for who in dict.fromkeys(turn.participant for turn in text.turns if turn.counted))


def divisions(corpus: Corpus) -> tuple[str, ...]:
    """What a table can be divided by: "document", "group", and the names of what is recorded."""
    named = [one.name for one in corpus.attributes if len(one.levels) > 1 and (one.kind != "text" or one.key in _OWN)]
    return ("document", "group", *dict.fromkeys(named))
