"""Settling the sample study's pilot in the real window, by keys alone, until nothing is open."""

from __future__ import annotations

import pytest
from by_keys import focus, press

from qcode.queries.codings import codings_of
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.consensus import consensus
from qcode.queries.team import rounds
from qcode.queries.transcripts.documents import documents

WAYS = {
    "boundary": ("U", "B"),
    "overlooked": ("A", "O"),
    "extra code": ("B", "S"),
    "different code": ("K", "D"),
}


@pytest.fixture
def room(qtbot, window_on_sample):
    """The Reconcile room on the sample study, seen by its lead, with the pilot's cases."""
    room = window_on_sample.show_room("reconcile")
    qtbot.waitUntil(lambda: not room.computing)
    room.strip.rounds.setFocus()
    press("Up")
    qtbot.waitUntil(lambda: not room.computing)
    return room


def marked(study):
    """Every coding that there is."""
    return [codings_of(study, row.id) for row in documents(study)]


def test_the_pilot_is_settled_by_keys_alone(room):
    study = room.bridge.study
    pilot = next(row.id for row in rounds(study) if row.name == "Pilot")
    before, opened = marked(study), len(room.queue.list.rows)
    assert (room.round_id, opened) == (pilot, len(Cases.of(study, pilot).queue().rows))
    assert opened > 40
    room.queue.list.setFocus()
    seen = set()
    while room.case is not None:
        assert room.case.id not in seen
        seen.add(room.case.id)
        press(*WAYS[room.case.kind], "Return")
        assert focus() is room.queue.list
    assert len(seen) == opened
    assert room.strip.counts.text().startswith(f"0 open · {opened} decided")
    assert room.shown.nothing.sentence.startswith(f"All {opened} cases are decided.")
    assert marked(study) == before
    assert {row.decision for row in consensus(study, pilot)} - {None} <= {
        case.decision.id for case in Cases.of(study, pilot).queue(state="decided").rows
    }
    press("Ctrl+Z")
    assert room.case is not None
    assert room.strip.counts.text().startswith(f"1 open · {opened - 1} decided")
