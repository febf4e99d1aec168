"""A study for one coder, byte by byte, and back again."""

from __future__ import annotations

import pytest
import small
from going_out import handed_out

from qcode.models.copies import NotHandedOutError, WorkOfOthersError
from qcode.models.storage import StudyExistsError
from qcode.operations import codebook, coding, collecting, framework, memos, quotes, redaction
from qcode.queries.codings import codings_of
from qcode.queries.collecting.collected import preview
from qcode.queries.integrity import check
from qcode.study import Study, UnknownCoderError


@pytest.fixture
def made(tmp_path):
    found = small.small_study(tmp_path / "lead.qcode")
    with found.study:
        yield found


def lead_writes(made):
    """What the lead does that Bo is not to know, as ids and words."""
    study = made.study
    secret = [made.codings[0], made.codings[1], made.codings[2]]
    secret.append(
        memos.write_memo(study, text="Zanzibar is in my mind.", about=[memos.Target("coding", made.codings[0])])
    )
    secret.append(memos.write_memo(study, text="Quagmire, generally."))
    secret.append(quotes.pick_quote(study, made.theme, passage=made.passage("Three letters and you are out.")))
    cell = framework.Subject("document", made.documents[0])
    secret.append(framework.summarise(study, made.theme, cell, words="Quicksilver, all of it."))
    secret += framework.link_passages(study, made.theme, cell, passages=[made.passage("I was afraid.")])
    coding.comment_codings(study, made.codings[:1], comment="Xylophone")
    coding.comment_codings(study, made.codings[:1], comment="")
    study.undo()
    return [*secret, "Zanzibar", "Quagmire", "Quicksilver", "Xylophone"]


def test_nothing_of_colleagues_work_is_in_the_bytes_of_the_file(made):
    secret = lead_writes(made)
    original = made.study.path.read_bytes()
    body = handed_out(made).read_bytes()
    assert all(word.encode() in original for word in secret)
    assert [word for word in secret if word.encode() in body] == []


def test_no_step_that_wrote_it_is_there_either_nor_what_a_redaction_erased_in_it(made):
    lead_writes(made)
    redaction.redact(made.study, forms=["Quagmire"], replacement="[mire]")
    with made.study.read() as session:
        from qcode.models.uniting import holding

        held = holding(session.connection())
    hidden = {step for (step, _row), written in held.changes.items() if written.scope.startswith(made.lead)}
    hidden |= {row for (_step, row), written in held.changes.items() if written.scope.startswith(made.lead)}
    body = handed_out(made).read_bytes()
    assert hidden
    assert [one for one in hidden if one.encode() in body] == []


def test_it_opens_for_its_coder_with_all_texts_codes_and_own_codings(made):
    lead_writes(made)
    with Study.open(handed_out(made)) as study:
        assert study.coder == made.other
        assert check(study).problems == ()
        rows = [row for document in made.documents for row in codings_of(study, document)]
        assert [row.id for row in rows] == made.codings[3:]


def test_what_was_done_in_it_is_handed_in_once(made):
    lead_writes(made)
    path = handed_out(made)
    with Study.open(path) as study:
        passage = made.passage("Of the letter.")
        (row,) = coding.apply_codes(study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
        codebook.add_code(study, name="Rain")
    codebook.rename_code(made.study, made.codes["Fear"], name="Dread")
    assert [one.kind for one in preview(made.study, path, handed_in=True).arrivals] == [
        "coding",
        "code",
        "code_version",
    ]
    assert collecting.hand_in(made.study, path).steps == 2
    assert collecting.hand_in(made.study, path).receipt is None
    assert row in [found.id for found in codings_of(made.study, made.documents[0])]
    assert check(made.study).problems == ()


def test_a_file_that_was_handed_out_learns_the_rest_by_a_merge(made):
    lead_writes(made)
    with Study.open(handed_out(made)) as study:
        collecting.merge(study, made.study.path)
        assert collecting.merge(made.study, study.path).receipt is None
        assert {row.id for row in codings_of(study, made.documents[0])} == {
            row.id for row in codings_of(made.study, made.documents[0])
        }
        assert check(study).problems == ()


def test_new_work_by_somebody_else_is_not_handed_in(made):
    path = handed_out(made)
    with Study.open(path) as study:
        study.act_as(made.lead)
        codebook.add_code(study, name="Rain")
    before = made.study.path.read_bytes()
    for look in (collecting.hand_in, lambda study, file: preview(study, file, handed_in=True)):
        with pytest.raises(WorkOfOthersError, match="new work by Ana Lima, and is handed in for Bo Ek"):
            look(made.study, path)
    assert made.study.path.read_bytes() == before
    assert collecting.merge(made.study, path).steps == 1


def test_an_ordinary_copy_is_merged_and_not_handed_in(made, tmp_path):
    (tmp_path / "copy.qcode").write_bytes(made.study.path.read_bytes())
    with pytest.raises(NotHandedOutError):
        collecting.hand_in(made.study, tmp_path / "copy.qcode")


def test_a_file_that_is_there_is_not_written_over(made):
    handed_out(made)
    with pytest.raises(StudyExistsError):
        handed_out(made)


def test_an_unknown_coder_gets_no_file(made):
    path = made.study.path.with_name("x.qcode")
    with pytest.raises(UnknownCoderError):
        collecting.hand_out(made.study, "nobody", path)
    assert not path.exists()
