"""After all that a colleague can do in a blind round, nothing of it is told anywhere before one hands in."""

from __future__ import annotations

import pytest
import small

from qcode.analysis.crosstab import crosstab
from qcode.errors import QcodeError
from qcode.operations import (
    assignments,
    codebook,
    coding,
    corrections,
    documents,
    framework,
    memos,
    quote_refusals,
    quotes,
    team,
)
from qcode.operations.memos import Target
from qcode.operations.rounds import add_round
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.codebook.code_sets import code_sets
from qcode.queries.codebook.deletion import deletion_effect
from qcode.queries.codebook.merge_effect import merge_effect
from qcode.queries.codebook.rechecks import rechecks, waiting, walk
from qcode.queries.codebook.tree import code_counts, code_entries, definitions
from qcode.queries.codebook.tree import codebook as codes_of
from qcode.queries.codebook.versions import codebook_moments
from qcode.queries.codings import Looking, codings, codings_of, how_many, passages
from qcode.queries.counting.corpus import corpus
from qcode.queries.disagreements.cases import decision_rows, disagreements
from qcode.queries.disagreements.consensus import consensus
from qcode.queries.history import HistoryLooking, history, undo_labels, why_not
from qcode.queries.integrity import check
from qcode.queries.memos import memo_counts, memo_marks, memos_about, memos_at
from qcode.queries.memos import memos as memos_of
from qcode.queries.people.appearances import appearances
from qcode.queries.people.attributes import sheet
from qcode.queries.quotes.voices import balance_of_voices
from qcode.queries.reports.audit import audit_opening
from qcode.queries.reports.cautions import cautions
from qcode.queries.reports.participants import participant_table
from qcode.queries.reports.themes_report import agreement_section, themes_report
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.search.searching import Query, search
from qcode.queries.team import coders, rounds, study_card
from qcode.queries.themes.framework import framework as framework_of
from qcode.queries.themes.map import theme_map
from qcode.queries.themes.negative_cases import negative_cases
from qcode.queries.themes.outline import themes as themes_of
from qcode.queries.transcripts.corrections import correction_effect, second_looks, turn_to_correct
from qcode.queries.transcripts.documents import documents as documents_of
from qcode.queries.transcripts.documents import participants, speakers_of
from qcode.study import CannotUndoError, Place

WORD = "quixotic"


@pytest.fixture
def made(tmp_path):
    """The small study with a blind round of everybody and everything, and a code and a person nobody used yet."""
    made = small.small_study(tmp_path / "small.qcode")
    made.who = documents.add_participant(made.study, pseudonym="Ines")
    with made.study.read() as session:
        speakers = {row.label: row.id for row in speakers_of(session, made.documents[0]).values()}
    documents.describe_speaker(made.study, speakers["P"], role="participant", participant=made.who)
    team.describe_study(made.study, weights=True, approach="coding reliability")
    made.codes["Unused"] = codebook.add_code(made.study, name="AnasCode")
    made.round = add_round(made.study, name="Blind", blind=True, everyone=True)
    made.apply("Three letters and you are out.", "Fear")
    yield made
    made.study.close()


def told_of_work(made):
    """What Ana's queries answer about codings, memos and texts, by the name of the query."""
    study, first = made.study, made.documents[0]
    fear, unused, calling = (made.codes[name] for name in ("Fear", "Unused", "Calling"))
    kinds = ("transcript", "memo", "definition")
    turn = turn_to_correct(study, first, turn=3)
    about = [("document", first), ("code", unused), ("participant", made.who), ("theme", made.theme), ("study", "")]
    return {
        "codings": codings(study, Looking()),
        "of a layer": codings(study, Looking(layer=None)),
        "codings of": codings_of(study, first),
        "passages": passages(study, Looking()),
        "unsure": passages(study, Looking(unsure=True)),
        "by search": passages(study, Looking(by_search=True)),
        "how many": how_many(study, Looking(rounds=[made.round])),
        "codebook": codes_of(study),
        "entries": code_entries(study),
        "counts": code_counts(study),
        "definitions": definitions(study, unused),
        "moments": codebook_moments(study),
        "sets": code_sets(study),
        "documents": documents_of(study, round_id=made.round),
        "people": (participants(study), participant_table(study), sheet(study, "participant"), appearances(study)),
        "deletion": deletion_effect(study, [fear, unused]),
        "merging": merge_effect(study, [unused], calling),
        "walks": (walk(study, unused), rechecks(study), waiting(study), second_looks(study)),
        "correction": correction_effect(turn, "Afraid of whom?"),
        "memos": memos_of(study),
        "about": [memos_about(study, *thing, within=thing[0] == "document") for thing in about],
        "marks": memo_marks(study, first),
        "at": memos_at(study, Place(first, 0, 200)),
        "memo counts": [memo_counts(study, kind) for kind in ("document", "code", "coding", "participant", "theme")],
        "search": search(study, Query(WORD, kinds=kinds)),
        "team": (coders(study), rounds(study), study_card(study), assignment_grid(study, made.round)),
        "agreement": agreed(study),
        "reconciling": (
            disagreements(study, round_id=made.round, state="all"),
            decision_rows(study),
            consensus(study, made.round),
        ),
        "counted": [all_counted(corpus(study, by_coder=by)) for by in (False, True)],
        "audit": audit_opening(study),
        "matrix": [framework_of(study, rows) for rows in ("participant", "document")],
        "map": (theme_map(study).nodes, theme_map(study).edges),
        "against": negative_cases(study),
        "pages": [
            history(study),
            history(study, looking=HistoryLooking(thing="codings")),
            history(study, looking=HistoryLooking(thing="memos")),
            history(study, looking=HistoryLooking(thing="themes")),
            history(study, looking=HistoryLooking(document=first)),
        ],
    }


