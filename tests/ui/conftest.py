"""A small study, its bridge and the real window, for every test of a room.

`small_study` is a `SmallStudy`: an open study in a temporary file with two coders (Ana Lima, who leads and acts, and
Bo Ek), one round in which everyone codes everything, two transcripts and four codes that both have used. `bridge` is
the `StudyBridge` on it, `window` the real window showing it, and `settings` the application's settings in a temporary
file. A test that leaves a top-level widget behind, or in which Qt warns, fails.
"""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QtMsgType
from PySide6.QtWidgets import QApplication
from sampled import copy_sample
from written_up import write_up

from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RoundId
from qcode.operations import codebook, coding, documents, team
from qcode.operations.passages import Passage
from qcode.queries.team import coders, rounds
from qcode.study import Study
from qcode.transcripts import Transcript, Turn
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.collecting import collect_what_is_due
from qcode.ui.settings import Settings
from qcode.ui.window import MainWindow

if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

INTERVIEW = (
    ("I", "What happened that night? Take your time."),
    ("P", "I called them. They came at once. 😀 I heard the boots first, and I was afraid of what would follow."),
    ("I", "And afterwards?"),
    ("P", "Two days later somebody knocked. She had been through it herself. That made all the difference."),
)
GROUP = (
    ("M", "How do you feel when you are sent back to the same door?"),
    ("Dee", "Tired, mostly. You want to help and you cannot make anybody take it."),
    ("Lou", "I take it home with me. My wife says I have changed."),
)
_HARMLESS = tuple(f"This plugin does not support {what}" for what in ("propagateSizeHints", "raise", "grabbing the"))


@dataclass(frozen=True)
class SmallStudy:
    """The study with the ids of what is in it, by name."""

    study: Study
    ana: CoderId
    bo: CoderId
    round: RoundId
    documents: dict[str, DocumentId]
    codes: dict[str, CodeId]
    texts: dict[str, str]

    def passage(self, document: str, words: str) -> Passage:
        """The place of these words in a transcript."""
        start = self.texts[document].index(words)
        return Passage(self.documents[document], start, start + len(words))

    def apply(self, document: str, words: str, *codes: str) -> list[CodingId]:
        """Let the acting coder put codes on the words."""
        return coding.apply_codes(
            self.study,
            passage=self.passage(document, words),
            codes=[self.codes[code] for code in codes],
            round_id=self.round,
        )


@pytest.fixture(autouse=True)
def collecting_here():
    """Garbage is collected between tests in the window's thread, as the program does; elsewhere it may crash Qt."""
    gc.disable()
    yield
    collect_what_is_due()
    gc.enable()


@pytest.fixture(autouse=True)
def clean_up(collecting_here, qapp, qtlog):
    """Fail a test that leaves a window open or makes Qt warn."""
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    chosen = theme.choice()
    yield
    assert work.wait_for_all(), "work went on after the test"
    assert _left_behind(before) == []
    theme.set_zoom(1.0)
    if theme.choice() != chosen:
        theme.choose(chosen)
    loud = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}
    said = [record.message for record in qtlog.records if record.type in loud]
    assert [text for text in said if not text.startswith(_HARMLESS)] == []


@pytest.fixture
def small_study(tmp_path):
    """Two coders, two transcripts, four codes, five codings of Ana's and three of Bo's."""
    small = _opened(tmp_path / "small.qcode")
    yield small
    small.study.close()


@pytest.fixture
def bridge(qapp, small_study):
    """The bridge on the small study."""
    bridge = StudyBridge(small_study.study)
    yield bridge
    bridge.close()
    bridge.deleteLater()


