"""Quotes: what is done to them, what follows corrections, what is refused, and what others may know."""

from __future__ import annotations

import pytest
import small

from qcode.operations import (
    alignment,
    corrections,
    documents,
    quote_refusals,
    quotes,
    redaction,
    rounds,
    team,
    themes,
)
from qcode.operations.lookup import GoneError, NameEmptyError, NameTakenError
from qcode.operations.passages import NothingSelectedError, Passage
from qcode.queries.integrity import check
from qcode.queries.quotes.printed import house_of, printed_quote
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.team import study_card
from qcode.queries.themes.outline import themes as list_themes
from qcode.text.quotation import UnknownEllipsisError
from qcode.text.quote_edits import Cut, EditsOverlapError, Inserted, Replaced, WordsChangedError

QUOTED = "Of the letter. Three letters and you are out."
"""Edits are made in code points of these words."""
CUT, REPLACED = Cut(0, 14), Replaced(33, 36, "they")
PRINTED = "… Three letters and [they] are out."


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


@pytest.fixture
def quote(made):
    return quotes.pick_quote(made.study, made.theme, passage=made.passage(QUOTED))


def row_of(made, quote):
    return next(row for row in quote_rows(made.study) if row.id == quote)


def words_of(made, quote):
    return printed_quote(row_of(made, quote), house_of(made.study)).words


def correct(made, words):
    corrections.correct_turn(made.study, made.documents[0], turn=3, text=words)


# The shortlist


def test_a_quote_goes_from_the_shortlist_into_the_report_and_back(made):
    [quote] = quotes.shortlist_quotes(made.study, made.theme, passages=[made.passage(QUOTED)])
    assert [row.status for row in quote_rows(made.study)] == ["shortlisted"]
    assert list_themes(made.study)[0].quotes == ()
    quotes.choose_quotes(made.study, [quote])
    assert [row.id for row in list_themes(made.study)[0].quotes] == [quote]
    quotes.shelve_quotes(made.study, [quote])
    assert list_themes(made.study)[0].quotes == ()
    assert [row.id for row in quote_rows(made.study, theme=made.theme, status="shortlisted")] == [quote]


def test_picking_what_is_shortlisted_chooses_it_and_shortlisting_passes_over_what_is_there(made):
    [quote] = quotes.shortlist_quotes(made.study, made.theme, passages=[made.passage(QUOTED)])
    assert quotes.shortlist_quotes(made.study, made.theme, passages=[made.passage(QUOTED)]) == []
    assert quotes.pick_quote(made.study, made.theme, passage=made.passage(QUOTED), stance="dissents") == quote
    assert (row_of(made, quote).status, row_of(made, quote).stance) == ("chosen", "dissents")
    assert quotes.pick_quotes(made.study, made.theme, passages=[made.passage(QUOTED)]) == []
    with pytest.raises(quote_refusals.QuoteTwiceError):
        quotes.pick_quote(made.study, made.theme, passage=made.passage(QUOTED))


def test_a_passage_that_moved_with_a_correction_is_known_as_the_same_quote(made, quote):
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened on that very night?")
    row = row_of(made, quote)
    again = Passage(row.document, row.start, row.end)
    with pytest.raises(quote_refusals.QuoteTwiceError):
        quotes.pick_quote(made.study, made.theme, passage=again)


# Edits


def test_edits_print_and_follow_a_correction_elsewhere_in_the_text(made, quote):
    quotes.edit_quote(made.study, quote, edits=[REPLACED, CUT])
    assert words_of(made, quote) == PRINTED
    corrections.correct_turn(made.study, made.documents[0], turn=0, text="What happened on that very night?")
    row = row_of(made, quote)
    assert (row.text, row.edits, row.stale) == (QUOTED, (CUT, REPLACED), False)
    assert words_of(made, quote) == PRINTED
    quotes.edit_quote(made.study, quote, edits=[])
    assert words_of(made, quote) == QUOTED
    assert check(made.study).problems == ()


