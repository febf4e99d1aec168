"""What merging would change, told beforehand, and when definitions were written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import small

from qcode.operations import assignments, codebook, merging
from qcode.operations.codebook import Definition
from qcode.operations.rounds import add_round
from qcode.queries.codebook.merge_effect import merge_effect
from qcode.queries.codebook.tree import code_counts, definitions
from qcode.queries.codebook.tree import codebook as list_codes
from qcode.queries.codings import Looking, codings


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def test_the_effect_of_a_merge_is_what_is_shown_after_it(made):
    scene, wear, calling = made.codes["Scene"], made.codes["Wear"], made.codes["Calling"]
    effect = merge_effect(made.study, [calling], wear)
    before = codings(made.study, Looking(codes=[calling]))
    assert effect.mine == sum(row.mine for row in before)
    assert sum(count for _name, count in effect.others) == sum(not row.mine for row in before)
    assert effect.documents == len({row.document for row in before})
    shown = len(codings(made.study, Looking(codes=[wear])))
    merging.merge_codes(made.study, [calling], into=wear)
    assert len(codings(made.study, Looking(codes=[wear]))) == shown + len(before)
    assert merge_effect(made.study, [scene], wear).below == tuple(
        row.name for row in list_codes(made.study) if row.parent == scene
    )


def test_the_effect_is_told_in_a_sentence(made):
    words = merge_effect(made.study, [made.codes["Calling"]], made.codes["Wear"]).sentence
    assert "will be shown under “Wear” and stay as they were made" in words
    assert words.endswith("Undo takes the codes apart again.")
    unused = codebook.add_code(made.study, name="Unused")
    assert merge_effect(made.study, [unused], made.codes["Wear"]).sentence == (
        "No codings are affected. Undo takes the codes apart again."
    )


def test_what_may_not_be_seen_is_not_counted_before_a_merge(made):
    round_id = add_round(made.study, name="Blind", blind=True)
    before = merge_effect(made.study, [made.codes["Fear"]], made.codes["Wear"])
    assignments.assign(made.study, round_id=round_id, documents=made.documents[:1], coders=[made.lead, made.other])
    made.round = round_id
    made.study.act_as(made.other)
    made.apply("Of the letter.", "Fear")
    made.study.act_as(made.lead)
    after = merge_effect(made.study, [made.codes["Fear"]], made.codes["Wear"])
    assert (after.mine, after.others, after.may_be_more) == (before.mine, before.others, True)


def test_codings_are_counted_by_coder_and_by_document(made):
    document = made.documents[0]
    for coder in (None, made.lead, made.other):
        for place in (None, document):
            rows = codings(
                made.study,
                Looking(coders=[coder] if coder else None, documents=[place] if place else None),
            )
            mine, everybodys = code_counts(made.study, coder=coder, document=place)
            assert sum(everybodys.values()) == len(rows)
            assert sum(mine.values()) == sum(row.mine for row in rows)


def test_a_version_says_when_it_was_written(made):
    before = datetime.now(UTC).replace(microsecond=0)
    codebook.define_code(made.study, made.codes["Fear"], definition=Definition(brief="Newer."))
    latest = definitions(made.study, made.codes["Fear"])[0]
    assert before <= datetime.fromisoformat(latest.at) <= datetime.now(UTC)
