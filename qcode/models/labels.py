"""A step's label with today's names in it: the journal stores ids, people read names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from qcode.models.journal import kinds

NAMES = {
    "attribute": "name",
    "attribute_level": "name",
    "attribution_exception": "reason",
    "code": "name",
    "code_set": "name",
    "coder": "name",
    "document": "name",
    "guide": "name",
    "participant": "pseudonym",
    "round": "name",
    "saved_query": "name",
    "site": "name",
    "speaker": "label",
    "survey": "name",
    "theme": "name",
}
"""The column with the name of each kind of row that has one."""

_KINDS = {"into": "code", "original": "document"}
_SLOT = re.compile(r"\{(\w+)\}")


type Names = dict[tuple[str, Any], str]


def describe(session: Session, label: str, args: Mapping[str, Any], names: Names | None = None) -> str:
    """The label with each `{kind}` replaced by the name of the row whose id `args` gives, others by their value.

    `{into}` names a second code, `{original}` a second document. Whoever describes many steps keeps the `names` that
    were looked up.
    """
    known: Names = {} if names is None else names

    def name(slot: re.Match[str]) -> str:
        key = slot[1], args.get(slot[1])
        if key not in known:
            known[key] = _name(session, *key)
        return known[key]

    return _SLOT.sub(name, label)


def _name(session: Session, slot: str, value: Any) -> str:
    kind = _KINDS.get(slot, slot)
    if kind not in NAMES or not isinstance(value, str):
        return "…" if value is None else str(value)
    row = session.get(kinds()[kind], value)
    return "…" if row is None else str(getattr(row, NAMES[kind]))
