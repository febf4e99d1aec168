"""Captions of whatever format: cues with times and lines, what was shown twice, and the voices within a cue."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qcode.errors import QcodeError
from qcode.text.canonical import normalise
from qcode.transcripts.decoding import decode
from qcode.transcripts.gate import check_lines
from qcode.transcripts.reader import Parsed
from qcode.transcripts.times import milliseconds
from qcode.transcripts.values import Block, Layout
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.text.canonical import Notes
    from qcode.transcripts.reader import Source

ARROW: Final = "-->"
_TIMING: Final = re.compile(r"\s*([\d:.,]{4,16})\s*-->\s*([\d:.,]{4,16})(?:\s.*)?")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]*)>|</v>")
_MARKUP: Final = re.compile(r"</?(?:c|i|b|u|s|ruby|rt|lang|v|font)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\[^{}\n]{1,60}\}")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
LINES_LIMIT: Final = 400_000
"""A hundred thousand captions with their numbers, their times and one or two lines of text."""

_ROLLING_SHARE: Final = 0.5
_FEWEST_SIGNS: Final = 2
_UNDERLINED: Final = "<u>"
_CLOSE_MS: Final = 500
_WORD_TIMES: Final = re.compile(r"<\d\d:\d\d:\d\d\.\d{3}><c>")


class TimesUnreadError(QcodeError):
    """A caption's times cannot be understood, so talk and times would drift apart."""

    def __init__(self, name: str, line_no: int) -> None:
        super().__init__(f"The times in line {line_no} of {name} cannot be read. Correct them, or export it again.")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown for some time: its lines with their markup; without an end where that lies before the start."""

    start_ms: int
    end_ms: int | None
    lines: tuple[str, ...]
    line_no: int


@dataclass(slots=True)
class Captions:
    """A caption file while it is read: cues in the order of the file, metadata, and what was odd."""

    name: str
    cues: list[Cue] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    stray: int = 0
    backwards: int = 0

    def note(self, key: str, text: str) -> None:
        """Keep a line of metadata behind what its key has already."""
        if text.strip():
            self.metadata[key] = f"{self.metadata[key]} {text.strip()}" if key in self.metadata else text.strip()

    def add(self, line_no: int, start: str, end: str, lines: Sequence[str]) -> None:
        """A cue with the times as written in this line. Raises TimesUnreadError."""
        start_ms, end_ms = milliseconds(start), milliseconds(end)
        if start_ms is None or end_ms is None:
            raise TimesUnreadError(self.name, line_no)
        self.backwards += end_ms < start_ms
        self.cues.append(Cue(start_ms, end_ms if end_ms >= start_ms else None, tuple(lines), line_no))

    def add_stray(self, lines: Sequence[str]) -> None:
        """Lines after a blank line inside a cue, which still belong to it; a lonely cue number is nothing."""
        if len(lines) == 1 and lines[0].strip().isdigit():
            return
        if not self.cues:
            self.note("header", " ".join(lines))
            return
        self.stray += len(lines)
        last = self.cues[-1]
        self.cues[-1] = Cue(last.start_ms, last.end_ms, (*last.lines, *lines), last.line_no)


@dataclass(frozen=True, slots=True)
class CaptionText:
    """The text of a caption file in canonical form, as lines."""

    lines: list[str]
    encoding: str
    warnings: tuple[str, ...]
    notes: Notes


def caption_text(source: Source) -> CaptionText:
    """The lines of a caption file. Raises what decoding raises, and LineTooLongError."""
    decoded = decode(source)
    text, notes = normalise(decoded.text)
    lines = text.split("\n")
    check_lines(source.name, lines, most=LINES_LIMIT)
    return CaptionText(lines, decoded.encoding, decoded.warnings, notes)


def groups_of(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The stretches of lines between blank lines, each with the number of its first line."""
    group: list[str] = []
    for line_no, line in enumerate([*lines, ""], 1):
        if line.strip():
            group.append(line)
        elif group:
            yield line_no - len(group), group
            group = []


def read_arrows(captions: Captions, first_line: int, group: list[str]) -> None:
    """The cues of a group whose first line has an arrow; several where no blank lines part them."""
    starts = [index for index, line in enumerate(group) if ARROW in line]
    for start, end in zip(starts, [*starts[1:], len(group)], strict=True):
        payload = group[start + 1 : end]
        if end < len(group) and payload and payload[-1].strip().isdigit():
            payload = payload[:-1]
        found = _TIMING.fullmatch(group[start])
        if found is None:
            raise TimesUnreadError(captions.name, first_line + start)
        captions.add(first_line + start, found[1], found[2], payload)


