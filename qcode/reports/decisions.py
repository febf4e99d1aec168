"""Papers for a meeting: an agenda of disagreements to talk about, and minutes of what was decided and why."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from qcode.files import extension, write_file
from qcode.reports import printed_tables as tables
from qcode.reports.blocks import Block, Paragraph, Run, plain, runs_leftward
from qcode.reports.captions import Captions
from qcode.reports.formats import EXTENSIONS, PAGES, file_bytes
from qcode.reports.themes import MONTHS
from qcode.reports.workbooks import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from qcode.reports.decision_values import Agenda, Extract, Marked, Minutes, OpenCase, Settled, Side, Voice
    from qcode.reports.house_template import Template
    from qcode.reports.values import Said, StudyFacts

COLUMNS: Final = (
    "document", "start", "end", "passage", "attribution", "codes", "coders", "outcome", "kept", "reason", "note",
    "present", "decided by", "date", "persuaded", "accepts", "dissents", "in the codebook", "changed since",
)  # fmt: skip
STANCES: Final = ("persuaded", "accepts", "dissents")
_EDGE: Final = 60
_NAMED: Final = "For those who meet: documents stand here by their names, which reports may keep back."
_BOLD: Final = "Where words stand in bold type, the case is about these; what stands around them was said with them."
_SINGLE: Final = str.maketrans("“”", "‘’")


def write_agenda(agenda: Agenda, path: Path) -> None:
    """Write the cases to talk about as a Word document, a web page or Markdown, with room to note what was decided.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, PAGES)
    write_file(path, file_bytes(ending, agenda.facts, agenda_blocks(agenda), ()))


def write_decisions(minutes: Minutes, path: Path, *, template: Template | None = None) -> None:
    """Write what was decided as pages, or as a workbook or CSV with one row a decision.

    Raises:
        UnknownExtensionError: for any other ending.
        QcodeError: if the file cannot be written; an older file then stands.
    """
    ending = extension(path, EXTENSIONS)
    sheet = Sheet("Decisions", COLUMNS, (tuple(_row(one)) for one in minutes.decisions))
    write_file(path, file_bytes(ending, minutes.facts, minutes_blocks(minutes), (sheet,), template=template))


# The agenda -------------------------------------------------------------------------------------------------------


def agenda_blocks(agenda: Agenda) -> Iterator[Block]:
    """The cases by the codes in question, each with what every coder did, and then the definitions of those codes."""
    yield from _opening(agenda.facts, f"Cases to talk about, {agenda.round}")
    if agenda.cases:
        yield plain("Normal", _NAMED)
    if any(one.extract.before or one.extract.after for one in agenda.cases):
        yield plain("Normal", _BOLD)
    if not agenda.cases:
        yield plain("Normal", "Nothing is open: every disagreement is settled.")
    number = 0
    for codes, cases in groupby(agenda.cases, key=lambda one: one.codes):
        together = list(cases)
        yield plain("heading 1", _about(codes))
        for case in together:
            number += 1
            yield from _open_case(number, case)
    if agenda.codes:
        yield plain("Appendix Heading", "Definitions")
        yield Captions().next("The codes in question as they are defined today")
        yield tables.codebook_table(agenda.codes)


def _open_case(number: int, case: OpenCase) -> Iterator[Block]:
    yield plain("heading 2", f"{number}. {_in(case.extract, case.kind)}")
    yield from _extract(case.extract)
    last = len(case.sides) - 1
    yield from (_side(side, keeps=place in (0, last)) for place, side in enumerate(case.sides))
    if case.asked:
        yield _labelled("Put off", case.asked, keeps=True)
    yield Paragraph("Case Blank", (Run("Decided: ", "Definition Label"), Run("\t")), keeps=True)
    yield Paragraph("Case Blank", (Run("Why: ", "Definition Label"), Run("\t")))


# The minutes ------------------------------------------------------------------------------------------------------


