"""The panel in which all keys are seen and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qcode.ui.announcing import announce
from qcode.ui.keys import keymap
from qcode.ui.keys.choosing import KeyChoice
from qcode.ui.keys.field import FindField, KeyField
from qcode.ui.keys.keyed import HERE, KeyedAction
from qcode.ui.keys.parts import BY_LETTERS
from qcode.ui.keys.unfit import why_unfit
from qcode.ui.overlay import Overlay
from qcode.ui.settings import Settings
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label, restyle

_HOW = "Enter goes to the keys of what is marked. Esc leaves."


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A line of the panel: what can be done, where, and by which keys."""

    id: str
    part: str
    name: str
    keys: str
    changed: bool
    action: KeyedAction

    @classmethod
    def of(cls, action: KeyedAction) -> KeyLine:
        """The line of an action, as its keys are today."""
        return cls(action.key, action.part, action.lasting_name, keymap.native(action.keys), action.is_changed, action)


class KeysChooser(Overlay):
    """Find what can be done by its name or its key, and give it other keys."""

    size_wanted: ClassVar[tuple[int, int]] = (96 * SPACE, 80 * SPACE)

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self.setAccessibleName("Change keys")
        self.choice = KeyChoice(window, settings)
        self.table = RowTable(_columns(), self)
        self.table.setAccessibleName("Everything one can do, with its keys")
        self.finder = FindField(self.table, self)
        self.field = KeyField(self)
        self.name = label("", "body")
        self.says = label("", "small", "quiet")
        self.says.setWordWrap(True)
        self.instead = QPushButton("Use these instead", self)
        self.as_well = QPushButton("Use these as well", self)
        self.without = QPushButton("No keys", self)
        self.reset = QPushButton("First keys", self)
        self.reset_all = QPushButton("All first keys", self)
        self._wanted: tuple[str, ...] = ()
        self._begun = ""
        self._key = ""
        self._former: keymap.Chosen | None = None
        self._lay_out()
        self._connect()

    # Properties

    @property
    def sentence(self) -> str:
        """What the panel says about the keys that were pressed or changed."""
        return self.says.text()

    @property
    def current(self) -> KeyedAction | None:
        """What is marked."""
        line: KeyLine | None = self.table.current_row()
        return line.action if line else None

    # Methods

    def open_panel(self) -> None:
        """Show all keys."""
        self._former = None
        self._key = ""
        self.finder.clear()
        self._show_lines()
        lines = self.table.shown_rows()
        if lines:
            self.table.select_row(lines[0].id)
        self._tell(_HOW)
        self.open_over(self.finder)

    def lines(self) -> list[KeyLine]:
        """What is shown."""
        return self.table.shown_rows()

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the new keys to the list, and from there leaves."""
        inside = (self.field, self.instead, self.as_well, self.without, self.reset, self.reset_all)
        if event.key() == Qt.Key.Key_Escape and any(part.hasFocus() for part in inside):
            self._want(())
            self._tell(_HOW)
            self.finder.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        else:
            super().keyPressEvent(event)

    # Private slots

    def _on_typed(self, _typed: str) -> None:
        self._key = ""
        self._show_lines()

    def _on_key_looked_for(self, key: str) -> None:
        self.finder.setText(keymap.native([key]))
        self._key = key
        self._show_lines()

    def _on_marked(self, _line: object) -> None:
        action = self.current
        self._want(())
        self.name.setText(f"{action.lasting_name} ({action.part})" if action else "")
        self.name.setToolTip(self.name.text())
        self.field.setEnabled(action is not None)
        self.reset.setEnabled(action is not None and action.is_changed)
        self.without.setEnabled(action is not None and bool(action.keys))
        self.reset_all.setEnabled(self.choice.any_changed or self._former is not None)

    def _on_chosen(self, _line: object = None) -> None:
        if self.current is not None:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pressed(self, key: str) -> None:
        action = self.current
        if action is None:
            return
        if self._begun:
            key = f"{self._begun}, {key}"
        elif self.choice.begun_by(key):
            self._begin(key)
            return
        self._want(_with_enter(key))
        self._tell(self._about(action, key), warn=bool(self._unfit(action, key)))
        self.instead.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_give(self, *, as_well: bool) -> None:
        action, wanted = self.current, self._wanted
        if action is not None and wanted:
            losers = self.choice.give(action, wanted, as_well=as_well)
            self._changed(f"“{action.lasting_name}” is {keymap.native(action.keys)} now.", losers)

    def _on_without(self) -> None:
        action = self.current
        if action is not None:
            self.choice.take_away(action)
            self._changed(f"“{action.lasting_name}” has no keys now; it stays in the palette of commands.", [])

    def _on_reset(self) -> None:
        action = self.current
        if action is not None:
            losers = self.choice.reset(action)
            self._changed(f"“{action.lasting_name}” has its first keys again.", losers)

    def _on_reset_all(self) -> None:
        if self._former is None:
            before = self.choice.reset_all()
            self._changed("Everything has its first keys again. “My keys again” takes that back.", [])
            self._keep(before)
        else:
            self.choice.hold(self._former)
            self._changed("Your keys are back.", [])

    # Internal

    def _begin(self, key: str) -> None:
        self._begun = key
        self.field.setText(f"{keymap.native([key])}, …")
        many = len(self.choice.begun_by(key))
        self._tell(f"{keymap.native([key])} begins the keys of {many} actions: press the second key now.")

    def _about(self, action: KeyedAction, key: str) -> str:
        named = keymap.native([key])
        others = [f"“{other.lasting_name}” ({other.part})" for other in self.choice.taken_by(action, self._wanted)]
        said = [self._unfit(action, key)]
        if key in action.keys:
            said.append(f"{named} is one of its keys already.")
        elif others:
            said.append(f"{named} is {' and '.join(others)}. Give it to this one instead?")
        else:
            said.append(f"{named} is free here.")
        return " ".join(part for part in said if part)

    def _unfit(self, action: KeyedAction, key: str) -> str | None:
        by_letters = action.part in BY_LETTERS
        in_text = not by_letters and (action.part.startswith("Code: ") or action.shortcutContext() != HERE)
        return why_unfit(key, where_one_types=in_text)

    def _changed(self, sentence: str, losers: list[KeyedAction]) -> None:
        lost = f" It was taken from {', '.join(f'“{loser.lasting_name}”' for loser in losers)}." if losers else ""
        self._keep(None)
        self._show_lines()
        self._on_marked(None)
        self._tell(sentence + lost)
        self.finder.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, before: keymap.Chosen | None) -> None:
        self._former = before
        self.reset_all.setText("All first keys" if before is None else "My keys again")
        self.reset_all.setEnabled(self.choice.any_changed or before is not None)

    def _want(self, keys: tuple[str, ...]) -> None:
        self._wanted = keys
        self._begun = ""
        self.field.setText(keymap.native(keys))
        for button in (self.instead, self.as_well):
            button.setEnabled(bool(keys))

    def _tell(self, sentence: str, *, warn: bool = False) -> None:
        self.says.setText(sentence)
        self.says.setAccessibleName(sentence)
        restyle(self.says, "tone", "warning" if warn else "quiet")
        announce(self, sentence)

    def _show_lines(self) -> None:
        lines = [KeyLine.of(action) for action in self.choice.actions()]
        if self._key:
            lines = [line for line in lines if any(keymap.begins(self._key, key) for key in line.action.keys)]
        self.table.set_rows(lines)
        self.table.filter("" if self._key else self.finder.text())
        shown = self.table.shown_rows()
        if shown and self.table.current_row() not in shown:
            self.table.select_row(shown[0].id)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label("Keys", "heading"))
        column.addWidget(self.finder)
        column.addWidget(self.table, 1)
        column.addWidget(self.name)
        column.addLayout(_row(self.field, self.instead, self.as_well))
        column.addWidget(self.says)
        column.addLayout(_row(None, self.without, self.reset, self.reset_all))
        self.instead.setProperty("kind", "primary")
        for button in (self.without, self.reset, self.reset_all):
            button.setProperty("kind", "quiet")
        for button in (self.instead, self.as_well, self.without, self.reset, self.reset_all):
            button.setAutoDefault(True)

    def _connect(self) -> None:
        self.finder.textChanged.connect(self._on_typed)
        self.finder.keyPressed.connect(self._on_key_looked_for)
        self.finder.returnPressed.connect(self._on_chosen)
        self.table.rowActivated.connect(self._on_chosen)
        self.table.currentRowChanged.connect(self._on_marked)
        self.field.keyPressed.connect(self._on_pressed)
        self.instead.clicked.connect(lambda: self._on_give(as_well=False))
        self.as_well.clicked.connect(lambda: self._on_give(as_well=True))
        self.without.clicked.connect(self._on_without)
        self.reset.clicked.connect(self._on_reset)
        self.reset_all.clicked.connect(self._on_reset_all)


def _columns() -> tuple[Column[KeyLine], ...]:
    return (
        Column("Where", lambda line: line.part, width=16 * SPACE),
        Column("What it does", lambda line: line.name, stretch=True),
        Column("Keys", lambda line: line.keys, _told, width=26 * SPACE),
    )


def _told(line: KeyLine) -> str:
    return f"{line.keys or 'none'} (yours)" if line.changed else line.keys


def _row(*parts: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part, int(isinstance(part, KeyField)))
    return row


def _with_enter(key: str) -> tuple[str, ...]:
    """A key with Enter stands for both Enters of the keyboard."""
    return (key, key.removesuffix("Return") + "Enter") if key.endswith("Return") else (key,)
