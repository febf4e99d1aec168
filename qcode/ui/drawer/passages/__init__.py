"""The passages behind a code, a cell or a number: read in context, sorted, filtered and worked on."""

from __future__ import annotations

from qcode.ui.drawer.passages.panel import PassagesPanel

__all__ = ["PassagesPanel"]
