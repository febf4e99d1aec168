"""Cases of a round as they are listed: what belongs to them, what was decided, and what becomes of that later."""

from __future__ import annotations

import shutil
from dataclasses import replace
from random import Random

import pytest
from going_out import blind_study

from qcode.errors import QcodeError
from qcode.operations import assignments, codebook, coding, corrections, merging, reconciling, regions
from qcode.queries.blindness import hidden_from
from qcode.queries.disagreements.cases import Cases, decision_rows, disagreements, round_to_reconcile
from qcode.queries.disagreements.consensus import became_of_mine, before_and_after, consensus
from qcode.queries.history import history
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study

RANG, CAME = "I rang them.", "I rang them. 😀 They came at once"
AFRAID, LETTERS, HOME = "I was afraid.", "Three letters and you are out.", "I take it home with me."


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """The blind study, in which Ana and Bo coded; Bo handed in everything, Ana and Cy nothing yet."""
    with blind_study(tmp_path_factory.mktemp("coded") / "lead.qcode") as found:
        found.round = found.blind
        for coder, marks in {
            found.lead: [(RANG, "Calling"), (AFRAID, "Fear"), (LETTERS, "Fear"), (HOME, "Wear")],
            found.other: [(CAME, "Calling"), (AFRAID[:-1], "Fear"), (LETTERS, "Calling"), (HOME, "Wear")],
        }.items():
            found.study.act_as(coder)
            for words, name in marks:
                found.apply(words, name, document=int(words == HOME))
            if coder == found.lead:
                found.apply(AFRAID, "Wear", certainty="unsure")
        hand_in(found, found.other)
        yield found


@pytest.fixture
def made(coded, tmp_path):
    """A copy of it for one test."""
    shutil.copy(coded.study.path, tmp_path / "lead.qcode")
    with Study.open(tmp_path / "lead.qcode") as study:
        study.act_as(coded.lead)
        found = replace(coded, study=study)
        found.third, found.blind = coded.third, coded.blind
        yield found


def hand_in(made, coder):
    made.study.act_as(coder)
    assignments.hand_in_round(made.study, round_id=made.blind)
    made.study.act_as(made.lead)


def told(rows):
    return [(row.kind, row.code_names, row.text) for row in rows]


def open_rows(made):
    return disagreements(made.study, round_id=made.blind).rows


def test_a_queue_lists_what_two_handed_in_and_says_what_is_missing(made):
    queue = disagreements(made.study)
    assert queue.rows == ()
    assert queue.withheld == (), "only Bo has handed in"
    assert {("INT-1", "Ana Lima"), ("FG-1", "Cy Fox")} <= set(queue.waiting)
    hand_in(made, made.third)
    assert disagreements(made.study).withheld == ("INT-1", "FG-1")
    assignments.hand_in_round(made.study, round_id=made.blind)
    assignments.reopen(
        made.study, round_id=made.blind, coder=made.third, documents=made.documents, reason="Not done yet."
    )
    assert round_to_reconcile(made.study).id == made.blind
    queue = disagreements(made.study)
    assert told(queue.rows) == [
        ("different code", ("Calling", "Fear"), LETTERS),
        ("boundary", ("Calling",), CAME),
        ("extra code", ("Wear",), AFRAID),
    ]
    assert (queue.open, queue.decided, queue.unanimous, queue.alone) == (3, 0, 2, 0)
    assert queue.waiting == (("INT-1", "Cy Fox"), ("FG-1", "Cy Fox"))
    swapped, boundary, extra = queue.rows
    assert swapped.siblings
    assert not boundary.siblings
    assert (boundary.words, extra.unsure, swapped.unsure) == (5, True, False)
    assert [(lane.initials, len(lane.spans), len(lane.beside)) for lane in extra.lanes] == [("AL", 1, 1), ("BE", 0, 1)]
    orders = {order: told(disagreements(made.study, order=order).rows) for order in ("code", "document", "certainty")}
    assert orders["certainty"][0][0] == "extra code"
    assert orders["document"] == told([boundary, extra, swapped])
    assert orders["code"] == told([boundary, swapped, extra])
    assert told(disagreements(made.study, kinds=["boundary"]).rows) == told([boundary])
    assert told(disagreements(made.study, codes=[made.codes["Fear"]]).rows) == told([swapped])
    assert disagreements(made.study, documents=[made.documents[1]]).rows == ()
    assert [row.text for row in disagreements(made.study, kinds=["unanimous"], state="all").rows] == [AFRAID, HOME]


