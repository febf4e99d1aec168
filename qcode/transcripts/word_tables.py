"""Which column of a Word table says when, who and what: by its heading, else by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from qcode.transcripts.labels import is_name
from qcode.transcripts.roles import folded
from qcode.transcripts.times import LOOSE_STAMP, loose_milliseconds
from qcode.transcripts.values import Block
from qcode.transcripts.words import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Use = Literal["time", "end", "speaker", "text", "number"]

_HEADINGS: Final[dict[Use, frozenset[str]]] = {
    "time": word_set(
        "time timestamp timespan timecode start begin hora tiempo inicio",
        "zeit beginn anfang debut heure",  # codespell:ignore beginn
    ),
    "end": word_set("end stop ende fin final"),  # codespell:ignore ende
    "speaker": word_set("speaker speakers who name label voice hablante orador sprecher sprecherin locuteur persona"),
    "text": word_set(
        "text talk transcript transcription content utterance utterances said words speech texto transcripcion",
        "contenido texte inhalt",
    ),
    "number": word_set("no nr number line # turn row linea zeile n num"),
}
_SPAN: Final = re.compile(rf"[\[(]?({LOOSE_STAMP})(?:\s{{0,3}}(?:-->|–|—|-)\s{{0,3}}({LOOSE_STAMP}))?[\])]?")
_MOSTLY: Final = 0.8
_HEADING_WORDS: Final = 4
_LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are used as, and whether its first row only names them."""

    uses: Mapping[Use, int]
    has_heading: bool

    def blocks(self, rows: Sequence[Sequence[str]]) -> Iterator[Block]:
        """The rows as turns; a row across the table is an event, and one without a speaker goes on."""
        for cells in rows[1:] if self.has_heading else rows:
            if len(cells) == 1:
                yield Block(cells[0], "cell")
                continue
            text, speaker = self._cell(cells, "text"), " ".join(self._cell(cells, "speaker").split())
            start, end = self._times(cells)
            if text.strip() or speaker:
                yield Block(text or " ", "row", start, end, speaker.rstrip(":") or None)

    def _cell(self, cells: Sequence[str], use: Use) -> str:
        place = self.uses.get(use)
        return cells[place] if place is not None and place < len(cells) else ""

    def _times(self, cells: Sequence[str]) -> tuple[int | None, int | None]:
        found = _SPAN.fullmatch(self._cell(cells, "time").strip())
        until = _SPAN.fullmatch(self._cell(cells, "end").strip())
        start = loose_milliseconds(found[1]) if found else None
        end = loose_milliseconds(found[2]) if found and found[2] else loose_milliseconds(until[1]) if until else None
        return start, end if start is None or end is None or end >= start else None


def columns_of(rows: Sequence[Sequence[str]]) -> Columns | None:
    """What the columns of a table of turns are used as; None if it seems to be another table."""
    if not rows:
        return None
    width = max(map(len, rows))
    headed = _by_heading(rows[0]) if len(rows[0]) == width else {}
    body = [cells for cells in (rows[1:] if headed else rows) if len(cells) == width]
    uses = _by_shape(body, width, headed)
    if "text" not in uses or not ("speaker" in uses or "time" in uses) or not _is_told(uses, headed, body):
        return None
    return Columns(uses, bool(headed))


def _is_told(uses: Mapping[Use, int], headed: Mapping[Use, int], body: Sequence[Sequence[str]]) -> bool:
    """Whether headings or times say that this is a table of turns, and every filled column is accounted for."""
    if not ({"speaker", "text"} & headed.keys()) and "time" not in uses:
        return False
    known = set(uses.values())
    return all(place in known or not cell.strip() for cells in body for place, cell in enumerate(cells))


def _by_heading(cells: Sequence[str]) -> dict[Use, int]:
    """The uses that the cells of a first row name; none unless two do and all are short."""
    uses: dict[Use, int] = {}
    for place, cell in enumerate(cells):
        words = folded(cell).strip(" .:").split()
        if len(words) > _HEADING_WORDS or _SPAN.fullmatch(cell.strip()):
            return {}
        for use, known in _HEADINGS.items():
            if use not in uses and words and (words[-1].strip(".:") in known or words[0].strip(".:") in known):
                uses[use] = place
                break
    return uses if len(uses) > 1 else {}


def _by_shape(body: Sequence[Sequence[str]], width: int, headed: Mapping[Use, int]) -> dict[Use, int]:
    uses = dict(headed)
    left = [place for place in range(width) if place not in uses.values()]
    filled = {place: [cells[place].strip() for cells in body if cells[place].strip()] for place in range(width)}

    def take(use: Use, places: Sequence[int]) -> None:
        if use not in uses and places:
            uses[use] = places[0]
            left.remove(places[0])

    take("time", [place for place in left if _mostly(filled[place], _is_span)])
    take("end", [place for place in left if _mostly(filled[place], _is_span)])
    take("number", [place for place in left if _mostly(filled[place], str.isdigit)])
    take("text", sorted((place for place in left if filled[place]), key=lambda place: -_words_in(filled[place])))
    take("speaker", [place for place in left if _are_names(filled[place])])
    return uses


def _is_span(text: str) -> bool:
    return _SPAN.fullmatch(text) is not None


def _mostly(texts: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(holds, texts)) >= _MOSTLY * len(texts)


def _words_in(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _are_names(texts: Sequence[str]) -> bool:
    named = all(len(text) <= _LONGEST_NAME and is_name(text.rstrip(":")) for text in texts)
    return bool(texts) and named and (len(texts) < 3 or len(set(texts)) < len(texts))
