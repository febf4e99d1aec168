"""Tables of turns: a row is what somebody said, with columns for times, speaker and text in whatever order."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from qcode.transcripts.columns import asked_uses, bare, described, unnamed
from qcode.transcripts.grids import is_value
from qcode.transcripts.reader import Parsed
from qcode.transcripts.roles import folded
from qcode.transcripts.survey import no_answers
from qcode.transcripts.table_words import ANSWER_HEADERS, RESPONDENT_HEADERS, TURN_HEADERS
from qcode.transcripts.values import Block, Layout, Respondent
from qcode.transcripts.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qcode.transcripts.grids import Grid, Row, Table
    from qcode.transcripts.reader import Source
    from qcode.transcripts.values import ColumnUse, Kind


_STAMP: Final = re.compile(r"[\[(<]?(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?[\])>]?")
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:[.,]\d{1,9})?")
_MOSTLY: Final = 0.8
_SHORT: Final = 40
_TALK_WORDS: Final = 3


def turn_uses(table: Table, asked: Mapping[int, ColumnUse]) -> dict[int, ColumnUse] | None:
    """What the columns of a table of turns are used as, or None if it seems to be none.

    It is one when its headers name a text and a speaker, a time or a question, or when, whatever its headers say, a
    column holds times and another running text.
    """
    uses = _by_header(table) | dict(asked)
    if "text" not in uses.values() and not asked:
        uses = _by_shape(table)
    used = set(uses.values())
    return uses if "text" in used and used & {"speaker", "start", "question"} else None


def _by_header(table: Table) -> dict[int, ColumnUse]:
    uses: dict[int, ColumnUse] = {}
    headers = [bare(name) for name in table.names]
    for use, known in TURN_HEADERS:
        place = next((place for place, header in enumerate(headers) if header in known and place not in uses), None)
        if place is not None:
            uses[place] = use
    if "question" in uses.values():
        _add_first(uses, headers, "text", ANSWER_HEADERS)
        _add_first(uses, headers, "speaker", RESPONDENT_HEADERS)
    return uses


def _add_first(uses: dict[int, ColumnUse], headers: Sequence[str], use: ColumnUse, known: frozenset[str]) -> None:
    place = next((place for place, header in enumerate(headers) if header in known and place not in uses), None)
    if use not in uses.values() and place is not None:
        uses[place] = use


def _by_shape(table: Table) -> dict[int, ColumnUse]:
    columns = {place: texts for place in range(len(table.names)) if (texts := table.column(place))}
    times = [place for place, texts in columns.items() if sum(map(_is_stamp, texts)) >= _MOSTLY * len(texts)]
    talk = {place: _mean_words(texts) for place, texts in columns.items() if place not in times}
    text = max(talk, key=lambda place: talk[place], default=None)
    if not times or text is None or talk[text] < _TALK_WORDS:
        return {}
    uses: dict[int, ColumnUse] = {times[0]: "start", text: "text"}
    if len(times) > 1:
        uses[times[1]] = "end"
    names = (place for place, texts in columns.items() if place not in uses and _are_names(texts))
    return uses | dict.fromkeys(list(names)[:1], "speaker")


def _is_stamp(text: str) -> bool:
    return _STAMP.fullmatch(text) is not None


def _mean_words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _are_names(texts: Sequence[str]) -> bool:
    """Whether texts are short, no numbers, and come again."""
    short = all(len(text) <= _SHORT and not is_value(text) for text in texts)
    return short and (len(texts) < _TALK_WORDS or len(set(texts)) < len(texts))


def parse_turns(source: Source, grid: Grid, table: Table, uses: Mapping[int, ColumnUse]) -> Parsed:
    """The rows of a table of turns as blocks; a row without a speaker goes on with the one before it."""
    made = dict(uses) | asked_uses(table, source.options)
    is_survey = "question" in made.values()
    turns = _Turns(table, made, no_answers(source.options) if is_survey else frozenset())
    blocks = tuple(turns.blocks())
    return Parsed(
        blocks=blocks,
        encoding=grid.encoding,
        warnings=(*grid.warnings, *turns.warnings()),
        rules=(*grid.rules, ("rows above the header left out", table.above), *turns.rules.items()),
        kind="survey" if is_survey else "transcript",
        layout=Layout("Table of answers" if is_survey else "Table of turns", len(blocks), len(table.rows), "rows"),
        columns=described(table, made),
        respondents=tuple(turns.respondents()) if is_survey else (),
        no_answers=tuple(turns.no_answers.items()),
    )


class _Turns:
    """The state of going through the rows once."""

    def __init__(self, table: Table, uses: Mapping[int, ColumnUse], no_answer: frozenset[str]) -> None:
        self._table = table
        self._no_answer = no_answer
        self._places = {use: place for place, use in reversed(tuple(uses.items()))}
        self._attributes = [place for place, use in uses.items() if use == "attribute"]
        self._unit = self._unit_of_numbers()
        self._values: dict[str, dict[str, str]] = {}
        self.rules: Counter[str] = Counter()
        self.no_answers: Counter[str] = Counter()

    def place(self, use: ColumnUse) -> int | None:
        """Where the column with a use is."""
        return self._places.get(use)

    def blocks(self) -> Iterator[Block]:
        """The rows that say anything; without a column of speakers they are captions, which may name them in talk."""
        kind: Kind = "cue" if self.place("speaker") is None and self.place("start") is not None else "row"
        voice: str | None = None
        for row in self._table.rows:
            speaker = " ".join(self._text(row, "speaker").split())
            self.rules["rows without a speaker given to the one before"] += bool(voice and not speaker)
            voice = speaker or voice
            self._note(voice, row)
            text = self._text(row, "text")
            if not text:
                self.rules["rows without text left out"] += 1
                continue
            if folded(text) in self._no_answer:
                self.no_answers[text] += 1
                continue
            start, end = self._time(row, "start"), self._time(row, "end")
            question = " ".join(self._text(row, "question").split()) or None
            yield Block(text, kind, start, end, voice, line_no=row.no, question=question)

    def respondents(self) -> Iterator[Respondent]:
        """The speakers with the attributes that the table has for them."""
        return (Respondent(name, tuple(values.items())) for name, values in self._values.items())

    def warnings(self) -> Iterator[str]:
        """What the user should look at."""
        if unread := self.rules["times that could not be read"]:
            yield f"{counted(unread, 'time')} could not be read; check which columns hold the times."
        if self.no_answers:
            yield f"{counted(self.no_answers.total(), 'cell')} such as “N/A” or “-” taken as no answer."
        if self._unit is not None:
            unit = "milliseconds" if self._unit == 1 else "seconds"
            yield f"The times are plain numbers, taken as {unit}; check that they fit the talk."

    def _note(self, voice: str | None, row: Row) -> None:
        if voice is not None:
            values = self._values.setdefault(voice, {})
            for place in self._attributes:
                if text := row.cell(place):
                    values.setdefault(self._table.names[place] or unnamed(place), text)

    def _text(self, row: Row, use: ColumnUse) -> str:
        place = self.place(use)
        return "" if place is None else row.cell(place)

    def _time(self, row: Row, use: ColumnUse) -> int | None:
        text = self._text(row, use)
        if not text:
            return None
        time_ms = self._milliseconds(text)
        self.rules["times that could not be read"] += time_ms is None
        return time_ms

    def _milliseconds(self, text: str) -> int | None:
        if found := _STAMP.fullmatch(text):
            hours, minutes, seconds, fraction = found.groups()
            whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
            return whole * 1000 + int((fraction or "0")[:3].ljust(3, "0"))
        if self._unit is not None and _NUMBER.fullmatch(text):
            time_ms = round(float(text.replace(",", ".")) * self._unit)
            return time_ms if time_ms >= 0 else None
        return None

    def _unit_of_numbers(self) -> int | None:
        """How many milliseconds 1 stands for where times are plain numbers; None where there are none.

        Nobody speaks for a second to say one letter: whole numbers that grow faster than the text are milliseconds.
        """
        place, text = self.place("start"), self.place("text")
        if place is None or text is None:
            return None
        numbers = [cell for cell in self._table.column(place) if _NUMBER.fullmatch(cell)]
        if not numbers:
            return None
        header = bare(self._table.names[place])
        if header.endswith(("ms", "msec", "milliseconds", "millis")):
            return 1
        if any("." in number or "," in number for number in numbers) or header.endswith(("sec", "secs", "seconds")):
            return 1000
        grown = max(map(int, numbers)) - min(map(int, numbers))
        letters = sum(len(row.cell(text)) for row in self._table.rows)
        return 1 if grown > letters else 1000
