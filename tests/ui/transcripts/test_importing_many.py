"""Many files at once through the real panel: states, refusals, choices for all of a kind, and cancelling."""

from __future__ import annotations

import os
import threading
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from room_material import COLONS, names, panel, popups, press, settle, steps, talk, wait_for_import

from qcode.queries.people.attributes import sheet
from qcode.queries.transcripts.documents import document_text, documents, participants
from qcode.transcripts import read_apart
from qcode.transcripts.apart import ReadingCancelledError
from qcode.ui.settings import Settings
from qcode.ui.transcripts.importing import reading_files

CASES = Path(__file__).parents[2] / "cases" / "transcripts"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SURVEY = "ID;Place;Why did you come back to us?\nR1;Overton;Because it was near\nR2;Overton;I had nowhere else\n"
CAFE = "I: What did it cost at the café?\nP: It was £40 — “no more”.\nI: Really?\nP: Yes.\n"


def study(room):
    return room.bridge.study


def arrival(room, name):
    return next(row for row in panel(room).gathering.arrivals if row.path.name == name)


def look_at(room, name):
    assert panel(room).files.select_row(arrival(room, name).id)


@pytest.fixture(autouse=True)
def closed_lists(monkeypatch):
    popups(monkeypatch)


def use_column(qtbot, room, name, use):
    """Choose in its list what a column is used as, and wait until the file is read so."""
    table = panel(room).found.columns.table
    panel(room).found.tabs.setCurrentWidget(panel(room).found.columns)
    if {row.name: row.use for row in table.shown_rows()}[name] == use:
        return
    table.edit_cell(name, 1)
    editor = next(child for child in table.viewport().findChildren(QComboBox) if child.isVisible())
    editor.setCurrentIndex(editor.findData(use))
    editor.activated.emit(editor.currentIndex())
    assert panel(room).current.chosen.options[f"column:{name}"] == use
    settle(qtbot, room)


def test_a_folder_brings_its_transcripts_and_leaves_the_rest(room, qtbot, text, tmp_path):
    text("folder/b.txt")
    text("folder/a.md", COLONS + "Moderator: More?\n")
    text("folder/.hidden.txt")
    text("folder/~$lock.docx")
    text("folder/picture.png")
    (tmp_path / "folder" / "inner").mkdir()
    text("folder/inner/c.txt", COLONS * 2)
    room.import_files([tmp_path / "folder"])
    settle(qtbot, room)
    assert [row.path.name for row in panel(room).gathering.arrivals] == ["a.md", "b.txt", "c.txt"]
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["a", "b", "c"]


def test_forty_files_come_in_with_one_undo_and_one_refused_file_stops_none(room, qtbot, text, tmp_path):
    for number in range(40):
        text(f"many/{number:02}.txt", COLONS + f"Moderator: Number {number}?\n")
    (tmp_path / "many" / "07.txt").write_bytes(b"\x00" * 50)
    room.import_files([tmp_path / "many"])
    settle(qtbot, room)
    shown = panel(room)
    assert arrival(room, "07.txt").summary.startswith("Refused: 07.txt")
    assert "1 refused" in shown.said
    press(shown.files, Qt.Key.Key_Return, CTRL | SHIFT)
    wait_for_import(qtbot, room)
    assert len(names(study(room))) == 39
    assert shown.is_open
    assert "39 transcripts imported, 1 file left." in shown.said
    room.bridge.undo()
    assert names(study(room)) == []
    panel(room).cancel()


def test_two_files_are_read_at_a_time_and_the_others_wait(room, qtbot, text, monkeypatch):
    running, most, let_go = set(), [], threading.Event()

    def reading(path, **given):
        running.add(path)
        most.append(len(running))
        let_go.wait(20)
        running.discard(path)
        return read_apart(path, **given)

    monkeypatch.setattr(reading_files, "read_apart", reading)
    room.import_files([text(f"{number}.txt", COLONS + "Moderator: So?\n" * number) for number in range(5)])
    qtbot.waitUntil(lambda: len(running) == 2)
    states = [row.state for row in panel(room).gathering.arrivals]
    assert states == ["reading", "reading", "waiting", "waiting", "waiting"]
    assert panel(room).said.startswith("0 of 5 files read.")
    let_go.set()
    settle(qtbot, room)
    assert max(most) == 2


