"""Saturation: how the codes grow from document to document, and from which on nothing much is new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDoubleSpinBox, QPushButton, QSpinBox, QWidget

from qcode.analysis.corpus import Corpus, Mark
from qcode.analysis.saturation import Criteria, Event, Run
from qcode.queries.counting.saturation import assess, saturation_report
from qcode.queries.reports.drawn import curve_plot
from qcode.reports.plot_values import Key, Number
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, number, worded
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind, behind_passages


class SaturationPage(AnalysisPage):
    """Assesses saturation after Guest, Namey and Chen, with the sentence for the paper."""

    key = "saturation"
    title = "Saturation"

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """Base, run and threshold; of which documents, in which order."""
        self.base, self.run, self.threshold = QSpinBox(), QSpinBox(), QDoubleSpinBox()
        self.base.setValue(4)
        self.run.setValue(2)
        self.threshold.setRange(0, 100)
        self.threshold.setDecimals(0)
        self.threshold.setValue(5)
        self.threshold.setSuffix(" %")
        for name, box in (("Base", self.base), ("Run", self.run), ("New at most", self.threshold)):
            self._add_box(name, box)
        self.kinds = self.choice("Documents", [("", "Of every kind")])
        self.order = self.choice("Order", [("", "Of collection")])
        self.copy_button = QPushButton("Copy the sentence")
        self.copy_button.setProperty("kind", "quiet")
        self.copy_button.clicked.connect(self.copy_sentence)
        self.add_control(self.copy_button)

        self._actions = [
            make_action(
                self, "Copy the sentence about saturation", self.copy_sentence, key="analysis.copy", context=WITHIN
            )
        ]

    def page_actions(self) -> list[QAction]:
        """What can be done with the sentence."""
        return self._actions

    def offer(self) -> None:
        """Offer the kinds of documents, and what is recorded of them to go by, as far as they are known."""
        known = self.kept.last
        if known is None:
            return
        kinds = dict.fromkeys(text.kind for text in known.texts if known.marks[text.document])
        orders = [one.name for one in known.attributes if one.subject == "document" and one.key not in _NO_ORDER]
        for box, first, names in ((self.kinds, "Of every kind", list(kinds)), (self.order, "Of collection", orders)):
            chosen = box.currentData()
            box.clear()
            box.addItem(first, "")
            for name in names:
                box.addItem(name[:1].upper() + name[1:], name)
            box.setCurrentIndex(max(box.findData(chosen), 0))

    def question(self) -> Deed:
        """Assess what is chosen."""
        criteria = Criteria(self.base.value(), self.run.value(), self.threshold.value())
        kind, order = self.kinds.currentData(), self.order.currentData()
        return partial(_answer, criteria=criteria, kinds=(kind,) if kind else (), order=order)

    def answered(self, _answer: Answer) -> None:
        """Offer what can be chosen now that it is known."""
        self.offer()

    # Methods

    def copy_sentence(self) -> None:
        """Put the sentence for the paper on the clipboard."""
        if self.answer is not None:
            QGuiApplication.clipboard().setText(self.answer.summary)
            self.bridge.informed.emit("The sentence is copied.")

    # Internal

    def _add_box(self, name: str, box: QSpinBox | QDoubleSpinBox) -> QWidget:
        box.setMinimum(0 if box is self.threshold else 1)
        box.setAccessibleName(name)
        box.setKeyboardTracking(False)
        box.setMinimumWidth(9 * SPACE)
        box.valueChanged.connect(self.ask)
        return self.add_control(label(name, "small", "quiet"), box)


_NO_ORDER = frozenset({"checked_by", "group", "site", "kind"})


def _answer(reader: CorpusReader, *, criteria: Criteria, kinds: tuple[str, ...], order: str) -> Answer:
    known = reader.read()
    assessed = assess(reader.study, known, criteria, kinds=kinds, order=order)
    ending = {run.last: run for run in assessed.found.runs}
    lines = tuple(_line(known, place, event, ending) for place, event in enumerate(assessed.found.events, 1))
    headings = (
        Heading("New codes", "Codes that no document before it has"),
        Heading("Codes known", "How many codes are known after it"),
        Heading("New in run", "How many codes the run of documents that ends here adds"),
        Heading("Of the base", "The same as a share of the codes of the base"),
        Heading("Which are new", words=True, stretch=True, width=24 * SPACE),
    )
    return Answer(
        assessed.said, "Document", headings, lines, curve_plot(assessed),
        partial(_behind, {event.document: event for event in assessed.found.events}, known), "Saturation",
        " ".join(assessed.notes[:-1]), assessed.sentence, saturation_report(assessed, known),
    )  # fmt: skip


def _line(known: Corpus, place: int, event: Event, ending: Mapping[int, Run]) -> Line:
    run = ending.get(place)
    new = ", ".join(known.code[code].name for code in event.new if code in known.code)
    cells = (
        number(len(event.new)), number(event.known), number(None if run is None else run.new),
        worded("") if run is None else Number(100 * run.share, run.percent), worded(new),
    )  # fmt: skip
    return Line(event.document, event.name, cells)


def _behind(events: Mapping[str, Event], known: Corpus, key: Key) -> Behind | None:
    """The passages of the codes that a document has first; where nothing is new, all of its passages."""
    event = events.get(key[0])
    if event is None:
        return None
    new = tuple(_new(known, event))
    title = f"New codes in {event.name}" if new else f"{event.name}: nothing new"
    return behind_passages(title, new or known.marks[event.document])


def _new(known: Corpus, event: Event) -> Iterator[Mark]:
    return (mark for mark in known.marks[event.document] if mark.code in event.new)
