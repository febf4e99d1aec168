"""The window without a study."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLabel

from qcode.queries.team import coders, study_card
from qcode.study import Study
from qcode.ui import app, work
from qcode.ui.settings import Recent, Settings
from qcode.ui.welcome import Welcome


def test_a_new_study_is_made_by_keys_alone_and_opened(bare, qtbot, tmp_path, settings):
    qtbot.keyClick(bare, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = bare.welcome.form
    assert QApplication.focusWidget() is form.title_line
    assert not form.create_button.isEnabled()
    qtbot.keyClicks(form.title_line, "Three knocks")
    assert Path(form.file_line.text()).name == "Three knocks.qcode"
    qtbot.keyClick(form.title_line, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Ana Lima")
    form.file_line.clear()
    qtbot.keyClicks(form.file_line, str(tmp_path / "mine"))
    qtbot.keyClick(form.file_line, Qt.Key.Key_Return)
    assert bare.bridge.study.path == tmp_path / "mine.qcode"
    assert study_card(bare.bridge.study).title == "Three knocks"
    assert [row.name for row in coders(bare.bridge.study)] == ["Ana Lima"]
    assert settings.your_name == "Ana Lima"


def test_the_name_of_the_file_follows_the_title_until_someone_changes_it(bare, qtbot):
    bare.welcome.begin_new()
    form = bare.welcome.form
    qtbot.keyClicks(form.title_line, 'Who? "we"/they: 2')
    assert Path(form.file_line.text()).name == "Who we they 2.qcode"
    form.file_line.setFocus()
    form.file_line.setText("/elsewhere/x")
    qtbot.keyClick(form.file_line, Qt.Key.Key_Y)
    qtbot.keyClicks(form.title_line, " more")
    assert form.file_line.text() == "/elsewhere/xy"


def test_a_new_study_never_overwrites_and_says_so(bare, small_study):
    from qcode.ui.new_study import NewStudy

    path = small_study.study.path
    before = path.read_bytes()
    assert bare.new_study(NewStudy("Again", "Ana", path)) is False
    assert "exists already and was left as it is" in bare.welcome.sentence
    assert path.read_bytes() == before


def test_escape_leaves_the_form(bare, qtbot):
    bare.welcome.begin_new()
    qtbot.keyClick(bare.welcome.form.title_line, Qt.Key.Key_Escape)
    assert bare.welcome.new_button.isVisible()


@pytest.mark.parametrize("bad", ["missing.qcode", "folder.qcode", "empty.qcode", "text.qcode", "cut.qcode"])
def test_a_study_that_cannot_be_opened_is_answered_with_a_sentence(bare, tmp_path, bad):
    path = tmp_path / bad
    if bad.startswith("folder"):
        path.mkdir()
    elif bad.startswith("cut"):
        Study.create(path, title="Cut", coder="Ana").close()
        path.write_bytes(path.read_bytes()[:20_000])
    elif not bad.startswith("missing"):
        path.write_text("" if bad.startswith("empty") else "no study")
    assert bare.open_study(path) is False
    assert bare.welcome.isVisible()
    assert f"“{bad}”" in bare.welcome.sentence
    assert bare.view is None


def test_a_recent_study_opens_with_a_click_or_enter(bare, qtbot, small_study, settings):
    settings.remember(small_study.study.path, "Three knocks")
    bare.welcome.refresh()
    recent = bare.welcome.recent_list
    place = recent.visualItemRect(recent.item(0)).center()
    qtbot.mouseClick(recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert bare.view is not None
    bare.close_study()
    recent.setCurrentRow(0)
    recent.setFocus()
    qtbot.keyClick(recent, Qt.Key.Key_Return)
    assert bare.view is not None


def test_the_sample_study_is_built_once_and_then_kept(bare, qtbot, tmp_path, built):
    path = tmp_path / "samples" / "sample.qcode"
    for _time in range(2):
        bare.welcome.open_sample(path)
        qtbot.waitUntil(lambda: bare.view is not None)
        assert bare.view.header.title == "The sample"
        bare.close_study()
    assert len(built) == 1
    assert [file.name for file in path.parent.iterdir()] == ["sample.qcode"]


def test_a_sample_that_cannot_be_built_is_refused_with_a_sentence(bare, qtbot, tmp_path):
    def build(path, _tell):
        Study.create(path, title="The sample", coder="Dana").close()
        Study.create(path, title="The sample", coder="Dana")

    bare.welcome._build_sample = build
    bare.welcome.open_sample(tmp_path / "sample.qcode")
    qtbot.waitUntil(lambda: not bare.welcome.building)
    assert "exists already" in bare.welcome.sentence
    assert bare.welcome.sample_button.isVisible()
    assert list(tmp_path.glob("*sample*")) == []


def test_building_the_sample_can_be_cancelled(qtbot, settings, tmp_path):
    begun, go = threading.Event(), threading.Event()

    def build(path, tell):
        path.write_text("half a study")
        begun.set()
        go.wait(5)
        tell(0.5, "Reading INT-1")
        raise AssertionError

    welcome = Welcome(settings, build)
    qtbot.addWidget(welcome)
    welcome.show()
    welcome.open_sample(tmp_path / "sample.qcode")
    assert begun.wait(5)
    assert welcome.building
    welcome._progress.cancelled.emit()
    go.set()
    assert not welcome.building
    assert welcome.sentence == "The sample study was not built."
    assert work.wait_for_all()
    assert list(tmp_path.glob("*sample*")) == []


def test_settings_survive_and_garbage_counts_as_not_set(tmp_path):
    store = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    settings.theme, settings.zoom, settings.drawer_open = "dark", 1.5, True
    for number in range(12):
        (tmp_path / f"{number}.qcode").touch()
        settings.remember(tmp_path / f"{number}.qcode", f"Study {number}")
    settings.remember(tmp_path / "5.qcode", "Study five")
    settings.remember_coder(tmp_path / "5.qcode", "c" * 32)
    store.sync()
    again = Settings(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    assert (again.theme, again.zoom, again.drawer_open) == ("dark", 1.5, True)
    assert again.recent()[0] == Recent(str(tmp_path / "5.qcode"), "Study five")
    assert len(again.recent()) == 8
    assert again.last_coder(tmp_path / "5.qcode") == "c" * 32
    assert again.last_coder(tmp_path / "6.qcode") is None
    (tmp_path / "5.qcode").unlink()
    assert again.recent()[0].title == "Study 11"
    for name, rubbish in (("theme", "pink"), ("zoom", "big"), ("recent", '[{"path": 1}, 2]'), ("coders", "[")):
        store.setValue(name, rubbish)
    assert (settings.theme, settings.zoom, settings.recent()) == ("system", 1.0, [])
    assert settings.last_coder(tmp_path / "5.qcode") is None


def test_the_application_shows_its_window_before_it_opens_the_study(qtbot, settings, small_study, monkeypatch):
    told = []
    window = app.make_window(settings)
    qtbot.addWidget(window)
    monkeypatch.setattr(window, "open_study", lambda path: told.append((path, window.isVisible())))
    window.tell_opening(small_study.study.path)
    window.show()
    app._open(window, small_study.study.path)
    assert told == []
    assert [label.text() for label in window.findChildren(QLabel) if label.isVisible()] == ["Opening “small.qcode”…"]
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(small_study.study.path, True)]


def test_a_study_is_opened_without_building_the_welcome(qtbot, settings, small_study, tmp_path):
    window = app.make_window(settings)
    qtbot.addWidget(window)
    window.tell_opening(small_study.study.path)
    window.show()
    window.open_study(small_study.study.path)
    assert not {"welcome", "palette_panel", "keys_panel", "keys_chooser"} & vars(window).keys()
    assert "editor" not in vars(window.room("code").side)
    window.close_study()
    assert window.welcome.isVisible()
    window.open_study(tmp_path / "none.qcode")
    assert "none.qcode" in window.welcome.sentence
