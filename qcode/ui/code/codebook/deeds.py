"""What is done to the codebook from its tree, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qcode.exchange.code_entries import CodeEntry
from qcode.ids import CodeId
from qcode.operations import codebook as operations
from qcode.queries.codebook.tree import CodeRow, code_entries
from qcode.ui import saving, work
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.codebook.model import CodeModel
from qcode.ui.code.codebook.moving import Way, target, topmost

type AskFile = Callable[[QWidget], Path | None]

_FILES = "Codebooks (*.csv *.yaml *.yml);;All files (*)"
_SAVED = "CSV files (*.csv);;YAML files (*.yaml)"


def ask_codebook(parent: QWidget) -> Path | None:
    """The codebook file a person chooses."""
    name, _kind = QFileDialog.getOpenFileName(parent, "Import a codebook", "", _FILES)
    return Path(name) if name else None


class CodebookDeeds(QObject):
    """Adds, names, moves, retires and removes codes; each deed is undone at one stroke."""

    listRead = Signal(str, object)

    def __init__(self, bridge: StudyBridge, model: CodeModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._model = model
        self._window = parent
        self._cut: list[CodeId] = []
        self.ask_file: AskFile = ask_codebook
        self.ask_path: saving.AskPath = saving.ask_path

    # Methods

    def add(self, name: str, parent: CodeId | None = None) -> CodeId | None:
        """Add a code behind its siblings."""
        return self._bridge.attempt(lambda: operations.add_code(self._bridge.study, name=name, parent=parent))

    def rename(self, code: CodeId, name: str) -> None:
        """Give a code another name."""
        self._bridge.attempt(lambda: operations.rename_code(self._bridge.study, code, name=name))

    def move(self, codes: Sequence[CodeId], parent: CodeId | None, after: CodeId | None) -> bool:
        """Put codes below another parent, behind one of its children or first, in the order given."""
        study = self._bridge.study

        def moved() -> None:
            behind = after
            with study.grouped():
                for code in codes:
                    operations.move_code(study, code, parent=parent, after=behind)
                    behind = code

        return self._done(moved)

    def step(self, chosen: Sequence[CodeRow], way: Way) -> None:
        """Move codes by a step in the tree; where there is no further place nothing happens."""
        rows = self._model.rows
        top = topmost(rows, chosen)
        place = self._bridge.attempt(lambda: target(rows, top, way))
        if place is not None:
            self.move([row.id for row in top], place.parent, place.after)

    def cut(self, chosen: Sequence[CodeRow]) -> None:
        """Take note of codes that are to be moved elsewhere; they stay where they are until they are pasted."""
        top = topmost(self._model.rows, chosen)
        self._cut = [row.id for row in top]
        what = f"“{top[0].name}”" if len(top) == 1 else counted(len(top))
        self._bridge.informed.emit(f"{what} can be pasted below another code, or behind all others where none is.")

    def paste(self, below: CodeRow | None) -> list[CodeId]:
        """Move what was cut below a code, behind its children; answers with the codes that were moved."""
        known = {row.id for row in self._model.rows}
        codes, parent = [code for code in self._cut if code in known], below.id if below else None
        if not codes:
            self._bridge.refused.emit("Nothing was cut. Choose codes and cut them first.")
            return []
        last = [row.id for row in self._model.rows if (row.parent if row.depth else None) == parent]
        behind = next((code for code in reversed(last) if code not in codes), None)
        if not self.move(codes, parent, behind):
            return []
        self._cut = []
        return codes

    def retire(self, chosen: Sequence[CodeRow]) -> None:
        """Offer codes no longer, or again if the first one is retired."""
        retired, study = chosen[0].status == "active", self._bridge.study

        def told() -> None:
            with study.grouped():
                for row in chosen:
                    operations.retire_code(study, row.id, retired=retired)

        if self._done(told):
            self._bridge.informed.emit(said_of_retiring(chosen, retired=retired))

    def delete(self, chosen: Sequence[CodeRow]) -> bool:
        """Take codes and those below them out of the codebook, and say what that hides."""
        rows, study = topmost(self._model.rows, chosen), self._bridge.study
        below = [code for row in rows for code in self._model.below(row.id)]

        def gone() -> None:
            with study.grouped():
                for row in rows:
                    operations.delete_code(study, row.id)

        done = self._done(gone)
        if done:
            self._bridge.informed.emit(said_of_deletion(rows, below))
        return done

    def import_file(self, path: Path | None = None) -> None:
        """Read a codebook file in the background, then take its codes in; without a path, ask for one.

        Where there are codes already, a person decides row by row (`listRead`).
        """
        chosen = path or self.ask_file(self._window)
        if chosen is None:
            return

        def read(_progress: work.Progress) -> Sequence[CodeEntry]:
            from qcode.exchange.codebook import read_codebook

            return read_codebook(chosen).entries

        def arrived(entries: Sequence[CodeEntry]) -> None:
            self._take_in(chosen.name, entries)

        work.run(self, read, done=arrived, refused=self._bridge.refused.emit)

    def export_file(self) -> None:
        """Write the codebook to a file that a person names; its ending says whether as CSV or YAML."""
        path = self.ask_path(self._window, "Export the codebook", Path("codebook.csv"), _SAVED)
        if path is None:
            return
        entries = code_entries(self._bridge.study)

        def write(_progress: work.Progress) -> str:
            from qcode.exchange.codebook import write_codebook

            write_codebook(entries, path)
            return f"{counted(len(entries))} saved in {path.name}."

        work.run(self, write, done=self._bridge.informed.emit, refused=self._bridge.refused.emit)

    # Internal

    def _done(self, deed: Callable[[], object]) -> bool:
        def told() -> bool:
            deed()
            return True

        return bool(self._bridge.attempt(told))

    def _take_in(self, name: str, entries: Sequence[CodeEntry]) -> None:
        if code_entries(self._bridge.study):
            self.listRead.emit(name, entries)
            return
        made = self._bridge.attempt(lambda: operations.import_codebook(self._bridge.study, entries))
        if made is not None:
            self._bridge.informed.emit(said_of_import(made))


def said_of_import(made: operations.ImportedCodebook) -> str:
    """What an import did."""
    parts = [
        f"{counted(made.new)} added",
        f"{counted(made.redefined)} defined anew" if made.redefined else "",
        f"{counted(made.unchanged)} left as they were" if made.unchanged else "",
    ]
    return ", ".join(part for part in parts if part) + "."


def said_of_retiring(chosen: Sequence[CodeRow], *, retired: bool) -> str:
    """What retiring codes, or taking them back into use, means."""
    one = len(chosen) == 1
    what = f"“{chosen[0].name}” is" if one else f"{counted(len(chosen))} are"
    if not retired:
        return f"{what} in use again."
    gone = "it is not offered any more, and its codings stay" if one else "they are not offered any more; codings stay"
    return f"{what} retired: {gone}."


def said_of_deletion(rows: Sequence[CodeRow], below: Sequence[CodeRow]) -> str:
    """What is hidden with codes, as far as the person may see it, and how it comes back."""
    gone = [*rows, *below]
    mine = sum(code.mine for code in gone)
    others = sum(code.everybodys for code in gone) - mine
    first = f"“{rows[0].name}”" if len(rows) == 1 else counted(len(rows))
    what = f"{first} and {counted(len(below))} below are" if below else f"{first} {'is' if len(rows) == 1 else 'are'}"
    hidden = [f"{mine} of your codings" if mine else "", f"{others} of your colleagues’" if others else ""]
    told = " and ".join(part for part in hidden if part)
    return f"{what} removed{f', which hides {told}' if told else ''}. Undo brings everything back."


def counted(count: int, what: str = "code") -> str:
    """A number of things in words such as “1 code”."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"
