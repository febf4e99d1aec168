"""docs/studies/focus-groups.md: people inside a group, two passes, and quotes by numbered role."""

from __future__ import annotations

import re

from by_keys import press
from walked import code, code_named, opened, theme_of, walk

from qcode.operations.anonymity import allow_exception, set_k, set_ladder, set_template
from qcode.operations.passages import Passage
from qcode.operations.quotes import stretch_quote
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.team import rounds
from qcode.queries.transcripts.documents import document_text, participants


def test_focus_groups_go_from_import_to_quotes_by_numbered_role(here, seated):
    walk("focus-groups.md", people_by_keys(seated), first_pass, second_pass, themes_and_attribution)
    printed = (here / "quotes.md").read_text(encoding="utf-8").replace("\\", "")
    assert set(re.findall(r"\[[A-Z][a-z ]+ #\d\]", printed)) == {
        "[Dispatcher #1]",
        "[Deputy #1]",
        "[Deputy #2]",
        "[First responder #1]",
        "[Relative #1]",
        "[Relative #2]",
    }
    assert not re.search("Walt|Lupe|Medic|Garrett", printed)
    assert "> **Moderator:** So you’d say it’s pressure?" in printed
    assert "> **[Deputy #1]:** I’d say it works" in printed
    with opened(here / "groups.qcode") as study:
        (both,) = (row for row in quote_rows(study) if len(row.utterances) > 1)
        assert {part.role for part in both.utterances} == {"interviewer", "participant"}


def people_by_keys(seated):
    """Let everybody who speaks be a participant, in the window."""

    def deed(path):
        with seated(path, "transcripts") as (_window, study):
            press("Ctrl+L", "P")
            assert participants(study) == []
            press("Ctrl+L", "K")
            assert len(participants(study)) == 13
            press("Ctrl+Z")
            assert participants(study) == []
            press("Ctrl+Shift+Z")
            assert len(participants(study)) == 13

    return deed


def first_pass(path):
    """What is said, coded group by group."""
    with opened(path) as study:
        code(study, FIRST)


def second_pass(path):
    """How the groups say it."""
    with opened(path) as study:
        code(study, SECOND, next(row.id for row in rounds(study) if row.name == "Second pass"))


def themes_and_attribution(path):
    """Themes with their quotes, and what stands under these."""
    with opened(path) as study:
        for name, codes, quotes in THEMES:
            _theme, picked = theme_of(study, name, codes, quotes)
        row = next(one for one in quote_rows(study) if one.id == picked[0])
        turns = document_text(study, row.document).turns
        before = max((turn for turn in turns if turn.end < row.start), key=lambda turn: turn.end)
        stretch_quote(study, row.id, passage=Passage(row.document, before.start, row.end))
        set_template(study, template="[{role} #{n}]")
        set_k(study, k=3)
        few = ("Medic", "Dispatcher", "Firefighter", "Peer worker")
        set_ladder(study, "role", steps=[dict.fromkeys(few, "First responder")])
        allow_exception(
            study,
            reason="She asked to be quoted as what she is, and signed for it.",
            about="role",
            value="Dispatcher",
        )
        assert code_named(study, "Laughter and irony")


FIRST = (
    ("FG-1", "Wear", "I get the first six minutes of everything"),
    ("FG-1", "Wear", "I do the call, I clean the rig, I go home and have my dinner. I sleep fine."),
    ("FG-1", "Wear", "I don’t sleep on my back."),
    ("FG-1", "Torn roles", "I can do the one or I can do the other."),
    ("FG-1", "Torn roles", "I went to the academy for twenty-six weeks and I’m holding a gate"),
    ("INT-5", "Torn roles", "I've got a vest on and I've got a blue card in my hand."),
    ("FG-1", "Offer as pressure", "That’s not an offer, that’s an order with a leaflet."),
    ("FG-1", "Offer as pressure", "I’d say it works, is what I’d say."),
    ("FG-2", "Offer as pressure", "I'd been asking nicely for six years."),
    ("FG-2", "Offer as pressure", "Ours said we'd hate to have to come back."),
    ("FG-1", "No place", "I’ve had three yeses and one bed."),
    ("FG-2", "No place", "There was a bed and it was in Merrow, and then there wasn't."),
    ("FG-2", "Warm handover", "She walked in with him, she had him by the sleeve"),
)
SECOND = (
    ("FG-1", "Disagreeing", "It’s a glove."),
    ("FG-1", "Disagreeing", "Lorna, they’re not opening for the card."),
    ("FG-1", "Building on each other", "They take it because they’re counting what else you could do."),
    ("FG-1", "The quiet voice", "There’s one of us it doesn’t bother."),
    ("FG-2", "Speaks against it", "I'd been asking nicely for six years."),
    ("FG-2", "Laughter and irony", "I bought a lemon tree. It's dead now. He's not."),
)
THEMES = (
    (
        "Being two things at once",
        ("Torn roles", "Wear"),
        (
            ("FG-1", "I get the first six minutes of everything"),
            ("FG-1", "I can do the one or I can do the other."),
            ("FG-1", "I went to the academy for twenty-six weeks and I’m holding a gate"),
            ("FG-1", "I don’t sleep on my back."),
        ),
    ),
    (
        "An order with a leaflet",
        ("Offer as pressure", "No place"),
        (
            ("FG-1", "I’d say it works, is what I’d say."),
            ("FG-2", "I'd been asking nicely for six years."),
            ("FG-2", "She walked in with him, she had him by the sleeve"),
        ),
    ),
)
