"""What can be done in the import panel, by name and by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from qcode.ui.keys.keyed import WITHIN, make_action, shown_keys

if TYPE_CHECKING:
    from qcode.ui.transcripts.importing.panel import ImportPanel


class PanelActs:
    """The actions of an import panel; the panel says which of them can be done now."""

    def __init__(self, panel: ImportPanel) -> None:
        def within(key: str, words: str, deed: Callable[[], None], *keys: str) -> QAction:
            return make_action(panel, words, deed, *keys, key=f"transcripts.{key}", context=WITHIN)

        self.import_ = within("import-file", "Import this file", panel.import_current, "Ctrl+Return", "Ctrl+Enter")
        self.import_all = within(
            "import-all", "Import all files", panel.import_all, "Ctrl+Shift+Return", "Ctrl+Shift+Enter"
        )
        self.apply = within(
            "import-like-this", "Apply my choices to the others of this kind", panel.apply_to_others, "Ctrl+Shift+G"
        )
        self.replace = within(
            "import-replace", "Replace the text of the document by this file…", panel.replace_current, "Ctrl+Shift+R"
        )
        self.steps = within("import-step", "Files, or the names in them", panel.turn_step, "Ctrl+Shift+Y")
        self.skip = make_action(
            panel.files, "Skip this file", panel.skip, Qt.Key.Key_Delete, key="transcripts.skip-file"
        )
        offered = (
            (self.import_, panel.import_button),
            (self.import_all, panel.import_all_button),
            (self.apply, panel.found.apply_button),
            (self.replace, panel.found.replace_button),
            (self.steps, panel.steps),
            (self.skip, panel.skip_button),
        )
        for action, button in offered:
            button.setToolTip(f"{action.text()} ({shown_keys(action)})")

    # Properties

    @property
    def every(self) -> list[QAction]:
        """Those of the whole panel."""
        return [self.import_, self.import_all, self.apply, self.replace, self.steps]
