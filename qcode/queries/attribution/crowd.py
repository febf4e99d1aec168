"""Everybody who took part, as attributions count them: what is recorded of each, and who speaks where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.anonymity import Disclosure, Item, Person
from qcode.analysis.ladders import banded, dated, renamed
from qcode.models import Document, Site, Speaker
from qcode.queries.attribution.policy import FieldRow, Policy, parts_of_ids
from qcode.queries.people.attributes import Sheet
from qcode.text.typed import fold

UNNAMED: Final = "unnamed"
"""The pool of those who speak and are no participants that anybody knows."""
_CALLED: Final = "id called"
"""What a document tells that is called by the name of who speaks in it: what that name gives away."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody who took part, with what they are called and what is recorded of them, by the key of the field."""

    id: str
    name: str
    recorded: Mapping[str, str]
    person: Person


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody, and who is meant by a speaker, by a name in a document, or by a document in which nobody speaks.

    `people` stand in the order of the documents they speak in, those who speak nowhere last. `within` says who speaks
    in each document, `titles` what it is called. `items` are the fields that give something away, in order of worth.
    """

    people: Mapping[str, Somebody]
    by_speaker: Mapping[str, str]
    by_name: Mapping[tuple[str, str], str]
    alone: Mapping[str, str]
    items: tuple[Item, ...]
    within: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]

    @property
    def tells_by_id(self) -> bool:
        """Whether the names of documents are made of parts, some of which tell something."""
        return any(one.attribute != _CALLED for item in self.items if item.field == "id" for one in item.steps[0])

    @property
    def persons(self) -> list[Person]:
        """Everybody as they are counted."""
        return [one.person for one in self.people.values()]


def read_crowd(session: Session, sheet: Sheet, policy: Policy) -> Crowd:
    """Everybody who took part in a study; who is no known participant is counted apart from those who are."""
    known_people = {row.id for row in sheet.rows}
    rows = session.scalars(select(Document).where(Document.alive).order_by(Document.position, Document.id))
    documents = {row.id: row for row in rows}
    speakers = [
        row
        for row in session.scalars(select(Speaker).where(Speaker.alive).order_by(Speaker.label, Speaker.id))
        if row.document_id in documents and (row.role == "participant" or row.participant_id in known_people)
    ]
    sites = {row.id: row.name for row in session.scalars(select(Site).where(Site.alive))}
    found = _Found(sheet, documents, sites)
    who = {row.id: found.of(row) for row in speakers}
    there: dict[str, dict[str, None]] = {document: {} for document in documents}
    for row in speakers:
        there[row.document_id][who[row.id]] = None
    within = {document: tuple(those) for document, those in there.items()}
    known = found.people(policy)
    people = {one: known[one] for one in [*(one for those in within.values() for one in those), *known]}
    by_name = {(row.document_id, people[who[row.id]].name): who[row.id] for row in speakers}
    alone = {document: those[0] for document, those in within.items() if len(those) == 1}
    titles = {row.id: row.name for row in documents.values()}
    return Crowd(people, who, by_name, alone, tuple(_items(policy, people.values())), within, titles)


class _Found:
    """Who was found: participants with their rows, and speakers of whom nobody knows who they are."""

    def __init__(self, sheet: Sheet, documents: Mapping[str, Document], sites: Mapping[str, str]) -> None:
        self._documents, self._sites = documents, sites
        self._rows = {row.id: row for row in sheet.rows}
        self._unnamed: dict[str, str] = {}
        self._in: dict[str, set[str]] = {}
        self._titles: dict[str, set[str]] = {}

    def of(self, speaker: Speaker) -> str:
        """Who speaks: the same people speak in a translation and in what it was made from."""
        own = self._documents[speaker.document_id]
        row = self._documents.get(own.translation_of_id or "", own)
        who = speaker.participant_id or ""
        if who not in self._rows:
            who = f"{row.id}/{speaker.label}"
            self._unnamed[who] = speaker.label
        self._in.setdefault(who, set()).add(row.id)
        self._titles.setdefault(who, set()).add(own.name)
        return who

    def people(self, policy: Policy) -> dict[str, Somebody]:
        """Everybody by id."""
        recorded = {row.id: {key: cell.text for key, cell in row.cells.items() if cell.state == "given"}
                    for row in self._rows.values()}  # fmt: skip
        named = {key: row.name for key, row in self._rows.items()} | self._unnamed
        ids = parts_of_ids({row.name: row.kind for row in self._documents.values()}, policy.id_tells)
        codes = parts_of_ids({row.name: "" for row in self._rows.values()}, policy.id_tells)
        return {
            who: self._somebody(who, name, recorded.get(who, {}), ids, codes.get(name, {}), policy.pseudonym_tells)
            for who, name in sorted(named.items())
        }

    def _somebody(
        self, who: str, name: str, recorded: Mapping[str, str], ids: Mapping[str, Mapping[int, str]],
        code: Mapping[int, str], tells: Iterable[str],
    ) -> Somebody:  # fmt: skip
        known = {key: value for key, value in recorded.items() if value}
        texts = [self._documents[one] for one in self._in.get(who, ())]
        known.setdefault("group", _all_of(row.group_name for row in texts))
        known.setdefault("site", _all_of(self._sites.get(row.site_id or "", "") for row in texts))
        told = dict(known)
        places = {place for row in texts for place in ids[row.name]}
        told |= {f"id {place}": _all_of(ids[row.name].get(place, "") for row in texts) for place in places}
        told |= {f"pseudonym {place}": part for place, part in code.items()}
        if any(_is_called(title, name) for title in self._titles.get(who, ())):
            told[_CALLED] = _all_of([*(known.get(key, "") for key in tells), *code.values()])
        return Somebody(who, name, known, Person(who, told, UNNAMED if who in self._unnamed else ""))


def _is_called(document: str, name: str) -> bool:
    """Whether a document is called by somebody's name, as “Ana” and “Talk with Ana, 2” are by “Ana”."""
    letter = r"[^\W\d_]"
    return bool(re.search(rf"(?<!{letter}){re.escape(fold(name))}(?!{letter})", fold(document)))


