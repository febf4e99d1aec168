"""The map of themes, codes and their overlaps."""

from __future__ import annotations

from qcode.ui.themes.map.view import MapView

__all__ = ["MapView"]
