from __future__ import annotations

import csv
import io

import docx
import pytest
from PySide6.QtCore import Qt
from written_up import write_up

from qcode.operations import attributes, cells, quotes, team
from qcode.queries.reports.cautions import cautions
from qcode.queries.reports.themes_report import themes_report
from qcode.queries.themes.outline import themes as theme_rows
from qcode.study import Place, Study
from qcode.text.blocks import Block, CellEntry
from qcode.ui import theme
from qcode.ui.report import ReportRoom
from qcode.ui.report.kinds import KINDS

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_room(show_room):
    """Show the room on a study and wait for its pages."""
    return lambda study: show_room(ReportRoom, study, 1180, 720)


@pytest.fixture
def room(open_room, made) -> ReportRoom:
    return open_room(made.study)


def tick(qtbot, room, part: str) -> None:
    """Change a tick by the space bar."""
    room.contents.parts[part].setFocus()
    qtbot.keyClick(room.contents.parts[part], Qt.Key.Key_Space)


def test_the_pages_say_what_the_query_says(room, made):
    said = room.page.toPlainText()
    report = themes_report(made.study)
    assert report.facts.title in said
    for section in report.sections:
        assert section.name in said
    assert "I leave a can at their gate." in said
    assert "Agreement between coders" in said
    assert "Appendix: codebook" in said


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("participants", "Characteristics of the participants"),
        ("overview", "Themes with their central concepts"),
        ("quotes", "Dissenting from this theme"),
        ("agreement", "Agreement between coders"),
        ("codebook", "Appendix: codebook"),
    ],
)
def test_each_part_can_be_left_out_by_keys(qtbot, room, part, words):
    assert words in room.page.toPlainText()
    tick(qtbot, room, part)
    assert words not in room.page.toPlainText()
    tick(qtbot, room, part)
    assert words in room.page.toPlainText()


def test_the_unit_of_agreement_can_be_chosen(qtbot, room, made):
    room.contents.units.setFocus()
    qtbot.keyClick(room.contents.units, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not room.computing)
    assert room.report.agreement == themes_report(made.study, unit="character").agreement
    tick(qtbot, room, "agreement")
    assert not room.contents.units.isEnabled()


def test_without_shared_work_the_room_says_why_there_is_no_agreement(tmp_path, open_room):
    made = write_up(tmp_path / "early.qcode", done=False)
    room = open_room(made.study)
    assert not room.contents.parts["agreement"].isEnabled()
    assert "handed in the same document" in room.contents.remark.text()
    assert room.report.agreement is None
    made.study.close()


def test_an_approach_without_coefficients_is_offered_none(made, open_room):
    team.describe_study(made.study, approach="reflexive")
    room = open_room(made.study)
    assert not room.contents.parts["agreement"].isVisible()
    assert not room.contents.remark.isVisible()
    assert "Agreement between coders" not in room.page.toPlainText()


def test_the_word_document_is_the_one_that_is_shown(qtbot, room, tmp_path):
    tick(qtbot, room, "codebook")
    asked = []
    target = tmp_path / "report.docx"
    room.ask_path = lambda _parent, _title, suggested, _kind: (asked.append(suggested), target)[1]
    with qtbot.waitSignal(room.bridge.informed) as told:
        qtbot.mouseClick(room.contents.save, LEFT)
    assert told.args == [f"Themes and quotes: saved as {target}."]
    assert asked == [tmp_path / "pump themes.docx"]
    written = docx.Document(io.BytesIO(target.read_bytes()))
    words = [paragraph.text for paragraph in written.paragraphs]
    assert "I leave a can at their gate." in words
    assert not any("Appendix" in text for text in words)
    assert any("Appendix" in text for text in words) is ("Appendix" in room.page.toPlainText())


def test_the_quotes_are_saved_as_csv(qtbot, room, made, tmp_path):
    target = tmp_path / "quotes.csv"
    room.ask_path = lambda *_asked: target
    with qtbot.waitSignal(room.bridge.informed) as told:
        qtbot.mouseClick(room.contents.csv, LEFT)
    assert str(target) in told.args[0]
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
    assert [row["stance"] for row in rows] == ["supports", "dissents", "supports", "supports"]
    assert rows[0]["quote"] == "With water it is different. Water I count."


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(qtbot, room, tmp_path):
    room.ask_path = lambda *_asked: tmp_path / "nowhere" / "report.docx"
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.save_report()
    assert "does not exist" in told.args[0]
    assert not (tmp_path / "nowhere").exists()


def test_a_house_template_that_is_gone_is_told_of_as_what_it_was(qtbot, room, settings, tmp_path):
    room.bridge.settings = settings
    settings.house_template = tmp_path / "house.docx"
    room.ask_path = lambda *_asked: tmp_path / "themes.docx"
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.save_report()
    assert "house template “house.docx” is no longer where it was" in told.args[0]
    assert not (tmp_path / "themes.docx").exists()


def test_another_ending_is_refused_in_a_sentence(qtbot, room, tmp_path):
    room.ask_path = lambda *_asked: tmp_path / "report.pdf"
    with qtbot.waitSignal(room.bridge.refused) as told:
        room.save_report()
    assert ".docx" in told.args[0]


def test_changing_ones_mind_saves_nothing(room, tmp_path):
    before = set(tmp_path.iterdir())
    room.ask_path = lambda *_asked: None
    room.save_report()
    room.save_csv()
    assert set(tmp_path.iterdir()) == before


