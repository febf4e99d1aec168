"""A window in which somebody types a memo until the program is killed: run by a test, in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode.operations.memos import Target
from qcode.study import Study
from qcode.ui.settings import Settings
from qcode.ui.window import MainWindow


def main(study: Path) -> None:
    """Open a study, type, and tell when all that was typed is a moment old."""
    app = QApplication([])
    settings = Settings(QSettings(str(study.with_suffix(".ini")), QSettings.Format.IniFormat))
    window = MainWindow(settings, lambda _path, _tell: None)
    window.show()
    window.show_study(Study.open(study))
    panel = window.view.drawer.memos
    window.view.drawer.begin_memo([Target("study")])
    QTest.keyClicks(panel.editor.title, "Knocks")
    QTest.keyClicks(panel.editor.text, "Three knocks on the wall.")
    QTimer.singleShot(1_500, app, _tell)
    app.exec()


def _tell() -> None:
    sys.stdout.write("typed\n")
    sys.stdout.flush()


main(Path(sys.argv[1]))
