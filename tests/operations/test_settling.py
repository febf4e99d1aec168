"""What copies contradict each other in is listed in words, and settled by a person; tried on real copies."""

from __future__ import annotations

import shutil

import pytest
from small import small_study
from sqlalchemy import select

from qcode.models import Code, Round, Theme
from qcode.models.settling import LeadSettlesError, SomebodyElsesError
from qcode.operations import codebook, coding, collecting, corrections, merging, settling, team, themes
from qcode.operations.assignments import HandedInError, hand_in_round
from qcode.operations.lookup import NameTakenError
from qcode.operations.outline import CycleError
from qcode.operations.passages import Passage
from qcode.operations.rounds import add_round
from qcode.queries.codebook.tree import codebook as rows_of
from qcode.queries.codebook.tree import definition
from qcode.queries.codings import Looking, codings
from qcode.queries.collecting.conflicts import troubles, waiting
from qcode.queries.history import history
from qcode.queries.transcripts.documents import document_text
from qcode.study import Study


class Two:
    """A study and a copy of it, in which somebody else works."""

    def __init__(self, made, other):
        self.made, self.here, self.there = made, made.study, other

    def meet(self):
        """Bring both together, in either direction."""
        collecting.merge(self.here, self.there.path)
        collecting.merge(self.there, self.here.path)
        self.here.act_as(self.made.lead)

    def code(self, name):
        return self.made.codes[name]

    def one(self, kind=None):
        """The one trouble there is, the same in both copies."""
        (found,) = [row for row in troubles(self.here) if kind is None or row.kind == kind]
        return found


@pytest.fixture
def two(tmp_path):
    made = small_study(tmp_path / "here.qcode")
    shutil.copy(made.study.path, tmp_path / "there.qcode")
    with made.study, Study.open(tmp_path / "there.qcode") as other:
        other.act_as(made.other)
        yield Two(made, other)


def name_of(study, code):
    with study.read() as session:
        return session.get_one(Code, code).name


def test_a_field_with_two_values_is_settled_by_a_side_and_opened_again_by_undo(two):
    codebook.rename_code(two.here, two.code("Wear"), name="Toil")
    codebook.rename_code(two.there, two.code("Wear"), name="Weariness")
    two.meet()
    row = two.one()
    assert (row.kind, row.what) == ("field", f"Code “{name_of(two.here, two.code('Wear'))}”: name")
    assert {(side.says, side.who) for side in row.sides} == {("Toil", "Ana Lima"), ("Weariness", "Bo Ek")}
    assert [side.holds for side in row.sides] == [False, True]
    assert row.free
    for side in (0, 1):  # also the one that holds already: the step follows both
        settling.settle(two.here, row.trouble, side=side)
        assert name_of(two.here, two.code("Wear")) == row.sides[side].says
        assert troubles(two.here) == []
        two.here.undo()
        assert two.one().key == row.key
    two.here.redo()
    assert troubles(two.here) == []
    assert history(two.here)[0].label.startswith("Settle the name of")


def test_what_was_settled_in_one_copy_is_settled_in_the_other(two):
    codebook.rename_code(two.here, two.code("Wear"), name="Toil")
    codebook.rename_code(two.there, two.code("Wear"), name="Weariness")
    two.meet()
    assert [one.key for one in troubles(two.there)] == [two.one().key]
    settling.settle(two.here, two.one().trouble, side=0)
    collecting.merge(two.there, two.here.path)
    assert troubles(two.there) == []
    assert name_of(two.there, two.code("Wear")) == name_of(two.here, two.code("Wear"))


def test_a_text_of_ones_own_can_settle_what_is_plain_text_and_nothing_else(two):
    codebook.rename_code(two.here, two.code("Wear"), name="Toil")
    codebook.rename_code(two.there, two.code("Wear"), name="Weariness")
    codebook.colour_code(two.here, two.code("Fear"), palette_slot=3)
    codebook.colour_code(two.there, two.code("Fear"), palette_slot=4)
    two.meet()
    colour, name = sorted(troubles(two.here), key=lambda row: row.trouble.field == "name")
    settling.settle(two.here, name.trouble, value="  What it costs ")
    assert name_of(two.here, two.code("Wear")) == "What it costs"
    assert not colour.free
    assert {side.says for side in colour.sides} == {"4", "5"}
    with pytest.raises(settling.NotWrittenFreelyError):
        settling.settle(two.here, colour.trouble, value="7")
    with pytest.raises(settling.NoSuchSideError):
        settling.settle(two.here, colour.trouble, side=2)
    with pytest.raises(settling.NoSuchSideError):
        settling.settle(two.here, colour.trouble)


