"""Passages by what is recorded about whoever speaks in them, about their document, or about the place it is from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.models import Speaker
from qcode.queries.people.attributes import SheetCell, SheetRow, read_sheet
from qcode.queries.transcripts.sources import Source, sources
from qcode.study import Study
from qcode.text.blocks import Subject
from qcode.text.typed import fold


@dataclass(frozen=True, slots=True)
class Having:
    """What a column says of a participant, document or site: `column` is an attribute's id or the key of a column.

    It says one of `texts` (“unknown” is one, the empty text stands for nothing recorded), or something in which `part`
    occurs, or a number or date within `least` and `most`, both included. Dates are ISO texts.
    """

    subject: Subject
    column: str
    texts: Collection[str] = ()
    least: float | str | None = None
    most: float | str | None = None
    part: str = ""

    def holds(self, cell: SheetCell | None) -> bool:
        """Whether a cell says so."""
        if cell is None or cell.state == "not asked":
            return False
        if self.texts and fold(cell.text) in {fold(text) for text in self.texts}:
            return True
        if cell.state != "given":
            return False
        if self.part:
            return fold(self.part) in fold(cell.text)
        narrows = self.least is not None or self.most is not None
        return (narrows or not self.texts) and _within(cell.order, self.least, self.most)


class Placed(Protocol):
    """A passage of a document, in the current text."""

    @property
    def document(self) -> str:
        """The document's id."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends."""


def holding[P: Placed](study: Study, session: Session, rows: Sequence[P], conditions: Collection[Having]) -> list[P]:
    """The passages for which every condition holds.

    A condition on participants holds where one of those who speak in the passage fulfils all that are asked of
    participants; in notes, in which nobody speaks, one of those whom the document is about.
    """
    people, documents = _people(session, conditions), _documents(session, conditions)
    kept = rows if documents is None else [row for row in rows if row.document in documents]
    if people is None:
        return list(kept)
    return [row for row, said in zip(kept, speaking(study, session, kept), strict=True) if said & people]


def speaking(study: Study, session: Session, rows: Sequence[Placed]) -> list[set[str]]:
    """The participants who speak in each passage; in notes, in which nobody speaks, those whom they are about."""
    found = sources(study, session, {row.document for row in rows})
    about = _about(session, found)
    return [_speak(found[row.document], row, about.get(row.document, ())) for row in rows]


def all_hold(row: SheetRow, conditions: Iterable[Having]) -> bool:
    """Whether a participant, document or site is as all conditions on its kind ask."""
    named = SheetCell(row.name, "given", row.name)
    return all(one.holds(named if one.column == "name" else row.cells.get(one.column)) for one in conditions)


def _within(value: object, least: float | str | None, most: float | str | None) -> bool:
    if isinstance(value, str):
        # A bound of a month or year takes in all its days.
        return (least is None or value >= str(least)) and (most is None or value[: len(str(most))] <= str(most))
    if not isinstance(value, (int, float)):
        return False
    return (least is None or value >= float(least)) and (most is None or value <= float(most))


def _people(session: Session, conditions: Collection[Having]) -> set[str] | None:
    return _fulfilling(session, "participant", [one for one in conditions if one.subject == "participant"])


def _documents(session: Session, conditions: Collection[Having]) -> set[str] | None:
    found = _fulfilling(session, "document", [one for one in conditions if one.subject == "document"])
    of_site = [one for one in conditions if one.subject == "site"]
    if not of_site:
        return found
    names = {fold(row.name) for row in read_sheet(session, "site").rows if all_hold(row, of_site)}
    there = {row.id for row in read_sheet(session, "document").rows if fold(row.cells["site"].text) in names}
    return there if found is None else found & there


def _fulfilling(session: Session, subject: Subject, conditions: Sequence[Having]) -> set[str] | None:
    if not conditions:
        return None
    return {row.id for row in read_sheet(session, subject).rows if all_hold(row, conditions)}


def _about(session: Session, documents: Iterable[str]) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    linked = select(Speaker.document_id, Speaker.participant_id).where(
        Speaker.alive, Speaker.participant_id.is_not(None), Speaker.document_id.in_(list(documents))
    )
    for document, participant in session.execute(linked):
        out.setdefault(document, set()).add(participant or "")
    return out


def _speak(source: Source, row: Placed, about: Collection[str]) -> set[str]:
    said = [who for turn in source.turns_in(row.start, row.end) if (who := source.speaker(turn)) is not None]
    return {who.participant for who in said if who.participant} if said else set(about)
