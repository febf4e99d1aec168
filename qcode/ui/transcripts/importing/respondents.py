"""Who answered a survey: participants with what its table records about them, written with the answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from qcode.exchange.spreadsheets import TableFile
from qcode.ids import DocumentId
from qcode.operations.cells import write_cells
from qcode.operations.participants import assign_speakers
from qcode.queries.people.table_import import plan_table
from qcode.queries.transcripts.documents import document_text, participants
from qcode.study import Study
from qcode.text.typed import fold
from qcode.transcripts import Reading

_PSEUDONYM = "pseudonym"
_TELLS_WHO = frozenset({"id", "speaker"})
_BAND = re.compile(r"(\d{1,3})\s*(?:-|–|to|a|bis)\s*(\d{1,3})(?: years| years old| años)?", re.IGNORECASE)
_OPEN_BAND = re.compile(
    r"(?:under|over|below|above|up to|at least|[<>≤≥]=?)\s*(\d{1,3})|(\d{1,3})\s*(?:\+|(?:or|and) \w+)", re.IGNORECASE
)
_OLDEST = 130
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class People:
    """Respondents of one document: pseudonyms by the labels they speak under, and the table of what is recorded."""

    labels: Mapping[str, str]
    table: TableFile


def recorded_about(reading: Reading) -> dict[str, str]:
    """What a table records about respondents, by column, each value once: names may stand there too."""
    said: dict[str, dict[str, None]] = {}
    for one in reading.respondents:
        for column, value in one.values:
            said.setdefault(column, {})[value] = None
    return {column: _BETWEEN.join(values) for column, values in said.items()}


def named_about(reading: Reading) -> dict[str, str]:
    """What a table records about respondents and could name them: bands such as 18-29 or 60+ name nobody."""
    found = {column: said.split(_BETWEEN) for column, said in recorded_about(reading).items()}
    kept = {column: [value for value in values if not is_band(value)] for column, values in found.items()}
    return {column: _BETWEEN.join(values) for column, values in kept.items() if values}


def is_band(value: str) -> bool:
    """Whether a value is a band of ages or of other small numbers, such as 18-29, 60+ or under 18."""
    said = value.strip()
    if between := _BAND.fullmatch(said):
        return int(between[1]) < int(between[2]) <= _OLDEST
    edge = _OPEN_BAND.fullmatch(said)
    return edge is not None and int(edge[1] or edge[2]) <= _OLDEST


def people_of(reading: Reading, name: str, clean: Callable[[str], str]) -> People | None:
    """The respondents of a file; None where nothing is recorded about them.

    Those who were only numbered are told apart from the numbered ones of other tables by the name of the document.
    """
    columns = tuple(recorded_about(reading))
    if not columns:
        return None
    told = any(column.use in _TELLS_WHO for column in reading.columns)
    labels: dict[str, str] = {}
    rows = []
    for one in reading.respondents:
        label, values = clean(one.id), dict(one.values)
        labels[label] = label if told else f"{label} ({name})"
        rows.append((labels[label], *(clean(values.get(column, "")) for column in columns)))
    headings = (_PSEUDONYM, *map(clean, columns))
    return People(labels, TableFile(name, headings, tuple(rows), tuple(range(1, len(rows) + 1))))


def record_people(study: Study, document: DocumentId, people: People) -> None:
    """Make participants of respondents and say which speaker of a document each is.

    What is recorded already about somebody who took part before stays as it is.
    """
    known = {fold(row.pseudonym) for row in participants(study)}
    fresh = [place for place, row in enumerate(people.table.rows) if fold(row[0]) not in known]
    if fresh:
        rows = tuple(people.table.rows[place] for place in fresh)
        plan = plan_table(study, TableFile(people.table.name, people.table.headings, rows, tuple(fresh)))
        if plan.changes:
            write_cells(study, plan.subject, plan.block)
    ids = {fold(row.pseudonym): row.id for row in participants(study)}
    speakers = document_text(study, document).speakers
    named = {row.id: ids.get(fold(people.labels.get(row.label, ""))) for row in speakers}
    found = {speaker: participant for speaker, participant in named.items() if participant is not None}
    if found:
        assign_speakers(study, found)
