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

__all__ = [
    "KINDS",
    "LEFT_OPEN",
    "OUTCOMES",
    "REASONS",
    "STANCES",
    "Case",
    "CaseKind",
    "DocumentMarks",
    "Kept",
    "Mark",
    "Outcome",
    "Reason",
    "Stance",
]
