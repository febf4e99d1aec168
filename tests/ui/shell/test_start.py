"""Starting fast: what is only needed later is not loaded before the window is seen."""

from __future__ import annotations

import subprocess
import sys

_START = """
import sys
from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from qcode.ui import app
from qcode.ui.settings import Settings

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            heavy = {"sqlalchemy", "numpy", "scipy", "docx", "lxml", "spacy", "krippendorff", "yaml"}
            print("painted", *sorted(heavy & sys.modules.keys()))
            watched.removeEventFilter(self)
            QTimer.singleShot(0, application.quit)
        return False

application = app.application()
first = FirstPaint()
make = app.make_window
def watched(settings):
    window = make(settings)
    window.welcome.installEventFilter(first)
    return window
app.make_window = watched
sys.exit(app.run(None, Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat))))
"""


def test_nothing_heavy_is_loaded_when_the_window_is_first_painted(tmp_path):
    command = [sys.executable, "-c", _START, str(tmp_path / "s.ini")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout.splitlines() == ["painted"], ended.stderr
    assert ended.returncode == 0
