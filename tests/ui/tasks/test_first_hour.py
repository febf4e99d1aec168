"""A newcomer's first hour, by keys alone: a new study, a transcript, codes, and the report."""

from __future__ import annotations

import pytest
from by_keys import command, focus, press, tab_to, write
from docx import Document
from PySide6.QtWidgets import QFileDialog

from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, passages
from qcode.queries.team import study_card
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import documents
from qcode.ui import work

TALK = """I: What happened that night?
P: I called them. They came at once.
I: And afterwards?
P: Somebody knocked two days later. That made all the difference.
"""


@pytest.fixture
def newcomer(window_on):
    """The window as it is at first."""
    return window_on()


def test_new_study_import_code_and_export(newcomer, qtbot, tmp_path, monkeypatch):
    window = newcomer
    window.setFocus()
    press("Ctrl+N")  # a new study
    write("My interviews")
    press("Tab")
    write("Ana Lima")
    form = window.welcome.form
    tab_to(form.file_line)
    press("Ctrl+A")
    write(str(tmp_path / "mine.qcode"))
    press("Return")
    study = window.bridge.study
    assert study_card(study).title == "My interviews"
    assert window.current_room.key == "transcripts"

    source = tmp_path / "interview.txt"  # import a transcript
    source.write_text(TALK, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_given: ([str(source)], ""))
    room = window.current_room
    command("Import transcripts")
    importing = room.documents.importing
    qtbot.waitUntil(lambda: importing.isVisible() and importing.import_button.isEnabled(), timeout=20_000)
    command("Import this file")
    qtbot.waitUntil(lambda: [row.name for row in documents(study)] == ["interview"], timeout=20_000)
    qtbot.waitUntil(lambda: not work.is_busy(), timeout=20_000)

    press("Ctrl+2")  # code it
    code = window.current_room
    assert code.key == "code"
    qtbot.waitUntil(lambda: "They came at once." in code.view.page.text, timeout=20_000)
    tab_to(code.view, "F6")
    press("Ctrl+Home")
    while "called them" not in code.desk.words(code.view.selected_range() or (0, 0)):
        press("Down" if code.view.selecting_by_units() else "Space")
    write("Calling for help")
    press("Return")
    assert [row.name for row in codebook(study)] == ["Calling for help"]
    (row,) = passages(study, Looking())
    assert (row.coding.name, row.text) == ("Calling for help", "I called them.")

    exported = tmp_path / "codebook.csv"  # and export what came of it
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given, **_named: (str(exported), ""))
    command("Export the codebook")
    qtbot.waitUntil(exported.exists, timeout=20_000)
    assert "Calling for help" in exported.read_text(encoding="utf-8-sig")

    press("Ctrl+5")
    command("Add theme")
    write("Help comes")
    press("Return")
    assert [row.name for row in themes(study)] == ["Help comes"]

    report = tmp_path / "report.docx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given, **_named: (str(report), ""))
    press("Ctrl+6")
    assert window.current_room.key == "report"
    qtbot.waitUntil(lambda: not work.is_busy(), timeout=20_000)
    qtbot.waitUntil(window.current_room.contents.save.isEnabled, timeout=20_000)
    command("Save the report as")
    qtbot.waitUntil(report.exists, timeout=20_000)
    qtbot.waitUntil(lambda: not work.is_busy(), timeout=20_000)
    assert any("Help comes" in paragraph.text for paragraph in Document(str(report)).paragraphs)
    assert focus() is not None
