"""Reconciliation on values: where coders differ, and what of their codings a verdict keeps."""

from __future__ import annotations

from qcode.reconciliation.values import (
    KINDS,
    LEFT_OPEN,
    OUTCOMES,
    REASONS,
    STANCES,
    Case,
    CaseKind,
    DocumentMarks,
    Kept,
    Mark,
    Outcome,
    Reason,
    Stance,
)
from qcode.reconciliation.verdicts import Disputed, fitting, intersection_of, kept_by, union_of

__all__ = [
    "KINDS",
    "LEFT_OPEN",
    "OUTCOMES",
    "REASONS",
    "STANCES",
    "Case",
    "CaseKind",
    "Disputed",
    "DocumentMarks",
    "Kept",
    "Mark",
    "Outcome",
    "Reason",
    "Stance",
    "fitting",
    "intersection_of",
    "kept_by",
    "union_of",
]
