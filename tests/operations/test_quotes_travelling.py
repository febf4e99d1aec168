"""Quotes in files: what goes to a colleague, what two copies make of one quote, and what qcode never wrote."""

from __future__ import annotations

import shutil
import sqlite3

import pytest
import small
from going_out import handed_out

from qcode.models import storage
from qcode.operations import collecting, quotes, themes
from qcode.queries.collecting.conflicts import troubles
from qcode.queries.integrity import check
from qcode.queries.quotes.printed import house_of, printed_quote
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.themes.outline import themes as list_themes
from qcode.study import Study
from qcode.text.quote_edits import Cut, Inserted, Replaced

QUOTED = "Of the letter. Three letters and you are out."


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "lead.qcode")
    with found.study:
        found.quote = quotes.pick_quote(found.study, found.theme, passage=found.passage(QUOTED))
        yield found


@pytest.fixture
def copy(made, tmp_path):
    """The same study on another computer of the same person."""
    path = tmp_path / "copy.qcode"
    shutil.copy(made.study.path, path)
    return path


def words_of(study):
    return [printed_quote(row, house_of(study)).words for row in quote_rows(study)]


def test_a_colleague_gets_no_quotes_nor_uses_and_every_theme(made):
    quotes.edit_quote(made.study, made.quote, edits=[Replaced(33, 36, "Zanzibar")])
    quotes.use_quote(made.study, made.quote, paper="Quagmire", section="Results")
    quotes.title_in_vivo(made.study, made.quote)
    themes.gather_codes(made.study, made.theme, codes=[made.codes["Wear"]])
    path = handed_out(made)
    assert b"Quagmire" not in path.read_bytes()
    with Study.open(path) as theirs:
        assert quote_rows(theirs) == []
        [row] = list_themes(theirs)
        assert (len(row.codes), row.in_vivo) == (2, None)
        assert check(theirs).problems == ()


def test_growing_in_one_copy_and_editing_in_another_come_together(made, copy):
    with Study.open(copy) as other:
        other.act_as(made.lead)
        quotes.stretch_quote(other, made.quote, passage=made.passage(f"Afraid of what?\n{QUOTED}"))
    quotes.edit_quote(made.study, made.quote, edits=[Cut(0, 14)])
    collecting.merge(made.study, copy)
    assert troubles(made.study) == []
    assert words_of(made.study) == ["Afraid of what?\n… Three letters and you are out."]
    assert check(made.study).problems == ()


def test_an_edit_that_another_copy_left_outside_of_the_quote_keeps_it_from_print(made, copy):
    with Study.open(copy) as other:
        other.act_as(made.lead)
        quotes.stretch_quote(other, made.quote, passage=made.passage("Three letters and you are out."))
    quotes.edit_quote(made.study, made.quote, edits=[Inserted(0, "She spoke")])
    collecting.merge(made.study, copy)
    [row] = quote_rows(made.study)
    assert (row.stale, row.lost, words_of(made.study)) == (True, 1, [""])
    quotes.confirm_quote(made.study, made.quote)
    assert words_of(made.study) == ["Three letters and you are out."]


def test_two_ways_to_edit_one_quote_are_a_conflict_told_in_words(made, copy):
    with Study.open(copy) as other:
        other.act_as(made.lead)
        quotes.edit_quote(other, made.quote, edits=[Cut(0, 14), Replaced(33, 36, "they")])
    quotes.edit_quote(made.study, made.quote, edits=[Cut(0, 14)])
    collecting.merge(made.study, copy)
    [row] = troubles(made.study)
    assert "how it is printed" in row.what
    assert {side.says for side in row.sides} == {"1 cut, 1 replaced", "1 cut"}


HOSTILE = {
    "an edit outside of the text": "json_set(fields, '$.edited[1][0][1]', 100000)",
    "an edit before the text": "json_set(fields, '$.edited[1][0][0]', -4)",
    "words that are no words": "json_set(fields, '$.edited[1][0][2]', 7)",
    "words of several lines": "json_set(fields, '$.edited[1][0][2]', 'a' || char(10) || 'b')",
    "a shape of its own": "json_set(fields, '$.edited[1]', json('[1, 2]'))",
    "edits of no text": "json_set(fields, '$.edited[0]', NULL)",
    "a status of its own": "json_set(fields, '$.status', 'printed')",
    "a stance of its own": "json_set(fields, '$.stance', 'shrugs')",
    "a language of its own": "json_set(fields, '$.language_shown', 'Latin')",
    "words beside it from outside": "json_set(fields, '$.beside', json('[\"$revision\", 0, 100000]'))",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_quote_that_qcode_never_wrote_is_refused(made, copy, name):
    with Study.open(copy) as other:
        other.act_as(made.lead)
        quotes.edit_quote(other, made.quote, edits=[Cut(0, 14)])
    with made.study.read() as session:
        revision = session.connection().exec_driver_sql("SELECT revision_id FROM quote").scalar_one()
    connection = sqlite3.connect(copy)
    with connection:
        latest = "(SELECT id FROM step ORDER BY lamport DESC, id DESC LIMIT 1)"
        value = HOSTILE[name].replace("$revision", revision)
        connection.execute(f"UPDATE change SET fields = {value} WHERE step_id = {latest}")
    connection.close()
    before = made.study.path.read_bytes()
    with pytest.raises(storage.DamagedStudyError):
        collecting.merge(made.study, copy)
    assert made.study.path.read_bytes() == before
