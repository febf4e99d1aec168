"""Codings: on one document, and the passages behind a code, a cell or a number."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RevisionId, RoundId
from qcode.models import Code, Coder, CodeSet, CodeSetMember, Coding, Document, Revision
from qcode.models.alike import once
from qcode.models.merging import merged_codes, shown_code, with_merged
from qcode.models.positions import Positions
from qcode.queries.blindness import hidden_codes, hidden_from
from qcode.queries.codebook.tree import paths
from qcode.queries.transcripts.sources import Source, sources
from qcode.study import Study
from qcode.text.ranges import Range

if TYPE_CHECKING:
    from qcode.queries.people.having import Having


class CodingRow(NamedTuple):
    """A code on a passage `[start, end)` of a document; `coder` holds initials and `colour` a palette slot.

    `revision` is the one it was made on, `altered` says that its words were edited since, and start and end are where
    it is in the current text.

    `made_with` differs from `code` where that one was merged into this; `older` says that the code has been defined
    anew since, and `by_search` that a search made the coding and nobody has confirmed it yet.
    `weight` says from 0 to 100 how strongly the code holds, where its coder said so.

    A tuple in the order of the query's columns: thousands are made at once, a dataclass of this size takes ten times
    as long.
    """

    id: CodingId
    document: DocumentId
    code: CodeId
    name: str
    colour: int
    start: int
    end: int
    coder_id: CoderId
    coder: str
    coder_name: str
    mine: bool
    comment: str
    unsure: bool
    illustrative: bool
    negative_case: bool
    round: RoundId
    layer: str
    revision: RevisionId
    altered: bool
    made_with: CodeId
    older: bool
    by_search: bool
    weight: int | None


class PassageRow(NamedTuple):
    """A coded passage as one reads it: its words, a little of what stands around them, and who says it.

    `was` has the words that it was coded on where they were edited since, unless a redaction erased them.
    """

    coding: CodingRow
    document_name: str
    before: str
    text: str
    after: str
    speaker: str
    group: str
    role: str = ""
    was: str = ""


@dataclass(frozen=True, slots=True)
class Looking:
    """Which codings to show: None stands for all. A code stands for those merged into it, a set for its codes.

    `within` is a range of the current text that they touch; `having` are conditions on what is recorded about those
    who speak, the document, or its site, all of which hold.
    """

    documents: Collection[str] | None = None
    codes: Collection[str] | None = None
    coders: Collection[str] | None = None
    rounds: Collection[str] | None = None
    layer: str | None = "coder"
    ids: Collection[str] | None = None
    altered: bool | None = None
    sets: Collection[str] | None = None
    older: bool | None = None
    by_search: bool | None = None
    within: Range | None = None
    unsure: bool | None = None
    having: Collection[Having] | None = None


def codings_of(study: Study, document: DocumentId, looking: Looking | None = None) -> list[CodingRow]:
    """The codings of one document in text order, as far as the acting coder may see them."""
    return codings(study, replace(looking or Looking(), documents=[document]))


def codings(study: Study, looking: Looking) -> list[CodingRow]:
    """All codings that are asked for and may be seen, by document and place.

    While a round is blind, colleagues' codings of a document stay hidden from a coder who has not yet handed it in.
    """
    with study.read() as session:
        rows = _visible(session, study.coder, looking)
        return _holding(study, session, rows, looking)


def passages(study: Study, looking: Looking, *, around: int = 60) -> list[PassageRow]:
    """The passages behind these codings, with up to `around` code points of context on either side."""
    with study.read() as session:
        rows = _visible(session, study.coder, looking)
        rows = _holding(study, session, rows, looking)
        found = sources(study, session, {row.document for row in rows})
        listed = [_passage(row, found[row.document], around) for row in rows]
        altered = [row.id for row in rows if row.altered]
        return _with_earlier_words(study, session, listed, altered) if altered else listed


def _with_earlier_words(
    study: Study, session: Session, rows: list[PassageRow], altered: list[CodingId]
) -> list[PassageRow]:
    """What tells the words of before is loaded once there are some."""
    from qcode.queries.transcripts.earlier_words import earlier_words

    was = earlier_words(study, session, altered)
    return [row._replace(was=was[row.coding.id]) if row.coding.id in was else row for row in rows]


def _holding(study: Study, session: Session, rows: list[CodingRow], looking: Looking) -> list[CodingRow]:
    """Those of which the conditions hold; what they need is loaded once there are some."""
    if not looking.having:
        return rows
    from qcode.queries.people.having import holding

    return holding(study, session, rows, looking.having)


def how_many(study: Study, looking: Looking) -> int:
    """At most how many codings may be seen of those asked for: counted without reading them."""
    with study.read() as session:
        merged = merged_codes(session)
        wanted, values = _asked(session, study.coder, looking, merged)
        if all(one is None for one in (looking.ids, looking.altered, looking.older, looking.by_search)):
            wanted = wanted.where(*once(session))
        if hidden := hidden_from(session, study.coder):
            seen = tuple_(Coding.round_id, Coding.document_id).not_in(list(hidden))
            wanted = wanted.where((Coding.coder_id == (study.coder or "")) | seen)
        counted = wanted.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
        return session.scalar(counted, values) or 0


def who_coded(study: Study) -> frozenset[CoderId]:
    """Those of whose work as coders something may be seen: asked without reading their codings."""
    with study.read() as session:
        hidden, merged = hidden_from(session, study.coder), merged_codes(session)
        wanted, values = _asked(session, study.coder, Looking(), merged)
        places = Coding.coder_id, Coding.round_id, Coding.document_id
        asked = wanted.order_by(None).with_only_columns(*places, maintain_column_froms=True).distinct()
        found = session.connection().execute(asked, values)
        return frozenset(
            CoderId(coder)
            for coder, coded_in, document in found
            if coder == study.coder or (coded_in, document) not in hidden
        )


def code_paths(study: Study) -> dict[CodeId, tuple[str, ...]]:
    """Each code's names from the root down; a merged code has those of the place it left."""
    with study.read() as session:
        return paths(session, hidden_codes(session, study.coder))


