"""What is done to the codebook from its tree, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qcode.exchange.codebook import CodeEntry, read_codebook, write_codebook
from qcode.ids import CodeId
from qcode.operations import codebook as operations
from qcode.queries.codebook import CodeRow, code_entries, codebook
from qcode.ui import saving, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.model import CodeModel

type AskFile = Callable[[QWidget], Path | None]

_FILES = "Codebooks (*.csv *.yaml *.yml);;All files (*)"
_SAVED = "CSV files (*.csv);;YAML files (*.yaml)"


def ask_codebook(parent: QWidget) -> Path | None:
    """The codebook file a person chooses."""
    name, _kind = QFileDialog.getOpenFileName(parent, "Import a codebook", "", _FILES)
    return Path(name) if name else None


class CodebookDeeds(QObject):
    """Adds, names, moves, retires and removes codes; each is one step that can be undone."""

    def __init__(self, bridge: StudyBridge, model: CodeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._window = parent
        self.ask_file: AskFile = ask_codebook
        self.ask_path: saving.AskPath = saving.ask_path

    # Methods

    def add(self, name: str, parent: CodeId | None = None) -> CodeId | None:
        """Add a code behind its siblings."""
        return self._bridge.attempt(lambda: operations.add_code(self._bridge.study, name=name, parent=parent))

    def rename(self, code: CodeId, name: str) -> None:
        """Give a code another name."""
        self._bridge.attempt(lambda: operations.rename_code(self._bridge.study, code, name=name))

    def move(self, code: CodeId, parent: CodeId | None, after: CodeId | None) -> None:
        """Put a code below another parent, behind one of its children or first."""
        self._bridge.attempt(lambda: operations.move_code(self._bridge.study, code, parent=parent, after=after))

    def move_up(self, row: CodeRow) -> None:
        """Put a code ahead of the sibling before it."""
        siblings = self._model.siblings(row.id)
        place = siblings.index(row)
        if place > 0:
            self.move(row.id, _parent(row), siblings[place - 2].id if place > 1 else None)

    def move_down(self, row: CodeRow) -> None:
        """Put a code behind the sibling after it."""
        siblings = self._model.siblings(row.id)
        place = siblings.index(row)
        if place + 1 < len(siblings):
            self.move(row.id, _parent(row), siblings[place + 1].id)

    def move_in(self, row: CodeRow) -> None:
        """Put a code below the sibling before it, behind its children."""
        siblings = self._model.siblings(row.id)
        place = siblings.index(row)
        if place > 0:
            above = siblings[place - 1].id
            children = [child for child in self._model.rows if child.parent == above]
            self.move(row.id, above, children[-1].id if children else None)

    def move_out(self, row: CodeRow) -> None:
        """Put a code behind its parent."""
        above = next((known for known in self._model.rows if known.id == _parent(row)), None)
        if above is not None:
            self.move(row.id, _parent(above), above.id)

    def retire(self, row: CodeRow) -> None:
        """Offer a code no longer, or again."""
        retired = row.status == "active"
        if self._done(lambda: operations.retire_code(self._bridge.study, row.id, retired=retired)):
            told = "is retired: it is not offered any more, and its codings stay" if retired else "is in use again"
            self._bridge.informed.emit(f"“{row.name}” {told}.")

    def delete(self, row: CodeRow) -> None:
        """Take a code and those below it out of the codebook, and say what that hides."""
        below = self._model.below(row.id)
        if self._done(lambda: operations.delete_code(self._bridge.study, row.id)):
            self._bridge.informed.emit(said_of_deletion(row, below))

    def import_file(self, path: Path | None = None) -> None:
        """Read a codebook file in the background, then take its codes in; without a path, ask for one."""
        chosen = path or self.ask_file(self._window)
        if chosen is not None:
            work.run(
                self,
                lambda _progress: read_codebook(chosen).entries,
                done=self._take_in,
                refused=self._bridge.refused.emit,
            )

    def export_file(self) -> None:
        """Write the codebook to a file that a person names; its ending says whether as CSV or YAML."""
        path = self.ask_path(self._window, "Export the codebook", Path("codebook.csv"), _SAVED)
        if path is None:
            return
        entries = code_entries(self._bridge.study)

        def write(_progress: work.Progress) -> str:
            write_codebook(entries, path)
            return f"{_codes(len(entries))} saved in {path.name}."

        work.run(self, write, done=self._bridge.informed.emit, refused=self._bridge.refused.emit)

    # Internal

    def _done(self, deed: Callable[[], object]) -> bool:
        def told() -> bool:
            deed()
            return True

        return bool(self._bridge.attempt(told))

    def _take_in(self, entries: Sequence[CodeEntry]) -> None:
        before = {row.id for row in codebook(self._bridge.study)}
        known = self._bridge.attempt(lambda: operations.import_codebook(self._bridge.study, entries))
        if known is not None:
            new = sum(known[entry.path] not in before for entry in entries)
            same = len(entries) - new
            kept = f" {_codes(same)} known already took the definitions of the file." if same else ""
            self._bridge.informed.emit(f"{_codes(new)} added.{kept}")


def said_of_deletion(row: CodeRow, below: Sequence[CodeRow]) -> str:
    """What is hidden with a code, as far as the person may see it, and how it comes back."""
    mine = row.mine + sum(code.mine for code in below)
    others = row.everybodys + sum(code.everybodys for code in below) - mine
    what = f"“{row.name}” and {_codes(len(below))} below it are" if below else f"“{row.name}” is"
    hidden = [f"{mine} of your codings" if mine else "", f"{others} of your colleagues’" if others else ""]
    told = " and ".join(part for part in hidden if part)
    return f"{what} removed{f', which hides {told}' if told else ''}. Undo brings everything back."


def _parent(row: CodeRow) -> CodeId | None:
    return row.parent if row.depth else None


def _codes(count: int) -> str:
    return "1 code" if count == 1 else f"{count} codes"
