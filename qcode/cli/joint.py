"""`qcode joint`: counts of a survey beside themes and their quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qcode.cli import showing
from qcode.cli.arguments import StudyFile
from qcode.cli.refusals import refusing
from qcode.cli.reporting import HouseTemplate, house_template
from qcode.errors import QcodeError
from qcode.files import extension
from qcode.study import Study

if TYPE_CHECKING:
    from qcode.analysis.joint import TestedItem
    from qcode.ids import SurveyId
    from qcode.queries.counting.joint import JointDisplay, SurveyRow
    from qcode.text.survey_counts import SurveyCounts


class NoSurveyNamedError(QcodeError):
    """`qcode joint` was given no counts."""

    def __init__(self, known: Sequence[str]) -> None:
        there = f"Saved are: {', '.join(f'“{one}”' for one in known[:12])}." if known else "None is saved yet."
        super().__init__(f"Say which counts: --survey FILE.csv, or --saved NAME of a survey in the study. {there}")


class NoSuchSurveyError(QcodeError):
    """No survey is kept under the name that was given with --saved."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = f"Saved are: {', '.join(f'“{one}”' for one in known[:12])}." if known else "None is saved yet."
        super().__init__(f"No survey is saved as “{name[:80]}”. {there}")


class TwoSurveysError(QcodeError):
    """Counts were given twice: as a file and as what the study keeps."""

    def __init__(self) -> None:
        super().__init__("Give --survey FILE or --saved NAME, not both: one display shows one survey.")


class NotBesideError(QcodeError):
    """What was given with --beside puts no item beside a theme."""

    def __init__(self, text: str, known: Sequence[str]) -> None:
        super().__init__(
            f"“{text}” puts nothing beside a theme. Write ITEM=THEME; the items are: "
            f"{', '.join(f'“{one}”' for one in known[:12])}."
        )


class NothingToKeepError(QcodeError):
    """`--save` or `--beside` was given without counts that are read from a file."""

    def __init__(self, option: str) -> None:
        super().__init__(f"{option} goes with counts that are read from a file: give them with --survey FILE, too.")


@refusing
def joint(
    study: StudyFile,
    output: Annotated[Path, typer.Option("-o", "--output", help="Where to: .docx, .xlsx, .html, .md or .csv.")],
    survey: Annotated[
        Path | None,
        typer.Option(
            readable=False, help="A table with the columns item, group, count and denominator: .csv or .xlsx."
        ),
    ] = None,
    saved: Annotated[str, typer.Option("--saved", metavar="NAME", help="A survey that the study keeps.")] = "",
    beside: Annotated[
        list[str] | None, typer.Option(metavar="ITEM=THEME", help="Put an item beside a theme; may be given again.")
    ] = None,
    quotes: Annotated[int, typer.Option(min=0, metavar="N", help="The most quotes for each theme.")] = 2,
    *,
    save: Annotated[str, typer.Option("--save", metavar="NAME", help="Keep the counts in the study.")] = "",
    template: HouseTemplate = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs, too.")] = False,
) -> None:
    """Set what a survey counted beside themes with their quotes, and test groups on the survey's counts."""
    from qcode.exchange.survey_counts import read_survey
    from qcode.queries.counting.joint import joint_display, joint_report, surveys
    from qcode.queries.reports.counted import facts_of
    from qcode.reports.outputs import EXTENSIONS, write_report

    extension(output, EXTENSIONS)
    if survey is not None and saved:
        raise TwoSurveysError
    if survey is None and (save or beside):
        raise NothingToKeepError("--save" if save else "--beside")
    house = house_template(template, output)
    counts = None if survey is None else _placed(read_survey(survey), beside or ())
    with Study.open(study) as opened:
        known = surveys(opened)
        source: SurveyId | SurveyCounts = _the_saved(known, saved).id if counts is None else counts
        if counts is not None and save:
            joint_display(opened, counts)  # what cannot be shown is not kept
            source = _kept(opened, known, save, counts)
        display = joint_display(opened, source, quotes_each=quotes)
        facts = facts_of(opened)
    write_report(joint_report(display), output, facts=facts, template=house)
    if as_json:
        showing.show_json(joint_json(display))
        return
    items = sum(len(theme.items) for theme in display.joint.themes)
    themes = len(display.joint.themes)
    counted = "1 survey item" if items == 1 else f"{items} survey items"
    showing.say(f"{counted} beside {themes} {'theme' if themes == 1 else 'themes'} saved as {output}.")
    if display.joint.alone:
        showing.say(f"Beside no theme: {', '.join(one.item.name for one in display.joint.alone)}.")
    if save:
        showing.say(f"Kept in the study as “{save}”.")


def joint_json(display: JointDisplay) -> dict[str, Any]:
    """A display as other programs read it; what does not apply is null."""
    return {
        "groups": list(display.joint.groups),
        "themes": [
            {
                "theme": list(theme.path),
                "items": [_item_json(one) for one in theme.items],
                "quotes": [
                    {"words": quote.words, "attribution": quote.attribution, "note": quote.note}
                    for quote in display.quotes.get(theme.id, ())
                ],
            }
            for theme in display.joint.themes
        ],
        "beside_no_theme": [_item_json(one) for one in display.joint.alone],
    }


def _item_json(one: TestedItem) -> dict[str, Any]:
    test = one.test
    return {
        "item": one.item.name,
        "note": one.item.note,
        "counts": [
            {"group": each.group, "count": each.count, "of": each.of, "note": each.note} for each in one.item.counts
        ],
        "test": test.test if test is not None and test.p is not None else None,
        "p": None if test is None else test.p,
        "p_adjusted": None if test is None else test.adjusted,
    }


def _placed(counts: SurveyCounts, beside: Sequence[str]) -> SurveyCounts:
    """The counts with the items beside themes that were given by hand."""
    from qcode.text.typed import fold

    known = {fold(item.name): item for item in counts.items}
    for text in beside:
        name, sign, theme = text.rpartition("=")
        item = known.get(fold(name))
        if not sign or not theme.strip() or item is None:
            raise NotBesideError(text, [one.name for one in counts.items])
        known[fold(name)] = replace(item, themes=tuple(dict.fromkeys((*item.themes, theme.strip()))))
    return replace(counts, items=tuple(known.values()))


def _the_saved(known: Sequence[SurveyRow], name: str) -> SurveyRow:
    wanted = " ".join(name.split()).casefold()
    found = next((row for row in known if row.name.casefold() == wanted), None)
    if found is None:
        names = [row.name for row in known]
        raise NoSuchSurveyError(name, names) if wanted else NoSurveyNamedError(names)
    return found


def _kept(opened: Study, known: Sequence[SurveyRow], name: str, counts: SurveyCounts) -> SurveyId:
    """The counts in the study, in one stroke: those of a survey of that name are read again."""
    from qcode.operations.surveys import add_survey, put_beside, replace_counts
    from qcode.queries.counting.joint import surveys, themes_named

    same = next((row.id for row in known if row.name.casefold() == " ".join(name.split()).casefold()), None)
    with opened.grouped():
        if same is None:
            same = add_survey(opened, name=name, counts=counts)
        else:
            replace_counts(opened, same, counts=counts)
        placed = next(row.beside for row in surveys(opened) if row.id == same)
        for item, themes in themes_named(opened, counts).items():
            for theme in themes:
                if theme not in placed[item]:
                    put_beside(opened, same, item=item, theme=theme)
    return same
