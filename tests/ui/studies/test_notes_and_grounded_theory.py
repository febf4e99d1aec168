"""docs/studies/notes-and-grounded-theory.md: notes beside transcripts, codes sorted again, ids, honest edits."""

from __future__ import annotations

from by_keys import focus, press, tab_to
from typer.testing import CliRunner
from walked import code, code_named, opened, theme_named, theme_of, walk

from qcode.cli.commands import app
from qcode.operations.anonymity import set_k, set_template
from qcode.operations.cells import write_cells
from qcode.operations.codebook import add_code
from qcode.operations.documents import add_participant, link_participant, rename_document, speaker_named
from qcode.operations.memos import Target, write_memo
from qcode.operations.participants import participants_from_speakers
from qcode.operations.quotes import edit_quote, set_ellipsis
from qcode.queries.codings import Looking, passages
from qcode.queries.memos import memos_about
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.transcripts.documents import document_text, documents
from qcode.text.blocks import Block, CellEntry
from qcode.text.quotation import stands_in, unedited
from qcode.text.quote_edits import Cut, Inserted, Replaced

STUDY = "grounded.qcode"
NAMES = {
    "INT-5": "CD-07-01",
    "INT-6": "CD-07-02",
    "INT-1": "CD-11-01",
    "INT-3": "CD-11-02",
    "INT-2": "CD-11-03",
    "FN-1": "CD-11-04",
}


def test_notes_stand_beside_transcripts_and_codes_are_sorted_without_loss(here, seated, qtbot):
    def sort_again(path):
        with seated(path, "themes") as (window, study):
            held = everything(study)
            tab = window.current_room.shown
            qtbot.waitUntil(lambda: not tab.computing)
            tab_to(tab.middle.view)
            press("Ctrl+L", "B")
            board = tab.middle.view
            qtbot.waitUntil(lambda: not tab.computing and bool(board.lists))
            tab_to_board(board)
            go_to_card(board, "code", "Selling what is not there")
            press("Alt+Right")
            qtbot.waitUntil(lambda: not tab.computing)
            go_to_card(board, "quote", "full")
            press("Alt+Right")
            qtbot.waitUntil(lambda: not tab.computing)
            after = everything(study)
            assert {name for _id, name in theme_named(study, "The bed").codes} == {
                "Selling what is not there",
                "Doing before asking",
            }
            assert {row.theme for row in quote_rows(study) if row.edits} == {theme_named(study, "The bed").id}
            assert after == held

    walk("notes-and-grounded-theory.md", settle_names, code_openly, gather, sort_again, attribute)
    printed = (here / "quotes.md").read_text(encoding="utf-8").replace("\\", "")
    assert "I said to [my colleague], we're selling tickets" in printed
    assert "Notes of an interview, CD-11-04" in printed
    assert "CD-07" not in printed
    assert "Garrett" not in printed
    with opened(here / STUDY) as study:
        (edited,) = (row for row in quote_rows(study) if row.edits)
        line = next(one for one in printed.splitlines() if "[my colleague]" in one).removeprefix("> ")
        assert unedited(line)
        assert stands_in(line, edited.text)
    for command in (["agreement", STUDY], ["saturation", STUDY]):
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 1
        assert "grounded theory" in done.output, done.output


def everything(study):
    """All that sorting must not touch: codings, edits of quotes, memos on themes."""
    marked = sorted((row.coding.name, row.text) for row in passages(study, Looking()))
    edits = sorted((row.text, row.edits) for row in quote_rows(study))
    remarks = [row.text for row in memos_about(study, "theme", theme_named(study, "The visit").id)]
    return marked, edits, remarks


def tab_to_board(board):
    """Go to the cards."""
    for _step in range(40):
        if focus() in board.lists:
            return
        press("Tab")
    raise AssertionError("Tab does not lead to the board")


def go_to_card(board, kind, words):
    """Go from the first column down and right until a card has the cursor."""
    press(*["Left"] * len(board.lists), "Home")
    for _column in board.lists:
        for _step in range(12):
            if board.card and board.card.kind == kind and words in board.card.text:
                return
            press("Down")
        press("Right", "Home")
    raise AssertionError(words)


def settle_names(path):
    """Ids of county, agency and talk; who speaks takes part; one talk was noted down, not recorded."""
    with opened(path) as study:
        for row in documents(study):
            if row.name in NAMES:
                rename_document(study, row.id, name=NAMES[row.name])
        at = {row.name: row.id for row in documents(study)}
        speakers = [
            speaker_named(study, document, name)
            for document in at.values()
            for name in {turn.speaker for turn in document_text(study, document).turns if turn.speaker}
        ]
        participants_from_speakers(study, speakers)
        write_cells(study, "document", Block((CellEntry(at["CD-11-04"], "mode", "notes"),)))
        link_participant(study, at["CD-11-04"], participant=add_participant(study, pseudonym="Orrin"))


def code_openly(path):
    """Codes as they come."""
    with opened(path) as study:
        for name in dict.fromkeys(name for _document, name, _words in MARKS):
            add_code(study, name=name)
        code(study, MARKS)


def gather(path):
    """A first sorting, with a remark and quotes."""
    with opened(path) as study:
        theme, picked = theme_of(
            study,
            "The visit",
            ("Reading the engine", "Two things in one hand", "Selling what is not there"),
            (("CD-07-01", FULL), ("CD-11-04", "“He didn’t have to say so, he’d got it running.”")),
        )
        write_memo(study, title="Engine", text="Nobody says how long.", about=[Target("theme", theme)])
        theme_of(
            study,
            "The bed",
            ("Doing before asking",),
            (("CD-07-02", "Socks. Charger. Something hot."), ("CD-11-01", "You can’t talk to a person with wet feet.")),
        )
        at = FULL.index
        edit_quote(
            study,
            picked[0],
            edits=[
                Inserted(at("it's full"), "the one bed"),
                Cut(at(" call back"), at(" I said")),
                Replaced(at("Nadine"), at(", we're"), "my colleague"),
            ],
        )
        assert code_named(study, "Reading the engine")


def attribute(path):
    """Ids under the quotes; k says how much of them."""
    with opened(path) as study:
        set_ellipsis(study, "[…]")
        set_template(study, template="{id}")
        set_k(study, k=3)


FULL = "it's full, call back at eight in the morning. I said to Nadine, we're selling tickets to a thing that's closed."
MARKS = (
    ("CD-11-04", "Reading the engine", "He didn’t have to say so, he’d got it running."),
    ("CD-07-01", "Two things in one hand", "I've got a vest on and I've got a blue card in my hand."),
    ("CD-07-01", "Selling what is not there", FULL),
    ("CD-07-02", "Selling what is not there", "There’s nothing behind the card."),
    ("CD-07-02", "Doing before asking", "Socks. Charger. Something hot."),
    ("CD-11-01", "Doing before asking", "You can’t talk to a person with wet feet."),
    ("CD-11-02", "Doing before asking", "Do it first."),
    ("FN-2", "Two things in one hand", "The talk stops."),
)
