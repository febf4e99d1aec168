"""WebVTT captions, as Zoom, Teams and noScribe write them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.times import milliseconds
from qcode.transcripts.values import Block
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.reader import Source

_ARROW: Final = "-->"
_TIMING: Final = re.compile(r"\s*([\d:.,]{4,16})\s*-->\s*([\d:.,]{4,16})(?:\s.*)?")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>|</v>")
_MARKUP: Final = re.compile(r"</?(?:c|i|b|u|ruby|rt|lang|v)(?:[.\s][^<>]*)?>|<\d[\d:.]*>")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
_ASIDE: Final = ("NOTE", "STYLE", "REGION")


class TimesUnreadError(QcodeError):
    """A cue's times cannot be understood, so talk and times would drift apart."""

    def __init__(self, name: str, line_no: int) -> None:
        super().__init__(f"The times in line {line_no} of {name} cannot be read. Correct them, or export it again.")


@dataclass(slots=True)
class _Captions:
    name: str
    blocks: list[Block] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    stray: int = 0
    backwards: int = 0
    aside: int = 0

    def note(self, key: str, text: str) -> None:
        if text.strip():
            self.metadata[key] = f"{self.metadata[key]} {text.strip()}" if key in self.metadata else text.strip()


def _recognises(source: Source) -> bool:
    return source.data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(b"WEBVTT")


def _parse(source: Source) -> Parsed:
    decoded = decode(source)
    text, notes = normalise(decoded.text)
    lines = text.split("\n")
    check_lines(source.name, lines)
    captions = _Captions(source.name)
    for first_line, group in _groups(lines):
        _read_group(captions, first_line, group)
    return Parsed(
        blocks=tuple(captions.blocks),
        encoding=decoded.encoding,
        metadata=captions.metadata,
        warnings=(*decoded.warnings, *_warnings(captions)),
        rules=(*notes, ("style and region blocks left out", captions.aside)),
    )


def _warnings(captions: _Captions) -> Iterator[str]:
    if captions.stray:
        yield f"{counted(captions.stray, 'line')} without a time added to the caption before."
    if captions.backwards:
        yield f"{counted(captions.backwards, 'end time')} before the caption's beginning left out."


def _groups(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The stretches of lines between blank lines, each with the number of its first line."""
    group: list[str] = []
    for line_no, line in enumerate([*lines, ""], 1):
        if line.strip():
            group.append(line)
        elif group:
            yield line_no - len(group), group
            group = []


def _read_group(captions: _Captions, first_line: int, group: list[str]) -> None:
    at = next((index for index, line in enumerate(group[:2]) if _ARROW in line), None)
    if first_line == 1:
        _read_header(captions, group)
    elif group[0].split(maxsplit=1)[0] in _ASIDE and at != 0:
        _read_aside(captions, group)
    elif at is None:
        _read_stray(captions, group)
    else:
        _read_cues(captions, first_line, group[at:], at)


def _read_header(captions: _Captions, group: list[str]) -> None:
    captions.note("title", group[0].partition("WEBVTT")[2].lstrip(" \t-"))
    at = next((index for index, line in enumerate(group) if _ARROW in line), len(group))
    for line in group[1:at]:
        key, colon, value = line.partition(":")
        captions.note(key.strip() if colon else "header", value if colon else line)
    if at < len(group):
        _read_cues(captions, 1, group[at:], at)


def _read_aside(captions: _Captions, group: list[str]) -> None:
    if group[0].split(maxsplit=1)[0] == "NOTE":
        captions.note("note", " ".join([group[0].partition("NOTE")[2], *group[1:]]))
    else:
        captions.aside += 1


def _read_stray(captions: _Captions, group: list[str]) -> None:
    """Lines after a blank line inside a cue still belong to it; a lonely cue number is nothing."""
    if len(group) == 1 and group[0].strip().isdigit():
        return
    if not captions.blocks:
        captions.note("header", " ".join(group))
        return
    captions.stray += len(group)
    last = captions.blocks[-1]
    captions.blocks[-1] = replace(last, text="\n".join([last.text, *map(_plain, group)]))


def _read_cues(captions: _Captions, first_line: int, group: list[str], skipped: int) -> None:
    """One cue, or several that were not parted by blank lines."""
    starts = [index for index, line in enumerate(group) if _ARROW in line]
    for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
        payload = group[start + 1 : end]
        if end < len(group) and payload and payload[-1].strip().isdigit():
            payload = payload[:-1]
        _read_cue(captions, first_line + skipped + start, group[start], payload)


def _read_cue(captions: _Captions, line_no: int, timing: str, payload: list[str]) -> None:
    found = _TIMING.fullmatch(timing)
    start, end = (milliseconds(found[1]), milliseconds(found[2])) if found else (None, None)
    if start is None or end is None:
        raise TimesUnreadError(captions.name, line_no)
    captions.backwards += end < start
    for voice, text in _voices("\n".join(payload)):
        captions.blocks.append(Block(text, "cue", start, end if end >= start else None, voice, line_no=line_no))


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """The voices of a cue with what each says; a tag that is never closed holds to the next or the end."""
    at, voice = 0, None
    for tag in _VOICE.finditer(payload):
        if text := _plain(payload[at : tag.start()]):
            yield voice, text
        at, voice = tag.end(), _decoded(tag[1]).strip() or None if tag[1] else None
    if text := _plain(payload[at:]):
        yield voice, text


def _plain(payload: str) -> str:
    return _decoded(_MARKUP.sub("", payload)).strip()


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


READER: Final = Reader("vtt", 1, _recognises, _parse)
