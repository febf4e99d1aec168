from __future__ import annotations

import re
from itertools import pairwise
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qcode.deidentification import (
    Entity,
    NothingToDecideError,
    Place,
    PseudonymIsNameError,
    PseudonymTakenError,
    SameInitialError,
    decide,
    distinct,
    pseudonyms,
    replaced,
    replaced_transcript,
    scan,
    screen,
    suggestions,
    variants,
)
from qcode.transcripts import LabelChoice, Transcript, Turn
from qcode.transcripts.values import Heading

ANNS = [
    Entity("1", "name", ("Ann",), "Kim"),
    Entity("2", "place", ("Ann Arbor",), "[city]"),
    Entity("3", "name", ("Anna",), "Lou"),
]


def said(text: str, *entities: Entity) -> str:
    return replaced(text, entities).text


def test_the_longest_form_goes_first_and_none_is_replaced_twice() -> None:
    assert said("Ann saw Anna in Ann Arbor", *ANNS) == "Kim saw Lou in [city]"
    swapped = (Entity("1", "name", ("Kim",), "Lou"), Entity("2", "name", ("Lou",), "Kim"))
    assert said("Kim met Lou", *swapped) == "Lou met Kim"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Marisol's hat", "Ana's hat"),
        ("MARISOL’S hat and marisol", "ANA’S hat and ana"),
        ("three Marisols", "three Anas"),
        ("Marisolita, Amarisol", "Marisolita, Amarisol"),
        ("Mari\u0301sol is not Marisol_2", "Ana is not Ana_2"),
        ("Interview_Marisol.docx", "Interview_Ana.docx"),
    ],
)
def test_forms_are_whole_words_in_any_case_and_endings_stay(before: str, after: str) -> None:
    assert said(before, Entity("1", "name", ("Marisol",), "Ana")) == after


def test_a_name_that_ends_in_s_gives_its_apostrophe_to_the_pseudonym() -> None:
    james = Entity("1", "name", ("James",), "Otto")
    assert said("James' hat, 'James', James’s", james) == "Otto's hat, 'Otto', Otto’s"


def test_words_that_are_names_are_replaced_with_their_capital_alone() -> None:
    assert said("Will said I will", Entity("1", "name", ("Will",), "Bo")) == "Bo said I will"


def test_spaces_apostrophes_and_dashes_of_a_form_may_differ_but_lines_are_not_crossed() -> None:
    entities = (Entity("1", "name", ("Siobhan O'Rafferty",), "Kai"), Entity("2", "name", ("Soo-yeon",), "Mia"))
    assert said("Siobhan  O’Rafferty and Soo‑yeon", *entities) == "Kai and Mia"
    assert said("Siobhan\nO'Rafferty", *entities) == "Siobhan\nO'Rafferty"


def test_events_and_earlier_replacements_are_left_alone() -> None:
    entities = (Entity("1", "name", ("Laughter",), "Bo"), Entity("2", "name", ("sister",), "[sister of Bo]"))
    once = said("[laughter] Laughter and my sister [inaudible 00:01]", *entities)
    assert once == "[laughter] Bo and my [sister of Bo] [inaudible 00:01]"
    assert said(once, *entities) == once


def test_scripts_without_spaces_and_a_replacement_that_looks_like_a_pattern() -> None:
    assert (
        said("李明说 a.b", Entity("1", "name", ("李明",), r"\1[x]"), Entity("2", "id", ("a.b",), "[$0]"))
        == r"\1[x]说 [$0]"
    )


def test_a_place_chosen_by_hand_is_replaced_there_alone() -> None:
    here = Entity("1", "name", ("Hope",), "[name]", "here", (Place("d1", 0, 4),))
    assert replaced("Hope and Hope", [here], document="d1").text == "[name] and Hope"
    assert replaced("Hope and Hope", [here], document="d2").text == "Hope and Hope"
    assert replaced("Ho", [here], document="d1").text == "Ho"


