from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from qcode.files import UnknownExtensionError
from qcode.reports.decision_values import Agenda, Extract, Marked, Minutes, OpenCase, Settled, Side, Voice
from qcode.reports.decisions import write_agenda, write_decisions
from qcode.reports.values import CodebookRow, StudyFacts

FACTS = StudyFacts("Cabin nine", software_version="0.1", date=date(2026, 11, 20))
KNEES = Extract("INT-2", 40, 62, "the ramp was already up", "Ilse, passenger", "I ran, and ", ". You feel it.")
SIDES = (
    Side("Coder A", (Marked("Deadline", unsure=True, comment="or fate?"),)),
    Side("Coder B", (Marked("Exclusion", "already up"),)),
    Side("Coder C"),
)
SETTLED = Settled(
    ("Deadline", "Exclusion"),
    "accept",
    "as Ada Okafor has it",
    KNEES,
    SIDES,
    (Marked("Deadline"),),
    "definition unclear",
    "=A deadline needs a clock.",
    ("Ada Okafor", "Bo Ek"),
    "Ada Okafor",
    date(2026, 11, 21),
    (Voice("Ada Okafor", "persuaded"), Voice("Bo Ek", "dissents", "No clock here.")),
)


def paragraphs(path):
    return [(one.style.name, one.text) for one in docx.Document(path).paragraphs]


def test_an_agenda_shows_each_case_with_what_every_coder_did_and_room_for_what_is_decided(tmp_path):
    case = OpenCase(SETTLED.codes, "different codes", KNEES, SIDES, "for the meeting, by Ada Okafor")
    other = replace(case, codes=("Exclusion",), asked="")
    book = (CodebookRow(("Deadline",), brief="A last moment.", near_miss="Hurry."),)
    write_agenda(Agenda(FACTS, "Pilot", (case, case, other), book), tmp_path / "agenda.docx")
    told = paragraphs(tmp_path / "agenda.docx")
    assert [text for style, text in told if style == "Heading 1"] == ["Deadline / Exclusion", "Exclusion"]
    assert [text for style, text in told if style == "Heading 2"] == [
        f"{number}. INT-2: different codes" for number in (1, 2, 3)
    ]
    assert [text for style, text in told if style == "Case Line"][:4] == [
        "Coder A: Deadline (unsure, or fate?)",
        "Coder B: Exclusion on “already up”",
        "Coder C: nothing here",
        "Put off: for the meeting, by Ada Okafor",
    ]
    assert [text for style, text in told if style == "Case Blank"][:2] == ["Decided: \t", "Why: \t"]
    assert "I ran, and the ramp was already up. You feel it." in [text for style, text in told if style == "Quote"]
    assert "Near miss: Hurry." in docx.Document(tmp_path / "agenda.docx").tables[0].cell(1, 1).text
    with pytest.raises(UnknownExtensionError):
        write_agenda(Agenda(FACTS, "Pilot", ()), tmp_path / "agenda.csv")


def test_minutes_say_what_was_kept_why_who_was_there_and_who_dissents(tmp_path):
    nothing = replace(SETTLED, outcome="none", told="nothing is kept", kept=(), voices=(), changed=True)
    alike = replace(SETTLED, outcome="unanimous", told="unanimous")
    write_decisions(Minutes(FACTS, "Pilot", (SETTLED, nothing, alike), 1, 2), tmp_path / "minutes.docx")
    told = paragraphs(tmp_path / "minutes.docx")
    assert told[4][1] == (
        "1 coding was unanimous and stands as is. 2 disagreements were settled. With dissent: "
        "1; nobody has said how they take it: 1. 2 cases are open still."
    )
    words = [text for _style, text in told]
    assert "Kept: Deadline" in words
    assert "Kept: nothing" in words
    assert "Why: Definition unclear. =A deadline needs a clock." in words
    assert "Decided by Ada Okafor on 21 November 2026. There: Ada Okafor, Bo Ek." in words
    assert "Afterwards: Ada Okafor is persuaded; Bo Ek dissents (“No clock here.”)" in words
    assert sum("has changed since" in one for one in words) == 1
    assert not any("unanimous" in text for style, text in told if style == "Heading 2")


def test_a_case_of_the_minutes_is_parted_by_a_page_only_before_what_was_decided(tmp_path):
    write_decisions(Minutes(FACTS, "Pilot", (SETTLED, SETTLED), 1, 2), tmp_path / "minutes.docx")
    told = docx.Document(tmp_path / "minutes.docx").paragraphs
    first, second = (place for place, one in enumerate(told) if one.style.name == "Heading 2")
    for case in (told[first + 1 : second], told[second + 1 :]):
        loose = [place for place, one in enumerate(case) if not one.paragraph_format.keep_with_next]
        assert [place + 1 for place in loose] == [
            next(place for place, one in enumerate(case) if one.style.name == "Case Decision"), len(case)
        ]  # fmt: skip


def test_a_table_of_decisions_has_a_row_for_each_and_runs_nothing_in_a_spreadsheet(tmp_path):
    write_decisions(Minutes(FACTS, "Pilot", (SETTLED,)), tmp_path / "minutes.csv")
    raw = (tmp_path / "minutes.csv").read_bytes()
    (row,) = csv.DictReader(io.StringIO(raw.removeprefix(codecs.BOM_UTF8).decode(), newline=""))
    assert (row["outcome"], row["kept"], row["date"]) == ("accept", "Deadline", "2026-11-21")
    assert row["coders"] == "Coder A: Deadline; Coder B: Exclusion “already up”; Coder C: nothing"
    assert (row["persuaded"], row["accepts"], row["dissents"]) == ("Ada Okafor", "", "Bo Ek (No clock here.)")
    assert not row["note"].startswith("=")


def test_a_passage_over_turns_is_told_line_by_line_and_long_passages_by_their_edges(tmp_path):
    talk = replace(KNEES, before="", after=" Then.", lines=(("Ilse", "Already up?"), ("Bosun", "Already up.")))
    long = "He put his bag down slowly, " * 8 + "and looked at nobody."
    case = OpenCase(("Deadline",), "different extents", talk, (Side("Coder A", (Marked("Deadline", long),)),))
    write_agenda(Agenda(FACTS, "Pilot", (case,)), tmp_path / "agenda.docx")
    told = paragraphs(tmp_path / "agenda.docx")
    turns = [text for style, text in told if style == "Quote Turn"]
    assert turns == ["Ilse:\tAlready up?", "Bosun:\tAlready up. Then."]
    (edges,) = [text for style, text in told if style == "Case Line"]
    assert edges.startswith("Coder A: Deadline on “He put his bag down slowly,")
    assert edges.endswith("slowly, and looked at nobody.”")
    assert "[…]" in edges
