"""Searching every text of the study: hits in their context, word lists, and coding what was found."""

from __future__ import annotations

from qcode.ui.drawer.search.panel import SearchPanel

__all__ = ["SearchPanel"]