NAMES = ("Ann", "Ann Arbor", "Anna", "Bo", "Will", "O'Dell", "李明", "Zoë", "J. T.", "14 May")
TEXTS = st.lists(
    st.sampled_from(
        [*NAMES, "ann", "ANNA", "Anns", "Zoe's", "will", "saw", "[inaudible]", "[x]", "😀", "\n", ".", "'", "s"]
    ),
    max_size=25,
).flatmap(lambda words: st.sampled_from([" ", "", "  ", ", "]).map(lambda gap: gap.join(words)))
ENTITIES = st.lists(st.sampled_from(NAMES), unique=True, max_size=6).map(
    lambda forms: [
        Entity(f"e{n}", "name", (form,), ("[x]", "Quux", "[person 2]")[n % 3]) for n, form in enumerate(forms)
    ]
)


@settings(max_examples=1000, deadline=None)
@given(TEXTS, ENTITIES, st.integers(0, 1 << 30))
def test_one_pass_moves_every_range_exactly(text: str, entities: list[Entity], seed: int) -> None:
    done = replaced(text, entities)
    edits = done.edits
    assert all(0 <= edit.start < edit.end <= len(text) for edit in edits)
    assert all(before.end <= after.start for before, after in pairwise(edits))
    built, past = [], 0
    for one in done.replacements:
        built += [text[past : one.start], one.text]
        past = one.end
    assert "".join([*built, text[past:]]) == done.text
    chance = Random(seed)
    for _ in range(20):  # 20,000 ranges in all
        start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        there = done.mapping.place(start, end)
        assert 0 <= there.start <= there.end <= len(done.text)
        inside = [one for one in done.replacements if one.start < end and start < one.end]
        first = min([start, *(one.start for one in inside)])
        last = max([end, *(one.end for one in inside)])
        if start < end:
            assert done.text[there.start : there.end] == replaced_part(text, first, last, done.replacements)


def replaced_part(text: str, start: int, end: int, replacements) -> str:
    parts, past = [], start
    for one in replacements:
        if start <= one.start and one.end <= end:
            parts += [text[past : one.start], one.text]
            past = one.end
    return "".join([*parts, text[past:end]])


@settings(max_examples=400, deadline=None)
@given(TEXTS, ENTITIES)
def test_after_a_pass_no_form_is_left_and_a_second_pass_does_nothing(text: str, entities: list[Entity]) -> None:
    bracketed = [Entity(one.id, one.category, one.forms, "[person]") for one in entities]
    once = replaced(text, bracketed).text
    assert replaced(once, bracketed).text == once
    left = [form for one in entities for form in one.forms]
    outside = re.sub(r"\[(?:person|inaudible)\]", lambda found: " " * len(found[0]), once)
    assert screen(outside, left) == ()


def test_decisions_keep_pseudonyms_unique_and_apart_from_names() -> None:
    made = decide((), "Marisol Echeverría", "replace", replacement="Ana")
    with pytest.raises(PseudonymTakenError):
        decide(made, "Bo", "replace", replacement="Ana")
    with pytest.raises(PseudonymIsNameError):
        decide(made, "Bo", "replace", replacement="Marisol")
    with pytest.raises(SameInitialError):
        decide(made, "Bo", "replace", replacement="Ben")
    with pytest.raises(NothingToDecideError):
        decide(made, " …", "keep")
    assert decide(made, "marisol  echeverria", "replace", replacement="Cleo")[0].replacement == "Cleo"
    assert len(decide(made, "MARISOL ECHEVERRÍA", "keep")) == 1


def test_another_spelling_joins_the_entity_and_leaves_the_one_it_had() -> None:
    made = decide(decide((), "Marisol", "replace", replacement="Ana"), "Marysol", "replace", replacement="Ben")
    joined = decide(made, "Marysol", "replace", entity=made[0].id)
    assert [one.forms for one in joined] == [("Marisol", "Marysol")]
    assert said("Marysol and Marisol", *joined) == "Ana and Ana"


