"""Filtering and sorting passages by what is recorded about who speaks, the document and its site, by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from qcode.operations import attributes, cells, coding, documents, sites
from qcode.operations.rounds import add_round
from qcode.queries.codings import Looking, passages
from qcode.queries.people.having import Having
from qcode.text.blocks import Block, CellEntry

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def known(small_study):
    """Ages, education, first contact and occupation of P, Dee and Lou; a length of INT-1, and its site."""
    study = small_study.study
    made = {
        name: attributes.add_attribute(study, subject="participant", name=name, kind=kind)
        for name, kind in (("Age", "number"), ("Schooling", "category"), ("Since", "date"), ("Work", "text"))
    }
    for level in ("none", "primary", "higher"):
        attributes.add_level(study, made["Schooling"], name=level)
    made["Setting"] = attributes.add_attribute(study, subject="document", name="Setting", kind="text")
    people = {}
    for document, label in (("INT-1", "P"), ("FG-1", "Dee"), ("FG-1", "Lou")):
        people[label] = documents.add_participant(study, pseudonym=f"{label}-person")
        speaker = documents.speaker_named(study, small_study.documents[document], label)
        documents.describe_speaker(study, speaker, role="participant", participant=people[label])
    told = [
        ("P", "Age", "41"),
        ("Dee", "Age", "9"),
        ("Lou", "Age", "unknown"),
        ("P", "Schooling", "primary"),
        ("Dee", "Schooling", "higher"),
        ("P", "Since", "2024-03-05"),
        ("Lou", "Since", "2023"),
        ("P", "Work", "Night nurse"),
    ]
    entries = tuple(CellEntry(people[who], made[name], text) for who, name, text in told)
    cells.write_cells(study, "participant", Block(entries))
    sites.add_site(study, name="Mill Row", kind="community")
    place = CellEntry(small_study.documents["INT-1"], "site", "Mill Row")
    cells.write_cells(study, "document", Block((place,)))
    return made


@pytest.fixture
def panel(window, known):
    """All passages, the focus in the list."""
    window.view.show_passages("All passages", Looking())
    return window.view.drawer.passages


def press(qtbot, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def ask(panel, qtbot, name):
    """Choose an attribute to filter by."""
    qtbot.keyClick(panel.table if panel.table.isVisible() else panel.filters.attribute, KEY.Key_L, CTRL)
    press(qtbot, KEY.Key_A)
    assert panel.by_attribute.chooser.isVisible()
    qtbot.keyClicks(QApplication.focusWidget(), name)
    press(qtbot, KEY.Key_Return)
    assert panel.by_attribute.values.isVisible()
    return panel.by_attribute.values


def listed(chooser):
    return [chooser.list.item(line).text() for line in range(chooser.list.count())]


def tick(chooser, qtbot, *texts):
    """Tick values in the list by keys."""
    chooser.list.setFocus()
    for text in texts:
        press(qtbot, KEY.Key_Home)
        place = next(line for line, said in enumerate(listed(chooser)) if said.startswith(text))
        press(qtbot, *[KEY.Key_Down] * place, KEY.Key_Space)


def shown(panel):
    return {row.coding.id for row in panel.table.shown_rows()}


def having(study, *conditions):
    """What the query says."""
    return {row.coding.id for row in passages(study, Looking(having=conditions))}


def test_values_of_a_category_stand_in_order_with_their_counts_and_several_are_ticked(panel, small_study, known, qtbot):
    study, key = small_study.study, known["Schooling"]
    chooser = ask(panel, qtbot, "school")
    names = ("none", "primary", "higher", "unknown", "")
    counts = [len(having(study, Having("participant", key, (name,)))) for name in names]
    said = [*names[:-1], "not recorded"]
    assert listed(chooser) == [f"{name}  ·  {count}" for name, count in zip(said, counts, strict=True)]
    assert counts == [0, 5, 1, 0, 2]
    tick(chooser, qtbot, "higher", "not recorded")
    press(qtbot, KEY.Key_Return)
    assert not chooser.isVisible()
    assert shown(panel) == having(study, Having("participant", key, ("higher", "")))
    assert panel.filters.chips.words == ["Schooling: higher, not recorded"]
    assert "schooling: higher, not recorded" in panel._count.text()
    assert panel.table.hasFocus()


def test_a_range_of_numbers_and_what_is_unknown(panel, small_study, known, qtbot):
    study, key = small_study.study, known["Age"]
    chooser = ask(panel, qtbot, "age")
    assert chooser.least.hasFocus()
    qtbot.keyClicks(chooser.least, "forty")
    press(qtbot, KEY.Key_Return)
    assert chooser.sentence.text() == "“forty” is no number."
    chooser.least.setText("50")
    chooser.most.setText("8")
    press(qtbot, KEY.Key_Return)
    assert "no value lies between" in chooser.sentence.text()
    chooser.least.setText("8")
    chooser.most.setText("20")
    press(qtbot, KEY.Key_Return)
    assert shown(panel) == having(study, Having("participant", key, (), 8.0, 20.0))
    assert panel.filters.chips.words == ["Age: 8 to 20"]
    chooser = ask(panel, qtbot, "age")
    assert (chooser.least.text(), chooser.most.text()) == ("8", "20")
    tick(chooser, qtbot, "unknown")
    press(qtbot, KEY.Key_Return)
    assert shown(panel) == having(study, Having("participant", key, ("unknown",), 8.0, 20.0))
    assert panel.filters.chips.words == ["Age: 8 to 20, unknown"]
    assert len(shown(panel)) == 3


def test_a_range_of_dates_takes_in_all_days_of_a_year(panel, small_study, known, qtbot):
    chooser = ask(panel, qtbot, "since")
    chooser.most.setFocus()
    qtbot.keyClicks(chooser.most, "March 2024")
    press(qtbot, KEY.Key_Return)
    assert panel.filters.chips.words == ["Since: to 2024-03"]
    assert shown(panel) == having(small_study.study, Having("participant", known["Since"], (), None, "2024-03"))
    assert len(shown(panel)) == 7


def test_a_part_of_a_text(panel, small_study, known, qtbot):
    chooser = ask(panel, qtbot, "work")
    press(qtbot, KEY.Key_Return)
    assert chooser.sentence.text() == "Choose a value first, or leave with Esc."
    qtbot.keyClicks(chooser.part, "NURSE")
    press(qtbot, KEY.Key_Return)
    assert panel.filters.chips.words == ["Work: with “NURSE”"]
    assert shown(panel) == having(small_study.study, Having("participant", known["Work"], part="nurse"))
    assert len(shown(panel)) == 5


def test_several_attributes_hold_together_counts_follow_and_chips_go_by_keys(panel, small_study, known, qtbot):
    study, everything = small_study.study, shown(panel)
    chooser = ask(panel, qtbot, "age")
    qtbot.keyClicks(chooser.least, "1")
    press(qtbot, KEY.Key_Return)
    chooser = ask(panel, qtbot, "school")
    assert listed(chooser)[:3] == ["none  ·  0", "primary  ·  5", "higher  ·  1"]
    assert listed(chooser)[-1] == "not recorded  ·  0"
    chooser.list.setFocus()
    press(qtbot, KEY.Key_Down, KEY.Key_Return)
    age, schooling = (
        Having("participant", known["Age"], (), 1.0),
        Having("participant", known["Schooling"], ("primary",)),
    )
    assert shown(panel) == having(study, age, schooling)
    chips = panel.filters.chips
    assert len(chips.buttons) == 2
    chips.buttons[0].setFocus()
    press(qtbot, KEY.Key_Delete)
    assert chips.words == ["Schooling: primary"]
    assert chips.buttons[0].hasFocus()
    assert shown(panel) == having(study, schooling)
    press(qtbot, KEY.Key_Space)
    assert chips.isHidden()
    assert panel.filters.attribute.hasFocus()
    assert shown(panel) == everything


def test_documents_and_sites_are_filtered_by_and_nothing_left_has_a_way_out(panel, small_study, known, qtbot):
    study, everything = small_study.study, shown(panel)
    chooser = ask(panel, qtbot, "kind")
    assert chooser.accessibleName() == "Kind of the site"
    place = next(line for line, said in enumerate(listed(chooser)) if said.startswith("community"))
    press(qtbot, *[KEY.Key_Down] * place, KEY.Key_Return)
    assert shown(panel) == having(study, Having("site", "kind", ("community",)))
    assert panel.filters.chips.words == ["Kind (site): community"]
    chooser = ask(panel, qtbot, "setting")
    qtbot.keyClicks(chooser.part, "kitchen")
    press(qtbot, KEY.Key_Return)
    assert shown(panel) == set()
    assert "Setting (document): with “kitchen”" in panel._empty.sentence
    qtbot.mouseClick(panel._empty.button, Qt.MouseButton.LeftButton)
    assert shown(panel) == everything
    assert panel.filters.chips.isHidden()


def test_esc_lets_all_through_and_another_opening_remembers_nothing(panel, window, known, qtbot):
    everything = shown(panel)
    for leave in ("esc", "other"):
        chooser = ask(panel, qtbot, "age")
        qtbot.keyClicks(chooser.least, "20")
        press(qtbot, KEY.Key_Return)
        assert len(shown(panel)) == 5
        assert panel.filters.clear.isEnabled()
        if leave == "esc":
            qtbot.keyClick(panel.table, KEY.Key_Escape)
        else:
            window.view.show_passages("All passages", Looking())
        assert panel.filters.chips.words == []
        assert shown(panel) == everything


def test_esc_in_each_panel_leaves_everything_as_it_was(panel, qtbot):
    everything = shown(panel)
    for name in ("age", "work", "school"):
        chooser = ask(panel, qtbot, name)
        press(qtbot, KEY.Key_Escape)
        assert not chooser.isVisible()
        assert panel.table.hasFocus()
    assert shown(panel) == everything


def choose_column(panel, qtbot, name, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(panel.table, KEY.Key_L, CTRL)
    press(qtbot, KEY.Key_S)
    qtbot.keyClicks(QApplication.focusWidget(), name)
    press(qtbot, KEY.Key_Return, modifier=modifier)


def column(panel):
    """The words of the last column."""
    last = panel.table.columns[-1]
    return list(dict.fromkeys(last.shown(row) for row in panel.table.shown_rows()))


def test_a_column_shows_an_attribute_and_sorts_by_number_level_or_date(panel, known, qtbot):
    own, row = len(panel.table.columns), panel.table.shown_rows()[3]
    panel.table.select_row(row.coding.id)
    for name, order in (
        ("age", ["9", "41", "unknown"]),
        ("school", ["primary", "higher", ""]),
        ("since", ["2023", "2024-03-05", ""]),
        ("site", ["Mill Row", ""]),
    ):
        choose_column(panel, qtbot, name)
        assert len(panel.table.columns) == own + 1
        assert not panel.table.isColumnHidden(own)
        assert column(panel) == order
        assert panel.table.current_row() == row
        assert panel.table.hasFocus()
    choose_column(panel, qtbot, "age", SHIFT)
    assert column(panel) == ["unknown", "41", "9"]
    choose_column(panel, qtbot, "no attribute")
    assert len(panel.table.columns) == own
    assert panel.table.horizontalHeader().sortIndicatorSection() == -1


def test_the_column_stays_through_changes_and_goes_with_another_opening(panel, window, small_study, known, qtbot):
    own = len(panel.table.columns)
    choose_column(panel, qtbot, "age")
    panel.table.selectAll()
    qtbot.keyClick(panel.table, KEY.Key_U, CTRL)
    assert column(panel) == ["9", "41", "unknown"]
    attributes.describe_attribute(small_study.study, known["Age"], name="Years", kind="number")
    assert panel.table.columns[-1].title == "Years"
    assert column(panel) == ["9", "41", "unknown"]
    window.view.show_passages("All passages", Looking())
    assert len(panel.table.columns) == own


def test_a_filter_whose_attribute_is_removed_elsewhere_falls_away_with_a_sentence(
    panel, window, small_study, known, qtbot
):
    everything, own = shown(panel), len(panel.table.columns)
    choose_column(panel, qtbot, "age")
    chooser = ask(panel, qtbot, "age")
    qtbot.keyClicks(chooser.least, "20")
    press(qtbot, KEY.Key_Return)
    attributes.remove_attribute(small_study.study, known["Age"])
    assert panel.filters.chips.words == []
    assert shown(panel) == everything
    assert len(panel.table.columns) == own
    qtbot.waitUntil(lambda: "“Age” is no longer recorded" in window.messages.sentence)


def test_a_level_or_kind_that_is_gone_takes_its_filter_along(panel, window, small_study, known, qtbot):
    study, everything = small_study.study, shown(panel)
    chooser = ask(panel, qtbot, "school")
    tick(chooser, qtbot, "none", "higher")
    press(qtbot, KEY.Key_Return)
    levels = {row.name: row.id for row in _levels(study, known["Schooling"])}
    attributes.remove_level(study, levels["none"])
    assert panel.filters.chips.words == ["Schooling: higher"]
    attributes.rename_level(study, levels["higher"], name="university")
    assert panel.filters.chips.words == []
    assert shown(panel) == everything
    qtbot.waitUntil(lambda: "values of “Schooling” that were chosen are gone" in window.messages.sentence)
    chooser = ask(panel, qtbot, "age")
    qtbot.keyClicks(chooser.least, "20")
    press(qtbot, KEY.Key_Return)
    attributes.describe_attribute(study, known["Age"], name="Age", kind="text")
    assert panel.filters.chips.words == []
    qtbot.waitUntil(lambda: "“Age” is now a text" in window.messages.sentence)


def _levels(study, attribute):
    from qcode.queries.people.attributes import attributes as list_attributes

    return next(row.levels for row in list_attributes(study) if row.id == attribute)


def test_while_a_round_is_blind_counts_tell_nothing_of_colleagues(panel, window, small_study, known, qtbot):
    study = small_study.study
    blind = add_round(study, name="Blind", blind=True, everyone=True)
    for who, words in ((small_study.bo, "They came at once."), (small_study.ana, "I called them.")):
        study.act_as(who)
        passage = small_study.passage("INT-1", words)
        coding.apply_codes(study, passage=passage, codes=[small_study.codes["Wear"]], round_id=blind)
    for who in (small_study.ana, small_study.bo):
        study.act_as(who)
        window.view.show_passages("In the round", Looking(rounds=[blind]))
        assert [row.coding.mine for row in panel.table.shown_rows()] == [True]
        chooser = ask(panel, qtbot, "school")
        assert listed(chooser)[1] == "primary  ·  1"
        assert sum(int(said.rsplit(" ", 1)[1]) for said in listed(chooser)) == 1
        press(qtbot, KEY.Key_Escape)


def test_without_attributes_or_passages_a_sentence_says_what_to_do(window, small_study, qtbot):
    window.view.show_passages("None", Looking(codes=[]))
    panel = window.view.drawer.passages
    panel.begin_attribute()
    assert window.messages.sentence == "There are no passages here to filter or sort."
    window.messages.close_message()
    panel.by_attribute.begin_column()
    assert window.messages.sentence == "There are no passages here to filter or sort."
