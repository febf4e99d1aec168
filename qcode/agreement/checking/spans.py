"""Quantities of cases that give each coder's spans in documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, Final

from qcode.agreement import segments, stretches
from qcode.agreement.checking import shapes
from qcode.agreement.checking.answers import NotSupportedError, UnreadableCaseError, Value
from qcode.agreement.checking.matrices import SET_DISTANCES, of_ratings, of_sets
from qcode.agreement.continuum import (
    Piece,
    SquaredAlpha,
    Unitized,
    UnitizingAlpha,
    squared_alpha,
    unitizing_alpha,
)
from qcode.agreement.table import agreement
from qcode.agreement.values import CodeAgreement, DocumentCodings

_MOST_ALIGNED: Final = 100_000
_OVERLAP: Final = re.compile(r"span_f1_iou(\d\d|100)")

type _Computing[T] = Callable[[T], Value]


def of_spans(data: Mapping[str, Any], name: str, of: str | None) -> Value:
    """A quantity of spans; `of` is what stood in brackets: a code, or a coder."""
    documents = shapes.rows(shapes.part(data, "documents", "the data"), "“documents”")
    spans = _Spans(tuple(_document(row, number) for number, row in enumerate(documents, 1)), data)
    if of is None:
        if name not in _WHOLE:
            raise NotSupportedError(_WHY.get(name, f"“{name}” is not computed of spans"))
        return _WHOLE[name](spans)
    if name == "unit_values":
        return list(stretches.values_of_units(spans.only_document, of, spans.only_code, spans.units))
    if name.startswith("char_") and name != "char_status":
        return _of_characters(spans, name.removeprefix("char_"), of)
    if (overlap := _OVERLAP.fullmatch(name)) is not None:
        return _f1(int(overlap[1]) / 100)(spans, of)
    if name not in _CODE:
        raise NotSupportedError(f"“{name}” is not computed of a code's spans")
    return _CODE[name](spans, of)


@dataclass(frozen=True)
class _Spans:
    """The documents of a case and what is asked of all of them."""

    documents: tuple[Unitized, ...]
    data: Mapping[str, Any]

    @property
    def codes(self) -> list[str]:
        """The codes that anybody used."""
        return sorted({piece[2] for each in self.documents for units in each.units.values() for piece in units})

    @property
    def only_document(self) -> Unitized:
        """The document, where there is one."""
        if len(self.documents) != 1:
            raise NotSupportedError("it is computed of one document")
        return self.documents[0]

    @property
    def only_code(self) -> str:
        """The code, where there is one."""
        if len(self.codes) != 1:
            raise NotSupportedError("it is computed of one code")
        return self.codes[0]

    @property
    def units(self) -> list[tuple[int, int]]:
        """The given units of the document."""
        given = shapes.rows(shapes.part(self.data, "units", "the data"), "“units”")
        found = [[shapes.whole(shapes.part(unit, edge, "a unit"), edge) for edge in ("start", "end")] for unit in given]
        return [(start, end) for start, end in found]

    @cached_property
    def family(self) -> UnitizingAlpha:
        """The unitizing alphas of all codes together."""
        return unitizing_alpha(self.documents)

    def of(self, code: str) -> tuple[Unitized, ...]:
        """The documents with one code's spans alone."""
        return tuple(
            Unitized(
                each.document,
                each.length,
                {coder: [piece for piece in units if piece[2] == code] for coder, units in each.units.items()},
            )
            for each in self.documents
        )

    def figures(self, code: str) -> CodeAgreement:
        """What the program itself says of a code, by character."""
        return agreement([_codings(each) for each in self.documents], [code], unit="character").codes[0]


def _document(row: Any, number: int) -> Unitized:
    where = f"document {number:,}"
    length = shapes.whole(shapes.part(row, "length", where), "a length")
    begin = shapes.whole(row.get("begin", 0), "a beginning")
    coders = shapes.entries(shapes.part(row, "coders", where), f"“coders” of {where}")
    own = {coder: _pieces(spans, begin, length, where) for coder, spans in coders.items() if spans is not None}
    return Unitized(str(row.get("id", where)), length, own)


def _pieces(spans: Any, begin: int, length: int, where: str) -> list[Piece]:
    pieces = []
    for span in shapes.rows(spans, f"what a coder marked in {where}"):
        start, end = (shapes.whole(shapes.part(span, edge, f"a span of {where}"), edge) for edge in ("start", "end"))
        pieces.append((start - begin, end - begin, str(shapes.part(span, "code", f"a span of {where}"))))
    if any(not 0 <= start < end <= length for start, end, _value in pieces):
        raise UnreadableCaseError(f"a span of {where} is empty or does not lie in its document")
    return pieces


def _codings(each: Unitized) -> DocumentCodings:
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for coder, units in each.units.items():
        for start, end, value in units:
            spans.setdefault((coder, value), []).append((start, end))
    return DocumentCodings(each.document, each.length, (), frozenset(each.units), spans)


