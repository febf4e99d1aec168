"""The commands."""

from __future__ import annotations

import csv
import gc
import getpass
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final, get_args

import typer

from qcode import __version__
from qcode.cli import showing
from qcode.cli.agreement import agreement
from qcode.cli.agreement_check import agreement_check
from qcode.cli.agreement_plan import agreement_plan
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.asking import query, saturation
from qcode.cli.assigning import assign, rounds
from qcode.cli.attributing import attribution
from qcode.cli.auditing import audit
from qcode.cli.coders import coders
from qcode.cli.collecting import conflicts, handin, handout, history, merge
from qcode.cli.counting import cooccurrence, crosstab
from qcode.cli.deid import deid_app
from qcode.cli.demo import make_demo
from qcode.cli.describing import study as study_command
from qcode.cli.framework import framework
from qcode.cli.guides import answers, guide_app
from qcode.cli.joint import joint
from qcode.cli.participants import participants_app
from qcode.cli.quoting import quotes
from qcode.cli.readings import readings
from qcode.cli.reconciling import consensus, decisions, disagreements, reconcile
from qcode.cli.refusals import (
    DamageFoundError,
    LabelColumnMissingError,
    NoSuchLabelError,
    NotAChoiceError,
    NotALanguageError,
    UnknownAnswerError,
    UnknownRoleError,
    refusing,
)
from qcode.cli.replacing import LookWithoutReplaceError, replace_document, the_one
from qcode.cli.reporting import codebook_export, themes
from qcode.cli.using import uses
from qcode.files import read_file
from qcode.operations.codebook import import_codebook
from qcode.operations.documents import Incoming, import_documents
from qcode.operations.lookup import NameTakenError, tidy_name
from qcode.operations.team import describe_study, refuse_unknown_approach
from qcode.study import Study
from qcode.transcripts import LabelChoice, Reading, Role, Transcript, read_apart, segment

app = typer.Typer(
    name="qcode",
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Qualitative coding, agreement, themes and quotes. Without a command, the window opens.",
)
codebook_app = typer.Typer(no_args_is_help=True, help="Load a codebook into a study, or save it, as CSV or YAML.")
app.add_typer(codebook_app, name="codebook")
app.add_typer(participants_app, name="participants")
app.add_typer(deid_app, name="deid")
app.add_typer(guide_app, name="guide")
app.command("study")(study_command)
app.command()(answers)
app.command()(agreement)
app.command()(readings)
app.command()(audit)
app.command()(themes)
app.command()(framework)
app.command()(quotes)
app.command()(uses)
app.command()(attribution)
codebook_app.command("export")(codebook_export)
app.command("agreement-check")(agreement_check)
app.command("agreement-plan")(agreement_plan)
for collecting in (coders, assign, rounds, merge, handin, handout, conflicts, history):
    app.command()(collecting)
for settling in (disagreements, reconcile, consensus, decisions):
    app.command()(settling)
for counting in (crosstab, cooccurrence, saturation, query, joint):
    app.command()(counting)

Labels = Annotated[
    Path | None,
    typer.Option(help="A CSV file with the columns label, accepted, role and name that corrects the label table."),
]
Choices = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A choice for the reader: column:Age=attribute, sheet=Data …"),
]

