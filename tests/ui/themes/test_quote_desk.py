"""The quote desk: passages become quotes, their words are edited by keys, and what is printed is seen at once."""

from __future__ import annotations

import pytest
from by_keys import focus, press, write
from PySide6.QtGui import QGuiApplication, QTextCursor

from qcode.operations import quotes as operations
from qcode.operations import themes as theme_operations
from qcode.operations.corrections import correct_turn
from qcode.queries.history import history
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.quotes.voices import balance_of_voices
from qcode.queries.transcripts.documents import document_text
from qcode.text.quote_edits import Cut, Inserted, Replaced
from qcode.ui.themes.desk.desk import QuoteDesk
from qcode.ui.themes.voices import total_sentence

SAID = "With water it is different. Water I count."


@pytest.fixture
def desk(show_room, made, qtbot):
    """The desk on a study in which themes are written up, with the focus in its list."""
    desk = show_room(QuoteDesk, made.study, 1200, 700)
    desk.said = []
    desk.bridge.refused.connect(desk.said.append)
    desk.setFocus()
    qtbot.waitUntil(desk.lists.list.hasFocus)
    return desk


def choose(qtbot, desk, theme):
    """Choose a theme, and wait for its candidates."""
    desk.show_theme(theme)
    qtbot.waitUntil(lambda: not desk.computing)


def quote_of(study, words):
    """The quote that says this."""
    return next(row for row in quote_rows(study) if words in row.text)


def select(desk, words):
    """Select words of the transcript that lies open."""
    start = desk.pane.open.text.index(words)
    desk.pane.words.put_caret(start, start + len(words))


def steps(study):
    return len(history(study))


def open_chosen(desk, made, qtbot, words=SAID):
    """Lay a chosen quote open, and go to its words."""
    choose(qtbot, desk, made.themes["ledger"])
    desk.show_quote(quote_of(made.study, words).id)
    press("Return")
    assert focus() is desk.pane.words


def test_a_candidate_is_shortlisted_chosen_and_put_back_each_by_one_key(desk, made, qtbot):
    choose(qtbot, desk, made.themes["ledger"])
    order = [row.place for row in desk.lists.list.rows]
    new = next(number for number, row in enumerate(desk.lists.list.rows) if row.quote is None)
    press(*["Down"] * new)
    before, passage = steps(made.study), desk.lists.row
    press("S")
    assert (desk.lists.row.status, desk.lists.row.place) == ("shortlisted", passage.place)
    assert "Shortlisted" in desk.lists.list.currentIndex().data()
    press("C")
    assert quote_of(made.study, passage.text).status == desk.lists.row.status == "chosen"
    assert [row.place for row in desk.lists.list.rows] == order
    assert steps(made.study) == before + 2
    desk.bridge.undo()
    assert desk.lists.row.status == "shortlisted"
    desk.bridge.undo()
    assert desk.lists.row.status == ""
    press("D")
    assert desk.said == ["This passage is no quote yet. Shortlist it first (S)."]
    assert focus() is desk.lists.list


def test_lists_are_gone_through_with_arrows_and_what_is_taken_can_be_hidden(desk, made, qtbot):
    choose(qtbot, desk, made.themes["ledger"])
    found = len(desk.lists.list.rows)
    press("H")
    assert all(row.quote is None for row in desk.lists.list.rows)
    assert len(desk.lists.list.rows) < found
    press("H", "Right")
    assert (desk.lists.shown, focus()) == ("shortlisted", desk.lists.empty.button)
    press("Right")
    assert (desk.lists.shown, focus()) == ("chosen", desk.lists.list)
    assert [row.text for row in desk.lists.list.rows] == [SAID, "I would burn it."]
    press("Alt+Down")
    assert [row.text for row in desk.lists.list.rows] == ["I would burn it.", SAID]
    assert desk.lists.row.text == SAID
    press("Delete")
    assert [row.text for row in desk.lists.list.rows] == ["I would burn it."]
    assert desk.voices.total.text() == "3 quotes, 1 of them dissenting"
    press("D")
    assert desk.voices.total.text() == "3 quotes, none of them dissenting"


