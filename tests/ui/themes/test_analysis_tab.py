"""The tab Analysis by mouse and keys: every number and place of a plot leads to the passages that were counted."""

from __future__ import annotations

import subprocess
import sys

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from qcode.analysis.corpus import Mark
from qcode.operations import quotes
from qcode.operations.codebook import rename_code
from qcode.operations.team import describe_study
from qcode.queries.counting.code_query import Inquiries, saved_queries
from qcode.queries.counting.corpus import corpus, counted_behind
from qcode.queries.counting.joint import surveys
from qcode.queries.team import study_card
from qcode.queries.themes.outline import themes
from qcode.study import Place
from qcode.ui import theme
from qcode.ui.themes import ThemesRoom
from qcode.ui.themes.behind import behind_passages


@pytest.fixture
def tab(show_room, made, qtbot):
    """The tab on the study that is written up, and what it asked for."""
    room = show_room(ThemesRoom, made.study, 1180, 760)
    tab = room.show_tab("analysis")
    tab.asked = []
    room.requestPassages.connect(lambda *asked: tab.asked.append(asked))
    settle(qtbot, tab)
    return tab


def settle(qtbot, tab):
    qtbot.waitUntil(lambda: not tab.computing and not tab.shown.is_stale, timeout=20_000)


def show(qtbot, tab, key):
    page = tab.show_page(key)
    settle(qtbot, tab)
    return page


def choose(qtbot, tab, box, key):
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
    settle(qtbot, tab)


def test_the_numbers_and_their_passages_are_those_of_the_corpus(qtbot, tab, made):
    page = show(qtbot, tab, "documents")
    counted = corpus(made.study)
    assert page.said.text() == counted.said
    text = counted.texts[0]
    line = next(
        line for line in page.answer.lines if any(mark.code == line.id for mark in counted.marks[text.document])
    )
    behind = [mark for mark in counted.marks[text.document] if mark.code in counted.meant(line.id)]
    assert line.cells[0].value == len(behind)
    page.table.table.select_row(line.id)
    page.table.table.setCurrentIndex(page.table.table.model().index(page.table.table.currentIndex().row(), 1))
    page.table.table.setFocus()
    QTest.keyClick(page.table.table, Qt.Key.Key_Return)
    title, looking = tab.asked.pop()
    assert title == counted_behind(f"{line.name}, {text.name}", behind)
    assert set(looking.ids) == {coding for mark in behind for coding in mark.codings}


def test_what_was_settled_without_a_coding_leads_to_its_place():
    alone = Mark("D", 3, 9, "C", settled=True)
    behind = behind_passages("Fear", [alone])
    assert (behind.place, behind.looking) == (Place("D", 3, 9), None)
    coded = behind_passages("Fear", [alone, Mark("D", 20, 30, "C", codings=("X", "Y"))])
    assert (coded.title, coded.looking.ids) == ("Fear: 2 passages", ["X", "Y"])
    assert behind_passages("Fear", []).sentence == "Fear has no passages yet."


def test_small_counts_of_people_are_marked_in_table_and_plot_and_the_sentence_stands_below(qtbot, tab, made):
    page = show(qtbot, tab, "attributes")
    k = study_card(made.study).k
    assert f"† Fewer than {k} participants" in page.note.text()
    cells = [cell for line in page.answer.lines for cell in line.cells]
    assert {cell.text.endswith("†") for cell in cells if cell.value and cell.value < k} == {True}
    assert not any(cell.text.endswith("†") for cell in cells if not cell.value or cell.value >= k)
    drawn = [cell.text for row in page.answer.plot.numbers for cell in row if cell.value]
    assert any(text.endswith("†") for text in drawn)
    choose(qtbot, tab, page.counts, "turns")
    assert "†" not in page.note.text() + "".join(cell.text for line in page.answer.lines for cell in line.cells)


def test_what_is_hidden_is_hidden_in_table_plot_and_what_is_saved(qtbot, tab, made, tmp_path):
    page = show(qtbot, tab, "attributes")
    page.hide_small.setChecked(True)
    settle(qtbot, tab)
    k = study_card(made.study).k
    assert page.note.text().startswith(f"‡ Not shown: fewer than {k} participants")
    cells = [cell for line in page.answer.lines for cell in line.cells]
    drawn = [cell for row in page.answer.plot.numbers for cell in row]
    assert not any(cell.value and cell.value < k for cell in [*cells, *drawn])
    assert any(cell.text == "‡" for cell in cells)
    saved = [cell for row in page.answer.table().rows for cell in row[1:]]
    assert [str(cell) == "‡" for cell in saved] == [cell.text == "‡" for cell in cells]
    choose(qtbot, tab, page.counts, "turns")
    assert "this one is of turns" in page.note.text()
    assert page.answer.lines


