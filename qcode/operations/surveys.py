"""Counts of a survey in the study, and which items stand beside which themes."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.ids import SurveyId, ThemeId, derived_id, new_id
from qcode.models import Survey, SurveyTheme, Theme
from qcode.operations.lookup import GoneError, NameTakenError, last_position, living, tidy_name
from qcode.study import Study
from qcode.text.ordering import between
from qcode.text.survey_counts import SurveyCounts, are_stored, loaded, stored
from qcode.text.typed import fold

_KIND = "survey"


class NoCountsError(QcodeError):
    """A survey without a single count."""

    def __init__(self) -> None:
        super().__init__("This survey has no counts. Choose a table with a row for each item and group.")


class NotCountsError(QcodeError):
    """Counts that cannot be: more than were asked, or more items or groups than fit."""

    def __init__(self) -> None:
        super().__init__("Some of these counts cannot be: no count is above its denominator or below 0. Correct them.")


class ItemGoneError(QcodeError):
    """The survey has no such item."""

    def __init__(self, item: str) -> None:
        shown = item if len(item) <= 60 else f"{item[:59]}…"
        super().__init__(f"The survey has no item “{shown}” any more. Choose one of those that are listed.")


def add_survey(study: Study, *, name: str, counts: SurveyCounts) -> SurveyId:
    """Keep the counts of a survey; items stand beside the themes that the file names, as far as there are such."""
    tidy, items = tidy_name(_KIND, name), _checked(counts)
    made = SurveyId(new_id())
    with study.transact("Add survey {survey}", args={"survey": made}) as session:
        _refuse_known_name(session, tidy)
        session.add(Survey(id=made, name=tidy, position=between(last_position(session, Survey), None), items=items))
        session.flush()
        _put_named(session, made, counts)
    return made


def replace_counts(study: Study, survey: SurveyId, *, counts: SurveyCounts) -> None:
    """Put other counts in the place of a survey's; items that are still there stand beside their themes as before."""
    items = _checked(counts)
    with study.transact("Read survey {survey} again", args={"survey": survey}) as session:
        living(session, Survey, survey).items = items
        _put_named(session, survey, counts)


def rename_survey(study: Study, survey: SurveyId, *, name: str) -> None:
    """Give a survey another name."""
    tidy = tidy_name(_KIND, name)
    with study.transact("Rename survey {survey}", args={"survey": survey}) as session:
        row = living(session, Survey, survey)
        if row.name != tidy:
            _refuse_known_name(session, tidy, apart_from=survey)
            row.name = tidy


def remove_survey(study: Study, survey: SurveyId) -> None:
    """Take a survey out of the study, with what says beside which themes it stands."""
    with study.transact("Remove survey {survey}", args={"survey": survey}) as session:
        living(session, Survey, survey).alive = False
        for link in session.scalars(select(SurveyTheme).where(SurveyTheme.alive, SurveyTheme.survey_id == survey)):
            link.alive = False


def put_beside(study: Study, survey: SurveyId, *, item: str, theme: ThemeId) -> None:
    """Let an item of a survey stand beside a theme."""
    with study.transact("Put a survey item beside {theme}", args={"survey": survey, "theme": theme}) as session:
        row = living(session, Survey, survey)
        living(session, Theme, theme)
        named = next((one.name for one in loaded(row.items).items if fold(one.name) == fold(item)), None)
        if named is None:
            raise ItemGoneError(item)
        _put(session, survey, named, theme)


def take_from_beside(study: Study, survey: SurveyId, *, item: str, theme: ThemeId) -> None:
    """Let an item of a survey stand beside a theme no longer."""
    with study.transact("Take a survey item from beside {theme}", args={"survey": survey, "theme": theme}) as session:
        link = session.get(SurveyTheme, _key(survey, item, theme))
        if link is None or not link.alive:
            raise GoneError(SurveyTheme.__tablename__)
        link.alive = False


def _checked(counts: SurveyCounts) -> list[object]:
    items = stored(counts)
    if not counts.cells:
        raise NoCountsError
    if not are_stored(items) or len({fold(one.name) for one in counts.items}) < len(items):
        raise NotCountsError
    return items


def _put_named(session: Session, survey: str, counts: SurveyCounts) -> None:
    """Put items beside the themes that the file names; a name that no theme has, or several have, is passed over."""
    if not any(item.themes for item in counts.items):
        return
    themes: dict[str, list[str]] = {}
    for row in session.execute(select(Theme.id, Theme.name).where(Theme.alive)):
        themes.setdefault(fold(row.name), []).append(row.id)
    for item in counts.items:
        for name in item.themes:
            found = themes.get(fold(name), [])
            if len(found) == 1:
                _put(session, survey, item.name, found[0])


def _put(session: Session, survey: str, item: str, theme: str) -> None:
    key = _key(survey, item, theme)
    link = session.get(SurveyTheme, key)
    if link is None:
        session.add(SurveyTheme(id=key, survey_id=survey, item=item, theme_id=theme))
    else:
        link.alive = True


def _key(survey: str, item: str, theme: str) -> str:
    return derived_id("survey_theme", survey, fold(item), theme)


def _refuse_known_name(session: Session, name: str, *, apart_from: str = "") -> None:
    same = Survey.alive, func.casefold(Survey.name) == name.casefold(), Survey.id != apart_from
    if session.scalar(select(Survey.id).where(*same)):
        raise NameTakenError(_KIND, name)
