"""What operations refuse, with a sentence and without a trace."""

from __future__ import annotations

from functools import partial

import pytest
import small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opened_again import open_again
from sqlalchemy import func, select

from qcode.errors import QcodeError
from qcode.ids import CodeId, CodingId, QuoteId
from qcode.models.journal import Step
from qcode.operations import (
    anonymity,
    assignments,
    code_lists,
    code_sets,
    codebook,
    coding,
    documents,
    extents,
    lookup,
    memos,
    merging,
    outline,
    passages,
    quote_refusals,
    quotes,
    saved_queries,
    team,
    themes,
)
from qcode.operations.documents import Incoming
from qcode.operations.passages import Passage
from qcode.operations.rounds import add_round
from qcode.study import NoCoderError

HUGE = "x" * 3_000_000

LETTER = "Of the letter."

REFUSED = {
    lookup.NameTakenError: [
        lambda m: partial(team.add_coder, m.study, name="bo ek"),
        lambda m: partial(add_round, m.study, name="Round 1"),
        lambda m: partial(codebook.add_code, m.study, name="fear", parent=m.codes["Scene"]),
        lambda m: partial(codebook.rename_code, m.study, m.codes["Fear"], name="Calling"),
        lambda m: partial(documents.rename_document, m.study, m.documents[0], name="fg-1"),
        lambda m: partial(documents.import_document, m.study, Incoming("INT-1", small.transcript(small.FIRST))),
        lambda m: partial(themes.add_theme, m.study, name="Boots"),
        lambda m: partial(code_sets.rename_set, m.study, code_sets.add_set(m.study, name="Day"), name=night(m)),
        lambda m: partial(merging.split_code, m.study, m.codes["Fear"], names=["New", "calling"]),
        lambda m: partial(merging.split_code, m.study, m.codes["Fear"], names=["New", "new"]),
        lambda m: partial(merging.merge_codes, m.study, [m.codes["Scene"]], into=wear_over_fear(m)),
        lambda m: partial(code_lists.merge_codebook, m.study, [decided("New", "add"), decided("wear", "add")]),
    ],
    lookup.NameEmptyError: [
        lambda m: partial(codebook.add_code, m.study, name=" \n "),
        lambda m: partial(team.add_coder, m.study, name=""),
        lambda m: partial(themes.describe_theme, m.study, m.theme, name="", concept="x"),
    ],
    lookup.NameTooLongError: [lambda m: partial(codebook.add_code, m.study, name="x" * 201)],
    lookup.TextUnreadableError: [
        lambda m: partial(themes.describe_theme, m.study, m.theme, name="Boots", concept="half \ud83d"),
        lambda m: partial(anonymity.set_template, m.study, template="{role} \ud83d"),
        lambda m: partial(anonymity.set_template, m.study, template="{role}\0{id}"),
        lambda m: partial(anonymity.allow_exception, m.study, reason="\ud83d"),
        lambda m: partial(quotes.describe_quote, m.study, QuoteId("any"), stance="supports", attribution="\ud83d"),
        lambda m: partial(quotes.describe_quote, m.study, QuoteId("any"), stance="supports", attribution="bell\a"),
        lambda m: partial(saved_queries.save_query, m.study, name="Half", words="text:\ud83d"),
    ],
    lookup.TextTooLongError: [
        lambda m: partial(coding.comment_codings, m.study, m.codings[:1], comment=HUGE),
        lambda m: partial(m.apply, "Three letters", "Wear", comment=HUGE),
        lambda m: partial(themes.add_theme, m.study, name="Long", concept=HUGE),
        lambda m: partial(codebook.define_code, m.study, m.codes["Fear"], definition=codebook.Definition(HUGE)),
    ],
    lookup.LineTooLongError: [
        lambda m: partial(anonymity.set_template, m.study, template="{role} " * 100),
        lambda m: partial(quotes.describe_quote, m.study, QuoteId("any"), stance="supports", attribution="x" * 201),
    ],
    lookup.NameUnreadableError: [lambda m: partial(codebook.add_code, m.study, name="bell\a")],
    lookup.GoneError: [
        lambda m: partial(codebook.rename_code, m.study, CodeId("nobody"), name="x"),
        lambda m: partial(coding.remove_codings, m.study, [CodingId("none")]),
        lambda m: partial(documents.speaker_named, m.study, m.documents[0], "Nobody"),
        lambda m: partial(
            coding.add_codings,
            m.study,
            round_id=m.round,
            marks=[coding.Mark(m.passage(LETTER), CodeId("gone"), m.lead)],
        ),
    ],
    outline.CycleError: [
        lambda m: partial(codebook.move_code, m.study, m.codes["Scene"], parent=m.codes["Fear"]),
        lambda m: partial(codebook.move_code, m.study, m.codes["Scene"], parent=m.codes["Scene"]),
        lambda m: partial(themes.move_theme, m.study, m.theme, parent=m.theme),
    ],
    passages.NothingSelectedError: [
        lambda m: partial(at, m, 25, 25),
        lambda m: partial(at, m, 25, 26),
        lambda m: partial(coding.remove_codings, m.study, []),
        lambda m: partial(coding.move_coding, m.study, m.codings[0], start=25, end=26),
    ],
    passages.OutsideTextError: [
        lambda m: partial(at, m, 5, 100_000),
        lambda m: partial(at, m, -1, 5),
        lambda m: partial(at, m, 9, 5),
    ],
    coding.NotCodableError: [
        lambda m: partial(m.apply, LETTER, "Scene"),
        lambda m: partial(coding.recode, m.study, m.codings[:1], code=m.codes["Scene"]),
    ],
    coding.NotYoursError: [
        lambda m: partial(coding.remove_codings, m.study, m.codings[3:]),
        lambda m: partial(coding.comment_coding, m.study, m.codings[3], comment="?"),
        lambda m: partial(coding.move_coding, m.study, m.codings[3], start=0, end=4),
        lambda m: partial(coding.split_coding, m.study, m.codings[3], at=33),
        lambda m: partial(coding.join_codings, m.study, [m.codings[0], m.codings[3]]),
        lambda m: partial(coding.confirm_definition, m.study, m.codings[2:4]),
    ],
    lookup.MergedAwayError: [
        lambda m: partial(m.apply, LETTER, merged(m)),
        lambda m: partial(coding.recode, m.study, m.codings[1:2], code=m.codes[merged(m)]),
        lambda m: partial(codebook.retire_code, m.study, m.codes[merged(m)]),
        lambda m: partial(codebook.add_code, m.study, name="Below", parent=m.codes[merged(m)]),
        lambda m: partial(codebook.move_code, m.study, m.codes["Wear"], parent=m.codes[merged(m)]),
        lambda m: partial(merging.merge_codes, m.study, [m.codes["Wear"]], into=m.codes[merged(m)]),
        lambda m: partial(merging.merge_codes, m.study, [m.codes[merged(m)]], into=m.codes["Wear"]),
        lambda m: partial(merging.split_code, m.study, m.codes[merged(m)], names=["New"]),
        lambda m: partial(code_sets.add_set, m.study, name="Night", codes=[m.codes[merged(m)]]),
        lambda m: partial(memos.write_memo, m.study, title="x", about=[memos.Target("code", m.codes[merged(m)])]),
    ],
    merging.NothingToMergeError: [lambda m: partial(merging.merge_codes, m.study, [], into=m.codes["Fear"])],
    merging.MergeIntoItselfError: [
        lambda m: partial(merging.merge_codes, m.study, [m.codes["Wear"], m.codes["Fear"]], into=m.codes["Fear"])
    ],
    merging.NoTargetError: [
        lambda m: partial(merging.merge_codes, m.study, [m.codes["Wear"]], into=m.codes["Scene"]),
        lambda m: partial(merging.merge_codes, m.study, [m.codes["Wear"]], into=retired(m)),
    ],
    merging.NothingToSplitIntoError: [lambda m: partial(merging.split_code, m.study, m.codes["Fear"], names=[])],
    code_lists.UnknownActionError: [lambda m: partial(code_lists.merge_codebook, m.study, [decided("Dread", "burn")])],
    code_lists.NoCounterpartError: [lambda m: partial(code_lists.merge_codebook, m.study, [decided("Dread", "map")])],
    code_lists.DecidedTwiceError: [
        lambda m: partial(code_lists.merge_codebook, m.study, [decided("Dread", "add"), decided("Dread", "leave out")])
    ],
    memos.MemoEmptyError: [
        lambda m: partial(memos.write_memo, m.study, title=" ", text=" \n "),
        lambda m: partial(memos.edit_memo, m.study, memo(m), title=""),
    ],
    memos.MemoTooLongError: [lambda m: partial(memos.write_memo, m.study, text="letter" * 50_000)],
    memos.MemoWithoutTextError: [lambda m: partial(memos.memo_as_document, m.study, memo(m))],
    memos.UnknownMemoKindError: [
        lambda m: partial(memos.write_memo, m.study, title="x", kind="film"),
        lambda m: partial(memos.edit_memo, m.study, memo(m), kind="film"),
    ],
    memos.UnknownTargetError: [
        lambda m: partial(memos.link_memo, m.study, memo(m), about=[memos.Target("weather", "x")]),
        lambda m: partial(memos.link_memo, m.study, memo(m), about=[memos.Target("passage")]),
    ],
    memos.NotYourMemoError: [
        lambda m: partial(memos.edit_memo, m.study, memo(m, by=m.other), title="y"),
        lambda m: partial(memos.remove_memo, m.study, memo(m, by=m.other)),
        lambda m: partial(memos.link_memo, m.study, memo(m, by=m.other), about=[memos.Target("study")]),
        lambda m: partial(memos.memo_as_document, m.study, memo(m, by=m.other)),
    ],
    extents.CutOutsideError: [
        lambda m: partial(coding.split_coding, m.study, m.codings[0], at=m.passage("I rang them.").start),
        lambda m: partial(coding.split_coding, m.study, m.codings[0], at=m.passage("I rang them.").end),
        lambda m: partial(coding.split_coding, m.study, m.codings[0], at=0),
        lambda m: partial(coding.split_coding, m.study, m.codings[0], at=m.passage("I rang them").end),
    ],
    extents.NothingToJoinError: [
        lambda m: partial(coding.join_codings, m.study, []),
        lambda m: partial(coding.join_codings, m.study, m.codings[:1] * 2),
    ],
    extents.JoinDifferentError: [lambda m: partial(coding.join_codings, m.study, m.codings[:2])],
    extents.JoinApartError: [lambda m: partial(coding.join_codings, m.study, [m.codings[1], *m.apply(LETTER, "Fear")])],
    documents.UnknownKindError: [
        lambda m: partial(documents.describe_document, m.study, m.documents[0], kind="film", group="")
    ],
    documents.EmptyTranscriptError: [
        lambda m: partial(documents.import_document, m.study, Incoming("Empty", small.transcript([])))
    ],
    quote_refusals.UnknownStanceError: [
        lambda m: partial(quotes.pick_quote, m.study, m.theme, passage=m.passage(LETTER), stance="shrugs")
    ],
}
CASES = [(error, make) for error, makers in REFUSED.items() for make in makers]


