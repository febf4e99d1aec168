"""Searching a study: what is found, where, and that nothing a person types breaks it."""

from __future__ import annotations

from contextlib import suppress

import pytest
import small
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from word_by_word import EXPRESSIONS, TEXTS, brute_force

from qcode import nlp
from qcode.analysis.patterns import PatternTooSlowError, PatternUnreadableError
from qcode.analysis.search_terms import NoWordsError
from qcode.errors import QcodeError
from qcode.ids import DocumentId
from qcode.operations import assignments, codebook, documents, memos, merging
from qcode.operations.rounds import add_round
from qcode.queries.search import searching as search_module
from qcode.queries.search.searching import ANSWERS, EVERYTHING, Query, search
from qcode.study import Place, Study

MIXED = (
    ("Moderadora", "interviewer", "¿Qué pasó con la señora Peña?"),
    ("Zoë", "participant", "La señora PEÑA habló 😀🙏🏽 del año pasado. El perro se llama Ano."),
    (None, "event", "[risas]"),
    ("משה", "participant", "אמרתי שָׁלוֹם לגברת Peña."),
    ("Zoë", "participant", "Cafe\u0301 con leche; don’t ask.\nOtra línea, señora."),
    ("Moderadora", "interviewer", "Gracias, señora"),
    ("Zoë", "participant", "Peña se fue."),
)


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    study.documents.append(
        documents.import_document(
            study.study, documents.Incoming("GF-1", small.transcript(MIXED), language="es", group="Vecinas")
        )
    )
    yield study
    study.study.close()


def texts(made, text, **more):
    return [hit.text for hit in search(made.study, Query(text, **more)).hits]


def test_a_hit_says_where_it_is_who_speaks_and_what_stands_around_it(made):
    (hit,) = search(made.study, Query('"four of them"', around=10)).hits
    body = small.transcript(small.FIRST).text
    assert hit.source == made.documents[0]
    assert (hit.kind, hit.name, hit.turn, hit.speaker, hit.role, hit.group) == (
        "transcript", "INT-1", 1, "P", "participant", "Residents",
    )  # fmt: skip
    assert (hit.start, hit.end) == (body.index("four"), body.index("four of them") + len("four of them"))
    assert hit.before == body[hit.start - 10 : hit.start]
    assert (hit.text, hit.after) == ("four of them", ". I was af")
    assert hit.place == Place(DocumentId(made.documents[0]), hit.start, hit.end)


def test_a_speaker_who_is_a_participant_is_told_by_pseudonym_and_group(made):
    who = documents.add_participant(made.study, pseudonym="Colleen", group="Tenants")
    speaker = documents.speaker_named(made.study, made.documents[0], "P")
    documents.describe_speaker(made.study, speaker, role="participant", participant=who)
    assert {(hit.speaker, hit.group) for hit in search(made.study, Query("letter")).hits} == {("Colleen", "Tenants")}
    assert texts(made, "letter", groups=["Tenants"]) == ["letter"]
    assert texts(made, "letter", groups=["Residents"]) == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("pena", ["Peña", "PEÑA", "Peña", "Peña"]),
        ("AÑO", ["año", "Ano"]),
        ('"la senora pena"', ["la señora Peña", "La señora PEÑA"]),
        ("hab*", ["habló"]),
        ("😀", ["😀"]),
        ("🙏", ["🙏🏽"]),
        ('"hablo 😀"', ["habló 😀"]),
        ("שלום", ["שָׁלוֹם"]),
        ("café", ["Cafe\u0301"]),
        ("don't", ["don’t"]),
        ("risas", ["risas"]),
        ("linea senora", ["línea", "señora"]),
        ("señora NOT peña", ["señora", "señora"]),
        ("leche OR risas", ["risas", "leche"]),
        ('"señora Peña se fue"', []),
        ('"ask otra"', ["ask.\nOtra"]),
    ],
)
def test_accents_emoji_and_other_scripts_are_found(made, query, expected):
    assert texts(made, query, documents=made.documents[2:]) == expected


