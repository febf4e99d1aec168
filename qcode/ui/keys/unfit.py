"""Keys that would not work everywhere, with the reason in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from qcode.ui.keys import keymap

_CTRL, _ALT, _SHIFT, _META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)
_INPUT_METHODS = ("Ctrl+Shift+U", "Ctrl+Shift+E")
_OF_THE_MAC = ("Ctrl+M", "Ctrl+H", "Ctrl+Shift+Q")


def why_unfit(key: str, *, where_one_types: bool) -> str | None:
    """Why a key will not do, if so; letters alone will not `where_one_types`, as in the text or in a whole room."""
    first, *then = keymap.strokes(key)
    for stroke in (first, *then):
        reason = _by_system(stroke) or _by_modifier(stroke)
        if reason is not None:
            return reason
    if not then:
        return _by_typing(first) if where_one_types else None
    return "More than two keys, one after the other, are hard to remember." if len(then) > 1 else _by_leading(first)


def _by_leading(first: QKeyCombination) -> str | None:
    if first.keyboardModifiers() & (_CTRL | _META):
        return None
    return "The first of two keys has to be one with Ctrl, since other keys are used alone."


def _by_system(pressed: QKeyCombination) -> str | None:
    key = QKeySequence(pressed).toString()
    if key in _INPUT_METHODS:
        return f"{key} belongs to the input methods of Linux and may not arrive."
    return f"{key} is the system's own on a Mac." if key in _OF_THE_MAC else None


def _by_modifier(pressed: QKeyCombination) -> str | None:
    held, sign = pressed.keyboardModifiers(), _is_sign(pressed)
    typed = sign or _is_letter(pressed) or _is_digit(pressed)
    if held & _CTRL and held & _ALT:
        return "Ctrl+Alt is AltGr on Windows, which types signs on many keyboards."
    if held & _ALT and typed:
        return "Alt with a letter or a sign opens a menu."
    if held & (_CTRL | _META) and sign:
        return "Ctrl with a sign never arrives on keyboards where that sign needs Shift or AltGr."
    if held & _CTRL and _is_digit(pressed):
        return "Ctrl with a digit changes rooms, and never arrives on keyboards where digits need Shift."
    return None


def _by_typing(pressed: QKeyCombination) -> str | None:
    held = pressed.keyboardModifiers() & ~_SHIFT
    if not held.value and (_is_letter(pressed) or _is_digit(pressed) or _is_sign(pressed)):
        return "A letter or a sign alone is for typing: in the text it opens the palette of codes."
    return None


def _is_letter(pressed: QKeyCombination) -> bool:
    return chr(pressed.key().value).isalpha() if _is_typed(pressed) else False


def _is_digit(pressed: QKeyCombination) -> bool:
    return chr(pressed.key().value).isdigit() if _is_typed(pressed) else False


def _is_sign(pressed: QKeyCombination) -> bool:
    return _is_typed(pressed) and not _is_letter(pressed) and not _is_digit(pressed)


def _is_typed(pressed: QKeyCombination) -> bool:
    return Qt.Key.Key_Space.value < pressed.key().value < Qt.Key.Key_Escape.value
