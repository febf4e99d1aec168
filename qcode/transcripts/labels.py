"""The grammar of speaker labels: what at the start of a line could name who speaks.

`[time]? ([Label] | Label) (time)? (":" | tab)`, or a label with a time and nothing else on its line, or a label that
is alone in bold or in a heading, or a bold beginning. A label has at most 40 characters and 5 words and none of
`: [ ] ( )`. Whether a candidate is a speaker is for `scoring` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from qcode.transcripts.roles import folded, role_word
from qcode.transcripts.times import STAMP, masked, milliseconds
from qcode.transcripts.values import Block
from qcode.transcripts.words import STOP

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PREFIX: Final = 200
"""Labels are looked for in this many characters at the start of a line."""

Shape = Literal["colon", "bracket", "tab", "bold", "alone", "stamp", "voice"]

_LEAD: Final = re.compile(rf"[\[(<{{]?({STAMP})[\])>}}]?[ \t]*(?:-[ \t]+)?")
_LABEL: Final = re.compile(
    r"(?:\[([^\[\]():：\t\n]{1,40})\]|([^\[\]():：\t\n]{0,39}?[^\[\]():：\s]))"
    r"(\s{0,12}(?:[\[(]\s{4,12}[\])]\s{0,2})?)(:(?!:)|：|\t)"
)
_STAMP_IN: Final = re.compile(rf"(?<!\d){STAMP}(?!\d)")
_NAME: Final = r"(\S(?:[^:\t\n]{0,38}?\S)??)"
_BRACKETS_THEN_TIME: Final = re.compile(rf"\[([^\[\]():：\t\n]{{1,40}})\]\s{{1,4}}({STAMP})")
_THEN_TIME: Final = re.compile(rf"{_NAME}(?: {{2}}|\t)\s{{0,20}}({STAMP})")
_TIME_IN_BRACKETS: Final = re.compile(rf"{_NAME}\s{{0,4}}[\[(]({STAMP})[\])]")
_TIME_THEN: Final = re.compile(
    rf"(?:[\[(]({STAMP})[\])]|(\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?)|({STAMP})(?=\s{{1,4}}[-–—]\s))"
    r"\s{1,20}(?:[-–—]\s{1,4})?(\S[^:\t\n]{0,39})"
)
_FORBIDDEN: Final = re.compile(r"[?!“”„\"…;=<>{}|*\[\]\\]|//|\d:\d|\.\S{3}")
_IN_BRACKETS: Final = re.compile(r"\([^()]{1,30}\)")
_LONG_BEFORE_DOT: Final = re.compile(r"\w{5}\.")
_CODE: Final = re.compile(
    r"[A-Z]{1,4}[ _-]?\d{1,3}[A-Za-z]?|[A-Z]{1,3}\d{1,2}[ _-]?[A-Z]{1,3}\d{1,3}|(?:SPEAKER|SPK)_\d{1,3}"
    r"|(?:Speaker|Participant|Respondent|Guest|Hablante|Participante) [A-Z]"
    r"|(?:Unidentified|Unknown) (?:\w{1,20} ?){1,2}|(?:Fem|M)ale(?: Voice| Speaker)?(?: #?\d{1,2})?"
)
_SPEAKER_STYLES: Final = ("heading", "speaker", "hablante", "sprecher", "interviewer", "participant")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label as written, where the talk behind it begins in the line, and what speaks for it."""

    label: str
    talk_at: int
    shape: Shape
    time_ms: int | None = None
    bold: bool = False
    styled: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, trimmed, with the candidate it begins with; `first` in its block or not."""

    text: str
    block: Block
    first: bool
    candidate: Candidate | None


def lines_of(blocks: Iterable[Block]) -> Iterator[Line]:
    """The lines of blocks that hold anything."""
    for block in blocks:
        texts = [text.strip() for text in block.text.split("\n")]
        for index, text in enumerate(text for text in texts if text):
            yield Line(text, block, index == 0, _of_block(text, block, first=index == 0))


def _of_block(text: str, block: Block, *, first: bool) -> Candidate | None:
    if block.voice is not None:
        return Candidate(block.voice, 0, "voice", block.start_ms) if first else None
    if block.kind == "cell":
        return None
    found = candidate(text, block.bold_prefix if first else None, block.style)
    if found is not None and block.goes_on and not text[: found.talk_at].endswith((" ", "\t")):
        return None  # in the middle of a paragraph "a:b" is talk
    stands_before = first and block.kind == "para" and block.end_ms is None and not block.goes_on
    if found is None or found.time_ms is not None or not stands_before:
        return found
    return replace(found, time_ms=block.start_ms)


def candidate(line: str, bold_prefix: str | None = None, style: str | None = None) -> Candidate | None:
    """The label that a line seems to begin with, or None; clock times and web addresses never make one."""
    head = line[:PREFIX]
    bold = (bold_prefix or "").strip()
    styled = is_heading(style)
    found = _before_separator(head, bold, styled=styled)
    if found is not None and not _goes_beyond(found.label, bold):
        return found
    return _with_time(line, bold) or _alone(line, bold, styled=styled) or _in_bold(head, bold) or found


def _goes_beyond(label: str, bold: str) -> bool:
    """Whether a label before a colon begins in bold and goes on in plain letters, so that only its start is one."""
    return bool(bold) and len(_tidy(bold)) < len(label) and label.startswith(_tidy(bold))


def is_name(line: str) -> bool:
    """Whether a line could be nothing but somebody's name."""
    label = _tidy(_IN_BRACKETS.sub("", line))
    return _is_label(label) and not label[0].islower() and label[-1] not in ".,"


