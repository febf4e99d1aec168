"""`qcode saturation` and `qcode query` on the small study and the sample."""

from __future__ import annotations

import json

import pytest
from sampled import copy_sample
from small import small_study, transcript
from typer.testing import CliRunner

from qcode.analysis.saturation import Criteria
from qcode.cli.commands import app
from qcode.operations import attributes, cells, codebook, coding, documents, rounds, saved_queries, team
from qcode.operations.passages import Passage
from qcode.queries.counting.code_query import Inquiries, NoSuchQueryError, saved_query
from qcode.queries.counting.code_query import saved_queries as kept
from qcode.queries.counting.corpus import corpus
from qcode.queries.counting.saturation import (
    NoSuchOrderError,
    OrderNotRecordedError,
    SaturationNotSoughtError,
    assess,
)
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry


def run(*words):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return copy_sample(tmp_path_factory.mktemp("asked") / "larkmoor.qcode")


@pytest.fixture
def made(tmp_path):
    found = small_study(tmp_path / "small.qcode")
    yield found
    found.study.close()


def test_saturation_is_told_with_its_sentence_and_as_json(sample, tmp_path):
    told = run("saturation", sample, "-o", tmp_path / "curve.csv")
    assert told.exit_code == 0
    assert "Guest, Namey and Chen (2020)" in told.stdout
    assert "Counted: " in told.stdout
    found = json.loads(run("saturation", sample, "--base", 2, "--run", 1, "--threshold", 0, "--json").stdout)
    assert (found["base"], found["run"], found["threshold"]) == (2, 1, 0)
    assert found["base_codes"] == found["documents"][1]["known"]
    assert [run["first"] for run in found["runs"]] == list(range(3, len(found["documents"]) + 1))
    assert "Which" in (tmp_path / "curve.csv").read_text(encoding="utf-8-sig")
    for refused, words in (
        (("--base", 0), "base of 4 to 6"),
        (("--base", 90), "need 92 documents"),
        (("--kind", "letter"), "“interview”"),
        (("--order", "Moon"), "not recorded of documents"),
    ):
        done = run("saturation", sample, *refused)
        assert done.exit_code == 1
        assert words in done.stderr


def test_saturation_is_the_same_whatever_order_codings_were_made_in(tmp_path):
    found = []
    for number, order in enumerate((1, -1)):
        made = small_study(tmp_path / f"{number}.qcode", another=True)
        words = [("Three letters", "Fear", 0), ("He wears it well.", "Calling", 1), ("go.", "Wear", 0)][::order]
        for said, code, document in words:
            made.apply(said, code, document=document)
        assessed = assess(made.study, corpus(made.study), Criteria(1, 1, 0))
        names = {row.id: row.name for row in corpus(made.study).codes}
        found.append([(event.name, {names[one] for one in event.new}) for event in assessed.found.events])
        made.study.close()
    assert found[0] == found[1]


def test_who_has_not_been_coded_is_left_out_and_an_attribute_puts_in_order(made):
    more = documents.Incoming("INT-9", codeless(made), kind="interview")
    late = documents.import_document(made.study, more)
    assessed = assess(made.study, corpus(made.study), Criteria(1, 1, 5))
    assert assessed.left_out == ("INT-9",)
    assert "nobody has coded them yet: INT-9" in " ".join(assessed.notes)
    day = attributes.add_attribute(made.study, subject="document", name="Held on", kind="date")
    days = zip(made.documents, (day, day), ("2024-05", "2024-03"), strict=True)
    cells.write_cells(made.study, "document", Block(tuple(CellEntry(*one) for one in days)))
    with pytest.raises(NoSuchOrderError, match=r"Recorded are: .*“Held on”"):
        assess(made.study, corpus(made.study), order="Moon")
    found = assess(made.study, corpus(made.study), Criteria(1, 1, 5), order="held on")
    assert [event.name for event in found.found.events] == ["FG-1", "INT-1"]
    assert "in the order of “Held on”" in found.sentence
    coding.apply_codes(made.study, passage=Passage(late, 0, 5), codes=[made.codes["Fear"]], round_id=made.round)
    with pytest.raises(OrderNotRecordedError, match="not recorded of INT-9"):
        assess(made.study, corpus(made.study), order="Held on")


def codeless(made):
    return transcript((("P", "participant", "Later on."),))


@pytest.mark.parametrize("approach", ["reflexive", "grounded theory"])
def test_who_reads_counts_no_saturation(made, approach):
    team.describe_study(made.study, title="Small", approach=approach)
    with pytest.raises(SaturationNotSoughtError, match=approach):
        assess(made.study, corpus(made.study))
    assert "not counted" in run("saturation", made.study.path).stderr


