"""Original and translation: which document translates which, and which turns of both say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import bindparam, func, select

from qcode.analysis.alignment import Piece, align
from qcode.errors import QcodeError
from qcode.ids import DocumentId, RevisionId, derived_id
from qcode.models import Document, TurnLink
from qcode.models.alignment import Side, Standing, pieces_of, side_of, standing_links
from qcode.models.recording import insert_rows, write_fields
from qcode.operations.corrections import TextChangedError
from qcode.operations.lookup import living
from qcode.study import Place, Study
from qcode.text.aligned import Language, Pair, linked, settled, shifted, unlinked
from qcode.text.ranges import Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session


class OwnTranslationError(QcodeError):
    """A document was named as its own original."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}” can't be a translation of itself. Choose the document that it was made from.")


class TranslationOfTranslationError(QcodeError):
    """The original that was named is a translation."""

    def __init__(self, name: str, first: str) -> None:
        super().__init__(f"“{name}” is a translation itself, of “{first}”. Choose “{first}” as the original.")


class HasTranslationsError(QcodeError):
    """A document that others were translated from would become a translation."""

    def __init__(self, name: str, other: str) -> None:
        super().__init__(
            f"“{name}” is the original of “{other}”, so it can't be a translation too. "
            f"Say first that “{other}” is no translation of it."
        )


class AlignedAlreadyError(QcodeError):
    """A translation whose turns are linked would get another original, or none."""

    def __init__(self, name: str, original: str, links: int) -> None:
        places = "place" if links == 1 else "places"
        super().__init__(
            f"“{name}” is aligned with “{original}” in {links:,} {places}. Take all links away first; undo brings "
            "them back."
        )


