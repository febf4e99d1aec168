"""Identifiers in talk: found, decided about, replaced in one pass, and looked for in what is left. Values alone."""

from __future__ import annotations

from qcode.deidentification.capitals import capitals_warning
from qcode.deidentification.decisions import (
    NothingToDecideError,
    PseudonymIsNameError,
    PseudonymTakenError,
    SameInitialError,
    decide,
    decide_all,
    take_back,
)
from qcode.deidentification.replacing import replaced
from qcode.deidentification.reviewing import Distinct, distinct
from qcode.deidentification.scanning import scan
from qcode.deidentification.screening import screen
from qcode.deidentification.suggesting import pseudonyms, suggestions, variants
from qcode.deidentification.traces import Trace, find_traces, neighbours
from qcode.deidentification.transcripts import replaced_transcript
from qcode.deidentification.values import (
    REMOVED,
    Candidate,
    Category,
    Entity,
    Place,
    Recognised,
    Replaced,
    Replacement,
    Ruling,
)

__all__ = [
    "REMOVED",
    "Candidate",
    "Category",
    "Distinct",
    "Entity",
    "NothingToDecideError",
    "Place",
    "PseudonymIsNameError",
    "PseudonymTakenError",
    "Recognised",
    "Replaced",
    "Replacement",
    "Ruling",
    "SameInitialError",
    "Trace",
    "capitals_warning",
    "decide",
    "decide_all",
    "distinct",
    "find_traces",
    "neighbours",
    "pseudonyms",
    "replaced",
    "replaced_transcript",
    "scan",
    "screen",
    "suggestions",
    "take_back",
    "variants",
]