def test_voices_of_one_theme_follow_what_stands_below_it(desk, made, qtbot):
    choose(qtbot, desk, made.themes["ledger"])
    desk.voices.here.click()
    before = balance_of_voices(made.study, below=made.themes["ledger"])
    assert desk.voices.total.text() == total_sentence(before)
    theme_operations.move_theme(made.study, made.themes["gates"], parent=None, after=made.themes["ledger"])
    balance = balance_of_voices(made.study, below=made.themes["ledger"])
    assert balance.quotes < before.quotes
    assert desk.voices.total.text() == total_sentence(balance)


def test_words_are_cut_replaced_put_in_and_taken_back(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    before = steps(made.study)
    select(desk, "With water it")
    press("R")
    write("The pump")
    press("Return")
    select(desk, "Water I count.")
    press("X")
    assert focus() is desk.pane.words
    row = quote_of(made.study, SAID)
    assert list(row.edits) == [Replaced(0, 13, "The pump"), Cut(28, 42)]
    assert steps(made.study) == before + 2
    (column,) = desk.pane.printed.shown.columns
    assert column.lines[0][1] == "[The pump] is different. …"
    assert "“With water it” is replaced by [The pump]. Cut: “Water I count.”." in (
        desk.pane.words.accessibleDescription()
    )
    press("T")
    assert list(quote_of(made.study, SAID).edits) == [Replaced(0, 13, "The pump")]
    press("T")
    assert desk.said == ["There is no edit at the caret."]
    start = desk.pane.open.text.index("is different")
    desk.pane.words.put_caret(start)
    press("I")
    write("really")
    press("Return")
    desk.pane.words.put_caret(start + len("is different"))
    press("Shift+I")
    write("ly")
    press("Return")
    assert list(quote_of(made.study, SAID).edits)[1:] == [Inserted(14, "really"), Inserted(26, "ly", apart=False)]
    assert desk.pane.printed.shown.columns[0].lines[0][1].startswith("[The pump] [really] is different[ly].")
    press("Shift+T")
    assert not quote_of(made.study, SAID).edits
    desk.bridge.undo()
    assert len(quote_of(made.study, SAID).edits) == 3


def test_a_cut_takes_what_was_edited_within_it_and_is_struck_through(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    select(desk, "water")
    press("X")
    select(desk, "With water it is different.")
    press("X")
    assert list(quote_of(made.study, SAID).edits) == [Cut(0, 27)]
    words = desk.pane.words
    caret = QTextCursor(words.document())
    caret.setPosition(words._sheet.to_qt(desk.pane.open.place[0]) + 1)
    assert caret.charFormat().fontStrikeOut()
    select(desk, SAID)
    press("X")
    assert desk.said[-1].startswith("Nothing would be left")
    assert list(quote_of(made.study, SAID).edits) == [Cut(0, 27)]


def test_a_quote_takes_in_turns_and_leaves_them_and_is_what_is_selected(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    quote = quote_of(made.study, SAID)
    press("Ctrl+Up", "Ctrl+Up")
    grown = next(row for row in quote_rows(made.study) if row.id == quote.id)
    assert {part.role for part in grown.utterances} == {"interviewer", "participant"}
    assert next(who for who, _words in desk.pane.printed.shown.columns[0].lines) == "Interviewer"
    press("Ctrl+Shift+Up")
    assert {who for who, _words in desk.pane.printed.shown.columns[0].lines} <= {"Teo", ""}
    desk.bridge.undo()
    assert next(row for row in quote_rows(made.study) if row.id == quote.id).text == grown.text
    press("Q")
    assert desk.said[-1].startswith("Select the words")
    select(desk, "Water I count.")
    press("Q")
    assert next(row for row in quote_rows(made.study) if row.id == quote.id).text == "Water I count."
    assert focus() is desk.pane.words
    press("Ctrl+Shift+Down")
    assert desk.said[-1].startswith("The quote is one turn.")
    press("Escape")
    assert focus() is desk.lists.list


def test_a_quote_stays_open_when_it_goes_to_another_list(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    press("Shift+C")
    assert (desk.lists.shown, desk.lists.row.text, focus()) == ("shortlisted", SAID, desk.pane.words)
    press("C")
    assert (desk.lists.shown, desk.lists.row.text, focus()) == ("chosen", SAID, desk.pane.words)


def test_uses_and_attributions_are_written_where_the_quote_is(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    press("U")
    write("Water paper")
    press("Return")
    write("Results")
    press("Return")
    assert [(use.paper, use.section) for use in quote_of(made.study, SAID).uses] == [("Water paper", "Results")]
    assert focus() is desk.pane.words
    press("U", "Return", "Return")
    assert [use.section for use in quote_of(made.study, SAID).uses] == ["", "Results"]
    press("A")
    write("a gardener")
    press("Return")
    assert quote_of(made.study, SAID).attribution == "a gardener"
    assert desk.pane.why.text() == "Written by hand for this quote: nobody has counted how many people it could be."
    press("A")
    write("{rloe}, gardener")
    press("Return")
    assert desk.pane.behind.text() == "({rloe}, gardener)"
    assert "as it stands" in desk.pane.why.text()
    assert "unknown field “{rloe}”" in desk.pane.why.text()
    press("Escape", "H")
    assert [row.text for row in desk.lists.list.rows] == ["I would burn it."]
    press("H", "Up", "Ctrl+C")
    assert QGuiApplication.clipboard().text().startswith(SAID)
    chip = desk.pane.uses.chips[0]
    chip.setFocus()
    press("Delete")
    assert [use.section for use in quote_of(made.study, SAID).uses] == ["Results"]
    assert focus() is desk.pane.uses.chips[0]
    desk.acts.next_language()
    assert desk.said[-1] == "This text has no translation, and is none."


def test_what_is_left_out_prints_in_the_house_style(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    select(desk, "With water it is different.")
    press("X")
    desk.pane.ellipsis.setFocus()
    press("Down")
    press("Down")
    assert desk.pane.printed.shown.columns[0].lines[0][1] == ". . . Water I count."


def test_an_empty_theme_and_no_theme_say_what_to_do(desk, made, qtbot):
    asked = []
    desk.requestTheme.connect(asked.append)
    theme = theme_operations.add_theme(made.study, name="Nothing here")
    choose(qtbot, desk, theme)
    assert desk.lists.empty.sentence == "This theme gathers no codes yet, so it has no passages that could be quoted."
    desk.lists.empty.button.click()
    assert asked == [theme]
    assert desk.pane.open is None
    for row in (made.themes["ledger"], made.themes["shown"], theme):
        theme_operations.delete_theme(made.study, row)
    assert desk.lists.empty.sentence.startswith("No themes yet.")
    assert desk.theme is None


def test_a_quote_of_colleagues_that_changed_is_followed_at_once(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    operations.edit_quote(made.study, quote_of(made.study, SAID).id, edits=[Cut(0, 27)])
    assert desk.pane.printed.shown.columns[0].lines[0][1] == "… Water I count."


def test_a_quote_whose_transcript_changed_is_not_printed_until_it_was_read_again(desk, made, qtbot):
    open_chosen(desk, made, qtbot)
    document = made.documents["Plot 4"]
    text = document_text(made.study, document)
    number = next(at for at, turn in enumerate(text.turns) if SAID in text.text[turn.start : turn.end])
    turn = text.turns[number]
    correct_turn(
        made.study, document, turn=number, text=text.text[turn.start : turn.end].replace("I count", "I do count")
    )
    assert "left out here" in desk.pane.printed.shown.refused
    assert "Look again" in desk.lists.list.currentIndex().data()
    assert desk.pane.flags.text().startswith("Read the words again")
    desk.lists.take_focus()
    press("Ctrl+C")
    assert "left out here" in desk.said[-1]
    press("K")
    assert desk.pane.printed.shown.columns[0].lines[0][1].endswith("Water I do count.")
    assert "Look again" not in desk.lists.list.currentIndex().data()
    press("E")
    assert desk.pane.ellipsis.currentText() == "..."