class NoTranslationError(QcodeError):
    """A document is aligned with nothing, as nobody said what it translates."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Nobody said what “{name}” is a translation of. Say that first, where its kind is.")


class NothingToLinkError(QcodeError):
    """Turns of both languages are needed for a link."""

    def __init__(self) -> None:
        super().__init__("Choose turns on both sides to link them.")


class NotLinkedError(QcodeError):
    """There is no link to take away."""

    def __init__(self) -> None:
        super().__init__("These turns are linked to nothing.")


class CannotShiftError(QcodeError):
    """The first line of all would go up."""

    def __init__(self) -> None:
        super().__init__("There is nothing above this line to join it to.")


class NothingAlignedError(QcodeError):
    """No turn has a counterpart that could be found."""

    def __init__(self, name: str) -> None:
        super().__init__(f"No turns of “{name}” could be linked to its original. Look whether it is the right one.")


@dataclass(frozen=True, slots=True)
class Texts:
    """The revisions that somebody looks at who changes links."""

    translation: RevisionId
    original: RevisionId


@dataclass(frozen=True, slots=True)
class Aligning:
    """What an alignment works on, free of the study: its result is written by `align_turns` with the same texts."""

    texts: Texts
    original: Sequence[Piece]
    translation: Sequence[Piece]
    kept: Sequence[Pair]

    def links(self) -> list[Pair]:
        """The links, which for thousands of turns takes a second: in a worker."""
        return align(self.original, self.translation, self.kept)


def set_original(study: Study, document: DocumentId, *, original: DocumentId | None) -> None:
    """Say which document this is a translation of; None says of none.

    Refused for itself, for a translation of a translation, and as long as its turns are linked to another.
    """
    one, many = "Say that {document} is no translation", "Say that {document} translates {original}"
    args = {"document": document} | ({"original": original} if original else {})
    with study.transact(many if original else one, args=args) as session:
        row = living(session, Document, document)
        if original == row.translation_of_id:
            return
        if original is not None:
            _refuse_chain(session, row, living(session, Document, original))
        _refuse_aligned(session, row)
        row.translation_of_id = original


def prepare(study: Study, document: DocumentId) -> Aligning:
    """What is needed to align a translation with its original; links that a person made are kept."""
    with study.read() as session:
        both = _both(session, study, document, None)
        kept = settled(link.pair for link in both.standing if link.by_hand)
        original, translation = pieces_of(session, both.original, both.translation)
        texts = Texts(RevisionId(both.translation.revision), RevisionId(both.original.revision))
        return Aligning(texts, original, translation, kept)


def align_turns(
    study: Study, document: DocumentId, *, links: Sequence[Pair] | None = None, texts: Texts | None = None
) -> int:
    """Link the turns of a translation with those of its original, by their length, voices and times; says how many.

    Links that a person made stay. Those that were worked out ahead, with `prepare`, are given with their texts, and
    refused if one of these is another by now.
    """
    if links is None:
        prepared = prepare(study, document)
        links, texts = prepared.links(), prepared.texts
    with study.transact("Align {document} with its original", args={"document": document}) as session:
        both = _both(session, study, document, texts)
        if not links:
            raise NothingAlignedError(both.translation.name)
        _write(session, both, links, origin="computed")
    return len(links)


def link_turns(
    study: Study,
    document: DocumentId,
    *,
    translation: Collection[int],
    original: Collection[int],
    texts: Texts | None = None,
) -> None:
    """Link turns of a translation with turns of its original, from the first to the last of each; they count from 0.

    What they were linked to before, and links that would cross, go.
    """
    if not translation or not original:
        raise NothingToLinkError
    ours, theirs = _range(original), _range(translation)
    with _changing(study, document, "Link turns of {document}", texts, theirs) as (session, both):
        _refuse_beyond(both, ours, theirs)
        _write(session, both, linked(both.links, ours, theirs), origin="hand")


def unlink_turns(
    study: Study,
    document: DocumentId,
    *,
    translation: Collection[int] = (),
    original: Collection[int] = (),
    texts: Texts | None = None,
) -> None:
    """Take away the links that hold any of these turns."""
    ours, theirs = _range(original), _range(translation)
    with _changing(study, document, "Unlink turns of {document}", texts, theirs) as (session, both):
        links = both.links
        left = unlinked(links, ours, theirs)
        if len(left) == len(links):
            raise NotLinkedError
        _write(session, both, left, origin="hand")


def shift_turns(
    study: Study,
    document: DocumentId,
    *,
    language: Language,
    turn: int,
    by: Literal[1, -1],
    texts: Texts | None = None,
) -> None:
    """Move one language by a line, from the one with this turn to the end: down (1), or up to join the one above."""
    place = (turn, turn + 1) if language == "translation" else (0, 0)
    with _changing(study, document, "Shift the turns of {document}", texts, place) as (session, both):
        here = (turn, turn + 1)
        _refuse_beyond(both, here if language == "original" else (0, 0), here if language == "translation" else (0, 0))
        size = len(both.original.turns), len(both.translation.turns)
        links = both.links
        now = shifted(links, *size, language, turn, by)
        if now == links:
            raise CannotShiftError
        _write(session, both, now, origin="hand")


def unalign(study: Study, document: DocumentId) -> int:
    """Take all links between a translation and its original away; says how many there were."""
    with study.transact("Take the links of {document} away", args={"document": document}) as session:
        row = living(session, Document, document)
        rows = list(session.scalars(select(TurnLink.id).where(TurnLink.alive, TurnLink.document_id == row.id)))
        if not rows:
            raise NotLinkedError
        write_fields(session, TurnLink, {link: {"alive": False} for link in rows})
    return len(rows)


# Both texts and what links them -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Both:
    """A translation and its original, with the links that stand."""

    original: Side
    translation: Side
    standing: list[Standing]

    @property
    def links(self) -> list[Pair]:
        """What is linked, in order."""
        return settled(link.pair for link in self.standing)


def _both(session: Session, study: Study, document: str, texts: Texts | None) -> _Both:
    original, translation = _sides(session, study, document, texts)
    return _Both(original, translation, standing_links(session, original, translation))


def _sides(session: Session, study: Study, document: str, texts: Texts | None) -> tuple[Side, Side]:
    """The original of a translation, and the translation."""
    row = living(session, Document, document)
    if row.translation_of_id is None:
        raise NoTranslationError(row.name)
    source = living(session, Document, row.translation_of_id)
    original, translation = side_of(session, study.shelf, source.id), side_of(session, study.shelf, row.id)
    if texts is not None:
        for side, wanted in ((translation, texts.translation), (original, texts.original)):
            if side.revision != wanted:
                raise TextChangedError(side.name)
    return original, translation


@contextmanager
def _changing(
    study: Study, document: DocumentId, label: str, texts: Texts | None, turns: Range
) -> Iterator[tuple[Session, _Both]]:
    """A step that changes the links of a translation, at the place of these turns of it."""
    with study.read() as session:
        _original, translation = _sides(session, study, document, texts)
    known = turns[0] < turns[1] <= len(translation.turns)
    place = Place(document, *translation.stretch(turns)) if known else None
    with study.transact(label, args={"document": document}, place=place) as session:
        yield session, _both(session, study, document, texts)


def _write(session: Session, both: _Both, wanted: Iterable[Pair], *, origin: str) -> None:
    """Let exactly these links stand: those that are there already stay as they are."""
    pairs = {pair for pair in wanted if _has_words(both, pair)}
    here = {link.pair for link in both.standing}
    _take_away(session, [link for link in both.standing if link.pair not in pairs])
    rows = {row["id"]: row for row in (_row(both, pair, origin) for pair in pairs if pair not in here)}
    known = {row for some in batched(rows, _AT_ONCE) for row in session.scalars(_KNOWN, {"rows": some})}
    write_fields(session, TurnLink, {row: {"alive": True, "origin": origin} for row in known})
    insert_rows(session, TurnLink, [row for key, row in rows.items() if key not in known])


_AT_ONCE = 500
_KNOWN = select(TurnLink.id).where(TurnLink.id.in_(bindparam("rows", expanding=True)))


def _take_away(session: Session, links: Iterable[Standing]) -> None:
    write_fields(session, TurnLink, {link.row: {"alive": False} for link in links})


def _has_words(both: _Both, pair: Pair) -> bool:
    """Whether there is something on either side to be anchored in."""
    stretches = both.original.stretch(pair.original), both.translation.stretch(pair.translation)
    return all(start < end for start, end in stretches)


def _row(both: _Both, pair: Pair, origin: str) -> dict[str, Any]:
    start, end = both.translation.stretch(pair.translation)
    first, last = both.original.stretch(pair.original)
    anchors = (both.translation.revision, start, end, both.original.revision, first, last)
    return {
        "id": derived_id("turn_link", *map(str, anchors)),
        "document_id": both.translation.document,
        "revision_id": both.translation.revision,
        "start": start,
        "end": end,
        "original_id": both.original.document,
        "original_revision_id": both.original.revision,
        "original_start": first,
        "original_end": last,
        "origin": origin,
    }


def _range(turns: Collection[int]) -> Range:
    return (min(turns), max(turns) + 1) if turns else (0, 0)


# Refusals ---------------------------------------------------------------------------------------------------------


def _refuse_beyond(both: _Both, ours: Range, theirs: Range) -> None:
    for side, (start, end) in ((both.original, ours), (both.translation, theirs)):
        if start < 0 or end > len(side.turns):
            raise TextChangedError(side.name)


def _refuse_chain(session: Session, row: Document, original: Document) -> None:
    if original.id == row.id:
        raise OwnTranslationError(row.name)
    first = session.get(Document, original.translation_of_id) if original.translation_of_id else None
    if first is not None and first.alive:
        raise TranslationOfTranslationError(original.name, first.name)
    made = select(Document.name).where(Document.alive, Document.translation_of_id == row.id)
    other = session.scalar(made.order_by(Document.position, Document.id).limit(1))
    if other is not None:
        raise HasTranslationsError(row.name, other)


def _refuse_aligned(session: Session, row: Document) -> None:
    if row.translation_of_id is None:
        return
    links = select(func.count()).select_from(TurnLink)
    count = session.scalar(
        links.where(TurnLink.alive, TurnLink.document_id == row.id, TurnLink.original_id == row.translation_of_id)
    )
    original = session.get_one(Document, row.translation_of_id)
    if count and original.alive:
        raise AlignedAlreadyError(row.name, original.name, count)
