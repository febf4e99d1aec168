"""oTranscribe files (.otr): JSON that holds HTML whose spans give times in seconds."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts.gate import check_lines
from qcode.transcripts.json_files import fit, is_json, load_json
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.seconds import as_milliseconds
from qcode.transcripts.values import Block, Layout
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

_PARAGRAPHS: Final = frozenset(["p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"])
_HIDDEN: Final = frozenset(["script", "style", "head", "template", "noscript", "iframe", "object"])
_BOLD: Final = frozenset(("b", "strong"))
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})([^<>]{0,1000})>|<[!?][^<>]{0,1000}>")
_CLASS: Final = re.compile(r"\bclass\s{0,4}=\s{0,4}[\"']?[^\"'<>]{0,100}\btimestamp\b")
_TIME: Final = re.compile(r"\bdata-timestamp\s{0,4}=\s{0,4}[\"']?([^\"'<>\s]{0,40})")
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")


class UnknownOtrError(QcodeError):
    """An oTranscribe file does not hold its text where it should."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} looks like an oTranscribe file, but holds no text. Open it in oTranscribe and export it again."
        )


def _recognises(source: Source) -> bool:
    return (
        is_json(source)
        and b'"media-time"' in source.data.replace(b"\0", b"")
        and b'"text"' in source.data.replace(b"\0", b"")
    )


def _parse(source: Source) -> Parsed:
    loaded = load_json(source)
    whole: dict[str, Any] = loaded.value if isinstance(loaded.value, dict) else {}
    text = whole.get("text")
    if not isinstance(text, str):
        raise UnknownOtrError(source.name)
    check_lines(source.name, normalise(text)[0].split("\n"))
    page = _Page()
    page.read(fit(text))
    media = whole.get("media")
    warnings = (f"{counted(page.timeless, 'time')} that cannot be one left out.",) if page.timeless else ()
    return Parsed(
        blocks=tuple(page.blocks),
        encoding=loaded.encoding,
        metadata={"media": fit(media)} if isinstance(media, str) and media.strip() else {},
        warnings=(*loaded.warnings, *warnings),
        layout=Layout("oTranscribe transcript", page.timed, page.timed + page.timeless, "times"),
    )


class _Page:
    """Paragraphs with their times and bold beginnings; a time within one begins a block that goes on."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.timed = self.timeless = 0
        self._text, self._bold_text = "", ""
        self._bold = self._hidden = self._stamp = 0
        self._start_ms: int | None = None
        self._paragraph, self._goes_on = 1, False

    def read(self, page: str) -> None:
        """Take in a whole page; what looks like a tag and never ends is text."""
        at = 0
        for tag in _TAG.finditer(page):
            self._show(page[at : tag.start()])
            at = tag.end()
            if tag[2] and tag[1]:
                self._end(tag[2].lower())
            elif tag[2]:
                self._begin(tag[2].lower(), tag[3])
        self._show(page[at:])
        self._end_block()

    def _begin(self, tag: str, attributes: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_block()
        elif tag == "br":
            self._text += "\n"
        elif tag in _HIDDEN:
            self._hidden += 1
        elif tag == "span" and (self._stamp or _CLASS.search(attributes)):
            self._stamp += 1
            found = _TIME.search(attributes)
            self._begin_time(found[1] if found else None)
        self._bold += tag in _BOLD

    def _end(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_block()
        self._hidden -= tag in _HIDDEN and self._hidden > 0
        self._stamp -= tag == "span" and self._stamp > 0
        self._bold -= tag in _BOLD and self._bold > 0

    def _show(self, data: str) -> None:
        """Take in text that is shown; what stands in a time's span repeats the time."""
        if self._hidden or self._stamp or not data:
            return
        text = _SPACES.sub(" ", unescape(data))
        if self._bold and self._bold_text == self._text.lstrip():
            self._bold_text += text if self._bold_text else text.lstrip()
        self._text += text

    def _begin_time(self, seconds: str | None) -> None:
        time_ms = as_milliseconds(seconds)
        if time_ms is None:
            self.timeless += self._stamp == 1
            return
        self.timed += 1
        if self._text.strip():
            begins_line = self._text.rstrip(" ").endswith("\n")
            self._end_piece()
            self._goes_on = not begins_line
        self._start_ms = time_ms

    def _end_piece(self) -> None:
        lines = "\n".join(line.strip() for line in self._text.split("\n")).strip()
        if lines:
            bold = self._bold_text.strip() or None
            self.blocks.append(
                Block(lines, start_ms=self._start_ms, bold_prefix=bold, line_no=self._paragraph, goes_on=self._goes_on)
            )
            self._start_ms = None
        self._text = self._bold_text = ""
        self._goes_on = False

    def _end_block(self) -> None:
        """End the paragraph, if there is one."""
        had = len(self.blocks)
        self._end_piece()
        self._paragraph += len(self.blocks) > had


READER: Final = Reader("otranscribe", 1, _recognises, _parse)
