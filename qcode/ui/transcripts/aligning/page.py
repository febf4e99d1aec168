"""The page on which a translation is aligned with its original: worked out, looked at, corrected by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qcode.ids import DocumentId, RevisionId
from qcode.operations.alignment import (
    Aligning,
    Texts,
    align_turns,
    link_turns,
    prepare,
    shift_turns,
    unalign,
    unlink_turns,
)
from qcode.queries.transcripts.alignment import SideBySide, side_by_side
from qcode.text.aligned import Language, Pair
from qcode.ui import work
from qcode.ui.announcing import announce
from qcode.ui.bridge import StudyBridge
from qcode.ui.empty import EmptyState
from qcode.ui.kept_true import KeptTrue
from qcode.ui.keys.hints import Piece, follow_keys, keys_in_words
from qcode.ui.keys.keyed import WITHIN, KeyedAction, shown_keys
from qcode.ui.theme import SPACE, label
from qcode.ui.transcripts.aligning.choice import succeeds
from qcode.ui.transcripts.aligning.sheet import AlignedSheet
from qcode.ui.transcripts.parts import action, counted

_NOTHING_YET = (
    "“{}” is not aligned with “{}” yet. Their turns are linked by how long they are, who speaks and when; "
    "then you look at them here, and correct what is wrong."
)
_MARKED = "{} of the {} {} marked: go to the {} and press {} there. Esc forgets it."


class AligningPage(KeptTrue):
    """Two texts line by line. What is done here is undone as everything is."""

    closed = Signal()

    kinds: ClassVar[tuple[str, ...]] = ("turn_link", "document", "revision", "speaker", "participant")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._document: DocumentId | None = None
        self._shown: SideBySide | None = None
        self._task: work.Task | None = None
        self._title = label("", "heading")
        self._facts = label("", "small", "quiet")
        self._say = label("", "small", "quiet")
        self._say.setWordWrap(True)
        self.sheet = AlignedSheet(self)
        self.empty = EmptyState("", "Align")
        self.back_button = QPushButton("Back")
        self.align_button = QPushButton("Align again")
        self._stack = QStackedWidget(self)
        self.page_actions = self._make_actions()
        self._how = self._pieces()
        self._tells_how = True
        self._tell_how()
        follow_keys(self._how, self._on_keys)
        self._lay_out()
        self._connect()

    # Properties

    @property
    def shown(self) -> SideBySide | None:
        """The two texts and their lines."""
        return self._shown

    @property
    def told(self) -> str:
        """What is said below the lines."""
        return self._say.text()

    @property
    def facts(self) -> str:
        """How far the texts are aligned."""
        return self._facts.text()

    # Methods

    def open(self, document: DocumentId) -> None:
        """Show a translation beside its original."""
        self._give_up_waiting()
        self._document, self._stale = document, False
        self.sheet.mark(None)
        self._tell_how()
        self.sheet.show_lines(None)
        self.refresh()
        self._give_focus()

    def refresh(self) -> None:
        """Read the lines again; the cursor stays at its turn."""
        if self._document is None:
            return
        before = self._texts()
        self._shown = side_by_side(self.bridge.study, self._document)
        if self._shown is None:
            self._leave()
            return
        if before != self._texts():
            self._unmark()
        linked = self._shown.linked
        self._title.setText(self._shown.translation.name)
        self._facts.setText(_facts(self._shown) if linked else "")
        self.empty.say(_NOTHING_YET.format(self._shown.translation.name, self._shown.original.name))
        inside = self._has_focus()
        self._stack.setCurrentWidget(self.sheet if linked else self.empty)
        self.align_button.setVisible(linked > 0)
        self._say.setVisible(linked > 0)
        self.sheet.show_lines(self._shown)
        if inside:
            self._give_focus()

    def align(self) -> None:
        """Link the turns by their lengths, voices and times; links made by hand stay."""
        document = self._document
        if document is None or self._task is not None:
            return
        prepared = self.bridge.attempt(lambda: prepare(self.bridge.study, document))
        if prepared is None:
            return
        self._facts.setText("Aligning…")
        self._task = work.run(
            self,
            lambda _progress: prepared.links(),
            done=lambda links: self._on_aligned(document, prepared, links),
            refused=self._on_refused,
        )

    def link(self) -> None:
        """Link the chosen cells of both sides; with one side alone chosen, keep it in mind for the other."""
        original, translation = self.sheet.chosen("original"), self.sheet.chosen("translation")
        marked, document = self.sheet.marked, self._document
        if marked is not None:
            original = original or (list(marked[1]) if marked[0] == "original" else [])
            translation = translation or (list(marked[1]) if marked[0] == "translation" else [])
        if document is None or not (original or translation):
            self.bridge.refused.emit("Choose cells with words in them to link.")
        elif original and translation:
            self._unmark()
            self._do(
                lambda: link_turns(
                    self.bridge.study, document, translation=translation, original=original, texts=self._texts()
                ),
                after=("translation", translation[0]),
            )
        else:
            self._mark("original" if original else "translation", original or translation)

    def unlink(self) -> None:
        """Take away the links of the chosen cells."""
        original, translation = self.sheet.chosen("original"), self.sheet.chosen("translation")
        document = self._document
        if document is not None:
            self._do(
                lambda: unlink_turns(
                    self.bridge.study, document, translation=translation, original=original, texts=self._texts()
                )
            )

    def shift(self, by: Literal[1, -1]) -> None:
        """Move the side of the cursor by a line, from the cursor to the end."""
        here, document = self.sheet.from_cursor(), self._document
        if document is None:
            return
        if here is None:
            self.bridge.refused.emit("Nothing is left on this side from here on. Choose a line further up.")
            return
        language, turn = here
        self._do(
            lambda: shift_turns(self.bridge.study, document, language=language, turn=turn, by=by, texts=self._texts()),
            after=here,
        )

    def take_away(self) -> None:
        """Take all links away; undo brings them back."""
        document = self._document
        if document is not None:
            count = self.bridge.attempt(lambda: unalign(self.bridge.study, document))
            if count is not None:
                self.bridge.informed.emit(f"{counted(count, 'link')} taken away. Undo brings them back.")

    def step_to_gap(self, by: int) -> None:
        """Go to the next line without a counterpart (1), or the one before (-1)."""
        if not self.sheet.step_to_gap(by):
            self.bridge.informed.emit("Every turn has a counterpart.")

    def leave(self) -> None:
        """Forget what was marked to be linked, or go back to the documents."""
        if self.sheet.marked is not None:
            self._unmark()
        else:
            self._leave()

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        self.sheet.viewport().update()

    # Private slots

    def _on_aligned(self, document: DocumentId, prepared: Aligning, links: list[Pair]) -> None:
        self._task = None
        study = self.bridge.study
        found = self.bridge.attempt(lambda: align_turns(study, document, links=links, texts=prepared.texts))
        if found is None or self._shown is None:
            self.refresh()
            return
        self._facts.setText(_facts(self._shown))
        self._give_focus()
        self.bridge.informed.emit(f"{counted(found, 'link')} made. Look at them line by line.")

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.refresh()
        self.bridge.refused.emit(sentence)

    # Internal

    def _do(self, deed: Callable[[], object], after: tuple[Language, int] | None = None) -> None:
        """Do something to the links, and stay where one is."""
        if self.bridge.attempt(partial(succeeds, deed)) and after is not None:
            self._refresh_if_stale()
            self.sheet.go_to(*after)

    def _mark(self, language: Language, turns: list[int]) -> None:
        self.sheet.mark((language, range(turns[0], turns[-1] + 1)))
        other = "translation" if language == "original" else "original"
        verb = "is" if len(turns) == 1 else "are"
        link = shown_keys(self.page_actions[0]) or "“Link”"
        self._tell(_MARKED.format(counted(len(turns), "turn"), language, verb, other, link))
        announce(self.sheet, self.told)

    def _unmark(self) -> None:
        self.sheet.mark(None)
        self._tell_how()

    def _tell(self, words: str) -> None:
        self._tells_how = False
        self._say.setText(words)

    def _tell_how(self) -> None:
        self._say.setText(keys_in_words(self._how))
        self._tells_how = True

    def _on_keys(self) -> None:
        if self._tells_how:
            self._tell_how()

    def _pieces(self) -> list[Piece]:
        link, unlink, down, up, following, *_ = self.page_actions
        return [
            ("{} links what is chosen on both sides", link),
            ("{} unlinks", unlink),
            ("{} and {} shift one side from here on by a line", down, up),
            ("{} goes to gaps", following),
        ]

    def _texts(self) -> Texts | None:
        shown = self._shown
        return Texts(RevisionId(shown.translation.revision), RevisionId(shown.original.revision)) if shown else None

    def _leave(self) -> None:
        self._give_up_waiting()
        self._document, self._shown = None, None
        self.closed.emit()

    def _has_focus(self) -> bool:
        return self.sheet.hasFocus() or self.empty.button.hasFocus()

    def _give_focus(self) -> None:
        (self.sheet if self._shown and self._shown.linked else self.empty.button).setFocus()

    def _give_up_waiting(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _make_actions(self) -> list[QAction]:
        sheet = self.sheet
        return [
            action("Link the chosen turns", self.link, sheet, "L", key="transcripts.align-link"),
            action("Unlink the chosen turns", self.unlink, sheet, "U", key="transcripts.align-unlink"),
            action("Shift the rest down", lambda: self.shift(1), sheet, "Alt+Down", key="transcripts.align-down"),
            action("Shift the rest up", lambda: self.shift(-1), sheet, "Alt+Up", key="transcripts.align-up"),
            action(
                "Next line without a counterpart",
                lambda: self.step_to_gap(1),
                sheet,
                "F3",
                key="transcripts.align-next-gap",
            ),
            action(
                "Previous line without a counterpart",
                lambda: self.step_to_gap(-1),
                sheet,
                "Shift+F3",
                key="transcripts.align-previous-gap",
            ),
            action(
                "Align turns by length, voices and times", self.align, self, "Ctrl+R", WITHIN, key="transcripts.align"
            ),
            action("Take all links away", self.take_away, self, "Shift+Del", WITHIN, key="transcripts.unalign"),
            action("Leave the alignment", self.leave, self, "Escape", WITHIN, key="transcripts.align-leave"),
        ]

    def _lay_out(self) -> None:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.sheet)
        top = QHBoxLayout()
        top.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        top.setSpacing(SPACE)
        top.addWidget(self._title)
        top.addStretch(1)
        by_key = {one.key: one for one in self.page_actions if isinstance(one, KeyedAction)}
        for key, words in _BUTTONS:
            button = QPushButton(words)
            button.setProperty("kind", "quiet")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(by_key[key].lasting_name)
            by_key[key].tell_keys(button, by_key[key].lasting_name)
            button.clicked.connect(by_key[key].trigger)
            top.addWidget(button)
        top.addWidget(self.align_button)
        top.addWidget(self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        foot.setSpacing(2 * SPACE)
        foot.addWidget(self._say, 1)
        foot.addWidget(self._facts)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.empty.pressed.connect(self.align)
        self.align_button.clicked.connect(self.align)
        self.align_button.setToolTip("Links made by hand stay as they are")
        self.back_button.setAccessibleName("Back to the documents")
        self.back_button.clicked.connect(self._leave)
        for one in self.page_actions:
            if one.objectName() in _ON_CELLS:
                self.sheet.addAction(one)
        self.sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


_BUTTONS = (
    ("transcripts.align-link", "Link"),
    ("transcripts.align-unlink", "Unlink"),
    ("transcripts.align-down", "Shift down"),
    ("transcripts.align-up", "Shift up"),
)
_ON_CELLS = {key for key, _words in _BUTTONS}


def _facts(shown: SideBySide) -> str:
    alone = len(shown.lines) - shown.linked
    gaps = f" · {counted(alone, 'line')} without a counterpart" if alone else ""
    return counted(shown.linked, "link") + gaps