def test_decisions_make_the_consensus_and_leave_what_coders_did_as_it_was(made):
    hand_in(made, made.lead)
    swapped, boundary, extra = open_rows(made)
    reconciling.decide(made.study, boundary, outcome="accept", coder=made.lead, reason="slip", present=[made.other])
    reconciling.decide(made.study, extra, outcome="none")
    reconciling.decide(made.study, swapped, outcome="meeting")
    cases = Cases.of(made.study, made.blind)
    queue = cases.queue(state="all")
    assert (queue.open, queue.decided, queue.unanimous) == (1, 2, 2)
    assert told(cases.queue().rows) == told([swapped]), "what waits for the meeting is open"
    fear = made.passage(AFRAID)
    rows = [(row.code_name, row.start, row.end, row.decision is None) for row in consensus(made.study, made.blind)]
    rang, home = made.passage(RANG), made.passage(HOME, 1)
    assert rows == [
        ("Calling", rang.start, rang.end, False),
        ("Fear", fear.start, fear.end, True),
        ("Wear", home.start, home.end, True),
    ]
    found = before_and_after(made.study, made.blind)
    before = found.agreement.overall.alpha
    assert (found.decided, found.without_dissent, found.silent, found.open, found.unanimous) == (2, 2, 2, 1, 2)
    assert [(row.name, row.won, row.of) for row in found.deference] == [("Ana Lima", 1, 2), ("Bo Ek", 1, 2)]
    assert [(row.name, row.alpha == 1) for row in found.against] == [("Ana Lima", False), ("Bo Ek", False)]
    reconciling.say(made.study, decision_rows(made.study)[0].id, coder=made.other, stance="dissents", note="Both.")
    found = before_and_after(made.study, made.blind)
    assert (found.without_dissent, found.agreement.overall.alpha) == (1, before)
    fates = {(row.code_name, row.became) for row in became_of_mine(made.study, made.blind, made.other)}
    assert fates == {("Calling", "other extent"), ("Calling", "open"), ("Fear", "kept"), ("Wear", "kept")}
    fates = {(row.code_name, row.became) for row in became_of_mine(made.study, made.blind, made.lead)}
    assert fates == {("Calling", "kept"), ("Fear", "kept"), ("Fear", "open"), ("Wear", "kept"), ("Wear", "not kept")}
    cases = Cases.of(made.study, made.blind)
    settled = next(row for row in cases.decisions if row.outcome == "accept")
    assert (settled.decided_by, settled.present_names, settled.reason) == ("Ana Lima", ("Bo Ek",), "slip")
    assert [(one.name, one.stance, one.note) for one in settled.dissent] == [("Bo Ek", "dissents", "Both.")]
    reconciling.decide(made.study, cases.case(extra.id), outcome="accept", coder=made.lead)
    assert before_and_after(made.study, made.blind).against[0].alpha == 1, "what Ana did is what stands"


