"""The search panel: results appear while one types, and nothing ever waits for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from qcode.analysis.word_list import WordCount, WordList
from qcode.errors import QcodeError
from qcode.ids import CodeId, CodingId
from qcode.operations.codebook import add_code, check_new_code
from qcode.operations.coding import NoRoundError, code_hits
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking
from qcode.queries.counting.talk import word_counts
from qcode.queries.search.hit_extents import Extent, HitUnit, hit_units
from qcode.queries.search.index import update_index
from qcode.queries.search.searching import Found, Query, search
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.text.fuzzy import fold
from qcode.ui import work
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.colours import text_colours
from qcode.ui.code_palette import CodeChoice, CodePalette, Pick
from qcode.ui.drawer.acts import counted, make_action
from qcode.ui.drawer.panel import Panel
from qcode.ui.drawer.search.hits import LEFT, RIGHT, HitLine, HitTable, hit_lines
from qcode.ui.drawer.search.options import SearchOptions
from qcode.ui.drawer.search.preview import HitPreview
from qcode.ui.empty import EmptyState
from qcode.ui.table import Column, RowTable
from qcode.ui.theme import SPACE, label, restyle

_BEGIN = "Search every transcript: type words, or see which words are said most."
_NOTHING = "Nothing was found. Other forms of the words may be there, or the interviewer may have said it."
_NO_MATCH = "The expression matches nothing. The interviewer’s words are looked through only if you include them."
_NO_TEXTS = "There are no transcripts to search yet. Import some in the Transcripts room."
_MOVED = "The texts were changed elsewhere meanwhile. Look at the hits again before you code them."
_PAUSE_MS = 150
_PATIENCE = 0.25


class SearchPanel(Panel):
    """Hits in their context, or the words that are said; both can be gone through by keys."""

    requestPlace = Signal(object)
    requestPassages = Signal(str, object)
    requestMemo = Signal(str)
    searched = Signal()

    kinds = ("document", "revision", "speaker", "participant", "memo", "code", "code_version", "memo_link")

    def __init__(self, bridge: StudyBridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self._task: work.Task | None = None
        self._lines: list[HitLine] = []
        self._looking_up: work.Task | None = None
        self._pick: Pick | None = None
        self._gone_to: object = None
        self._answered: Query | None = None
        self._palette: CodePalette | None = None
        self._counts_words = False
        self.options = SearchOptions(self)
        self.table, self.words, self.preview = HitTable(self), RowTable(_WORD_COLUMNS, self), HitPreview(self)
        self.state = label("", tone="quiet")
        self.code_all, self.list_words = QPushButton("Code all hits…", self), QPushButton("Word list", self)
        self.empty = EmptyState(_BEGIN, "Show the word list")
        self._stack, self._pages = QStackedWidget(self), QStackedWidget(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._actions = self._make_actions()
        self._lay_out()
        self._connect()

    # Properties

    @property
    def searching(self) -> bool:
        """Whether an answer is on its way."""
        return self._task is not None or self._pause.isActive()

    @property
    def code_palette(self) -> CodePalette | None:
        """The palette in which a code for the hits is chosen, once it was needed."""
        return self._palette

    @property
    def asked(self) -> str:
        """What was looked for."""
        return self.options.typed

    @property
    def position(self) -> tuple[int | None, int]:
        """At which hit in a transcript one is, from 0, if one went to any; and how many there are."""
        listed = self._walked()
        return (listed.index(self._gone_to) if self._gone_to in listed else None), len(listed)

    @property
    def _previews(self) -> bool:
        """Whether one looks through what would be coded."""
        return self._pages.currentWidget() is self.preview

    # Methods

    def refresh(self) -> None:
        """Offer what there is, and search again if something was asked for."""
        listed = documents(self.bridge.study)
        groups = sorted({row.group for row in listed if row.group}, key=str.casefold)
        self.options.offer({row.id: row.name for row in listed}, groups)
        self.options.setEnabled(bool(listed))
        if self._previews:
            self.preview.wait()
        self.ask()

    def ask(self) -> None:
        """Search for what is typed, or count words; an answer that is still on its way is given up."""
        self._pause.stop()
        self._give_up()
        if not self.options.isEnabled():
            self._show_empty(_NO_TEXTS, "")
        elif self._counts_words:
            study, voices = self.bridge.study, self.options.voices
            self._run(lambda _progress: word_counts(study, voices, shortest=2), self._on_words)
        elif self.options.typed:
            study, query = self.bridge.study, self.options.query
            self._run(lambda progress: _search(study, query, progress), self._on_found)
        else:
            self._show_empty(_BEGIN, "Show the word list")

    def entry(self) -> QWidget:
        """The line to type in."""
        return self.preview.list if self._previews else self.options.line

    def panel_actions(self) -> list[QAction]:
        """What can be done with what was found."""
        return self._actions

    def update_theme(self) -> None:
        """Take the colours of the theme."""
        if self._palette is not None:
            self._palette.set_colours(text_colours())

    def look(self, words: str) -> None:
        """Search for some words."""
        self._count_words(wanted=False)
        self.options.line.setText(words)
        self.ask()

    def begin(self) -> None:
        """Go to the line to type in."""
        self._leave_preview()
        self.options.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.options.line.selectAll()

    def turn_words(self) -> None:
        """Show the words that are said most, or the hits again."""
        self._count_words(wanted=not self._counts_words)
        self.ask()

    def step(self, by: int) -> None:
        """Show the next hit in a transcript (1) or the one before (-1); the first is the one that is marked."""
        listed = self._walked()
        if not listed:
            return
        current: HitLine | None = self.table.current_row()
        at, _number = self.position
        if at is None:
            at = listed.index(current.id) - (by > 0) if current is not None and current.id in listed else -(by > 0)
        self.table.select_row(listed[(at + by) % len(listed)])
        self.table.rowActivated.emit(self.table.current_row())

    def begin_coding(self) -> None:
        """Ask for the code that all hits get."""
        if not self._transcript_lines():
            self.bridge.refused.emit("Search the transcripts first: there are no hits to code.")
            return
        codes = [row for row in codebook(self.bridge.study) if row.codable]
        choices = [CodeChoice(row.id, row.path, row.colour, row.brief, row.near_miss) for row in codes]
        host = self.window()
        place = self.code_all.mapTo(host, self.code_all.rect().topLeft())
        self._open_palette().ask(choices, anchor=QRect(place, self.code_all.size()))

    # Private slots

    def _on_asked(self) -> None:
        self._leave_preview()
        self._pause.start()

    def _on_found(self, found: Found) -> None:
        self._task = None
        before, self._lines = self._transcript_lines(), hit_lines(found.hits)
        self._gone_to = None
        self.table.set_rows(self._lines)
        if self._lines and self.table.current_row() is None:
            self.table.select_row(self._lines[0].id)
        where = counted(found.sources, "text")
        first = "the first " if found.more else ""
        self._say(f"{first}{counted(len(self._lines), 'hit')} in {where}")
        self.code_all.setEnabled(bool(self._transcript_lines()))
        if self._lines:
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_empty(_NO_MATCH if self.options.expression.isChecked() else _NOTHING, "")
        if self._walked() and self.options.query != self._answered:
            self._answered = self.options.query
            self.searched.emit()
        if self._previews:
            self._look_again(before)

    def _on_words(self, found: WordList) -> None:
        self._task = None
        self.words.set_rows([_Word(row, found.total) for row in found.words])
        self._say(f"{counted(len(found.words), 'word')} without stop words, of {found.total:,} said")
        self._stack.setCurrentWidget(self.words)

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self._show_empty(sentence, "")

    def _on_progress(self, fraction: float, words: str) -> None:
        self._say(f"{words} {fraction:.0%}")

    def _on_hit(self, line: HitLine) -> None:
        if line.hit.kind == "transcript":
            self._gone_to = line.id
            self.requestPlace.emit(line.hit.place)
        elif line.hit.kind == "memo":
            self.requestMemo.emit(line.hit.source)
        else:
            self.requestPassages.emit(line.hit.name, Looking(codes=[line.hit.source]))

    def _on_picked(self, pick: Pick) -> None:
        if pick.stay and self._palette is not None:
            self._palette.cancel()
        if pick.new_name and not self._may_be_made(pick.new_name):
            return
        self._pick = pick
        self.preview.begin(self._code_name(pick))
        self._on_extent("hit")
        self._pages.setCurrentWidget(self.preview)
        self.preview.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_extent(self, extent: Extent) -> None:
        """Look up what would be coded of each hit, without keeping the window waiting where texts must be read."""
        self._give_up_units()
        study, hits = self.bridge.study, [line.hit for line in self._transcript_lines()]
        if extent == "hit":
            self.preview.show_units(hit_units(study, hits, extent), extent)
            return
        self.preview.wait()
        self._looking_up = work.run(
            self,
            lambda _progress: hit_units(study, hits, extent),
            done=lambda units: self._on_units(units, extent),
            refused=self.bridge.refused.emit,
        )

    def _on_units(self, units: list[HitUnit], extent: Extent) -> None:
        self._looking_up = None
        self.preview.show_units(units, extent)

    def _on_accepted(self, passages: list[Passage]) -> None:
        pick, extent = self._pick, self.preview.extent
        if pick is None:
            return
        made = self.bridge.attempt(lambda: self._code(pick, passages, extent))
        if made is not None:
            self.bridge.informed.emit(_coded(len(made), len(passages) - len(made), extent))
            self._leave_preview()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # Internal

    def _code(self, pick: Pick, passages: list[Passage], extent: Extent) -> list[CodingId]:
        """Code what was found; a code that is new is made with it, undone with it, and not kept without it."""
        study, round_id = self.bridge.study, self.bridge.round_id
        if round_id is None:
            raise NoRoundError
        with study.grouped():
            code = CodeId(pick.code) if pick.code else self._known(pick.new_name) or add_code(study, name=pick.new_name)
            return code_hits(study, passages=passages, code=code, round_id=round_id, what=extent)

    def _known(self, name: str) -> CodeId | None:
        """The code that bears a name already."""
        codes = (row for row in codebook(self.bridge.study) if row.codable)
        return next((row.id for row in codes if fold(row.name) == fold(name)), None)

    def _may_be_made(self, name: str) -> bool:
        """Whether a name stands for a code already or a code can be made of it; the palette tells why not."""
        if self._known(name):
            return True
        return self.bridge.attempt(lambda: check_new_code(self.bridge.study, name=name)) is not None

    def _code_name(self, pick: Pick) -> str:
        return next((row.name for row in codebook(self.bridge.study) if row.id == pick.code), pick.new_name)

    def _walked(self) -> list[tuple[str, int, int]]:
        """The hits that one can walk through in the texts, as they are listed."""
        return [line.id for line in self.table.shown_rows() if line.hit.kind == "transcript"]

    def _give_up_units(self) -> None:
        if self._looking_up is not None:
            self._looking_up.cancel()
            self._looking_up = None

    def _transcript_lines(self) -> list[HitLine]:
        return [line for line in self._lines if line.hit.kind == "transcript"]

    def _run[T](self, deed: Callable[[work.Progress], T], done: Callable[[T], None]) -> None:
        self._say("Searching…")
        self._task = work.run(self, deed, done=done, refused=self._on_refused)
        self._task.progressed.connect(self._on_progress)

    def _give_up(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _say(self, words: str) -> None:
        self.state.setText(words)

    def _show_empty(self, sentence: str, button: str) -> None:
        if self._previews:
            self._leave_preview()
            self.options.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._lines = []
        self.table.set_rows([])
        self.code_all.setEnabled(False)
        self._say("")
        self.empty.say(sentence)
        self.empty.button.setText(button)
        self.empty.button.setVisible(bool(button))
        self._stack.setCurrentWidget(self.empty)

    def _count_words(self, *, wanted: bool) -> None:
        self._leave_preview()
        self._counts_words = wanted
        self.list_words.setChecked(wanted)
        self.list_words.setText("Back to hits" if wanted else "Word list")
        self.code_all.setVisible(not wanted)

    def _look_again(self, before: Sequence[HitLine]) -> None:
        """The study changed below the preview: what would be coded is looked up anew, or chosen anew if hits moved."""
        if [line.hit for line in before] == [line.hit for line in self._transcript_lines()]:
            self._on_extent(self.preview.extent)
        else:
            self._back()
            self.bridge.refused.emit(_MOVED)

    def _leave_preview(self) -> None:
        self._give_up_units()
        self._pages.setCurrentIndex(0)

    def _back(self) -> None:
        self._leave_preview()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_palette(self) -> CodePalette:
        if self._palette is None:
            self._palette = CodePalette(self.window(), text_colours())
            self._palette.picked.connect(self._on_picked)
            self.bridge.refused.connect(self._palette.refuse)
        return self._palette

    def _make_actions(self) -> list[QAction]:
        options = self.options
        listed = [
            make_action(self, "Code all hits…", self.begin_coding, "Ctrl+Shift+K", key="search.code-all"),
            make_action(self, "Sort hits by the words before", lambda: self.table.sort(LEFT), key="search.sort-before"),
            make_action(self, "Sort hits by the words after", lambda: self.table.sort(RIGHT), key="search.sort-after"),
            make_action(self, "Sort hits as the texts have them", lambda: self.table.sort(-1), key="search.sort-not"),
            make_action(self, "Find other forms of the words, or not", options.forms.toggle, key="search.forms"),
            make_action(
                self, "Read as a regular expression, or not", options.expression.toggle, key="search.expression"
            ),
            make_action(
                self, "Search what interviewers say, or not", options.interviewer.toggle, key="search.interviewer"
            ),
            make_action(self, "Word list, or hits", self.turn_words, "Ctrl+Shift+L", key="search.words"),
            make_action(self, "Next hit in its transcript", lambda: self.step(1), "F3", key="search.next"),
            make_action(self, "Hit before in its transcript", lambda: self.step(-1), "Shift+F3", key="search.previous"),
            make_action(self, "Type another search", self.begin, "Ctrl+F", key="search.again"),
        ]
        self.table.addActions(listed[:4])
        return listed

    def _lay_out(self) -> None:
        restyle(self.list_words, "kind", "quiet")
        self.list_words.setCheckable(True)
        self.words.setAccessibleName("Words by how often they are said")
        self.code_all.setEnabled(False)
        for part in (self.state, self.list_words, self.code_all):
            self.options.second.addWidget(part)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.words)
        found = QWidget()
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.options)
        column.addWidget(self._stack, 1)
        self._pages.addWidget(found)
        self._pages.addWidget(self.preview)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, SPACE // 2, 0, 0)
        whole.addWidget(self._pages)

    def _connect(self) -> None:
        self.options.changed.connect(self._on_asked)
        self.options.line.returnPressed.connect(self._on_return)
        self._pause.timeout.connect(self.ask)
        self.table.rowActivated.connect(self._on_hit)
        self.words.rowActivated.connect(lambda row: self.look(row.id))
        self.list_words.clicked.connect(self.turn_words)
        self.code_all.clicked.connect(self.begin_coding)
        self.empty.pressed.connect(self.turn_words)
        self.preview.accepted.connect(self._on_accepted)
        self.preview.extentChosen.connect(self._on_extent)
        self.preview.left.connect(self._back)

    def _on_return(self) -> None:
        if self._pause.isActive():
            self.ask()
        (self.words if self._counts_words else self.table).setFocus(Qt.FocusReason.OtherFocusReason)


class _Word:
    """A word of the list, with how many there are in all."""

    def __init__(self, row: WordCount, total: int) -> None:
        self.id, self.count, self.documents = row.word, row.count, len(row.documents)
        self.rate = 1000 * row.count / total if total else 0.0
        self.groups: Sequence[tuple[str, int]] = sorted(row.groups.items(), key=lambda pair: -pair[1])


def _groups(row: _Word) -> str:
    return ", ".join(f"{group or 'no group'} {count:,}" for group, count in row.groups)


_WORD_COLUMNS: tuple[Column[_Word], ...] = (
    Column("Word", lambda row: row.id, width=26 * SPACE),
    Column("Said", lambda row: row.count, lambda row: f"{row.count:,}", align="right", width=12 * SPACE),
    Column("Of 1,000 words", lambda row: row.rate, lambda row: f"{row.rate:.1f}", align="right", width=18 * SPACE),
    Column("Documents", lambda row: row.documents, align="right", width=14 * SPACE),
    Column("By group", _groups, stretch=True),
)


def _search(study: Study, query: Query, progress: work.Progress) -> Found:
    """Search in another thread; the index is made first, and where that can't be the search goes without."""
    try:
        update_index(study, lambda done, of: progress.report(done / of, "Indexing the texts…"), patience=_PATIENCE)
    except QcodeError:
        if progress.cancelled:
            raise
    return search(study, query)


def _coded(made: int, known: int, extent: Extent) -> str:
    again = f" {known:,} had the code already." if known else ""
    return f"{counted(made, extent)} coded. They stay out of agreement until they are confirmed in Passages.{again}"
