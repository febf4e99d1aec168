"""What was planned for an agreement, held against what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, cast

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.agreement import Status, explain_status
from qcode.agreement.plans import Terms, chance_below, percent
from qcode.agreement.summary import summarise
from qcode.ids import CodeId
from qcode.models import Code, Coder, CodeSet
from qcode.models.journal import Change, Entry, Step, entries_of, fold
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.agreement.plans import Moment, PlanRow, before, plan_of
from qcode.queries.blindness import hidden_codes
from qcode.queries.codebook.tree import standing, tree
from qcode.queries.rounds.double_coding import DoublyCoded, doubly_coded
from qcode.queries.team import assigned
from qcode.reports.plan_values import PlannedFigure, PlannedThing, PlanSection
from qcode.study import Study

TOGETHER: Final = "together"
"""The id of the line of all planned codes together."""
_AS_FOUND: Final = "as planned"
_NO_INTERVAL: Final = "There is no interval below five documents, nor where coders never differ."
_OTHERWISE: Final = "These figures are not measured as planned, so nothing is said of the threshold."


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One thing that was planned, beside what was found; `holds` is None where it cannot be said, and `note` why."""

    id: str
    name: str
    planned: str
    found: str
    holds: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedCode(PlannedFigure):
    """A code against the threshold, or all of them together."""

    id: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """A plan and what came of it, thing by thing and code by code, with the whole of it in sentences."""

    plan: PlanRow
    items: tuple[PlannedItem, ...]
    codes: tuple[PlannedCode, ...]
    outcome: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """When it was planned, and what came of it."""
        return (*self.plan.history(), *self.outcome)


def compare_with_plan(study: Study, found: StudyAgreement) -> PlanComparison | None:
    """What was found against the plan of its round; None where nothing was planned.

    Figures that are not measured as planned are held against everything but the threshold.
    """
    plan = plan_of(study, found.round.id)
    if plan is None:
        return None
    with study.read() as session:
        book = _Book(session, plan, hidden_codes(session, study.coder))
        domains = _domains(session, plan)
        left_out = _left_out(session, found)
    shared = doubly_coded(study, found.round.id, of_text=plan.terms.of_text)
    measured = list(_measured(plan.terms, found, left_out))
    fits = all(item.holds for item in measured)
    codes = tuple(_planned_codes(plan, found, book, fits=fits))
    items = [_bar(plan.terms, codes, fits=fits), _share(plan, shared), _codes_item(plan, found, book), *measured]
    items += [*domains, *_draws(plan.terms, found)]
    return PlanComparison(plan, tuple(items), codes, tuple(_outcome(plan, items, codes)))


def plan_section(made: PlanComparison | None) -> PlanSection | None:
    """The same for a report."""
    if made is None:
        return None
    terms = made.plan.terms
    things = tuple(PlannedThing(item.name, item.planned, item.found, item.holds) for item in made.items)
    said = (f"The check was planned: {terms.in_words()}.", *made.plan.history())
    return PlanSection(terms.threshold, said, made.outcome, things, made.codes)


# How it was measured ----------------------------------------------------------------------------------------------


def _measured(terms: Terms, found: StudyAgreement, left_out: Sequence[str]) -> Iterator[PlannedItem]:
    yield PlannedItem("unit", "Unit", terms.unit, found.unit, terms.unit == found.unit)
    if left_out:
        said = f"without {_listed(left_out)}"
        yield PlannedItem("coders", "Coders", "all who hand in", said, holds=False)
    if terms.without_interviewers or found.without_interviewers:
        words = {True: "left out", False: "counted"}
        yield PlannedItem(
            "interviewers",
            "Interviewers",
            words[terms.without_interviewers],
            words[found.without_interviewers],
            terms.without_interviewers == found.without_interviewers,
        )


def _left_out(session: Session, found: StudyAgreement) -> list[str]:
    """Coders who handed in and were not asked for."""
    done = {coder for (_document, coder), state in assigned(session, found.round.id).items() if state == "handed in"}
    missing = done - found.names.keys()
    return list(session.scalars(select(Coder.name).where(Coder.id.in_(missing)).order_by(Coder.name)))


def _draws(terms: Terms, found: StudyAgreement) -> Iterator[PlannedItem]:
    if terms.draws:
        drawn = f"{found.draws:,} times, seed {found.seed}" if found.draws else "not drawn"
        holds = (found.draws, found.seed) == (terms.draws, terms.seed)
        yield PlannedItem("draws", "Drawn again", f"{terms.draws:,} times, seed {terms.seed}", drawn, holds)