def minutes_blocks(minutes: Minutes) -> Iterator[Block]:
    """What was decided, by the codes in question, with the reasons, who was there, and who dissents."""
    yield from _opening(minutes.facts, f"What was decided, {minutes.round}")
    yield plain("heading 1", "In short")
    yield plain("Normal", " ".join(_summary(minutes)))
    if any(one.extract.before or one.extract.after for one in minutes.decisions if one.outcome != "unanimous"):
        yield plain("Normal", _BOLD)
    told = [one for one in minutes.decisions if one.outcome != "unanimous"]
    number = 0
    for codes, decisions in groupby(told, key=lambda one: one.codes):
        yield plain("heading 1", _about(codes))
        for one in decisions:
            number += 1
            yield from _in_two_pieces(list(_decision(number, one)))


def _in_two_pieces(case: list[Paragraph]) -> Iterator[Paragraph]:
    """A case is parted by the end of a page in one place only: between what coders did and what was decided."""
    for paragraph, following in pairwise(case):
        yield replace(paragraph, keeps=following.style != "Case Decision")
    yield case[-1]


def _summary(minutes: Minutes) -> Iterator[str]:
    told = [one for one in minutes.decisions if one.outcome != "unanimous"]
    if minutes.unanimous:
        alike = "coding was unanimous and stands", "codings were unanimous and stand"
        yield f"{_counted(minutes.unanimous, *alike)} as is."
    yield f"{_counted(len(told), 'disagreement was', 'disagreements were')} settled."
    if told:
        dissented = sum(bool(one.dissent) for one in told)
        silent = sum(not one.voices for one in told)
        agreed = len(told) - dissented - silent
        counts = {"without dissent": agreed, "with dissent": dissented, "nobody has said how they take it": silent}
        yield f"{'; '.join(f'{what}: {count:,}' for what, count in counts.items() if count)}.".capitalize()
    if minutes.open:
        yield f"{_counted(minutes.open, 'case is', 'cases are')} open still."


def _decision(number: int, one: Settled) -> Iterator[Paragraph]:
    yield plain("heading 2", f"{number}. {_in(one.extract, one.told)}")
    yield from _extract(one.extract)
    yield from (_side(side, keeps=True) for side in one.sides)
    yield _labelled("Kept", *(_marks(one.kept) if one.kept else ("nothing",)), style="Case Decision")
    if one.reason or one.note:
        yield _labelled("Why", ". ".join(part for part in (one.reason.capitalize(), one.note) if part))
    if told := _who(one):
        yield plain("Case Line", told)
    if one.voices:
        yield _labelled("Afterwards", "; ".join(_voice(voice) for voice in one.voices))
    if one.led_to:
        yield _labelled("In the codebook", " ".join(one.led_to))
    if one.changed:
        yield plain("Quote Note", "Note: what this decision rests on has changed since. Look at it again.")


def _who(one: Settled) -> str:
    day = f"on {_day(one.on)}" if one.on else ""
    decided = " ".join(part for part in ("Decided", f"by {one.by}" if one.by else "", day) if part)
    there = f"There: {', '.join(one.present)}." if one.present else ""
    return " ".join(part for part in (f"{decided}." if one.by or day else "", there) if part)


def _voice(voice: Voice) -> str:
    words = {"persuaded": "is persuaded", "accepts": "accepts it", "dissents": "dissents"}
    return f"{voice.coder} {words.get(voice.stance, voice.stance)}{f' (“{voice.note}”)' if voice.note else ''}"


# What both have in common -----------------------------------------------------------------------------------------


def _opening(facts: StudyFacts, subtitle: str) -> Iterator[Block]:
    yield plain("Title", facts.title or "Untitled study")
    yield plain("Subtitle", subtitle)
    told = [_day(facts.date)] if facts.date else []
    told += [f"qcode {facts.software_version}"] if facts.software_version else []
    if told:
        yield plain("Study Facts", " · ".join(told))


