"""Starting fast: what is only needed later is not loaded before the window is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

from qcode.ui.app import has_screen

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
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
_START_WITH_STUDY = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from qcode.ui import app
from qcode.ui.settings import Settings

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and window.view is not None:
            print("painted", *sorted(set(sys.argv[3:]) & sys.modules.keys()))
            watched.removeEventFilter(self)
            QTimer.singleShot(0, application.quit)
        return False

application = app.application()
first = FirstPaint()
make = app.make_window
def watched(settings):
    global window
    window = make(settings)
    window.installEventFilter(first)
    return window
app.make_window = watched
sys.exit(app.run(Path(sys.argv[2]), Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat))))
"""
_NEEDED_LATER = (
    "numpy",
    "scipy",
    "docx",
    "lxml",
    "spacy",
    "krippendorff",
    "matplotlib",
    "networkx",
    "yaml",
    "qcode.analysis.guides",
    "qcode.operations.documents",
    "qcode.operations.guides",
    "qcode.operations.redaction",
    "qcode.queries.transcripts.alignment",
    "qcode.queries.transcripts.guides",
    "qcode.queries.transcripts.question_marks",
    "qcode.queries.codebook.rechecks",
    "qcode.queries.transcripts.redaction",
    "qcode.transcripts",
    "qcode.text.typed",
    "qcode.reports.plots",
    "qcode.ui.agree",
    "qcode.ui.code.filter_chooser",
    "qcode.ui.code.question_chooser",
    "qcode.ui.code.redaction_panel",
    "qcode.ui.code_palette",
    "qcode.ui.command_palette",
    "qcode.ui.drawer.memos",
    "qcode.ui.drawer.passages",
    "qcode.ui.key_file",
    "qcode.ui.reconcile",
    "qcode.ui.report",
    "qcode.ui.themes",
    "qcode.ui.transcripts",
    "qcode.ui.welcome",
)


def test_nothing_heavy_is_loaded_when_the_window_is_first_painted(tmp_path):
    command = [sys.executable, "-c", _START, str(tmp_path / "s.ini")]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout.splitlines() == ["painted"], ended.stderr
    assert ended.returncode == 0


def test_what_a_study_does_not_need_to_be_seen_is_not_loaded_when_its_text_is_first_painted(tmp_path, small_study):
    path, kept = small_study.study.path, tmp_path / "s.ini"
    command = [sys.executable, "-c", _START_WITH_STUDY, str(kept), str(path), *_NEEDED_LATER]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout.splitlines() == ["painted"], ended.stderr
    assert ended.returncode == 0


def test_every_module_that_is_needed_later_is_there():
    assert [name for name in _NEEDED_LATER if find_spec(name) is None] == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux does without a screen")
@pytest.mark.parametrize("named", [[], ["some.qcode"]])
def test_without_a_screen_a_sentence_is_said_and_the_process_ends_in_order(tmp_path, named):
    environment = {name: value for name, value in os.environ.items() if name not in _SCREENS}
    ended = subprocess.run(
        [sys.executable, "-m", "qcode", *named],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
        cwd=tmp_path,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith("qcode needs a screen")
    assert ended.stderr.count("\n") == 1
    assert "qcode --help" in ended.stderr


@pytest.mark.parametrize("name", _SCREENS)
def test_a_screen_is_named_in_any_of_three_ways(name):
    assert has_screen("linux", {name: ":0"})
    assert not has_screen("linux", {name: ""})


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_always_have_a_screen(platform):
    assert has_screen(platform, {})


def test_the_sources_of_modules_are_neither_read_nor_kept_on_the_way_to_the_window():
    looked_at = "import linecache, qcode.ui.window; print([name for name in linecache.cache if 'qcode' in name])"
    ended = subprocess.run([sys.executable, "-c", looked_at], capture_output=True, text=True, timeout=60, check=False)
    assert ended.stdout.strip() == "[]", ended.stderr