# Codes ------------------------------------------------------------------------------------------------------------


class _Book:
    """The codebook against a plan: which codes it means today, which came and which went since it was saved."""

    def __init__(self, session: Session, plan: PlanRow, unseen: Collection[str]) -> None:
        known = [(code, path) for code, path in tree(session) if standing(code) == "active"]
        self.paths = {code.id: path for code, path in known}
        codable = {code.id for code, _path in known if code.kind == "codable"}
        self.members = {code: self._members(code, path, codable, plan.terms) for code, path in self.paths.items()}
        self.new: list[str] = []
        named = [code for code, _path in plan.codes]
        self.planned: dict[str, tuple[str, ...]] = dict(plan.codes) if named else self._all()
        self.gone = [(code, path) for code, path in plan.codes if code not in self.paths]
        if not named:
            self._since(session, plan.saved.moment, unseen)

    def _members(self, code: str, path: tuple[str, ...], codable: Collection[str], terms: Terms) -> frozenset[str]:
        if not terms.with_descendants:
            return frozenset({code}) & frozenset(codable)
        below = (one for one, other in self.paths.items() if other[: len(path)] == path)
        return frozenset(one for one in below if one in codable)

    def _all(self) -> dict[str, tuple[str, ...]]:
        return {code: path for code, path in self.paths.items() if self.members[code]}

    def _since(self, session: Session, moment: Moment, unseen: Collection[str]) -> None:
        """What came and what went since all codes were planned; what was merged into another went too."""
        then = _codes_at(session, moment)
        self.new = [path[-1] for code, path in self.planned.items() if code not in then]
        gone = sorted((name, code) for code, name in then.items() if code not in self.paths and code not in unseen)
        self.gone = [(CodeId(code), (name,)) for name, code in gone]


def _codes_at(session: Session, moment: Moment) -> dict[str, str]:
    """The names of the codes that were in use at a moment, by all that is known of it now."""
    steps = select(Step.id).join(Change, Change.step_id == Step.id).where(Change.kind == "code", before(moment))
    known, histories = set(session.scalars(steps)), dict[str, list[Entry]]()
    for entry in entries_of(session.connection(), Code):
        if entry.step in known:
            histories.setdefault(entry.row, []).append(entry)
    states = {row: fold(history) for row, history in histories.items()}
    return {
        row: str(state.get("name", "…"))
        for row, state in states.items()
        if state.get("alive") and state.get("status") == "active" and state.get("kind") == "codable"
    }


def _codes_item(plan: PlanRow, found: StudyAgreement, book: _Book) -> PlannedItem:
    measured = {row.id for row in found.codes}
    named = bool(plan.terms.codes)
    planned = _some([path[-1] for _code, path in plan.codes]) if named else "all codes"
    absent = [path[-1] for code, path in book.planned.items() if code in book.paths and code not in measured]
    said = [f"no longer in use: {_some([path[-1] for _code, path in book.gone])}"] if book.gone else []
    said += [f"new since: {_some(book.new)}"] if book.new else []
    said += [f"not measured: {_some(absent)}"] if absent else []
    others = [row.code[-1] for row in found.codes if row.id not in book.planned]
    note = f"Measured beside them: {_some(others)}." if others else ""
    return PlannedItem("codes", "Codes", planned, "; ".join(said) or _AS_FOUND, not said, note)


def _planned_codes(plan: PlanRow, found: StudyAgreement, book: _Book, *, fits: bool) -> Iterator[PlannedCode]:
    """Every planned code against the threshold, or all of them together."""
    rows: dict[str, int] = {row.id: place for place, row in enumerate(found.codes)}
    usable = {code for code in book.planned if code in rows and found.counted[code] == book.members.get(code)}
    if not plan.terms.each_code:
        yield _together(plan.terms, found, [rows[code] for code in book.planned if code in usable], fits=fits)
        return
    for code, path in book.planned.items():
        row = found.codes[rows[code]] if code in rows else None
        if row is None:
            why = "It is no longer in use." if code not in book.paths else "It is not among what was measured."
            yield PlannedCode(path, None, None, None, None, None, why, id=code)
            continue
        reason = " ".join(row.notes) or explain_status(cast("Status", row.status)) if row.alpha is None else ""
        judged = PlannedCode(path, row.alpha, row.low, row.high, None, None, reason, id=code)
        below = chance_below(plan.terms.threshold, row.alpha, row.low, row.documents)
        yield _judged(plan.terms, replace(judged, below=below), fits=fits and code in usable)


