"""PDF as well as can be: columns, margins, running heads, hyphens; what cannot be read is refused with a sentence."""

from __future__ import annotations

import io
import zlib

import pytest
from drawn import column, pdf_of

from qcode.transcripts import gate, read
from qcode.transcripts.pdf import PAGE_LIMIT, DamagedPdfError, PdfLockedError, ScannedPdfError, TooManyPagesError

TALK = [
    "Interviewer: Could you tell me how you came to this part of the valley and",
    "what you found when you arrived?",
    "Participant 3: I came with my sister in the winter of the long snow, and the",
    "road was closed behind us for two weeks. We stayed with the family who now",
    "own the bakery. They were kind.",
    "After that nobody left: we had jobs, and the river was full of fish.",
    "Interviewer: And later?",
    "Participant 3: Later the mill closed.",
]
STORY = (
    "I came with my sister in the winter of the long snow, and the road was closed behind us for two weeks. "
    "We stayed with the family who now own the bakery. They were kind. "
    "After that nobody left: we had jobs, and the river was full of fish."
)
SAID = [
    ("Interviewer", "Could you tell me how you came to this part of the valley and what you found when you arrived?"),
    ("Participant 3", STORY),
    ("Interviewer", "And later?"),
    ("Participant 3", "Later the mill closed."),
]


@pytest.fixture
def turns_on(text_file, turns_of, squeezed):
    """The (speaker, text) of the turns on pages, with blanks squeezed."""

    def turns(*pages):
        return [(who, squeezed(said)) for who, said in turns_of(text_file(pdf_of(pages), "talk.pdf"))]

    return turns


def numbered(at):
    return (50, 780 - at * 14, 8, str(at + 1))


def test_broken_lines_are_joined_to_turns(turns_on):
    assert turns_on(column(TALK)) == SAID


def test_the_order_of_drawing_does_not_matter(turns_on):
    assert turns_on(column(TALK)[::-1]) == SAID


@pytest.mark.parametrize("every", [1, 5])
def test_numbers_in_the_margin_go(turns_on, every):
    numbers = [numbered(at) for at in range(len(TALK) * 4) if (at + 1) % every == 0]
    assert turns_on(numbers + column(TALK * 4)) == SAID * 4


def test_numbers_before_the_text_go(turns_on):
    assert turns_on(column([f"{number} {line}" for number, line in enumerate(TALK, 1)])) == SAID


def test_running_heads_and_page_numbers_go_but_no_line_that_only_comes_again(text_file, turns_on):
    pages = [
        [
            (72, 812, 9, "Study 12 - confidential"),
            *column(["Interviewer: Go on.", "Participant 3: I am."]),
            (290, 30, 9, f"{n}"),
        ]
        for n in range(1, 5)
    ]
    assert turns_on(*pages) == [("Interviewer", "Go on."), ("Participant 3", "I am.")] * 4
    reading = read(text_file(pdf_of(pages), "talk.pdf"))
    assert dict(reading.rules)["lines of page headers and footers left out"] == 8
    assert [block.page for block in reading.blocks] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_labels_in_a_column_of_their_own_stand_before_their_talk(turns_on):
    rows = [("I:", "Who taught you to fish?"), ("P:", "My aunt, and she had no patience for any of"), ("", "the talk.")]
    rows += [("I:", "And you?"), ("P:", "I have plenty.")]
    lines = [(110, 780 - at * 14, 11, said) for at, (_, said) in enumerate(rows)]
    lines += [(72, 780 - at * 14, 11, label) for at, (label, _) in enumerate(rows) if label]
    assert turns_on(lines)[:2] == [
        ("I", "Who taught you to fish?"),
        ("P", "My aunt, and she had no patience for any of the talk."),
    ]


def test_a_title_in_large_letters_is_a_heading(text_file):
    blocks = read(text_file(pdf_of([[(72, 810, 20, "The valley"), *column(TALK, size=11)]]), "talk.pdf")).blocks
    assert (blocks[0].text, blocks[0].style) == ("The valley", "Heading 1")


def test_the_user_is_told_that_it_is_a_guess(text_file):
    warning = read(text_file(pdf_of([column(TALK)]), "talk.pdf")).warnings[0]
    assert "was guessed" in warning
    assert "Word file" in warning


def test_a_scan_is_refused(text_file):
    with pytest.raises(ScannedPdfError, match="they are pictures"):
        read(text_file(pdf_of([[], []]), "scan.pdf"))


def test_a_page_without_text_among_others_is_told(text_file):
    warnings = read(text_file(pdf_of([column(TALK), []]), "talk.pdf")).warnings
    assert any("1 page without text" in warning for warning in warnings)


def test_a_password_is_named_and_no_password_is_asked_for(text_file):
    from pypdf import PdfReader, PdfWriter

    locked = {}
    for password in ("", "geheim"):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of([column(TALK)]))))
        writer.encrypt(user_password=password, owner_password="other", algorithm="RC4-128")
        data = io.BytesIO()
        writer.write(data)
        locked[password] = text_file(data.getvalue(), f"locked{password}.pdf")
    assert len(read(locked[""]).blocks) == 5
    with pytest.raises(PdfLockedError, match="protected with a password"):
        read(locked["geheim"])


def packed(stream, *, pages=1, kids=b"4 0 R "):
    """A PDF whose pages all show one packed stream."""
    data = zlib.compress(stream, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d >>" % (kids * pages, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(data), data),
    ]
    body = b"".join(b"%d 0 obj\n%b\nendobj\n" % (number, content) for number, content in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


LINE = b"BT /F1 10 Tf (so it is said) Tj ET\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (packed(LINE, pages=PAGE_LIMIT + 1), TooManyPagesError),
        (packed(LINE * 200_000), gate.UnsafeFileError),
        (packed(LINE * 2_000, pages=1_900), gate.UnsafeFileError),
        (packed(LINE * 2_000_000), DamagedPdfError),
        (packed(LINE, kids=b"2 0 R "), DamagedPdfError),
        (b"%PDF-1.4\n" + b"1 0 obj\n" * 600_000, gate.UnsafeFileError),
        (b"%PDF-1.4\n1 0 obj\n" + b"[" * 500_000, DamagedPdfError),
        (pdf_of([column(TALK)])[:300], DamagedPdfError),
    ],
)
def test_damaged_and_hostile_files_are_refused(text_file, data, kind):
    with pytest.raises(kind):
        read(text_file(data, "bad.pdf"))


def test_a_plain_stream_that_is_packed_is_read(text_file):
    assert read(text_file(packed(LINE), "fine.pdf")).blocks[0].text == "so it is said"
