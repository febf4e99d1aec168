"""What another copy would bring, row by row, as people know it: names, words, who did it, and what it means here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, StepId
from qcode.models import Assignment, Coder, Coding, Revision, Text
from qcode.models.agreement_plans import in_words
from qcode.models.arrivals import state_of, states_of
from qcode.models.blindness import SUGGESTED, Veil, veil_of
from qcode.models.conflicts import DELETED, Conflict, conflicts_of
from qcode.models.journal import Entry, Fields, fold, kinds
from qcode.models.labels import NAMES
from qcode.models.merging import followed, pointers_of
from qcode.models.positions import Positions
from qcode.models.uniting import Header, Union

type Deed = Literal["new", "changed", "deleted", "restored"]

_AROUND: Final = 60


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row that a merge would bring, change, delete or restore; `kind` is the name of its table.

    `name` is what it is called, or what its code is called, and of an assignment its state; `fields` those that would
    change. What is anchored in a text has its document, the words and some `before` and `after` them. `who` did it
    last, `proposed` is a new code that waits for the lead's answer. A coding that is `doubled` is shown once with one
    that is alike; one that is `locked` belongs to work that its coder has handed in already.
    """

    kind: str
    row: str
    deed: Deed
    name: str
    fields: tuple[str, ...]
    who: str
    document: DocumentId | None = None
    document_name: str = ""
    before: str = ""
    words: str = ""
    after: str = ""
    proposed: bool = False
    doubled: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """Who wrote what and when (ISO, in UTC); the value as it is stored, a name where it is the id of what has one."""

    step: StepId
    who: str
    at: str
    value: Any


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A field of a row of which copies say different things; without a field one deleted what another changed.

    The last side holds until somebody writes the field again, which settles it.
    """

    kind: str
    row: str
    name: str
    field: str
    sides: tuple[ConflictSide, ...]


class Arriving:
    """Rows as people know them: by their names, by the words that they are about, and by what is here already."""

    def __init__(
        self, session: Session, theirs: Connection, viewer: str | None, steps: dict[str, Header], union: Union
    ) -> None:
        self._session, self._theirs, self._viewer, self._steps = session, theirs, viewer, steps
        self._states = states_of(union)
        self._veil = veil_of(session, viewer)
        self._coders = {row.id: row for row in session.scalars(select(Coder))}
        self._texts: dict[str, str] = {}
        self._named: dict[tuple[str, str], str] = {}
        self._alike = _Alike(session, self._states)
        self.sealed = {
            row for row, history in union.histories.items() if self._hides(history[0].kind, self._states[row])
        }
        self.sealed |= self._proposed(union)

    def arrivals(self, union: Union) -> Iterator[Arrival]:
        """What becomes of each row, as far as it may be seen."""
        new = set(union.new)
        for row, history in union.histories.items():
            before = fold(entry for entry in history if (entry.step, row) not in new)
            if row not in self.sealed and (deed := _deed(before, after := fold(history))):
                fields = tuple(name for name, value in after.items() if before and before[name] != value)
                yield self._arrival(history, deed, fields)

    def conflicts(self, histories: Iterable[list[Entry]]) -> Iterator[ConflictRow]:
        """The conflicts of these rows, as far as they may be seen."""
        for history in histories:
            for one in conflicts_of(history):
                state = state_of(history)
                if not self._hides(one.kind, state):
                    yield self._conflict(one, state)

    def _proposed(self, union: Union) -> set[str]:
        """Codes that colleagues proposed, with their definitions, as long as something is veiled and none is in use."""
        if not self._veil.pairs:
            return set()
        kinds_of = {row: history[0].kind for row, history in union.histories.items()}
        seen = {self._states[row]["code_id"] for row, kind in kinds_of.items() if kind == "coding"} - {
            self._states[row]["code_id"] for row in self.sealed if kinds_of[row] == "coding"
        }
        codes = {
            row
            for row, kind in kinds_of.items()
            if kind == "code" and self._states[row]["status"] in SUGGESTED and row not in seen
            if self._steps[union.histories[row][0].step].coder_id != self._viewer
        }
        return codes | {
            row for row, kind in kinds_of.items() if kind == "code_version" and self._states[row]["code_id"] in codes
        }

    def _hides(self, kind: str, state: Fields) -> bool:
        return is_hidden(self._veil, kind, state, self._viewer)

    def _arrival(self, history: list[Entry], deed: Deed, fields: tuple[str, ...]) -> Arrival:
        kind, state, last = history[0].kind, self._states[history[0].row], self._steps[history[-1].step]
        document = state.get("document_id")
        before, words, after = self._words(state)
        return Arrival(
            kind,
            history[0].row,
            deed,
            self._name(kind, state),
            fields,
            self._who(last.coder_id),
            DocumentId(document) if document else None,
            self._name_of("document", document) if document else "",
            before,
            words,
            after,
            proposed=kind == "code" and deed == "new" and state["status"] == "proposed",
            doubled=kind == "coding" and deed in ("new", "restored") and self._alike.has(state),
            locked=kind == "coding" and _assignment(state) in self._handed_in,
        )

    def _conflict(self, one: Conflict, state: Fields) -> ConflictRow:
        sides = tuple(
            ConflictSide(
                StepId(side.step),
                self._who(self._steps[side.step].coder_id),
                self._steps[side.step].at,
                self._value(one.kind, one.field, side.value),
            )
            for side in one.sides
        )
        return ConflictRow(one.kind, one.row, self._name(one.kind, state), _field(one), sides)

    @cached_property
    def _handed_in(self) -> set[tuple[str, str, str]]:
        """The work that is handed in here already."""
        wanted = select(Assignment.round_id, Assignment.document_id, Assignment.coder_id)
        found = self._session.execute(wanted.where(Assignment.alive, _IS_HANDED_IN))
        return {(row.round_id, row.document_id, row.coder_id) for row in found}

    def _who(self, coder: str) -> str:
        known = self._coders.get(coder)
        return known.name if known else self._name_of("coder", coder)

    def _name(self, kind: str, state: Fields) -> str:
        if kind in NAMES:
            return str(state[NAMES[kind]])
        if kind == "assignment":
            return str(state["state"])
        if "title" in state:
            return str(state["title"])
        if kind == "agreement_plan":
            return self._name_of("round", state["round_id"])
        return self._name_of("code", state["code_id"]) if state.get("code_id") else ""

    def _value(self, kind: str, field: str, value: Any) -> Any:
        if field == "terms":
            return in_words(value)
        column = kinds()[kind].__table__.columns.get(field)
        for key in column.foreign_keys if column is not None else ():
            if isinstance(value, str) and key.column.table.name in NAMES:
                return self._name_of(key.column.table.name, value)
        return value

    def _name_of(self, kind: str, row: str) -> str:
        if (kind, row) not in self._named:
            arriving = self._states.get(row)
            known = self._session.get(kinds()[kind], row) if arriving is None else None
            self._named[kind, row] = str(arriving[NAMES[kind]] if arriving else getattr(known, NAMES[kind], "…"))
        return self._named[kind, row]

    def _words(self, state: Fields) -> tuple[str, str, str]:
        if not state.get("revision_id") or state.get("start") is None or "end" not in state:
            return "", "", ""
        text, start, end = self._text(state["revision_id"]), state["start"], state["end"]
        return text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]

    def _text(self, revision: str) -> str:
        """The text of a revision, from wherever it is; nothing of one that was redacted."""
        if revision not in self._texts:
            known = self._states.get(revision)
            row = self._session.get(Revision, revision) if known is None else None
            digest = known["text_sha256"] if known else row.text_sha256 if row else ""
            wanted = select(Text.body).where(Text.sha256 == digest)
            body = self._session.scalar(wanted) or self._theirs.execute(wanted).scalar()
            self._texts[revision] = body or ""
        return self._texts[revision]


class _Alike:
    """Codings by what they are shown as, so that one is known of which the study has another just alike.

    It is the rule of `models.alike`, for codings that are not in the study yet.
    """

    def __init__(self, session: Session, states: dict[str, Fields]) -> None:
        self._session, self._states = session, states
        self._positions = Positions(session)

    def has(self, state: Fields) -> bool:
        """Whether there is another such coding; the first of several that arrive is none."""
        key = self._key(state)
        if key in self._here:
            return True
        self._here.add(key)
        return False

    @cached_property
    def _here(self) -> set[tuple[Any, ...]]:
        """What stands here in the documents in which something arrives, and stays."""
        arriving = [state for state in self._states.values() if "layer" in state]
        coders = {state["coder_id"] for state in arriving}
        documents = {state["document_id"] for state in arriving}
        columns = (getattr(Coding, name) for name in _SHOWN)
        wanted = select(Coding.id, *columns).where(Coding.alive, Coding.coder_id.in_(coders))
        found = self._session.execute(wanted.where(Coding.document_id.in_(documents))).all()
        return {self._key(row._asdict()) for row in found if row.id not in self._states}

    @cached_property
    def _codes(self) -> dict[str, str]:
        """What each merged code is shown as, here or after the merge."""
        arriving = {row: state["merged_into_id"] for row, state in self._states.items() if state.get("merged_into_id")}
        return followed(pointers_of(self._session) | arriving)

    @cached_property
    def _revisions(self) -> set[str]:
        return set(self._session.scalars(select(Revision.id)))

    def _key(self, state: Fields) -> tuple[Any, ...]:
        code, revision = state["code_id"], state["revision_id"]
        place: tuple[Any, ...] = (revision, state["start"], state["end"])
        if revision in self._revisions:
            now = self._positions.place(state["document_id"], *place)
            place = (now.start, now.end) if now.start < now.end else (state["id"],)
        who = state["coder_id"], state["round_id"], state["document_id"], state["layer"]
        return (*who, self._codes.get(code, code), *place)


_SHOWN: Final = ("coder_id", "round_id", "document_id", "layer", "code_id", "revision_id", "start", "end")
_IS_HANDED_IN = Assignment.state == "handed in"


def _assignment(state: Fields) -> tuple[str, str, str]:
    return state["round_id"], state["document_id"], state["coder_id"]


def _deed(before: Fields, after: Fields) -> Deed | None:
    """What becomes of a row; nothing of one that never was, or is gone as before."""
    if after == before or not (after["alive"] or before.get("alive")):
        return None
    if not before:
        return "new"
    if not after["alive"]:
        return "deleted"
    return "changed" if before["alive"] else "restored"


def _field(one: Conflict) -> str:
    return "" if one.field == DELETED else one.field


_TELLING = frozenset({"quote", "quote_use", "framework_summary", "summary_passage", "decision", "assent"})


def is_hidden(veil: Veil, kind: str, state: Fields, viewer: str | None) -> bool:
    """Whether a row tells how a colleague reads what is veiled: more is kept back than need be, rather than less."""
    owners = kinds()[kind].owned_by
    if not veil.pairs or not (owners or kind in _TELLING) or (owners and state[owners[0]] == viewer):
        return False
    if state.get("round_id") is not None:
        return (state["round_id"], state["document_id"]) in veil.pairs
    return state.get("document_id") is None or state["document_id"] in veil.documents
