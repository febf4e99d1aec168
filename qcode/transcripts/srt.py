"""SubRip captions (.srt), as WhisperX, Premiere and many others write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.transcripts.captions import ARROW, Captions, caption_text, groups_of, parsed, read_arrows
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.signatures import head

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

_CLOCK: Final = r"-?\d{1,8}:\d\d:\d\d"
_FIRST: Final = re.compile(rf"(?:\d{{1,9}}[ \t]{{0,4}}[\r\n]{{1,4}})?{_CLOCK}[,.]\d{{1,3}}[ \t]{{0,4}}-->")
_NUMBERED: Final = re.compile(r"\d{1,9}[ \t]{0,4}[\r\n]{1,4}[^\r\n]{0,80}-->")
_LATER: Final = re.compile(rf"[\r\n]{_CLOCK},\d{{1,3}}[ \t]{{0,4}}-->")


def _recognises(source: Source) -> bool:
    start = head(source.data)
    return any((_FIRST.match(start), _NUMBERED.match(start), _LATER.search(start)))


def _parse(source: Source) -> Parsed:
    text = caption_text(source)
    captions = Captions(source.name)
    for first_line, group in groups_of(text.lines):
        at = next((index for index, line in enumerate(group[:2]) if ARROW in line), None)
        if at is None:
            captions.add_stray(group)
        else:
            read_arrows(captions, first_line + at, group[at:])
    return parsed(captions, text, "SubRip captions")


READER: Final = Reader("srt", 1, _recognises, _parse)
