from __future__ import annotations

import time
from dataclasses import replace

import pytest

from qcode.transcripts import read, segment
from qcode.transcripts.labels import candidate, is_code
from qcode.transcripts.roles import role_word, spelling
from qcode.transcripts.scoring import TooManyLabelsError


@pytest.fixture
def table(text_file):
    """The accepted labels, and all rows by label, for lines of text."""

    def made(*lines):
        rows = read(text_file("\n".join(lines))).labels
        return [row.label for row in rows if row.accepted], {row.label: row for row in rows}

    return made


@pytest.mark.parametrize(
    ("line", "label", "talk", "time_ms"),
    [
        ("I: yes", "I", "yes", None),
        ("P:\tyes", "P", "yes", None),
        ("P\tyes: no", "P", "yes: no", None),
        ("[Police Chief #1]: yes", "Police Chief #1", "yes", None),
        ("NARRATOR 4:  yes", "NARRATOR 4", "yes", None),
        ("MS. HARLOW: yes", "MS. HARLOW", "yes", None),
        ("Dr. O’Neil: yes", "Dr. O’Neil", "yes", None),
        ("[00:00:15.250] Wren: yes", "Wren", "yes", 15_250),
        ("00:00:19 Ash: yes", "Ash", "yes", 19_000),
        ("Speaker 2 (00:07): yes", "Speaker 2", "yes", 7_000),
        ("Speaker 2 (00:07):", "Speaker 2", "", 7_000),
        ("Dana R  0:04", "Dana R", "", 4_000),
        ("Community Partner (Guest)   0:11", "Community Partner (Guest)", "", 11_000),
        ("00:00:04 Speaker 2", "Speaker 2", "", 4_000),
        ("00:04\tINT\tyes", "INT", "yes", 4_000),
        ("INT\t00:04\tyes", "INT", "yes", 4_000),
        ("SPEAKER_00", "SPEAKER_00", "", None),
        ("Interviewer", "Interviewer", "", None),
        ("מראיין: כן", "מראיין", "כן", None),
        ("Интервьюер: да", "Интервьюер", "да", None),
        ("受访者：是", "受访者", "是", None),
        ("Participante 3:¿Sí?", "Participante 3", "¿Sí?", None),
    ],
)
def test_a_label_is_found_with_its_talk_and_time(line, label, talk, time_ms):
    found = candidate(line)
    assert found is not None
    assert (found.label, line[found.talk_at :], found.time_ms) == (label, talk, time_ms)


@pytest.mark.parametrize(
    "line",
    [
        "It comes at 7:45, or it doesn’t.",
        "http://example.org/timetable said nine.",
        "see https://a.b:80/c",
        "well sa::y that",
        "“Never”: he said",
        "What? she: no",
        "one two three four five six: yes",
        "a label of more than forty characters, surely so: yes",
        "12: yes",
        "[laughter]",
        "[crosstalk 00:03:11]",
        "(3 seconds pause)",
        "Yes",
        "Okay.",
        "I",
        ": yes",
        "",
    ],
)
def test_what_is_no_label_is_none(line):
    assert candidate(line) is None


def test_a_bold_beginning_is_a_label_without_a_colon_even_where_one_follows():
    found = candidate("Nurse 2 I mean this: every bay", "Nurse 2")
    assert (found.label, found.bold) == ("Nurse 2", True)
    assert candidate("Nurse 2 I mean this", None) is None


def test_labels_that_come_back_are_accepted(table):
    accepted, rows = table("Maria: a", "Jo: b", "Maria: c", "Jo: d")
    assert accepted == ["Maria", "Jo"]
    assert (rows["Maria"].count, rows["Maria"].words, rows["Maria"].first_line) == (2, 2, "a")


def test_a_code_is_accepted_when_seen_once(table):
    accepted, _ = table("INT: a", "P03: b")
    assert accepted == ["INT", "P03"]


@pytest.mark.parametrize("false", ["Note", "Warning", "Question", "My mother says", "So I said to him", "The thing is"])
def test_words_of_talk_are_not_accepted_even_when_they_come_back(table, false):
    lines = ["Int: a", f"{false}: b", "Maria: c"]
    accepted, _ = table(*(lines * 4))
    assert accepted == ["Int", "Maria"]