def test_definitions_stand_side_by_side_with_the_difference_marked(two):
    before = codebook.Definition(brief="What it costs to wear it.")
    codebook.define_code(two.here, two.code("Wear"), definition=before)
    codebook.define_code(two.there, two.code("Wear"), definition=codebook.Definition(brief="What it costs to bear it."))
    two.meet()
    row = two.one()
    assert row.what.endswith(": definition")
    marked = [[piece.text for piece in side.pieces if piece.differs] for side in row.sides]
    assert sorted(marked) == [["bear"], ["wear"]]
    assert all("".join(piece.text for piece in side.pieces) == side.says for side in row.sides)
    chosen = next(number for number, side in enumerate(row.sides) if "wear" in side.says)
    settling.settle(two.here, row.trouble, side=chosen)
    assert definition(two.here, two.code("Wear")).brief == "What it costs to wear it."


def test_an_anchor_shows_both_passages_in_context_and_only_its_coder_settles_it(two):
    coding_id = two.made.codings[3]
    two.here.act_as(two.made.other)
    coding.move_coding(two.here, coding_id, start=two.made.passage("I rang").start, end=two.made.passage("them.").end)
    place = two.made.passage("They came at once")
    coding.move_coding(two.there, coding_id, start=place.start, end=place.end)
    two.meet()
    row = two.one()
    assert {side.says for side in row.sides} == {"I rang them.", "They came at once"}
    assert all(side.after for side in row.sides)
    assert "Bo Ek" in row.refusal
    with pytest.raises(SomebodyElsesError):
        settling.settle(two.here, row.trouble, side=0)
    two.here.act_as(two.made.other)
    assert two.one().refusal == ""
    settling.settle(two.here, row.trouble, side=0)
    assert troubles(two.here) == []
    (shown,) = codings(two.here, Looking(ids=[coding_id]))
    text = document_text(two.here, two.made.documents[0]).text
    assert text[shown.start : shown.end] == row.sides[0].says


def test_a_coding_of_work_that_is_handed_in_is_not_settled_until_it_is_open_again(two):
    coding_id = two.made.codings[3]
    two.here.act_as(two.made.other)
    coding.comment_coding(two.here, coding_id, comment="here")
    coding.comment_coding(two.there, coding_id, comment="there")
    two.meet()
    two.here.act_as(two.made.other)
    hand_in_round(two.here, round_id=two.made.round)
    with pytest.raises(HandedInError):
        settling.settle(two.here, two.one().trouble, side=0)


@pytest.mark.parametrize("stays", [True, False])
def test_changed_here_and_deleted_there_is_decided_by_a_person(two, stays):
    codebook.rename_code(two.here, two.code("Fear"), name="Dread")
    theme = two.made.theme
    themes.describe_theme(two.here, theme, name="Shoes", concept="Help arrives as noise.")
    themes.delete_theme(two.there, theme)
    two.meet()
    row = two.one()
    assert (row.kind, row.what.split(" ")[0]) == ("deleted", "Theme")
    assert {bool(side.who) for side in row.sides} == {True}
    assert any("name" in side.says for side in row.sides)
    side = next(number for number, choice in enumerate(row.trouble.choices) if choice.value is stays)
    settling.settle(two.here, row.trouble, side=side)
    with two.here.read() as session:
        assert session.get_one(Theme, theme).alive is stays
    assert troubles(two.here) == []
    two.here.undo()
    assert two.one().key == row.key


def correct(two, study, old, new):
    shown = document_text(study, two.made.documents[0])
    number = next(number for number, turn in enumerate(shown.turns) if old in shown.text[turn.start : turn.end])
    turn = shown.turns[number]
    words = shown.text[turn.start : turn.end].replace(old, new)
    corrections.correct_turn(study, two.made.documents[0], turn=number, text=words)


def test_a_text_corrected_on_both_sides_is_chosen_and_codings_follow_the_one_chosen(two):
    correct(two, two.here, "Three letters", "Three long letters")
    passage = two.made.passage("My sister said: go.")
    correct(two, two.there, "I was afraid", "I was afraid and")
    shown = document_text(two.there, two.made.documents[0])
    start = shown.text.index("My sister said")
    place = Passage(passage.document, start, start + len("My sister said"))
    (made,) = coding.apply_codes(two.there, passage=place, codes=[two.code("Fear")], round_id=two.made.round)
    two.meet()
    row = two.one("text")
    assert {side.who for side in row.sides} == {"Ana Lima", "Bo Ek"}
    for side in (0, 1):
        settling.settle(two.here, row.trouble, side=side)
        text = document_text(two.here, two.made.documents[0]).text
        mine = "Three long letters" in text
        assert mine != ("afraid and" in text)
        (found,) = codings(two.here, Looking(ids=[made]))
        assert text[found.start : found.end] == "My sister said"
        left = [one for one in troubles(two.here) if one.kind != "words"]
        assert left == []
        two.here.undo()
    assert two.one("text").key == row.key


