"""What stands under quotes, over a study of fourteen people: by brute force, and case by case."""

from __future__ import annotations

import pytest
from fourteen_people import PEOPLE, Printed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import transcript

from qcode.errors import QcodeError
from qcode.ids import ParticipantId
from qcode.operations import anonymity, documents
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.transcripts.documents import speakers_of

# The law, from the printed words alone -----------------------------------------------------------------------------

TEMPLATES = (
    "{pseudonym}, {role}", "[{role} #{n}]", "{id}", "{gender}, {age in years}", "{pseudonym} ({role}, {group})",
    "{document}: {gender}", "", "{n}", "{role}, {gender}, {age in years}, {id}", "{pseudonym}",
)  # fmt: skip


def truths(name: str) -> dict[str, set[str]]:
    """Every word that can be printed of somebody, by what it tells."""
    role, group, gender, age, document = PEOPLE[name]
    parts = document.split("-")
    ages = {age, f"{age[:1]}0–{age[:1]}9", _twenty(age)} if age else set()
    return {"role": {role}, "group": {group}, "gender": {gender}, "age": ages,
            "county": {parts[0]}, "agency": set(parts[1:-1])}  # fmt: skip


def _twenty(age: str) -> str:
    low = int(age) // 20 * 20
    return f"{low}–{low + 19}"


def told(words: str) -> dict[str, set[str]]:
    """What printed words tell, read from them as a stranger would who knows the policy."""
    found: dict[str, set[str]] = {}
    for name in PEOPLE:
        if name in words.replace(",", " ").replace("(", " ").split():
            found.setdefault("gender", set()).add(PEOPLE[name][2])
        for what, values in truths(name).items():
            for value in values - {""}:
                if value in words.replace("-", " ").replace(",", " ").replace(":", " ").replace("[", " ").split():
                    found.setdefault(what, set()).add(value)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(sorted(PEOPLE)), st.sampled_from([None, None, *TEMPLATES])), max_size=9),
    st.sampled_from(TEMPLATES),
    st.integers(3, 7),
    st.randoms(use_true_random=False),
)
def test_all_that_is_printed_of_one_person_is_true_of_k_people(made, asked, template, k, random):
    quotes = [made.quote(name, number, own) for number, (name, own) in enumerate(asked)]
    found = attributions(made.study, quotes, k=k, template=template)
    union: dict[str, dict[str, set[str]]] = {}
    for quote, (name, _own) in zip(quotes, asked, strict=True):
        beside = found.document(quote.document, quote.fields["document"]), found.speaker(quote.document, name)
        for words in (found.of(quote.id), *beside):
            for what, values in told(words).items():
                union.setdefault(name, {}).setdefault(what, set()).update(values)
    for name, known in union.items():
        for what, values in known.items():
            assert values <= truths(name)[what], (name, known)  # nothing false is printed
        sharing = [other for other in PEOPLE if all(values <= truths(other)[what] for what, values in known.items())]
        assert len(sharing) >= k, (name, known, [found.of(quote.id) for quote in quotes])
    random.shuffle(quotes)
    again = attributions(made.study, quotes, k=k, template=template)
    steps = {person.id: person.steps for person in found.people}
    assert {person.id: person.steps for person in again.people} == steps


# Case by case ------------------------------------------------------------------------------------------------------


def test_a_woman_s_name_gives_way_where_few_women_took_part_and_is_replaced_in_order_of_print(made):
    assert made.words("{pseudonym}, {group}", "Flo", "Bo", "Ana", "Flo") == [
        "Participant 1, CityOnly",
        "Bo",
        "Participant 2, CityOnly",
        "Participant 1, CityOnly",
    ]
    assert made.words("{pseudonym}, {group}", "Ana", "Flo", k=3) == ["Ana", "Flo"]


def test_an_id_that_names_county_and_agency_is_cut_down_to_what_enough_people_share(made):
    assert made.words("{id}", "Ana", "Ian", "Flo", k=5) == ["CD-P1", "FG-1", "Participant 2"]
    assert made.words("{id}", "Ana", "Flo", k=3) == ["CD-XA-01", "EF-YA-06"]


