"""Passages by what is recorded about who speaks, the document and the place."""

from __future__ import annotations

from itertools import combinations

import pytest
import small

from qcode.operations import attributes, cells, coding, documents, sites
from qcode.operations.passages import Passage
from qcode.queries.codings import Looking, codings, passages
from qcode.queries.people.having import Having
from qcode.queries.people.recorded import recorded
from qcode.text.blocks import Block, CellEntry


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.fixture
def known(made):
    """The tenant of INT-1 and the medic of FG-1, with age, since and area; INT-1 is from Mill Row."""
    keys = {
        kind: attributes.add_attribute(made.study, subject="participant", name=kind, kind=kind)
        for kind in ("number", "date")
    }
    people = {}
    for document, label in ((0, "P"), (1, "Medic")):
        who = people[label] = documents.add_participant(made.study, pseudonym=label)
        speaker = documents.speaker_named(made.study, made.documents[document], label)
        documents.describe_speaker(made.study, speaker, role="participant", participant=who)
    told = [
        ("P", "number", "41"),
        ("Medic", "number", "unknown"),
        ("P", "date", "2024-03-05"),
        ("Medic", "date", "2023"),
    ]
    entries = tuple(CellEntry(people[who], keys[kind], text) for who, kind, text in told)
    cells.write_cells(made.study, "participant", Block(entries))
    sites.add_site(made.study, name="Mill Row", kind="community")
    place = (CellEntry(made.documents[0], "site", "Mill Row"), CellEntry(made.documents[1], "mode", "recorded"))
    cells.write_cells(made.study, "document", Block(place))
    return keys


def words(made, *conditions):
    found = passages(made.study, Looking(having=conditions))
    assert [row.coding for row in found] == codings(made.study, Looking(having=conditions))
    return {row.text for row in found}


TENANT = {"I rang them.", "I was afraid.", "I rang them. 😀 They came at once"}
MEDIC = {"I take it home with me."}


def test_conditions_on_participants_hold_for_whoever_speaks(made, known):
    number, date = known["number"], known["date"]
    assert words(made, Having("participant", number, least=40, most=41)) == TENANT
    assert words(made, Having("participant", number, least=42)) == set()
    assert words(made, Having("participant", number, texts=["Unknown"])) == MEDIC
    assert words(made, Having("participant", date, least="2024")) == TENANT
    assert words(made, Having("participant", date, most="2024-03")) == TENANT | MEDIC
    assert words(made, Having("participant", "name", texts=["medic"])) == MEDIC
    assert words(made, Having("participant", "role", texts=[""])) == TENANT | MEDIC


def test_conditions_on_documents_and_sites_hold_for_the_whole_document(made, known):
    assert words(made, Having("document", "mode", texts=["recorded"])) == MEDIC
    assert words(made, Having("site", "kind", texts=["community"])) == TENANT
    assert words(made, Having("site", "kind", texts=["agency"])) == set()


def test_all_conditions_hold_together(made, known):
    age = Having("participant", known["number"], least=0)
    assert words(made, age, Having("document", "mode", texts=["recorded"])) == set()
    assert words(made, age, Having("site", "name", texts=["Mill Row"])) == TENANT
    assert words(made) == TENANT | MEDIC


def test_notes_in_which_nobody_speaks_are_found_by_whom_they_are_about(made, known):
    notes = documents.import_document(
        made.study, documents.Incoming("FN-1", small.transcript(((None, "participant", "He waited."),)))
    )
    who = documents.add_participant(made.study, pseudonym="Orrin", role="survivor")
    documents.link_participant(made.study, notes, participant=who)
    coding.apply_codes(made.study, passage=Passage(notes, 0, 10), codes=[made.codes["Fear"]], round_id=made.round)
    assert words(made, Having("participant", "role", texts=["Survivor"])) == {"He waited."}


def test_a_part_of_a_text_or_a_range_beside_values_is_enough(made, known):
    number = known["number"]
    assert words(made, Having("participant", "name", part="MED")) == MEDIC
    assert words(made, Having("participant", "role", part="x")) == set()
    assert words(made, Having("participant", number, texts=["unknown"], least=40)) == TENANT | MEDIC
    assert words(made, Having("participant", number, texts=["unknown"], least=42)) == MEDIC
    assert words(made, Having("participant", number, texts=[""], part="4")) == TENANT


def test_what_is_recorded_about_passages_read_before_says_the_same_as_the_query(made, known):
    rows = passages(made.study, Looking())
    record = recorded(made.study, [row.coding for row in rows])
    number, date = known["number"], known["date"]
    single = [
        Having("participant", number, least=40),
        Having("participant", number, texts=["unknown"]),
        Having("participant", date, texts=["", "2023"]),
        Having("participant", "name", part="p"),
        Having("document", "mode", texts=["recorded"]),
        Having("document", "site", texts=[""]),
        Having("site", "kind", texts=["community"]),
        Having("site", "kind", texts=[""]),
    ]
    for size in (1, 2, 3):
        for asked in combinations(single, size):
            kept = {row.text for row in rows if record.holds(row.coding.id, asked)}
            assert kept == words(made, *asked), asked
    assert [cell.text for cell in record.cells("participant", number, made.codings[2])] == ["unknown"]
    assert record.column("site", number) is None
