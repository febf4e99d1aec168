"""`qcode disagreements`, `reconcile`, `consensus` and `decisions`: where coders differ, and what was made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.ids import CodeId
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.queries.disagreements.cases import CaseRow, Cases, DecisionRow, Lane, Queue
    from qcode.queries.team import RoundRow
    from qcode.reconciliation import Kept

type Paths = Mapping[CodeId, tuple[str, ...]]

RoundName = Annotated[
    str | None, typer.Option("--round", help="Which round; if left out, the latest main round that two coders share.")
]
Kind = Annotated[
    Literal["overlooked", "boundary", "different code", "extra code"] | None,
    typer.Option("--kind", help="Which kind of disagreement; all of them if left out."),
]
Shown = Annotated[
    Literal["open", "decided", "stale", "all"],
    typer.Option("--state", help="Cases that are open, that are decided, or whose evidence changed since."),
]
Ordered = Annotated[
    Literal["pair", "code", "document", "certainty"],
    typer.Option("--order", help="Like cases together, or by code, by document, or the unsure ones first."),
]
AgendaFile = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write an agenda of these cases too: .docx, .html or .md.")
]
PaperFile = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write what was decided: .docx, .html, .md, .xlsx or .csv.")
]
Unanimous = Annotated[
    bool, typer.Option("--accept-unanimous", help="Write down what all coders agree on as decided, in one step.")
]
_NAMED = 12


class NothingToSettleError(QcodeError):
    """No document of the round was handed in by two coders, or none of which one may see both."""

    def __init__(self, round_name: str, waiting: Sequence[tuple[str, str]], withheld: Sequence[str]) -> None:
        said = f"Nothing can be settled in “{round_name}” yet: two coders must have handed in the same document."
        if waiting:
            named = ", ".join(f"{document} by {coder}" for document, coder in waiting[:_NAMED])
            more = f" and {len(waiting) - _NAMED} more" if len(waiting) > _NAMED else ""
            said += f" Not handed in: {named}{more}."
        if withheld:
            said += f" Sealed until you hand in your own: {', '.join(withheld)}."
        super().__init__(said)


class NoConsensusSoughtError(QcodeError):
    """The study works in a way that has no consensus."""

    def __init__(self, approach: str) -> None:
        super().__init__(
            f"This study's approach is {approach}, in which readings are not settled into a consensus. Talk about them "
            "in memos; “qcode readings” shows what each coder marked, side by side."
        )


class NothingAskedError(QcodeError):
    """`qcode reconcile` was given nothing to do."""

    def __init__(self) -> None:
        super().__init__(
            "Say what to do: --accept-unanimous. Cases in which coders differ are decided in the window, in Reconcile."
        )


@refusing
def disagreements(
    study: StudyFile,
    round_name: RoundName = None,
    kind: Kind = None,
    state: Shown = "open",
    order: Ordered = "pair",
    output: AgendaFile = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List where coders who handed in the same documents differ."""
    from qcode.queries.codings import code_paths
    from qcode.queries.disagreements.papers import KIND_WORDS, agenda_of
    from qcode.reports.decisions import write_agenda

    with Study.open(study) as opened:
        _refuse_without_consensus(opened)
        chosen, cases = _cases(opened, round_name)
        queue, paths = cases.queue(kinds=[kind] if kind else (), state=state, order=order), code_paths(opened)
        if output is not None:
            write_agenda(agenda_of(opened, queue.rows, made_on=_today()), output)
    if as_json:
        showing.show_json(_counted(chosen, queue) | {"cases": [_case_json(row, paths) for row in queue.rows]})
        return
    if output is not None:
        showing.say(f"Written: {output}")
        return
    for row in queue.rows:
        place = f"{row.document_name} {row.start}–{row.end}"
        showing.say(f"{place}  {' / '.join(row.code_names)}  {KIND_WORDS[row.kind]}{_state(row)}")
    _say_counts(chosen, queue)


