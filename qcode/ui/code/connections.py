"""What the parts of the Code room say to each other: which signal of one is answered by which deed of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qcode.queries.codings import CodingRow
from qcode.ui.code.columns import RoomColumns

if TYPE_CHECKING:
    from qcode.ui.code.room import CodeRoom


class Connections(QObject):
    """Connects the parts of a room, and answers what no part can answer alone."""

    def __init__(self, room: CodeRoom, columns: RoomColumns) -> None:
        super().__init__(room)
        self._room, self._columns = room, columns
        self._desk, self._view = room.desk, room.view
        self._connect()
        self._connect_codebook()
        self._connect_edges()
        self._connect_changes()

    # Private slots

    def _on_selection(self, _start: int, _end: int) -> None:
        active = self._view.active_coding()
        if active is not None and all(row.id != active for row in self._view.codings_at_caret()):
            self._view.set_active_coding(None)

    def _on_coding(self, coding: str) -> None:
        if coding in self._desk.known:
            row = self._desk.known[coding]
            self._view.select(row.start, row.end)
            self._view.set_active_coding(row.id)

    def _on_back_to_text(self) -> None:
        self._focus_text()
        self._room.drawing.list_here()

    def _on_edges_told(self, words: str) -> None:
        if words:
            self._room.transcript.say(words)
        else:
            self._room.drawing.tell_state()

    def _on_edges_shown(self, moved: CodingRow | None) -> None:
        if moved is None:
            self._room.drawing.draw()
        else:
            self._view.change_codings(come=self._desk.signed([moved]))

    def _on_editor_closed(self) -> None:
        focused = self._room.focusWidget()
        inside = self._room.side.isAncestorOf(focused) if focused else False
        self._columns.close_editor()
        if inside:
            self._focus_text()

    # Internal

    def _focus_text(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        room, view, transcript = self._room, self._view, self._room.transcript
        room.empty.pressed.connect(lambda: room.requestRoom.emit("transcripts"))
        room.documents.documentChosen.connect(room.open_document)
        transcript.whoseChosen.connect(room.show_whose)
        transcript.doneGiven.connect(lambda done: room.give_done(done=done))
        transcript.foldAsked.connect(room.fold_documents)
        transcript.notice_button.clicked.connect(room.requestHandIn)
        view.codingsAtCaretChanged.connect(room.drawing.list_here)
        view.selectionChangedTo.connect(self._on_selection)
        view.selectionChangedTo.connect(room.bridge.begun)
        view.codingActivated.connect(self._on_coding)
        view.paletteRequested.connect(room.applying.ask)
        room.showing.filters.changed.connect(room.drawing.narrow)
        room.editing.memos.wanted.connect(room.requestMemoOn)
        room.editing.asking.answersWanted.connect(room.requestQuestion)
        room.editing.second_look.requestPassages.connect(room.requestPassages)

    def _connect_codebook(self) -> None:
        room, codebook, side = self._room, self._room.codebook, self._room.side
        room.applying.definitionAsked.connect(room.edit_definition)
        codebook.applyAsked.connect(room.applying.apply)
        codebook.definitionAsked.connect(room.edit_definition)
        codebook.passagesAsked.connect(room.requestPassages)
        codebook.memosAsked.connect(room.requestMemos)
        side.openAsked.connect(self._columns.open_editor)
        side.closed.connect(self._on_editor_closed)
        side.passagesAsked.connect(room.requestPassages)
        side.placeAsked.connect(room.go_to)

    def _connect_edges(self) -> None:
        self._room.edges.told.connect(self._on_edges_told)
        self._room.edges.shown.connect(self._on_edges_shown)
        self._room.bridge.refused.connect(self._room.drawing.list_here)

    def _connect_changes(self) -> None:
        room, view, changing, here = self._room, self._view, self._room.changing, self._room.here
        view.lastCodesRequested.connect(room.applying.apply_last)
        view.removeRequested.connect(changing.remove_here)
        view.nextRequested.connect(lambda: room.walk(1))
        view.previousRequested.connect(lambda: room.walk(-1))
        here.codingChosen.connect(self._on_coding)
        here.list.currentKeyChanged.connect(room.mouse.edges.handles.mark)
        here.commentGiven.connect(changing.comment)
        here.unsureGiven.connect(changing.doubt)
        here.weightGiven.connect(changing.weigh)
        here.illustrativeGiven.connect(changing.illustrate)
        here.negativeGiven.connect(changing.negate)
        here.removeAsked.connect(lambda _key: room.remove_marked())
        here.left.connect(self._on_back_to_text)
