"""docs/studies/dissent-and-saturation.md: memos, redaction, two rounds, negative cases, saturation, titles in vivo."""

from __future__ import annotations

from docx import Document
from walked import code, opened, passage, take_over, theme_of, walk

from qcode.operations.anonymity import set_template
from qcode.operations.coding import flag_codings
from qcode.operations.documents import speaker_named
from qcode.operations.memos import memo_as_document, write_memo
from qcode.operations.participants import participants_from_speakers, rename_participant
from qcode.operations.quotes import pick_quote, title_in_vivo
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.team import rounds
from qcode.queries.themes.negative_cases import negative_cases
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import document_text, documents, participants

STUDY = "failing.qcode"


def test_dissent_is_sought_and_saturation_told(here):
    walk("dissent-and-saturation.md", prepare, first_round, second_round, dissent, in_vivo)
    assert b"Ansel Falls" not in (here / STUDY).read_bytes()
    said = "\n".join(part.text for part in Document(str(here / "themes.docx")).paragraphs)
    assert "“That’s not an offer, that’s an order with a leaflet.”" in said
    assert "[another town]" in said
    with opened(here / STUDY) as study:
        for row in quote_rows(study):
            assert row.text.split(" [")[0] in said
        assert all(row.pseudonym not in said for row in participants(study) if " " not in row.pseudonym)
        against = {case.text for case in negative_cases(study)}
        assert against == {"I do the call, I clean the rig, I go home and have my dinner.", AGAINST}
        assert [row.text for row in quote_rows(study) if row.stance == "dissents"] == [AGAINST]


def prepare(path):
    """Who speaks takes part, and what the interviewer noted is a source."""
    with opened(path) as study:
        speakers = [
            speaker_named(study, row.id, name)
            for row in documents(study)
            for name in {turn.speaker for turn in document_text(study, row.id).turns if turn.speaker}
        ]
        participants_from_speakers(study, speakers)
        known = {row.pseudonym: row.id for row in participants(study)}
        for label, name in {"P (INT-1)": "Colleen", "Participant (INT-2)": "Denny", "Peer worker": "Nadine"}.items():
            rename_participant(study, known[label], pseudonym=name)
        memo = write_memo(
            study,
            title="After the deputy",
            text="He said it all standing up. When I asked about the beds he laughed and sat down.",
        )
        memo_as_document(study, memo)
        assert documents(study)[-1].kind == "memo"


def first_round(path):
    """The framework is tried on a subset."""
    take_over(path, {("Pilot", "INT-3"), ("Pilot", "INT-6")}, "First round", only="DW")


def second_round(path):
    """And then used on everything."""
    take_over(path, {("Main", name) for name in ("INT-1", "INT-2", "FG-1")}, "Second round", only="DW")
    take_over(path, {("Main", "INT-5")}, "Second round", only="IB")


def dissent(path):
    """What speaks against a code is flagged."""
    with opened(path) as study:
        second = next(row.id for row in rounds(study) if row.name == "Second round")
        found = code(study, [("FG-1", "Wear", "I do the call, I clean the rig, I go home and have my dinner.")], second)
        flag_codings(study, found, negative_case=True)


def in_vivo(path):
    """Themes, one named in the words of a quote, and nobody is attributed."""
    with opened(path) as study:
        for name, codes, quotes in THEMES:
            theme_of(study, name, codes, quotes)
        title = next(row for row in quote_rows(study) if row.text.endswith("an order with a leaflet."))
        title_in_vivo(study, title.id)
        last = themes(study)[-1].id
        pick_quote(study, last, passage=passage(study, "FG-1", AGAINST), stance="dissents")
        set_template(study, template="")


AGAINST = "There’s one of us it doesn’t bother. It doesn’t mean that I don’t do it right."
THEMES = (
    (
        "Pressed",
        ("Offer as pressure", "Fear of consequences"),
        (
            ("FG-1", "That’s not an offer, that’s an order with a leaflet."),
            ("INT-2", "So I took the program. I’d have taken a set of encyclopedias."),
        ),
    ),
    (
        "Nowhere to go with a yes",
        ("No place", "Getting there", "Papers and rules"),
        (
            ("FG-1", "I’ve had three yeses and one bed."),
            (
                "INT-1",
                "It’s nine beds, and I got one, and I got it because a fellow from [another town] had walked out",
            ),
        ),
    ),
    ("What stays with them", ("Torn roles", "Wear"), (("FG-1", "I don’t sleep on my back."),)),
)
