"""Reading width and numbers beside the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings

from qcode.text.values import Turn
from qcode.ui import theme
from qcode.ui.palette import DARK, LIGHT, contrast, over
from qcode.ui.settings import Settings
from qcode.ui.text.columns import columns_for
from qcode.ui.text.geometry import Sheet
from qcode.ui.text.reading_style import LETTERS, NUMBERS, WIDTHS, ReadingStyle, readable

WORDS = "She said that they came at once and that nobody had asked her what she wanted, 🚌 not even then. "


def long_talk(count=120):
    """Turns of several rows each; an event now and then; one turn has two paragraphs."""
    text, turns = "", []
    for number in range(count):
        start = len(text)
        said = f"Turn {number + 1}. " + WORDS * 4 + ("\nAnd then: " + WORDS if number == 2 else "")
        turns.append(Turn(start, start + len(said), "IP"[number % 2], ("interviewer", "participant")[number % 2]))
        text += said + "\n"
    return text[:-1], tuple(turns)


def top_words(hands):
    """The first words of the row at the top."""
    view = hands.view
    start = view._sheet.first_in_sight(view.paragraphs_in_sight()[0])
    return start, view.rows_between(start, start + 1)[0]


@pytest.mark.parametrize("width", WIDTHS)
def test_lines_are_as_long_as_was_chosen_where_there_is_room(show, width):
    hands = show(*long_talk(), width=2400)
    hands.view.set_reading_style(ReadingStyle(width=width))
    layout = hands.view._sheet.layout_of(hands.view.paragraphs_in_sight()[0])
    lengths = [layout.lineAt(index).textLength() for index in range(layout.lineCount() - 1)]
    low, high = {"narrow": (48, 62), "medium": (60, 75), "wide": (85, 104), "full": (150, 400)}[width]
    assert low <= max(lengths) <= high


def test_wider_is_wider_also_in_a_narrow_window():
    texts = [columns_for(760, 7.5, 120, 180, 34, LETTERS[width]).text for width in WIDTHS]
    assert texts == sorted(texts)
    assert texts[1] < texts[2]
    roomy = [columns_for(2000, 7.5, 120, 180, 34, LETTERS[width]).text for width in WIDTHS]
    assert roomy == sorted(set(roomy))


@given(st.integers(0, 4000), st.floats(4, 30), st.sampled_from(WIDTHS))
def test_columns_of_every_width_share_exactly_what_there_is(width, letter, chosen):
    columns = columns_for(width, letter, 120, 180, 34, LETTERS[chosen])
    assert sum(columns) == width
    assert min(columns) >= 0


@pytest.mark.parametrize("down", [1, 7, 40, 77])
@pytest.mark.parametrize("width", ["narrow", "wide", "full"])
def test_another_width_keeps_what_stands_at_the_top(show, down, width):
    hands = show(*long_talk(), width=1400)
    hands.view.verticalScrollBar().setValue(down)
    before, _top = top_words(hands)
    hands.view.set_reading_style(ReadingStyle(width=width))
    row_top = hands.view.rows_between(before, before + 1)[0]
    assert -hands.view.rows.pitch < row_top < hands.view.rows.pitch


def test_zoom_keeps_what_stands_at_the_top(show):
    theme.choose("light")
    hands = show(*long_talk(), width=1400)
    hands.view.verticalScrollBar().setValue(77)
    before, _top = top_words(hands)
    font = hands.view.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    hands.view.setFont(font)
    row_top = hands.view.rows_between(before, before + 1)[0]
    assert -hands.view.rows.pitch < row_top < hands.view.rows.pitch


def test_the_beginning_stays_the_beginning(show):
    hands = show(*long_talk(), width=1400)
    for width in WIDTHS:
        hands.view.set_reading_style(ReadingStyle(width=width))
        assert hands.view.verticalScrollBar().value() == 0


def test_turns_are_numbered_as_imported_and_paragraphs_as_they_stand(show):
    hands = show(*long_talk(5))
    numbers = hands.view._numbers
    assert numbers.isHidden()
    assert numbers.number_of(0) is None
    hands.view.set_reading_style(ReadingStyle(numbers="turns"))
    assert [numbers.number_of(place) for place in range(6)] == [1, 2, 3, None, 4, 5]
    hands.view.set_reading_style(ReadingStyle(numbers="paragraphs"))
    assert [numbers.number_of(place) for place in range(6)] == [1, 2, 3, 4, 5, 6]
    assert "stays the same" in numbers.toolTip()
    hands.view.show_document("only\nlines", ())
    assert [numbers.number_of(place) for place in range(2)] == [1, 2]
    hands.view.set_reading_style(ReadingStyle(numbers="turns"))
    assert [numbers.number_of(place) for place in range(2)] == [None, None]


def test_numbers_have_room_of_their_own_and_are_drawn_only_where_they_are_wanted(show):
    hands = show(*long_talk())
    view = hands.view
    plain = view.viewport().x()
    view.set_reading_style(ReadingStyle(numbers="turns"))
    strip = view._numbers.geometry()
    assert view.viewport().x() == strip.x() + strip.width()
    assert strip.left() >= view._speakers.geometry().right()
    picture = view._numbers.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(picture.height())}
    assert len(colours) > 1
    view.set_reading_style(ReadingStyle())
    assert view._numbers.width() == 0
    assert view.viewport().x() == plain


def test_numbers_stay_beside_their_rows_while_scrolling(show):
    hands = show(*long_talk())
    view = hands.view
    view.set_reading_style(ReadingStyle(numbers="paragraphs"))
    view.grab()
    for down in (1, 2, 9, 4):
        view.verticalScrollBar().setValue(down)
        scrolled = view._numbers.grab().toImage()
        view._numbers.update()
        assert view._numbers.grab().toImage() == scrolled


def test_each_press_takes_the_next_and_comes_round():
    style, widths, numbers = ReadingStyle(), [], []
    for _ in WIDTHS:
        style = style.next_width()
        widths.append(style.width)
    for _ in NUMBERS:
        style = style.next_numbers()
        numbers.append(style.numbers)
    assert sorted(widths) == sorted(WIDTHS)
    assert sorted(numbers) == sorted(NUMBERS)
    assert style == ReadingStyle()


@pytest.mark.parametrize("stored", [(None, None), ("huge", "lines"), (3, b"x"), ("", "")])
def test_what_cannot_be_read_counts_as_not_chosen(stored):
    assert readable(*stored) == ReadingStyle()


def test_settings_remember_the_style(tmp_path):
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert Settings(store).reading_style == ReadingStyle()
    Settings(store).reading_style = ReadingStyle("wide", "paragraphs")
    assert Settings(store).reading_style == ReadingStyle("wide", "paragraphs")


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_interviewers_words_are_quieter_and_can_still_be_read_on_every_ground(colours):
    grounds = [colours.background, *(code.tint for code in colours.codes)]
    grounds += [over(colours.selection, colours.selection_strength, ground) for ground in grounds]
    for ground in grounds:
        assert contrast(colours.quiet_text, ground) >= 4.5
        assert contrast(colours.quiet_text, ground) < contrast(colours.text, ground)
    assert contrast(colours.margin_text, colours.background) >= 4.5


def kept_and_fresh(view):
    """Where the words in sight stand as the view keeps it, and as a sheet says that was never asked before."""
    fresh = Sheet(view.page, view.document(), view.rows)
    for paragraph in view.paragraphs_in_sight():
        for start in range(paragraph.start, paragraph.end, 7):
            span = start, min(start + 12, paragraph.end)
            yield view._sheet.pieces(paragraph, span), fresh.pieces(paragraph, span)
            yield view._sheet.row_of(paragraph, start), fresh.row_of(paragraph, start)


@pytest.mark.parametrize("width", [1400, 1000, 700])
def test_what_is_kept_of_rows_is_true_whatever_moves_them(show, width):
    hands = show(*long_talk(), width=width)
    view, larger = hands.view, hands.view.font()
    larger.setPointSizeF(larger.pointSizeF() * 1.5)
    moves = [
        lambda: view.resize(view.width() - 40, view.height()),
        lambda: view.resize(view.width() + 90, view.height() - 60),
        lambda: view.set_reading_style(ReadingStyle(width="narrow", numbers="turns")),
        lambda: view.verticalScrollBar().setValue(61),
        lambda: view.setFont(larger),
        lambda: view.resize(view.width() - 120, view.height()),
        lambda: view.show_document(*long_talk(7)),
    ]
    for move in moves:
        before = list(kept_and_fresh(view))
        assert before
        assert all(kept == fresh for kept, fresh in before)
        move()
        assert all(kept == fresh for kept, fresh in kept_and_fresh(view))


def test_a_window_that_grows_beside_the_text_sets_no_row_anew(show):
    hands = show(*long_talk(), width=1400)
    hands.view.set_codings([hands.coding("late", "Turn 2", colour=1)])
    hands.picture()
    text, known = hands.view.viewport().width(), dict(hands.view._highlights._marks)
    assert known
    hands.view.resize(hands.view.width() + 80, hands.view.height())
    assert hands.view.viewport().width() == text
    hands.picture()
    assert all(hands.view._highlights._marks[number] is marks for number, marks in known.items())
