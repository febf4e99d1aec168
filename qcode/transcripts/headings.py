"""Reports and other documents that nobody speaks in: their headings, by style or as somebody typed them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from qcode.transcripts.labels import is_code
from qcode.transcripts.roles import role_word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from qcode.transcripts.labels import Line
    from qcode.transcripts.values import Block, LabelChoice

_STYLE: Final = re.compile(r"(?:heading|überschrift|título|titre|rubrik|kop|intestazione)\s?([1-9])", re.IGNORECASE)
_TITLES: Final = {"title": 1, "subtitle": 2}
_NUMBERED: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s{1,8}(\S.{0,90})")
_CHAPTER: Final = re.compile(
    r"(?:chapter|section|part|annex|appendix|article|kapitel|abschnitt|capítulo|sección|anexo|artículo|chapitre)"
    r" (?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b.{0,80}",
    re.IGNORECASE,
)
_UNDERLINE: Final = re.compile(r"={4,200}|-{4,200}|~{4,200}")
_SENTENCE_ENDS: Final = (".", "?", "!", "…", ",", ";", ":")
_HEADING_WORDS: Final = 12
_LONGEST: Final = 120
_FEWEST_CAPITALS: Final = 4
_FEWEST: Final = 2
_FEW_LINES: Final = 0.2
_COMES_BACK: Final = 2
_KEYS_SHARE: Final = 0.3


def heading_level(style: str | None) -> int | None:
    """The level, from 1, that a paragraph style such as "Heading 2" gives; None for other styles."""
    if style is None:
        return None
    found = _STYLE.match(style.strip())
    return int(found[1]) if found else _TITLES.get(style.strip().lower())


def is_document(lines: Sequence[Line], choices: Sequence[LabelChoice]) -> bool:
    """Whether this is a report: it has headings, and what looks like labels does not come back as speakers do.

    Nor is it one of those where a few keys, such as "Responsible: …", come back in every part.
    """
    accepted = {choice.label: choice for choice in choices if choice.accepted}
    headings = sum(
        heading_level(line.block.style) is not None and line.first and line.text not in accepted for line in lines
    )
    timed = any(line.block.start_ms is not None for line in lines)
    other = any(line.block.kind == "cue" or line.block.voice is not None for line in lines)
    if headings < _FEWEST or timed or other:
        return False
    if any(is_code(label) or role_word(label) for label in accepted):
        return False
    begun = sum(choice.count for choice in accepted.values())
    seldom = begun < _COMES_BACK * len(accepted) or begun < _FEW_LINES * len(lines)
    return not accepted or seldom or (headings > _FEWEST and _are_keys(lines, accepted))


def _are_keys(lines: Sequence[Line], accepted: Collection[str]) -> bool:
    """Whether little of the text stands behind the labels, on their lines."""
    taken = [line for line in lines if line.candidate is not None and line.candidate.label in accepted]
    if any(line.candidate is not None and line.candidate.shape in {"alone", "stamp", "bold"} for line in taken):
        return False
    return sum(len(line.text.split()) for line in taken) < _KEYS_SHARE * sum(len(line.text.split()) for line in lines)


def with_typed_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with a heading's style on lines that were typed as headings, if there are several.

    A heading is short, ends like no sentence, and is numbered, underlined, or all in capitals; something longer
    follows it.
    """
    if any(block.style is not None or block.kind != "para" or block.voice is not None for block in blocks):
        return blocks
    levels = list(_levels(blocks))
    if sum(level is not None and level > 0 for level in levels) < _FEWEST:
        return blocks
    return tuple(_styled(blocks, levels))


def _styled(blocks: Sequence[Block], levels: Iterable[int | None]) -> Iterator[Block]:
    for block, level in zip(blocks, levels, strict=True):
        if level is None:
            yield block
        elif level > 0:
            yield replace(block, style=f"Heading {level}")


def _levels(blocks: Sequence[Block]) -> Iterator[int | None]:
    """The level of each block, None for text and 0 for the line under a heading."""
    for place, block in enumerate(blocks):
        text = block.text.strip()
        following = blocks[place + 1].text.strip() if place + 1 < len(blocks) else ""
        if _UNDERLINE.fullmatch(text) and place and _is_short(blocks[place - 1].text.strip()):
            yield 0
        elif not _is_short(text) or not following:
            yield None
        elif _UNDERLINE.fullmatch(following) and "\n" not in text:
            yield 1 if following[0] == "=" else 2
        else:
            yield _level(text)


def _is_short(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and 0 < len(text.split()) <= _HEADING_WORDS
        and not text.endswith(_SENTENCE_ENDS)
        and "\n" not in text
    )


def _level(text: str) -> int | None:
    numbered = _NUMBERED.fullmatch(text)
    if numbered and numbered[2][:1].isupper():
        return numbered[1].count(".") + 1
    if _CHAPTER.fullmatch(text):
        return 1
    letters = sum(sign.isalpha() for sign in text)
    shouted = text == text.upper() != text.lower() and text[0].isalnum() and ":" not in text
    return 1 if shouted and letters >= _FEWEST_CAPITALS else None
