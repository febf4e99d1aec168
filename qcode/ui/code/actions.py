"""What can be done in the Code room, with names for menus and the palette of commands, and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from qcode.ui.code.acts import HERE, WITHIN, make_action

if TYPE_CHECKING:
    from qcode.ui.code.room import CodeRoom


def room_actions(room: CodeRoom) -> list[QAction]:
    """All actions of the room apart from those of the codebook, with their first keys."""
    view, changing = room.view, room.changing

    def here(name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(view, name, deed, *keys, context=HERE)

    def within(name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(room, name, deed, *keys, context=WITHIN)

    return [
        here("Apply a code", room.applying.ask, "Return", "Enter"),
        here("Apply the last codes again", room.applying.apply_last, "Ctrl+Return", "Ctrl+Enter"),
        here("Grow the selection: sentence, turn, question and answer", view.grow_selection, "Space", "F8"),
        here("Shrink the selection", view.shrink_selection, "Shift+Space", "Shift+F8"),
        here("Move the edges of a coding", room.move_edges, "F2"),
        here("Remove a coding", changing.remove_here, "Del", "Backspace"),
        make_action(room.here.list, "Remove the marked coding", room.remove_marked, "Del"),
        here("Edit the definition of the code at the caret", room.define_here, "Ctrl+D"),
        here("Next coding", lambda: room.walk(1), "F3"),
        here("Previous coding", lambda: room.walk(-1), "Shift+F3"),
        within("Comment on a coding", room.comment_here, "Ctrl+Shift+M"),
        within("Unsure of a coding, or sure", changing.doubt_here, "Ctrl+U"),
        within("Illustrative coding, or not", changing.illustrate_here, "Ctrl+Shift+I"),
        within("Negative case, or not", changing.negate_here, "Ctrl+Shift+N"),
        within("Show my codings, or everyone’s", room.turn_whose, "Ctrl+Shift+A"),
        within("Done with this document, or not", lambda: room.give_done(done=not room.desk.done), "Ctrl+Shift+D"),
        within("Show or fold away the documents", room.fold_documents, "Ctrl+Shift+L"),
    ]
