from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_material import AGREEMENT, LAST_BOAT, REPORT

from qcode.files import FolderMissingError, TargetIsFolderError, UnknownExtensionError
from qcode.reports.tables import AGREEMENT_COLUMNS, QUOTE_COLUMNS, write_agreement_csv, write_quotes_csv
from qcode.reports.values import AgreementRow, QuoteRow, ThemeSection
from qcode.text.cells import unguarded


def read(path):
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_every_quote_has_its_row_under_its_theme(tmp_path):
    write_quotes_csv(REPORT.sections, tmp_path / "quotes.csv")
    rows = read(tmp_path / "quotes.csv")
    assert tuple(rows[0]) == QUOTE_COLUMNS
    assert [row["theme"] for row in rows] == [
        "“There is no later than this”",
        "“There is no later than this”",
        "“There is no later than this” > Waiting as work",
        "A key without a form",
        "A key without a form",
        "Two captains",
    ]
    assert rows[2]["quote"].startswith("Dormí sentada")
    assert rows[3]["codes"] == "Offer made; Being believed"
    assert [row["stance"] for row in rows].count("dissents") == 1
    assert (rows[5]["start"], rows[5]["end"]) == ("700", "765")


def test_a_quote_that_spans_turns_keeps_its_lines_and_speakers(tmp_path):
    write_quotes_csv((LAST_BOAT,), tmp_path / "quotes.csv")
    row = read(tmp_path / "quotes.csv")[1]
    assert row["speaker"] == "I; Bosun"
    lines = row["quote"].split("\n")
    assert lines[0] == "I: Who sees them first, you or the ticket office?"
    assert lines[2] == "I: And then?"
    assert len(lines) == 4


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            *[
                st.text(st.characters(exclude_categories=["Cs"]))
                | st.sampled_from(["=1+1", "-- no", '"@x', "a\r\nb", "a;b\t"])
            ]
            * 3
        ),
        max_size=4,
    )
)
def test_no_quote_runs_as_a_formula_and_none_changes(tmp_path_factory, told):
    path = tmp_path_factory.mktemp("csv") / "quotes.csv"
    quotes = tuple(QuoteRow(text, source, document, 0, 1) for text, source, document in told)
    write_quotes_csv((ThemeSection("1", "+theme", quotes=quotes),), path)
    rows = read(path)
    assert [tuple(unguarded(row[name]) for name in ("quote", "attribution", "document")) for row in rows] == told
    assert all(cell[:1] not in set("=+-@\t\r＝＋－＠") for row in rows for cell in row.values())


def test_agreement_is_written_in_numbers_and_gaps(tmp_path):
    write_agreement_csv(AGREEMENT, tmp_path / "agreement.csv")
    rows = read(tmp_path / "agreement.csv")
    assert tuple(rows[0]) == AGREEMENT_COLUMNS
    assert rows[0] | {"code": "Quay > Missing the boat", "alpha": "0.912", "unit": "sentence"} == rows[0]
    assert (rows[2]["low"], rows[2]["notes"]) == ("-0.06", "few documents")
    assert (rows[3]["alpha"], rows[3]["low"], rows[3]["high"]) == ("-0.011", "", "")
    assert (rows[4]["alpha"], rows[4]["status"]) == ("", "no_variation")
    assert rows[5]["code"] == "All codes"


def test_the_probabilities_of_thresholds_stand_under_their_names(tmp_path):
    row = AgreementRow(("A",), 0.7, below_667=0.25, below_800=0.875, percent_agreement=0.96875)
    write_agreement_csv(replace(AGREEMENT, rows=(row,), overall=None), tmp_path / "agreement.csv")
    (written,) = read(tmp_path / "agreement.csv")
    named = {name: written[name] for name in ("below_667", "below_800", "percent_agreement", "n")}
    assert named == {"below_667": "0.25", "below_800": "0.875", "percent_agreement": "0.96875", "n": "0"}


def test_a_code_named_like_a_formula_is_guarded(tmp_path):
    section = replace(AGREEMENT, rows=(AgreementRow(("=1+1",), 0.5),), overall=None)
    write_agreement_csv(section, tmp_path / "agreement.csv")
    assert [row["code"] for row in read(tmp_path / "agreement.csv")] == ["'=1+1"]


@pytest.mark.parametrize(
    "write", [lambda path: write_quotes_csv((), path), lambda path: write_agreement_csv(AGREEMENT, path)]
)
def test_a_place_that_cannot_be_written_is_refused(tmp_path, write):
    with pytest.raises(UnknownExtensionError):
        write(tmp_path / "table.xls")
    with pytest.raises(FolderMissingError):
        write(tmp_path / "none" / "table.csv")
    (tmp_path / "table.csv").mkdir()
    with pytest.raises(TargetIsFolderError):
        write(tmp_path / "table.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["table.csv"]


def test_an_empty_report_is_a_heading_row(tmp_path):
    write_quotes_csv((), tmp_path / "quotes.csv")
    assert (tmp_path / "quotes.csv").read_text("utf-8-sig") == ",".join(QUOTE_COLUMNS) + "\n"
