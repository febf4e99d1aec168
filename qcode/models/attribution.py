"""Who may be told by what stands under a quote: the study's policy, and what is excepted from it, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Mapped, mapped_column

from qcode.ids import derived_id
from qcode.models.base import Row, reference


class AttributionPolicy(Row, kw_only=True, repr=False, eq=False):
    """What is worth most under a quote, and what gives way how; there is one, whose id everybody derives.

    `worth` lists keys of fields, the most worthy first. `ladders` leads from such a key to the steps by which its
    values are coarsened: a list of pairs [value, coarser value] for words, a width for numbers. `tells` says what names
    give away: under "pseudonym" keys of fields, under "id" the numbers of the parts of ids, from 0; a name that is
    missing there gives away what it usually does. With `covering`, what is left out tells nothing either.
    """

    __tablename__ = "attribution_policy"

    worth: Mapped[list[Any]] = mapped_column(default_factory=list)
    ladders: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    tells: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    covering: Mapped[bool] = mapped_column(default=False)


class AttributionException(Row, kw_only=True, repr=False, eq=False):
    """That a template may print what fewer than k people share, why, and who said so; the journal knows when.

    It is about everybody, or about those of whom `value` is recorded in the field `about`. Its id is derived from all
    three, so that it is the same in all copies.
    """

    __tablename__ = "attribution_exception"

    template: Mapped[str]
    coder_id: Mapped[str] = mapped_column(reference("coder"))
    reason: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")


POLICY_ID: Final = derived_id(AttributionPolicy.__tablename__)


def exception_id(template: str, about: str, value: str) -> str:
    """The id of what is excepted from the policy for a template."""
    return derived_id(AttributionException.__tablename__, template, about, value.casefold())


def is_sound(kind: str, row: Mapping[str, Any], _lengths: Mapping[str, int]) -> bool:
    """Whether a policy holds keys, ladders and parts of names as they are said; any other kind is sound."""
    if kind != AttributionPolicy.__tablename__:
        return True
    worth, ladders, tells = row["worth"], row["ladders"], row["tells"]
    if not (isinstance(worth, list) and isinstance(ladders, dict) and isinstance(tells, dict)):
        return False
    keys, parts = tells.get("pseudonym", []), tells.get("id", [])
    listed = all(isinstance(one, list) for one in (keys, parts, *ladders.values()))
    return listed and all(isinstance(key, str) for key in (*worth, *keys)) and all(type(one) is int for one in parts)