def _passage(coding: CodingRow, source: Source, around: int) -> PassageRow:
    text, start, end = source.text, coding.start, coding.end
    names, groups, roles = _voices(source, start, end)
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return PassageRow(coding, source.name, before, text[start:end], after, names, groups or source.group, roles)


def _voices(source: Source, start: int, end: int) -> tuple[str, str, str]:
    """The names of those who speak in a passage, their groups and their roles."""
    said = [who for turn in source.turns_in(start, end) if (who := source.speaker(turn)) is not None]
    if len(said) == 1:
        return said[0].pseudonym or said[0].label, said[0].group, said[0].participant_role
    names = dict.fromkeys(who.pseudonym or who.label for who in said)
    groups = dict.fromkeys(who.group for who in said if who.group)
    roles = dict.fromkeys(who.participant_role for who in said if who.participant_role)
    return ", ".join(names), ", ".join(groups), ", ".join(roles)


def _visible(session: Session, viewer: str | None, looking: Looking) -> list[CodingRow]:
    hidden, merged = hidden_from(session, viewer), merged_codes(session)
    wanted, values = _asked(session, viewer, looking, merged)
    rows = list(map(CodingRow._make, session.connection().execute(wanted, values).all()))
    if hidden:
        rows = [row for row in rows if row.mine or (row.round, row.document) not in hidden]
    placed = _once(_placed(session, rows))
    if looking.within is not None:
        first, last = looking.within
        placed = [row for row in placed if row.start < last and first < row.end]
    if looking.unsure is not None:
        placed = [row for row in placed if row.unsure == looking.unsure]
    return placed if looking.altered is None else [row for row in placed if row.altered == looking.altered]


def _made_with(session: Session, looking: Looking, merged: Mapping[str, str]) -> Collection[str] | None:
    """The codes that the codings looked for were made with."""
    chosen = None if looking.codes is None else set(looking.codes)
    if looking.sets is not None:
        members = select(CodeSetMember.code_id).join(CodeSet, CodeSet.id == CodeSetMember.set_id)
        members = members.where(CodeSetMember.alive, CodeSet.alive, CodeSet.id.in_(list(looking.sets)))
        held = {merged.get(code, code) for code in session.scalars(members)}
        chosen = held if chosen is None else held & chosen
    return None if chosen is None else with_merged(chosen, merged)


def _placed(session: Session, rows: list[CodingRow]) -> list[CodingRow]:
    """The rows where they are in the current texts; as read, `altered` marks those made on an older revision."""
    if not any(row.altered for row in rows):
        return rows
    positions = Positions(session)
    order = {document: number for number, document in enumerate(dict.fromkeys(row.document for row in rows))}
    moved = [_moved(row, positions) if row.altered else row for row in rows]
    return sorted(moved, key=lambda row: (order[row.document], row.start, row.end, row.name))


def _moved(row: CodingRow, positions: Positions) -> CodingRow:
    start, end, altered = positions.place(row.document, row.revision, row.start, row.end)
    return row._replace(start=start, end=end, altered=altered)


def _asked(
    session: Session, viewer: str | None, looking: Looking, merged: Mapping[str, str]
) -> tuple[Select[Any], dict[str, Any]]:
    """A statement made once for all questions of one shape, and the values for this one."""
    first, last = looking.within or (None, None)
    many = looking.ids is not None and len(looking.ids) > _FEW
    values = {
        "viewer": viewer or "",
        "documents": _listed(looking.documents),
        "made_with": _listed(_made_with(session, looking, merged)),
        "coders": _listed(looking.coders),
        "rounds": _listed(looking.rounds),
        "ids": None if many else _listed(looking.ids),
        "many_ids": json.dumps(_listed(looking.ids)) if many else None,
        "layer": looking.layer,
        "first": first,
        "last": last,
        "moved": True if looking.within and _corrected(session, looking.documents) else None,
    }
    given = frozenset(name for name, value in values.items() if value is not None)
    wanted = _statement(given, looking.older, looking.by_search, bool(looking.altered), tuple(merged.items()))
    return wanted, {name: value for name, value in values.items() if value is not None and name != "moved"}


