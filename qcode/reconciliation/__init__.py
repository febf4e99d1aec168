"""Reconciliation on values: where coders differ, and what of their codings a verdict keeps."""

from __future__ import annotations

from qcode.reconciliation.clusters import same_words
from qcode.reconciliation.comparing import Compared, cases_of, compare
from qcode.reconciliation.matching import Became, Judged, Words, changes, is_as_judged, matched, words_of
from qcode.reconciliation.values import (
    KINDS,
    LEFT_OPEN,
    OUTCOME_WORDS,
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
    WhatChanged,
)
from qcode.reconciliation.verdicts import Disputed, fitting, intersection_of, kept_by, union_of

__all__ = [
    "KINDS",
    "LEFT_OPEN",
    "OUTCOMES",
    "OUTCOME_WORDS",
    "REASONS",
    "STANCES",
    "Became",
    "Case",
    "CaseKind",
    "Compared",
    "Disputed",
    "DocumentMarks",
    "Judged",
    "Kept",
    "Mark",
    "Outcome",
    "Reason",
    "Stance",
    "WhatChanged",
    "Words",
    "cases_of",
    "changes",
    "compare",
    "fitting",
    "intersection_of",
    "is_as_judged",
    "kept_by",
    "matched",
    "same_words",
    "union_of",
    "words_of",
]
