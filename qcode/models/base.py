"""What every row of a study has in common: an id, whether it is alive, and the head of its history."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column

from qcode.ids import new_id


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False, eq=False):
    """All tables of the file; only subclasses of Row are journalled."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


class Row(Base, kw_only=True, repr=False, eq=False):
    """A journalled row: it is never removed, only marked not alive, and `head` names its latest step.

    `owned_by` names the columns with the coder, and the round, that the row belongs to: the scope of its changes;
    `together` names columns that make sense only as one and so form one field of the journal.
    """

    __abstract__ = True

    owned_by: ClassVar[tuple[str, ...]] = ()
    together: ClassVar[dict[str, tuple[str, ...]]] = {}

    id: Mapped[str] = mapped_column(primary_key=True, default_factory=new_id)
    alive: Mapped[bool] = mapped_column(default=True)
    head: Mapped[str] = mapped_column(default="", init=False)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """A write based on a stale reading fails instead of overwriting."""
        return {"version_id_col": cls.head, "version_id_generator": False}


def reference(target: str) -> ForeignKey:
    """A foreign key that is checked at commit, so that rows may arrive in any order."""
    return ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")


def living(table: str, *columns: str) -> Index:
    """An index for the lookups that queries make most."""
    return Index(f"ix_{table}_{'_'.join(columns)}", *columns)
