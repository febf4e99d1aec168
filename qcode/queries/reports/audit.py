"""What an auditor of a study asks for: who did what to what, when and why, as files to be kept with the paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from qcode import __version__
from qcode.models.blindness import veil_of
from qcode.queries.agreement.figures import StudyAgreement, study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.agreement.report import agreement_report
from qcode.queries.approach import measures_agreement
from qcode.queries.codebook.tree import codebook, definitions
from qcode.queries.codings import Looking, code_paths, passages
from qcode.queries.collecting.merges import merges
from qcode.queries.disagreements.cases import decision_rows
from qcode.queries.disagreements.papers import minutes_of
from qcode.queries.history import StepRow, history
from qcode.queries.integrity import check
from qcode.queries.memos import memos
from qcode.queries.reports.methods import methods_draft
from qcode.queries.reports.themes_report import themes_report
from qcode.queries.rounds.assignments import NOT_ASSIGNED, assignment_grid
from qcode.queries.rounds.draws import draws
from qcode.queries.team import RoundRow, StudyCard, rounds, study_card
from qcode.queries.transcripts.deidentification import deidentification_log
from qcode.queries.transcripts.documents import DocumentRow, document_text, documents
from qcode.reports.agreement import write_agreement
from qcode.reports.decisions import write_decisions
from qcode.reports.methods import write_methods
from qcode.reports.outputs import write_report
from qcode.reports.packs import Part
from qcode.reports.table_values import TableReport, TableValue
from qcode.study import Study

_STEPS_AT_ONCE: Final = 5_000
_PATH: Final = " > "

type _Line = tuple[TableValue, ...]
type _Table = tuple[tuple[str, ...], Iterable[_Line]]


def audit_opening(study: Study, *, made_on: date | None = None) -> tuple[str, ...]:
    """What stands at the head of the pack: what it is about, and whether the journal bears the study out."""
    card = study_card(study)
    when = f", made on {made_on.isoformat()}" if made_on else ""
    return (
        f"Audit pack of the study “{card.title}”{when}, by qcode {__version__}.",
        _soundness(study),
        "It holds words of participants that may still identify them: keep it as you keep the study.",
        "What whoever made the pack may not see yet, such as colleagues' codings of a blind round, is not in it.",
        "Places in texts are numbers of characters (code points) from 0, the end not included. Times are UTC.",
    )


def _soundness(study: Study) -> str:
    """Whether the journal bears the study out; in numbers, if these tell nothing of what is coded blind."""
    found = check(study)
    if found.problems:
        return f"The study was checked, and {len(found.problems)} things are wrong: {' '.join(found.problems)}"
    with study.read() as session:
        if veil_of(session, study.coder).pairs:
            return "Replaying the steps of its journal gives all rows of the study."
    return (
        f"Replaying the {found.steps:,} steps of its journal gives all {found.rows:,} rows of the study, "
        f"with {found.documents:,} documents and {found.codings:,} codings, counting what was removed."
    )


def audit_parts(study: Study, *, made_on: date | None = None) -> Iterator[Part]:
    """The files of the pack, each made when it is written."""
    yield from _Audit(study, made_on).parts()


@dataclass
class _Audit:
    """Reads what the files hold."""

    study: Study
    made_on: date | None

    def parts(self) -> Iterator[Part]:
        yield _table("documents.csv", "Every document, with the SHA-256 of its text.", self._documents)
        yield _table("history.csv", "Every step that was taken, by whom and when, the first first.", self._history)
        yield _table("merges.csv", "What was taken in from which file, and whose work it was.", self._merges)
        yield _table("codebook.csv", "Every version of every definition, with author and reason.", self._codebook)
        yield _table("codings.csv", "Every coding with its passage, by document and place.", self._codings)
        yield _table("rounds.csv", "Who was asked to code what in which round, and how far it is.", self._work)
        yield _table("draws.csv", "What was drawn at random, with the seed that draws it again.", self._draws)
        yield _table("memos.csv", "All memos, with what they are about.", self._memos)
        yield _table("deidentification.csv", "What was done to each document, not what was there.", self._log)
        if measures_agreement(self.card.approach):
            yield from self._measured()
        yield from self._themes()
        draft = methods_draft(self.study, made_on=self.made_on)
        yield Part("methods.docx", "A draft of the methods, with COREQ and SRQR.", partial(write_methods, draft))

    @cached_property
    def card(self) -> StudyCard:
        return study_card(self.study)

    @cached_property
    def rounds(self) -> list[RoundRow]:
        return rounds(self.study)

    def _documents(self) -> _Table:
        headings = ("document", "kind", "language", "group", "words", "characters", "text sha256", "file", "state")
        return headings, map(self._document, documents(self.study, counted=False))

    def _document(self, row: DocumentRow) -> _Line:
        digest = sha256(document_text(self.study, row.id).text.encode()).hexdigest()
        file = str(row.provenance.get("file", ""))
        return (row.name, row.kind, row.language, row.group, row.words, row.length, digest, file, row.deidentified)

    def _history(self) -> _Table:
        headings = ("step", "at", "coder", "what", "holds now")
        return headings, ((row.id, row.at, row.coder, row.label, _yes(not row.undone)) for row in self._steps())

    def _steps(self) -> Iterator[StepRow]:
        found, before = list[StepRow](), None
        while page := history(self.study, latest=_STEPS_AT_ONCE, before=before):
            found += page
            before = page[-1].id
        return reversed(found)

    def _merges(self) -> _Table:
        headings = ("at", "collected by", "file", "work of", "steps", "taken back")
        return headings, (
            (row.at, row.who, Path(row.file).name, ", ".join(row.whose), row.steps, _yes(row.taken_back))
            for row in reversed(merges(self.study))
        )

    def _codebook(self) -> _Table:
        headings = (
            "code", "status", "version", "at", "author", "reason", "brief", "full", "when to use", "when not to use",
            "typical example", "near miss",
        )  # fmt: skip
        return headings, (
            (
                _PATH.join(code.path), code.status, row.number, row.at, row.author, row.reason, row.brief, row.full,
                row.when_to_use, row.when_not_to_use, row.typical_example, row.near_miss,
            )
            for code in codebook(self.study, counted=False)
            for row in reversed(definitions(self.study, code.id))
        )  # fmt: skip

    def _codings(self) -> _Table:
        headings = (
            "coding", "document", "start", "end", "code", "coder", "round", "unsure", "illustrative", "negative case",
            "comment", "passage",
        )  # fmt: skip
        paths, named = code_paths(self.study), {row.id: row.name for row in self.rounds}
        return headings, (
            (
                row.coding.id, row.document_name, row.coding.start, row.coding.end, _PATH.join(paths[row.coding.code]),
                row.coding.coder_name, named.get(row.coding.round, ""), _yes(row.coding.unsure),
                _yes(row.coding.illustrative), _yes(row.coding.negative_case), row.coding.comment, row.text,
            )
            for row in passages(self.study, Looking(), around=0)
        )  # fmt: skip

    def _work(self) -> _Table:
        headings = ("round", "purpose", "blind", "document", "coder", "state")
        return headings, (line for row in self.rounds for line in self._of_round(row))

    def _of_round(self, row: RoundRow) -> Iterator[_Line]:
        grid = assignment_grid(self.study, row.id)
        for document, name in grid.documents if grid else ():
            for coder in grid.coders if grid else ():
                state = grid.state(document, coder.id) if grid else ""
                if state != NOT_ASSIGNED:
                    yield (row.name, row.purpose, _yes(row.blind), name, coder.name, state)

    def _draws(self) -> _Table:
        headings = ("round", "drawn by", "share", "seed", "offered", "documents", "coders")
        return headings, (
            (
                row.name, draw.by, draw.share, draw.seed, sum(len(group) for group in draw.offered),
                ", ".join(one.name for one in draw.documents), ", ".join(draw.coder_names),
            )
            for row in self.rounds
            for draw in draws(self.study, row.id)
        )  # fmt: skip

    def _memos(self) -> _Table:
        headings = ("memo", "kind", "author", "changed", "about", "text")
        return headings, (
            (row.title, row.kind, row.author_name, row.changed, "; ".join(link.label for link in row.links), row.text)
            for row in memos(self.study)
        )

    def _log(self) -> _Table:
        headings = ("document", "state", "at", "by", "kind", "now", "places")
        return headings, (
            line
            for row in deidentification_log(self.study)
            for line in (
                (row.name, row.sentence, "", "", "", "", None),
                *((row.name, "", one.at, one.who, one.category, one.replacement, one.places) for one in row.redactions),
            )
        )

    def _measured(self) -> Iterator[Part]:
        decided = {row.round for row in decision_rows(self.study) if row.settles}
        for number, row in enumerate(self.rounds, 1):
            found = _agreement(self.study, row)
            if found is not None:
                report = agreement_report(self.study, found, made_on=self.made_on)
                holds = f"Agreement of the round “{row.name}”: every figure, and the sums behind it."
                yield Part(f"agreement-{number}.docx", holds, partial(write_agreement, report))
            if row.id in decided:
                minutes = minutes_of(self.study, row.id, made_on=self.made_on)
                holds = f"What was decided about disagreements of the round “{row.name}”, and why."
                yield Part(f"decisions-{number}.csv", holds, partial(write_decisions, minutes))

    def _themes(self) -> Iterator[Part]:
        report = themes_report(self.study, with_agreement=False, with_codebook=False, made_on=self.made_on)
        if report.sections:
            holds = "The themes with their quotes as they are printed, and what is counted."
            yield Part("themes.docx", holds, partial(write_report, report))
            yield Part("quotes.csv", "The quotes, one a row, with their places.", partial(write_report, report))


def _table(name: str, holds: str, made: Callable[[], _Table]) -> Part:
    def write(path: Path) -> None:
        headings, rows = made()
        write_report(TableReport(holds, "", headings, tuple(map(tuple, rows))), path)

    return Part(name, holds, write)


def _agreement(study: Study, row: RoundRow) -> StudyAgreement | None:
    try:
        return study_agreement(study, round_name=row.name)
    except NothingToCompareError:
        return None


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
