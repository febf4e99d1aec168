"""`qcode study`: what a study says of itself, and how that is changed."""

from __future__ import annotations

from typing import Annotated

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.study import Study


@refusing
def study(
    study: StudyFile,
    title: Annotated[str | None, typer.Option(help="What the study is called from now on.")] = None,
    question: Annotated[str | None, typer.Option(help="What the study asks; an empty one takes it away.")] = None,
    approach: Annotated[
        str | None,
        typer.Option(
            help="codebook, framework or coding reliability; reflexive or grounded theory, which see no coefficients."
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show the study's title, question and approach, or change them; each change can be undone in the window."""
    from qcode.operations.team import describe_study
    from qcode.queries.approach import what_changes
    from qcode.queries.team import study_card

    with Study.open(study) as opened:
        before = study_card(opened)
        if not (title is question is approach is None):
            describe_study(opened, title=title, question=question, approach=approach)
        card = study_card(opened)
    if as_json:
        showing.show_json({"title": card.title, "question": card.question, "approach": card.approach})
        return
    showing.say(f"Title: {card.title}")
    showing.say(f"Question: {card.question or '(none)'}")
    showing.say(f"Approach: {card.approach}")
    if changes := what_changes(before.approach, card.approach):
        showing.say(changes)
