"""How things on the map look: in the window's own theme, and in print always dark on light."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from qcode.ui import palette, theme
from qcode.ui.theme import LIGHT, SPACE, Theme

WIDEST = 25 * SPACE


@dataclass(frozen=True, slots=True)
class Dress:
    """Colours by their meaning, and those of codes."""

    shown: Theme
    colours: palette.TextColours


def window_dress() -> Dress:
    """As the window looks now."""
    return Dress(theme.current(), theme.text_colours())


PRINTED = Dress(LIGHT, palette.LIGHT)


def font_of(*, is_theme: bool) -> QFont:
    """What names are written in."""
    font = theme.font("body" if is_theme else "small")
    if is_theme:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def size_of(name: str, count: str, *, is_theme: bool) -> tuple[float, float]:
    """How wide and high the box of a name is, with the count below a theme's and beside a code's."""
    metrics, small = QFontMetricsF(font_of(is_theme=is_theme)), QFontMetricsF(theme.font("small"))
    flags = Qt.TextFlag.TextWordWrap.value
    beside = 0.0 if is_theme else small.horizontalAdvance(count) + SPACE
    words = metrics.boundingRect(QRectF(0, 0, WIDEST, 1000), flags, name)
    left = 1.5 * SPACE if is_theme else 2 * SPACE
    width = left + words.width() + beside + 1.5 * SPACE
    below = small.height() if is_theme else 0.0
    width = max(width, left + small.horizontalAdvance(count) + 1.5 * SPACE)
    return round(width + 2), round(words.height() + below + (2 * SPACE if is_theme else SPACE))