def all_counted(found):
    """What is counted, and the table that most is read of."""
    table = crosstab(found, count="passages")
    return dict(found.marks), found.codes, found.themes, found.people, found.coders, found.said, table.cells


def agreed(study):
    """What is told of agreement, or why nothing is."""
    try:
        return agreement_section(study_agreement(study))
    except NothingToCompareError as error:
        return str(error)


def told_of_themes(made):
    """What Ana's queries answer about themes, which all share."""
    study = made.study
    return [themes_of(study), cautions(study), balance_of_voices(study), themes_report(study), undo_labels(study)]


def refusals(made):
    """What each of Ana's steps says when it cannot be taken back."""
    return list(why_not(made.study, history(made.study)).values())


def all_that_bo_can_do(made):
    """Every deed on codings and memos, with a word that is nowhere else; two of the codings stay removed."""
    study, blind = made.study, made.round
    study.act_as(made.other)
    one, two = made.apply("Afraid of what?", "Unused", comment=WORD, certainty="unsure") + made.apply(
        "I rang them.", "Unused"
    )
    coding.comment_codings(study, [one, two], comment=f"{WORD} again")
    coding.doubt_codings(study, [two], unsure=True)
    coding.flag_codings(study, [one], illustrative=True, negative_case=True)
    coding.weigh_codings(study, [one], weight=77)
    place = made.passage("of what?")
    coding.move_coding(study, two, start=place.start, end=place.end)
    first = made.apply("Of the letter. Three letters and you are out.", "Unused")[0]
    half = coding.split_coding(study, first, at=made.passage("Three letters").start)
    coding.join_codings(study, [first, half])
    coding.recode(study, [first], code=made.codes["Calling"])
    coding.remove_codings(study, [first])
    hits = coding.code_hits(study, passages=[made.passage("My sister")], code=made.codes["Unused"], round_id=blind)
    coding.confirm_codings(study, hits)
    for target in (
        Target.at(made.passage("of what?")),
        Target("coding", one),
        Target("document", made.documents[0]),
        Target("participant", made.who),
    ):
        memo = memos.write_memo(study, title=f"{WORD} {target.kind}", text=WORD, about=[target])
        memos.edit_memo(study, memo, text=f"{WORD} anew")
        memos.link_memo(study, memo, about=[Target.at(made.passage("I was afraid."))])
        study.undo()
        study.redo()
    memos.move_memo(study, memo)
    memos.remove_memo(study, memo)
    theirs = [row.label for row in history(study) if row.mine]
    study.act_as(made.lead)
    return theirs


def test_nothing_of_it_changes_what_any_query_answers(made):
    before = told_of_work(made)
    labels = all_that_bo_can_do(made)
    assert len(labels) > 30
    after = told_of_work(made)
    assert [name for name, answer in after.items() if answer != before[name]] == []


def test_taking_back_is_refused_without_a_name_or_a_label(made):
    before = refusals(made)
    labels = all_that_bo_can_do(made)
    said = [reason for reason in refusals(made) if reason not in before]
    assert any("later work stands on it." in reason for reason in said)
    assert not [reason for reason in said if "by Bo Ek" in reason or any(label in reason for label in labels)]
    row = next(row for row in history(made.study) if row.label == "Add code AnasCode")
    with pytest.raises(CannotUndoError) as refused:
        made.study.undo_step(row.id)
    assert str(refused.value) == "“Add code AnasCode” can't be undone: later work stands on it."
    made.study.undo()
    with pytest.raises(CannotUndoError, match=r"later work stands on it\.$"):
        made.study.undo()


def test_what_was_typed_is_told_nowhere_and_after_the_hand_in_everywhere(made):
    all_that_bo_can_do(made)
    assert WORD not in repr([told_of_work(made), told_of_themes(made), refusals(made)])
    for document in made.documents:
        assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    whole = told_of_work(made)
    assert f"{check(made.study).codings} codings, " in whole["audit"][1]
    for name in ("codings", "passages", "memos", "search", "marks", "about"):
        assert WORD in repr(whole[name]), name
    assert any(row.label == "Write a memo" and not row.mine for row in whole["pages"][0])
    made.codes["Late"] = codebook.add_code(made.study, name="Late")
    made.study.act_as(made.other)
    made.apply("Afraid of what?", "Late")
    made.study.act_as(made.lead)
    assert any("later work by Bo Ek stands on it" in reason for reason in refusals(made))


