"""The drawer and its panels."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import coding, team
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, codings, passages
from qcode.queries.history import history, undo_labels
from qcode.study import Place


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_drawer_opens_at_a_name_and_folds_at_the_same(shell, qtbot):
    drawer = shell.view.drawer
    assert not drawer.is_open
    click(qtbot, drawer.tab("search"))
    click(qtbot, drawer.tab("search"))
    room = shell.current_room.height()
    click(qtbot, drawer.tab("history"))
    assert drawer.is_open
    assert drawer.history.isVisible()
    assert shell.current_room.height() < room - 100
    click(qtbot, drawer.tab("memos"))
    assert (drawer.is_open, drawer.shown) == (True, "memos")
    click(qtbot, drawer.tab("memos"))
    assert not drawer.is_open
    assert shell.current_room.height() == room


def test_keys_open_and_fold_it(shell, qtbot, settings):
    room = shell.current_room
    qtbot.keyClick(room.left, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert shell.view.drawer.shown == "search"
    assert shell.view.drawer.isAncestorOf(QApplication.focusWidget())
    shell.close_study()
    assert settings.drawer_open


def test_passages_begin_with_a_sentence_and_a_way_to_see_all(shell, qtbot, small_study):
    panel = shell.view.drawer.passages
    shell.view.drawer.show_panel("passages")
    click(qtbot, panel._empty.button)
    asked = passages(small_study.study, Looking())
    assert [row.coding.id for row in panel.table.shown_rows()] == [row.coding.id for row in asked]
    assert panel._count.text() == f"{len(asked)} codings"


def test_passages_sort_filter_and_open_at_their_place(shell, qtbot, small_study):
    panel = shell.view.drawer.passages
    shell.view.show_passages("Trust", Looking())
    qtbot.keyClicks(panel.filter_line, "be wear")
    shown = panel.table.shown_rows()
    assert [(row.coding.name, row.coding.coder) for row in shown] == [("Wear", "BE")]
    panel.filter_line.setText("home wear")
    first = panel.table.shown_rows()[0]
    assert first.text.startswith("I take it home")
    panel.table.select_row(first.coding.id)
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert shell.current_room.places == [Place(first.coding.document, first.coding.start, first.coding.end)]
    panel.filter_line.clear()
    panel.table.sort(2)
    speakers = [row.speaker for row in panel.table.shown_rows()]
    assert speakers == sorted(speakers, key=str.casefold)


def test_the_reader_shows_the_passage_between_its_neighbours_as_plain_words(shell, small_study):
    shell.view.show_passages("Fear", Looking(codes=[small_study.codes["Fear"]]))
    panel = shell.view.drawer.passages
    row = panel.table.current_row()
    text = panel.reader.toPlainText()
    assert row.text in text
    assert "INT-1 · P · Residents" in text
    assert "I called them." in text
    assert f"{row.coding.name}, coded by {row.coding.coder}" in text


def test_a_comment_that_looks_like_markup_stays_a_comment(shell, small_study):
    mine = codings(small_study.study, Looking(coders=[small_study.ana], codes=[small_study.codes["Fear"]]))[0]
    coding.comment_coding(small_study.study, mine.id, comment="<img src=x> & <b>so</b>")
    shell.view.show_passages("Fear", Looking(coders=[small_study.ana], codes=[small_study.codes["Fear"]]))
    assert "<img src=x> & <b>so</b>" in shell.view.drawer.passages.reader.toPlainText()


def test_passages_stay_true_and_keep_their_selection_when_codings_change(shell, small_study):
    panel = shell.view.drawer.passages
    shell.view.show_passages("All", Looking())
    rows = panel.table.shown_rows()
    kept = next(row for row in rows if not row.coding.mine)
    panel.table.select_row(kept.coding.id)
    gone = next(row for row in rows if row.coding.mine)
    coding.remove_codings(small_study.study, [gone.coding.id])
    assert gone.coding.id not in {row.coding.id for row in panel.table.shown_rows()}
    assert panel.table.current_row().coding.id == kept.coding.id


def test_in_a_blind_round_the_drawer_does_not_show_colleagues(shell, small_study):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True, everyone=True)
    study.act_as(small_study.bo)
    passage = small_study.passage("INT-1", "And afterwards?")
    coding.apply_codes(study, passage=passage, codes=[small_study.codes["Wear"]], round_id=blind)
    study.act_as(small_study.ana)
    shell.view.show_passages("Blind", Looking(rounds=[blind]))
    assert shell.view.drawer.passages.table.shown_rows() == []
    assert "no passages here that you may see" in shell.view.drawer.passages._empty.sentence


def test_history_takes_back_the_latest_own_step_and_strikes_it(shell, qtbot, small_study):
    study = small_study.study
    small_study.apply("FG-1", "Tired, mostly.", "Fear")
    shell.view.drawer.show_panel("history")
    panel = shell.view.drawer.history
    assert len(panel.table.shown_rows()) == len(history(study))
    before = len(codings(study, Looking()))
    click(qtbot, panel.button)
    assert len(codings(study, Looking())) == before - 1
    first, second = (row.step for row in panel.table.shown_rows()[:2])
    assert (first.origin, second.undone) == ("undone", True)
    index = panel.table.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert panel.table.model().index(0, 0).data() == "Took back: Apply Fear of consequences"
    assert shell.current_room.places == [small_study.passage("FG-1", "Tired, mostly.").place]


def test_history_offers_only_what_undo_would_take_back(shell, qtbot, small_study):
    shell.view.drawer.show_panel("history")
    panel = shell.view.drawer.history
    shell.bridge.act_as(small_study.bo)
    assert panel.button.accessibleName() == f"Take back: {undo_labels(small_study.study).undo}"
    cem = team.add_coder(small_study.study, name="Cem Ay")
    shell.bridge.act_as(cem)
    assert not panel.button.isEnabled()
    assert "nothing of yours" in panel._next.text()


def test_a_step_that_later_work_stands_on_is_refused_in_the_bar(shell, qtbot, small_study):
    study = small_study.study
    rows = codings(study, Looking(coders=[small_study.ana]))
    study.act_as(small_study.bo)
    added = small_study.apply("INT-1", "And afterwards?", "Wear")
    assert added
    study.act_as(small_study.ana)
    assert rows
    team.rename_coder(study, small_study.bo, name="Bo Eklund", initials="BE")
    study.act_as(small_study.bo)
    team.rename_coder(study, small_study.bo, name="Bo Berg", initials="BB")
    shell.bridge.act_as(small_study.ana)
    shell.undo()
    assert "later work by Bo Berg stands on it" in shell.messages.sentence
