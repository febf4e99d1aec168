"""Attributes, their levels and values, through the operations and what queries say afterwards."""

from __future__ import annotations

import pytest
import small

from qcode.operations import attributes, cells, documents, lookup, participants, sites
from qcode.queries.integrity import check
from qcode.queries.people.attributes import attributes as list_attributes
from qcode.queries.people.attributes import sheet
from qcode.queries.people.attributes import sites as list_sites
from qcode.text.blocks import Block, CellEntry, NewColumn, NewRow
from qcode.text.typed import Habits


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.fixture
def people(made):
    """Two participants in two groups."""
    return {
        name: documents.add_participant(made.study, pseudonym=name, group=group)
        for name, group in (("Colleen", "Residents"), ("Royce", "Responders"))
    }


def add(made, name, kind="text", levels=(), **more):
    return attributes.add_attribute(made.study, subject="participant", name=name, kind=kind, levels=levels, **more)


def write(made, *entries, **more):
    return cells.write_cells(made.study, "participant", Block(tuple(CellEntry(*one) for one in entries), **more))


def said(made, name, column):
    table = sheet(made.study, "participant")
    key = next(one.key for one in table.columns if one.title == column)
    cell = next(row for row in table.rows if row.name == name).cells[key]
    return cell.text, cell.state


def names(made, attribute):
    return [level.name for row in list_attributes(made.study) if row.id == attribute for level in row.levels]


def test_each_kind_of_value_is_stored_as_it_is_meant(made, people):
    area, age = add(made, "Area", "category", ["Mill Row", "Upriver"]), add(made, "Age", "number")
    since, remark = add(made, "Since", "date"), add(made, "Remark")
    who = people["Colleen"]
    assert (
        write(made, (who, area, "mill row"), (who, age, "41,5"), (who, since, "5 May 2020"), (who, remark, "x  y")) == 4
    )
    told = [said(made, "Colleen", column) for column in ("Area", "Age", "Since", "Remark")]
    assert told == [("Mill Row", "given"), ("41.5", "given"), ("2020-05-05", "given"), ("x y", "given")]
    assert said(made, "Royce", "Age") == ("", "nothing")


def test_unknown_is_recorded_and_nothing_is_not(made, people):
    age = add(made, "Age", "number")
    write(made, (people["Colleen"], age, "Unknown"), (people["Royce"], age, "40"))
    assert said(made, "Colleen", "Age") == ("unknown", "unknown")
    assert list_attributes(made.study)[0].given == 2
    write(made, (people["Royce"], age, ""))
    assert said(made, "Royce", "Age") == ("", "nothing")
    assert list_attributes(made.study)[0].given == 1
    write(made, (people["Royce"], age, "39"))
    assert said(made, "Royce", "Age") == ("39", "given")


def test_writing_what_stands_there_already_makes_no_step(made, people):
    age = add(made, "Age", "number")
    write(made, (people["Colleen"], age, "40"))
    heard = []
    made.study.subscribe(heard.append)
    assert write(made, (people["Colleen"], age, "40.0"), (people["Royce"], age, " ")) == 0
    assert heard == []


def test_one_refused_cell_leaves_the_whole_block_unwritten(made, people):
    age = add(made, "Age", "number")
    with pytest.raises(cells.CellRefusedError, match="Royce, Age: “forty” is no number"):
        write(made, (people["Colleen"], age, "40"), (people["Royce"], age, "forty"))
    assert said(made, "Colleen", "Age") == ("", "nothing")


def test_a_level_that_does_not_exist_is_refused_with_those_that_do_or_added_where_that_is_wanted(made, people):
    area = add(made, "Area", "category", ["Mill Row", "Upriver"])
    with pytest.raises(cells.CellRefusedError, match="Mill Row, Upriver; or add it"):
        write(made, (people["Colleen"], area, "Larkmoor"))
    write(made, (people["Colleen"], area, "Larkmoor"), (people["Royce"], area, "larkmoor"), add_levels=True)
    assert names(made, area) == ["Mill Row", "Upriver", "Larkmoor"]
    assert said(made, "Royce", "Area") == ("Larkmoor", "given")


def test_a_date_that_can_be_two_days_needs_its_order(made, people):
    since = add(made, "Since", "date")
    with pytest.raises(cells.CellRefusedError, match="Say which comes first"):
        write(made, (people["Colleen"], since, "3/4/2024"))
    write(made, (people["Colleen"], since, "3/4/2024"), habits={since: Habits(dates="day first")})
    assert said(made, "Colleen", "Since") == ("2024-04-03", "given")


def test_what_is_recorded_for_one_group_is_not_asked_of_the_others(made, people):
    served = add(made, "Years served", "number", group="Responders")
    assert said(made, "Colleen", "Years served") == ("", "not asked")
    with pytest.raises(cells.CellRefusedError, match="the group Responders only"):
        write(made, (people["Colleen"], served, "3"))
    write(made, (people["Colleen"], served, "3"), (people["Colleen"], "group", "responders"))
    assert said(made, "Colleen", "Years served") == ("3", "given")


def test_a_block_brings_rows_and_columns_along_and_is_undone_at_one_stroke(made, people):
    age, new = NewColumn("Age", "number"), NewRow("Shay")
    write(made, (new.id, age.id, "20"), (new.id, "role", "survivor"), new_rows=(new,), new_columns=(age,))
    assert said(made, "Shay", "Age") == ("20", "given")
    assert said(made, "Shay", "Role") == ("survivor", "given")
    made.study.undo()
    assert list_attributes(made.study) == []
    assert [row.name for row in sheet(made.study, "participant").rows] == ["Colleen", "Royce"]
    assert check(made.study).problems == ()


