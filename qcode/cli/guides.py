"""The commands about interview guides: importing one, and reading all answers to a question."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.operations.guides import Asked, Attachment, add_guide, attach_questions, revise_guide
from qcode.queries.transcripts.answers import Answer, Answers
from qcode.queries.transcripts.answers import answers as all_answers
from qcode.queries.transcripts.guides import (
    GuideRow,
    NoGuideError,
    QuestionRow,
    followed_questions,
    guide_versions,
    guides,
    question_named,
)
from qcode.queries.transcripts.question_proposals import SURE, proposals
from qcode.study import Study

guide_app = typer.Typer(no_args_is_help=True, help="Import interview guides, show them, and find their questions.")

GuideName = Annotated[str, typer.Option("--guide", help="Which guide, where there are several.")]


@guide_app.command("import")
@refusing
def guide_import(
    study: StudyFile,
    file: Annotated[
        Path,
        typer.Argument(readable=False, metavar="FILE", help="Text or Word with a question a line, or .csv, .xlsx."),
    ],
    name: Annotated[str, typer.Option(help="What the guide is called; its file name if left out.")] = "",
    group: Annotated[str, typer.Option(help="The group whom the guide is for; all if left out.")] = "",
    note: Annotated[str, typer.Option(help="Why there is a new version of a guide.")] = "",
) -> None:
    """Add an interview guide to a study, or a new version of the guide that has this name already."""
    from qcode.operations.guide_files import read_guide

    found = read_guide(file)
    title = name.strip() or file.stem
    with Study.open(study) as opened:
        known = _named(guides(opened), title)
        if known is None:
            add_guide(opened, name=title, questions=found.questions, group=group)
        else:
            followed = followed_questions(known, found.questions)
            asked = [
                Asked(*wording, None if row is None else row.id)
                for wording, (row, _doubtful) in zip(found.questions, followed, strict=True)
            ]
            revise_guide(opened, known.id, questions=asked, note=note)
        now = _named(guides(opened), title)
        changes = guide_versions(opened, now.id)[0].changes if now else ()
    if found.left_out:
        showing.say(f"  · lines that are no questions, left out: {found.left_out}")
    if now is None:
        return
    if known is not None and known.version == now.version:
        showing.say(f"“{now.name}” asks just this already: {study}")
        return
    for change in changes:
        showing.say(f"  · {change.sentence}")
    showing.say(f"“{now.name}”, version {now.version}: {len(now.questions)} questions in {study}.")


@guide_app.command("show")
@refusing
def guide_show(study: StudyFile, as_json: AsJson = False) -> None:
    """Show the guides of a study, with how many documents each question is attached in."""
    with Study.open(study) as opened:
        found = guides(opened)
    if as_json:
        showing.show_json([_guide_json(one) for one in found])
        return
    if not found:
        raise NoGuideError("", [])
    for guide in found:
        showing.say(f"{guide.name}, version {guide.version}{f', for {guide.group}' if guide.group else ''}")
        for row in guide.every:
            former = "" if row.until is None else f" (asked until version {row.until})"
            showing.say(f"  {row.number}. {row.text}{former}: {row.turns} turns in {row.documents} documents")


@guide_app.command("attach")
@refusing
def guide_attach(
    study: StudyFile,
    guide: GuideName = "",
    *,
    write: Annotated[bool, typer.Option("--write", help="Attach what is proposed, instead of showing it.")] = False,
    least: Annotated[float, typer.Option(min=0, max=1, help="How alike a turn and its question must be.")] = SURE,
) -> None:
    """Propose the turns in which the questions of a guide are asked, by their words."""
    with Study.open(study) as opened:
        every = guides(opened)
        chosen = _only(every, guide)
        found = [one for one in proposals(opened, chosen.id) if one.likeness >= least]
        for one in found:
            showing.say(f"  {one.likeness:.2f}  {one.document_name}, {one.number}. {one.text}: {one.words}")
        if write and found:
            wanted = [Attachment(one.document, at, one.question) for one in found for at in one.places]
            attach_questions(opened, wanted, origin="proposed")
            showing.say(f"{len(wanted)} attached in {study}.")
        else:
            showing.say(f"{len(found)} proposed; nothing was written." if found else "Nothing to propose.")


@refusing
def answers(
    study: StudyFile,
    question: Annotated[str, typer.Option("--question", help="The number of the question.")],
    guide: GuideName = "",
    version: Annotated[int | None, typer.Option(help="Its number in this version of the guide.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print all answers to a question of the interview guide, and the documents without one."""
    with Study.open(study) as opened:
        found = all_answers(opened, question_named(opened, question, guide=guide, version=version).id)
    if as_json:
        showing.show_json(answers_json(found))
        return
    showing.say(f"{found.question.number}. {found.question.text}")
    for one in found.given:
        group = f" ({one.group})" if one.group else ""
        showing.say(f"\n{one.document_name}{group}: {one.asked}")
        for said in one.said:
            showing.say(f"  {said.speaker or '–'}: {said.text}")
    if found.silent:
        showing.say("\nNo answer in:")
        for silent in found.silent:
            showing.say(f"  {silent.name}{', where it was asked' if silent.asked else ''}")


def answers_json(found: Answers) -> dict[str, Any]:
    """All answers for other programs; places are code points."""
    return {
        "question": _question_json(found.question),
        "answers": [_answer_json(one) for one in found.given],
        "without_answer": [{"document": one.name, "group": one.group, "asked": one.asked} for one in found.silent],
    }


def _answer_json(one: Answer) -> dict[str, Any]:
    return {
        "document": one.document_name,
        "group": one.group,
        "start": one.start,
        "end": one.end,
        "asked": one.asked,
        "version": one.version,
        "words": one.words,
        "turns": [
            {"speaker": said.speaker, "role": said.role, "start": said.start, "end": said.end, "text": said.text}
            for said in one.said
        ],
    }


def _guide_json(guide: GuideRow) -> dict[str, Any]:
    return {
        "name": guide.name,
        "group": guide.group,
        "version": guide.version,
        "questions": [_question_json(one) for one in guide.every],
    }


def _question_json(row: QuestionRow) -> dict[str, Any]:
    return {
        "guide": row.guide_name,
        "number": row.number,
        "text": row.text,
        "turns": row.turns,
        "documents": row.documents,
        "since": row.since,
        "until": row.until,
    }


def _named(every: list[GuideRow], name: str) -> GuideRow | None:
    return next((one for one in every if one.name.casefold() == name.strip().casefold()), None)


def _only(every: list[GuideRow], name: str) -> GuideRow:
    found = _named(every, name) if name else every[0] if len(every) == 1 else None
    if found is None:
        raise NoGuideError(name, [one.name for one in every])
    return found
