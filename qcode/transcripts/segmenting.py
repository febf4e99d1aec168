"""From blocks and a label table to turns: the one segmenter that every format shares."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from qcode.transcripts import notation, preamble
from qcode.transcripts.headings import heading_level
from qcode.transcripts.times import STAMP, milliseconds
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qcode.transcripts.labels import Candidate, Line
    from qcode.transcripts.values import JoinCues

NEAR_MS: Final = 2_000
_LONG_PREAMBLE: Final = 200
_LONG_SHARE: Final = 0.1
# Without brackets only with hours: "7:45" is what somebody says when asked for the time.
_TIME_ALONE: Final = re.compile(rf"[\[(]({STAMP})[\])]|(\d{{1,2}}:\d\d:\d\d(?:[.,]\d{{1,3}})?)")
_STAMPS_LEFT: Final = "time stamps left in the text"
_MANY_STAMPS: Final = 3
_TRANSCRIPT_HEADING: Final = re.compile(r"\W{0,4}(?:transcript|transcripción|transcription)\W{0,4}", re.IGNORECASE)
_TRANSCRIPTION: Final = re.compile(r"trans?[ck]ri", re.IGNORECASE)
_NOTE_LENGTH: Final = 120
_TITLE: Final = re.compile(r"\b(?:Mrs?|Ms|Mx|Dr|Prof|Sra?|Srta|Hr|St)\.$", re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r"[.?!…。？！][\"”’)\]]{0,2}$")


@dataclass(slots=True)
class Draft:
    """A turn while it is being made: its label as written, its talk in parts, whether it is a cue's, its question.

    `level` is that of a heading; `pages` are (place in the text, page) pairs.
    """

    label: str | None
    kind: Literal["talk", "event", "heading", "preamble"] = "talk"
    start_ms: int | None = None
    end_ms: int | None = None
    is_cue: bool = False
    question: str | None = None
    level: int | None = None
    parts: list[tuple[str, int | None]] = field(default_factory=list)
    pages: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, *, join: str = "\n", at_ms: int | None = None, page: int | None = None) -> None:
        """Add talk behind what is there; `at_ms` is the time at which it begins and `page` its page, if known."""
        if not text:
            return
        part = (join if self.parts else "") + text
        if page is not None:
            self.pages.append((self.length + len(part) - len(text), page))
        self.parts.append((part, at_ms))
        self.length += len(part)

    @property
    def text(self) -> str:
        """The talk so far."""
        return "".join(part for part, _ in self.parts)


@dataclass(slots=True)
class Drafted:
    """All drafts of a transcript, with what was set aside."""

    drafts: list[Draft] = field(default_factory=list)
    starts: Counter[str] = field(default_factory=Counter)
    metadata: dict[str, str] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)
    warnings: list[str] = field(default_factory=list)
    unmatched: list[Line] = field(default_factory=list)

    def talk(self) -> dict[str, list[str]]:
        """What was said, by label."""
        said: dict[str, list[str]] = {}
        for draft in self.drafts:
            if draft.label is not None and draft.parts:
                said.setdefault(draft.label, []).append(draft.text)
        return said


def draft(lines: Sequence[Line], header: int, accepted: frozenset[str]) -> Drafted:
    """The drafts for lines, of which the first `header` are a form, where the accepted labels begin turns."""
    drafting = _Drafting(lines, header, accepted)
    for place in range(len(lines)):
        drafting.feed(place)
    drafting.settle_preamble()
    result = drafting.result
    if result.rules[_STAMPS_LEFT] >= _MANY_STAMPS:
        result.warnings.append(
            f"{counted(result.rules[_STAMPS_LEFT], 'time stamp')} left in the text: this layout of times is not known."
        )
    result.rules["labels without talk"] += sum(not made.parts for made in result.drafts)
    result.drafts = [made for made in result.drafts if made.parts]
    return result


class _Drafting:
    """The state of going through the lines once."""

    def __init__(self, lines: Sequence[Line], header: int, accepted: frozenset[str]) -> None:
        self._lines = lines
        self._header = header
        self._accepted = accepted
        self._labels = _labels_inside(accepted)
        self._has_voices = any(line.block.voice is not None for line in lines)
        self._before_talk = any(map(self._is_accepted, lines[header:])) and lines[0].block.kind != "cue"
        self._preamble: list[Line] = []
        self._page: int | None = None
        self._pending_ms: int | None = None
        self._speaker: str | None = None
        self.result = Drafted()

    def feed(self, place: int) -> None:
        """Take in the next line."""
        line = self._lines[place]
        self._page = line.block.page
        candidate = line.candidate if place >= self._header and self._is_accepted(line) else None
        if candidate is not None:
            self._begin(candidate, line)
        elif line.block.kind != "cue" and (notation.is_marker(line.text) or self._is_note_of_the_end(place)):
            self.result.rules["document markers dropped"] += 1
        elif self._before_talk:
            self._read_before_talk(place)
        elif line.block.kind == "cue":
            self._unlabelled_cue(line)
        elif not self._is_time_of_next(place):
            self._unlabelled(line)

    def _is_note_of_the_end(self, place: int) -> bool:
        """Whether the last line tells, in whatever language, that somebody ended the transcription."""
        text = self._lines[place].text
        last = place == len(self._lines) - 1 and self._lines[place].first and not text.endswith((".", "?", "!"))
        if not last or len(text) > _NOTE_LENGTH or _TRANSCRIPTION.search(text) is None:
            return False
        return any(text.startswith(f"{label} ") for label in self._accepted)

    def _is_accepted(self, line: Line) -> bool:
        return line.candidate is not None and line.candidate.label in self._accepted

    def _begin(self, candidate: Candidate, line: Line) -> None:
        self._before_talk = False
        time_ms = candidate.time_ms if candidate.time_ms is not None else self._pending_ms
        self._pending_ms = None
        self._hand_over_to(candidate.label)
        self._say(candidate.label, line.text[candidate.talk_at :], line, time_ms)

    def _hand_over_to(self, label: str) -> None:
        self._speaker = label
        self.result.starts[label] += 1

    def _say(self, label: str | None, text: str, line: Line, time_ms: int | None = None) -> None:
        """A new draft for the text, and more where the speaker changes in the middle."""
        block = line.block
        made = Draft(label, is_cue=block.kind == "cue", end_ms=block.end_ms, question=block.question)
        made.start_ms = block.start_ms if time_ms is None else time_ms
        self.result.drafts.append(made)
        self._add(text, at_ms=block.start_ms)

    def _add(self, text: str, *, join: str = "\n", at_ms: int | None = None) -> None:
        """Add to the last draft, up to where an accepted label inside the text hands over to another."""
        self.result.rules[_STAMPS_LEFT] += notation.has_stray_stamp(text)
        current = self.result.drafts[-1]
        if current.start_ms is None and not current.parts:
            current.start_ms = at_ms
        for label, piece in self._handed_over(text):
            if label is not None:
                was = current
                current = Draft(label, start_ms=at_ms, end_ms=was.end_ms, is_cue=was.is_cue, question=was.question)
                self.result.drafts.append(current)
                self._hand_over_to(label)
                self.result.rules["speaker changes inside a paragraph"] += 1
            current.add(piece, join=join, at_ms=at_ms, page=self._page)

    def _handed_over(self, text: str) -> Iterator[tuple[str | None, str]]:
        """The text in pieces, each but the first with the label that it began with."""
        at, label = 0, None
        for found in self._labels.finditer(notation.without_overlaps(text)) if self._labels else ():
            if _TITLE.search(text[max(0, found.start() - 6) : found.start()]):
                continue
            yield label, text[at : found.start()].rstrip()
            at, label = found.end(), " ".join((found[1] or found[2]).split())
        yield label, text[at:]

    def _unlabelled_cue(self, line: Line) -> None:
        if not line.first and self.result.drafts:
            self._add(line.text, join=" ")
            return
        last = None if self._has_voices or notation.is_event_only(line.text) else self._speaker
        self._say(last, line.text, line)
        if last is not None:
            self.result.rules["captions without a name given to the speaker before"] += 1

    def _unlabelled(self, line: Line) -> None:
        drafts = self.result.drafts
        if line.block.kind == "cell":
            drafts.append(Draft(None, "event"))
            drafts[-1].add(line.text, page=self._page)
        elif line.first and (level := heading_level(line.block.style)) is not None:
            drafts.append(Draft(None, "heading", level=level))
            drafts[-1].add(line.text, page=self._page)
        elif not self._accepted and line.first and not line.block.goes_on:
            self._say(None, line.text, line)
        elif drafts and drafts[-1].kind == "talk" and drafts[-1].question == line.block.question:
            self._go_on(line)
        else:
            self._say(self._speaker, line.text, line)

    def _go_on(self, line: Line) -> None:
        """Another paragraph of the speaker before, or the rest of one after a time of its own."""
        block = line.block
        self._mark_unread(line)
        self._add(line.text, join=" " if block.goes_on else "\n", at_ms=block.start_ms if line.first else None)
        if block.end_ms is not None:
            self.result.drafts[-1].end_ms = block.end_ms

    def _mark_unread(self, line: Line) -> None:
        """List a line that a layout would have explained: it looks like a header, or a time is left in it."""
        header = line.candidate is not None and line.candidate.shape == "stamp"
        if header or notation.has_stray_stamp(line.text):
            self.result.unmatched.append(line)

    def _is_time_of_next(self, place: int) -> bool:
        """Whether a line is a time on its own that belongs to the label in the next line."""
        found = _TIME_ALONE.fullmatch(self._lines[place].text)
        if found is None or place + 1 >= len(self._lines) or not self._is_accepted(self._lines[place + 1]):
            return False
        self._pending_ms = milliseconds(found[1] or found[2])
        return True

    def _read_before_talk(self, place: int) -> None:
        line = self._lines[place]
        if self._is_time_of_next(place):
            return
        entry = preamble.key_value(line.text)
        if entry and (place < self._header or line.candidate is not None):
            key, value = entry
            known = self.result.metadata
            known[key] = f"{known[key]}; {value}" if key in known else value
        else:
            self._preamble.append(line)

    def settle_preamble(self) -> None:
        """Drop what stood before the first speaker, unless it is so long that it may be talk."""
        result = self.result
        personal = sum(preamble.is_personal(key, value) for key, value in result.metadata.items())
        if personal:
            lines = counted(personal, "line")
            result.warnings.append(f"{lines} beside the talk may hold a name, a date or a place.")
        if not self._preamble:
            return
        words = sum(len(line.text.split()) for line in self._preamble)
        said = sum(len(part.split()) for made in result.drafts for part, _ in made.parts)
        titled = any(_TRANSCRIPT_HEADING.fullmatch(line.text) for line in self._preamble)
        if words > max(_LONG_PREAMBLE, _LONG_SHARE * said) and not titled:
            kept = Draft(None, "preamble")
            for line in self._preamble:
                kept.add(line.text, page=line.block.page)
            result.drafts.insert(0, kept)
            result.warnings.append(
                f"{counted(words, 'word')} before the first speaker kept as a turn without a speaker. "
                "Check whether a label is missing."
            )
        else:
            result.unmatched[:0] = self._preamble
            result.rules["lines before the first speaker left out"] = len(self._preamble)
            result.warnings.append(
                f"{counted(len(self._preamble), 'line')} before the first speaker left out as not being talk."
            )


def _labels_inside(accepted: frozenset[str]) -> re.Pattern[str] | None:
    """Accepted labels in the middle of a text: after the end of a sentence, before a colon."""
    if not accepted:
        return None
    words = sorted((r"\s+".join(map(re.escape, label.split())) for label in accepted), key=len, reverse=True)
    any_label = "|".join(words)
    return re.compile(rf"(?<=[.?!…”\"\])])\s{{1,4}}(?:\[({any_label})\]|({any_label}))\s?[:：](?!:)\s*")


def joined(drafts: Sequence[Draft], names: Mapping[str, str], join_cues: JoinCues) -> list[Draft]:
    """Neighbouring cues of one speaker made one draft: never, across at most two seconds, or always.

    Cues without a speaker are joined across two seconds only until a sentence ends.
    """
    made: list[Draft] = []
    for following in drafts:
        if made and _belong_together(made[-1], following, names, join_cues):
            for text, at_ms in following.parts:
                made[-1].add(text, join=" ", at_ms=at_ms)
            made[-1].end_ms = _later(made[-1].end_ms, following.end_ms)
        else:
            made.append(following)
    return made


def _goes_back(before: Draft, after: Draft) -> bool:
    return before.start_ms is not None and after.start_ms is not None and after.start_ms < before.start_ms


def _later(end: int | None, other: int | None) -> int | None:
    """Captions of one speaker may overlap: the later end counts; where the last has none, none is known."""
    return None if other is None else max(end or 0, other)


def _belong_together(before: Draft, after: Draft, names: Mapping[str, str], join_cues: JoinCues) -> bool:
    if join_cues == "off" or not (before.is_cue and after.is_cue) or before.question != after.question:
        return False
    if _speaker(before, names) != _speaker(after, names) or _goes_back(before, after):
        return False
    if after.label is None and (notation.is_event_only(before.text) or notation.is_event_only(after.text)):
        return False
    if join_cues == "always":
        return True
    if before.end_ms is None or after.start_ms is None or after.start_ms - before.end_ms > NEAR_MS:
        return False
    return after.label is not None or _SENTENCE_END.search(before.text) is None


def _speaker(made: Draft, names: Mapping[str, str]) -> str | None:
    return None if made.label is None else names.get(made.label, made.label)
