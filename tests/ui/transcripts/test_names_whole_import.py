"""A whole task in the real window: files with names are chosen, answered by keys and imported; no original is left."""

from __future__ import annotations

import pytest
from names_material import press, words_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.deidentification import find_traces, neighbours
from qcode.queries.transcripts.documents import document_text, documents

CTRL = Qt.KeyboardModifier.ControlModifier
ORIGINALS = ("Tomasz", "Alvarez", "Okafor", "Larkmoor", "Zdenka", "Wilhelmina", "555-0134")
FIRST = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Interviewer>How did it begin?</v>

00:00:04.000 --> 00:00:09.000
<v Alvarez, Ines (Guest)>I went with Tomasz to the Larkmoor clinic. Tomasz was scared, and Mrs. Okafor was kind.</v>

00:00:10.000 --> 00:00:12.000
<v Interviewer>And then?</v>

00:00:13.000 --> 00:00:20.000
<v Alvarez, Ines (Guest)>Then Tomasz's brother called from 555-0134. We drove home with Mrs Alvarez.</v>
"""
SECOND = (
    ("Interviewer", "Who else was there?"),
    ("P2", "Only Tomasz and Mrs. Okafor. I told tomasz to sit down, and Zdenka came."),
    ("Interviewer", "And in Larkmoor?"),
    ("P2", "Nobody. TOMASZ said so."),
)


@pytest.fixture
def panel(window):
    """The import panel in the real window."""
    return window.show_room("transcripts").documents.importing


def settings_file(settings):
    settings._store.sync()
    return settings._store.fileName()


def arrive(qtbot, window, panel, paths):
    """Let files be read and looked through."""
    window.current_room.import_files(paths)
    naming = panel.naming
    qtbot.waitUntil(lambda: not panel.gathering.is_reading and len(panel.gathering.ready) == len(paths), timeout=30_000)
    qtbot.waitUntil(lambda: naming.is_done and len(naming.page.search.arriving) == len(paths), timeout=30_000)
    return naming.page


def answer_all(qtbot, review):
    """Replace every string that waits, by R alone."""
    review.strings.setFocus()
    for _ in range(200):
        if not review.waiting:
            return
        assert QApplication.focusWidget() is review.strings
        if review.search.state(review.current) != "waiting":
            assert review.strings.step_to(lambda row: review.search.state(row) == "waiting")
        press(review.strings, Qt.Key.Key_R)


def test_files_are_answered_by_keys_and_imported_without_an_original(
    qtbot, window, panel, settings, small_study, tmp_path_factory, word
):
    sent = tmp_path_factory.mktemp("sent")
    first = sent / "Interview Wilhelmina.vtt"
    first.write_text(FIRST)
    second = word(str(sent / "Second_Tomasz.docx"), SECOND)
    review = arrive(qtbot, window, panel, [first, second])
    assert {"Tomasz", "Mrs. Okafor", "Zdenka", "Wilhelmina"} <= set(words_of(review))

    press(panel.files, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert panel.in_names
    assert len(documents(small_study.study)) == 2
    answer_all(qtbot, review)
    assert review.waiting == 0
    press(review.strings, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(documents(small_study.study)) == 4, timeout=30_000)

    rows = [row for row in documents(small_study.study) if row.id not in small_study.documents.values()]
    assert {row.deidentification for row in rows} == {"checked by computer"}
    texts = [document_text(small_study.study, row.id) for row in rows]
    pseudonym = review.rulings.about("tomasz").replacement
    assert all(pseudonym in text.text for text in texts)
    assert f"I told {pseudonym.lower()} to sit" in texts[1].text
    known = review.rulings.about("ines alvarez")
    assert {turn.speaker for turn in texts[0].turns} == {"Interviewer", known.replacement}

    files = [*neighbours(small_study.study.path), settings_file(settings)]
    assert find_traces([*map(type(first), files)], ORIGINALS) == ()
    window.close()
    assert (
        find_traces([*map(type(first), [*neighbours(small_study.study.path), settings_file(settings)])], ORIGINALS)
        == ()
    )


def test_undoing_and_doing_the_import_again_brings_no_original(qtbot, window, panel, small_study, tmp_path_factory):
    first = tmp_path_factory.mktemp("sent") / "One.vtt"
    first.write_text(FIRST)
    review = arrive(qtbot, window, panel, [first])
    panel.show_step(1)
    answer_all(qtbot, review)
    press(review.strings, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(documents(small_study.study)) == 3, timeout=30_000)
    window.undo()
    assert len(documents(small_study.study)) == 2
    window.redo()
    assert len(documents(small_study.study)) == 3
    assert find_traces(neighbours(small_study.study.path), ORIGINALS) == ()


def test_a_second_batch_is_consistent_with_the_first(qtbot, window, panel, small_study, tmp_path_factory):
    sent = tmp_path_factory.mktemp("sent")
    for name, words in (("One.vtt", FIRST), ("Two.txt", "Interviewer: Who?\nP4: Tomasz, I think.\n" * 3)):
        (sent / name).write_text(words)
    review = arrive(qtbot, window, panel, [sent / "One.vtt"])
    panel.show_step(1)
    answer_all(qtbot, review)
    press(review.strings, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: len(documents(small_study.study)) == 3, timeout=30_000)
    pseudonym = review.rulings.about("tomasz").replacement
    again = arrive(qtbot, window, panel, [sent / "Two.txt"])
    assert again.waiting == 0
    panel.import_all()
    qtbot.waitUntil(lambda: len(documents(small_study.study)) == 4, timeout=30_000)
    row = next(row for row in documents(small_study.study) if row.name == "Two")
    assert f"{pseudonym}, I think." in document_text(small_study.study, row.id).text


def test_what_a_name_was_is_told_where_it_is_typed_later(qtbot, window, panel, tmp_path_factory):
    first = tmp_path_factory.mktemp("sent") / "One.vtt"
    first.write_text(FIRST)
    review = arrive(qtbot, window, panel, [first])
    panel.show_step(1)
    answer_all(qtbot, review)
    panel.show_step(0)
    panel.about.name.setFocus()
    panel.about.name.setText("With Tomasz")
    qtbot.waitUntil(lambda: "Tomasz" in window.view.name_watch.warning)


def test_the_same_file_again_is_known_by_the_text_that_is_written_of_it(
    qtbot, window, panel, small_study, tmp_path_factory
):
    sent, study = tmp_path_factory.mktemp("sent"), small_study.study
    for name, words in (("Tomasz.vtt", FIRST), ("Two.txt", "Interviewer: Who?\nP4: Tomasz, I think.\n" * 3)):
        (sent / name).write_text(words)
    review = arrive(qtbot, window, panel, [sent / "Tomasz.vtt"])
    panel.show_step(1)
    answer_all(qtbot, review)
    panel.import_all()
    qtbot.waitUntil(lambda: len(documents(study)) == 3 and not panel.is_open, timeout=30_000)
    imported = documents(study)[-1]
    assert "sha256" not in imported.provenance

    window.show_room("transcripts")
    arrive(qtbot, window, panel, [sent / "Tomasz.vtt", sent / "Two.txt"])
    told = []
    panel.bridge.informed.connect(told.append)
    panel.import_all()
    qtbot.waitUntil(lambda: len(documents(study)) == 4 and not panel.is_importing, timeout=30_000)
    (left,) = panel.gathering.ready
    assert left.path.name == "Tomasz.vtt"
    assert f"in the study already, as “{imported.name}”" in left.warnings[0]
    assert left.summary == "Left out: in the study already"
    assert panel.gathering.for_all == []
    assert left.warnings[0] in told

    panel.files.select_row(left.id)
    panel.import_current()
    qtbot.waitUntil(lambda: len(documents(study)) == 5, timeout=30_000)