def test_words_must_stand_in_one_turn_and_come_in_the_order_of_the_documents(made):
    assert texts(made, "sister letter") == ["letter", "sister"]
    assert texts(made, "sister afraid") == []
    found = search(made.study, Query("what OR who OR que"))
    assert [hit.name for hit in found.hits] == ["INT-1", "INT-1", "FG-1", "GF-1"]
    assert found.sources == 3


def test_interviewers_are_left_out_where_that_is_asked(made):
    assert texts(made, "afraid") == ["afraid", "Afraid"]
    assert texts(made, "afraid", roles=ANSWERS) == ["afraid"]
    assert texts(made, "laughter", roles=ANSWERS) == []
    assert texts(made, "laughter", roles=["event"]) == ["laughter"]
    documents.describe_speaker(
        made.study, documents.speaker_named(made.study, made.documents[0], "I"), role="participant"
    )
    assert texts(made, "afraid", roles=ANSWERS) == ["afraid", "Afraid"]


def test_documents_and_groups_narrow_a_search(made):
    assert texts(made, "that", documents=[made.documents[1]]) == ["That"]
    assert texts(made, "that", documents=[]) == []
    assert texts(made, "pena", groups=["Residents"]) == []
    assert len(texts(made, "pena", groups=["Vecinas"])) == 4


def test_a_limit_cuts_off_and_says_so(made):
    found = search(made.study, Query("pena", limit=3))
    assert (len(found.hits), found.more) == (3, True)
    found = search(made.study, Query("pena", limit=4))
    assert (len(found.hits), found.more) == (4, False)


def test_other_forms_are_found_in_the_languages_of_the_study(made, monkeypatch):
    monkeypatch.setattr(nlp, "_installed", lambda _language: iter(()))
    nlp._model.cache_clear()
    assert texts(made, "letters", forms=True) == ["letter", "letters"]
    assert texts(made, '"three letter"', forms=True) == ["Three letters"]
    assert texts(made, "hablar", forms=True) == ["habló"]
    assert texts(made, "letters") == ["letters"]
    nlp._model.cache_clear()


def test_a_regular_expression_is_held_against_whole_texts(made):
    assert texts(made, r"letters?\b", regular_expression=True) == ["letter", "letters"]
    assert texts(made, r"niñ|peñ\w", regular_expression=True) == ["Peña", "PEÑA", "Peña", "Peña"]
    (hit,) = search(made.study, Query(r"señora\s+Peña se", regular_expression=True)).hits
    assert (hit.text, hit.turn, hit.speaker) == ("señora\nPeña se", 5, "Moderadora")
    (hit,) = search(made.study, Query(r"\nPeña", regular_expression=True)).hits
    assert (hit.turn, hit.role) == (6, "participant")
    assert texts(made, r"afraid", regular_expression=True, roles=ANSWERS) == ["afraid"]


def test_an_expression_that_explodes_or_cannot_be_read_is_a_sentence(made, monkeypatch):
    monkeypatch.setattr(search_module, "Pattern", lambda text: search_module_pattern(text, seconds=0.1))
    documents.import_document(
        made.study, documents.Incoming("Long", small.transcript((("P", "participant", "a" * 5000 + "!"),)))
    )
    with pytest.raises(PatternTooSlowError, match="cut off"):
        search(made.study, Query(r"(a+)+$", regular_expression=True))
    with pytest.raises(PatternUnreadableError):
        search(made.study, Query(r"(a", regular_expression=True))


search_module_pattern = search_module.Pattern