def test_codings_whose_words_changed_are_listed_with_both_and_confirmed_by_their_coder(two):
    correct(two, two.here, "I was afraid", "I was terribly afraid")
    listed = {row.trouble.row: row for row in troubles(two.here)}
    row = listed[two.made.codings[1]]
    assert [side.says for side in row.sides] == ["I was afraid.", "I was terribly afraid."]
    assert [piece.text for piece in row.sides[1].pieces if piece.differs] == ["terribly "]
    settling.settle(two.here, row.trouble, side=1)
    assert two.made.codings[1] not in {one.trouble.row for one in troubles(two.here)}
    assert waiting(two.here) == 0
    two.here.undo()
    two.here.act_as(two.made.other)
    (theirs,) = [one for one in troubles(two.here) if one.trouble.row == two.made.codings[1]]
    assert "Ana Lima" in theirs.refusal
    with pytest.raises(coding.NotYoursError):
        settling.settle(two.here, theirs.trouble, side=1)


def test_two_of_one_name_are_made_one_or_told_apart(two):
    here = codebook.add_code(two.here, name="Rain")
    there = codebook.add_code(two.there, name="rain", definition=codebook.Definition(brief="Falling water"))
    two.meet()
    row = two.one()
    assert row.kind == "same name"
    assert any("Falling water" in side.says for side in row.sides)
    kept = next(number for number, choice in enumerate(row.trouble.choices) if choice.row == here)
    settling.settle(two.here, row.trouble, side=kept)
    assert [one.name for one in rows_of(two.here) if one.name.casefold() == "rain"] == ["Rain"]
    two.here.undo()
    settling.settle(two.here, two.one().trouble, side=1 - kept, value="Snow")
    assert name_of(two.here, there) == "Snow"
    assert troubles(two.here) == []
    with pytest.raises(settling.SettledAlreadyError):
        settling.settle(two.here, row.trouble, side=kept)


def test_a_name_that_is_taken_too_tells_nobody_apart(two):
    codebook.add_code(two.here, name="Rain")
    codebook.add_code(two.there, name="Rain")
    two.meet()
    with pytest.raises(NameTakenError):
        settling.settle(two.here, two.one().trouble, side=0, value="wear")
    assert [one.kind for one in troubles(two.here)] == ["same name"]


def test_coders_of_one_name_need_another_name(two):
    team.add_coder(two.here, name="Dee Orr")
    team.add_coder(two.there, name="Dee Orr")
    two.meet()
    row = two.one()
    assert row.what == "Coder “Dee Orr”"
    with pytest.raises(settling.NameToTypeError):
        settling.settle(two.here, row.trouble, side=0)
    settling.settle(two.here, row.trouble, side=0, value="Dee Orr (2)")
    assert troubles(two.here) == []


def test_codes_that_stand_below_each_other_are_told_and_one_comes_to_the_top(two):
    codebook.move_code(two.here, two.code("Fear"), parent=two.code("Calling"))
    codebook.move_code(two.there, two.code("Calling"), parent=two.code("Fear"))
    two.meet()
    row = two.one("circle")
    assert {side.says for side in row.sides} == {"“Fear” stands at the top", "“Calling” stands at the top"}
    settling.settle(two.here, row.trouble, side=0)
    assert [one.kind for one in troubles(two.here)] == []
    assert {row.name: row.depth for row in rows_of(two.here)}.keys() == {"Scene", "Fear", "Calling", "Wear"}
    two.here.undo()
    assert two.one("circle").key == row.key


def test_codes_that_were_merged_into_each_other_are_told_and_one_stands_for_both(two):
    merging.merge_codes(two.here, [two.code("Fear")], into=two.code("Wear"))
    merging.merge_codes(two.there, [two.code("Wear")], into=two.code("Fear"))
    two.meet()
    row = two.one("circle")
    side = next(number for number, choice in enumerate(row.trouble.choices) if choice.row == two.code("Wear"))
    settling.settle(two.here, row.trouble, side=side)
    assert [one.name for one in rows_of(two.here) if one.name in ("Wear", "Fear")] == ["Wear"]
    assert not [one for one in troubles(two.here) if one.kind == "circle"]


