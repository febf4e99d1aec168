"""Whether the study's file holds what it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, FromClause, Select, func, select, text
from sqlalchemy.orm import Session

from qcode.models import (
    Coding,
    Decision,
    Document,
    Layout,
    MemoLink,
    Quote,
    Region,
    Revision,
    SummaryPassage,
    Text,
    TurnLink,
)
from qcode.models.journal import Step, all_entries, fold, heads, kinds, to_fields
from qcode.models.texts import Boundaries, boundaries_of
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, what was removed included, and every problem as a sentence."""

    rows: int
    steps: int
    documents: int
    codings: int
    problems: tuple[str, ...]


def check(study: Study) -> Checked:
    """Look at the file itself, its texts, every range and reference, and replay the whole journal."""
    with study.read() as session:
        problems = [
            *_file_problems(session),
            *_text_problems(session),
            *_range_problems(session),
            *_replay_problems(session.connection()),
        ]
        sizes = {name: _size(session, kind.__table__) for name, kind in kinds().items()}
        steps = _size(session, Step.__table__)
        return Checked(sum(sizes.values()), steps, sizes["document"], sizes["coding"], tuple(problems))


def _size(session: Session, table: FromClause) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _file_problems(session: Session) -> Iterator[str]:
    for (line,) in session.execute(text("PRAGMA integrity_check(20)")):
        if line != "ok":
            yield f"The file is damaged: {line}."
    for table, _row, parent, _key in session.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {table} refers to a {parent} that is not there."


def _text_problems(session: Session) -> Iterator[str]:
    stores = select(Text.sha256, Text.body), select(Layout.sha256, Layout.body)
    for digest, body in chain.from_iterable(session.execute(store) for store in stores):
        if sha256(body.encode("utf-8")).hexdigest() != digest:
            yield "A stored text or layout differs from its hash."
    standing = set(session.scalars(select(Document.revision_id)))
    for revision in session.scalars(select(Revision)):
        # An older text that a redaction erased has no hash either.
        if revision.text_sha256 or revision.id in standing:
            yield from _revision_problems(session, revision)


def _revision_problems(session: Session, revision: Revision) -> Iterator[str]:
    text, layout = session.get(Text, revision.text_sha256), session.get(Layout, revision.layout_sha256)
    if text is None:
        yield "The text of a document is missing."
    elif layout is None:
        yield "The turns of a document are missing."
    elif len(text.body) != revision.length:
        yield "A text is longer or shorter than its document says."
    elif not _in_order(boundaries_of(layout.body), revision.length):
        yield "The turns or sentences of a document lie outside its text or across each other."


def _in_order(boundaries: Boundaries, length: int) -> bool:
    for ranges in ([turn[:2] for turn in boundaries.turns], boundaries.units):
        edges = [0, *(position for pair in ranges for position in pair), length]
        if edges != sorted(edges):
            return False
    return True


def _range_problems(session: Session) -> Iterator[str]:
    lengths = {row.id: row.length for row in session.scalars(select(Revision))}
    names = {row.id: row.name for row in session.scalars(select(Document))}
    for name, wanted in _anchors():
        for document, revision, start, end in session.execute(wanted):
            if revision is not None and not 0 <= start < end <= lengths.get(revision, -1):
                yield f"A {name.replace('_', ' ')} lies outside the text of “{names.get(document, '?')}”."


def _anchors() -> Iterator[tuple[str, Select[Any, Any, Any, Any]]]:
    """Whatever is anchored in a text: its kind, and the columns for document, revision, start and end."""
    for kind in (Coding, Decision, Quote, MemoLink, Region, SummaryPassage, TurnLink):
        yield kind.__tablename__, select(kind.document_id, kind.revision_id, kind.start, kind.end)
    link = TurnLink
    originals = select(link.original_id, link.original_revision_id, link.original_start, link.original_end)
    yield link.__tablename__, originals


def _replay_problems(connection: Connection) -> Iterator[str]:
    seen: dict[str, set[str]] = {name: set() for name in kinds()}
    states = {name: _states(connection, name) for name in kinds()}
    for row, group in groupby(all_entries(connection), key=attrgetter("row")):
        history = list(group)
        name = history[0].kind
        seen[name].add(row)
        state = states[name].get(row)
        if state is None:
            yield f"A {name} of the journal is missing from the study."
        elif state[1] != fold(history):
            yield f"A {name} differs from what the journal says it is."
        elif state[0] != " ".join(heads(history)):
            yield f"A {name} does not stand on its latest change."
    for name, rows in states.items():
        for _row in rows.keys() - seen[name]:
            yield f"A {name} was written past the journal."


def _states(connection: Connection, name: str) -> dict[str, tuple[str, dict[str, object]]]:
    kind = kinds()[name]
    rows = connection.execute(select(kind.__table__)).mappings()
    return {row["id"]: (row["head"], to_fields(kind, dict(row))) for row in rows}