def test_names_may_be_exchanged_in_one_block_but_never_doubled(made, people):
    first, second = people.values()
    write(made, (first, "name", "Royce"), (second, "name", "Colleen"))
    with pytest.raises(lookup.NameTakenError):
        write(made, (first, "name", "colleen"))
    with pytest.raises(lookup.NameTakenError):
        write(made, new_rows=(NewRow("ROYCE"),))


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [("site", "Nowhere", "no site “Nowhere”"), ("mode", "heard", "Use one of: recorded, notes, written")],
)
def test_columns_that_every_table_has_take_only_what_fits(made, column, text, reason):
    entry = CellEntry(made.documents[0], column, text)
    with pytest.raises(cells.CellRefusedError, match=reason):
        cells.write_cells(made.study, "document", Block((entry,)))


def test_documents_say_how_they_came_about_and_who_compared_them(made):
    site = sites.add_site(made.study, name="Mill Row", kind="community")
    told = {"mode": "Recorded", "checked_by": "Bo Ek", "site": "mill row", "group": "Residents"}
    entries = tuple(CellEntry(made.documents[0], column, text) for column, text in told.items())
    cells.write_cells(made.study, "document", Block(entries))
    row = sheet(made.study, "document").rows[0]
    assert {key: row.cells[key].text for key in told} == told | {"mode": "recorded", "site": "Mill Row"}
    assert [(one.name, one.documents, one.participants) for one in list_sites(made.study)] == [("Mill Row", 1, 0)]
    sites.remove_site(made.study, site)
    assert sheet(made.study, "document").rows[0].cells["site"].text == ""


def test_values_go_along_into_another_kind_or_hold_it_up(made, people):
    age = add(made, "Age")
    write(made, (people["Colleen"], age, "41"), (people["Royce"], age, "unknown"))
    attributes.describe_attribute(made.study, age, name="Age", kind="number")
    assert said(made, "Colleen", "Age") == ("41", "given")
    attributes.describe_attribute(made.study, age, name="Age band", kind="category")
    assert names(made, age) == ["41"]
    assert said(made, "Royce", "Age band") == ("unknown", "unknown")
    write(made, (people["Royce"], age, "old"), add_levels=True)
    with pytest.raises(attributes.ValuesDoNotFitError, match="one recorded value is none"):
        attributes.describe_attribute(made.study, age, name="Age", kind="number")
    attributes.describe_attribute(made.study, age, name="Age", kind="text")
    assert (said(made, "Royce", "Age"), names(made, age)) == (("old", "given"), [])
    assert check(made.study).problems == ()


def test_levels_are_ordered_renamed_and_removed_unless_they_are_in_use(made, people):
    band = add(made, "Band", "category", ["30-39", "20-29"])
    low = list_attributes(made.study)[0].levels[1].id
    attributes.move_level(made.study, low, after=None)
    attributes.rename_level(made.study, low, name="under 30")
    write(made, (people["Colleen"], band, "under 30"))
    assert names(made, band) == ["under 30", "30-39"]
    with pytest.raises(attributes.LevelInUseError, match="one value is recorded"):
        attributes.remove_level(made.study, low)
    participants.remove_participant(made.study, people["Colleen"])
    attributes.remove_level(made.study, low)
    assert names(made, band) == ["30-39"]


@pytest.mark.parametrize(
    ("deed", "error"),
    [
        (lambda m: add(m, "pseudonym"), attributes.OwnColumnError),
        (lambda m: add(m, "Age") and add(m, "AGE"), lookup.NameTakenError),
        (lambda m: add(m, "Age", "shape"), attributes.UnknownAttributeKindError),
        (lambda m: add(m, "Age", "number", ["1"]), attributes.NoLevelsError),
        (lambda m: add(m, "Area", "category", ["a", "A"]), lookup.NameTakenError),
        (lambda m: add(m, " "), lookup.NameEmptyError),
        (
            lambda m: attributes.add_attribute(m.study, subject="theme", name="Age"),
            attributes.UnknownSubjectError,
        ),
        (lambda m: attributes.add_level(m.study, add(m, "Age"), name="x"), attributes.NoLevelsError),
        (lambda m: write(m, ("nobody", "role", "x")), lookup.GoneError),
        (
            lambda m: cells.write_cells(m.study, "document", Block(new_rows=(NewRow("INT-9"),))),
            lookup.GoneError,
        ),
        (lambda m: sites.add_site(m.study, name="A") and sites.add_site(m.study, name="a"), lookup.NameTakenError),
    ],
)
def test_what_makes_no_sense_is_refused(made, deed, error):
    with pytest.raises(error):
        deed(made)


def test_speakers_become_participants_under_their_labels(made):
    labels = [(made.documents[0], "P"), (made.documents[0], "I"), (made.documents[1], "Medic")]
    known = documents.add_participant(made.study, pseudonym="Medic")
    found = participants.participants_from_speakers(
        made.study, [documents.speaker_named(made.study, *label) for label in labels]
    )
    rows = {row.name: row.id for row in sheet(made.study, "participant").rows}
    assert set(rows) == {"Medic", "P (INT-1)"}
    assert rows["Medic"] == known
    assert set(found) == set(rows.values())


def test_the_speaker_of_a_translation_is_the_one_of_the_original(made):
    incoming = documents.Incoming(
        "INT-1 en", small.transcript(small.FIRST), kind="translation", translation_of=made.documents[0]
    )
    translation = documents.import_document(made.study, incoming)
    speakers = [documents.speaker_named(made.study, one, "P") for one in (translation, made.documents[0])]
    found = participants.participants_from_speakers(made.study, speakers)
    assert len(set(found)) == 1
    assert [row.name for row in sheet(made.study, "participant").rows] == ["P (INT-1)"]
