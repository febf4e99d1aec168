"""The menu of what can be done here, at the pointer, or at the cursor where the keyboard asked for it."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractScrollArea, QMenu


def menu_of(view: QAbstractScrollArea) -> QMenu:
    """A menu of the view's actions, to which more can be added."""
    menu = QMenu(view)
    menu.addActions(view.actions())
    return menu


def show_menu(view: QAbstractScrollArea, event: QContextMenuEvent, cursor: QPoint, menu: QMenu | None = None) -> None:
    """Offer the view's actions, or a menu made of them; `cursor` is where the cursor lies in the view."""
    shown = menu_of(view) if menu is None else menu
    keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
    shown.exec(view.viewport().mapToGlobal(cursor) if keyboard else event.globalPos())
    shown.deleteLater()