_YES, _NO = frozenset({"", "yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})
_NAMES_STAY = (
    "Names were not looked for: the texts hold them as they were. See qcode deid scan, or import in the window."
)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

type OpenWindow = Callable[[Path | None], int]

COLLECT_RARELY: Final = (100_000, 50, 100)
"""When a command looks for garbage: what it makes is mostly printed or written as it ends."""


def main(open_window: OpenWindow) -> None:
    """Run one command; those that end in the window get it from whoever composes the program."""
    gc.set_threshold(*COLLECT_RARELY)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # both are text streams
    app(obj=open_window)


def _print_version(wanted: bool) -> None:  # typer calls it so
    if wanted:
        typer.echo(f"qcode {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001  # its callback answers
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Open the window when no command is given."""
    if context.invoked_subcommand is None:
        raise typer.Exit(context.obj(None))


@app.command()
@refusing
def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(readable=False, metavar="DIR", help="Where to put it.")] = Path("demo"),
    no_window: Annotated[bool, typer.Option("--no-window", help="Leave the window closed.")] = False,
) -> None:
    """Build the sample study, write its report and agreement table, and open it."""
    study = make_demo(folder)
    if not no_window and _has_display():
        raise typer.Exit(context.obj(study))


@app.command()
@refusing
def new(
    study: StudyFile,
    title: Annotated[str, typer.Option(help="What the study is called; its file name if left out.")] = "",
    coder: Annotated[str, typer.Option(help="Who you are; your user name if left out.")] = "",
    *,
    question: Annotated[str | None, typer.Option(help="What the study asks.")] = None,
    approach: Annotated[
        str | None,
        typer.Option(help="codebook, framework, coding reliability; without coefficients reflexive, grounded theory."),
    ] = None,
) -> None:
    """Make an empty study; a name without an ending gets .qcode."""
    refuse_unknown_approach(approach)
    study = study if study.suffix or study.is_dir() else study.with_suffix(".qcode")
    with Study.create(study, title=title.strip() or study.stem, coder=coder.strip() or _user()) as made:
        if question or approach:
            describe_study(made, question=question, approach=approach)
    showing.say(f"{study} is ready. Next: qcode import {study} FILE...")


@app.command("import")
@refusing
def import_(
    study: StudyFile,
    files: Annotated[
        list[Path],
        typer.Argument(readable=False, metavar="FILE...", help="Transcripts: Word, text, captions and more."),
    ],
    kind: Annotated[str, typer.Option(help="interview, focus group, field notes, document …")] = "interview",
    language: Annotated[str, typer.Option(help="The language spoken, such as en or es.")] = "en",
    group: Annotated[str, typer.Option(help="The group the documents speak for.")] = "",
    encoding: Annotated[str | None, typer.Option(help="How text files are encoded, if the guess is wrong.")] = None,
    *,
    labels: Labels = None,
    choices: Choices = None,
    replaced: Annotated[
        str | None,
        typer.Option("--replace", metavar="DOCUMENT", help="Replace the text of this document; its codings stay."),
    ] = None,
    look: Annotated[
        bool, typer.Option("--look", help="With --replace: show what would change, write nothing.")
    ] = False,
) -> None:
    """Add transcripts to a study: all of them, or none if one cannot be read."""
    if not _LANGUAGE_TAG.fullmatch(language.strip()):
        raise NotALanguageError(language)
    if look and replaced is None:
        raise LookWithoutReplaceError
    corrections = _corrections(labels) if labels else {}
    with Study.open(study) as opened:
        if replaced is not None:
            reading = read_apart(the_one(files), encoding=encoding, options=_options(choices))
            replace_document(opened, replaced, reading, _segmented(reading, corrections), look=look)
            return
        _refuse_taken_names(opened, files)
        readings = [read_apart(file, encoding=encoding, options=_options(choices)) for file in files]
        transcripts = [_segmented(reading, corrections) for reading in readings]
        incoming = [
            Incoming.of(reading, transcript, file.stem, kind=kind, language=language, group=group)
            for file, reading, transcript in zip(files, readings, transcripts, strict=True)
        ]
        import_documents(opened, incoming)
    for reading, transcript in zip(readings, transcripts, strict=True):
        showing.show_transcript(reading, transcript)
    showing.say(f"{len(incoming)} imported into {study}.")
    showing.say(_NAMES_STAY)


@app.command("read")
@refusing
def read_(
    file: Annotated[
        Path, typer.Argument(readable=False, metavar="FILE", help="A transcript: Word, text, captions and more.")
    ],
    as_json: AsJson = False,
    encoding: Annotated[str | None, typer.Option(help="How a text file is encoded, if the guess is wrong.")] = None,
    labels: Labels = None,
    choices: Choices = None,
) -> None:
    """Show what an import would make of a file; nothing is written."""
    reading = read_apart(file, encoding=encoding, options=_options(choices))
    transcript = _segmented(reading, _corrections(labels) if labels else {})
    if as_json:
        showing.show_json(showing.transcript_json(reading, transcript))
    else:
        showing.show_transcript(reading, transcript)


@codebook_app.command("import")
@refusing
def codebook_import(
    study: StudyFile,
    file: Annotated[Path, typer.Argument(readable=False, metavar="FILE", help="A codebook: .csv or .yaml.")],
) -> None:
    """Add a codebook's codes to a study; codes it has already get the file's definitions as a new version."""
    from qcode.exchange.codebook import read_codebook

    book = read_codebook(file)
    with Study.open(study) as opened:
        made = import_codebook(opened, book)
    for note in book.notes:
        showing.say(f"  · {note}")
    counts = f"{made.new} new, {made.redefined} redefined, {made.unchanged} unchanged"
    showing.say(f"{len(book)} codes read, {counts}: {study}")


@app.command()
@refusing
def codings(study: StudyFile, as_json: AsJson = False) -> None:
    """List all codings with their passages."""
    from qcode.queries.codings import Looking, code_paths, passages

    with Study.open(study) as opened:
        rows, paths = passages(opened, Looking(layer=None), around=0), code_paths(opened)
    if as_json:
        listed = [showing.coding_json(row.coding, row.text, row.document_name, paths[row.coding.code]) for row in rows]
        showing.show_json(listed)
        return
    for row in rows:
        place = f"{row.document_name} {row.coding.start}–{row.coding.end}"
        showing.say(f"{place}  {row.coding.coder}  {' › '.join(paths[row.coding.code])}  {row.text}")


@app.command()
@refusing
def check(study: StudyFile) -> None:
    """Check a study: its file, its ranges, and that replaying its journal gives what stands in it."""
    from qcode.queries.integrity import check as check_study

    with Study.open(study) as opened:
        found = check_study(opened)
    for problem in found.problems:
        showing.say(f"  · {problem}")
    if found.problems:
        raise DamageFoundError(len(found.problems))
    showing.say(
        f"All is well: {found.documents} documents and {found.codings} codings, counting what was removed; "
        f"replaying {found.steps} steps gives all {found.rows} rows."
    )


def _options(choices: list[str] | None) -> dict[str, str]:
    """The reader's options; a name may hold anything, as columns do."""
    options = {}
    for choice in choices or ():
        name, equals, value = choice.rpartition("=")
        if not (name and equals and value):
            raise NotAChoiceError(choice)
        options[name] = value
    return options


def _corrections(path: Path) -> dict[str, Mapping[str, str]]:
    rows = list(csv.DictReader(read_file(path, limit=1_000_000).decode("utf-8-sig", "replace").splitlines()))
    if not rows or "label" not in rows[0]:
        raise LabelColumnMissingError(path)
    return {row["label"]: row for row in rows}


def _segmented(reading: Reading, corrections: Mapping[str, Mapping[str, str]]) -> Transcript:
    for label in corrections.keys() - {choice.label for choice in reading.labels}:
        raise NoSuchLabelError(label, reading.file_name)
    return segment(reading, [_corrected(choice, corrections.get(choice.label)) for choice in reading.labels])


def _corrected(choice: LabelChoice, row: Mapping[str, str] | None) -> LabelChoice:
    if row is None:
        return choice
    return replace(
        choice,
        accepted=_answer(choice, row),
        role=_role(choice, row),
        name=(row.get("name") or "").strip() or choice.name,
    )


def _answer(choice: LabelChoice, row: Mapping[str, str]) -> bool:
    """Whether the label is accepted: a row that does not say so is there because it is."""
    said = (row.get("accepted") or "").strip()
    if said.lower() not in _YES | _NO:
        raise UnknownAnswerError(choice.label, said)
    return said.lower() in _YES


def _role(choice: LabelChoice, row: Mapping[str, str]) -> Role:
    said = (row.get("role") or "").strip()
    known: tuple[Role, ...] = get_args(Role)
    role = next((role for role in known if role == said.lower()), None)
    if said and role is None:
        raise UnknownRoleError(choice.label, said, known)
    return role or choice.role


def _refuse_taken_names(study: Study, files: Sequence[Path]) -> None:
    """Names are refused before anything is read or printed; the import itself checks them again."""
    from qcode.queries.transcripts.documents import documents

    taken = {row.name.casefold() for row in documents(study)}
    for file in files:
        name = tidy_name("document", file.stem)
        if name.casefold() in taken:
            raise NameTakenError("document", name)
        taken.add(name.casefold())


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "First coder"


def _has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
