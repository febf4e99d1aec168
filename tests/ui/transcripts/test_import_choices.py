"""Choices that are remembered for files of a kind: what holds for the next file, and that no word of a file is kept."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.transcripts import read
from qcode.ui.transcripts.importing.choices import Choices, kept_entries, kind_of_file, with_choices
from qcode.ui.transcripts.importing.remembered import Remembered, remembered, storable

PREAMBLE = "Interviewer: Marisol Quintero\nDate: 3 May\nLength: 40 minutes\nMarisol's mood: fine\n\n"
TALK = "Interviewer: Ready?\nMarisol: Yes.\nInterviewer: Sure?\nMarisol: Quite.\n"
TABLE = "ID,Marisol said,Place,Why did you come back to us?\nR1,well,Overton,Because it was near\nR2,badly,"
TABLE += "Overton,I had nowhere else to go then\n"


@pytest.fixture
def made(tmp_path):
    def write(name, words):
        path = tmp_path / name
        path.write_text(words, encoding="utf-8")
        return path

    return write


def stored_and_back(row):
    text = json.dumps(storable({"plain · x": row}))
    return remembered(json.loads(text)).get("plain · x", Remembered()), text


def test_a_role_given_to_a_word_for_a_role_goes_for_the_next_file_and_names_are_not_kept(made):
    reading = read(made("one.txt", PREAMBLE + TALK))
    labels = {row.label: row for row in reading.labels}
    chosen = Choices(
        labels={
            "Interviewer": replace(labels["Interviewer"], role="other", name="Marisol Quintero"),
            "Marisol": replace(labels["Marisol"], role="interviewer", name="Nora"),
        },
        kept={"Date": True, "Marisol's mood": True, "Length": False},
        group="Marisol's friends",
    )
    row, text = stored_and_back(Remembered().and_then(chosen, reading, reading))
    assert "arisol" not in text
    assert "Nora" not in text
    again = row.choices(read(made("two.txt", TALK.replace("Interviewer", "Int."))))
    assert {label: choice.role for label, choice in again.labels.items()} == {"Int.": "other"}
    assert [choice.name for choice in again.labels.values()] == ["Int."]
    assert again.group is None
    entries = {"Date": "3 May", "Length": "40 minutes", "Marisol's mood": "fine"}
    assert kept_entries(entries, row.choices(reading).kept) == {"Date": "3 May"}


def test_a_label_that_is_no_speaker_is_remembered_as_such(made):
    reading = read(made("one.txt", TALK))
    label = next(row for row in reading.labels if row.label == "Interviewer")
    row, _text = stored_and_back(
        Remembered().and_then(Choices(labels={"Interviewer": replace(label, accepted=False)}), reading, reading)
    )
    assert not row.choices(reading).labels["Interviewer"].accepted


def test_uses_of_columns_go_for_tables_whose_columns_were_guessed_alike(made):
    path = made("one.csv", TABLE)
    options = {"column:Marisol said": "open", "column:Place": "ignore", "header": "1"}
    found, now = read(path), read(path, options=options)
    row, text = stored_and_back(Remembered().and_then(Choices(options=options), found, now))
    assert "arisol" not in text
    assert "Overton" not in text
    other = read(made("two.csv", TABLE.replace("Marisol said", "What else?").replace("Place", "Town")))
    choices = row.choices(other)
    assert choices.options == {"header": "1", "column:What else?": "open", "column:Town": "ignore"}
    wider = read(made("three.csv", "ID,Why did you come?\nR1,Because it was near me\nR2,I had nowhere to go\n"))
    assert row.choices(wider).options == {"header": "1"}


def test_a_sheet_is_not_remembered(made):
    reading = read(made("one.csv", TABLE))
    _row, text = stored_and_back(Remembered().and_then(Choices(options={"sheet": "Marisol"}), reading, reading))
    assert "Marisol" not in text


def test_an_encoding_is_taken_only_where_the_same_one_was_guessed():
    chosen = Choices(encoding="macroman", guessed="windows-1252")
    assert chosen.for_file_in("windows-1252").encoding == "macroman"
    assert chosen.for_file_in("windows-1250").encoding is None
    assert chosen.for_file_in("utf-8").encoding is None
    assert Choices(encoding="macroman", guessed="utf-8").for_file_in("utf-8").encoding is None


def test_later_choices_stand_over_earlier_ones():
    earlier = Choices(options={"header": "1", "sheet": "A"}, kind="document", group="x", kept={"Date": True})
    later = Choices(options={"header": "2"}, group="", kept={"Length": False}).over(earlier)
    assert later == Choices(
        options={"header": "2", "sheet": "A"}, kind="document", group="", kept={"Date": True, "Length": False}
    )
    assert Choices().over(earlier) == earlier


def test_what_may_identify_is_kept_only_when_it_is_asked_for():
    entries = {"Date": "3 May", "Length": "40 minutes"}
    assert kept_entries(entries, {}) == {"Length": "40 minutes"}
    assert kept_entries(entries, {"Date": True, "Length": False}) == {"Date": "3 May"}


def test_files_of_a_kind_share_reader_and_layout(made):
    one, two = read(made("one.txt", TALK)), read(made("two.txt", TALK + TALK))
    assert kind_of_file(one) == kind_of_file(two)
    assert kind_of_file(one) != kind_of_file(read(made("t.csv", TABLE)))
    assert "Marisol" not in kind_of_file(one)


def test_labels_that_were_not_chosen_stay_as_they_were_found(made):
    labels = read(made("one.txt", TALK)).labels
    assert with_choices(labels, {}) == labels


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=12,
)
names = st.sampled_from(["encodings", "header", "uses", "roles", "kept", "other"])


@given(st.dictionaries(st.text(max_size=8), st.dictionaries(names, json_values, max_size=6) | json_values, max_size=4))
def test_whatever_stands_in_the_settings_is_read_without_harm(stored):
    for row in remembered(stored).values():
        assert remembered(storable({"k": row})).get("k", Remembered()) == row


def test_only_so_many_kinds_are_kept_and_the_latest_stay():
    known = {f"kind {number}": Remembered(header="1") for number in range(100)}
    kept = storable(known)
    assert len(kept) == 60
    assert "kind 99" in kept
    assert "kind 0" not in kept
