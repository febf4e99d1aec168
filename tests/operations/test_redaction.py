"""A redaction leaves nothing of a name behind, and takes nobody's coding along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qcode.deidentification import find_traces, neighbours, screen
from qcode.ids import new_id
from qcode.models import Document, Revision, Speaker
from qcode.models.erasure import unfinished
from qcode.models.journal import Step
from qcode.models.mentions import TextPlace
from qcode.models.typed_text import TypedPlace
from qcode.operations import (
    assignments,
    codebook,
    coding,
    corrections,
    documents,
    drafts,
    framework,
    memos,
    participants,
    redaction,
)
from qcode.operations.passages import NothingSelectedError, Passage
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codings import Looking, codings_of, passages
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.search.index import update_index
from qcode.queries.transcripts.documents import document_text
from qcode.study import BehindRedactionError, NothingToUndoError, Study

NAME = "Marisol"
LATER = datetime.now(UTC) + timedelta(days=1)
TALK = (
    ("I", "interviewer", "Who came that night?"),
    ("Marisol", "participant", "My sister MARISOL came. Marisol's boots were wet. 😀 I was glad of marisol."),
    ("I", "interviewer", "And the Marisols next door?"),
    ("P", "participant", "They slept. Nobody rang."),
)


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def bring_in(made, name="INT-2", turns=TALK):
    incoming = documents.Incoming(
        name, small.transcript(turns), provenance={"file": f"{name}.docx", "sha256": "ab" * 32}
    )
    return documents.import_document(made.study, incoming)


def named_everywhere(made):
    """A study in which the name stands wherever a person can type, today and in the past."""
    study = made.study
    talk = bring_in(made, "Interview with Marisol")
    corrections.correct_turn(study, talk, turn=3, text="They slept, Marisol says. Nobody rang.")
    corrections.correct_turn(study, talk, turn=3, text="They slept. Nobody rang.")
    gone = bring_in(made, "Taken out")
    documents.remove_document(study, gone)
    corrections.correct_turn(study, made.documents[0], turn=0, text="What happened that night, Marisol?")
    corrections.correct_turn(study, made.documents[0], turn=0, text="What happened that night?")
    memo = memos.write_memo(study, title="Marisol", text="Marisol carries it.")
    memos.edit_memo(study, memo, title="The sister", text="She carries it.")
    memos.write_memo(study, title="Boots", text="Ask Marisol again.")
    drafts.put_draft(study, drafts.Draft(new_id(), "w", "Later", "Marisol’s boots", ""))
    made.apply("Nobody ever thanks you", "Wear", document=1, comment="as Marisol said")
    study.act_as(made.other)
    made.apply("He wears it well.", "Wear", document=1, comment="Marisol again")
    study.act_as(made.lead)
    codebook.define_code(study, made.codes["Fear"], definition=codebook.Definition(brief="What Marisol tells."))
    codebook.rename_code(study, made.codes["Calling"], name="Calling Marisol")
    sister = documents.add_participant(study, pseudonym="Marisol R.", role="sister of Marisol")
    cell = framework.Subject("participant", sister)
    framework.summarise(study, made.theme, cell, words="Marisol carries the boots.")
    framework.summarise(study, made.theme, cell, words="She carries the boots.")
    update_index(study)
    return talk


def bytes_of(study: Study) -> bytes:
    return b"".join(path.read_bytes() for path in neighbours(study.path)).lower()


def test_nothing_of_the_name_is_left_in_the_bytes_of_the_file(made):
    named_everywhere(made)
    assert bytes_of(made.study).count(b"marisol") > 20
    done = redaction.redact(made.study, forms=[NAME], replacement="[sister]")
    assert done.traces == ()
    assert done.finished
    assert b"marisol" not in bytes_of(made.study)
    assert "marisol".encode("utf-16-le") not in bytes_of(made.study)
    assert check(made.study).problems == ()


def test_the_index_made_after_a_redaction_does_not_know_the_name(made):
    named_everywhere(made)
    redaction.redact(made.study, forms=[NAME], replacement="[sister]")
    update_index(made.study)
    assert find_traces(neighbours(made.study.path), [NAME]) == ()


def test_texts_rows_and_drafts_read_with_the_replacement(made):
    talk = named_everywhere(made)
    redaction.redact(made.study, forms=[NAME], replacement="[sister]")
    text = document_text(made.study, talk)
    assert text.text.split("\n")[1] == "My sister [sister] came. [sister]'s boots were wet. 😀 I was glad of [sister]."
    assert text.text.split("\n")[2] == "And the [sister]s next door?"
    assert text.name == "Interview with [sister]"
    with made.study.read() as session:
        labels = set(session.scalars(select(Speaker.label).where(Speaker.document_id == talk)))
        assert labels == {"I", "P", "[sister]"}
        row = session.get_one(Document, talk)
        assert row.provenance["file"] == "Interview with [sister].docx"
        assert "sha256" not in row.provenance
    assert {draft.text for draft in drafts.left_drafts(made.study, window="o", now=LATER).drafts} == {
        "[sister]’s boots"
    }


def test_names_that_became_the_same_are_numbered(made):
    first = bring_in(made, "Talk with Marisol")
    second = bring_in(made, "Talk with Rosa")
    redaction.redact(made.study, forms=["Marisol"], replacement="[sister]")
    redaction.redact(made.study, forms=["Rosa"], replacement="[sister]")
    assert document_text(made.study, first).name == "Talk with [sister]"
    assert document_text(made.study, second).name == "Talk with [sister] 2"


def test_hashes_that_would_betray_a_guessed_name_go_too(made):
    talk = named_everywhere(made)
    redaction.redact(made.study, forms=[NAME], replacement="[sister]")
    with made.study.read() as session:
        rows = session.scalars(select(Revision).where(Revision.document_id == talk)).all()
        hashed = [row for row in rows if row.text_sha256 or row.layout_sha256]
        assert [row.id for row in hashed] == [session.get_one(Document, talk).revision_id]
        assert len(rows) == 4


def test_what_is_left_out_stays_and_is_found_again(made):
    talk = bring_in(made)
    memo = memos.write_memo(made.study, title="Boots", text="Ask Marisol again.")
    text = document_text(made.study, talk)
    start, end = screen(text.text, [NAME])[0]
    left = [TextPlace(talk, text.revision, start, end), TypedPlace("memo", memo, "text")]
    done = redaction.redact(made.study, forms=[NAME], replacement="[sister]", left_out=left)
    now = document_text(made.study, talk).text
    assert [now[slice(*span)] for span in screen(now, [NAME])] == ["MARISOL"]
    assert done.left == 2
    assert len(done.traces) >= 2
    assert check(made.study).problems == ()


def test_one_passage_is_redacted_alone(made):
    talk = bring_in(made)
    text = document_text(made.study, talk)
    start, end = screen(text.text, [NAME])[0]
    done = redaction.redact_here(made.study, Passage(talk, start, end), replacement="[sister]", revision=text.revision)
    now = document_text(made.study, talk).text
    assert now.count("[sister]") == 1
    assert len(screen(now, [NAME])) == 3
    assert done.places == 1
    assert done.texts == 1
    assert check(made.study).problems == ()


def test_a_text_that_two_documents_share_stays_with_the_other(made):
    first, second = bring_in(made, "A"), bring_in(made, "B")
    start, end = screen(document_text(made.study, first).text, [NAME])[0]
    redaction.redact_here(made.study, Passage(first, start, end), replacement="[sister]")
    assert len(screen(document_text(made.study, second).text, [NAME])) == 4
    assert check(made.study).problems == ()


def test_nobody_takes_back_what_would_bring_the_name_or_an_erased_text_back(made):
    study = made.study
    talk = named_everywhere(made)
    study.act_as(made.other)
    memo = memos.write_memo(study, title="Hers", text="Marisol smiled.")
    corrections.correct_turn(study, talk, turn=3, text="They slept all night. Nobody rang.")
    mine = [row.id for row in history(study) if row.mine]
    study.act_as(made.lead)
    redaction.redact(study, forms=[NAME], replacement="[sister]")
    with pytest.raises(NothingToUndoError):
        study.undo()
    study.act_as(made.other)
    for step in mine[:2]:
        with pytest.raises(BehindRedactionError):
            study.undo_step(step)
    memos.edit_memo(study, memo, text="Other words.")
    study.undo()
    assert check(study).problems == ()
    assert b"marisol" not in bytes_of(study)


def test_an_undone_step_that_named_somebody_is_done_again_without_the_name(made):
    study = made.study
    memo = memos.write_memo(study, title="Hers", text="She smiled.")
    memos.edit_memo(study, memo, text="Marisol smiled.")
    study.undo()
    study.act_as(made.other)
    redaction.redact(study, forms=[NAME], replacement="[sister]")
    study.act_as(made.lead)
    study.redo()
    assert b"marisol" not in bytes_of(study)
    assert check(study).problems == ()


def test_steps_of_each_scope_are_written_apart_and_list_what_was_erased(made):
    named_everywhere(made)
    redaction.redact(made.study, forms=[NAME], replacement="[sister]", category="name")
    with made.study.read() as session:
        steps = session.scalars(select(Step).where(Step.label.startswith("Redact")).order_by(Step.lamport)).all()
    assert len({step.group_id for step in steps}) == 1
    assert len(steps) == 4  # what is shared, the lead's memos, and each coder's codings
    assert all(step.barrier for step in steps)
    listed = steps[0].args["redaction"]
    assert listed["replacement"] == "[sister]"
    assert len(listed["erased"]) > 10
    assert all("redaction" not in step.args for step in steps[1:])


@pytest.mark.parametrize("replacement", ["", "  ", "x" * 101, "two\nlines"])
def test_what_stands_instead_is_one_short_line(made, replacement):
    with pytest.raises(redaction.ReplacementUnusableError):
        redaction.redact(made.study, forms=["sister"], replacement=replacement)


def test_bad_input_is_refused_and_changes_nothing(made):
    talk = bring_in(made)
    before = made.study.path.read_bytes()
    with pytest.raises(redaction.ReplacementHoldsNameError):
        redaction.redact(made.study, forms=[NAME], replacement="[not Marisol]")
    with pytest.raises(redaction.NothingToRedactError):
        redaction.redact(made.study, forms=["Esperanza"], replacement="[name]")
    with pytest.raises(NothingSelectedError):
        redaction.redact(made.study, forms=[" ", "…"], replacement="[name]")
    text = document_text(made.study, talk)
    with pytest.raises(redaction.AcrossTurnsError):
        redaction.redact_here(made.study, Passage(talk, 0, 40), replacement="[name]")
    with pytest.raises(NothingSelectedError):
        redaction.redact_here(made.study, Passage(talk, 4, 4), replacement="[name]")
    with pytest.raises(corrections.TextChangedError):
        redaction.redact_here(made.study, Passage(talk, 0, len(text.text) + 9), replacement="[name]")
    left = [TextPlace(talk, text.revision, 0, 3)]
    with pytest.raises(corrections.TextChangedError):
        redaction.redact(made.study, forms=[NAME], replacement="[name]", left_out=left)
    assert made.study.path.read_bytes() == before


def test_it_is_finished_when_the_other_program_lets_go_of_the_file(made, monkeypatch):
    named_everywhere(made)
    monkeypatch.setattr("qcode.models.erasure.write_anew", lambda _store: False)
    assert not redaction.redact(made.study, forms=[NAME], replacement="[sister]").finished
    monkeypatch.undo()
    path = made.study.path
    made.study.close()
    with Study.open(path) as study, study.read() as session:
        assert unfinished(session) == []
        assert check(study).problems == ()


# Laws -------------------------------------------------------------------------------------------------------------

WORDS = ["Ann", "Anna", "ann", "she", "went", "home", "Ann Arbor", "😀", "to", "O’Ann", "ÁNN"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    turns=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=5),
    marks=st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=8),
    skipped=st.sets(st.integers(0, 20)),
)
def test_every_coding_says_what_it_said_with_the_name_replaced(tmp_path_factory, turns, marks, skipped):
    made = small.small_study(tmp_path_factory.mktemp("law") / "s.qcode")
    try:
        talk = bring_in(made, "Law", [("P", "participant", " ".join(words)) for words in turns])
        text = document_text(made.study, talk)
        for number, (one, other) in enumerate(marks):
            start, end = sorted(int(share * len(text.text)) for share in (one, other))
            made.study.act_as(made.lead if number % 2 else made.other)
            passage = Passage(talk, start, min(end + 1, len(text.text)))
            if text.text[passage.start : passage.end].strip():
                coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
        made.study.act_as(made.lead)
        hits = screen(text.text, ["Ann"])
        chosen = [hit for number, hit in enumerate(hits) if number not in skipped]
        before = {row.id: widened(row.start, row.end, chosen) for row in all_of(made, talk)}
        if not hits:
            return
        left = [TextPlace(talk, text.revision, *hit) for hit in hits if hit not in chosen]
        redaction.redact(made.study, forms=["Ann"], replacement="[friend]", left_out=left)
        now = document_text(made.study, talk)
        after = {row.id: now.text[row.start : row.end] for row in all_of(made, talk)}
        wanted = {row: put(text.text, *span, chosen) for row, span in before.items()}
        # Codings of one coder that have become identical are shown once.
        assert after == {row: words for row, words in wanted.items() if row in after}
        assert set(after.values()) == set(wanted.values())
        assert now.text == put(text.text, 0, len(text.text), chosen)
        assert check(made.study).problems == ()
    finally:
        made.study.close()


def all_of(made, document):
    return list(codings_of(made.study, document))


def widened(start, end, hits):
    """A range with the whole of each name that it cuts."""
    for first, last in hits:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return start, end


def put(text, start, end, hits):
    """The words of a range with the replacement in the place of the names in it."""
    out, at = "", start
    for first, last in hits:
        if start <= first and last <= end:
            out, at = out + text[at:first] + "[friend]", last
    return out + text[at:end]


def test_everybodys_passages_read_as_before(made):
    talk = bring_in(made)
    text = document_text(made.study, talk).text
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        for words in ("Marisol's boots", "sister MARI", "risol"):
            start = text.index(words)
            passage = Passage(talk, start, start + len(words))
            coding.apply_codes(made.study, passage=passage, codes=[made.codes["Wear"]], round_id=made.round)
    redaction.redact(made.study, forms=[NAME], replacement="[sister]")
    found = sorted(row.text for row in passages(made.study, Looking(documents=[talk])))
    assert found == sorted(["[sister]'s boots", "sister [sister]", "[sister]"] * 2)


def test_agreement_is_the_same_as_before(made):
    talk = bring_in(made)
    text = document_text(made.study, talk)
    for coder, turns in ((made.lead, (1, 3)), (made.other, (1, 2))):
        made.study.act_as(coder)
        for turn in turns:
            passage = Passage(talk, text.turns[turn].start, text.turns[turn].end)
            coding.apply_codes(made.study, passage=passage, codes=[made.codes["Wear"]], round_id=made.round)
        assignments.hand_in_round(made.study, round_id=made.round, documents=[talk])
    agreed = study_agreement(made.study, unit="sentence")
    redaction.redact(made.study, forms=[NAME], replacement="[sister]")
    assert study_agreement(made.study, unit="sentence") == agreed
    assert len(document_text(made.study, talk).units) == len(text.units)


# Kills ------------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[4:6]
import qcode.operations.redaction as redaction
from qcode.models import erasure, recording
from qcode.study import Study
import qcode.study
study = Study.open(Path(sys.argv[1]))
module, name = sys.argv[2].rsplit(".", 1)
target = sys.modules[module]
real = getattr(target, name)
def dying(*args, **more):
    if sys.argv[3] == "after":
        real(*args, **more)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(target, name, dying)
redaction.redact(study, forms=["Marisol"], replacement="[sister]")
print("lived")
"""

