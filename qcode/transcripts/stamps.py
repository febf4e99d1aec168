"""Times that stand in the text: before a line, alone on one, in the middle, or closing a paragraph.

A time is taken out of the text and becomes the time of the talk behind it, or before it where times close paragraphs
(f4, "#00:00:06-8#"). Times that belong to a label ("Speaker 2 (00:07):") are left to the grammar of labels, and times
with other words beside them in brackets ("[inaudible 00:12:31]") to the talk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from qcode.transcripts.labels import candidate
from qcode.transcripts.shapes import lines_of_paragraphs
from qcode.transcripts.times import LOOSE_STAMP, loose_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qcode.transcripts.values import Block, Counts

_UNTIL: Final = r"\s{0,3}(?:-->|–|—|-|to)\s{0,3}"
_HASH: Final = r"#(\d{1,2}:\d{2}:\d{2})(?:[-.,:](\d{1,3}))?#"
_BRACKETS: Final = rf"[\[({{<]\s?({LOOSE_STAMP})(?:{_UNTIL}({LOOSE_STAMP}))?\s?[\])}}>]"
_DASH: Final = r"(?:[ \t]{0,4}[-–—](?=\s))?"
HASH: Final = re.compile(_HASH)
"""A time as f4 and MAXQDA write it."""

_TOKEN: Final = re.compile(rf"(?:{_HASH}|{_BRACKETS}){_DASH}")
_BARE: Final = re.compile(rf"({LOOSE_STAMP})(?:{_UNTIL}({LOOSE_STAMP}))?(?=\s|$){_DASH}")
_HOURS: Final = re.compile(r"\d{1,3}:\d{1,2}:\d{1,2}")
_RISING: Final = 0.8
_FEWEST: Final = 2
_FEWEST_BARE: Final = 3
_BARE_SHARE: Final = 0.25
_FOLLOWED: Final = 0.67
_CLOSING_BRACKETS: Final = 0.8


@dataclass(frozen=True, slots=True)
class Token:
    """A time in a line, as [start, end) code points of it, in milliseconds; `hashed` as f4 writes it."""

    start: int
    end: int
    time_ms: int
    until_ms: int | None
    hashed: bool
    hours: bool
    bare: bool = False
    after_label: bool = False


@dataclass(frozen=True, slots=True)
class Stamped:
    """Blocks with their times taken out of the text, and how many there were."""

    blocks: tuple[Block, ...]
    closing: bool = False
    taken: int = 0
    lines: int = 0
    alone: int = 0
    inside: int = 0

    @property
    def rules(self) -> Counts:
        """What was done, for the preview."""
        where = "at the end of paragraphs" if self.closing else "in the text"
        return ((f"times {where} made times of the talk", self.taken),)


def stamped(blocks: tuple[Block, ...]) -> Stamped:
    """The blocks without the times in them, split where a new time begins inside a paragraph."""
    lines = [line for block in blocks for line in lines_of_paragraphs(block)]
    found = _trusted(lines, _found(lines))
    taken = sum(map(len, found))
    if not taken:
        return Stamped(blocks)
    closing = _is_closing(lines, found)
    made = _closed(lines, found) if closing else _opened(lines, found)
    inside = sum(1 for tokens in found for token in tokens if token.start)
    alone = sum(1 for line, tokens in zip(lines, found, strict=True) if _is_alone(line, tokens))
    return Stamped(tuple(made), closing, taken, sum(map(bool, found)), alone, inside)


def _found(lines: Sequence[Block]) -> list[tuple[Token, ...]]:
    """The times of each line that no label claims."""
    tokens = [_tokens(line) for line in lines]
    claims = [_claim(line.text) if found else _NO_CLAIM for line, found in zip(lines, tokens, strict=True)]
    names = _are_names(claims, tokens)
    return [
        _unclaimed(line.text, found, claim if names or not claim.alone else _NO_CLAIM)
        for line, found, claim in zip(lines, tokens, claims, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Claim:
    """How far a line belongs to the label it begins with, and whether label and time have the line to themselves."""

    until: int
    alone: bool


_NO_CLAIM: Final = _Claim(0, alone=False)


def _claim(text: str) -> _Claim:
    lead = len(text) - len(text.lstrip())
    label = candidate(text[lead:])
    if label is None or label.shape not in {"colon", "bracket", "tab", "stamp"}:
        return _NO_CLAIM
    return _Claim(lead + label.talk_at, label.shape == "stamp")


def _are_names(claims: Sequence[_Claim], tokens: Sequence[tuple[Token, ...]]) -> bool:
    """Whether short words behind times are the names of who speaks in the lines below, and not short answers."""
    followed = [
        place + 1 < len(tokens) and not tokens[place + 1]
        for place, claim in enumerate(claims)
        if claim.alone and tokens[place]
    ]
    return sum(followed) >= _FOLLOWED * len(followed)


def _unclaimed(text: str, tokens: tuple[Token, ...], claim: _Claim) -> tuple[Token, ...]:
    """The times beyond the label, or before it where talk follows."""
    lead, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return tuple(
        replace(token, after_label=0 < claim.until == token.start)
        for token in tokens
        if token.start >= claim.until or (token.start == lead and token.end < claim.until < end)
    )


def _tokens(line: Block) -> tuple[Token, ...]:
    """The times of a line, in order."""
    if line.kind != "para" or line.voice is not None or ":" not in line.text:
        return ()
    text = line.text
    tokens = [_token(found) for found in _TOKEN.finditer(text)]
    lead = len(text) - len(text.lstrip())
    if (bare := _BARE.match(text, lead)) and not (tokens and tokens[0].start < bare.end()):
        time_ms, until = loose_milliseconds(bare[1]), bare[2]
        hours = _HOURS.match(bare[1]) is not None
        if time_ms is not None:
            until_ms = loose_milliseconds(until) if until else None
            tokens.insert(0, Token(lead, bare.end(), time_ms, until_ms, hashed=False, hours=hours, bare=True))
    return tuple(tokens)


def _token(found: re.Match[str]) -> Token:
    if found[1]:
        stamp = f"{found[1]}.{found[2]}" if found[2] else found[1]
        return Token(found.start(), found.end(), loose_milliseconds(stamp) or 0, None, hashed=True, hours=True)
    until = loose_milliseconds(found[4]) if found[4] else None
    hours = _HOURS.match(found[3]) is not None
    return Token(found.start(), found.end(), loose_milliseconds(found[3]) or 0, until, hashed=False, hours=hours)


def _trusted(lines: Sequence[Block], found: Sequence[tuple[Token, ...]]) -> list[tuple[Token, ...]]:
    """The times that really are times of the recording: marked as such, or rising through the file."""
    spoken = sum(1 for line in lines if line.text.strip())
    short = [token for tokens in found for token in tokens if not token.bare and not token.hashed and not token.hours]
    bare = [token for tokens in found for token in tokens if token.bare and not token.hours]
    keep_short = len(short) >= _FEWEST and _rising(short)
    enough_bare = len(bare) >= _FEWEST_BARE and len(bare) >= _BARE_SHARE * spoken
    keep_bare = enough_bare and all(after.time_ms > before.time_ms for before, after in pairwise(bare))
    inside = [token for tokens in found for token in tokens if token.hours and not token.bare]
    keep_inside = _rising(inside)

    def kept(token: Token) -> bool:
        if token.hashed:
            return True
        if token.hours:
            return token.bare or keep_inside
        return keep_bare if token.bare else keep_short

    return [tuple(token for token in tokens if kept(token)) for tokens in found]


def _rising(tokens: Sequence[Token]) -> bool:
    pairs = list(pairwise(tokens))
    return sum(after.time_ms >= before.time_ms for before, after in pairs) >= _RISING * len(pairs)


def _is_closing(lines: Sequence[Block], found: Sequence[tuple[Token, ...]]) -> bool:
    """Whether times end paragraphs instead of beginning them: most of f4's do, nearly all of those in brackets."""
    ends = starts = hashed = total = 0
    for line, tokens in zip(lines, found, strict=True):
        text_ends = len(line.text.rstrip()) if tokens else 0
        text_begins = len(line.text) - len(line.text.lstrip()) if tokens else 0
        for token in tokens:
            total += 1
            hashed += token.hashed
            at_start = token.start <= text_begins
            starts += at_start
            ends += not at_start and token.end >= text_ends
    if hashed * 2 > total:
        return ends > starts
    return ends >= _CLOSING_BRACKETS * total and ends >= _FEWEST


