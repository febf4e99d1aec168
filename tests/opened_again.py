"""The lead opens what a coder handed in again."""

from __future__ import annotations

from qcode.operations import assignments
from qcode.queries.team import coders


def open_again(study, round_id, coder, documents, reason="Something was missing.") -> None:
    """Let the lead open documents of a coder again; whoever acted goes on acting."""
    acting = study.coder
    study.act_as(next(row.id for row in coders(study) if row.role == "lead"))
    assignments.reopen(study, round_id=round_id, coder=coder, documents=documents, reason=reason)
    study.act_as(acting)
