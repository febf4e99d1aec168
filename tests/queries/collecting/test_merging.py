"""What is seen of codes that were merged: everything under the code they stand for, and undo brings all back."""

from __future__ import annotations

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qcode.exchange.codebook import CodeEntry
from qcode.models import Code
from qcode.models.merging import followed, merged_codes, with_merged
from qcode.operations import assignments, code_sets, codebook, coding, merging, quotes, themes
from qcode.operations.codebook import Definition
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codebook.code_sets import code_sets as list_sets
from qcode.queries.codebook.tree import code_entries, definitions
from qcode.queries.codebook.tree import codebook as list_codes
from qcode.queries.codings import Looking, code_paths, codings, codings_of, passages
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.reports.themes_report import themes_report
from qcode.queries.themes.outline import themes as list_themes
from qcode.queries.transcripts.documents import documents

NAMES = ("Scene", "Calling", "Fear", "Wear")


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def merge(made, *names, into):
    merging.merge_codes(made.study, [made.codes[name] for name in names], into=made.codes[into])


def point(made, **pointers):
    """Merged codes as copies could bring them together."""
    with made.study.transact("As copies could") as session:
        for name, into in pointers.items():
            row = session.get_one(Code, made.codes[name])
            row.status, row.merged_into_id = "merged", made.codes[into]


def view(made):
    """All that the queries say about codes and codings."""
    study = made.study
    return (
        list_codes(study),
        codings(study, Looking()),
        passages(study, Looking()),
        list_themes(study),
        list_sets(study),
        documents(study),
        code_entries(study),
        themes_report(study),
    )


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 8)))
def test_every_pointer_ends_where_no_pointer_leads_on_or_in_its_circle(pointers):
    found = followed({str(start): str(end) for start, end in pointers.items()})
    for start, end in found.items():
        assert start != end
        assert end not in found
        walked, current = [], start
        while current != end:
            assert current not in walked
            walked.append(current)
            current = str(pointers[int(current)])
    for start in {str(start) for start in pointers} - found.keys():
        circle, current = [start], str(pointers[int(start)])
        while current != start:
            circle.append(current)
            current = str(pointers[int(current)])
        assert min(circle) == start


def test_codes_asked_for_stand_for_those_merged_into_them():
    assert with_merged(["a", "d"], {"b": "a", "c": "a", "e": "f"}) == {"a", "b", "c", "d"}


def test_codings_are_shown_under_the_code_theirs_was_merged_into_and_stay_as_made(made):
    merge(made, "Calling", into="Fear")
    rows = codings_of(made.study, made.documents[0])
    assert {(row.name, row.code) for row in rows} == {("Fear", made.codes["Fear"])}
    assert [row.made_with for row in rows] == [made.codes["Calling"], made.codes["Calling"], made.codes["Fear"]]
    assert {row.made_with for row in codings(made.study, Looking(codes=[made.codes["Fear"]]))} == {
        made.codes["Calling"],
        made.codes["Fear"],
    }
    assert code_paths(made.study)[made.codes["Calling"]] == ("Scene", "Calling")


def test_the_codebook_counts_them_and_names_them_where_they_went(made):
    merge(made, "Calling", into="Fear")
    rows = {row.name: row for row in list_codes(made.study)}
    assert list(rows) == ["Scene", "Fear", "Wear"]
    assert (rows["Fear"].mine, rows["Fear"].everybodys) == (2, 3)
    assert rows["Fear"].merged == ((made.codes["Calling"], "Calling"),)
    assert [entry.path for entry in code_entries(made.study)] == [("Scene",), ("Scene", "Fear"), ("Wear",)]
    assert [(row.mine, row.everybodys) for row in documents(made.study)] == [(2, 3), (1, 1)]


def test_a_chain_of_merges_ends_at_the_last_code(made):
    merge(made, "Calling", into="Fear")
    merge(made, "Fear", into="Wear")
    assert {row.name for row in codings(made.study, Looking())} == {"Wear"}
    assert [row.name for row in list_codes(made.study)] == ["Scene", "Wear"]


def test_codes_that_two_copies_merged_into_each_other_are_one_and_can_be_used(made):
    point(made, Calling="Fear", Fear="Calling")
    stands = min(made.codes["Fear"], made.codes["Calling"])
    rows = {row.id: row for row in list_codes(made.study) if row.depth}
    assert rows.keys() == {stands}
    assert rows[stands].codable
    assert {row.code for row in codings_of(made.study, made.documents[0])} == {stands}
    passage = made.passage("Of the letter.")
    assert coding.apply_codes(made.study, passage=passage, codes=[stands], round_id=made.round)


def test_what_was_merged_into_a_deleted_code_is_gone_with_it_and_undo_brings_it_back(made):
    merge(made, "Calling", into="Fear")
    codebook.delete_code(made.study, made.codes["Fear"])
    assert {row.name for row in codings(made.study, Looking())} == {"Wear"}
    assert [row.everybodys for row in documents(made.study)] == [0, 1]
    made.study.undo()
    assert [row.everybodys for row in documents(made.study)] == [3, 1]


def test_codings_of_one_coder_that_become_alike_are_seen_and_counted_once(made):
    made.apply("I was afraid.", "Calling", comment="or so")
    merge(made, "Calling", into="Fear")
    (row,) = [row for row in codings_of(made.study, made.documents[0]) if row.start == made.passage("I was").start]
    assert (row.id, row.made_with, row.comment, row.unsure) == (made.codings[1], row.code, "of what?\nor so", True)
    assert next(row for row in list_codes(made.study) if row.name == "Fear").mine == 2
    assert documents(made.study)[0].mine == 2


