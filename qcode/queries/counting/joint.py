"""The surveys of a study, and joint displays of them: counts beside themes and their quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from qcode.analysis.association import SMALL_EXPECTED, Association
from qcode.analysis.corpus import CountedTheme, said_of
from qcode.analysis.joint import Joint, JointTheme, TestedItem, joint
from qcode.errors import QcodeError
from qcode.ids import SurveyId, ThemeId
from qcode.models import Survey, SurveyTheme
from qcode.queries.quotes.printed import PrintedQuote, house_of, printed_quote
from qcode.queries.reports.counted import printed_effect, printed_p
from qcode.queries.reports.theme_sections import foreign
from qcode.queries.themes.outline import ThemeRow
from qcode.queries.themes.outline import themes as theme_rows
from qcode.reports.table_values import Printed, TableReport, TableValue
from qcode.study import Study
from qcode.text.survey_counts import Item, SurveyCounts, is_total, loaded
from qcode.text.typed import fold

QUOTES_EACH: Final = 2
"""How many quotes of a theme stand in a display unless somebody wants more or fewer."""
_LETTERS: Final = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_ALONE: Final = "Beside no theme"


class NothingBesideError(QcodeError):
    """No item of the survey stands beside a theme."""

    def __init__(self) -> None:
        super().__init__(
            "No item of the survey stands beside a theme yet. Name the theme in a column “theme” of the table, or put "
            "items beside themes in Themes, Analysis, Joint display."
        )


class ThemeNotFoundError(QcodeError):
    """A table names a theme that the study does not have, or that several are called."""

    def __init__(self, name: str, item: str, known: Sequence[str]) -> None:
        there = (
            f"There are: {said_of([f'“{one}”' for one in known], most=12)}." if known else "There are no themes yet."
        )
        super().__init__(f"“{item}” is to stand beside “{name}”, which is no theme of this study. {there}")


class SeveralThemesError(QcodeError):
    """Several themes are called what a table names."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There are several themes called “{name}”. Write the one above it too, as in: Above › {name}."
        )


class SurveyGoneError(QcodeError):
    """The survey was removed."""

    def __init__(self) -> None:
        super().__init__("This survey is no longer in the study. Undo its removal, or choose another.")


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """A survey that the study keeps; `beside` says by an item's name which themes that are there it stands beside."""

    id: SurveyId
    name: str
    counts: SurveyCounts
    beside: Mapping[str, tuple[ThemeId, ...]]


@dataclass(frozen=True, slots=True)
class JointDisplay:
    """A display with the quotes that stand in it, by theme, and how many more were chosen for each.

    `in_vivo` are the themes whose names are quotes; `said` is what is to be said of how people are named.
    """

    title: str
    joint: Joint
    quotes: Mapping[str, tuple[PrintedQuote, ...]]
    more: Mapping[ThemeId, int]
    in_vivo: frozenset[ThemeId] = frozenset()
    said: str = ""


def surveys(study: Study) -> list[SurveyRow]:
    """The surveys in order."""
    known = {row.id for row in theme_rows(study)}
    with study.read() as session:
        beside: dict[str, dict[str, list[ThemeId]]] = {}
        for link in session.scalars(select(SurveyTheme).where(SurveyTheme.alive)):
            if link.theme_id in known:
                beside.setdefault(link.survey_id, {}).setdefault(fold(link.item), []).append(ThemeId(link.theme_id))
        rows = session.scalars(select(Survey).where(Survey.alive).order_by(Survey.position, Survey.id))
        return [_survey(row, beside.get(row.id, {})) for row in rows]


def joint_display(
    study: Study,
    survey: SurveyId | SurveyCounts,
    *,
    name: str = "",
    quotes_each: int = QUOTES_EACH,
) -> JointDisplay:
    """The display of a survey of the study, or of counts that were just read, with the first chosen quotes of themes.

    Items of counts stand beside the themes that their table names, and beside those that an item of that name stands
    beside in a survey of the study.

    Raises:
        SurveyGoneError, NothingBesideError, ThemeNotFoundError, SeveralThemesError.
    """
    rows = theme_rows(study)
    outline = _outline(rows)
    counts, beside, title = _asked(study, survey, outline)
    found = joint(outline, counts, beside)
    if not found.themes:
        raise NothingBesideError
    shown = {row.id for row in found.themes}
    chosen = {row.id: row.quotes[:quotes_each] for row in rows if row.id in shown}
    more = {row.id: len(row.quotes) - len(chosen[row.id]) for row in rows if row.id in shown}
    in_vivo = frozenset(row.id for row in rows if row.in_vivo is not None)
    house = house_of(study, [quote for quotes in chosen.values() for quote in quotes])
    printed = {str(row): tuple(printed_quote(quote, house) for quote in quotes) for row, quotes in chosen.items()}
    return JointDisplay(name or title, found, printed, more, in_vivo, house.said if any(chosen.values()) else "")


