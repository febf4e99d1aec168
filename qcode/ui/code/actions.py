"""What can be done in the Code room, with names for menus and the palette of commands, and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from qcode.ui.code.acts import HERE, WITHIN, make_action
from qcode.ui.code.showing_acts import showing_actions
from qcode.ui.keys import KeyedAction
from qcode.ui.text.keys import TEXT_KEYS, Act

if TYPE_CHECKING:
    from qcode.ui.code.room import CodeRoom


def room_actions(room: CodeRoom) -> list[QAction]:
    """All actions of the room apart from those of the codebook, with their first keys."""
    view, changing = room.view, room.changing

    def text(act: Act, deed: Callable[[], object], *, by_widget: bool = False) -> QAction:
        known = TEXT_KEYS[act]
        return make_action(view, known.name, deed, *known.first, key=known.id, by_widget=by_widget)

    def here(key: str, name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(view, name, deed, *keys, key=key, context=HERE)

    def within(key: str, name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(room, name, deed, *keys, key=key, context=WITHIN)

    def done() -> None:
        room.give_done(done=not room.desk.done)

    def by_unit(step: int, *, extend: bool = False) -> Callable[[], object]:
        return lambda: view.move_by_unit(step, extend=extend)

    made = [
        text(Act.PALETTE, room.applying.ask),
        text(Act.LAST_CODES, room.applying.apply_last),
        text(Act.GROW, view.grow_selection),
        text(Act.SHRINK, view.shrink_selection),
        text(Act.NEXT_UNIT, by_unit(1), by_widget=True),
        text(Act.PREVIOUS_UNIT, by_unit(-1), by_widget=True),
        text(Act.EXTEND_NEXT, by_unit(1, extend=True), by_widget=True),
        text(Act.EXTEND_PREVIOUS, by_unit(-1, extend=True), by_widget=True),
        text(Act.LEAVE, view.leave_units, by_widget=True),
        text(Act.COPY, view.copy, by_widget=True),
        here("coding.edges", "Move the edges of a coding", room.move_edges, "F2"),
        text(Act.REMOVE, changing.remove_here),
        make_action(room.here.list, "Remove the marked coding", room.remove_marked, "Del", key="coding.remove-marked"),
        here("coding.define", "Edit the definition of the code at the caret", room.define_here, "Ctrl+D"),
        text(Act.NEXT, lambda: room.walk(1)),
        text(Act.PREVIOUS, lambda: room.walk(-1)),
        within("coding.comment", "Comment on a coding", room.comment_here, "Ctrl+Shift+M"),
        within("coding.weight", "Weigh a coding", room.weigh_here),
        within("coding.unsure", "Unsure of a coding, or sure", changing.doubt_here, "Ctrl+U"),
        within("coding.illustrative", "Illustrative coding, or not", changing.illustrate_here, "Ctrl+Shift+I"),
        within("coding.negative", "Negative case, or not", changing.negate_here, "Ctrl+Shift+N"),
        within("code.whose", "Show my codings, or everyone’s", room.turn_whose, "Ctrl+Shift+A"),
        within("code.done", "Done with this document, or not", done, "Ctrl+Shift+D"),
        within("code.documents", "Show or fold away the documents", room.fold_documents, "Ctrl+Shift+L"),
        *showing_actions(room),
        *room.edges.keys.key_actions,
    ]
    _tell_keys(room, made)
    return made


def _tell_keys(room: CodeRoom, actions: Iterable[QAction]) -> None:
    """Let the tips of buttons name the keys of what they do."""
    transcript, here = room.transcript, room.here
    told = {
        "code.documents": ((transcript.fold, "Show or fold away the documents"),),
        "code.done": ((transcript.done, "Done with this document"),),
        "code.whose": tuple((button, button.accessibleName()) for button in (transcript.mine, transcript.everyone)),
        "coding.unsure": ((here.unsure, "Unsure"),),
        "coding.illustrative": ((here.illustrative, "Illustrative"),),
        "coding.negative": ((here.negative, "Negative case"),),
        "filter.ask": ((transcript.foot.filter, "Show only some codings"),),
        "walk.choose": ((transcript.foot.walk, "Choose what to walk through"),),
    }
    for action in actions:
        if isinstance(action, KeyedAction):
            for button, words in told.get(action.key, ()):
                action.tell_keys(button, words)