def test_a_late_hand_in_flags_what_was_decided_and_drops_nothing(made):
    hand_in(made, made.lead)
    swapped, boundary, extra = open_rows(made)
    key = reconciling.decide(made.study, boundary, outcome="intersection")
    reconciling.decide(made.study, swapped, outcome="all")
    reconciling.decide(made.study, extra, outcome="none")
    made.study.act_as(made.third)
    made.apply("They came at once", "Calling")
    hand_in(made, made.third)
    (row,) = disagreements(made.study, state="stale").rows
    assert (row.decision.id, row.kind) == (key, "boundary")
    assert [one.sentence for one in row.decision.changes] == ["Cy Fox coded Calling here since."]
    assert len(open_rows(made)) == 3
    assert len(decision_rows(made.study, made.blind)) == 3
    sides = before_and_after(made.study, made.blind).deference
    assert [(one.name, one.of) for one in sides] == [("Ana Lima", 3), ("Bo Ek", 3), ("Cy Fox", 2)], "it came after that"
    rang = made.passage(RANG)
    assert ("Calling", rang.start, rang.end, key) in [
        (row.code_name, row.start, row.end, row.decision) for row in consensus(made.study, made.blind)
    ]
    again = reconciling.decide(made.study, row, outcome="union")
    assert again == key
    assert {row.kind for row in open_rows(made)} == {"overlooked"}, "Cy has nothing where Ana and Bo had agreed"
    assert disagreements(made.study, state="stale").rows == (), "it was judged anew on what is there"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("moved", "Bo Ek marks another passage with Calling now."),
        ("removed", "Bo Ek’s coding of Calling is gone, or not handed in any more."),
        ("recoded", "Bo Ek put Wear here instead."),
        ("agreed", "All coders mark Calling here now."),
    ],
)
def test_what_became_of_the_evidence_is_said(made, change, said):
    hand_in(made, made.lead)
    boundary = disagreements(made.study, kinds=["boundary"]).rows[0]
    reconciling.decide(made.study, boundary, outcome="union" if change != "agreed" else "none")
    (coded,) = [mark.coding for mark in boundary.marks if mark.coder == made.other]
    assignments.reopen(
        made.study, round_id=made.blind, coder=made.other, documents=made.documents, reason="Look again."
    )
    stale = disagreements(made.study, state="stale").rows
    assert [one.what for row in stale for one in row.decision.changes] == ["removed"]
    assert stale[0].gone, "only one of two has handed in"
    made.study.act_as(made.other)
    start, end = made.passage(RANG).start, made.passage("They came").end
    match change:
        case "moved":
            coding.move_coding(made.study, coded, start=start, end=end)
        case "removed":
            coding.remove_codings(made.study, [coded])
        case "recoded":
            coding.recode(made.study, [coded], code=made.codes["Wear"])
        case "agreed":
            coding.move_coding(made.study, coded, start=start, end=made.passage(RANG).end)
    hand_in(made, made.other)
    (row,) = disagreements(made.study, state="stale").rows
    assert said in [one.sentence for one in row.decision.changes] or change == "agreed"
    if change == "agreed":
        assert row.kind == "unanimous"
        assert [one.what for one in row.decision.changes] == ["moved"]
        reconciling.decide(made.study, row, outcome="unanimous")
        assert disagreements(made.study, state="stale").rows == ()


def test_a_correction_and_merged_codes_leave_a_decision_where_its_words_are(made):
    hand_in(made, made.lead)
    swapped, boundary, _extra = open_rows(made)
    reconciling.decide(made.study, boundary, outcome="accept", coder=made.lead)
    reconciling.decide(made.study, swapped, outcome="accept", coder=made.lead)
    text = document_text(made.study, made.documents[0])
    words = text.text[text.turns[1].start : text.turns[1].end]
    corrections.correct_turn(made.study, made.documents[0], turn=1, text=f"Well, well. {words}")
    merging.merge_codes(made.study, [made.codes["Fear"]], into=made.codes["Calling"])
    cases = Cases.of(made.study, made.blind)
    assert [one.stale for one in cases.decisions] == [False, False]
    text = document_text(made.study, made.documents[0]).text
    kept = [(text[start:end], code) for one in cases.decisions for code, start, end in one.kept]
    assert kept == [(RANG, made.codes["Calling"]), (LETTERS, made.codes["Calling"])]
    assert cases.of_decision(cases.decisions[1].id).kind == "unanimous", "both mean one code by now"
    codebook.retire_code(made.study, made.codes["Calling"])
    assert Cases.of(made.study, made.blind).counts == cases.counts, "codes that are not used any more are shown"


def test_what_a_coder_was_not_given_and_what_is_excluded_is_no_case(made):
    hand_in(made, made.lead)
    document = made.documents[0]
    place, revision = made.passage(LETTERS), document_text(made.study, document).revision
    regions.exclude(made.study, document=document, ranges=[(place.start, place.end)], revision=revision)
    assert [row.kind for row in open_rows(made)] == ["boundary", "extra code"]