@pytest.fixture
def settings(tmp_path):
    """The application's settings, in a file that nobody else reads."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window_on(qtbot, settings):
    """Open the real window with the real rooms on a study; it begins in the Code room. Without a study it welcomes."""

    def show(study=None):
        theme.choose("light")
        window = MainWindow(settings, lambda _path, _tell: None)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        window.show()
        if study is not None:
            window.show_study(study)
        window.activateWindow()
        qtbot.waitActive(window)
        return window

    return show


@pytest.fixture
def window(window_on, small_study):
    """The real window, showing the small study."""
    return window_on(small_study.study)


@pytest.fixture
def window_on_sample(window_on, tmp_path):
    """The real window on a copy of the sample study, seen by its lead."""
    with Study.open(copy_sample(tmp_path / "sample.qcode")) as study:
        study.act_as(next(row.id for row in coders(study) if row.role == "lead"))
        yield window_on(study)


@pytest.fixture
def made(tmp_path):
    """The study that is written up, open."""
    made = write_up(tmp_path / "pump.qcode")
    yield made
    made.study.close()


@pytest.fixture
def show_room(qtbot):
    """Show a room of some kind on a study, by itself, and wait until it has computed; its bridge is closed later."""
    bridges = []
    theme.choose("light")

    def show(kind, study, width, height):
        bridges.append(StudyBridge(study))
        room = kind(bridges[-1])
        qtbot.addWidget(room)
        room.resize(width, height)
        room.show()
        room.activateWindow()
        qtbot.waitUntil(room.isActiveWindow)
        qtbot.waitUntil(lambda: not room.computing)
        return room

    yield show
    for bridge in bridges:
        bridge.close()
        bridge.deleteLater()


_MADE: list[tuple[bytes, SmallStudy]] = []


def _opened(path: Path) -> SmallStudy:
    """The small study in a file of its own; it is made once, since a closed study is one file that can be copied."""
    if not _MADE:
        made = _fill(Study.create(path, title="Three knocks", coder="Ana Lima"))
        made.study.close()
        _MADE.append((path.read_bytes(), made))
    file, made = _MADE[0]
    path.write_bytes(file)
    study = Study.open(path)
    study.act_as(made.ana)
    return replace(made, study=study, documents={**made.documents}, codes={**made.codes}, texts={**made.texts})


def _fill(study: Study) -> SmallStudy:
    ana, bo = study.coder, team.add_coder(study, name="Bo Ek")
    fear = codebook.Definition(
        brief="Afraid of what help may bring.", near_miss="Being afraid of dying: not coded here."
    )
    trust = codebook.add_code(study, name="Trust", kind="category")
    codes = {
        "Trust": trust,
        "Fear": codebook.add_code(study, name="Fear of consequences", parent=trust, definition=fear),
        "Peer": codebook.add_code(study, name="Trusted person", parent=trust),
        "Call": codebook.add_code(study, name="Calling for help"),
        "Wear": codebook.add_code(study, name="Wear"),
    }
    transcripts = {"INT-1": _transcript(INTERVIEW), "FG-1": _transcript(GROUP)}
    ids = {
        name: documents.import_document(study, documents.Incoming(name, transcript, kind=kind, group=group))
        for (name, transcript), kind, group in zip(
            transcripts.items(), ("interview", "focus group"), ("Residents", "Responders"), strict=True
        )
    }
    texts = {name: transcript.text for name, transcript in transcripts.items()}
    small = SmallStudy(study, ana, bo, rounds(study)[0].id, ids, codes, texts)
    small.apply("INT-1", "I heard the boots first, and I was afraid of what would follow.", "Fear")
    small.apply("INT-1", "I called them. They came at once.", "Call")
    small.apply("INT-1", "She had been through it herself.", "Peer")
    small.apply("FG-1", "Tired, mostly.", "Wear")
    small.apply("FG-1", "I take it home with me.", "Wear")
    study.act_as(bo)
    small.apply("INT-1", "I was afraid of what would follow.", "Fear")
    small.apply("INT-1", "I called them.", "Call")
    small.apply("FG-1", "I take it home with me. My wife says I have changed.", "Wear")
    study.act_as(ana)
    return small


def _transcript(talk: tuple[tuple[str, str], ...]) -> Transcript:
    turns: list[Turn] = []
    start = 0
    for number, (who, words) in enumerate(talk):
        role = "interviewer" if who in ("I", "M") else "participant"
        turns.append(Turn(number, who, role, number * 15_000, None, start, start + len(words), frozenset()))
        start += len(words) + 1
    return Transcript("\n".join(words for _who, words in talk), tuple(turns), ())


def _left_behind(before: set[int]) -> list[str]:
    for attempt in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        left = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in before]
        if left and not attempt:
            gc.collect()
    return [f"{type(widget).__name__} {widget.objectName()}".strip() for widget in left]
