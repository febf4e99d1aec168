"""The review of names, by keys on the real widget, compared with what is written."""

from __future__ import annotations

import time

import pytest
from names_material import both, go_to, press, transcript, words_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qcode import nlp
from qcode.deidentification import Entity
from qcode.deidentification.forms import same_form
from qcode.ui.transcripts.names import Arriving, NamesReview
from qcode.ui.transcripts.names.arriving import Writing, sources_of

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def review(qtbot, empty_bridge):
    """The review of two files, looked through."""
    widget = NamesReview(empty_bridge)
    qtbot.addWidget(widget)
    widget.resize(1190, 640)
    widget.told = []
    empty_bridge.refused.connect(widget.told.append)
    empty_bridge.informed.connect(widget.told.append)
    widget.show()
    widget.activateWindow()
    qtbot.waitActive(widget)
    widget.review(both())
    qtbot.waitUntil(lambda: widget.scanned, timeout=10_000)
    widget.strings.setFocus()
    return widget


def text(review, key="1"):
    return review.written(key).transcript.text


def answers(review):
    return {row.text: review._answer(row) for row in review.search.rows}


def select_in_talk(review, words):
    shown = review.talk.shown.transcript.text
    start = shown.index(words)
    cursor = review.talk.pane.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    review.talk.pane.setTextCursor(cursor)
    review.talk.pane.setFocus()


def test_strings_of_all_files_are_listed_once_with_their_places(review):
    rows = {row.text: row for row in review.strings.shown_rows()}
    assert {"Tomasz", "Mrs. Okafor", "Hope", "555-0134", "ninety-four", "Jolanta Brandt"} <= set(rows)
    assert (len(rows["Tomasz"].hits), rows["Tomasz"].documents) == (6, 2)
    assert "Interview Tomasz" not in rows
    assert review.waiting == len(rows)


def test_a_name_is_replaced_everywhere_by_one_key_and_the_next_string_is_asked_about(review):
    go_to(review, "Tomasz")
    offered = review.panel.words
    press(review.strings, Qt.Key.Key_R)
    assert answers(review)["Tomasz"] == offered
    assert review.current.text != "Tomasz"
    assert "Tomasz" not in text(review)
    assert f"{offered}'s brother" in text(review)
    assert f"I told {offered.lower()} to sit" in text(review, "2")
    assert review.written("1").title == f"Interview {offered}"
    assert review.written("1").file == f"Interview {offered}.docx"


def test_what_is_typed_stands_instead_and_a_bad_pseudonym_is_refused_with_its_sentence(review):
    go_to(review, "Tomasz")
    press(review.strings, Qt.Key.Key_Return)
    assert QApplication.focusWidget() in (review.panel.replacement, review.panel.replacement.line)
    QTest.keyClicks(review.panel.replacement.line, "Tim")
    press(review.panel.replacement.line, Qt.Key.Key_Return)
    assert "begins with the letter" in review.told[-1]
    assert review.current.text == "Tomasz"
    review.panel.replacement.line.selectAll()
    QTest.keyClicks(review.panel.replacement.line, "[brother]")
    press(review.panel.replacement.line, Qt.Key.Key_Return)
    assert "I went with [brother] to" in text(review)
    assert QApplication.focusWidget() is review.strings


def test_a_pseudonym_that_somebody_has_is_refused_until_they_are_joined(review):
    go_to(review, "Tomasz")
    press(review.strings, Qt.Key.Key_R)
    pseudonym = answers(review)["Tomasz"]
    go_to(review, "Hope")
    review.panel.replacement.setEditText(pseudonym)
    press(review.strings, Qt.Key.Key_R)
    assert "stands for somebody else" in review.told[-1]
    press(review.strings, Qt.Key.Key_J)
    assert answers(review)["Hope"] == pseudonym
    assert len([one for one in review.rulings.decisions if one.decision == "replace"]) == 1


def test_two_strings_that_are_marked_become_one_person(review):
    go_to(review, "Hope")
    first = review.strings.currentIndex()
    other = next(row for row in review.strings.shown_rows() if row.text == "Tomasz")
    model = review.strings.model()
    line = review.strings.shown_rows().index(other)
    flags = review.strings.selectionModel().SelectionFlag
    review.strings.selectionModel().select(model.index(line, 0), flags.Select | flags.Rows)
    assert len(review.strings.selected()) == 2
    assert first.isValid()
    press(review.strings, Qt.Key.Key_J)
    found = answers(review)
    assert found["Hope"] == found["Tomasz"] != ""


