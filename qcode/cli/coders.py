"""`qcode coders`: who works in a study."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.study import Study

Added = Annotated[list[str] | None, typer.Option("--add", metavar="NAME", help="A coder to add; may be repeated.")]
AddedAs = Annotated[
    Literal["coder", "lead"], typer.Option("--role", help="As what they are added: a coder if left out.")
]


class NobodyNamedError(QcodeError):
    """A role was given to nobody."""

    def __init__(self) -> None:
        super().__init__("Say who has that role: --add NAME --role lead.")


@refusing
def coders(study: StudyFile, add: Added = None, *, role: AddedAs | None = None, as_json: AsJson = False) -> None:
    """List who works in a study, or add somebody: all of those named, or none."""
    from qcode.operations.team import add_coder
    from qcode.queries.team import coders as coders_of

    if role and not add:
        raise NobodyNamedError
    with Study.open(study) as opened:
        with opened.grouped():
            for name in add or ():
                add_coder(opened, name=name, role=role or "coder")
        rows = coders_of(opened)
    if as_json:
        showing.show_json([asdict(row) for row in rows])
        return
    for row in rows:
        showing.say(f"{row.name} ({row.initials}), {row.role}")