def test_a_theme_named_in_vivo_stands_in_quotation_marks_in_table_plot_and_file(qtbot, tab, made):
    quote = themes(made.study)[0].quotes[0]
    quotes.title_in_vivo(made.study, quote.id)
    name = f"“{themes(made.study)[0].name}”"
    page = show(qtbot, tab, "groups")
    assert page.answer.lines[0].name == name
    assert page.answer.plot.rows[0].name == name
    assert str(page.answer.table().rows[0][0]) == name


def test_tests_are_offered_where_the_approach_has_them(qtbot, tab, made):
    page = show(qtbot, tab, "groups")
    assert page.tests.isVisible()
    page.tests.setChecked(True)
    settle(qtbot, tab)
    describe_study(made.study, approach="reflexive")
    settle(qtbot, tab)
    assert not page.tests.isVisible()
    assert "p" not in [heading.name for heading in page.answer.headings]
    assert page.answer.lines


def test_a_place_of_the_plot_opens_by_click_and_by_keys_alike(qtbot, tab):
    page = show(qtbot, tab, "documents")
    view = page.plot.view
    line = next(line for line in page.answer.lines if line.cells[0].value and not line.strong)
    key = line.key(0)
    view.go_to(key)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Enter)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.box(key).center().toPoint())
    first, second = (asked[1].ids for asked in tab.asked)
    assert first == second
    assert first
    assert view.accessibleDescription() == page.plot.words.text() != ""


def test_arrows_reach_every_place_of_the_table_in_the_plot(qtbot, tab):
    page = show(qtbot, tab, "documents")
    view = page.plot.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Home)
    seen = {view.current}
    across = len({key[1] for key in view.keys})
    for down in range(len({key[0] for key in view.keys})):
        for _step in range(across - 1):
            QTest.keyClick(view, Qt.Key.Key_Left if down % 2 else Qt.Key.Key_Right)
            seen.add(view.current)
        QTest.keyClick(view, Qt.Key.Key_Down)
        seen.add(view.current)
    assert seen == set(view.keys)


@pytest.mark.parametrize("key", ["attributes", "groups", "together", "timeline", "words"])
def test_each_page_says_what_it_counts_and_has_a_table_and_a_plot(qtbot, tab, key):
    page = show(qtbot, tab, key)
    if key == "together":
        assert page.empty.sentence.startswith("No two codes stand on the same words.")
        choose(qtbot, tab, page.by, "document")
    assert page.answer is not None, page.empty.sentence
    assert page.said.text()
    assert page.answer.lines
    assert page.plot.view.keys
    assert page.table.table.accessibleName() == page.title


def test_pairs_and_stretches_lead_to_their_passages(qtbot, tab, made):
    page = show(qtbot, tab, "together")
    choose(qtbot, tab, page.by, "document")
    pair = page.answer.lines[0]
    page.open(pair.key(0))
    title, looking = tab.asked.pop()
    assert pair.name in title
    marks = {coding: mark for mark in corpus(made.study).all_marks() for coding in mark.codings}
    assert {marks[coding].code for coding in looking.ids} == set(pair.key(0))
    along = show(qtbot, tab, "timeline")
    along.open(along.plot.view.keys[0])
    assert len({marks[coding] for coding in tab.asked.pop()[1].ids}) == 1


def test_a_word_opens_in_its_context_and_a_line_of_it_in_the_transcript(qtbot, tab, made):
    page = show(qtbot, tab, "words")
    word = page.answer.lines[0]
    known = corpus(made.study)
    heard = [text.name for text in known.texts if any(turn.counted and turn.role for turn in text.turns)]
    assert f", in {len(heard)} document" in page.said.text()
    unheard = [text.name for text in known.texts if text.name not in heard]
    assert (f"Nobody is heard in: {', '.join(unheard)}." in page.said.text()) == bool(unheard)
    places = []
    page.requestPlace.connect(places.append)
    page.table.table.setFocus()
    QTest.keyClick(page.table.table, Qt.Key.Key_Return)
    settle(qtbot, tab)
    assert len(page.answer.lines) == word.cells[0].value
    QTest.keyClick(page.table.table, Qt.Key.Key_Return)
    text = next(one.text for one in tab.kept.last.texts if one.document == places[0].document)
    assert text[places[0].start : places[0].end].casefold() == word.name
    page.show_list()
    settle(qtbot, tab)
    assert page.answer.lines[0] == word