def test_only_here_leaves_the_decision_elsewhere_as_it_is() -> None:
    made = decide(decide((), "Hope", "keep"), "Hope", "here", replacement="[name]", places=[Place("d", 0, 4)])
    assert [one.decision for one in made] == ["keep", "here"]
    assert replaced("Hope, I hope. Hope", made, document="d").text == "[name], I hope. Hope"


def test_suggestions_fit_the_category_and_are_free() -> None:
    made = decide((), "Bo", "replace", replacement="Ana")
    assert suggestions("ninety-four", "age")[0] == "[age 90 or over]"
    assert suggestions("March 14th, 2019", "date")[0] == "[march 2019]"
    assert suggestions("the Larkmoor clinic", "organisation")[0] == "[clinic]"
    first = suggestions("Cleo Diaz", "name", made)[0]
    assert first not in ("Ana", "Cleo")
    assert first[0] not in "CD"
    friend = decide((), "Bo", "replace", replacement="[friend]")
    assert "[friend 2]" in suggestions("Di", "name", friend)


def test_there_is_always_another_pseudonym() -> None:
    made: tuple[Entity, ...] = ()
    for number in range(150):
        name = f"Zed{number}"
        made = decide(made, name, "replace", replacement=pseudonyms(name, made, count=1)[0])
    assert len({one.replacement for one in made}) == 150


def test_variants_are_a_letter_or_two_apart() -> None:
    assert variants("Marisol", ["Marysol", "Marisols", "Maria", "marisol", "Marsiol", "Carol"]) == (
        "Marisols",
        "Marsiol",
        "Marysol",
    )
    assert variants("Bo", ["Bob", "Jo"]) == ()


def test_names_are_screened_without_accents_and_with_endings() -> None:
    assert screen("echeverria's and Anns", ["Echeverría", "Ann"]) == ((0, 10), (17, 20))
    assert screen("planned annual will", ["Ann", "Will"]) == ()


def test_strings_are_reviewed_once_over_all_texts_the_surest_first() -> None:
    texts = {"a": "We met Mrs. Okafor and Dawn there.", "b": "I saw Dawn. So did Dawn's aunt, 4471."}
    made = decide((), "Dawn", "keep")
    rows = distinct({name: scan(text) for name, text in texts.items()})
    assert [(row.text, len(row.places)) for row in rows] == [("Mrs. Okafor", 1), ("Dawn", 3), ("4471", 1)]
    assert distinct({"a": scan(texts["a"])}, made)[1].decision == "keep"


def test_a_whole_transcript_is_replaced_with_its_labels_and_metadata() -> None:
    text = "Where, Ann?\nIn Ann Arbor, 😀 with Anna."
    label = LabelChoice("ANN", 1, 2, "In Ann Arbor", "participant", accepted=True, score=3, name="Ann", proposal=None)
    before = Transcript(
        text,
        (
            Turn(0, "I", "interviewer", 0, None, 0, 11, frozenset()),
            Turn(1, "Ann", "participant", 5, None, 12, len(text), frozenset(), question="Where, Ann?"),
        ),
        (label,),
        metadata={"file": "Interview with Anna.docx"},
        anchors=((12, 5),),
        headings=(Heading(0, 11, 1),),
        pages=((0, 1), (12, 2)),
    )
    after, done = replaced_transcript(before, ANNS)
    assert [after.text[turn.start : turn.end] for turn in after.turns] == ["Where, Kim?", "In [city], 😀 with Lou."]
    assert (after.turns[1].speaker, after.turns[1].question) == ("Kim", "Where, Kim?")
    assert (after.labels[0].label, after.labels[0].name, after.labels[0].first_line) == ("KIM", "Kim", "In [city]")
    assert after.metadata == {"file": "Interview with Lou.docx"}
    assert (after.anchors, after.pages) == (((12, 5),), ((0, 1), (12, 2)))
    assert dict(done.counts) == {"name": 2, "place": 1}
    assert "Ann" not in repr(SimpleNamespace(a=after, d=done))