def decided(name, action):
    return code_lists.Decision(codebook.CodeEntry((name,)), action)


def merged(made):
    """The name of a code that was merged into another one."""
    merging.merge_codes(made.study, [made.codes["Calling"]], into=made.codes["Fear"])
    return "Calling"


def night(made):
    code_sets.add_set(made.study, name="Night")
    return "night"


def wear_over_fear(made):
    """A code with a sub-code of the name that one below “Scene” has."""
    codebook.set_kind(made.study, made.codes["Scene"], kind="codable")
    codebook.add_code(made.study, name="Fear", parent=made.codes["Wear"])
    return made.codes["Wear"]


def retired(made):
    codebook.retire_code(made.study, made.codes["Fear"])
    return made.codes["Fear"]


def memo(made, by=None):
    """A memo that is only a title, of the lead or of another coder."""
    made.study.act_as(by or made.lead)
    found = memos.write_memo(made.study, title="Letters")
    made.study.act_as(made.lead)
    return found


def at(made, start, end):
    """Apply a code to [25, 26), a space, or to whatever place is named."""
    passage = Passage(made.documents[0], start, end)
    coding.apply_codes(made.study, passage=passage, codes=[made.codes["Fear"]], round_id=made.round)


def steps(study):
    with study.read() as session:
        return session.scalar(select(func.count()).select_from(Step))


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.mark.parametrize(("error", "make"), CASES)
def test_a_refusal_is_a_sentence_and_leaves_the_study_alone(made, error, make):
    deed = make(made)
    before = steps(made.study)
    with pytest.raises(error) as caught:
        deed()
    assert str(caught.value).endswith(".")
    assert "letter" not in str(caught.value)
    assert steps(made.study) == before


