"""`qcode deid`, as other programs and people use it."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
import small
from typer.testing import CliRunner

from qcode.cli import deid
from qcode.cli.commands import app
from qcode.operations.themes import add_theme
from qcode.study import Study
from qcode.transcripts import read, segment

TALK = (
    "Interviewer: How was it?\nNoor: 😀 I met Marisol Echeverría at the Larkmoor clinic on the tenth of May.\n"
    "Interviewer: And then?\nNoor: Then we left.\n"
)


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


def refused(*words):
    done = run(*words)
    assert done.exit_code == 1
    assert done.stderr.strip().endswith(".")
    assert done.stderr.count("\n") == 1
    return done


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def test_candidates_are_code_points_of_the_canonical_text(talk):
    done = run("deid", "scan", talk, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)["candidates"]
    text = segment(read(talk)).text
    assert [text[one["start"] : one["end"]] for one in found] == [one["text"] for one in found]
    assert [(one["text"], one["category"]) for one in found] == [
        ("Marisol Echeverría", "word"),
        ("the Larkmoor clinic", "organisation"),
        ("the tenth of May", "date"),
    ]
    assert all(one["by"] for one in found)


def test_plain_lines_are_answered_one_by_one(tmp_path):
    lines = tmp_path / "lines.txt"
    lines.write_bytes("Nothing here.\r\n\r\n😀 Ask Dawn.\nI met Teréz".encode())
    done = run("deid", "scan", lines, "--text")
    answers = [json.loads(line)["candidates"] for line in done.stdout.splitlines()]
    assert [[(one["start"], one["end"], one["text"]) for one in found] for found in answers] == [
        [],
        [],
        [(6, 10, "Dawn")],
        [(6, 11, "Teréz")],
    ]


def test_an_empty_file_has_no_lines(tmp_path):
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run("deid", "scan", tmp_path / "empty.txt", "--text").stdout == ""


def test_the_teams_list_finds_what_no_rule_would(tmp_path):
    lines, names = tmp_path / "lines.txt", tmp_path / "names.txt"
    lines.write_text("we sat by the old mill with teresa", encoding="utf-8")
    names.write_text("\ufeffold mill\n\n  \n", encoding="utf-8")
    found = json.loads(run("deid", "scan", lines, "--text", "--names", names).stdout)["candidates"]
    assert ("old mill", ["key list"]) in [(one["text"], one["by"]) for one in found]


def test_for_people_the_candidates_are_listed_with_a_word_of_caution(talk):
    said = run("deid", "scan", talk).stdout
    assert "Marisol Echeverría" in said
    assert "3 candidates. Automatic marking misses some" in said
    assert deid.NO_CAPITALS not in said


def test_talk_without_capitals_is_warned_about(tmp_path):
    talk = tmp_path / "talk.txt"
    talk.write_text("I: how was it\nP: " + "well i went there and nobody came so i left again " * 8, encoding="utf-8")
    assert deid.NO_CAPITALS in run("deid", "scan", talk).stdout


def test_a_model_that_is_asked_for_and_missing_is_refused(talk, monkeypatch):
    monkeypatch.setattr(deid, "entities", lambda *_: None)
    done = refused("deid", "scan", talk, "--json", "--model")
    assert "No language model" in done.stderr
    assert done.stdout == ""


def test_what_a_model_knows_is_added(talk, monkeypatch):
    monkeypatch.setattr(deid, "entities", lambda text, _language: [(0, 3, "PERSON"), (4, 7, "DATE")] if text else [])
    found = json.loads(run("deid", "scan", talk, "--json", "--model").stdout)["candidates"]
    assert (found[0]["start"], found[0]["end"], found[0]["by"]) == (0, 3, ["language model"])
    assert len(found) == 4


def test_a_study_without_the_names_has_0_traces(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    names = tmp_path / "names.txt"
    names.write_text("Marisol Echeverría\nQuetzal\n", encoding="utf-8")
    done = run("deid", "trace", tmp_path / "small.qcode", "--names", names)
    assert done.exit_code == 0
    assert done.stdout.startswith("0 traces")


def test_traces_are_told_by_place_and_the_name_is_not_repeated(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    (tmp_path / "small.qcode.bak").write_bytes(b"\0\0" + "Quetzal".encode("utf-16-le"))
    (tmp_path / "other.txt").write_text("Quetzal")
    names = tmp_path / "names.txt"
    names.write_text("Xochipilli\nQuetzal\n", encoding="utf-8")
    done = refused("deid", "trace", tmp_path / "small.qcode", "--names", names)
    assert "1 trace was found" in done.stderr
    assert "name 2 of the list, utf-16-le, at byte 2" in done.stdout
    assert "Quetzal" not in done.stdout + done.stderr
    found = json.loads(run("deid", "trace", tmp_path / "small.qcode", "--names", names, "--json").stdout)
    assert [one["line"] for one in found["traces"]] == [2]
    assert len(found["files"]) == 2


def test_what_cannot_be_traced_is_refused(tmp_path):
    names, none = tmp_path / "names.txt", tmp_path / "none.txt"
    names.write_text("Quetzal\n")
    none.write_text("\n -\n")
    assert "no file" in refused("deid", "trace", tmp_path / "gone.qcode", "--names", names).stderr
    assert "folder" in refused("deid", "trace", tmp_path, "--names", names).stderr
    assert "lists no names" in refused("deid", "trace", names, "--names", none).stderr
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refused("deid", "trace", names, "--names", tmp_path / "bad.txt").stderr


def test_nothing_between_reading_and_export_reaches_for_the_network(tmp_path, talk, monkeypatch):
    tried = []

    def refused_connection(*where):
        tried.append(where)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", refused_connection)
    monkeypatch.setattr(socket, "create_connection", refused_connection)
    monkeypatch.setattr(socket.socket, "connect", refused_connection)
    monkeypatch.setattr(socket.socket, "sendto", refused_connection)
    study, names = tmp_path / "s.qcode", tmp_path / "names.txt"
    names.write_text("Quetzal\n")
    for file in sorted((Path(__file__).parents[1] / "cases" / "transcripts").glob("*.docx"))[:5]:
        assert segment(read(file)).text
    assert run("new", study, "--coder", "Ana").exit_code == 0
    monkeypatch.setattr("qcode.cli.commands.read_apart", read)  # here, where the network is watched
    monkeypatch.setattr(deid, "read_apart", read)
    assert run("import", study, talk).exit_code == 0
    assert run("deid", "scan", talk, "--json").exit_code == 0
    assert run("deid", "trace", study, "--names", names).exit_code == 0
    with Study.open(study) as opened:
        add_theme(opened, name="Streets")
    assert run("themes", study, "-o", tmp_path / "themes.docx").exit_code == 0
    assert run("codebook", "export", study, tmp_path / "codes.csv").exit_code == 0
    assert tried == []


def test_the_heading_of_a_csv_is_no_name_and_a_first_line_elsewhere_is_one(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    made.study.close()
    for file in ("names.csv", "names.txt"):
        (tmp_path / file).write_text("name\nQuetzal\n", encoding="utf-8")
    assert run("deid", "trace", made.study.path, "--names", tmp_path / "names.csv").stdout.startswith("0 traces")
    assert "name 1 of the list" in refused("deid", "trace", made.study.path, "--names", tmp_path / "names.txt").stdout
    (tmp_path / "only.csv").write_text("Name\n", encoding="utf-8")
    assert "lists no names" in refused("deid", "trace", made.study.path, "--names", tmp_path / "only.csv").stderr
