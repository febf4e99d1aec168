"""The hits of the search panel, which is built when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable

from qcode.ui.hits import Hits


class HitsOf:
    """Hits as they are: none as long as nobody searched."""

    def __init__(self, panel: Callable[[], Hits | None]) -> None:
        self._panel = panel

    @property
    def asked(self) -> str:
        """What was looked for."""
        panel = self._panel()
        return panel.asked if panel is not None else ""

    @property
    def position(self) -> tuple[int | None, int]:
        """At which hit one is, from 0, if one went to any; and how many there are."""
        panel = self._panel()
        return panel.position if panel is not None else (None, 0)

    def step(self, by: int) -> None:
        """Show the next hit (1) or the one before (-1)."""
        panel = self._panel()
        if panel is not None:
            panel.step(by)