def test_several_imports_are_all_or_nothing(made):
    before = steps(made.study)
    incoming = [Incoming("New", small.transcript(small.FIRST)), Incoming("new", small.transcript(small.SECOND))]
    with pytest.raises(lookup.NameTakenError):
        documents.import_documents(made.study, incoming)
    assert steps(made.study) == before


def test_nobody_in_particular_cannot_write(made):
    made.study.coder = None
    with pytest.raises(NoCoderError):
        made.apply(LETTER, "Fear")
    with pytest.raises(NoCoderError):
        made.study.undo()


def test_a_document_that_is_handed_in_stays_as_it_is_until_the_lead_opens_it_again(made):
    assignments.hand_in_round(made.study, round_id=made.round, documents=[made.documents[0]])
    for deed in (
        partial(made.apply, LETTER, "Fear"),
        partial(coding.remove_codings, made.study, made.codings[:1]),
        partial(coding.doubt_codings, made.study, made.codings[:1], unsure=True),
    ):
        with pytest.raises(assignments.HandedInError, match="INT-1"):
            deed()
    made.apply("He wears it well.", "Wear", document=1)
    open_again(made.study, made.round, made.lead, made.documents[:1])
    assert made.apply(LETTER, "Fear")


def test_who_was_not_assigned_a_document_cannot_code_it(made):
    chosen = add_round(made.study, name="Main")
    assignments.assign(made.study, round_id=chosen, documents=made.documents[:1], coders=[made.other])
    made.round = chosen
    with pytest.raises(assignments.NotAssignedError):
        made.apply(LETTER, "Fear")
    with pytest.raises(assignments.NotAssignedError):
        assignments.hand_in_round(made.study, round_id=chosen, documents=[made.documents[0]])


