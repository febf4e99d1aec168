"""What a person has to look at after copies came together: derived from rows and histories, never stored.

Fields of which copies say different things, rows that one deleted and another changed, texts corrected on both sides;
names that two bear in one place, rows that stand below each other, and codes that were deleted while somebody used
them. Copies that hold the same steps have the same troubles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, Literal

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from qcode.models import Code, Coding, Document, Theme
from qcode.models.base import Row
from qcode.models.blindness import SUGGESTED, hidden_from
from qcode.models.conflicts import DELETED, Conflict, conflicts_of
from qcode.models.journal import Change, Entry, Step, entries_of, fold, kinds
from qcode.models.labels import NAMES
from qcode.models.merging import followed, merged_codes, pointers_of
from qcode.models.reconciling import JUDGED, RULED
from qcode.models.typed_text import typed_fields
from qcode.models.undoing import Done, cancelled

type TroubleKind = Literal["field", "deleted", "text", "same name", "circle", "code gone", "words"]

SETTLED: Final = "settled"
"""In what a step says of itself: that somebody saw codings of a code and left it deleted all the same."""

_UNIQUE: Final[Mapping[str, str | None]] = {
    "code": "parent_id",
    "theme": "parent_id",
    "code_set": None,
    "coder": None,
    "document": None,
    "guide": None,
    "participant": None,
    "round": None,
    "saved_query": None,
    "survey": None,
    "site": None,
    "attribute": "subject",
    "attribute_level": "attribute_id",
}
"""The kinds whose names are unique, and the column within whose values they are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways out of a trouble: the row it is about, what would be written, and the step that wrote it."""

    row: str
    value: Any = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something to settle in a field of a row; of a conflict the last choice is what holds now."""

    kind: TroubleKind
    table: str
    row: str
    field: str
    choices: tuple[Choice, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What stays the same as long as the trouble does."""
        return self.kind, self.table, self.row, self.field


def is_text(one: Trouble) -> bool:
    """Whether something else than the sides can be written: it is plain text that people typed."""
    texts = all(isinstance(choice.value, str) for choice in one.choices)
    return one.kind == "field" and texts and one.field in typed_fields(kinds()[one.table])


def troubles_of(session: Session, coder: str | None) -> Iterator[Trouble]:
    """Everything that waits for a decision, as far as a coder may be told of codings."""
    yield from _conflicts(session)
    for kind in _UNIQUE:
        yield from _same_names(session, kinds()[kind])
    for branch in (Code, Theme):
        yield from _circles(session, branch)
    yield from _merged_in_circles(session)
    yield from _gone(session, coder)


def history_of(session: Session, table: str, row: str) -> list[Entry]:
    """The whole history of one row, in order."""
    return [entry for entry in entries_of(session.connection(), kinds()[table]) if entry.row == row]


def conflicts_in(history: list[Entry]) -> Iterator[Trouble]:
    """The conflicts of one row that still matter, given its whole history in order."""
    alive, found = fold(history)["alive"], list(conflicts_of(history))
    deletions = [one for one in found if one.field == DELETED]
    if deletions:
        yield _deletion(deletions[-1], alive=alive)
    verdicts = any(one.field == JUDGED for one in found)
    for one in found:
        if verdicts and one.field in RULED:
            continue  # a verdict brings them along
        if alive and one.field != DELETED:
            kind: TroubleKind = "text" if (one.kind, one.field) == ("document", "revision_id") else "field"
            choices = tuple(Choice(one.row, side.value, side.step) for side in one.sides)
            yield Trouble(kind, one.kind, one.row, one.field, choices)


def _deletion(one: Conflict, *, alive: bool) -> Trouble:
    """Two ways: the latest deletion, and the latest of what it did not know of; what holds now comes last."""
    latest = {bool(side.value): side.step for side in one.sides}
    choices = [Choice(one.row, value, latest.get(value, "")) for value in (not alive, alive)]
    return Trouble("deleted", one.kind, one.row, DELETED, tuple(choices))


def texts_apart(session: Session) -> frozenset[str]:
    """The documents whose text was corrected on two sides, until somebody settles which one holds."""
    documents = Change.row_id.in_(select(Document.id))
    return frozenset(one.row for one in _conflicts(session, documents) if one.kind == "text")


def _conflicts(session: Session, *among: ColumnElement[bool]) -> Iterator[Trouble]:
    """Only rows of which two changes followed the same one can be in conflict: most studies have few."""
    changed_again = select(Change.row_id).where(*among).group_by(Change.row_id).having(func.count() > 1)
    forked = select(Change.row_id, Change.kind).where(Change.row_id.in_(changed_again))
    forked = forked.group_by(Change.row_id, Change.parents).having(func.count() > 1)
    found: dict[str, set[str]] = {}
    for row, kind in session.execute(forked):
        found.setdefault(kind, set()).add(row)
    for kind, rows in sorted(found.items()):
        entries = (entry for entry in entries_of(session.connection(), kinds()[kind]) if entry.row in rows)
        for _row, history in groupby(entries, key=attrgetter("row")):
            yield from conflicts_in(list(history))


def same_name(session: Session, kind: type[Row], row: str) -> tuple[str, ...]:
    """The living rows that bear the name of a row in its place, itself among them, by their ids."""
    return next((rows for rows in _alike(session, kind) if row in rows), ())


def _same_names(session: Session, kind: type[Row]) -> Iterator[Trouble]:
    name = NAMES[kind.__tablename__]
    for rows in _alike(session, kind):
        yield Trouble("same name", kind.__tablename__, rows[0], name, tuple(Choice(row) for row in rows))


def _alike(session: Session, kind: type[Row]) -> Iterator[tuple[str, ...]]:
    columns, within = kind.__table__.c, _UNIQUE[kind.__tablename__]
    name = columns[NAMES[kind.__tablename__]]
    wanted = select(columns.id, func.casefold(name), columns[within] if within else literal("")).where(kind.alive)
    if kind is Code:
        wanted = wanted.where(Code.status.not_in(["merged", *SUGGESTED]))
    by_name: dict[tuple[str, str | None], list[str]] = {}
    merged = _merged(session, kind)
    for row, named, place in session.execute(wanted.order_by(columns.id)):
        by_name.setdefault((named, merged.get(place, place)), []).append(row)
    yield from (tuple(rows) for _key, rows in sorted(by_name.items(), key=str) if len(rows) > 1)


def _merged(session: Session, kind: type[Row]) -> dict[str | None, str]:
    """Which rows stand for others, of kinds that can be merged."""
    out: dict[str | None, str] = {}
    if kind is Code:
        out.update(merged_codes(session))
    return out


def _circles(session: Session, kind: type[Code | Theme]) -> Iterator[Trouble]:
    merged = _merged(session, kind)
    rows = session.execute(select(kind.id, kind.parent_id).where(kind.alive, kind.parent_id.is_not(None)))
    for circle in _round({row: merged.get(above, above) for row, above in rows if row not in merged}):
        yield Trouble("circle", kind.__tablename__, circle[0], "parent_id", tuple(Choice(row) for row in circle))


def _merged_in_circles(session: Session) -> Iterator[Trouble]:
    for circle in _round(pointers_of(session)):
        yield Trouble("circle", "code", circle[0], "merged_into_id", tuple(Choice(row) for row in circle))


def _round(leads_to: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    """The circles in which rows lead to each other, each from its smallest id on."""
    seen: set[str] = set()
    for start in sorted(leads_to):
        trail: dict[str, None] = {}
        current: str | None = start
        while current is not None and current not in seen and current not in trail:
            trail[current] = None
            current = leads_to.get(current)
        seen |= trail.keys()
        if current in trail:
            yield tuple(list(trail)[list(trail).index(current or "") :])


def _gone(session: Session, coder: str | None) -> Iterator[Trouble]:
    """Deleted codes with codings that whoever deleted them may not have known of."""
    merged = followed(dict(_pointers(session)))
    dead = set(session.scalars(select(Code.id).where(~Code.alive)))
    made_with = {code for code in merged if merged[code] in dead} | dead
    used = Counter(code for code, _row, _coder in _used(session, made_with, coder))
    for code in sorted({merged.get(code, code) for code in used}):
        if unaware(session, code, coder):
            yield Trouble("code gone", "code", code, "alive", (Choice(code, value=True), Choice(code, value=False)))


def unaware(session: Session, code: str, coder: str | None) -> list[str]:
    """Living codings of a deleted code that its deletion does not speak for, as far as a coder may know of them.

    Who deletes a code means their own codings of it until then; a colleague's only if they said so when asked.
    """
    deletion = _deletion_of(session, code)
    if deletion is None:
        return []
    merged = followed(dict(_pointers(session)))
    chosen = {code, *(one for one, into in merged.items() if into == code)}
    rows = {row: whose for _code, row, whose in _used(session, chosen, coder)}
    first = select(Change.row_id, func.min(Step.lamport)).join(Step, Step.id == Change.step_id)
    found = session.execute(first.where(Change.row_id.in_(list(rows))).group_by(Change.row_id))
    made: dict[str, int] = {row: lamport for row, lamport in found}  # noqa: C416
    meant = deletion.args.get(SETTLED, False)
    return sorted(
        row
        for row, whose in rows.items()
        if made.get(row, 0) > deletion.lamport or not (meant or whose == deletion.coder_id)
    )


def _deletion_of(session: Session, code: str) -> Step | None:
    history = history_of(session, "code", code)
    gone = cancelled(Done(entry.step, entry.undoes) for entry in history)
    deletions = [entry.step for entry in history if entry.fields.get("alive") is False and entry.step not in gone]
    if not deletions:  # it was never added, after all
        deletions = [entry.step for entry in history if entry.fields.get("alive") is False]
    return session.get(Step, deletions[-1]) if deletions else None


def _pointers(session: Session) -> Iterator[tuple[str, str]]:
    merged = Code.status == "merged", Code.merged_into_id.is_not(None)
    for code, into in session.execute(select(Code.id, Code.merged_into_id).where(*merged)):
        yield code, into or ""


def _used(session: Session, codes: set[str], coder: str | None) -> Iterator[tuple[str, str, str]]:
    """The living codings made with these codes that a coder may know of: code, coding, and whose it is."""
    hidden = hidden_from(session, coder) if codes else set()
    wanted = select(Coding.code_id, Coding.id, Coding.coder_id, Coding.round_id, Coding.document_id)
    for code, row, whose, *place in session.execute(wanted.where(Coding.alive, Coding.code_id.in_(list(codes)))):
        if whose == coder or tuple(place) not in hidden:
            yield code, row, whose