def _about(codes: tuple[str, ...]) -> str:
    return " / ".join(codes) or "No code"


def _extract(one: Extract) -> Iterator[Paragraph]:
    """The passage among the words around it, and in bold where there are any; line by line where several speak."""
    style, last = "Strong" if one.before or one.after else "", len(one.lines) - 1
    leftward = runs_leftward(one.text)
    for place, (speaker, said) in enumerate(one.lines or (("", one.text),)):
        runs = [
            *_runs(one.before if place == 0 else "", "", one.language),
            *_runs(said, style, one.language),
            *_runs(one.after if place >= last else "", "", one.language),
        ]
        if last > 0:
            label = Run(f"{speaker}:" if speaker else "", "Speaker")
            yield Paragraph("Quote Turn", (label, Run("\t"), *runs), keeps=True, leftward=leftward)
        else:
            yield Paragraph("Quote", tuple(runs), keeps=True)
    if one.attribution:
        yield plain("Quote Attribution", one.attribution, keeps=True)
    if one.note:
        yield plain("Quote Note", one.note, keeps=True)


def _runs(said: Said, style: str, language: str) -> Iterator[Run]:
    """Words in a style; brackets that stand in the transcript keep their own."""
    for run in (Run(said),) if isinstance(said, str) else said:
        yield Run(run.text, run.style or style, language)


def _in(one: Extract, told: str) -> str:
    """A case by its document, as far as that may be named."""
    return f"{one.document}: {told}" if one.document else told[:1].upper() + told[1:]


def _side(side: Side, *, keeps: bool) -> Paragraph:
    return _labelled(side.coder, *(_marks(side.marks) if side.marks else ("nothing here",)), keeps=keeps)


def _marks(marks: tuple[Marked, ...]) -> tuple[str | Run, ...]:
    """The codes, each with its own extent where that is not the whole passage."""
    out: list[str | Run] = []
    for mark in marks:
        out += ["; "] if out else []
        out.append(Run(mark.code, "Emphasis"))
        out.append(f" on “{_edges(mark.text)}”" if mark.text else "")
        aside = ", ".join(part for part in ("unsure" * mark.unsure, mark.comment) if part)
        out.append(f" ({aside})" if aside else "")
    return tuple(out)


def _edges(text: str) -> str:
    """A passage on one line by its first and last words: what coders differ in is where it begins and ends.

    It stands in quotation marks, so that those within become single ones.
    """
    line = " ".join(text.split()).translate(_SINGLE)
    if len(line) <= 2 * _EDGE:
        return line
    return f"{line[:_EDGE].rpartition(' ')[0]} […] {line[-_EDGE:].partition(' ')[2]}"


def _labelled(label: str, *said: str | Run, style: str = "Case Line", keeps: bool = False) -> Paragraph:
    runs = (one if isinstance(one, Run) else Run(one) for one in said)
    return Paragraph(style, (Run(f"{label}: ", "Definition Label"), *runs), keeps)


def _day(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else ""


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _row(one: Settled) -> Iterator[str | int]:
    extract = one.extract
    yield from (extract.document, extract.start, extract.end, extract.text, extract.attribution)
    yield "; ".join(one.codes)
    yield "; ".join(f"{side.coder}: {_told(side.marks) or 'nothing'}" for side in one.sides)
    yield from (one.outcome, _told(one.kept), one.reason, one.note, "; ".join(one.present), one.by)
    yield one.on.isoformat() if one.on else ""
    for stance in STANCES:
        voices = [voice for voice in one.voices if voice.stance == stance]
        yield "; ".join(f"{voice.coder} ({voice.note})" if voice.note else voice.coder for voice in voices)
    yield " ".join(one.led_to)
    yield "yes" if one.changed else ""


def _told(marks: tuple[Marked, ...]) -> str:
    return ", ".join(f"{mark.code} “{mark.text}”" if mark.text else mark.code for mark in marks)