@refusing
def reconcile(study: StudyFile, round_name: RoundName = None, *, unanimous: Unanimous = False) -> None:
    """Write down as decided what all coders of a round agree on."""
    from qcode.operations.reconciling import accept_unanimous

    if not unanimous:
        raise NothingAskedError
    with Study.open(study) as opened:
        _refuse_without_consensus(opened)
        chosen, cases = _cases(opened, round_name)
        written, known = accept_unanimous(opened, cases.unanimous), len(cases.unanimous)
    before = f", {known - written:,} before" if known > written else ""
    showing.say(f"Unanimous codings in {chosen.name} that were written down as decided: {written:,} now{before}.")


@refusing
def consensus(study: StudyFile, round_name: RoundName = None, *, as_json: AsJson = False) -> None:
    """List what coders agree on in the end: what was unanimous, and what was decided."""
    from qcode.queries.codings import code_paths
    from qcode.queries.disagreements.consensus import consensus_of

    with Study.open(study) as opened:
        _refuse_without_consensus(opened)
        chosen, cases = _cases(opened, round_name)
        rows, paths, queue = consensus_of(cases), code_paths(opened), cases.queue()
        told = {str(row.id): _decision_json(row, paths) for row in cases.decisions}
        texts = {key: material.text for key, material in cases.materials.items()}
    if as_json:
        codings = [
            {
                "document": row.document_name,
                "start": row.start,
                "end": row.end,
                "text": texts[row.document][row.start : row.end],
                "code": list(paths.get(row.code, (row.code_name,))),
                "decision": told.get(row.decision or ""),
            }
            for row in rows
        ]
        showing.show_json(_counted(chosen, queue) | {"codings": codings})
        return
    for row in rows:
        words = " ".join(texts[row.document][row.start : row.end].split())
        showing.say(f"{row.document_name} {row.start}–{row.end}  {row.code_name}  {words}")
    _say_counts(chosen, queue)


@refusing
def decisions(
    study: StudyFile, output: PaperFile = None, round_name: RoundName = None, *, as_json: AsJson = False
) -> None:
    """List what was decided about disagreements and why, or write it as minutes or a table."""
    from qcode.files import extension
    from qcode.queries.codings import code_paths
    from qcode.queries.disagreements.papers import minutes_of
    from qcode.reports.decisions import write_decisions
    from qcode.reports.formats import EXTENSIONS

    if output is not None:
        extension(output, EXTENSIONS)
    with Study.open(study) as opened:
        _refuse_without_consensus(opened)
        chosen, cases = _cases(opened, round_name)
        rows, paths, queue = cases.decisions, code_paths(opened), cases.queue()
        if output is not None:
            write_decisions(minutes_of(opened, chosen.id, made_on=_today()), output)
    if as_json:
        showing.show_json(_counted(chosen, queue) | {"decisions": [_decision_json(row, paths) for row in rows]})
        return
    if output is not None:
        showing.say(f"Written: {output}")
        return
    for row in rows:
        why = " · ".join(part for part in (row.reason, row.note) if part)
        dissent = f" · dissent: {', '.join(one.name for one in row.dissent)}" if row.dissent else ""
        place = f"{row.document_name} {row.start}–{row.end}"
        showing.say(f"{place}  {' / '.join(row.code_names)}  {row.outcome}  {why}{dissent}")
    _say_counts(chosen, queue)


# Finding ----------------------------------------------------------------------------------------------------------


def _cases(study: Study, round_name: str | None) -> tuple[RoundRow, Cases]:
    """The cases of the round that was named, or of the one that is settled now; refuses one without any."""
    from qcode.queries.agreement.figures import NoSuchRoundError
    from qcode.queries.disagreements.cases import Cases, round_to_reconcile
    from qcode.queries.team import rounds

    known = rounds(study)
    named = next((row for row in known if row.name.casefold() == (round_name or "").strip().casefold()), None)
    chosen = round_to_reconcile(study) if round_name is None else named
    if chosen is None:
        raise NoSuchRoundError(round_name or "", [row.name for row in known])
    found = Cases.of(study, chosen.id)
    if not found.rows and not found.decisions:
        queue = found.queue()
        if not queue.alone:
            raise NothingToSettleError(chosen.name, queue.waiting, queue.withheld)
    return chosen, found


