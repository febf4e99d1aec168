"""Participants after they were added: another pseudonym, or out of the study."""

from __future__ import annotations

from sqlalchemy import func, select

from qcode.ids import ParticipantId
from qcode.models import Participant, Speaker
from qcode.operations.lookup import NameTakenError, living, tidy_name
from qcode.study import Study


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
