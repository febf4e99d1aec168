"""Numbers of a spreadsheet as people see them: dates and times by their number formats, other numbers as they are.

A date counts days from 30 December 1899, which is right from March 1900 on, or from 1 January 1904; a time is a part
of a day (ECMA-376 part 1, 18.17.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

_BUILTIN: Final = {
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), "yd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "h"),
    22: "ydh",
}
_NOT_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DAY: Final = re.compile(r"[yd]|mmm", re.IGNORECASE)
_CLOCK: Final = re.compile(r"[hs]|am/pm", re.IGNORECASE)
_LAST_DAY: Final = 2_958_465
_SINCE_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no zone
_SINCE_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001


@dataclass(frozen=True, slots=True)
class Dating:
    """What a number format shows of a date, and from when days are counted."""

    day: bool
    clock: bool
    since: datetime


def read_datings(styles: etree._Element | None, *, since_1904: bool) -> list[Dating | None]:
    """For each cell format of a workbook what it shows of a date; None where it shows a number."""
    if styles is None:
        return []
    since = _SINCE_1904 if since_1904 else _SINCE_1900
    codes = {entry.get("numFmtId", ""): entry.get("formatCode", "") for entry in styles.iter("{*}numFmt")}
    formats = next(styles.iter("{*}cellXfs"), None)
    if formats is None:
        return []
    return [_dating(entry.get("numFmtId", "0"), codes, since) for entry in formats.iterchildren("{*}xf")]


def _dating(format_id: str, codes: dict[str, str], since: datetime) -> Dating | None:
    builtin = _BUILTIN.get(int(format_id), "") if format_id.isdecimal() and len(format_id) < 6 else ""
    code = _NOT_LETTERS.sub("", codes.get(format_id, builtin))
    day, clock = _DAY.search(code) is not None, _CLOCK.search(code) is not None
    return Dating(day, clock, since) if day or clock else None


def as_text(value: str, dating: Dating | None) -> str:
    """A number of a cell as text: 2026-01-04, 2026-01-04 10:02, 00:03:10, 12 or 12.5."""
    try:
        number = float(value)
    except ValueError:
        return value
    if dating is not None and 0 <= number <= _LAST_DAY:
        return _as_date(number, dating)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


def _as_date(number: float, dating: Dating) -> str:
    if not dating.day:
        return _as_clock(number)
    moment = dating.since + timedelta(milliseconds=round(number * 86_400_000))
    if not dating.clock or moment.time() == time.min:
        return moment.strftime("%Y-%m-%d")
    return moment.strftime("%Y-%m-%d %H:%M:%S" if moment.second else "%Y-%m-%d %H:%M")


def _as_clock(number: float) -> str:
    """A part of a day as hours, minutes and seconds, with thousandths where there are any."""
    thousandths = round(number * 86_400_000)
    seconds, fraction = divmod(thousandths, 1000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{clock}.{fraction:03}" if fraction else clock
