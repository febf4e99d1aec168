"""What the window shows without a study: recent ones, and the three ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qcode.ui.icons import drawn
from qcode.ui.new_study import NewStudy, NewStudyForm
from qcode.ui.settings import Settings
from qcode.ui.theme import SPACE, current, label, restyle
from qcode.ui.work import Progress, Task, run

type Telling = Callable[[float, str], None]
type SampleBuilder = Callable[[Path, Telling], None]

_SAMPLE = "qcode sample study.qcode"
_WIDTH = 96 * SPACE
_LEFT = 40 * SPACE
_MARK = 5 * SPACE
_FOR = (
    "Code interview and focus-group transcripts with your team, measure how far you agree, and build themes whose "
    "quotes always match the transcript."
)


class Welcome(QFrame):
    """Talks upward: which study to open or to make. The sample study is built here, in another thread."""

    requestOpen = Signal(object)
    requestChoose = Signal()
    requestNew = Signal(object)
    built = Signal(object)

    def __init__(self, settings: Settings, build_sample: SampleBuilder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._settings = settings
        self._build_sample = build_sample
        self._task: Task | None = None
        self._mark = QLabel(self)
        self._said = label()
        self._said.setWordWrap(True)
        self._form = NewStudyForm(self)
        self._progress = _ProgressPanel(self)
        self._recent = _Recent(self)
        self._recent_panel = QWidget(self)
        self._ways = _Ways(self)
        self._left = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.update_theme()
        self.refresh()
        self.say("")

    # Properties

    @property
    def sentence(self) -> str:
        """What was refused or announced last."""
        return self._said.text()

    @property
    def form(self) -> NewStudyForm:
        """What a new study needs to know."""
        return self._form

    @property
    def recent_list(self) -> QListWidget:
        """The studies that were open before."""
        return self._recent

    @property
    def new_button(self) -> QPushButton:
        """Begins a new study."""
        return self._ways.new

    @property
    def sample_button(self) -> QPushButton:
        """Opens the sample study."""
        return self._ways.sample

    @property
    def building(self) -> bool:
        """Whether the sample study is being built."""
        return self._task is not None

    # Methods

    def say(self, sentence: str, *, refused: bool = False) -> None:
        """Show a sentence above the ways to begin; an empty one takes it away."""
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)
        self._said.setVisible(bool(sentence))
        restyle(self._said, "tone", "danger" if refused else "quiet")

    def refresh(self) -> None:
        """Show the recent studies."""
        self._recent.clear()
        for recent in self._settings.recent():
            item = QListWidgetItem(f"{recent.title}\n{_short(recent.path)}", self._recent)
            item.setData(Qt.ItemDataRole.UserRole, recent.path)
            item.setToolTip(recent.path)
        self._recent_panel.setVisible(self._recent.count() > 0)
        self._left.setCurrentWidget(self._ways)

    def begin_new(self) -> None:
        """Ask for what a new study needs."""
        self.say("")
        self._form.begin(self._settings.your_name)
        self._left.setCurrentWidget(self._form)

    def open_sample(self, path: Path | None = None) -> None:
        """Open the sample study, which is built at first; one that is there already is kept as it is."""
        place = path or _documents() / _SAMPLE
        if place.exists():
            self.requestOpen.emit(place)
            return
        self.say("")
        self._left.setCurrentWidget(self._progress)
        self._progress.show_progress(0, "Building the sample study")
        self._task = run(
            self, lambda progress: self._build(place, progress), done=self._on_built, refused=self._on_refused
        )
        self._task.progressed.connect(self._progress.show_progress)

    def update_theme(self) -> None:
        """Draw the mark in the colours of the theme."""
        mark = drawn("qcode", current().accent, 2 * _MARK)
        mark.setDevicePixelRatio(2)
        self._mark.setPixmap(mark)

    # Private slots

    def _on_sample(self) -> None:
        self.open_sample()

    def _on_recent(self, item: QListWidgetItem) -> None:
        self.requestOpen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))

    def _on_form_left(self) -> None:
        self._left.setCurrentWidget(self._ways)
        self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_ready(self, wanted: NewStudy) -> None:
        self.requestNew.emit(wanted)

    def _on_built(self, path: Path) -> None:
        self._task = None
        self._left.setCurrentWidget(self._ways)
        self.requestOpen.emit(path)
        self.built.emit(path)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self._left.setCurrentWidget(self._ways)
        self.say(sentence, refused=True)

    def _on_cancelled(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._left.setCurrentWidget(self._ways)
        self.say("The sample study was not built.")

    # Internal

    def _build(self, path: Path, progress: Progress) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.part")
        unfinished.unlink(missing_ok=True)
        try:
            self._build_sample(unfinished, progress.report)
            unfinished.rename(path)
        finally:
            unfinished.unlink(missing_ok=True)
        return path

    def _lay_out(self) -> None:
        self._left.setFixedWidth(_LEFT)
        for widget in (self._ways, self._form, self._progress):
            self._left.addWidget(widget)
        self._lay_out_recent()
        name = QHBoxLayout()
        name.setSpacing(2 * SPACE)
        name.addWidget(self._mark)
        name.addWidget(label("qcode", "title"), 1)
        purpose = label(_FOR, tone="quiet")
        purpose.setWordWrap(True)
        columns = QHBoxLayout()
        columns.setSpacing(6 * SPACE)
        columns.addWidget(self._left, 4)
        columns.addWidget(self._recent_panel, 5)
        columns.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(2 * SPACE)
        column.addLayout(name)
        column.addWidget(purpose)
        column.addSpacing(SPACE)
        column.addWidget(self._said)
        column.addLayout(columns, 1)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * SPACE, 10 * SPACE, 4 * SPACE, 4 * SPACE)
        row.addStretch(1)
        row.addWidget(middle, 1000)
        row.addStretch(1)

    def _lay_out_recent(self) -> None:
        column = QVBoxLayout(self._recent_panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(label("Recent studies", tone="quiet"))
        column.addWidget(self._recent, 1)

    def _connect(self) -> None:
        self._ways.new.clicked.connect(self.begin_new)
        self._ways.open.clicked.connect(self.requestChoose)
        self._ways.sample.clicked.connect(self._on_sample)
        self._recent.chosen.connect(self._on_recent)
        self._form.ready.connect(self._on_form_ready)
        self._form.left.connect(self._on_form_left)
        self._progress.cancelled.connect(self._on_cancelled)


class _Recent(QListWidget):
    """Studies that one click or Enter opens."""

    chosen = Signal(QListWidgetItem)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Recent studies")
        self.itemClicked.connect(self.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, whatever the desktop thinks a click should do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.chosen.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


class _Ways(QWidget):
    """The three ways to begin."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.new = QPushButton("New study…", self)
        self.new.setProperty("kind", "primary")
        self.open = QPushButton("Open a study…", self)
        self.sample = QPushButton("Open the sample study", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for button in (self.new, self.open, self.sample):
            column.addWidget(button)
        about = label(
            "The sample is a made-up study with eleven transcripts and three coders, to try things out.",
            "small",
            "quiet",
        )
        about.setWordWrap(True)
        column.addWidget(about)
        column.addStretch(1)


class _ProgressPanel(QWidget):
    """How far the building is, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = label()
        self._words.setWordWrap(True)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName("Progress")
        cancel = QPushButton("Cancel", self)
        cancel.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._words)
        column.addWidget(self._bar)
        column.addWidget(cancel, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_progress(self, fraction: float, words: str) -> None:
        """Say how much is done, and what is being done."""
        self._bar.setValue(round(100 * fraction))
        self._words.setText(words)


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _short(path: str) -> str:
    home = str(Path.home())
    return "~" + path.removeprefix(home) if path.startswith(home + "/") else path
