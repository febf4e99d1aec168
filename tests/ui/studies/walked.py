"""Pages of the manual that walk through a study: every command is run, and what is done in between is done."""

from __future__ import annotations

import csv
import re
import shlex
from contextlib import contextmanager
from pathlib import Path

from told_pages import HOUSE, as_said, commands
from typer.testing import CliRunner

from qcode.cli.commands import app
from qcode.operations.assignments import hand_in_round
from qcode.operations.coding import Mark, add_codings, apply_codes
from qcode.operations.passages import Passage
from qcode.operations.quotes import pick_quote
from qcode.operations.themes import add_theme, gather_codes
from qcode.queries.codebook.tree import codebook
from qcode.queries.team import coders, rounds
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import document_text, documents
from qcode.study import Study


def walk(name, *deeds):
    """Do what a page says: where it opens the window, the next deed is done to the study that is named there.

    Tables that a page prints in full are there as files.
    """
    page, left = HOUSE / "docs" / "studies" / name, list(deeds)
    for file, words in re.findall(r"```csv title=(\S+)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        Path(file).write_text(words, encoding="utf-8")
    for command, told in commands(page):
        words = shlex.split(command)
        if len(words) == 1:
            left.pop(0)(Path(words[0]))
            continue
        done = CliRunner().invoke(app, words)
        assert done.exit_code == 0, (command, done.output)
        assert as_said(told).fullmatch(done.stdout), (command, done.stdout)
    assert not left


@contextmanager
def opened(path, coder=None):
    """A study as one of its coders has it open, the lead if nobody is named."""
    with Study.open(path) as study:
        study.act_as(next(row.id for row in coders(study) if row.name == coder or (not coder and row.role == "lead")))
        yield study


def code_named(study, name):
    """The id of a code."""
    return next(row.id for row in codebook(study) if row.name == name)


def theme_named(study, name):
    """A theme with its quotes."""
    return next(row for row in themes(study, status=None) if row.name == name)


def passage(study, name, words):
    """Where words stand in the document of a name."""
    document = next(row.id for row in documents(study) if row.name == name)
    start = document_text(study, document).text.index(words)
    return Passage(document, start, start + len(words))


def code(study, marks, round_id=None):
    """Let the acting coder mark (document, code, words); says which codings came of it."""
    round_id = round_id or rounds(study)[0].id
    return [
        made
        for document, name, words in marks
        for made in apply_codes(
            study, passage=passage(study, document, words), codes=[code_named(study, name)], round_id=round_id
        )
    ]


def theme_of(study, name, codes, quotes=(), concept="", **more):
    """A theme that gathers codes, with (document, words) as its quotes."""
    made = add_theme(study, name=name, concept=concept, **more)
    gather_codes(study, made, codes=[code_named(study, one) for one in codes])
    return made, [pick_quote(study, made, passage=passage(study, *quote)) for quote in quotes]


def take_over(path, wanted, name, *, hand_in=False, only=None):
    """What coders of the sample marked in some documents, each as themself."""
    with opened(path) as study:
        lead, codes = study.coder, {row.name: row.id for row in codebook(study)}
        at = {row.name: row.id for row in documents(study)}
        round_id = next(row.id for row in rounds(study) if row.name == name)
        with (HOUSE / "sample_transcripts" / "codings.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if (row["round"], row["document"]) in wanted]
        for coder in reversed(coders(study)):
            study.act_as(coder.id)
            own = [row for row in rows if row["coder"] == (coder.initials if only is None else only)]
            if only is None or coder.id == lead:
                marks = [
                    Mark(
                        Passage(at[row["document"]], int(row["start"]), int(row["end"])),
                        codes[row["code"]],
                        coder.id,
                        row["certainty"],
                        row["comment"],
                    )
                    for row in own
                    if row["code"] in codes
                ]
                add_codings(study, round_id=round_id, marks=marks)
            if hand_in:
                hand_in_round(study, round_id=round_id)
