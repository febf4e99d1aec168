"""What the window sees: documents, codes, passages, themes, history."""

from __future__ import annotations

import sqlite3

import pytest
import small

from qcode.operations import assignments, quotes, team
from qcode.operations import codebook as code_operations
from qcode.operations import documents as document_operations
from qcode.operations.codebook import Definition
from qcode.operations.rounds import add_round
from qcode.queries.agreement.figures import NoSuchRoundError, study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.codebook.tree import code_entries, codebook, definition, definitions
from qcode.queries.codings import Looking, codings_of, passages
from qcode.queries.history import history, undo_labels
from qcode.queries.integrity import check
from qcode.queries.team import coders, round_to_code_in, study_card
from qcode.queries.themes.outline import themes as list_themes
from qcode.queries.transcripts.documents import document_text, documents


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def hand_in(made, *documents):
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        for document in documents:
            assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    made.study.act_as(made.lead)


def test_a_document_shows_its_turns_with_speakers_roles_and_times(made):
    shown = document_text(made.study, made.documents[1])
    assert [turn.speaker for turn in shown.turns] == ["Moderator", "Deputy", None, "Medic"]
    assert [turn.role for turn in shown.turns] == ["interviewer", "participant", "event", "participant"]
    assert [turn.start_ms for turn in shown.turns] == [0, None, 2000, None]
    assert [shown.text[turn.start : turn.end] for turn in shown.turns] == [text for _s, _r, text in small.SECOND]
    assert "[laughter]" in {shown.text[start:end] for start, end in shown.units}


def test_a_speaker_who_is_a_participant_is_shown_by_pseudonym(made):
    who = document_operations.add_participant(made.study, pseudonym="Colleen", role="tenant", group="Residents")
    speaker = document_operations.speaker_named(made.study, made.documents[0], "P")
    document_operations.describe_speaker(made.study, speaker, role="participant", participant=who)
    assert {turn.speaker for turn in document_text(made.study, made.documents[0]).turns} == {"I", "Colleen"}
    row = next(row for row in passages(made.study, Looking(documents=[made.documents[0]])))
    assert (row.speaker, row.group) == ("Colleen", "Residents")


def test_documents_tell_how_far_the_acting_coder_is(made):
    hand_in(made, made.documents[0])
    rows = documents(made.study, round_id=made.round)
    assert [(row.name, row.mine, row.everybodys, row.state) for row in rows] == [
        ("INT-1", 2, 3, "handed in"),
        ("FG-1", 1, 1, "open"),
    ]


def test_a_document_of_a_round_of_chosen_coders_is_not_everyones(made):
    chosen = add_round(made.study, name="Main")
    assignments.assign(made.study, round_id=chosen, documents=made.documents[:1], coders=[made.other])
    states = {row.name: row.state for row in documents(made.study, round_id=chosen)}
    assert states == {"INT-1": "not assigned", "FG-1": "not assigned"}
    made.study.act_as(made.other)
    assert documents(made.study, round_id=chosen)[0].state == "open"
    assert round_to_code_in(made.study).name == "Main"


def test_codes_come_depth_first_with_counts(made):
    rows = codebook(made.study)
    assert [row.path for row in rows] == [("Scene",), ("Scene", "Calling"), ("Scene", "Fear"), ("Wear",)]
    assert [(row.mine, row.everybodys) for row in rows] == [(0, 0), (1, 2), (1, 1), (1, 1)]
    assert [row.codable for row in rows] == [False, True, True, True]


def test_a_cycle_that_a_merge_could_bring_is_shown_and_not_followed(made):
    with made.study.transact("As two copies could") as session:
        from qcode.models import Code

        session.get_one(Code, made.codes["Scene"]).parent_id = made.codes["Fear"]
    assert {row.name for row in codebook(made.study)} == {"Scene", "Calling", "Fear", "Wear"}


def test_a_code_whose_parent_is_gone_stands_at_the_root(made):
    with made.study.transact("As a merge could") as session:
        from qcode.models import Code

        session.get_one(Code, made.codes["Scene"]).alive = False
    assert sorted(row.path for row in codebook(made.study)) == [("Calling",), ("Fear",), ("Wear",)]


def test_each_definition_stays_as_a_version_with_its_reason(made):
    code_operations.define_code(made.study, made.codes["Wear"], definition=Definition(brief="Sharper."), reason="vague")
    now, before = definitions(made.study, made.codes["Wear"])
    assert (now.number, now.brief, now.reason, now.author) == (2, "Sharper.", "vague", "Ana Lima")
    assert (before.number, before.brief) == (1, "What it costs.")
    assert definition(made.study, made.codes["Wear"]) == now
    code_operations.define_code(made.study, made.codes["Wear"], definition=Definition(brief="Sharper."))
    assert len(definitions(made.study, made.codes["Wear"])) == 2


def test_the_codebook_as_a_file_holds_it(made):
    entries = {entry.path: entry for entry in code_entries(made.study)}
    assert entries["Scene",].kind == "category"
    assert entries["Wear",].brief == "What it costs."


def test_codings_come_in_text_order_with_what_the_coder_said(made):
    rows = codings_of(made.study, made.documents[0])
    assert [(row.name, row.coder, row.mine) for row in rows] == [
        ("Calling", "AL", True),
        ("Calling", "BE", False),
        ("Fear", "AL", True),
    ]
    assert (rows[2].comment, rows[2].unsure) == ("of what?", True)
    assert [row.coder for row in codings_of(made.study, made.documents[0], Looking(coders=[made.other]))] == ["BE"]


