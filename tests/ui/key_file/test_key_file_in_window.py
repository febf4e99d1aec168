"""The key file in the real window: made, opened, kept true, closed, destroyed; and never where it should not be."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from qcode.deidentification import Entity, find_traces, neighbours
from qcode.deidentification import key_file as core

PASSPHRASE = "four odd words together"
CTRL = Qt.KeyboardModifier.ControlModifier
NAMES = ("Tomasz", "Wilhelmina")


@pytest.fixture
def away(tmp_path_factory):
    """A folder far from the study."""
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture
def told(window):
    said = []
    window.bridge.informed.connect(said.append)
    window.bridge.refused.connect(said.append)
    return said


@pytest.fixture
def panel(window):
    return window.view.key_file


def fill(panel, **lines):
    for name, text in lines.items():
        panel.lines[name].setText(str(text))


def command(window, key):
    window.commands.action(f"study.{key}").trigger()


def made(qtbot, window, panel, path):
    """Make a key file."""
    command(window, "key-new")
    fill(panel, path=path, new=PASSPHRASE, again=PASSPHRASE, until="2031-05-04")
    panel.do_button.click()
    qtbot.waitUntil(panel.isHidden, timeout=20_000)
    assert panel.keeping.path == path


def saved(qtbot, panel):
    qtbot.waitUntil(lambda: panel.keeping.is_saved, timeout=20_000)


def written_key(path, *entities, names=()):
    now = datetime.now(UTC)
    core.create_key(path, core.Key(now, now, "Bo Ek", tuple(entities), tuple(names)), PASSPHRASE)
    return path


def test_a_key_is_made_by_keys_and_holds_what_is_answered_after(qtbot, window, panel, told, away):
    path = away / "team.key"
    command(window, "key-new")
    assert panel.lines["path"].hasFocus()
    QTest.keyClicks(panel.lines["path"], str(path))
    fill(panel, until="2031-05-04")
    for name in ("new", "again"):
        QTest.keyClicks(panel.lines[name], PASSPHRASE)
    assert panel.strength.text() == "Fair."
    QTest.keyClick(panel.lines["again"], Qt.Key.Key_Return)
    qtbot.waitUntil(panel.isHidden, timeout=20_000)
    assert "is made and open" in told[-1]
    window.bridge.rulings.replace([("Tomasz", "name")], "Ana")
    window.bridge.rulings.rule_out(["Monday Club"])
    assert not panel.keeping.is_saved
    saved(qtbot, panel)
    key = core.open_key(path, PASSPHRASE)
    assert [(one.forms, one.replacement, one.decision) for one in key.entities] == [
        (("Tomasz",), "Ana", "replace"),
        (("Monday Club",), "[…]", "keep"),
    ]
    assert (key.by, key.destroy_by) == ("Ana Lima", date(2031, 5, 4))


def test_an_opened_key_is_known_where_one_types_and_forgotten_when_it_is_closed(qtbot, window, panel, told, away):
    path = written_key(away / "team.key", Entity("1", "name", ("Tomasz",), "Ana"), names=("Wilhelmina",))
    command(window, "key-open")
    fill(panel, path=path, passphrase=PASSPHRASE)
    panel.do_button.click()
    qtbot.waitUntil(panel.isHidden, timeout=20_000)
    assert "The key is open" in told[-1]
    assert set(window.bridge.names.names) == {"Tomasz", "Wilhelmina"}
    command(window, "key-close")
    assert "closed" in told[-1]
    assert window.bridge.names.names == ()
    assert window.bridge.rulings.decisions == ()
    command(window, "key-close")
    assert "No key file is open" in told[-1]


def test_a_wrong_passphrase_is_refused_in_the_panel(qtbot, window, panel, away):
    path = written_key(away / "team.key")
    before = path.read_bytes()
    command(window, "key-open")
    fill(panel, path=path, passphrase="another passphrase")
    panel.do_button.click()
    qtbot.waitUntil(lambda: "does not open" in panel.says.text(), timeout=20_000)
    assert panel.isVisible()
    assert panel.lines["passphrase"].hasFocus()
    assert panel.keeping.path is None
    assert path.read_bytes() == before
    panel.close_panel()
    assert panel.lines["passphrase"].text() == ""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({}, "Choose the file"),
        ({"path": "x.key", "new": "abcdefghijklm", "again": "abcdefghijklX"}, "differ"),
        ({"path": "x.key", "new": "abcdefghijklm", "again": "abcdefghijklm", "until": "soon"}, "2027-12-31"),
    ],
)
def test_what_is_missing_or_wrong_is_said(window, panel, away, lines, words):
    command(window, "key-new")
    fill(panel, **{name: away / text if name == "path" else text for name, text in lines.items()})
    panel.do_button.click()
    assert words in panel.says.text()
    assert list(away.iterdir()) == []


def test_a_passphrase_that_is_too_short_is_refused(qtbot, window, panel, away):
    command(window, "key-new")
    fill(panel, path=away / "x.key", new="short", again="short")
    panel.do_button.click()
    qtbot.waitUntil(lambda: "at least 12" in panel.says.text())
    assert list(away.iterdir()) == []


def test_the_folder_of_the_study_is_refused_until_one_insists(qtbot, window, panel, small_study):
    path = small_study.study.path.parent / "team.key"
    command(window, "key-new")
    assert not panel.all_the_same.isVisible()
    fill(panel, path=path, new=PASSPHRASE, again=PASSPHRASE)
    panel.do_button.click()
    assert "folder of the study" in panel.says.text()
    assert not path.exists()
    assert panel.all_the_same.isVisible()
    panel.all_the_same.setChecked(True)
    panel.do_button.click()
    qtbot.waitUntil(panel.isHidden, timeout=20_000)
    assert path.exists()


def test_another_place_needs_its_own_insisting(window, panel, small_study, away):
    synced = away / "Dropbox"
    synced.mkdir()
    command(window, "key-new")
    fill(panel, path=small_study.study.path.parent / "team.key", new=PASSPHRASE, again=PASSPHRASE)
    panel.do_button.click()
    panel.all_the_same.setChecked(True)
    fill(panel, path=synced / "team.key")
    panel.do_button.click()
    assert "copied to other computers" in panel.says.text()
    assert list(synced.iterdir()) == []


def test_a_second_key_is_refused_while_one_is_open(qtbot, window, panel, away):
    made(qtbot, window, panel, away / "team.key")
    other = written_key(away / "other.key")
    command(window, "key-open")
    fill(panel, path=other, passphrase=PASSPHRASE)
    panel.do_button.click()
    assert "“team.key” is open" in panel.says.text()


def test_what_somebody_else_wrote_is_never_overwritten_and_joined_when_opened_again(qtbot, window, panel, told, away):
    path = away / "team.key"
    made(qtbot, window, panel, path)
    now = datetime.now(UTC)
    entity = Entity("9", "name", ("Wilhelmina",), "Rosa")
    core.save_key(path, core.Key(now, now, "Bo Ek", (entity,)), PASSPHRASE)
    window.bridge.rulings.replace([("Tomasz", "name")], "Ana")
    qtbot.waitUntil(lambda: any("changed or taken away" in one for one in told), timeout=20_000)
    assert core.open_key(path, PASSPHRASE).entities == (entity,)
    command(window, "key-open")
    fill(panel, path=path, passphrase=PASSPHRASE)
    panel.do_button.click()
    qtbot.waitUntil(panel.isHidden, timeout=20_000)
    saved(qtbot, panel)
    key = core.open_key(path, PASSPHRASE)
    assert {one.forms[0]: one.replacement for one in key.entities} == {"Tomasz": "Ana", "Wilhelmina": "Rosa"}


def test_one_pseudonym_for_two_people_is_refused(qtbot, window, panel, away):
    window.bridge.rulings.replace([("Tomasz", "name")], "Rosa")
    path = written_key(away / "team.key", Entity("9", "name", ("Wilhelmina",), "Rosa"))
    command(window, "key-open")
    fill(panel, path=path, passphrase=PASSPHRASE)
    panel.do_button.click()
    qtbot.waitUntil(lambda: "somebody else in this key" in panel.says.text(), timeout=20_000)
    assert panel.keeping.path is None
    assert [one.forms for one in window.bridge.rulings.decisions] == [("Tomasz",)]


def test_the_passphrase_is_changed(qtbot, window, panel, told, away):
    path = away / "team.key"
    command(window, "key-passphrase")
    assert "No key file is open" in told[-1]
    made(qtbot, window, panel, path)
    command(window, "key-passphrase")
    fill(panel, passphrase="quite another one", new="new words for all", again="new words for all")
    panel.do_button.click()
    qtbot.waitUntil(lambda: "does not open" in panel.says.text(), timeout=20_000)
    fill(panel, passphrase=PASSPHRASE)
    panel.do_button.click()
    qtbot.waitUntil(panel.isHidden, timeout=20_000)
    window.bridge.rulings.replace([("Tomasz", "name")], "Ana")
    saved(qtbot, panel)
    assert core.open_key(path, "new words for all").entities[0].forms == ("Tomasz",)


def test_a_key_is_destroyed_when_its_name_is_typed(qtbot, window, panel, told, away):
    path = away / "team.key"
    made(qtbot, window, panel, path)
    window.bridge.rulings.replace([("Tomasz", "name")], "Ana")
    command(window, "key-destroy")
    fill(panel, name="team")
    panel.do_button.click()
    assert "Type “team.key”" in panel.says.text()
    assert path.exists()
    fill(panel, name="team.key")
    panel.do_button.click()
    assert not path.exists()
    assert "destroyed" in told[-1]
    assert window.bridge.names.names == ()
    qtbot.wait(1_800)
    assert not path.exists()


def test_what_is_due_is_written_when_the_study_is_closed(qtbot, window, panel, away):
    path = away / "team.key"
    made(qtbot, window, panel, path)
    window.bridge.rulings.replace([("Tomasz", "name")], "Ana")
    window.close_study()
    assert core.open_key(path, PASSPHRASE).entities[0].forms == ("Tomasz",)


def test_nothing_of_the_key_is_in_the_study_or_the_settings(qtbot, window, panel, settings, small_study, away):
    path = away / "Tomasz and Wilhelmina.key"
    made(qtbot, window, panel, path)
    window.bridge.rulings.replace([("Tomasz", "name"), ("Wilhelmina", "name")])
    saved(qtbot, panel)
    window.close()
    settings._store.sync()
    files = [*neighbours(small_study.study.path), *path.parent.glob("*.key")]
    stored = small_study.study.path.parent / "settings.ini"
    assert find_traces([*files, stored], NAMES) == ()
    words = stored.read_text()
    assert "elsewhere" not in words
    assert ".key" not in words


def test_a_file_is_chosen_in_the_panel_of_the_system(monkeypatch, window, panel, away):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(away / "ours"), ""))
    command(window, "key-new")
    panel.choose_button.click()
    assert panel.lines["path"].text() == str(away / "ours.key")
    assert panel.lines["new"].hasFocus()