def _corrected(session: Session, documents: Collection[str] | None) -> bool:
    """Whether codings may lie elsewhere than they were made; if not, an index finds those at a place."""
    earlier = select(Revision.id).join(Document, Document.id == Revision.document_id)
    earlier = earlier.where(Revision.id != Document.revision_id).limit(1)
    if documents is not None:
        earlier = earlier.where(Document.id.in_(list(documents)))
    return session.scalar(earlier) is not None


def _listed(chosen: Collection[str] | None) -> list[str] | None:
    return None if chosen is None else list(chosen)


@lru_cache(maxsize=100)
def _statement(
    given: frozenset[str],
    older: bool | None,
    by_search: bool | None,
    altered: bool,
    merged: tuple[tuple[str, str], ...],
) -> Select[Any]:
    """All codings with what is given of the names in `_asked`."""
    conditions = [condition for name, condition in _conditions(moved="moved" in given).items() if name in given]
    if older is not None:
        conditions.append(_OLDER if older else ~_OLDER)
    if by_search is not None:
        conditions.append((Coding.origin == "search") == by_search)
    if altered:
        conditions.append(_MOVED)
    return (
        select(*_columns())
        .join(Code, Code.id == shown_code(dict(merged)))
        .join(Coder, Coder.id == Coding.coder_id)
        .join(Document, Document.id == Coding.document_id)
        .where(Coding.alive, Code.alive, Document.alive, *conditions)
        .order_by(Document.position, Document.id, Coding.start, Coding.end, Code.name, Coding.id)
    )


def _conditions(*, moved: bool) -> dict[str, ColumnElement[bool]]:
    """What each of the names in `_asked` demands. SQLite takes only so many values: of many ids it is given a list."""
    many_ids = select(func.json_each(bindparam("many_ids")).table_valued("value").c.value)
    in_sight = (Coding.start < bindparam("last")) & (Coding.end > bindparam("first"))
    return {
        "documents": Coding.document_id.in_(bindparam("documents", expanding=True)),
        "made_with": Coding.code_id.in_(bindparam("made_with", expanding=True)),
        "coders": Coding.coder_id.in_(bindparam("coders", expanding=True)),
        "rounds": Coding.round_id.in_(bindparam("rounds", expanding=True)),
        "ids": Coding.id.in_(bindparam("ids", expanding=True)),
        "many_ids": Coding.id.in_(many_ids),
        "layer": Coding.layer == bindparam("layer"),
        "first": in_sight | _MOVED if moved else in_sight,
    }


_FEW = 1_000
_OLDER = Coding.code_version_id.is_distinct_from(Code.version_id)
_MOVED = Coding.revision_id != Document.revision_id
_PLACE = attrgetter("document", "start", "end", "code", "coder_id", "round", "layer")


def _once(rows: list[CodingRow]) -> list[CodingRow]:
    """Codings of one coder that are alike, made on two machines or by merging codes, are shown once."""
    places = list(map(_PLACE, rows))
    if len(set(places)) == len(rows):
        return rows
    shown: dict[Any, CodingRow] = {}
    for place, row in zip(places, rows, strict=True):
        key = place if row.start < row.end else row.id  # those that lost all their words were apart before
        shown[key] = _united(shown[key], row) if key in shown else row
    return list(shown.values())


def _united(first: CodingRow, second: CodingRow) -> CodingRow:
    """One coding that says what either of two says; it goes by an id as `models.alike` has it."""
    first, second = sorted((first, second), key=lambda row: (row.made_with != row.code, row.id))
    return first._replace(
        comment="\n".join(dict.fromkeys(comment for comment in (first.comment, second.comment) if comment)),
        unsure=first.unsure or second.unsure,
        illustrative=first.illustrative or second.illustrative,
        negative_case=first.negative_case or second.negative_case,
        older=first.older or second.older,
        altered=first.altered or second.altered,
        by_search=first.by_search and second.by_search,
        weight=second.weight if first.weight is None else first.weight,
    )


def _columns() -> tuple[Any, ...]:
    """The columns of a `CodingRow` in its order."""
    return (
        Coding.id,
        Coding.document_id,
        Code.id,
        Code.name,
        Code.palette_slot,
        Coding.start,
        Coding.end,
        Coding.coder_id,
        Coder.initials,
        Coder.name,
        Coding.coder_id == bindparam("viewer"),
        Coding.comment,
        Coding.certainty == "unsure",
        Coding.illustrative,
        Coding.negative_case,
        Coding.round_id,
        Coding.layer,
        Coding.revision_id,
        _MOVED,
        Coding.code_id,
        _OLDER,
        Coding.origin == "search",
        Coding.weight,
    )
