"""Words: which are said most, by whom, and each of them in its context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QToolButton

from qcode.analysis.concordance import Order, concordance
from qcode.analysis.corpus import Corpus, said_of
from qcode.analysis.word_list import WordCount, WordList
from qcode.errors import QcodeError
from qcode.queries.counting.talk import Voices, word_counts
from qcode.queries.search.searching import ANSWERS, Hit, Query, search
from qcode.queries.transcripts.documents import documents
from qcode.reports.plot_values import Bars, Item, Key, Number
from qcode.study import Study
from qcode.ui.theme import SPACE
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, counted, number, worded
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind

_PLOTTED = 25
_MOST_LINES = 2_000
_AROUND = 80
_ORDERS: list[tuple[Order, str]] = [
    ("place", "By place"), ("left", "By the words before"), ("right", "By the words after")
]  # fmt: skip


class NothingSaidError(QcodeError):
    """There are no words to count."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody says anything here yet. Import transcripts in the Transcripts room, or choose another group."
        )


class WordsNotFoundError(QcodeError):
    """Nobody who was asked says these words."""

    def __init__(self, words: str) -> None:
        super().__init__(
            f"Nobody who was asked says “{words}”. Other forms of the words may be there: try a part with *."
        )


class Words(AnalysisPage):
    """Counts words, and shows one that is chosen with what stands around it, from where one goes to the transcript."""

    key = "words"
    title = "Words"

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """Whose words, with or without the common ones; and the word that is looked at in its context."""
        self.plot.how = "Click a bar, or go there with the arrow keys and press Enter to see the word in its context."
        self.line = QLineEdit()
        self.line.setAccessibleName("Words in their context")
        self.line.setPlaceholderText("Words in their context")
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumWidth(26 * SPACE)
        self.line.returnPressed.connect(self.ask)
        self.line.textChanged.connect(self._on_typed)
        self.back = QToolButton()
        self.back.setText("Word list")
        self.back.clicked.connect(self.show_list)
        self.add_control(self.line, self.back)
        self.groups = self.choice("Said by", [("", "Everyone asked")])
        self.order = self.choice("Order", list(_ORDERS))
        self.common = QCheckBox("Very common words")
        self.common.toggled.connect(self.ask)
        self.common_held = self.add_control(self.common)

    def offer(self) -> None:
        """Offer the groups there are."""
        chosen = self.groups.currentData()
        self.groups.clear()
        self.groups.addItem("Everyone asked", "")
        for group in sorted({row.group for row in documents(self.bridge.study) if row.group}, key=str.casefold):
            self.groups.addItem(group, group)
        self.groups.setCurrentIndex(max(self.groups.findData(chosen), 0))

    def question(self) -> Deed:
        """Count words, or find the one that is typed."""
        words, group = self.line.text().strip(), self.groups.currentData()
        groups = (group,) if group else None
        self._show_controls(in_context=bool(words))
        if words:
            return partial(_in_context, words=words, groups=groups, order=self.order.currentData())
        return partial(_word_list, groups=groups, common=self.common.isChecked())

    # Methods

    def open(self, key: Key) -> None:
        """A word opens in its context; a line of its context in the transcript."""
        if len(key) == 1 and not self.line.text().strip():
            self.line.setText(key[0])
            self.ask()
        else:
            super().open(key)

    def show_list(self) -> None:
        """Show the words that are said most."""
        self.line.clear()
        self.table.table.setFocus()

    # Private slots

    def _on_typed(self, words: str) -> None:
        if not words and not self.is_stale:
            self.ask()

    # Internal

    def _show_controls(self, *, in_context: bool) -> None:
        self.back.setVisible(in_context)
        for widget, wanted in ((self.order.parentWidget(), in_context), (self.common_held, not in_context)):
            if widget is not None:
                widget.setVisible(wanted)


def _word_list(reader: CorpusReader, *, groups: Sequence[str] | None, common: bool) -> Answer:
    known = reader.read()
    voices = Voices(_spoken(known), groups)
    found = word_counts(reader.study, voices, without_stop_words=not common, shortest=2)
    if not found.words:
        raise NothingSaidError
    several = sorted((group for group in found.group_sizes if group), key=str.casefold) if groups is None else []
    shown = several if len(several) > 1 else []
    lines = tuple(_line(row, found, shown) for row in found.words)
    headings = (
        Heading("Said"), Heading("Per 1,000", "Of a thousand words that are said, stop words among them"),
        Heading("Documents"),
        *(Heading(group, f"How often in {group}, and of a thousand words there") for group in shown),
    )  # fmt: skip
    return Answer(
        _said(found, groups, _left_out(reader.study, known)), "Word", headings, lines,
        _bars(found, shown), lambda _key: None, "Words that are said most",
        "" if common else "Very common words are left out. Enter on a word shows it in its context.",
    )  # fmt: skip


