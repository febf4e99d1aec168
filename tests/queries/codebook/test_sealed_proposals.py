"""What a colleague proposed in a blind round is told to a lead who codes too in no list and no count."""

from __future__ import annotations

import small

from qcode.operations import assignments, codebook, coding, collecting, rounds
from qcode.queries.codebook.versions import codebook_moments
from qcode.queries.collecting.hand_outs import hand_out_choices
from qcode.study import Study


def test_a_proposal_is_no_moment_of_the_codebook_and_not_counted_before_the_lead_handed_in(tmp_path):
    made = small.small_study(tmp_path / "lead.qcode")
    with made.study as study:
        blind = rounds.add_round(study, name="Blind", blind=True)
        assignments.assign(study, round_id=blind, documents=made.documents, coders=[made.lead, made.other])
        collecting.hand_out(study, made.other, tmp_path / "bo.qcode")
        with Study.open(tmp_path / "bo.qcode") as theirs:
            code = codebook.add_code(theirs, name="Sisters")
            coding.apply_codes(theirs, passage=made.passage("My sister"), codes=[code], round_id=blind)
        before = codebook_moments(study), [row.codes for row in hand_out_choices(study)]
        collecting.hand_in(study, tmp_path / "bo.qcode")
        assert (codebook_moments(study), [row.codes for row in hand_out_choices(study)]) == before
        assignments.hand_in_round(study, round_id=blind)
        assert next(row.label for row in codebook_moments(study)) == "Add code Sisters"
        assert [row.codes for row in hand_out_choices(study)] == [5]
