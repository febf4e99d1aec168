"""The panel in which a key file is opened, made, given another passphrase, or destroyed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qcode.deidentification.key_file import SHORTEST_PASSPHRASE, bits, refuse_bad_place
from qcode.errors import QcodeError
from qcode.ui.announcing import announce
from qcode.ui.bridge import StudyBridge
from qcode.ui.key_file.keeping import KeyKeeping, NoKeyOpenError
from qcode.ui.known_names import FOR_NAMES
from qcode.ui.overlay import Overlay
from qcode.ui.theme import SPACE, label, restyle

type Deed = Literal["open", "create", "passphrase", "destroy"]

_FILTER = "Key files (*.key);;All files (*)"
_TITLES: dict[Deed, str] = {
    "open": "Open a key file",
    "create": "New key file",
    "passphrase": "Change the passphrase of the key",
    "destroy": "Destroy the key",
}
_BUTTONS: dict[Deed, str] = {
    "open": "Open",
    "create": "Make the key file",
    "passphrase": "Change the passphrase",
    "destroy": "Destroy the key",
}
_ABOUT: dict[Deed, str] = {
    "open": "What the key holds is known in this window until it is closed: it is looked for in what arrives, and told "
    "where it is typed. Answers are written back to it. Its path is remembered nowhere.",
    "create": "The key file alone says who stands behind a pseudonym. Keep it away from the study. A lost passphrase "
    "is a lost key, which nobody can bring back; the study works without it.",
    "passphrase": "Copies that were made before still open with the old passphrase.",
    "destroy": "The file is overwritten and deleted, and its names are forgotten here. Copies, backups and what a disk "
    "keeps of old blocks are beyond reach. This alone does not make the data free of persons. It cannot be undone. "
    "Type the name of the file to go on.",
}
_FIELDS: dict[Deed, tuple[str, ...]] = {
    "open": ("path", "passphrase"),
    "create": ("path", "new", "again", "until"),
    "passphrase": ("passphrase", "new", "again"),
    "destroy": ("name",),
}
_WORDS = {
    "path": "File",
    "passphrase": "Passphrase",
    "new": "New passphrase",
    "again": "The same again",
    "until": "Destroy by",
    "name": "Name of the file",
}
_BUSY = "One moment: making a lock out of a passphrase takes a while, on purpose."


class PassphrasesDifferError(QcodeError):
    """The passphrase was not typed twice alike."""

    def __init__(self) -> None:
        super().__init__("The two passphrases differ. Type the same one twice.")


class NoDateError(QcodeError):
    """The day until which a key may be kept cannot be read."""

    def __init__(self) -> None:
        super().__init__("The date is to be written as year-month-day, such as 2027-12-31. Leave it empty for none.")


class NoFileNamedError(QcodeError):
    """No file was chosen."""

    def __init__(self) -> None:
        super().__init__("Choose the file of the key, or type where it is.")


class OtherNameError(QcodeError):
    """What was typed is not the name of the file that would be destroyed."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Type “{name}”, the name of the file that would be destroyed. Nothing was done.")