def _is_alone(line: Block, tokens: Sequence[Token]) -> bool:
    return len(tokens) == 1 and not (line.text[: tokens[0].start] + line.text[tokens[0].end :]).strip()


def _closed(lines: Sequence[Block], found: Sequence[tuple[Token, ...]]) -> Iterator[Block]:
    """Each stretch ends at the time behind it and begins at the time before."""
    began = 0
    for line, tokens in zip(lines, found, strict=True):
        at, pieces = 0, 0
        for token in tokens:
            if text := line.text[at : token.start].rstrip():
                yield _piece(line, text, began, token.time_ms, first=not pieces)
                pieces += 1
            began, at = token.time_ms, token.end
        rest = line.text[at:]
        if rest.strip():
            yield _piece(line, rest, began if tokens else line.start_ms, line.end_ms, first=not pieces)


def _opened(lines: Sequence[Block], found: Sequence[tuple[Token, ...]]) -> Iterator[Block]:
    """Each stretch begins at the time before it; a time alone on its line is that of the next."""
    waiting: Token | None = None
    for line, tokens in zip(lines, found, strict=True):
        if _is_alone(line, tokens):
            waiting = tokens[0]
            continue
        yield from _opened_line(line, tokens, waiting)
        waiting = None


def _opened_line(line: Block, tokens: tuple[Token, ...], waiting: Token | None) -> Iterator[Block]:
    text = line.text
    if tokens and tokens[0].after_label:
        lead = tokens[0]
        text = text[: lead.start] + " " * (lead.end - lead.start) + text[lead.end :]
        tokens, waiting = tokens[1:], lead
    head = text[: tokens[0].start] if tokens else text
    if first := bool(head.strip()):
        yield _begun(line, head, waiting, first=True)
    ends = [*(token.start for token in tokens[1:]), len(text)]
    for token, end in zip(tokens, ends if tokens else (), strict=True):
        if piece := text[token.end : end].strip():
            yield _begun(line, piece, token, first=not first)
            first = True


def _begun(line: Block, text: str, token: Token | None, *, first: bool) -> Block:
    if token is None:
        return _piece(line, text, line.start_ms, line.end_ms, first=first)
    return _piece(line, text, token.time_ms, token.until_ms, first=first)


def _piece(line: Block, text: str, start_ms: int | None, end_ms: int | None, *, first: bool) -> Block:
    bold = line.bold_prefix if first else None
    if bold and not text.lstrip().startswith(bold):
        trimmed = _BARE.sub("", _TOKEN.sub("", bold), count=1).strip()
        bold = trimmed if trimmed and text.lstrip().startswith(trimmed) else None
    return replace(line, text=text, start_ms=start_ms, end_ms=end_ms, bold_prefix=bold, goes_on=not first)
