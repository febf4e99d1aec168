"""Random draws for rounds: what is offered, in which groups, and that anybody can draw them again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

import pytest
import small

from qcode.models.offering import (
    LARGEST_SEED,
    MIXED,
    NOTHING_RECORDED,
    EverybodysRoundError,
    NoSuchGroupingError,
    NothingToDrawError,
    SeedError,
    ShareError,
)
from qcode.operations import attributes, cells, documents, drawing, rounds, team
from qcode.operations.assignments import hand_in_round
from qcode.operations.drawing import NobodyDrawnForError
from qcode.operations.lookup import GoneError
from qcode.queries.history import history
from qcode.queries.integrity import check
from qcode.queries.rounds.assignments import assignment_grid
from qcode.queries.rounds.draws import REGROUPED, draws, groupings_for_draws, preview_draw, recompute
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry

GROUPS = ("Residents",) * 10 + ("Police",) * 6 + ("",) * 4


@dataclass
class Made:
    """A study with twenty documents of three groups, and two coders who read twice."""

    study: Study
    coders: list[str]
    round: str
    documents: list[str]

    def draw(self, **choices):
        same = {"round_id": self.round, "coders": self.coders, "share": 0.2, "seed": 7}
        return drawing.draw(self.study, **(same | choices))

    def preview(self, **choices):
        return preview_draw(self.study, **({"round_id": self.round, "share": 0.2, "seed": 7} | choices))

    def assigned(self):
        """The documents that each coder has in the round."""
        grid = assignment_grid(self.study, self.round)
        return {coder: {document for (document, who) in grid.states if who == coder} for coder in self.coders}


@pytest.fixture
def made(tmp_path):
    study = Study.create(tmp_path / "draws.qcode", title="Draws", coder="Ana Lima")
    talk = small.transcript(small.SECOND)
    incoming = [documents.Incoming(f"INT-{number:02}", talk, group=group) for number, group in enumerate(GROUPS, 1)]
    ids = documents.import_documents(study, incoming)
    round_id = rounds.add_round(study, name="Twice", blind=True)
    yield Made(study, [study.coder, team.add_coder(study, name="Bo Ek")], round_id, list(ids))
    study.close()


def test_a_share_is_drawn_by_seed_and_assigned_to_every_coder(made):
    drawn = made.draw()
    hashed = sorted(made.documents, key=lambda one: sha256(f"7:{one}".encode()).hexdigest())
    assert set(drawn.documents) == set(hashed[:4])
    assert list(drawn.documents) == [one for one in made.documents if one in drawn.documents]
    assert made.assigned() == {coder: set(drawn.documents) for coder in made.coders}


def test_each_group_gives_its_part_and_what_has_none_is_a_group(made):
    drawn = made.draw(share=0.25, by="document:group")
    assert [(one.name, one.drawn, one.offered) for one in drawn.by_group] == [
        ("Police", 1, 6),
        ("Residents", 3, 10),
        (NOTHING_RECORDED, 1, 4),
    ]


def test_a_preview_says_what_will_be_drawn_and_writes_nothing(made):
    steps = []
    made.study.subscribe(steps.append)
    seen = made.preview(by="document:group")
    assert steps == []
    drawn = made.draw(by="document:group")
    assert tuple(one.id for one in seen.documents) == drawn.documents
    assert seen.by_group == drawn.by_group
    assert seen.offered == 20
    groups = {document: group or NOTHING_RECORDED for document, group in zip(made.documents, GROUPS, strict=True)}
    assert [one.group for one in seen.documents] == [groups[one.id] for one in seen.documents]


def test_another_seed_draws_otherwise_and_the_same_seed_the_same(made):
    assert made.preview(seed=8) != made.preview()
    assert made.preview(seed=7) == made.preview()


def test_a_draw_can_be_repeated_from_what_it_says_of_itself(made):
    drawn = made.draw(by="document:group")
    documents.describe_document(made.study, drawn.documents[0], kind="interview", group="Somewhere else")
    documents.remove_document(made.study, drawn.documents[1])
    row = draws(made.study, made.round)[0]
    assert recompute(row) == row.drawn
    assert row.repeats
    assert set(row.drawn) == set(drawn.documents)
    assert (row.seed, row.share, row.title, row.coder_names) == (7, 0.2, "Group", ("Ana Lima", "Bo Ek"))


def test_groups_of_an_earlier_draw_are_told_by_their_names_of_today(made):
    made.draw(by="document:group")
    for document in made.documents[:10]:
        documents.describe_document(made.study, document, kind="interview", group="Neighbours")
    names = {one.name for one in draws(made.study, made.round)[0].by_group}
    assert names == {"Neighbours", "Police", NOTHING_RECORDED}
    documents.describe_document(made.study, made.documents[0], kind="interview", group="Police")
    assert {one.name for one in draws(made.study, made.round)[0].by_group} == {REGROUPED, "Police", NOTHING_RECORDED}


def test_a_later_draw_adds_to_an_earlier_one_and_offers_the_rest(made):
    first, second = made.draw(), made.draw(share=0.25)
    assert not set(first.documents) & set(second.documents)
    assert [portion.offered for portion in second.by_group] == [16]
    assert made.assigned()[made.coders[0]] == {*first.documents, *second.documents}
    assert [row.id for row in draws(made.study, made.round)] == [first.id, second.id]
    assert all(row.repeats for row in draws(made.study, made.round))


def test_documents_that_came_later_are_offered_to_a_later_draw(made):
    made.draw(share=1.0)
    later = documents.import_document(made.study, documents.Incoming("INT-21", small.transcript(small.SECOND)))
    assert made.draw().documents == (later,)


def test_a_draw_of_one_round_says_nothing_about_another(made):
    made.draw(share=1.0)
    made.round = rounds.add_round(made.study, name="Third")
    assert made.preview().offered == 20


def test_a_draw_is_one_step_that_is_undone_with_its_assignments(made):
    first = made.draw()
    made.study.undo()
    assert made.assigned() == {coder: set() for coder in made.coders}
    assert draws(made.study, made.round) == []
    assert made.draw().documents == first.documents
    assert [row.label for row in history(made.study, latest=1)] == ["Draw documents for Twice"]


def test_what_is_assigned_already_stays_as_it_is(made):
    wanted = made.preview().documents[0].id
    drawing.draw(made.study, round_id=made.round, coders=made.coders[:1], share=1.0, seed=1, documents=[wanted])
    hand_in_round(made.study, round_id=made.round, documents=[wanted])
    made.draw(share=1.0)
    assert assignment_grid(made.study, made.round).state(wanted, made.coders[0]) == "handed in"


def test_only_the_chosen_documents_are_drawn_from(made):
    drawn = made.draw(share=0.5, documents=made.documents[:4])
    assert set(drawn.documents) < set(made.documents[:4])
    assert len(drawn.documents) == 2


def talks(made, place, *pseudonyms, moderator=""):
    """Let participants speak in a document."""
    labels = ["Deputy", "Medic"]
    for label, pseudonym in zip(labels, pseudonyms, strict=False):
        link(made, place, label, pseudonym)
    if moderator:
        link(made, place, "Moderator", moderator, role="interviewer")


def link(made, place, label, participant, role="participant"):
    speaker = documents.speaker_named(made.study, made.documents[place], label)
    documents.describe_speaker(made.study, speaker, role=role, participant=participant)


def test_documents_are_grouped_by_those_who_speak_in_them(made):
    people = [documents.add_participant(made.study, pseudonym=name) for name in ("Colleen", "Shay", "Ines", "Mo")]
    area = attributes.add_attribute(
        made.study, subject="participant", name="Area", kind="category", levels=["Mill Row", "Upriver"]
    )
    said = [("Mill Row",), ("Upriver",), ("unknown",)]
    entries = tuple(CellEntry(who, area, text) for who, (text,) in zip(people, said, strict=False))
    cells.write_cells(made.study, "participant", Block(entries))
    talks(made, 0, people[0], moderator=people[1])
    talks(made, 1, people[0], people[1])
    talks(made, 2, people[1], people[3])
    talks(made, 3, people[2])
    talks(made, 4, people[3])
    found = made.preview(share=1.0, by=f"participant:{area}", documents=made.documents[:6])
    assert [one.group for one in found.documents] == [
        "Mill Row",
        MIXED,
        "Upriver",
        "unknown",
        NOTHING_RECORDED,
        NOTHING_RECORDED,
    ]
    assert [one.name for one in found.by_group] == ["Mill Row", "unknown", "Upriver", MIXED, NOTHING_RECORDED]


def test_only_what_was_recorded_is_offered_to_group_by(made):
    assert {(one.subject, one.title) for one in groupings_for_draws(made.study)} == {
        ("document", "Group"),
        ("document", "Kind"),
        ("document", "Language"),
    }
    who = documents.add_participant(made.study, pseudonym="Colleen")
    for name, kind in (("Age", "number"), ("Area", "text"), ("Born", "date"), ("Empty", "text")):
        made_one = attributes.add_attribute(made.study, subject="participant", name=name, kind=kind)
        value = {"Age": "41", "Area": "Upriver", "Born": "1980-01-02"}.get(name)
        if value:
            cells.write_cells(made.study, "participant", Block((CellEntry(who, made_one, value),)))
    assert ("participant", "Area") in {(one.subject, one.title) for one in groupings_for_draws(made.study)}
    assert not {"Age", "Born", "Empty"} & {one.title for one in groupings_for_draws(made.study)}


@pytest.mark.parametrize(
    ("choices", "refusal"),
    [
        ({"share": 0}, ShareError),
        ({"share": -0.1}, ShareError),
        ({"share": 1.5}, ShareError),
        ({"share": float("nan")}, ShareError),
        ({"share": float("inf")}, ShareError),
        ({"seed": -1}, SeedError),
        ({"seed": LARGEST_SEED + 1}, SeedError),
        ({"seed": 1.5}, SeedError),
        ({"seed": True}, SeedError),
        ({"by": "document:nothing"}, NoSuchGroupingError),
        ({"by": "site:kind"}, NoSuchGroupingError),
        ({"by": "nonsense"}, NoSuchGroupingError),
        ({"documents": []}, NothingToDrawError),
    ],
)
def test_what_is_no_draw_is_refused_and_so_is_its_preview(made, choices, refusal):
    with pytest.raises(refusal):
        made.draw(**choices)
    with pytest.raises(refusal):
        made.preview(**choices)
    assert draws(made.study, made.round) == []


def test_nobody_and_what_is_not_there_are_refused(made):
    with pytest.raises(NobodyDrawnForError):
        made.draw(coders=[])
    with pytest.raises(GoneError, match="coder"):
        made.draw(coders=["nobody"])
    with pytest.raises(GoneError, match="round"):
        made.draw(round_id="none")
    with pytest.raises(GoneError, match="document"):
        made.draw(documents=["none"])


def test_nothing_is_drawn_where_everybody_codes_everything(made):
    made.round = rounds.add_round(made.study, name="All", everyone=True)
    with pytest.raises(EverybodysRoundError, match="In “All” every coder codes every document"):
        made.draw()


def test_nothing_is_left_after_everything_was_drawn(made):
    made.draw(share=1.0)
    with pytest.raises(NothingToDrawError, match="no document left to draw for “Twice”"):
        made.draw()


def test_a_study_with_draws_is_whole(made):
    made.draw(by="document:group")
    made.draw(share=0.5)
    made.study.undo()
    made.study.redo()
    assert check(made.study).problems == ()
