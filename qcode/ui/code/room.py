"""The Code room: a document is read, its passages are coded, and the codebook grows beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import DocumentId
from qcode.operations.coding import HandedInError, NoRoundError
from qcode.operations.lookup import TextTooLongError
from qcode.operations.memos import Target
from qcode.operations.team import set_done
from qcode.queries.codings import CodingRow
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
from qcode.ui.code.desk import Desk
from qcode.ui.code.documents import DocumentsPanel, first_to_code
from qcode.ui.code.edge_moving import EdgeMoving
from qcode.ui.code.editing import Editing
from qcode.ui.code.notices import notice_for
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
_COUNT_AGAIN_MS = 200
_SETS = ("code_set", "code_set_member")
_LISTS = ("study", "document", "revision", "speaker", "participant", "coder", "round", "assignment")


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
        self.editing.asking.answersWanted.connect(self.requestQuestion)
        self._columns = RoomColumns(self.documents, self.transcript, self.side, (self.here, self.codebook))
        self._stack = QStackedWidget(self)
        self.empty = EmptyState(_NO_DOCUMENTS, "Go to the transcripts")
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AGAIN_MS)
        self._painted = False
        self._first_paint = FirstPaint(self)
        self._lay_out()
        self._connect()
        self._connect_changes()
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
        self._follow_definition()
        begin = first_to_code(self.desk.documents)
        chosen = self.desk.document or (begin.id if begin else None)
        self._stack.setCurrentIndex(0 if chosen is None else 1)
        if chosen is None:
            self.desk.known = KnownCodings()
            self.view.show_document("", ())
        else:
            self._open(chosen)
        self._show_documents()

    def take_change(self, change: Change) -> None:
        """Follow a change at once if the room is seen, with no more reading than it makes necessary."""
        if not self.isVisible() or self._stale or change.origin == "elsewhere" or change.concerns(*_LISTS):
            super().take_change(change)
            return
        if change.concerns(*_SETS):
            self.showing.filters.follow()
        if change.concerns("code", "code_version"):
            self._take_codes(change)
        elif change.concerns("coding"):
            self._take_codings(change)

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
            self._show_documents()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_whose(self, whose: Whose) -> None:
        """Show one's own codings, or everyone's."""
        if whose == "mine" and self.showing.filters.names_colleagues:
            self.showing.filters.drop_coders()
        self._reading.choose(whose)
        self._draw_anew()

    def give_done(self, done: bool) -> None:
        """Say that one is done with the document, or is not after all."""
        document, round_id = self.desk.document, self.bridge.round_id
        if round_id is None:
            self.bridge.refused.emit(str(NoRoundError()))
        elif document is not None:
            self.edges.leave()
            self.bridge.attempt(lambda: set_done(self.bridge.study, document=document, round_id=round_id, done=done))
        self._tell_state()

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
        if self.desk.done:
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

    def _on_here(self, _ids: object = None) -> None:
        """List what is at the caret; while one walks through the list itself it stays as it is."""
        known = self.desk.known
        if self.here.list.hasFocus():
            drawn = {row.id for row in self.desk.drawn}
            self.here.show_codings([known[row.id] for row in self.here.rows if row.id in drawn])
        else:
            here = self.view.codings_at_caret()
            self.here.show_codings([known[row.id] for row in here if row.id in known])

    def _on_selection(self, _start: int, _end: int) -> None:
        active = self.view.active_coding()
        if active is not None and all(row.id != active for row in self.view.codings_at_caret()):
            self.view.set_active_coding(None)

    def _on_coding(self, coding: str) -> None:
        if coding in self.desk.known:
            self._select(self.desk.known[coding])

    def _on_filter(self) -> None:
        """Draw what the filter lets through; asking for a colleague's codings shows everyone's."""
        filters = self.showing.filters
        self._reading.narrow(filters.only)
        if filters.names_colleagues and self.desk.choice.whose == "mine":
            self._reading.choose("everyone")
        self._draw_anew()
        self.showing.tell()

    def _on_back_to_text(self) -> None:
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._on_here()

    def _on_edges_told(self, words: str) -> None:
        if words:
            self.transcript.say(words)
        else:
            self._tell_state()

    def _on_edges_shown(self, moved: CodingRow | None) -> None:
        if moved is None:
            self._draw()
        else:
            self.view.change_codings(come=self.desk.signed([moved]))

    def _on_editor_closed(self) -> None:
        inside = self.side.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._columns.close_editor()
        if inside:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_notice(self) -> None:
        self.give_done(done=False)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_painted(self) -> None:
        self._painted = True
        self._on_count_again()
        self.applying.build()

    def _on_count_again(self) -> None:
        self._reading.lists()
        self.codebook.show_codes(self.desk.codes)
        self._show_documents()

    # Internal

    def _open(self, document: DocumentId, *, coming_back: bool = False) -> None:
        self.bridge.begun.emit()
        self.edges.leave()
        before = self.editing.note(self.desk.text)
        if self._reading.open(document) and self.desk.text is not None:
            self.view.show_document(self.desk.text.text, self.desk.text.turns)
            self.view.set_units(self.desk.text.units)
            self.editing.show_headings()
            if coming_back:
                self._places.come_back(document)
            self.editing.stay(before, self.desk.text)
            self._show_sight()
        self._reading.codings()
        self._draw()
        self._tell_state()
        self.editing.follow()
        self.codebook.show_document(document)

    def _show_sight(self) -> None:
        """Paint what is in sight, before all the codings are read: a long text has thousands out of sight."""
        if not self.view.isVisible():
            return
        self.desk.known = KnownCodings()
        self._tell_state()
        self.transcript.settle()
        self._reading.codings_in(self.view.sight())
        self.view.set_codings(self.desk.signed(self.desk.drawn))
        self.view.show_now(names=False)

    def _draw(self) -> None:
        self.view.set_codings(self.desk.signed(self.desk.drawn))
        self._on_here()
        self.showing.follow()

    def _draw_anew(self) -> None:
        """Draw others than before: stripes stand side by side anew."""
        self.edges.leave()
        self.view.set_codings(())
        self._draw()
        self._tell_state()

    def _code_at_hand(self) -> str | None:
        """The code that has the focus in the codebook; else that of the marked coding at the caret, else the former."""
        chosen, here = self.codebook.tree.current_code, self.here.current
        if chosen is not None and (self.codebook.tree.hasFocus() or here is None):
            return chosen.id
        return here.code if here is not None else None

    def _take_codings(self, change: Change) -> None:
        """Read the codings that were touched; count again later what was touched in other documents."""
        if change.documents - {self.desk.document}:
            self._counting.start()
        if self.desk.document not in change.documents:
            return
        touched = change.touched.get("coding", frozenset())
        self._reading.touched(touched)
        come = [row for row in self.desk.known.among(touched) if self.desk.choice.takes(row)]
        self.view.change_codings(gone=touched - {row.id for row in come}, come=self.desk.signed(come))
        self._on_here()
        self.showing.follow()
        self.codebook.show_codes(self.desk.codes)
        self._show_documents()

    def _take_codes(self, change: Change) -> None:
        touched = change.touched.get("code", frozenset())
        self._reading.codes()
        self.showing.filters.follow()
        if change.concerns("coding") or self._reading.shows_changed_codes(touched):
            self._reading.documents()
            self._reading.codings()
            self._draw()
            self._show_documents()
        self.codebook.show_codes(self.desk.codes)
        self._follow_definition()

    def _follow_definition(self) -> None:
        self.side.follow(self.desk.codes)

    def _tell_state(self) -> None:
        self.transcript.show_row(self.desk.row)
        self.transcript.show_whose(self.desk.choice.whose)
        self.here.lock(locked=self.desk.done)
        self.transcript.say(*notice_for(self.desk, self.bridge.round))

    def _show_documents(self) -> None:
        self.documents.show_documents(self.desk.documents, self.desk.document)

    def _select(self, row: CodingRow) -> None:
        self.view.select(row.start, row.end)
        self.view.set_active_coding(row.id)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _connect(self) -> None:
        self.empty.pressed.connect(lambda: self.requestRoom.emit("transcripts"))
        self.documents.documentChosen.connect(self.open_document)
        self.transcript.whoseChosen.connect(self.show_whose)
        self.transcript.doneGiven.connect(lambda done: self.give_done(done=done))
        self.transcript.foldAsked.connect(self.fold_documents)
        self.transcript.notice_button.clicked.connect(self._on_notice)
        self.view.codingsAtCaretChanged.connect(self._on_here)
        self.view.selectionChangedTo.connect(self._on_selection)
        self.view.selectionChangedTo.connect(self.bridge.begun)
        self.view.codingActivated.connect(self._on_coding)
        self.view.paletteRequested.connect(self.applying.ask)
        self.applying.definitionAsked.connect(self.edit_definition)
        self.codebook.applyAsked.connect(self.applying.apply)
        self.codebook.definitionAsked.connect(self.edit_definition)
        self.codebook.passagesAsked.connect(self.requestPassages)
        self.codebook.memosAsked.connect(self.requestMemos)
        self.editing.memos.wanted.connect(self.requestMemoOn)
        self.side.openAsked.connect(self._columns.open_editor)
        self.side.closed.connect(self._on_editor_closed)
        self.side.passagesAsked.connect(self.requestPassages)
        self.side.placeAsked.connect(self.go_to)
        self.transcript.add_below(self.editing.second_look)
        self.transcript.add_below(self.editing.other)
        self.editing.second_look.requestPassages.connect(self.requestPassages)
        self.edges.told.connect(self._on_edges_told)
        self.edges.shown.connect(self._on_edges_shown)
        self.showing.filters.changed.connect(self._on_filter)
        self._counting.timeout.connect(self._on_count_again)
        self._first_paint.seen.connect(self._on_painted)
        self.bridge.refused.connect(self._on_here)

    def _connect_changes(self) -> None:
        changing = self.changing
        self.view.lastCodesRequested.connect(self.applying.apply_last)
        self.view.removeRequested.connect(changing.remove_here)
        self.view.nextRequested.connect(lambda: self.walk(1))
        self.view.previousRequested.connect(lambda: self.walk(-1))
        self.here.codingChosen.connect(self._on_coding)
        self.here.list.currentKeyChanged.connect(self.mouse.edges.handles.mark)
        self.here.commentGiven.connect(changing.comment)
        self.here.unsureGiven.connect(changing.doubt)
        self.here.weightGiven.connect(changing.weigh)
        self.here.illustrativeGiven.connect(changing.illustrate)
        self.here.negativeGiven.connect(changing.negate)
        self.here.removeAsked.connect(lambda _key: self.remove_marked())
        self.here.left.connect(self._on_back_to_text)