def test_definitions_are_found_by_their_fields(made):
    codebook.define_code(
        made.study,
        made.codes["Fear"],
        definition=codebook.Definition(brief="Being afraid.", near_miss="Afraid for others."),
    )
    found = search(made.study, Query("afraid", kinds=EVERYTHING)).hits
    assert [(hit.kind, hit.name, hit.turn) for hit in found][-2:] == [
        ("definition", "Fear", 0),
        ("definition", "Fear", 5),
    ]
    assert {hit.kind for hit in found} == {"transcript", "definition"}
    assert texts(made, "afraid", kinds=["definition"]) == ["afraid", "Afraid"]
    codebook.define_code(made.study, made.codes["Fear"], definition=codebook.Definition(brief="Dread."))
    assert texts(made, "afraid", kinds=["definition"]) == []
    made.study.undo()
    merging.merge_codes(made.study, [made.codes["Fear"]], into=made.codes["Wear"])
    assert texts(made, "afraid", kinds=["definition"]) == []
    made.study.undo()
    assert texts(made, "afraid", kinds=["definition"]) == ["afraid", "Afraid"]
    codebook.delete_code(made.study, made.codes["Fear"])
    assert texts(made, "afraid", kinds=["definition"]) == []


def test_a_query_that_asks_for_nothing_is_a_sentence(made):
    with pytest.raises(NoWordsError):
        search(made.study, Query("  …  "))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=40) | st.text(st.sampled_from("abIé😀 \"'“”()[]{}*?+-|^:;\\,.!NEARNOTORAND\0\n"), max_size=40),
    st.sampled_from(("words", "forms", "expression")),
)
@example('"four" NEAR(of them)', "words")
@example("words : four ^of", "words")
@example('a" OR "x', "forms")
@example("(?R)|x", "expression")
@example(" OR ".join(["word"] * 120), "forms")
@example("(" * 25 + "four" + ")" * 25, "words")
def test_nothing_that_is_typed_raises_anything_but_a_refusal(made, text, how):
    with suppress(QcodeError):
        query = Query(text, regular_expression=how == "expression", forms=how == "forms", kinds=EVERYTHING)
        found = search(made.study, query)
        assert all(hit.end > hit.start for hit in found.hits)


# The index against plain reading ----------------------------------------------------------------------------------


def study_of(path, bodies):
    """A study of documents with these turns, in order."""
    study = Study.create(path, title="Random", coder="Ana")
    for number, turns in enumerate(bodies):
        said = tuple(("P", "participant", text) for text in turns if text.strip())
        if said:
            documents.import_document(study, documents.Incoming(f"D{number}", small.transcript(said), language="en"))
    return study


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(TEXTS, max_size=4), min_size=1, max_size=3), st.lists(EXPRESSIONS, min_size=1, max_size=6))
def test_the_index_finds_what_reading_finds(tmp_path_factory, monkeypatch, bodies, expressions):
    with study_of(tmp_path_factory.mktemp("random") / "r.qcode", bodies) as study:
        for expression in expressions:
            monkeypatch.setattr(search_module, "parse", lambda _text, wanted=expression: wanted)
            found = [(hit.name, hit.turn, hit.text) for hit in search(study, Query("x")).hits]
            assert found == [
                (f"D{number}", turn, text[start:end])
                for number, turns in enumerate(bodies)
                for turn, text in enumerate(filter(str.strip, turns))
                for start, end in brute_force(expression, text)
            ]


def test_a_blind_colleagues_memo_is_not_found(made):
    blind = add_round(made.study, name="Blind", blind=True)
    assignments.assign(made.study, round_id=blind, documents=made.documents[:1], coders=[made.lead, made.other])
    made.study.act_as(made.other)
    memos.write_memo(
        made.study, title="Dread", text="She dreads it.", about=[memos.Target("document", made.documents[0])]
    )
    memos.write_memo(made.study, title="Method", text="On dread in general.")
    assert [(hit.name, hit.turn, hit.text) for hit in search(made.study, Query("dread*", kinds=["memo"])).hits] == [
        ("Dread", 0, "Dread"), ("Dread", 1, "dreads"), ("Method", 1, "dread"),
    ]  # fmt: skip
    made.study.act_as(made.lead)
    assert [hit.name for hit in search(made.study, Query("dread*", kinds=["memo"])).hits] == ["Method"]
