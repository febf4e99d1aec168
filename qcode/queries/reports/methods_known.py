"""What the methods of a study are told from, each part read when it is first asked for, and how numbers are worded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from qcode.analysis.corpus import Corpus
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.counting.corpus import corpus
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.team import RoundRow, StudyCard, coders, rounds, study_card
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.queries.transcripts.alignment import translation_pairs
from qcode.queries.transcripts.documents import DocumentRow, documents, participants
from qcode.study import Study

_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass
class Known:
    """What the sentences are made of, each part read when it is first asked for."""

    study: Study

    @cached_property
    def card(self) -> StudyCard:
        """What the study says of itself."""
        return study_card(self.study)

    @cached_property
    def texts(self) -> list[DocumentRow]:
        """What was collected: no memos, and translations stand for nothing of their own."""
        return [row for row in self.every_text if row.id not in self.translated]

    @cached_property
    def every_text(self) -> list[DocumentRow]:
        """What was collected, with the translations of it."""
        return [row for row in documents(self.study, counted=False) if row.kind != "memo"]

    @cached_property
    def translated(self) -> frozenset[str]:
        """The documents that are translations of others."""
        return frozenset(made for made, _original in translation_pairs(self.study))

    @cached_property
    def people(self) -> Sequence[str]:
        """The group of every participant."""
        return [row.group for row in participants(self.study)]

    @cached_property
    def codings(self) -> list[CodingRow]:
        """What stands of everybody's codings: none that was removed, none made in a practice, none of a mere search."""
        practised = {row.id for row in self.rounds if row.purpose == "practice"}
        found = codings(self.study, Looking())
        return [row for row in found if row.round not in practised and not row.by_search]

    @cached_property
    def corpus(self) -> Corpus:
        """What tables count."""
        return corpus(self.study)

    @cached_property
    def coders(self) -> list[str]:
        """The names of those who coded."""
        active = {row.coder_id for row in self.codings}
        return [row.name for row in coders(self.study) if row.id in active]

    @cached_property
    def rounds(self) -> list[RoundRow]:
        """All rounds, also those in which nobody coded yet."""
        return rounds(self.study)

    @cached_property
    def themes(self) -> list[ThemeRow]:
        """The themes with their chosen quotes."""
        return themes(self.study)

    @cached_property
    def quotes(self) -> list[QuoteRow]:
        """All chosen quotes, theme by theme."""
        return [quote for theme in self.themes for quote in theme.quotes]


def counted(number: int, noun: str, several: str = "") -> str:
    """A number and what there are so many of."""
    return f"{in_words(number)} {noun if number == 1 else several or noun + 's'}"


def in_words(number: int) -> str:
    """Small numbers in words, as running text has them."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def listed(parts: Sequence[str]) -> str:
    """Things in a row, the last after “and”."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def began(sentence: str) -> str:
    """The sentence with its first letter large, and no other changed."""
    return sentence[:1].upper() + sentence[1:]
