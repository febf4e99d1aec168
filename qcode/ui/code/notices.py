"""What is said below a text, so that nobody wonders why codings are missing or cannot be added."""

from __future__ import annotations

from qcode.queries.team import RoundRow
from qcode.ui.code.desk import Desk

TAKE_BACK = "Go on coding"


def notice_for(desk: Desk, current: RoundRow | None) -> tuple[str, str]:
    """The sentence for what lies open, and the words of a button that does something about it; empty for nothing."""
    if desk.row is None:
        return "", ""
    if current is None:
        return "There is no round of coding yet. Add one in the Transcripts room, under Team.", ""
    if not desk.assigned:
        return f"Not yours to code in “{current.name}”. You see the codings of all rounds that you may see.", ""
    if desk.done:
        return "You are done with this document: your codings count. Take that back to go on coding.", TAKE_BACK
    if current.blind and desk.choice.whose == "everyone":
        return "Colleagues’ codings appear here once you are done with this document, not before.", ""
    return "", ""