def test_what_stood_below_a_merged_code_stands_below_the_target(made):
    codebook.set_kind(made.study, made.codes["Scene"], kind="codable")
    merge(made, "Scene", into="Wear")
    rows = list_codes(made.study)
    assert [row.path for row in rows] == [("Wear",), ("Wear", "Calling"), ("Wear", "Fear")]
    assert rows[1].parent == made.codes["Wear"]


def test_a_code_can_be_merged_into_one_below_it_which_takes_its_place(made):
    codebook.set_kind(made.study, made.codes["Scene"], kind="codable")
    deep = codebook.add_code(made.study, name="Dread", parent=made.codes["Fear"])
    merging.merge_codes(made.study, [made.codes["Scene"]], into=deep)
    assert [row.path for row in list_codes(made.study)] == [
        ("Fear",),
        ("Fear", "Dread"),
        ("Fear", "Dread", "Calling"),
        ("Wear",),
    ]


def test_a_code_that_a_colleague_added_below_a_merged_one_is_shown_below_the_target(made):
    late = codebook.add_code(made.study, name="Late")
    merge(made, "Calling", into="Wear")
    with made.study.transact("As a copy could") as session:
        session.get_one(Code, late).parent_id = made.codes["Calling"]
    assert ("Wear", "Late") in {row.path for row in list_codes(made.study)}


def test_the_name_of_a_merged_code_is_free_and_undo_brings_its_holder_back(made):
    merge(made, "Calling", into="Fear")
    assert codebook.add_code(made.study, name="Calling", parent=made.codes["Scene"])


def test_a_codebook_file_with_a_merged_code_leads_to_the_code_it_stands_for(made):
    merge(made, "Calling", into="Wear")
    entries = [
        CodeEntry(("Scene",), kind="category"),
        CodeEntry(("Scene", "Calling"), brief="As it was."),
        CodeEntry(("Scene", "Calling", "Loudly")),
    ]
    ids = codebook.import_codebook(made.study, entries)
    assert ids["Scene", "Calling"] == made.codes["Wear"]
    assert ("Wear", "Loudly") in {row.path for row in list_codes(made.study)}
    assert definitions(made.study, made.codes["Wear"])[0].brief == "What it costs."


def test_themes_gather_the_code_a_merged_one_stands_for_and_can_release_it(made):
    themes.gather_codes(made.study, made.theme, codes=[made.codes["Calling"]])
    merge(made, "Calling", into="Fear")
    assert list_themes(made.study)[0].codes == ((made.codes["Fear"], "Fear"),)
    themes.release_codes(made.study, made.theme, codes=[made.codes["Fear"]])
    assert list_themes(made.study)[0].codes == ()


def test_agreement_is_of_the_merged_codes_and_who_knew_one_of_them_knew_it(made):
    for coder in (made.lead, made.other):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    made.study.act_as(made.lead)
    before = {row.code: row for row in study_agreement(made.study).codes}
    later = codebook.add_code(made.study, name="Later")
    assert {row.code: row for row in study_agreement(made.study).codes}[("Later",)].status == "no_pairable_units"
    merging.merge_codes(made.study, [made.codes["Calling"]], into=later)
    after = {row.code: row for row in study_agreement(made.study).codes}
    assert after.keys() == {("Later",), ("Scene", "Fear"), ("Wear",)}
    assert after["Later",].alpha == before["Scene", "Calling"].alpha is not None


def test_a_report_names_the_code_that_a_quotes_codes_were_merged_into(made):
    quotes.pick_quote(made.study, made.theme, passage=made.passage("I rang them."))
    merge(made, "Calling", into="Fear")
    report = themes_report(made.study, with_agreement=False)
    assert report.sections[0].quotes[0].codes == ("Fear",)
    assert [row.path for row in report.codebook] == [("Scene",), ("Scene", "Fear"), ("Wear",)]


def test_sets_hold_the_code_that_a_merged_one_stands_for(made):
    held = code_sets.add_set(made.study, name="Night", codes=[made.codes["Calling"], made.codes["Wear"]])
    merge(made, "Calling", into="Fear")
    assert [path for _code, path in list_sets(made.study)[0].codes] == [("Scene", "Fear"), ("Wear",)]
    assert len(codings(made.study, Looking(sets=[held]))) == 4
    assert len(codings(made.study, Looking(sets=[held], codes=[made.codes["Wear"]]))) == 1
    code_sets.take_from_set(made.study, held, codes=[made.codes["Fear"]])
    assert [path for _code, path in list_sets(made.study)[0].codes] == [("Wear",)]
    code_sets.remove_set(made.study, held)
    assert codings(made.study, Looking(sets=[held])) == []
    assert list_sets(made.study) == []


def test_history_names_both_codes(made):
    merge(made, "Calling", into="Fear")
    assert history(made.study)[0].label == "Merge Calling into Fear"


def test_codings_made_before_a_definition_changed_are_older_ones(made):
    codebook.define_code(made.study, made.codes["Fear"], definition=Definition(brief="Sharper."))
    older = codings(made.study, Looking(older=True))
    assert [(row.name, row.older) for row in older] == [("Fear", True)]
    assert {row.name for row in codings(made.study, Looking(older=False))} == {"Calling", "Wear"}
    made.apply("Of the letter.", "Fear")
    assert len(codings(made.study, Looking(older=True))) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(merges=st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=5))
def test_merging_and_taking_it_back_leaves_everything_as_it_was(made, merges):
    before, done = view(made), 0
    for source, into in merges:
        try:
            merge(made, source, into=into)
        except merging.QcodeError:
            continue
        done += 1
        with made.study.read() as session:
            assert made.codes[source] in merged_codes(session)
        assert len(codings(made.study, Looking())) == 4
    assert check(made.study).problems == ()
    for _ in range(done):
        made.study.undo()
    assert view(made) == before