def test_a_query_finds_what_its_words_say_and_is_kept_and_taken_back(qtbot, tab, made):
    page = show(qtbot, tab, "queries")
    assert "fear* and not felt*" in page.empty.sentence
    name = corpus(made.study).code[next(corpus(made.study).all_marks()).code].name
    page.line.setFocus()
    QTest.keyClicks(page.line, f'"{name}"')
    page.completer.popup().hide()
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    settle(qtbot, tab)
    asked = Inquiries(made.study).ask(f'"{name}"')
    assert [line.name for line in page.answer.lines] == [tab.kept.last.text[hit.document].name for hit in asked.hits]
    page.open(page.answer.lines[0].key(0))
    assert tab.asked.pop()[1].ids
    page.name.setText("All of it")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert [(row.name, row.words) for row in saved_queries(made.study)] == [("All of it", f'"{name}"')]
    settle(qtbot, tab)
    page.line.setText("something else")
    page.saved.setCurrentIndex(1)
    page.saved.activated.emit(1)
    settle(qtbot, tab)
    assert page.line.text() == f'"{name}"'
    page.drop()
    assert saved_queries(made.study) == []
    made.study.undo()
    settle(qtbot, tab)
    assert page.saved.count() == 2


def test_a_query_that_cannot_be_read_is_marked_where_it_is_wrong(qtbot, tab):
    page = show(qtbot, tab, "queries")
    page.line.setText("nonsense and more")
    page.ask()
    settle(qtbot, tab)
    assert "nonsense" in page.empty.sentence
    assert page.line.selectedText().startswith("nonsense")
    page.line.clear()
    QTest.keyClicks(page.line, "docu")
    assert page.completer.model().stringList() == ["document:"]
    name = next(code.name for code in tab.kept.last.codes if " " in code.name)
    page.line.clear()
    QTest.keyClicks(page.line, f"text:x and {name[: name.index(' ') + 2].lower()}")
    assert f'"{name}"' in page.completer.model().stringList()
    page.completer.activated.emit(f'"{name}"')
    assert page.line.text() == f'text:x and "{name}" '
    page.line.clear()
    QTest.keyClicks(page.line, "docu")
    page.completer.activated.emit("document:")
    QTest.keyClicks(page.line, tab.kept.last.texts[0].name[:2])
    assert tab.kept.last.texts[0].name in [name.strip('"') for name in page.completer.model().stringList()]
    page.completer.popup().hide()


def test_saturation_says_its_sentence_and_is_not_there_where_it_is_not_sought(qtbot, tab, made):
    page = show(qtbot, tab, "saturation")
    page.base.setValue(60)
    settle(qtbot, tab)
    assert "A base and a run need 62 documents" in page.empty.sentence
    page.base.setValue(1)
    page.run.setValue(1)
    settle(qtbot, tab)
    assert "Guest, Namey and Chen (2020)" in page.note.text()
    page.copy_sentence()
    assert QGuiApplication.clipboard().text() == page.answer.summary
    page.open((page.answer.lines[0].id,))
    assert tab.asked.pop()[0].startswith(f"New codes in {page.answer.lines[0].name}: ")
    describe_study(made.study, approach="reflexive")
    settle(qtbot, tab)
    assert tab.shown.key == "documents"
    row = next(row for row in range(tab.list.count()) if tab.list.item(row).text() == "Saturation")
    assert tab.list.item(row).isHidden()


def test_tests_are_made_of_participants_alone(qtbot, tab):
    page = show(qtbot, tab, "attributes")
    page.tests.setChecked(True)
    settle(qtbot, tab)
    assert "p, Holm" in [heading.name for heading in page.answer.headings]
    choose(qtbot, tab, page.counts, "turns")
    assert "There is no test for turns" in page.note.text()
    assert page.answer.lines


def test_a_change_of_the_study_is_followed_and_the_cursor_stays(qtbot, tab, made):
    page = show(qtbot, tab, "documents")
    line = page.answer.lines[1]
    page.table.table.select_row(line.id)
    page.plot.view.go_to(page.plot.view.keys[2])
    rename_code(made.study, line.id, name="Another name")
    settle(qtbot, tab)
    assert page.table.table.current_row().id == line.id
    assert page.table.table.current_row().name == "Another name"
    assert page.said.text() == corpus(made.study).said
    assert page.plot.view.current == page.plot.view.keys[2]


def test_table_and_plot_are_saved_without_a_word_of_where(qtbot, tab, tmp_path, made):
    page = show(qtbot, tab, "groups")
    for ending in ("png", "svg", "pdf"):
        page.ask_path = lambda *_asked, ending=ending: tmp_path / f"plot.{ending}"
        page.save_plot()
    for ending in ("xlsx", "csv", "docx", "html", "md"):
        page.ask_path = lambda *_asked, ending=ending: tmp_path / f"table.{ending}"
        page.save_table()
        qtbot.waitUntil(lambda ending=ending: (tmp_path / f"table.{ending}").exists())
    assert len(list(tmp_path.glob("plot.*"))) == 3
    assert not any(str(tmp_path).encode() in path.read_bytes() for path in tmp_path.glob("plot.*"))
    sheet = load_workbook(tmp_path / "table.xlsx").active
    assert [cell.value for cell in sheet["A"]][1 : 1 + len(page.answer.lines)] == [
        line.name for line in page.answer.lines
    ]
    assert page.answer.said.split(".")[0] in (tmp_path / "table.csv").read_text(encoding="utf-8-sig")