def test_what_to_look_at_is_what_the_query_says(room, made):
    assert [caution.sentence for caution in room.warnings.list.rows] == [
        caution.sentence for caution in cautions(made.study)
    ]
    assert room.warnings.heading.text() == f"To look at first ({len(cautions(made.study))})"


def choose(room, kind: str) -> None:
    """Put the cursor on the first caution of a kind."""
    place = next(number for number, row in enumerate(room.warnings.list.rows) if row.kind == kind)
    room.warnings.list.setCurrentIndex(room.warnings.list.model().index(place, 0))
    room.warnings.list.setFocus()


def test_enter_on_a_theme_without_quotes_leads_to_that_theme(qtbot, room, made):
    choose(room, "theme without quotes")
    with qtbot.waitSignal(room.requestTheme) as asked:
        qtbot.keyClick(room.warnings.list, Qt.Key.Key_Return)
    assert asked.args == [made.themes["shown"]]


def test_enter_on_a_gap_in_an_attribution_leads_to_the_quote(qtbot, room, made):
    choose(room, "empty attribution")
    quote = theme_rows(made.study)[0].quotes[0]
    with qtbot.waitSignal(room.requestPlace) as asked:
        qtbot.keyClick(room.warnings.list, Qt.Key.Key_Return)
    assert asked.args == [Place(quote.document, quote.start, quote.end)]


def test_transcripts_to_review_lead_to_the_transcripts(qtbot, room):
    choose(room, "not reviewed")
    with qtbot.waitSignal(room.requestRoom) as asked:
        qtbot.keyClick(room.warnings.list, Qt.Key.Key_Return)
    assert asked.args == ["transcripts"]


def test_a_double_click_on_values_that_few_share_leads_to_the_transcripts(qtbot, room):
    choose(room, "small cells")
    listed = room.warnings.list
    listed.scrollTo(listed.currentIndex())
    place = listed.visualRect(listed.currentIndex()).center()
    with qtbot.waitSignal(room.requestRoom) as asked:
        qtbot.mouseClick(listed.viewport(), LEFT, pos=place)
        qtbot.mouseDClick(listed.viewport(), LEFT, pos=place)
    assert asked.args == ["transcripts"]


def test_a_quote_that_comes_is_in_the_pages_and_its_caution_goes(qtbot, room, made):
    room.page.verticalScrollBar().setValue(40)
    quotes.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 1", "I nearly cried."))
    qtbot.waitUntil(lambda: not room.computing)
    assert "I nearly cried." in room.page.toPlainText()
    assert not any(caution.kind == "theme without quotes" for caution in room.warnings.list.rows)
    assert room.page.verticalScrollBar().value() == 40


def test_pages_that_are_out_of_date_are_dropped(qtbot, room):
    shown = []
    take = room._on_prepared
    room._on_prepared = lambda prepared: (shown.append(prepared), take(prepared))
    for _again in range(4):
        room.mark_stale()
    qtbot.waitUntil(lambda: not room.computing)
    assert len(shown) == 1


def test_a_template_that_cannot_be_read_is_said_and_nothing_can_be_saved(made, open_room):
    team.describe_study(made.study, attribution="{nickname}")
    room = open_room(made.study)
    assert "nickname" in room.waiting.sentence
    assert room.waiting.isVisible()
    assert not room.contents.save.isEnabled()
    assert [caution.kind for caution in room.warnings.list.rows].count("template") == 1


def test_what_is_recorded_of_people_is_followed(qtbot, made, open_room):
    age = attributes.add_attribute(made.study, subject="participant", name="Age", levels=["young"], kind="category")
    team.describe_study(made.study, attribution="{age}")
    room = open_room(made.study)
    assert "young" not in room.page.toPlainText()
    told = tuple(CellEntry(one, age, "young") for one in made.participants.values())
    cells.write_cells(made.study, "participant", Block(told))
    qtbot.waitUntil(lambda: not room.computing)
    assert room.report.sections == themes_report(made.study).sections
    assert "young" in room.page.toPlainText()


def test_a_study_without_themes_leads_to_the_themes_room(qtbot, open_room, tmp_path):
    with Study.create(tmp_path / "new.qcode", title="New", coder="Asta Lind") as study:
        room = open_room(study)
        assert room.nothing.isVisible()
        assert not room.contents.csv.isEnabled()
        assert not room.contents.save.isEnabled()
        with qtbot.waitSignal(room.requestRoom) as asked:
            qtbot.mouseClick(room.nothing.button, LEFT)
        assert asked.args == ["themes"]


def test_the_page_is_set_in_the_colours_of_the_theme(room):
    for name in ("light", "dark"):
        theme.choose(name)
        room.update_theme()
        image = room.page.viewport().grab().toImage()
        assert image.pixelColor(4, 4).name() == theme.current().surface
        assert image.pixelColor(image.width() // 2, 40).name() == theme.current().background
        assert theme.current().text in room.page.toHtml()


def test_every_control_has_a_name_and_every_action_words(room):
    assert all(view.accessibleName() for view in (room.page, room.warnings.list, room.contents.units))
    assert all(box.text() for box in room.contents.parts.values())
    assert [action.text() for action in room.room_actions()] == [
        "Save the report as…",
        "Save the quotes as CSV…",
        "Choose a house template…",
        "Without the house template",
        *(f"Report: {kind.name}" for kind in KINDS),
    ]


def test_what_was_kept_back_leads_to_the_attributions(qtbot, room):
    choose(room, "kept back")
    with qtbot.waitSignal(room.requestAttribution):
        qtbot.keyClick(room.warnings.list, Qt.Key.Key_Return)
