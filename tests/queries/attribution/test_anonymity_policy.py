"""What a study decides about the words under its quotes, who may decide it, and what no file can bring."""

from __future__ import annotations

import pytest

from qcode.errors import QcodeError
from qcode.models import AttributionException, AttributionPolicy, StudyRecord
from qcode.models.attribution import POLICY_ID, is_sound
from qcode.operations import anonymity, collecting, team
from qcode.queries.attribution.anonymity import attributions
from qcode.queries.attribution.policy import anonymity_policy
from qcode.queries.team import study_card
from qcode.study import Study


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