def test_a_near_name_is_offered_as_another_form(review):
    go_to(review, "Alvarez, Ines (Guest)")
    press(review.strings, Qt.Key.Key_R)
    pseudonym = answers(review)["Alvarez, Ines (Guest)"]
    row = go_to(review, "Inez Alvarez")
    assert review.panel.words.startswith(f"{pseudonym} (as ")
    press(review.strings, Qt.Key.Key_R)
    assert review.rulings.about(row.key).replacement == pseudonym
    assert f"I saw {pseudonym} there" in text(review, "2")


def test_labels_are_replaced_as_a_whole_and_their_talk_elsewhere(review):
    go_to(review, "Alvarez, Ines (Guest)")
    press(review.strings, Qt.Key.Key_R)
    pseudonym = answers(review)["Alvarez, Ines (Guest)"]
    written = review.written("1").transcript
    assert {turn.speaker for turn in written.turns} == {"Interviewer", pseudonym}
    assert pseudonym in {label.name for label in written.labels}
    assert "Ines" not in repr(written.labels)


def test_speakers_get_study_codes_at_once(review):
    review.codes_button.click()
    assert answers(review)["Alvarez, Ines (Guest)"] == "P01"
    assert {turn.speaker for turn in review.written("1").transcript.turns} == {"Interviewer", "P01"}
    assert {turn.speaker for turn in review.written("2").transcript.turns} == {"Interviewer", "P2"}
    review.codes_button.click()
    assert "waits" in review.told[-1]


def test_many_strings_are_ruled_out_at_once_and_undo_brings_all_back(review):
    every = len(review.search.rows)
    review.strings.selectAll()
    press(review.strings, Qt.Key.Key_N)
    assert review.waiting == 0
    assert text(review) == both()[0].transcript.text
    press(review.strings, Qt.Key.Key_Z, CTRL)
    assert review.waiting == every


def test_only_here_replaces_one_place(review):
    go_to(review, "Hope")
    press(review.strings, Qt.Key.Key_H)
    assert text(review).count("Hope") == 1
    assert "So Hope drove" in text(review)
    assert answers(review)["Hope"] == "1 of 2 here"
    assert review.places.currentIndex().row() == 1
    press(review.strings, Qt.Key.Key_H)
    assert "Hope" not in text(review)
    assert review.search.state(next(row for row in review.search.rows if row.text == "Hope")) == "here"


def test_only_here_is_refused_for_what_is_no_talk(review):
    go_to(review, "Jolanta Brandt")
    press(review.strings, Qt.Key.Key_H)
    assert "in the talk" in review.told[-1]
    assert review.rulings.decisions == ()


def test_metadata_is_replaced_too(review):
    go_to(review, "Jolanta Brandt")
    press(review.strings, Qt.Key.Key_R)
    assert "Jolanta" not in repr(review.written("1").transcript.metadata)


def test_later_puts_off_and_u_takes_back(review):
    waiting = review.waiting
    go_to(review, "Larkmoor")
    press(review.strings, Qt.Key.Key_L)
    assert (review.waiting, answers(review)["Larkmoor"]) == (waiting - 1, "later")
    assert "Larkmoor" in text(review)
    go_to(review, "Larkmoor")
    press(review.strings, Qt.Key.Key_U)
    assert review.waiting == waiting


def test_a_mark_is_widened_and_narrowed_by_words(review):
    go_to(review, "Hope")
    press(review.strings, Qt.Key.Key_Left, CTRL | SHIFT)
    assert review.current.text == "brother Hope"
    assert review.places.current_row().words == "brother Hope"
    assert "Hope" in words_of(review)
    press(review.strings, Qt.Key.Key_R)
    assert "brother Hope" not in text(review)
    assert "So Hope drove" in text(review)
    go_to(review, "the Larkmoor clinic")
    press(review.strings, Qt.Key.Key_Right, CTRL | SHIFT)
    assert review.current.text == "Larkmoor clinic"
    assert "the Larkmoor clinic" not in words_of(review)
    press(review.strings, Qt.Key.Key_Left, SHIFT)
    assert review.current.text == "Larkmoor"
    assert len(review.current.hits) == 2
    press(review.strings, Qt.Key.Key_Left, SHIFT)
    assert "no further" in review.told[-1]


def test_undo_takes_back_a_mark_with_its_row(review):
    before = words_of(review)
    go_to(review, "Hope")
    press(review.strings, Qt.Key.Key_Left, CTRL | SHIFT)
    assert words_of(review) != before
    press(review.strings, Qt.Key.Key_Z, CTRL)
    assert words_of(review) == before


