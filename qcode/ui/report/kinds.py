"""The reports that the room can make: how each is read, what its pages are, and how it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qcode.agreement import Unit
from qcode.errors import QcodeError
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.report import agreement_report
from qcode.queries.approach import measures_agreement
from qcode.queries.disagreements.cases import decision_rows
from qcode.queries.disagreements.papers import minutes_of
from qcode.queries.people.attributes import sheet
from qcode.queries.reports.audit import audit_opening, audit_parts
from qcode.queries.reports.methods import methods_draft
from qcode.queries.reports.participants import participant_table
from qcode.queries.reports.themes_report import codebook_report, themes_report
from qcode.queries.reports.uses import uses_report
from qcode.queries.team import RoundRow, rounds, study_card
from qcode.reports.agreement import agreement_blocks, write_agreement
from qcode.reports.blocks import Block, Table, plain
from qcode.reports.captions import Captions
from qcode.reports.decisions import minutes_blocks, write_decisions
from qcode.reports.house_template import Template
from qcode.reports.methods import methods_blocks, write_methods
from qcode.reports.outputs import write_report
from qcode.reports.packs import write_pack
from qcode.reports.participants import participants_blocks, write_participants
from qcode.reports.table_pages import tables_blocks
from qcode.reports.themes import codebook_blocks
from qcode.reports.values import ThemesReport
from qcode.study import Study
from qcode.ui import saving

type Write = Callable[[Path, Template | None], None]

_TOGETHER = "together"
NO_COEFFICIENTS = "This study's approach has no use for coefficients or a consensus, so there is no such report."


class NothingDecidedError(QcodeError):
    """No round has a decision."""

    def __init__(self) -> None:
        super().__init__("Nothing was decided yet: cases are settled in the Reconcile room.")


class NoCoefficientsError(QcodeError):
    """The approach of the study knows neither coefficients nor a consensus."""

    def __init__(self) -> None:
        super().__init__(NO_COEFFICIENTS)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a report: the unit of agreement, and which round or which division, the first where empty."""

    unit: Unit = "sentence"
    which: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that was read: its pages, and how it is written.

    `choices` are what `which` can be, as ids with names. Themes are kept whole, since their ticks act at once.
    """

    blocks: tuple[Block, ...] = ()
    write: Write | None = None
    choices: tuple[tuple[str, str], ...] = ()
    which: str = ""
    themes: ThemesReport | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A report of the room: its name, what it holds, the files it can be saved as, and how it is read."""

    key: str
    name: str
    holds: str
    file: str
    files: str
    prepare: Callable[[Study, Wish, date], Prepared]
    asks: str = ""


def _themes(study: Study, wish: Wish, today: date) -> Prepared:
    return Prepared(themes=themes_report(study, unit=wish.unit, made_on=today))


def _codebook(study: Study, _wish: Wish, today: date) -> Prepared:
    report = codebook_report(study, made_on=today)

    def write(path: Path, template: Template | None) -> None:
        write_report(report, path, template=template)

    return Prepared(tuple(codebook_blocks(report)), write)


def _participants(study: Study, wish: Wish, _today: date) -> Prepared:
    choices = (("group", "by group"), *_divisions(study), (_TOGETHER, "all together"))
    which = wish.which if wish.which in dict(choices) else "group"
    table = participant_table(study, by=None if which == _TOGETHER else which)

    def write(path: Path, template: Template | None) -> None:
        write_participants(table, path, template=template)

    return Prepared(tuple(participants_blocks(table)), write, choices, which)


def _divisions(study: Study) -> list[tuple[str, str]]:
    """The attributes of participants that put them into groups."""
    columns = sheet(study, "participant").columns
    return [(column.title, f"by {column.title.lower()}") for column in columns if column.kind == "category"]


