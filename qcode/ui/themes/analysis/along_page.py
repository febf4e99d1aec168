"""Timeline: the codes along one transcript, from its first word to its last."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from qcode.analysis.corpus import Corpus, Mark
from qcode.analysis.timeline import Timeline, Track, timeline
from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.queries.reports.drawn import lanes_plot
from qcode.reports.plot_values import Key, Lanes
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, number
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind, behind_passages


class NothingCodedError(QcodeError):
    """There is no coded transcript."""

    def __init__(self) -> None:
        super().__init__("No transcript is coded yet. Code one in the Code room; then its codes are shown along it.")


class Along(AnalysisPage):
    """Shows where codes stand in a transcript, and who speaks there."""

    key = "timeline"
    title = "Timeline"

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """Which transcript."""
        self.document = self.choice("Transcript", [])
        self.document.setMinimumContentsLength(12)

    def offer(self) -> None:
        """Offer the transcripts that are coded, as far as they are known."""
        if self.kept.last is not None:
            self._offer(self.kept.last)

    def question(self) -> Deed:
        """Lay out the chosen transcript, or the first that is coded."""
        return partial(_answer, chosen=self.document.currentData())

    def answered(self, answer: Answer) -> None:
        """Offer the transcripts now that they are known."""
        self.offer()
        shown = answer.plot
        if isinstance(shown, Lanes):
            self.document.setCurrentIndex(self.document.findText(shown.title))

    # Methods

    def show_document(self, document: DocumentId) -> None:
        """Show one transcript."""
        self.offer()
        place = self.document.findData(document)
        if place >= 0:
            self.document.setCurrentIndex(place)
            self.ask()

    # Internal

    def _offer(self, known: Corpus) -> None:
        chosen = self.document.currentData()
        named = [(text.document, text.name) for text in known.texts if known.marks[text.document]]
        self.document.clear()
        for document, name in named:
            self.document.addItem(name, document)
        self.document.setCurrentIndex(max(self.document.findData(chosen), 0))


def _answer(reader: CorpusReader, *, chosen: str | None) -> Answer:
    known = reader.read()
    coded = [text.document for text in known.texts if known.marks[text.document]]
    document = chosen if chosen in known.text else next(iter(coded), None)
    if document is None:
        raise NothingCodedError
    found = timeline(known, document)
    lines = tuple(_line(track) for track in found.tracks)
    headings = (
        Heading("Passages"),
        Heading("Words", "How many words stand under the code"),
        Heading("First at word", "Where its first passage begins"),
        Heading("Last to word", "Where its last passage ends"),
    )
    marks: dict[Key, Mark] = {
        (track.code.id, str(place)): mark for track in found.tracks for place, mark in enumerate(track.marks)
    }
    return Answer(
        found.said, "Code", headings, lines, lanes_plot(found), partial(_behind, found, marks),
        f"Timeline of {found.name}", found.note,
    )  # fmt: skip


def _line(track: Track) -> Line:
    first, last = track.spans[0][0], max(end for _start, end in track.spans)
    cells = (number(len(track.marks)), number(track.words), number(first + 1), number(last))
    return Line(track.code.id, track.code.name, cells, ((track.code.id,),) * 4, colour=track.code.colour)


def _behind(found: Timeline, marks: Mapping[Key, Mark], key: Key) -> Behind | None:
    track = next((track for track in found.tracks if track.code.id == key[0]), None)
    if track is None:
        return None
    passages = track.marks if len(key) == 1 else (marks[key],)
    return behind_passages(f"{track.code.name}, {found.name}", passages)
