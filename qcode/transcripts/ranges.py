"""Captions written into a document: a line with two times, then perhaps a name, then the talk (Teams until 2021)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.transcripts.labels import is_name
from qcode.transcripts.shapes import Shaped, lines_of_paragraphs
from qcode.transcripts.times import LOOSE_STAMP, loose_milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qcode.transcripts.values import Block

_RANGE: Final = re.compile(rf"\s*[\[(]?({LOOSE_STAMP})\s{{0,3}}(-->|–|—|-)\s{{0,3}}({LOOSE_STAMP})[\])]?\s*")
_NUMBER: Final = re.compile(r"\s*\d{1,6}\s*")
_FEWEST: Final = 2
_NAMED_SHARE: Final = 0.5
TEAMS_2021: Final = "Microsoft Teams transcript (2021) with two times above each caption"
CAPTIONS: Final = "Captions with two times above each"


def shape(blocks: tuple[Block, ...]) -> Shaped | None:
    """The captions as cues with their voices; None if there are none."""
    lines = [line for block in blocks for line in lines_of_paragraphs(block)]
    found = [_RANGE.fullmatch(line.text) if line.kind == "para" else None for line in lines]
    marks = [place for place, match in enumerate(found) if match]
    if not marks or (len(marks) < _FEWEST and found[marks[0]][2] != "-->"):  # type: ignore[index]
        return None
    groups = [_Group(lines[a:b]) for a, b in zip(marks, [*marks[1:], len(lines)], strict=True)]
    _drop_numbers(groups)
    named = _have_names(groups)
    cues = tuple(cue for group in groups for cue in group.cues(named=named))
    before = [line for line in lines[: marks[0]] if not _NUMBER.fullmatch(line.text)]
    return Shaped(
        TEAMS_2021 if named else CAPTIONS,
        (*before, *cues),
        read=sum(group.start_ms is not None for group in groups),
        lines=len(groups),
        unit="captions",
    )


class _Group:
    """The lines of one caption, the first of which holds its times."""

    def __init__(self, lines: Sequence[Block]) -> None:
        found = _RANGE.fullmatch(lines[0].text)
        self.start_ms = loose_milliseconds(found[1]) if found else None
        self.end_ms = loose_milliseconds(found[3]) if found else None
        self.lines = list(lines[1:])

    @property
    def may_be_named(self) -> bool:
        return len(self.lines) > 1 and is_name(self.lines[0].text.strip())

    def cues(self, *, named: bool) -> Iterator[Block]:
        """The caption as one cue; nothing where it holds no text."""
        lines, voice = self.lines, None
        if named and self.may_be_named:
            voice, lines = lines[0].text.strip(), lines[1:]
        if not lines:
            return
        end = self.end_ms if self.end_ms is None or self.end_ms >= (self.start_ms or 0) else None
        text = "\n".join(line.text.strip() for line in lines)
        yield replace(
            lines[0],
            text=text,
            kind="cue",
            start_ms=self.start_ms,
            end_ms=end,
            voice=voice,
            bold_prefix=None,
            style=None,
        )


def _drop_numbers(groups: Sequence[_Group]) -> None:
    """Take off the number of the next caption, where captions are counted."""
    ends = [group.lines[-1] for group in groups[:-1] if group.lines]
    counted = ends and all(_NUMBER.fullmatch(line.text) for line in ends)
    for group in groups[:-1] if counted else ():
        group.lines = group.lines[:-1]


def _have_names(groups: Sequence[_Group]) -> bool:
    """Whether the first line of captions is a name: in most of them one could be, and names come back or are few."""
    names = [group.lines[0].text.strip() for group in groups if group.may_be_named]
    longer = sum(len(group.lines) > 1 for group in groups)
    return bool(names) and len(names) >= _NAMED_SHARE * longer and len(set(names)) <= max(3, len(names) // 2)
