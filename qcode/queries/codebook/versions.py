"""The codebook as it stood, and how two states of it differ, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.exchange.code_entries import DEFINITION, standing_of
from qcode.ids import CodeId, StepId
from qcode.models import Code, Coder, CodeVersion, Row
from qcode.models.blindness import seen_steps
from qcode.models.journal import Change, Step, entries_of, fold
from qcode.models.labels import describe
from qcode.models.merging import followed
from qcode.queries.blindness import hidden_codes
from qcode.study import Study

type Moment = StepId | datetime | Mapping[CodeId, int]
type Kind = Literal[
    "added",
    "removed",
    "merged",
    "renamed",
    "moved",
    "redefined",
    "retired",
    "used again",
    "kind changed",
    "adopted",
    "declined",
    "proposed",
]


class NoSuchMomentError(QcodeError):
    """The step is not in the history of this study."""

    def __init__(self) -> None:
        super().__init__("The history of this study has no such step. Choose one from its list.")


class NoSuchVersionError(QcodeError):
    """A code never had a version of that number."""

    def __init__(self, code: str, number: int) -> None:
        super().__init__(f"“{code}” has no version {number} of its definition. Choose one from its list.")


@dataclass(frozen=True, slots=True)
class CodeState:
    """A code as it stood: its names from the root down, and its definition by field; `number` is its version's."""

    id: CodeId
    parent: CodeId | None
    path: tuple[str, ...]
    kind: str
    status: str
    colour: int
    number: int
    definition: Mapping[str, str]

    @property
    def name(self) -> str:
        """The code's own name."""
        return self.path[-1]


@dataclass(frozen=True, slots=True)
class CodebookState:
    """A codebook as it stood, depth first, with the code that each merged one stood for."""

    codes: tuple[CodeState, ...]
    merged: Mapping[CodeId, CodeId]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a definition that reads differently."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CodeChange:
    """One line of two codebooks side by side: a code in either, how it differs, and which fields of its definition.

    No kinds means no difference. A code that was merged has its name there in `merged_into`.
    """

    before: CodeState | None
    after: CodeState | None
    kinds: tuple[Kind, ...]
    fields: tuple[FieldChange, ...] = ()
    merged_into: str = ""


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A step that changed the codebook: a moment to compare with."""

    step: StepId
    label: str
    coder: str
    at: str


def codebook_moments(study: Study) -> list[MomentRow]:
    """The steps that changed the codebook, the latest first; without those that propose codes one may not know yet."""
    with study.read() as session:
        names = {row.id: row.name for row in session.scalars(select(Coder))}
        touching = select(Change.step_id).where(Change.kind.in_([Code.__tablename__, CodeVersion.__tablename__]))
        told = Step.id.in_(touching), *seen_steps(session, study.coder)
        steps = session.scalars(select(Step).where(*told).order_by(Step.lamport.desc(), Step.id.desc()))
        return [
            MomentRow(StepId(row.id), describe(session, row.label, row.args), names.get(row.coder_id, ""), row.at)
            for row in steps
        ]


def codebook_at(study: Study, moment: Moment | None = None) -> CodebookState:
    """The codebook right after a step, at a time, with chosen versions of definitions by number, or as it is now.

    Chosen versions concern the definitions alone: names and places are today's.
    """
    with study.read() as session:
        if isinstance(moment, Mapping):
            return _state(session, None, moment, study.coder)
        until = _place(session, moment) if moment is not None else None
        return _state(session, until, {}, study.coder)


def side_by_side(study: Study, before: Moment, after: Moment | None = None) -> list[CodeChange]:
    """Two states of the codebook, code by code in the order of the later one; without `after`, that of now."""
    return compared(codebook_at(study, before), codebook_at(study, after))


def compared(before: CodebookState, after: CodebookState) -> list[CodeChange]:
    """Two codebooks side by side: what is only in the first stands behind what it stood behind there."""
    old, new = ({row.id: row for row in state.codes} for state in (before, after))
    order = [row.id for row in after.codes]
    place = 0
    for row in before.codes:
        if row.id in new:
            place = order.index(row.id) + 1
        else:
            order.insert(place, row.id)
            place += 1
    return [_change(code, old.get(code), new.get(code), after) for code in order]


def _change(code: CodeId, before: CodeState | None, after: CodeState | None, state: CodebookState) -> CodeChange:
    if before is None:
        return CodeChange(None, after, ("added",))
    if after is None:
        into = next((row.name for row in state.codes if row.id == state.merged.get(code)), "")
        return CodeChange(before, None, ("merged" if into else "removed",), merged_into=into)
    fields = tuple(
        FieldChange(name, before.definition[name], after.definition[name])
        for name in DEFINITION
        if before.definition[name] != after.definition[name]
    )
    return CodeChange(before, after, tuple(_kinds(before, after, redefined=bool(fields))), fields)


def _kinds(before: CodeState, after: CodeState, *, redefined: bool) -> Iterator[Kind]:
    if before.name != after.name:
        yield "renamed"
    if before.parent != after.parent:
        yield "moved"
    if redefined:
        yield "redefined"
    if before.kind != after.kind:
        yield "kind changed"
    if before.status != after.status:
        yield _STANDS.get(after.status) or ("used again" if before.status == "retired" else "adopted")


_STANDS: Mapping[str, Kind] = {"retired": "retired", "declined": "declined", "proposed": "proposed"}


def _place(session: Session, moment: StepId | datetime) -> tuple[int, str]:
    """A moment's place in the order of all steps: times are for people, so a time means the last step before it."""
    wanted = select(Step.lamport, Step.id).order_by(Step.lamport.desc(), Step.id.desc()).limit(1)
    if isinstance(moment, datetime):
        at = moment.astimezone(UTC).isoformat(timespec="seconds")
        found = session.execute(wanted.where(Step.at <= at)).first()
        return (found.lamport, found.id) if found else (0, "")
    found = session.execute(wanted.where(Step.id == moment)).first()
    if found is None:
        raise NoSuchMomentError
    return found.lamport, found.id


