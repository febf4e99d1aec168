"""Joint displays set counts of a survey beside themes and quotes, and test groups on the survey's counts alone."""

from __future__ import annotations

import json

import pytest
from small import small_study
from typer.testing import CliRunner

from qcode.analysis import joint
from qcode.cli.commands import app
from qcode.operations import quotes, rounds, surveys, themes
from qcode.operations.lookup import GoneError, NameTakenError
from qcode.operations.surveys import ItemGoneError, NoCountsError, NotCountsError
from qcode.queries.counting.joint import (
    NothingBesideError,
    SeveralThemesError,
    SurveyGoneError,
    ThemeNotFoundError,
    joint_display,
    joint_report,
)
from qcode.queries.counting.joint import surveys as kept
from qcode.text.survey_counts import Count, Item, SurveyCounts


def item(name, *counts, note="", themes=()):
    return Item(name, tuple(Count(*one) for one in counts), note, tuple(themes))


# A published table: Agresti, Categorical Data Analysis, the aspirin study (189 of 11,034 and 104 of 11,037 had an
# infarction): chi-square 25.01 on one degree of freedom, odds ratio 1.83.
ASPIRIN = item("Infarction", ("Placebo", 189, 11034), ("Aspirin", 104, 11037), ("All", 293, 22071))
# Fisher's tea: 3 of 4 and 1 of 4, two-sided p = .486.
TEA = item("Milk first", ("Yes", 3, 4), ("No", 1, 4))


@pytest.fixture
def made(tmp_path):
    found = small_study(tmp_path / "small.qcode")
    yield found
    found.study.close()


def test_groups_are_tested_as_published_and_adjusted_for_how_many_there_are():
    first, tea, alone = joint.tested(SurveyCounts((ASPIRIN, TEA, item("x", ("Yes", 1, 2), ("No",)))))
    assert first.test.test == "chi-square"
    assert round(first.test.chi_square.statistic, 2) == 25.01
    assert round(first.test.odds.value, 2) == 1.83
    assert (tea.test.test, round(tea.test.p, 3), round(tea.test.adjusted, 3)) == ("Fisher", 0.486, 0.486)
    assert first.test.adjusted == pytest.approx(2 * first.test.p)
    assert alone.test is None


def printed(study, counts, **more):
    report = joint_report(joint_display(study, counts, **more))
    return report, [[str(cell) if cell is not None else None for cell in row] for row in report.rows]


def test_items_stand_beside_their_themes_with_the_first_quotes(made):
    for words in ("I was afraid.", "Three letters and you are out.", "My sister said: go."):
        quotes.pick_quote(made.study, made.theme, passage=made.passage(words))
    steps = themes.add_theme(made.study, name="Steps", parent=made.theme)
    counts = SurveyCounts((
        item("Was afraid", ("Residents", 30, 60, "Ever"), ("Police",), note="Asked once", themes=["boots"]),
        item("Rang", ("Residents", 10, 60), ("Police", 30, 48), themes=["Boots > Steps", "boots"]),
        item("Rain", ("Residents", 1, 60, "Ever")),
    ))  # fmt: skip
    report, rows = printed(made.study, counts)
    assert report.headings == ("Theme", "Survey item", "Residents", "Police", "Difference", "Quotes")
    assert [row[:4] for row in rows] == [
        ["Boots", "Was afraidᵃ", "30/60 (50 %)ᵇ", "n/a"],
        ["", "Rang", "10/60 (17 %)", "30/48 (63 %)"],
        ["Boots › Steps", "Rang", "10/60 (17 %)", "30/48 (63 %)"],
        ["Beside no theme", "Rain", "1/60 (2 %)ᵇ", None],
    ]
    assert [row[5].split("”")[0] for row in rows] == ["“I was afraid.", "“Three letters and you are out.", "", ""]
    assert rows[1][4].startswith("χ²(1) = 24.02\np < .001\nodds ratio")
    assert rows[0][4] is None
    notes = list(report.notes)
    assert notes[:2] == ["ᵃ Asked once", "ᵇ Ever"]
    assert "1 more chosen quote is not shown here." in notes
    assert "n/a: the item does not apply to the group." in notes
    assert "Odds ratio: the odds in the first of two groups against those in the second, given the margins." in notes
    assert not any("Holm" in note for note in notes)
    assert len(printed(made.study, counts, quotes_each=0)[1]) == 4
    themes.delete_theme(made.study, steps)
    with pytest.raises(ThemeNotFoundError, match="“Rang” is to stand beside “Boots > Steps”, which is no theme"):
        joint_display(made.study, counts)


