"""Attributes of participants, documents and sites: which there are, of what kind, with which levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import AttributeId, LevelId, derived_id, new_id
from qcode.models import Attribute, AttributeLevel, AttributeValue
from qcode.models.recording import write_fields
from qcode.models.subjects import SHAPES
from qcode.operations.lookup import NameTakenError, last_position, living, tidy_name
from qcode.study import Study
from qcode.text.blocks import Subject
from qcode.text.ordering import between, sequence
from qcode.text.typed import KINDS, Kind, fold, habits_of, meant

_NOUN, _LEVEL = "attribute", "level"


class UnknownAttributeKindError(QcodeError):
    """An attribute of a kind that there is not."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"“{kind}” is no kind of attribute. Use one of: {', '.join(KINDS)}.")


class UnknownSubjectError(QcodeError):
    """Attributes are recorded about other things."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"Nothing is recorded about a “{subject}”. Use one of: {', '.join(get_args(Subject))}.")


class OwnColumnError(QcodeError):
    """An attribute would have the name of a column that every table has."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Every table has a column “{name}” already. Choose another name for the attribute.")


class NoLevelsError(QcodeError):
    """Levels belong to categories."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” is no category, so it has no levels. Make it a category first.")


class LevelInUseError(QcodeError):
    """A level is recorded about somebody."""

    def __init__(self, name: str, count: int) -> None:
        values = "one value is" if count == 1 else f"{count} values are"
        super().__init__(f"“{name}” can't be removed: {values} recorded with it. Give those another level first.")


class ValuesDoNotFitError(QcodeError):
    """What is recorded cannot be of another kind."""

    def __init__(self, name: str, kind: str, count: int) -> None:
        values = "one recorded value is" if count == 1 else f"{count} recorded values are"
        super().__init__(f"“{name}” can't become a {kind}: {values} none. Change those first; nothing was changed.")


def add_attribute(
    study: Study, *, subject: Subject, name: str, kind: Kind = "text", levels: Sequence[str] = (), group: str = ""
) -> AttributeId:
    """Begin to record something about each participant, document or site, or about those of one group only."""
    attribute = AttributeId(new_id())
    with study.transact("Add attribute {attribute}", args={"attribute": attribute}) as session:
        put_attribute(session, attribute, subject=subject, name=name, kind=kind, levels=levels, group=group)
    return attribute


def put_attribute(
    session: Session,
    attribute: AttributeId,
    *,
    subject: Subject,
    name: str,
    kind: Kind,
    levels: Sequence[str],
    group: str = "",
) -> None:
    """Write a new attribute as part of a step."""
    if subject not in SHAPES:
        raise UnknownSubjectError(subject)
    _refuse_kind(kind)
    tidy = tidy_name(_NOUN, name)
    _refuse_known_name(session, subject, tidy)
    position = between(last_position(session, Attribute, Attribute.subject == subject), None)
    session.add(
        Attribute(id=attribute, subject=subject, name=tidy, kind=kind, position=position, group_name=group.strip())
    )
    if levels and kind != "category":
        raise NoLevelsError(tidy)
    put_levels(session, attribute, levels)


def put_levels(session: Session, attribute: str, names: Iterable[str]) -> dict[str, str]:
    """Write new levels behind those that a category has, as part of a step; answers their ids by folded name."""
    tidy = [tidy_name(_LEVEL, name) for name in names]
    for number, name in enumerate(tidy):
        _refuse_known_level(session, attribute, name)
        if fold(name) in map(fold, tidy[:number]):
            raise NameTakenError(_LEVEL, name)
    last = last_position(session, AttributeLevel, AttributeLevel.attribute_id == attribute)
    rows = [
        AttributeLevel(attribute_id=attribute, name=name, position=place)
        for name, place in zip(tidy, sequence(len(tidy), last), strict=True)
    ]
    session.add_all(rows)
    return {fold(row.name): row.id for row in rows}


def describe_attribute(study: Study, attribute: AttributeId, *, name: str, kind: Kind, group: str = "") -> None:
    """Give an attribute another name, kind or group; what is recorded already is kept in the new kind.

    Refuses if a value has no meaning in that kind.
    """
    _refuse_kind(kind)
    tidy = tidy_name(_NOUN, name)
    with study.transact("Describe attribute {attribute}", args={"attribute": attribute}) as session:
        row = living(session, Attribute, attribute)
        if fold(row.name) != fold(tidy):
            _refuse_known_name(session, row.subject, tidy)
        if row.kind != kind:
            _convert(session, row, kind)
        row.name, row.kind, row.group_name = tidy, kind, group.strip()


def move_attribute(study: Study, attribute: AttributeId, *, after: AttributeId | None) -> None:
    """Put an attribute behind another in all tables, or ahead of all."""
    with study.transact("Move attribute {attribute}", args={"attribute": attribute}) as session:
        row = living(session, Attribute, attribute)
        among = select(Attribute.id, Attribute.position).where(
            Attribute.alive, Attribute.subject == row.subject, Attribute.id != row.id
        )
        found = session.execute(among.order_by(Attribute.position, Attribute.id)).all()
        row.position = _behind([(one.id, one.position) for one in found], after)


def remove_attribute(study: Study, attribute: AttributeId) -> None:
    """Stop recording something; undo brings it back with every value."""
    with study.transact("Remove attribute {attribute}", args={"attribute": attribute}) as session:
        living(session, Attribute, attribute).alive = False


def add_level(study: Study, attribute: AttributeId, *, name: str) -> LevelId:
    """Give a category one more level, behind the others."""
    with study.transact("Add a level to {attribute}", args={"attribute": attribute}) as session:
        row = living(session, Attribute, attribute)
        if row.kind != "category":
            raise NoLevelsError(row.name)
        return LevelId(next(iter(put_levels(session, attribute, [name]).values())))


def rename_level(study: Study, level: LevelId, *, name: str) -> None:
    """Give a level another name, wherever it is recorded."""
    tidy = tidy_name(_LEVEL, name)
    with study.transact("Rename level {attribute_level}", args={"attribute_level": level}) as session:
        row = living(session, AttributeLevel, level)
        if fold(row.name) != fold(tidy):
            _refuse_known_level(session, row.attribute_id, tidy)
        row.name = tidy


def move_level(study: Study, level: LevelId, *, after: LevelId | None) -> None:
    """Put a level behind another, or ahead of all."""
    with study.transact("Move level {attribute_level}", args={"attribute_level": level}) as session:
        row = living(session, AttributeLevel, level)
        others = [(one.id, one.position) for one in _levels(session, row.attribute_id) if one.id != level]
        row.position = _behind(others, after)


def remove_level(study: Study, level: LevelId) -> None:
    """Take a level out of a category; refused while it is recorded about anybody."""
    with study.transact("Remove level {attribute_level}", args={"attribute_level": level}) as session:
        row = living(session, AttributeLevel, level)
        if used := _uses(session, row):
            raise LevelInUseError(row.name, used)
        row.alive = False


def value_id(attribute: str, subject: str) -> str:
    """The id of what is recorded about a subject, the same in every copy of a study."""
    return derived_id("attribute value", attribute, subject)


def _convert(session: Session, attribute: Attribute, kind: Kind) -> None:
    """Say every value anew in another kind; levels come and go with the category."""
    known = {row.id: row for row in _levels(session, attribute.id)}
    held = select(AttributeValue).where(AttributeValue.alive, AttributeValue.attribute_id == attribute.id)
    values = [row for row in session.scalars(held) if not row.unknown]
    written = {row.id: known[row.level_id].name if row.level_id in known else row.content for row in values}
    habits = habits_of(written.values())
    found = {row: meant(text, kind, habits=habits) for row, text in written.items()}
    if unfit := sum(not one.content for one in found.values()):
        raise ValuesDoNotFitError(attribute.name, kind, unfit)
    for level in known.values():
        level.alive = False
    session.flush()
    names = {fold(one.content): one.content for one in found.values()} if kind == "category" else {}
    levels = put_levels(session, attribute.id, [names[name] for name in sorted(names)])
    session.flush()
    contents = {
        row: [levels[fold(one.content)], "", False] if levels else [None, one.content, False]
        for row, one in found.items()
    }
    write_fields(session, AttributeValue, {row: {"value": value} for row, value in contents.items()})


def _levels(session: Session, attribute: str) -> list[AttributeLevel]:
    of = select(AttributeLevel).where(AttributeLevel.alive, AttributeLevel.attribute_id == attribute)
    return list(session.scalars(of.order_by(AttributeLevel.position, AttributeLevel.id)))


def _uses(session: Session, level: AttributeLevel) -> int:
    shape = SHAPES[session.get_one(Attribute, level.attribute_id).subject]  # type: ignore[index]  # written by us
    about = AttributeValue.__table__.c[shape.value_column]
    used = select(func.count()).select_from(AttributeValue).join(shape.rows, shape.rows.id == about)
    used = used.where(AttributeValue.alive, AttributeValue.level_id == level.id, shape.rows.alive)
    return session.scalar(used) or 0


def _behind(others: Sequence[tuple[str, str]], after: str | None) -> str:
    index = next((number for number, (row, _place) in enumerate(others, 1) if row == after), 0)
    return between(others[index - 1][1] if index else None, others[index][1] if index < len(others) else None)


def _refuse_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UnknownAttributeKindError(kind)


def _refuse_known_name(session: Session, subject: str, name: str) -> None:
    shape = SHAPES[subject]  # type: ignore[index]  # checked, or written by us
    if own := next((title for title in (shape.title, *shape.titles.values()) if fold(title) == fold(name)), None):
        raise OwnColumnError(own)
    same = select(Attribute.id).where(
        Attribute.alive, Attribute.subject == subject, func.casefold(Attribute.name) == fold(name)
    )
    if session.scalar(same):
        raise NameTakenError(_NOUN, name)


def _refuse_known_level(session: Session, attribute: str, name: str) -> None:
    if fold(name) in {fold(row.name) for row in _levels(session, attribute)}:
        raise NameTakenError(_LEVEL, name)
