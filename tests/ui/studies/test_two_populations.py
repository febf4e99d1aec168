"""docs/studies/two-populations.md: two groups, lists of codes made one, agreement, decisions, and a joint display."""

from __future__ import annotations

from by_keys import press, write
from docx import Document
from PySide6.QtWidgets import QFileDialog
from walked import opened, passage, take_over, theme_of, walk

from qcode.operations.anonymity import set_k, set_template
from qcode.operations.case_codebook import add_example
from qcode.operations.documents import speaker_named
from qcode.operations.participants import participants_from_speakers, rename_participant
from qcode.operations.passages import Passage
from qcode.operations.quotes import pick_quote
from qcode.operations.reconciling import decide, decide_alike, rule_cases, say
from qcode.queries.codebook.tree import codebook, definitions
from qcode.queries.disagreements.cases import disagreements
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.team import coders
from qcode.queries.transcripts.documents import document_text, documents, participants

STUDY = "populations.qcode"


def test_two_populations_go_from_import_to_a_joint_display(here, seated, qtbot, monkeypatch):
    def match_lists(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(here / "saoirse.csv"), ""))
        with seated(path, "code") as (window, study):
            room = window.current_room
            room.codebook.tree.setFocus()
            press("Ctrl+Shift+C", "I")
            panel = room.side.matching
            qtbot.waitUntil(panel.isVisible)
            panel.table.select_row(("Felt judged",))
            press("S")
            panel.table.select_row(("What may come of it",))
            press("O")
            write("fear of")
            press("Return")
            panel.table.select_row(("Waiting at home",))
            press("N")
            press("Ctrl+Return")
            names = [row.name for row in codebook(study)]
            assert names.count("Felt judged") == 1
            assert "What may come of it" not in names
            assert "Waiting at home" in names

    walk(
        "two-populations.md",
        match_lists,
        name_people,
        lambda path: take_over(path, {("Pilot", "INT-3"), ("Pilot", "INT-6")}, "Pilot", hand_in=True),
        settle,
        main_coding,
        themes_and_quotes,
    )
    joint = Document(str(here / "joint.docx"))
    said = "\n".join(cell.text for table in joint.tables for row in table.rows for cell in row.cells)
    for words in ("61/94", "97/112", "I heard the boots first", "Colleen, resident"):
        assert words in said
    printed = (here / "quotes.md").read_text(encoding="utf-8")
    with opened(here / STUDY) as study:
        (asked,) = (row for row in quote_rows(study) if len(row.utterances) == 2)
        for part in asked.utterances:
            assert part.text.split(" [")[0] in printed
        shared = next(row.id for row in codebook(study) if row.name == "Shared experience")
        assert len(definitions(study, shared)) == 3


def name_people(path):
    """Everybody who speaks takes part, under a pseudonym."""
    with opened(path) as study:
        rows = documents(study)
        speakers = [
            speaker_named(study, row.id, turn.speaker)
            for row in rows
            for turn in {turn.speaker: turn for turn in document_text(study, row.id).turns if turn.speaker}.values()
        ]
        participants_from_speakers(study, speakers)
        known = {row.pseudonym: row.id for row in participants(study)}
        for label, name in {"P (INT-1)": "Colleen", "Participant (INT-2)": "Denny", "Peer worker": "Nadine"}.items():
            rename_participant(study, known[label], pseudonym=name)


def settle(path):
    """A rule for many, and one case by itself that finds its way into the codebook."""
    with opened(path) as study:
        people = {row.initials: row.id for row in coders(study)}
        rows = disagreements(study).rows
        decide_alike(study, rule_cases(rows, words=10), outcome="union", reason="boundary rule")
        case = next(row for row in rows if row.code_names == ("Trusted person", "Shared experience"))
        decision = decide(
            study, case, outcome="accept", coder=people["DW"], reason="definition unclear", present=people.values()
        )
        say(study, decision, coder=people["SK"], stance="dissents")
        decided = next(row for row in disagreements(study, state="decided").rows if row.id == case.id)
        add_example(study, decided, code=case.codes[1], which="typical")
        for outcome in ("all", "union"):
            decide_alike(study, disagreements(study, state="open").rows, outcome=outcome, reason="overlooked")
        assert not disagreements(study, state="open").rows


def main_coding(path):
    """One coder goes on with the other documents."""
    wanted = {("Main", name) for name in ("INT-1", "INT-2", "FG-1")}
    take_over(path, wanted, "Main", only="DW")
    take_over(path, {("Main", "INT-5")}, "Main", only="IB")


def themes_and_quotes(path):
    """Four themes; one quote takes the question along."""
    with opened(path) as study:
        for name, codes, quotes in THEMES:
            theme, _picked = theme_of(study, name, codes, quotes)
        answer = passage(study, "INT-3", "Because her lease.")
        turns = document_text(study, answer.document).turns
        at = next(place for place, turn in enumerate(turns) if turn.start == answer.start)
        theme = next(row.theme for row in quote_rows(study) if row.text.startswith("The boots."))
        pick_quote(study, theme, passage=Passage(answer.document, turns[at - 1].start, turns[at].end))
        set_template(study, template="{pseudonym}, {group}")
        set_k(study, k=3)


THEMES = (
    (
        "I heard the boots first",
        ("Calling for help", "Waking up", "Who comes", "Fear of consequences", "Felt judged"),
        (("INT-1", "The boots. I heard the boots first."), ("INT-5", "They wait because of me.")),
    ),
    (
        "Somebody who walks in with you",
        ("Warm handover", "Trusted person", "Shared experience"),
        (("INT-1", "You can have all the leaflets you like."), ("INT-3", "Tub guy asked me what her name was.")),
    ),
    (
        "A card and a shut door",
        ("Offer made", "Offer as pressure", "No place", "Getting there", "Papers and rules", "Basic needs first"),
        (("INT-2", "So I took the program."), ("FG-1", "That’s not an offer, that’s an order with a leaflet.")),
    ),
    (
        "I take it home with me",
        ("Torn roles", "Wear", "Changed view"),
        (("FG-1", "I don’t sleep on my back."),),
    ),
)
