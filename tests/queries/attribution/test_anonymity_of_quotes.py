"""What stands under quotes, over a study of fourteen people: by brute force, and case by case."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small import transcript

from qcode.errors import QcodeError
from qcode.ids import ParticipantId
from qcode.models import AttributionException, AttributionPolicy, StudyRecord
from qcode.models.attribution import POLICY_ID, is_sound
from qcode.operations import anonymity, attributes, cells, collecting, documents, team
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.attribution.policy import anonymity_policy
from qcode.queries.team import study_card
from qcode.queries.transcripts.documents import speakers_of
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, NewRow

PEOPLE = {  # pseudonym: role, group, gender, age, the document they speak in
    "Ana": ("chief", "CityOnly", "woman", "34", "CD-XA-01"),
    "Bo": ("chief", "CityOnly", "man", "51", "CD-XA-02"),
    "Cy": ("chief", "Rural", "man", "38", "CD-XB-03"),
    "Di": ("chief", "Rural", "woman", "47", "CD-XB-04"),
    "Ed": ("officer", "CityOnly", "man", "31", "CD-XA-05"),
    "Flo": ("officer", "CityOnly", "woman", "36", "EF-YA-06"),
    "Gil": ("officer", "Rural", "man", "39", "EF-YA-07"),
    "Hal": ("officer", "Rural", "man", "42", "EF-YA-08"),
    "Ian": ("officer", "CityOnly", "man", "45", "FG-1"),
    "Jo": ("nurse", "CityOnly", "man", "", "FG-1"),
    "Kai": ("nurse", "Rural", "other", "58", "FG-1"),
    "Lex": ("nurse", "Rural", "man", "52", "FG-1"),
    "Max": ("nurse", "Rural", "man", "33", "FG-1"),
    "Ned": ("", "Rural", "man", "29", "FG-1"),
}


@dataclass(frozen=True)
class Printed:
    """A passage to be printed, as a quote is."""

    id: str
    document: str
    start: int
    end: int
    attribution: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    speech: bool = True


@dataclass(frozen=True)
class Made:
    study: Study
    keys: dict[str, str]
    places: dict[str, tuple[str, str, int, int]]

    def quote(self, name: str, number: int = 0, own: str | None = None) -> Printed:
        document, title, start, end = self.places[name]
        fields = {"document": title, "id": title, "page": "", "pseudonym": name}
        return Printed(f"{name} {number}", document, start, end, own, fields)

    def words(self, template: str | None, *names: str, **more) -> list[str]:
        quotes = [self.quote(name, number) for number, name in enumerate(names)]
        found = attributions(self.study, quotes, template=template, **more)
        return [found.of(quote.id) for quote in quotes]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    study = Study.create(tmp_path_factory.mktemp("k") / "k.qcode", title="Referral", coder="Ana Lima")
    keys = {
        "gender": attributes.add_attribute(
            study, subject="participant", name="Gender", kind="category", levels=["woman", "man", "other"]
        ),
        "age": attributes.add_attribute(study, subject="participant", name="Age in years", kind="number"),
    }
    rows = {name: NewRow(name) for name in PEOPLE}
    columns = ("role", "group", keys["gender"], keys["age"])
    entries = [
        CellEntry(rows[name].id, column, value)
        for name, said in PEOPLE.items()
        for column, value in zip(columns, said, strict=False)
        if value
    ]
    cells.write_cells(study, "participant", Block(tuple(entries), tuple(rows.values())))
    places = {}
    for title in sorted({said[-1] for said in PEOPLE.values()}):
        here = [name for name, said in PEOPLE.items() if said[-1] == title]
        talk = transcript([("I", "interviewer", "How was it?"), *((name, "participant", "We went.") for name in here)])
        document = documents.import_document(study, documents.Incoming(title, talk, kind="interview", group="Talk"))
        with study.read() as session:
            speakers = {row.label: row.id for row in speakers_of(session, document).values()}
        for turn in talk.turns[1:]:
            documents.describe_speaker(
                study, speakers[turn.speaker], role="participant", participant=rows[turn.speaker].id
            )
            places[turn.speaker] = document, title, turn.start, turn.end
    yield Made(study, keys, places)
    study.close()


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


# The policy --------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_study(made, tmp_path):
    """A copy of the study that may be written."""
    path = tmp_path / "copy.qcode"
    path.write_bytes(made.study.path.read_bytes())
    with Study.open(path) as study:
        study.act_as(made.study.coder)
        yield Made(study, made.keys, made.places)


def test_the_policy_decides_what_gives_way(open_study):
    study, keys = open_study.study, open_study.keys
    assert open_study.words("{role}, {gender}", "Gil", k=4) == ["officer, man"]
    assert open_study.words("{role}, {gender}", "Gil", k=5) == ["officer"]
    anonymity.set_worth(study, worth=[keys["gender"], "role"])
    assert open_study.words("{role}, {gender}", "Gil", k=5) == ["man"]
    anonymity.set_ladder(study, "role", steps=[{"chief": "police", "officer": "police"}])
    assert open_study.words("{role}, {gender}", "Gil", "Kai", k=5) == ["police, man", ""]
    anonymity.set_disclosed(study, pseudonyms=[], ids=[])
    assert open_study.words("{pseudonym}, {id}", "Ana") == ["Ana, CD-XA-01"]
    anonymity.set_disclosed(study, usual=True)
    assert open_study.words("{pseudonym}, {id}", "Ana") == ["Participant 1, CD-P1"]
    anonymity.set_ladder(study, keys["age"], steps=[5, 50])
    assert open_study.words("{age in years}", "Ana", "Gil", k=3) == ["30–34", "35–39"]
    policy = anonymity_policy(study)
    assert [one.key for one in policy.fields][:2] == [keys["gender"], "role"]


def test_what_is_missing_tells_nothing_where_that_is_asked(open_study):
    assert open_study.words("{role}", "Ed", "Ned", "Ana", k=5) == ["officer", "", ""]
    anonymity.set_covering(open_study.study, covering=True)
    assert open_study.words("{role}", "Ed", "Ned", "Ana", k=5) == ["officer", "", ""]  # nine have no role printed
    assert open_study.words("{role}", "Ed", "Jo", "Ana", "Ned", k=4) == ["officer", "", "chief", ""]
    quotes = [open_study.quote("Jo")]
    found = attributions(open_study.study, [*quotes, open_study.quote("Ned")], template="{role}", k=4)
    assert found.why("Jo 0") == (
        "Role “nurse” is left out, or those of whom it has to be left out would be known by that.",
    )


def test_one_exception_for_a_template_prints_what_few_share_and_is_told_with_its_reason(open_study):
    study = open_study.study
    anonymity.set_template(study, template="[{role} #{n}], {group}")
    assert open_study.words(None, "Ana", "Bo", "Ed", "Kai") == [
        "[Participant #1], CityOnly",
        "[Participant #2], CityOnly",
        "[officer #1]",
        "[Participant #3], Rural",
    ]
    made = anonymity.allow_exception(study, reason="They agreed in writing.", about="role", value="Chief")
    assert open_study.words(None, "Ana", "Bo", "Ed", "Kai") == [
        "[chief #1], CityOnly",
        "[chief #2], CityOnly",
        "[officer #1]",
        "[Participant #1], Rural",
    ]
    found = attributions(study, [open_study.quote("Ana"), open_study.quote("Kai")])
    ana, kai = found.people
    assert ana.exception is not None
    assert kai.exception is None
    assert found.at_risk == (ana,)
    assert found.said.startswith("What is printed of anybody else in attributions is shared by at least 5 of the 14")
    assert "Excepted: those whose Role is “Chief”, by Ana Lima on 20" in found.said
    assert found.said.endswith("because: They agreed in writing.")
    anonymity.set_template(study, template="{role}, {group}")
    assert open_study.words(None, "Ana") == ["CityOnly"]  # it was allowed for the other template alone
    anonymity.set_template(study, template="[{role} #{n}], {group}")
    anonymity.lift_exception(study, made)
    assert open_study.words(None, "Ana") == ["[Participant #1], CityOnly"]


def test_bad_input_is_answered_with_a_sentence_and_changes_nothing(open_study):
    study, keys = open_study.study, open_study.keys
    before = anonymity_policy(study)
    refused = (
        (lambda: anonymity.set_template(study, template="{age}"), r"unknown field “\{age\}”.*\{Age in years\}"),
        (lambda: anonymity.set_k(study, k=2), "between 3 and 20"),
        (lambda: anonymity.set_k(study, k=21), "between 3 and 20"),
        (lambda: anonymity.set_worth(study, worth=["nothing"]), "no longer in the study"),
        (lambda: anonymity.set_ladder(study, keys["age"], steps=[20, 10]), "wider than the one before"),
        (lambda: anonymity.set_ladder(study, keys["age"], steps=[0]), "bands of a width"),
        (lambda: anonymity.set_ladder(study, "role", steps=[10]), "coarser words"),
        (lambda: anonymity.set_ladder(study, "role", steps=[{"chief": "Chief"}]), "stands for itself"),
        (lambda: anonymity.set_ladder(study, "role", steps=[{"a": "b"}] * 6), "5 steps are enough"),
        (lambda: anonymity.set_ladder(study, "pseudonym", steps=[{"a": "b"}]), "printed or left out"),
        (lambda: anonymity.allow_exception(study, reason="  "), "Write the reason"),
        (lambda: anonymity.allow_exception(study, reason="x", about="role"), "needs a name"),
    )
    for deed, sentence in refused:
        with pytest.raises(QcodeError, match=sentence):
            deed()
    anonymity.set_template(study, template="")
    with pytest.raises(QcodeError, match="needs no exception"):
        anonymity.allow_exception(study, reason="x")
    anonymity.set_template(study, template=before.template)
    assert anonymity_policy(study) == before


def test_only_who_leads_loosens_what_protects_people(open_study):
    study = open_study.study
    anonymity.allow_exception(study, reason="They agreed.")
    (exception,) = anonymity_policy(study).exceptions
    study.act_as(team.add_coder(study, name="Bo Ek"))
    deeds = (
        lambda: anonymity.set_k(study, k=3),
        lambda: anonymity.set_worth(study, worth=["role"]),
        lambda: anonymity.set_disclosed(study, pseudonyms=[]),
        lambda: anonymity.set_covering(study, covering=False),
        lambda: anonymity.allow_exception(study, reason="x"),
    )
    for deed in deeds:
        with pytest.raises(QcodeError, match="Only whoever leads"):
            deed()
    anonymity.lift_exception(study, exception.id)
    assert anonymity_policy(study).exceptions == ()


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


def test_a_file_that_comes_may_protect_people_more_and_never_less(tmp_path):
    path = tmp_path / "lead.qcode"
    with Study.create(path, title="Referral", coder="Ana Lima") as study:
        coder = team.add_coder(study, name="Bo Ek")
        allowed = anonymity.allow_exception(study, reason="They agreed.")
        anonymity.set_worth(study, worth=["role", "group"])

        def comes(name, deed):
            file = tmp_path / f"{name}.qcode"
            collecting.hand_out(study, coder, file)
            with Study.open(file) as theirs:
                deed(theirs)
            return file

        def forge(kind, field, value):
            def deed(theirs):
                with theirs.transact("Forge") as session:
                    setattr(session.query(kind).one(), field, value)

            return deed

        forged = {
            "k": forge(StudyRecord, "k", 3),
            "policy": forge(AttributionPolicy, "worth", ["group"]),
            "reason": forge(AttributionException, "reason", "I say so."),
        }
        for name, deed in forged.items():
            with pytest.raises(QcodeError, match="Bo Ek"):
                collecting.hand_in(study, comes(name, deed))
        assert study_card(study).k == 5
        collecting.hand_in(study, comes("lifted", lambda theirs: anonymity.lift_exception(theirs, allowed)))
        assert anonymity_policy(study).exceptions == ()


def test_a_policy_that_was_written_by_nobody_knows_what_is_read_as_far_as_it_is_one(open_study):
    study = open_study.study
    before = anonymity_policy(study)
    with study.transact("Forge") as session:
        session.add(
            AttributionPolicy(
                id=POLICY_ID,
                worth=["role", 7, "nothing"],
                ladders={"role": [["chief"], "x", [["chief", "police"], ["a"]]], open_study.keys["age"]: [-1, "x", 10]},
                tells={"pseudonym": ["nothing", 3], "id": ["x", 0]},
            )
        )
    policy = anonymity_policy(study)
    ladders = {one.name: one.ladder for one in policy.fields}
    assert {one.key for one in policy.fields} == {one.key for one in before.fields}
    assert policy.fields[0].key == "role"
    assert ladders["role"][-1] == {"chief": "police"}
    assert ladders["age in years"] == (10.0,)
    assert (policy.pseudonym_tells, policy.id_tells) == ((), (0,))
    assert open_study.words("{role}", "Ana")


UNREADABLE = (
    {"worth": [[]]}, {"worth": [{}]}, {"ladders": {"role": 7}}, {"ladders": []}, {"tells": {"pseudonym": [{}]}},
    {"tells": {"id": ["x"]}}, {"tells": "x"},
)  # fmt: skip


@pytest.mark.parametrize("wrong", UNREADABLE)
def test_a_policy_that_nobody_could_read_is_not_taken_in(wrong):
    policy = {"worth": ["role"], "ladders": {"role": [[["a", "b"]]], "age": [10.0]}, "tells": {"id": [0]}}
    assert is_sound("attribution_policy", policy, {})
    assert is_sound("quote", wrong, {})
    assert not is_sound("attribution_policy", policy | wrong, {})
