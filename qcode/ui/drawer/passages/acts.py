"""What can be done to passages, by name and by keys; the same keys as in the Code room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from qcode.ui.drawer.acts import HERE, make_action

if TYPE_CHECKING:
    from qcode.ui.drawer.passages.panel import PassagesPanel


def passage_actions(panel: PassagesPanel) -> list[QAction]:
    """All actions of the panel; those on passages stand in the table's menu too."""
    table, desk = panel.table, panel.desk
    on_passages = [
        make_action(
            panel,
            "Show the passage in its transcript",
            panel.open_place,
            "Ctrl+Return",
            "Ctrl+Enter",
            key="passages.place",
        ),
        make_action(panel, "Change to another code…", desk.recode, "Ctrl+R", key="passages.recode"),
        make_action(table, "Remove the codings", desk.remove, "Del", "Backspace", context=HERE, key="passages.remove"),
        make_action(panel, "Unsure, or sure", desk.doubt, "Ctrl+U", key="passages.unsure"),
        make_action(panel, "Illustrative, or not", desk.illustrate, "Ctrl+Shift+I", key="passages.illustrative"),
        make_action(panel, "Negative case, or not", desk.negate, "Ctrl+Shift+N", key="passages.negative"),
        make_action(panel, "Confirm what a search coded", desk.confirm, key="passages.confirm"),
        make_action(
            panel, "Right under today’s definition too", desk.confirm_definition, key="passages.confirm-definition"
        ),
        make_action(panel, "Right on the corrected words too", desk.confirm_words, key="passages.confirm-words"),
        make_action(panel, "Split the coding at the caret in its words", panel.split, "Ctrl+T", key="passages.split"),
        make_action(panel, "Comment on the codings", desk.begin_comment, "Ctrl+Shift+M", key="passages.comment"),
        make_action(panel, "Write a memo on the passages", panel.write_memo, key="passages.memo"),
        make_action(panel, "Show the memos on the passage", panel.show_memos, key="passages.memos"),
        make_action(panel, "Shortlist as quotes of a theme…", desk.begin_quote, "Ctrl+Shift+K", key="passages.quote"),
    ]
    table.addActions([action for action in on_passages if action not in table.actions()])
    return [
        *on_passages,
        make_action(table, "Let all passages through", panel.open_all, "Esc", context=HERE, key="passages.open-all"),
        make_action(
            panel,
            "Show what the other language says there",
            panel.turn_other_language,
            "Ctrl+Shift+T",
            key="passages.other-language",
        ),
        make_action(panel, "Filter the passages by words", panel.begin_filter, "Ctrl+F", key="passages.filter"),
        make_action(
            panel,
            "Filter the passages by coder, round, group or state",
            panel.turn_filters,
            "Ctrl+Shift+L",
            key="passages.filters",
        ),
        make_action(panel, "Filter the passages by an attribute…", panel.begin_attribute, key="passages.attribute"),
        make_action(
            panel,
            "Show an attribute of the passages and sort by it…",
            panel.by_attribute.begin_column,
            key="passages.attribute-column",
        ),
    ]
