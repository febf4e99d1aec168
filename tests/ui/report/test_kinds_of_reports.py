from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.shared import Pt
from PySide6.QtCore import Qt

from qcode.operations import team
from qcode.reports.outputs import EXTENSIONS
from qcode.ui.report import ReportRoom
from qcode.ui.report.kinds import KINDS, NO_COEFFICIENTS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(show_room, made) -> ReportRoom:
    return show_room(ReportRoom, made.study, 1180, 720)


def choose(qtbot, room, key):
    room.contents.choose(key)
    qtbot.waitUntil(lambda: not room.computing, timeout=20_000)


def saved(qtbot, room, path):
    room.ask_path = lambda *_asked: path
    with qtbot.waitSignal(room.bridge.informed, timeout=20_000) as told:
        qtbot.mouseClick(room.contents.save, LEFT)
    assert str(path) in told.args[0]
    return path


def test_every_report_is_chosen_by_keys_and_shows_its_pages_or_says_why_not(qtbot, room):
    expected = {
        "themes": "Themes with their central concepts",
        "codebook": "codes and categories with their definitions",
        "participants": "Characteristics of the participants",
        "agreement": "Agreement on each code",
        "methods": "COREQ checklist",
        "audit": "SHA-256 of its text",
    }
    room.contents.kinds.setFocus()
    for number, kind in enumerate(KINDS):
        if number:
            qtbot.keyClick(room.contents.kinds, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: not room.computing, timeout=20_000)
        assert room.contents.kind is kind
        nothing = {"decisions": "Nothing was decided yet", "uses": "Nobody noted yet where a quote is used"}
        if kind.key in nothing:
            assert room.waiting.isVisible()
            assert nothing[kind.key] in room.waiting.sentence
            assert not room.contents.save.isEnabled()
        else:
            assert expected[kind.key] in room.page.toPlainText()
            assert room.contents.save.isEnabled()


def test_a_report_is_saved_in_the_format_of_its_ending(qtbot, room, tmp_path):
    for ending in EXTENSIONS:
        assert saved(qtbot, room, tmp_path / f"themes{ending}").stat().st_size > 200
    sheets = openpyxl.load_workbook(tmp_path / "themes.xlsx")
    assert "Quotes" in sheets.sheetnames
    assert sheets["Quotes"]["D2"].value == "Participant 1"  # so few took part that no name of a document may be told
    choose(qtbot, room, "codebook")
    assert saved(qtbot, room, tmp_path / "codebook.md").read_text().startswith("# ")
    choose(qtbot, room, "agreement")
    assert saved(qtbot, room, tmp_path / "agreement.json").read_bytes().startswith(b"{")


def test_columns_of_participants_and_rounds_are_chosen(qtbot, room):
    choose(qtbot, room, "participants")
    assert room.contents.which.isVisible()
    assert room.contents.which_label.text() == "Columns"
    room.contents.which.setFocus()
    qtbot.keyClick(room.contents.which, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not room.computing)
    assert room.contents.which.currentText() == "all together"
    assert "All (n = " in room.page.toPlainText()
    choose(qtbot, room, "codebook")
    assert not room.contents.which.isVisible()
    assert not any(box.isVisible() for box in room.contents.parts.values())


def test_the_audit_pack_becomes_a_folder(qtbot, room, tmp_path):
    choose(qtbot, room, "audit")
    folder = saved(qtbot, room, tmp_path / "pack")
    assert "history.csv" in (folder / "SHA256SUMS").read_text()
    assert room.contents.save.text() == "Make the folder…"
    with qtbot.waitSignal(room.bridge.refused, timeout=20_000) as told:
        room.save_report()
    assert "is not empty" in told.args[0]


def test_a_house_template_is_looked_at_kept_and_put_away(qtbot, room, tmp_path, settings):
    room.bridge.settings = settings
    house = docx.Document()
    house.styles["Quote"].font.size = Pt(13)
    house.save(tmp_path / "house.docx")
    room.ask_file = lambda _parent: tmp_path / "house.docx"
    with qtbot.waitSignal(room.bridge.informed):
        qtbot.mouseClick(room.contents.template, LEFT)
    assert settings.house_template == tmp_path / "house.docx"
    assert "house.docx" in room.contents.template_label.text()
    written = saved(qtbot, room, tmp_path / "themes.docx")
    assert docx.Document(io.BytesIO(written.read_bytes())).styles["Quote"].font.size == Pt(13)
    with zipfile.ZipFile(written) as package:
        assert not any("app.xml" in name for name in package.namelist())
    room.ask_file = lambda _parent: tmp_path / "themes.md"
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.choose_template()
    assert ".docx or .dotx" in told.args[0]
    assert settings.house_template == tmp_path / "house.docx"
    qtbot.mouseClick(room.contents.no_template, LEFT)
    assert settings.house_template is None
    assert not room.contents.no_template.isVisible()


def test_an_approach_without_coefficients_has_no_report_of_them(qtbot, room, made):
    team.describe_study(made.study, approach="reflexive")
    for key in ("agreement", "decisions"):
        choose(qtbot, room, key)
        assert room.waiting.sentence == NO_COEFFICIENTS
        assert not room.contents.units.isVisible()
