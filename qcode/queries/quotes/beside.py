"""What the other language says where a quote stands: the original of a translation, or a translation."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from qcode.ids import DocumentId
from qcode.models import Document
from qcode.models.alignment import links_between, side_of
from qcode.models.positions import Positions
from qcode.models.quote_places import StoredQuote, Today, beside_today
from qcode.queries.quotes.utterances import Utterance, utterance
from qcode.queries.transcripts.sources import Source, sources
from qcode.study import Study
from qcode.text.aligned import Language, Pair
from qcode.text.edits import Placed
from qcode.text.ranges import Range


@dataclass(frozen=True, slots=True)
class OtherWords:
    """What another document says where a quote stands, `[start, end)` of its current text.

    These are the words that were chosen to stand beside it (`narrowed`), `altered` if they changed since, and otherwise
    whole turns that are linked to it. `language` is the tag of that document, `which` whether it is the original.
    """

    document: DocumentId
    document_name: str
    which: Language
    language: str
    start: int
    end: int
    text: str
    utterances: tuple[Utterance, ...]
    narrowed: bool
    altered: bool


@dataclass(frozen=True, slots=True)
class _Bound:
    """A document that says the same in another language, and which turns of both are linked."""

    document: str
    which: Language
    language: str
    links: Sequence[Pair]


class Beside:
    """What other languages say beside quotes of some documents, all read once; nothing where nothing is translated."""

    def __init__(self, study: Study, session: Session, positions: Positions, documents: Collection[str]) -> None:
        self._study, self._session, self._positions = study, session, positions
        self._documents = documents

    def of(self, row: StoredQuote, source: Source, now: Today) -> OtherWords | None:
        """What stands beside a quote, if another language says anything there."""
        bound = self._bound.get(row.document_id, ())
        if not bound:
            return None
        chosen = beside_today(self._session, self._positions, row)
        one = next((other for other in bound if chosen is not None and other.document == chosen.document), None)
        if chosen is not None and one is not None:
            return self._words(one, Placed(chosen.start, chosen.end, chosen.altered), narrowed=True)
        for other in bound:
            turns = _linked(other, source, now)
            if turns is not None:
                there = self._sources[other.document].turns[slice(*turns)]
                return self._words(other, Placed(there[0].start, there[-1].end, altered=False), narrowed=False)
        return None

    def _words(self, one: _Bound, placed: Placed, *, narrowed: bool) -> OtherWords:
        there = self._sources[one.document]
        turns = there.turns_in(placed.start, placed.end)
        return OtherWords(
            DocumentId(one.document),
            there.name,
            one.which,
            one.language,
            placed.start,
            placed.end,
            there.text[placed.start : placed.end],
            tuple(utterance(there, turn, placed) for turn in turns),
            narrowed,
            placed.altered,
        )

    @cached_property
    def _bound(self) -> Mapping[str, list[_Bound]]:
        """For each document what is bound to it: its original, then its translations in order of collection."""
        original = aliased(Document)
        wanted = select(Document.id, Document.language, original.id, original.language)
        wanted = wanted.join(original, original.id == Document.translation_of_id).where(Document.alive, original.alive)
        mine = list(self._documents)
        wanted = wanted.where(or_(Document.id.in_(mine), original.id.in_(mine)))
        out: dict[str, list[_Bound]] = {}
        for made, tongue, first, spoken in self._session.execute(wanted.order_by(Document.position, Document.id)):
            sides = (side_of(self._session, self._study.shelf, document) for document in (first, made))
            links = links_between(self._session, *sides)
            out.setdefault(first, []).append(_Bound(made, "translation", tongue, links))
            out.setdefault(made, []).insert(0, _Bound(first, "original", spoken, links))
        return out

    @cached_property
    def _sources(self) -> Mapping[str, Source]:
        others = {one.document for bound in self._bound.values() for one in bound}
        return sources(self._study, self._session, others)


def _linked(other: _Bound, source: Source, now: Today) -> Range | None:
    """The turns of the other language that are linked to those of a quote; None if none are."""
    own: Language = "translation" if other.which == "original" else "original"
    numbers = [number for number, turn in enumerate(source.turns) if turn.start < now.end and now.start < turn.end]
    if not numbers:
        return None
    first, last = numbers[0], numbers[-1] + 1
    met = [link for link in other.links if link.on(own)[0] < last and first < link.on(own)[1]]
    found = [turns for turns in (link.on(other.which) for link in met) if turns[0] < turns[1]]
    return (found[0][0], found[-1][1]) if found else None
