from __future__ import annotations

from qcode.operations import codebook, documents, memos, quotes, team
from qcode.queries.reports.cautions import cautions
from qcode.queries.reports.themes_report import codebook_report
from qcode.queries.themes.outline import themes as theme_rows
from qcode.study import Place, Study


def _of(study: Study, kind: str):
    return [caution for caution in cautions(study) if caution.kind == kind]


def test_words_of_documents_that_somebody_typed_are_counted_and_print_without_their_source(made):
    assert not _of(made.study, "typed words")
    (code, *_more) = made.codes.values()
    words, whose = "With water it is different. Water I count.", "Plot 4"
    example = codebook.Definition(brief="What is counted.", typical_example=f"{whose}: “{words}”")
    codebook.define_code(made.study, code, definition=example, reason="An example.")
    memos.write_memo(made.study, title="Water", text=f"He says “{words}” twice.")
    book, memo = (caution.sentence for caution in _of(made.study, "typed words"))
    assert book.startswith("1 example in the codebook is in words of documents.")
    assert memo.startswith("1 memo quotes documents word for word.")
    printed = [row.typical_example for row in codebook_report(made.study).rows if row.typical_example]
    assert printed == [f"“{words}”"]


def test_a_theme_without_quotes_is_named_and_found(made):
    found = _of(made.study, "theme without quotes")
    assert [(caution.theme, "Learning by leaning" in caution.sentence) for caution in found] == [
        (made.themes["shown"], True)
    ]


def test_a_theme_whose_sub_theme_has_quotes_is_not_without(made):
    for quote in theme_rows(made.study)[0].quotes:
        quotes.drop_quotes(made.study, [quote.id])
    assert made.themes["ledger"] not in {caution.theme for caution in _of(made.study, "theme without quotes")}


def test_a_study_without_themes_says_so(tmp_path):
    with Study.create(tmp_path / "new.qcode", title="New", coder="Asta Lind") as study:
        assert [caution.kind for caution in cautions(study)] == ["no themes"]


def test_a_quote_without_what_its_attribution_asks_for_is_placed(made):
    found = _of(made.study, "empty attribution")
    place = made.passage("Plot 4", "With water it is different. Water I count.").place
    assert [caution.sentence for caution in found] == [
        "No role is known for Teo in “Plot 4”, whom a quote names.",
        "No role is known for P in “Plot 5”, whom a quote names.",
    ]
    assert found[0].place == Place(place.document, place.start, place.end)


def test_a_quote_with_words_of_its_own_lacks_nothing(made):
    for quote in theme_rows(made.study)[0].quotes:
        quotes.describe_quote(made.study, quote.id, stance=quote.stance, attribution="someone")
    assert _of(made.study, "empty attribution") == []


def test_a_template_that_cannot_be_read_is_a_caution_and_no_failure(made):
    team.describe_study(made.study, attribution="{nickname}")
    assert "nickname" in _of(made.study, "template")[0].sentence


def test_of_whom_less_is_printed_than_was_asked_is_told(made):
    (kept,) = _of(made.study, "kept back")
    assert kept.sentence.startswith("Less than the template asks is printed of ")
    team.describe_study(made.study, attribution="{pseudonym}")
    assert _of(made.study, "kept back") == []


def test_someone_quoted_far_more_often_is_named(made):
    assert _of(made.study, "one voice") == []
    for words in ("Nothing happens.", "That is the trouble.", "It is not a gift, it is a remark."):
        quotes.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 3", words))
    assert [caution.sentence for caution in _of(made.study, "one voice")] == [
        "Marit is quoted 4 times, everybody else 0.7 times on average."
    ]


def test_only_quoted_documents_must_be_reviewed(made):
    said = "4 quoted transcripts have not been reviewed for names and other identifiers"
    names = "Plot 3, Plot 4, Plot 5, Shed talk"
    assert [caution.sentence for caution in _of(made.study, "not reviewed")] == [
        f"{said}: {names}. Read them once more before you print."
    ]
    documents.remove_document(made.study, made.documents["Plot 5"])
    assert "Plot 5" not in _of(made.study, "not reviewed")[0].sentence


def test_the_same_gap_is_told_once(made):
    quotes.pick_quote(made.study, made.themes["shown"], passage=made.passage("Plot 5", "I never needed a list"))
    sentences = [caution.sentence for caution in _of(made.study, "empty attribution")]
    assert len(sentences) == len(set(sentences)) == 2


def test_a_quote_of_an_older_text_is_found(made, monkeypatch):
    from dataclasses import replace

    import qcode.queries.reports.cautions as module

    rows = theme_rows(made.study)
    aged = [replace(row, quotes=tuple(replace(quote, stale=True) for quote in row.quotes[:1])) for row in rows]
    monkeypatch.setattr(module, "themes", lambda _study: aged)
    found = _of(made.study, "text changed")
    assert [caution.place.document for caution in found] == [made.documents["Plot 4"], made.documents["Plot 3"]]
