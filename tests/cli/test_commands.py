"""The command line, as other programs and people use it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import small
from somebody import somebody_else
from typer.testing import CliRunner

from qcode.cli import commands
from qcode.cli.commands import app
from qcode.operations import assignments, quotes, team
from qcode.queries.transcripts.documents import documents
from qcode.study import Study
from qcode.transcripts import read

SPECIMENS = Path(__file__).parents[1] / "cases" / "transcripts"
TALK = "Interviewer: How was it?\nNoor: Long. 😀 I waited.\nInterviewer: And then?\nNoor: She came, and we went.\n"


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def refused(*words):
    done = run(*words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.strip().endswith(".")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture
def coded(tmp_path):
    """A study in which two coders handed in both documents, and a theme has a quote."""
    made = small.small_study(tmp_path / "small.qcode")
    quotes.pick_quote(made.study, made.theme, passage=made.passage("Three letters and you are out."))
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        for document in made.documents:
            assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    made.study.close()
    return made.study.path


def test_a_study_is_made_filled_and_checked(tmp_path):
    study, talk = tmp_path / "s.qcode", tmp_path / "INT-1.txt"
    talk.write_text(TALK, encoding="utf-8")
    assert run("new", study, "--title", "Waiting", "--coder", "Ana Lima").exit_code == 0
    assert run("import", study, talk, SPECIMENS / "41_teams.vtt", "--group", "Residents").exit_code == 0
    checked = run("check", study)
    assert checked.exit_code == 0
    assert "2 documents" in checked.stdout


def test_what_a_study_says_of_itself_is_shown_and_changed(tmp_path):
    study = tmp_path / "study.qcode"
    run("new", study, "--title", "Three knocks", "--coder", "Ana")
    shown = run("study", study).stdout
    assert shown.splitlines() == ["Title: Three knocks", "Question: (none)", "Approach: codebook"]
    done = run("study", study, "--approach", "Grounded theory", "--question", "What helps?")
    assert "Approach: grounded theory" in done.stdout
    assert "no longer shown" in " ".join(done.stdout.split())
    assert run("agreement", study).exit_code == 1
    assert "counts" not in run("study", study, "--title", "Knocks").stdout
    told = json.loads(run("study", study, "--json").stdout)
    assert told == {"title": "Knocks", "question": "What helps?", "approach": "grounded theory"}
    refused = run("study", study, "--approach", "guesswork", "--title", "Not kept")
    assert refused.exit_code == 1
    assert "“guesswork” is no approach" in refused.stderr
    assert "Title: Knocks" in run("study", study).stdout


def test_an_approach_that_nobody_knows_makes_no_study(tmp_path):
    done = run("new", tmp_path / "study.qcode", "--approach", "groundedtheory")
    assert done.exit_code == 1
    assert "“groundedtheory” is no approach" in done.stderr
    assert not list(tmp_path.iterdir())


def test_an_import_says_that_names_were_not_looked_for_and_asks_nothing(tmp_path):
    study, talk = tmp_path / "s.qcode", tmp_path / "INT-1.txt"
    talk.write_text(TALK, encoding="utf-8")
    run("new", study)
    done = run("import", study, talk)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-1].startswith("Names were not looked for:")
    with Study.open(study) as opened:
        assert [row.deidentification for row in documents(opened)] == ["not checked"]


def test_an_import_is_all_or_nothing(tmp_path):
    study, talk, bad = tmp_path / "s.qcode", tmp_path / "a.txt", tmp_path / "b.docx"
    talk.write_text(TALK, encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7\n")
    run("new", study)
    before = study.read_bytes()
    done = run("import", study, talk, bad)
    assert done.exit_code == 1
    assert "b.docx" in done.stderr
    assert study.read_bytes() == before


def test_the_same_file_twice_is_refused(tmp_path):
    study, talk = tmp_path / "s.qcode", tmp_path / "INT-1.txt"
    talk.write_text(TALK, encoding="utf-8")
    run("new", study)
    run("import", study, talk)
    before = study.read_bytes()
    assert "INT-1" in run("import", study, talk).stderr
    assert study.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["01_docx_initials_tab_multipara.docx", "32_txt_adversarial_colons.txt", "40_zoom.vtt"]
)
def test_read_prints_what_an_import_would_make(name):
    shown = json.loads(run("read", SPECIMENS / name, "--json").stdout)
    truth = json.loads((SPECIMENS / f"{name}.truth.json").read_text(encoding="utf-8"))
    assert [turn["speaker"] for turn in shown["turns"]] == [turn["speaker"] for turn in truth["turns"]]
    assert [turn["start"] for turn in shown["turns"]] == [turn["start"] for turn in truth["turns"]]
    assert isinstance(shown["warnings"], list)
    assert {turn["role"] for turn in shown["turns"]} <= {"interviewer", "participant", "other", "event"}


def test_a_file_corrects_the_label_table(tmp_path):
    talk, labels = tmp_path / "t.txt", tmp_path / "labels.csv"
    talk.write_text(TALK, encoding="utf-8")
    labels.write_text("label,accepted,role,name\nNoor,yes,other,N\n", encoding="utf-8")
    turns = json.loads(run("read", talk, "--json", "--labels", labels).stdout)["turns"]
    assert {(turn["speaker"], turn["role"]) for turn in turns} == {("Interviewer", "interviewer"), ("N", "other")}
    labels.write_text("label,accepted\nNoor,no\n", encoding="utf-8")
    turns = json.loads(run("read", talk, "--json", "--labels", labels).stdout)["turns"]
    assert {turn["speaker"] for turn in turns} == {"Interviewer"}
    labels.write_text("label\nSomebody\n", encoding="utf-8")
    assert "Somebody" in refused("read", talk, "--labels", labels)


def test_agreement_as_json_has_every_field_and_null_where_it_is_not_defined(coded):
    found = json.loads(run("agreement", coded, "--json").stdout)
    assert found["unit"] == "sentence"
    assert found["round"] == "Round 1"
    assert found["coders"] == ["Ana Lima", "Bo Ek"]
    rows = {tuple(row["code"]): row for row in found["codes"]}
    fields = {"alpha", "low", "high", "prevalence", "positive_agreement", "n", "documents", "status"}
    assert all(fields <= row.keys() for row in [*found["codes"], found["overall"]])
    assert rows["Scene", "Calling"]["alpha"] == pytest.approx(0.64, abs=0.05)
    assert rows["Scene", "Calling"]["low"] is None
    assert json.loads(run("agreement", coded, "--unit", "character", "--json").stdout)["unit"] == "character"


def test_agreement_without_two_coders_is_a_sentence(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    assert "nobody has handed in a document" in refused("agreement", made.study.path)
    assert "The rounds are: Round 1" in refused("agreement", made.study.path, "--round", "Main")


def test_codings_as_json_say_where_what_and_by_whom(coded):
    rows = json.loads(run("codings", coded, "--json").stdout)
    assert len(rows) == 4
    assert rows[0].keys() == {"document", "start", "end", "text", "code", "coder", "layer"}
    longest = next(row for row in rows if row["coder"] == "Bo Ek")
    assert longest["text"] == "I rang them. 😀 They came at once"
    assert longest["end"] - longest["start"] == len(longest["text"])
    assert (longest["code"], longest["layer"]) == (["Scene", "Calling"], "coder")


def test_quotes_are_written_as_word_and_as_a_table(coded, tmp_path):
    assert run("quotes", coded, "-o", tmp_path / "q.docx").exit_code == 0
    assert run("quotes", coded, "-o", tmp_path / "q.csv").exit_code == 0
    words = "\n".join(paragraph.text for paragraph in docx.Document(tmp_path / "q.docx").paragraphs)
    assert "Three letters and you are out." in words
    with (tmp_path / "q.csv").open(encoding="utf-8-sig", newline="") as file:
        assert "Three letters and you are out." in {row["quote"] for row in csv.DictReader(file)}
    assert ".docx or .xlsx" in refused("quotes", coded, "-o", tmp_path / "q.odt")


def test_quotes_are_asked_for_by_theme_and_status_and_refused_in_sentences(coded, tmp_path):
    out = tmp_path / "q.md"
    assert "1 quote saved" in run("quotes", coded, "-o", out, "--theme", "boots", "--k", "4").stdout
    assert "> Three letters and you are out." in out.read_text(encoding="utf-8")
    assert "no theme named “Doors”" in refused("quotes", coded, "-o", out, "--theme", "Doors")
    assert "between 3 and 20" in refused("quotes", coded, "-o", out, "--k", "2")
    assert "No quotes are shortlisted for “Boots”" in refused(
        "quotes", coded, "-o", out, "--theme", "Boots", "--status", "shortlisted"
    )
    assert "is for Word documents" in refused("quotes", coded, "-o", out, "--template", coded)


@pytest.mark.parametrize("ending", [".csv", ".yaml"])
def test_a_codebook_goes_out_and_comes_back(coded, tmp_path, ending):
    book, again = tmp_path / f"book{ending}", tmp_path / "again.qcode"
    assert run("codebook", "export", coded, book).exit_code == 0
    run("new", again)
    assert run("codebook", "import", again, book).exit_code == 0
    assert run("codebook", "export", again, tmp_path / f"second{ending}").exit_code == 0
    first, second = (p.read_text(encoding="utf-8") for p in (book, tmp_path / f"second{ending}"))
    assert first.replace("Small", "again") == second


@pytest.mark.parametrize(
    "words",
    [("check", "{here}/none.qcode"), ("codings", "{here}"), ("read", "{here}/none.docx"), ("new", "{here}/no/s.qcode")],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(tmp_path, words):
    refused(*(word.format(here=tmp_path) for word in words))


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX")
@pytest.mark.parametrize(
    "words", [("check", "{file}"), ("read", "{file}"), ("codebook", "import", "{study}", "{file}")]
)
def test_a_file_that_one_may_not_read_is_a_sentence(tmp_path, words, monkeypatch):
    monkeypatch.setattr(commands, "read_apart", read)  # the other user may have no Python to read with
    study, file = tmp_path / "s.qcode", tmp_path / "secret.yaml"
    run("new", study)
    file.write_text("codes: []")
    file.chmod(0)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    study.chmod(0o644)
    with somebody_else():
        said = refused(*(word.format(file=file, study=study) for word in words))
    assert "permission" in said or "readable" in said


def test_a_new_study_has_an_ending(tmp_path):
    assert run("new", tmp_path / "plain").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["plain.qcode"]
    assert "folder" in refused("new", tmp_path)


def test_why_there_is_no_alpha_is_said(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    made.study.close()
    rows = {row["code"][-1]: row for row in json.loads(run("agreement", made.study.path, "--json").stdout)["codes"]}
    assert rows["Wear"]["alpha"] is None
    assert rows["Wear"]["status"] == "no_variation"
    assert rows["Wear"]["notes"]
    assert "No variation" in run("agreement", made.study.path).stdout


@pytest.mark.parametrize("words", [("nonsense",), ("agreement",), ("agreement", "s.qcode", "--unit", "mile")])
def test_wrong_usage_is_exit_code_2(words):
    assert run(*words).exit_code == 2


def test_the_demonstration_is_made_once_and_then_kept(tmp_path):
    assert run("demo", tmp_path / "demo", "--no-window").exit_code == 0
    names = {path.name for path in (tmp_path / "demo").iterdir()}
    assert names == {"larkmoor.qcode", "reports", "audit"}
    reports = {path.name for path in (tmp_path / "demo" / "reports").iterdir()}
    assert {"themes-and-quotes.docx", "quotes.csv", "agreement.csv", "tables.xlsx", "methods.docx"} < reports
    plots = {path.name for path in (tmp_path / "demo" / "reports" / "plots").iterdir()}
    drawn = ("codes-by-group", "themes-by-group", "co-occurrence", "saturation")
    assert plots == {f"{name}{ending}" for name in drawn for ending in (".png", ".svg")}
    kept = {path.name for path in (tmp_path / "demo" / "reports" / "for-the-team-only").iterdir()}
    assert {"framework-by-participant.docx", "framework-by-participant.xlsx"} <= kept
    listed = (tmp_path / "demo" / "reports" / "CONTENTS.txt").read_text(encoding="utf-8")
    assert "plots/saturation.png" in listed
    assert "What lies in “for-the-team-only” names people and documents" in listed
    study = tmp_path / "demo" / "larkmoor.qcode"
    with Study.open(study) as opened:
        team.describe_study(opened, title="Mine now")
    before = study.read_bytes()
    again = run("demo", tmp_path / "demo", "--no-window")
    assert again.exit_code == 0
    assert "Kept" in again.stdout
    assert {path.name for path in (tmp_path / "demo" / "reports").iterdir()} == reports
    assert study.read_bytes() == before


@pytest.mark.slow
def test_the_installed_command_answers_without_loading_the_window(coded):
    code = "import sys; from qcode.__main__ import main; sys.argv = ['qcode', 'check', sys.argv[1]]\n"
    code += "try: main()\nfinally: print('PySide6' in sys.modules, 'spacy' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code, str(coded)], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert said.stdout.splitlines()[-1] == "False False"


@pytest.mark.parametrize("columns", [None, "80", "60"])
def test_the_label_table_fits_its_line_and_its_first_lines_give_way_first(tmp_path, monkeypatch, columns):
    monkeypatch.delenv("COLUMNS", raising=False)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)
    talk = tmp_path / "t.txt"
    talk.write_text(TALK.replace("Noor", "Community Nurse 1").replace("Long.", "Long. " * 30), encoding="utf-8")
    lines = run("read", talk).stdout.splitlines()
    table = [line for line in lines[1:] if not line.startswith("  ·")]
    assert max(map(len, table)) <= int(columns or 80)
    heading = next(line for line in lines if line.startswith("Speaker?"))
    assert heading.split()[:6] == ["Speaker?", "Label", "Times", "Words", "Role", "Name"]
    nurse = next(line for line in lines if "Commun" in line and line.startswith("yes"))
    assert "participant" in nurse
    assert nurse.count("Community Nurse 1") == (2 if columns != "60" else 0)
    assert not any(sign in "".join(lines) for sign in "│┃┏━")


def test_a_long_label_leaves_room_for_the_name(tmp_path):
    talk = tmp_path / "t.txt"
    talk.write_text(TALK.replace("Noor", "Unidentified Female Speaker 1"), encoding="utf-8")
    row = next(line for line in run("read", talk).stdout.splitlines() if "Unidentified" in line)
    assert row.count("Unidentified Fem") == 2
    assert len(row) <= 80


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Noor,yes,narrator,", "“narrator”. Write one of: interviewer, participant, other, event."),
        ("Noor,maybe,,", "“maybe” in the column accepted. Write yes or no."),
    ],
)
def test_a_file_of_labels_with_an_unknown_word_is_refused(tmp_path, row, said):
    talk, labels = tmp_path / "t.txt", tmp_path / "labels.csv"
    talk.write_text(TALK, encoding="utf-8")
    labels.write_text(f"label,accepted,role,name\n{row}\n", encoding="utf-8")
    assert said in refused("read", talk, "--labels", labels)


@pytest.mark.parametrize("tag", ["", "English", "e", "en-", "en us", "en--GB", "12"])
def test_what_is_no_tag_of_a_language_is_refused(tmp_path, tag):
    study, talk = tmp_path / "s.qcode", tmp_path / "t.txt"
    talk.write_text(TALK, encoding="utf-8")
    run("new", study)
    assert "no language tag" in refused("import", study, talk, "--language", tag)


@pytest.mark.parametrize("tag", ["en", "es-MX", "zh-Hant-TW", "nds", "xx", "de_CH", "sl-rozaj-1994"])
def test_every_tag_of_a_language_is_taken(tmp_path, tag):
    study, talk = tmp_path / "s.qcode", tmp_path / "t.txt"
    talk.write_text(TALK, encoding="utf-8")
    run("new", study)
    assert run("import", study, talk, "--language", tag).exit_code == 0


def test_a_taken_name_is_refused_before_anything_is_printed(tmp_path):
    study, talk, twin = tmp_path / "s.qcode", tmp_path / "INT-1.txt", tmp_path / "b" / "int-1.txt"
    twin.parent.mkdir()
    for file in (talk, twin):
        file.write_text(TALK, encoding="utf-8")
    run("new", study)
    assert "int-1" in refused("import", study, talk, twin)
    assert run("import", study, talk).exit_code == 0
    assert "int-1" in refused("import", study, twin)


def test_the_import_of_a_codebook_says_what_was_new_redefined_and_unchanged(tmp_path):
    study, book = tmp_path / "s.qcode", tmp_path / "book.csv"
    run("new", study)
    book.write_text("path,brief\nTrust,Relying on others\nWear,What it costs\n", encoding="utf-8")
    assert "2 new, 0 redefined, 0 unchanged" in run("codebook", "import", study, book).stdout
    book.write_text("path,brief\nTrust,Relying on others\nWear,What it takes\nNight,\n", encoding="utf-8")
    assert "3 codes read, 1 new, 1 redefined, 1 unchanged" in run("codebook", "import", study, book).stdout
    book.write_text("path,brief\n", encoding="utf-8")
    assert "holds no codes" in refused("codebook", "import", study, book)
