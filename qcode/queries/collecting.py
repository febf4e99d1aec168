"""What came from other copies of the study, and what one more would bring."""

from __future__ import annotations

from qcode.models import receipts as receipts_table
from qcode.models.receipts import Receipt
from qcode.study import Study

__all__ = ["Receipt", "receipts"]


def receipts(study: Study) -> list[Receipt]:
    """What was merged into this copy of the study, the latest first."""
    with study.read() as session:
        return receipts_table.receipts(session)
