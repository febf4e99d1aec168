"""When something was done, as people here write it."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QDateTime, QLocale


@lru_cache(maxsize=4_096)
def local_time(at: str | None) -> str:
    """An ISO date and time in UTC as the system writes it, in the time of this place; empty for none."""
    if not at:
        return ""
    return QLocale().toString(QDateTime(datetime.fromisoformat(at).astimezone()), QLocale.FormatType.ShortFormat)
