"""The framework matrix of a study: summaries by participant or document and theme, and the passages behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis import framework as analysis
from qcode.analysis.corpus import Corpus, Mark
from qcode.analysis.framework import Rows
from qcode.ids import DocumentId, SummaryId, SummaryPassageId, ThemeId
from qcode.models import Document, FrameworkSummary, Participant, SummaryPassage
from qcode.models.blindness import Veil, veil_of
from qcode.models.positions import Positions
from qcode.queries.counting.corpus import corpus
from qcode.queries.transcripts.sources import sources
from qcode.reports.table_values import Printed, TableReport
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A passage that a summary rests on, in code points of the current text; `stale` where its words were edited."""

    id: SummaryPassageId
    document: DocumentId
    document_name: str
    start: int
    end: int
    text: str
    stale: bool


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """What a cell says, and what this rests on, in the order of the texts."""

    id: SummaryId
    words: str
    links: tuple[LinkRow, ...]


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A row of the matrix; one can write there if `named`: a speaker whom nobody named is no participant yet."""

    id: str
    name: str
    about: str
    named: bool


@dataclass(frozen=True, slots=True)
class ThemeColumn:
    """A column of the matrix; `number` is the theme's in the outline, `path` has the names from the top down."""

    id: ThemeId
    number: str
    name: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """What stands in a cell: the passages there are, and the summary if somebody wrote one."""

    passages: tuple[Mark, ...] = ()
    summary: SummaryRow | None = None

    @property
    def words(self) -> str:
        """The summary, or nothing."""
        return self.summary.words if self.summary else ""

    @property
    def links(self) -> tuple[LinkRow, ...]:
        """The passages that the summary rests on."""
        return self.summary.links if self.summary else ()


@dataclass(frozen=True, slots=True)
class Framework:
    """The matrix; `said` says what was counted, `rows` what a row is."""

    rows: Rows
    subjects: tuple[SubjectRow, ...]
    themes: tuple[ThemeColumn, ...]
    cells: Mapping[tuple[str, str], FrameworkCell]
    said: str

    def cell(self, subject: str, theme: str) -> FrameworkCell:
        """The cell of a subject and a theme."""
        return self.cells.get((subject, theme), FrameworkCell())

    @property
    def written(self) -> int:
        """How many cells have a summary."""
        return sum(bool(cell.words) for cell in self.cells.values())

    @property
    def waiting(self) -> int:
        """How many cells have passages and no summary."""
        return sum(bool(cell.passages) and not cell.words for cell in self.cells.values())


def framework(study: Study, rows: Rows = "participant", *, counted: Corpus | None = None) -> Framework:
    """The matrix, out of what is counted; a corpus that was read before need not be read again.

    What colleagues wrote about somebody, or a document, that is coded blind still is left out.
    """
    counted = corpus(study) if counted is None else counted
    with study.read() as session:
        written = _summaries(study, session, rows)
        there = set(session.scalars(select(Participant.id if rows == "participant" else Document.id)))
    lines = analysis.lines(counted, rows)
    passages = analysis.cells(counted, rows)
    keys = {line.id for line in lines}
    cells = {
        key: FrameworkCell(passages.get(key, ()), written.get(key))
        for key in dict.fromkeys([*passages, *written])
        if key[0] in keys
    }
    subjects = tuple(SubjectRow(line.id, line.name, line.about, line.id in there) for line in lines)
    return Framework(rows, subjects, _columns(counted), cells, counted.said)


def framework_table(found: Framework, titles: Mapping[str, str] | None = None) -> TableReport:
    """The matrix as any format prints it: a row for each participant or document, a column for each theme.

    `titles` are what themes are called in print, by their ids; without them, their names.
    """
    known = titles or {}
    first = "Participant" if found.rows == "participant" else "Document"
    headings = (first, *(f"{column.number} {known.get(column.id, column.name)}" for column in found.themes))
    rows = tuple(
        (_head(subject), *(_printed(found, subject, one) for one in found.themes)) for subject in found.subjects
    )
    told = "Each cell holds the team’s summary; the number in brackets says how many passages of the theme there are."
    if not found.written:
        told = "Nothing is summarised yet. The number in brackets says how many passages of the theme there are."
    note = f"{told}\n{found.said}"
    return TableReport(f"Framework: {first.lower()} by theme", note, headings, rows, sheet="Framework")


def _head(subject: SubjectRow) -> str:
    return f"{subject.name} ({subject.about})" if subject.about else subject.name


def _printed(found: Framework, subject: SubjectRow, column: ThemeColumn) -> str | Printed | None:
    cell = found.cell(subject.id, column.id)
    count = f"[{len(cell.passages)}]" if cell.passages else ""
    words = " ".join(part for part in (cell.words, count) if part)
    return words or None


def _columns(counted: Corpus) -> tuple[ThemeColumn, ...]:
    """The themes with their numbers in the outline."""
    counts: list[int] = []
    out = []
    for theme in counted.themes:
        depth = len(theme.path) - 1
        del counts[depth + 1 :]
        counts += [0] * (depth + 1 - len(counts))
        counts[depth] += 1
        out.append(ThemeColumn(ThemeId(theme.id), ".".join(map(str, counts)), theme.name, theme.path))
    return tuple(out)


def _summaries(study: Study, session: Session, rows: Rows) -> dict[tuple[str, str], SummaryRow]:
    """What is written, by subject and theme."""
    subject = FrameworkSummary.participant_id if rows == "participant" else FrameworkSummary.document_id
    veil = veil_of(session, study.coder)
    wanted = select(FrameworkSummary).where(FrameworkSummary.alive, subject.is_not(None))
    found = [row for row in session.scalars(wanted).all() if not veil.covers(row.document_id, None, row.participant_id)]
    links = _links(study, session, veil, [row.id for row in found])
    return {
        (row.participant_id or row.document_id or "", row.theme_id): SummaryRow(
            SummaryId(row.id), row.words, tuple(links.get(row.id, ()))
        )
        for row in found
    }


def _links(study: Study, session: Session, veil: Veil, summaries: Sequence[str]) -> dict[str, list[LinkRow]]:
    wanted = select(SummaryPassage).join(Document, Document.id == SummaryPassage.document_id)
    wanted = wanted.where(SummaryPassage.alive, Document.alive, SummaryPassage.summary_id.in_(summaries))
    rows = [row for row in session.scalars(wanted) if row.document_id not in veil.documents]
    texts = sources(study, session, {row.document_id for row in rows})
    positions = Positions(session)
    out: dict[str, list[LinkRow]] = {}
    for row in rows:
        placed = positions.place(row.document_id, row.revision_id, row.start, row.end)
        source = texts[row.document_id]
        words = source.text[placed.start : placed.end]
        where = SummaryPassageId(row.id), DocumentId(row.document_id), source.name
        out.setdefault(row.summary_id, []).append(LinkRow(*where, placed.start, placed.end, words, placed.altered))
    return {key: sorted(links, key=lambda link: (link.document_name, link.start)) for key, links in out.items()}
