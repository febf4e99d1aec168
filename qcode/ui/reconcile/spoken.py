"""How passages and what coders did with them are written on the pages of this room: in words, and as marked text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from PySide6.QtWidgets import QLabel

from qcode.queries.disagreements.cases import DecisionRow
from qcode.reconciliation import OUTCOME_WORDS
from qcode.ui import theme
from qcode.ui.theme import SPACE
from qcode.ui.transcripts.settling.page import html, quiet

type Span = tuple[int, int]

REASONS = {
    "": "No reason given",
    "definition unclear": "Definition unclear",
    "boundary rule": "Boundary rule",
    "overlooked": "Overlooked",
    "slip": "Slip",
    "genuine ambiguity": "Genuine ambiguity",
}
_AROUND = 90
_TAGS = re.compile("<[^>]*>")
_SHORT = 110


def codes_in_words(names: Sequence[str]) -> str:
    """Names of codes as one phrase."""
    return " / ".join(names)


def shortened(words: str, longest: int = _SHORT) -> str:
    """Words on one line, with the middle left out where there are too many."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    half = longest // 2
    return f"{line[:half].rsplit(' ', 1)[0]} … {line[-half:].split(' ', 1)[-1]}"


def around(text: str, spans: Sequence[Span]) -> Span:
    """The stretch to show around some spans: some words more on either side, within their lines."""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    behind = text.find("\n", end)
    line = text.rfind("\n", 0, start) + 1, len(text) if behind < 0 else behind
    first, last = max(line[0], start - _AROUND), min(line[1], end + _AROUND)
    if first > line[0]:
        first = min(text.find(" ", first, start) + 1 or start, start)
    if last < line[1]:
        last = max(text.rfind(" ", end, last), end)
    return first, last


def marked_text(text: str, shown: Span, marked: Sequence[Span]) -> str:
    """The stretch of text in quiet ink, with the marked spans on a ground of their own, as a paragraph of HTML."""
    inks = theme.current()
    parts, at = ["" if _begins(text, shown[0]) else quiet("… ")], shown[0]
    for start, end in sorted(marked):
        start, end = max(start, at), min(end, shown[1])  # noqa: PLW2901  # what lies within the stretch
        if start >= end:
            continue
        parts.append(quiet(text[at:start]))
        parts.append(
            f'<span style="background-color:{inks.selected}; color:{inks.text}">{html(text[start:end])}</span>'
        )
        at = end
    parts.append(quiet(text[at : shown[1]]))
    parts.append("" if _ends(text, shown[1]) else quiet(" …"))
    return f'<p style="line-height:140%; margin:0">{"".join(parts)}</p>'


def tell(shown: QLabel, said: str) -> None:
    """Let a label show HTML of ours, and a screen reader read the words of it."""
    shown.setText(said)
    shown.setAccessibleDescription(" ".join(unescape(_TAGS.sub(" ", said)).split()))


def titled(words: str) -> str:
    """A line of HTML above a passage, with room above it."""
    return f'<p style="margin:{SPACE}px 0 {SPACE // 2}px 0">{words}</p>'


def _begins(text: str, place: int) -> bool:
    return place == 0 or text[place - 1] == "\n"


def _ends(text: str, place: int) -> bool:
    return place == len(text) or text[place] == "\n"


def outcome_in_words(row: DecisionRow, taken_from: str = "") -> str:
    """What was decided; `taken_from` is the name of whose marks were taken."""
    return OUTCOME_WORDS[row.outcome].format(coder=taken_from or "one coder")
