"""The board: a column of cards for each theme."""

from __future__ import annotations

from qcode.ui.themes.board.view import BoardView

__all__ = ["BoardView"]
