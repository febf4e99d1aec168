"""The quote desk: where passages become the quotes of a paper."""

from __future__ import annotations

from qcode.ui.themes.desk.desk import QuoteDesk

__all__ = ["QuoteDesk"]
