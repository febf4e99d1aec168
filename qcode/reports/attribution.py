"""Attributions of quotes made from a template such as ``{pseudonym}, {group}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qcode.errors import QcodeError

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("pseudonym", "group", "role", "document", "page", "id")

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")


class UnknownAttributionFieldError(QcodeError):
    """A template names a field that quotes do not have."""

    def __init__(self, field: str) -> None:
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        super().__init__(f"The attribution has an unknown field “{{{field[:40]}}}”. Use one of: {known}.")


class AttributionBraceError(QcodeError):
    """A template has a brace without its partner."""

    def __init__(self, template: str) -> None:
        super().__init__(
            f"The attribution “{template[:60]}” has a brace without its partner. "
            "Write fields as {pseudonym}, and {{ or }} for a brace that is to be printed."
        )


def template_fields(template: str) -> tuple[str, ...]:
    """The fields a template names, in order; use it to check a template before it is kept.

    Raises:
        UnknownAttributionFieldError, AttributionBraceError.
    """
    return _parsed(template)[1]


def render(template: str, fields: Mapping[str, str]) -> str:
    """The attribution of one quote.

    A field that is missing or blank is left out together with the words that join it to its neighbour, so
    ``({pseudonym}, {group})`` gives ``(Diego)`` where no group is known, and nothing where neither is.

    Raises:
        UnknownAttributionFieldError, AttributionBraceError: for any template that could fail with other fields.
    """
    words, names = _parsed(template)
    if not names:
        return words[0]
    values = [" ".join(str(fields.get(name, "")).split()) for name in names]
    present = [place for place, value in enumerate(values) if value]
    if not present:
        return ""
    joined = (words[place] * (place != present[0]) + values[place] for place in present)
    return words[0] + "".join(joined) + words[-1]


def _parsed(template: str) -> tuple[list[str], tuple[str, ...]]:
    """The words before, between and after the fields (one more than fields), and the fields."""
    words, names, end = [""], list[str](), 0
    for piece in _PIECE.finditer(template):
        words[-1] += template[end : piece.start()]
        end = piece.end()
        if piece[0] in ("{{", "}}"):
            words[-1] += piece[0][0]
        elif piece[1] is None:
            raise AttributionBraceError(template)
        else:
            names.append(_known(piece[1]))
            words.append("")
    words[-1] += template[end:]
    return words, tuple(names)


def _known(field: str) -> str:
    if field not in FIELDS:
        raise UnknownAttributionFieldError(field)
    return field
