"""What is counted: the consensus where a document is settled, else each stretch once; and read anew where touched."""

from __future__ import annotations

from random import Random

import pytest
import small
from going_out import blind_study

from qcode.analysis.corpus import Mark
from qcode.errors import QcodeError
from qcode.operations import assignments, codebook, coding, corrections, documents, merging, reconciling, rounds, team
from qcode.operations import themes as deeds
from qcode.operations.passages import Passage
from qcode.queries.codings import codings
from qcode.queries.counting.corpus import corpus, looking_of
from qcode.queries.disagreements.cases import Cases, disagreements
from qcode.queries.disagreements.consensus import consensus
from qcode.queries.transcripts.documents import document_text

RANG, CAME, AFRAID, HOME = (
    "I rang them.",
    "I rang them. 😀 They came at once",
    "I was afraid.",
    "I take it home with me.",
)


@pytest.fixture
def made(tmp_path):
    with blind_study(tmp_path / "lead.qcode") as found:
        yield found


def told(found):
    """The passages with their codes, coders and whether they are settled."""
    initials = {one.id: one.initials for one in found.coders}
    return [
        (
            found.text[mark.document].text[mark.start : mark.end],
            found.code[mark.code].name,
            "".join(sorted(initials[one] for one in mark.coders)),
            mark.settled,
        )
        for mark in found.all_marks()
    ]


OWN = [(CAME, "Calling", "ALBE", False), (AFRAID, "Fear", "AL", False), (HOME, "Wear", "AL", False)]


def test_each_stretch_of_the_coders_counts_once(made):
    found = corpus(made.study)
    assert told(found) == OWN
    assert (
        found.said == "Counted: the coders’ own codings, each stretch once, in 2 documents. Of what is coded blind "
        "still, only your own codings: INT-1, FG-1."
    )
    shown = codings(made.study, looking_of([next(found.all_marks())]))
    assert {(row.name, row.coder) for row in shown} == {("Calling", "AL"), ("Calling", "BE")}
    apart = corpus(made.study, by_coder=True)
    assert told(apart)[:2] == [(RANG, "Calling", "AL", False), (CAME, "Calling", "BE", False)]
    assert apart.said.startswith("Counted: each coder’s own codings in 2 documents, each coder’s stretches once.")
    assert apart.by_coder
    first, second = found.texts
    assert [(turn.speaker, turn.role, turn.counted) for turn in second.turns][:3] == [
        ("Moderator", "interviewer", False),
        ("Deputy", "participant", True),
        ("", "event", False),
    ]
    assert [one.name for one in found.people] == ["P (INT-1)", "Deputy (FG-1)", "Medic (FG-1)"]
    assert {one.group for one in found.people} == {"Residents"}
    assert first.words == sum(turn.words for turn in first.turns)
    assert [(one.name, [found.code[code].name for code in one.codes]) for one in found.themes] == [("Boots", ["Fear"])]


def test_a_category_and_a_merged_code_stand_for_what_they_hold(made):
    deeds.gather_codes(made.study, made.theme, codes=[made.codes["Scene"]])
    merging.merge_codes(made.study, [made.codes["Wear"]], into=made.codes["Fear"])
    below = deeds.add_theme(made.study, name="Home", parent=made.theme)
    deeds.gather_codes(made.study, below, codes=[made.codes["Calling"]])
    found = corpus(made.study)
    assert [row[1] for row in told(found)] == ["Calling", "Fear", "Fear"]
    assert [one.name for one in found.codes] == ["Scene", "Calling", "Fear"]
    names = [(one.path, {found.code[code].name for code in one.codes}) for one in found.themes]
    assert names == [(("Boots",), {"Scene", "Calling", "Fear"}), (("Boots", "Home"), {"Calling"})]
    assert found.below(made.codes["Scene"]) == found.meant(made.codes["Scene"]) > {made.codes["Calling"]}
    assert found.meant(made.codes["Fear"]) == {made.codes["Fear"]}


def settle(made):
    """Let Ana and Bo code blind, differ, hand in, and settle it in INT-1; FG-1 stays open."""
    for coder, marks in {
        made.lead: [(RANG, "Calling", 0), (AFRAID, "Fear", 0), (HOME, "Wear", 1)],
        made.other: [(CAME, "Calling", 0), (AFRAID[:-1], "Fear", 0), ("He wears it well.", "Wear", 1)],
    }.items():
        made.study.act_as(coder)
        made.round = made.blind
        for words, name, document in marks:
            made.apply(words, name, document=document)
        assignments.hand_in_round(made.study, round_id=made.blind)
    made.study.act_as(made.lead)
    for row in disagreements(made.study, round_id=made.blind, documents=[made.documents[0]]).rows:
        reconciling.decide(made.study, row, outcome="accept", coder=made.lead)