def test_a_name_seen_once_is_offered_and_a_phrase_is_not(table):
    accepted, rows = table("Int: a", "Yolanda: b", "Jo: c", "two things: d", "Int: e", "Jo: f", "so then", "and so")
    assert accepted == ["Int", "Jo"]
    assert rows.keys() == {"Int", "Jo", "Yolanda"}


def test_where_every_paragraph_has_a_label_a_name_seen_once_is_one_too(table):
    accepted, _ = table(*["Int: a", "Maria: b"] * 10, "Yolanda: c")
    assert accepted == ["Int", "Maria", "Yolanda"]


def test_numbered_labels_need_a_series_that_comes_back(table):
    accepted, _ = table("Int: a", "Medic #1: b", "Medic #2: c", "Int: d", "Medic #1: e")
    assert accepted == ["Int", "Medic #1", "Medic #2"]
    accepted, _ = table("Int: a", "so", "Kitchen 2: b", "and", "Int: c", "then", "Kitchen 3: d", "so", "or", "if")
    assert accepted == ["Int"]


def test_a_bold_word_must_come_back_to_be_a_label(word_file):
    def line(bold, rest):
        return f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{bold}</w:t></w:r><w:r><w:t> {rest}</w:t></w:r></w:p>"

    body = line("Nurse", "one.") + line("Interviewer", "two.") + line("Never", "was it so.") + line("Nurse", "three.")
    rows = read(word_file(body)).labels
    assert [row.label for row in rows if row.accepted] == ["Nurse", "Interviewer"]


@pytest.mark.parametrize(
    ("labels", "proposed"),
    [
        (["P3", "P3", "P3", "P03", "P 3"], {"P03": "P3", "P 3": "P3"}),
        (["I", "I", "Int", "INT.", "Interviewer"], {"Int": "I", "INT.": "I", "Interviewer": "I"}),
        (["Participant 1", "Participant 1", "P1", "P2"], {"P1": "Participant 1"}),
        (["MARÍA", "Maria", "Maria"], {"MARÍA": "Maria"}),
        (["P1", "P2", "P11"], {}),
    ],
)
def test_other_spellings_of_a_speaker_are_accepted_and_proposed_for_merging(table, labels, proposed):
    lines = [line for label in labels for line in (f"{label}: yes", "Moderator: hm")]
    accepted, rows = table(*lines)
    assert set(accepted) == {*labels, "Moderator"}
    assert {label: row.proposal for label, row in rows.items() if row.proposal} == proposed
    assert all(row.name == row.label for row in rows.values())


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("I", "interviewer"),
        ("INT.", "interviewer"),
        ("Interviewer 2", "interviewer"),
        ("M", "interviewer"),
        ("Q", "interviewer"),
        ("INV", "interviewer"),
        ("Entrevistadora", "interviewer"),
        ("ENTREVISTADOR", "interviewer"),
        ("Moderador", "interviewer"),
        ("Moderadora", "interviewer"),
        ("Enquêtrice", "interviewer"),
        ("P03", "participant"),
        ("Participante", "participant"),
        ("Entrevistado", "participant"),
        ("SPEAKER_00", "participant"),
        ("Speaker A", "participant"),
        ("Intérprete", "other"),
        ("Yolanda", None),
        ("Ines", None),
    ],
)
def test_roles_are_known_in_several_languages(label, role):
    assert role_word(label) == role


@pytest.mark.parametrize("label", ["P03", "R1", "INT", "SPEAKER_00", "FG2-P4", "Speaker A", "Unidentified Female"])
def test_codes_have_the_shapes_that_transcribers_use(label):
    assert is_code(label)


def test_spellings_differ_where_numbers_do():
    assert spelling("P1") != spelling("P11") != spelling("P 1b")
    assert spelling("FG2-P4") == spelling("fg2 p4")


def test_a_key_line_gives_roles_and_accepts_its_labels(text_file):
    head = "Key: S = Interviewer, T = Participant\n\n"
    reading = read(text_file(head + "S: How?\nT: So.\n"))
    assert [(row.label, row.role, row.accepted) for row in reading.labels] == [
        ("S", "interviewer", True),
        ("T", "participant", True),
    ]


