from __future__ import annotations

from dataclasses import replace

import pytest
from opened_again import open_again
from written_up import swap_codes

from qcode.agreement import measure
from qcode.agreement.card import card
from qcode.operations.rounds import add_round
from qcode.queries.agreement.details import card_of, curve, influences, pair_rows, printed_rows, swapped_rows
from qcode.queries.agreement.figures import study_agreement
from qcode.queries.agreement.passages import behind_cell, behind_confusion, looking_behind
from qcode.queries.codings import codings, passages
from qcode.queries.team import rounds


def words(made, looking) -> set[tuple[str, str]]:
    """The passages by coder and words."""
    return {(row.coding.coder_name, row.text) for row in passages(made.study, looking)}


def test_the_card_is_of_the_line_that_was_asked_for(made):
    found = study_agreement(made.study)
    for row in found.codes:
        made_card = card_of(found, row.id)
        assert made_card.coefficients["krippendorff_alpha"] == pytest.approx(row.alpha, abs=1e-9)
        assert made_card == card(found.measured.ratings(row.id), found.measured.layout.coders, of_units=True)


def test_merged_segments_have_no_card_and_no_pairs(made):
    found = study_agreement(made.study, unit="merged")
    assert card_of(found, found.codes[0].id) is None
    assert pair_rows(found, found.codes[0].id) == []


def test_the_cells_of_a_pair_count_sentences(made):
    found = study_agreement(made.study)
    rows = {row.names: row for row in pair_rows(found, made.codes["Being shown"])}
    cells = rows["Asta Lind", "Cem Usta"].pair.cells
    # Both marked one sentence; Asta alone two more, of Plot 1 and of the Shed talk.
    assert (cells.both, cells.first, cells.second) == (1, 2, 0)
    assert cells.whole == found.codes[0].n
    assert rows["Asta Lind", "Bo Ek"].alpha == 1
    alone = study_agreement(made.study, people=["Asta Lind", "Cem Usta"])
    assert rows["Asta Lind", "Cem Usta"].alpha == pytest.approx(alone.codes[0].alpha, abs=1e-9)


@pytest.mark.parametrize("unit", ["sentence", "character", "token", "turn", "document"])
def test_the_passages_of_each_cell_are_those_it_counts(made, unit):
    found = study_agreement(made.study, unit=unit)
    pair = made.coders["A"], made.coders["C"]
    line = made.codes["Being shown"]
    both = words(made, behind_cell(made.study, found, line, pair, "both"))
    first = words(made, behind_cell(made.study, found, line, pair, "first"))
    second = behind_cell(made.study, found, line, pair, "second")
    shared = "Then Odell came over and leaned on it."
    assert {(who, text) for who, text in both if text == shared} == {("Asta Lind", shared), ("Cem Usta", shared)}
    assert ("Asta Lind", "He did hold the gate very well.") in first
    assert not any(who == "Cem Usta" for who, _text in first)
    assert second.ids == []


def test_the_passages_of_a_cell_do_not_overlap_those_of_another(made):
    found = study_agreement(made.study)
    pair = made.coders["A"], made.coders["C"]
    cells = [
        set(behind_cell(made.study, found, made.codes["Being shown"], pair, cell).ids) for cell in ("both", "first")
    ]
    assert len(cells[0]) == 2
    assert len(cells[1]) == 2
    assert not cells[0] & cells[1]


def test_what_one_coder_did_not_know_is_in_no_cell(made):
    found = study_agreement(made.study)
    line, coder = made.codes["Being shown"], made.coders["C"]
    documents = tuple(replace(each, unseen=frozenset({(coder, line)})) for each in found.measured.documents)
    unseen = replace(found, measured=replace(found.measured, documents=documents))
    assert behind_cell(made.study, unseen, line, (made.coders["A"], coder), "first").ids == []


def test_text_that_was_excluded_is_in_no_cell(made):
    found = study_agreement(made.study)
    line = made.codes["Being shown"]
    documents = tuple(replace(each, excluded=[(0, each.length)]) for each in found.measured.documents)
    nothing = replace(found, measured=replace(found.measured, documents=documents))
    assert behind_cell(made.study, nothing, line, (made.coders["A"], made.coders["B"]), "both").ids == []


