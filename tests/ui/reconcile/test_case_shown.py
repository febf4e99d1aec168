"""What a case shows: words cut where coders differ, as much of the text as one needs, hostile words as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.ids import CodeId, CoderId, CodingId, DocumentId, RevisionId, RoundId
from qcode.queries.disagreements.cases import CaseRow, Lane, LaneSpan
from qcode.queries.transcripts.documents import DocumentText
from qcode.text.values import Turn
from qcode.ui.palette import LIGHT
from qcode.ui.reconcile.case_sheet import CaseSheet, CodeInQuestion
from qcode.ui.reconcile.case_text import CaseText, excerpt_of
from qcode.ui.reconcile.differing import pieces
from qcode.ui.reconcile.seats import seats

TEXT = "".join(f"Sentence {number} is here. " for number in range(400)).strip()
UNITS = [(at, TEXT.find(".", at) + 1) for at in (found for found in range(len(TEXT)) if TEXT.startswith("Sent", found))]
FEAR = CodeId("fear")


def document(text=TEXT, units=UNITS):
    turns = (Turn(0, len(text) // 2, "Ana"), Turn(len(text) // 2 + 1, len(text), "Bo"))
    return DocumentText(DocumentId("d"), "INT-1", RevisionId("r"), "en", text, turns, units, ())


def span(key, start, end, comment=""):
    return LaneSpan(CodingId(key), FEAR, start, end, comment=comment)


def case(*lanes):
    """A case of coders called A, B, … who marked these spans of "fear"."""
    spans = [one for lane in lanes for one in lane]
    start, end = min(one.start for one in spans), max(one.end for one in spans)
    rows = tuple(
        Lane(CoderId(f"coder {number}"), f"Name {number}", f"N{number}", tuple(lane))
        for number, lane in enumerate(lanes)
    )
    return CaseRow(
        "case", RoundId("round"), DocumentId("d"), "INT-1", start, end, "boundary", (FEAR,), ("Fear",),
        siblings=False, lanes=rows, unsure=False, words=1, text=TEXT[start:end],
    )  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 120), st.integers(1, 60)), min_size=1, max_size=5))
def test_words_are_cut_where_others_begin_or_end_and_none_is_lost(marks):
    (start, length), *rest = marks
    found = pieces(TEXT, (start, start + length), [(at, at + long) for at, long in rest])
    assert "".join(piece.text for piece in found) == TEXT[start : start + length]
    shared = [index for index in range(start, start + length) if all(at <= index < at + long for at, long in rest)]
    assert sum(len(piece.text) for piece in found if piece.shared) == len(shared)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 4_000))
def test_an_excerpt_holds_the_passage_and_ends_with_sentences(start, length):
    end = min(start + length, len(TEXT))
    low, high = excerpt_of(document(), start, end)
    assert 0 <= low <= start < end <= high <= len(TEXT)
    assert low in {0, start, *(unit[0] for unit in UNITS)}
    assert high in {len(TEXT), end, *(unit[1] for unit in UNITS)}
    assert excerpt_of(document("So it was.", []), 3, 5) == (0, 10)


@pytest.mark.parametrize("named", [False, True])
def test_lanes_keep_their_places_beside_the_text(qtbot, named):
    text = CaseText(LIGHT)
    qtbot.addWidget(text)
    row = case([span("a", 5_000, 5_040)], [], [span("c", 5_000, 5_020), span("d", 5_010, 5_060)])
    known = seats(row, named=named)
    text.show_case(row, document(), known, {FEAR: ("Fear", 3)})
    assert text.page.text in TEXT
    drawn = {key: (text.coding(key).start + text.base, text.coding(key).coder) for key in "acd"}
    letters = {seat.lane.name: seat.letter for seat in known}
    assert drawn == {"a": (5_000, letters["Name 0"]), "c": (5_000, letters["Name 2"]), "d": (5_010, letters["Name 2"])}
    lanes = [text.lanes[key] for key in "acd"]
    assert len(set(lanes)) == 3
    assert text.lanes.count == 4  # who marked nothing has a lane, and who overlaps with themself two
    text.mark((5_001, 5_003))
    text.forget()
    assert text.page.text == ""


def test_what_people_wrote_is_shown_as_it_is(qtbot):
    sheet = CaseSheet()
    qtbot.addWidget(sheet)
    row = case([span("a", 0, 12, comment="<img src=x> & more")], [])
    codes = {FEAR: CodeInQuestion(FEAR, "<b>Fear</b>", 3, None)}
    sheet.show_case(row, TEXT, seats(row, named=True), codes)
    shown = sheet.toPlainText()
    assert "“<img src=x> & more”" in shown
    assert "<b>Fear</b> has no definition yet." in shown
    assert "marked nothing here" in shown
    sheet.choose("A")
    with qtbot.waitSignal(sheet.lanePicked) as picked:
        sheet.anchorClicked.emit("lane:B")
    assert picked.args == ["B"]
