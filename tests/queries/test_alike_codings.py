"""The same coding, made by one coder on two machines, is one wherever anybody looks."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import shutil

import pytest
import small

import qcode.queries
from qcode.errors import QcodeError
from qcode.models import alike
from qcode.operations import assignments, codebook, coding, collecting, corrections, memos, merging
from qcode.operations.passages import Passage
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.codebook.tree import code_counts
from qcode.queries.codings import Looking, codings, codings_of, how_many, passages
from qcode.queries.integrity import check
from qcode.queries.transcripts.documents import documents
from qcode.study import Study

WORDS = "Of the letter."


@pytest.fixture
def copies(tmp_path):
    """The lead at two machines, with everything that is not about the coding the same in both."""
    made = small.small_study(tmp_path / "desk.qcode")
    shutil.copy(made.study.path, tmp_path / "laptop.qcode")
    with made.study, Study.open(tmp_path / "laptop.qcode") as laptop:
        laptop.act_as(made.lead)
        yield made, laptop


def apply(made, study, words=WORDS, name="Fear", **more):
    passage = made.passage(words)
    return coding.apply_codes(study, passage=passage, codes=[made.codes[name]], round_id=made.round, **more)[0]


def both(made, laptop, **more):
    """The ids of the same coding made at each, after they came together."""
    ids = apply(made, made.study, **more), apply(made, laptop)
    collecting.merge(made.study, laptop.path)
    return ids


# All queries ------------------------------------------------------------------------------------------------------

# These tell of steps and copies, not of the study.
HISTORY = {
    "history", "receipts", "merges", "undo_labels", "check", "documents_with_history", "codebook_moments",
    "audit_opening", "audit_parts",
}  # fmt: skip


def queries():
    for module in pkgutil.walk_packages(qcode.queries.__path__, "qcode.queries."):
        found = importlib.import_module(module.name)
        for name, query in vars(found).items():
            own = inspect.isfunction(query) and query.__module__ == found.__name__ and not name.startswith("_")
            if own and name not in HISTORY and next(iter(inspect.signature(query).parameters), "") == "study":
                yield f"{module.name}.{name}".removeprefix("qcode.queries."), query


def needed(query):
    return [one for one in list(inspect.signature(query).parameters.values())[1:] if one.default is one.empty]


def asked(made, study):
    """What every query says that needs no more than a study, or rows of it that can be named."""
    known = {
        "document": made.documents[0],
        "code": made.codes["Fear"],
        "codes": [made.codes["Fear"]],
        "into": made.codes["Calling"],
        "round_id": made.round,
        "looking": Looking(),
        "kind": "coding",
        "subject": "document",
        "forms": ["letter"],
    }
    out = {}
    for name, query in queries():
        if all(one.name in known for one in needed(query)):
            out[name] = said(lambda query=query: query(study, **{one.name: known[one.name] for one in needed(query)}))
    return out


def said(query):
    try:
        return repr(query())
    except QcodeError as refused:
        return f"refused: {refused}"


def test_every_query_says_what_it_says_of_one(copies, tmp_path):
    made, laptop = copies
    ids = apply(made, made.study), apply(made, laptop)
    for coder in (made.other, made.lead):
        made.study.act_as(coder)
        assignments.hand_in_round(made.study, round_id=made.round)
    shutil.copy(made.study.path, tmp_path / "once.qcode")
    collecting.merge(made.study, laptop.path)
    with Study.open(tmp_path / "once.qcode") as once:
        of_one, of_two = asked(made, once), asked(made, made.study)
    assert {
        "codings.codings_of",
        "codings.passages",
        "codebook.tree.codebook",
        "transcripts.documents.documents",
    } <= of_one.keys()
    assert len(of_one) > 50
    of_case = r"(?<=CaseRow\(id=')[0-9a-f]+"  # made of its codings' ids
    same = re.compile("|".join([*ids, " at 0x[0-9a-f]+", of_case]))
    assert {name: same.sub("*", said) for name, said in of_two.items()} == {
        name: same.sub("*", said) for name, said in of_one.items()
    }


def test_agreement_compares_it_once(copies, tmp_path):
    made, laptop = copies
    for study in (made.study, laptop):
        apply(made, study)
    made.study.act_as(made.other)
    apply(made, made.study)
    assignments.hand_in_round(made.study, round_id=made.round)
    made.study.act_as(made.lead)
    assignments.hand_in_round(made.study, round_id=made.round)
    before = repr(study_agreement(made.study))
    collecting.merge(made.study, laptop.path)
    assert len(alike_of(made.study)) == 1
    assert repr(study_agreement(made.study)) == before


def alike_of(study):
    with study.read() as session:
        return alike.spare(session)


# Counting ---------------------------------------------------------------------------------------------------------


def seen(made, study):
    """How often it is told: in the list, among passages, in the counts of codes and of documents, and in how many."""
    looking = Looking(codes=[made.codes["Fear"]])
    mine, everybodys = code_counts(study)
    row = documents(study)[0]
    return (
        len(codings(study, looking)),
        len(passages(study, looking)),
        mine[made.codes["Fear"]],
        everybodys[made.codes["Fear"]],
        how_many(study, looking),
        (row.mine, row.codings) if hasattr(row, "codings") else None,
    )[:5]


def test_it_is_counted_once_and_removed_once_and_comes_back_once(copies):
    made, laptop = copies
    before = seen(made, made.study)
    both(made, laptop)
    assert seen(made, made.study) == tuple(number + 1 for number in before)
    (row,) = [row for row in codings_of(made.study, made.documents[0]) if words(row) == WORDS]
    coding.remove_codings(made.study, [row.id])
    assert seen(made, made.study) == before
    made.study.undo()
    assert seen(made, made.study) == tuple(number + 1 for number in before)
    made.study.redo()
    assert seen(made, made.study) == before
    assert check(made.study).problems == ()


def words(row):
    return small.transcript(small.FIRST).text[row.start : row.end]


def test_it_is_one_for_whoever_removes_the_other_one_elsewhere(copies):
    made, laptop = copies
    _here, there = both(made, laptop)
    before = seen(made, made.study)
    coding.remove_codings(laptop, [there])
    collecting.merge(made.study, laptop.path)
    assert seen(made, made.study) == before
    collecting.merge(laptop, made.study.path)
    coding.remove_codings(laptop, [codings(laptop, Looking(codes=[made.codes["Fear"]]))[-1].id])
    collecting.merge(made.study, laptop.path)
    assert seen(made, made.study)[0] == before[0] - 1


def test_it_is_one_under_codes_that_were_merged_in_one_of_the_copies(copies):
    made, laptop = copies
    apply(made, made.study)
    apply(made, laptop, name="Wear")
    merging.merge_codes(laptop, [made.codes["Fear"]], into=made.codes["Wear"])
    before = len(codings(laptop, Looking()))
    collecting.merge(made.study, laptop.path)
    assert len(codings(made.study, Looking())) == before
    assert sum(code_counts(made.study)[1].values()) == before


def test_it_is_one_where_one_of_the_copies_corrected_the_words_before_it(copies):
    made, laptop = copies
    apply(made, made.study)
    corrections.correct_turn(laptop, made.documents[0], turn=0, text="What happened that very night?")
    moved = made.passage(WORDS)
    there = Passage(moved.document, moved.start + 5, moved.end + 5)
    coding.apply_codes(laptop, passage=there, codes=[made.codes["Fear"]], round_id=made.round)
    before = seen(made, made.study)
    collecting.merge(made.study, laptop.path)
    assert seen(made, made.study) == before
    assert len(alike_of(made.study)) == 1
    again = coding.apply_codes(made.study, passage=there, codes=[made.codes["Fear"]], round_id=made.round)
    assert again == []
    shown = next(row for row in codings(made.study, Looking()) if row.start == there.start)
    coding.remove_codings(made.study, [shown.id])
    assert seen(made, made.study) == tuple(number - 1 for number in before)
    made.study.undo()
    assert seen(made, made.study) == before


def test_a_passage_that_moved_does_not_stand_in_the_way_of_one_that_lies_where_it_lay(copies):
    made, _laptop = copies
    apply(made, made.study)
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened that very night?")
    lay = made.passage(WORDS)
    assert coding.apply_codes(made.study, passage=lay, codes=[made.codes["Fear"]], round_id=made.round)


@pytest.mark.parametrize("differing", ["coder", "round", "code", "end"])
def test_what_differs_in_anything_stays_two(copies, differing):
    made, laptop = copies
    apply(made, made.study)
    passage, codes, round_id = made.passage(WORDS), [made.codes["Fear"]], made.round
    if differing == "coder":
        laptop.act_as(made.other)
    elif differing == "round":
        from qcode.operations import rounds

        round_id = rounds.add_round(laptop, name="Again", everyone=True)
    elif differing == "code":
        codes = [made.codes["Wear"]]
    else:
        passage = made.passage("Of the letter. Three")
    coding.apply_codes(laptop, passage=passage, codes=codes, round_id=round_id)
    before = len(codings(made.study, Looking()))
    collecting.merge(made.study, laptop.path)
    assert len(codings(made.study, Looking())) == before + 1
    assert alike_of(made.study) == {}


# Changing ---------------------------------------------------------------------------------------------------------


def fears(made):
    return [row for row in codings(made.study, Looking(codes=[made.codes["Fear"]])) if words(row) == WORDS]


def test_what_either_says_is_shown_and_what_is_said_next_is_said_of_both(copies):
    made, laptop = copies
    both(made, laptop, comment="here", certainty="unsure")
    (row,) = fears(made)
    assert (row.comment, row.unsure) == ("here", True)
    coding.comment_codings(made.study, [row.id], comment="now")
    coding.doubt_codings(made.study, [row.id], unsure=False)
    assert [(row.comment, row.unsure) for row in fears(made)] == [("now", False)]
    coding.recode(made.study, [row.id], code=made.codes["Calling"])
    assert fears(made) == []
    assert sum(words(row) == WORDS for row in codings(made.study, Looking())) == 1
    made.study.undo()
    assert [(row.comment, row.unsure) for row in fears(made)] == [("now", False)]


def test_its_edges_move_as_those_of_one(copies):
    made, laptop = copies
    both(made, laptop)
    (row,) = fears(made)
    before = len(codings(made.study, Looking()))
    coding.move_coding(made.study, row.id, start=row.start, end=row.end + len(" Three letters"))
    assert fears(made) == []
    assert len(codings(made.study, Looking())) == before
    assert check(made.study).problems == ()


@pytest.mark.parametrize("which", [min, max], ids=["shown", "spare"])
def test_a_memo_about_either_is_about_the_one_that_is_shown(copies, which):
    from qcode.queries.memos import memo_counts, memo_marks, memos_about

    made, laptop = copies
    ids = both(made, laptop)
    memos.write_memo(made.study, text="Why so?", about=[memos.Target("coding", which(ids))])
    (row,) = fears(made)
    assert [memo.text for memo in memos_about(made.study, "coding", row.id)] == ["Why so?"]
    assert memo_counts(made.study, "coding")[row.id] == 1
    assert len(memo_marks(made.study, made.documents[0])) == 1


# Cost -------------------------------------------------------------------------------------------------------------


def test_after_a_coding_only_its_document_is_looked_at_again(copies, monkeypatch):
    made, laptop = copies
    both(made, laptop)
    looked, look = [], alike._look
    monkeypatch.setattr(alike, "_look", lambda session, *given: looked.append(given) or look(session, *given))
    spare = alike_of(made.study)
    assert (len(spare), looked) == (1, [()])
    assert alike_of(made.study) == spare
    assert looked == [()]
    apply(made, made.study, words="I was afraid.", name="Calling")
    assert alike_of(made.study) == spare
    assert looked == [(), ([made.documents[0]],)]
    codebook.add_code(made.study, name="Rain")
    assert alike_of(made.study) == spare
    assert looked[2:] == [()]


def test_what_is_known_of_a_study_is_right_after_each_deed(copies):
    made, laptop = copies
    both(made, laptop)
    deeds = [
        lambda: collecting.take_back(made.study, 1),
        lambda: collecting.merge(made.study, laptop.path),
        lambda: coding.remove_codings(made.study, [fears(made)[0].id]),
        made.study.undo,
        lambda: merging.merge_codes(made.study, [made.codes["Fear"]], into=made.codes["Wear"]),
        lambda: apply(made, made.study, name="Calling"),
        lambda: merging.merge_codes(made.study, [made.codes["Wear"]], into=made.codes["Calling"]),
        made.study.undo,
        made.study.undo,
        made.study.undo,
    ]
    sizes = []
    for deed in deeds:
        deed()
        with Study.open(made.study.path) as anew:
            assert alike_of(made.study) == alike_of(anew)
        sizes.append(len(alike_of(made.study)))
    assert sizes == [0, 1, 0, 1, 1, 1, 2, 1, 1, 1]
