"""The tab Analysis: tables and plots of what was coded, from every number to its passages."""

from __future__ import annotations

from qcode.ui.themes.analysis.tab import AnalysisTab

__all__ = ["AnalysisTab"]
