"""What is said below a text, so that nobody wonders why codings are missing or cannot be added."""

from __future__ import annotations

from qcode.queries.team import RoundRow
from qcode.ui.code.desk import Desk

HAND_IN = "Hand in…"


def notice_for(desk: Desk, current: RoundRow | None) -> tuple[str, str]:
    """The sentence for what lies open, and the words of a button that does something about it; empty for nothing."""
    if desk.row is None:
        return "", ""
    if desk.done and current is not None:
        return "You said that you are done here. Hand it in when it is to stay as it is.", HAND_IN
    return _sentence(desk, current), ""


def _sentence(desk: Desk, current: RoundRow | None) -> str:
    if current is None:
        return "There is no round of coding yet. Add one in the Transcripts room, under Team."
    if not desk.assigned:
        return f"Not yours to code in “{current.name}”. You see the codings of all rounds that you may see."
    if desk.locked:
        return "You handed this document in: your codings stay as they are until the lead opens it again."
    return _while_open(desk, current)


def _while_open(desk: Desk, current: RoundRow) -> str:
    if desk.row is not None and desk.row.reason:
        return f"The lead opened this again: {desk.row.reason}"
    if current.blind and desk.choice.whose == "everyone":
        return "Colleagues’ codings appear here once you have handed this document in, not before."
    if desk.codable.segments is not None and not desk.codable.own_segments:
        return f"There are no segments here to be coded in “{current.name}” yet. The lead cuts them, under Team."
    if desk.codable.parts is not None:
        return f"A part of this document is yours to code in “{current.name}”. What is paler is not."
    return ""
