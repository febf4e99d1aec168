"""Memos: a list of them, and beside it the one that is read or written."""

from __future__ import annotations

from qcode.ui.drawer.memos.panel import MemosPanel

__all__ = ["MemosPanel"]