def test_a_passage_stands_in_its_context(made):
    row = passages(made.study, Looking(codes=[made.codes["Fear"]]), around=12)[0]
    assert (row.document_name, row.text, row.speaker) == ("INT-1", "I was afraid.", "P")
    assert row.before == "ur of them. "
    assert row.after == "\nAfraid of w"[:12]


def test_codings_of_a_removed_code_or_document_are_not_shown(made):
    code_operations.delete_code(made.study, made.codes["Fear"])
    assert {row.name for row in codings_of(made.study, made.documents[0])} == {"Calling"}
    document_operations.remove_document(made.study, made.documents[0])
    assert {row.document_name for row in passages(made.study, Looking())} == {"FG-1"}


def test_a_quote_across_turns_says_who_said_what_and_is_attributed_to_who_answers(made):
    quotes.pick_quote(
        made.study, made.theme, passage=made.passage("Afraid of what?\nOf the letter."), stance="dissents"
    )
    row = list_themes(made.study)[0].quotes[0]
    assert [(part.speaker, part.role, part.text) for part in row.utterances] == [
        ("I", "interviewer", "Afraid of what?"),
        ("P", "participant", "Of the letter."),
    ]
    assert (row.fields["pseudonym"], row.fields["group"], row.stance, row.stale) == (
        "P",
        "Residents",
        "dissents",
        False,
    )


def test_agreement_waits_for_two_coders_to_be_done(made):
    with pytest.raises(NothingToCompareError):
        study_agreement(made.study)
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    made.study.act_as(made.other)
    assignments.set_done(made.study, document=made.documents[0], round_id=made.round, done=True)
    with pytest.raises(NothingToCompareError):
        study_agreement(made.study)
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    found = study_agreement(made.study)
    assert (found.documents, found.coders) == (("INT-1",), ("Ana Lima", "Bo Ek"))
    assert {row.code for row in found.codes} == {("Scene", "Calling"), ("Scene", "Fear"), ("Wear",)}
    with pytest.raises(NoSuchRoundError, match="Round 1"):
        study_agreement(made.study, round_name="Pilot")


def test_who_is_not_done_is_left_out_and_named(made):
    hand_in(made, made.documents[0])
    third = team.add_coder(made.study, name="Cy Ng")
    assignments.assign(made.study, round_id=made.round, documents=[made.documents[0]], coders=[third])
    found = study_agreement(made.study)
    assert found.unfinished == (("FG-1", "Ana Lima"), ("FG-1", "Bo Ek"), ("FG-1", "Cy Ng"), ("INT-1", "Cy Ng"))
    assert "Cy Ng" not in found.coders


def test_a_code_made_after_the_hand_in_is_missing_not_passed_over(made):
    hand_in(made, *made.documents)
    code_operations.add_code(made.study, name="Later")
    rows = {row.code: row for row in study_agreement(made.study).codes}
    assert rows["Later",].status == "no_pairable_units"
    assert rows["Scene", "Fear"].status == "ok"


def test_history_names_things_as_they_are_called_now(made):
    made.apply("Of the letter.", "Fear")
    code_operations.rename_code(made.study, made.codes["Fear"], name="Dread")
    made.study.undo()
    labels = [row.label for row in history(made.study, latest=3)]
    assert labels == ["Rename code Fear", "Rename code Fear", "Apply Fear"]
    assert history(made.study)[0].undid
    assert undo_labels(made.study).redo == "Rename code Fear"


def test_coders_and_the_card(made):
    assert [(row.name, row.initials, row.role) for row in coders(made.study)] == [
        ("Ana Lima", "AL", "lead"),
        ("Bo Ek", "BE", "coder"),
    ]
    assert study_card(made.study).title == "Small"


@pytest.mark.parametrize(
    ("tampering", "finding"),
    [
        ('UPDATE coding SET "end" = 9999', "outside the text"),
        ("UPDATE code SET name = 'X' WHERE name = 'Fear'", "differs from what the journal says"),
        ("DELETE FROM coding WHERE rowid = 1", "missing from the study"),
        ("UPDATE coder SET head = 'x'", "latest change"),
        ("UPDATE revision SET length = length + 1", "longer or shorter"),
        ("UPDATE layout_store SET body = replace(body, '[[0,', '[[9999,')", "across each other"),
        ("UPDATE text_store SET body = replace(body, 'letter', 'lettre')", "differs from its hash"),
        ("DELETE FROM text_store", "text of a document is missing"),
        ("INSERT INTO theme_code SELECT 'x', theme_id, 'gone', 1, '' FROM theme_code", ""),
    ],
)
def test_the_check_finds_what_was_done_behind_the_journal(made, tampering, finding):
    assert check(made.study).problems == ()
    with sqlite3.connect(made.study.path) as connection:
        connection.execute(tampering.replace("SELECT 'x', theme_id, 'gone', 1, ''", _as_columns(connection)))
    connection.close()
    problems = check(made.study).problems
    assert problems
    assert any(finding in problem for problem in problems)


def _as_columns(connection):
    values = {"id": "'x'", "theme_id": "theme_id", "code_id": "'gone'", "alive": "1", "head": "''"}
    names = [row[1] for row in connection.execute("PRAGMA table_info(theme_code)")]
    return "SELECT " + ", ".join(values[name] for name in names)
