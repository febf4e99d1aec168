"""Survey answers and tables of turns: what each column is, who answered what, and what is left out and told."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.transcripts import read, segment
from qcode.transcripts.columns import ColumnUseError, unnamed
from qcode.transcripts.csv_tables import TableNotReadError
from qcode.transcripts.gate import LineTooLongError
from qcode.transcripts.grids import ROW_LIMIT, Grid, TableTooLargeError, rows_of, table_of
from qcode.transcripts.survey import NoAnswersError
from qcode.transcripts.tables import HeaderRowError

SURVEY = "ResponseID;Age;What would you change?\nR1;34;More light, please\nR2;51;none\nR3;28;The doors: they slam\n"


@pytest.fixture
def answers_of():
    """The (speaker, question, text) of a file's turns."""

    def answers(path, **options):
        transcript = segment(read(path, **options))
        return [(turn.speaker, turn.question, transcript.text[turn.start : turn.end]) for turn in transcript.turns]

    return answers


def uses(reading):
    return {column.name: column.use for column in reading.columns}


def test_a_row_is_a_respondent_and_an_open_cell_an_answer(text_file, answers_of):
    path = text_file(SURVEY, "survey.csv")
    reading = read(path)
    question = "What would you change?"
    assert uses(reading) == {"ResponseID": "id", "Age": "attribute", question: "open"}
    assert answers_of(path) == [("R1", question, "More light, please"), ("R3", question, "The doors: they slam")]
    assert reading.no_answers == (("none", 1),)
    assert [(one.id, dict(one.values)) for one in reading.respondents][1] == ("R2", {"Age": "51"})
    assert str(reading.layout) == "Survey answers, 3 of 3 rows read"


def test_what_counts_as_no_answer_can_be_kept(text_file, answers_of):
    path = text_file(SURVEY, "survey.csv")
    assert answers_of(path, options={"answer:None": "keep"})[1] == ("R2", "What would you change?", "none")
    assert read(path, options={"answer:none": "keep"}).no_answers == ()


def test_columns_are_used_as_chosen(text_file, answers_of):
    path = text_file(SURVEY, "survey.csv")
    options = {"column:Age": "id", "column:ResponseID": "attribute", "column:Gone": "open"}
    assert [speaker for speaker, _, _ in answers_of(path, options=options)] == ["34", "28"]
    assert read(path, options=options).options == options
    with pytest.raises(ColumnUseError, match="cannot be used as “spoon”"):
        read(path, options={"column:Age": "spoon"})


def test_a_column_without_a_header_can_be_chosen_by_its_letter(text_file, answers_of):
    path = text_file("id,,comment\nP1,seldom said so,It was a good day\nP2,,It was a bad day\n", "a.csv")
    assert uses(read(path))["Column B"] == "ignore"
    assert ("P1", "Column B", "seldom said so") in answers_of(path, options={"column:Column B": "open"})


def test_the_header_row_can_be_chosen(text_file):
    path = text_file("Export of May,of the,survey\nid,age,comment\nP1,34,It was a good day\n", "a.csv")
    assert uses(read(path, options={"header": "2"})) == {"id": "id", "age": "attribute", "comment": "open"}
    for row in ("9", "x", "0"):
        with pytest.raises(HeaderRowError):
            read(path, options={"header": row})


def test_closed_questions_and_repeating_answers_are_attributes(text_file):
    levels = ["Strongly agree", "Somewhat agree", "Do not agree at all"]
    rows = "".join(f"P{n},{levels[n % 3]},{n + 20},Talk number {n} is my own\n" for n in range(12))
    reading = read(text_file("id,Do you agree?,How old are you?,Why do you say so?\n" + rows, "a.csv"))
    assert list(uses(reading).values()) == ["id", "attribute", "attribute", "open"]


def test_names_and_contact_data_are_left_out_and_told(text_file):
    rows = "P1,Wilma Koch,w@example.org,I like the quay\nP2,Otto Bern,o@example.org,I like the hill\n"
    reading = read(text_file("id,Full name,Where to write,What do you like?\n" + rows, "a.csv"))
    assert [column.use for column in reading.columns] == ["id", "ignore", "ignore", "open"]
    assert "2 columns left out that may hold names or contact data: Full name, Where to write." in reading.warnings
    assert not any(name in repr(segment(reading)) for name in ("Wilma", "Otto", "example.org"))


def test_respondents_without_an_id_are_numbered_and_told(text_file, answers_of):
    path = text_file(
        "Age group,What would you change?\n18-29,The opening hours\n30-44,\n60+,The hard chairs\n", "a.csv"
    )
    assert [speaker for speaker, _, _ in answers_of(path)] == ["Respondent 1", "Respondent 3"]
    assert any("No column with IDs" in warning for warning in read(path).warnings)


