"""Joint display: what a survey counted, beside the themes that speak of the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFileDialog, QPushButton, QWidget

from qcode.analysis.association import Association
from qcode.analysis.corpus import Corpus
from qcode.analysis.joint import TestedItem, tested
from qcode.errors import QcodeError
from qcode.exchange.survey_counts import read_survey
from qcode.ids import SurveyId, ThemeId
from qcode.operations.surveys import add_survey, put_beside, remove_survey, replace_counts, take_from_beside
from qcode.queries.counting.joint import (
    NothingBesideError,
    SurveyRow,
    joint_display,
    joint_report,
    surveys,
    themes_named,
)
from qcode.queries.reports.counted import printed_effect, printed_p
from qcode.queries.themes.outline import themes
from qcode.reports.plot_values import Bars, Item, Key, Number
from qcode.reports.table_values import TableReport
from qcode.study import Study
from qcode.text.survey_counts import Count, SurveyCounts
from qcode.ui import work
from qcode.ui.keys.keyed import WITHIN, make_action
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.analysis.answers import Answer, Heading, Line, worded
from qcode.ui.themes.analysis.kept_corpus import CorpusReader
from qcode.ui.themes.analysis.page import AnalysisPage, Deed
from qcode.ui.themes.behind import Behind, behind_passages

type AskFile = Callable[[QWidget, Path], Path | None]

_FILES: Final = "Tables of counts (*.csv *.tsv *.xlsx)"
_SAID: Final = (
    "Counted: those who answered the survey, each once, of those who were asked; n/a where an item does not apply. "
    "Groups are tested on these counts alone, and nothing that was coded. Enter opens the passages of the themes "
    "beside an item."
)


class NoSurveyError(QcodeError):
    """The study keeps no survey."""

    def __init__(self) -> None:
        super().__init__(
            "No survey yet. Read one from a table (CSV or workbook) with the columns item, group, count and "
            "denominator; a column theme puts items beside themes at once."
        )


class JointPage(AnalysisPage):
    """Reads the counts of surveys, puts their items beside themes, and shows both."""

    key = "joint"
    title = "Joint display"

    # What AnalysisPage asks for

    def make_controls(self) -> None:
        """Which survey, where one comes from, and beside which theme the item with the cursor stands."""
        self.ask_file: AskFile = _ask_file
        self._surveys: tuple[SurveyRow, ...] = ()
        self.surveys = self.choice("Survey", [])
        self.read_button, self.again_button, self.drop_button = (
            QPushButton(words) for words in ("Read a survey…", "Read again…", "Remove")
        )
        self.add_control(self.read_button, self.again_button, self.drop_button)
        self.themes = QComboBox()
        self.themes.setAccessibleName("Theme to put the item beside")
        self.themes.setMinimumWidth(24 * SPACE)
        self.put_button, self.take_button = QPushButton("Put beside"), QPushButton("Take away")
        self.add_control(label("Item beside", "small", "quiet"), self.themes, self.put_button, self.take_button)
        for button, deed in (
            (self.read_button, self.read_survey), (self.again_button, self.read_again),
            (self.drop_button, self.drop_survey), (self.put_button, self.put), (self.take_button, self.take),
        ):  # fmt: skip
            button.setProperty("kind", "quiet")
            button.clicked.connect(deed)

        self._actions = [
            make_action(self, name, deed, key=f"analysis.survey-{key}", context=WITHIN)
            for key, name, deed in (
                ("read", "Read a survey…", self.read_survey),
                ("again", "Read the survey again…", self.read_again),
                ("remove", "Remove the survey", self.drop_survey),
                ("put", "Put the survey item beside the theme", self.put),
                ("take", "Take the survey item from beside the theme", self.take),
            )
        ]

    def page_actions(self) -> list[QAction]:
        """What can be done with surveys."""
        return self._actions

    def offer(self) -> None:
        """Offer the surveys and the themes there are."""
        self._surveys = tuple(surveys(self.bridge.study))
        _fill(self.surveys, [(row.name, row.id) for row in self._surveys])
        _fill(self.themes, [(f"{'· ' * row.depth}{row.name}", row.id) for row in themes(self.bridge.study)])
        for widget in (self.again_button, self.drop_button, self.put_button, self.take_button, self.themes):
            widget.setEnabled(bool(self._surveys))

    def question(self) -> Deed:
        """Show the survey that is chosen."""
        survey = self._chosen()
        return partial(_answer, survey=survey)

    # Methods

    def read_survey(self) -> None:
        """Read a survey from a table and keep it in the study."""
        study = self.bridge.study
        path = self.ask_file(self, study.path.parent)
        if path is not None:
            self._read(path, lambda counts: add_survey(study, name=path.stem, counts=counts))

    def read_again(self) -> None:
        """Read other counts in the place of those of the survey that is chosen."""
        study, survey = self.bridge.study, self._chosen()
        path = self.ask_file(self, study.path.parent) if survey is not None else None
        if path is not None and survey is not None:
            self._read(path, lambda counts: _replaced(study, survey.id, counts))

    def drop_survey(self) -> None:
        """Take the survey that is chosen out of the study; undo brings it back."""
        survey = self._chosen()
        if survey is not None:
            self.bridge.attempt(lambda: remove_survey(self.bridge.study, survey.id))

    def put(self) -> None:
        """Let the item with the cursor stand beside the theme that is chosen."""
        self._place(put_beside)

    def take(self) -> None:
        """Let the item with the cursor stand beside the theme that is chosen no longer."""
        self._place(take_from_beside)

    # Internal

    def _place(self, deed: Callable[..., None]) -> None:
        survey, theme = self._chosen(), self.themes.currentData()
        line: Line | None = self.table.table.current_row()
        if survey is None or line is None or theme is None:
            self.bridge.refused.emit("Choose an item in the table and a theme first.")
            return
        self.bridge.attempt(lambda: deed(self.bridge.study, survey.id, item=line.id, theme=ThemeId(theme)))

    def _chosen(self) -> SurveyRow | None:
        chosen = self.surveys.currentData()
        return next((row for row in self._surveys if row.id == chosen), None)

    def _read(self, path: Path, keep: Callable[[SurveyCounts], SurveyId]) -> None:
        def done(counts: SurveyCounts) -> None:
            made = self.bridge.attempt(lambda: _kept(self.bridge.study, counts, keep))
            if made is not None:
                self.surveys.setCurrentIndex(self.surveys.findData(made))
                self.ask()

        work.run(self, lambda _progress: read_survey(path), done=done, refused=self.bridge.refused.emit)


def _ask_file(parent: QWidget, folder: Path) -> Path | None:
    name, _kind = QFileDialog.getOpenFileName(parent, "Read a survey", str(folder), _FILES)
    return Path(name) if name else None


def _fill(box: QComboBox, entries: list[tuple[str, str]]) -> None:
    chosen = box.currentData()
    box.clear()
    for words, key in entries:
        box.addItem(words, key)
    box.setCurrentIndex(max(box.findData(chosen), 0) if entries else -1)


def _kept(study: Study, counts: SurveyCounts, keep: Callable[[SurveyCounts], SurveyId]) -> SurveyId:
    """Keep counts, with the themes that their table names, at one stroke; a name that is none is refused before."""
    named = themes_named(study, counts)
    with study.grouped():
        made = keep(counts)
        known = next(row.beside for row in surveys(study) if row.id == made)
        for item, beside in named.items():
            for theme in beside:
                if theme not in known[item]:
                    put_beside(study, made, item=item, theme=theme)
    return made


def _replaced(study: Study, survey: SurveyId, counts: SurveyCounts) -> SurveyId:
    replace_counts(study, survey, counts=counts)
    return survey


def _answer(reader: CorpusReader, *, survey: SurveyRow | None) -> Answer:
    if survey is None:
        raise NoSurveyError
    known = reader.read()
    names = {theme.id: theme.name for theme in known.themes}
    groups = survey.counts.groups
    lines = tuple(_line(one, groups, survey, names) for one in tested(survey.counts))
    headings = (
        *(Heading(group, f"How many of how many in {group}") for group in groups),
        Heading("Difference", "Between the groups, with Holm’s correction", words=True),
        Heading("Beside", "The themes beside which the item stands", words=True, stretch=True, width=22 * SPACE),
    )
    return Answer(
        _SAID, "Survey item", headings, lines, _bars(survey), partial(_behind, known, survey, names),
        f"Joint display of {survey.name}", _note(survey), report=_report(reader.study, survey),
    )  # fmt: skip


def _report(study: Study, survey: SurveyRow) -> TableReport | None:
    """The display as papers print it, with quotes; the plain table where no item stands beside a theme."""
    try:
        return joint_report(joint_display(study, survey.id))
    except NothingBesideError:
        return None


def _line(one: TestedItem, groups: tuple[str, ...], survey: SurveyRow, names: Mapping[str, str]) -> Line:
    item = one.item
    beside = ", ".join(names[theme] for theme in survey.beside.get(item.name, ()) if theme in names)
    counts = tuple(_number(item.in_group(group)) for group in groups)
    return Line(item.name, item.name, (*counts, worded(_difference(one.test)), worded(beside or "–")), tip=item.note)


def _number(count: Count | None) -> Number:
    return worded("") if count is None else Number(count.percent, count.printed)


def _difference(test: Association | None) -> str:
    p = None if test is None else printed_p(test.adjusted)
    if test is None or p is None:
        return "–"
    sign = "" if p.text.startswith("<") else "= "
    return f"p {sign}{p.text}, {printed_effect('OR', test.odds) if test.odds.value else printed_effect('V', test.v)}"


def _bars(survey: SurveyRow) -> Bars:
    counts = survey.counts
    series = tuple(Item(group, group, place) for place, group in enumerate(counts.groups))
    rows = tuple(Item(item.name, item.name) for item in counts.items)
    numbers = tuple(tuple(_share(item.in_group(one.key)) for one in series) for item in counts.items)
    return Bars(f"Joint display of {survey.name}", rows, series, numbers, "percent of those who were asked", 100.0)


def _share(count: Count | None) -> Number:
    if count is None or count.percent is None:
        return Number(None, "" if count is None else "n/a")
    return Number(count.percent, count.printed)


def _note(survey: SurveyRow) -> str:
    items = [f"{item.name}: {item.note}" for item in survey.counts.items if item.note]
    cells = [f"{item.name}, {one.group}: {one.note}" for item in survey.counts.items for one in item.counts if one.note]
    return " · ".join((*items, *cells))


def _behind(known: Corpus, survey: SurveyRow, names: Mapping[str, str], key: Key) -> Behind | None:
    """The passages of the themes beside an item; of one in a group those of its codes all the same."""
    beside = [theme for theme in survey.beside.get(key[0], ()) if theme in names]
    codes = {code for theme in known.themes if theme.id in beside for code in theme.codes}
    title = ", ".join(names[theme] for theme in beside)
    return behind_passages(title, [mark for mark in known.all_marks() if mark.code in codes]) if beside else None
