"""Going through the groups of an RTF document: what is shown, in which letters, and where paragraphs end."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qcode.transcripts.rtf_tokens import Token

DEPTH_LIMIT: Final = 200
CELL_END: Final = "\x1f"
"""What stands in a row's runs where a cell ends."""

_SIGNS: Final = {
    "tab": "\t",
    "line": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    **dict.fromkeys(("emspace", "enspace", "qmspace"), " "),
    "zwj": "\u200d",
    "zwnj": "\u200c",
    **dict.fromkeys(("cell", "nestcell"), CELL_END),
}
_SYMBOLS: Final = {"~": "\xa0", "-": "", "_": "-", ":": "", "|": ""}
_NOT_TALK: Final = {
    **dict.fromkeys((f"{edge}{side}" for edge in ("header", "footer") for side in ("", "l", "r", "f")), "margins"),
    **dict.fromkeys(("footnote",), "notes"),
    **dict.fromkeys(("annotation",), "comments"),
    **dict.fromkeys(("pict", "object", "shp", "shpgrp", "nonshppict"), "embedded"),
    **dict.fromkeys(
        (
            *("fonttbl", "colortbl", "stylesheet", "info", "objdata", "objclass", "fldinst", "datafield", "xmlnstbl"),
            *("themedata", "colorschememapping", "datastore", "latentstyles", "listtable", "listoverridetable"),
            *("rsidtbl", "generator", "revtbl", "bkmkstart", "bkmkend", "atnid", "atnauthor", "atndate", "atnref"),
            *("filetbl", "userprops", "pntext", "pntxta", "pntxtb", "listtext", "xe", "tc", "tcn", "rxe", "private"),
            *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template", "passwordhash", "docvar"),
        ),
        "",
    ),
}
_CHARSETS: Final = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_PAGES: Final = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}


class TooDeepError(Exception):
    """Groups within groups beyond the limit."""


@dataclass(frozen=True, slots=True)
class RtfParagraph:
    """A paragraph, or a row of a table, as (text, bold) runs; its number from 1, its style's name, its page."""

    runs: tuple[tuple[str, bool], ...]
    number: int
    style: str | None
    page: int
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until a group is closed."""

    skipped: bool = False
    destination: str = ""
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int | None = None
    fallback: int = 1

    @property
    def is_shown(self) -> bool:
        return not (self.skipped or self.hidden or self.deleted)


@dataclass(slots=True)
class _Tables:
    """The fonts' code pages and the names of styles, from the tables at the start."""

    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, str] = field(default_factory=dict)
    name: str = ""
    number: int = 0


