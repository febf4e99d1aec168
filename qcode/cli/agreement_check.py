"""`qcode agreement-check`: reference cases computed again, for whoever wants to see for themselves."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.files import read_file

if TYPE_CHECKING:
    from qcode.agreement.checking import Check

CasesFile = Annotated[Path, typer.Argument(readable=False, metavar="CASES", help="A JSON file of reference cases.")]


_LARGEST: Final = 100_000_000


class NotTextError(QcodeError):
    """A file of cases is not text."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}” is not text in UTF-8. Choose a JSON file of reference cases.")


@refusing
def agreement_check(cases: CasesFile, *, as_json: AsJson = False) -> None:
    """Compute every quantity that reference cases expect, and compare; the exit code is 1 if any is not within."""
    from qcode.agreement.checking import checks, read_cases

    found = list(checks(read_cases(_text(cases), cases.name)))
    if as_json:
        showing.show_json([asdict(one) for one in found])
    else:
        _show(found)
    if any(one.verdict in ("off", "refused") for one in found):
        raise typer.Exit(1)


def _text(path: Path) -> str:
    try:
        return read_file(path, limit=_LARGEST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTextError(path) from error


def _show(found: list[Check]) -> None:
    for one in found:
        told = f"{one.case}  {one.quantity}: computed {_said(one.computed)}, expected {_said(one.expected)}"
        if one.verdict in ("not supported", "refused"):
            showing.say(f"{one.case}  {one.quantity}: {one.verdict}: {one.why}")
        else:
            showing.say(f"{told} ± {one.tolerance:g}: {one.verdict}")
    if not found:
        showing.say("The cases expect nothing, so nothing was computed.")
        return
    counts = Counter(one.verdict for one in found)
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items())
    showing.say(f"{len(found):,} quantities: {told}.")


def _said(value: object) -> str:
    if value is None:
        return "not defined"
    return f"{value:.7g}" if isinstance(value, float) else str(value)
