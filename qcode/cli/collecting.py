"""`qcode merge`, `handin`, `handout`, `conflicts` and `history`: copies of a study go out and come together."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.queries.collecting.collected import Arrival, ConflictRow, Preview
from qcode.queries.collecting.conflicts import TroubleRow
from qcode.queries.collecting.merges import MergeRow
from qcode.study import Study

OtherFile = Annotated[Path, typer.Argument(readable=False, metavar="OTHER", help="Another copy of the study.")]
OnlyLook = Annotated[bool, typer.Option("--preview", help="Say what it would bring, and change nothing.")]


class NoSuchCoderError(QcodeError):
    """Nobody in the study has that name."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(f"No coder of this study is called “{name}”. Its coders are: {', '.join(known)}.")


@refusing
def merge(study: StudyFile, other: OtherFile, *, preview: OnlyLook = False, as_json: AsJson = False) -> None:
    """Take in what another copy of the study holds."""
    _take_in(study, other, look=preview, as_json=as_json, handed_in=False)


@refusing
def handin(study: StudyFile, other: OtherFile, *, preview: OnlyLook = False, as_json: AsJson = False) -> None:
    """Take in what a coder did in the file that was handed out to them, and nobody else's work."""
    _take_in(study, other, look=preview, as_json=as_json, handed_in=True)


@refusing
def handout(
    study: StudyFile,
    coder: Annotated[str, typer.Option("--coder", metavar="NAME", help="Whom the file is for.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to make.")],
) -> None:
    """Make a study file for one coder, without colleagues' codings, comments, memos and quotes."""
    from qcode.operations.collecting import hand_out
    from qcode.queries.team import coders

    with Study.open(study) as opened:
        known = {row.name.casefold(): row for row in coders(opened)}
        if (who := known.get(coder.strip().casefold())) is None:
            raise NoSuchCoderError(coder.strip(), [row.name for row in known.values()])
        rows = hand_out(opened, who.id, out)
    showing.say(f"“{out.name}” is for {who.name}: {rows:,} rows, and no work of colleagues.")


@refusing
def conflicts(study: StudyFile, *, as_json: AsJson = False) -> None:
    """List what waits for a person: where copies contradict each other, and codings whose words changed."""
    from qcode.queries.collecting.conflicts import troubles

    with Study.open(study) as opened:
        found = troubles(opened)
    if as_json:
        showing.show_json([_trouble(one) for one in found])
        return
    for one in found:
        showing.say(f"  ! {one.what}")
        for side in one.sides:
            signed = ", ".join(part for part in (side.who, side.at) if part)
            lines = f"\n{_BELOW}".join(side.says.splitlines())
            showing.say(f"      {f'{signed}: ' if signed else ''}{lines}")
    words = sum(one.kind == "words" for one in found)
    showing.say(f"{_counted(len(found) - words, 'conflict')}.")
    if words:
        showing.say(f"{_counted(words, 'coding')} on words that were corrected since.")


@refusing
def history(study: StudyFile, *, as_json: AsJson = False) -> None:
    """List the steps of a study and what was merged into it, the latest first."""
    from qcode.queries.collecting.merges import merges
    from qcode.queries.history import history as steps_of

    with Study.open(study) as opened:
        steps, merged = steps_of(opened, latest=_ALL), merges(opened)
    if as_json:
        rows = [asdict(row) | {"entry": "step"} for row in steps] + [asdict(row) | {"entry": "merge"} for row in merged]
        showing.show_json(sorted(rows, key=lambda row: (row["at"], row["entry"] == "merge"), reverse=True))
        return
    # What was merged within the second in which its steps were taken came after them.
    lines = [(row.at, False, row.coder, f"{row.label}{'  (undone)' if row.undone else ''}") for row in steps]
    lines += [(row.at, True, row.who, _merge(row)) for row in merged]
    for at, _merged, who, words in sorted(lines, key=lambda line: line[:2], reverse=True):
        showing.say(f"{at}  {who}  {words}")


def _merge(row: MergeRow) -> str:
    whose = f", by {', '.join(row.whose)}" if row.whose else ""
    return f"Took in {row.file}{whose}{'  (taken back)' if row.taken_back else ''}"


def _take_in(path: Path, other: Path, *, look: bool, as_json: bool, handed_in: bool) -> None:
    from qcode.operations import collecting
    from qcode.queries.collecting.collected import preview

    with Study.open(path) as study:
        seen = preview(study, other, handed_in=handed_in)
        merged = None
        if not look:
            merged = (collecting.hand_in if handed_in else collecting.merge)(study, other)
    if as_json:
        showing.show_json(_as_json(seen) | {"receipt": merged.receipt if merged else None})
        return
    _show(seen)
    if seen.is_nothing:
        showing.say("There is nothing new in it.")
    elif merged is not None:
        showing.say("Taken in; it is one merge, which can be taken back.")


def _as_json(seen: Preview) -> dict[str, Any]:
    counts = [{"kind": kind, "deed": deed, "count": count} for (kind, deed), count in seen.counts().items()]
    return asdict(seen) | {"counts": counts, "doubled": seen.doubled, "locked": seen.locked}


def _trouble(one: TroubleRow) -> dict[str, Any]:
    sides = [{"who": side.who, "at": side.at, "value": side.says, "holds": side.holds} for side in one.sides]
    about = {"kind": one.kind, "table": one.trouble.table, "row": one.trouble.row, "field": one.trouble.field}
    return about | {"what": one.what, "asks": one.asks, "sides": sides}


def _show(seen: Preview) -> None:
    for (kind, deed), count in sorted(seen.counts().items()):
        showing.say(f"{count:>7,} {kind.replace('_', ' ')} {deed}")
    for one in seen.arrivals:
        if one.words:
            showing.say(f"  {_SIGNS[one.deed]} {_passage(one)}")
    if seen.proposed:
        showing.say(f"Proposed codes: {', '.join(f'{one.name} ({one.who})' for one in seen.proposed)}")
    for conflict in seen.conflicts:
        _show_conflict(conflict)
    if seen.doubled:
        showing.say(f"{_counted(seen.doubled, 'coding')} just like one that is here: shown and counted once.")
    if seen.locked:
        showing.say(f"{_counted(seen.locked, 'coding')} in work that was handed in before.")
    if seen.redacts:
        showing.say("It brings a redaction: what was erased there is erased here, for good.")
    if seen.sealed:
        showing.say("It also brings colleagues' work, which stays sealed until your own is handed in.")


_SIGNS = {"new": "+", "changed": "~", "deleted": "-", "restored": "+"}


def _passage(one: Arrival) -> str:
    words = " ".join(one.words.split())
    short = words if len(words) <= _WORDS else f"{words[:_WORDS]}…"
    return f"{one.document_name} · {one.name or one.kind.replace('_', ' ')} · {one.who}: “{short}”"


_WORDS = 80
_BELOW = " " * 8
_ALL = 1_000_000_000


def _show_conflict(one: ConflictRow) -> None:
    field = one.field.replace("_", " ") or "changed here, deleted there"
    showing.say(f"  ! {one.kind.replace('_', ' ')} “{one.name}” · {field}")
    for side in one.sides:
        value = ("changed" if side.value else "deleted") if not one.field else side.value
        showing.say(f"      {side.who}, {side.at}: {value}")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
