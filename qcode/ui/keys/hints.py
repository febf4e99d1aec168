"""Quiet lines that name keys: made of the keys of today, and made again when they change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel

from qcode.ui.keys.keyed import KeyedAction, shown_keys

type Piece = str | tuple[str, QAction] | tuple[str, QAction, QAction]


def keys_in_words(pieces: Sequence[Piece]) -> str:
    """The pieces with keys put in for each {}, such as "Ctrl+Return keep · Esc leave"; one that has no key is left out.

    A piece is words alone, or words with the actions whose keys they name.
    """
    return " · ".join(said for piece in pieces if (said := _said(piece)))


def follow_keys(pieces: Sequence[Piece], tell: Callable[[], object]) -> None:
    """Let something be told anew whenever a key changes that the pieces name; `tell` is a method of its teller."""
    for piece in pieces:
        for action in piece[1:] if isinstance(piece, tuple) else ():
            if isinstance(action, KeyedAction):
                action.keysTaken.connect(tell)


class KeyHint(QLabel):
    """A small quiet line that names keys as they are today."""

    def __init__(self, *pieces: Piece) -> None:
        super().__init__()
        self._pieces = pieces
        self.setProperty("scale", "small")
        self.setProperty("tone", "quiet")
        self._tell()
        follow_keys(pieces, self._tell)

    # Internal

    def _tell(self) -> None:
        self.setText(keys_in_words(self._pieces))


def _said(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    words, *actions = piece
    keys = [shown_keys(action) for action in actions]
    return words.format(*keys) if all(keys) else ""