def is_heading(style: str | None) -> bool:
    """Whether a paragraph style is one that names topics or speakers rather than text."""
    return style is not None and style.lower().startswith(_SPEAKER_STYLES)


def is_code(label: str) -> bool:
    """Whether a label has the shape of a code: P03, R1, INT, SPEAKER_00, FG2-P4, Speaker A, Unidentified Female."""
    if _CODE.fullmatch(label) is not None:
        return True
    return role_word(label) in {"interviewer", "participant"} and folded(label) not in STOP


def _before_separator(head: str, bold: str, *, styled: bool) -> Candidate | None:
    if not any(separator in head for separator in ":：\t"):
        return None
    lead = _LEAD.match(head)
    at = lead.end() if lead else 0
    found = _LABEL.match(masked(head[at:]))
    if found is None:
        return None
    label = _tidy(found[1] or found[2])
    if not _is_label(label):
        return None
    between = head[at + found.start(3) : at + found.start(4)]
    stamp = _STAMP_IN.search(between) or (_STAMP_IN.search(lead[0]) if lead else None)
    shape: Shape = "bracket" if found[1] else "tab" if found[4] == "\t" else "colon"
    end = at + found.end()
    return Candidate(
        label,
        end + len(head[end:]) - len(head[end:].lstrip()),
        shape,
        milliseconds(stamp[0]) if stamp else None,
        bold=bool(bold) and _tidy(bold).startswith(label),
        styled=styled,
    )


def _with_time(line: str, bold: str) -> Candidate | None:
    """A line of nothing but a label and a time, in either order."""
    if len(line) > PREFIX:
        return None
    found = _BRACKETS_THEN_TIME.fullmatch(line) or _THEN_TIME.fullmatch(line) or _TIME_IN_BRACKETS.fullmatch(line)
    label, stamp = (found[1], found[2]) if found else ("", "")
    if not found and (found := _TIME_THEN.fullmatch(line)):
        stamp, label = found[1] or found[2] or found[3], found[4]
    label = _tidy(label)
    if not found or not _is_label(_IN_BRACKETS.sub("", label).strip()):
        return None
    return Candidate(label, len(line), "stamp", milliseconds(stamp), bold=bold.startswith(label))


def _alone(line: str, bold: str, *, styled: bool) -> Candidate | None:
    """A label that has its line for itself; its looks, or its shape as a code, must tell it from a short answer."""
    label = _tidy(line)
    is_bold = bold == line
    looks = styled or is_bold or (len(label) > 1 and label[:1].isupper() and is_code(label))
    if not looks or not _is_label(label) or label[-1] in ".,":
        return None
    return Candidate(label, len(line), "alone", bold=is_bold, styled=styled)


def _in_bold(head: str, bold: str) -> Candidate | None:
    """A bold beginning without a colon, with talk behind it."""
    label = _tidy(bold)
    if not bold or not head.startswith(bold) or len(bold) >= len(head) or not _is_label(label) or label[-1] in ".,":
        return None
    return Candidate(label, len(bold) + len(head[len(bold) :]) - len(head[len(bold) :].lstrip()), "bold", bold=True)


def _tidy(label: str) -> str:
    return " ".join(label.split())


def _is_label(label: str) -> bool:
    return (
        0 < len(label) <= 40
        and len(label.split()) <= 5
        and (label[0].isalnum() or label[0] in "#@")
        and any(character.isalpha() for character in label)
        and _FORBIDDEN.search(label) is None
        and _LONG_BEFORE_DOT.search(label) is None
    )
