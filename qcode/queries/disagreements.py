"""Where coders who handed in the same document of a round differ: cases, computed and never stored."""

from __future__ import annotations

from qcode.queries.disagreement_rows import (
    AssentRow,
    CaseRow,
    Changed,
    DecisionRow,
    Lane,
    LaneSpan,
    Order,
    Queue,
    State,
)

__all__ = ["AssentRow", "CaseRow", "Changed", "DecisionRow", "Lane", "LaneSpan", "Order", "Queue", "State"]
