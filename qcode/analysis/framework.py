"""The framework matrix: where each participant, or each document, speaks to each theme (Gale et al. 2013)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from qcode.analysis.corpus import Corpus, Mark, Text, united

type Rows = Literal["participant", "document"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix: somebody who took part, or a document; `about` says what else is known, as the group."""

    id: str
    name: str
    about: str


def lines(corpus: Corpus, rows: Rows) -> tuple[Line, ...]:
    """The rows of the matrix, in the order of collection."""
    if rows == "document":
        return tuple(Line(text.document, text.name, _about(text.kind, text.group)) for text in corpus.texts)
    met = dict.fromkeys(person for text in corpus.texts for person in _speakers(text))
    known = (corpus.person[key] for key in met if key in corpus.person)
    return tuple(Line(one.id, one.name, _about(one.role, one.group)) for one in known)


def cells(corpus: Corpus, rows: Rows) -> Mapping[tuple[str, str], tuple[Mark, ...]]:
    """The passages of each cell by (row, theme), each stretch once whatever codes of the theme it bears.

    A theme counts the codes of those below it. A passage is of everybody who speaks in it and took part; the codes of
    the marks are ids of themes here.
    """
    themes: dict[str, list[str]] = {}
    for theme in corpus.themes:
        for code in theme.codes:
            themes.setdefault(code, []).append(theme.id)
    found: dict[tuple[str, str], list[Mark]] = {}
    for text in corpus.texts:
        own = (mark._replace(code=theme) for mark in corpus.marks[text.document] for theme in themes.get(mark.code, ()))
        for mark in united(text.text, own):
            for row in _rows_of(text, mark, rows):
                found.setdefault((row, mark.code), []).append(mark)
    return {key: tuple(marks) for key, marks in found.items()}


def _rows_of(text: Text, mark: Mark, rows: Rows) -> Iterable[str]:
    if rows == "document":
        return (text.document,)
    spoken = (text.turns[number] for number in text.turns_in(mark.start, mark.end))
    return dict.fromkeys(turn.participant for turn in spoken if turn.counted and turn.participant)


def _speakers(text: Text) -> Iterable[str]:
    return dict.fromkeys(turn.participant for turn in text.turns if turn.counted and turn.participant)


def _about(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
