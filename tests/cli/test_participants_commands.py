"""The commands about participants."""

from __future__ import annotations

import csv
import json

import docx
import pytest
from typer.testing import CliRunner

from qcode.cli.commands import app
from qcode.queries.history import undo_labels
from qcode.queries.people.attributes import sheet
from qcode.study import Study

TABLE = "Pseudonym,Group,Age,Since,Phone\nColleen,Residents,41,3/4/2024,555\nRoyce,Responders,unknown,5/6/2024,556\n"


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def study(tmp_path):
    path = tmp_path / "s.qcode"
    Study.create(path, title="Knocks", coder="Ana Lima").close()
    return path


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(study):
    with Study.open(study) as opened:
        found = sheet(opened, "participant")
    titles = {column.key: column.title for column in found.columns}
    return {row.name: {titles[key]: cell.text for key, cell in row.cells.items() if cell.text} for row in found.rows}


def test_a_preview_says_what_would_change_and_writes_nothing(study, file):
    shown = run("participants", "import", study, file, "--preview", "--json")
    assert shown.exit_code == 0
    found = json.loads(shown.stdout)
    assert [column["does"] for column in found["columns"]] == ["name", "known", "new", "new", "left out"]
    assert found["counts"]["refused"] == 2
    assert (found["asks_dates"], found["written"]) == (True, 0)
    assert rows(study) == {}


def test_refused_cells_hold_the_import_up_until_they_are_dealt_with(study, file):
    held = run("participants", "import", study, file)
    assert held.exit_code == 1
    assert "--dates day-first or --dates month-first" in held.stdout
    assert (
        held.stderr == "2 cells or rows were refused, so nothing was written. Mend the file, or add --skip-refused.\n"
    )
    assert rows(study) == {}
    done = run("participants", "import", study, file, "--dates", "day-first")
    assert done.exit_code == 0
    assert rows(study) == {
        "Colleen": {"Group": "Residents", "Age": "41", "Since": "2024-04-03"},
        "Royce": {"Group": "Responders", "Age": "unknown", "Since": "2024-06-05"},
    }
    with Study.open(study) as opened:
        assert undo_labels(opened).undo == "Fill in 6 cells about participants"
    again = run("participants", "import", study, file, "--dates", "day-first")
    assert "Nothing to change" in again.stdout


def test_the_other_cells_can_be_written_and_a_column_taken_along(study, file):
    assert run("participants", "import", study, file, "--skip-refused", "--with", "phone").exit_code == 0
    assert rows(study)["Colleen"] == {"Group": "Residents", "Age": "41", "Phone": "555"}


def test_the_table_is_printed_and_written_as_word_and_csv(study, file, tmp_path):
    assert run("participants", "import", study, file, "--dates", "day-first").exit_code == 0
    for ending in ("docx", "csv"):
        assert run("participants", "table", study, "-o", tmp_path / f"t.{ending}").exit_code == 0
    assert len(docx.Document(str(tmp_path / "t.docx")).tables) == 1
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as opened:
        assert ["Age", "Unknown", "0 (0 %)", "1 (100 %)", "1 (50 %)", "Responders; All"] in list(csv.reader(opened))
    found = json.loads(run("participants", "table", study, "--json", "--by", "nothing").stdout)
    assert found["columns"] == [{"name": "All", "n": 2}]
    assert found["k"] == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["table", "STUDY"], "no participants yet"),
        (["table", "STUDY", "-o", "t.pdf"], "no participants yet"),
        (["import", "STUDY", "missing.csv"], "There is no file"),
        (["import", "STUDY", "people.txt"], "does not end in .csv or .tsv or .xlsx"),
    ],
)
def test_refusals_are_one_sentence_on_standard_error(study, words, said):
    done = run("participants", *(study if word == "STUDY" else word for word in words))
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
