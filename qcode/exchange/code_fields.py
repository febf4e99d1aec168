"""The names under which people write the fields of a code, and the values they write there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qcode.exchange.code_entries import (
    DEFINITION,
    KINDS,
    PALETTE_SLOTS,
    STATUSES,
    CodeEntry,
    ColourUnknownError,
    Kind,
    KindUnknownError,
    Status,
    StatusUnknownError,
    shown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("kind", "colour", "status", *DEFINITION, "reason")

_ALSO_CALLED = {
    "name": "code code_name codename label title",
    "path": "code_path full_path",
    "parent": "parent_code parent_name parent_path",
    "kind": "type code_type",
    "colour": "color colour_slot color_slot palette_slot",
    "status": "state",
    "brief": "brief_definition brief_description short_definition short_description summary",
    "full": "definition description full_definition full_description detailed_definition long_definition",
    "when_to_use": "use_when when_to_apply inclusion inclusion_criteria inclusion_criterion includes include",
    "when_not_to_use": (
        "do_not_use_when when_not_to_apply exclusion exclusion_criteria exclusion_criterion excludes exclude"
    ),
    "typical_example": "example examples typical_examples exemplar example_quote",
    "near_miss": "near_misses close_but_not close_but_no atypical_example counterexample",
    "reason": "reason_for_change change_reason",
}
_FIELD_OF = {also: field for field, names in _ALSO_CALLED.items() for also in (field, *names.split())}
_PAINTED = re.compile(r"#?[0-9a-fA-F]{6}|#[0-9a-fA-F]{3,8}|rgba?\(.*\)")


def field_named(heading: str) -> str:
    """The field meant by a heading or key, whatever its case, spaces or common synonym; the key itself if unknown."""
    key = re.sub(r"[\W_]+", "_", heading.casefold()).strip("_")
    return _FIELD_OF.get(key, key)


def entry(path: tuple[str, ...], said: Mapping[str, str], notes: list[str]) -> CodeEntry:
    """The code at a path from the text of its fields; what is understood but not kept is added to the notes.

    Raises:
        KindUnknownError, StatusUnknownError, ColourUnknownError.
    """
    where = f"The code {shown(path)}"
    texts = {field: said.get(field, "") for field in (*DEFINITION, "reason")}
    return CodeEntry(
        path,
        kind=_kind(said.get("kind", ""), where),
        colour=_colour(said.get("colour", ""), where, notes),
        status=_status(said.get("status", ""), where),
        **texts,
    )


def _kind(text: str, where: str) -> Kind:
    word = text.strip().lower() or "codable"
    if word not in KINDS:
        raise KindUnknownError(where, text)
    return word


def _status(text: str, where: str) -> Status:
    word = text.strip().lower() or "active"
    if word not in STATUSES:
        raise StatusUnknownError(where, text)
    return word


def _colour(text: str, where: str, notes: list[str]) -> int | None:
    word = text.strip()
    if not word:
        return None
    if word.isascii() and word.isdigit() and len(word) < 3 and int(word) < PALETTE_SLOTS:
        return int(word)
    if not _PAINTED.fullmatch(word):
        raise ColourUnknownError(where, text)
    note = f"Colours such as “{word[:20]}” were left out: a code's colour is one of {PALETTE_SLOTS} palette slots."
    if not any(other.startswith("Colours such as") for other in notes):
        notes.append(note)
    return None
