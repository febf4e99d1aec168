"""`qcode agreement`: the coders' agreement, code by code."""

from __future__ import annotations

from pathlib import Path
from secrets import randbelow
from typing import Annotated, Any, Final, Literal

import typer

from qcode.cli import showing
from qcode.cli.agreement_plan import comparison_json, planned_choices, show_comparison
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.readings import refuse_unless_measured
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.study import Study

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
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write a report too: .docx, .xlsx, .csv or .json.")]

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
    from qcode.cli.agreement_tables import breakdown_json, show_boundaries, show_means, show_sets
    from qcode.queries.agreement import study_agreement
    from qcode.queries.agreement_report import agreement_report
    from qcode.queries.agreement_sections import boundary_section
    from qcode.queries.agreement_sets import set_figures
    from qcode.queries.plan_comparison import compare_with_plan
    from qcode.reports.agreement import write_agreement
    from qcode.reports.agreement_boundaries import boundaries_as_json, sets_as_json

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
        planned = compare_with_plan(opened, found)
        about_boundaries = boundary_section(opened, found) if boundaries else None
        about_sets = set_figures(opened, found) if set_valued else None
        if output is not None:
            write_agreement(agreement_report(opened, found), output)
    if as_json:
        told = showing.agreement_json(found) | breakdown_json(found)
        told |= {} if about_boundaries is None else {"boundaries": boundaries_as_json(about_boundaries)}
        told |= {} if about_sets is None else {"set_valued": sets_as_json(about_sets)}
        showing.show_json(told | ({} if planned is None else {"plan": comparison_json(planned)}))
        return
    showing.show_agreement(found)
    show_means(found.overall, found.overall.macro_alpha, found.overall.undefined)
    if about_boundaries is not None:
        show_boundaries(about_boundaries)
    if about_sets is not None:
        show_sets(about_sets)
    if planned is not None:
        show_comparison(planned)
