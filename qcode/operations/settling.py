"""Settling what copies contradict each other in: somebody says what shall stand, as an ordinary step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CodingId
from qcode.models import Code, Coding, Decision, Row, Theme
from qcode.models.journal import Fields, kinds
from qcode.models.labels import NAMES
from qcode.models.reconciling import JUDGED, RULED
from qcode.models.recording import write_fields
from qcode.models.settling import hindrance
from qcode.models.troubles import SETTLED, Choice, Trouble, conflicts_in, history_of, is_text, same_name, unaware
from qcode.operations.coding import confirm_words
from qcode.operations.lookup import NameTakenError, acting, living, tidy_name, tidy_text
from qcode.operations.merging import let_stand_for
from qcode.operations.outline import refuse_cycle, refuse_known_sibling
from qcode.operations.own_codings import refuse_handed_in
from qcode.study import Study


class SettledAlreadyError(QcodeError):
    """There is nothing to settle any more."""

    def __init__(self) -> None:
        super().__init__("That is settled already, or has changed since. Look at the list again.")


class NoSuchSideError(QcodeError):
    """A side was chosen that there is not."""

    def __init__(self) -> None:
        super().__init__("Choose one of the sides that are shown.")


class NotWrittenFreelyError(QcodeError):
    """Something else than the sides was to be written where that makes no sense."""

    def __init__(self) -> None:
        super().__init__("Here one of the sides must be chosen: something else can't be written.")


class NameToTypeError(QcodeError):
    """Two things of one name can only be told apart by another name."""

    def __init__(self) -> None:
        super().__init__("Type another name for the one that you choose, so that they can be told apart.")


def settle(study: Study, trouble: Trouble, *, side: int | None = None, value: str | None = None) -> None:
    """Let one side of a trouble stand, or write a text of one's own (`value`) where it is plain text.

    Of two that bear one name, the side chosen is given the name typed; without one, codes are merged into the side
    chosen. The step follows all that was written on any copy, so it settles the matter for all; undoing it opens it
    again. Refused: what is a colleague's or the lead's to settle, and what is settled already.
    """
    coder = acting(study.coder)
    if trouble.kind == "words":
        confirm_words(study, [CodingId(trouble.row)])
        return
    if side is not None and not 0 <= side < len(trouble.choices):
        raise NoSuchSideError
    with study.transact(_label(trouble), args={trouble.table: trouble.row, SETTLED: True}) as session:
        if (why := hindrance(session, coder, trouble.table, trouble.row)) is not None:
            raise why
        _DEEDS[trouble.kind](_Settling(session, coder, trouble, side, value))


@dataclass(frozen=True, slots=True)
class _Settling:
    """What is settled, by whom, and how."""

    session: Session
    coder: str
    trouble: Trouble
    side: int | None
    value: str | None

    @property
    def kind(self) -> type[Row]:
        """The class of the row."""
        return kinds()[self.trouble.table]

    @property
    def choice(self) -> Choice:
        """The side that was chosen; refuses none."""
        if self.side is None:
            raise NoSuchSideError
        return self.trouble.choices[self.side]

    def refuse_text(self) -> None:
        """Refuse a text of one's own."""
        if self.value is not None:
            raise NotWrittenFreelyError

    def write(self, row: str, fields: Fields) -> None:
        """Write fields of a row, whether or not they differ from what holds: the step follows all copies' writes."""
        write_fields(self.session, self.kind, {row: fields})


def _label(trouble: Trouble) -> str:
    field = trouble.field.removesuffix("_id").replace("_", " ")
    what = f"{{{trouble.table}}}" if trouble.table in NAMES else f"a {trouble.table.replace('_', ' ')}"
    if trouble.kind in ("deleted", "code gone"):
        return f"Settle whether {what} stays"
    if trouble.kind == "same name":
        return f"Settle what is called {what}"
    return f"Settle the {'text' if trouble.kind == 'text' else field} of {what}"