def test_a_string_that_was_missed_is_marked_in_the_talk(qtbot, review):
    go_to(review, "Hope")
    qtbot.waitUntil(lambda: review.talk.shown is not None and review.talk.shown.key == "1")
    select_in_talk(review, "he said")
    press(review.talk.pane, Qt.Key.Key_M)
    assert review.current.text == "he said"
    assert review.places.current_row().words == "he said"
    press(review.talk.pane, Qt.Key.Key_R)
    assert "he said" not in text(review)
    assert QApplication.focusWidget() is review.talk.pane


def test_a_string_that_was_missed_is_typed_and_one_that_stands_nowhere_is_refused(review):
    review.missed.setFocus()
    QTest.keyClicks(review.missed, "scared")
    press(review.missed, Qt.Key.Key_Return)
    assert review.current.text == "scared"
    assert len(review.current.hits) == 1
    review.missed.setFocus()
    QTest.keyClicks(review.missed, "Wilhelmina")
    press(review.missed, Qt.Key.Key_Return)
    assert "none of the files" in review.told[-1]
    assert "Wilhelmina" not in review.told[-1]


def test_known_names_are_typed_with_their_pseudonyms_and_refusals_stay_in_the_panel(qtbot, review):
    review.known_button.click()
    field = review.known_panel.field
    field.setPlainText("Tomasz = Yusuf\nbrother\n= nobody")
    press(field, Qt.Key.Key_Return, CTRL)
    assert "Line 3" in review.known_panel.says.text()
    field.setPlainText("Tomasz = Yusuf\nscared\nHope = Yusuf")
    press(field, Qt.Key.Key_Return, CTRL)
    assert review.known_panel.isHidden()
    qtbot.waitUntil(lambda: review.scanned and "scared" in words_of(review), timeout=10_000)
    found = answers(review)
    assert (found["Tomasz"], found["Hope"]) == ("Yusuf", "Yusuf")
    assert next(row for row in review.search.rows if row.text == "scared").by[0] == "key list"
    assert set(review.bridge.names.names) >= {"Tomasz", "Hope", "scared"}
    assert review.bridge.names.first_in("A memo about TOMASZ") == "TOMASZ"


def test_answers_hold_for_the_next_batch(qtbot, review):
    go_to(review, "Tomasz")
    press(review.strings, Qt.Key.Key_R)
    pseudonym = answers(review)["Tomasz"]
    third = Arriving("3", "Third", transcript((("P9", "It was tomasz again, and Wilma."),)))
    review.review([third])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert answers(review)["tomasz"] == pseudonym
    assert review.progress("3") == (1, 2)
    assert words_of(review)[0] == "Wilma"
    assert text(review, "3") == f"It was {pseudonym.lower()} again, and Wilma."


def test_a_place_that_was_answered_alone_follows_a_text_that_changed(qtbot, review):
    go_to(review, "Hope")
    press(review.strings, Qt.Key.Key_H)
    first, second = both()
    longer = transcript(
        (
            ("Interviewer", "Before it all."),
            *[(t.speaker, first.transcript.text[t.start : t.end]) for t in first.transcript.turns],
        )
    )
    review.review([Arriving("1", first.title, longer), second])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert text(review).count("Hope") == 1
    assert "So Hope drove" in text(review)
    gone = transcript((("Interviewer", "Hope did something else, and so did Hope."),))
    review.review([Arriving("1", first.title, gone), second])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    row = next(row for row in review.search.rows if row.key == same_form("Hope"))
    assert review.search.state(row) == "waiting"


def test_files_that_did_not_change_are_not_looked_through_again(qtbot, review, monkeypatch):
    asked = []
    from qcode.ui.transcripts.names import search

    real = search.looked_through
    monkeypatch.setattr(search, "looked_through", lambda one, *a, **k: (asked.append(one.key), real(one, *a, **k))[1])
    third = Arriving("3", "Third", transcript((("P9", "It was Wilma."),)))
    review.review([*both(), third])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert asked == ["3"]


def test_the_screen_says_what_to_expect_and_that_no_model_looked(review, monkeypatch):
    assert "191 of 192" in review.expectation.text()
    assert "No language model is installed" in review.expectation.text()
    assert not review.model_box.isVisible()


def test_a_language_model_is_asked_where_there_is_one(qtbot, review, monkeypatch):
    def entities(talk, _language):
        place = talk.find("kind")
        return [(place, place + 4, "PERSON")] if place >= 0 else []

    monkeypatch.setattr(nlp, "may_know_names", lambda _language="en": True)
    monkeypatch.setattr(nlp, "entities", entities)
    rows = words_of(review)
    review.review([*both(), Arriving("3", "Third", transcript((("P9", "They were Wilma and kind."),)))])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert "kind" in words_of(review)
    assert [row for row in words_of(review) if row in rows] == rows
    assert "A language model looked too" in review.expectation.text()
    review.model_box.setChecked(False)
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert "kind" not in words_of(review)
    assert "was not asked" in review.expectation.text()


