"""Interview guides on the command line, from the file to all answers to a question."""

from __future__ import annotations

import json

import pytest
import small
from docx import Document
from typer.testing import CliRunner

from qcode.cli.commands import app
from qcode.operations import guides
from qcode.operations.guide_files import GuideTooLongError, NoQuestionColumnError, questions_of_text, read_guide
from qcode.operations.guides import Attachment
from qcode.queries.transcripts.guides import guides as list_guides
from qcode.study import Study

LINES = "Guide\n1. What happened that night?\n  - probe: who came?\n2. What were you afraid of?\n"


@pytest.fixture
def file(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    return tmp_path / "small.qcode"


def run(*words, code=0):
    ran = CliRunner().invoke(app, [str(word) for word in words])
    assert ran.exit_code == code, ran.output
    return ran.output


def written(folder, name="Residents.txt", text=LINES):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def asked(path):
    return [tuple(one) for one in read_guide(path).questions]


EXPECTED = [("1", "What happened that night?"), ("2", "What were you afraid of?")]


def test_a_guide_is_imported_and_read_again_as_a_new_version(file, tmp_path):
    said = run("guide", "import", file, written(tmp_path), "--group", "Residents")
    assert "left out: 2" in said
    assert "“Residents”, version 1: 2 questions" in said
    assert "asks just this already" in run("guide", "import", file, written(tmp_path))
    said = run("guide", "import", file, written(tmp_path, text=LINES + "3. And now?"), "--note", "asked in passing")
    assert "3 is new: And now?" in said
    (guide,) = json.loads(run("guide", "show", file, "--json"))
    assert (guide["name"], guide["group"], guide["version"], len(guide["questions"])) == (
        "Residents",
        "Residents",
        2,
        3,
    )


def test_all_answers_to_a_question_are_printed_with_the_documents_without_one(file, tmp_path):
    run("guide", "import", file, written(tmp_path))
    assert "nothing was written" in run("guide", "attach", file)
    assert "attached" in run("guide", "attach", file, "--write")
    found = json.loads(run("answers", file, "--question", "2", "--json"))
    assert found["question"]["number"] == "2"
    assert found["without_answer"][0]["document"] in ("INT-1", "FG-1")
    run("guide", "attach", file, "--write", "--least", "0.1")
    said = run("answers", file, "--question", "1")
    assert small.FIRST[1][2] in said
    assert "No answer in:\n  FG-1" in said


def test_places_of_answers_are_code_points_of_the_text(file, tmp_path):
    run("guide", "import", file, written(tmp_path))
    text = small.transcript(small.FIRST).text
    with Study.open(file) as study:
        question = list_guides(study)[0].questions[0].id
        with study.read() as session:
            document = session.connection().exec_driver_sql("select id from document where name = 'INT-1'").scalar_one()
        guides.attach_questions(study, [Attachment(document, 0, question)])
    (answer,) = json.loads(run("answers", file, "--question", "1", "--json"))["answers"]
    assert all(text[turn["start"] : turn["end"]] == turn["text"] for turn in answer["turns"])
    assert answer["asked"] == small.FIRST[0][2]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["answers", "--question", "1"], "no interview guide yet"),
        (["guide", "show"], "no interview guide yet"),
        (["guide", "attach"], "no interview guide yet"),
    ],
)
def test_a_study_without_a_guide_says_what_to_do(file, words, said):
    command, *rest = words
    inner, rest = ([rest[0]], rest[1:]) if command == "guide" else ([], rest)
    assert said in run(command, *inner, file, *rest, code=1)


def test_a_number_that_is_not_asked_is_refused_with_those_that_are(file, tmp_path):
    run("guide", "import", file, written(tmp_path))
    assert "Its questions: 1, 2" in run("answers", file, "--question", "9", code=1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1. Who?\n2.\n", "Question 2 has no words"),
        ("1. Who?\n1. Why?\n", "Two questions have the number 1"),
        ("".join(f"{n}. Who came?\n" for n in range(1, 1_000)), "999 questions"),
        ("words " * 20_000, "120,000 characters"),
    ],
)
def test_a_file_that_is_no_guide_is_refused_and_nothing_is_written(file, tmp_path, text, said):
    assert said in run("guide", "import", file, written(tmp_path, text=text), code=1)
    with Study.open(file) as study:
        assert list_guides(study) == []


def test_pasted_megabytes_are_refused():
    with pytest.raises(GuideTooLongError, match="3,000,000"):
        questions_of_text("x" * 3_000_000)


def test_a_table_has_its_questions_in_a_column_of_that_name(tmp_path):
    table = "Number;Topic;Question\n1;night;What happened that night?\n;;\n2;fear;What were you afraid of?\n"
    assert asked(written(tmp_path, "guide.csv", table)) == EXPECTED
    assert asked(written(tmp_path, "plain.csv", "Question\nWhat happened that night?\nWhat were you afraid of?\n")) == (
        EXPECTED
    )
    with pytest.raises(NoQuestionColumnError):
        read_guide(written(tmp_path, "other.csv", "Topic;Words\nnight;What?\n"))


def test_a_word_list_has_its_questions_in_its_numbered_paragraphs(tmp_path):
    document = Document()
    document.add_heading("Interview guide", 1)
    document.add_paragraph(EXPECTED[0][1], style="List Number")
    document.add_paragraph("Probe: who came?", style="List Bullet")
    document.add_paragraph(EXPECTED[1][1], style="List Number")
    document.save(tmp_path / "guide.docx")
    assert asked(tmp_path / "guide.docx") == EXPECTED


def test_numbers_typed_in_word_are_read(tmp_path):
    document = Document()
    for number, text in EXPECTED:
        document.add_paragraph(f"Q{number}: {text}")
    document.save(tmp_path / "typed.docx")
    assert asked(tmp_path / "typed.docx") == EXPECTED
