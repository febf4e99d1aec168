"""`qcode readings`: what each coder marked, side by side, for teams that talk instead of measuring."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.queries.agreement.readings import Reading, Readings

RoundName = Annotated[
    str | None, typer.Option("--round", help="Which round; if left out, the latest main round that two coders share.")
]
Alike = Annotated[bool, typer.Option("--all", help="Passages that all marked alike, too.")]


class NotMeasuredError(QcodeError):
    """Figures of agreement were asked for in a study whose approach has none."""

    def __init__(self, approach: str) -> None:
        super().__init__(
            f"This study's approach is {approach}: there, understanding grows with the person who reads, and agreement "
            "is not measured. “qcode readings” shows what each coder marked, side by side."
        )


def refuse_unless_measured(study: Study) -> None:
    """Raise NotMeasuredError where the study's approach has no figures of agreement."""
    from qcode.queries.approach import measures_agreement
    from qcode.queries.team import study_card

    if not measures_agreement(approach := study_card(study).approach):
        raise NotMeasuredError(approach)


@refusing
def readings(study: StudyFile, round_name: RoundName = None, *, alike: Alike = False, as_json: AsJson = False) -> None:
    """Show the passages that coders read differently, with what each of them marked."""
    from qcode.queries.agreement.readings import readings as found_in

    with Study.open(study) as opened:
        found = found_in(opened, round_name)
    rows = [row for row in found.rows if alike or row.differs]
    if as_json:
        showing.show_json(_as_json(found, rows))
    else:
        _show(found, rows)


def _as_json(found: Readings, rows: list[Reading]) -> dict[str, Any]:
    """Each passage with what each coder marked; null where it was not theirs to read."""
    names = [coder.name for coder in found.coders]
    return {
        "round": found.round.name,
        "coders": names,
        "withheld": list(found.withheld),
        "passages": [
            {
                "document": row.document_name,
                "start": row.start,
                "end": row.end,
                "text": row.text,
                "differs": row.differs,
                "marked": {
                    name: None if own is None else [asdict(mark) for mark in own]
                    for name, own in zip(names, row.marked, strict=True)
                },
            }
            for row in rows
        ],
    }


def _show(found: Readings, rows: list[Reading]) -> None:
    for row in rows:
        showing.say(f"{row.document_name}: {' '.join(row.text.split())}")
        for coder, own in zip(found.coders, row.marked, strict=True):
            if own is not None:
                codes = "; ".join(mark.code + (f" ({mark.comment})" if mark.comment else "") for mark in own)
                showing.say(f"    {coder.name}: {codes or '–'}")
    if not rows:
        alike = "Wherever two coders read the same, they marked it alike" if found.rows else "No two coders marked text"
        showing.say(f"{alike} in “{found.round.name}”.")
    if found.withheld:
        showing.say(f"Kept back until you hand it in, as the round is blind: {', '.join(found.withheld)}.")
