"""JSON files: loaded within limits, or refused with a sentence."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from qcode.errors import QcodeError
from qcode.transcripts.decoding import decode
from qcode.transcripts.signatures import head

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

DEPTH_LIMIT: Final = 50
_VALUE_LIMIT: Final = 2_000_000
_BEGINS: Final = re.compile(r'\[\s*\{\s*"|\{\s*["}]')
_UNFIT: Final = re.compile("[\ud800-\udfff]|[\0-\x08\x0e-\x1f\x7f]")
_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)


class DamagedJsonError(QcodeError):
    """A JSON file is not well formed, mostly because it was cut off."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is damaged or was cut off: its JSON does not come to an end. Export it again.")


class NestedJsonError(QcodeError):
    """A JSON file is nested more deeply, or holds more values, than any transcript does."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was refused for safety: its JSON is nested or filled as no transcript is. Ask who sent it."
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a JSON file holds, and how it was decoded."""

    value: Any
    encoding: str
    warnings: tuple[str, ...]


def is_json(source: Source) -> bool:
    """Whether a file begins as JSON objects and lists of them do, or is called JSON and might be."""
    start = head(source.data)
    return _BEGINS.match(start) is not None or (source.suffix == ".json" and start.startswith(("[", "{")))


def load_json(source: Source) -> Loaded:
    """The value in a JSON file. Raises DamagedJsonError, NestedJsonError and what decoding raises."""
    decoded = decode(source)
    if _is_beyond_limits(decoded.text.encode()):
        raise NestedJsonError(source.name)
    try:
        value = json.loads(decoded.text.lstrip("\ufeff"), parse_int=float)
    except RecursionError:
        raise NestedJsonError(source.name) from None
    except ValueError:
        raise DamagedJsonError(source.name) from None
    return Loaded(value, decoded.encoding, decoded.warnings)


def fit(text: str) -> str:
    """A text from JSON without what no study stores: half characters are marked as unreadable, controls go."""
    return _UNFIT.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else "", text)


def _is_beyond_limits(data: bytes) -> bool:
    """Whether brackets outside of strings go too deep, or there are too many values to hold."""
    bare = _STRING.sub(b"", data)
    if bare.count(b",") + bare.count(b"[") + bare.count(b"{") > _VALUE_LIMIT:
        return True
    depth = 0
    for sign in re.finditer(rb"[\[{]+|[\]}]+", bare):
        depth += len(sign[0]) if sign[0][:1] in b"[{" else -len(sign[0])
        if depth > DEPTH_LIMIT:
            return True
    return False
