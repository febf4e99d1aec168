"""Making the actions of this room, and doing things when Qt is done with what it does now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

HERE = Qt.ShortcutContext.WidgetShortcut
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


def make_action(
    owner: QWidget,
    name: str,
    deed: Callable[[], object],
    *keys: str,
    context: Qt.ShortcutContext = HERE,
    checkable: bool = False,
) -> QAction:
    """Something that can be done, by its name or by its keys where `owner` has the focus."""
    made = QAction(name, owner)
    made.setShortcuts([QKeySequence(key) for key in keys])
    made.setShortcutContext(context)
    made.setCheckable(checkable)
    made.triggered.connect(lambda _checked=False: deed())
    owner.addAction(made)
    return made


def later(owner: QObject, deed: Callable[[], object]) -> None:
    """Do a deed once Qt is done with the event at hand, such as closing an editor; never if the owner is gone."""
    QTimer.singleShot(0, owner, deed)
