"""The papers of a meeting as values: what is open, to talk about, and what was decided and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from qcode import __version__
from qcode.ids import RoundId
from qcode.queries.codings import code_paths
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.lane_order import letter, shuffled
from qcode.queries.disagreements.rows import CaseRow, DecisionRow, Lane
from qcode.queries.quotes.printed import house_of, printed_quote
from qcode.queries.quotes.rows import QuoteRow, passage_rows
from qcode.queries.reports.theme_sections import REPORT_LANGUAGE, foreign, lines_of, set_apart
from qcode.queries.reports.themes_report import codebook_rows
from qcode.queries.team import rounds, study_card
from qcode.queries.transcripts.sources import Source, sources
from qcode.reconciliation import OUTCOME_WORDS, CaseKind, Kept
from qcode.reports.decision_values import Agenda, Extract, Marked, Minutes, OpenCase, Settled, Side, Voice
from qcode.reports.values import StudyFacts
from qcode.study import Study

KIND_WORDS: Final[Mapping[CaseKind, str]] = {
    "overlooked": "coded by some, not by others",
    "boundary": "one code, different extents",
    "different code": "different codes",
    "extra code": "a code that not all put there",
    "unanimous": "unanimous",
}
_AROUND: Final = 240


def agenda_of(study: Study, rows: Iterable[CaseRow], *, named: bool = False, made_on: date | None = None) -> Agenda:
    """The agenda of these cases, as one sees them oneself; coders are letters, as in the room, unless `named`.

    Raises:
        QcodeError: if the study's template for attributions cannot be read.
    """
    cases = list(rows)
    printer = _Printer(study, _together(cases), traced=True)
    names = dict.fromkeys(row.round for row in cases)
    known = {row.id: row.name for row in rounds(study)}
    paths = code_paths(study)
    asked = {paths[code] for row in cases for code in row.codes if code in paths}
    return Agenda(
        _facts(study, made_on),
        ", ".join(known.get(one, "…") for one in names),
        tuple(printer.open_case(row, named=named) for row in _together(cases)),
        tuple(row for row in codebook_rows(study) if row.path in asked),
    )


def minutes_of(study: Study, round_id: RoundId, *, made_on: date | None = None) -> Minutes:
    """What was decided in a round, as far as the acting coder may see it.

    Raises:
        QcodeError: if the study's template for attributions cannot be read.
    """
    cases = Cases.of(study, round_id)
    queue, settled = cases.queue(state="all"), [row for row in cases.decisions if row.settles]
    printer = _Printer(study, _together(settled))
    return Minutes(
        _facts(study, made_on),
        next((row.name for row in rounds(study) if row.id == round_id), ""),
        tuple(printer.settled(row, cases) for row in _together(settled)),
        queue.unanimous,
        queue.open,
    )


def _facts(study: Study, made_on: date | None) -> StudyFacts:
    card = study_card(study)
    return StudyFacts(card.title, card.question, software_version=__version__, date=made_on, language=REPORT_LANGUAGE)


def _together[R: (CaseRow, DecisionRow)](rows: Iterable[R]) -> list[R]:
    """Those about the same codes one after another, in the order in which these codes come first."""
    by_codes: dict[tuple[str, ...], list[R]] = {}
    for row in rows:
        by_codes.setdefault(tuple(row.codes), []).append(row)
    return [row for own in by_codes.values() for row in own]


class _Printer:
    """Makes what is printed of cases and decisions, as quotes are printed and with nobody named any further than there.

    Documents are told only as far as k allows, unless they are `traced`.
    """

    def __init__(self, study: Study, rows: Sequence[CaseRow] | Sequence[DecisionRow], *, traced: bool = False) -> None:
        wanted = sorted({row.document for row in rows})
        self._names: Mapping[str, str] = {code: path[-1] for code, path in code_paths(study).items()}
        with study.read() as session:
            self._sources: Mapping[str, Source] = sources(study, session, wanted)
            found = passage_rows(study, session, [(row.id, row.document, row.start, row.end) for row in rows])
        self._passages: dict[str, QuoteRow] = {row.id: row for row in found}
        self._house = house_of(study, found)
        if traced:
            self._house = replace(self._house, document=lambda _document, name: name)

    def open_case(self, row: CaseRow, *, named: bool) -> OpenCase:
        """A case to talk about."""
        lanes = row.lanes if named else shuffled(row)
        sides = [
            self._side(row, lane.name if named else f"Coder {letter(place)}", lane) for place, lane in enumerate(lanes)
        ]
        kind = KIND_WORDS[row.kind] + (", side by side in the codebook" if row.siblings else "")
        return OpenCase(row.code_names, kind, self._extract(row), tuple(sides), _put_off(row.decision))

    def settled(self, row: DecisionRow, cases: Cases) -> Settled:
        """What was decided about one case, with what its coders had done by then."""
        case = cases.of_decision(row.id)
        names: dict[str, str] = {} if case is None else {lane.coder: lane.name for lane in case.lanes}
        if cases.frame is not None:
            names |= {mark.coder: cases.frame.coders.get(mark.coder, ("…", ""))[0] for mark in row.evidence}
        sides = (
            Side(name, self._marks(row, [(mark.code, *mark.place) for mark in row.evidence if mark.coder == coder]))
            for coder, name in sorted(names.items(), key=lambda one: one[::-1])
        )
        told = OUTCOME_WORDS[row.outcome].format(coder=names.get(row.coder or "", "…"))
        return Settled(
            row.code_names,
            row.outcome,
            "nothing is kept" if row.outcome == "none" else told,
            self._extract(row),
            tuple(sides),
            self._marks(row, row.kept),
            row.reason,
            row.note,
            row.present_names,
            row.decided_by,
            date.fromisoformat(row.at[:10]) if row.at else None,
            tuple(Voice(one.name, one.stance, one.note) for one in row.stances),
            row.led_to,
            row.stale,
        )

    def _side(self, row: CaseRow, coder: str, lane: Lane) -> Side:
        marks = self._marks(row, [(span.code, span.start, span.end) for span in lane.spans])
        asides = ((span.comment, span.certainty == "unsure") for span in lane.spans)
        pairs = zip(marks, asides, strict=True)
        return Side(coder, tuple(Marked(one.code, one.text, comment, unsure) for one, (comment, unsure) in pairs))

    def _marks(self, row: CaseRow | DecisionRow, places: Sequence[Kept]) -> tuple[Marked, ...]:
        """Codes with their words, where these are not the whole passage."""
        text, whole = self._text(row.document), (row.start, row.end)
        return tuple(
            Marked(self._names.get(code, "deleted code"), "" if (start, end) == whole else text[start:end])
            for code, start, end in places
        )

    def _extract(self, row: CaseRow | DecisionRow) -> Extract:
        source = self._sources.get(row.document)
        if source is None:
            return Extract(row.document_name, row.start, row.end, "")
        turns = source.turns_in(row.start, row.end)
        first = min([row.start, *(turn.start for turn in turns)])
        last = max([row.end, *(turn.end for turn in turns)])
        found = printed_quote(self._passages[row.id], self._house)
        (side,) = found.sides
        return Extract(
            side.name,
            row.start,
            row.end,
            source.text[row.start : row.end],
            found.attribution,
            set_apart(_ending(source.text[first : row.start])),
            set_apart(_beginning(source.text[row.end : last])),
            foreign(side.language),
            lines_of(side),
            found.note,
        )

    def _text(self, document: str) -> str:
        source = self._sources.get(document)
        return "" if source is None else source.text


def _put_off(decision: DecisionRow | None) -> str:
    """By whom and why a case was put off."""
    if decision is None or decision.settles:
        return ""
    said = f"{OUTCOME_WORDS[decision.outcome]}, by {decision.decided_by}"
    return f"{said}: {decision.note}" if decision.note else said


def _ending(text: str) -> str:
    """The last words of what stands before a passage."""
    if len(text) <= _AROUND:
        return text
    return f"[…] {text[-_AROUND:].partition(' ')[2]}"


def _beginning(text: str) -> str:
    """The first words of what stands behind a passage."""
    if len(text) <= _AROUND:
        return text
    return f"{text[:_AROUND].rpartition(' ')[0]} […]"
