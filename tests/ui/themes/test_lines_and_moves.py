from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.corpus import Corpus, CountedCode, CountedCoder, Mark, Person, Text, Turn
from qcode.ids import CodeId, DocumentId, QuoteId, ThemeId
from qcode.queries.quotes.beside import OtherWords
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.quotes.utterances import Utterance
from qcode.queries.themes.outline import ThemeRow
from qcode.study import Place
from qcode.text.quote_edits import Cut, Inserted
from qcode.ui.themes.behind import behind_codes
from qcode.ui.themes.lines import numbers, outline_lines, said, source
from qcode.ui.themes.moves import parents_of, quote_place, theme_place
from qcode.ui.themes.outline_model import spoken
from qcode.ui.themes.passage_lines import passage_lines


def quote(key: str, theme: str = "a", **changes) -> QuoteRow:
    known = {
        "id": QuoteId(key),
        "theme": ThemeId(theme),
        "document": DocumentId("d"),
        "document_name": "INT-1",
        "start": 0,
        "end": 5,
        "text": "Hello",
        "utterances": (Utterance("Ines", "participant", "Hello"),),
        "stance": "supports",
        "attribution": None,
        "fields": {"pseudonym": "Ines", "role": "founder", "document": "INT-1"},
        "stale": False,
    }
    return QuoteRow(**(known | changes))


def row(key: str, depth: int = 0, quotes=(), codes=(), parent=None) -> ThemeRow:
    return ThemeRow(ThemeId(key), parent, depth, f"Theme {key}", "", tuple(codes), tuple(quotes))


TREE = [row("a", 0), row("b", 1), row("c", 2), row("d", 1), row("e", 0), row("f", 0)]


def test_themes_are_numbered_as_the_report_numbers_them():
    assert numbers(TREE) == ["1", "1.1", "1.1.1", "1.2", "2", "3"]


def test_each_theme_has_its_concept_codes_and_quotes_below_it():
    rows = [row("a", quotes=[quote("q")], codes=[(CodeId("x"), "Wear")]), row("b", 1)]
    lines = outline_lines(rows, template="{pseudonym}", colours={"x": 3})
    assert [(line.kind, line.theme) for line in lines] == [
        ("theme", "a"),
        ("concept", "a"),
        ("codes", "a"),
        ("quote", "a"),
        ("theme", "b"),
        ("concept", "b"),
        ("codes", "b"),
        ("none", "b"),
    ]
    assert lines[2].codes[0].colour == 3
    assert lines[0].quotes == 1


def test_a_folded_theme_hides_everything_below_it():
    lines = outline_lines(TREE, template="", colours={}, folded={ThemeId("a")})
    assert [line.theme for line in lines if line.kind == "theme"] == ["a", "e", "f"]
    assert sum(line.theme == "a" for line in lines) == 1


def test_a_theme_to_come_stands_where_it_will_be():
    lines = outline_lines(TREE, template="", colours={}, draft=(ThemeId("a"),))
    place = next(number for number, line in enumerate(lines) if line.kind == "draft")
    assert lines[place - 1].theme == "d"
    assert lines[place + 1].theme == "e"
    assert lines[place].depth == 1
    assert outline_lines(TREE, template="", colours={}, draft=(None,))[-1].kind == "draft"


def test_a_quote_of_several_people_names_them():
    talk = Utterance("Dr Lind", "interviewer", "And?"), Utterance("Ines", "participant", "So it is.")
    assert said(quote("q", utterances=talk)) == "Interviewer: And?\nInes: So it is."
    assert said(quote("q")) == "Hello"


def test_a_quote_says_what_is_printed_unless_it_is_to_be_looked_at_again():
    talk = (Utterance("P", "participant", "Hello there", 0, 11),)
    cut = quote("q", text="Hello there", utterances=talk, edits=(Inserted(5, "all"),))
    assert said(cut) == "Hello [all] there"
    assert said(replace(cut, edits=(Cut(0, 5),)), "[…]") == "[…] there"
    assert said(replace(cut, stale=True)) == "Hello there"
    other = OtherWords(DocumentId("e"), "INT-1 es", "translation", "es", 0, 4, "Hola", (), altered=False, narrowed=True)
    assert said(quote("q", other=other, language_shown="translation")) == "Hola"
    assert said(quote("q", other=other, language_shown="both")) == "Hello\nHola"
    assert said(quote("q", other=other)) == "Hello"


def test_the_source_names_the_document_once():
    assert source(quote("q"), "{pseudonym}, {role}") == "Ines, founder · INT-1"
    assert source(quote("q"), "{pseudonym} in {document}") == "Ines in INT-1"
    assert source(quote("q", attribution="a founder"), "{pseudonym}") == "a founder · INT-1"


def test_a_template_that_cannot_be_read_falls_back_to_the_pseudonym():
    assert source(quote("q"), "{nickname") == "Ines · INT-1"


def test_a_screen_reader_hears_the_stance():
    lines = outline_lines([row("a", quotes=[quote("q", stance="dissents")])], template="{pseudonym}", colours={})
    assert spoken(lines[3]) == "Dissenting quote: Hello Ines · INT-1"
    assert spoken(lines[1]) == "Central concept: none yet"