def test_a_part_that_was_not_assigned_is_in_no_cell(made):
    found = study_agreement(made.study)
    line, coder = made.codes["Being shown"], made.coders["C"]
    documents = tuple(replace(each, parts={coder: [(0, 1)]}) for each in found.measured.documents)
    parted = replace(found, measured=replace(found.measured, documents=documents))
    assert behind_cell(made.study, parted, line, (made.coders["A"], coder), "first").ids == []


def test_the_alpha_without_a_document_is_that_of_the_others(made):
    found = study_agreement(made.study)
    line = made.codes["Letting it slide"]
    rows = influences(found, line)
    assert {row.name for row in rows} == set(made.documents)
    changes = [abs(row.change) for row in rows if row.change is not None]
    assert changes == sorted(changes, reverse=True)
    strongest = rows[0]
    first = found.measured.documents[0]
    whole = measure([first], [line], unit="sentence").table().codes[0].alpha
    assert next(row.alone for row in rows if row.id == first.document) == (
        None if whole is None else pytest.approx(whole)
    )
    for coder in made.coders.values():
        open_again(made.study, made.round, coder, [strongest.id])
    rest = study_agreement(made.study)
    assert strongest.name not in rest.documents
    assert strongest.without == pytest.approx(next(row.alpha for row in rest.codes if row.id == line), abs=1e-9)


def test_all_codes_have_influences_too(made):
    found = study_agreement(made.study)
    rows = influences(found, None)
    assert all(row.change == pytest.approx(row.without - found.overall.alpha) for row in rows)


def test_other_programs_are_computed_of_every_two_coders(made):
    found = study_agreement(made.study)
    rows = {row.names: row.printed for row in printed_rows(found, made.codes["Being shown"])}
    assert len(rows) == 3
    assert rows["Asta Lind", "Bo Ek"].maxqda_segments == 1
    assert rows["Asta Lind", "Bo Ek"].qualcoder_kappa == 1
    less = rows["Asta Lind", "Cem Usta"]
    assert less.maxqda_segments == pytest.approx(2 * 1 / (3 + 1))
    shared = len("Then Odell came over and leaned on it.")
    more = len("That is how I learned it.") + len("He did hold the gate very well.")
    assert less.atlas_holsti == pytest.approx(2 * shared / (2 * shared + more))


def test_codes_that_stand_for_each_other_come_first_with_their_passages(made):
    swap_codes(made)
    made.study.act_as(made.coders["A"])
    found = study_agreement(made.study)
    rows = swapped_rows(found)
    pair = {"Counting water", "Letting it slide"}
    top = next(row for row in rows if set(row.names) == pair)
    assert top.units == 1
    assert [row.units for row in rows] == sorted((row.units for row in rows), reverse=True)
    behind = behind_confusion(made.study, found, top.one, top.other)
    assert words(made, behind) == {
        ("Asta Lind", "The fork has three owners and no home 😀."),
        ("Bo Ek", "The fork has three owners and no home 😀."),
    }
    assert {row.name for row in codings(made.study, behind)} == pair


def test_what_was_never_swapped_is_no_row(made):
    assert all(row.units > 0 for row in swapped_rows(study_agreement(made.study)))


def test_the_curve_has_each_round_and_says_why_one_has_no_point(made):
    add_round(made.study, name="Re-check", purpose="recheck", everyone=True)
    line = made.codes["Counting water"]
    points = curve(made.study, line, lambda row: study_agreement(made.study, round_name=row.name))
    found = study_agreement(made.study)
    assert [point.name for point in points] == [row.name for row in rounds(made.study)]
    points = [point for point in points if point.name in ("Main", "Re-check")]
    assert points[0].line.alpha == found.codes[1].alpha
    assert (points[0].whole.low, points[0].whole.high) == (found.overall.low, found.overall.high)
    assert points[1].line is None
    assert "Re-check" in points[1].reason


def test_the_passages_behind_a_line_are_those_of_the_shared_documents(made):
    open_again(made.study, made.round, made.coders["A"], [made.documents["Plot 2"]])
    open_again(made.study, made.round, made.coders["B"], [made.documents["Plot 2"]])
    found = study_agreement(made.study)
    assert made.documents["Plot 2"] not in looking_behind(found).documents
    two = looking_behind(found, made.codes["Being shown"], coders=(made.coders["A"], made.coders["C"]))
    assert two.coders == [made.coders["A"], made.coders["C"]]
    one = looking_behind(found, None, document=made.documents["Plot 1"])
    assert one.documents == [made.documents["Plot 1"]]
