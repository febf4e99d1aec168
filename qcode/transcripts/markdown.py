"""Markdown, read as it is rendered: offsets then match what people see, not the marks that it is written with.

Front matter becomes metadata; a block quote is a note beside the talk and stays out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.text.canonical import normalise
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import UnsafeFileError, check_lines
from qcode.transcripts.markdown_blocks import MarkdownWalk
from qcode.transcripts.peeking import peeked
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.transcripts.reader import Source

MARK_LIMIT: Final = 200_000
_MARKS: Final = "*_[`<&\\|~"
_SUFFIXES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_FENCE: Final = re.compile(r"-{3}\s*")
_FENCE_END: Final = re.compile(r"(?:-{3}|\.{3})\s*")
_FRONT_LINES: Final = 200
_ENTRY: Final = re.compile(r"([A-Za-z][\w .-]{0,60}):(?:\s+(.*))?")
_ITEM: Final = re.compile(r"\s{0,8}-\s+(.*)")
_LABEL: Final = re.compile(r"(?:\*\*|__)[^*_\n]{1,40}?(?::(?:\*\*|__)|(?:\*\*|__)\s?:)", re.MULTILINE)
_LABELS: Final = 2
_NO_VALUES: Final = frozenset({"", "|", ">", "[]", "{}", "null", "~"})


def _recognises(source: Source) -> bool:
    """By its name; else by bold labels at the start of lines, which nobody types in plain text."""
    if source.suffix in _SUFFIXES:
        return True
    lines = peeked(source, 16 * 1024).splitlines()
    return sum(_LABEL.match(line) is not None for line in lines) >= _LABELS


def _parse(source: Source) -> Parsed:
    decoded = decode(source)
    text, notes = normalise(decoded.text)
    if sum(map(text.count, _MARKS)) > MARK_LIMIT:
        raise UnsafeFileError(source.name, f"it has more than {MARK_LIMIT:,} marks such as * and [")
    lines = text.split("\n")
    check_lines(source.name, lines)
    body_at, metadata = _front_matter(lines)
    walk = MarkdownWalk()
    walk.go_through(lines[body_at:], first=body_at + 1)
    return Parsed(
        blocks=tuple(walk.blocks),
        encoding=decoded.encoding,
        metadata=metadata,
        warnings=(*decoded.warnings, *_warnings(walk.quotes)),
        rules=(*notes, ("block quotes left out as notes", walk.quotes), ("comments left out", walk.comments)),
    )


def _warnings(quotes: int) -> Iterator[str]:
    if quotes:
        yield f"{counted(quotes, 'block quote')} left out as notes beside the talk."


def _front_matter(lines: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Where the text begins, and the entries between two rules at the top; lists are joined with commas."""
    if not lines or not _FENCE.fullmatch(lines[0]):
        return 0, {}
    end = next((at for at, line in enumerate(lines[1:_FRONT_LINES], 1) if _FENCE_END.fullmatch(line)), None)
    if end is None:
        return 0, {}
    found: dict[str, str] = {}
    key = ""
    for line in lines[1:end]:
        if entry := _ENTRY.fullmatch(line):
            key = entry[1].strip()
            found[key] = _value(entry[2] or "")
        elif key and (item := _ITEM.fullmatch(line)):
            found[key] = ", ".join(filter(None, (found[key], _value(item[1]))))
    return end + 1, {key: value for key, value in found.items() if value}


def _value(text: str) -> str:
    text = text.strip()
    if text in _NO_VALUES:
        return ""
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    listed = len(text) > 1 and text[0] == "[" and text[-1] == "]"
    return text[1:-1].strip() if quoted or listed else text


READER: Final = Reader("markdown", 1, _recognises, _parse)
