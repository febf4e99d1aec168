"""Names in what arrives, through the real panel: they are answered before anything is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from room_material import names, panel, press, settle, steps, talk, wait_for_import

from qcode.queries.people.attributes import sheet
from qcode.queries.transcripts.documents import documents
from qcode.ui.settings import Settings
from qcode.ui.transcripts.importing.respondents import is_band

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
WITH_NAMES = """Interviewer: Did Marisol Quintero come to the meeting?
Speaker: Yes, Marisol Quintero came with her brother.
Interviewer: And then?
Speaker: Then Marisol Quintero left.
"""
NAMELESS = """Interviewer: did it rain?
Speaker: yes, all night.
Interviewer: and then?
Speaker: then it stopped.
"""


@pytest.fixture
def looking(room):
    """The room, in which names are looked for."""
    panel(room).as_they_are.setChecked(False)
    return room


def looked_through(qtbot, room):
    shown = panel(room)
    qtbot.waitUntil(lambda: shown.naming.is_done and not shown.is_importing, timeout=20_000)


def test_what_waits_for_an_answer_is_shown_before_it_is_imported(looking, qtbot, text):
    shown = panel(looking)
    looking.import_files([text("visit.txt", WITH_NAMES)])
    settle(qtbot, looking)
    before = steps(looking.bridge.study)
    press(shown.files, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shown.in_names, timeout=20_000)
    assert steps(looking.bridge.study) == before
    assert shown.naming.waiting > 0
    assert f"{shown.naming.waiting:,} string" in shown.said
    assert str(shown.naming.waiting) in shown.steps.tabText(1)
    assert "Marisol Quintero" in {row.text for row in shown.naming.page.search.rows}


def test_an_answered_name_is_nowhere_in_the_study_nor_in_the_settings(looking, qtbot, text, tmp_path):
    shown, study = panel(looking), looking.bridge.study
    store = tmp_path / "settings.ini"
    looking.bridge.settings = Settings(QSettings(str(store), QSettings.Format.IniFormat))
    looking.import_files([text("Visit of Marisol Quintero.txt", WITH_NAMES)])
    settle(qtbot, looking)
    for choice in shown.found.labels.labels:
        shown.found.labels._rename(choice, f"{choice.label} of Marisol Quintero")
    shown.about.group.setFocus()
    QTest.keyClicks(shown.about.group, "Friends of Marisol Quintero")
    settle(qtbot, looking)
    shown.import_current()
    qtbot.waitUntil(lambda: shown.in_names, timeout=20_000)
    looking.bridge.rulings.replace([("Marisol Quintero", "name")], "Nora")
    qtbot.waitUntil(lambda: shown.naming.is_done)
    shown.import_current()
    wait_for_import(qtbot, looking)
    row = documents(study)[0]
    assert row.name == "Visit of Nora"
    assert talk(study, row.name)[1] == ("Speaker of Nora", "Yes, Nora came with her brother.")
    assert row.group == "Friends of Nora"
    assert row.deidentification == "checked by computer"
    assert "sha256" not in row.provenance
    assert row.provenance["file"] == "Visit of Nora.txt"
    looking.bridge.settings._store.sync()
    assert b"imports" in store.read_bytes()
    written = study.path.read_bytes() + store.read_bytes()
    for name in ("Marisol", "Quintero"):
        assert all(name.encode(encoding) not in written for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


def test_a_text_without_names_is_imported_at_one_press(looking, qtbot, text):
    looking.import_files([text("weather.txt", NAMELESS)])
    settle(qtbot, looking)
    panel(looking).import_current()
    wait_for_import(qtbot, looking)
    assert names(looking.bridge.study) == ["weather"]
    assert documents(looking.bridge.study)[0].deidentification == "checked by computer"


def test_what_is_not_looked_through_is_not_called_checked(looking, qtbot, text):
    panel(looking).as_they_are.setChecked(True)
    looking.import_files([text("visit.txt", WITH_NAMES)])
    settle(qtbot, looking)
    panel(looking).import_current()
    wait_for_import(qtbot, looking)
    row = documents(looking.bridge.study)[0]
    assert row.deidentification == "not checked"
    assert "sha256" in row.provenance


def test_the_steps_turn_by_a_key_and_how_many_wait_is_seen_from_the_files(looking, qtbot, text):
    shown = panel(looking)
    looking.import_files([text("visit.txt", WITH_NAMES), text("weather.txt", NAMELESS)])
    settle(qtbot, looking)
    qtbot.waitUntil(lambda: shown.naming.is_done and shown.naming.waiting > 0, timeout=20_000)
    assert shown.steps.tabText(1) == f"Names  {shown.naming.waiting}"
    press(shown.files, Qt.Key.Key_Y, CTRL | SHIFT)
    assert shown.in_names
    assert shown.naming.page.isVisible()
    assert not shown.skip_button.isVisible()
    shown.turn_step()
    assert not shown.in_names
    assert shown.files.isVisible()


def test_cancelling_among_the_names_changes_nothing(looking, qtbot, text):
    study = looking.bridge.study
    before = study.path.read_bytes()
    looking.import_files([text("visit.txt", WITH_NAMES)])
    settle(qtbot, looking)
    panel(looking).import_current()
    qtbot.waitUntil(lambda: panel(looking).in_names, timeout=20_000)
    qtbot.mouseClick(panel(looking).cancel_button, Qt.MouseButton.LeftButton)
    assert not panel(looking).is_open
    assert study.path.read_bytes() == before
    looking.import_files([text("weather.txt", NAMELESS)])
    settle(qtbot, looking)
    assert not panel(looking).in_names
    panel(looking).import_current()
    wait_for_import(qtbot, looking)
    assert names(study) == ["weather"]


def test_two_titles_that_become_one_get_a_number(looking, qtbot, text):
    shown = panel(looking)
    looking.import_files([text("Marisol Quintero.txt", WITH_NAMES), text("Marisol.txt", WITH_NAMES + "Speaker: So.\n")])
    settle(qtbot, looking)
    shown.import_all()
    qtbot.waitUntil(lambda: shown.in_names, timeout=20_000)
    rows = [row for row in shown.naming.page.search.rows if "Marisol" in row.text]
    looking.bridge.rulings.join_as([(row.text, row.category) for row in rows], "Nora")
    shown.import_all()
    wait_for_import(qtbot, looking)
    assert names(looking.bridge.study) == ["Nora", "Nora (2)"]


def test_a_name_in_what_a_survey_records_is_looked_for_and_replaced(looking, qtbot, text):
    shown, study = panel(looking), looking.bridge.study
    words = "ID;Friend;Why did you come back to us?\nR1;Marisol Quintero;it was near\nR2;nobody;i had to, really\n"
    looking.import_files([text("answers.csv", words)])
    settle(qtbot, looking)
    shown.import_current()
    qtbot.waitUntil(lambda: shown.in_names, timeout=20_000)
    looking.bridge.rulings.replace([("Marisol Quintero", "name")], "Nora")
    shown.import_current()
    wait_for_import(qtbot, looking)
    assert names(study) == ["answers"]
    assert b"Marisol" not in study.path.read_bytes()
    assert "Nora" in {cell.text for row in sheet(study, "participant").rows for cell in row.cells.values()}


@pytest.mark.parametrize(
    "band", ["18-29", "45 – 59", "60+", "under 18", "90 or over", "<20", "30 to 44 years", "18 a 29"]
)
def test_a_band_of_ages_names_nobody(band):
    assert is_band(band)


@pytest.mark.parametrize(
    "value", ["555-0134", "44", "29-18", "1971-2019", "Under Larkmoor 5", "12345", "18-29 Elm Road"]
)
def test_what_is_no_band_is_looked_at(value):
    assert not is_band(value)


def test_bands_of_a_survey_are_not_offered_as_names_and_stay_as_they_are(looking, qtbot, text):
    shown, study = panel(looking), looking.bridge.study
    words = (
        "ID;Age;Call;Why did you come back to us?\nR1;18-29;555-0134;Marisol Quintero was near\n"
        "R2;45-59;555-0177;i had to, really\nR3;18-29;none;it was good\n"
    )
    looking.import_files([text("answers.csv", words)])
    settle(qtbot, looking)
    shown.import_current()
    qtbot.waitUntil(lambda: shown.in_names, timeout=20_000)
    rows = shown.naming.page.search.rows
    assert "Marisol Quintero" in {row.text for row in rows}
    assert not [row.text for row in rows if "18" in row.text or "45" in row.text]
    for row in rows:
        looking.bridge.rulings.replace([(row.text, row.category)])
    shown.import_current()
    wait_for_import(qtbot, looking)
    cells = {cell.text for row in sheet(study, "participant").rows for cell in row.cells.values()}
    assert {"18-29", "45-59"} <= cells
    assert b"Marisol" not in study.path.read_bytes()
