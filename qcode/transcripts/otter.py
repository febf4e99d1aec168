"""Otter's exports where some headers lack a name: a time on its own between headers that have one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.transcripts.shapes import Shaped, lines_of_paragraphs
from qcode.transcripts.times import STAMP

if TYPE_CHECKING:
    from qcode.transcripts.values import Block

NAME: Final = "Otter export"
NOBODY: Final = "Unknown Speaker"
_HEADER: Final = re.compile(rf"\S(?:[^\t\n]{{0,58}}?\S)?? {{2}}{STAMP}\s*")
_NAMELESS: Final = re.compile(rf"\s*({STAMP})\s*")
_FEWEST: Final = 2


def shape(blocks: tuple[Block, ...]) -> Shaped | None:
    """The nameless headers with Otter's word for somebody unknown; None where every header has a name, or none."""
    lines = [line for block in blocks for line in lines_of_paragraphs(block)]
    headers = sum(_HEADER.fullmatch(line.text) is not None for line in lines)
    nameless = [_NAMELESS.fullmatch(line.text) for line in lines]
    count = sum(found is not None for found in nameless)
    if headers < _FEWEST or not 0 < count <= headers:
        return None
    named = tuple(
        replace(line, text=f"{NOBODY}  {found[1]}") if found else line
        for line, found in zip(lines, nameless, strict=True)
    )
    total = headers + count
    return Shaped(NAME, named, total, total, "header lines", rules=(("headers without a name", count),))
