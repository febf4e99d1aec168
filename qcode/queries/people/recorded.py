"""What is recorded about those who speak in passages, about their documents, and about the sites these are from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Protocol

from qcode.queries.people.attributes import Sheet, SheetCell, SheetColumn, SheetRow, read_sheet
from qcode.queries.people.having import Having, Placed, all_hold, speaking
from qcode.study import Study
from qcode.text.blocks import Subject
from qcode.text.typed import fold

SUBJECTS: tuple[Subject, ...] = ("participant", "document", "site")


class Known(Placed, Protocol):
    """A passage that has an id."""

    @property
    def id(self) -> Any:
        """What it is known by."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The tables of what is recorded, and the rows of them that concern each passage, by the passage's id."""

    sheets: Mapping[Subject, Sheet]
    concern: Mapping[Subject, Mapping[str, Sequence[SheetRow]]]

    def column(self, subject: Subject, key: str) -> SheetColumn | None:
        """A column of a table; None where it is no more."""
        return next((one for one in self.sheets[subject].columns if one.key == key), None)

    def cells(self, subject: Subject, key: str, passage: str) -> list[SheetCell]:
        """What a column says about those who are concerned by a passage, each different thing once."""
        found = [row.cells[key] for row in self.concern[subject].get(passage, ()) if key in row.cells]
        return list(dict.fromkeys(found))

    def holds(self, passage: str, conditions: Collection[Having]) -> bool:
        """Whether every condition holds for a passage: those on participants for one and the same of its speakers."""
        by_kind = groupby(sorted(conditions, key=_kind), key=_kind)
        return all(self._one_is_so(subject, passage, list(asked)) for subject, asked in by_kind)

    def _one_is_so(self, subject: Subject, passage: str, asked: Sequence[Having]) -> bool:
        return any(all_hold(row, asked) for row in self.concern[subject].get(passage, ()))


def recorded(study: Study, rows: Sequence[Known]) -> Recorded:
    """What is recorded about these passages, which are those that one may see."""
    with study.read() as session:
        sheets = {subject: read_sheet(session, subject) for subject in SUBJECTS}
        said = speaking(study, session, rows)
    people, documents = ({row.id: row for row in sheets[kind].rows} for kind in ("participant", "document"))
    at_site = {fold(row.name): (row,) for row in sheets["site"].rows}
    sites = {key: at_site.get(fold(row.cells["site"].text), ()) for key, row in documents.items()}
    return Recorded(
        sheets,
        {
            "participant": {
                row.id: [people[who] for who in sorted(those) if who in people]
                for row, those in zip(rows, said, strict=True)
            },
            "document": {row.id: (documents[row.document],) for row in rows},
            "site": {row.id: sites[row.document] for row in rows},
        },
    )


def _kind(condition: Having) -> Subject:
    return condition.subject