class KeyFilePanel(Overlay):
    """One form for all four; it stays open with its sentence while something is refused."""

    size_wanted = (72 * SPACE, 46 * SPACE)

    def __init__(self, bridge: StudyBridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge = bridge
        self.keeping = KeyKeeping(bridge)
        self._deed: Deed = "open"
        self._title, self._about = label("", "heading"), label("", "small")
        self.says = label("", "small", "danger")
        self.lines = {name: QLineEdit(self) for name in _WORDS}
        self._labels = {name: label(words) for name, words in _WORDS.items()}
        self.choose_button, self.do_button = QPushButton("Choose…"), QPushButton()
        self.cancel_button = QPushButton("Cancel")
        self.strength = label("", "small", "quiet")
        self.show_box = QCheckBox("Show what is typed")
        self.all_the_same = QCheckBox("Keep it there all the same")
        self._lay_out()
        self._connect()

    # Methods

    def begin(self, deed: Deed) -> None:
        """Ask for what is needed to open, create, change or destroy."""
        if deed in ("passphrase", "destroy") and self.keeping.path is None:
            self._bridge.refused.emit(str(NoKeyOpenError()))
            return
        self._deed = deed
        self._title.setText(_TITLES[deed])
        self._about.setText(_ABOUT[deed])
        self.do_button.setText(_BUTTONS[deed])
        self.setAccessibleName(_TITLES[deed])
        for name, line in self.lines.items():
            line.clear()
            for part in (line, self._labels[name]):
                part.setVisible(name in _FIELDS[deed])
        self.choose_button.setVisible("path" in _FIELDS[deed])
        self.show_box.setVisible(deed != "destroy")
        self.show_box.setChecked(False)
        self._offer_all_the_same(offered=False)
        self.strength.setVisible("new" in _FIELDS[deed])
        self._say("")
        self._set_busy(busy=False)
        self.open_over(self.lines[_FIELDS[deed][0]])

    def close_key(self) -> None:
        """Write what is due, close the file that is open, and forget its names."""
        if self.keeping.close():
            self._bridge.informed.emit("The key is closed, and its names are forgotten in this window.")

    def go(self) -> None:
        """Do what the panel is open for."""
        if not self.do_button.isEnabled():
            return
        try:
            self._do()
        except QcodeError as error:
            self._on_refused(str(error))

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go()
            event.accept()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_choose(self) -> None:
        ask = QFileDialog.getSaveFileName if self._deed == "create" else QFileDialog.getOpenFileName
        name, _kind = ask(self.window(), _TITLES[self._deed], "", _FILTER)
        if name:
            path = Path(name)
            named = path.with_suffix(".key") if self._deed == "create" and not path.suffix else path
            self.lines["path"].setText(str(named))
        self.open_over(self.lines["passphrase" if self._deed == "open" else "new"])

    def _on_passphrase(self, typed: str) -> None:
        self.strength.setText(_strength(typed))

    def _on_show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for name in ("passphrase", "new", "again"):
            self.lines[name].setEchoMode(mode)

    def _on_done(self, sentence: str) -> None:
        self._clear()
        self._set_busy(busy=False)
        self.close_panel()
        self._bridge.informed.emit(sentence)

    def _on_refused(self, sentence: str) -> None:
        self._set_busy(busy=False)
        self._say(sentence)
        if self.isHidden():
            self._bridge.refused.emit(sentence)
        else:
            fields = [name for name in _FIELDS[self._deed] if name != "until"]
            first = self.lines["path" if self.all_the_same.isVisible() else fields[-1]]
            first.setFocus()
            first.selectAll()

    # Internal

    def _do(self) -> None:
        keeping = self.keeping
        if self._deed == "open":
            path = self._path()
            passphrase = self.lines["passphrase"].text()
            self._wait_for(
                lambda done: keeping.open(path, passphrase, done=done, refused=self._on_refused), self._told_open
            )
        elif self._deed == "create":
            self._create()
        elif self._deed == "passphrase":
            old, new = self.lines["passphrase"].text(), self._twice()
            self._wait_for(
                lambda done: keeping.change_passphrase(old, new, done=done, refused=self._on_refused),
                lambda: "The key has its new passphrase.",
            )
        else:
            self._destroy()

    def _create(self) -> None:
        path, passphrase, until = self._path(), self._twice(), self._until()
        if not self.all_the_same.isChecked():
            try:
                refuse_bad_place(path, self._bridge.study.path)
            except QcodeError:
                self._offer_all_the_same(offered=True)
                raise
        confirmed = self.all_the_same.isChecked()
        self._wait_for(
            lambda done: self.keeping.create(
                path, passphrase, confirmed=confirmed, destroy_by=until, done=done, refused=self._on_refused
            ),
            lambda: f"“{path.name}” is made and open. Your answers are written to it.",
        )

    def _destroy(self) -> None:
        path = self.keeping.path
        if path is None:
            raise NoKeyOpenError
        if self.lines["name"].text().strip() != path.name:
            raise OtherNameError(path.name)
        if self.keeping.destroy():
            self._on_done("The key is destroyed, and its names are forgotten in this window.")

    def _wait_for(self, deed: Callable[[Callable[[], None]], None], told: Callable[[], str]) -> None:
        self._say(_BUSY, tone="quiet")
        self._set_busy(busy=True)
        deed(lambda: self._on_done(told()))

    def _told_open(self) -> str:
        known, until = len(self._bridge.rulings.decisions), self.keeping.destroy_by
        said = f"The key is open: {known:,} names and other strings are known."
        if until is not None and until < date.today():  # noqa: DTZ011  # the day is that of the person
            return f"{said} It was to be destroyed by {until.isoformat()}."
        return said

    def _path(self) -> Path:
        typed = self.lines["path"].text().strip()
        if not typed:
            raise NoFileNamedError
        return Path(typed).expanduser()

    def _twice(self) -> str:
        new = self.lines["new"].text()
        if new != self.lines["again"].text():
            raise PassphrasesDifferError
        return new

    def _until(self) -> date | None:
        typed = self.lines["until"].text().strip()
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            raise NoDateError from None

    def _offer_all_the_same(self, *, offered: bool) -> None:
        self.all_the_same.setVisible(offered)
        if not offered:
            self.all_the_same.setChecked(False)

    def _set_busy(self, *, busy: bool) -> None:
        """Take no more keys while the file is worked on; the focus stays in the panel."""
        if busy:
            self.cancel_button.setFocus()
        for part in (self.do_button, self.choose_button, *self.lines.values()):
            part.setEnabled(not busy)

    def _clear(self) -> None:
        for line in self.lines.values():
            line.clear()

    def _say(self, sentence: str, *, tone: str = "danger") -> None:
        self.says.setText(sentence)
        restyle(self.says, "tone", tone)
        announce(self, sentence)

    def _lay_out(self) -> None:
        for words in (self._about, self.says):
            words.setWordWrap(True)
        self.do_button.setProperty("kind", "primary")
        self.choose_button.setAccessibleName("Choose the file of the key")
        grid = QGridLayout()
        grid.setSpacing(SPACE)
        for row, (name, line) in enumerate(self.lines.items()):
            line.setAccessibleName(_WORDS[name])
            line.setProperty(FOR_NAMES, True)  # noqa: FBT003  # Qt takes the value by place
            self._labels[name].setBuddy(line)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(line, row, 1)
        self.lines["until"].setPlaceholderText("Year-month-day, or nothing")
        grid.addWidget(self.choose_button, 0, 2)
        grid.setColumnStretch(1, 1)
        self._on_show(shown=False)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.show_box)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.do_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(grid)
        column.addWidget(self.strength)
        column.addWidget(self.says)
        column.addWidget(self.all_the_same)
        column.addStretch(1)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._on_choose)
        self.do_button.clicked.connect(self.go)
        self.cancel_button.clicked.connect(self.close_panel)
        self.lines["new"].textChanged.connect(self._on_passphrase)
        self.lines["path"].textChanged.connect(lambda _text: self._offer_all_the_same(offered=False))
        self.show_box.toggled.connect(self._on_show)
        self.closed.connect(self._clear)


def _strength(passphrase: str) -> str:
    """How hard a passphrase is to guess, in words."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return f"{len(passphrase)} of at least {SHORTEST_PASSPHRASE} characters." if passphrase else ""
    found = bits(passphrase)
    if found < 44:
        return "Weak. Add words that nobody would put together."
    return "Fair." if found < 55 else "Strong."
