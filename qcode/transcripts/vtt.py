"""WebVTT captions, as Zoom, Teams, noScribe, Whisper and YouTube write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from qcode.transcripts.captions import (
    ARROW,
    Captions,
    TimesUnreadError,
    caption_text,
    groups_of,
    parsed,
    read_arrows,
)
from qcode.transcripts.reader import Parsed, Reader

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

__all__ = ["READER", "TimesUnreadError"]

_ASIDE: Final = ("NOTE", "STYLE", "REGION")


def _recognises(source: Source) -> bool:
    return source.data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").startswith(b"WEBVTT")


def _parse(source: Source) -> Parsed:
    text = caption_text(source)
    captions = Captions(source.name)
    aside = sum(_read_group(captions, first_line, group) for first_line, group in groups_of(text.lines))
    return parsed(captions, text, "WebVTT captions", (("style and region blocks left out", aside),))


def _read_group(captions: Captions, first_line: int, group: list[str]) -> bool:
    """Take in the lines between blank lines; true for those that are neither talk nor metadata."""
    at = next((index for index, line in enumerate(group[:2]) if ARROW in line), None)
    if first_line == 1:
        _read_header(captions, group)
    elif group[0].split(maxsplit=1)[0] in _ASIDE and at != 0:
        return _is_aside(captions, group)
    elif at is None:
        captions.add_stray(group)
    else:
        read_arrows(captions, first_line + at, group[at:])
    return False


def _read_header(captions: Captions, group: list[str]) -> None:
    captions.note("title", group[0].partition("WEBVTT")[2].lstrip(" \t-"))
    at = next((index for index, line in enumerate(group) if ARROW in line), len(group))
    for line in group[1:at]:
        key, colon, value = line.partition(":")
        captions.note(key.strip() if colon else "header", value if colon else line)
    if at < len(group):
        read_arrows(captions, 1 + at, group[at:])


def _is_aside(captions: Captions, group: list[str]) -> bool:
    if group[0].split(maxsplit=1)[0] != "NOTE":
        return True
    captions.note("note", " ".join([group[0].partition("NOTE")[2], *group[1:]]))
    return False


READER: Final = Reader("vtt", 1, _recognises, _parse)
