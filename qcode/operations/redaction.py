"""Redaction: a name goes for good, from the texts, from what was typed, from the past and from the bytes of the file.

Everybody's codings stay, mapped by an edit list. Nothing of it can be undone, and nothing before it by the one who did
it; colleagues' steps can be taken back as long as no redacted field would be written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count, groupby
from typing import Any, Final

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from qcode.deidentification import Category, Entity, Trace, find_traces, neighbours, replaced
from qcode.deidentification import Place as Stretch
from qcode.errors import QcodeError
from qcode.ids import RevisionId
from qcode.models import Document, Revision
from qcode.models import drafts as drafts_table
from qcode.models.erasure import drop_texts
from qcode.models.journal import kinds
from qcode.models.labels import NAMES
from qcode.models.mentions import Sought, Span, TextPlace, mentioned_before, text_mentions, typed_mentions
from qcode.models.recording import write_fields
from qcode.models.search_index import make_anew
from qcode.models.texts import Boundaries, store_boundaries, store_text
from qcode.models.typed_text import Erased, TypedPlace, erase_field, rewrite_journal, rewritten
from qcode.operations.corrections import TextChangedError
from qcode.operations.lookup import living
from qcode.operations.passages import NothingSelectedError, Passage
from qcode.study import Study
from qcode.text.edits import Edit, OffsetMap

LONGEST_REPLACEMENT: Final = 100
_EVERYWHERE: Final = "Redact {count} places of the study"
_WITHIN: Final = {"speaker": "document_id", "attribute_level": "attribute_id", "attribute": "subject"}
_HERE: Final = "Redact a passage of {document}"


type Tell = Callable[[float, str], object]


def _silent(_share: float, _words: str) -> None:
    """Nobody listens."""


class ReplacementUnusableError(QcodeError):
    """What should stand instead is nothing, too long, or more than one line."""

    def __init__(self) -> None:
        super().__init__(
            f"Write what stands instead on one line of at most {LONGEST_REPLACEMENT} characters, such as [name]."
        )


class ReplacementHoldsNameError(QcodeError):
    """What should stand instead holds what should go."""

    def __init__(self) -> None:
        super().__init__("What stands instead holds the words that should go. Write something else, such as [name].")


class NothingToRedactError(QcodeError):
    """The words stand nowhere."""

    def __init__(self) -> None:
        super().__init__("These words stand nowhere in the study, today or before. There is nothing to redact.")


class AcrossTurnsError(QcodeError):
    """What is selected belongs to more than one turn."""

    def __init__(self) -> None:
        super().__init__("What is selected goes from one turn into another. Redact it turn by turn.")


@dataclass(frozen=True, slots=True)
class Redacted:
    """What a redaction did, and what a look through the bytes of the file and its neighbours found afterwards.

    `places` counts mentions in texts, `typed` fields of rows and drafts, `past` values of the journal, `texts` older
    texts that were erased; `left` the places that were left as they are by choice. `finished` is False where the file
    could not be written anew yet, since another program reads it.
    """

    places: int
    typed: int
    past: int
    texts: int
    left: int
    traces: tuple[Trace, ...]
    finished: bool


@dataclass(slots=True)
class _Done:
    """What was done so far in one redaction."""

    entity: Entity
    sought: Sought
    kept: frozenset[TypedPlace]
    counts: dict[str, int]
    erased: list[Erased]
    places: int = 0
    typed: int = 0
    texts: int = 0


def redact(
    study: Study,
    *,
    forms: Sequence[str],
    replacement: str,
    category: Category = "name",
    left_out: Collection[TextPlace | TypedPlace] = (),
    tell: Tell = _silent,
) -> Redacted:
    """Put a replacement wherever one of the forms stands in the study, and erase what was there.

    Texts of today are redacted by an edit list, rows and drafts in place; the values of the past are rewritten and
    all older texts of the documents concerned go. What is left out stays, also in the past. A text that changed since
    its places were left out is refused. `tell` hears how far it is, from 0 to 1; what it raises before the commit
    calls all of it off.
    """
    entity = _entity(forms, replacement, category)
    args: dict[str, Any] = {"category": category}
    with study.redact(_EVERYWHERE, args) as session:
        done = _Done(entity, Sought(entity.forms), _fields(left_out), {}, [])
        tell(0.0, "Looking through the texts…")
        found = [place for place, _body in text_mentions(session, done.sought)]
        today = {place.document for place in found}
        concerned = today | mentioned_before(session, done.sought, today)
        tell(0.3, "Redacting the texts…")
        _redact_texts(session, study, done, _places(session, found, left_out))
        _erase_past_texts(session, done, concerned)
        tell(0.4, "Redacting what was typed…")
        _redact_rows(session, done)
        tell(0.5, "Erasing the words from the history…")
        _redact_past(session, done)
        if not (done.places or done.typed or done.erased or done.texts):
            raise NothingToRedactError
        make_anew(session)
        args |= {"count": done.places + done.typed} | _record(done)
        tell(0.6, "Writing the file anew…")
    return _looked_through(study, done, entity.forms, len(left_out), tell)


def redact_here(
    study: Study,
    passage: Passage,
    *,
    replacement: str,
    category: Category = "name",
    revision: RevisionId | None = None,
    tell: Tell = _silent,
) -> Redacted:
    """Put a replacement in the place of one passage, and erase all older texts of its document.

    With a revision it is refused if the text is another one by now. `tell` hears how far it is, as in `redact`.
    """
    if passage.start >= passage.end:
        raise NothingSelectedError
    text = _words(study, passage, revision)
    entity = _entity([text], replacement, category)
    args: dict[str, Any] = {"document": passage.document, "category": category}
    with study.redact(_HERE, args) as session:
        row = living(session, Document, passage.document)
        if revision is not None and row.revision_id != revision:
            raise TextChangedError(row.name)
        done = _Done(entity, Sought(entity.forms), frozenset(), {}, [])
        place = TextPlace(passage.document, row.revision_id, passage.start, passage.end)
        tell(0.0, "Redacting the text…")
        _redact_texts(session, study, done, [place])
        _erase_past_texts(session, done, [passage.document])
        make_anew(session)
        args |= {"count": 1} | _record(done)
        args["place"] = [passage.document, passage.start, passage.start + len(entity.replacement)]
        tell(0.6, "Writing the file anew…")
    return _looked_through(study, done, entity.forms, 0, tell)


def _entity(forms: Sequence[str], replacement: str, category: Category) -> Entity:
    tidy, instead = [form.strip() for form in forms if form.strip()], replacement.strip()
    if not instead or len(instead) > LONGEST_REPLACEMENT or not instead.isprintable():
        raise ReplacementUnusableError
    if not tidy or not any(letter.isalnum() for form in tidy for letter in form):
        raise NothingSelectedError
    if Sought(tidy)(instead):
        raise ReplacementHoldsNameError
    return Entity("", category, tuple(dict.fromkeys(tidy)), instead)


def _fields(left_out: Iterable[TextPlace | TypedPlace]) -> frozenset[TypedPlace]:
    return frozenset(place for place in left_out if isinstance(place, TypedPlace))


def _words(study: Study, passage: Passage, revision: str | None) -> str:
    """The words of a passage, which lie in one turn."""
    with study.read() as session:
        row = living(session, Document, passage.document)
        current = session.get_one(Revision, row.revision_id)
        if revision not in (None, current.id) or passage.end > current.length:
            raise TextChangedError(row.name)
        turns = study.shelf.layout(session, current.layout_sha256).turns
        if sum(turn.start < passage.end and passage.start < turn.end for turn in turns) > 1:
            raise AcrossTurnsError
        return study.shelf.text(session, current.text_sha256)[passage.start : passage.end]


# Texts ------------------------------------------------------------------------------------------------------------


def _places(
    session: Session, found: Sequence[TextPlace], left_out: Collection[TextPlace | TypedPlace]
) -> list[TextPlace]:
    """The mentions of today without those left out, which must still be mentions."""
    spared = {place for place in left_out if isinstance(place, TextPlace)}
    if gone := spared - set(found):
        raise TextChangedError(session.get_one(Document, next(iter(gone)).document).name)
    return [place for place in found if place not in spared]


def _redact_texts(session: Session, study: Study, done: _Done, places: Sequence[TextPlace]) -> None:
    for document, some in groupby(places, key=lambda place: place.document):
        row = session.get_one(Document, document)
        current = session.get_one(Revision, row.revision_id)
        body = study.shelf.text(session, current.text_sha256)
        text, edits = _replaced(done.entity, body, [(place.start, place.end) for place in some])
        layout = study.shelf.layout(session, current.layout_sha256)
        revision = Revision(
            document_id=document,
            number=current.number + 1,
            text_sha256=store_text(session, text),
            layout_sha256=store_boundaries(session, _mapped(layout, OffsetMap(edits))),
            length=len(text),
            words=len(text.split()),
            parent_id=current.id,
            edits=[list(edit) for edit in edits],
        )
        session.add(revision)
        row.revision_id = revision.id
        done.counts[document] = len(edits)
        done.places += len(edits)


def _replaced(entity: Entity, text: str, spans: Sequence[Span]) -> tuple[str, list[Edit]]:
    """A text with these stretches replaced, whatever is around them, and the edits; goes by lines, which is quicker."""
    parts: list[str] = []
    edits: list[Edit] = []
    past = 0
    for (first, last), some in groupby(spans, key=lambda span: _lines(text, *span)):
        places = tuple(Stretch("", start - first, end - first) for start, end in some)
        chosen = Entity(entity.id, entity.category, entity.forms, entity.replacement, "here", places)
        made = replaced(text[first:last], [chosen])
        parts += [text[past:first], made.text]
        edits += [Edit(first + edit.start, first + edit.end, edit.length) for edit in made.edits]
        past = last
    return "".join([*parts, text[past:]]), edits


def _lines(text: str, start: int, end: int) -> Span:
    """The lines that a stretch lies in."""
    last = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last


def _mapped(boundaries: Boundaries, mapping: OffsetMap) -> Boundaries:
    """Turns and sentences in the text after; of two sentences that meet within a replacement the first has it."""
    turns = []
    for turn in boundaries.turns:
        now = mapping.place(turn.start, turn.end)
        turns.append(turn._replace(start=now.start, end=now.end))
    units: list[Span] = []
    past = 0
    for start, end in boundaries.units:
        now = mapping.place(start, end)
        if max(now.start, past) < now.end:
            units.append((max(now.start, past), now.end))
            past = now.end
    return Boundaries(tuple(turns), tuple(units))


def _erase_past_texts(session: Session, done: _Done, documents: Collection[str]) -> None:
    """Erase all texts of these documents but today's.

    Their hashes go too: with the text of today and the edits at hand, one that tries names finds which fits a hash.
    That of the file they came from goes for the same reason.
    """
    session.flush()
    wanted = select(Document).where(Document.id.in_(list(documents)))
    rows = list(session.scalars(wanted))
    standing = {row.revision_id for row in rows}
    older = session.scalars(select(Revision.id).where(Revision.document_id.in_(list(documents))))
    past = [revision for revision in older if revision not in standing]
    for field in ("text_sha256", "layout_sha256"):
        done.erased += erase_field(session.connection(), "revision", field, past, "")
    write_fields(session, Revision, {revision: {"text_sha256": "", "layout_sha256": ""} for revision in past})
    # Written whether or not it differs, so that no older text becomes the current one by undoing.
    kept = {row.id: {"revision_id": row.revision_id, "provenance": _without_hash(row.provenance)} for row in rows}
    write_fields(session, Document, kept)
    done.erased += _erase_file_hashes(session, [row.id for row in rows])
    done.texts += drop_texts(session)


def _without_hash(provenance: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in provenance.items() if key != "sha256"}


def _erase_file_hashes(session: Session, documents: Collection[str]) -> list[Erased]:
    concerned = set(documents)

    def rewriting(place: TypedPlace, value: Any) -> Any:
        if place.kind == "document" and place.field == "provenance" and place.row in concerned:
            return _without_hash(value)
        return value

    return rewrite_journal(session.connection(), rewriting)


# What people typed ------------------------------------------------------------------------------------------------


def _redact_rows(session: Session, done: _Done) -> None:
    session.flush()
    by_kind: dict[str, dict[str, dict[str, Any]]] = {}
    for typed in list(typed_mentions(session, done.sought)):
        place = typed.place
        if place not in done.kept:
            fields = by_kind.setdefault(place.kind, {}).setdefault(place.row, {})
            fields[place.field] = rewritten(typed.value, lambda text: _clean(done, text))
            done.typed += 1
    for kind, rows in by_kind.items():
        _tell_apart(session, kind, rows)
        write_fields(session, kinds()[kind], rows)
    done.typed += drafts_table.rewrite(session, lambda text: _clean(done, text))


def _tell_apart(session: Session, kind: str, rows: dict[str, dict[str, Any]]) -> None:
    """Number names that would be those of others now: of the kind, or of what they are told apart in."""
    field = NAMES.get(kind)
    if field is None:
        return
    model = kinds()[kind]
    within = getattr(model, _WITHIN[kind]) if kind in _WITHIN else None
    columns = model.id, getattr(model, field), literal("") if within is None else within
    known = {row: (name.casefold(), group) for row, name, group in session.execute(select(*columns).where(model.alive))}
    for row, fields in rows.items():
        if row in known and field in fields:
            taken = {one for other, one in known.items() if other != row}
            fields[field] = _untaken(fields[field], known[row][1], taken)
            known[row] = fields[field].casefold(), known[row][1]


def _untaken(name: str, group: str, taken: Collection[tuple[str, str]]) -> str:
    tried = (f"{name} {number}" for number in count(2))
    return next(one for one in chain([name], tried) if (one.casefold(), group) not in taken)


def _redact_past(session: Session, done: _Done) -> None:
    """Rewrite the values of the past that hold a form, save those of fields that were left out."""

    def rewriting(place: TypedPlace, value: Any) -> Any:
        return value if place in done.kept else rewritten(value, lambda text: _clean(done, text))

    done.erased += rewrite_journal(session.connection(), rewriting)


def _clean(done: _Done, text: str) -> str:
    spans = done.sought(text)
    return _replaced(done.entity, text, spans)[0] if spans else text


# What is told -----------------------------------------------------------------------------------------------------


def _record(done: _Done) -> dict[str, Any]:
    """What the step says of itself: counts, what stands instead, and what was erased, for other copies to erase too."""
    erased = sorted({(one.step, one.row, one.field) for one in done.erased})
    return {
        "redaction": {
            "replacement": done.entity.replacement,
            "documents": done.counts,
            "typed": done.typed,
            "erased": [list(one) for one in erased],
        }
    }


def _looked_through(study: Study, done: _Done, forms: Sequence[str], left: int, tell: Tell) -> Redacted:
    with suppress(QcodeError):  # it is done: nobody calls it off any more
        tell(0.8, "Looking through the bytes of the file…")
    traces = find_traces(neighbours(study.path), list(forms))
    past = len({(one.step, one.row, one.field) for one in done.erased})
    return Redacted(done.places, done.typed, past, done.texts, left, traces, study.finish_erasing())
