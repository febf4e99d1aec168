"""Pictures without what cameras and programs write beside the picture: names, places, comments, thumbnails.

By the formats' own descriptions: PNG (ISO/IEC 15948), JPEG (ITU-T T.81) and GIF89a.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs")
)
_START, _END, _SCAN, _COMMENT, _JFIF, _ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xE0, 0xEE


class _CutShortError(Exception):
    """The picture ends before it should; only used within this module."""


def without_metadata(data: bytes) -> bytes | None:
    """The same PNG, JPEG or GIF with nothing beside the picture; None for anything else, and for a damaged one."""
    try:
        if data.startswith(_PNG):
            return _PNG + b"".join(_png_chunks(data))
        if data.startswith(b"\xff\xd8\xff"):
            return b"".join(_jpeg_segments(data))
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return b"".join(_gif_blocks(data))
    except (IndexError, _CutShortError):
        return None
    return None


def _png_chunks(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while True:
        kind, end = data[place + 4 : place + 8], place + 12 + int.from_bytes(data[place : place + 4])
        if not kind or end > len(data):
            raise _CutShortError
        if kind in _PNG_KEPT:
            yield data[place:end]
        if kind == b"IEND":
            return
        place = end


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    yield data[:2]
    place = 2
    while True:
        if data[place] != 0xFF:
            raise _CutShortError
        marker = data[place + 1]
        if marker == _END:
            yield data[place : place + 2]
            return
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4])
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        if not _tells(marker, data[place + 4 : place + 9]):
            yield data[place:end]
        place = end


def _tells(marker: int, name: bytes) -> bool:
    """Whether a segment holds something else than the picture: all of the applications' own but JFIF and Adobe's."""
    if marker == _JFIF:
        return name != b"JFIF\0"
    return marker == _COMMENT or (0xE1 <= marker <= 0xEF and not (marker == _ADOBE and name == b"Adobe"))


def _end_of_scan(data: bytes, place: int) -> int:
    """Where the compressed picture ends: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        place = data.find(b"\xff", place)
        if place < 0 or place + 1 >= len(data):
            raise _CutShortError
        if data[place + 1] != 0 and not 0xD0 <= data[place + 1] <= 0xD7:
            return place
        place += 2


def _gif_blocks(data: bytes) -> Iterator[bytes]:
    place = 13 + _colours(data[10])
    yield data[:place]
    while data[place] != 0x3B:
        if data[place] == 0x2C:
            start = place + 10 + _colours(data[place + 9])
            end = _end_of_blocks(data, start + 1)
            yield data[place:end]
        elif data[place] == 0x21:
            end = _end_of_blocks(data, place + 2)
            if data[place + 1] == 0xF9 or data[place + 3 : place + 11] == b"NETSCAPE":
                yield data[place:end]
        else:
            raise _CutShortError
        place = end
    yield b";"


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_blocks(data: bytes, place: int) -> int:
    while data[place]:
        place += 1 + data[place]
    return place + 1
