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

_VALUE_LIMIT: Final = 1_500_000
_BEGINS: Final = re.compile(r'\[\s*\{\s*"|\{\s*["}]')
_UNFIT: Final = re.compile("[\ud800-\udfff]|[\0-\x08\x0e-\x1f\x7f]")


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
    if sum(map(decoded.text.count, ",[{")) > _VALUE_LIMIT:
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