def _together(terms: Terms, found: StudyAgreement, places: Sequence[int], *, fits: bool) -> PlannedCode:
    """All planned codes together, by adding up their raw disagreements."""
    name = ("All planned codes",)
    if not places:
        return PlannedCode(name, None, None, None, None, None, "None of them was measured.", id=TOGETHER)
    counts = found.measured.counts()
    chosen = np.array(places)
    names = ("ones", "zeros", "mixed", "units", "split", "shared")
    whole = summarise(replace(counts, **{each: getattr(counts, each)[chosen] for each in names}))
    alpha, low, high = (
        None if np.isnan(value) else float(value)
        for value in (whole.alpha[-1], whole.intervals.low[-1], whole.intervals.high[-1])
    )
    reason = explain_status("no_variation") if alpha is None else ""
    below = chance_below(terms.threshold, alpha, low, int(whole.documents[-1]))
    return _judged(terms, PlannedCode(name, alpha, low, high, below, None, reason, id=TOGETHER), fits=fits)


def _judged(terms: Terms, row: PlannedCode, *, fits: bool) -> PlannedCode:
    holds = terms.reached(row.alpha, row.low)
    if not fits:
        return replace(row, note=_OTHERWISE)
    if holds is None and row.alpha is not None:
        return replace(row, note=_NO_INTERVAL)
    return replace(row, holds=holds)


def _bar(terms: Terms, codes: Sequence[PlannedCode], *, fits: bool) -> PlannedItem:
    reached, failed = sum(row.holds is True for row in codes), sum(row.holds is False for row in codes)
    open_ = len(codes) - reached - failed
    holds = False if failed else None if open_ or not codes else True
    if not fits:
        return PlannedItem("bar", "Threshold", terms.bar, "–", None, _OTHERWISE)
    if not terms.each_code:
        word = {True: "reached", False: "not reached", None: "not defined"}[codes[0].holds]
        return PlannedItem("bar", "Threshold", terms.bar, word, holds, codes[0].note)
    said = f"reached by {reached} of {len(codes)}" + (f", not defined for {open_}" if open_ else "")
    return PlannedItem("bar", "Threshold", terms.bar, said, holds)


# Sets and shares --------------------------------------------------------------------------------------------------


def _domains(session: Session, plan: PlanRow) -> list[PlannedItem]:
    if not plan.terms.domains:
        return []
    known = {row.id: row.exclusive for row in session.scalars(select(CodeSet).where(CodeSet.alive))}
    lost = [name for key, name in zip(plan.terms.domains, plan.domains, strict=True) if not known.get(key)]
    said = f"no longer exclusive: {_some(lost)}" if lost else _AS_FOUND
    return [PlannedItem("domains", "Exclusive sets", _some(plan.domains), said, not lost)]


def _share(plan: PlanRow, coded: DoublyCoded) -> PlannedItem:
    terms = plan.terms
    what = "the text" if terms.of_text else f"{coded.of:,} document{'' if coded.of == 1 else 's'}"
    said = f"{percent(coded.share)} of {what}"
    if not terms.of_text:
        said = f"{coded.done:,} of {what}, {percent(coded.share)}"
    holds = coded.share >= terms.share if terms.share else None
    note = "" if terms.share else "No share was named."
    return PlannedItem("share", "Double coding", terms.shared, said, holds, note)


# In words ---------------------------------------------------------------------------------------------------------


def _outcome(plan: PlanRow, items: Sequence[PlannedItem], codes: Sequence[PlannedCode]) -> Iterator[str]:
    others = [item for item in items if item.id != "bar" and item.holds is False]
    if others:
        yield f"Not as planned: {_listed([item.name.lower() for item in others])}."
    bar = next(item for item in items if item.id == "bar")
    yield from _of_bar(plan.terms, bar, codes)


def _of_bar(terms: Terms, bar: PlannedItem, codes: Sequence[PlannedCode]) -> Iterator[str]:
    if bar.note:
        yield bar.note
        return
    yield f"The threshold ({terms.bar}) is {bar.found}."
    failed = [row.code[-1] for row in codes if row.holds is False]
    if failed and terms.each_code:
        yield f"Below it: {_listed(failed)}."
    undefined = [row.code[-1] for row in codes if row.holds is None]
    if undefined and terms.each_code:
        yield f"Left undefined: {_listed(undefined)}."


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _some(names: Sequence[str], most: int = 8) -> str:
    return (
        ", ".join(names) if len(names) <= most else f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    )
