"""What can be done with codes, with names for menus and the palette of commands, and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from qcode.queries.codebook.tree import CodeRow
from qcode.ui.code.acts import HERE, WITHIN, make_action

if TYPE_CHECKING:
    from qcode.ui.code.codebook.panel import CodebookPanel

_MENU = (
    ("add", "add below"),
    ("apply", "passages", "memos"),
    ("define", "rename", "versions"),
    ("merge", "split", "retire", "delete"),
    ("cut", "paste", "up", "down", "in", "out"),
    ("sets", "put in set", "take from set"),
    ("again", "compare"),
    ("fold", "unfold"),
    ("import", "export"),
)


def codebook_acts(panel: CodebookPanel) -> dict[str, QAction]:
    """All actions by short keys, with their first keys on the keyboard."""
    return {**_acts_on_codes(panel), **_acts_on_the_codebook(panel)}


def make_menu(acts: dict[str, QAction], parent: QWidget) -> QMenu:
    """The menu of a code."""
    menu = QMenu(parent)
    for group in _MENU:
        menu.addActions([acts[key] for key in group])
        menu.addSeparator()
    return menu


def _acts_on_codes(panel: CodebookPanel) -> dict[str, QAction]:
    tree, deeds, aside = panel.tree, panel.deeds, panel.sideAsked.emit

    def act(key: str, name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(tree, name, deed, *keys, context=HERE, key=f"codebook.{key}")

    def one(deed: Callable[[CodeRow], object]) -> Callable[[], None]:
        return lambda: panel.with_current(deed)

    def some(deed: Callable[[list[CodeRow]], object]) -> Callable[[], None]:
        return lambda: panel.with_chosen(deed)

    return {
        "apply": act(
            "apply", "Apply the code to the selection", one(lambda row: panel.applyAsked.emit(row.id)), "Ctrl+Return"
        ),
        "passages": act("passages", "Show the passages of the code", one(lambda row: panel.show_passages(row.id))),
        "memos": act("memos", "Show the memos about the code", one(panel.show_memos)),
        "define": act(
            "define", "Edit the definition of the code", one(lambda row: panel.definitionAsked.emit(row.id)), "Ctrl+D"
        ),
        "versions": act("versions", "Versions of the definition…", one(lambda row: aside("versions", row))),
        "rename": act("rename", "Rename the code", tree.rename, "F2"),
        "merge": act(
            "merge", "Merge into another code…", some(lambda rows: panel.sideAsked.emit("merge", rows)), "Ctrl+J"
        ),
        "split": act("split", "Split the code…", one(lambda row: panel.sideAsked.emit("split", row)), "Ctrl+K"),
        "retire": act("retire", "Retire the code, or use it again", some(deeds.retire)),
        "delete": act("delete", "Remove the code", some(panel.delete), "Del"),
        "cut": act("cut", "Cut the code to move it", some(deeds.cut), "Ctrl+X"),
        "paste": act("paste", "Move what was cut below this code", panel.paste, "Ctrl+V"),
        "up": act("up", "Move the code up", some(lambda rows: panel.step(rows, "up")), "Alt+Up", "Ctrl+Shift+Up"),
        "down": act(
            "down", "Move the code down", some(lambda rows: panel.step(rows, "down")), "Alt+Down", "Ctrl+Shift+Down"
        ),
        "in": act(
            "in",
            "Move the code below the one above",
            some(lambda rows: panel.step(rows, "in")),
            "Alt+Right",
            "Ctrl+Shift+Right",
        ),
        "out": act(
            "out",
            "Move the code out of its parent",
            some(lambda rows: panel.step(rows, "out")),
            "Alt+Left",
            "Ctrl+Shift+Left",
        ),
        "put in set": act("put-in-set", "Put the code in a set…", some(lambda rows: aside("sets", rows))),
        "take from set": act("take-from-set", "Take the code out of the set shown", some(panel.take_from_set)),
        "unfold": act("unfold", "Unfold the whole codebook", lambda: tree.fold_all(folded=False)),
        "fold": act("fold", "Fold the whole codebook", lambda: tree.fold_all(folded=True)),
    }


def _acts_on_the_codebook(panel: CodebookPanel) -> dict[str, QAction]:
    deeds, aside = panel.deeds, panel.sideAsked.emit

    def act(key: str, name: str, deed: Callable[[], object], *keys: str) -> QAction:
        return make_action(panel, name, deed, *keys, context=WITHIN, key=f"codebook.{key}")

    return {
        "find": act("find", "Find a code in the codebook", panel.begin_search),
        "add": act("add", "Add a code", panel.add_beside, "Ins"),
        "add below": act("add-below", "Add a code below this one", panel.add_below, "Shift+Ins"),
        "sets": act("sets", "Sets of codes…", lambda: aside("sets", [])),
        "again": act("again", "Passages that wait for a second look…", lambda: aside("again", None)),
        "compare": act("compare", "Compare the codebook at two moments…", lambda: aside("compare", None)),
        "import": act("import", "Import a codebook…", deeds.import_file),
        "export": act("export", "Export the codebook…", deeds.export_file),
    }
