"""Writing memos: what is typed is secured, kept when one leaves it, and found again after a crash."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from qcode.errors import QcodeError
from qcode.ids import MemoId, new_id
from qcode.operations.drafts import ALIVE_SECONDS, Draft, Kept, erase_draft, keep_draft, left_drafts, print_of
from qcode.operations.memos import MemoEmptyError, Target
from qcode.queries.memos import MemoRow
from qcode.ui.bridge import StudyBridge
from qcode.ui.drawer.memos.editor import MemoEditor
from qcode.ui.drawer.memos.half_typed import HalfTyped
from qcode.ui.drawer.memos.targets import named_links, readers

_CHANGED = "“{}” was changed in another window. What you type here is kept beside it."
_REMOVED = "“{}” was removed in another window. What you type here becomes a memo of its own."
_BESIDE = "“{}” was changed in another window. What you typed is a memo of its own beside it; both are here."
_BACK = "“{}” was not finished when qcode ended. What was typed is kept, and undo takes it out again."
_BACK_BESIDE = "“{}” was not finished when qcode ended, and changed since. What was typed is kept as a memo beside it."
_UNTITLED = "A memo"


class MemoWriting(QObject):
    """The memo that is in the editor: one of the study's, or a new one."""

    written = Signal(str)

    def __init__(self, bridge: StudyBridge, editor: MemoEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._editor = editor
        self._row: MemoRow | None = None
        self._about: tuple[Target, ...] = ()
        self._new: MemoId | None = None
        self._warned = ""
        self._half_typed = HalfTyped(bridge, self.draft, self)
        editor.edited.connect(self._half_typed.touch)
        editor.left.connect(self.keep)
        self._half_typed.rested.connect(self.keep)

    # Properties

    @property
    def memo(self) -> MemoId | None:
        """The memo of the study that is in the editor."""
        return self._row.id if self._row else None

    @property
    def is_new(self) -> bool:
        """Whether a memo was begun that is not in the study yet."""
        return self._new is not None

    # Methods

    def begin(self, about: Sequence[Target]) -> None:
        """Begin a memo about some things."""
        self._row, self._new, self._about = None, MemoId(new_id()), tuple(about)
        links = named_links(self._bridge.study, about)
        self._editor.setEnabled(True)
        self._editor.show_new(links, readers(self._bridge.study, links))

    def show(self, row: MemoRow | None) -> None:
        """Show a memo as the study has it now; what is half typed in the same one stays."""
        same = row is not None and row.id == self.memo
        if same and row is not None and self._editor.typed is not None:
            self._meet_change(row)
            return
        self._row, self._new, self._warned = row, None, ""
        self._editor.setEnabled(row is not None)
        if row is not None:
            self._editor.show_memo(row, readers(self._bridge.study, row.links) if row.mine else "")

    def miss(self, *, gone: bool) -> bool:
        """The memo in the editor is no longer listed: whether it stays there, since something is half typed."""
        if self._row is None or self._editor.typed is None:
            return False
        if gone and self._warned != "removed":
            self._warned = "removed"
            self._bridge.informed.emit(_REMOVED.format(self._row.title))
        return True

    def drop(self) -> None:
        """Let go of what is in the editor, as when another coder acts; it is found again when this one is back."""
        self._half_typed.stop()
        self._editor.take_saved()
        self._row = self._new = None

    def draft(self) -> Draft | None:
        """What is half typed."""
        typed = self._editor.typed
        if typed is None:
            return None
        if self._row is not None:
            before = print_of(self._row.title, self._row.text)
            return Draft(self._row.id, self._half_typed.window, *typed, before)
        if self._new is None or not any(part.strip() for part in typed):
            return None
        return Draft(self._new, self._half_typed.window, *typed, about=self._about)

    def keep(self) -> bool:
        """Make what is half typed a step, if anything is; says whether nothing is half typed any more."""
        draft = self.draft()
        if draft is None:
            self._half_typed.forget()
            return True
        row, new, before = self._row, self._new, self._editor.take_saved()
        self._new = None
        kept = self._bridge.attempt(lambda: keep_draft(self._bridge.study, draft))
        if kept is None:
            self._row, self._new = row, new
            self._editor.take_unsaved(before)
            self._half_typed.secure()
            return False
        self._half_typed.stop()
        self._tell(kept, row)
        return True

    def restore(self) -> None:
        """Keep what the acting coder typed in windows that ended before they could, and say so."""
        if self._bridge.coder is None:
            return
        left = self._bridge.attempt_unasked(lambda: left_drafts(self._bridge.study, window=self._half_typed.window))
        for draft in left.drafts if left else ():
            self._restore(draft)
        if left and left.more:
            QTimer.singleShot(ALIVE_SECONDS * 1000, self, self.restore)

    # Internal

    def _meet_change(self, row: MemoRow) -> None:
        """The memo in which something is half typed was written: by this window, or by another."""
        before = self._row
        if before is not None and (before.title, before.text) != (row.title, row.text):
            if self._warned != "changed":
                self._warned = "changed"
                self._bridge.informed.emit(_CHANGED.format(row.title))
        else:
            self._row = row
        self._editor.show_about(row.links, readers(self._bridge.study, row.links))

    def _tell(self, kept: Kept, row: MemoRow | None) -> None:
        self._warned = ""
        if kept.beside and row is not None:
            self._bridge.informed.emit(_BESIDE.format(row.title))
        if kept.beside or row is None:
            self.written.emit(kept.memo)

    def _restore(self, draft: Draft) -> None:
        try:
            kept = _kept(self._bridge, draft)
        except MemoEmptyError:
            self._bridge.attempt_unasked(lambda: erase_draft(self._bridge.study, draft))
            return
        except QcodeError as error:
            self._bridge.refused.emit(str(error))
            return
        said = _BACK_BESIDE if kept.beside else _BACK
        self._bridge.informed.emit(said.format(draft.title.strip() or _UNTITLED))


def _kept(bridge: StudyBridge, draft: Draft) -> Kept:
    """Keep a draft; one about something that is gone meanwhile, without that."""
    try:
        return keep_draft(bridge.study, draft)
    except QcodeError:
        if not draft.about:
            raise
        bare = Draft(draft.memo, draft.window, draft.title, draft.text, draft.before)
        return keep_draft(bridge.study, bare)
