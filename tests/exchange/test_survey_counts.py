"""Counts of a survey are read as they were written, or refused with the line and what to do."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from qcode.errors import QcodeError
from qcode.exchange.spreadsheets import EmptyTableError
from qcode.exchange.survey_counts import (
    CellTwiceError,
    CountAboveDenominatorError,
    NameMissingError,
    NameTooLongInSurveyError,
    NotACountError,
    SurveyColumnsMissingError,
    SurveyColumnTwiceError,
    SurveyTooLargeError,
    UncountedFormulaError,
    read_survey,
)
from qcode.text.survey_counts import Count, Item, SurveyCounts, are_stored, in_words, is_total, loaded, stored

TABLE = """Item;Group;n;N;Footnote;Theme
Felt judged;Residents;41;60;Asked once;Boots
felt  judged;Police;n/a;;Asked once;boots
Carries naloxone;Residents;1,022;2,060;;Kit; Noise
Carries naloxone;Police;46;48;Issued to all;
=SUM(A1:A9);All;0;5;;
;;;;;
"""


def read(tmp_path, text, name="survey.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_survey(path)


def test_rows_become_items_with_counts_by_group(tmp_path):
    found = read(tmp_path, TABLE.replace(";", "\t").replace("Kit\t Noise", "Kit; Noise"), "survey.tsv")
    assert found == SurveyCounts((
        Item("Felt judged", (Count("Residents", 41, 60), Count("Police")), "Asked once", ("Boots", "boots")),
        Item("Carries naloxone", (Count("Residents", 1022, 2060), Count("Police", 46, 48, "Issued to all")), "",
             ("Kit", "Noise")),
        Item("=SUM(A1:A9)", (Count("All", 0, 5),)),
    ))  # fmt: skip
    assert found.groups == ("Residents", "Police", "All")
    assert [one.printed for item in found.items for one in item.counts] == [
        "41/60 (68 %)", "n/a", "1,022/2,060 (50 %)", "46/48 (96 %)", "0/5 (0 %)",
    ]  # fmt: skip
    assert [is_total(group) for group in found.groups] == [False, False, True]
    kept = loaded(stored(found))
    assert [item.counts for item in kept.items] == [item.counts for item in found.items]
    assert are_stored(stored(found))
    assert in_words(stored(found)).startswith("3 items: “Felt judged”")


@pytest.mark.parametrize("value", [
    None, {}, [{}], [{"item": "a", "note": "", "counts": [{"group": "g", "count": 3, "of": 2, "note": ""}]}],
    [{"item": "a", "note": "", "counts": [{"group": "g", "count": True, "of": 2, "note": ""}]}],
    [{"item": "a", "note": "", "counts": [{"group": "g", "count": None, "of": 2, "note": ""}]}],
    [{"item": 1, "note": "", "counts": []}], [{"item": "a", "note": "", "counts": {}}],
])  # fmt: skip
def test_what_no_table_says_does_not_come_in_from_a_copy(value):
    assert not are_stored(value)


def test_a_workbook_is_read_and_a_formula_nobody_computed_is_refused(tmp_path):
    book = Workbook()
    for row in (
        ("question", "group", "count", "denominator"),
        ("Afraid", "Residents", 3, 8),
        ("Afraid", "Police", 0, 0),
    ):
        book.active.append(row)
    book.save(tmp_path / "survey.xlsx")
    assert read_survey(tmp_path / "survey.xlsx").items[0].counts == (Count("Residents", 3, 8), Count("Police"))
    book.active.append(("Afraid", "All", "=C2+C3", 8))
    book.save(tmp_path / "survey.xlsx")
    with pytest.raises(UncountedFormulaError, match="line 4: a formula has no result"):
        read_survey(tmp_path / "survey.xlsx")


HEAD = "item,group,count,denominator\n"
REFUSED = {
    "item,group,count\na,b,1\n": (SurveyColumnsMissingError, "no column “denominator”.*it has: “item”, “group”"),
    "x,y\n1,2\n": (SurveyColumnsMissingError, "“item” and “group” and “count”"),
    "item,question,group,count,of\na,b,c,1,2\n": (SurveyColumnTwiceError, "several columns for item: “item” and “q"),
    HEAD + "a,b,38%,60\n": (NotACountError, "line 2: “38%” is no count.*not a percentage"),
    HEAD + "a,b,3.5,60\n": (NotACountError, "“3.5” is no count"),
    HEAD + "a,b,-3,60\n": (NotACountError, "“-3” is no count"),
    HEAD + "a,b,=1+1,60\n": (NotACountError, "“=1\\+1” is no count"),
    HEAD + "a,b,3,\n": (NotACountError, "is no denominator"),
    HEAD + "a,b,3,99999999999\n": (NotACountError, "is no denominator"),
    HEAD + "a,b,61,60\n": (CountAboveDenominatorError, "line 2: 61 of 60 cannot be"),
    HEAD + "a,b,1,2\nA , b,1,2\n": (CellTwiceError, "line 3: there is a row for “A” and “b” already"),
    HEAD + "a,b,1,2\n,b,1,2\n": (NameMissingError, "line 3: there is no item"),
    HEAD + "a,,1,2\n": (NameMissingError, "there is no group"),
    HEAD + f"{'a' * 1001},b,1,2\n": (NameTooLongInSurveyError, "more than 1,000 characters"),
    HEAD + "".join(f"a,g{number},1,2\n" for number in range(21)): (SurveyTooLargeError, "20 groups"),
    HEAD + "".join(f"a{number},g,1,2\n" for number in range(501)): (SurveyTooLargeError, "500 items"),
    HEAD: (EmptyTableError, "no rows"),
    "": (QcodeError, "survey.csv"),
}  # fmt: skip


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_survey_is_refused_with_its_line(tmp_path, text):
    kind, words = REFUSED[text]
    with pytest.raises(kind, match=words):
        read(tmp_path, text)
