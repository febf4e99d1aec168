"""Codebooks as YAML: a name, a version, and nested codes with the keys of the six-field definition."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from qcode.errors import QcodeError
from qcode.exchange.code_entries import (
    DEFINITION,
    Codebook,
    CodeEntry,
    CodesTooDeepError,
    NameMissingError,
    shortened,
    shown,
)
from qcode.exchange.code_fields import FIELDS, entry, field_named
from qcode.exchange.plain_yaml import DEEPEST_NESTING, dumped, loaded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.exchange.plain_yaml import Plain

_KEYS_OF_FILE = ("name", "version", "codes")
_KEYS_OF_CODE = ("name", *FIELDS, "children")
_DEEPEST = DEEPEST_NESTING // 2 - 2


class NotACodebookError(QcodeError):
    """The YAML is sound but is not laid out as a codebook."""

    def __init__(self) -> None:
        super().__init__(
            "The YAML file is not a codebook: it needs a key “codes:” with a list below it, each code with a “name:”. "
            "The files in the folder codebooks show the layout."
        )


class WrongShapeError(QcodeError):
    """A value is a list or mapping where text belongs, or the other way round."""

    def __init__(self, where: str, key: str, wanted: str) -> None:
        super().__init__(f"{where}: “{key}” must be {wanted}. Check its indentation and its dashes.")


class UnknownKeyError(QcodeError):
    """A key is not one a codebook has, so what stands under it would be lost."""

    def __init__(self, where: str, key: str, known: Sequence[str]) -> None:
        close = get_close_matches(field_named(key), known, n=1, cutoff=0.6)
        advice = f"Did you mean “{close[0]}”?" if close else f"Known are: {', '.join(known)}."
        super().__init__(f"{where} has an unknown key “{shortened(key)}”. {advice}")


def parsed(text: str) -> Codebook:
    """The codebook in a YAML text, its entries not yet checked against each other.

    Raises:
        NotACodebookError, WrongShapeError, UnknownKeyError, NameMissingError, and what ``plain_yaml.loaded`` raises.
    """
    top = loaded(text)
    if not isinstance(top, dict) or "codes" not in top:
        raise NotACodebookError
    fields = _fields(top, "The codebook", _KEYS_OF_FILE)
    notes: list[str] = []
    codes = _listed(fields.get("codes"), "The codebook", "codes")
    entries = tuple(_entries(codes, (), notes))
    where = "The codebook"
    return Codebook(_text(fields, "name", where), _text(fields, "version", where), entries, tuple(notes))


def _entries(codes: Sequence[Plain], above: tuple[str, ...], notes: list[str]) -> Iterator[CodeEntry]:
    for number, code in enumerate(codes, start=1):
        place = f"Code {number} under {shown(above)}" if above else f"Code {number} at the top level"
        if isinstance(code, str):
            code = {"name": code}  # noqa: PLW2901 -- a bare name in the list is a code without a definition
        if not isinstance(code, dict):
            raise WrongShapeError(place, "it", "a mapping with a name")
        yield from _with_children(_fields(code, place, _KEYS_OF_CODE), place, above, notes)


def _with_children(
    fields: dict[str, Plain], place: str, above: tuple[str, ...], notes: list[str]
) -> Iterator[CodeEntry]:
    name = _text(fields, "name", place)
    if not name.strip():
        raise NameMissingError(place)
    path = (*above, name)
    where = f"The code {shown(path)}"
    yield entry(path, {key: _text(fields, key, where) for key in FIELDS}, notes)
    yield from _entries(_listed(fields.get("children"), where, "children"), path, notes)


def _fields(mapping: dict[str, Plain], where: str, known: Sequence[str]) -> dict[str, Plain]:
    fields: dict[str, Plain] = {}
    for key, value in mapping.items():
        field = field_named(key)
        if field not in known:
            raise UnknownKeyError(where, key, known)
        if field in fields:
            raise WrongShapeError(where, field, "given once, not under two names")
        fields[field] = value
    return fields


def _text(fields: dict[str, Plain], key: str, where: str) -> str:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise WrongShapeError(where, key, "text, not a list or a mapping")
    return value or ""


def _listed(value: Plain, where: str, key: str) -> list[Plain]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise WrongShapeError(where, key, "a list: one line beginning with “- name:” for each code")
    return value


def printed(book: Codebook) -> str:
    """The YAML text of a codebook whose entries stand parents before children."""
    tree: list[dict[str, Any]] = []
    children: dict[tuple[str, ...], list[dict[str, Any]]] = {(): tree}
    for code in book.entries:
        if len(code.path) > _DEEPEST:
            raise CodesTooDeepError
        children[code.path] = []
        children[code.parent].append(_mapping(code, children[code.path]))
    return dumped({"name": book.name, "version": book.version, "codes": [_pruned(code) for code in tree]})


def _mapping(code: CodeEntry, children: list[dict[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": code.name, "kind": code.kind, "colour": code.colour}
    fields["status"] = "" if code.status == "active" else code.status
    fields |= {field: getattr(code, field) for field in (*DEFINITION, "reason")}
    return fields | {"children": children}


def _pruned(code: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in code.items() if value not in ("", None, [])}
    if "children" in kept:
        kept["children"] = [_pruned(child) for child in kept["children"]]
    return kept
