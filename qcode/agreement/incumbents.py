"""What other programs would print of the same codings, so that a team that is asked for it can answer.

Each is computed as that program documents it, from the characters or segments of two coders and one code; none of them
is recommended. They know no parts and no excluded text, so what both coders were asked of is closed up first, as if it
were all there was. NVivo: percent agreement and kappa by characters, for each document, and the plain mean over
documents. MAXQDA: segments that overlap by 90 % or more, and a kappa whose chance is one over the number of codes.
ATLAS.ti: percent agreement of characters and Holsti's index over what was applied. QualCoder: a kappa over text that
somebody coded, whose chance multiplies what it should add.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Final

from qcode.agreement.boundaries import asked_of_both
from qcode.agreement.segments import f1
from qcode.agreement.two_by_two import TwoByTwo
from qcode.text.ranges import union

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qcode.agreement.values import DocumentCodings

type Span = tuple[int, int]

_MAXQDA: Final = 0.9


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """The spans of two coders with one code in a document of so many characters; own spans do not overlap."""

    length: int
    first: Sequence[Span]
    second: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Incumbents:
    """The figures by program; None where that program prints none."""

    nvivo_percent: float | None
    nvivo_kappa: float | None
    maxqda_segments: float | None
    maxqda_kappa: float | None
    atlas_percent: float | None
    atlas_holsti: float | None
    qualcoder_kappa: float | None


def shared_document(document: DocumentCodings, pair: tuple[str, str], code: str) -> SharedDocument:
    """What two coders marked with a code in the text that both were asked of, closed up where other text lies between.

    A passage that reaches over text that was not asked is one shorter passage, and one that lies in it is none.
    """
    asked = asked_of_both(document, pair)
    one, other = (_closed_up(union(document.spans.get((coder, code), ())), asked) for coder in pair)
    return SharedDocument(sum(end - start for start, end in asked), one, other)


def _closed_up(spans: Iterable[Span], asked: Sequence[Span]) -> list[Span]:
    def ahead(at: int) -> int:
        return sum(max(0, min(end, at) - start) for start, end in asked)

    moved = [(ahead(start), ahead(end)) for start, end in spans]
    return [(start, end) for start, end in moved if start < end]


def incumbents(documents: Sequence[SharedDocument], *, codes: int) -> Incumbents:
    """What each prints of one code, in a codebook of so many."""
    tables = [cells(each) for each in documents if each.length]
    whole = TwoByTwo(
        sum(table.both for table in tables),
        sum(table.first for table in tables),
        sum(table.second for table in tables),
        sum(table.neither for table in tables),
    )
    segments = f1([(each.first, each.second) for each in documents], least=_MAXQDA)
    by_chance = 1 / codes if codes else 1.0
    return Incumbents(
        _mean([table.agreement for table in tables]),
        _mean([_nvivo(table) for table in tables]),
        _or_none(segments),
        None if isnan(segments) or by_chance == 1 else (segments - by_chance) / (1 - by_chance),
        _or_none(whole.agreement),
        _or_none(whole.positive_agreement),
        _qualcoder(whole),
    )


def cells(document: SharedDocument) -> TwoByTwo:
    """How many characters both marked, only one of them, and neither."""
    one, other = (sum(end - start for start, end in spans) for spans in (document.first, document.second))
    both = sum(
        max(0, min(end, finish) - max(start, begin))
        for start, end in document.first
        for begin, finish in document.second
    )
    return TwoByTwo(both, one - both, other - both, document.length - one - other + both)


def _nvivo(table: TwoByTwo) -> float:
    """Kappa by document, 1 where both are empty or both full, as NVivo has it."""
    return 1.0 if table.chance == 1 else table.cohen


def _qualcoder(table: TwoByTwo) -> float | None:
    """Over text that somebody coded, with the product of both chances where their sum belongs."""
    coded = table.both + table.first + table.second
    if not coded:
        return None
    yes = (table.both + table.first) / coded * (table.both + table.second) / coded
    no = table.second / coded * (table.first / coded)
    chance = yes * no
    return (table.both / coded - chance) / (1 - chance) if chance < 1 else None


def _mean(values: Sequence[float]) -> float | None:
    defined = [value for value in values if not isnan(value)]
    return sum(defined) / len(defined) if defined else None


def _or_none(value: float) -> float | None:
    return None if isnan(value) else value