def test_a_memo_on_what_was_veiled_stays_out_of_the_history_when_it_is_unlinked(made):
    made.study.act_as(made.other)
    place = made.passage("of what?")
    memo = memos.write_memo(made.study, text="Hm.", about=[Target.at(place)])
    [link] = memos_of(made.study)[0].links
    memos.unlink_memo(made.study, memo, links=[link.id])
    made.study.act_as(made.lead)
    assert not [row for row in history(made.study) if not row.mine and row.place == place.place]
    assert "Write a memo" not in {row.label for row in history(made.study)}


def test_where_a_colleague_found_a_quote_is_not_told_in_the_history(made):
    made.study.act_as(made.other)
    quote = quotes.pick_quote(made.study, made.theme, passage=made.passage("Three letters"))
    quotes.describe_quote(made.study, quote, stance="dissents")
    made.study.act_as(made.lead)
    assert not [row for row in history(made.study) if "quote" in row.label]
    row = next(row for row in history(made.study) if row.label.startswith("Add theme"))
    reason = why_not(made.study, [row])[row.id]
    assert "stands on it" in reason
    assert "quote" not in reason


def test_what_a_colleague_summarised_is_told_nowhere_before_one_hands_in(made):
    before, labels = told_of_work(made), [row.label for row in history(made.study)]
    made.study.act_as(made.other)
    for document in made.documents:
        assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    for subject in (framework.Subject("participant", made.who), framework.Subject("document", made.documents[0])):
        framework.summarise(made.study, made.theme, subject, words=WORD)
        framework.link_passages(made.study, made.theme, subject, passages=[made.passage("I was afraid.")])
    made.study.act_as(made.lead)
    after = told_of_work(made)
    assert [name for name in ("matrix", "map", "against", "search") if after[name] != before[name]] == []
    assert WORD not in repr([after, refusals(made)])
    assert not [row for row in history(made.study) if "ummar" in row.label and row.label not in labels]
    for document in made.documents:
        assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    assert WORD in repr(told_of_work(made)["matrix"])


def test_a_quote_that_a_colleague_picked_is_shown_nowhere_before_one_hands_in(made):
    before = told_of_themes(made)
    made.study.act_as(made.other)
    quote = quotes.pick_quote(made.study, made.theme, passage=made.passage("Three letters"))
    assert quote in [row.id for theme in themes_of(made.study) for row in theme.quotes]
    made.study.act_as(made.lead)
    assert told_of_themes(made) == before
    assert any(caution.kind == "blind" for caution in cautions(made.study))
    for document in made.documents:
        assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    assert quote in [row.id for theme in themes_of(made.study) for row in theme.quotes]
    assert "Three letters" in repr(themes_report(made.study))
    assert not any(caution.kind == "blind" for caution in cautions(made.study))


def test_ones_own_quotes_are_shown_and_a_veiled_one_of_the_same_words_is_not_told(made):
    place = made.passage("Three letters")
    made.study.act_as(made.other)
    quotes.pick_quote(made.study, made.theme, passage=place)
    made.study.act_as(made.lead)
    own = quotes.pick_quote(made.study, made.theme, passage=place)
    assert [row.id for theme in themes_of(made.study) for row in theme.quotes] == [own]
    with pytest.raises(quote_refusals.QuoteTwiceError):
        quotes.pick_quote(made.study, made.theme, passage=place)


def test_how_far_two_colleagues_agree_is_told_for_what_one_handed_in_oneself(made):
    third = team.add_coder(made.study, name="Cy Olsen")
    for who in (made.other, third):
        made.study.act_as(who)
        made.apply("I was afraid.", "Fear")
        for document in made.documents:
            assignments.hand_in_round(made.study, round_id=made.round, documents=[document])
    assert study_agreement(made.study, round_name="Blind").documents == ("INT-1", "FG-1")
    made.study.act_as(made.lead)
    with pytest.raises(NothingToCompareError, match="the round is blind, and you have not handed in INT-1 and FG-1 "):
        study_agreement(made.study, round_name="Blind")
    assert themes_report(made.study).agreement is None
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    found = study_agreement(made.study, round_name="Blind")
    assert found.documents == ("INT-1",)
    assert found.withheld == ("FG-1",)


def test_what_all_share_is_told_with_its_name(made):
    made.study.act_as(made.other)
    corrections.correct_turn(made.study, made.documents[0], turn=3, text="Afraid of what, then?")
    memos.write_memo(made.study, text="On the code.", about=[Target("code", made.codes["Unused"])])
    codebook.rename_code(made.study, made.codes["Unused"], name="Renamed")
    made.study.act_as(made.lead)
    theirs = [row for row in history(made.study) if not row.mine]
    assert [row.label for row in theirs[:3]] == ["Rename code Renamed", "Write a memo", "Correct a turn of INT-1"]
    assert theirs[2].place is not None
    row = next(row for row in history(made.study) if row.label == "Add code Renamed")
    with pytest.raises(QcodeError) as refused:
        made.study.undo_step(row.id)
    assert "later work by Bo Ek stands on it (“Rename code Renamed”)" in str(refused.value)
    assert "first" not in str(refused.value)
