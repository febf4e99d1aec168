"""What can be done on the board by name and by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from qcode.ui.keys.keyed import make_action

if TYPE_CHECKING:
    from qcode.ui.themes.board.view import BoardView


def board_actions(board: BoardView) -> list[QAction]:
    """Everything that can be done with the card that has the cursor."""

    def made(key: str, name: str, keys: str, deed: Callable[[], object]) -> QAction:
        return make_action(board, name, deed, keys, keys.replace("Return", "Enter"), key=f"themes.board-{key}")

    return [
        made("add", "Add a theme on the board", "N", lambda: board.begin_theme(below=False)),
        made("add-below", "Add a sub-theme on the board", "Shift+N", lambda: board.begin_theme(below=True)),
        made("rename", "Rename the theme of the card", "F2", board.write_name),
        made("concept", "Write the central concept", "C", board.write_concept),
        made("up", "Move the card up", "Alt+Up", lambda: board.move_card("up")),
        made("down", "Move the card down", "Alt+Down", lambda: board.move_card("down")),
        made("left", "Move the card to the column before", "Alt+Left", lambda: board.move_card("left")),
        made("right", "Move the card to the next column", "Alt+Right", lambda: board.move_card("right")),
        made("turn", "Let the quote of the card dissent, or support", "D", board.turn),
        made("in-vivo", "Name the theme in the words of the card", "V", board.title),
        made("place", "Show the card in its transcript", "Ctrl+Return", board.open_place),
        made("passages", "Show the passages of the card", "P", board.show_passages),
        made("memos", "Show the memos on the theme or code of the card", "M", board.show_memos),
        made("delete", "Take the card away", "Delete", board.remove),
    ]