def parsed(captions: Captions, text: CaptionText, layout: str, rules: Sequence[tuple[str, int]] = ()) -> Parsed:
    """What a reader gives for captions that were read."""
    cues, shown_twice = _shown_once(captions.cues)
    blocks = tuple(
        Block(said, "cue", cue.start_ms, cue.end_ms, voice, line_no=cue.line_no)
        for cue in cues
        for voice, said in _voices("\n".join(cue.lines))
    )
    return Parsed(
        blocks=blocks,
        encoding=text.encoding,
        metadata=captions.metadata,
        warnings=(*text.warnings, *_warnings(captions)),
        rules=(*text.notes, *rules, *((("caption lines shown twice left out", shown_twice),) if shown_twice else ())),
        layout=Layout(layout, len(captions.cues), len(captions.cues), "captions"),
    )


def _warnings(captions: Captions) -> Iterator[str]:
    if captions.stray:
        yield f"{counted(captions.stray, 'line')} without a time added to the caption before."
    if captions.backwards:
        yield f"{counted(captions.backwards, 'end time')} before the caption's beginning left out."
    early = sum(after.start_ms < before.start_ms for before, after in pairwise(captions.cues))
    if early:
        begin = "begins" if early == 1 else "begin"
        yield f"{counted(early, 'caption')} {begin} before the one above; captions stay in the order of the file."


def _shown_once(cues: list[Cue]) -> tuple[list[Cue], int]:
    """Rolling captions without the lines that the cue before showed already, and how many those were.

    YouTube shows each line twice, Whisper each cue once a word to underline it. Where a file gives no sign of either,
    people repeat themselves.
    """
    plain = [[line for line in map(plain_text, cue.lines) if line] for cue in cues]
    repeated = [0, *(_repeated(*two) for two in pairwise(zip(cues, plain, strict=True)))]
    if not cues or not _rolls(cues, plain, repeated):
        return cues, 0
    made: list[Cue] = []
    for cue, lines, shown in zip(cues, plain, repeated, strict=True):
        if made and shown and len(lines) == shown:
            last = made[-1]
            made[-1] = Cue(last.start_ms, _later(last.end_ms, cue.end_ms), last.lines, last.line_no)
        else:
            kept = [line for line in cue.lines if plain_text(line)][shown:]
            made.append(Cue(cue.start_ms, cue.end_ms, tuple(kept), cue.line_no))
    return made, sum(repeated)


def _rolls(cues: list[Cue], plain: list[list[str]], repeated: list[int]) -> bool:
    """Whether captions roll: by the times of words, or if half of them begin with what was just shown.

    Of those some must go on below it, or underline a word; captions that name voices by tags never roll.
    """
    text = [line for cue in cues for line in cue.lines]
    if any(_VOICE.search(line) for line in text):
        return False
    if any(_WORD_TIMES.search(line) for line in text):
        return True
    signs = sum(0 < shown < len(lines) for shown, lines in zip(repeated, plain, strict=True))
    signs += sum(_UNDERLINED in line for line in text)
    return signs >= _FEWEST_SIGNS and sum(map(bool, repeated)) >= _ROLLING_SHARE * len(cues)


def _repeated(before: tuple[Cue, list[str]], after: tuple[Cue, list[str]]) -> int:
    """How many lines at the start of a cue are the last ones of the cue before, which it follows at once."""
    (cue, shown), (following, lines) = before, after
    gap = following.start_ms - (cue.start_ms if cue.end_ms is None else cue.end_ms)
    if gap > _CLOSE_MS or following.start_ms < cue.start_ms:
        return 0
    most = min(len(shown), len(lines))
    return next((count for count in range(most, 0, -1) if shown[-count:] == lines[:count]), 0)


def _later(one: int | None, other: int | None) -> int | None:
    return max((end for end in (one, other) if end is not None), default=None)


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """The voices of a cue with what each says; a tag that is never closed holds to the next or the end."""
    at, voice = 0, None
    for tag in _VOICE.finditer(payload):
        if text := plain_text(payload[at : tag.start()]):
            yield voice, text
        at, voice = tag.end(), _decoded(tag[1]).strip() or None if tag[1] else None
    if text := plain_text(payload[at:]):
        yield voice, text


def plain_text(payload: str) -> str:
    """A cue's text without markup, with characters for entities."""
    return _decoded(_MARKUP.sub("", payload)).strip()


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
