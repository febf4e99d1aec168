"""Arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StudyFile = Annotated[
    Path, typer.Argument(readable=False, metavar="STUDY", help="The study file, which ends in .qcode.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
