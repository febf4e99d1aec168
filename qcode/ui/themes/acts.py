"""What can be done in the tab Themes by name and by keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from qcode.ids import DocumentId
from qcode.operations.memos import Target
from qcode.operations.passages import Passage
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.themes.middle import VIEWS
from qcode.ui.themes.view import ThemesView

if TYPE_CHECKING:
    from qcode.ui.themes.tab import ThemesTab


def view_actions(tab: ThemesTab) -> list[QAction]:
    """Going to another view of the themes."""

    def show(key: str) -> None:
        tab.middle.show_view(key)
        tab.middle.setFocus()

    return [
        make_action(tab, entry.action, partial(show, entry.key), key=f"themes.{entry.key}", context=WITHIN)
        for entry in VIEWS
    ]


def outline_actions(tab: ThemesTab) -> list[QAction]:
    """What can be done in the outline."""
    outline = tab.outline
    return [
        _action("themes.add", "Add theme", "N", lambda: tab.begin_theme(below=False), outline),
        _action("themes.add-below", "Add sub-theme", "Shift+N", lambda: tab.begin_theme(below=True), outline),
        _action("themes.rename", "Rename, or write the concept or the attribution", "F2", outline.edit_line, outline),
        _action("themes.up", "Move up", "Alt+Up", lambda: outline.move_line("up"), outline),
        _action("themes.down", "Move down", "Alt+Down", lambda: outline.move_line("down"), outline),
        _action("themes.in", "Move into the theme above", "Alt+Right", lambda: outline.move_line("in"), outline),
        _action("themes.out", "Move out of its theme", "Alt+Left", lambda: outline.move_line("out"), outline),
        _action("themes.turn", "Let the quote dissent, or support", "D", outline.turn, outline),
        _action("themes.in-vivo", "Name the theme in the words of the quote", "V", tab.title_theme, outline),
        _action("themes.quote-place", "Show the quote in its transcript", "Ctrl+Return", outline.open_place, outline),
        _action("themes.passages", "Show the passages of the theme", "P", tab.show_theme_passages, outline),
        _action("themes.memos", "Show the memos on the theme", "M", tab.show_theme_memos, outline),
        _action("themes.delete", "Delete, or take the code out", "Delete", outline.remove, outline),
    ]


def beside_actions(tab: ThemesTab) -> list[QAction]:
    """What can be done beside the themes: with codes, passages and negative cases."""
    listed, codes, negative = tab.passages.list, tab.codes.table, tab.negative
    place, dissent = "Show the passage in its transcript", "Pick the passage as a dissenting quote"
    return [
        _action("themes.code-passages", "Show the passages of the code", "P", tab.show_code_passages, codes),
        _action("themes.pick", "Pick the passage as a quote", "Return", lambda: listed.pick("supports"), listed),
        _action("themes.pick-dissent", dissent, "D", lambda: listed.pick("dissents"), listed),
        _action("themes.passage-place", place, "Ctrl+Return", listed.open_place, listed),
        _action("themes.pick-negative", "Pick the negative case as a quote", "D", negative.pick, negative.list),
        _action(
            "themes.negative-place", "Show the negative case in its transcript", "Ctrl+Return", negative.open_place,
            negative.list,
        ),
    ]  # fmt: skip


def at_hand(tab: ThemesTab) -> list[Target]:
    """The code or the passage that has the focus, and the theme that is chosen."""
    code = next((row.id for row in tab.codes.table.selected_rows()), None) if tab.codes.table.hasFocus() else None
    found = [Target("code", code)] if code else []
    found += [Target.at(passage)] if (passage := _passage(tab)) else []
    if isinstance(tab.middle.view, ThemesView):
        return [*found, *tab.middle.view.things()]
    return [*found, Target("theme", tab.outline.theme)] if tab.outline.theme else found


def _passage(tab: ThemesTab) -> Passage | None:
    """The passage that has the focus, in a list or as a quote of the outline."""
    line, case, marked = tab.passages.list.line, tab.negative.case, tab.outline.line
    if tab.passages.list.hasFocus() and line is not None:
        return Passage(DocumentId(line.document), line.start, line.end)
    if tab.negative.list.hasFocus() and case is not None:
        return Passage(case.document, case.start, case.end)
    if tab.outline.hasFocus() and marked is not None and marked.quote is not None:
        return Passage(marked.quote.document, marked.quote.start, marked.quote.end)
    return None


def _action(key: str, name: str, keys: str, deed: Callable[[], object], where: QWidget) -> QAction:
    """Something to do while a part of the tab has the focus; a key with Enter takes both Enters."""
    return make_action(where, name, deed, keys, keys.replace("Return", "Enter"), key=key)
