"""Google Meet's notes: a summary that a machine wrote, then times on their own lines and `Name: talk` below them.

Only what follows a time on its own line is talk. The summary, the list of those invited, and whatever stands behind
the end of the transcript must never become somebody's words.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.transcripts.labels import candidate, is_heading
from qcode.transcripts.roles import folded
from qcode.transcripts.shapes import Shaped, lines_of_paragraphs
from qcode.transcripts.times import milliseconds
from qcode.transcripts.values import Block, Unmatched
from qcode.transcripts.wording import counted
from qcode.transcripts.words import SAYING, STOP, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME: Final = "Google Meet transcript"
_TIME: Final = re.compile(r"\s*(\d{1,2}:\d\d:\d\d)\s*")
_TIME_LAST: Final = re.compile(r"\d{1,2}:\d\d:\d\d\W{0,3}$")
_PICTURE: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_PARTS: Final = word_set(
    "notes summary details decisions attachments attendees transcript invited notas resumen detalles transcripcion "
    "invitados notizen zusammenfassung transkript eingeladen resume participants"
)
_NEXT_STEPS: Final = re.compile(
    r"(?:suggested )?next steps|action items|meeting records|(?:proximos|siguientes) pasos|nachste schritte"
)
_MACHINE: Final = re.compile(
    r"computer[ -]generated|generated (?:by|automatically)|gemini|might contain errors|people can also change",
    re.IGNORECASE,
)


def shape(blocks: tuple[Block, ...]) -> Shaped | None:
    """The talk below the times; None if this is not how Meet writes."""
    lines = [line for block in blocks for line in lines_of_paragraphs(block)]
    first = _first_pair(lines)
    if first is None:
        return None
    walk = _Walk()
    for line in lines[first:]:
        walk.feed(line)
    left_out = [*lines[:first], *walk.left_out]
    words = sum(len(line.text.split()) for line in left_out)
    warning = (
        f"{counted(len(left_out), 'line')} around the transcript left out ({words:,} words): notes of the meeting,"
    )
    warnings = (f"{warning} which may be a machine's summary, are not talk.",) if left_out else ()
    return Shaped(
        NAME,
        tuple(walk.talk),
        read=walk.labelled,
        lines=walk.labelled + len(walk.left_out),
        unit="paragraphs after the first time",
        rules=(("lines around the talk left out", len(left_out)),),
        warnings=warnings,
        unmatched=tuple(Unmatched(line.line_no or 0, line.text.strip()) for line in walk.left_out),
    )


def _first_pair(lines: Sequence[Block]) -> int | None:
    """The place of the first time on its own line with `Name: talk` below, in a file of Meet's."""
    pairs = [
        place
        for place in range(len(lines) - 1)
        if _TIME.fullmatch(lines[place].text) and _name(lines[place + 1]) is not None
    ]
    if not pairs:
        return None
    before = lines[: pairs[0]]
    from_meet = any(_begins_a_part(line) for line in before) or _ends_like_meet(lines[pairs[0] :])
    alone = sum(_TIME.fullmatch(line.text) is not None for line in lines)
    return pairs[0] if from_meet and len(pairs) >= alone / 2 else None


def _ends_like_meet(lines: Sequence[Block]) -> bool:
    return any(_TIME_LAST.search(line.text) and not _TIME.fullmatch(line.text) for line in lines[-3:]) or any(
        _MACHINE.search(line.text) for line in lines[-3:]
    )


def _name(line: Block) -> tuple[str, int] | None:
    """The name before the colon and where its talk begins."""
    text = line.text.strip()
    found = candidate(text, line.bold_prefix, line.style)
    if found is None or found.shape != "colon" or found.talk_at >= len(text) or _begins_a_part(line):
        return None
    words = folded(found.label).split()
    if words[0] in STOP or not SAYING.isdisjoint(words) or any(word[0].islower() for word in found.label.split()[:1]):
        return None
    return found.label, found.talk_at


def _begins_a_part(line: Block) -> bool:
    """Whether a line is the heading of a part: Notes, Summary, 📖 Transcript."""
    text = line.text.strip()
    bare = folded(_PICTURE.sub("", text)).strip(" \ufe0f:.-–")
    if len(bare.split()) > 6:
        return False
    headed = _PICTURE.match(text) is not None or is_heading(line.style)
    return headed or bare in _PARTS or _NEXT_STEPS.fullmatch(bare) is not None


class _Walk:
    """Goes through the lines from the first time on."""

    def __init__(self) -> None:
        self.talk: list[Block] = []
        self.left_out: list[Block] = []
        self.labelled = 0
        self._time: int | None = None
        self._inside = True

    def feed(self, line: Block) -> None:
        """Take in the next line."""
        if alone := _TIME.fullmatch(line.text):
            self._time, self._inside = milliseconds(alone[1]), True
        elif _begins_a_part(line) or _MACHINE.search(line.text) or _is_end(line):
            self._inside = False
            self.left_out.append(line)
        elif not self._inside:
            self.left_out.append(line)
        elif named := _name(line):
            self._speak(line, *named)
        else:
            self.talk.append(line)

    def _speak(self, line: Block, name: str, talk_at: int) -> None:
        text = line.text.strip()[talk_at:]
        self.talk.append(replace(line, text=text, voice=name, start_ms=self._time, bold_prefix=None))
        self.labelled += 1
        self._time = None


def _is_end(line: Block) -> bool:
    """Whether a line says that the transcription ended, in whatever language: short, with the time at its end."""
    text = line.text.strip()
    return _TIME_LAST.search(text) is not None and len(text.split()) <= 8 and _name(line) is None