def test_the_consensus_counts_where_a_document_is_settled(made):
    settle(made)
    found = corpus(made.study)
    rows = consensus(made.study, made.blind)
    kept = {(row.document, row.start, row.end, row.code) for row in rows if row.document == made.documents[0]}
    assert {mark[:4] for mark in found.marks[made.documents[0]]} == kept
    assert told(found)[:2] == [(RANG, "Calling", "ALBE", True), (AFRAID, "Fear", "ALBE", True)]
    assert found.settled == {made.documents[0]}
    assert (
        found.said == "Counted: the consensus in 1 document (INT-1), the coders’ own codings, each stretch once, in 1."
    )
    shown = codings(made.study, looking_of(found.marks[made.documents[0]]))
    assert {(row.coder, row.name) for row in shown} == {
        (who, name) for who in ("AL", "BE") for name in ("Calling", "Fear")
    }
    assert {mark.settled for mark in corpus(made.study, by_coder=True).all_marks()} == {False}
    before = found
    (decision,) = Cases.of(made.study, made.blind).decisions
    reconciling.withdraw(made.study, decision.id)
    assert told(corpus(made.study, before=before))[0] == (CAME, "Calling", "ALBE", False), "it is open again"


def test_the_consensus_is_for_those_who_may_see_it_and_for_approaches_that_have_one(made):
    settle(made)
    made.study.act_as(made.third)
    found = corpus(made.study, before=None)
    assert told(found) == OWN, "Round 1 is open to all; of the blind round nothing yet"
    assert found.settled == frozenset()
    made.study.act_as(made.lead)
    for approach in ("reflexive", "grounded theory"):
        team.describe_study(made.study, approach=approach)
        found = corpus(made.study)
        assert told(found)[0] == (CAME, "Calling", "ALBE", False)
        assert "consensus" not in found.said


def test_what_repeats_a_coding_does_not_count_beside_it(made):
    pilot, again, own = (
        rounds.add_round(made.study, name=name, purpose=name, everyone=True)
        for name in ("pilot", "recheck", "practice")
    )
    where = document_text(made.study, made.documents[0]).text.index("Three letters")
    for round_id in (pilot, again, own):
        mark = coding.Mark(Passage(made.documents[0], where, where + 13), made.codes["Fear"], made.lead)
        coding.add_codings(made.study, round_id=round_id, marks=[mark])
    found = corpus(made.study)
    assert told(found) == OWN
    assert (
        "Where a main round coded a document, other rounds do not count there: pilot, recheck, practice." in found.said
    )
    coding.remove_codings(made.study, [row for mark in found.marks[made.documents[0]] for row in mark.codings[:1]])
    made.study.act_as(made.other)
    coding.remove_codings(made.study, [row for mark in found.marks[made.documents[0]] for row in mark.codings[1:]])
    found = corpus(made.study)
    assert told(found) == [("Three letters", "Fear", "AL", False), OWN[2]], "nothing but the pilot, and practice never"


def test_codings_of_a_search_count_when_they_are_confirmed(made):
    places = [made.passage(words) for words in ("My sister", "Three letters")]
    found = coding.code_hits(made.study, passages=places, code=made.codes["Fear"], round_id=made.round)
    assert told(corpus(made.study)) == OWN
    assert "Not counted: 2 codings that a search made and nobody confirmed." in corpus(made.study).said
    coding.confirm_codings(made.study, found[:1])
    assert told(corpus(made.study))[2] == ("My sister", "Fear", "AL", False)
    assert "Not counted: 1 coding that a search made and nobody confirmed." in corpus(made.study).said


def test_an_original_and_its_translation_count_as_one(made):
    incoming = documents.Incoming("INT-1 in Spanish", small.transcript(small.FIRST), translation_of=made.documents[0])
    translated = documents.import_document(made.study, incoming)
    found = corpus(made.study)
    assert [text.name for text in found.texts] == ["INT-1", "FG-1"]
    assert "Each text counts in one language; not counted: INT-1 in Spanish." in found.said
    place = made.passage(AFRAID)
    passage = Passage(translated, place.start, place.end)
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)
    assert told(corpus(made.study)) == OWN, "both are coded: the original counts"
    coding.remove_codings(made.study, [row for mark in found.marks[made.documents[0]] for row in mark.codings[:1]])
    made.study.act_as(made.other)
    coding.remove_codings(made.study, [row for mark in found.marks[made.documents[0]] for row in mark.codings[1:]])
    found = corpus(made.study)
    assert [text.name for text in found.texts] == ["FG-1", "INT-1 in Spanish"]
    assert [one.name for one in found.people] == ["Deputy (FG-1)", "Medic (FG-1)", "P (INT-1)"], "the same person"


def test_notes_are_about_those_whom_they_name(made):
    notes = small.transcript([(None, "participant", "He stood at the door."), (None, "participant", "Nobody came.")])
    key = documents.import_document(made.study, documents.Incoming("FN-1", notes, kind="field notes", group="Medics"))
    assert corpus(made.study).text[key].people == ()
    who = documents.add_participant(made.study, pseudonym="Orrin")
    documents.link_participant(made.study, key, participant=who)
    found = corpus(made.study)
    assert [(turn.speaker, turn.role, turn.participant, turn.words) for turn in found.text[key].turns] == [
        ("", "", who, 5),
        ("", "", who, 2),
    ]
    assert found.person[who].group == "Medics", "no group is recorded: the document's"
    assert (found.text[key].people, found.text[key].about) == ((who,), (who,))


