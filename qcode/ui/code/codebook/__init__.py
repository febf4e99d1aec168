"""The codebook beside the text: its tree, and the panels in which codes are defined, merged, split and compared."""

from __future__ import annotations

from qcode.ui.code.codebook.panel import CodebookPanel

__all__ = ["CodebookPanel"]
