"""The Themes room: codes and passages become themes with quotes."""

from __future__ import annotations

from qcode.ui.themes.room import ThemesRoom

__all__ = ["ThemesRoom"]
