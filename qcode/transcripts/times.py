"""Time stamps as transcripts write them."""

from __future__ import annotations

import re
from typing import Final

STAMP: Final = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
"""A regular expression for 0:04, 12:31, 01:02:30 and 00:00:15.250."""

LOOSE_STAMP: Final = r"(?:\d{1,3}:\d{1,2}:\d{1,2}(?:[.,;:]\d{1,3})?|\d{1,3}:\d{2}(?:[.,]\d{1,3})?)"
"""Also 0:0:3.640, with nothing padded, and 00:00:04:12, whose last part counts frames."""

_LOOSE: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:([.,;:])(\d{1,3}))?")
_PARTS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?")
_MASKED: Final = re.compile(r"(?<!\d)" + STAMP + r"(?!\d)|[A-Za-z]{2,10}://\S*")


def milliseconds(stamp: str) -> int | None:
    """The milliseconds that a stamp such as 1:02:30.5 stands for; None if it is none."""
    found = _PARTS.fullmatch(stamp.strip())
    if found is None:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def loose_milliseconds(stamp: str) -> int | None:
    """The milliseconds of a LOOSE_STAMP; frames are left aside, since their rate is unknown. None if it is none."""
    found = _LOOSE.fullmatch(stamp.strip())
    if found is None:
        return None
    hours, minutes, seconds, mark, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + (int(fraction.ljust(3, "0")) if mark in {".", ","} else 0)


def masked(text: str) -> str:
    """The text with clock times and web addresses blanked out, every other character in its place."""
    return _MASKED.sub(lambda found: " " * len(found[0]), text)
