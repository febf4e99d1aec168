"""See whether Qt can start here: its system libraries, a font, and on a desktop the plugin that draws on the screen.

Run with QT_QPA_PLATFORM=offscreen; says nothing and exits with 0, or prints one line and exits with 1.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path


def main() -> int:
    """Print what keeps Qt from starting, if anything does."""
    problem = library_problem() or font_problem() or screen_problem()
    if problem:
        print(problem)
    return 1 if problem else 0


def library_problem() -> str | None:
    """The library that the import of Qt's widgets cannot find."""
    try:
        import PySide6.QtWidgets  # noqa: F401  (loads every library that the window needs)
    except ImportError as error:
        return str(error)
    return None


def font_problem() -> str | None:
    """The lack of any font, with which every letter would be an empty box; Qt then still names three families."""
    if sys.platform != "linux":
        return None
    from PySide6.QtGui import QFont, QGuiApplication, QRawFont

    application = QGuiApplication([])
    letters = QRawFont.fromFont(QFont()).fontTable("cmap")
    application.shutdown()
    return "no font is installed" if letters.isEmpty() else None


def screen_problem(environment: dict[str, str] | None = None) -> str | None:
    """The library that the plugins for this desktop's screen cannot find; one plugin that loads is enough."""
    problems = [_load_problem(plugin) for plugin in _screen_plugins(os.environ if environment is None else environment)]
    return None if None in problems else next(iter(problems), None)


def _screen_plugins(environment: os._Environ[str] | dict[str, str]) -> list[str]:
    if sys.platform != "linux":
        return []
    wanted = {"WAYLAND_DISPLAY": "qwayland", "DISPLAY": "qxcb"}
    return [plugin for variable, plugin in wanted.items() if environment.get(variable)]


def _load_problem(plugin: str) -> str | None:
    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    try:
        ctypes.CDLL(str(folder / f"lib{plugin}.so"))
    except OSError as error:
        return str(error)
    return None


if __name__ == "__main__":
    sys.exit(main())