def test_a_study_keeps_a_survey_with_what_it_stands_beside(made):
    counts = SurveyCounts((TEA, ASPIRIN))
    survey = surveys.add_survey(made.study, name="Wave 1", counts=counts)
    assert kept(made.study)[0].counts == counts
    with pytest.raises(NothingBesideError, match="column “theme”"):
        joint_display(made.study, survey)
    surveys.put_beside(made.study, survey, item="milk  First", theme=made.theme)
    other = themes.add_theme(made.study, name="Kit")
    surveys.put_beside(made.study, survey, item="Infarction", theme=other)
    display = joint_display(made.study, survey)
    assert [(theme.name, [one.item.name for one in theme.items]) for theme in display.joint.themes] == [
        ("Boots", ["Milk first"]), ("Kit", ["Infarction"]),
    ]  # fmt: skip
    # The same table, read again from a file, finds the themes by the names of its items.
    assert [theme.name for theme in joint_display(made.study, counts).joint.themes] == ["Boots", "Kit"]
    surveys.replace_counts(made.study, survey, counts=SurveyCounts((item("Milk First", ("Yes", 4, 4), ("No", 0, 4)),)))
    assert [theme.name for theme in joint_display(made.study, survey).joint.themes] == ["Boots"]
    themes.delete_theme(made.study, other)
    surveys.replace_counts(made.study, survey, counts=counts)
    report, rows = printed(made.study, survey)
    assert [row[:2] for row in rows] == [["Boots", "Milk first"], ["Beside no theme", "Infarction"]]
    assert "Stood beside a theme that is no longer there: Infarction." in report.notes
    assert "Groups are compared without the total of all." in report.notes
    surveys.take_from_beside(made.study, survey, item="Milk first", theme=made.theme)
    with pytest.raises(NothingBesideError):
        joint_display(made.study, survey)
    surveys.remove_survey(made.study, survey)
    with pytest.raises(SurveyGoneError):
        joint_display(made.study, survey)


def test_what_cannot_be_a_survey_is_refused_and_the_study_stays_as_it_was(made):
    survey = surveys.add_survey(made.study, name="Wave 1", counts=SurveyCounts((TEA,)))
    before = kept(made.study)
    themes.add_theme(made.study, name="Boots", parent=made.theme)
    above, beside = (SurveyCounts((item("a", ("g", some, 2), themes=["Boots"]),)) for some in (3, 1))
    for kind, deed in (
        (NameTakenError, lambda: surveys.add_survey(made.study, name="wave 1", counts=SurveyCounts((TEA,)))),
        (NoCountsError, lambda: surveys.add_survey(made.study, name="x", counts=SurveyCounts(()))),
        (NotCountsError, lambda: surveys.replace_counts(made.study, survey, counts=SurveyCounts((TEA, TEA)))),
        (NotCountsError, lambda: surveys.add_survey(made.study, name="x", counts=above)),
        (ItemGoneError, lambda: surveys.put_beside(made.study, survey, item="Tea", theme=made.theme)),
        (GoneError, lambda: surveys.take_from_beside(made.study, survey, item="Milk first", theme=made.theme)),
        (SeveralThemesError, lambda: joint_display(made.study, beside)),
    ):  # fmt: skip
        with pytest.raises(kind):
            deed()
    assert kept(made.study) == before


def test_what_colleagues_quote_blind_does_not_stand_in_a_display(made):
    rounds.add_round(made.study, name="Blind", blind=True, everyone=True)
    made.study.act_as(made.other)
    quotes.pick_quote(made.study, made.theme, passage=made.passage("I was afraid."))
    made.study.act_as(made.lead)
    counts = SurveyCounts((item("a", ("g", 1, 2), themes=["Boots"]),))
    assert [row[-1] for row in printed(made.study, counts)[1]] == [""]


SURVEY = (
    "item,group,count,denominator,theme\nWas afraid,Residents,30,60,{}\nWas afraid,Police,3,40,{}\nRain,Police,1,40,\n"
)


def test_the_command_writes_keeps_and_refuses(made, tmp_path):
    path = made.study.path
    made.study.close()
    table = tmp_path / "survey.csv"
    table.write_text(SURVEY.format("Boots", "Boots"))

    def run(*words):
        return CliRunner().invoke(app, ["joint", str(path), *map(str, words)])

    out = tmp_path / "joint.md"
    done = run("--survey", table, "-o", out, "--save", "Wave 1")
    assert done.stdout == (
        f"1 survey item beside 1 theme saved as {out}.\nBeside no theme: Rain.\nKept in the study as “Wave 1”.\n"
    )
    assert "30/60 (50 %)" in out.read_text()
    table.write_text(SURVEY.format("", ""))
    done = run("--survey", table, "-o", out, "--save", "wave 1", "--beside", "Rain=boots")
    assert done.stdout.startswith("2 survey items beside 1 theme")
    found = json.loads(run("--saved", "Wave 1", "-o", tmp_path / "joint.docx", "--json").stdout)
    assert [one["item"] for one in found["themes"][0]["items"]] == ["Was afraid", "Rain"]
    assert found["themes"][0]["items"][0]["p"] < 0.001
    for words, sentence in (
        (("-o", out), "Say which counts: --survey FILE.csv, or --saved NAME"),
        (("--saved", "Wave 9", "-o", out), "No survey is saved as “Wave 9”. Saved are: “Wave 1”."),
        (("--survey", table, "--saved", "Wave 1", "-o", out), "--survey FILE or --saved NAME, not both"),
        (("--survey", table, "-o", out, "--beside", "Tea=Boots"), "Write ITEM=THEME"),
        (
            ("--survey", table, "-o", out, "--beside", "Rain=Moon"),
            "which is no theme of this study. There are: “Boots”",
        ),
        (("--survey", tmp_path / "none.csv", "-o", out), "none.csv"),
        (("--saved", "Wave 1", "-o", tmp_path / "joint.pdf"), ".docx"),
        (("--saved", "Wave 1", "-o", out, "--save", "Wave 2"), "--save goes with counts"),
        (("--saved", "Wave 1", "-o", out, "--beside", "Rain=Boots"), "--beside goes with counts"),
        (("--survey", table, "-o", tmp_path / "joint.pdf", "--save", "Wave 3"), ".docx"),
        (("-o", out), "Saved are: “Wave 1”."),  # nothing that was refused is kept
    ):
        done = run(*words)
        assert (done.exit_code, done.stdout) == (1, "")
        assert sentence in done.stderr