def test_a_theme_moves_among_its_siblings():
    assert theme_place(TREE, ThemeId("e"), "up") == (None, None)
    assert theme_place(TREE, ThemeId("f"), "up") == (None, "a")
    assert theme_place(TREE, ThemeId("a"), "down") == (None, "e")
    assert theme_place(TREE, ThemeId("d"), "up") == ("a", None)
    assert theme_place(TREE, ThemeId("a"), "up") is None
    assert theme_place(TREE, ThemeId("f"), "down") is None


def test_a_theme_moves_into_the_one_before_it_and_out_behind_its_parent():
    assert theme_place(TREE, ThemeId("d"), "in") == ("b", "c")
    assert theme_place(TREE, ThemeId("e"), "in") == ("a", "d")
    assert theme_place(TREE, ThemeId("a"), "in") is None
    assert theme_place(TREE, ThemeId("c"), "out") == ("a", "b")
    assert theme_place(TREE, ThemeId("b"), "out") == (None, "a")
    assert theme_place(TREE, ThemeId("e"), "out") is None


def test_a_theme_that_is_gone_goes_nowhere():
    assert theme_place(TREE, ThemeId("gone"), "up") is None
    assert quote_place(TREE, QuoteId("gone"), "up") is None


depths = st.lists(st.integers(0, 3), min_size=1, max_size=12)


@given(depths)
def test_parents_are_read_from_the_outline_itself(wished):
    rows, deepest = [], 0
    for number, depth in enumerate(wished):
        deepest = min(depth, deepest + 1) if rows else 0
        rows.append(row(str(number), deepest))
    parents = parents_of(rows)
    for at, found in enumerate(rows):
        above = parents[found.id]
        if above is None:
            assert found.depth == 0
        else:
            place = int(above)
            assert place < at
            assert rows[place].depth == found.depth - 1
            assert all(between.depth >= found.depth for between in rows[place + 1 : at])


def test_a_quote_moves_in_its_theme_and_past_its_ends():
    rows = [
        row("a", quotes=[quote("1"), quote("2"), quote("3")]),
        row("b"),
        row("c", quotes=[quote("4", "c"), quote("5", "c")]),
    ]
    assert quote_place(rows, QuoteId("2"), "up") == ("a", None)
    assert quote_place(rows, QuoteId("3"), "up") == ("a", "1")
    assert quote_place(rows, QuoteId("1"), "down") == ("a", "2")
    assert quote_place(rows, QuoteId("3"), "down") == ("b", None)
    assert quote_place(rows, QuoteId("4"), "up") == ("b", None)
    assert quote_place([rows[0], rows[2]], QuoteId("4"), "up") == ("a", "3")
    assert quote_place(rows, QuoteId("1"), "up") is None
    assert quote_place(rows, QuoteId("5"), "down") is None


def counted(*marks: Mark, text: str = "Words that were said, and more.") -> Corpus:
    """What is counted of one document in which Ines speaks."""
    turn = Turn(0, len(text), 6, "Ines", "participant", "p")
    return Corpus(
        (Text("d", "INT-1", "interview", "en", 0, "", text, (turn,)),),
        {"d": marks},
        tuple(CountedCode(name.lower(), name, (name,), 0, None) for name in ("Wear", "Fear")),
        (),
        (Person("p", "Ines", "Fields", "", {}),),
        (CountedCoder("a", "Ana", "AL"), CountedCoder("b", "Bo", "BE")),
        (),
        "Counted.",
    )


def test_the_same_stretch_is_one_passage_with_everybody_who_marked_it():
    found = counted(
        Mark("d", 0, 5, "fear", ("a",)), Mark("d", 0, 5, "wear", ("b", "a")), Mark("d", 6, 10, "wear", ("b",))
    )
    lines = passage_lines(found, {"fear", "wear"})
    assert [(line.start, line.end, line.coders, line.codes) for line in lines] == [
        (0, 5, ("AL", "BE"), ("Fear", "Wear")),
        (6, 10, ("BE",), ("Wear",)),
    ]
    assert (lines[0].text, lines[1].before, lines[1].after) == ("Words", "Words ", " were said, and more.")
    assert lines[0].source == "Ines, Fields · INT-1 · coded by AL, BE"
    assert [line.text for line in passage_lines(found, {"fear"})] == ["Words"]


def test_what_the_consensus_settled_is_said_to_be_settled():
    (line,) = passage_lines(counted(Mark("d", 0, 5, "wear", (), settled=True)), {"wear"})
    assert line.source == "Ines, Fields · INT-1 · consensus"


def test_a_passage_is_quoted_where_a_quote_is_in_it_or_around_it():
    (line,) = passage_lines(counted(Mark("d", 6, 15, "wear", ("a",))), {"wear"})
    assert [line.is_among({place}) for place in (("d", 6, 10), ("d", 0, 31), ("d", 0, 10), ("e", 6, 15))] == [
        True,
        True,
        False,
        False,
    ]


def test_what_nobody_coded_leads_to_its_place_and_what_has_no_passages_to_a_sentence():
    found = counted(Mark("d", 6, 10, "wear", (), settled=True), Mark("d", 0, 5, "fear", ("a",), codings=("1",)))
    settled = behind_codes(found, "Wear", {"wear"})
    assert (settled.title, settled.place) == ("Wear: 1 passage", Place(DocumentId("d"), 6, 10))
    both = behind_codes(found, "Both", {"wear", "fear"})
    assert (both.title, both.looking.ids, both.place, both.sentence) == ("Both: 2 passages", ["1"], None, "")
    assert behind_codes(found, "Joy", {"joy"}).sentence == "Joy has no passages yet."