def test_a_model_that_cannot_be_used_is_said(qtbot, review, monkeypatch):
    monkeypatch.setattr(nlp, "may_know_names", lambda _language="en": True)
    monkeypatch.setattr(nlp, "entities", lambda _talk, _language: None)
    review.review([*both(), Arriving("3", "Third", transcript((("P9", "It was Wilma."),)))])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert "could not be used" in review.expectation.text()


def test_a_talk_without_capitals_is_warned_about(qtbot, review):
    assert not review.warning.isVisible()
    small = transcript((("P9", "well i went there and nobody came so i left again " * 10),))
    review.review([Arriving("3", "Third", small)])
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert review.warning.isVisible()
    assert "“Third” has no capitals" in review.warning.text()


def test_the_state_says_which_file_and_how_many_strings_are_left(review):
    go_to(review, "ninety-four")
    answered, every = review.progress("2")
    assert review.status.text().startswith(f"File 2 of 2: {every - answered} strings left · {review.waiting}")


def test_every_action_has_a_name_a_key_or_a_button_and_every_control_an_accessible_name(review):
    for action in review.name_actions:
        assert action.key.startswith("names.")
        assert action.lasting_name
    for part in (review.strings, review.places, review.talk.pane, review.finder, review.missed, review.shown):
        assert part.accessibleName()


def test_a_filter_shows_what_was_not_answered_and_the_cursor_goes_on(review):
    review.shown.setCurrentIndex(1)
    go_to(review, "Tomasz")
    rows = words_of(review)
    press(review.strings, Qt.Key.Key_N)
    assert "Tomasz" not in words_of(review)
    assert review.current.text == rows[rows.index("Tomasz") + 1]


def test_files_that_go_while_all_is_looked_through_leave_no_string(qtbot, review):
    review.review([])
    press(review.strings, Qt.Key.Key_Down)
    press(review.strings, Qt.Key.Key_End)
    assert review.places.shown_rows()
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert words_of(review) == []
    assert review.places.shown_rows() == []
    assert review.status.text() == "Nothing arrives."
    press(review.strings, Qt.Key.Key_R)
    assert review.rulings.decisions == ()


def test_forgetting_what_was_answered_asks_again(qtbot, review):
    go_to(review, "Tomasz")
    press(review.strings, Qt.Key.Key_R)
    assert "Tomasz" in review.bridge.names.names
    review.rulings.forget()
    qtbot.waitUntil(lambda: review.scanned, timeout=10_000)
    assert review.waiting == len(review.search.rows)
    assert review.bridge.names.names == ()


def test_a_thousand_strings_are_answered_without_waiting(qtbot, review):
    talk = tuple(("P1", f"I met Zarq{number}x Lumo, and Wilma{number % 50} sat there.") for number in range(1_000))
    review.review([Arriving("9", "Long", transcript(talk))])
    qtbot.waitUntil(lambda: review.scanned, timeout=30_000)
    assert len(review.search.rows) > 1_000
    begin = time.process_time()
    for _ in range(10):
        press(review.strings, Qt.Key.Key_N)
        QApplication.processEvents()
    assert (time.process_time() - begin) / 10 < 0.25


def test_the_ending_of_a_file_is_no_name_and_what_only_looks_like_an_ending_may_be_one():
    talk = transcript((("P1", "I have nothing to say about it."),))
    writing = Writing([Entity("1", "name", ("docx", "Wilczek", "Zofia"), "Nora")])
    for file, stem, kept in (
        ("docx Zofia.docx", "docx Zofia", "nora Nora.docx"),
        ("Zofia.Wilczek", "Zofia.Wilczek", "Nora.Nora"),
    ):
        arriving = Arriving("1", "Visit", talk, file=file)
        assert stem in {source.text for source in sources_of(arriving)}
        assert writing.written(arriving).file == kept


def test_an_address_of_somebody_known_becomes_its_kind_and_no_pseudonym(review, qtbot):
    talk = (
        ("P1", "Zofia Wilczek came. Write to zofia.wilczek@example.org, said Zofia Wilczek, of wilczek.example.org."),
    )
    review.review([Arriving("3", "Third", transcript(talk))])
    qtbot.waitUntil(lambda: review.scanned and "zofia.wilczek@example.org" in words_of(review), timeout=10_000)
    review.bridge.rulings.replace([("Zofia Wilczek", "name")], "Nora")
    go_to(review, "zofia.wilczek@example.org")
    press(review.strings, Qt.Key.Key_R)
    assert answers(review)["zofia.wilczek@example.org"] == "[e-mail address]"
    assert "Write to [e-mail address], said Nora" in text(review, "3")
