"""docs/studies/a-written-guide.md: a guide as a source, from import to its quotes, which are never speech."""

from __future__ import annotations

from by_keys import focus, press, tab_to, write
from walked import code, code_named, opened, passage, theme_named, theme_of, walk

from qcode.operations.codebook import add_code
from qcode.queries.codings import Looking, passages
from qcode.queries.quotes.rows import quote_rows

GUIDE = "DOC-1"
LAST = "She came on the Thursday with two bags, and on the Thursday after"


def test_a_written_guide_goes_from_import_to_quotes_with_their_place(here, seated, qtbot):
    def code_a_case_example(path):
        with seated(path, "code") as (window, study):
            room = window.current_room
            qtbot.waitUntil(lambda: "third knock" in room.view.page.text)
            press("Ctrl+Shift+F")
            write('"took bedding"')
            search = window.view.drawer.search
            qtbot.waitUntil(lambda: not search.searching and bool(search.table.shown_rows()))
            press("Return", "Return")
            assert focus() is room.view
            press("Space")
            write("offer of")
            press("Return")
            (row,) = passages(study, Looking())
            assert (row.coding.name, row.text) == (
                "Offer of a service",
                "She asked whether the machine at the drop-in took bedding.",
            )
            add_code(study, name="Left open", parent=code_named(study, "The officer's side"))
            code(study, MARKS)

    def gather_and_pick(path):
        with seated(path, "themes") as (window, study):
            for name, codes, quotes in THEMES:
                theme_of(study, name, codes, quotes)
            press("Ctrl+L", "Q")
            desk = window.current_room.shown
            qtbot.waitUntil(lambda: not desk.computing)
            assert focus() is desk.lists.list
            while LAST not in desk.lists.row.text:
                press("Down")
            press("S", "C", "Return")
            assert focus() is desk.pane.words
            qtbot.waitUntil(lambda: not desk.computing)
            shown = desk.pane.printed.shown
            assert shown.attribution == "DOC-1, “Case example: the washing machine”"
            assert [who for who, _words in shown.columns[0].lines] == [""]
            press("Escape")
            tab_to(desk.themes, "Shift+Tab")

    walk("a-written-guide.md", code_a_case_example, gather_and_pick)
    printed = (here / "quotes.md").read_text(encoding="utf-8")
    with opened(here / "guide.qcode") as study:
        rows = quote_rows(study)
        assert len(rows) == 6
        for row in rows:
            assert row.text in printed
            assert not row.speech
        assert passage(study, GUIDE, LAST).start > 0
        assert theme_named(study, "What is left open").quotes
    assert printed.count("DOC-1, “") == 6
    assert "Case example:" in printed


MARKS = (
    (GUIDE, "Offer of a service", "A visit is an offer. It is made once a day for three days, and then it is over."),
    (GUIDE, "Offer of a service", "a washing machine, a shower, a meal"),
    (GUIDE, "Offer of a service", "Ask what would help. Then wait."),
    (GUIDE, "Offer of a service", LAST),
    (GUIDE, "Preparation", "Park where the car can be seen from the house, with the engine off."),
    (GUIDE, "Preparation", "Send the peer worker first. The deputy stays by the car."),
    (GUIDE, "Preparation", "Look for a bell. Three knocks are how we announce a search."),
    (GUIDE, "Treated as a person", "Ask what would help. Then wait."),
    (GUIDE, "Felt judged", "“You're lucky” was said, by our count, in two visits of three."),
    (GUIDE, "Torn duties", "The deputies among us ask you to say it only if it is true that day"),
    (GUIDE, "Left open", "The deputies among us ask you to say it only if it is true that day"),
    (GUIDE, "Left open", "We have no program for this"),
    (GUIDE, "Left open", "whether people who opened the door would have come by themselves"),
)
THEMES = (
    (
        "A visit is an offer",
        ("Offer of a service", "Treated as a person", "Preparation"),
        (
            (GUIDE, "A visit is an offer. It is made once a day for three days, and then it is over."),
            (GUIDE, "Look for a bell. Three knocks are how we announce a search."),
        ),
    ),
    (
        "What is left open",
        ("Left open", "Torn duties"),
        (
            (GUIDE, "The deputies among us ask you to say it only if it is true that day"),
            (GUIDE, "We have no program for this"),
            (GUIDE, "whether people who opened the door would have come by themselves"),
        ),
    ),
)
