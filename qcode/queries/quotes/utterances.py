"""What is said in a passage turn by turn, who says most of it, and what it can be attributed with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qcode.models.texts import TurnSpan
from qcode.queries.transcripts.documents import SpeakerRow
from qcode.queries.transcripts.landmarks import Landmarks
from qcode.queries.transcripts.sources import Source
from qcode.text.edits import Placed


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one speaker says within a passage, at `[start, end)` of its words."""

    speaker: str
    role: str
    text: str
    start: int = 0
    end: int = 0


def utterance(source: Source, turn: TurnSpan, placed: Placed) -> Utterance:
    """What of a passage is said in one turn, and by whom."""
    who = source.speaker(turn)
    start, end = max(turn.start, placed.start), min(turn.end, placed.end)
    return Utterance(
        (who.pseudonym or who.label) if who else "",
        who.role if who else "participant",
        source.text[start:end],
        start - placed.start,
        end - placed.start,
    )


def attribution_fields(
    source: Source, placed: Placed, marked: Landmarks, turns: Sequence[TurnSpan] | None = None
) -> Mapping[str, str]:
    """What an attribution of a passage can be made of: who says most of it, where, on which pages, in which section.

    The turns of the passage may be given, if they are known.
    """
    turns = source.turns_in(placed.start, placed.end) if turns is None else turns
    who = main_speaker(source, turns, placed)
    heading = marked.heading(placed.start)
    section = " ".join(source.text[heading.start : heading.end].split()) if heading else ""
    return _fields(source, who) | {
        "page": page_words(marked.pages_of(placed.start, placed.end)),
        "section": section,
    }


def main_speaker(source: Source, turns: Sequence[TurnSpan], placed: Placed) -> SpeakerRow | None:
    """Who says most of a passage, of those who do not ask if anybody else speaks in it."""
    if len(turns) == 1:
        return source.speaker(turns[0])
    share: dict[str, int] = {}
    for turn in turns:
        said = min(turn.end, placed.end) - max(turn.start, placed.start)
        share[turn.speaker or ""] = share.get(turn.speaker or "", 0) + said
    asked = {key for key in share if key in source.speakers and source.speakers[key].role == "interviewer"}
    answers = {key: said for key, said in share.items() if key not in asked} or share
    return source.speakers.get(max(answers, key=lambda key: answers[key])) if answers else None


def _fields(source: Source, who: SpeakerRow | None) -> dict[str, str]:
    return {
        "pseudonym": (who.pseudonym or who.label) if who else source.name,
        "role": who.participant_role if who else "",
        "group": (who.group if who else "") or source.group,
        "document": source.name,
        "id": source.name,
    }


def page_words(pages: tuple[int, int] | None) -> str:
    """The pages of a quote as a paper cites them; nothing where the file had none."""
    if pages is None:
        return ""
    first, last = pages
    return f"p. {first}" if first == last else f"pp. {first}–{last}"