def test_a_parent_that_would_make_a_circle_is_refused(two):
    codebook.move_code(two.here, two.code("Wear"), parent=two.code("Fear"))
    codebook.move_code(two.there, two.code("Wear"), parent=two.code("Calling"))
    two.meet()
    row = two.one()
    assert {side.says for side in row.sides} == {"Fear", "Calling"}
    held = next(number for number, side in enumerate(row.sides) if side.holds)
    away = row.trouble.choices[1 - held].value
    codebook.move_code(two.here, away, parent=two.code("Wear"))
    with pytest.raises(CycleError):
        settling.settle(two.here, row.trouble, side=1 - held)


def test_a_code_that_was_deleted_while_somebody_used_it_is_brought_back_or_left(two):
    codebook.delete_code(two.here, two.code("Wear"))
    passage = two.made.passage("Nobody ever thanks you", document=1)
    (made,) = coding.apply_codes(two.there, passage=passage, codes=[two.code("Wear")], round_id=two.made.round)
    assert troubles(two.here) == []  # whose own codings went with it
    two.meet()
    row = two.one()
    assert row.kind == "code gone"
    assert "1 coding by Bo Ek" in row.sides[0].says
    settling.settle(two.here, row.trouble, side=0)
    assert codings(two.here, Looking(ids=[made]))
    assert troubles(two.here) == []
    two.here.undo()
    settling.settle(two.here, two.one().trouble, side=1)
    assert troubles(two.here) == []
    assert not codings(two.here, Looking(ids=[made]))
    two.here.undo()
    assert two.one().key == row.key
    settling.settle(two.here, two.one().trouble, side=1)
    two.there.act_as(two.made.other)
    with pytest.raises(settling.SettledAlreadyError):
        settling.settle(two.here, row.trouble, side=1)


def test_a_coding_made_after_it_was_settled_opens_the_question_again(two):
    codebook.delete_code(two.here, two.code("Wear"))
    words = ("Nobody ever thanks you", "He wears it well.")
    first, second = (two.made.passage(one, document=1) for one in words)
    coding.apply_codes(two.there, passage=first, codes=[two.code("Wear")], round_id=two.made.round)
    collecting.merge(two.here, two.there.path)
    settling.settle(two.here, two.one().trouble, side=1)
    assert troubles(two.here) == []
    for slot in range(6):
        codebook.colour_code(two.there, two.code("Fear"), palette_slot=slot)
    coding.apply_codes(two.there, passage=second, codes=[two.code("Wear")], round_id=two.made.round)
    collecting.merge(two.here, two.there.path)
    assert "1 coding by Bo Ek" in two.one().sides[0].says


def test_only_the_lead_settles_what_all_share_while_a_round_is_blind(two):
    codebook.rename_code(two.here, two.code("Wear"), name="Toil")
    codebook.rename_code(two.there, two.code("Wear"), name="Weariness")
    two.meet()
    two.here.act_as(two.made.other)
    assert two.one().refusal == ""
    two.here.act_as(two.made.lead)
    add_round(two.here, name="Blind", blind=True)
    two.here.act_as(two.made.other)
    assert "lead" in two.one().refusal
    with pytest.raises(LeadSettlesError):
        settling.settle(two.here, two.one().trouble, side=0)


def test_what_was_settled_elsewhere_is_not_settled_by_an_old_list(two):
    codebook.rename_code(two.here, two.code("Wear"), name="Toil")
    codebook.rename_code(two.there, two.code("Wear"), name="Weariness")
    two.meet()
    row = two.one()
    codebook.rename_code(two.here, two.code("Wear"), name="Neither")
    steps = two.here.next_undo()
    with pytest.raises(settling.SettledAlreadyError):
        settling.settle(two.here, row.trouble, side=0)
    assert (two.here.next_undo(), name_of(two.here, two.code("Wear"))) == (steps, "Neither")


def test_colleagues_contradictions_in_a_blind_round_are_not_told(two):
    coding_id = two.made.codings[3]
    two.here.act_as(two.made.other)
    coding.comment_coding(two.here, coding_id, comment="here")
    coding.comment_coding(two.there, coding_id, comment="there")
    two.meet()
    assert waiting(two.here) == 1
    with two.here.transact("Blind") as session:
        session.scalars(select(Round)).one().blind = True
    assert waiting(two.here) == 0
    two.here.act_as(two.made.other)
    assert waiting(two.here) == 1