def _state(
    session: Session, until: tuple[int, str] | None, chosen: Mapping[CodeId, int], viewer: str | None
) -> CodebookState:
    codes, versions = (_folded(session, kind, until) for kind in (Code, CodeVersion))
    unseen = hidden_codes(session, viewer)
    codes = {code: row for code, row in codes.items() if code not in unseen}
    pointers = {
        code: row["merged_into_id"]
        for code, row in codes.items()
        if row["status"] == "merged" and row["merged_into_id"] is not None
    }
    merged = followed(pointers)
    definitions = _definitions(codes, versions, chosen)
    rows = [
        _row(code, codes, path, merged, definitions[code])
        for code, path in _outline({code: row for code, row in codes.items() if code not in merged}, merged)
    ]
    return CodebookState(tuple(rows), {CodeId(code): CodeId(into) for code, into in merged.items()})


def _folded(session: Session, kind: type[Row], until: tuple[int, str] | None) -> dict[str, dict[str, Any]]:
    """The rows of a kind that were alive."""
    entries = entries_of(session.connection(), kind, until=until)
    rows = {row: fold(history) for row, history in groupby(entries, key=attrgetter("row"))}
    return {row: fields for row, fields in rows.items() if fields["alive"]}


def _definitions(
    codes: Mapping[str, Mapping[str, Any]], versions: Mapping[str, Mapping[str, Any]], chosen: Mapping[CodeId, int]
) -> dict[str, Mapping[str, Any]]:
    """The definition of each code: its current one, or that of a chosen number."""
    numbered = {(row["code_id"], row["number"]): row for row in versions.values()}
    for code, number in chosen.items():
        if (code, number) not in numbered:
            raise NoSuchVersionError(codes[code]["name"] if code in codes else "?", number)
    empty: dict[str, Any] = {"number": 0} | dict.fromkeys(DEFINITION, "")
    current = {code: versions.get(row["version_id"] or "", empty) for code, row in codes.items()}
    return current | {code: numbered[code, number] for code, number in chosen.items()}


def _outline(codes: Mapping[str, Mapping[str, Any]], merged: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """The codes depth first with their paths; one in a cycle, or whose parent is gone, stands at the root."""
    below: dict[str | None, list[str]] = {}
    for code in sorted(codes, key=lambda code: (codes[code]["position"], code)):
        parent = _parent(codes[code], merged)
        below.setdefault(parent if parent in codes else None, []).append(code)
    out: dict[str, tuple[str, ...]] = {}

    def enter(parent: str | None, path: tuple[str, ...]) -> None:
        for code in below.get(parent, ()):
            out[code] = (*path, codes[code]["name"])
            enter(code, out[code])

    enter(None, ())
    return [*out.items(), *((code, (row["name"],)) for code, row in codes.items() if code not in out)]


def _parent(row: Mapping[str, Any], merged: Mapping[str, str]) -> str | None:
    parent = row["parent_id"]
    return merged.get(parent, parent) if parent is not None else None


def _row(
    code: str,
    codes: Mapping[str, Mapping[str, Any]],
    path: Sequence[str],
    merged: Mapping[str, str],
    definition: Mapping[str, Any],
) -> CodeState:
    row, parent = codes[code], _parent(codes[code], merged)
    return CodeState(
        CodeId(code),
        CodeId(parent) if parent is not None and len(path) > 1 else None,
        tuple(path),
        row["kind"],
        standing_of(row["status"]),
        row["palette_slot"],
        definition["number"],
        {name: definition[name] for name in DEFINITION},
    )