def _line(row: WordCount, found: WordList, groups: Sequence[str]) -> Line:
    rate = _rate(row.count, found.total)
    by_group = (_number(row.groups.get(group, 0), found.group_sizes[group]) for group in groups)
    cells = (number(row.count), Number(rate, f"{rate:.1f}"), number(len(row.documents)), *by_group)
    return Line(row.word, row.word, cells)


def _number(count: int, size: int) -> Number:
    return Number(float(count), f"{count:,} ({_rate(count, size):.1f})" if count else "")


def _rate(count: int, size: int) -> float:
    return 1_000 * count / size if size else 0.0


def _bars(found: WordList, groups: Sequence[str]) -> Bars:
    rows = found.words[:_PLOTTED]
    series = tuple(Item(group, group, place) for place, group in enumerate(groups)) or (Item("", "All"),)

    def rate(row: WordCount, group: str) -> Number:
        count, size = (row.groups.get(group, 0), found.group_sizes[group]) if group else (row.count, found.total)
        return Number(_rate(count, size), f"{_rate(count, size):.1f}")

    numbers = tuple(tuple(rate(row, one.key) for one in series) for row in rows)
    items = tuple(Item(row.word, row.word) for row in rows)
    return Bars("Words that are said most", items, series, numbers, "times in a thousand words")


def _said(found: WordList, groups: Sequence[str] | None, left_out: str) -> str:
    whose = f"people of {groups[0]}" if groups else "those who were asked"
    where = counted(len(found.sizes), "document")
    return f"Counted: the {found.total:,} words of {whose}, in {where}; not interviewers. {left_out}".rstrip()


def _spoken(known: Corpus) -> list[str]:
    """The documents in which somebody is heard: of one in two languages that which counts everywhere here."""
    return [text.document for text in known.texts if any(turn.counted and turn.role for turn in text.turns)]


def _left_out(study: Study, known: Corpus) -> str:
    """The documents whose words are not what those who were asked say."""
    heard, held = set(_spoken(known)), {text.document for text in known.texts}
    silent = [text.name for text in known.texts if text.document not in heard]
    others = [row.name for row in documents(study) if row.id not in held]
    told = [("Nobody is heard in", silent), ("In another language again", others)]
    return " ".join(f"{what}: {said_of(names)}." for what, names in told if names)


def _in_context(reader: CorpusReader, *, words: str, groups: Sequence[str] | None, order: Order) -> Answer:
    spoken = _spoken(reader.read())
    query = Query(words, documents=spoken, groups=groups, roles=ANSWERS, around=_AROUND, limit=_MOST_LINES)
    found = search(reader.study, query)
    if not found.hits:
        raise WordsNotFoundError(words)
    lines = concordance(found.hits, order=order, around=_AROUND)
    places = {str(place): line.hit for place, line in enumerate(lines)}
    rows = tuple(
        Line(str(place), line.hit.name, tuple(map(worded, (line.hit.speaker, line.left, line.keyword, line.right))))
        for place, line in enumerate(lines)
    )
    headings = (
        Heading("Speaker", words=True, width=12 * SPACE),
        Heading("Before", words=True, before=True, stretch=True, width=20 * SPACE),
        Heading("Found", words=True, width=14 * SPACE),
        Heading("After", words=True, stretch=True, width=20 * SPACE),
    )
    more = f" Only the first {_MOST_LINES:,} are shown." if found.more else ""
    return Answer(
        f"Found “{words}” {counted(len(rows), 'time')} in {counted(found.sources, 'document')}.{more}",
        "Document", headings, rows, _by_document(reader.study, found.hits, words),
        partial(_behind, places, words), f"“{words}” in its context",
        "Enter on a line goes to its place in the transcript.",
    )  # fmt: skip


def _by_document(study: Study, hits: Sequence[Hit], words: str) -> Bars:
    counts: dict[str, int] = {}
    for hit in hits:
        counts[hit.source] = counts.get(hit.source, 0) + 1
    rows = tuple(Item(row.id, row.name) for row in documents(study) if row.id in counts)
    numbers = tuple((number(counts[row.key]),) for row in rows)
    return Bars(f"“{words}” by document", rows, (Item("", "Found"),), numbers, "times found")


def _behind(places: Mapping[str, Hit], words: str, key: Key) -> Behind | None:
    hit = places.get(key[0])
    if hit is None:  # a bar stands for a document: its first hit
        hit = next((one for one in places.values() if one.source == key[0]), None)
    return None if hit is None else Behind(words, place=hit.place)
