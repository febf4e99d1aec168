"""The study's own card, and its coders."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import CoderId, new_id
from qcode.models import Coder, StudyRecord
from qcode.operations.leading import ROLES, refuse_unless_lead
from qcode.operations.lookup import NameTakenError, living, tidy_name, tidy_text
from qcode.study import Study
from qcode.text.quotation import check_ellipsis

APPROACHES: Final = ("codebook", "framework", "coding reliability", "reflexive", "grounded theory")


class UnknownRoleError(QcodeError):
    """A coder would become something that qcode does not know."""

    def __init__(self, role: str) -> None:
        super().__init__(f"“{role}” is no role of a coder. Use one of: {', '.join(ROLES)}.")


class UnknownApproachError(QcodeError):
    """The approach decides what the rooms offer, so that it cannot be anything."""

    def __init__(self, approach: str) -> None:
        super().__init__(f"“{approach[:60]}” is no approach that qcode knows. Use one of: {', '.join(APPROACHES)}.")


class LastLeadError(QcodeError):
    """Nobody would lead the study any more."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is the only one who leads the study. Let somebody else lead it first.")


def refuse_unknown_approach(approach: str | None) -> None:
    """Raise UnknownApproachError for what is no approach; None says nothing of it."""
    if approach is not None and approach.strip().casefold() not in APPROACHES:
        raise UnknownApproachError(approach)


def describe_study(
    study: Study,
    *,
    title: str | None = None,
    question: str | None = None,
    approach: str | None = None,
    attribution: str | None = None,
    weights: bool | None = None,
    ellipsis: str | None = None,
    label: str = "Describe the study",
    barrier: bool = False,
) -> None:
    """Change what the study says of itself; what is None stays. With `barrier`, undo does not go back past this.

    `ellipsis` is what prints for words that were cut from a quote, one of ELLIPSES. With `weights`, codings carry
    weights that are shown; without, those that were given are kept out of sight.
    """
    if ellipsis is not None:
        check_ellipsis(ellipsis)
    refuse_unknown_approach(approach)
    approach = approach.strip().casefold() if approach is not None else None
    question = tidy_text("question", question) if question is not None else None
    given = {"title": title, "question": question, "approach": approach, "attribution": attribution}
    with study.transact(label, barrier=barrier) as session:
        card = session.scalars(select(StudyRecord).where(StudyRecord.alive)).one()
        for name, value in given.items():
            if value is not None:
                setattr(card, name, tidy_name("study", value) if name == "title" else value.strip())
        card.weights = card.weights if weights is None else weights
        card.ellipsis = card.ellipsis if ellipsis is None else ellipsis


def add_coder(study: Study, *, name: str, initials: str = "", role: str = "coder") -> CoderId:
    """Add a colleague; names are unique, and only the lead adds somebody who leads too."""
    tidy = tidy_name("coder", name)
    if role not in ROLES:
        raise UnknownRoleError(role)
    coder = CoderId(new_id())
    with study.transact("Add coder {coder}", args={"coder": coder}) as session:
        _refuse_known_coder(session, tidy)
        if role == "lead":
            refuse_unless_lead(session, study.coder)
        slot = session.scalar(select(func.count()).select_from(Coder)) or 0
        short = initials.strip() or "".join(word[0] for word in tidy.split())[:3].upper()
        session.add(Coder(id=coder, name=tidy, initials=short, role=role, palette_slot=slot))
    return coder


def rename_coder(study: Study, coder: CoderId, *, name: str, initials: str) -> None:
    """Correct a coder's name or initials."""
    tidy = tidy_name("coder", name)
    with study.transact("Rename coder {coder}", args={"coder": coder}) as session:
        row = living(session, Coder, coder)
        if row.name != tidy:
            _refuse_known_coder(session, tidy)
        row.name, row.initials = tidy, initials.strip() or row.initials


def set_role(study: Study, coder: CoderId, *, role: str) -> None:
    """Let somebody lead the study, or no longer; the lead does, and there is always one."""
    if role not in ROLES:
        raise UnknownRoleError(role)
    label = "Let {coder} lead the study" if role == "lead" else "{coder} no longer leads the study"
    with study.transact(label, args={"coder": coder}) as session:
        refuse_unless_lead(session, study.coder)
        row = living(session, Coder, coder)
        row.role = role
        session.flush()
        if not session.scalar(select(func.count()).select_from(Coder).where(Coder.alive, Coder.role == "lead")):
            raise LastLeadError(row.name)


def _refuse_known_coder(session: Session, name: str) -> None:
    if session.scalar(select(Coder.id).where(Coder.alive, func.casefold(Coder.name) == name.casefold())):
        raise NameTakenError("coder", name)
