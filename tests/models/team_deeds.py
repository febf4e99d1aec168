"""What a team does in its copies of a study, chosen by numbers, as people do it: through the operations."""

from __future__ import annotations

from random import Random

import many_copies
import small
from sqlalchemy import select

from qcode.agreement.plans import Terms
from qcode.errors import QcodeError
from qcode.models import Code, Coder, Coding, Decision, Document, Memo, Quote, Region, Revision, Round, Theme
from qcode.operations import (
    agreement_plans,
    assignments,
    case_codebook,
    codebook,
    coding,
    collecting,
    corrections,
    documents,
    drawing,
    memos,
    merging,
    proposals,
    quotes,
    reconciling,
    redaction,
    regions,
    rounds,
    segments,
    team,
    themes,
)
from qcode.operations.passages import Passage
from qcode.queries.collecting.collected import conflicts, preview, receipts
from qcode.queries.disagreements.cases import Cases
from qcode.queries.history import history
from qcode.queries.quotes.rows import quote_rows
from qcode.reconciliation import fitting
from qcode.text import quote_edits

WORDS = ("sister", "letter", "door", "four")
"""Words of the small study that are redacted, corrected and typed into names."""


def make_team(path):
    """The small study with a third coder and a blind round."""
    made = small.small_study(path)
    with made.study as study:
        team.add_coder(study, name="Cy Fox")
        rounds.add_round(study, name="Blind", blind=True, everyone=True)
        rounds.add_round(study, name="Double")
        rounds.add_round(study, name="Cut", everyone=True, segmented=True)
        rounds.add_round(study, name="Drawn")
        codebook.add_code(study, name=f"The {WORDS[0]}")
        _differ(made, rounds.add_round(study, name="Twice"))


def _differ(made, round_id):
    """Two coders hand in different readings of one document, so that there is something to decide."""
    study, document = made.study, made.documents[1]
    assignments.assign(study, round_id=round_id, documents=[document], coders=[made.lead, made.other])
    for coder, end, codes in ((made.other, 35, ("Fear", "Wear")), (made.lead, 53, ("Fear", "Calling"))):
        study.act_as(coder)
        for code in codes:
            passage = Passage(document, 20, end)
            coding.apply_codes(study, passage=passage, codes=[made.codes[code]], round_id=round_id)
        assignments.hand_in_round(study, round_id=round_id)
    study.act_as(made.lead)


class NothingThereError(QcodeError):
    """There is nothing that the deed could be done to."""


class Team(many_copies.Copies):
    """Copies in which somebody acts: the lead in the first, and colleagues in the others, some of them in two."""

    def __init__(self, place, number):
        super().__init__(place, number, make_team)
        with self[0].read() as session:
            people = session.scalars(select(Coder.id).order_by(Coder.role != "lead", Coder.name)).all()
        for position, study in enumerate(self.studies):
            study.coder = people[position % len(people)]

    def live(self, deeds):
        """Let each copy do what it is told, as far as it may."""
        for who, deed, number in deeds:
            try:
                self.do(who, deed, Random(number))
            except QcodeError:
                continue

    def do(self, who, deed, chance):
        """Do one deed in a copy; refused as people are."""
        study = self[who]
        if deed == "merge":
            self.merge(who, chance.randrange(len(self)))
        elif deed == "look":
            self.look(who, chance.randrange(len(self)))
        elif deed == "take back":
            known = receipts(study)
            collecting.take_back(study, chance.choice(known).id if known else 0)
        else:
            _DEEDS[deed](study, chance)

    def look(self, into, other):
        """See what a merge would bring, and where copies contradict each other: nothing is written for it."""
        study, before = self[into], many_copies.rows_of(self[into])
        if study is not self[other]:
            seen = preview(study, self[other].path)
            assert len({(one.kind, one.row) for one in seen.arrivals}) == len(seen.arrivals)
        conflicts(study)
        history(study)
        assert many_copies.rows_of(study) == before


def _any(study, chance, kind, *those):
    """One of the living rows of a kind."""
    with study.read() as session:
        found = session.scalars(select(kind.id).where(kind.alive, *those).order_by(kind.id)).all()
    if not found:
        raise NothingThereError
    return chance.choice(found)


def _own(study, chance):
    """Some of one's own codings in one round."""
    rounds_ = _any(study, chance, Round)
    with study.read() as session:
        mine = Coding.alive, Coding.coder_id == study.coder, Coding.round_id == rounds_
        found = session.scalars(select(Coding.id).where(*mine).order_by(Coding.id)).all()
    return chance.sample(found, min(len(found), 1 + chance.randrange(2)))


def _passage(study, chance):
    document = _any(study, chance, Document)
    with study.read() as session:
        row = session.get_one(Document, document)
        length = session.get_one(Revision, row.revision_id).length
    start = chance.randrange(length)
    return Passage(document, start, min(length, start + 1 + chance.randrange(40)))