@pytest.mark.parametrize(
    ("edits", "error"),
    [([Cut(0, 4)], WordsChangedError), ([Cut(0, 14), Inserted(7, "x")], EditsOverlapError)],
)
def test_edits_that_change_words_unseen_are_refused_and_nothing_is_written(made, quote, edits, error):
    before = row_of(made, quote)
    with pytest.raises(error):
        quotes.edit_quote(made.study, quote, edits=edits)
    assert row_of(made, quote) == before


def test_a_quote_whose_words_changed_is_left_out_until_it_is_confirmed(made, quote):
    quotes.edit_quote(made.study, quote, edits=[CUT, REPLACED])
    correct(made, f"{QUOTED.replace('Three', 'Four')} My sister said: go.")
    row = row_of(made, quote)
    found = printed_quote(row, house_of(made.study))
    assert (row.stale, found.omitted, found.words, found.sides) == (True, True, "", ())
    assert "left out" in found.note
    assert "Four" not in found.note
    with pytest.raises(quote_refusals.QuoteChangedError):
        quotes.edit_quote(made.study, quote, edits=[CUT])
    quotes.confirm_quote(made.study, quote)
    assert not row_of(made, quote).stale
    assert words_of(made, quote) == "… Four letters and [they] are out."


def test_an_edit_whose_own_words_changed_goes_when_the_quote_is_confirmed(made, quote):
    quotes.edit_quote(made.study, quote, edits=[CUT, REPLACED])
    correct(made, f"{QUOTED.replace('you are', 'we are')} My sister said: go.")
    assert (row_of(made, quote).edits, row_of(made, quote).lost) == ((CUT,), 1)
    quotes.confirm_quote(made.study, quote)
    row = row_of(made, quote)
    assert (row.edits, row.lost, row.stale) == ((CUT,), 0, False)
    made.study.undo()
    assert row_of(made, quote).lost == 1


def test_a_quote_of_which_nothing_is_left_is_not_confirmed(made):
    quote = quotes.pick_quote(made.study, made.theme, passage=made.passage("My sister said: go."))
    correct(made, QUOTED)
    with pytest.raises(quote_refusals.QuoteWordsGoneError):
        quotes.confirm_quote(made.study, quote)


def test_a_quote_grows_to_the_question_and_keeps_its_edits(made, quote):
    quotes.edit_quote(made.study, quote, edits=[CUT, REPLACED])
    quotes.stretch_quote(made.study, quote, passage=made.passage(f"Afraid of what?\n{QUOTED}"))
    found = printed_quote(row_of(made, quote), house_of(made.study))
    assert [(line.speaker, line.words) for line in found.sides[0].lines] == [
        ("Interviewer", "Afraid of what?"),
        ("P", PRINTED),
    ]
    quotes.stretch_quote(made.study, quote, passage=made.passage("Three letters and you are out."))
    assert words_of(made, quote) == "Three letters and [they] are out."
    assert check(made.study).problems == ()


def test_a_quote_neither_grows_into_another_nor_into_another_document(made, quote):
    other = quotes.pick_quote(made.study, made.theme, passage=made.passage("My sister said: go."))
    with pytest.raises(quote_refusals.QuoteTwiceError):
        quotes.stretch_quote(made.study, other, passage=made.passage(QUOTED))
    with pytest.raises(quote_refusals.QuoteElsewhereError):
        quotes.stretch_quote(made.study, quote, passage=made.passage("He wears it well.", 1))
    with pytest.raises(NothingSelectedError):
        quotes.stretch_quote(made.study, quote, passage=Passage(made.documents[0], 3, 3))


def test_what_prints_for_a_cut_is_the_houses(made, quote):
    quotes.edit_quote(made.study, quote, edits=[CUT])
    quotes.set_ellipsis(made.study, "[...]")
    assert study_card(made.study).ellipsis == "[...]"
    assert words_of(made, quote) == "[...] Three letters and you are out."
    with pytest.raises(UnknownEllipsisError):
        quotes.set_ellipsis(made.study, "etc.")
    with pytest.raises(UnknownEllipsisError):
        team.describe_study(made.study, ellipsis="etc.")


# In vivo