def test_people_are_numbered_by_what_stands_before_their_number(made):
    assert made.words("[{role} #{n}]", "Ed", "Jo", "Flo", "Ed", "Hal", k=4) == [
        "[officer #1]",
        "[nurse #1]",
        "[officer #2]",
        "[officer #1]",
        "[officer #3]",
    ]
    assert made.words("[{role} #{n}]", "Ana", "Ed", "Bo", k=5) == [
        "[Participant #1]",
        "[officer #1]",
        "[Participant #2]",
    ]


def test_numbers_become_bands_before_they_are_left_out(made):
    assert made.words("{age in years}", "Ana", "Hal", "Ned", "Jo") == ["30–39", "40–59", "20–39", ""]


def test_why_something_is_missing_is_told_for_each_quote_and_each_person(made):
    quotes = [made.quote("Ana"), made.quote("Bo")]
    found = attributions(made.study, quotes, template="{pseudonym}, {role}")
    assert found.why("Ana 0") == (
        "Pseudonym, which gives away “woman”, is left out: only 3 people share it.",
        "Role “chief” is left out: only 4 people share it.",
    )
    assert [(one.name, one.quotes, one.wanted, one.alike, one.printed) for one in found.people] == [
        ("Ana", 1, 2, 14, "Participant 1"),
        ("Bo", 1, 2, 10, "Bo"),
    ]
    assert len(found.others) == len(PEOPLE) - 2
    assert found.said == "What is printed of one person in attributions is shared by at least 5 of the 14 people."
    assert not found.at_risk


def test_what_different_quotes_of_one_person_ask_is_counted_together(made):
    """Each of the two alone is common; together they would tell who it is."""
    role, gender = made.quote("Hal", 1, "{role}"), made.quote("Hal", 2, "{gender}")
    alone = attributions(made.study, [role], template="")
    assert alone.of("Hal 1") == "officer"
    both = attributions(made.study, [role, gender], template="")
    assert (both.of("Hal 1"), both.of("Hal 2")) == ("officer", "")
    assert "only 4 people share it with what is printed beside it" in both.why("Hal 2")[0]


def test_words_written_by_hand_are_printed_and_counted(made):
    own = made.quote("Ana", 1, "A chief from the city")
    found = attributions(made.study, [own, made.quote("Ana", 2)], template="{gender}")
    assert (found.of("Ana 1"), found.of("Ana 2")) == ("A chief from the city", "")
    (ana,) = found.people
    assert (ana.by_hand, ana.alike) == (("Role",), 4)
    assert found.at_risk == (ana,)
    assert found.said == (
        "What is printed of anybody else in attributions is shared by at least 5 of the 14 people. "
        "Words written by hand tell more of one person."
    )


def test_names_before_lines_of_talk_count_as_printed_and_are_replaced(made):
    document, title, start, _end = made.places["Jo"]
    end = made.places["Kai"][3]
    talk = Printed("both", document, start, end, "", {"document": title})
    found = attributions(made.study, [talk])
    assert found.speaker(document, "Jo") == "Jo"
    assert found.speaker(document, "Kai") == "Participant 1"
    assert {person.name for person in found.people} == {"Jo", "Kai"}


def test_columns_beside_the_quotes_are_counted_too(made):
    quotes = [made.quote("Ana"), made.quote("Ian")]
    found = attributions(made.study, quotes, template="")
    where = {quote.id: (quote.document, quote.fields["document"]) for quote in quotes}
    assert found.document(*where["Ana 0"]) == "CD-P1"
    assert found.document(*where["Ian 0"]) == "FG-1"
    assert found.speaker(where["Ana 0"][0], "Ana") == "Participant 1"
    numbered = attributions(made.study, [*quotes, made.quote("Bo")], template="[{role} #{n}]", k=4)
    printed = [numbered.of(quote) for quote in ("Ana 0", "Ian 0", "Bo 0")]
    assert printed == ["[chief #1]", "[officer #1]", "[chief #2]"]
    places = {quote.id: (quote.document, quote.id.split()[0]) for quote in (*quotes, made.quote("Bo"))}
    assert [numbered.speaker(*places[quote]) for quote in ("Ana 0", "Ian 0", "Bo 0")] == printed  # not by a name
    assert numbered.document(*where["Ana 0"]) == "CD-P1"  # the four chiefs are all from there