def joint_report(display: JointDisplay) -> TableReport:
    """The display as a table: a line for each item, with quotes of the theme beside them."""
    notes = _Footnotes()
    rows: list[tuple[TableValue, ...]] = []
    for theme in display.joint.themes:
        rows += _theme_rows(theme, display, notes)
    for place, one in enumerate(display.joint.alone):
        rows.append((_ALONE if not place else "", *_item_cells(one, display.joint.groups, notes), ""))
    return TableReport(
        title=f"Joint display: {display.title}" if display.title else "Joint display",
        note="\n".join([*notes.lines, *_notes(display)]),
        headings=("Theme", "Survey item", *display.joint.groups, "Difference", "Quotes"),
        rows=tuple(rows),
        widths=(12, 13, *map(_group_width, display.joint.groups), 14, 28),
        summary="Themes with survey items, counts by group, tests of the groups, and quotes.",
        sheet="Joint display",
    )


def themes_named(study: Study, counts: SurveyCounts) -> dict[str, tuple[ThemeId, ...]]:
    """The themes that a table names, by item. Raises ThemeNotFoundError and SeveralThemesError."""
    return _named(counts, _outline(theme_rows(study)))


# What is read ------------------------------------------------------------------------------------------------------


def _survey(row: Survey, beside: Mapping[str, Sequence[ThemeId]]) -> SurveyRow:
    counts = loaded(row.items)
    placed = {item.name: tuple(sorted(beside.get(fold(item.name), ()))) for item in counts.items}
    return SurveyRow(SurveyId(row.id), row.name, counts, placed)


def _asked(
    study: Study, survey: SurveyId | SurveyCounts, outline: Sequence[CountedTheme]
) -> tuple[SurveyCounts, dict[str, list[str]], str]:
    """The counts, beside which themes their items stand, also such as are gone, and what the survey is called."""
    links = _links(study)
    if isinstance(survey, SurveyCounts):
        beside: dict[str, list[str]] = {}
        for of_survey in links.values():
            for item, themes in of_survey.items():
                beside.setdefault(item, []).extend(themes)
        beside |= {fold(item): [*themes] for item, themes in _named(survey, outline).items()}
        return survey, beside, ""
    row = next((one for one in surveys(study) if one.id == survey), None)
    if row is None:
        raise SurveyGoneError
    return row.counts, {item: [*themes] for item, themes in links.get(survey, {}).items()}, row.name


def _links(study: Study) -> dict[str, dict[str, list[str]]]:
    out: dict[str, dict[str, list[str]]] = {}
    with study.read() as session:
        alive = select(SurveyTheme).join(Survey, Survey.id == SurveyTheme.survey_id)
        for link in session.scalars(alive.where(SurveyTheme.alive, Survey.alive).order_by(SurveyTheme.id)):
            out.setdefault(link.survey_id, {}).setdefault(fold(link.item), []).append(link.theme_id)
    return out


def _named(counts: SurveyCounts, outline: Sequence[CountedTheme]) -> dict[str, tuple[ThemeId, ...]]:
    return {
        item.name: tuple(_theme_called(name, item, outline) for name in item.themes)
        for item in counts.items
        if item.themes
    }


def _theme_called(name: str, item: Item, outline: Sequence[CountedTheme]) -> ThemeId:
    """The theme of a name, which may stand behind those above it."""
    wanted = fold(name.replace(">", "›").replace("/", "›")).replace(" ", "")
    found = [one for one in outline if fold(one.name) == fold(name)]
    found = found or [one for one in outline if _path_ends(one.path, wanted)]
    if not found:
        raise ThemeNotFoundError(name, item.name, [one.name for one in outline])
    if len(found) > 1:
        raise SeveralThemesError(name)
    return ThemeId(found[0].id)


def _path_ends(path: Sequence[str], wanted: str) -> bool:
    ends = ("›".join(path[start:]) for start in range(len(path)))
    return any(fold(end).replace(" ", "") == wanted for end in ends)


def _outline(rows: Sequence[ThemeRow]) -> list[CountedTheme]:
    """The themes in order with their names behind those above them."""
    out: list[CountedTheme] = []
    path: list[str] = []
    for row in rows:
        path = [*path[: row.depth], row.name]
        out.append(CountedTheme(row.id, row.name, tuple(path), row.parent, tuple(code for code, _name in row.codes)))
    return out


# What is printed ---------------------------------------------------------------------------------------------------


class _Footnotes:
    """Notes with the letters that stand for them, in the order in which they come up."""

    def __init__(self) -> None:
        self._signs: dict[str, str] = {}

    def sign(self, note: str) -> str:
        """The letter of a note; the same for the same words."""
        if not note:
            return ""
        if note not in self._signs:
            times, place = divmod(len(self._signs), len(_LETTERS))
            self._signs[note] = _LETTERS[place] * (times + 1)
        return self._signs[note]

    @property
    def lines(self) -> list[str]:
        """The notes under the table."""
        return [f"{sign} {note}" for note, sign in self._signs.items()]