def test_cancelling_stops_the_readers_and_leaves_the_study_byte_for_byte(room, qtbot, text, monkeypatch):
    before = study(room).path.read_bytes()
    stopped = []

    def reading(path, *, cancelled, **_given):
        while not cancelled():
            threading.Event().wait(0.01)
        stopped.append(path.name)
        raise ReadingCancelledError(path.name)

    monkeypatch.setattr(reading_files, "read_apart", reading)
    room.import_files([text(f"{number}.txt") for number in range(40)])
    qtbot.waitUntil(lambda: panel(room).gathering.arrivals[1].state == "reading")
    qtbot.mouseClick(panel(room).cancel_button, Qt.MouseButton.LeftButton)
    assert not panel(room).is_open
    qtbot.waitUntil(lambda: sorted(stopped) == ["0.txt", "1.txt"])
    assert study(room).path.read_bytes() == before


def test_an_import_that_is_stopped_in_the_middle_writes_nothing(room, qtbot, text, monkeypatch):
    before = study(room).path.read_bytes()
    begun, let_go = threading.Event(), threading.Event()
    made = reading_files.incoming

    def slowly(wanted):
        begun.set()
        let_go.wait(20)
        return made(wanted)

    monkeypatch.setattr(reading_files, "incoming", slowly)
    room.import_files([text(f"{number}.txt", COLONS + "Moderator: So?\n" * number) for number in range(3)])
    settle(qtbot, room)
    panel(room).import_all()
    qtbot.waitUntil(begun.is_set)
    assert panel(room).cancel_button.text() == "Stop"
    qtbot.mouseClick(panel(room).cancel_button, Qt.MouseButton.LeftButton)
    let_go.set()
    assert panel(room).is_open
    qtbot.wait(100)
    assert study(room).path.read_bytes() == before
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert len(names(study(room))) == 3


def test_the_same_file_twice_is_imported_once(room, qtbot, text):
    room.import_files([text("a/bus.txt"), text("b/bus.txt")])
    settle(qtbot, room)
    summaries = [row.summary for row in panel(room).gathering.arrivals]
    assert summaries.count("Left out: chosen twice") == 1
    assert panel(room).import_all_button.text() == "Import all"
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["bus"]
    panel(room).cancel()


def test_a_file_that_changed_on_disk_is_read_anew_and_not_imported_unseen(room, qtbot, text):
    path = text("bus.txt")
    room.import_files([path])
    settle(qtbot, room)
    text("bus.txt", COLONS + "Yvonne: And one more thing.\n")
    panel(room).import_current()
    wait_for_import(qtbot, room)
    settle(qtbot, room)
    assert names(study(room)) == []
    assert "was changed on disk while you looked at it" in panel(room).found.words
    assert "one more thing" in panel(room).current.transcript.text
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert talk(study(room), "bus")[-1] == ("Yvonne", "And one more thing.")


def test_a_file_that_was_only_touched_is_imported(room, qtbot, text):
    path = text("bus.txt")
    room.import_files([path])
    settle(qtbot, room)
    os.utime(path, (1, 1))
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["bus"]


def test_a_file_that_is_gone_is_imported_as_it_was_looked_at(room, qtbot, text):
    path = text("bus.txt")
    room.import_files([path])
    settle(qtbot, room)
    path.unlink()
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["bus"]


def test_a_file_that_is_gone_before_it_is_read_is_refused(room, qtbot, tmp_path):
    room.import_files([tmp_path / "gone.txt"])
    settle_refused(qtbot, room)
    assert panel(room).refusal.sentence.startswith("There is no file gone.txt")
    panel(room).cancel()


def settle_refused(qtbot, room):
    qtbot.waitUntil(lambda: not panel(room).gathering.is_reading, timeout=20_000)


