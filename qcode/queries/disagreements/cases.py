"""Where coders who handed in the same document of a round differ: cases, computed and never stored."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple, Self

from sqlalchemy.orm import Session

from qcode.ids import RoundId
from qcode.queries.disagreements.frame import Frame, frame_of
from qcode.queries.disagreements.material import Material, materials
from qcode.queries.disagreements.renewal import Touched, touched_since
from qcode.queries.disagreements.rows import (
    AssentRow,
    CaseRow,
    Changed,
    DecisionRow,
    Lane,
    LaneSpan,
    Order,
    Queue,
    State,
)
from qcode.queries.disagreements.rulings import Ruling, documents_decided, rounds_decided, rulings
from qcode.queries.disagreements.sheets import Counts, Sheet, sheet_of
from qcode.queries.team import RoundRow, assigned, rounds
from qcode.queries.touched import Moment, moment_of
from qcode.study import Study

__all__ = [
    "AssentRow",
    "CaseRow",
    "Cases",
    "Changed",
    "DecisionRow",
    "Lane",
    "LaneSpan",
    "Order",
    "Queue",
    "State",
    "decided_elsewhere",
    "decision_rows",
    "disagreements",
    "precedents",
    "precedents_among",
    "round_to_reconcile",
]

_EVERYTHING: Final = Touched(anything=True)
_NEVER: Final = Moment(-1, -1)


type _Sorted = list[tuple[tuple[Any, ...], CaseRow]]


@dataclass(frozen=True, eq=False)
class Cases:
    """The cases of one round as the acting coder may see them, with its decisions; filters without reading again.

    `apart` are decisions about documents of which two texts wait to be settled: these have no cases until then.
    """

    round: RoundId | None
    viewer: str | None = None
    moment: Moment = _NEVER
    frame: Frame | None = None
    materials: Mapping[str, Material] = field(default_factory=dict)
    rulings: Mapping[str, list[Ruling]] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    apart: tuple[DecisionRow, ...] = ()
    _orders: dict[Order, _Sorted] = field(default_factory=dict)
    _before: tuple[Mapping[Order, _Sorted], frozenset[str]] = field(default_factory=lambda: ({}, frozenset()))

    @classmethod
    def of(cls, study: Study, round_id: RoundId | None = None, *, before: Self | None = None) -> Self:
        """The cases of a round, or of the latest main one that two coders share a document of.

        Given those from `before`, only what was touched since is read and compared again.
        """
        if round_id is None:
            chosen = round_to_reconcile(study)
            round_id = None if chosen is None else chosen.id
        if round_id is None:
            return cls(None)
        with study.read() as session:
            now = moment_of(session)
            if before is None or before.frame is None or (before.round, before.viewer) != (round_id, study.coder):
                return cls._read(study, session, now, cls(round_id, study.coder), _EVERYTHING)
            touched = touched_since(session, before.moment, now)
            if touched == Touched():
                return before if now == before.moment else replace(before, moment=now)
            return cls._read(study, session, now, before, touched)

    @classmethod
    def _read(cls, study: Study, session: Session, now: Moment, before: Self, touched: Touched) -> Self:
        round_id = before.round or RoundId("")
        frame = _frame(session, before, round_id, touched)
        everywhere = documents_decided(session, round_id)
        decided = everywhere & frame.documents.keys()
        wanted = {key for key, facts in frame.documents.items() if len(facts.coders) > 1} | decided
        kept = _kept(before, frame, touched)
        found = materials(study, session, frame, wanted - kept.materials)
        read = {key: before.materials[key] if key in kept.materials else found[key] for key in frame.sorted(wanted)}
        ruled = {key: before.rulings[key] for key in decided & kept.rulings}
        ruled |= rulings(session, frame, decided - ruled.keys())
        sheets = {
            key: before.sheets[key]
            if key in kept.sheets
            else sheet_of(frame, material, ruled.get(key, ()), before.sheets.get(key) if key in kept.plain else None)
            for key, material in read.items()
        }
        told = rulings(session, frame, everywhere & frame.unsettled.keys()).values()
        apart = tuple(one.row for own in told for one in own)
        known = before._orders if kept.sheets else {}
        return cls(round_id, before.viewer, now, frame, read, ruled, sheets, apart, {}, (known, kept.sheets))

    @cached_property
    def rows(self) -> tuple[CaseRow, ...]:
        """All cases, document by document, with those that are unanimous."""
        return tuple(chain.from_iterable(sheet.rows for sheet in self.sheets.values()))

    @cached_property
    def decisions(self) -> tuple[DecisionRow, ...]:
        """All decisions about them, document by document."""
        return tuple(chain.from_iterable(sheet.decisions for sheet in self.sheets.values()))

    @property
    def unanimous(self) -> tuple[CaseRow, ...]:
        """The passages that all coders who were asked marked alike."""
        return tuple(chain.from_iterable(sheet.unanimous for sheet in self.sheets.values()))

    @cached_property
    def counts(self) -> Counts:
        """How many there are."""
        return sum((sheet.counts for sheet in self.sheets.values()), start=Counts())

    @cached_property
    def _by_id(self) -> dict[str, CaseRow]:
        return {row.id: row for row in self.rows}

    @cached_property
    def _by_decision(self) -> dict[str, CaseRow]:
        decided = (row for row in self.rows if row.decision is not None)
        return {one.id: row for row in decided for one in (row.decision, *row.others) if one is not None}

    def case(self, key: str) -> CaseRow | None:
        """The case of an id, if it is still one."""
        return self._by_id.get(key)

    def of_decision(self, decision: str) -> CaseRow | None:
        """The case that a decision is about."""
        return self._by_decision.get(decision)

    def queue(
        self,
        *,
        kinds: Collection[str] = (),
        codes: Collection[str] = (),
        documents: Collection[str] = (),
        state: State = "open",
        order: Order = "pair",
    ) -> Queue:
        """The cases of these kinds, codes and documents, or of all, in order.

        Unanimous passages are among them only if their kind is asked for, or if something else was decided there.
        """
        frame = self.frame
        if frame is None:
            return Queue(())
        of_state, wanted = _STATES[state], frozenset(codes)
        found = [
            row
            for _key, row in self._in_order(frame, order, unanimous="unanimous" in kinds)
            if (not kinds or row.kind in kinds)
            and (not documents or row.document in documents)
            and (not wanted or not wanted.isdisjoint(row.codes))
            and of_state(row)
        ]
        return Queue(
            tuple(found),
            **asdict(self.counts),
            waiting=frame.waiting,
            withheld=tuple(frame.withheld.values()),
            unsettled=tuple(frame.unsettled.values()),
        )

    def _in_order(self, frame: Frame, order: Order, *, unanimous: bool) -> _Sorted:
        if unanimous:
            return sorted(_keyed(frame, order, self.rows))
        if order not in self._orders:
            self._orders[order] = self._sorted(frame, order)
        return self._orders[order]

    def _sorted(self, frame: Frame, order: Order) -> _Sorted:
        """Rows in order; where they were in order before, those of documents that changed find their place."""
        orders, same = self._before
        known = [one for one in orders[order] if one[1].document in same] if order in orders else []
        new = (sheet.to_settle for key, sheet in self.sheets.items() if not known or key not in same)
        rows = sorted(_keyed(frame, order, chain.from_iterable(new)))
        if len(rows) > len(known):
            return sorted([*known, *rows])
        for one in rows:
            insort(known, one)
        return known


def disagreements(
    study: Study,
    *,
    round_id: RoundId | None = None,
    kinds: Collection[str] = (),
    codes: Collection[str] = (),
    documents: Collection[str] = (),
    state: State = "open",
    order: Order = "pair",
) -> Queue:
    """The cases of a round, or of the latest main one that two coders share a document of."""
    found = Cases.of(study, round_id)
    return found.queue(kinds=kinds, codes=codes, documents=documents, state=state, order=order)


def decision_rows(study: Study, round_id: RoundId | None = None) -> tuple[DecisionRow, ...]:
    """The decisions of a round, or of all rounds, as far as the acting coder may see them."""
    with study.read() as session:
        wanted = [RoundId(round_id)] if round_id is not None else [RoundId(key) for key in rounds_decided(session)]
    order = {row.id: number for number, row in enumerate(rounds(study))}
    ordered = sorted((one for one in wanted if one in order), key=lambda one: order[one])
    found = (Cases.of(study, one) for one in ordered)
    return tuple(row for cases in found for row in (*cases.decisions, *cases.apart))


def precedents(study: Study, case: CaseRow, cases: Cases | None = None) -> tuple[DecisionRow, ...]:
    """What was decided about the same codes, in any round, the latest first; of its own round as `cases` have it."""
    here = cases.decisions if cases is not None else ()
    return precedents_among(case, (*here, *decided_elsewhere(study, cases.round if cases is not None else None)))


def precedents_among(case: CaseRow, decisions: Iterable[DecisionRow]) -> tuple[DecisionRow, ...]:
    """Those of some decisions that settle other cases about the same codes, the latest first."""
    own, codes = {one.id for one in (case.decision, *case.others) if one is not None}, set(case.codes)
    same = [one for one in decisions if one.settles and set(one.codes) == codes and one.id not in own]
    return tuple(sorted(same, key=lambda one: (one.at, one.id), reverse=True))


def decided_elsewhere(study: Study, round_id: RoundId | None) -> tuple[DecisionRow, ...]:
    """What was decided in all rounds but one; whether its evidence changed since is not looked at."""
    found: list[DecisionRow] = []
    with study.read() as session:
        for other in rounds_decided(session):
            if other != round_id:
                frame = frame_of(session, RoundId(other), study.coder)
                told = rulings(session, frame, frame.documents.keys() & documents_decided(session, other))
                found += [one.row for own_rulings in told.values() for one in own_rulings]
    return tuple(found)


def round_to_reconcile(study: Study) -> RoundRow | None:
    """The latest main round that two coders share a document of, or else the latest other one, or the latest of all.

    A file for one coder knows of nobody else: there, rounds of which something was decided are such.
    """
    known = rounds(study)
    with study.read() as session:
        decided = rounds_decided(session)
        shared = [row for row in known if row.id in decided or _is_shared(session, row)]
    main = [row for row in shared if row.purpose == "main"]
    return next(reversed(main or shared or known), None)


def _is_shared(session: Session, row: RoundRow) -> bool:
    done = [document for (document, _coder), state in assigned(session, row.id).items() if state == "handed in"]
    return len(done) > len(set(done))


def _frame(session: Session, before: Cases, round_id: RoundId, touched: Touched) -> Frame:
    """The frame of today; as it was where only decisions were written, with the codes as they were if none was."""
    known = None if touched.widely or touched.anything else before.frame
    if known is not None and not touched.documents:
        return known
    return frame_of(session, round_id, before.viewer, known)


class _Kept(NamedTuple):
    """The documents of which something is as it was read."""

    materials: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    rulings: frozenset[str] = frozenset()
    sheets: frozenset[str] = frozenset()


def _kept(before: Cases, frame: Frame, touched: Touched) -> _Kept:
    """What need not be read, nor written, again."""
    known = before.frame
    if known is None or touched.anything or not frame.reads_like(known):
        return _Kept()
    same = frozenset(
        key
        for key, material in before.materials.items()
        if key not in touched.documents and frame.documents.get(key) == material.facts
    )
    if not frame.shows_like(known):
        return _Kept(same)
    told = _telling(before) if touched.widely else frozenset()
    ruled = frozenset(before.rulings.keys() & same) - touched.decided - told
    return _Kept(same, same, ruled, frozenset(before.sheets.keys() & same) - touched.decided - told)


def _telling(before: Cases) -> frozenset[str]:
    """The documents with decisions that tell of codes, which may be merged ones, and of their definitions."""
    return frozenset(key for key, own in before.rulings.items() if any(one.row.led_to for one in own))


def _keyed(frame: Frame, order: Order, rows: Iterable[CaseRow]) -> Iterator[tuple[tuple[Any, ...], CaseRow]]:
    key = _ORDERS[order]
    return ((key(frame, row), row) for row in rows)


_STATES: Final[Mapping[State, Callable[[CaseRow], bool]]] = {
    "open": lambda row: row.open,
    "decided": lambda row: not row.open,
    "stale": lambda row: row.stale,
    "all": lambda _row: True,
}


def _ranks(frame: Frame, row: CaseRow) -> tuple[int, ...]:
    return tuple(frame.rank(code) for code in row.codes)


def _place(frame: Frame, row: CaseRow) -> tuple[Any, ...]:
    return frame.documents[row.document].position, row.start, row.end, row.id


def _by_pair(frame: Frame, row: CaseRow) -> tuple[Any, ...]:
    return len(row.codes) == 1, _ranks(frame, row), *_place(frame, row)


_ORDERS: Final[Mapping[Order, Callable[[Frame, CaseRow], tuple[Any, ...]]]] = {
    "pair": _by_pair,
    "code": lambda frame, row: (_ranks(frame, row)[:1], *_place(frame, row)),
    "document": _place,
    "certainty": lambda frame, row: (not row.unsure, *_by_pair(frame, row)),
}
