"""Queries: a line in which codes, groups, coders and words are asked for, and the questions that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from qcode.analysis.code_query import Answer as Asked
from qcode.analysis.code_query import Asking, Hit
from qcode.analysis.code_query_terms import QueryError
from qcode.analysis.corpus import Corpus
from qcode.ids import DocumentId, SavedQueryId
from qcode.operations.saved_queries import change_query, remove_query, save_query
from qcode.queries.counting.code_query import Inquiries, SavedQueryRow, answer_report, said_by, saved_queries
from qcode.reports.plot_values import Bars, Item, Key
from qcode.study import Place, Study
from qcode.ui import work
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, counted, number, worded
from qcode.ui.themes.analysis.completing import QueryCompleter, known_of
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind, behind_passages

_BEGIN: Final = (
    "Type what to look for, and press Enter: fear* and not felt* · fear* near:turn(2) offer · fear* within “Offer” · "
    'group:residents · text:"boots". Names are offered while you type.'
)
_UNSAVED: Final = "Saved queries"
_WORDS: Final = 300
_TIP: Final = Qt.ItemDataRole.ToolTipRole


class QueryPage(AnalysisPage):
    """Asks the codes. What cannot be read is told in a sentence, and marked in the line."""

    key = "queries"
    title = "Queries"

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """The line to ask in, and the questions that are kept."""
        self._inquiries: tuple[Study, Inquiries] | None = None
        self._trouble: list[tuple[str, int, int]] = []
        self.line, self.name = QLineEdit(), QLineEdit()
        self.line.setAccessibleName("Query")
        self.line.setPlaceholderText("fear* and not felt*")
        self.line.setMinimumWidth(52 * SPACE)
        self.line.returnPressed.connect(self.ask)
        self.completer = QueryCompleter(self.line, self)
        self.ask_button = QPushButton("Ask")
        self.ask_button.clicked.connect(self.ask)
        self.add_control(self.line, self.ask_button)
        self.saved = QComboBox()
        self.saved.setAccessibleName(_UNSAVED)
        self.saved.setMinimumWidth(20 * SPACE)
        self.saved.activated.connect(self._on_saved_chosen)
        self.name.setAccessibleName("Name of the query")
        self.name.setPlaceholderText("Name")
        self.name.returnPressed.connect(self.keep)
        self.keep_button, self.drop_button = QPushButton("Save query"), QPushButton("Remove")
        self.keep_button.clicked.connect(self.keep)
        self.drop_button.clicked.connect(self.drop)
        for button in (self.keep_button, self.drop_button):
            button.setProperty("kind", "quiet")
        self.add_control(label("Saved", "small", "quiet"), self.saved, self.drop_button)
        self.add_control(label("Save as", "small", "quiet"), self.name, self.keep_button)

        self._actions = [
            make_action(self, "Save the query", self.keep, key="analysis.query-save", context=WITHIN),
            make_action(self, "Remove the saved query", self.drop, key="analysis.query-remove", context=WITHIN),
        ]

    def page_actions(self) -> list[QAction]:
        """What can be done with queries."""
        return self._actions

    def offer(self) -> None:
        """Offer the questions that are kept."""
        chosen = self.saved.currentData()
        self.saved.clear()
        self.saved.addItem("None", None)
        for row in saved_queries(self.bridge.study):
            self.saved.addItem(row.name, row)
            self.saved.setItemData(self.saved.count() - 1, row.words, _TIP)
        ids = [row.id if row else None for row in map(self.saved.itemData, range(self.saved.count()))]
        place = ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0
        self.saved.setCurrentIndex(place)
        self.drop_button.setEnabled(place > 0)

    def question(self) -> Deed:
        """Ask what is typed."""
        study = self.bridge.study
        if self._inquiries is None or self._inquiries[0] is not study:
            self._inquiries = study, Inquiries(study)
        self._trouble.clear()
        return partial(_answer, words=self.line.text(), inquiries=self._inquiries[1], trouble=self._trouble)

    def answered(self, _answer: Answer) -> None:
        """Offer the names that can be asked for now."""
        self._offer_names()

    def ask(self) -> None:
        """Ask what is typed; without a word say how one asks."""
        if self.line.text().strip():
            super().ask()
            return
        self.give_up()
        self._on_refused(_BEGIN)
        if self.kept.last is None:
            self._task = self._read_names()
        else:
            self._offer_names()

    # Methods

    def keep(self) -> None:
        """Save the query under the name that is typed; one that is chosen and has that name gets these words."""
        study, name, words = self.bridge.study, self.name.text(), self.line.text()
        chosen: SavedQueryRow | None = self.saved.currentData()
        if chosen is not None and chosen.name.casefold() == name.strip().casefold():
            done = self.bridge.attempt(lambda: _changed(study, chosen.id, name, words))
        else:
            done = self.bridge.attempt(lambda: save_query(study, name=name, words=words))
        if done is not None:
            self.offer()
            ids = [row.id if row else None for row in map(self.saved.itemData, range(self.saved.count()))]
            self.saved.setCurrentIndex(ids.index(done))
            self.drop_button.setEnabled(True)
            self.bridge.informed.emit(f"The query is saved as “{name.strip()}”.")

    def drop(self) -> None:
        """Keep the query that is chosen no longer; undo brings it back."""
        chosen: SavedQueryRow | None = self.saved.currentData()
        if chosen is not None:
            self.bridge.attempt(lambda: remove_query(self.bridge.study, chosen.id))

    def first_control(self) -> QLineEdit:
        """The line to ask in."""
        return self.line

    # Private slots

    def _on_saved_chosen(self) -> None:
        chosen: SavedQueryRow | None = self.saved.currentData()
        self.drop_button.setEnabled(chosen is not None)
        if chosen is not None:
            self.line.setText(chosen.words)
            self.name.setText(chosen.name)
            self.ask()

    def _on_refused(self, sentence: str) -> None:
        super()._on_refused(sentence)
        for words, start, end in self._trouble:
            if words == self.line.text():
                self.line.setSelection(start, max(end - start, 1))

    # Internal

    def _offer_names(self) -> None:
        if self.kept.last is not None:
            self.completer.know(known_of(self.kept.last))

    def _read_names(self) -> work.Task:
        """Read what can be asked for before anything is."""
        reader, kept = self.kept.reader(self.bridge.study), self.kept

        def done(found: Corpus) -> None:
            self._task = None
            kept.keep(found)
            self._offer_names()

        return work.run(self, lambda _progress: reader.read(), done=done, refused=self._on_refused)


def _changed(study: Study, query: SavedQueryId, name: str, words: str) -> SavedQueryId:
    change_query(study, query, name=name, words=words)
    return query


def _answer(reader: CorpusReader, *, words: str, inquiries: Inquiries, trouble: list[tuple[str, int, int]]) -> Answer:
    reader.read()  # so that all pages know what is counted now
    try:
        question = inquiries.read(words)
    except QueryError as error:
        trouble.append((words, error.start, error.end))
        raise
    asking = inquiries.asking(question)
    asked = asking.ask(question)
    hits = {str(place): hit for place, hit in enumerate(asked.hits)}
    lines = tuple(_line(asking, key, hit) for key, hit in hits.items())
    headings = (
        Heading("Who", words=True, width=14 * SPACE),
        Heading("Codes", words=True, width=28 * SPACE),
        Heading("Passage", words=True, stretch=True, width=30 * SPACE),
    )
    found = f"{counted(len(hits), 'passage')} in {counted(asked.documents, 'document')}."
    if any(len(hit.codes) > 1 for hit in asked.hits):
        found += " Where stretches of several codes overlap, they are one passage here."
    return Answer(
        asked.said, "Document", headings, lines, _bars(asking, asked) if lines else None,
        partial(_behind, asking, hits), "Passages of a query", f"Asked: {asked.understood}. {found}",
        report=answer_report(asking.corpus, asked),
    )  # fmt: skip


def _line(asking: Asking, key: str, hit: Hit) -> Line:
    known = asking.corpus
    text = known.text[hit.document]
    codes = ", ".join(known.code[code].name for code in hit.codes)
    said = " ".join(text.text[hit.start : min(hit.end, hit.start + _WORDS)].split())
    cells = (said_by(known, hit.document, hit.start, hit.end), codes, said + ("…" * (hit.end - hit.start > _WORDS)))
    return Line(key, text.name, tuple(map(worded, cells)))


def _bars(asking: Asking, asked: Asked) -> Bars:
    counts: dict[str, int] = {}
    for hit in asked.hits:
        counts[hit.document] = counts.get(hit.document, 0) + 1
    rows = tuple(Item(text.document, text.name) for text in asking.corpus.texts if text.document in counts)
    numbers = tuple((number(counts[row.key]),) for row in rows)
    return Bars("Passages of a query by document", rows, (Item("found", "Passages"),), numbers, "passages")


def _behind(asking: Asking, hits: Mapping[str, Hit], key: Key) -> Behind | None:
    """The codings in a passage, or its place where there are none; of a bar those of all passages there."""
    meant = [hits[key[0]]] if key[0] in hits else [hit for hit in hits.values() if hit.document == key[0]]
    if not meant:
        return None
    name = asking.corpus.text[meant[0].document].name
    marks = list(dict.fromkeys(mark for hit in meant for mark in asking.marks(hit)))
    if any(mark.codings for mark in marks):
        return behind_passages(f"Query, {name}", marks)
    return Behind(name, place=Place(DocumentId(meant[0].document), meant[0].start, meant[0].end))