def test_a_query_is_asked_saved_and_asked_again(sample, tmp_path):
    path = tmp_path / "asked.qcode"
    path.write_bytes(sample.read_bytes())
    told = run("query", path, "* and text:dog and not under:trust", "--save", "Dogs")
    assert told.exit_code == 0
    assert 'for * and text:"dog" and not under:"Trust"' in told.stdout
    assert "Saved as “Dogs”." in told.stdout
    found = json.loads(run("query", path, "--saved", "dogs", "--json").stdout)
    assert all("dog" in one["text"].casefold() for one in found["passages"])
    assert all(path[0] != "Trust" for one in found["passages"] for path in one["codes"])
    assert run("query", path).stdout.endswith("\nDogs: * and text:dog and not under:trust\n")
    assert json.loads(run("query", path, "--json").stdout)[-1]["name"] == "Dogs"
    written = run("query", path, "--saved", "Dogs", "-o", tmp_path / "dogs.csv")
    assert written.stdout.endswith(f"Written: {tmp_path / 'dogs.csv'}\n")
    assert "A working list" in (tmp_path / "dogs.csv").read_text(encoding="utf-8-sig")
    run("query", path, "* and text:cat", "-o", tmp_path / "cats.md")
    assert "**Table 1.** Passages for" in (tmp_path / "cats.md").read_text(encoding="utf-8")
    for words, sentence in ((("--saved", "Cats"), "“Dogs”"), (("dog and",), "“dog” is no code"),
                            (("* and text:cat", "--saved", "Dogs"), "a QUERY or --saved NAME, not both"),
                            (("*", "--save", "All", "-o", tmp_path / "all.pdf"), ".docx"),
                            (("waking up", "--save", "dogs"), "named “dogs” in this place already")):  # fmt: skip
        done = run("query", path, *words)
        assert (done.exit_code, done.stdout) == (1, "")
        assert sentence in done.stderr
    assert "All: *" not in run("query", path).stdout


def test_questions_follow_what_is_coded_and_tell_coders_apart(made):
    inquiries = Inquiries(made.study)
    texts = corpus(made.study).text

    def found(words):
        return [texts[hit.document].text[hit.start : hit.end] for hit in inquiries.ask(words).hits]

    assert found("calling") == ["I rang them. 😀 They came at once"]
    assert found("calling coder:AL") == ["I rang them."]
    assert found("calling and not coder:ana lima") == ["😀 They came at once"]
    asking = inquiries.asking(inquiries.read("fear"))
    assert inquiries.asking(inquiries.read("fear")) is asking
    made.apply("My sister said: go.", "Fear")
    assert found("fear") == ["I was afraid.", "My sister said: go."]
    codebook.rename_code(made.study, made.codes["Fear"], name="Dread")
    assert found("dread before:turn(2) dread or dread after:turn(2) dread") == ["I was afraid.", "My sister said: go."]
    assert [mark.code for mark in asking.marks(asking.ask(asking.read("wear")).hits[0])] == [made.codes["Wear"]]


def test_saved_queries_have_their_order_and_their_sentences(made):
    first = saved_queries.save_query(made.study, name="Afraid ", words=" fear \n and wear ")
    saved_queries.save_query(made.study, name="Steps", words="calling")
    saved_queries.change_query(made.study, first, name="Dread", words="fear")
    assert [(row.name, row.words) for row in kept(made.study)] == [("Dread", "fear"), ("Steps", "calling")]
    for name, words, sentence in (("steps", "fear", "already"), ("", "fear", "needs a name"), ("x", " ", "Type what"),
                                  ("x", "y" * 1001, "1,000 characters")):  # fmt: skip
        with pytest.raises(Exception, match=sentence):
            saved_queries.save_query(made.study, name=name, words=words)
    saved_queries.remove_query(made.study, first)
    with pytest.raises(NoSuchQueryError, match="Saved are: “Steps”"):
        saved_query(made.study, "Dread")


def test_nobody_asks_what_colleagues_coded_blind(made):
    blind = rounds.add_round(made.study, name="Blind", blind=True, everyone=True)
    made.study.act_as(made.other)
    made.round, before = blind, made.round
    made.apply("He wears it well.", "Wear", document=1)
    made.study.act_as(made.lead)
    made.round = before
    assert len(Inquiries(made.study).ask("wear").hits) == 1
    assert len(Inquiries(made.study).ask("wear coder:be").hits) == 0


def test_the_study_can_be_open_nowhere_else_and_nothing_is_asked_of_an_empty_one(tmp_path):
    Study.create(tmp_path / "empty.qcode", title="Empty", coder="Ana").close()
    assert "There is none yet" in run("query", tmp_path / "empty.qcode", "fear").stderr
    assert "need 6 documents with codes, and there are 0" in run("saturation", tmp_path / "empty.qcode").stderr
