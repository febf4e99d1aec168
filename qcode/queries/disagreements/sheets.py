"""The cases of one document as they are shown, each with the decision that is about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import cached_property

from qcode.ids import CodeId, CoderId, derived_id
from qcode.queries.disagreements.frame import Frame
from qcode.queries.disagreements.material import Material
from qcode.queries.disagreements.rows import CaseRow, Changed, DecisionRow, Lane, LaneSpan
from qcode.queries.disagreements.rulings import Ruling
from qcode.reconciliation import Became, Case, Mark, changes, is_as_judged, matched


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases are open, decided and changed since, how many passages unanimous, and marks one coder's alone."""

    open: int = 0
    decided: int = 0
    stale: int = 0
    unanimous: int = 0
    alone: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Those of both."""
        return Counts(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Sheet:
    """A document's cases in order, also those that only a decision tells of, and the decisions about them.

    `alone` are marks that nobody else was asked about, of what two handed in, and `plain` the cases without what was
    decided about them.
    """

    plain: tuple[CaseRow, ...]
    rows: tuple[CaseRow, ...]
    decisions: tuple[DecisionRow, ...]
    alone: tuple[Mark, ...]

    @cached_property
    def to_settle(self) -> tuple[CaseRow, ...]:
        """Those to be settled: what is unanimous only where something else was decided, or has to be looked at."""
        return tuple(row for row in self.rows if row.kind != "unanimous" or _in_question(row))

    @cached_property
    def unanimous(self) -> tuple[CaseRow, ...]:
        """The passages that all coders who were asked marked alike."""
        return tuple(row for row in self.rows if row.kind == "unanimous" and not row.gone)

    @cached_property
    def counts(self) -> Counts:
        """How many there are."""
        to_do = sum(row.open for row in self.to_settle)
        stale = sum(row.stale for row in self.to_settle)
        return Counts(to_do, len(self.to_settle) - to_do, stale, len(self.unanimous), len(self.alone))


def _in_question(row: CaseRow) -> bool:
    return row.decision is not None and (row.stale or row.decision.outcome != "unanimous")


def sheet_of(frame: Frame, material: Material, rulings: Sequence[Ruling], before: Sheet | None = None) -> Sheet:
    """What is shown of a document; its cases are as `before`, if given, and only the decisions are others."""
    cases = material.compared.cases
    belongs = matched(cases, (one.judged for one in rulings)) if rulings else {}
    by_case: dict[int, list[Ruling]] = {}
    for ruling in rulings:
        if ruling.row.id in belongs:
            by_case.setdefault(belongs[ruling.row.id], []).append(ruling)
    writing = _Writing(frame, material)
    plain = tuple(map(writing.plain, cases)) if before is None else before.plain
    rows = [*plain]
    for number, own in by_case.items():
        rows[number] = writing.decided(plain[number], cases[number], own)
    rows += [writing.remembered(one) for one in rulings if one.row.id not in belongs]
    rows.sort(key=lambda row: (row.start, row.end, row.id))
    decided = [one for row in rows for one in (row.decision, *row.others) if one is not None]
    alone = material.compared.alone if len(material.facts.coders) > 1 else ()
    return Sheet(plain, tuple(rows), tuple(decided), alone)


class _Writing:
    """Writes the rows of a document."""

    def __init__(self, frame: Frame, material: Material) -> None:
        self._frame, self._material = frame, material

    def plain(self, case: Case) -> CaseRow:
        """A case without decisions."""
        return self._row(self._id("case", min(mark.coding for mark in case.marks)), case, self._lanes(case))

    def decided(self, row: CaseRow, case: Case, rulings: Sequence[Ruling]) -> CaseRow:
        """A case with the decisions that belong to it."""
        standing = {mark.coding for mark in case.marks}
        told = [self._told(one, case.marks, row.id) for one in _best_first(rulings, standing)]
        first = told[0]
        if case.kind == "unanimous" and not first.changes and not set(case.agreed) <= set(first.kept):
            first = replace(first, changes=(self._changed(Became("agreed", "", case.codes[0])),))
        return replace(row, decision=first, others=tuple(told[1:]))

    def remembered(self, ruling: Ruling) -> CaseRow:
        """A decision of which no case is left: what its coders have there now, if anything."""
        judged, material = ruling.judged, self._material
        place, codes = (judged.start, judged.end), set(judged.codes)
        found = [
            Mark(span.coding, coder, span.code, span.start, span.end)
            for coder in material.spans
            for span in material.around(coder, place)
            if span.code in codes
        ]
        asked = tuple(sorted({*material.spans, *(mark.coder for mark in judged.marks)}))
        case = Case(judged.id, "unanimous", *place, tuple(judged.codes), asked, tuple(sorted(found)), 0)
        key = self._id("decision", judged.id)
        return replace(self._row(key, case, self._lanes(case)), decision=self._told(ruling, found, key))

    def _id(self, *parts: str) -> str:
        return derived_id("reconcile", self._frame.round, self._material.facts.id, *parts)

    def _row(self, key: str, case: Case, lanes: tuple[Lane, ...]) -> CaseRow:
        frame, material = self._frame, self._material
        codes = sorted(case.codes, key=lambda code: (frame.rank(code), code))
        return CaseRow(
            key,
            frame.round,
            material.facts.id,
            material.facts.name,
            case.start,
            case.end,
            case.kind,
            tuple(CodeId(code) for code in codes),
            tuple(frame.name(code) for code in codes),
            frame.siblings(codes),
            lanes,
            any(span.certainty == "unsure" for lane in lanes for span in lane.spans),
            case.words,
            material.text[case.start : case.end],
            case.agreed,
        )

    def _lanes(self, case: Case) -> tuple[Lane, ...]:
        by_coding, own = self._material.by_coding, dict[str, list[LaneSpan]]()
        for mark in case.marks:
            own.setdefault(mark.coder, []).append(by_coding[mark.coding])
        lanes = (self._lane(coder, own.get(coder, ()), case) for coder in case.asked)
        return tuple(sorted(lanes, key=lambda lane: (lane.name, lane.coder)))

    def _lane(self, coder: str, spans: Sequence[LaneSpan], case: Case) -> Lane:
        name, initials = self._frame.coders.get(coder, ("…", ""))
        own = {span.coding for span in spans}
        beside = [one for one in self._material.around(coder, (case.start, case.end)) if one.coding not in own]
        ordered = spans if len(spans) < 2 else sorted(spans, key=lambda span: (span.start, span.end, span.coding))
        return Lane(CoderId(coder), name, initials, tuple(ordered), tuple(reversed(beside)))

    def _told(self, ruling: Ruling, now: Sequence[Mark], case: str) -> DecisionRow:
        judged, known = ruling.judged, self._material.facts.known
        # Marks of those of whom this copy knows nothing may stand as they were.
        told = judged._replace(marks=tuple(mark for mark in judged.marks if mark.coder in known))
        if is_as_judged(told, now):
            return replace(ruling.row, case=case)
        found = changes(told, now, self._material.standing, self._material.compared.ruler)
        return replace(ruling.row, changes=tuple(map(self._changed, found)), case=case)

    def _changed(self, one: Became) -> Changed:
        name, _initials = self._frame.coders.get(one.coder, ("…", ""))
        return Changed(one.what, CoderId(one.coder), name, CodeId(one.code), self._frame.name(one.code))


def _best_first(rulings: Sequence[Ruling], standing: set[str]) -> list[Ruling]:
    """Decisions about one case: first the one that rests on most of it, of such the latest."""
    ordered = sorted(rulings, key=lambda one: (one.row.at, one.row.id), reverse=True)
    return sorted(ordered, key=lambda one: -sum(mark.coding in standing for mark in one.judged.marks))