BEFORE = [
    ("qcode.operations.redaction._redact_texts", "after"),
    ("qcode.operations.redaction._erase_past_texts", "after"),
    ("qcode.operations.redaction._redact_past", "after"),
    ("qcode.operations.redaction.make_anew", "after"),
    ("qcode.study.store_steps", "after"),
]
AFTER = [
    ("qcode.models.erasure.write_anew", "before"),
    ("qcode.models.erasure.write_anew", "after"),
    ("qcode.models.erasure.forget", "before"),
    ("qcode.operations.redaction.find_traces", "before"),
]


def kill(path: Path, where: str, when: str) -> None:
    tests = Path(__file__).parent.parent
    command = [sys.executable, "-c", KILLED, str(path), where, when, str(tests), str(tests.parent)]
    ended = subprocess.run(command, capture_output=True, check=False, env=os.environ, text=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL, ended.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize(("where", "when"), BEFORE)
def test_killed_before_the_commit_the_study_is_as_it_was(made, where, when):
    named_everywhere(made)
    before = len(history(made.study))
    kill(made.study.path, where, when)
    with Study.open(made.study.path) as study:
        assert len(history(study)) == before
        assert check(study).problems == ()
        done = redaction.redact(study, forms=[NAME], replacement="[sister]")
        assert done.traces == ()
    assert b"marisol" not in bytes_of(made.study)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
@pytest.mark.parametrize(("where", "when"), AFTER)
def test_killed_after_the_commit_the_erasure_is_finished_at_the_next_opening(made, where, when):
    named_everywhere(made)
    kill(made.study.path, where, when)
    with Study.open(made.study.path) as study:
        assert check(study).problems == ()
        with study.read() as session:
            assert unfinished(session) == []
    assert b"marisol" not in bytes_of(made.study)
    assert find_traces(neighbours(made.study.path), [NAME]) == ()


def test_renaming_a_participant_leaves_the_old_pseudonym_to_a_redaction(made):
    who = documents.add_participant(made.study, pseudonym="Marisol R.")
    participants.rename_participant(made.study, who, pseudonym="Ana")
    done = redaction.redact(made.study, forms=[NAME], replacement="[name]")
    assert done.typed == 0
    assert done.past == 1
    assert b"marisol" not in bytes_of(made.study)
