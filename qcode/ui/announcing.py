"""Telling a screen reader what happened, where nothing that has the focus says it by itself."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(speaker: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Let a screen reader say a sentence; an `urgent` one at once."""
    if not sentence:
        return
    manners = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(speaker, sentence)
    event.setPoliteness(manners.Assertive if urgent else manners.Polite)
    QAccessible.updateAccessibility(event)
