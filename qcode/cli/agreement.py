"""`qcode agreement`: the coders' agreement, code by code."""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, NamedTuple

import typer

from qcode.cli import showing
from qcode.cli.agreement_plan import comparison_json, planned_choices, show_comparison
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.readings import refuse_unless_measured
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.study import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qcode.queries.agreement.figures import StudyAgreement
    from qcode.queries.agreement.plan_comparison import PlanComparison
    from qcode.reports.boundary_values import BoundarySection, SetSection

UnitName = Annotated[
    Literal["sentence", "turn", "paragraph", "token", "character", "segment", "merged", "document"] | None,
    typer.Option("--unit", help="What is counted; if left out, sentences, or the segments a round handed out."),
]
RoundName = Annotated[
    str | None, typer.Option("--round", help="Which round; if left out, the latest main round that two coders share.")
]
Codes = Annotated[
    list[str] | None, typer.Option("--codes", metavar="NAME", help="A code that is wanted; may be repeated.")
]
Coders = Annotated[
    list[str] | None, typer.Option("--coders", metavar="NAME", help="A coder who is wanted; may be repeated.")
]
Sets = Annotated[bool, typer.Option("--sets", help="By set of codes; --codes then names sets.")]
Below = Annotated[bool, typer.Option("--with-descendants", help="Count what stands below a code with it.")]
Interviewers = Annotated[bool, typer.Option("--without-interviewers", help="Leave out what interviewers say.")]
Draws = Annotated[int, typer.Option("--bootstrap", metavar="N", help="Draw the documents again so many times.")]
Seed = Annotated[int | None, typer.Option("--seed", help="What the draws begin with; drawn and printed if left out.")]
AsPlanned = Annotated[
    bool, typer.Option("--as-planned", help="Count as the plan of the round says, in place of the other choices.")
]
Boundaries = Annotated[
    bool,
    typer.Option(
        "--boundaries", help="Show where passages begin and end too, and sets of codes that exclude each other."
    ),
]
SetValued = Annotated[bool, typer.Option("--set-valued", help="Show all codes of a unit taken as one value, too.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write a report too: .docx, .xlsx, .html, .md, .csv or .json.")
]

_FEWEST, _MOST = 100, 100_000
_SEEDS: Final = 1_000_000


class DrawsError(QcodeError):
    """Too few draws for an interval, or more than anybody needs."""

    def __init__(self) -> None:
        super().__init__(f"Draw documents between {_FEWEST} and {_MOST:,} times, such as --bootstrap 1000.")


class SeedError(QcodeError):
    """A seed that is no seed."""

    def __init__(self) -> None:
        super().__init__("A seed is a number that is not negative, such as --seed 7.")


@refusing
def agreement(
    study: StudyFile,
    unit: UnitName = None,
    codes: Codes = None,
    people: Coders = None,
    round_name: RoundName = None,
    bootstrap: Draws = 0,
    seed: Seed = None,
    output: Output = None,
    *,
    sets: Sets = False,
    with_descendants: Below = False,
    without_interviewers: Interviewers = False,
    as_planned: AsPlanned = False,
    boundaries: Boundaries = False,
    set_valued: SetValued = False,
    as_json: AsJson = False,
) -> None:
    """Compute the coders' agreement: Krippendorff's alpha by code, with intervals."""
    from qcode.queries.agreement.figures import study_agreement
    from qcode.queries.agreement.plan_comparison import compare_with_plan
    from qcode.queries.agreement.report import agreement_report
    from qcode.queries.agreement.sections import boundary_section
    from qcode.queries.agreement.sets import set_figures
    from qcode.reports.agreement import write_agreement

    if bootstrap and not _FEWEST <= bootstrap <= _MOST:
        raise DrawsError
    if seed is not None and seed < 0:
        raise SeedError
    with Study.open(study) as opened:
        refuse_unless_measured(opened)
        choices: dict[str, Any] = {
            "unit": unit,
            "round_name": round_name,
            "codes": codes or (),
            "with_descendants": with_descendants,
            "without_interviewers": without_interviewers,
            "draws": bootstrap,
            "seed": randbelow(_SEEDS) if seed is None else seed,
        }
        choices |= planned_choices(opened, round_name) if as_planned else {}
        found = study_agreement(opened, people=people or (), by_set=sets, **choices)
        told = _Told(
            found,
            compare_with_plan(opened, found),
            boundary_section(opened, found) if boundaries else None,
            set_figures(opened, found) if set_valued else None,
        )
        if output is not None:
            write_agreement(agreement_report(opened, found), output)
    if as_json:
        _show_json(told)
    else:
        _show(told)


class _Told(NamedTuple):
    """What is told of a round: the table, and what else there is or was asked for."""

    found: StudyAgreement
    planned: PlanComparison | None
    boundaries: BoundarySection | None
    sets: Sequence[SetSection] | None


def _show_json(told: _Told) -> None:
    from qcode.cli.agreement_tables import breakdown_json
    from qcode.reports.agreement_boundaries import boundaries_as_json, sets_as_json

    shown = showing.agreement_json(told.found) | breakdown_json(told.found)
    if told.boundaries is not None:
        shown["boundaries"] = boundaries_as_json(told.boundaries)
    if told.sets is not None:
        shown["set_valued"] = sets_as_json(told.sets)
    if told.planned is not None:
        shown["plan"] = comparison_json(told.planned)
    showing.show_json(shown)


def _show(told: _Told) -> None:
    from qcode.cli.agreement_tables import show_boundaries, show_means, show_sets

    showing.show_agreement(told.found)
    show_means(told.found.overall, told.found.overall.macro_alpha, told.found.overall.undefined)
    if told.boundaries is not None:
        show_boundaries(told.boundaries)
    if told.sets is not None:
        show_sets(told.sets)
    if told.planned is not None:
        show_comparison(told.planned)
