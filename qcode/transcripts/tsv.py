"""Tables of times and text that Whisper writes: start and end in milliseconds, then what was said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.transcripts.captions import TimesUnreadError, caption_text
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.seconds import as_milliseconds
from qcode.transcripts.signatures import head
from qcode.transcripts.values import Block, Layout
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

_HEADER: Final = re.compile(r"start\tend\ttext[ \t]*(?:[\r\n]|$)")
_ROW: Final = re.compile(r"([^\t]{0,40})\t([^\t]{0,40})\t(.*)")
_WHOLE: Final = re.compile(r"\d{1,12}")


def _recognises(source: Source) -> bool:
    return _HEADER.match(head(source.data)) is not None


def _parse(source: Source) -> Parsed:
    text = caption_text(source)
    blocks: list[Block] = []
    stray = 0
    first = next(index for index, line in enumerate(text.lines) if line.strip())
    for line_no, line in enumerate(text.lines[first + 1 :], first + 2):
        row = _ROW.fullmatch(line)
        if row is not None:
            blocks.append(_cue(source.name, line_no, row))
        elif line.strip() and blocks:
            stray += 1
            blocks[-1] = replace(blocks[-1], text=f"{blocks[-1].text}\n{line}")
        elif line.strip():
            raise TimesUnreadError(source.name, line_no)
    kept = tuple(block for block in blocks if block.text.strip())
    warnings = (f"{counted(stray, 'line')} without a time added to the row before.",) if stray else ()
    return Parsed(
        blocks=kept,
        encoding=text.encoding,
        warnings=(*text.warnings, *warnings),
        rules=text.notes,
        layout=Layout("Whisper table", len(blocks), len(blocks), "rows"),
    )


def _cue(name: str, line_no: int, row: re.Match[str]) -> Block:
    start, end = (as_milliseconds(row[cell], 1) if _WHOLE.fullmatch(row[cell].strip()) else None for cell in (1, 2))
    if start is None or end is None:
        raise TimesUnreadError(name, line_no)
    return Block(row[3].strip(), "cue", start, end if end >= start else None, line_no=line_no)


READER: Final = Reader("whisper-tsv", 1, _recognises, _parse)
