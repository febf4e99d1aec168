"""Every operation of the program, done, undone and redone."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from functools import partial

import judged
import pytest
import small
from sqlalchemy import select

import qcode.operations
from qcode.agreement.plans import Terms
from qcode.analysis.guides import Wording
from qcode.models import Code, GuideVersion
from qcode.models.journal import kinds, to_fields
from qcode.operations import (
    agreement_plans,
    alignment,
    anonymity,
    assignments,
    attributes,
    case_codebook,
    cells,
    code_lists,
    code_sets,
    codebook,
    coding,
    collection,
    corrections,
    deidentification,
    documents,
    drafts,
    drawing,
    framework,
    guides,
    memos,
    merging,
    participants,
    proposals,
    quotes,
    reconciling,
    regions,
    reimport,
    rounds,
    saved_queries,
    segments,
    settling,
    sites,
    surveys,
    team,
    theme_map,
    themes,
)
from qcode.operations.passages import Passage
from qcode.queries.collecting.conflicts import troubles
from qcode.queries.integrity import check
from qcode.queries.rounds.regions import regions_of
from qcode.queries.themes.outline import themes as list_themes
from qcode.queries.transcripts.documents import document_text
from qcode.text import blocks, quote_edits
from qcode.text.survey_counts import Count, Item, SurveyCounts

QUOTED = "Three letters and you are out."


def one_quote(made):
    return quotes.pick_quote(made.study, made.theme, passage=made.passage(QUOTED))


def linking(made):
    """Passages that a new summary rests on."""
    subject = framework.Subject("participant", participant(made))
    passages = [made.passage(QUOTED), made.passage("I was afraid.")]
    return partial(framework.link_passages, made.study, made.theme, subject, passages=passages)


def spots(made):
    theme = theme_map.MapSpot("theme", made.theme, 40, -20)
    return [theme, theme_map.MapSpot("code", made.codes["Fear"], -300, 0)]


EDITS = [quote_edits.Cut(0, 14), quote_edits.Replaced(19, 22, "they")]
"""Three letters [and you are out], in which "they" stand for "you" and the letters are left out."""


def edited(made):
    quote = one_quote(made)
    quotes.edit_quote(made.study, quote, edits=EDITS)
    return quote


def changed(made):
    """An edited quote whose transcript was corrected since."""
    quote = edited(made)
    text = "Of the letter. Four letters and you are out. My sister said: go."
    corrections.correct_turn(made.study, made.documents[0], turn=3, text=text)
    return quote


def titled(made):
    """A house style for the name of a theme that an edited quote gives it."""
    quotes.title_in_vivo(made.study, edited(made))
    return "[...]"


def sub_theme(made):
    return themes.add_theme(made.study, name="Steps", parent=made.theme)


def decisions(made):
    theirs = [codebook.CodeEntry((name,), brief="Theirs.") for name in ("Dread", "Steps", "Rain")]
    return [
        code_lists.Decision(theirs[0], "map", made.codes["Fear"], take_definition=True),
        code_lists.Decision(theirs[1], "add"),
        code_lists.Decision(theirs[2], "leave out"),
    ]


def saved_query(made):
    return saved_queries.save_query(made.study, name="Afraid", words="fear near:turn(2) calling")


def counted(some):
    counts = (Count("Residents", some, 20), Count("Police"))
    return SurveyCounts((Item("Was afraid", counts, themes=("boots",)),))


def one_survey(made):
    return surveys.add_survey(made.study, name="Wave 1", counts=counted(4))


def one_set(made):
    return code_sets.add_set(made.study, name="Night", codes=[made.codes["Fear"]])


def one_memo(made):
    return memos.write_memo(made.study, text="# Boots\n\nHelp arrives as noise.\nAgain.\n\n\nAnd leaves.")


def everything(made):
    """One of each thing that a memo can be about."""
    rows = {
        "document": made.documents[0],
        "code": made.codes["Fear"],
        "coding": made.codings[0],
        "participant": participant(made),
        "theme": made.theme,
    }
    things = [memos.Target(kind, row) for kind, row in rows.items()]
    return [memos.Target("study"), memos.Target.at(made.passage(QUOTED)), *things]


def proposed(made):
    with made.study.transact("Propose", args={}) as session:
        session.get_one(Code, made.codes["Fear"]).status = "proposed"
    return [made.codes["Fear"]]


def redefined(made):
    """A code that was defined anew after everything was handed in."""
    judged.disagree(made)
    codebook.define_code(made.study, made.codes["Fear"], definition=codebook.Definition(brief="Sharper."))
    return made.codes["Fear"]


def said(made):
    """A decision that somebody took well."""
    decision = reconciling.decide(made.study, judged.disagree(made)[0], outcome="union", present=[made.other])
    reconciling.say(made.study, decision, coder=made.other, stance="accepts", note="Fine.")
    return decision


def twice(made):
    with made.study.transact("Name twice", args={}) as session:
        session.get_one(Code, made.codes["Fear"]).name = "Calling"
    return next(row.trouble for row in troubles(made.study) if row.kind == "same name")


def older(made):
    """Own codings that were made before their code was defined anew."""
    codebook.define_code(made.study, made.codes["Wear"], definition=codebook.Definition(brief="Sharper."))
    return made.codings[:3]


def corrected(made):
    """Own codings with words inside that were corrected."""
    corrections.correct_turn(made.study, made.documents[0], turn=1, text="I rang hem. They came at once. I was afraid.")
    return made.codings[:1]


def assigned(made):
    """Documents that both coders are to code in a second round."""
    plan = {"round_id": rounds.add_round(made.study, name="Main"), "documents": made.documents}
    assignments.assign(made.study, **plan, coders=[made.lead, made.other])
    return plan | {"coders": [made.other]}


def handed_in(made):
    """The other coder, who has handed everything in."""
    made.study.act_as(made.other)
    assignments.hand_in_round(made.study, round_id=made.round)
    made.study.act_as(made.lead)
    return made.other


def participant(made):
    return documents.add_participant(made.study, pseudonym="Colleen")


def attribute(made, *levels):
    kind = "category" if levels else "text"
    return attributes.add_attribute(made.study, subject="participant", name="Area", kind=kind, levels=levels)


def level(made):
    area = attribute(made, "Mill Row", "Upriver")
    return attributes.add_level(made.study, area, name="Larkmoor")


def described(made):
    """An attribute of which something is recorded."""
    area, who = attribute(made), participant(made)
    cells.write_cells(made.study, "participant", blocks.Block((blocks.CellEntry(who, area, "12"),)))
    return area


def block(made):
    """Cells of somebody known and somebody new, in columns that are known and new."""
    age, new = blocks.NewColumn("Age", "number"), blocks.NewRow("Shay")
    who, area = participant(made), attribute(made, "Upriver")
    entries = [(who, area, "Upriver"), (who, age.id, "41"), (new.id, age.id, "unknown"), (new.id, "role", "medic")]
    return blocks.Block(tuple(blocks.CellEntry(*entry) for entry in entries), (new,), (age,))


def site(made):
    return sites.add_site(made.study, name="Mill Row", kind="community")


def placed_site(made):
    """A site that a document and a participant come from."""
    found, who = site(made), participant(made)
    cells.write_cells(made.study, "participant", blocks.Block((blocks.CellEntry(who, "site", "Mill Row"),)))
    place = blocks.CellEntry(made.documents[0], "site", "mill row")
    cells.write_cells(made.study, "document", blocks.Block((place,)))
    return found


def speaker(made):
    return documents.speaker_named(made.study, made.documents[0], "P")


GUIDE = [Wording("1", "What happened?"), Wording("2", "What were you afraid of?")]


def one_guide(made):
    return guides.add_guide(made.study, name="Residents", questions=GUIDE)


def asked(made, guide):
    """The questions of a guide as its first version has them."""
    with made.study.read() as session:
        version = session.scalar(select(GuideVersion).where(GuideVersion.guide_id == guide))
        return [guides.Asked(number, text, question) for question, number, text in version.questions]


def attached(made):
    """Marks of the first question in two turns."""
    guide = one_guide(made)
    first = asked(made, guide)[0].question
    wanted = [guides.Attachment(made.documents[0], at, first) for at in (0, 92)]
    return guides.attach_questions(made.study, wanted)


def revision_of(made):
    guide = one_guide(made)
    _first, second = asked(made, guide)
    wanted = [guides.Asked("2", "What frightened you?", second.question), guides.Asked("3", "Who came?")]
    return partial(guides.revise_guide, made.study, guide, questions=wanted, note="1 is known by now")


def attaching(made):
    _first, second = asked(made, one_guide(made))
    wanted = [guides.Attachment(made.documents[0], 0, second.question), guides.Attachment(made.documents[1], 30)]
    return partial(guides.attach_questions, made.study, wanted)


def removal_of_a_guide(made):
    guide = one_guide(made)
    wanted = [guides.Attachment(made.documents[0], 0, asked(made, guide)[0].question)]
    guides.attach_questions(made.study, wanted)
    return partial(guides.remove_guide, made.study, guide)


def incoming(name):
    return documents.Incoming(name, small.transcript(small.SECOND))


def translated(made, *, aligned=True):
    """A translation of the first document, whose turns are linked."""
    found = documents.import_document(made.study, documents.Incoming("INT-1 en", small.transcript(small.FIRST)))
    alignment.set_original(made.study, found, original=made.documents[0])
    if aligned:
        alignment.align_turns(made.study, found)
    return found


ENTRIES = [
    codebook.CodeEntry(("Scene",), kind="category"),
    codebook.CodeEntry(("Scene", "Fear"), brief="Sharper."),
    codebook.CodeEntry(("Scene", "Waking"), colour=3),
]


def whole(made):
    """A document with its revision and the ranges of its first two turns."""
    text = document_text(made.study, made.documents[0])
    ranges = [(turn.start, turn.end) for turn in text.turns[:2]]
    return {"document": text.id, "revision": text.revision, "ranges": ranges}


def cut(made):
    """The segments of a document in a round that hands them out."""
    round_id = rounds.add_round(made.study, name="Cut", segmented=True)
    segments.cut_segments(made.study, round_id=round_id, documents=made.documents)
    return [row.id for row in regions_of(made.study, made.documents[0], round_id).segments]


def cutting(made):
    round_id = rounds.add_round(made.study, name="Cut", segmented=True)
    return partial(segments.cut_segments, made.study, round_id=round_id, documents=made.documents, by="sentences")


def drawn(made):
    round_id = rounds.add_round(made.study, name="Twice")
    return partial(drawing.draw, made.study, round_id=round_id, coders=[made.lead, made.other], share=0.5, seed=3)


# Each example prepares what it needs and returns the deed to be done, undone and redone.
EXAMPLES = {
    "team.describe_study": lambda m: partial(team.describe_study, m.study, title="New", question="Why?"),
    "team.add_coder": lambda m: partial(team.add_coder, m.study, name="Cy Ng"),
    "team.rename_coder": lambda m: partial(team.rename_coder, m.study, m.other, name="Bo Ekman", initials="BEK"),
    "team.set_role": lambda m: partial(team.set_role, m.study, m.other, role="lead"),
    "rounds.add_round": lambda m: partial(rounds.add_round, m.study, name="Main", blind=True, segmented=True),
    "rounds.change_round": lambda m: partial(
        rounds.change_round, m.study, m.round, name="Pilot", purpose="pilot", blind=True, everyone=False
    ),
    "rounds.remove_round": lambda m: partial(rounds.remove_round, m.study, assigned(m)["round_id"]),
    "assignments.assign": lambda m: partial(
        assignments.assign, m.study, round_id=m.round, documents=m.documents, coders=[m.lead, m.other]
    ),
    "assignments.unassign": lambda m: partial(assignments.unassign, m.study, **assigned(m)),
    "assignments.reopen": lambda m: partial(
        assignments.reopen, m.study, round_id=m.round, coder=handed_in(m), documents=m.documents, reason="Page 2."
    ),
    "assignments.set_done": lambda m: partial(
        assignments.set_done, m.study, document=m.documents[0], round_id=m.round, done=True
    ),
    "agreement_plans.save_plan": lambda m: partial(
        agreement_plans.save_plan, m.study, m.round, Terms(codes=(m.codes["Fear"],), share=0.2)
    ),
    "anonymity.set_template": lambda m: partial(anonymity.set_template, m.study, template="[{role} #{n}]"),
    "anonymity.set_k": lambda m: partial(anonymity.set_k, m.study, k=7),
    "anonymity.set_worth": lambda m: partial(anonymity.set_worth, m.study, worth=["role", "group"]),
    "anonymity.set_ladder": lambda m: partial(
        anonymity.set_ladder, m.study, "role", steps=[{"deputy": "responder", "medic": "responder"}]
    ),
    "anonymity.set_disclosed": lambda m: partial(anonymity.set_disclosed, m.study, pseudonyms=["group"], ids=[0]),
    "anonymity.set_covering": lambda m: partial(anonymity.set_covering, m.study, covering=True),
    "anonymity.allow_exception": lambda m: partial(
        anonymity.allow_exception, m.study, reason="They agreed in writing.", about="role", value="Director"
    ),
    "anonymity.lift_exception": lambda m: partial(
        anonymity.lift_exception, m.study, anonymity.allow_exception(m.study, reason="They agreed.")
    ),
    "drawing.draw": drawn,
    "regions.assign_parts": lambda m: partial(
        regions.assign_parts, m.study, round_id=m.round, coder=m.other, **whole(m)
    ),
    "regions.exclude": lambda m: partial(regions.exclude, m.study, **whole(m)),
    "regions.drop": lambda m: partial(regions.drop, m.study, regions.exclude(m.study, **whole(m))),
    "saved_queries.save_query": lambda m: partial(saved_query, m),
    "saved_queries.change_query": lambda m: partial(
        saved_queries.change_query, m.study, saved_query(m), name="Steps", words="calling"
    ),
    "saved_queries.remove_query": lambda m: partial(saved_queries.remove_query, m.study, saved_query(m)),
    "surveys.add_survey": lambda m: partial(one_survey, m),
    "surveys.replace_counts": lambda m: partial(surveys.replace_counts, m.study, one_survey(m), counts=counted(5)),
    "surveys.rename_survey": lambda m: partial(surveys.rename_survey, m.study, one_survey(m), name="Wave 2"),
    "surveys.remove_survey": lambda m: partial(surveys.remove_survey, m.study, one_survey(m)),
    "surveys.put_beside": lambda m: partial(
        surveys.put_beside, m.study, one_survey(m), item="Was afraid", theme=sub_theme(m)
    ),
    "surveys.take_from_beside": lambda m: partial(
        surveys.take_from_beside, m.study, one_survey(m), item="was  Afraid", theme=m.theme
    ),
    "segments.cut_segments": cutting,
    "segments.put_segments": lambda m: partial(
        segments.put_segments,
        m.study,
        round_id=rounds.add_round(m.study, name="Cut", segmented=True),
        **whole(m),
    ),
    "segments.join_segments": lambda m: partial(segments.join_segments, m.study, cut(m)[:2]),
    "segments.split_segment": lambda m: partial(segments.split_segment, m.study, cut(m)[1], at=38),
    "deidentification.mark_checked": lambda m: partial(deidentification.mark_checked, m.study, m.documents),
    "deidentification.review_document": lambda m: partial(deidentification.review_document, m.study, m.documents[0]),
    "deidentification.reopen_review": lambda m: partial(
        deidentification.reopen_review,
        m.study,
        deidentification.review_document(m.study, m.documents[0]) and m.documents[0],
    ),
    "documents.import_document": lambda m: partial(documents.import_document, m.study, incoming("FG-2")),
    "documents.import_documents": lambda m: partial(
        documents.import_documents, m.study, [incoming("FG-2"), incoming("FG-3")]
    ),
    "documents.rename_document": lambda m: partial(documents.rename_document, m.study, m.documents[0], name="INT-9"),
    "documents.describe_document": lambda m: partial(
        documents.describe_document, m.study, m.documents[0], kind="field notes", group="Responders"
    ),
    "documents.remove_document": lambda m: partial(documents.remove_document, m.study, m.documents[0]),
    "documents.add_participant": lambda m: partial(documents.add_participant, m.study, pseudonym="Colleen"),
    "documents.describe_participant": lambda m: partial(
        documents.describe_participant, m.study, participant(m), role="medic", group="Responders"
    ),
    "documents.describe_speaker": lambda m: partial(
        documents.describe_speaker, m.study, speaker(m), role="other", participant=participant(m)
    ),
    "documents.link_participant": lambda m: partial(
        documents.link_participant, m.study, m.documents[0], participant=participant(m)
    ),
    "corrections.correct_turn": lambda m: partial(
        corrections.correct_turn, m.study, m.documents[0], turn=3, text="Of the letter. Four letters and you are out."
    ),
    "corrections.correct_speaker": lambda m: partial(
        corrections.correct_speaker, m.study, m.documents[1], turns=[2], label="Deputy"
    ),
    "corrections.rename_speaker": lambda m: partial(
        corrections.rename_speaker, m.study, m.documents[0], speaker=speaker(m), label="Tenant"
    ),
    "reimport.replace_text": lambda m: partial(reimport.replace_text, m.study, m.documents[0], incoming("INT-1")),
    "alignment.set_original": lambda m: partial(
        alignment.set_original, m.study, m.documents[1], original=m.documents[0]
    ),
    "alignment.align_turns": lambda m: partial(alignment.align_turns, m.study, translated(m, aligned=False)),
    "alignment.link_turns": lambda m: partial(
        alignment.link_turns, m.study, translated(m), translation=[1], original=[2, 3]
    ),
    "alignment.unlink_turns": lambda m: partial(alignment.unlink_turns, m.study, translated(m), original=[2]),
    "alignment.shift_turns": lambda m: partial(
        alignment.shift_turns, m.study, translated(m), language="original", turn=1, by=1
    ),
    "alignment.unalign": lambda m: partial(alignment.unalign, m.study, translated(m)),
    "guides.add_guide": lambda m: partial(one_guide, m),
    "guides.describe_guide": lambda m: partial(
        guides.describe_guide, m.study, one_guide(m), name="All", group="Police"
    ),
    "guides.revise_guide": revision_of,
    "guides.remove_guide": removal_of_a_guide,
    "guides.attach_questions": attaching,
    "guides.detach_questions": lambda m: partial(guides.detach_questions, m.study, attached(m)),
    "participants.rename_participant": lambda m: partial(
        participants.rename_participant, m.study, participant(m), pseudonym="Shay"
    ),
    "participants.remove_participant": lambda m: partial(participants.remove_participant, m.study, participant(m)),
    "participants.assign_speakers": lambda m: partial(
        participants.assign_speakers,
        m.study,
        {documents.speaker_named(m.study, m.documents[1], name): participant(m) for name in ("Deputy",)},
    ),
    "participants.participants_from_speakers": lambda m: partial(
        participants.participants_from_speakers,
        m.study,
        [documents.speaker_named(m.study, m.documents[1], name) for name in ("Deputy", "Medic", "Moderator")],
    ),
    "attributes.add_attribute": lambda m: partial(
        attributes.add_attribute, m.study, subject="site", name="Size", kind="category", levels=["small", "large"]
    ),
    "attributes.describe_attribute": lambda m: partial(
        attributes.describe_attribute, m.study, described(m), name="Age", kind="number", group=""
    ),
    "attributes.move_attribute": lambda m: partial(
        attributes.move_attribute,
        m.study,
        attributes.add_attribute(m.study, subject="participant", name="Age", kind="number") and attribute(m),
        after=None,
    ),
    "attributes.remove_attribute": lambda m: partial(attributes.remove_attribute, m.study, described(m)),
    "attributes.add_level": lambda m: partial(attributes.add_level, m.study, attribute(m, "Upriver"), name="Larkmoor"),
    "attributes.rename_level": lambda m: partial(attributes.rename_level, m.study, level(m), name="Town"),
    "attributes.move_level": lambda m: partial(attributes.move_level, m.study, level(m), after=None),
    "attributes.remove_level": lambda m: partial(attributes.remove_level, m.study, level(m)),
    "cells.write_cells": lambda m: partial(cells.write_cells, m.study, "participant", block(m)),
    "sites.add_site": lambda m: partial(sites.add_site, m.study, name="Mill Row", kind="community"),
    "sites.describe_site": lambda m: partial(sites.describe_site, m.study, site(m), name="Mill Road", kind=""),
    "sites.remove_site": lambda m: partial(sites.remove_site, m.study, placed_site(m)),
    "collection.move_document": lambda m: partial(
        collection.move_document, m.study, m.documents[0], after=m.documents[1]
    ),
    "codebook.add_code": lambda m: partial(codebook.add_code, m.study, name="New", parent=m.codes["Scene"]),
    "codebook.rename_code": lambda m: partial(codebook.rename_code, m.study, m.codes["Fear"], name="Dread"),
    "codebook.colour_code": lambda m: partial(codebook.colour_code, m.study, m.codes["Fear"], palette_slot=7),
    "codebook.define_code": lambda m: partial(
        codebook.define_code,
        m.study,
        m.codes["Fear"],
        definition=codebook.Definition(brief="Being afraid."),
        reason="was empty",
    ),
    "codebook.move_code": lambda m: partial(codebook.move_code, m.study, m.codes["Wear"], parent=m.codes["Scene"]),
    "codebook.set_kind": lambda m: partial(codebook.set_kind, m.study, m.codes["Scene"], kind="codable"),
    "codebook.retire_code": lambda m: partial(codebook.retire_code, m.study, m.codes["Fear"]),
    "codebook.delete_code": lambda m: partial(codebook.delete_code, m.study, m.codes["Scene"]),
    "codebook.import_codebook": lambda m: partial(codebook.import_codebook, m.study, ENTRIES),
    "proposals.adopt": lambda m: partial(
        proposals.adopt, m.study, proposed(m), into=m.codes["Wear"], name="Dread", answer="Good."
    ),
    "proposals.merge_into": lambda m: partial(proposals.merge_into, m.study, proposed(m), into=m.codes["Calling"]),
    "proposals.decline": lambda m: partial(proposals.decline, m.study, proposed(m), answer="That is Wear."),
    "case_codebook.sharpen": lambda m: partial(
        case_codebook.sharpen,
        m.study,
        judged.disagree(m)[0],
        code=m.codes["Fear"],
        definition=codebook.Definition(brief="Being afraid, said in words."),
        reason="Two of us took it for worry.",
    ),
    "case_codebook.add_example": lambda m: partial(
        case_codebook.add_example, m.study, judged.disagree(m)[0], code=m.codes["Fear"], which="near miss"
    ),
    "case_codebook.merge_from": lambda m: partial(
        case_codebook.merge_from,
        m.study,
        judged.disagree(m)[1],
        [m.codes["Calling"]],
        into=m.codes["Wear"],
        reason="One.",
    ),
    "case_codebook.split_from": lambda m: partial(
        case_codebook.split_from, m.study, judged.disagree(m)[0], m.codes["Fear"], names=["Dread", "Worry"]
    ),
    "case_codebook.recheck_round": lambda m: partial(
        case_codebook.recheck_round, m.study, redefined(m), name="Fear again"
    ),
    "reconciling.decide": lambda m: partial(
        reconciling.decide, m.study, judged.disagree(m)[0], outcome="union", reason="slip", note="n", present=[m.other]
    ),
    "reconciling.decide_alike": lambda m: partial(
        reconciling.decide_alike, m.study, judged.disagree(m), outcome="none", reason="genuine ambiguity"
    ),
    "reconciling.accept_unanimous": lambda m: partial(reconciling.accept_unanimous, m.study, judged.disagree(m)),
    "reconciling.withdraw": lambda m: partial(reconciling.withdraw, m.study, said(m)),
    "reconciling.say": lambda m: partial(reconciling.say, m.study, said(m), coder=m.other, stance="dissents"),
    "settling.settle": lambda m: partial(settling.settle, m.study, twice(m), side=0),
    "merging.merge_codes": lambda m: partial(
        merging.merge_codes, m.study, [m.codes["Calling"], m.codes["Scene"]], into=m.codes["Fear"]
    ),
    "merging.split_code": lambda m: partial(merging.split_code, m.study, m.codes["Fear"], names=["Dread", "Worry"]),
    "code_lists.merge_codebook": lambda m: partial(code_lists.merge_codebook, m.study, decisions(m)),
    "code_sets.add_set": lambda m: partial(code_sets.add_set, m.study, name="Night", codes=[m.codes["Fear"]]),
    "code_sets.make_exclusive": lambda m: partial(code_sets.make_exclusive, m.study, one_set(m), exclusive=True),
    "code_sets.rename_set": lambda m: partial(code_sets.rename_set, m.study, one_set(m), name="Day"),
    "code_sets.move_set": lambda m: partial(
        code_sets.move_set, m.study, one_set(m), after=code_sets.add_set(m.study, name="Day")
    ),
    "code_sets.remove_set": lambda m: partial(code_sets.remove_set, m.study, one_set(m)),
    "code_sets.put_in_set": lambda m: partial(
        code_sets.put_in_set, m.study, one_set(m), codes=[m.codes["Wear"], m.codes["Calling"]]
    ),
    "code_sets.take_from_set": lambda m: partial(code_sets.take_from_set, m.study, one_set(m), codes=[m.codes["Fear"]]),
    "coding.apply_codes": lambda m: partial(m.apply, QUOTED, "Fear", "Wear", comment="both"),
    "coding.add_codings": lambda m: partial(
        coding.add_codings,
        m.study,
        round_id=m.round,
        marks=[coding.Mark(m.passage(QUOTED), m.codes["Fear"], m.other)],
    ),
    "coding.code_hits": lambda m: partial(
        coding.code_hits,
        m.study,
        passages=[m.passage(QUOTED), m.passage("I rang them.")],
        code=m.codes["Fear"],
        round_id=m.round,
    ),
    "coding.confirm_codings": lambda m: partial(
        coding.confirm_codings,
        m.study,
        coding.code_hits(m.study, passages=[m.passage(QUOTED)], code=m.codes["Fear"], round_id=m.round),
    ),
    "coding.remove_codings": lambda m: partial(coding.remove_codings, m.study, m.codings[:2]),
    "coding.comment_coding": lambda m: partial(coding.comment_coding, m.study, m.codings[0], comment="at last"),
    "coding.comment_codings": lambda m: partial(coding.comment_codings, m.study, m.codings[:2], comment="both of them"),
    "coding.doubt_codings": lambda m: partial(coding.doubt_codings, m.study, m.codings[:1], unsure=True),
    "coding.weigh_codings": lambda m: partial(coding.weigh_codings, m.study, m.codings[:2], weight=70),
    "coding.flag_codings": lambda m: partial(coding.flag_codings, m.study, m.codings[:2], illustrative=True),
    "coding.recode": lambda m: partial(coding.recode, m.study, m.codings[:1], code=m.codes["Wear"]),
    "coding.move_coding": lambda m: partial(coding.move_coding, m.study, m.codings[0], start=0, end=38),
    "memos.write_memo": lambda m: partial(
        memos.write_memo, m.study, title="Boots", text="They *arrive*.", about=everything(m)
    ),
    "memos.edit_memo": lambda m: partial(memos.edit_memo, m.study, one_memo(m), title="Doors", kind="reflexive"),
    "memos.move_memo": lambda m: partial(memos.move_memo, m.study, one_memo(m), after=one_memo(m)),
    "memos.link_memo": lambda m: partial(memos.link_memo, m.study, one_memo(m), about=everything(m)),
    "memos.unlink_memo": lambda m: partial(
        memos.unlink_memo, m.study, memo := one_memo(m), links=memos.link_memo(m.study, memo, about=everything(m))[2:]
    ),
    "memos.remove_memo": lambda m: partial(memos.remove_memo, m.study, one_memo(m)),
    "drafts.keep_draft": lambda m: partial(
        drafts.keep_draft, m.study, drafts.Draft(one_memo(m), "w", "Doors", "", drafts.print_of("", ""))
    ),
    "memos.memo_as_document": lambda m: partial(memos.memo_as_document, m.study, one_memo(m)),
    "coding.split_coding": lambda m: partial(coding.split_coding, m.study, m.codings[0], at=32),
    "coding.join_codings": lambda m: partial(
        coding.join_codings, m.study, [m.codings[0], *m.apply("😀 They came at once", "Calling")]
    ),
    "coding.confirm_definition": lambda m: partial(coding.confirm_definition, m.study, older(m)),
    "coding.confirm_words": lambda m: partial(coding.confirm_words, m.study, corrected(m)),
    "themes.add_theme": lambda m: partial(themes.add_theme, m.study, name="Steps", parent=m.theme),
    "themes.describe_theme": lambda m: partial(themes.describe_theme, m.study, m.theme, name="Noise", concept="It is."),
    "themes.move_theme": lambda m: partial(themes.move_theme, m.study, sub_theme(m), parent=None),
    "themes.delete_theme": lambda m: partial(themes.delete_theme, m.study, one_quote(m) and m.theme),
    "themes.gather_codes": lambda m: partial(themes.gather_codes, m.study, m.theme, codes=[m.codes["Wear"]]),
    "framework.summarise": lambda m: partial(
        framework.summarise, m.study, m.theme, framework.Subject("document", m.documents[0]), words="Noise, then dread."
    ),
    "framework.link_passages": linking,
    "framework.unlink_passages": lambda m: partial(framework.unlink_passages, m.study, linking(m)()),
    "theme_map.place_on_map": lambda m: partial(theme_map.place_on_map, m.study, spots(m)),
    "theme_map.lay_out_anew": lambda m: partial(
        theme_map.lay_out_anew, theme_map.place_on_map(m.study, spots(m)) or m.study
    ),
    "themes.move_codes": lambda m: partial(
        themes.move_codes, m.study, [m.codes["Fear"]], source=m.theme, target=sub_theme(m)
    ),
    "themes.release_codes": lambda m: partial(themes.release_codes, m.study, m.theme, codes=[m.codes["Fear"]]),
    "quotes.pick_quote": lambda m: partial(one_quote, m),
    "quotes.pick_quotes": lambda m: partial(
        quotes.pick_quotes, m.study, m.theme, passages=[m.passage(QUOTED), m.passage("I rang them.")]
    ),
    "quotes.describe_quote": lambda m: partial(
        quotes.describe_quote, m.study, one_quote(m), stance="dissents", attribution="a tenant"
    ),
    "quotes.move_quote": lambda m: partial(quotes.move_quote, m.study, one_quote(m), theme=sub_theme(m)),
    "quotes.drop_quotes": lambda m: partial(quotes.drop_quotes, m.study, [one_quote(m)]),
    "quotes.shortlist_quotes": lambda m: partial(
        quotes.shortlist_quotes, m.study, m.theme, passages=[m.passage(QUOTED), m.passage("I rang them.")]
    ),
    "quotes.choose_quotes": lambda m: partial(
        quotes.choose_quotes, m.study, quotes.shortlist_quotes(m.study, m.theme, passages=[m.passage(QUOTED)])
    ),
    "quotes.shelve_quotes": lambda m: partial(quotes.shelve_quotes, m.study, [one_quote(m)]),
    "quotes.edit_quote": lambda m: partial(quotes.edit_quote, m.study, one_quote(m), edits=EDITS),
    "quotes.stretch_quote": lambda m: partial(
        quotes.stretch_quote, m.study, edited(m), passage=m.passage(f"Of the letter. {QUOTED}")
    ),
    "quotes.confirm_quote": lambda m: partial(quotes.confirm_quote, m.study, changed(m)),
    "quotes.show_language": lambda m: partial(quotes.show_language, m.study, one_quote(m), language="both"),
    "quotes.narrow_other": lambda m: partial(
        quotes.narrow_other,
        m.study,
        one_quote(m),
        passage=Passage(translated(m), 0, 20),
    ),
    "quotes.title_in_vivo": lambda m: partial(quotes.title_in_vivo, m.study, edited(m)),
    "quotes.set_ellipsis": lambda m: partial(quotes.set_ellipsis, m.study, titled(m)),
    "quotes.use_quote": lambda m: partial(quotes.use_quote, m.study, one_quote(m), paper="BMJ", section="Results"),
    "quotes.unuse_quotes": lambda m: partial(
        quotes.unuse_quotes, m.study, [quotes.use_quote(m.study, one_quote(m), paper="BMJ")]
    ),
}
GROUPED = {"memos.memo_as_document"}
READING = {
    "alignment.prepare",
    "codebook.check_new_code",
    "documents.speaker_named",
    "drafts.left_drafts",
    "redaction_copies.copies_of",
}
LOCAL = {"drafts.put_draft", "drafts.erase_draft"}
COLLECTING = {f"collecting.{name}" for name in ("merge", "hand_in", "collect", "hand_out", "take_back")}
"""These write no step: what they do is told, and taken back, by receipts."""
FINAL = {"assignments.hand_in_round", "redaction.redact", "redaction.redact_here", "redaction_copies.redact_copies"}


def operations():
    """Every public function of the operations that takes a study first."""
    for module in pkgutil.iter_modules(qcode.operations.__path__):
        loaded = importlib.import_module(f"qcode.operations.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            first = next(iter(inspect.signature(function).parameters), "")
            if first == "study" and not name.startswith("_") and function.__module__ == loaded.__name__:
                yield f"{module.name}.{name}"


def seen(study):
    """Everything that is alive, without the history it stands on."""
    with study.read() as session:
        rows = {
            row["id"]: to_fields(kind, dict(row))
            for kind in kinds().values()
            for row in session.connection().execute(select(kind.__table__)).mappings()
        }
    return {row: fields for row, fields in rows.items() if fields["alive"]}


@pytest.fixture
def made(tmp_path):
    study = small.small_study(tmp_path / "small.qcode")
    yield study
    study.study.close()


def test_every_operation_has_an_example_and_every_example_an_operation():
    assert set(operations()) - READING - LOCAL - COLLECTING - FINAL == set(EXAMPLES)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_operation_is_one_step_that_undo_takes_back_and_redo_does_again(made, name):
    deed = EXAMPLES[name](made)
    before, steps = seen(made.study), []
    made.study.subscribe(steps.append)
    deed()
    after = seen(made.study)
    assert after != before
    assert [step.origin for step in steps] == ["done"] * (2 if name in GROUPED else 1)
    made.study.undo()
    assert seen(made.study) == before
    made.study.redo()
    assert seen(made.study) == after
    assert check(made.study).problems == ()


def test_a_theme_is_undone_with_its_quotes(made):
    one_quote(made)
    themes.delete_theme(made.study, made.theme)
    assert list_themes(made.study) == []
    made.study.undo()
    assert len(list_themes(made.study)[0].quotes) == 1