def _theme_rows(theme: JointTheme, display: JointDisplay, notes: _Footnotes) -> Iterator[tuple[TableValue, ...]]:
    quotes = [_quote(one) for one in display.quotes.get(theme.id, ())]
    groups = display.joint.groups
    nothing: tuple[TableValue, ...] = ("",) * (len(groups) + 2)
    for place in range(max(len(theme.items), len(quotes))):
        cells = _item_cells(theme.items[place], groups, notes) if place < len(theme.items) else nothing
        name = Printed(_title(theme, display.in_vivo), strong=True) if not place else ""
        yield name, *cells, quotes[place] if place < len(quotes) else ""


def _group_width(group: str) -> int:
    """The share of the page that a group gets, in characters: for its longest word, and for counts such as 12/48."""
    return max(8, *map(len, group.split())) + 2


def _title(theme: JointTheme, in_vivo: Collection[str]) -> str:
    """The theme behind those above it; words of a participant stand in quotation marks."""
    own = f"“{theme.name}”" if theme.id in in_vivo and not theme.name.startswith(("“", '"')) else theme.name
    return " › ".join((*theme.path[:-1], own))


def _item_cells(one: TestedItem, groups: Sequence[str], notes: _Footnotes) -> tuple[TableValue, ...]:
    item = one.item
    counts = (item.in_group(group) for group in groups)
    cells = (None if count is None else f"{count.printed}{notes.sign(count.note)}" for count in counts)
    return f"{item.name}{notes.sign(item.note)}", *cells, _difference(one.test)


def _difference(test: Association | None) -> str | None:
    """A test in words; None where there is none."""
    if test is None or test.p is None:
        return None
    chi = test.chi_square
    how = f"χ²({chi.df}) = {chi.statistic:.2f}" if test.test == "chi-square" and chi is not None else "Fisher"
    p, holm = str(printed_p(test.p)), str(printed_p(test.adjusted))
    adjusted = "" if test.adjusted is None or holm == p else f"\nadjusted p {_equals(holm)}"
    effect = printed_effect("odds ratio", test.odds) if test.odds.value is not None else printed_effect("V", test.v)
    return f"{how}\np {_equals(p)}{adjusted}\n{effect}"


def _equals(p: str) -> str:
    return p if p.startswith("<") else f"= {p}"


def _quote(quote: PrintedQuote) -> str | Printed:
    """A quote in one cell; one that may not be printed is its note alone."""
    if quote.omitted:
        return f"[{quote.note}]"
    languages = {foreign(side.language) for side in quote.sides}
    return Printed(_said(quote), language=languages.pop() if len(languages) == 1 else "")


def _said(quote: PrintedQuote) -> str:
    sides = "\n".join(_side(quote, place) for place in range(len(quote.sides)))
    against = "Dissenting: " if quote.quote.stance == "dissents" else ""
    named = f" ({quote.attribution})" if quote.attribution else ""
    note = f"\n{quote.note}" if quote.note else ""
    return f"{against}{sides}{named}{note}"


def _side(quote: PrintedQuote, place: int) -> str:
    lines = quote.sides[place].lines
    if len(lines) == 1 or not quote.speech:
        return f"“{quote.sides[place].words}”"
    return "\n".join(f"{line.speaker}: {line.words}" if line.speaker else line.words for line in lines)


def _notes(display: JointDisplay) -> Iterator[str]:
    found = display.joint
    yield "Counts are the survey’s: how many of how many who were asked, by group. Quotes are from the documents."
    shown = [one for theme in found.themes for one in theme.items] + list(found.alone)
    if any(not count.applies for one in shown for count in one.item.counts):
        yield "n/a: the item does not apply to the group."
    if found.tests:
        yield from _test_notes(found)
    further = sum(display.more.values())
    if further:
        yield f"{further} more chosen {'quote is' if further == 1 else 'quotes are'} not shown here."
    if display.said:
        yield display.said
    if found.bare:
        yield f"Nothing in the survey stands beside: {said_of(found.bare)}."
    if found.gone:
        yield f"Stood beside a theme that is no longer there: {said_of(found.gone)}."


def _test_notes(found: Joint) -> Iterator[str]:
    adjusted = f"; p is adjusted for {len(found.tests)} tests by Holm" if len(found.tests) > 1 else ""
    yield f"Difference between groups: chi-square without continuity correction{adjusted}. Intervals hold with 95 %."
    yield "Tests are of the survey’s counts, in which each person answered once. Nothing that was coded is tested."
    if any(test.test != "chi-square" for test in found.tests):
        yield f"Fisher’s exact test where fewer than {SMALL_EXPECTED} are expected in a cell."
    if any(test.odds.value is not None for test in found.tests):
        yield "Odds ratio: the odds in the first of two groups against those in the second, given the margins."
    if any(map(is_total, found.groups)):
        yield "Groups are compared without the total of all."
