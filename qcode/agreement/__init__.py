"""Intercoder agreement from values alone: units, coefficients, intervals."""

from __future__ import annotations

from qcode.agreement.bootstrap import Replicates
from qcode.agreement.flags import explain, explain_status
from qcode.agreement.marks import NobodyFinishedError
from qcode.agreement.projection import marked_units, unit_values
from qcode.agreement.table import UNITS, Measurement, UnknownUnitError, agreement, measure, pairs
from qcode.agreement.values import (
    AgreementTable,
    CodeAgreement,
    DocumentCodings,
    Figures,
    Flag,
    FlagKind,
    Overall,
    PairAgreement,
    Status,
    Unit,
)

__all__ = [
    "UNITS",
    "AgreementTable",
    "CodeAgreement",
    "DocumentCodings",
    "Figures",
    "Flag",
    "FlagKind",
    "Measurement",
    "NobodyFinishedError",
    "Overall",
    "PairAgreement",
    "Replicates",
    "Status",
    "Unit",
    "UnknownUnitError",
    "agreement",
    "explain",
    "explain_status",
    "marked_units",
    "measure",
    "pairs",
    "unit_values",
]
