"""Figures that follow what changed since earlier ones are those that are computed anew, to the last digit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import astuple
from random import Random

import numpy as np
import pytest
import small

from qcode.errors import QcodeError
from qcode.operations import assignments, codebook, coding, corrections, merging, regions
from qcode.operations.documents import describe_speaker, rename_document, speaker_named
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.codings import Looking, codings
from qcode.queries.transcripts.documents import document_text

WAYS = (
    {"unit": "sentence"},
    {"unit": "character", "with_descendants": True, "without_interviewers": True},
    {"unit": "turn", "draws": 100, "seed": 3},
    {"unit": "merged"},
)
CODES = ["Calling", "Fear", "Wear"]
LOCAL = ["code", "take away", "code", "exclude", "correct", "undo"]
WORDS = (
    ("I was afraid.", 0), ("Of the letter.", 0), ("They came at once", 0), ("My sister said: go.", 0),
    ("Nobody ever thanks you", 1), ("He wears it well.", 1), ("I take it home with me.", 1),
)  # fmt: skip


@pytest.fixture
def made(tmp_path):
    made = small.small_study(tmp_path / "small.qcode")
    for coder in (made.other, made.lead):
        made.study.act_as(coder)
        made.apply("I was afraid.", "Fear")
        assignments.hand_in_round(made.study, round_id=made.round)
    yield made
    made.study.close()


def figures(made, way, since=None):
    """The figures of a way of counting, with every array that they were made of; or why there are none."""
    try:
        found = study_agreement(made.study, since=since, **way)
    except NothingToCompareError as error:
        return since, str(error)
    parts = [astuple(part) for part in (found.measured.marks, found.measured.layout, found.measured.sums)]
    return found, (found, [[one.tobytes() if isinstance(one, np.ndarray) else one for one in part] for part in parts])


def as_lead(made, deed, **more):
    coder = made.study.coder
    made.study.act_as(made.lead)
    try:
        deed(made.study, **more)
    finally:
        made.study.act_as(coder)


def work_again(made, draw, document, deed):
    """Somebody's work is opened, goes on, and is often handed in again."""
    made.study.act_as(draw.choice([made.lead, made.other]))
    again = {"round_id": made.round, "coder": made.study.coder, "documents": [document], "reason": "Look again."}
    with suppress(assignments.NotHandedInError):
        as_lead(made, assignments.reopen, **again)
    deed()
    if draw.random() < 0.7:
        assignments.hand_in_round(made.study, round_id=made.round, documents=[document])


def deeds(made, draw):
    """What people do, one thing at a time, in no good order."""
    study, words = made.study, draw.choice(WORDS)
    place = made.passage(*words)
    text = document_text(study, place.document)
    where = {"document": place.document, "ranges": [(place.start, place.end)], "revision": text.revision}
    code, other = (made.codes[name] for name in draw.sample(CODES, 2))
    turn = draw.randrange(len(text.turns))

    def own():
        return draw.choice(codings(study, Looking(documents=[place.document], coders=[study.coder]))).id

    def again(deed):
        return lambda: work_again(made, draw, place.document, deed)

    return {
        "code": again(lambda: coding.apply_codes(study, passage=place, codes=[code], round_id=made.round)),
        "take away": again(lambda: coding.remove_codings(study, [own()])),
        "recode": again(lambda: coding.recode(study, [own()], code=code)),
        "part": again(lambda: as_lead(made, regions.assign_parts, round_id=made.round, coder=study.coder, **where)),
        "exclude": lambda: as_lead(made, regions.exclude, **where),
        "correct": lambda: corrections.correct_turn(
            study, place.document, turn=turn, text=f"{draw.choice(('Yes', 'No'))}, of course. Or not."
        ),
        "speaker": lambda: corrections.correct_speaker(study, place.document, turns=[turn], label="Somebody"),
        "role": lambda: describe_speaker(
            study, speaker_named(study, place.document, "Deputy" if words[1] else "P"), role="interviewer"
        ),
        "add code": lambda: made.codes.update({"New": codebook.add_code(study, name="New")}),
        "rename code": lambda: codebook.rename_code(study, made.codes["Fear"], name=f"Fear {draw.random():.3f}"),
        "merge": lambda: merging.merge_codes(study, [code], into=other),
        "rename": lambda: rename_document(study, place.document, name=f"INT {draw.random():.3f}"),
        "somebody": lambda: study.act_as(draw.choice([made.lead, made.other])),
        "undo": study.undo,
        "redo": study.redo,
    }


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way["unit"])
def test_following_edits_comes_to_what_computing_anew_does(made, way):
    draw = Random(str(way))
    followed, done = figures(made, way)[0], set()
    order = [*deeds(made, draw), *LOCAL]
    for name in draw.sample(order, k=len(order)):
        with suppress(QcodeError, IndexError):
            deeds(made, draw)[name]()
            done.add(name)
        found, known = figures(made, way, followed)
        assert known == figures(made, way)[1], name
        followed = found
    assert len(done) > 6