def test_two_rows_of_one_respondent_are_one_respondent(text_file):
    reading = read(text_file("id,age,comment\nP1,34,It was good then\nP1,35,It is bad now\n", "a.csv"))
    assert [(one.id, dict(one.values)) for one in reading.respondents] == [("P1", {"age": "34"})]
    assert [choice.count for choice in reading.labels] == [2]
    assert "1 row with an ID that came before: taken as the same respondent." in reading.warnings


def test_ids_that_look_like_interviewers_are_participants(text_file):
    transcript = segment(read(text_file("id,comment\nI1,It was good then\nM2,It is bad now. I1: no\n", "a.csv")))
    assert [(turn.speaker, turn.role) for turn in transcript.turns] == [("I1", "participant"), ("M2", "participant")]


def test_more_respondents_than_any_conversation_has_are_read(text_file):
    rows = "".join(f"P{n},Answer {n} of many\n" for n in range(1200))
    assert len(segment(read(text_file("id,What now?\n" + rows, "a.csv"))).turns) == 1200


def test_a_respondent_who_is_not_accepted_stays_as_talk_of_nobody(text_file):
    from dataclasses import replace

    reading = read(text_file("id,comment\nP1,It was good then\nP2,It is bad now\n", "a.csv"))
    labels = [replace(reading.labels[0], accepted=False), replace(reading.labels[1], name="Miller")]
    assert [turn.speaker for turn in segment(reading, labels).turns] == [None, "Miller"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_delimiter_and_encoding_is_found(text_file, answers_of, delimiter, encoding):
    content = io.StringIO()
    writer = csv.writer(content, delimiter=delimiter)
    writer.writerows([["id", "comment"], ["P1", f'A "café"{delimiter} it\nwas'], ["P2", "Nothing, to be honest"]])
    path = text_file(content.getvalue(), "a.csv", encoding)
    said = f'A "café"{delimiter} it\nwas'
    assert [text for _, _, text in answers_of(path)] == [said.replace("\t it", "\t it"), "Nothing, to be honest"]


def test_a_line_that_names_the_delimiter_is_followed(text_file, answers_of):
    path = text_file("sep=;\r\nid;comment\r\nP1;Well, well, well\r\n", "a.csv")
    assert answers_of(path) == [("P1", "comment", "Well, well, well")]


def test_survey_tools_with_three_header_rows_are_read_by_the_questions(text_file):
    rows = 'Q1,Q2\nAge,What is new?\n"{""ImportId"":""a""}","{""ImportId"":""b""}"\n34,The new quay lights\n'
    assert uses(read(text_file(rows, "a.csv"))) == {"Age": "attribute", "What is new?": "open"}


def test_headers_of_two_rows_are_put_together(text_file):
    rows = "Respondent ID,What is new?,How often?,\n,Open-Ended Response,Response,Other (please specify)\n"
    reading = read(text_file(rows + "101,The new quay lights,Daily,\n102,The old boats,,When it rains\n", "a.csv"))
    assert list(uses(reading)) == ["Respondent ID", "What is new?", "How often?", "How often?: Other (please specify)"]


def test_rows_with_too_many_cells_are_told_and_nothing_is_lost(text_file, answers_of):
    path = text_file("id,comment\nP1,Well, I said, no\nP2,Right then\nP3,Right now\n", "a.csv")
    assert answers_of(path)[0][2] == "Well, I said, no"
    assert read(path).warnings[0].startswith("1 row with more cells than the header")


def test_a_mark_that_is_never_closed_is_refused(text_file):
    with pytest.raises(TableNotReadError, match="quotation mark is not closed"):
        read(text_file('id,comment\nP1,"never closed\nP2,second\n', "a.csv"))


def test_a_table_without_answers_is_refused(text_file):
    with pytest.raises(NoAnswersError, match="no column of it was found"):
        read(text_file("id,age\nP1,34\nP2,51\n", "a.csv"))


def test_talk_in_a_file_that_is_called_csv_is_talk(text_file, turns_of):
    path = text_file("I: So, where?\nP: At home, I think, with my cat.\nI: And?\nP: Then, later, out.\n", "a.csv")
    assert turns_of(path)[1] == ("P", "At home, I think, with my cat.")
    assert "the file is plain text" in read(path).warnings[0]


def test_talk_with_commas_is_no_table(text_file):
    talk = "".join(f"{who}: Well, I said, number {n}, no\n" for n in range(9) for who in ("I", "P"))
    assert read(text_file(talk, "talk.txt")).reader.startswith("plain")


@pytest.mark.parametrize("header", ["Start,Speaker,Text\n", "Zeit,Sprecher,Text\n", "when,person,what\n", ""])
def test_tables_of_turns_are_known_by_header_or_by_shape(text_file, header):
    rows = '0:00:01,Ana,Hello there my friend\n0:00:05,Bo,"Hi, what\'s up"\n01:00:09.5,Ana,Not much at all\n'
    transcript = segment(read(text_file(header + rows, "turns.txt")))
    assert [(turn.speaker, turn.start_ms) for turn in transcript.turns] == [
        ("Ana", 1000),
        ("Bo", 5000),
        ("Ana", 3_609_500),
    ]


@pytest.mark.parametrize(
    ("header", "times", "wanted"),
    [
        ("start,end,text", (("0", "2600"), ("2600", "6100")), [0, 2600]),
        ("start,end,text", (("0", "3"), ("3", "6")), [0, 3000]),
        ("start,end,text", (("0.0", "2.6"), ("2.6", "6.1")), [0, 2600]),
        ("start_ms,end_ms,text", (("0", "3"), ("3", "6")), [0, 3]),
        ("start;end;text", (("0,0", "2,6"), ("2,6", "6,1")), [0, 2600]),
    ],
)
def test_plain_numbers_are_seconds_or_milliseconds_by_how_fast_they_grow(text_file, header, times, wanted):
    cut = ";" if ";" in header else ","
    rows = "".join(f"{start}{cut}{end}{cut}So this is what they said.\n" for start, end in times)
    transcript = segment(read(text_file(f"{header}\n{rows}", "turns.csv")), join_cues="off")
    assert [turn.start_ms for turn in transcript.turns] == wanted
    assert any("taken as" in warning for warning in transcript.warnings)


def test_times_that_cannot_be_read_are_told(text_file):
    rows = "start,speaker,text\n00:00:01,A,First of all\nlater,B,Second of all\n"
    reading = read(text_file(rows, "turns.csv"))
    assert any(warning.startswith("1 time could not be read") for warning in reading.warnings)
    assert [turn.start_ms for turn in segment(reading).turns] == [1000, None]


def test_a_row_without_a_speaker_goes_on(text_file, turns_of):
    path = text_file("speaker,text\nA,First\n,Second\nB,Third\n", "turns.csv")
    assert [speaker for speaker, _ in turns_of(path)] == ["A", "A", "B"]


def test_a_long_table_of_answers_keeps_questions_and_attributes(text_file, answers_of):
    answers = "R1,34,What is new?,The quay lights\nR1,34,What is gone?,-\nR2,51,What is new?,Nothing\n"
    rows = "respondent,age,question,answer\n" + answers
    path = text_file(rows, "long.csv")
    assert answers_of(path) == [("R1", "What is new?", "The quay lights"), ("R2", "What is new?", "Nothing")]
    reading = read(path, options={"column:age": "attribute"})
    assert [(one.id, dict(one.values)) for one in reading.respondents] == [("R1", {"age": "34"}), ("R2", {"age": "51"})]
    assert reading.no_answers == (("-", 1),)


@pytest.mark.parametrize("content", ["a,b\n" * (ROW_LIMIT + 2), "a,b\n" * 1_100_000])
def test_a_table_beyond_all_measure_is_refused(text_file, content):
    with pytest.raises(TableTooLargeError):
        read(text_file(content, "a.csv"))


def test_a_cell_beyond_all_measure_is_refused(text_file):
    with pytest.raises(LineTooLongError):
        read(text_file("id,comment\nP1," + "x" * 1_000_001 + "\n", "a.csv"))
    with pytest.raises(TableNotReadError):
        read(text_file("id,comment\nP1," + "x" * 200_000 + "\n", "a.csv"))


def test_headers_that_are_the_same_are_told_apart():
    grid = Grid(rows_of("a", [(1, ["x", "x", "x (2)", ""]), (2, ["1", "2", "3", "4"])]))
    names = table_of(grid, header=1).names
    assert len(set(names[:3])) == 3
    assert names[3] == ""


def test_columns_are_called_as_in_spreadsheets():
    assert [unnamed(place) for place in (0, 25, 26, 701, 702)] == [
        "Column A",
        "Column Z",
        "Column AA",
        "Column ZZ",
        "Column AAA",
    ]


WORDS = st.text("abcdefg,;|\"'=äß", min_size=3, max_size=12)
ANSWERS = st.lists(WORDS, min_size=4, max_size=8).map(lambda words: "so " + " ".join(words) + " end")


@given(st.lists(ANSWERS, min_size=1, max_size=8), st.sampled_from([",", ";", "\t"]))
def test_no_word_of_an_answer_is_lost_or_changed(tmp_path_factory, answers, delimiter):
    content = io.StringIO()
    writer = csv.writer(content, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "Why?"], *([f"P{place}", answer] for place, answer in enumerate(answers, 1))])
    path = tmp_path_factory.mktemp("tables") / "a.csv"
    path.write_text(content.getvalue(), encoding="utf-8")
    transcript = segment(read(path, options={"column:Why?": "open", "column:id": "id"}))
    assert [transcript.text[turn.start : turn.end] for turn in transcript.turns] == answers
    assert [turn.speaker for turn in transcript.turns] == [f"P{place}" for place in range(1, len(answers) + 1)]
