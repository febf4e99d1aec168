"""What leaves the house together gives nobody away: the whole pack of the sample study, from its printed words."""

from __future__ import annotations

import pytest
from laid_side_by_side import Stranger, grams
from sampled import copy_sample

from qcode.queries.attribution.anonymity import attributions
from qcode.queries.quotes.rows import quote_rows
from qcode.queries.reports.pack import pack_opening, report_parts
from qcode.queries.reports.pack_drawn import FOR_THE_TEAM, PLOTS
from qcode.queries.reports.theme_sections import quotes_report
from qcode.queries.reports.themes_report import report_facts, themes_report
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import document_text, documents
from qcode.reports.packs import write_pack
from qcode.reports.values import outline
from qcode.study import Study


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with Study.open(copy_sample(tmp_path_factory.mktemp("sample") / "sample.qcode")) as study:
        yield study


@pytest.fixture(scope="module")
def pack(sample, tmp_path_factory):
    """The pack with all its files but the plots, which say nothing of anybody."""
    folder = tmp_path_factory.mktemp("pack") / "reports"
    write_pack(folder, pack_opening(sample), (one for one in report_parts(sample) if not one.name.startswith(PLOTS)))
    return folder


@pytest.fixture(scope="module")
def crowd(sample):
    return attributions(sample, []).crowd


def _whose(sample, crowd):
    """Who said which words, by all stretches that one person alone said; of notes, whom they are about."""
    found: dict[str, set[str]] = {}
    for row in documents(sample):
        text = document_text(sample, row.id)
        for turn in text.turns:
            who = crowd.by_name.get((row.id, turn.speaker or ""))
            who = who or (crowd.alone.get(row.id) if row.kind == "field notes" else None)
            for one in grams(text.text[turn.start : turn.end]) if who else ():
                found.setdefault(one, set()).add(who)
    return {one: next(iter(whom)) for one, whom in found.items() if len(whom) == 1}


def _true_of(person, fact, roles):
    what, _space, value = fact.partition(" ")
    recorded = person.person.values
    if what == "role":
        return value in (recorded.get("role"), roles.get(recorded.get("role", ""), ""))
    return recorded.get(what) == value


def test_nobody_is_told_from_fewer_than_k_by_all_files_together(sample, pack, crowd):
    found = attributions(sample, quote_rows(sample, status="chosen"))
    (role,) = [one for one in found.policy.fields if one.key == "role"]
    ladder = {finer: coarser for step in role.ladder for finer, coarser in step.items()}
    (gender,) = [one for one in found.policy.fields if one.key in found.policy.pseudonym_tells]
    people, whose = crowd.people, _whose(sample, crowd)
    names = {one.name: one for one in people.values()}
    roles = {value for value, _count in role.values} | set(ladder.values())
    reader = Stranger(roles, set(names), {crowd.titles[one] for one in crowd.alone}, set(whose))
    files = [path for path in sorted(pack.rglob("*.*")) if FOR_THE_TEAM not in path.parts]
    for path in files:
        reader.read(path)
    assert len(files) > 12
    told = 0
    for things in reader.people().values():
        facts = {fact for fact in reader.told(things) if fact.startswith("role")}
        facts |= {f"{gender.key} {names[one].recorded.get(gender.key, '')}" for one in things if one in names}
        said = {whose[one.removeprefix("words ")] for one in things if one.startswith("words ")}
        assert len(said) == 1, [one for one in things if not one.startswith("words ")]  # a number stands for one person
        sharing = [one for one in people.values() if all(_true_of(one, fact, ladder) for fact in facts)]
        assert people[said.pop()] in sharing
        assert len(sharing) >= found.k, facts
        told += bool(facts)
    assert told > 10


def test_what_names_people_and_documents_lies_apart_and_says_so(pack):
    assert (pack / FOR_THE_TEAM / "quotes-and-places.csv").is_file()
    assert FOR_THE_TEAM in (pack / "CONTENTS.txt").read_text(encoding="utf-8")
    traced = (pack / FOR_THE_TEAM / "quotes-and-places.csv").read_text(encoding="utf-8-sig")
    assert "For the team only" in traced
    assert ",survivor 1,Colleen,INT-1," in traced


def test_every_report_of_a_study_says_the_same_of_the_same_quote(sample):
    def printed(report):
        rows = [quote for _depth, _place, theme in outline(report.sections) for quote in theme.quotes]
        return {(quote.document, quote.start): (quote.attribution, quote.speakers) for quote in rows}

    whole, facts = printed(themes_report(sample, with_agreement=False)), report_facts(sample)
    for row in themes(sample):
        alone = printed(quotes_report(sample, facts, named=[row.name]))
        assert alone.items() <= whole.items()
    every = printed(quotes_report(sample, facts, status="all"))
    assert whole.items() <= every.items()
    assert len(every) > len(whole)
