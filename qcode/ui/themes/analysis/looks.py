"""The colours of plots in the window: those of the theme that is shown, and of the codes in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qcode.reports.plot_values import Look
from qcode.ui import theme


def look_of(widget: QWidget) -> Look:
    """The look of a plot that stands in a widget: its theme, its size of type, and the dots of its screen."""
    shown = theme.current()
    high = shown.text if shown.contrast == "high" else shown.accent
    return Look(
        background=shown.background,
        text=shown.text,
        quiet=shown.quiet,
        grid=shown.border,
        accent=high,
        low=shown.surface,
        high=high,
        series=tuple(code.stripe for code in theme.text_colours().codes),
        size=theme.font("small").pointSizeF(),
        dpi=widget.logicalDpiX() * widget.devicePixelRatioF(),
    )