def test_a_theme_is_named_by_a_quote_and_follows_its_edits(made, quote):
    quotes.title_in_vivo(made.study, quote)
    row = list_themes(made.study)[0]
    assert (row.name, row.in_vivo) == (QUOTED, quote)
    quotes.edit_quote(made.study, quote, edits=[CUT, REPLACED])
    row = list_themes(made.study)[0]
    assert (row.name, row.in_vivo) == (PRINTED, quote)
    quotes.set_ellipsis(made.study, "...")
    assert list_themes(made.study)[0].name == PRINTED.replace("…", "...")
    themes.describe_theme(made.study, made.theme, name="Letters", concept="")
    assert list_themes(made.study)[0].in_vivo is None
    assert not row_of(made, quote).in_vivo


def test_a_name_in_vivo_stands_no_longer_once_its_words_changed(made, quote):
    quotes.title_in_vivo(made.study, quote)
    correct(made, f"{QUOTED.replace('Three', 'Four')} My sister said: go.")
    assert list_themes(made.study)[0].in_vivo is None
    with pytest.raises(quote_refusals.QuoteChangedError):
        quotes.title_in_vivo(made.study, quote)
    quotes.confirm_quote(made.study, quote)
    row = list_themes(made.study)[0]
    assert (row.name, row.in_vivo) == (QUOTED.replace("Three", "Four"), quote)


def test_one_quote_alone_names_a_theme_and_takes_the_name_nowhere_else(made, quote):
    other = quotes.pick_quote(made.study, made.theme, passage=made.passage("My sister said: go."))
    quotes.title_in_vivo(made.study, quote)
    quotes.title_in_vivo(made.study, other)
    assert [row.id for row in quote_rows(made.study) if row.in_vivo] == [other]
    below = themes.add_theme(made.study, name="Below", parent=made.theme)
    quotes.move_quote(made.study, other, theme=below)
    assert not row_of(made, other).in_vivo


def test_a_name_of_several_turns_too_long_or_taken_is_refused(made, quote):
    quotes.stretch_quote(made.study, quote, passage=made.passage(f"Afraid of what?\n{QUOTED}"))
    with pytest.raises(quote_refusals.TitleOfSeveralTurnsError):
        quotes.title_in_vivo(made.study, quote)
    second = quotes.pick_quote(made.study, made.theme, passage=made.passage("My sister said: go."))
    themes.add_theme(made.study, name="my sister said: go.")
    with pytest.raises(NameTakenError):
        quotes.title_in_vivo(made.study, second)
    long = documents.import_document(
        made.study, documents.Incoming("LONG", small.transcript([("P", "participant", "word " * 60)]))
    )
    third = quotes.pick_quote(made.study, made.theme, passage=Passage(long, 0, 299))
    with pytest.raises(quote_refusals.TitleTooLongError):
        quotes.title_in_vivo(made.study, third)


def test_no_name_tells_what_a_document_says_that_is_coded_blind_still(made, quote):
    rounds.change_round(made.study, made.round, name="Main", purpose="main", blind=True, everyone=True)
    with pytest.raises(quote_refusals.TitleTellsError):
        quotes.title_in_vivo(made.study, quote)
    assert list_themes(made.study)[0].name == "Boots"


# Languages


@pytest.fixture
def translated(made, quote):
    found = documents.import_document(
        made.study, documents.Incoming("INT-1 de", small.transcript(small.FIRST), language="de")
    )
    alignment.set_original(made.study, found, original=made.documents[0])
    alignment.align_turns(made.study, found)
    return found


def test_a_quote_prints_in_the_original_in_translation_or_in_both(made, quote, translated):
    def shown():
        found = printed_quote(row_of(made, quote), house_of(made.study))
        return [(side.name, side.language, side.words) for side in found.sides], found.note

    whole = f"{QUOTED} My sister said: go."
    assert shown() == ([("INT-1", "en", QUOTED)], "")
    quotes.show_language(made.study, quote, language="translation")
    assert shown() == ([("INT-1 de", "de", whole)], "The translation is given in whole turns.")
    quotes.show_language(made.study, quote, language="both")
    start = small.transcript(small.FIRST).text.index(QUOTED)
    quotes.narrow_other(made.study, quote, passage=Passage(translated, start, start + len(QUOTED)))
    assert shown() == ([("INT-1", "en", QUOTED), ("INT-1 de", "de", QUOTED)], "")
    corrections.correct_turn(made.study, translated, turn=3, text=whole.replace("Three", "Drei"))
    assert row_of(made, quote).stale
    quotes.confirm_quote(made.study, quote)
    assert shown()[0][1] == ("INT-1 de", "de", QUOTED.replace("Three", "Drei"))
    quotes.narrow_other(made.study, quote, passage=None)
    assert shown()[0][1][2] == whole.replace("Three", "Drei")


