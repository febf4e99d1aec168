"""The framework matrix: what each participant or document says to each theme."""

from __future__ import annotations

from qcode.ui.themes.framework.view import FrameworkView

__all__ = ["FrameworkView"]