def test_files_with_passwords_and_bombs_are_refused_and_the_others_come_in(room, qtbot, text, tmp_path):
    import pypdf

    locked = pypdf.PdfWriter()
    locked.add_blank_page(100, 100)
    locked.encrypt("secret")
    with (tmp_path / "locked.pdf").open("wb") as file:
        locked.write(file)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    (tmp_path / "locked.docx").write_bytes(ole)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b" " * 30_000_000)
    paths = [tmp_path / name for name in ("locked.pdf", "locked.docx", "bomb.docx")]
    room.import_files([*paths, text("bus.txt")])
    settle_refused(qtbot, room)
    assert "password" in arrival(room, "locked.pdf").summary
    assert "protected with a password" in arrival(room, "locked.docx").summary
    assert "refused for safety" in arrival(room, "bomb.docx").summary
    panel(room).import_all()
    wait_for_import(qtbot, room)
    assert names(study(room)) == ["bus"]
    panel(room).cancel()


def test_choices_about_one_file_go_for_the_others_of_its_kind_only(room, qtbot, text):
    paths = [text(f"{number}.csv", SURVEY.replace("near", f"near {number}")) for number in range(3)]
    room.import_files([*paths, text("bus.txt")])
    settle(qtbot, room)
    shown = panel(room)
    look_at(room, "0.csv")
    settle(qtbot, room)
    assert not shown.found.apply_button.isVisible()
    use_column(qtbot, room, "Place", "ignore")
    settle(qtbot, room)
    shown.about.group.setFocus()
    QTest.keyClicks(shown.about.group, "Survey")
    assert shown.found.apply_button.text() == "Apply to the other 2 of this kind"
    press(shown.files, Qt.Key.Key_G, CTRL | SHIFT)
    settle(qtbot, room)
    for number in range(3):
        read = arrival(room, f"{number}.csv")
        assert {column.name: column.use for column in read.reading.columns}["Place"] == "ignore"
        assert read.group == "Survey"
    assert arrival(room, "bus.txt").group == ""
    assert arrival(room, "bus.txt").chosen.is_empty
    room.import_files([text("later.csv", SURVEY.replace("near", "far"))])
    settle(qtbot, room)
    later = arrival(room, "later.csv").reading
    assert {column.name: column.use for column in later.columns}["Place"] == "ignore"
    shown.cancel()


def test_a_choice_that_cannot_be_read_is_told_and_what_was_read_stays(room, qtbot, text):
    room.import_files([text("answers.csv", SURVEY)])
    settle(qtbot, room)
    turns = panel(room).current.transcript.turns
    use_column(qtbot, room, "Place", "ignore")
    use_column(qtbot, room, "Why did you come back to us?", "ignore")
    assert panel(room).current.state == "ready"
    assert "no column of it was found, or chosen, that holds answers" in panel(room).found.words
    uses = {column.name: column.use for column in panel(room).found.columns.table.shown_rows()}
    assert uses == {"ID": "id", "Place": "ignore", "Why did you come back to us?": "open"}
    assert len(panel(room).current.transcript.turns) == len(turns)
    panel(room).cancel()


def test_no_headers_can_be_chosen_by_the_box(room, qtbot, text):
    room.import_files([text("answers.csv", SURVEY)])
    settle(qtbot, room)
    header = panel(room).found.columns.header
    header.setFocus()
    header.setCurrentIndex(header.findData("none"))
    header.activated.emit(header.currentIndex())
    settle(qtbot, room)
    assert [column.name for column in panel(room).found.columns.table.shown_rows()] == [
        "Column A",
        "Column B",
        "Column C",
    ]
    assert "Why did you come back to us?" in panel(room).current.transcript.text
    header.setCurrentIndex(0)
    header.activated.emit(0)
    settle(qtbot, room)
    assert "Why did you come back to us?" not in panel(room).current.transcript.text


