"""`qcode agreement-plan`: what a check of agreement is to be, saved before the coding and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from secrets import randbelow
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import typer

from qcode.cli import showing
from qcode.cli.arguments import AsJson, StudyFile
from qcode.cli.assigning import share_of
from qcode.cli.refusals import refusing
from qcode.errors import QcodeError
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.agreement.plans import Terms
    from qcode.queries.agreement.plan_comparison import PlanComparison
    from qcode.queries.agreement.plans import PlanRow
    from qcode.queries.team import RoundRow

_SEEDS: Final = 1_000_000
_HOLDS: Final = {True: "yes", False: "no", None: "–"}

Units = Annotated[
    Literal["sentence", "turn", "paragraph", "token", "character", "segment", "merged", "document"] | None,
    typer.Option("--unit", help="What is to be counted."),
]
Named = Annotated[
    list[str] | None,
    typer.Option("--codes", metavar="NAME", help="A code that is planned; may be repeated. “all” plans all codes."),
]
Must = Annotated[
    Literal["each", "together"] | None,
    typer.Option("--must-pass", help="Whether each code is to reach the threshold, or all of them together."),
]
By = Annotated[
    Literal["interval", "figure"] | None,
    typer.Option("--by", help="What is to reach it: the lower end of the 95 % interval, or alpha itself."),
]
Of = Annotated[Literal["documents", "text"] | None, typer.Option("--share-of", help="Of what the share is.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--domains", metavar="SET", help="An exclusive set of codes; may be repeated. “none” plans none."),
]


class NothingMeasuredError(QcodeError):
    """A plan was asked for in a study whose approach has no coefficients."""

    def __init__(self, approach: str) -> None:
        super().__init__(
            f"This study's approach is {approach}, in which agreement is not measured, so there is nothing to plan. "
            "Talk about the differences instead."
        )


class NothingPlannedError(QcodeError):
    """Figures were to be measured as planned in a round that has no plan."""

    def __init__(self, round_name: str) -> None:
        super().__init__(
            f"Nothing is planned for “{round_name}”. Plan it with qcode agreement-plan, or choose how to count."
        )


@refusing
def agreement_plan(
    study: StudyFile,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="NAME", help="Which round; if left out, the latest main round.")
    ] = None,
    *,
    unit: Units = None,
    codes: Named = None,
    threshold: Annotated[float | None, typer.Option(help="What alpha is to reach, such as 0.8 or 0.667.")] = None,
    reaching: Must = None,
    by: By = None,
    share: Annotated[
        str | None, typer.Option(metavar="SHARE", help="How much two coders or more are to code, such as 20%.")
    ] = None,
    share_of_what: Of = None,
    domains: Sets = None,
    bootstrap: Annotated[
        int | None, typer.Option(metavar="N", help="How often documents are to be drawn again; 0 for not at all.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="What the draws begin with; drawn if left out.")] = None,
    without_interviewers: Annotated[
        bool | None, typer.Option("--without-interviewers/--with-interviewers", help="Whether interviewers count.")
    ] = None,
    with_descendants: Annotated[
        bool | None,
        typer.Option("--with-descendants/--without-descendants", help="Whether what stands below a code counts."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Save what is planned for the agreement of a round, or change it; without options, show it."""
    from qcode.operations.agreement_plans import save_plan
    from qcode.queries.agreement.plans import plan_of
    from qcode.queries.approach import measures_agreement
    from qcode.queries.team import study_card

    with Study.open(study) as opened:
        if not measures_agreement(approach := study_card(opened).approach):
            raise NothingMeasuredError(approach)
        chosen = _round(opened, round_name)
        given = {
            "unit": unit,
            "codes": None if codes is None else _codes(opened, codes),
            "threshold": threshold,
            "each_code": None if reaching is None else reaching == "each",
            "by_interval": None if by is None else by == "interval",
            "share": None if share is None else share_of(share),
            "of_text": None if share_of_what is None else share_of_what == "text",
            "domains": None if domains is None else _sets(opened, domains),
            "draws": bootstrap,
            "seed": randbelow(_SEEDS) if bootstrap and seed is None else seed,
            "without_interviewers": without_interviewers,
            "with_descendants": with_descendants,
        }
        wanted = {name: value for name, value in given.items() if value is not None}
        if wanted:
            save_plan(opened, chosen.id, _terms(opened, chosen, wanted))
        plan = plan_of(opened, chosen.id)
    if as_json:
        showing.show_json(None if plan is None else plan_json(plan))
    elif plan is None:
        showing.say(f"Nothing is planned for “{chosen.name}”. Plan it with options, such as --threshold 0.8.")
    else:
        _show_plan(plan)


def _round(study: Study, name: str | None) -> RoundRow:
    from qcode.queries.agreement.figures import NoSuchRoundError
    from qcode.queries.agreement.plans import round_to_plan
    from qcode.queries.agreement.refusals import NoRoundError
    from qcode.queries.team import rounds

    known = round_to_plan(study, name)
    if known is None and name is not None:
        raise NoSuchRoundError(name, [row.name for row in rounds(study)])
    if known is None:
        raise NoRoundError
    return known


