"""Whatever coders do in copies of a study, and in whatever way the copies come together, it is one study.

The histories are those of a team: several coders, some with two laptops, who code in blind and open rounds, hand in,
redefine the codebook, correct and redact texts, undo and redo, merge copies and take merges back. How many are tried is
said by TEAM_LAW_EXAMPLES; they are shared out among tests, so that several processes can try them.
"""

from __future__ import annotations

import os

import many_copies
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from team_deeds import DEEDS, Team

from qcode.models import Decision
from qcode.operations import collecting
from qcode.queries.collecting.collected import receipts
from qcode.queries.integrity import check
from qcode.study import Study

SHARDS = 8
EXAMPLES = int(os.environ.get("TEAM_LAW_EXAMPLES", "700"))
HISTORIES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(DEEDS), st.integers(0, 10_000)), max_size=24)
laws = settings(
    max_examples=-(-EXAMPLES // SHARDS),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
    derandomize=False,  # each of the tests tries histories of its own, also where CI would have them all the same
)


def same_study(team, chance):
    """Bring all copies together: nothing is lost, nothing doubled, and every copy is the same, whole study."""
    steps, changes = many_copies.written(team.studies)
    team.bring_together(chance)
    first, *others = map(many_copies.rows_of, team.studies)
    assert [many_copies.differences(first, other) for other in others] == [{}] * len(others)
    assert many_copies.written(team.studies[:1]) == (steps, changes)
    assert check(chance.choice(team.studies)).problems == ()


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@laws
@given(st.integers(2, 5), HISTORIES, st.integers(0, 1000), st.randoms(use_true_random=False))
def test_a_teams_copies_merged_in_any_order_any_grouping_and_repeatedly_hold_the_same_study(
    shard, number, deeds, seed, chance
):
    with many_copies.folder() as place, many_copies.ids_of(seed), Team(place, number) as team:
        team.live(deeds)
        same_study(team, chance)


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(2))
@settings(laws, max_examples=-(-EXAMPLES // 16))
@given(HISTORIES, HISTORIES, st.integers(0, 1000), st.randoms(use_true_random=False))
def test_a_teams_merge_taken_back_leaves_the_study_as_it_was_and_merging_again_brings_it_back(
    shard, deeds, more, seed, chance
):
    with many_copies.folder() as place, many_copies.ids_of(seed), Team(place, 3) as team:
        team.live(deeds)
        mine = team[0]
        before, stacks = many_copies.rows_of(mine), (mine.next_undo(), mine.next_redo())
        merged = team.merge(0, 1)
        if merged.receipt is not None:
            after = many_copies.rows_of(mine)
            try:
                collecting.take_back(mine, merged.receipt)
            except collecting.FinalMergeError:
                assert many_copies.rows_of(mine) == after
            else:
                assert many_copies.differences(many_copies.rows_of(mine), before) == {}
                assert (mine.next_undo(), mine.next_redo()) == stacks
                assert check(mine).problems == ()
                team.merge(0, 1)
                assert many_copies.differences(many_copies.rows_of(mine), after) == {}
                collecting.take_back(mine, receipts(mine)[0].id)
        team.live(more)
        same_study(team, chance)


@pytest.mark.slow
@settings(laws, max_examples=-(-EXAMPLES // 16))
@given(HISTORIES, st.integers(0, 1000), st.randoms(use_true_random=False))
def test_a_file_for_one_coder_is_a_whole_study_without_a_trace_of_the_rest_and_with_the_rest_it_is_all(
    deeds, seed, chance
):
    with many_copies.folder() as place, many_copies.ids_of(seed), Team(place, 2) as team:
        team.live(deeds)
        lead, coder, path = team[0], team[1].coder, team.folder / "theirs.qcode"
        collecting.hand_out(lead, coder, path)
        with Study.open(path) as theirs:
            assert check(theirs).problems == ()
            given_out, all_of_it = many_copies.rows_of(theirs), many_copies.rows_of(lead)
            hidden = ids_in(all_of_it) - ids_in(given_out) - judged_in(theirs)
            body = path.read_bytes()
            assert [one for one in hidden if one.encode() in body] == []
            collecting.merge(theirs, lead.path)
            assert many_copies.differences(many_copies.rows_of(theirs), all_of_it) == {}
            assert collecting.merge(lead, path).receipt is None


def judged_in(study):
    """The ids of the codings that decisions rest on: whoever has handed in is told of both."""
    with study.read() as session:
        return {one[0] for evidence in session.scalars(select(Decision.evidence)) for one in evidence}


def ids_in(rows):
    """The ids of all steps and rows of a file."""
    return {row[0] for row in rows["step"]} | {row[1] for row in rows["change"]}