def test_what_was_taken_as_no_answer_becomes_one_at_a_tick_and_none_again(room, qtbot, text):
    room.import_files([text("answers.csv", SURVEY + "R3;Overton;N/A\n")])
    settle(qtbot, room)
    shown = panel(room)
    shown.found.tabs.setCurrentWidget(shown.found.no_answers)
    for present in (True, False):
        assert shown.found.no_answers.select_row("N/A")
        shown.found.no_answers.setFocus()
        press(shown.found.no_answers, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: shown.current.state != "ready")
        settle(qtbot, room)
        assert ("N/A" in shown.current.transcript.text) == present


def test_an_unmatched_line_leads_to_its_place_in_the_turns(room, qtbot):
    room.import_files([CASES / "08_docx_otter.docx", CASES / "11_docx_google_meet_gemini.docx"])
    settle(qtbot, room)
    shown = panel(room)
    reading, text = shown.current.reading, shown.current.transcript.text
    assert len(shown.found.lines.shown_rows()) == len(reading.unmatched) > 0
    place = shown.found.tabs.indexOf(shown.found.lines)
    assert shown.found.tabs.tabText(place) == f"Lines not explained  {len(reading.unmatched)}"
    wanted = []
    shown.found.placeWanted.connect(lambda start, end: wanted.append(text[start:end]))
    for line in reading.unmatched:
        shown.found.lines.select_row((line.line_no, line.text))
        press(shown.found.lines, Qt.Key.Key_Return)
    assert wanted == [line.text.strip() for line in reading.unmatched if line.text.strip() in text]


def test_an_entry_beside_the_talk_is_kept_only_when_it_is_ticked(room, qtbot, word):
    room.import_files([word("INT-1.docx", before=["Date: 3 May", "Place: Overton", "Length: 40 minutes"])])
    settle(qtbot, room)
    beside = panel(room).found.beside
    panel(room).found.tabs.setCurrentWidget(beside)
    assert [row.key for row in beside.shown_rows() if row.kept] == ["Length"]
    assert beside.select_row("Date")
    beside.setFocus()
    press(beside, Qt.Key.Key_Space)
    assert [row.key for row in beside.shown_rows() if row.kept] == ["Date", "Length"]
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert documents(study(room))[0].provenance["beside"] == {"Date": "3 May", "Length": "40 minutes"}
    day = documents(study(room))[0].provenance["imported"]
    said = f"From INT-1.docx, imported on {day} · Date: 3 May · Length: 40 minutes"
    assert room.documents.details.origin.text() == said
    assert b"Overton" not in study(room).path.read_bytes()


def test_choices_are_remembered_for_the_next_time_without_a_name(room, qtbot, text, tmp_path):
    store = tmp_path / "settings.ini"
    room.bridge.settings = Settings(QSettings(str(store), QSettings.Format.IniFormat))
    first = text("first.txt", "Interviewer: Ready?\nMarisol Q: Yes.\nInterviewer: Sure?\nMarisol Q: Quite.\n")
    room.import_files([first, text("price.txt", CAFE, encoding="windows-1252")])
    settle(qtbot, room)
    shown = panel(room)
    shown.found.labels.table.select_row("Marisol Q")
    for label, role in (("Interviewer", "other"), ("Marisol Q", "interviewer")):
        choice = next(choice for choice in shown.found.labels.labels if choice.label == label)
        shown.found.labels._rename(choice, f"{label} Quintero")
        choice = next(choice for choice in shown.found.labels.labels if choice.label == label)
        shown.found.labels._give_role(choice, role)
    look_at(room, "price.txt")
    settle(qtbot, room)
    shown.found.encodingChosen.emit("macroman")
    settle(qtbot, room)
    shown.import_all()
    wait_for_import(qtbot, room)
    room.bridge.settings._store.sync()
    written = store.read_text()
    assert "interviewer" in written
    assert "macroman" in written
    for word in ("Marisol", "Quintero", "café", "first", "price"):
        assert word not in written
    room.import_files([text("next.txt", "Int.: Well?\nAsh: Well.\nInt.: And?\nAsh: Fine.\n")])
    settle(qtbot, room)
    roles = {choice.label: choice.role for choice in shown.current.labels}
    assert roles == {"Int.": "other", "Ash": "participant"}
    assert "with what you chose for files of this kind" in shown.found.words
    shown.cancel()
    room.import_files([text("next.txt", CAFE.replace("Yes", "No"), encoding="windows-1252")])
    settle(qtbot, room)
    assert "café" not in shown.current.transcript.text
    shown.cancel()