def test_nobody_is_told_of_decisions_before_their_own_hand_in(made):
    hand_in(made, made.lead)
    reconciling.decide(
        made.study, disagreements(made.study, kinds=["boundary"]).rows[0], outcome="union", present=[made.other]
    )
    key = decision_rows(made.study)[0].id
    reconciling.say(made.study, key, coder=made.other, stance="persuaded")
    label = history(made.study)[1].label
    assert label.startswith("Decide")
    made.study.act_as(made.third)
    with made.study.read() as session:
        assert len(hidden_from(session, made.third)) == 2
    queue = disagreements(made.study, state="all")
    assert (queue.rows, queue.unanimous, queue.withheld) == ((), 0, ("INT-1", "FG-1"))
    assert decision_rows(made.study) == ()
    assert consensus(made.study, made.blind) == ()
    assert not [row for row in history(made.study) if "ecide" in row.label or "persuaded" in row.label]
    hand_in(made, made.third)
    made.study.act_as(made.third)
    assert [row.id for row in decision_rows(made.study)] == [key]
    assert label in [row.label for row in history(made.study)]


# Read again only where something was touched --------------------------------------------------------------------


def _words(made, chance):
    passage = made.passage(chance.choice([RANG, CAME, AFRAID, LETTERS]))
    return passage, [made.codes[chance.choice(["Calling", "Fear", "Wear"])]]


def _code(made, chance):
    passage, codes = _words(made, chance)
    made.study.act_as(chance.choice([made.lead, made.other, made.third]))
    coding.apply_codes(made.study, passage=passage, codes=codes, round_id=made.blind)


def _decide(made, chance):
    rows = disagreements(made.study, round_id=made.blind, state="all").rows
    if rows:
        reconciling.decide(made.study, chance.choice(rows), outcome=chance.choice(["union", "none", "later"]))


def _withdraw(made, chance):
    if rows := decision_rows(made.study, made.blind):
        reconciling.withdraw(made.study, chance.choice(rows).id)


def _reopen(made, _chance):
    assignments.reopen(
        made.study, round_id=made.blind, coder=made.other, documents=[made.documents[0]], reason="Look at it again."
    )


def _correct(made, chance):
    text = document_text(made.study, made.documents[0])
    words = text.text[text.turns[1].start : text.turns[1].end]
    corrections.correct_turn(made.study, made.documents[0], turn=1, text=f"Oh. {words}")


DEEDS = {
    "code": _code,
    "decide": _decide,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "correct": _correct,
    "hand in": lambda made, chance: hand_in(made, chance.choice([made.lead, made.other, made.third])),
    "say": lambda made, chance: (
        reconciling.say(
            made.study, decision_rows(made.study)[0].id, coder=made.other, stance=chance.choice(["accepts", "dissents"])
        )
        if decision_rows(made.study)
        else None
    ),
    "rename": lambda made, chance: codebook.rename_code(
        made.study, made.codes["Fear"], name=f"Fear {chance.randrange(9)}"
    ),
    "merge": lambda made, chance: merging.merge_codes(made.study, [made.codes["Wear"]], into=made.codes["Calling"]),
    "undo": lambda made, chance: made.study.undo(),
}


def test_what_is_renewed_after_any_deed_is_what_reading_it_all_gives(made):
    hand_in(made, made.lead)
    chance = Random(7)
    cases = {coder: Cases.of(made.study, made.blind) for coder in (made.lead, made.third)}
    kinds = set()
    for deed in ["decide", "decide", "reopen", "code", "say", *chance.choices([*DEEDS, "decide", "hand in"], k=18)]:
        made.study.act_as(made.lead)
        try:
            DEEDS[deed](made, chance)
        except QcodeError:
            continue
        for coder, before in cases.items():
            made.study.act_as(coder)
            fresh = Cases.of(made.study, made.blind)
            cases[coder] = Cases.of(made.study, made.blind, before=before)
            for order in ("pair", "certainty"):
                assert cases[coder].queue(state="all", order=order) == fresh.queue(state="all", order=order), deed
            assert cases[coder].decisions == fresh.decisions
            kinds |= {row.kind for row in fresh.rows} | {"stale" for row in fresh.rows if row.stale}
    assert {"boundary", "unanimous", "stale"} <= kinds
