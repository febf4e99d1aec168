"""The encodings a text file could be in, each with one line as it would read: letters tell a person at a glance."""

from __future__ import annotations

import re
from typing import Final

from qcode.text.canonical import normalise
from qcode.transcripts.values import EncodingChoice

_OFFERED: Final = ("utf-8", "windows-1252", "macroman", "windows-1250", "windows-1251", "iso8859-15", "cp437")
_SAMPLE: Final = 200_000
_LONGEST: Final = 100
_BEFORE: Final = 40
_BREAKS: Final = re.compile(rb"[\r\n]+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def encoding_choices(data: bytes, taken: str) -> tuple[EncodingChoice, ...]:
    """The encodings to choose from, `taken` first, each with a line that has letters beyond ASCII.

    None where every letter is ASCII, since then there is nothing to choose; only `taken` for UTF-16 and UTF-32, which
    their marks announce.
    """
    if taken.lower().startswith(("utf-16", "utf_16", "utf-32", "utf_32")):
        line = _most_varied([line.encode() for line in data.decode(taken, "replace")[:_SAMPLE].splitlines()])
        return (EncodingChoice(taken, _around(line.decode())),) if line else ()
    line = _most_varied(_BREAKS.split(data[:_SAMPLE]))
    if not line:
        return ()
    choices: dict[str, EncodingChoice] = {}
    for encoding in dict.fromkeys((taken, *_OFFERED)):
        sample = _read(data, line, encoding, taken)
        if sample is not None:
            choices.setdefault(sample, EncodingChoice(encoding, sample))
    return tuple(choices.values())


def _most_varied(lines: list[bytes]) -> bytes:
    """The line with the most different bytes beyond ASCII; empty if there is none."""
    best, most = b"", 0
    for line in lines:
        if not line.isascii() and (varied := len({byte for byte in line if byte >= 0x80})) > most:
            best, most = line, varied
    return best


def _read(data: bytes, line: bytes, encoding: str, taken: str) -> str | None:
    """The line in an encoding; None where it is no text in it, or the file is none."""
    try:
        text = line.decode(encoding)
        if encoding.startswith("utf-8") and encoding != taken:
            data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    return None if encoding != taken and _CONTROLS.search(text) else _around(text)


def _around(line: str) -> str:
    """A part of the line around its first letter beyond ASCII."""
    line = " ".join(normalise(line)[0].split())
    place = next((place for place, sign in enumerate(line) if not sign.isascii()), 0)
    start = max(0, min(place - _BEFORE, len(line) - _LONGEST))
    cut = line[start : start + _LONGEST]
    return ("…" if start else "") + cut + ("…" if start + _LONGEST < len(line) else "")
