"""A file whose new steps or rows are nothing that qcode writes is refused as damaged, before anything is written."""

from __future__ import annotations

import sqlite3

import pytest
import small
from going_out import handed_out

from qcode.models import storage
from qcode.models.copies import NotTheirsError
from qcode.operations import coding, collecting
from qcode.queries.collecting.collected import preview
from qcode.queries.integrity import check
from qcode.study import Study


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "lead.qcode")
    with found.study:
        yield found


@pytest.fixture
def file(made):
    path = handed_out(made)
    with Study.open(path) as theirs:
        passage = made.passage("Three letters")
        coding.apply_codes(theirs, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    return path


def alter(path, statement):
    """Write into a file past qcode; the latest step is $latest."""
    latest = "(SELECT id FROM step ORDER BY lamport DESC, id DESC LIMIT 1)"
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement.replace("$latest", latest))
    connection.close()


def set_field(path, value):
    return f"UPDATE change SET fields = json_set(fields, '{path}', {value}) WHERE step_id = $latest"


def weighing(value):
    """The latest coding gets a weight that the functions of SQLite would not write."""
    old, new = (f"'\"weight\":{one}'" for one in ("null", value))
    return f"UPDATE change SET fields = replace(fields, {old}, {new}) WHERE step_id = $latest"


UNSOUND = {
    "a place before the text": set_field("$.anchor[1]", "-4"),
    "a place after the text": set_field("$.anchor[2]", "1000000"),
    "a place that ends before it begins": set_field("$.anchor[2]", "0"),
    "half a character": set_field("$.anchor[1]", "1.5"),
    "words for a place": set_field("$.anchor", "'abc'"),
    "no comment at all": set_field("$.comment", "NULL"),
    "a number for a word": set_field("$.certainty", "7"),
    "a number beyond all numbers": weighing("1" + 30 * "0"),
    "lists without end": weighing(100_000 * "[" + 100_000 * "]"),
    "a word for yes or no": set_field("$.alive", "'yes'"),
    "a step without a number": "UPDATE step SET lamport = 'abc' WHERE id = $latest",
    "a step after all others for good": f"UPDATE step SET lamport = {2**63 - 1} WHERE id = $latest",
    "a step before the first": "UPDATE step SET lamport = -5 WHERE id = $latest",
    "a step that says what nobody reads": "UPDATE step SET args = 'x' WHERE id = $latest",
    "a step that says a list": "UPDATE step SET args = '[]' WHERE id = $latest",
}


def refused(made, file, error):
    before = made.study.path.read_bytes()
    for way in (preview, collecting.hand_in, collecting.merge):
        with pytest.raises(error):
            way(made.study, file)
    assert made.study.path.read_bytes() == before


@pytest.mark.parametrize("name", UNSOUND)
def test_refused_is(made, file, name):
    alter(file, UNSOUND[name])
    refused(made, file, storage.DamagedStudyError)


def test_a_step_that_says_it_takes_back_a_colleagues_is_refused(made, file):
    first = "(SELECT id FROM step ORDER BY lamport, id LIMIT 1)"
    alter(file, f"UPDATE step SET undoes = {first} WHERE id = $latest")
    refused(made, file, NotTheirsError)


def test_what_nobody_altered_is_taken(made, file):
    assert collecting.hand_in(made.study, file).steps == 1
    assert check(made.study).problems == ()
