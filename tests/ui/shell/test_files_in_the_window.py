"""Study files that are dropped on the window, that lie beside the study, and that were handed out."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from qcode.operations import codebook, collecting
from qcode.queries.collecting.hand_outs import handed_out_to
from qcode.study import Study
from qcode.ui import files_beside
from qcode.ui.keys import keymap


@pytest.fixture
def bos(small_study, tmp_path):
    path = tmp_path / "bo.qcode"
    collecting.hand_out(small_study.study, small_study.bo, path)
    with Study.open(path) as study:
        codebook.add_code(study, name="Rain")
    return path


@pytest.fixture
def other(tmp_path):
    path = tmp_path / "else.qcode"
    Study.create(path, title="Else", coder="Ana Lima").close()
    return path


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    return event.isAccepted()


def collect_page(window, qtbot):
    page = window.view.room("transcripts").files.collect_page
    qtbot.waitUntil(lambda: not page.is_busy, timeout=10_000)
    return page


def title(window):
    return window.view.header.title


def test_a_copy_of_the_study_that_is_dropped_is_offered_to_be_collected(window, qtbot, bos):
    assert drop(window, bos)
    page = collect_page(window, qtbot)
    assert page.isVisible()
    assert [row.path for row in page.rows_of_files] == [bos]
    assert (window.view.shown, title(window)) == ("transcripts", "Three knocks")


def test_another_study_that_is_dropped_is_opened(window, other):
    drop(window, other)
    assert title(window) == "Else"


def test_several_files_are_looked_at_together_and_those_of_other_studies_say_so(window, qtbot, bos, other):
    drop(window, bos, other)
    page = collect_page(window, qtbot)
    assert [row.state for row in page.rows_of_files] == ["ready", "refused"]
    assert title(window) == "Three knocks"


def test_several_files_without_a_study_are_refused_with_a_sentence(window, bos, other):
    window.close_study()
    drop(window, bos, other)
    assert window.view is None


def test_files_dropped_in_the_transcripts_room_go_the_same_way(window, bos):
    room = window.show_room("transcripts")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(bos))])
    from qcode.ui.transcripts.room import _files

    assert _files(data) == []
    assert room.acceptDrops()


def test_two_strokes_lead_to_collecting_and_to_handing_out(window, qtbot):
    for key, name in (("team.collect", "collect_page"), ("team.hand_out", "hand_out_page")):
        (keys,) = window.commands.action(key).keys
        first, second = keys.split(", ")
        assert first == keymap.portable(["Ctrl+Shift+O"])[0]
        window.show_room("code")
        QTest.keySequence(window, keys)
        page = getattr(window.view.room("transcripts").files, name)
        qtbot.waitUntil(page.isVisible)
        assert second


def test_leaving_goes_back_to_the_round(window, qtbot, bos):
    drop(window, bos)
    page = collect_page(window, qtbot)
    QTest.keyClick(page.files, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert window.view.room("transcripts").team.isVisible()


def test_a_file_that_was_handed_out_says_whose_it_is_and_offers_no_handing_out(window, qtbot, bos, small_study):
    assert window.commands.action("team.hand_out").isVisible()
    window.open_study(bos)
    header = window.view.header
    assert [header.coder_chooser.itemText(n) for n in range(header.coder_chooser.count())] == ["Bo Ek"]
    assert "handed out" in header._whose.text()
    assert handed_out_to(window.bridge.study).id == small_study.bo == window.bridge.coder
    assert not window.commands.action("team.hand_out").isVisible()
    assert "newer" in window.commands.action("team.collect").text()


def test_a_newer_file_of_the_leads_comes_into_ones_own_without_colleagues_work(window, qtbot, bos, small_study):
    codebook.add_code(small_study.study, name="Snow")
    later = bos.with_name("later.qcode")
    collecting.hand_out(small_study.study, small_study.bo, later)
    window.open_study(bos)
    drop(window, later)
    page = collect_page(window, qtbot)
    assert page.said.text() == "2 other changes."
    page.keep()
    page = collect_page(window, qtbot)
    assert [row.state for row in page.rows_of_files] == ["collected"]
    from qcode.queries.codings import codings_of

    rows = codings_of(window.bridge.study, small_study.documents["INT-1"])
    assert {row.coder for row in rows} == {"BE"}


def test_a_copy_beside_the_study_is_offered_once_and_looked_at_from_there(
    window, qtbot, small_study, tmp_path, monkeypatch
):
    copy = tmp_path / "small (conflicted copy).qcode"
    monkeypatch.setattr(files_beside, "_copies", lambda _study: [SimpleNamespace(path=copy)])
    watch = window.view.files_beside
    watch._resting.stop()
    shutil.copy(small_study.study.path, copy)
    with Study.open(copy) as study:
        codebook.add_code(study, name="Snow")
    watch._on_rested()
    qtbot.waitUntil(lambda: "conflicted copy" in window.messages.sentence, timeout=10_000)
    assert window.messages.offer_button.text() == "Look…"
    QTest.mouseClick(window.messages.offer_button, Qt.MouseButton.LeftButton)
    page = collect_page(window, qtbot)
    assert [(row.path, row.state) for row in page.rows_of_files] == [(copy, "ready")]
    assert window.messages.sentence == ""
    assert not window.messages.offer_button.isVisible()


def test_such_a_copy_is_found_by_itself_when_it_comes_into_the_folder(window, qtbot, small_study, tmp_path):
    watch = window.view.files_beside
    watch._resting.stop()
    copy = tmp_path / "small (conflicted copy).qcode"
    shutil.copy(small_study.study.path, copy)
    with Study.open(copy) as study:
        codebook.add_code(study, name="Snow")
    watch._on_rested()
    qtbot.waitUntil(lambda: watch._task is None, timeout=10_000)
    assert window.messages.sentence.startswith("Beside the study lies “small (conflicted copy).qcode”")
    collecting.collect(small_study.study, copy)
    window.messages.close_message()
    watch._seen = frozenset()
    watch._on_rested()
    qtbot.waitUntil(lambda: watch._task is None, timeout=10_000)
    assert window.messages.sentence == ""


def test_what_was_dismissed_is_not_offered_again_until_it_changes(
    window, qtbot, small_study, tmp_path, monkeypatch, settings
):
    copy = tmp_path / "small (conflicted copy).qcode"
    monkeypatch.setattr(files_beside, "_copies", lambda _study: [SimpleNamespace(path=copy)])
    watch = window.view.files_beside
    watch._resting.stop()

    def look():
        watch._seen = frozenset()
        watch._on_rested()
        qtbot.waitUntil(lambda: watch._task is None, timeout=10_000)

    copy.write_bytes(b"x")
    look()
    assert "conflicted copy" in window.messages.sentence
    window.messages._close.click()
    look()
    assert window.messages.sentence == ""
    assert str(copy) not in str(settings._store.value("dismissed"))
    copy.write_bytes(b"xy")
    look()
    assert "conflicted copy" in window.messages.sentence


def test_the_folder_is_not_looked_through_again_while_no_study_file_changes(window, qtbot, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(files_beside, "_copies", lambda _study: asked.append(1) or [])
    watch = window.view.files_beside
    watch._resting.stop()
    (tmp_path / "copy.qcode").write_bytes(b"x")
    for _ in range(3):
        watch._on_rested()
        qtbot.waitUntil(lambda: watch._task is None, timeout=10_000)
    assert asked == [1]
