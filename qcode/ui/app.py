"""The application: it shows the window first, and loads what a study needs afterwards."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from qcode.ui import theme
from qcode.ui.collecting import Collector
from qcode.ui.first_paint import FirstPaint
from qcode.ui.icons import icon
from qcode.ui.settings import Settings
from qcode.ui.window import MainWindow
from qcode.ui.work import Progress
from qcode.ui.work import run as run_work

if TYPE_CHECKING:
    from qcode.ui.welcome import Telling

_NO_SCREEN = (
    "qcode needs a screen, and none is set up here: neither DISPLAY nor WAYLAND_DISPLAY names one. "
    "The command line works without: qcode --help"
)
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_AT_REST_MS = 50
_NEEDED_BY_STUDIES = ("qcode.study", "qcode.queries.codings", "qcode.queries.history", "qcode.operations.team")


def run(path: Path | None, settings: Settings | None = None) -> int:
    """Show the window, with the study at a path if one is given; answers with the exit code when it is closed.

    Without a screen Qt would end the process with a core dump; it is said in a sentence instead. Garbage that is not
    collected until now is collected as soon as all is shown.
    """
    if not has_screen(sys.platform, os.environ):
        sys.stderr.write(f"{_NO_SCREEN}\n")
        return 1
    app = application()
    window = make_window(settings or Settings())
    if path is not None:
        window.tell_opening(path)
    first = FirstPaint(window)
    first.seen.connect(lambda: _open(window, path))
    window.show()
    return app.exec()


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown; only Linux does without a screen, and names it in the environment."""
    return platform != "linux" or any(environment.get(name) for name in _SCREENS)


def application() -> QApplication:
    """The one application of this process."""
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(sys.argv[:1])
    app.setApplicationName("qcode")
    app.setApplicationDisplayName("qcode")
    app.setDesktopFileName("qcode")
    return app


def make_window(settings: Settings) -> MainWindow:
    """The window in the theme and size of type that were chosen last."""
    theme.choose(settings.theme)
    if settings.zoom != 1.0:
        theme.set_zoom(settings.zoom)
    window = MainWindow(settings, build_sample)
    window.setWindowIcon(icon("qcode", theme.current().accent))
    return window


def build_sample(path: Path, tell: Telling) -> None:
    """Build the sample study; loads what that needs."""
    from qcode.operations import sample

    sample.build_sample(path, tell=tell)


def _open(window: MainWindow, path: Path | None) -> None:
    run_work(
        window,
        _load,
        done=lambda _nothing: _show(window, path),
        refused=window.messages.refuse,
    )


def _show(window: MainWindow, path: Path | None) -> None:
    if path is not None:
        window.open_study(path)
    QTimer.singleShot(_AT_REST_MS, window, _collect_from_now)


def _load(_progress: Progress) -> None:
    for name in _NEEDED_BY_STUDIES:
        import_module(name)


def _collect_from_now() -> None:
    """What was loaded stays for good: unfrozen, the collector would go over it again and again."""
    gc.freeze()
    Collector(application())