# Renewal -----------------------------------------------------------------------------------------------------------


def _apply(made, chance):
    made.study.act_as(chance.choice([made.lead, made.other, made.third]))
    made.round = chance.choice([made.open, made.open, made.blind])
    words, document = chance.choice([(RANG, 0), (CAME, 0), (AFRAID, 0), (HOME, 1), ("Nobody ever thanks you", 1)])
    made.apply(words, chance.choice(["Calling", "Fear", "Wear"]), document=document)


def _remove(made, chance):
    rows = [key for mark in corpus(made.study, by_coder=True).all_marks() for key in mark.codings]
    coding.remove_codings(made.study, [chance.choice(rows)])


def _correct(made, chance):
    document = made.documents[chance.randrange(2)]
    text = document_text(made.study, document)
    turn = text.turns[1]
    words = text.text[turn.start : turn.end]
    corrections.correct_turn(made.study, document, turn=1, text=f"Oh. {words}")


def _decide(made, chance):
    rows = disagreements(made.study, round_id=made.blind, state="all").rows
    reconciling.decide(made.study, chance.choice(rows), outcome=chance.choice(["union", "none", "later"]))


def _settle_all(made, _chance):
    for row in disagreements(made.study, round_id=made.blind).rows:
        reconciling.decide(made.study, row, outcome="union")


def _name(made, chance):
    who = documents.add_participant(made.study, pseudonym=f"Pat {chance.randrange(99)}")
    speaker = documents.speaker_named(made.study, made.documents[1], "Medic")
    documents.describe_speaker(made.study, speaker, role="participant", participant=who)


def _purpose(made, chance):
    rounds.change_round(made.study, made.open, purpose=chance.choice(["main", "pilot"]))


DEEDS = {
    "apply": _apply,
    "remove": _remove,
    "correct": _correct,
    "decide": _decide,
    "settle": _settle_all,
    "name": _name,
    "purpose": _purpose,
    "blind": lambda made, chance: rounds.change_round(made.study, made.blind, blind=chance.choice([True, False])),
    "merge": lambda made, _chance: merging.merge_codes(made.study, [made.codes["Wear"]], into=made.codes["Fear"]),
    "rename": lambda made, chance: codebook.rename_code(
        made.study, made.codes["Fear"], name=f"F{chance.randrange(99)}"
    ),
    "theme": lambda made, chance: deeds.add_theme(made.study, name=f"T{chance.randrange(99)}", parent=made.theme),
    "reopen": lambda made, _chance: assignments.reopen(
        made.study, round_id=made.blind, coder=made.other, documents=made.documents[:1], reason="Again."
    ),
    "hand in": lambda made, chance: assignments.hand_in_round(made.study, round_id=made.blind),
    "delete": lambda made, chance: documents.remove_document(made.study, made.documents[1]),
    "approach": lambda made, chance: team.describe_study(made.study, approach=chance.choice(["reflexive", "codebook"])),
    "undo": lambda made, chance: made.study.undo(),
}


def whole(found):
    """All that a corpus says."""
    parts = found.texts, found.codes, found.themes, found.people, found.coders, found.attributes, found.said
    texts = [(text.document, text.name, text.text, text.turns, text.attributes, text.about) for text in found.texts]
    return texts, [dict(found.marks)], parts[1:], found.settled


def test_after_any_deed_what_is_renewed_is_what_reading_all_of_it_gives(made):
    made.open = made.round
    settle(made)
    chance = Random(13)
    known = {(coder, by): corpus_of(made, coder, by) for coder in (made.lead, made.third) for by in (False, True)}
    seen, settled = set(), set()
    for deed in [*DEEDS, *chance.choices([one for one in DEEDS if one != "delete"], k=12)]:
        made.study.act_as(made.lead)
        try:
            DEEDS[deed](made, chance)
        except QcodeError:
            continue
        seen.add(deed)
        for (coder, by), before in known.items():
            fresh, renewed = corpus_of(made, coder, by), corpus_of(made, coder, by, before)
            assert whole(renewed) == whole(fresh), (deed, by)
            known[coder, by] = renewed
            settled.add(len(renewed.settled))
    assert len(seen) > 10
    assert settled > {0}


def corpus_of(made, coder, by, before=None):
    made.study.act_as(coder)
    return corpus(made.study, before=before, by_coder=by)


def test_only_what_was_touched_is_made_anew(made):
    before = corpus(made.study)
    made.apply("Nobody ever thanks you", "Fear", document=1)
    after = corpus(made.study, before=before)
    first, second = made.documents
    assert after.marks[first] is before.marks[first]
    assert after.marks[second] is not before.marks[second]
    assert all(after.text[key] is before.text[key] for key in made.documents)
    assert isinstance(after.marks[second][0], Mark)
