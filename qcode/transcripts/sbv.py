"""SubViewer captions, as YouTube (.sbv) and SubViewer 2 (.sub) write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from qcode.transcripts.captions import Captions, TimesUnreadError, caption_text, parsed
from qcode.transcripts.reader import Parsed, Reader
from qcode.transcripts.signatures import head

if TYPE_CHECKING:
    from qcode.transcripts.reader import Source

_CLOCK: Final = r"\d{1,3}:\d\d:\d\d\.\d{1,3}"
_TIMING: Final = re.compile(rf"({_CLOCK})[ \t]{{0,4}},[ \t]{{0,4}}({_CLOCK})[ \t]{{0,40}}")
_BROKEN: Final = re.compile(r"-?\d{1,8}:[-\d:.]{1,16}[ \t]{0,4},[ \t]{0,4}-?\d{1,8}:[-\d:.]{1,16}")
_FIRST: Final = re.compile(rf"(?:\[INFORMATION\]|(?:\d{{1,9}}[\r\n]{{1,4}})?{_TIMING.pattern}[\r\n])")
_ENTRY: Final = re.compile(r"\[([A-Z ]{3,40})\](.{0,200})")
_PARTS: Final = {"INFORMATION", "END INFORMATION", "SUBTITLE", "COLF", "STYLE", "SIZE", "FONT", "PRG", "DELAY"}


def _recognises(source: Source) -> bool:
    return _FIRST.match(head(source.data)) is not None


def _parse(source: Source) -> Parsed:
    text = caption_text(source)
    captions = Captions(source.name)
    timing: tuple[int, str, str] | None = None
    said: list[str] = []
    for line_no, line in enumerate(text.lines, 1):
        found = _TIMING.fullmatch(line.strip())
        if found is None and _BROKEN.fullmatch(line.strip()):
            raise TimesUnreadError(source.name, line_no)
        if found is None:
            said.append(line)
            continue
        _end(captions, timing, said)
        timing, said = (line_no, found[1], found[2]), []
    _end(captions, timing, said)
    return parsed(captions, text, "SubViewer captions")


def _end(captions: Captions, timing: tuple[int, str, str] | None, said: list[str]) -> None:
    """Add the cue that these lines belong to; before the first there is only a header."""
    lines = [part for line in said for part in line.replace("[br]", "\n").split("\n") if part.strip()]
    if timing is not None:
        captions.add(*timing, lines)
        return
    for line in lines:
        entry = _ENTRY.match(line.strip())
        if entry is not None and entry[1] not in _PARTS:
            captions.note(entry[1].lower(), entry[2])


READER: Final = Reader("sbv", 1, _recognises, _parse)