def test_where_there_is_little_room_one_of_plot_and_table_is_shown(qtbot, tab):
    page = show(qtbot, tab, "documents")
    assert page.plot.isVisible()
    assert page.table.isVisible()
    tab.window().resize(1000, 430)
    qtbot.waitUntil(lambda: page.plot.isVisible() != page.table.isVisible())
    assert (page.view, page.views["both"].isVisible()) == ("plot", False), "what cannot be had is not offered"
    said = []
    page.bridge.informed.connect(said.append)
    page.show_view("both")
    assert said == ["There is no room for plot and table together here. Make the window higher, or close the drawer."]
    QTest.mouseClick(page.views["table"], Qt.MouseButton.LeftButton)
    assert (page.view, page.table.isVisible(), page.plot.isVisible()) == ("table", True, False)
    tab.window().resize(1180, 760)
    qtbot.waitUntil(lambda: page.view == "both")
    assert page.plot.isVisible()
    assert page.table.isVisible()
    page.show_view("table")
    assert not page.plot.isVisible()


def test_the_dark_theme_is_taken_without_being_asked_anew(qtbot, tab):
    page = show(qtbot, tab, "documents")
    before = page.plot.view.grab().toImage().pixelColor(2, 2)
    theme.choose("dark")
    tab.update_theme()
    settle(qtbot, tab)
    assert page.plot.view.grab().toImage().pixelColor(2, 2).lightness() < before.lightness()


def test_nothing_is_coded_yet_is_said_in_a_sentence(qtbot, show_room, small_study):
    room = show_room(ThemesRoom, small_study.study, 1024, 700)
    tab = room.show_tab("analysis")
    settle(qtbot, tab)
    assert show(qtbot, tab, "groups").empty.sentence.startswith("There are no themes yet.")
    assert not tab.shown.save_table_button.isEnabled()


def test_the_room_and_its_tab_open_without_loading_what_draws():
    script = (
        "import sys, qcode.ui.themes.room, qcode.ui.themes.analysis.tab, qcode.ui.themes.analysis.cross_page\n"
        "print([name for name in ('matplotlib', 'networkx', 'scipy', 'docx', 'openpyxl') if name in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True).strip() == "[]"


def test_a_survey_is_read_put_beside_themes_and_leads_to_their_passages(qtbot, tab, made, tmp_path):
    page = show(qtbot, tab, "joint")
    assert page.empty.sentence.startswith("No survey yet.")
    file = tmp_path / "door.csv"
    file.write_text(
        "item,group,count,denominator\nCalls again,Residents,31,80\nCalls again,Responders,,\n"
        '"Trusts, mostly",Residents,22,80\n"Trusts, mostly",Responders,54,60\n',
        encoding="utf-8",
    )
    page.ask_file = lambda *_asked: file
    page.read_survey()
    qtbot.waitUntil(lambda: page.answer is not None)
    settle(qtbot, tab)
    assert [[cell.text for cell in line.cells[:2]] for line in page.answer.lines] == [
        ["31/80 (39 %)", "n/a"],
        ["22/80 (28 %)", "54/60 (90 %)"],
    ]
    page.open(page.answer.lines[1].key(0))
    assert tab.asked == []
    known = corpus(made.study)
    used = {mark.code for mark in known.all_marks()}
    theme_id = next(theme.id for theme in known.themes if used & set(theme.codes))
    page.themes.setCurrentIndex(page.themes.findData(theme_id))
    page.table.table.select_row("Trusts, mostly")
    page.put()
    settle(qtbot, tab)
    assert surveys(made.study)[0].beside["Trusts, mostly"] == (theme_id,)
    page.open(("Trusts, mostly", "Residents"))
    title, looking = tab.asked.pop()
    codes = next(theme.codes for theme in known.themes if theme.id == theme_id)
    wanted = {coding for mark in known.all_marks() if mark.code in codes for coding in mark.codings}
    assert set(looking.ids) == wanted
    assert title.rpartition(": ")[0] in page.themes.currentText()
    quote = next(row for row in themes(made.study) if row.id == theme_id).quotes[0]
    assert quote.text in str(page.answer.table().rows)
    quotes.drop_quotes(made.study, [quote.id])
    settle(qtbot, tab)
    assert quote.text not in str(page.answer.table().rows)
    page.table.table.select_row("Trusts, mostly")
    page.take()
    settle(qtbot, tab)
    assert surveys(made.study)[0].beside["Trusts, mostly"] == ()
    page.drop_survey()
    settle(qtbot, tab)
    assert page.empty.sentence.startswith("No survey yet.")
