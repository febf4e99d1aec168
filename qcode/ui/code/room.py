"""The Code room: a document is read, its passages are coded, and the codebook grows beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.operations.assignments import set_done
from qcode.operations.coding import HandedInError, NoRoundError
from qcode.operations.lookup import TextTooLongError
from qcode.operations.memos import Target
from qcode.study import Change, Place
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.about import brief_of
from qcode.ui.code.actions import room_actions
from qcode.ui.code.applying import Applying
from qcode.ui.code.by_mouse import ByMouse
from qcode.ui.code.changing import Changing
from qcode.ui.code.codebook.panel import CodebookPanel
from qcode.ui.code.codebook.side import CodebookSide
from qcode.ui.code.codings_here import CodingsHere
from qcode.ui.code.columns import RoomColumns
from qcode.ui.code.connections import Connections
from qcode.ui.code.desk import Desk
from qcode.ui.code.documents import DocumentsPanel, first_to_code
from qcode.ui.code.drawing import Drawing
from qcode.ui.code.edge_moving import EdgeMoving
from qcode.ui.code.editing import Editing
from qcode.ui.code.places import Places
from qcode.ui.code.reading import Reading
from qcode.ui.code.showing import Showing
from qcode.ui.code.shown import KnownCodings, Whose
from qcode.ui.code.transcript_panel import TranscriptPanel
from qcode.ui.empty import EmptyState
from qcode.ui.first_paint import FirstPaint
from qcode.ui.hits import Hits
from qcode.ui.room import Room
from qcode.ui.text.accessible import TextVoice

if TYPE_CHECKING:
    from qcode.ui.code.codebook.definition_editor import DefinitionEditor

_NO_DOCUMENTS = "No transcripts yet. Import some, and code them here."
_NO_WEIGHTS = "This study uses no weights. The menu Study can turn them on."
_SETS = ("code_set", "code_set_member")
_LISTS = ("study", "document", "revision", "speaker", "participant", "coder", "round", "assignment", "region")


class CodeRoom(Room):
    """Documents, text, codings at the caret and codebook, side by side."""

    key: ClassVar[str] = "code"
    title: ClassVar[str] = "Code"
    kinds: ClassVar[tuple[str, ...]] = (*_LISTS, *_SETS, "coding", "code", "code_version")

    keys_beside: ClassVar[tuple[tuple[str, str], ...]] = (
        ("any letter", "Palette of codes, filtered by what is typed"),
    )

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.desk = Desk()
        self._reading = Reading(bridge, self.desk)
        self.transcript = TranscriptPanel(self)
        self.view = self.transcript.view
        self._places = Places(self.view)
        self.documents = DocumentsPanel(self)
        self.here = CodingsHere(self)
        self.here.comment.tooLong.connect(lambda: bridge.refused.emit(str(TextTooLongError("comment"))))
        self.codebook = CodebookPanel(bridge, self)
        self.side = CodebookSide(bridge, self.codebook, self)
        self.applying = Applying(bridge, self.desk, self.view, self)
        self.changing = Changing(bridge, self.desk, self.view, self)
        self.edges = EdgeMoving(bridge, self.desk, self.view)
        self.mouse = ByMouse(bridge, self.desk, self.view, self.codebook.tree, self.applying, self.edges)
        self.here.brief_of = partial(brief_of, self.desk)
        self.showing = Showing(
            bridge,
            self.desk,
            self.view,
            self.transcript.foot,
            self,
            open_document=self.open_document,
            at_hand=self._code_at_hand,
        )
        self.editing = Editing(
            bridge, self.desk, self.view, self.changing, self, foot=self.transcript.foot, go_to=self.go_to
        )
        self.drawing = Drawing(self, self._reading)
        self._stack = QStackedWidget(self)
        right = self.here, self.codebook
        self._columns = RoomColumns(self.documents, self.transcript, self.side, right, self._stack)
        self.empty = EmptyState(_NO_DOCUMENTS, "Go to the transcripts")
        self._painted = False
        self._first_paint = FirstPaint(self)
        self._lay_out()
        self._connections = Connections(self, self._columns)
        self._first_paint.seen.connect(self._on_painted)
        self.setTabOrder(self.codebook.tree, self.documents.list)
        self._actions = room_actions(self)
        self.voice = TextVoice(self.view)
        bridge.changed.connect(self.voice.follow)

    # Properties

    @property
    def editor(self) -> DefinitionEditor:
        """Where a code is defined."""
        return self.side.editor

    @property
    def document(self) -> DocumentId | None:
        """The document that lies open."""
        return self.desk.document

    @property
    def palette_panel(self) -> QWidget:
        """The palette of codes."""
        return self.applying.palette

    # Methods

    def refresh(self) -> None:
        """Read everything again; text, caret and scroll stay while the text is the same.

        At first without the counts, which follow as soon as all else is seen.
        """
        self._reading.lists(counted=self._painted)
        self.codebook.show_codes(self.desk.codes)
        self.showing.filters.follow()
        self.here.use_weights(used=self.desk.weights)
        self.side.follow(self.desk.codes)
        begin = first_to_code(self.desk.documents)
        chosen = self.desk.document or (begin.id if begin else None)
        self._stack.setCurrentIndex(0 if chosen is None else 1)
        if chosen is None:
            self.desk.known = KnownCodings()
            self.view.show_document("", ())
        else:
            self._open(chosen)
        self.drawing.list_documents()

    def take_change(self, change: Change) -> None:
        """Follow a change at once if the room is seen, with no more reading than it makes necessary."""
        if not self.isVisible() or self._stale or change.origin == "elsewhere" or change.concerns(*_LISTS):
            super().take_change(change)
            return
        if change.concerns(*_SETS):
            self.showing.filters.follow()
        if change.concerns("code", "code_version"):
            self.drawing.take_codes(change)
        elif change.concerns("coding"):
            self.drawing.take_codings(change)

    def room_actions(self) -> list[QAction]:
        """What can be done here."""
        own = [*self._actions, *self.editing.actions()]
        return [*own, *self.codebook.actions_of_codebook, *self.side.side_actions]

    def go_to(self, place: Place) -> None:
        """Open a document and select a passage of it."""
        self._refresh_if_stale()
        if all(row.id != place.document for row in self.desk.documents):
            return
        self.edges.leave()
        if place.document != self.desk.document:
            self.open_document(place.document)
        length = len(self.desk.text.text) if self.desk.text else 0
        self.view.select(min(place.start, length), min(place.end, length))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def things(self) -> Sequence[Target]:
        """The code that has the focus, the coding that stands out, what is selected, and the document."""
        code, coding, span = self.codebook.tree.current_code, self.view.active_coding(), self.view.selected_range()
        passage = self.desk.passage(span) if span else None
        found = [
            Target("code", code.id) if code and self.codebook.tree.hasFocus() else None,
            Target("coding", coding) if coding else None,
            Target.at(passage) if passage else None,
            Target("document", self.desk.document) if self.desk.document else None,
        ]
        return [target for target in found if target is not None]

    def open_document(self, document: str) -> None:
        """Show a document where one left it."""
        chosen = DocumentId(document)
        if chosen != self.desk.document:
            self._places.leave(self.desk.document)
            self._open(chosen, coming_back=True)
            self.drawing.list_documents()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_whose(self, whose: Whose) -> None:
        """Show one's own codings, or everyone's."""
        if whose == "mine" and self.showing.filters.names_colleagues:
            self.showing.filters.drop_coders()
        self._reading.choose(whose)
        self.drawing.draw_anew()

    def give_done(self, done: bool) -> None:
        """Say that one is done with the document, or is not after all."""
        document, round_id = self.desk.document, self.bridge.round_id
        if round_id is None:
            self.bridge.refused.emit(str(NoRoundError()))
        elif document is not None:
            self.edges.leave()
            self.bridge.attempt(lambda: set_done(self.bridge.study, document=document, round_id=round_id, done=done))
        self.drawing.tell_state()

    def edit_definition(self, code: str) -> None:
        """Widen the codebook into the editor of a code."""
        self.side.define(code)

    def fold_documents(self) -> None:
        """Fold the documents away, or show them again."""
        if self._columns.fold_documents():
            self.documents.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def walk(self, step: int) -> None:
        """Go to the next stop (1) of the walk that was chosen, or to the one before (-1)."""
        self.showing.walker.step(step)

    def take_hits(self, hits: Hits) -> None:
        """Know where the hits of the search come from, to walk through them."""
        self.showing.walker.take_hits(hits)
        if hits.position[1]:
            self.walk_hits()

    def walk_hits(self) -> None:
        """Walk through what was found from now on."""
        self.showing.choose("hits")

    def turn_whose(self) -> None:
        """Show everyone's codings instead of one's own, or the other way round."""
        self.show_whose("everyone" if self.desk.choice.whose == "mine" else "mine")

    def move_edges(self) -> None:
        """Move the edges of the coding at the caret."""
        if self.desk.locked:
            self.bridge.refused.emit(str(HandedInError(self.transcript.title)))
        else:
            self.changing.choose("Move the edges of which coding?", self.edges.begin)

    def comment_here(self) -> None:
        """Write the comment on the coding at the caret."""
        self.changing.choose("Comment on which coding?", lambda row: self.here.edit_comment(row.id))

    def weigh_here(self) -> None:
        """Say how strongly the code at the caret holds, where the study uses weights."""
        if self.desk.weights:
            self.changing.choose("Weigh which coding?", lambda row: self.here.edit_weight(row.id))
        else:
            self.bridge.refused.emit(_NO_WEIGHTS)

    def define_here(self) -> None:
        """Edit the definition of the code that is marked among the codings at the caret."""
        if self.here.current is None:
            self.bridge.refused.emit("Nothing is coded here. Put the caret on a coding.")
        else:
            self.edit_definition(self.here.current.code)

    def remove_marked(self) -> None:
        """Remove the coding that is marked in the list of those at the caret."""
        if self.here.current is not None:
            self.changing.remove([self.here.current])

    def build_all(self) -> None:
        """Build the panels of the codebook that nobody asked for yet."""
        self.side.build_all()

    def update_theme(self) -> None:
        """Take the colours of the theme that was switched to."""
        self.transcript.update_theme()
        self.applying.update_theme()
        self.side.update_theme()
        self.editing.update_theme()
        for part in (self.documents.list, self.here.list, self.codebook.tree):
            part.viewport().update()

    # Private slots

    def _on_painted(self) -> None:
        self._painted = True
        self.drawing.count_again()
        self.applying.build()

    # Internal

    def _open(self, document: DocumentId, *, coming_back: bool = False) -> None:
        self.bridge.begun.emit()
        self.edges.leave()
        before = self.editing.note(self.desk.text)
        if self._reading.open(document) and self.desk.text is not None:
            self.view.show_document(self.desk.text.text, self.desk.text.turns)
            self.view.set_units(self.desk.text.units)
            self.editing.show_headings()
            self.drawing.show_play()
            if coming_back:
                self._places.come_back(document)
            self.editing.stay(before, self.desk.text)
            self.drawing.draw_sight()
        else:
            self.drawing.show_play()
        self._reading.codings()
        self.drawing.draw()
        self.drawing.tell_state()
        self.editing.follow()
        self.codebook.show_document(document)

    def _code_at_hand(self) -> str | None:
        """The code that has the focus in the codebook; else that of the marked coding at the caret, else the former."""
        chosen, here = self.codebook.tree.current_code, self.here.current
        if chosen is not None and (self.codebook.tree.hasFocus() or here is None):
            return chosen.id
        return here.code if here is not None else None

    def _lay_out(self) -> None:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.transcript.add_below(self.editing.second_look)
        self.transcript.add_below(self.editing.other)