def _edit_quote(study, chance):
    """Grow or shrink a quote, or edit, confirm or shelve it."""
    quote, deed = _any(study, chance, Quote), chance.randrange(4)
    if deed == 0:
        quotes.stretch_quote(study, quote, passage=_passage(study, chance))
    elif deed == 1:
        quotes.confirm_quote(study, quote)
    elif deed == 2:
        quotes.shelve_quotes(study, [quote])
    else:
        words = next((row.text for row in quote_rows(study) if row.id == quote), "")
        places = sorted(chance.randrange(len(words) + 1) for _ in range(4))
        edits = [
            quote_edits.Cut(*places[:2]),
            quote_edits.Replaced(*places[2:], chance.choice(WORDS)),
            quote_edits.Inserted(places[3], "sic"),
        ]
        quotes.edit_quote(study, quote, edits=quote_edits.fitting(words, edits))


def _code(study, chance):
    codes = [_any(study, chance, Code, Code.kind == "codable") for _ in range(1 + chance.randrange(2))]
    coding.apply_codes(study, passage=_passage(study, chance), codes=codes, round_id=_any(study, chance, Round))


def _in_vivo(study, chance):
    with study.grouped():
        code = codebook.add_code(study, name=f"New {chance.randrange(3)}", parent=_any(study, chance, Code))
        coding.apply_codes(study, passage=_passage(study, chance), codes=[code], round_id=_any(study, chance, Round))


def _move_coding(study, chance):
    passage = _passage(study, chance)
    for row in _own(study, chance):
        coding.move_coding(study, row, start=passage.start, end=passage.end)


def _merge_codes(study, chance):
    merging.merge_codes(study, [_any(study, chance, Code)], into=_any(study, chance, Code))


def _hand_in(study, chance):
    assignments.hand_in_round(study, round_id=_any(study, chance, Round), documents=[_any(study, chance, Document)])


def _reopen(study, chance):
    assignments.reopen(
        study,
        round_id=_any(study, chance, Round),
        coder=_any(study, chance, Coder),
        documents=[_any(study, chance, Document)],
        reason=f"A {chance.choice(WORDS)} was missed.",
    )


def _propose(study, chance):
    codebook.add_code(study, name=f"Proposed {chance.randrange(3)}", parent=_any(study, chance, Code))


def _answer(study, chance):
    """Adopt, merge or decline what somebody proposed."""
    code = _any(study, chance, Code, Code.status.in_(["proposed", "declined"]))
    match chance.randrange(3):
        case 0:
            proposals.adopt(study, [code], into=_any(study, chance, Code))
        case 1:
            proposals.merge_into(study, [code], into=_any(study, chance, Code), answer=f"As {chance.choice(WORDS)}.")
        case _:
            proposals.decline(study, [code], answer=f"No {chance.choice(WORDS)}.")


def _done(study, chance):
    document, round_id = _any(study, chance, Document), _any(study, chance, Round)
    assignments.set_done(study, document=document, round_id=round_id, done=chance.random() < 0.7)


def _correct(study, chance):
    document = _any(study, chance, Document)
    with study.read() as session:
        revision = session.get_one(Revision, session.get_one(Document, document).revision_id)
        turns = study.shelf.layout(session, revision.layout_sha256).turns
        text = study.shelf.text(session, revision.text_sha256)
    turn = chance.randrange(len(turns))
    said = text[turns[turn].start : turns[turn].end].split()
    said.insert(chance.randrange(len(said) + 1), chance.choice(WORDS))
    del said[chance.randrange(len(said))]
    corrections.correct_turn(study, document, turn=turn, text=" ".join(said))


def _redact(study, chance):
    redaction.redact(study, forms=[chance.choice(WORDS)], replacement=chance.choice(["[one]", "[two]"]))


def _memo(study, chance):
    about = [memos.Target("coding", one) for one in _own(study, chance)] if chance.random() < 0.5 else []
    memos.write_memo(study, text=f"Of the {chance.choice(WORDS)}.", about=about)


def _edit_memo(study, chance):
    memos.edit_memo(study, _any(study, chance, Memo), text=f"More of the {chance.choice(WORDS)}.")


def _range(study, chance):
    """A range of the current text of a document, with the revision that it is of."""
    passage = _passage(study, chance)
    with study.read() as session:
        revision = session.get_one(Document, passage.document).revision_id
    return {"document": passage.document, "ranges": [(passage.start, passage.end)], "revision": revision}


def _part(study, chance):
    who, where = _any(study, chance, Coder), _any(study, chance, Round)
    regions.assign_parts(study, coder=who, round_id=where, **_range(study, chance))


