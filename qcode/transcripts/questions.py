"""Depositions and questionnaires: `Q.` asks, `A.` answers, and third voices have a title in capitals."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.transcripts.shapes import Shaped, lines_of_paragraphs

if TYPE_CHECKING:
    from qcode.transcripts.values import Block

NAME: Final = "Questions and answers (Q. and A.)"
_TURN: Final = re.compile(r"\s*([QA])\.(?:\s+|$)")
_THIRD: Final = re.compile(r"\s*((?:M[RSX]S?\.?|DR\.?|THE|JUDGE)\s[A-Z][A-Z'’.\- ]{1,34}):\s*")
_EXAMINER: Final = re.compile(r"\s*(?:Q\.\s+)?BY (?:M[RSX]S?\.?|DR\.?|THE)\s[A-Z][A-Z'’.\- ]{1,34}:\s*")
_FEWEST: Final = 2


def shape(blocks: tuple[Block, ...]) -> Shaped | None:
    """The questions and answers with their voices, and each answer with its question; None if there are none."""
    lines = [line for block in blocks for line in lines_of_paragraphs(block)]
    found = [_TURN.match(line.text) if line.kind == "para" and line.voice is None else None for line in lines]
    asked = sum(match is not None and match[1] == "Q" for match in found)
    answered = sum(match is not None and match[1] == "A" for match in found)
    if min(asked, answered) < 1 or asked + answered < _FEWEST + 1:
        return None
    walk = _Walk()
    for line, match in zip(lines, found, strict=True):
        walk.feed(line, match)
    return Shaped(
        NAME,
        tuple(walk.blocks),
        read=asked + answered + walk.third,
        lines=asked + answered + walk.third,
        unit="turns",
        roles=tuple((voice, "other") for voice in sorted(walk.third_voices)),
        rules=(("answers with their question", answered), ("lines that name who asks left out", walk.examiners)),
    )


class _Walk:
    """Goes through the lines and remembers the question that was asked last."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.third = 0
        self.third_voices: set[str] = set()
        self.examiners = 0
        self._asked: list[str] = []
        self._asking = False

    def feed(self, line: Block, turn: re.Match[str] | None) -> None:
        """Take in the next line."""
        if _EXAMINER.fullmatch(line.text):
            self.examiners += 1
        elif turn is not None:
            self._take(line, turn)
        elif third := _THIRD.match(line.text):
            self.third += 1
            self._asking = False
            voice = " ".join(third[1].split())
            self.third_voices.add(voice)
            self._say(line, line.text[third.end() :], voice)
        else:
            if self._asking:
                self._asked.append(line.text.strip())
            self.blocks.append(replace(line, question=None if self._asking else self._question))

    @property
    def _question(self) -> str | None:
        return " ".join(self._asked) or None

    def _take(self, line: Block, turn: re.Match[str]) -> None:
        text = line.text[turn.end() :].strip()
        self._asking = turn[1] == "Q"
        if self._asking:
            self._asked = [text] if text else []
        self._say(line, text, turn[1])

    def _say(self, line: Block, text: str, voice: str) -> None:
        question = None if self._asking else self._question
        self.blocks.append(replace(line, text=text, voice=voice, bold_prefix=None, question=question))
