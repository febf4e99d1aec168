"""Intercoder agreement from values alone: units, coefficients, intervals."""

from __future__ import annotations

from qcode.agreement.flags import explain, explain_status
from qcode.agreement.marks import NobodyFinishedError
from qcode.agreement.projection import unit_values
from qcode.agreement.table import UnknownUnitError, agreement, pairs
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
    "AgreementTable",
    "CodeAgreement",
    "DocumentCodings",
    "Figures",
    "Flag",
    "FlagKind",
    "NobodyFinishedError",
    "Overall",
    "PairAgreement",
    "Status",
    "Unit",
    "UnknownUnitError",
    "agreement",
    "explain",
    "explain_status",
    "pairs",
    "unit_values",
]
