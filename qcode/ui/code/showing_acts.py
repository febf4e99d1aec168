"""What can be done to what is shown, and the walks, with names and first keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from qcode.ui.code.acts import WITHIN, make_action
from qcode.ui.code.walks import NAMES

if TYPE_CHECKING:
    from qcode.ui.code.room import CodeRoom


def showing_actions(room: CodeRoom) -> list[QAction]:
    """The actions of filter and walks."""
    showing = room.showing
    listed: list[tuple[str, str, Callable[[], object], tuple[str, ...]]] = [
        ("filter.ask", "Show only some codings…", showing.filters.ask, ("Ctrl+Shift+K",)),
        ("filter.code", "Show only the code at hand, or all again", showing.turn_code, ()),
        ("filter.clear", "Show all codings again", showing.clear, ()),
        ("filter.rounds", "Show also the codings of other rounds", showing.show_rounds, ()),
        ("walk.choose", "Choose what to walk through…", room.transcript.foot.open_menu, ("Ctrl+Shift+W",)),
        ("walk.same-next", "Next coding of the same code", partial(showing.step_same, 1), ("F5",)),
        ("walk.same-previous", "Previous coding of the same code", partial(showing.step_same, -1), ("Shift+F5",)),
    ]
    for kind, name in NAMES.items():
        walk = "Codings of the code at hand" if kind == "code" else name
        listed.append((f"walk.{kind}", f"Walk through: {walk}", partial(showing.choose, kind), ()))
    return [make_action(room, name, deed, *keys, key=key, context=WITHIN) for key, name, deed, keys in listed]
