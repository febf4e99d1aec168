"""`qcode audit`: one folder with what somebody needs who checks how a study was made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from qcode.cli import showing
from qcode.cli.arguments import StudyFile
from qcode.cli.refusals import refusing
from qcode.study import Study


@refusing
def audit(
    study: StudyFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to make; it must be new or empty.")],
) -> None:
    """Write an audit pack: history, codings, codebook, agreement, decisions and more, with checksums."""
    from qcode.queries.reports.audit import audit_opening, audit_parts
    from qcode.reports.packs import write_pack

    today = datetime.now().astimezone().date()
    with Study.open(study) as opened:
        opening, parts = audit_opening(opened, made_on=today), audit_parts(opened, made_on=today)
        names = write_pack(output, opening, parts)
    showing.say(f"Written: {output}, {len(names)} files. {names[0]} says what each of them is.")