@pytest.mark.parametrize("template", ["{age}", "{pseudonym", "{gender}}"])
def test_a_template_that_cannot_be_read_is_refused_when_it_is_tried(made, template):
    with pytest.raises(QcodeError, match="attribution"):
        made.words(template, "Ana")


def test_the_words_of_a_document_that_nobody_speaks_in_are_attributed_to_it(made):
    place = made.places["Ana"]
    question = Printed("q", place[0], 0, 3, None, {"document": "CD-XA-01", "id": "CD-XA-01", "pseudonym": "Report"})
    found = attributions(made.study, [question], template="{pseudonym}, {id}")
    assert found.of("q") == "Report, CD-XA-01"
    assert found.people == ()


def test_somebody_who_is_no_participant_yet_is_counted_apart(open_study):
    study = open_study.study
    talk = transcript([("Deputy", "participant", "We went."), ("Medic", "participant", "They went.")])
    document = documents.import_document(study, documents.Incoming("FG-9", talk, kind="focus group", group="CityOnly"))
    quote = Printed("q", document, 0, 8, None, {"document": "FG-9", "id": "FG-9"})
    found = attributions(study, [quote], template="{pseudonym}, {group}")
    assert found.of("q") == "Deputy"  # two of them belong to the group, as far as anybody knows


def test_a_document_that_is_called_by_a_name_tells_what_the_name_tells(open_study):
    quotes = {name: open_study.quote(name) for name in ("Ana", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal")}
    for name, quote in quotes.items():
        title = f"Talk with {name}, 2" if name in ("Bo", "Di") else name
        documents.rename_document(open_study.study, quote.document, name=title)

    def printed(name, template="{role} {n}"):
        found = attributions(open_study.study, quotes.values(), template=template)
        return found.of(quotes[name].id), found.document(quotes[name].document, "")

    assert printed("Ana", "{pseudonym}") == ("Participant 1", "Participant 1")
    assert printed("Bo", "{pseudonym}") == ("Bo", "Talk with Bo, 2")
    for number, name in ((2, "Flo"), (4, "Hal")):  # no name is asked for, and too few officers are women, or men
        attributed, title = printed(name)
        assert attributed == f"officer {number}"
        assert title.startswith("Participant ")
    anonymity.set_disclosed(open_study.study, pseudonyms=())
    assert printed("Flo") == ("officer 2", "Flo")


def test_whoever_is_linked_to_a_speaker_is_counted_whatever_their_part_is(made):
    document, _title, _start, _end = made.places["Kai"]
    with made.study.read() as session:
        speakers = {row.label: row.id for row in speakers_of(session, document).values()}
    participant = attributions(made.study, []).crowd.by_speaker[speakers["Kai"]]
    before = made.words("{pseudonym}, {role}", "Kai")
    documents.describe_speaker(made.study, speakers["Kai"], role="other", participant=ParticipantId(participant))
    try:
        assert made.words("{pseudonym}, {role}", "Kai") == before == ["Participant 1"]
    finally:
        documents.describe_speaker(
            made.study, speakers["Kai"], role="participant", participant=ParticipantId(participant)
        )


def test_notes_are_cited_by_the_name_of_the_document_as_far_as_it_may_be_told(made):
    document, title, start, end = made.places["Ana"]
    notes = Printed("n", document, start, end, None, {"document": title}, speech=False)
    found = attributions(made.study, [notes], template="{pseudonym}, {role}")
    assert (found.of("n"), found.document(document, title)) == ("", "CD-P1")
