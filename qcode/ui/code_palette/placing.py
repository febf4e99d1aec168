"""Where a panel goes so that it does not cover what it is about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

_GAP = 8


def beside(anchor: QRect, size: QSize, room: QRect) -> QPoint:
    """The top left corner for a panel of a size: below the anchor, else above, right or left of it, inside the room.

    Where no side has space enough it goes to the bottom right of the room, over the end of a long anchor.
    """
    width, height = size.width(), size.height()
    left = min(max(anchor.left(), room.left()), room.right() + 1 - width)
    top = min(max(anchor.top(), room.top()), room.bottom() + 1 - height)
    places = (
        QPoint(left, anchor.bottom() + 1 + _GAP),
        QPoint(left, anchor.top() - _GAP - height),
        QPoint(anchor.right() + 1 + _GAP, top),
        QPoint(anchor.left() - _GAP - width, top),
    )
    for place in places:
        if room.contains(QRect(place, size)):
            return place
    corner = QPoint(room.right() + 1 - width, room.bottom() + 1 - height)
    return QPoint(max(corner.x(), room.left()), max(corner.y(), room.top()))
