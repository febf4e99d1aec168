"""The keys of the program: one register of everything one can do, and the panel in which its keys are changed.

Whoever makes something that can be done makes it with `make_action` (in a room or a panel) or `Commands.add` (in the
whole window), and gives it a lasting id: `make_action(owner, "Split a coding", deed, "Ctrl+K", key="coding.split")`.
The id's first word says to which part it belongs (`parts.py`); an id never changes, because a person's keys are kept
under it. The first keys are only what holds until somebody chooses others. What a widget must handle itself, in its
`keyPressEvent`, is registered the same way with `by_widget=True` and asks `keymap` what a key means today.

Everything registered is found below its window, so nothing has to be told that it exists: it is in the palette, in
the panel of keys and in F1, and it is told when its keys change.
"""

from __future__ import annotations

from qcode.ui.keys.keyed import KeyedAction, keyed_actions, make_action

__all__ = ["KeyedAction", "keyed_actions", "make_action"]