def _terms(study: Study, chosen: RoundRow, wanted: dict[str, Any]) -> Terms:
    """The terms that stand, or else what is usual, with what was typed in its place."""
    from qcode.agreement.plans import Terms
    from qcode.queries.agreement.plans import plan_of

    standing = plan_of(study, chosen.id)
    usual = Terms(unit="segment" if chosen.segmented else "sentence")
    return replace(usual if standing is None else standing.terms, **wanted)


def _codes(study: Study, names: Sequence[str]) -> tuple[str, ...]:
    from qcode.queries.agreement.figures import NoSuchNameError
    from qcode.queries.codebook.tree import codebook

    if [name.casefold() for name in names] == ["all"]:
        return ()
    rows = [row for row in codebook(study) if row.status == "active"]
    known = {row.name.casefold() for row in rows}
    for name in names:
        if name.casefold() not in known:
            raise NoSuchNameError("code", name, [row.name for row in rows])
    wanted = {name.casefold() for name in names}
    return tuple(row.id for row in rows if row.name.casefold() in wanted)


def _sets(study: Study, names: Sequence[str]) -> tuple[str, ...]:
    from qcode.queries.agreement.figures import NoSuchNameError
    from qcode.queries.codebook.code_sets import code_sets

    if [name.casefold() for name in names] == ["none"]:
        return ()
    known = {row.name.casefold(): row.id for row in code_sets(study)}
    for name in names:
        if name.casefold() not in known:
            raise NoSuchNameError("set of codes", name, [row.name for row in code_sets(study)])
    return tuple(known[name.casefold()] for name in names)


# Measuring as planned ---------------------------------------------------------------------------------------------


def planned_choices(study: Study, round_name: str | None) -> dict[str, Any]:
    """What `study_agreement` is to be asked by the plan of a round; refuses a round without one."""
    from qcode.queries.agreement.plans import plan_of
    from qcode.queries.codebook.tree import codebook

    chosen = _round(study, round_name)
    plan = plan_of(study, chosen.id)
    if plan is None:
        raise NothingPlannedError(chosen.name)
    wanted = {code for code, _path in plan.codes}
    return {
        "unit": plan.terms.unit,
        "round_name": chosen.name,
        "codes": [row.name for row in codebook(study) if row.id in wanted and row.status == "active"],
        "with_descendants": plan.terms.with_descendants,
        "without_interviewers": plan.terms.without_interviewers,
        "draws": plan.terms.draws,
        "seed": plan.terms.seed,
    }


# Showing ----------------------------------------------------------------------------------------------------------


def plan_json(plan: PlanRow) -> dict[str, Any]:
    """A plan as other programs read it, with every version it had."""
    return {
        "round": plan.round_name,
        **_terms_json(plan.terms),
        "codes": [list(path) for _code, path in plan.codes],
        "domains": list(plan.domains),
        "saved": [
            {"at": version.at, "by": version.who, "begun": version.begun, "terms": version.terms.in_words()}
            for version in plan.versions
        ],
        "hand_ins_by_then": plan.hand_ins,
        "codings_by_then": plan.codings,
    }


def _terms_json(terms: Terms) -> dict[str, Any]:
    return {name: value for name, value in asdict(terms).items() if name not in ("codes", "domains")}


def comparison_json(made: PlanComparison) -> dict[str, Any]:
    """A plan beside what was found; what cannot be said is null, and the note says why."""
    from qcode.reports.agreement_plans import figure_as_json

    return {
        **plan_json(made.plan),
        "items": [asdict(item) for item in made.items],
        "threshold_by_code": [figure_as_json(row) for row in made.codes],
        "summary": list(made.sentences),
    }


def show_comparison(made: PlanComparison) -> None:
    """A plan beside what was found, for a person."""
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    showing.say(f"What was planned for {made.plan.round_name}, and what was found:")
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), collapse_padding=True)
    for name in ("", "planned", "found", "holds"):
        table.add_column(name)
    for item in made.items:
        table.add_row(item.name, escape(item.planned), escape(item.found), _HOLDS[item.holds])
    Console().print(table)
    for sentence in made.sentences:
        showing.say(sentence)


def _show_plan(plan: PlanRow) -> None:
    terms = plan.terms
    showing.say(f"Planned for {plan.round_name}:")
    showing.say(f"  unit            {terms.unit}")
    showing.say(f"  codes           {', '.join(path[-1] for _code, path in plan.codes) or 'all codes'}")
    showing.say(f"  threshold       {terms.bar}")
    showing.say(f"  double coding   {terms.shared}")
    if terms.without_interviewers:
        showing.say("  interviewers    left out")
    if terms.with_descendants:
        showing.say("  below a code    counted with it")
    if plan.domains:
        showing.say(f"  exclusive sets  {', '.join(plan.domains)}")
    if terms.draws:
        showing.say(f"  drawn again     {terms.draws:,} times, seed {terms.seed}")
    for sentence in plan.history():
        showing.say(sentence)
