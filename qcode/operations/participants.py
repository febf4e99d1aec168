"""Participants after they were added: another pseudonym, who they are among the speakers, or out of the study."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.ids import ParticipantId, SpeakerId
from qcode.models import Document, Participant, Speaker
from qcode.operations.lookup import NameTakenError, living, tidy_name
from qcode.study import Study
from qcode.text.typed import fold


def rename_participant(study: Study, participant: ParticipantId, *, pseudonym: str) -> None:
    """Give a participant another pseudonym; pseudonyms are unique."""
    tidy = tidy_name("participant", pseudonym)
    with study.transact("Rename participant {participant}", args={"participant": participant}) as session:
        row = living(session, Participant, participant)
        same = select(Participant.id).where(Participant.alive, func.casefold(Participant.pseudonym) == tidy.casefold())
        if row.pseudonym != tidy:
            if session.scalar(same):
                raise NameTakenError("participant", tidy)
            row.pseudonym = tidy


def remove_participant(study: Study, participant: ParticipantId) -> None:
    """Take a participant out of the study; the speakers behind whom they stood are known by their labels again."""
    with study.transact("Remove participant {participant}", args={"participant": participant}) as session:
        living(session, Participant, participant).alive = False
        for speaker in session.scalars(select(Speaker).where(Speaker.participant_id == participant)):
            speaker.participant_id = None


def assign_speakers(study: Study, participants: Mapping[SpeakerId, ParticipantId | None]) -> None:
    """Say of many speakers at once which participant each is, or that nobody knows."""
    count = len(participants)
    with study.transact("Say who {count} speakers are", args={"count": count}) as session:
        for speaker, participant in participants.items():
            row = living(session, Speaker, speaker)
            if participant is not None:
                living(session, Participant, participant)
            row.participant_id = participant


def participants_from_speakers(study: Study, speakers: Sequence[SpeakerId]) -> list[ParticipantId]:
    """Make a participant of each speaker that has none, under its label, in one step; answers whom they are now.

    In a translation the speaker is whoever has that label in the original. A label that says only that somebody
    answers, as P does, or that two documents use, is followed by the name of the document. Somebody who already has
    such a label as pseudonym, as after an import of the participants, is that speaker. Interviewers are left out.
    """
    with study.transact("Make participants of {count} speakers", args={"count": len(speakers)}) as session:
        rows = [living(session, Speaker, speaker) for speaker in dict.fromkeys(speakers)]
        documents = {row.document_id: living(session, Document, row.document_id) for row in rows}
        rows.sort(key=lambda row: (documents[row.document_id].translation_of_id is not None, row.label))
        naming = _Naming(session, rows)
        for row in rows:
            if row.participant_id is None and row.role != "interviewer":
                row.participant_id = naming.participant(row, documents[row.document_id])
                session.flush()
        return [ParticipantId(row.participant_id) for row in rows if row.participant_id]


class _Naming:
    """Finds or makes the participant behind a speaker."""

    def __init__(self, session: Session, rows: Sequence[Speaker]) -> None:
        self._session = session
        known = session.execute(select(Participant.pseudonym, Participant.id).where(Participant.alive))
        self._known = {fold(name): key for name, key in known}
        self._before = frozenset(self._known)
        self._labels = Counter(fold(row.label) for row in rows)

    def participant(self, speaker: Speaker, document: Document) -> str:
        if found := self._in_original(speaker, document):
            return found
        label = fold(speaker.label)
        general = _GENERAL.fullmatch(label) is not None
        if label in self._before and not general:
            return self._known[label]
        apart = general or self._labels[label] > 1 or label in self._known
        return self._add(f"{speaker.label} ({document.name})" if apart else speaker.label, document)

    def _in_original(self, speaker: Speaker, document: Document) -> str | None:
        if document.translation_of_id is None:
            return None
        same = select(Speaker.participant_id).where(
            Speaker.alive, Speaker.document_id == document.translation_of_id, Speaker.label == speaker.label
        )
        return self._session.scalar(same)

    def _add(self, name: str, document: Document) -> str:
        tidy = tidy_name("participant", name)
        if fold(tidy) in self._known:
            return self._known[fold(tidy)]
        row = Participant(pseudonym=tidy, group_name=document.group_name, site_id=document.site_id)
        self._session.add(row)
        self._known[fold(tidy)] = row.id
        return row.id


# Labels by which many documents call whoever answers.
_GENERAL = re.compile(r"[a-z]|(?:participant|respondent|interviewee|speaker|person|p|r|s)?\s*\d*")