def _of_characters(spans: _Spans, name: str, code: str) -> Value:
    ratings = stretches.of_code(spans.documents, code)
    if name == "alpha":
        return spans.figures(code).alpha
    if name == "positive_agreement":
        return spans.figures(code).positive_agreement
    return of_ratings(ratings, name)


def _squared(spans: _Spans, code: str) -> SquaredAlpha:
    document = spans.only_document
    of_code = [_merged(units, code) for units in document.units.values()]
    return squared_alpha(document.length, of_code)


def _merged(units: Sequence[Piece], code: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end, value in sorted(units):
        if value == code and found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif value == code:
            found.append((start, end))
    return found


def _squared_of_all(spans: _Spans) -> Value:
    found = [_squared(spans, code) for code in spans.codes]
    expected = sum(each.expected for each in found)
    return 1 - sum(each.observed for each in found) / expected if expected else None


def _f1(least: float) -> Callable[[_Spans, str], Value]:
    def computing(spans: _Spans, code: str) -> Value:
        names = {name for each in spans.documents for name in each.units}
        if len(names) != 2:
            raise NotSupportedError("it is defined for two coders")
        shared = [each for each in spans.of(code) if len(each.units) == 2]
        pairs = [tuple([piece[:2] for piece in each.units[name]] for name in sorted(names)) for each in shared]
        return segments.f1(pairs, least=least)  # type: ignore[arg-type]  # two lists each

    return computing


def _disorder(spans: _Spans) -> Value:
    chosen = shapes.part(spans.data, "gamma", "the data")
    position, category, empty = (
        shapes.number(shapes.part(chosen, name, "“gamma”"), name) for name in ("alpha", "beta", "delta_empty")
    )
    coders = list(spans.only_document.units.values())
    if len(coders) > 3 or prod(len(units) + 1 for units in coders) > _MOST_ALIGNED:
        raise NotSupportedError("the disorder of more than three coders, or of very many units, is not computed")
    return segments.alignment_disorder(coders, position=position, category=category, empty=empty)


def _unit_alpha(spans: _Spans) -> Value:
    ratings = stretches.of_units(spans.documents, spans.only_code, spans.units)
    return of_ratings(ratings, "krippendorff_alpha_nominal")


def _by_sets(name: str, *, coded_only: bool = False) -> _Computing[_Spans]:
    return lambda spans: of_sets(stretches.of_sets(spans.documents, coded_only=coded_only), name)


_GAMMA: Final = "gamma rests on samples drawn at random, so it is not computed here; its disorder is"
_WHY: Final[Mapping[str, str]] = dict.fromkeys(("gamma", "gamma_seeded", "gamma_cat"), _GAMMA)
_WHOLE: Final[Mapping[str, _Computing[_Spans]]] = {
    "u_alpha": lambda spans: spans.family.alpha,
    "bar_u_alpha": lambda spans: spans.family.binary,
    "cu_alpha": lambda spans: spans.family.coding,
    "cu_alpha_union_variant": lambda spans: spans.family.coding_union,
    "coverage": lambda spans: spans.family.coverage,
    "alpha_u_2004": _squared_of_all,
    "gamma_disorder": _disorder,
    "unit_alpha": _unit_alpha,
    "jackknife_se_log": lambda spans: spans.figures(spans.only_code).se_log,
    "ci_low": lambda spans: spans.figures(spans.only_code).low,
    "ci_high": lambda spans: spans.figures(spans.only_code).high,
    "p_below_0.667": lambda spans: spans.figures(spans.only_code).below_667,
    "p_below_0.800": lambda spans: spans.figures(spans.only_code).below_800,
    **{name: _by_sets(name) for name in ("mvalpha", *SET_DISTANCES)},
    **{f"{name}_coded_text_only": _by_sets(name, coded_only=True) for name in ("mvalpha", *SET_DISTANCES)},
}
_CODE: Final[Mapping[str, Callable[[_Spans, str], Value]]] = {
    "char_status": lambda spans, code: spans.figures(code).status,
    "u_alpha_single": lambda spans, code: unitizing_alpha(spans.of(code)).alpha,
    "bar_u_alpha_single": lambda spans, code: unitizing_alpha(spans.of(code)).binary,
    "ku_alpha": lambda spans, code: spans.family.values[code],
    "k_coverage": lambda spans, code: spans.family.value_coverage[code],
    "Do": lambda spans, code: _squared(spans, code).observed,
    "De": lambda spans, code: _squared(spans, code).expected,
    "alpha_u_2004": lambda spans, code: _squared(spans, code).value,
    "span_f1_exact": _f1(1.0),
    "doc_presence_alpha": lambda spans, code: of_ratings(
        stretches.of_documents(spans.documents, code), "krippendorff_alpha_nominal"
    ),
    "doc_presence_pa": lambda spans, code: of_ratings(
        stretches.of_documents(spans.documents, code), "percent_agreement"
    ),
}
