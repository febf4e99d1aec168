"""The framework matrix, what speaks against themes, and the map: out of what is counted, with what people wrote."""

from __future__ import annotations

from functools import partial

import pytest
from opened_again import open_again
from small import small_study
from written_up import write_up

from qcode.ids import DocumentId
from qcode.models.conflicts import conflicts_of
from qcode.models.framework import is_sound
from qcode.models.journal import Entry
from qcode.operations import (
    coding,
    corrections,
    framework,
    quotes,
    rounds,
    theme_map,
    themes,
)
from qcode.operations.framework import BlindStillError, Subject
from qcode.operations.passages import NothingSelectedError, Passage
from qcode.operations.theme_map import MapSpot, NothingPlacedError, OffTheMapError
from qcode.queries.codings import Looking, codings
from qcode.queries.counting.corpus import corpus, looking_of
from qcode.queries.integrity import check
from qcode.queries.themes.framework import framework as matrix
from qcode.queries.themes.framework import framework_table
from qcode.queries.themes.map import theme_map as on_map
from qcode.queries.themes.negative_cases import negative_cases


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The study that is written up; tests take back what they do."""
    made = write_up(tmp_path_factory.mktemp("framework") / "pump.qcode")
    open_again(made.study, made.round, made.coders["A"], [made.documents["Plot 1"], made.documents["Plot 4"]])
    yield made
    made.study.close()


def marit(made) -> Subject:
    return Subject("participant", made.participants["Marit"])


def test_rows_are_all_who_speak_and_cells_count_each_stretch_of_a_theme_once(made):
    found = matrix(made.study)
    assert [subject.name for subject in found.subjects] == [
        "Ines", "Odell", "Marit", "Teo", "P (Plot 5)", "Yusra", "Bram",
    ]  # fmt: skip
    assert [subject.named for subject in found.subjects] == [True] * 4 + [False] + [True] * 2
    assert [column.number for column in found.themes] == ["1", "1.1", "2"]
    ledger, gates = made.themes["ledger"], made.themes["gates"]
    counted = corpus(made.study)
    for subject in found.subjects:
        for theme in counted.themes:
            cell = found.cell(subject.id, theme.id)
            words = {counted.text[mark.document].text[mark.start : mark.end] for mark in cell.passages}
            shown = codings(made.study, looking_of(cell.passages))
            assert {row.code for row in shown} <= set(theme.codes)
            assert len(words) == len(cell.passages)
    assert len(found.cell(marit(made).id, gates).passages) == 1
    assert len(found.cell(marit(made).id, ledger).passages) == 2  # of three, of which two touch
    assert "coders’ own codings" in found.said


def test_by_document_each_document_is_a_row(made):
    found = matrix(made.study, "document")
    assert [subject.name for subject in found.subjects] == list(made.documents)
    assert found.waiting == sum(bool(cell.passages) for cell in found.cells.values())


def test_a_summary_is_one_step_keeps_its_links_and_follows_a_correction(made):
    study, gates = made.study, made.themes["gates"]
    written = framework.summarise(study, gates, marit(made), words="  A can is a remark. ")
    passage = made.passage("Plot 3", "I leave a can at their gate.")
    framework.link_passages(study, gates, marit(made), passages=[passage, passage])
    corrections.correct_turn(
        study, made.documents["Plot 3"], turn=1, text="Nothing much happens. That is the trouble. The barrels stay."
    )
    cell = matrix(study).cell(marit(made).id, gates)
    assert (cell.summary.id, cell.words) == (written, "A can is a remark.")
    assert [(link.text, link.stale, link.document_name) for link in cell.links] == [
        ("I leave a can at their gate.", False, "Plot 3")
    ]
    study.undo()
    framework.unlink_passages(study, [cell.links[0].id])
    assert matrix(study).cell(marit(made).id, gates).links == ()
    before = study.next_undo()
    framework.summarise(study, gates, marit(made), words="A can is a remark.")
    assert study.next_undo() == before
    framework.summarise(study, gates, marit(made), words="")
    assert matrix(study).written == 0
    assert check(study).problems == ()
    for _step in range(4):
        study.undo()
    assert matrix(study).written == 0


def test_a_theme_that_is_deleted_takes_its_column_along_and_brings_it_back(made):
    study, gates = made.study, made.themes["gates"]
    framework.summarise(study, gates, marit(made), words="A can.")
    themes.delete_theme(study, gates)
    assert gates not in [column.id for column in matrix(study).themes]
    study.undo()
    assert matrix(study).cell(marit(made).id, gates).words == "A can."
    study.undo()


def test_what_cannot_be_summarised_is_refused_and_nothing_is_written(made):
    study, gates = made.study, made.themes["gates"]
    before = study.next_undo()
    with pytest.raises(framework.UnknownSubjectError, match="site"):
        framework.summarise(study, gates, Subject("site", "x"), words="A can.")
    with pytest.raises(NothingSelectedError):
        framework.link_passages(study, gates, marit(made), passages=[])
    with pytest.raises(Exception, match="no longer in the study"):
        framework.summarise(study, gates, Subject("participant", "gone"), words="A can.")
    assert study.next_undo() == before


def test_the_table_has_every_summary_and_how_many_passages(made):
    study, gates = made.study, made.themes["gates"]
    framework.summarise(study, gates, marit(made), words="=A can")
    report = framework_table(matrix(study))
    assert report.headings == (
        "Participant",
        "1 A ledger nobody keeps",
        "1.1 Gates that speak",
        "2 Learning by leaning",
    )
    row = next(row for row in report.rows if row[0].startswith("Marit"))
    assert row[2] == "=A can [1]"
    assert corpus(study).said in report.note
    study.undo()


def test_what_a_colleague_summarised_of_what_is_blind_waits_and_cannot_be_written_over(tmp_path):
    small = small_study(tmp_path / "blind.qcode")
    study, theme, subject = small.study, small.theme, Subject("document", small.documents[0])
    framework.summarise(study, theme, subject, words="Dread.")
    framework.link_passages(study, theme, subject, passages=[small.passage("I was afraid.")])
    rounds.change_round(study, small.round, name="Blind", purpose="main", blind=True, everyone=True)
    study.act_as(small.other)
    found = matrix(study, "document")
    assert found.cell(small.documents[0], theme).summary is None
    for deed in (
        partial(framework.summarise, study, theme, subject, words="Mine."),
        partial(framework.link_passages, study, theme, subject, passages=[small.passage("I rang them.")]),
    ):
        with pytest.raises(BlindStillError):
            deed()
    study.close()


# What speaks against a theme


def test_negative_codings_and_dissenting_quotes_are_listed_by_theme_each_once(made):
    study = made.study
    mine = [row for row in codings(study, Looking(coders=[made.coders["A"]])) if row.name == "Being shown"]
    coding.flag_codings(study, [mine[0].id], negative_case=True)
    found = negative_cases(study)
    shown = [case for case in found if case.theme == made.themes["shown"]]
    dissenting = [quote for row in themes_of(study) for quote in row.quotes if quote.stance == "dissents"]
    assert [case.quote for case in found if case.quote] == [quote.id for quote in dissenting]
    themes.gather_codes(study, made.themes["shown"], codes=[made.codes["Being shown"]])
    shown = [case for case in negative_cases(study) if case.theme == made.themes["shown"]]
    assert [(case.text, case.codes, case.quote) for case in shown] == [
        ("Then Odell came over and leaned on it.", ("Being shown",), None)
    ]
    passage = Passage(DocumentId(shown[0].document), shown[0].start, shown[0].end)
    quotes.pick_quote(study, made.themes["shown"], passage=passage, stance="dissents")
    again = [case for case in negative_cases(study) if case.theme == made.themes["shown"]]
    assert [(case.text, bool(case.quote)) for case in again] == [("Then Odell came over and leaned on it.", True)]
    for _step in range(3):
        study.undo()


def themes_of(study):
    from qcode.queries.themes.outline import themes as rows

    return rows(study)


# The map


def test_the_map_has_themes_codes_and_what_joins_them(made):
    study = made.study
    swapped = coding.apply_codes(
        study,
        passage=made.passage("Plot 4", "Water I count."),
        codes=[made.codes["Letting it slide"]],
        round_id=made.round,
    )
    found = on_map(study)
    names = {node.thing: node.name for node in found.nodes}
    assert {name for thing, name in names.items() if thing[0] == "theme"} == {
        "A ledger nobody keeps", "Gates that speak", "Learning by leaning",
    }  # fmt: skip
    joined = {(edge.kind, names[edge.first], names[edge.second]) for edge in found.edges}
    assert ("below", "A ledger nobody keeps", "Gates that speak") in joined
    assert ("gathers", "Gates that speak", "Gates and doors") in joined
    over = {frozenset((names[edge.first], names[edge.second])): edge.count for edge in found.overlaps}
    assert over == {frozenset(("Counting water", "Letting it slide")): 1}
    assert {row.id for row in codings(study, looking_of(found.passages(found.overlaps[0])))} >= set(swapped)
    study.undo()


def test_places_are_kept_until_the_map_is_laid_out_anew(made):
    study, gates = made.study, made.themes["gates"]
    water = made.codes["Counting water"]
    theme_map.place_on_map(study, [MapSpot("theme", gates, 10, -40), MapSpot("code", water, 5, 5)])
    theme_map.place_on_map(study, [MapSpot("theme", gates, 30, -40)])
    at = {node.thing: node.place for node in on_map(study).nodes if node.place}
    assert at == {("theme", gates): (30, -40), ("code", water): (5, 5)}
    theme_map.lay_out_anew(study)
    assert not any(node.place for node in on_map(study).nodes)
    with pytest.raises(NothingPlacedError):
        theme_map.lay_out_anew(study)
    with pytest.raises(OffTheMapError):
        theme_map.place_on_map(study, [MapSpot("theme", gates, 10**9, 0)])
    assert check(study).problems == ()
    for _step in range(3):
        study.undo()


def test_whoever_moved_a_thing_last_is_right_and_nobody_is_asked():
    def moved(step: str, parents: tuple[str, ...], x: int, kind: str = "map_place") -> Entry:
        return Entry(len(step), step, None, kind, "row", parents, {"place": [x, 0]})

    apart = [moved("a", (), 1), moved("bb", ("a",), 2), moved("cc", ("a",), 3)]
    assert list(conflicts_of(apart)) == []
    assert list(conflicts_of([moved(one.step, one.parents, one.fields["place"][0], "quote") for one in apart]))


def test_a_cell_of_nobody_and_a_place_of_nothing_are_no_rows_that_qcode_writes():
    cell = {"participant_id": None, "document_id": None}
    assert not is_sound("framework_summary", cell, {})
    assert not is_sound("framework_summary", {"participant_id": "p", "document_id": "d"}, {})
    assert is_sound("framework_summary", cell | {"document_id": "d"}, {})
    assert is_sound("map_place", {"theme_id": "t", "code_id": None, "x": 1, "y": 2}, {})
    assert not is_sound("map_place", {"theme_id": "t", "code_id": "c", "x": 1, "y": 2}, {})
    assert not is_sound("map_place", {"theme_id": "t", "code_id": None, "x": 10**9, "y": 2}, {})
