"""What a report of agreement says of boundaries, of exclusive sets of codes, and of sets of codes as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BoundaryFigures:
    """Where coders let passages of a code begin and end: all coders (`coders` is empty) or two; None if not defined.

    `alpha` is unitizing alpha, `exact` and `half` are F1 of passages that are the same and that share half of what they
    cover together, `share` is what matched ones share on average. Of more than two coders these are means over pairs,
    and the counts sums.
    """

    code: tuple[str, ...]
    coders: tuple[str, ...]
    alpha: float | None
    low: float | None
    high: float | None
    exact: float | None
    half: float | None
    share: float | None
    matched: int
    only_first: int
    only_second: int


@dataclass(frozen=True, slots=True)
class DomainFigure:
    """A line on a domain: the whole of it (`code` is empty), or one of its codes; None if not defined."""

    code: str
    alpha: float | None
    binary: float | None
    coding: float | None
    low: float | None
    high: float | None
    coverage: float | None
    pooled: float | None


@dataclass(frozen=True, slots=True)
class OverlapFigure:
    """Two passages [start, end) of one coder that overlap though their codes exclude each other; turns from 1, or 0."""

    coder: str
    document: str
    codes: tuple[str, str]
    places: tuple[tuple[int, int], tuple[int, int]]
    turns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DomainSection:
    """An exclusive set of codes: its lines and pairs (names, cuα, coverage), or the sentence why there are no figures.

    `overlaps` are all passages that stand in the way of figures. `missing` names (document, coder) left out, as the
    coder did not know all of the codes.
    """

    name: str
    codes: tuple[str, ...]
    rows: tuple[DomainFigure, ...]
    pairs: tuple[tuple[str, str, float | None, float | None], ...]
    documents: int
    missing: tuple[tuple[str, str], ...]
    refusal: str = ""
    overlaps: tuple[OverlapFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class SetFigure:
    """An alpha of sets of codes by a unit, with its definition; None if not defined.

    It is given on all text, and as conditional on text that somebody coded.
    """

    unit: str
    measure: str
    name: str
    definition: str
    alpha: float | None
    low: float | None
    high: float | None
    conditional: float | None
    conditional_low: float | None
    conditional_high: float | None

    @property
    def id(self) -> tuple[str, str]:
        """The unit and the measure."""
        return self.unit, self.measure


@dataclass(frozen=True, slots=True)
class SetSection:
    """The alphas of sets of codes by one unit, with how many units count, and in how many documents.

    `missing` names (document, code) left out for everybody there, as a coder did not know the code.
    """

    unit: str
    rows: tuple[SetFigure, ...]
    units: int
    coded_units: int
    documents: int
    missing: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BoundarySection:
    """Boundaries of every code, of every code by pair of coders, and exclusive sets of codes as domains."""

    codes: tuple[BoundaryFigures, ...]
    pairs: tuple[BoundaryFigures, ...]
    domains: tuple[DomainSection, ...]
