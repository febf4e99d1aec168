"""How answers of a survey become turns: every block is one, by the respondent it names; nothing in it is a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qcode.transcripts.notation import word_count
from qcode.transcripts.scoring import ACCEPTED, FIRST_LINE
from qcode.transcripts.segmenting import Draft, Drafted
from qcode.transcripts.values import LabelChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.transcripts.values import Block


def respondents(blocks: Sequence[Block]) -> tuple[LabelChoice, ...]:
    """The label table of a survey: everybody who answered, as a participant."""
    said: dict[str, list[Block]] = {}
    for block in blocks:
        if block.voice is not None:
            said.setdefault(block.voice, []).append(block)
    return tuple(_choice(label, answers) for label, answers in said.items())


def _choice(label: str, answers: Sequence[Block]) -> LabelChoice:
    return LabelChoice(
        label=label,
        count=len(answers),
        words=sum(word_count(block.text) for block in answers),
        first_line=answers[0].text.partition("\n")[0][:FIRST_LINE],
        role="participant",
        accepted=True,
        score=ACCEPTED,
        name=label,
    )


def draft(blocks: Sequence[Block], accepted: frozenset[str]) -> Drafted:
    """A draft for every answer; those of labels that were not accepted have no speaker."""
    result = Drafted()
    for block in blocks:
        label = block.voice if block.voice in accepted else None
        made = Draft(label, start_ms=block.start_ms, end_ms=block.end_ms, question=block.question)
        for line in filter(None, map(str.strip, block.text.split("\n"))):
            made.add(line)
        if made.parts:
            result.drafts.append(made)
            if label is not None:
                result.starts[label] += 1
    return result