class RtfWalk:
    """The state of going through the tokens once; `left_out` counts what was not read, by kind."""

    def __init__(self, *, as_utf8: bool = False) -> None:
        self._as_utf8 = as_utf8
        self.paragraphs: list[RtfParagraph] = []
        self.left_out: Counter[str] = Counter()
        self.is_cut_off = False
        self._tables = _Tables()
        self._codepage = "cp1252"
        self._default_font: int | None = None
        self._state = _State()
        self._outer: list[_State] = []
        self._opened = self._starred = False
        self._to_skip = 0
        self._runs: list[tuple[str, bool]] = []
        self._pending = b""
        self._surrogate = 0
        self._paragraph_no = 1
        self._page = 1
        self._style: str | None = None
        self._in_table = False

    def go_through(self, tokens: Iterable[Token]) -> None:
        """Take in every token; raises TooDeepError."""
        for token in tokens:
            if token.kind == "bytes":
                self._take_bytes(token)
            else:
                self._flush()
                self._take(token)
        self._flush()
        self._end_paragraph()
        self.is_cut_off = bool(self._outer)

    def _take(self, token: Token) -> None:
        if token.kind == "open":
            if len(self._outer) >= DEPTH_LIMIT:
                raise TooDeepError
            self._outer.append(self._state)
            self._opened, self._starred, self._to_skip = True, False, 0
        elif token.kind == "close":
            if self._outer:
                self._state = self._outer.pop()
            self._opened, self._to_skip = False, 0
        elif token.kind == "sign":
            self._sign(token.name)
        else:
            self._word(token.name, token.number)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = self._opened
        elif sign in "\r\n":
            self._word("par", None)
        elif sign == "\t":
            self._word("tab", None)
        elif self._fallback_passed():
            self._add(_SYMBOLS.get(sign, sign))
        self._opened = self._opened and sign == "*"

    def _word(self, name: str, number: int | None) -> None:
        if self._opened or self._starred:
            self._begin_group(name)
        self._opened = self._starred = False
        if self._state.destination in {"fonttbl", "stylesheet"}:
            self._note_in_table(name, number)
        elif name == "u" and number is not None:
            self._unicode(number)
        elif name in _SIGNS:
            if self._fallback_passed():
                self._add(_SIGNS[name])
        elif not (self._format(name, number) or self._document(name, number)) and not self._state.skipped:
            self._layout(name, number)

    def _begin_group(self, name: str) -> None:
        """The first word of a group may say that the group is not part of the talk."""
        kind = _NOT_TALK.get(name)
        if kind is None and not self._starred:
            return
        if kind and not self._state.skipped:
            self.left_out[kind] += 1
        self._state = replace(self._state, skipped=True, destination=name)

    def _format(self, name: str, number: int | None) -> bool:
        """The looks of letters; whether the word was about them."""
        on = number != 0
        if name == "plain":
            self._state = replace(self._state, bold=False, hidden=False, font=self._default_font)
        elif name == "b":
            self._state = replace(self._state, bold=on)
        elif name == "v":
            self.left_out["hidden"] += on and not self._state.hidden and not self._state.skipped
            self._state = replace(self._state, hidden=on)
        elif name == "deleted":
            self.left_out["deletions"] += on and not self._state.deleted and not self._state.skipped
            self._state = replace(self._state, deleted=on)
        elif name == "f":
            self._state = replace(self._state, font=number)
        elif name == "uc":
            self._state = replace(self._state, fallback=max(number or 0, 0))
        else:
            return False
        return True

    def _document(self, name: str, number: int | None) -> bool:
        """The code page and font of the whole document; whether the word was about them."""
        if name == "ansicpg" and number:
            self._codepage = _known(f"cp{number}") or self._codepage
        elif name in _PAGES:
            self._codepage = _PAGES[name]
        elif name == "deff":
            self._default_font = number
            self._state = replace(self._state, font=number)
        else:
            return False
        return True

    def _layout(self, name: str, number: int | None) -> None:
        """Ends of paragraphs, rows and pages, and the style of the paragraph."""
        if name in {"par", "sect"} and not (name == "par" and self._in_table):
            self._end_paragraph()
        elif name == "par":
            self._add("\n")
        elif name in {"row", "nestrow"}:
            self._end_paragraph(row=True)
        elif name == "page":
            self._page += 1
        elif name == "intbl":
            self._in_table = True
        elif name == "pard":  # codespell:ignore pard
            self._style, self._in_table = None, False
        elif name == "s" and number is not None:
            self._style = self._tables.styles.get(number)
        elif name == "outlinelevel" and number is not None and 0 <= number < 9:
            self._style = f"Heading {number + 1}"

    def _note_in_table(self, name: str, number: int | None) -> None:
        tables = self._tables
        if self._state.destination == "stylesheet":
            if name in {"s", "cs", "ds", "ts"} and number is not None:
                tables.number, tables.name = (number if name == "s" else -1), ""
        elif name == "f" and number is not None:
            tables.number = number
        elif name == "fcharset" and number in _CHARSETS:
            tables.fonts[tables.number] = _CHARSETS[number]

    def _take_bytes(self, token: Token) -> None:
        data = token.data
        if token.name != "'":
            self._opened = self._starred = False
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self._state.destination == "stylesheet":
            self._name_style(data)
        elif self._as_utf8 and not data.isascii():
            self._flush()
            self._add(data.decode("utf-8", "replace"))
        elif self._state.is_shown:
            self._pending += data

    def _name_style(self, data: bytes) -> None:
        """Take in a part of a style's name, which ends with a semicolon."""
        tables = self._tables
        tables.name += data.decode("latin-1")
        if ";" in tables.name:
            name = tables.name.partition(";")[0].strip()
            if tables.number >= 0 and name:
                tables.styles[tables.number] = name[:1].upper() + name[1:]
            tables.name, tables.number = "", 0

    def _flush(self) -> None:
        """Decode the bytes that came together, so that letters of two bytes are not torn apart."""
        if self._pending:
            font = self._tables.fonts.get(self._state.font) if self._state.font is not None else None
            text = self._pending.decode(font or self._codepage, "replace")
            self._pending = b""
            self._runs.append((text, self._state.bold))

    def _fallback_passed(self) -> bool:
        """Whether what comes is text of its own and does not stand in for a character that was given by number."""
        if self._to_skip:
            self._to_skip -= 1
            return False
        return True

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        self._to_skip = self._state.fallback
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
        elif 0xDC00 <= code < 0xE000:
            if self._surrogate:
                self._add(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + code - 0xDC00))
            self._surrogate = 0
        elif 0 < code < 0x110000:
            self._add(chr(code))

    def _add(self, text: str) -> None:
        if text and self._state.is_shown:
            self._runs.append((text, self._state.bold))

    def _end_paragraph(self, *, row: bool = False) -> None:
        self.paragraphs.append(RtfParagraph(tuple(self._runs), self._paragraph_no, self._style, self._page, row))
        self._runs = []
        self._paragraph_no += 1


def _known(codepage: str) -> str | None:
    """A code page that Python knows, or None."""
    try:
        return codecs.lookup({"cp10000": "mac-roman", "cp65001": "utf-8"}.get(codepage, codepage)).name
    except LookupError:
        return None
