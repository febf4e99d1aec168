"""The review of names: every distinct string of all that arrives is answered once, by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from qcode.deidentification import Category, Entity, Place, Ruling, suggestions
from qcode.deidentification.forms import same_form
from qcode.deidentification.measured import measured_sentence
from qcode.deidentification.strings import Hit, Listed
from qcode.deidentification.suggesting import kin
from qcode.deidentification.widening import Edge, stepped
from qcode.queries.transcripts.documents import participants
from qcode.ui.announcing import announce
from qcode.ui.bridge import StudyBridge
from qcode.ui.rulings import Answers, OnlyInTalkError
from qcode.ui.transcripts.names.actions import NameActions
from qcode.ui.transcripts.names.arriving import Arriving, Writing, Written
from qcode.ui.transcripts.names.known import KnownPanel
from qcode.ui.transcripts.names.places import PlaceLine
from qcode.ui.transcripts.names.review_parts import ReviewParts
from qcode.ui.transcripts.names.search import NameSearch
from qcode.ui.transcripts.names.telling import about_model, capitals_warning, standing
from qcode.ui.transcripts.names.words import STATES

_SOON_MS = 40
_ENOUGH_PLACES = 2_000
_ADDRESSES = frozenset({"email", "phone", "web"})


class NamesReview(ReviewParts):
    """Shows what may identify someone in what arrives, and takes answers; nothing of it is written to the study."""

    decided = Signal()
    looked = Signal()

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(self._answer, parent)
        self.bridge = bridge
        self.rulings = bridge.rulings
        self.search = NameSearch(self.rulings, self)
        self.known_panel = KnownPanel(bridge, self)
        self._asked: tuple[tuple[Listed, ...], Answers] | None = None
        self._is_listing = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self.actions_of_names = NameActions(self)
        self._connect()
        self._show_state()

    # Properties

    @property
    def waiting(self) -> int:
        """How many strings nobody answered and nobody put off."""
        return self.search.waiting

    @property
    def scanned(self) -> bool:
        """Whether everything that arrives was looked through."""
        return self.search.scanned

    @property
    def current(self) -> Listed | None:
        """The string that is asked about."""
        return self.strings.current_row()

    @property
    def name_actions(self) -> list[QAction]:
        """What can be done here."""
        return self.actions_of_names.every

    # Methods

    def review(self, arriving: Sequence[Arriving]) -> None:
        """Look through what arrives, in a worker; answers given before stay."""
        self._asked = None
        self.search.review(arriving)
        if not arriving:
            self.talk.show_talk(None)
        self._show_state()

    def progress(self, key: str) -> tuple[int, int]:
        """How many strings of a file are answered, and how many it has."""
        return self.search.progress(key)

    def writing(self) -> Writing:
        """The answers of now, as a value that a worker can write transcripts by."""
        return Writing(self.rulings.decisions)

    def written(self, key: str) -> Written:
        """A transcript with every replacement that was answered so far."""
        return self.writing().written(self.search.arriving[key])

    # Answers

    def replace(self) -> None:
        """Replace the strings that are marked: one as the line says, several each with its own suggestion."""
        rows = self.strings.selected()
        if len(rows) == 1 and self.panel.entity is not None:
            entity = self.panel.entity
            self._answer_with(lambda: self.rulings.join([rows[0].text], entity))
        elif rows:
            words = self.panel.words if len(rows) == 1 else ""
            self._answer_with(lambda: self.rulings.replace(_strings(rows), words))

    def join(self) -> None:
        """Let the strings that are marked be one person, or be whom the words in the line stand for."""
        rows = self.strings.selected()
        entity = self.panel.entity if len(rows) == 1 else None
        if entity is not None:
            self._answer_with(lambda: self.rulings.join([rows[0].text], entity))
        elif rows:
            words = self.panel.words or self._offers(rows[:1])[0][0]
            self._answer_with(lambda: self.rulings.join_as(_strings(rows), words))

    def rule_out(self, ruling: Ruling) -> None:
        """Say of the strings that are marked that they are no identifiers, or put them off."""
        rows = self.strings.selected()
        if rows:
            self._answer_with(lambda: self.rulings.rule_out([row.text for row in rows], ruling))

    def replace_here(self) -> None:
        """Replace the string at the place that is marked, and nowhere else."""
        row, line = self.current, self.places.current_row()
        if row is not None and line is not None:
            self._answer_with(lambda: self._here(row, line.hit), advance=False)
            self._step_place(row)

    def withdraw(self) -> None:
        """Take back what was answered about the strings that are marked."""
        rows, line = self.strings.selected(), self.places.current_row()
        place = self.search.place(line.hit) if line is not None and len(rows) == 1 else None
        if rows:
            self._answer_with(lambda: self.rulings.withdraw([row.text for row in rows], place), advance=False)

    def undo(self) -> None:
        """Take back the latest answer, and return to its string."""
        before = self.rulings.answers
        self.rulings.undo()
        now = self.rulings.answers
        changed = {same_form(form) for one in {*before.decisions} ^ {*now.decisions} for form in one.forms}
        changed |= {same_form(one.form) for one in before.marked[len(now.marked) :]}
        row = next((row for row in self.search.rows if row.key in changed), None)
        if row is not None:
            self.strings.select_row(row.key)

    def give_codes(self) -> None:
        """Give all speakers that wait for an answer study codes, in their order."""
        rows = [row for row in self.search.rows if row.by[0] == _LABELS and self.search.state(row) == "waiting"]
        if not rows:
            self.bridge.informed.emit("No speaker's label waits for an answer.")
            return
        order = {key: number for number, key in enumerate(self.search.arriving)}
        rows.sort(key=lambda row: (order.get(row.hits[0].document, 0), row.hits[0].source))
        taken = {row.pseudonym for row in participants(self.bridge.study)} | self._labels()
        self._answer_with(lambda: self.rulings.give_codes([row.text for row in rows], taken))

    # Marks

    def widen(self, edge: Edge, *, wider: bool) -> None:
        """Make the mark at the place that is marked wider or narrower by a word, and ask about that instead."""
        row, line = self.current, self.places.current_row()
        if row is None or line is None:
            return
        text, hit = self.search.source(line.hit).text, line.hit
        start, end = stepped(text, hit.start, hit.end, edge=edge, wider=wider)
        if (start, end) == (hit.start, hit.end):
            self.bridge.informed.emit("The mark goes no further here.")
            return
        instead_of = "" if wider else row.key
        self._mark(text[start:end], instead_of, Hit(hit.document, hit.source, start, end))

    def mark_selection(self) -> None:
        """Add the words that are selected in the talk."""
        selected, shown = self.talk.selected, self.talk.shown
        if selected is None or shown is None:
            self.bridge.informed.emit("Select the words that were missed, in the talk, then mark them.")
            return
        words = shown.transcript.text[slice(*selected)].split("\n")[0]
        self._mark(words, "", Hit(shown.key, 0, selected[0], selected[0] + len(words)))

    def add_missed(self) -> None:
        """Add the string that was typed."""
        typed = " ".join(self.missed.text().split())
        if not typed:
            return
        if not self.search.stands_anywhere(typed):
            self.bridge.refused.emit("These words stand in none of the files. Look at their spelling.")
            return
        self._mark(typed, "")
        self.missed.clear()
        self.strings.setFocus()

    def open_known(self) -> None:
        """Type or paste the names that the team knows."""
        self.known_panel.open_panel()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what can be done here while it is seen."""
        super().showEvent(event)
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Offer it no longer."""
        super().hideEvent(event)
        self._show_state()

    # Private slots

    def _on_changed(self) -> None:
        self.search.mark()
        self._show_strings()
        self.decided.emit()

    def _on_looked(self) -> None:
        self._asked = None
        self._show_strings()
        rows = self.strings.shown_rows()
        if rows and self.current is None:
            self.strings.select_row(rows[0].key)
        self.looked.emit()

    def _on_string(self) -> None:
        rows = self.strings.selected()
        asked = tuple(rows), self.rulings.answers
        if asked == self._asked or self._is_listing:
            return
        self._asked = asked
        held = self.rulings.about(rows[0].key) if len(rows) == 1 else None
        chosen = held.replacement if held is not None and held.decision == "replace" else ""
        self.panel.ask(rows, self._offers(rows[:1]), chosen)
        self._show_places()
        self._show_state()

    def _on_place(self) -> None:
        self._show_state()
        self._soon.start()

    def _on_soon(self) -> None:
        line = self.places.current_row()
        arriving = self.search.arriving.get(line.hit.document) if line is not None else None
        self.talk.show_talk(arriving)
        if line is not None and arriving is not None:
            rows = self.search.in_document(arriving.key)
            self.talk.show_marks(
                (hit, self.search.state(row), row.text, self._answer(row))
                for row in rows
                for hit in row.hits
                if hit.document == arriving.key and hit.source == 0
            )
            self.talk.show_place((line.hit.start, line.hit.end) if line.hit.source == 0 else None)

    # Internal

    def _answer_with(self, deed: Callable[[], None], *, advance: bool = True) -> None:
        """Give an answer; then go to the next string that waits, unless one reads the talk just now."""
        here = {row.key for row in self.strings.selected()}
        reading = self.talk.isAncestorOf(QApplication.focusWidget() or self)
        following = self._following(here) if advance and not reading else None
        if self.bridge.attempt(partial(_done, deed)) is None:
            return
        announce(self, self.status.text())
        if following is not None:
            self.strings.select_row(following)
        if self.panel.isAncestorOf(QApplication.focusWidget() or self):
            self.strings.setFocus()

    def _following(self, here: set[str]) -> str | None:
        rows = self.strings.shown_rows()
        line = max((number for number, row in enumerate(rows) if row.key in here), default=-1)
        others = [row for row in [*rows[line + 1 :], *rows[: line + 1]] if row.key not in here]
        return next((row.key for row in others if self.search.state(row) == "waiting"), None)

    def _here(self, row: Listed, hit: Hit) -> None:
        place = self.search.place(hit)
        if place is None:
            raise OnlyInTalkError
        self.rulings.replace_here(row.text, row.category, place, self.panel.words)

    def _step_place(self, row: Listed) -> None:
        """Go to the next place of the string that is not replaced alone yet; past the last, to the next string."""
        if self.search.state(row) == "here":
            following = self._following({row.key})
            if following is not None:
                self.strings.select_row(following)
            return
        done = set(self.rulings.places(row.key))
        left = [line for line in self.places.shown_rows() if self.search.place(line.hit) not in done]
        if left and self.current is not None and self.current.key == row.key:
            self.places.select_row(left[0].hit)

    def _mark(self, words: str, instead_of: str, hit: Hit | None = None) -> None:
        if self.bridge.attempt(partial(_done, lambda: self.rulings.mark(words, instead_of))) is None:
            return
        self.strings.select_row(same_form(words))
        if hit is not None:
            self.places.select_row(hit)

    def _offers(self, rows: Sequence[Listed]) -> list[tuple[str, str | None]]:
        """What could stand for a string: whose other form it may be, then new words; of an address its kind first."""
        if not rows:
            return []
        row, decisions = rows[0], self.rulings.decisions
        near = [(f"{one.replacement} (as {form})", one.id) for one, form in kin(row.text, decisions)]
        new = [(words, None) for words in suggestions(row.text, row.category, decisions)]
        return [*new, *near] if row.category in _ADDRESSES else [*near, *new]

    def _labels(self) -> set[str]:
        turns = (turn for one in self.search.arriving.values() for turn in one.transcript.turns)
        return {turn.speaker for turn in turns if turn.speaker}

    def _answer(self, row: Listed) -> str:
        state = self.search.state(row)
        entity = self.rulings.about(row.key)
        if state == "replace" and entity is not None:
            return entity.replacement
        places = len(self.rulings.places(row.key))
        return f"{places} of {len(row.hits)} here" if state == "waiting" and places else STATES[state]

    def _show_strings(self) -> None:
        wanted = self.shown.currentData()
        rows = [row for row in self.search.rows if not wanted or self.search.state(row) == wanted]
        self._is_listing = True  # rows that are listed anew are unmarked for a moment
        self.strings.show_strings(rows)
        self._is_listing = False
        self._on_string()
        self._soon.start()

    def _show_places(self) -> None:
        row = self.current
        here = self._here_by_place(row) if row is not None else {}
        lines = [] if row is None else [self._line(hit, here) for hit in row.hits[:_ENOUGH_PLACES]]
        self.places.show_places(lines)

    def _here_by_place(self, row: Listed) -> dict[Place, Entity]:
        ours = [one for one in self.rulings.decisions if one.decision == "here" and same_form(one.forms[0]) == row.key]
        return {place: one for one in ours for place in one.places}

    def _line(self, hit: Hit, here: dict[Place, Entity]) -> PlaceLine:
        source, place = self.search.source(hit), self.search.place(hit)
        title = self.search.title(hit)
        where = f"{title}: {source.part}" if source.part else title
        answer = here[place].replacement if place is not None and place in here else ""
        return PlaceLine.of(hit, source.text, where, answer)

    def _show_state(self) -> None:
        line = self.places.current_row()
        self.status.setText(standing(self.search, line.hit.document if line is not None else None))
        self.model_box.setVisible(self.search.model_may_be_there)
        self.expectation.setText(f"{measured_sentence()} {about_model(self.search)}".strip())
        plain = self.search.without_capitals
        self.warning.setText(capitals_warning(plain))
        self.warning.setVisible(bool(plain))
        self.actions_of_names.tell(self.current is not None, can_undo=self.rulings.can_undo)

    def _connect(self) -> None:
        self.rulings.changed.connect(self._on_changed)
        self.search.looked.connect(self._on_looked)
        self.search.progressed.connect(self.status.setText)
        self.search.refused.connect(self.bridge.refused)
        self.strings.currentRowChanged.connect(self._on_string)
        self.strings.selectionModel().selectionChanged.connect(self._on_string)
        self.strings.rowActivated.connect(self.panel.go_to_words)
        self.places.currentRowChanged.connect(self._on_place)
        self.places.rowActivated.connect(self.panel.go_to_words)
        self._soon.timeout.connect(self._on_soon)
        self.panel.entered.connect(self.replace)
        self.panel.left.connect(self.strings.setFocus)
        self.finder.textChanged.connect(self.strings.filter)
        self.finder.returnPressed.connect(self.strings.setFocus)
        self.shown.currentIndexChanged.connect(self._show_strings)
        self.missed.returnPressed.connect(self.add_missed)
        self.add_button.clicked.connect(self.add_missed)
        self.model_box.setChecked(True)
        self.model_box.toggled.connect(self.search.use_model)


def _strings(rows: Sequence[Listed]) -> list[tuple[str, Category]]:
    return [(row.text, row.category) for row in rows]


def _done(deed: Callable[[], None]) -> bool:
    deed()
    return True


_LABELS = "label of a speaker"