def test_a_clave_in_spanish_does_the_same(text_file):
    reading = read(text_file("Clave: E = Entrevistadora; J = Participante\n\nE: ¿Cómo?\nJ: Así.\n"))
    assert [(row.label, row.role) for row in reading.labels] == [("E", "interviewer"), ("J", "participant")]


def test_who_mostly_asks_and_says_least_is_pointed_out_but_given_no_role(text_file):
    talk = "Ann: Why?\nBea: Because it rained all day and we stayed in.\nAnn: And then?\nBea: We left in the evening.\n"
    reading = read(text_file(talk))
    assert {row.role for row in reading.labels} == {"participant"}
    assert any("mostly asks" in warning for warning in segment(reading).warnings)
    assert segment(reading, reading.labels).warnings == ()


def test_more_labels_than_any_conversation_has_are_refused(text_file):
    talk = "".join(f"P{n}: yes\n" for n in range(501))
    with pytest.raises(TooManyLabelsError):
        read(text_file(talk))


def test_labels_by_the_ten_thousand_are_refused_before_they_are_weighed(text_file, monkeypatch):
    monkeypatch.setattr("qcode.transcripts.scoring.choose", lambda *_arguments: pytest.fail("they were weighed"))
    talk = "".join(f"P{n}: yes\n" for n in range(20_001))
    with pytest.raises(TooManyLabelsError):
        read(text_file(talk))


def test_the_label_search_takes_linear_time_on_hostile_lines():
    hostile = ["a" + " " * 199, "[" * 200, "a " * 100, "1:1" * 60, "(" + " " * 198, "a\t" * 100, "a" * 39 + " (" * 80]
    began = time.process_time()
    for line in hostile * 200:
        candidate(line, "a" * 30, "heading 1")
    assert time.process_time() - began < 1


def test_rows_that_are_edited_decide(text_file):
    reading = read(text_file("Bus: a\nMaria: b\nInt: c\nMaria: d\nBus: e\nInt: f\nBus: g\n"))
    rows = {row.label: row for row in reading.labels}
    edited = [
        replace(rows["Bus"], accepted=False),
        replace(rows["Maria"], name="Respondent", role="other"),
        replace(rows["Int"], name=" "),
    ]
    transcript = segment(reading, edited)
    assert [(turn.speaker, turn.role, transcript.text[turn.start : turn.end]) for turn in transcript.turns] == [
        ("Respondent", "other", "b"),
        ("Int", "interviewer", "c"),
        ("Respondent", "other", "d\nBus: e"),
        ("Int", "interviewer", "f\nBus: g"),
    ]


def test_a_speaker_merged_from_two_labels_has_one_role(text_file):
    reading = read(text_file("Int: a\nMaria: b\nInt: c\nMaria: d\n"))
    merged = [replace(row, name="Int") for row in reading.labels]
    assert {(turn.speaker, turn.role) for turn in segment(reading, merged[::-1]).turns} == {("Int", "interviewer")}


def test_a_label_that_was_not_offered_can_be_added_by_hand(text_file):
    reading = read(text_file("Int: a\nNote: b\nInt: c\nMaria: d\nInt: e\nMaria: f\n"))
    row = replace(reading.labels[0], label="Note", name="Note taker", role="other")
    speakers = [turn.speaker for turn in segment(reading, [*reading.labels, row]).turns]
    assert speakers == ["Int", "Note taker", "Int", "Maria", "Int", "Maria"]


def test_rows_of_another_file_lose_no_text(text_file):
    reading = read(text_file("Int: a\nMaria: b\nInt: c\nMaria: d"))
    strange = [replace(reading.labels[0], label="Nobody", name="Nobody")]
    assert segment(reading, strange).text == "Int: a\nMaria: b\nInt: c\nMaria: d"


def test_with_every_row_unticked_the_text_is_one_narrator_again(text_file):
    text = "Int: a\nMaria: b\nInt: c\nMaria: d"
    reading = read(text_file(text))
    transcript = segment(reading, [replace(row, accepted=False) for row in reading.labels])
    assert transcript.text == text
    assert {(turn.speaker, turn.role) for turn in transcript.turns} == {(None, "participant")}
