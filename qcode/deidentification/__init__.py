"""Identifiers in talk: found, decided about, replaced in one pass, and looked for in what is left. Values alone."""

from __future__ import annotations

from qcode.deidentification.decisions import (
    NothingToDecideError,
    PseudonymIsNameError,
    PseudonymTakenError,
    SameInitialError,
    decide,
)
from qcode.deidentification.replacing import replaced
from qcode.deidentification.scanning import scan
from qcode.deidentification.screening import screen
from qcode.deidentification.traces import Trace, find_traces, neighbours
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
    "decide",
    "find_traces",
    "neighbours",
    "replaced",
    "scan",
    "screen",
]
