"""The part of the View menu that says how wide the text of the Code room is set, and what is counted beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from qcode.ui.announcing import announce
from qcode.ui.text import reading_style
from qcode.ui.text.reading_style import (
    NUMBER_NAMES,
    NUMBER_TIPS,
    NUMBERS,
    WIDTH_NAMES,
    WIDTHS,
    Numbers,
    ReadingStyle,
    Width,
)

if TYPE_CHECKING:
    from qcode.ui.window import MainWindow

_PART = "Reading"


class Adding(Protocol):
    """How the menus of the window register a command and show it in a menu."""

    def __call__(
        self,
        menu: QMenu,
        key: str,
        name: str,
        deed: Callable[[], object],
        *,
        keys: str = "",
        checkable: bool = False,
        part: str | None = None,
    ) -> QAction:
        """Add one."""


class ReadingMenus:
    """Two choices, each with a command that takes the next one; what is chosen is remembered."""

    def __init__(self, window: MainWindow, menu: QMenu, add: Adding) -> None:
        self._window = window
        self._shown: dict[str, QAction] = {}
        widths, numbers = menu.addMenu("Reading &width"), menu.addMenu("&Numbers beside the text")
        numbers.setToolTipsVisible(True)
        group_of_widths, group_of_numbers = QActionGroup(window), QActionGroup(window)
        for width in WIDTHS:
            deed = partial(self._change, partial(_as_wide, width))
            action = add(widths, f"reading.{width}", f"&{WIDTH_NAMES[width]}", deed, checkable=True, part=_PART)
            group_of_widths.addAction(action)
            self._shown[width] = action
        self._add_next(add, widths, "reading.next-width", "Ne&xt reading width", "Shift+F9", ReadingStyle.next_width)
        for kind in NUMBERS:
            deed = partial(self._change, partial(_counting, kind))
            action = add(numbers, f"reading.{kind}", NUMBER_NAMES[kind], deed, checkable=True, part=_PART)
            action.setToolTip(NUMBER_TIPS[kind])
            group_of_numbers.addAction(action)
            self._shown[kind] = action
        self._add_next(add, numbers, "reading.next-numbers", "Ne&xt numbers", "F9", ReadingStyle.next_numbers)
        reading_style.choose(window.settings.reading_style)
        self._tell()

    # Internal

    def _add_next(
        self, add: Adding, menu: QMenu, key: str, name: str, keys: str, change: Callable[[ReadingStyle], ReadingStyle]
    ) -> None:
        menu.addSeparator()
        add(menu, key, name, partial(self._change_and_say, change), keys=keys, part=_PART)

    def _change(self, change: Callable[[ReadingStyle], ReadingStyle]) -> None:
        """Show another style in every text to be coded, and keep it for the next time."""
        from qcode.ui.text.view import TranscriptView

        style = change(reading_style.current())
        reading_style.choose(style)
        self._window.settings.reading_style = style
        for view in self._window.findChildren(TranscriptView):
            view.set_reading_style(style)
        self._tell()

    def _change_and_say(self, change: Callable[[ReadingStyle], ReadingStyle]) -> None:
        before = reading_style.current()
        self._change(change)
        style = reading_style.current()
        said = WIDTH_NAMES[style.width] if style.width != before.width else NUMBER_NAMES[style.numbers]
        announce(self._window, said.replace("&", ""))

    def _tell(self) -> None:
        style = reading_style.current()
        for key in (style.width, style.numbers):
            self._shown[key].setChecked(True)


def _as_wide(width: Width, style: ReadingStyle) -> ReadingStyle:
    return replace(style, width=width)


def _counting(numbers: Numbers, style: ReadingStyle) -> ReadingStyle:
    return replace(style, numbers=numbers)
