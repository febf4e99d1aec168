"""A corrected file takes the place of a document's text: everybody's codings come along, by one list of edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import DocumentId, RevisionId
from qcode.models import Document, Revision, Speaker
from qcode.models.scripts import Standing, standing
from qcode.models.texts import Boundaries, store_boundaries, store_text
from qcode.operations.corrections import TextChangedError
from qcode.operations.deidentification import CHECKED, NOT_CHECKED
from qcode.operations.documents import EmptyTranscriptError, Incoming, roles_of, turn_spans
from qcode.operations.lookup import living
from qcode.operations.structure import follow_structure
from qcode.study import Place, Study
from qcode.text.replacing import Replacement, Script, kept_units, replacement


class SameTextError(QcodeError):
    """The file says what the document says already."""

    def __init__(self, document: str) -> None:
        super().__init__(f"“{document}” says just what this file says, turn by turn. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a replacement will write, worked out before the step is open."""

    before: Standing
    incoming: Incoming
    made: Replacement
    units: tuple[tuple[int, int], ...]


def replace_text(
    study: Study, document: DocumentId, incoming: Incoming, *, revision: RevisionId | None = None
) -> RevisionId:
    """Put the text of a transcript in the place of a document's text, as a new revision of it; one step.

    The document keeps its name, kind, language, group and what is recorded about it; who speaks keeps role and
    participant. Whatever is anchored in the text is where the edits lead; a passage that lost all its words stays as
    an empty one. Reviews are taken back, as nobody has read the new words. With a revision it is refused if the text
    is another one by now. Raises EmptyTranscriptError, SameTextError and TextChangedError.
    """
    plan = _planned(study, document, incoming, revision)
    args = {"document": document}
    with study.transact("Replace the text of {document}", args=args, place=_place(document, plan)) as session:
        row = living(session, Document, document)
        if row.revision_id != plan.before.revision.id:
            raise TextChangedError(row.name)
        speakers = _speakers(session, document, plan)
        spans = turn_spans(incoming.transcript, speakers)
        layout = store_boundaries(session, Boundaries(spans, plan.units))
        text = store_text(session, incoming.transcript.text)
        if (text, layout) == (plan.before.revision.text_sha256, plan.before.revision.layout_sha256):
            raise SameTextError(row.name)
        made = _add_revision(session, plan, text, layout)
        row.revision_id = made.id
        follow_structure(session, document, made.id, incoming.transcript)
        _retire_silent(session, plan, speakers)
        _tell(row, plan)
        return RevisionId(made.id)


def _planned(study: Study, document: str, incoming: Incoming, revision: str | None) -> _Plan:
    """Compare, and find the sentences, ahead of the step: while one is open nobody else can write."""
    with study.read() as session:
        row = living(session, Document, document)
        if revision is not None and row.revision_id != revision:
            raise TextChangedError(row.name)
        if not incoming.transcript.text.strip():
            raise EmptyTranscriptError(incoming.name)
        before = standing(session, study.shelf, row)
        language = row.language
    ready = incoming
    if ready.units is None or ready.language != language:
        ready = replace(incoming, language=language).with_units()
    script = Script.of(ready.transcript.text, ready.transcript.turns)
    made = replacement(before.script, script)
    units = kept_units(before.script, script, made, before.boundaries.units, ready.units or ())
    return _Plan(before, ready, made, tuple(units))


def _place(document: DocumentId, plan: _Plan) -> Place:
    """Where the texts begin to differ."""
    start = plan.made.edits[0].start if plan.made.edits else 0
    return Place(document, start, start)


def _speakers(session: Session, document: str, plan: _Plan) -> Mapping[str, str]:
    """The ids of the speakers by their labels in the file; those who are new are added."""
    fresh = {label: role for label, role in roles_of(plan.incoming.transcript).items() if label not in plan.made.voices}
    rows = {label: Speaker(document_id=document, label=label, role=role) for label, role in fresh.items()}
    session.add_all(rows.values())
    return {**plan.made.voices, **{label: row.id for label, row in rows.items()}}


def _add_revision(session: Session, plan: _Plan, text: str, layout: str) -> Revision:
    body = plan.incoming.transcript.text
    revision = Revision(
        document_id=plan.before.document.id,
        number=plan.before.revision.number + 1,
        text_sha256=text,
        layout_sha256=layout,
        length=len(body),
        words=len(body.split()),
        parent_id=plan.before.revision.id,
        edits=[list(edit) for edit in plan.made.edits],
    )
    session.add(revision)
    return revision


def _retire_silent(session: Session, plan: _Plan, speakers: Mapping[str, str]) -> None:
    """Let speakers go who spoke before and say nothing any more; those who never spoke were linked by hand."""
    spoke = {turn.speaker for turn in plan.before.script.turns if turn.speaker}
    for speaker in spoke - set(speakers.values()):
        session.get_one(Speaker, speaker).alive = False


def _tell(row: Document, plan: _Plan) -> None:
    """Say where the text comes from, and that nobody has read its new words for names."""
    state = plan.incoming.deidentification
    if plan.made.edits:
        row.reviews, row.deidentification = [], state
    elif row.deidentification == NOT_CHECKED:
        row.deidentification = CHECKED if state == CHECKED else NOT_CHECKED
    if plan.incoming.provenance:
        row.provenance = dict(plan.incoming.provenance)
