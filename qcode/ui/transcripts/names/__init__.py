"""The pass over names before an import: every string is answered once, in memory, and nothing original is written."""

from __future__ import annotations

from qcode.ui.transcripts.names.arriving import Arriving, Writing, Written
from qcode.ui.transcripts.names.review import NamesReview

__all__ = ["Arriving", "NamesReview", "Writing", "Written"]
