"""Another team's list of codes is merged as a person decided."""

from __future__ import annotations

import pytest
import small

from qcode.analysis.code_lists import match_codes
from qcode.exchange.codebook import CodeEntry
from qcode.operations.code_lists import Decision, merge_codebook
from qcode.queries.codebook.tree import codebook as list_codes
from qcode.queries.codebook.tree import definition, definitions


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def test_proposals_become_decisions_and_decisions_a_codebook(made):
    theirs = [
        CodeEntry(("Scene",), kind="category"),
        CodeEntry(("Scene", "Fears"), brief="Being afraid."),
        CodeEntry(("Scene", "Fears", "At night"), brief="In the dark."),
        CodeEntry(("Talk",), kind="category"),
        CodeEntry(("Talk", "Silence"), status="retired", colour=5),
    ]
    matches = match_codes(list_codes(made.study), theirs)
    assert [(match.likeness, match.ours and match.ours.name) for match in matches] == [
        ("same", "Scene"),
        ("similar", "Fear"),
        ("new", None),
        ("new", None),
        ("new", None),
    ]
    decisions = [
        Decision(match.theirs, "map", match.ours.id) if match.ours else Decision(match.theirs, "add")
        for match in matches
    ]
    became = merge_codebook(made.study, decisions, reason="from the other team")
    rows = {row.path: row for row in list_codes(made.study)}
    assert list(rows) == [
        ("Scene",),
        ("Scene", "Calling"),
        ("Scene", "Fear"),
        ("Scene", "Fear", "At night"),
        ("Wear",),
        ("Talk",),
        ("Talk", "Silence"),
    ]
    assert became["Scene", "Fears"] == made.codes["Fear"]
    assert became["Scene", "Fears", "At night"] == rows["Scene", "Fear", "At night"].id
    silence = rows["Talk", "Silence"]
    assert (silence.status, silence.colour, silence.kind) == ("retired", 5, "codable")
    assert definition(made.study, rows["Scene", "Fear", "At night"].id).reason == "from the other team"


def test_our_definition_stays_unless_theirs_is_taken(made):
    theirs = CodeEntry(("Cost",), brief="Theirs.", reason="settled on Monday")
    merge_codebook(made.study, [Decision(theirs, "map", made.codes["Wear"])])
    assert definition(made.study, made.codes["Wear"]).brief == "What it costs."
    merge_codebook(made.study, [Decision(theirs, "map", made.codes["Wear"], take_definition=True)])
    now, before = definitions(made.study, made.codes["Wear"])
    assert (now.brief, now.number, now.reason, before.brief) == ("Theirs.", 2, "settled on Monday", "What it costs.")


def test_below_a_code_that_is_left_out_codes_stand_below_the_next_one_above(made):
    paths = [("Scene",), ("Scene", "Middle"), ("Scene", "Middle", "Deep"), ("Gone",), ("Gone", "Orphan")]
    actions = ["map", "leave out", "add", "leave out", "add"]
    decisions = [
        Decision(CodeEntry(path), action, made.codes["Scene"] if action == "map" else None)
        for path, action in zip(paths, actions, strict=True)
    ]
    became = merge_codebook(made.study, list(reversed(decisions)))
    assert {("Scene", "Deep"), ("Orphan",)} <= {row.path for row in list_codes(made.study)}
    assert ("Scene", "Middle") not in became


def test_two_of_their_codes_can_be_one_of_ours(made):
    decisions = [Decision(CodeEntry((name,)), "map", made.codes["Fear"]) for name in ("Dread", "Worry")]
    assert set(merge_codebook(made.study, decisions).values()) == {made.codes["Fear"]}