def test_a_file_of_a_name_that_the_study_has_offers_to_replace_its_text(full_room, qtbot, text, small_study):
    asked = []
    panel(full_room).replaceWanted.disconnect()
    panel(full_room).replaceWanted.connect(lambda document, path: asked.append((document, path.name)))
    before = steps(study(full_room))
    full_room.import_files([text("INT-1.txt"), text("bus.txt")])
    settle(qtbot, full_room)
    shown = panel(full_room)
    assert "may be another version of it" in shown.found.words
    assert shown.found.replace_button.text() == "Replace the text of “INT-1”…"
    press(shown.files, Qt.Key.Key_R, CTRL | SHIFT)
    assert asked == [(small_study.documents["INT-1"], "INT-1.txt")]
    assert steps(study(full_room)) == before
    made = shown.incoming_of(arrival(full_room, "INT-1.txt").path)
    assert made().transcript.text.startswith("Tell me about the bus.")
    look_at(full_room, "bus.txt")
    settle(qtbot, full_room)
    assert not shown.found.replace_button.isVisible()
    shown.leave_out_path(arrival(full_room, "INT-1.txt").path)
    assert [row.path.name for row in shown.gathering.arrivals] == ["bus.txt"]
    shown.cancel()


def recorded(room):
    """What is recorded about participants, by pseudonym and the title of its column."""
    table = sheet(study(room), "participant")
    titles = {column.key: column.title for column in table.columns}
    return {row.name: {titles[key]: cell.text for key, cell in row.cells.items() if cell.text} for row in table.rows}


def test_who_answered_comes_in_with_the_attributes_that_were_chosen_and_goes_at_one_undo(room, qtbot, text):
    words = "ID;Age group;Mood;Why did you come back to us?\nR1;18-29;good;It was near\nR2;30-39;bad;I had to\n"
    room.import_files([text("answers.csv", words)])
    settle(qtbot, room)
    use_column(qtbot, room, "Age group", "attribute")
    use_column(qtbot, room, "Mood", "ignore")
    before = steps(study(room))
    panel(room).import_current()
    wait_for_import(qtbot, room)
    assert steps(study(room)) > before
    assert [row.pseudonym for row in participants(study(room))] == ["R1", "R2"]
    written = recorded(room)
    assert "18-29" in written["R1"].values()
    assert "bad" not in str(written)
    found = document_text(study(room), documents(study(room))[0].id)
    assert {row.label: row.pseudonym for row in found.speakers} == {"R1": "R1", "R2": "R2"}
    room.bridge.undo()
    assert names(study(room)) == []
    assert participants(study(room)) == []
    room.bridge.redo()
    assert recorded(room) == written


def test_what_is_recorded_about_somebody_who_took_part_before_stays(room, qtbot, text):
    for number, age in enumerate(("18-29", "30-39")):
        words = f"ID;Age group;Why did you come back to us?\nR1;{age};It was near {number}\nR2{number};x;I had to\n"
        room.import_files([text(f"wave{number}.csv", words)])
        settle(qtbot, room)
        use_column(qtbot, room, "Why did you come back to us?", "open")
        use_column(qtbot, room, "Age group", "attribute")
        panel(room).import_current()
        wait_for_import(qtbot, room)
    assert sorted(row.pseudonym for row in participants(study(room))) == ["R1", "R20", "R21"]
    assert "18-29" in recorded(room)["R1"].values()


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_all_lists_are_shown_in_both_themes(room, qtbot, theme_name):
    from qcode.ui import theme

    theme.choose(theme_name)
    room.import_files([CASES / "61_survey.csv"])
    settle(qtbot, room)
    tabs = panel(room).found.tabs
    for place in range(tabs.count()):
        if tabs.isTabVisible(place):
            tabs.setCurrentIndex(place)
            assert not tabs.currentWidget().grab().isNull()
