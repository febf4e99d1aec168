"""Showing only some codings, and walking through what one chose, by keys in the real room."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import Qt

from qcode.operations import assignments, code_sets, codebook, coding, team
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings, codings_of
from qcode.queries.team import rounds, study_card
from qcode.queries.transcripts.documents import document_text
from qcode.ui.code.filtering import Chosen, Narrowing, narrowing, with_descendants
from qcode.ui.code.shown import Choice, KnownCodings
from qcode.ui.code.walks import uncoded_turns


def drawn(hands):
    """The ids of the codings that the text draws."""
    return {row.id for row in hands.view.codings_in_sight()}


def asked(hands, **looking):
    """The ids that the study has for the open document."""
    return {row.id for row in codings_of(hands.study, hands.room.desk.document, Looking(**looking))}


def choose(hands, *typed, stay=False):
    """Open the filter and choose what these letters find."""
    hands.view.setFocus()
    hands.press("Ctrl+Shift+K")
    for words in typed:
        hands.focus.clear()
        hands.type(words)
        last = words == typed[-1] and not stay
        hands.press("Return" if last else "Shift+Return")


def chips(hands):
    return [chip.chosen.words for chip in hands.room.transcript.foot.chips]


def foot(hands):
    return hands.room.transcript.foot


# The filter


def test_one_code_is_shown_its_chip_and_count_say_so_and_the_focus_stays(hands):
    choose(hands, "calling")
    assert drawn(hands) == asked(hands, codes=[hands.small.codes["Call"]], coders=[hands.small.ana])
    assert chips(hands) == ["Calling for help"]
    mine = asked(hands, coders=[hands.small.ana])
    assert foot(hands).count.text() == f"1 of {len(mine)} codings shown"
    assert hands.focus is hands.view


def test_a_category_stands_for_all_below_it_and_several_codes_are_shown_together(hands):
    choose(hands, "trust")
    assert chips(hands) == ["Trust"]
    below = [hands.small.codes["Fear"], hands.small.codes["Peer"]]
    assert drawn(hands) == asked(hands, codes=below, coders=[hands.small.ana])
    choose(hands, "calling", stay=True)
    assert drawn(hands) == asked(hands, coders=[hands.small.ana])
    assert hands.focus is hands.room.showing.filters.chooser.line
    hands.press("Return")
    assert chips(hands) == ["Trust"]


def test_a_set_of_codes_follows_what_it_holds_and_goes_with_it(hands):
    held = code_sets.add_set(hands.study, name="Night", codes=[hands.small.codes["Call"]])
    choose(hands, "night")
    assert chips(hands) == ["Set: Night"]
    assert drawn(hands) == asked(hands, sets=[held], coders=[hands.small.ana])
    code_sets.put_in_set(hands.study, held, codes=[hands.small.codes["Peer"]])
    assert drawn(hands) == asked(hands, sets=[held], coders=[hands.small.ana])
    assert len(drawn(hands)) == 2
    code_sets.remove_set(hands.study, held)
    assert chips(hands) == []
    assert drawn(hands) == asked(hands, coders=[hands.small.ana])


def test_a_colleague_is_shown_among_everyones_until_one_asks_for_ones_own(hands):
    choose(hands, "bo ek")
    assert hands.room.transcript.everyone.isChecked()
    assert drawn(hands) == asked(hands, coders=[hands.small.bo])
    choose(hands, "fear")
    assert drawn(hands) == asked(hands, coders=[hands.small.bo], codes=[hands.small.codes["Fear"]])
    hands.view.setFocus()
    hands.press("Ctrl+Shift+A")
    assert chips(hands) == ["Fear of consequences"]
    assert drawn(hands) == asked(hands, coders=[hands.small.ana], codes=[hands.small.codes["Fear"]])


def test_another_round_is_shown_above_the_one_that_is_coded_in(hands):
    study = hands.study
    second = add_round(study, name="Second", everyone=True)
    hands.room.bridge.code_in(next(row for row in rounds(study) if row.id == second))
    assert drawn(hands) == set()
    choose(hands, "round 1")
    assert chips(hands) == ["Round: Round 1"]
    assert drawn(hands) == asked(hands, rounds=[hands.small.round], coders=[hands.small.ana])


def test_a_blind_round_hides_more_than_any_filter_shows(make_hands, bridge, small_study):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True, everyone=True)
    study.act_as(small_study.bo)
    coding.apply_codes(
        study,
        passage=small_study.passage("INT-1", "somebody knocked"),
        codes=[small_study.codes["Wear"]],
        round_id=blind,
    )
    study.act_as(small_study.ana)
    bridge.code_in(next(row for row in rounds(study) if row.id == blind))
    hands = make_hands(bridge, small_study)
    hands.open("INT-1")
    choose(hands, "blind", "bo ek")
    assert drawn(hands) == set()
    assert foot(hands).count.text() == "0 of 5 codings shown"


def test_a_chip_is_taken_away_by_key_and_by_mouse(hands, qtbot):
    choose(hands, "calling", "wear", "trusted")
    first, *_others = foot(hands).chips
    first.setFocus()
    hands.press("Delete")
    assert chips(hands) == ["Wear", "Trusted person"]
    assert hands.focus is foot(hands).chips[0]
    qtbot.mouseClick(foot(hands).chips[1], Qt.MouseButton.LeftButton)
    assert chips(hands) == ["Wear"]
    foot(hands).chips[0].setFocus()
    hands.press("Return")
    assert chips(hands) == []
    assert hands.focus is foot(hands).filter
    assert not foot(hands).count.isVisible()


def test_the_filter_stays_from_document_to_document(hands):
    choose(hands, "wear")
    assert drawn(hands) == set()
    hands.open("FG-1")
    assert drawn(hands) == asked(hands, codes=[hands.small.codes["Wear"]], coders=[hands.small.ana])
    assert chips(hands) == ["Wear"]


def test_what_is_applied_out_of_sight_is_told_and_undone_like_anything(hands):
    choose(hands, "calling")
    before, shown = hands.codings(), drawn(hands)
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Return")
    assert ("Wear", "somebody knocked") in hands.codings()
    assert drawn(hands) == shown
    assert hands.informed[-1] == "“Wear” is coded, but hidden by the filter."
    hands.type("wear")
    hands.press("Return")
    assert hands.informed[-1] == "“Wear” is coded, but hidden by the filter."
    hands.room.bridge.undo()
    assert hands.codings() == before
    hands.mark("That made all the difference.")
    hands.type("calling")
    hands.press("Return")
    assert hands.informed[-1] != "“Calling for help” is coded, but hidden by the filter."
    assert drawn(hands) == asked(hands, codes=[hands.small.codes["Call"]], coders=[hands.small.ana])


def test_a_code_that_is_renamed_or_removed_is_followed_by_its_chip(hands):
    choose(hands, "calling")
    codebook.rename_code(hands.study, hands.small.codes["Call"], name="Ringing")
    assert chips(hands) == ["Ringing"]
    codebook.delete_code(hands.study, hands.small.codes["Call"])
    assert chips(hands) == []
    assert drawn(hands) == asked(hands, coders=[hands.small.ana])


def test_the_chooser_says_what_enter_takes_and_finds_nothing_calmly(hands):
    hands.press("Ctrl+Shift+K")
    line = hands.room.showing.filters.chooser.line
    assert line.accessibleDescription()
    hands.type("zzz")
    assert line.accessibleDescription() == "Nothing has this name."
    hands.press("Return", "Escape")
    assert chips(hands) == []
    assert hands.focus is hands.view


def test_kinds_narrow_each_other_and_of_one_kind_all_are_shown(hands):
    codes = hands.room.desk.codes
    trust, wear = hands.small.codes["Trust"], hands.small.codes["Wear"]
    both = narrowing([Chosen("code", trust, "Trust"), Chosen("code", wear, "Wear")], codes, ())
    assert both == Narrowing(codes=with_descendants([trust], codes) | {wear})
    assert narrowing((), codes, ()) == Narrowing()
    rows = list(codings(hands.study, Looking()))
    only = Narrowing(codes=frozenset({wear}), coders=frozenset({hands.small.bo}))
    kept = [row for row in rows if row.code == wear and row.coder_id == hands.small.bo]
    assert only.among(rows) == kept == [row for row in rows if only.takes(row)]


def test_filtering_five_thousand_codings_takes_no_time(hands):
    row = codings(hands.study, Looking())[0]
    rows = [row._replace(id=f"{number}", code=f"code {number % 50}") for number in range(5_000)]
    known = KnownCodings(rows)
    choice = Choice("everyone", None, Narrowing(codes=frozenset(f"code {number}" for number in range(9))))
    took = []
    for _again in range(9):
        start = perf_counter()
        found = known.drawn(choice)
        took.append(perf_counter() - start)
    assert len(found) == 900
    assert min(took) < 0.002


# Walks


def told(hands, qtbot, words):
    qtbot.waitUntil(lambda: foot(hands).walk.text() == words, timeout=3_000)


def test_the_walk_and_the_position_are_shown_quietly(hands, qtbot):
    hands.put_caret("What happened")
    told(hands, qtbot, "Codings: 3")
    hands.press("F3", "F3")
    told(hands, qtbot, "Codings: 2 of 3")


def test_at_the_last_stop_one_is_told_and_pressing_again_goes_on_to_the_next_document(hands):
    hands.put_caret("What happened")
    hands.press("F3", "F3", "F3")
    last = hands.selected()
    hands.press("F3")
    assert hands.selected() == last
    assert hands.informed[-1] == ("This is the last of 3 codings in this document. Press again to go on to “FG-1”.")
    hands.press("F3")
    assert hands.room.desk.document == hands.small.documents["FG-1"]
    assert hands.selected() == "Tired, mostly."
    hands.press("Shift+F3", "Shift+F3")
    assert hands.room.desk.document == hands.small.documents["INT-1"]
    assert hands.selected() == last


def test_where_no_other_document_has_any_the_walk_begins_anew(hands):
    hands.mark("She had been through it herself.")
    hands.room.showing.choose("code")
    assert foot(hands).walk.text() == "Trusted person: 1 of 1"
    hands.press("F3")
    assert hands.informed[-1].endswith("in this document, and no other has any.")
    hands.room.showing.choose("unsure")
    hands.press("F3")
    assert hands.informed[-1] == "No unsure codings are shown in this document, and no other has any."


def test_a_step_in_between_takes_back_the_offer_to_go_on(hands):
    hands.put_caret("Two days")
    hands.press("F3", "F3")
    hands.put_caret("What happened")
    hands.press("F3")
    assert hands.selected() == "I called them. They came at once."


def test_unsure_codings_are_walked_and_leave_the_walk_when_they_are_sure(hands, qtbot):
    for words in ("I called them. They came at once.", "She had been through it herself."):
        hands.mark(words)
        hands.press("Ctrl+U")
    hands.put_caret("What happened")
    hands.room.showing.choose("unsure")
    hands.press("F3")
    assert hands.selected() == "I called them. They came at once."
    told(hands, qtbot, "Unsure codings: 1 of 2")
    hands.press("Ctrl+U", "F3")
    assert hands.selected() == "She had been through it herself."
    told(hands, qtbot, "Unsure codings: 1 of 1")


def test_uncoded_turns_are_those_of_participants_that_no_own_coding_touches(hands):
    text = document_text(hands.study, hands.small.documents["FG-1"])
    hands.open("FG-1")
    choose(hands, "calling")
    hands.put_caret("How do you feel")
    hands.room.showing.choose("uncoded")
    assert hands.room.showing.walker.position == (None, 0)
    coding.remove_codings(
        hands.study,
        [row.id for row in codings_of(hands.study, text.id) if row.mine and row.start < text.turns[2].start],
    )
    hands.press("F3")
    assert hands.selected() == text.text[text.turns[1].start : text.turns[1].end]
    rows = [row for row in codings_of(hands.study, text.id) if row.mine]
    assert [stop.start for stop in uncoded_turns(rows, text, hands.room.desk.codable)] == [text.turns[1].start]


def test_codings_under_older_definitions_are_walked(hands):
    fear = hands.small.codes["Fear"]
    codebook.define_code(hands.study, fear, definition=codebook.Definition(brief="Sharper."))
    hands.room.showing.choose("older")
    hands.put_caret("What happened")
    hands.press("F3")
    older = [row for row in codings_of(hands.study, hands.room.desk.document) if row.older and row.mine]
    assert [hands.view.active_coding()] == [row.id for row in older]


def test_f5_goes_to_the_next_coding_of_the_same_code_and_the_chosen_walk_stays(hands):
    hands.mark("somebody knocked")
    hands.type("calling")
    hands.press("Return")
    hands.put_caret("I called them")
    hands.press("F5")
    assert hands.selected() == "somebody knocked"
    hands.press("Shift+F5")
    assert hands.selected() == "I called them. They came at once."
    assert hands.room.showing.walker.walk.kind == "all"
    hands.put_caret("What happened")
    hands.press("F5")
    assert hands.refused[-1].startswith("Nothing is coded here.")


def test_the_code_chosen_in_the_tree_is_walked_with_those_below_it(hands):
    hands.room.codebook.tree.setFocus()
    hands.room.codebook.tree.set_current(hands.small.codes["Trust"])
    hands.room.showing.choose("code")
    assert hands.room.showing.walker.title == "Trust"
    hands.put_caret("What happened")
    found = []
    for _step in range(2):
        hands.press("F3")
        found.append(hands.view.active_coding())
    below = [hands.small.codes["Fear"], hands.small.codes["Peer"]]
    assert set(found) == asked(hands, codes=below, coders=[hands.small.ana])


def test_walks_keep_to_what_the_filter_shows(hands):
    choose(hands, "trusted")
    hands.put_caret("What happened")
    hands.press("F3")
    assert hands.selected() == "She had been through it herself."
    hands.press("F3", "F3")
    assert hands.selected() == "She had been through it herself."


def test_without_hits_the_walk_through_them_is_refused_and_the_old_one_stays(hands):
    hands.room.showing.choose("hits")
    assert hands.refused[-1].startswith("There are no hits to walk through.")
    assert hands.room.showing.walker.walk.kind == "all"


def test_the_menu_offers_every_walk_with_its_number_of_stops(hands):
    menu = foot(hands).menu
    menu.aboutToShow.emit()
    names = [action.text() for action in menu.actions()]
    assert names[0] == "Codings (3)"
    assert len(names) == 7
    assert [action.isChecked() for action in menu.actions()] == [True] + [False] * 6
    menu.actions()[3].trigger()
    assert hands.room.showing.walker.walk.kind == "unsure"


# What goes with it


@pytest.mark.parametrize("name", ["Knocking", "😀 boots", "שלום", "<b>not bold</b> & more"])
def test_a_new_code_whose_coding_is_refused_does_not_stay_in_the_codebook(hands, name):
    before = [row.name for row in hands.room.desk.codes]
    hands.mark("somebody knocked")
    hands.press("Return")
    hands.hand_in()
    hands.room.applying.palette._query.setText(name)
    rows = hands.room.applying.palette.rows()
    place = next(number for number, row in enumerate(rows) if row.kind.name == "NEW")
    hands.press(*["Down"] * place, "Return")
    assert [row.name for row in hands.room.desk.codes] == before
    assert hands.refused == [str(coding.HandedInError("INT-1"))]
    assert hands.study.next_redo() is None
    own = {"round_id": hands.small.round, "coder": hands.small.ana, "documents": [hands.small.documents["INT-1"]]}
    assignments.reopen(hands.study, **own, reason="A code is missing.")
    hands.mark("somebody knocked")
    hands.press("Return")
    hands.room.applying.palette._query.setText(name)
    hands.press(*["Down"] * place, "Return")
    assert (name, "somebody knocked") in hands.codings()
    hands.room.bridge.undo()
    assert name not in [row.name for row in hands.room.desk.codes]


def test_a_code_that_the_passage_has_is_ticked_in_the_palette(hands):
    hands.mark("somebody knocked")
    hands.type("wear")
    hands.press("Shift+Return")
    rows = {row.name: row.code.applied for row in hands.room.applying.palette.rows() if row.code}
    assert rows["Wear"]
    assert not rows["Calling for help"]
    hands.press("Escape")


def test_weights_are_out_of_sight_until_the_study_uses_them(hands):
    here = hands.room.here
    hands.put_caret("She had been through")
    assert here.weight.isHidden()
    hands.room.weigh_here()
    assert hands.refused[-1].startswith("This study uses no weights.")
    team.describe_study(hands.study, weights=True)
    assert study_card(hands.study).weights
    hands.put_caret("She had been through")
    assert here.weight.isVisible()
    hands.room.weigh_here()
    assert hands.focus is here.weight
    hands.type("70")
    hands.press("Return")
    assert hands.row("Trusted person").weight == 70
    assert hands.focus is hands.view
    assert here.list.lines[0].right == "you · weight 70"
    hands.room.weigh_here()
    hands.type("30")
    hands.press("Escape")
    assert hands.row("Trusted person").weight == 70
    hands.room.weigh_here()
    hands.press("Delete", "Return")
    assert hands.row("Trusted person").weight is None
    hands.room.bridge.undo()
    assert hands.row("Trusted person").weight == 70
    with pytest.raises(coding.WeightError):
        coding.weigh_codings(hands.study, [hands.row("Trusted person").id], weight=101)


def test_codings_of_other_rounds_are_offered_counted_and_shown_until_the_chips_go(hands, qtbot):
    study = hands.study
    rooms_foot = hands.room.transcript.foot
    assert rooms_foot.rounds.isHidden()
    before = drawn(hands)
    second = add_round(study, name="Second", everyone=True)
    hands.room.bridge.code_in(next(row for row in rounds(study) if row.id == second))
    assert drawn(hands) == set()
    qtbot.waitUntil(lambda: rooms_foot.rounds.text() == f"{len(before)} in other rounds: show")
    rooms_foot.rounds.click()
    assert drawn(hands) == before
    assert sorted(chips(hands)) == ["Round: Round 1", "Round: Second"]
    qtbot.waitUntil(rooms_foot.rounds.isHidden)
    hands.room.showing.clear()
    assert drawn(hands) == set()
