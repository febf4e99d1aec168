"""Making the actions of this room, and doing things when Qt is done with what it does now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from qcode.ui.keys.keyed import HERE, WITHIN, make_action

__all__ = ["HERE", "WITHIN", "later", "make_action"]


def later(owner: QObject, deed: Callable[[], object]) -> None:
    """Do a deed once Qt is done with the event at hand, such as closing an editor; never if the owner is gone."""
    QTimer.singleShot(0, owner, deed)