def test_a_quote_picked_in_a_translation_prints_as_it_was_picked(made, translated):
    picked = quotes.pick_quote(made.study, made.theme, passage=Passage(translated, 0, 25))
    row = row_of(made, picked)
    assert (row.language_shown, row.is_translation, row.other.which) == ("translation", True, "original")
    assert words_of(made, picked) == "What happened that night?"


def test_the_other_language_says_who_speaks_where_several_do(made, quote, translated):
    def speakers():
        found = printed_quote(row_of(made, quote), house_of(made.study))
        return [[line.speaker for line in side.lines] for side in found.sides]

    quotes.show_language(made.study, quote, language="both")
    assert speakers() == [["P"], [""]]
    quotes.narrow_other(made.study, quote, passage=Passage(translated, 0, len(small.transcript(small.FIRST).text)))
    assert speakers() == [["P"], ["Interviewer", "P", "Interviewer", "P"]]
    quotes.stretch_quote(made.study, quote, passage=made.passage(f"Afraid of what?\n{QUOTED}"))
    assert speakers()[1] == ["Interviewer", "P", "Interviewer", "P"]


def test_words_beside_a_quote_come_from_its_other_language(made, quote, translated):
    with pytest.raises(quote_refusals.NotTheOtherLanguageError):
        quotes.narrow_other(made.study, quote, passage=made.passage("He wears it well.", 1))
    with pytest.raises(quote_refusals.UnknownLanguageShownError):
        quotes.show_language(made.study, quote, language="Latin")


def test_a_quote_without_another_language_prints_as_it_is_and_says_so(made, quote):
    quotes.show_language(made.study, quote, language="both")
    found = printed_quote(row_of(made, quote), house_of(made.study))
    assert (found.words, found.note) == (
        QUOTED,
        "No translation of this passage is linked: it is printed as it was picked.",
    )


# Uses


def test_where_a_quote_is_used_is_noted_once(made, quote):
    use = quotes.use_quote(made.study, quote, paper=" Boots ", section="Results")
    quotes.use_quote(made.study, quote, paper="Boots")
    assert [(one.paper, one.section) for one in row_of(made, quote).uses] == [("Boots", ""), ("Boots", "Results")]
    with pytest.raises(quote_refusals.UsedAlreadyError, match="“Boots”, Results"):
        quotes.use_quote(made.study, quote, paper="Boots", section="Results ")
    quotes.unuse_quotes(made.study, [use])
    assert [one.section for one in row_of(made, quote).uses] == [""]
    with pytest.raises(GoneError):
        quotes.unuse_quotes(made.study, [use])
    with pytest.raises(NameEmptyError):
        quotes.use_quote(made.study, quote, paper=" ")


# Others


def test_a_redaction_reaches_the_words_of_edits_and_the_names_of_papers(made, quote):
    quotes.edit_quote(made.study, quote, edits=[Replaced(33, 36, "Colleen Byrne")])
    quotes.use_quote(made.study, quote, paper="Colleen Byrne's letter")
    redaction.redact(made.study, forms=["Colleen Byrne"], replacement="[name]")
    row = row_of(made, quote)
    assert words_of(made, quote) == "Of the letter. Three letters and [name] are out."
    assert row.uses[0].paper == "[name]'s letter"
    assert b"Colleen" not in made.study.path.read_bytes()
    assert check(made.study).problems == ()


def test_a_redaction_in_the_quote_itself_leaves_it_out_until_it_is_confirmed(made, quote):
    quotes.edit_quote(made.study, quote, edits=[CUT])
    redaction.redact(made.study, forms=["letters"], replacement="[thing]")
    assert row_of(made, quote).stale
    quotes.confirm_quote(made.study, quote)
    assert words_of(made, quote) == "… Three [thing] and you are out."
