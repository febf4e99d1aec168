"""What the study says about what stands under its quotes: fields in order of worth, ladders, what names give away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.ladders import WIDTHS, abbreviates, id_parts, is_code
from qcode.ids import AttributionExceptionId, CoderId
from qcode.models import Attribute, AttributionException, AttributionPolicy, Coder, Participant, StudyRecord
from qcode.models.attribution import POLICY_ID
from qcode.models.journal import Change, Step
from qcode.queries.people.attributes import Sheet, SheetColumn, read_sheet
from qcode.reports import attribution
from qcode.study import Study
from qcode.text.typed import fold

NAMES: Final = ("pseudonym", "id", "document")
"""The fields that name somebody, and give away what the name tells."""
OWN: Final = ("role", "group", "site")
_GENDER: Final = frozenset({"gender", "sex", "género", "genero", "sexo", "geschlecht", "genre", "sexe", "genere"})

type Rung = Mapping[str, str] | float
"""A step of a ladder: coarser words by the words they stand for, or the width of bands of numbers."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field that gives something away: its key, its title, its name in templates, and how values become coarser.

    `values` are what is recorded, each with about how many people, in the order of the table; `kind` is that of the
    attribute, "name" for what names somebody, "text" for role, group and site.
    """

    key: str
    title: str
    name: str
    kind: str
    ladder: tuple[Rung, ...]
    values: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """What is excepted: for a template, everybody or those of whom `value` is recorded in the field titled `about`."""

    id: AttributionExceptionId
    template: str
    about: str
    title: str
    value: str
    reason: str
    coder: CoderId
    coder_name: str
    at: str

    @property
    def whom(self) -> str:
        """Who is meant, in words."""
        return f"those whose {self.title} is “{self.value}”" if self.about else "everybody"


@dataclass(frozen=True, slots=True)
class Policy:
    """What may stand under quotes: the template, k, and the fields in order of worth.

    `pseudonym_tells` are keys of fields that pseudonyms give away, `id_tells` the numbers of the parts of ids that give
    something away (None: all but the last, unless they stand for the kind of document). `exceptions` are those of all
    templates.
    """

    template: str
    k: int
    fields: tuple[FieldRow, ...]
    pseudonym_tells: tuple[str, ...]
    id_tells: tuple[int, ...] | None
    covering: bool
    exceptions: tuple[ExceptionRow, ...]

    def in_force(self, template: str) -> tuple[ExceptionRow, ...]:
        """The exceptions that hold for a template."""
        return tuple(one for one in self.exceptions if one.template == template)

    def key_of(self, name: str) -> str:
        """The key of the field that a template calls so; empty for one that gives nothing away, such as the page."""
        return next((one.key for one in self.fields if one.name == fold(name)), "")

    def asked(self, template: str) -> tuple[str, ...]:
        """The keys of what a template asks, each once.

        Raises:
            UnknownAttributionFieldError, AttributionBraceError.
        """
        names = attribution.template_fields(template, self.attributes)
        return tuple(dict.fromkeys(key for name in names if (key := self.key_of(name))))

    @property
    def attributes(self) -> tuple[str, ...]:
        """What is recorded beside what every study has, by the titles that templates may use."""
        return tuple(one.title for one in self.fields if one.key not in (*NAMES, *OWN))


def anonymity_policy(study: Study) -> Policy:
    """What the study says about what may stand under its quotes, with what is usual where it says nothing."""
    with study.read() as session:
        return read_policy(session, read_sheet(session, "participant"))


def read_policy(session: Session, sheet: Sheet) -> Policy:
    """The policy of a study, whose table of participants is given."""
    card = session.scalars(select(StudyRecord).where(StudyRecord.alive)).one()
    row = session.get(AttributionPolicy, POLICY_ID)
    said = row if row is not None and row.alive else None
    fields = {one.key: one for one in _fields(sheet, said.ladders if said else {})}
    worth = dict.fromkeys(key for key in [*(said.worth if said else ()), *fields] if key in fields)
    tells: Mapping[str, Any] = said.tells if said else {}
    return Policy(
        card.attribution,
        card.k,
        tuple(fields[key] for key in worth),
        _pseudonym_tells(session, tells.get("pseudonym"), fields.values()),
        _numbers(tells.get("id")),
        said.covering if said else False,
        tuple(_exceptions(session, {key: one.title for key, one in fields.items()})),
    )


def _fields(sheet: Sheet, ladders: Mapping[str, Any]) -> Iterable[FieldRow]:
    for key, title in zip(NAMES, ("Pseudonym", "Id", "Document"), strict=True):
        yield FieldRow(key, title, key, "name", ())
    for column in sheet.columns[1:]:
        if column.attribute is not None or column.key in OWN:
            name = fold(column.title) if column.attribute else column.key
            ladder = tuple(_ladder(column.kind, ladders.get(column.key)))
            yield FieldRow(column.key, column.title, name, column.kind, ladder, _values(sheet, column))


def _values(sheet: Sheet, column: SheetColumn) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = dict.fromkeys(column.choices, 0) if column.kind == "category" else {}
    for row in sheet.rows:
        cell = row.cells[column.key]
        if cell.state == "given":
            counts[cell.text] = counts.get(cell.text, 0) + 1
    return tuple((value, count) for value, count in counts.items() if count)


def _ladder(kind: str, said: Any) -> Iterable[Rung]:
    """The steps that are kept for a field, as far as they are steps; numbers have some that are usual."""
    if kind == "number" and not isinstance(said, list):
        yield from WIDTHS
    for step in said if isinstance(said, list) else ():
        if kind == "number":
            if isinstance(step, int | float) and 0 < step < 1e12:
                yield float(step)
        elif isinstance(step, list):
            yield {pair[0]: pair[1] for pair in step if _is_pair(pair)}


def _is_pair(one: Any) -> bool:
    return isinstance(one, list) and len(one) == 2 and all(isinstance(word, str) for word in one)


def _pseudonym_tells(session: Session, said: Any, fields: Iterable[FieldRow]) -> tuple[str, ...]:
    """What is said to be given away, or a gender, unless most pseudonyms are codes."""
    keys = {one.key: one for one in fields if one.kind != "name"}
    if isinstance(said, list):
        return tuple(key for key in said if key in keys)
    names = session.scalars(select(Participant.pseudonym).where(Participant.alive)).all()
    if sum(map(is_code, names)) * 2 > len(names):
        return ()
    return tuple(key for key, one in keys.items() if one.name in _GENDER)


def _numbers(said: Any) -> tuple[int, ...] | None:
    return tuple(one for one in said if isinstance(one, int)) if isinstance(said, list) else None


def _exceptions(session: Session, titles: Mapping[str, str]) -> Iterable[ExceptionRow]:
    """What is excepted, the first granted first, with when it was granted last."""
    granted = (
        select(AttributionException, Coder.name, Step.at)
        .join(Coder, Coder.id == AttributionException.coder_id)
        .join(Change, Change.row_id == AttributionException.id)
        .join(Step, Step.id == Change.step_id)
        .where(AttributionException.alive)
        .order_by(Step.lamport, Step.id)
    )
    found = {row.id: (row, name, at) for row, name, at in session.execute(granted)}
    for row, name, at in found.values():
        yield ExceptionRow(
            AttributionExceptionId(row.id), row.template, row.about, titles.get(row.about, "…"), row.value, row.reason,
            CoderId(row.coder_id), name, at,
        )  # fmt: skip


def is_about(row: ExceptionRow, values: Mapping[str, str]) -> bool:
    """Whether somebody of whom this is recorded, by key, is among those who are excepted."""
    return not row.about or fold(values.get(row.about, "")) == fold(row.value)


def parts_of_ids(kinds: Mapping[str, str], tells: Sequence[int] | None) -> Mapping[str, Mapping[int, str]]:
    """The parts of ids that give something away, by id and number of the part; other names have none.

    `kinds` leads from each name to the kind of document it has, if it is a document's.
    """
    return {name: dict(_telling(id_parts(name), kind, tells)) for name, kind in kinds.items()}


def _telling(parts: Sequence[str], kind: str, tells: Sequence[int] | None) -> Iterator[tuple[int, str]]:
    for place, part in enumerate(parts):
        usual = place < len(parts) - 1 and not (kind and abbreviates(part, kind))
        if usual if tells is None else place in tells:
            yield place, part


def worth_in_words(session: Session, worth: Sequence[str]) -> str:
    """What the field of the journal says that holds the order of worth."""
    return ", ".join(_title(session, key) for key in worth) or "the usual order"


def ladders_in_words(session: Session, ladders: Mapping[str, Any]) -> str:
    """What the field of the journal says that holds the ladders."""
    told = (f"{_title(session, key)} in {len(steps)} steps" for key, steps in ladders.items())
    return ", ".join(told) or "no ladders"


def tells_in_words(session: Session, tells: Mapping[str, Any]) -> str:
    """What the field of the journal says that holds what names give away."""
    told = [", ".join(_title(session, key) for key in tells["pseudonym"])] if tells.get("pseudonym") else []
    told += [f"parts {', '.join(str(one + 1) for one in tells['id'])} of ids"] if tells.get("id") else []
    return ", ".join(told) or "names give nothing away"


def _title(session: Session, key: str) -> str:
    row = session.get(Attribute, key)
    return row.name if row is not None else key.capitalize()