def _all_of(words: Iterable[str]) -> str:
    """What is said of somebody by the documents they speak in, where these say different things all of it."""
    return " and ".join(sorted(set(words) - {""}))


def _items(policy: Policy, people: Iterable[Somebody]) -> Iterable[Item]:
    values: dict[str, set[str]] = {}
    for one in people:
        for key, value in one.person.values.items():
            values.setdefault(key, set()).add(value)
    ids, codes = (sorted(key for key in values if key.startswith(f"{kind} ")) for kind in ("id", "pseudonym"))
    tells = [Disclosure(key) for key in (*policy.pseudonym_tells, *codes)]
    for field in policy.fields:
        if field.key == "pseudonym":
            if tells:
                yield Item(field.key, (tuple(tells),), stands=True)
        elif field.kind == "name":
            if ids:
                steps = tuple(tuple(Disclosure(key) for key in ids[:last]) for last in range(len(ids), 0, -1))
                yield Item(field.key, steps, stands=True)
        else:
            ladder = None, *steps_of(field, values.get(field.key, ()))
            yield Item(field.key, tuple((Disclosure(field.key, step),) for step in ladder))


def steps_of(field: FieldRow, values: Iterable[str]) -> list[Mapping[str, str]]:
    """The steps of the ladder of a field, as they lead from what is recorded to what is coarser.

    A step may name what is recorded or what the step before made of it; words that it does not name stay as they are.
    """
    found = sorted(values)
    if field.kind == "date":
        return list(dated(found))
    out: list[Mapping[str, str]] = []
    known = {value: value for value in found}
    for rung in field.ladder:
        if isinstance(rung, Mapping):
            step = renamed(rung.items())
            known = {value: step.get(now) or step.get(value) or now for value, now in known.items()}
            out.append(known)
        else:
            out.append(banded(found, rung))
    return out
