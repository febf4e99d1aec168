"""What is recorded about participants, documents and sites: the attributes, and tables of all their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import AttributeId, LevelId
from qcode.models import Attribute, AttributeLevel, AttributeValue, Document, Site
from qcode.models.subjects import MODES, SHAPES, Shape
from qcode.study import Study
from qcode.text.blocks import Subject
from qcode.text.typed import UNKNOWN, fold

OWN_KINDS = ("agency", "community", "school", "clinic", "neighbourhood")


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level of a category, and about how many it is recorded."""

    id: LevelId
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class AttributeRow:
    """Something that is recorded about each subject, or those of one group; `given` counts values, unknown ones too."""

    id: AttributeId
    subject: Subject
    name: str
    kind: str
    group: str
    levels: tuple[LevelRow, ...]
    given: int


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table: one that all tables of its kind have (`attribute` is None), or an attribute.

    `choices` are what it can say, in order, where that is settled; `group` is the one group it is asked of.
    """

    key: str
    title: str
    kind: str
    attribute: AttributeId | None = None
    choices: tuple[str, ...] = ()
    free: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """What a cell says: `state` is given, unknown, nothing or not asked, and `order` is what it is sorted by."""

    text: str = ""
    state: str = "nothing"
    order: Any = None


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A participant, document or site with its cells, one for each column but the name's."""

    id: str
    name: str
    group: str
    cells: Mapping[str, SheetCell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is recorded about one kind of subject; the first column is the name."""

    subject: Subject
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """A site, with how many documents and participants come from it."""

    id: str
    name: str
    kind: str
    documents: int
    participants: int


NOTHING = SheetCell()
NOT_ASKED = SheetCell(state="not asked")


def attributes(study: Study, subject: Subject | None = None) -> list[AttributeRow]:
    """The attributes in order, of one kind of subject or of all."""
    with study.read() as session:
        found = _attributes(session, subject)
        levels = _levels(session)
        used: Counter[str] = Counter()
        given: Counter[str] = Counter()
        for kind in {row.subject for row in found}:
            for value in _values(session, SHAPES[kind]):
                given[value.attribute_id] += 1
                used[value.level_id or ""] += 1
        return [
            AttributeRow(
                AttributeId(row.id),
                row.subject,
                row.name,
                row.kind,
                row.group_name,
                tuple(LevelRow(LevelId(one.id), one.name, used[one.id]) for one in levels.get(row.id, ()) if one.alive),
                given[row.id],
            )
            for row in found
        ]


def sheet(study: Study, subject: Subject) -> Sheet:
    """The table of everything that is recorded about participants, documents or sites."""
    with study.read() as session:
        return read_sheet(session, subject)


def read_sheet(session: Session, subject: Subject) -> Sheet:
    """The same within a reading session."""
    shape = SHAPES[subject]
    found, levels = _attributes(session, subject), _levels(session)
    sites = {row.id: row.name for row in session.scalars(select(Site).where(Site.alive).order_by(Site.name))}
    cells: dict[str, dict[str, SheetCell]] = {}
    kinds = {row.id: row.kind for row in found}
    places = {one.id: (place, one.name) for of in levels.values() for place, one in enumerate(of)}
    for value in _values(session, shape):
        if value.attribute_id in kinds:
            about = getattr(value, shape.value_column)
            cells.setdefault(about, {})[value.attribute_id] = _cell(value, kinds[value.attribute_id], places)
    rows = [
        SheetRow(
            row.id,
            getattr(row, shape.name),
            getattr(row, "group_name", ""),
            _own_cells(row, shape, sites) | _asked(row, found, cells.get(row.id, {})),
        )
        for row in _rows(session, shape)
    ]
    own = {key: sorted({row.cells[key].text for row in rows} - {""}, key=fold) for key in shape.columns}
    own |= {"mode": list(MODES), "site": list(sites.values())}
    if subject == "site":
        own["kind"] = sorted({*own["kind"], *OWN_KINDS})
    return Sheet(subject, (*_own_columns(shape, own), *_columns(found, levels)), tuple(rows))


def sites(study: Study) -> list[SiteRow]:
    """The sites by name."""
    with study.read() as session:
        of: list[Counter[str | None]] = []
        for subject in ("document", "participant"):
            kind: Any = SHAPES[subject].rows
            of.append(Counter(session.scalars(select(kind.site_id).where(kind.alive))))
        rows = session.scalars(select(Site).where(Site.alive))
        found = [SiteRow(row.id, row.name, row.kind, of[0][row.id], of[1][row.id]) for row in rows]
        return sorted(found, key=lambda row: fold(row.name))


def _attributes(session: Session, subject: Subject | None) -> list[Any]:
    wanted = select(Attribute).where(Attribute.alive).order_by(Attribute.subject, Attribute.position, Attribute.id)
    return list(session.scalars(wanted if subject is None else wanted.where(Attribute.subject == subject)))


def _levels(session: Session) -> dict[str, list[AttributeLevel]]:
    """The levels of each category in order, those that are gone last."""
    out: dict[str, list[AttributeLevel]] = {}
    order = AttributeLevel.alive.desc(), AttributeLevel.position, AttributeLevel.id
    for row in session.scalars(select(AttributeLevel).order_by(*order)):
        out.setdefault(row.attribute_id, []).append(row)
    return out


def _values(session: Session, shape: Shape) -> list[AttributeValue]:
    about = AttributeValue.__table__.c[shape.value_column]
    held = select(AttributeValue).join(shape.rows, shape.rows.id == about)
    return list(session.scalars(held.where(AttributeValue.alive, shape.rows.alive)))


def _rows(session: Session, shape: Shape) -> list[Any]:
    kind: Any = shape.rows
    if kind is Document:
        order: tuple[Any, ...] = (kind.position, kind.id)
    else:
        order = (kind.group_name, kind.pseudonym) if shape.name == "pseudonym" else (kind.name,)
    return list(session.scalars(select(kind).where(kind.alive).order_by(*order)))


def _cell(value: AttributeValue, kind: str, places: Mapping[str, tuple[int, str]]) -> SheetCell:
    if value.unknown:
        return SheetCell(UNKNOWN, "unknown")
    if value.level_id is not None:
        place, name = places[value.level_id]
        return SheetCell(name, "given", place)
    return SheetCell(value.content, "given", float(value.content) if kind == "number" else value.content)


def _own_cells(row: Any, shape: Shape, sites: Mapping[str, str]) -> dict[str, SheetCell]:
    texts = {key: getattr(row, column) or "" for key, column in shape.columns.items()}
    if "site" in texts:
        texts["site"] = sites.get(texts["site"], "")
    return {key: SheetCell(text, "given", text) if text else NOTHING for key, text in texts.items()}


def _asked(row: Any, found: list[Any], given: Mapping[str, SheetCell]) -> dict[str, SheetCell]:
    group = fold(getattr(row, "group_name", ""))
    return {
        one.id: given.get(one.id, NOT_ASKED if one.group_name and fold(one.group_name) != group else NOTHING)
        for one in found
    }


def _own_columns(shape: Shape, own: Mapping[str, list[str]]) -> list[SheetColumn]:
    settled = {"mode", "site"}
    return [
        SheetColumn("name", shape.title, "text"),
        *(
            SheetColumn(key, title, "text", None, tuple(own[key]), key not in settled)
            for key, title in shape.titles.items()
        ),
    ]


def _columns(found: list[Any], levels: Mapping[str, list[AttributeLevel]]) -> list[SheetColumn]:
    return [
        SheetColumn(
            row.id,
            row.name,
            row.kind,
            AttributeId(row.id),
            (*(one.name for one in levels.get(row.id, ()) if one.alive), UNKNOWN) if row.kind == "category" else (),
            row.kind != "category",
            row.group_name,
        )
        for row in found
    ]
