"""What goes into the measurement of agreement and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

type Unit = Literal["sentence", "turn", "paragraph", "token", "character", "segment", "merged", "document"]
type Status = Literal["ok", "no_variation", "no_pairable_units"]
type FlagKind = Literal[
    "no_shared_document",
    "insufficient_variation",
    "coder_never_used",
    "no_disagreement",
    "too_few_documents",
    "few_documents",
    "disagreement_in_one_document",
    "variation_in_one_document",
]


@dataclass(frozen=True, slots=True)
class DocumentCodings:
    """One document as its coders handed it in: who finished it, and which stretches each marked with which code.

    A coder in `coders` who marked nothing looked and found nothing; one who is not there is missing, and spans of
    theirs are not counted. `unseen` holds the (coder, code) pairs where the coder did not know the code when handing
    in: missing too. Spans are trimmed, not empty, inside [0, length); a coder's own may overlap. Units are sorted,
    do not overlap, and hold all text but whitespace: sentences, turns, paragraphs, tokens, or segments that were cut
    beforehand, whichever is asked for.
    `parts` are what a coder was given of the document, where that is not all of it, and `excluded` what counts for
    nobody.
    """

    document: str
    length: int
    units: Sequence[tuple[int, int]]
    coders: frozenset[str]
    spans: Mapping[tuple[str, str], Sequence[tuple[int, int]]]
    unseen: frozenset[tuple[str, str]] = frozenset()
    parts: Mapping[str, Sequence[tuple[int, int]]] = field(default_factory=dict)
    excluded: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning that belongs beside a number, with the coders and documents it names and how many documents count."""

    kind: FlagKind
    coders: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Krippendorff's alpha with what is needed to read it; a number that is not defined is None.

    `low` and `high` bound the 95 % interval, `se_log` is the jackknife's standard error of log(1 - alpha), and
    `below_667` and `below_800` are the probabilities that alpha lies below 0.667 and 0.800. `n` counts the units with
    at least two coders, `documents` the documents with at least two.
    """

    alpha: float | None
    low: float | None
    high: float | None
    se_log: float | None
    below_667: float | None
    below_800: float | None
    prevalence: float | None
    positive_agreement: float | None
    percent_agreement: float | None
    n: int
    documents: int
    status: Status
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeAgreement(Figures):
    """The figures of one code."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall(Figures):
    """The figures of all codes together: `alpha` sums raw disagreements over codes, `macro_alpha` is the plain mean.

    `undefined` counts the codes without an alpha, which no mean contains.
    """

    macro_alpha: float | None
    undefined: int


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """Agreement of all coders, code by code in the order asked for, and over all codes."""

    unit: Unit
    coders: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]
    overall: Overall


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Agreement of two coders over all codes, on the documents both finished."""

    first: str
    second: str
    overall: Overall
