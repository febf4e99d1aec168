"""Asking the codes of a study, and the questions that it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from qcode.analysis.code_query import Answer, Asking, Question
from qcode.analysis.corpus import Corpus
from qcode.errors import QcodeError
from qcode.ids import SavedQueryId
from qcode.models import SavedQuery
from qcode.queries.counting.corpus import corpus
from qcode.reports.table_values import TableReport
from qcode.study import Study

_WORKING: Final = "A working list: names and words stand as in the study, and are not made coarser as under quotes."


class NoSuchQueryError(QcodeError):
    """No query is saved under that name."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = f"Saved are: {', '.join(f'“{one}”' for one in known[:12])}." if known else "None is saved yet."
        super().__init__(f"No query is saved as “{name}”. {there}")


@dataclass(frozen=True, slots=True)
class SavedQueryRow:
    """A query that is kept, in order."""

    id: SavedQueryId
    name: str
    words: str


class Inquiries:
    """Questions to one study; what was read for one is kept for the next, and renewed when the study changed."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._asking: dict[bool, Asking] = {}

    def ask(self, words: str) -> Answer:
        """What a query finds now. Raises a QueryError that says what is wrong with it and where."""
        question = self.read(words)
        return self.asking(question).ask(question)

    def read(self, words: str) -> Question:
        """The question that somebody typed, in the words of the study."""
        return self._ready(by_coder=False).read(words)

    def asking(self, question: Question) -> Asking:
        """Who answers a question: it is about each coder's codings apart where it asks who coded."""
        return self._ready(by_coder=True) if question.by_coder else self._ready(by_coder=False)

    def _ready(self, *, by_coder: bool) -> Asking:
        known = self._asking.get(by_coder)
        now = corpus(self._study, before=None if known is None else known.corpus, by_coder=by_coder)
        if known is None or not _same(known.corpus, now):
            known = Asking(now)
        else:
            known.corpus = now
        self._asking[by_coder] = known
        return known


def saved_queries(study: Study) -> list[SavedQueryRow]:
    """The queries that are kept, in order."""
    with study.read() as session:
        wanted = select(SavedQuery).where(SavedQuery.alive).order_by(SavedQuery.position, SavedQuery.id)
        return [SavedQueryRow(SavedQueryId(row.id), row.name, row.words) for row in session.scalars(wanted)]


def saved_query(study: Study, name: str) -> SavedQueryRow:
    """The query that is kept under a name. Raises NoSuchQueryError."""
    with study.read() as session:
        same = SavedQuery.alive, func.casefold(SavedQuery.name) == " ".join(name.split()).casefold()
        row = session.scalar(select(SavedQuery).where(*same))
        found = None if row is None else SavedQueryRow(SavedQueryId(row.id), row.name, row.words)
    if found is None:
        raise NoSuchQueryError(name, [one.name for one in saved_queries(study)])
    return found


def answer_report(counted: Corpus, answer: Answer, title: str = "") -> TableReport:
    """The passages that a query found, as a table with their words."""
    rows = tuple(
        (
            counted.text[hit.document].name,
            hit.start,
            hit.end,
            said_by(counted, hit.document, hit.start, hit.end),
            ", ".join(counted.code[code].name for code in hit.codes),
            counted.text[hit.document].text[hit.start : hit.end],
        )
        for hit in answer.hits
    )
    return TableReport(
        title=title or f"Passages for {answer.understood}",
        note=f"Asked: {answer.understood}\n{answer.said}\n{_WORKING}",
        headings=("Document", "Start", "End", "Who", "Codes", "Passage"),
        rows=rows,
        widths=(3, 1, 1, 2, 4, 9),
        summary="The passages that a query found, with the document, who speaks, and the codes.",
    )


def said_by(counted: Corpus, document: str, start: int, end: int) -> str:
    """Who speaks in a passage."""
    text = counted.text[document]
    names = (text.turns[number].speaker for number in text.turns_in(start, end))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _same(before: Corpus, now: Corpus) -> bool:
    """Whether nothing changed that a question could be about."""
    return before is now or all(
        getattr(before, name) == getattr(now, name)
        for name in ("texts", "marks", "codes", "themes", "people", "coders", "attributes")
    )
