"""An action that knows its lasting id, the part it belongs to, and its first keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget
from shiboken6 import isValid

from qcode.ui.keys import keymap
from qcode.ui.keys.parts import part_of
from qcode.ui.keys.sequences import first_sequence

HERE = Qt.ShortcutContext.WidgetShortcut
WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
WINDOW = Qt.ShortcutContext.WindowShortcut


class _Deeds(QObject):
    """Tells when something registered is about to be done, whatever asked for it: keys, a menu, the palette."""

    begun = Signal()


deeds = _Deeds()


class KeyedAction(QAction):
    """Something that can be done, by its name or by keys that can be changed.

    An action made `by_widget` has keys that its widget handles itself; Qt is not told about them.
    """

    keysTaken = Signal()

    def __init__(
        self, owner: QObject, key: str, name: str, first: Iterable[keymap.Key], *, part: str, by_widget: bool
    ) -> None:
        super().__init__(name, owner)
        self.setObjectName(key)
        self.key = key
        self.part = part
        self._name = name
        self._given = tuple(key for key in first if key != "") or first_sequence(key)
        self._first: tuple[str, ...] | None = None
        self.by_widget = by_widget
        self._tips: list[tuple[QWidget, str]] = []
        self.take_keys()

    # Properties

    @property
    def lasting_name(self) -> str:
        """What it was called at first, without the mark of a menu letter."""
        return plain(self._name)

    @property
    def first(self) -> tuple[str, ...]:
        """Its first keys, as `keymap` writes them; worked out when they are asked for, since starting must be quick."""
        if self._first is None:
            self._first = keymap.portable(self._given)
        return self._first

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that hold today, as `keymap` writes them."""
        return keymap.keys_of(self.key, self.first) if self.key else self.first

    @property
    def is_changed(self) -> bool:
        """Whether its keys are others than the first ones."""
        return self.keys != self.first

    @property
    def of_mode(self) -> bool:
        """Whether its keys hold in a mode alone: then its place is never seen, and the widget around it takes them."""
        return self.by_widget and all(place.isHidden() for place in self.places)

    @property
    def places(self) -> list[QWidget]:
        """The widgets in which its keys work; those of the whole window have it as their place."""
        found = self.associatedObjects()
        return [place for place in found if isinstance(place, QWidget) and not isinstance(place, QMenu | QMenuBar)]

    # Methods

    def take_keys(self) -> None:
        """Let the keys work that hold today."""
        if not self.by_widget:
            chosen = keymap.chosen_for(self.key)
            self.setShortcuts(keymap.sequences(self._given) if chosen is None else keymap.sequences(chosen))
        self._tips = [(widget, words) for widget, words in self._tips if isValid(widget)]
        for widget, words in self._tips:
            widget.setToolTip(f"{words} ({shown_keys(self)})" if self.keys else words)
        self.keysTaken.emit()

    def tell_keys(self, widget: QWidget, words: str) -> None:
        """Let the tip of a button that does the same name the keys, now and whenever they change."""
        self._tips.append((widget, words))
        self.take_keys()

    def meets(self, other: KeyedAction) -> bool:
        """Whether there is a place for the focus where a key of both would mean two things.

        The keys of a mode come before all others while it lasts, and mean nothing else.
        """
        if self.of_mode != other.of_mode:
            return False
        return any(
            _meet(mine, self.shortcutContext(), theirs, other.shortcutContext())
            for mine in self.places
            for theirs in other.places
        )


def make_action(
    owner: QWidget,
    name: str,
    deed: Callable[[], object],
    *keys: keymap.Key,
    key: str = "",
    context: Qt.ShortcutContext = HERE,
    checkable: bool = False,
    by_widget: bool = False,
) -> QAction:
    """Something that can be done, by its name or by its keys where `owner` has the focus; `key` is its lasting id."""
    made = KeyedAction(owner, key, name, keys, part=part_of(key), by_widget=by_widget)
    made.setCheckable(checkable)
    offer(made, owner, deed, context)
    return made


def offer(action: KeyedAction, owner: QWidget, deed: Callable[[], object], context: Qt.ShortcutContext) -> None:
    """Let an action do its deed where `owner` has the focus."""
    action.setShortcutContext(context)
    action.triggered.connect(deeds.begun)
    action.triggered.connect(lambda _checked=False: deed())
    owner.addAction(action)


def keyed_actions(window: QObject) -> list[KeyedAction]:
    """Everything registered below a window, in the order in which it was made."""
    return [action for action in window.findChildren(QAction) if isinstance(action, KeyedAction)]


def plain(name: str) -> str:
    """An action's name without the mark of its menu letter."""
    return name.replace("&&", "\0").replace("&", "").replace("\0", "&")


def shown_keys(action: QAction) -> str:
    """The keys of an action as this platform writes them."""
    if isinstance(action, KeyedAction):
        return keymap.native(action.keys)
    return keymap.native(sequence.toString() for sequence in action.shortcuts())


def _meet(mine: QWidget, how: Qt.ShortcutContext, theirs: QWidget, their_how: Qt.ShortcutContext) -> bool:
    if mine.window() is not theirs.window():
        return False
    return _reaches(mine, how, theirs) or _reaches(theirs, their_how, mine)


def _reaches(place: QWidget, how: Qt.ShortcutContext, other: QWidget) -> bool:
    if how == HERE:
        return place is other
    return how == WINDOW or place is other or place.isAncestorOf(other)