def _cut(study, chance):
    where = _any(study, chance, Round, Round.segmented)
    by = chance.choice(["turn", "sentences"])
    segments.cut_segments(study, round_id=where, documents=[_any(study, chance, Document)], by=by, sentences=1)


def _draw(study, chance):
    where = _any(study, chance, Round, ~Round.everyone)
    coders = [_any(study, chance, Coder)]
    drawing.draw(study, round_id=where, coders=coders, share=0.5, seed=chance.randrange(3), by="document:kind")


def _decide(study, chance):
    """Decide one of the cases of a round, or many alike."""
    rows = Cases.of(study, _any(study, chance, Round, Round.name.in_(["Twice", "Round 1"]))).rows
    row = chance.choice(rows or [None])
    if row is None:
        raise NothingThereError
    present = [_any(study, chance, Coder)]
    if chance.random() < 0.2:
        reconciling.decide_alike(study, rows, outcome="none", note=f"The {chance.choice(WORDS)}.", present=present)
    else:
        outcome = chance.choice(fitting(row))
        mine = {"coder": chance.choice(row.asked), "code": _any(study, chance, Code), "kept": row.agreed}
        reconciling.decide(study, row, outcome=outcome, note=f"The {chance.choice(WORDS)}.", present=present, **mine)


def _say(study, chance):
    stance = chance.choice(["accepts", "dissents"])
    reconciling.say(study, _any(study, chance, Decision), coder=study.coder, stance=stance, note=chance.choice(WORDS))


def _sharpen(study, chance):
    row = chance.choice([row for row in Cases.of(study).rows if row.codes] or [None])
    if row is None:
        raise NothingThereError
    case_codebook.add_example(study, row, code=chance.choice(row.codes))


def _plan(study, chance):
    where, codes = _any(study, chance, Round), (_any(study, chance, Code),)
    agreement_plans.save_plan(study, where, Terms(codes=codes, threshold=chance.choice([0.6, 0.7, 0.8])))


def _theme(study, chance):
    themes.gather_codes(study, _any(study, chance, Theme), codes=[_any(study, chance, Code)])


_DEEDS = {
    "code": _code,
    "in vivo": _in_vivo,
    "uncode": lambda study, chance: coding.remove_codings(study, _own(study, chance)),
    "comment": lambda study, chance: coding.comment_codings(
        study, _own(study, chance), comment=f"The {chance.choice(WORDS)}?"
    ),
    "recode": lambda study, chance: coding.recode(study, _own(study, chance), code=_any(study, chance, Code)),
    "move coding": _move_coding,
    "hand in": _hand_in,
    "reopen": _reopen,
    "done": _done,
    "propose": _propose,
    "answer": _answer,
    "merge codes": _merge_codes,
    "rename code": lambda study, chance: codebook.rename_code(
        study, _any(study, chance, Code), name=f"{chance.choice(WORDS)} {chance.randrange(3)}"
    ),
    "define code": lambda study, chance: codebook.define_code(
        study, _any(study, chance, Code), definition=codebook.Definition(brief=f"Of a {chance.choice(WORDS)}.")
    ),
    "move code": lambda study, chance: codebook.move_code(
        study, _any(study, chance, Code), parent=_any(study, chance, Code)
    ),
    "delete code": lambda study, chance: codebook.delete_code(study, _any(study, chance, Code)),
    "remove document": lambda study, chance: documents.remove_document(study, _any(study, chance, Document)),
    "correct": _correct,
    "redact": _redact,
    "memo": _memo,
    "edit memo": _edit_memo,
    "decide": _decide,
    "say": _say,
    "example from a case": _sharpen,
    "withdraw": lambda study, chance: reconciling.withdraw(study, _any(study, chance, Decision)),
    "theme": _theme,
    "quote": lambda study, chance: quotes.pick_quote(
        study, _any(study, chance, Theme), passage=_passage(study, chance)
    ),
    "edit a quote": _edit_quote,
    "name in vivo": lambda study, chance: quotes.title_in_vivo(study, _any(study, chance, Quote)),
    "use a quote": lambda study, chance: quotes.use_quote(
        study, _any(study, chance, Quote), paper=chance.choice(WORDS), section=chance.choice(["", "Results"])
    ),
    "part": _part,
    "exclude": lambda study, chance: regions.exclude(study, **_range(study, chance)),
    "drop region": lambda study, chance: regions.drop(study, [_any(study, chance, Region)]),
    "cut": _cut,
    "draw": _draw,
    "plan": _plan,
    "undo": lambda study, chance: study.undo(),
    "redo": lambda study, chance: study.redo(),
}
_OFTEN = ["code", "code", "decide", "undo", "undo", "redo", "merge", "merge", "merge", "take back", "take back"]
DEEDS = [*_DEEDS, *_OFTEN, "merge", "look"]
