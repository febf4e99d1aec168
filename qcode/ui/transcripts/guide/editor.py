"""Writing a guide: one question a line, typed, pasted or from a file, and what becomes of the version before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qcode.analysis.guides import Found, Wording, written
from qcode.errors import QcodeError
from qcode.ids import GuideId, QuestionId
from qcode.operations.guide_files import LONGEST_GUIDE, GuideTooLongError, questions_of_text, read_guide
from qcode.operations.guides import Asked, add_guide, describe_guide, revise_guide, tidy_questions
from qcode.queries.transcripts.guides import GuideRow, QuestionRow, followed_questions
from qcode.queries.transcripts.question_marks import asked_by_files
from qcode.ui import theme, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.limited import LimitedField
from qcode.ui.theme import SPACE, restyle
from qcode.ui.transcripts.parts import action, counted, line_edit

_FILES = "Guides (*.txt *.md *.docx *.odt *.rtf *.csv *.tsv *.xlsx);;All files (*)"
_HINT = "1. What happened?\n2. Who came?"
_WHAT = "One question on each line, with its number. Lines without a number are left out if others have one."

_ASKED = "transcripts.guide-asked"


class GuideEditor(QFrame):
    """Keeps nothing until it is saved; a question that is no longer asked keeps its answers."""

    finished = Signal(object)

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self._bridge = bridge
        self._guide: GuideRow | None = None
        self._same: dict[str, bool] = {}
        self._folder = ""
        self._asked: list[str] = []
        self._boxes: list[QCheckBox] = []
        self._title = theme.label("", "heading")
        self.name = line_edit("Name of the guide", "Residents")
        self.group = line_edit("Group whom the guide is for", "all of them")
        self.field = LimitedField(LONGEST_GUIDE, self)
        self.note = line_edit("Why there is a new version", "Why? (a note on this version)")
        self.told = theme.label("", tone="quiet")
        self.changes = theme.label("")
        self.boxes = QVBoxLayout()
        self.import_button = QPushButton("From a file…")
        self.files_button = QPushButton("From answers…")
        self.cancel_button = QPushButton("Leave")
        self.save_button = QPushButton("Save")
        self._lay_out()
        self._connect()

    # Properties

    @property
    def asked(self) -> list[Asked]:
        """The questions as they would be saved; refuses what cannot be."""
        found = questions_of_text(self.field.raw())
        rows = self._rows(found.questions)
        return tidy_questions(
            [
                Asked(*wording, None if row is None else QuestionId(row.id))
                for wording, row in zip(found.questions, rows, strict=True)
            ]
        )

    @property
    def checks(self) -> list[QCheckBox]:
        """One for each question of which only the number says that it is the same as before."""
        return list(self._boxes)

    # Methods

    def begin(self, guide: GuideRow | None) -> None:
        """Write a new guide, or a new version of one."""
        self._guide, self._same = guide, {}
        self._title.setText("A new guide" if guide is None else f"Version {guide.version + 1} of “{guide.name}”")
        self.name.setText("" if guide is None else guide.name)
        self.group.setText("" if guide is None else guide.group)
        self._asked = asked_by_files(self._bridge.study)
        self.files_button.setVisible(bool(self._asked))
        self.note.clear()
        self.note.setVisible(guide is not None)
        self.field.setPlainText("" if guide is None else written(one.wording for one in guide.questions))
        self._follow()
        (self.name if guide is None else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_file(self) -> None:
        """Ask for a file with questions."""
        name, _kind = QFileDialog.getOpenFileName(self, "Questions from a file", self._folder, _FILES)
        if name:
            self._folder = str(Path(name).parent)
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Put the questions of a file into the field, to be looked at; nothing is saved."""
        self.told.setText(f"Reading {path.name}…")
        work.run(
            self,
            lambda _progress: (path, read_guide(path)),
            done=lambda found: self._on_read(*found),
            refused=self._on_refused,
        )

    def take_asked(self) -> None:
        """Add the questions that imported tables and depositions say are answered, numbered on."""
        known = [one.text for one in questions_of_text(self.field.raw()).questions]
        new = [words for words in self._asked if words not in known]
        if new:
            lines = [Wording(str(number), words) for number, words in enumerate(new, start=len(known) + 1)]
            self.field.moveCursor(QTextCursor.MoveOperation.End)
            self.field.insertPlainText(("\n" if known else "") + written(lines))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save the guide, or its new version; at one stroke with its name and group."""
        made = self._bridge.attempt(self._saved)
        if made is not None:
            self.finished.emit(made)

    def leave(self) -> None:
        """Save nothing."""
        self.finished.emit(None)

    # Private slots

    def _on_read(self, path: Path, found: Found) -> None:
        self.field.selectAll()
        self.field.insertPlainText(written(found.questions))
        if self._guide is None and not self.name.text().strip():
            self.name.setText(path.stem)
        if found.left_out:
            left = counted(found.left_out, "line")
            self._bridge.informed.emit(f"{counted(len(found.questions), 'question')} read; {left} left out.")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, sentence: str) -> None:
        self._bridge.refused.emit(sentence)
        self._follow()

    def _on_checked(self, number: str, same: bool) -> None:
        self._same[number] = same
        self._follow()

    # Internal

    def _saved(self) -> GuideId:
        study, asked = self._bridge.study, self.asked
        name, group = self.name.text(), self.group.text()
        if self._guide is None:
            return add_guide(study, name=name, group=group, questions=[Wording(one.number, one.text) for one in asked])
        with study.grouped():
            describe_guide(study, self._guide.id, name=name, group=group)
            revise_guide(study, self._guide.id, questions=asked, note=self.note.text())
        return self._guide.id

    def _rows(self, wordings: Sequence[Wording]) -> list[QuestionRow | None]:
        """Which question each line is, as the words say or as a person said."""
        if self._guide is None:
            return [None] * len(wordings)
        followed = followed_questions(self._guide, wordings)
        return [
            self._decided(wording, row) if doubtful else row
            for wording, (row, doubtful) in zip(wordings, followed, strict=True)
        ]

    def _decided(self, wording: Wording, row: QuestionRow | None) -> QuestionRow | None:
        before = row or self._numbered(wording.number)
        return before if self._same.get(wording.number, row is not None) else None

    def _numbered(self, number: str) -> QuestionRow | None:
        questions = self._guide.questions if self._guide else ()
        return next((one for one in questions if one.number == number), None)

    def _follow(self) -> None:
        """Say what saving would do."""
        try:
            found = questions_of_text(self.field.raw())
            asked = self.asked if self.field.raw().strip() else []
        except QcodeError as error:
            self._tell(str(error), "danger")
            self.changes.clear()
            return
        left = f" · {counted(found.left_out, 'line')} left out" if found.left_out else ""
        self._tell(f"{counted(len(asked), 'question')}{left}" if asked else _WHAT, "quiet")
        self._offer(found.questions)
        self.changes.setText("\n\n".join(self._differences(asked)))

    def _tell(self, words: str, tone: str) -> None:
        self.told.setText(words)
        restyle(self.told, "tone", tone)
        self.save_button.setEnabled(tone != "danger" and words != _WHAT)

    def _offer(self, wordings: Sequence[Wording]) -> None:
        """A box for each line of which only its number says whether it is the question from before."""
        lines = wordings if self._guide else ()
        followed = followed_questions(self._guide, lines) if self._guide else []
        doubtful = [
            (wording, row)
            for wording, (row, unsure) in zip(lines, followed, strict=True)
            if unsure and (row or self._numbered(wording.number))
        ]
        wanted = [wording.number for wording, _row in doubtful]
        if wanted == [box.objectName() for box in self.checks]:
            return
        for gone in self._boxes:
            gone.hide()
            gone.deleteLater()
        self._boxes.clear()
        for wording, row in doubtful:
            box = QCheckBox(f"{wording.number} is the same question in other words")
            box.setObjectName(wording.number)
            box.setChecked(self._same.get(wording.number, row is not None))
            box.toggled.connect(lambda same, number=wording.number: self._on_checked(number, same))
            self.boxes.addWidget(box)
            self._boxes.append(box)

    def _differences(self, asked: Sequence[Asked]) -> list[str]:
        if self._guide is None:
            return []
        known = {one.id: one for one in self._guide.questions}
        former = {one.id for one in self._guide.former}
        said = [line for one in asked if (line := _difference(one, known, former))]
        kept = {one.question for one in asked}
        return said + [_dropped(row) for row in self._guide.questions if row.id not in kept]

    def _connect(self) -> None:
        self.field.textChanged.connect(self._follow)
        self.field.tooLong.connect(lambda: self._bridge.refused.emit(str(GuideTooLongError(LONGEST_GUIDE + 1))))
        self.import_button.clicked.connect(self.choose_file)
        self.files_button.clicked.connect(self.take_asked)
        self.cancel_button.clicked.connect(self.leave)
        self.save_button.clicked.connect(self.save)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.editor_actions: list[QAction] = [
            action("Save the guide", self.save, self, "Ctrl+Return", within, key="transcripts.guide-save"),
            action("Leave the guide as it was", self.leave, self, "Esc", within, key="transcripts.guide-leave"),
            action(
                "Take questions from a file…", self.choose_file, self, context=within, key="transcripts.guide-import"
            ),
            action("Take the questions of imported answers", self.take_asked, self, context=within, key=_ASKED),
        ]

    def _lay_out(self) -> None:
        self.field.setAccessibleName("Questions, one on each line")
        self.field.setPlaceholderText(_HINT)
        self.field.setTabChangesFocus(True)
        self.told.setWordWrap(True)
        self.changes.setWordWrap(True)
        self.changes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.changes.setAccessibleName("What the new version changes")
        left, top, foot = QWidget(), QHBoxLayout(), QHBoxLayout()
        for words, line in (("Name", self.name), ("For the group", self.group)):
            top.addWidget(theme.label(words, tone="quiet"))
            top.addWidget(line, 1)
        self.files_button.setToolTip("Take over the questions that imported answers are answers to")
        self.files_button.setAccessibleName("Take over the questions of imported answers")
        top.addWidget(self.import_button)
        top.addWidget(self.files_button)
        foot.addWidget(self.note, 1)
        foot.addStretch(0)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(left)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addLayout(top)
        column.addWidget(self.field, 1)
        column.addWidget(self.told)
        column.addLayout(foot)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self._right())
        split.setSizes([760, 420])
        split.setStretchFactor(0, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(split)

    def _right(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(theme.label("What changes", "heading"))
        column.addLayout(self.boxes)
        column.addWidget(self.changes, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        return scroll


def _difference(one: Asked, known: dict[QuestionId, QuestionRow], former: set[QuestionId]) -> str:
    if one.question is None:
        return f"{one.number} is new."
    if one.question in former:
        return f"{one.number} is asked again."
    before = known[one.question]
    number = f"was {before.number}" if before.number != one.number else ""
    words = f"was worded “{before.text}”" if before.text != one.text else ""
    said = " and ".join(part for part in (number, words) if part)
    return f"{one.number} {said}" if said else ""


def _dropped(row: QuestionRow) -> str:
    kept = f" – what was answered to it in {counted(row.turns, 'turn')} can still be read" if row.turns else ""
    return f"{row.number} is no longer asked: “{row.text}”{kept}"
