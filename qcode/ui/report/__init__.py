"""The Report room: what will be printed, how it looks, and what to look at before."""

from __future__ import annotations

from qcode.ui.report.room import ReportRoom

__all__ = ["ReportRoom"]