def _agreement(study: Study, wish: Wish, today: date) -> Prepared:
    if not measures_agreement(study_card(study).approach):
        raise NoCoefficientsError
    known = rounds(study)
    chosen = next((row for row in known if row.id == wish.which), None)
    found = study_agreement(study, unit=wish.unit, round_name=chosen.name if chosen else None)
    report = agreement_report(study, found, made_on=today)

    def write(path: Path, template: Template | None) -> None:
        write_agreement(report, path, template=template)

    return Prepared(tuple(agreement_blocks(report)), write, _named(known), found.round.id)


def _decisions(study: Study, wish: Wish, today: date) -> Prepared:
    if not measures_agreement(study_card(study).approach):
        raise NoCoefficientsError
    settled = [row for row in rounds(study) if any(one.settles for one in decision_rows(study, row.id))]
    if not settled:
        raise NothingDecidedError
    which = next((row.id for row in settled if row.id == wish.which), settled[-1].id)
    minutes = minutes_of(study, which, made_on=today)

    def write(path: Path, template: Template | None) -> None:
        write_decisions(minutes, path, template=template)

    return Prepared(tuple(minutes_blocks(minutes)), write, _named(settled), which)


def _named(known: list[RoundRow]) -> tuple[tuple[str, str], ...]:
    return tuple((row.id, row.name) for row in known)


def _methods(study: Study, _wish: Wish, today: date) -> Prepared:
    draft = methods_draft(study, made_on=today)

    def write(path: Path, template: Template | None) -> None:
        write_methods(draft, path, template=template)

    return Prepared(tuple(methods_blocks(draft)), write)


def _uses(study: Study, _wish: Wish, _today: date) -> Prepared:
    report = uses_report(study)

    def write(path: Path, template: Template | None) -> None:
        write_report(report, path, template=template)

    return Prepared(tuple(tables_blocks(report)), write)


def _audit(study: Study, _wish: Wish, today: date) -> Prepared:
    """The pack as its list of contents; its files are made when it is saved."""
    opening = audit_opening(study, made_on=today)
    rows = tuple(
        ((plain("Table Text", part.name),), (plain("Table Text", part.holds),))
        for part in audit_parts(study, made_on=today)
    )
    blocks: tuple[Block, ...] = (
        plain("Title", study_card(study).title or "Untitled study"),
        plain("Subtitle", "Audit pack: a folder for whoever checks how the study was made"),
        *(plain("Normal", paragraph) for paragraph in opening),
        Captions().next("The files of the pack"),
        Table(("File", "What it holds"), (2800, 6272), rows, "The files of the pack."),
    )

    def write(path: Path, _template: Template | None) -> None:
        write_pack(path, opening, audit_parts(study, made_on=today))

    return Prepared(blocks, write)


KINDS = (
    Kind(
        "themes", "Themes and quotes", "Participants, themes with their quotes, agreement and the codebook.",
        "themes", saving.REPORTS, _themes,
    ),
    Kind("codebook", "Codebook", "Every code with its definition.", "codebook", saving.REPORTS, _codebook),
    Kind(
        "participants", "Participants", "Who took part, in numbers, as papers print it.", "participants",
        saving.REPORTS, _participants, "Columns",
    ),
    Kind(
        "agreement", "Agreement", "Agreement between the coders, with how it was measured.", "agreement",
        f"{saving.REPORTS};;JSON files (*.json)", _agreement, "Round",
    ),
    Kind(
        "decisions", "Decisions", "What was decided where coders differed, and why.", "decisions",
        saving.REPORTS, _decisions, "Round",
    ),
    Kind(
        "methods", "Methods and checklists", "A draft of the methods, with COREQ and SRQR.", "methods",
        saving.PAGES, _methods,
    ),
    Kind(
        "uses", "Uses of quotes", "Where quotes are used, and which words stand in two papers.", "uses",
        saving.REPORTS, _uses,
    ),
    Kind("audit", "Audit pack", "A folder with history, codings, decisions and checksums.", "audit", "", _audit),
)  # fmt: skip