def test_a_retired_code_is_not_applied_and_its_codings_stay(made):
    codebook.retire_code(made.study, made.codes["Fear"])
    with pytest.raises(coding.NotCodableError, match="no longer in use"):
        made.apply(LETTER, "Fear")
    codebook.retire_code(made.study, made.codes["Fear"], retired=False)
    assert made.apply(LETTER, "Fear")


def test_the_same_code_on_the_same_passage_is_one_coding(made):
    assert len(made.apply(LETTER, "Fear")) == 1
    before = steps(made.study)
    assert made.apply(LETTER, "Fear") == []
    assert steps(made.study) == before


def test_a_quote_is_picked_once_for_a_theme(made):
    quotes.pick_quote(made.study, made.theme, passage=made.passage(LETTER))
    with pytest.raises(quote_refusals.QuoteTwiceError):
        quotes.pick_quote(made.study, made.theme, passage=made.passage(LETTER))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.integers(-3, 140), length=st.integers(-3, 140))
def test_a_coding_keeps_exactly_the_visible_characters_of_the_selection(made, start, length):
    text = small.transcript(small.FIRST).text
    end = start + length
    try:
        ids = coding.apply_codes(
            made.study, passage=Passage(made.documents[0], start, end), codes=[made.codes["Fear"]], round_id=made.round
        )
    except QcodeError:
        assert not (0 <= start <= end <= len(text)) or not text[start:end].strip()
        return
    if ids:
        from qcode.models import Coding

        with made.study.read() as session:
            row = session.get_one(Coding, ids[0])
            assert text[row.start : row.end] == text[start:end].strip()