def _refuse_without_consensus(study: Study) -> None:
    from qcode.queries.approach import measures_agreement
    from qcode.queries.team import study_card

    approach = study_card(study).approach
    if not measures_agreement(approach):
        raise NoConsensusSoughtError(approach)


def _today() -> Any:
    return datetime.now(UTC).astimezone().date()


# Telling ----------------------------------------------------------------------------------------------------------


def _counted(chosen: RoundRow, queue: Queue) -> dict[str, Any]:
    return {
        "round": chosen.name,
        **{name: getattr(queue, name) for name in ("open", "decided", "stale", "unanimous", "alone")},
        "waiting": [{"document": document, "coder": coder} for document, coder in queue.waiting],
        "withheld": list(queue.withheld),
        "unsettled": list(queue.unsettled),
    }


def _say_counts(chosen: RoundRow, queue: Queue) -> None:
    stale = f" ({queue.stale:,} of them decided on what changed since)" if queue.stale else ""
    showing.say(f"{chosen.name}: {queue.open:,} open{stale}, {queue.decided:,} decided, {queue.unanimous:,} unanimous.")
    for document, coder in queue.waiting:
        showing.say(f"Left out: {document} by {coder}, who has not handed it in.")
    for document in queue.withheld:
        showing.say(f"Left out: {document}, in a blind round, until you hand it in.")
    for document in queue.unsettled:
        showing.say(f"Left out: {document}, corrected in two copies: settle which text holds.")


def _state(row: CaseRow) -> str:
    """What was decided about a case so far."""
    if row.decision is None:
        return "  unsure" if row.unsure else ""
    return f"  {row.decision.outcome}{', changed since' if row.stale else ''}"


def _case_json(row: CaseRow, paths: Paths) -> dict[str, Any]:
    return {
        "id": row.id,
        "document": row.document_name,
        "start": row.start,
        "end": row.end,
        "text": row.text,
        "kind": row.kind,
        "codes": [list(paths.get(code, (name,))) for code, name in zip(row.codes, row.code_names, strict=True)],
        "siblings": row.siblings,
        "unsure": row.unsure,
        "words": row.words,
        "coders": [_lane_json(lane, paths) for lane in row.lanes],
        "decision": None if row.decision is None else _decision_json(row.decision, paths),
    }


def _lane_json(lane: Lane, paths: Paths) -> dict[str, Any]:
    return {
        "coder": lane.name,
        "codings": [
            {
                "code": list(paths.get(span.code, ())),
                "start": span.start,
                "end": span.end,
                "certainty": span.certainty,
                "comment": span.comment,
            }
            for span in lane.spans
        ],
    }


def _decision_json(row: DecisionRow, paths: Paths) -> dict[str, Any]:
    return {
        "document": row.document_name,
        "start": row.start,
        "end": row.end,
        "codes": [list(paths.get(code, (name,))) for code, name in zip(row.codes, row.code_names, strict=True)],
        "outcome": row.outcome,
        "kept": [_kept_json(one, paths) for one in row.kept],
        "reason": row.reason,
        "note": row.note,
        "present": list(row.present_names),
        "decided_by": row.decided_by,
        "at": row.at,
        "stances": [{"coder": one.name, "stance": one.stance, "note": one.note} for one in row.stances],
        "led_to": list(row.led_to),
        "changes": [one.sentence for one in row.changes],
    }


def _kept_json(one: Kept, paths: Paths) -> dict[str, Any]:
    code, start, end = one
    return {"code": list(paths.get(CodeId(code), ())), "start": start, "end": end}
