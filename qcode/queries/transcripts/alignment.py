"""Original and translation side by side, and what the other language says where one reads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from qcode.ids import DocumentId
from qcode.models import Document, Speaker, TurnLink
from qcode.models.alignment import links_between, side_of
from qcode.models.statements import ask
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.study import Study
from qcode.text.aligned import Language, Pair, lines
from qcode.text.ranges import Range
from qcode.text.values import Turn


@dataclass(frozen=True, slots=True)
class Translated:
    """What a document translates, if anything, and what was translated from it, each with its name.

    `links` says in how many places it is aligned with its original.
    """

    original: tuple[DocumentId, str] | None
    translations: tuple[tuple[DocumentId, str], ...]
    links: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both texts as they stand, and their turns line by line; a line with one empty side has no counterpart there."""

    original: DocumentText
    translation: DocumentText
    lines: tuple[Pair, ...]

    def text(self, language: Language) -> DocumentText:
        """The text in one of the languages."""
        return self.original if language == "original" else self.translation

    @property
    def linked(self) -> int:
        """In how many lines both languages say something."""
        return sum(line.linked for line in self.lines)


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the other language."""

    speaker: str
    words: str


@dataclass(frozen=True, slots=True)
class Counterpart:
    """What another document says where a passage stands: whole turns, `[start, end)` of its current text.

    `language` says whether that document is the original or a translation; there are no turns where it says nothing.
    """

    document: DocumentId
    name: str
    language: Language
    start: int
    end: int
    turns: tuple[Said, ...]

    @property
    def words(self) -> str:
        """What is said, turn by turn on lines of its own."""
        return "\n".join(turn.words for turn in self.turns)


class OtherLanguage:
    """A text in another language, held beside a document that is read: asked again and again, it reads nothing."""

    def __init__(self, here: Sequence[Turn], there: DocumentText, language: Language, links: Sequence[Pair]) -> None:
        self._starts = [turn.start for turn in here]
        self._ends = [turn.end for turn in here]
        self._there = there
        self._language = language
        own = [link.on("translation" if language == "original" else "original") for link in links]
        self._own_starts, self._own_ends = [turns[0] for turns in own], [turns[1] for turns in own]
        self._other = [link.on(language) for link in links]

    # Properties

    @property
    def name(self) -> str:
        """The name of the other document."""
        return self._there.name

    @property
    def language(self) -> Language:
        """Whether the other document is the original or a translation."""
        return self._language

    # Methods

    def at(self, start: int, end: int) -> Counterpart:
        """What it says where `[start, end)`, or the turn with an empty range in it, stands."""
        first, last = bisect_left(self._ends, start + (start < end)), bisect_right(self._starts, max(start, end - 1))
        found = self._other[bisect_right(self._own_ends, first) : bisect_left(self._own_starts, last)]
        return self._counterpart((found[0][0], found[-1][1]) if first < last and found else (0, 0))

    # Internal

    def _counterpart(self, numbers: Range) -> Counterpart:
        text, turns = self._there.text, self._there.turns[slice(*numbers)]
        said = tuple(Said(turn.speaker or "", text[turn.start : turn.end]) for turn in turns)
        start, end = (turns[0].start, turns[-1].end) if turns else (0, 0)
        return Counterpart(self._there.id, self._there.name, self._language, start, end, said)


def translated(study: Study, document: DocumentId) -> Translated:
    """What a document translates, and what was translated from it."""
    with study.read() as session:
        original = _original(session, document)
        made = ask(session, _MADE, document=document).all()
        links = 0 if original is None else ask(session, _COUNT, document=document, original=original[0]).scalar_one()
        return Translated(original, tuple((DocumentId(row), name) for row, name in made), links)


def translation_pairs(study: Study) -> list[tuple[DocumentId, DocumentId]]:
    """Each translation with its original, in the order of collection."""
    with study.read() as session:
        rows = session.execute(
            select(Document.id, Document.translation_of_id)
            .where(Document.alive, Document.translation_of_id.in_(select(Document.id).where(Document.alive)))
            .order_by(Document.position, Document.id)
        )
        return [(DocumentId(row), DocumentId(original)) for row, original in rows if original is not None]


def differing_voices(study: Study, document: DocumentId, original: DocumentId) -> str:
    """A sentence if as many people do not speak in a translation as in its original; else nothing."""
    with study.read() as session:
        counted = select(Speaker.document_id, func.count()).where(Speaker.alive).group_by(Speaker.document_id)
        rows = session.execute(counted.where(Speaker.document_id.in_([document, original])))
        counts = {row[0]: row[1] for row in rows}
        names = {row: session.get_one(Document, row).name for row in (document, original)}
    here, there = counts.get(document, 0), counts.get(original, 0)
    if here == there:
        return ""
    voices = f"{here} {'person speaks' if here == 1 else 'people speak'}"
    return f"In “{names[document]}” {voices}, in “{names[original]}” {there}: look whether it is the right one."


def side_by_side(study: Study, document: DocumentId) -> SideBySide | None:
    """A translation and its original line by line; None if the document translates nothing."""
    with study.read() as session:
        original = _original(session, document)
        if original is None:
            return None
        sides = side_of(session, study.shelf, original[0]), side_of(session, study.shelf, document)
        found = lines(links_between(session, *sides), *(len(side.turns) for side in sides))
    return SideBySide(document_text(study, original[0]), document_text(study, document), tuple(found))


def other_languages(study: Study, document: DocumentId) -> list[OtherLanguage]:
    """The original of a document, and its translations: what they say is asked of each place by place."""
    with study.read() as session:
        original = _original(session, document)
        made = [DocumentId(row) for row, _name in ask(session, _MADE, document=document)]
        here = side_of(session, study.shelf, document)
        wanted: list[tuple[DocumentId, Language]] = [(original[0], "original")] if original else []
        wanted += [(row, "translation") for row in made]
        links = []
        for row, language in wanted:
            there = side_of(session, study.shelf, row)
            links.append(links_between(session, *((there, here) if language == "original" else (here, there))))
    turns = document_text(study, document).turns if wanted else ()
    return [
        OtherLanguage(turns, document_text(study, row), language, found)
        for (row, language), found in zip(wanted, links, strict=True)
    ]


def counterparts(study: Study, document: DocumentId, start: int, end: int) -> list[Counterpart]:
    """What other languages say where a passage stands, such as a quote: those alone that say something."""
    found = (other.at(start, end) for other in other_languages(study, document))
    return [counterpart for counterpart in found if counterpart.turns]


def _original(session: Session, document: str) -> tuple[DocumentId, str] | None:
    found = ask(session, _ORIGINAL, document=document).one_or_none()
    return None if found is None else (DocumentId(found[0]), found[1])


_TRANSLATION = aliased(Document)
_ORIGINAL = (
    select(Document.id, Document.name)
    .join(_TRANSLATION, _TRANSLATION.translation_of_id == Document.id)
    .where(Document.alive, _TRANSLATION.id == bindparam("document"))
)
_MADE = (
    select(Document.id, Document.name)
    .where(Document.alive, Document.translation_of_id == bindparam("document"))
    .order_by(Document.position, Document.id)
)
_COUNT = (
    select(func.count())
    .select_from(TurnLink)
    .where(
        TurnLink.alive,
        TurnLink.document_id == bindparam("document"),
        TurnLink.original_id == bindparam("original"),
    )
)