def _settle_field(one: _Settling) -> None:
    _refuse_settled(one)
    row, field = living(one.session, one.kind, one.trouble.row), one.trouble.field
    _refuse_locked(one.session, row)
    chosen = one.choice.value if one.value is None else _typed(one, one.value)
    if isinstance(row, Code | Theme) and field == "name":
        refuse_known_sibling(one.session, type(row), chosen, row.parent_id, apart_from=row.id)
    if isinstance(row, Code | Theme) and field == "parent_id":
        refuse_cycle(one.session, type(row), row, chosen)
    one.write(row.id, {field: chosen} | _beside(one))


def _beside(one: _Settling) -> Fields:
    """What goes with a side: with a verdict, the reason, the note and who was there."""
    if (one.trouble.table, one.trouble.field) != (Decision.__tablename__, JUDGED) or one.side is None:
        return {}
    history = history_of(one.session, one.trouble.table, one.trouble.row)
    written = next((entry.fields for entry in history if entry.step == one.choice.step), {})
    return {name: written[name] for name in RULED if name in written}


def _typed(one: _Settling, value: str) -> str:
    """A text of one's own, only where people write texts."""
    if not is_text(one.trouble):
        raise NotWrittenFreelyError
    is_name = NAMES.get(one.trouble.table) == one.trouble.field
    return tidy_name(one.trouble.table, value) if is_name else tidy_text("text", value)


def _settle_deletion(one: _Settling) -> None:
    _refuse_settled(one)
    _settle_life(one)


def _settle_gone(one: _Settling) -> None:
    row = one.session.get(Code, one.trouble.row)
    if row is None or row.alive or not unaware(one.session, row.id, one.coder):
        raise SettledAlreadyError
    _settle_life(one)


def _settle_life(one: _Settling) -> None:
    one.refuse_text()
    stays, row = bool(one.choice.value), one.session.get_one(one.kind, one.trouble.row)
    _refuse_locked(one.session, row)
    if stays and isinstance(row, Code | Theme):
        refuse_known_sibling(one.session, type(row), row.name, row.parent_id, apart_from=row.id)
    one.write(row.id, {"alive": stays})


def _settle_name(one: _Settling) -> None:
    chosen = living(one.session, one.kind, one.choice.row)
    alike = [row for row in same_name(one.session, one.kind, chosen.id) if row != chosen.id]
    if not alike:
        raise SettledAlreadyError
    if one.value is not None:
        _rename(one, chosen, tidy_name(one.trouble.table, one.value))
    elif isinstance(chosen, Code):
        for other in alike:
            let_stand_for(one.session, living(one.session, Code, other), chosen)
    else:
        raise NameToTypeError


def _rename(one: _Settling, chosen: Row, name: str) -> None:
    setattr(chosen, NAMES[one.trouble.table], name)
    one.session.flush()
    if same_name(one.session, one.kind, chosen.id):
        raise NameTakenError(one.trouble.table, name)


def _settle_circle(one: _Settling) -> None:
    one.refuse_text()
    chosen, field = living(one.session, one.kind, one.choice.row), one.trouble.field
    if getattr(chosen, field) is None:
        raise SettledAlreadyError
    if isinstance(chosen, Code | Theme):
        refuse_known_sibling(one.session, type(chosen), chosen.name, None, apart_from=chosen.id)
    one.write(chosen.id, {field: None} | ({"status": "active"} if field == "merged_into_id" else {}))


def _refuse_settled(one: _Settling) -> None:
    """Refuse a conflict that is no longer one, or whose sides are others by now."""
    sides = [(choice.row, choice.step) for choice in one.trouble.choices]
    now = conflicts_in(history_of(one.session, one.trouble.table, one.trouble.row))
    same = (found for found in now if found.key == one.trouble.key)
    if not any([(choice.row, choice.step) for choice in found.choices] == sides for found in same):
        raise SettledAlreadyError


def _refuse_locked(session: Session, row: Row) -> None:
    """A coding of work that is handed in stays as it is until the lead opens it again."""
    if isinstance(row, Coding):
        refuse_handed_in(session, row.document_id, row.round_id, row.coder_id)


_DEEDS: dict[str, Callable[[_Settling], None]] = {
    "field": _settle_field,
    "text": _settle_field,
    "deleted": _settle_deletion,
    "same name": _settle_name,
    "circle": _settle_circle,
    "code gone": _settle_gone,
}
