"""What is counted in a study, filled from its codings: the consensus where there is one, else each stretch once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.analysis.corpus import Corpus, CountedCode, CountedCoder, CountedTheme, Mark, said_of, united
from qcode.ids import RoundId
from qcode.models import Coder, StudyRecord, Theme, ThemeCode
from qcode.models.merging import merged_codes
from qcode.queries.approach import measures_agreement
from qcode.queries.blindness import hidden_codes, hidden_from
from qcode.queries.codebook.tree import tree
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.counting.corpus_texts import Held, Sheets, read_texts
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.consensus import standing
from qcode.queries.disagreements.rows import CaseRow
from qcode.queries.disagreements.rulings import rounds_decided
from qcode.queries.disagreements.sheets import Sheet
from qcode.queries.team import RoundRow, rounds
from qcode.queries.touched import Moment, documents_of, moment_of, rows_since
from qcode.reconciliation import Kept
from qcode.study import Study

_RANKS: Final[Mapping[str, int]] = {"main": 0, "pilot": 1, "recheck": 2}
"""Of a document that was coded in rounds of several purposes the first of these counts; practice never does."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """The marks of one document, out of what they were made, and what was left out of it.

    `settled` is the round whose consensus they are, `unconfirmed` how many codings a search made that nobody confirmed,
    and `others` are the rounds whose codings do not count.
    """

    ground: tuple[Any, ...]
    marks: tuple[Mark, ...]
    settled: str = ""
    unconfirmed: int = 0
    others: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a corpus was made of, so that only what was touched since is read again."""

    moment: Moment
    about: tuple[Any, ...]
    cases: Mapping[str, Cases] = field(default_factory=dict)
    held: Mapping[str, Held] = field(default_factory=dict)
    counted: Mapping[str, _Counted] = field(default_factory=dict)


class _Frame(NamedTuple):
    """What concerns every document: rounds in order, and the (round, document) pairs that are hidden."""

    rounds: Mapping[str, RoundRow]
    hidden: Collection[tuple[str, str]]
    settles: bool
    by_coder: bool


def corpus(study: Study, *, before: Corpus | None = None, by_coder: bool = False) -> Corpus:
    """All that is counted in a study; given one from `before`, what no step touched since is not read again.

    Where a document was reconciled, and the approach knows a consensus, its passages count, with what only one coder
    was asked to code and what later rounds added. Elsewhere the coders' codings count, each stretch once. Re-checks
    and pilots repeat a coding: they count where no main round coded the document, practice never. Codings that a
    search made count when they were confirmed. Each document has one text: of an original and its translations that
    is the original, unless only a translation is coded.

    `by_coder` takes each coder's codings apart, without a consensus.
    """
    known: dict[str, RoundRow] = {row.id: row for row in rounds(study)}
    with study.read() as session:  # never one within another: whoever writes would wait for both, and the inner for it
        now = moment_of(session)
        settles = not by_coder and measures_agreement(_approach(session))
        decided = rounds_decided(session) if settles else {}
        merged, unseen = merged_codes(session), hidden_codes(session, study.coder)
        codes = tuple(_codes(session, unseen))
        themes = tuple(_themes(session, merged, codes))
        frame = _Frame(known, hidden_from(session, study.coder), settles, by_coder)
        coders = tuple(_coders(session))
    about = (
        study.path,
        study.coder,
        by_coder,
        settles,
        tuple(sorted(merged.items())),
        frozenset(one.id for one in codes),
    )
    since = before.kept if before is not None and isinstance(before.kept, _Kept) else None
    if since is not None and since.about != about:
        since = replace(since, counted={})
    cases = _cases(study, [key for key in known if key in decided and known[key].purpose in _RANKS], since)
    with study.read() as session:
        texts = read_texts(study, session, since.held if since is not None else {})
        touched = _touched(session, since, now)
    counted = _counted(study, frame, cases, texts, since, touched)
    chosen = _one_text_each(texts, counted)
    return Corpus(
        tuple(texts.held[key].text for key in chosen),
        {key: counted[key].marks for key in chosen},
        codes,
        themes,
        texts.people_of(chosen),
        coders,
        texts.attributes,
        _said(frame, texts, counted, chosen),
        frozenset(key for key in chosen if counted[key].settled),
        by_coder,
        _Kept(now, about, cases, texts.held, counted),
    )


def looking_of(passages: Iterable[Mark]) -> Looking:
    """What shows the codings behind passages in a list of passages."""
    return Looking(ids=list(dict.fromkeys(coding for mark in passages for coding in mark.codings)), layer=None)


def counted_behind(name: str, passages: Sized) -> str:
    """What a list of the codings behind passages is called: there each coding has its line, here each counts once."""
    return f"{name}: 1 passage" if len(passages) == 1 else f"{name}: {len(passages):,} passages"


def _approach(session: Session) -> str:
    return session.scalars(select(StudyRecord.approach).where(StudyRecord.alive)).one()


def _coders(session: Session) -> Iterator[CountedCoder]:
    for row in session.scalars(select(Coder).order_by(Coder.name)):
        yield CountedCoder(row.id, row.name, row.initials)


def _codes(session: Session, unseen: Collection[str]) -> Iterator[CountedCode]:
    above: dict[tuple[str, ...], str] = {}
    for code, path in tree(session, unseen):
        above[path] = code.id
        yield CountedCode(code.id, code.name, path, code.palette_slot, above.get(path[:-1]), code.kind, code.status)


def _themes(session: Session, merged: Mapping[str, str], codes: Sequence[CountedCode]) -> list[CountedTheme]:
    """The themes depth first, each with the codes of those below it."""
    order = {one.id: number for number, one in enumerate(codes)}
    gathered = _gathered(session, merged, codes)
    rows = {row.id: row for row in session.scalars(select(Theme).where(Theme.alive).order_by(Theme.position, Theme.id))}
    below: dict[str | None, list[str]] = {}
    for row in rows.values():
        below.setdefault(row.parent_id if row.parent_id in rows else None, []).append(row.id)
    out: list[CountedTheme] = []
    reached: set[str] = set()

    def walk(theme: str, parent: str | None, path: tuple[str, ...]) -> set[str]:
        place, path = len(out), (*path, rows[theme].name)
        out.append(CountedTheme(theme, path[-1], path, parent, ()))
        reached.add(theme)
        held = set(gathered.get(theme, ()))
        for one in below.get(theme, ()):
            held |= walk(one, theme, path) if one not in reached else set()
        out[place] = out[place]._replace(codes=tuple(sorted(held, key=lambda code: order[code])))
        return held

    for theme in (*below.get(None, ()), *rows):  # those that stand below each other in a circle come last
        if theme not in reached:
            walk(theme, None, ())
    return out


def _gathered(session: Session, merged: Mapping[str, str], codes: Sequence[CountedCode]) -> dict[str, set[str]]:
    """The codes that each theme gathers; a category stands for those below it, a merged code for what it became."""
    below: dict[str, set[str]] = {one.id: {one.id} for one in codes}
    for one in reversed(codes):
        if one.parent is not None and one.parent in below:
            below[one.parent] |= below[one.id]
    meant = {one.id: below[one.id] if one.kind == "category" else {one.id} for one in codes}
    out: dict[str, set[str]] = {}
    for theme, code in session.execute(select(ThemeCode.theme_id, ThemeCode.code_id).where(ThemeCode.alive)):
        out.setdefault(theme, set()).update(meant.get(merged.get(code, code), ()))
    return out


# Marks -------------------------------------------------------------------------------------------------------------


def _cases(study: Study, decided: Sequence[str], since: _Kept | None) -> dict[str, Cases]:
    """The cases of each round in which something was decided, in the order of the rounds."""
    known = {} if since is None else since.cases
    return {key: Cases.of(study, RoundId(key), before=known.get(key)) for key in decided}


def _counted(
    study: Study,
    frame: _Frame,
    cases: Mapping[str, Cases],
    texts: Sheets,
    since: _Kept | None,
    touched: frozenset[str] | None,
) -> dict[str, _Counted]:
    """The marks of every document: as they were where nothing they are made of changed."""
    held = {} if since is None else since.counted
    grounds = {key: _ground(key, frame, cases, texts) for key in texts.held}
    same = set() if touched is None else {key for key in grounds.keys() & held.keys() if key not in touched}
    kept = {key for key in same if held[key].ground == grounds[key]}
    wanted = [key for key in texts.held if key not in kept]
    found: dict[str, list[CodingRow]] = {key: [] for key in wanted}
    if wanted:
        for row in codings(study, Looking(documents=wanted if kept else None)):
            found[row.document].append(row)
    return {
        key: held[key]
        if key in kept
        else _marks(frame, cases, texts.held[key].text.text, key, found[key], grounds[key])
        for key in texts.held
    }


def _touched(session: Session, since: _Kept | None, now: Moment) -> frozenset[str] | None:
    """The documents that were coded, corrected or assigned since; None if that may be any."""
    rows = None if since is None else rows_since(session, since.moment, now)
    return None if rows is None else documents_of(session, rows)


def _ground(document: str, frame: _Frame, cases: Mapping[str, Cases], texts: Sheets) -> tuple[Any, ...]:
    """What the marks of a document depend on beside its own codings."""
    hidden = frozenset(where for where, what in frame.hidden if what == document)
    sheets = tuple((key, id(one.sheets.get(document))) for key, one in cases.items())
    order = tuple((key, row.purpose) for key, row in frame.rounds.items())
    return texts.held[document].anchor, hidden, sheets, order


def _marks(
    frame: _Frame,
    cases: Mapping[str, Cases],
    text: str,
    document: str,
    rows: Sequence[CodingRow],
    ground: tuple[Any, ...],
) -> _Counted:
    """The marks of one document."""
    confirmed = [row for row in rows if not row.by_search]
    counting = _rounds_that_count(frame, cases, document, {row.round for row in confirmed})
    used = {row.round for row in confirmed if row.round in frame.rounds}
    own = [row for row in confirmed if row.round in counting]
    others = frozenset(used - counting)
    if frame.by_coder:
        apart: dict[str, list[Mark]] = {}
        for row in own:
            apart.setdefault(row.coder_id, []).append(_mark(row))
        each = [mark for marks in apart.values() for mark in united(text, marks)]
        marks = tuple(sorted(each, key=lambda mark: (mark.start, mark.end, mark.code, mark.coders)))
        return _Counted(ground, marks, "", len(rows) - len(confirmed), others)
    settled = next((key for key in reversed(list(cases)) if key in counting and _is_settled(cases[key], document)), "")
    if settled:
        later = set(list(frame.rounds)[list(frame.rounds).index(settled) + 1 :])
        more = [_mark(row) for row in own if row.round in later]
        found = [*_consensus(cases[settled], document, [row for row in own if row.round == settled]), *more]
    else:
        found = [_mark(row) for row in own]
    return _Counted(ground, united(text, found), settled, len(rows) - len(confirmed), others)


def _rounds_that_count(frame: _Frame, cases: Mapping[str, Cases], document: str, coded: set[str]) -> frozenset[str]:
    """The rounds of the first purpose in which a document was coded or settled."""
    coded = coded | {key for key, one in cases.items() if _is_settled(one, document)}
    ranked = {key: _RANKS[frame.rounds[key].purpose] for key in coded if _counts(frame, key)}
    best = min(ranked.values(), default=None)
    return frozenset(key for key, rank in ranked.items() if rank == best)


def _counts(frame: _Frame, round_id: str) -> bool:
    return round_id in frame.rounds and frame.rounds[round_id].purpose in _RANKS


def _is_settled(cases: Cases, document: str) -> bool:
    """Whether something was decided about a document, and nothing is open."""
    sheet = cases.sheets.get(document)
    return sheet is not None and not sheet.counts.open and any(one.settles for one in sheet.decisions)


def _mark(row: CodingRow) -> Mark:
    where = row.document, row.start, row.end, row.code
    of = (row.coder_id,), False, (row.id,)
    return Mark(*where, *of, row.illustrative, row.negative_case)


def _consensus(cases: Cases, document: str, rows: Sequence[CodingRow]) -> Iterator[Mark]:
    """The passages of the consensus, and the codings that nobody else was asked about."""
    sheet: Sheet = cases.sheets[document]
    by_id: dict[str, CodingRow] = {row.id: row for row in rows}
    for case in sheet.rows:
        for kept, _decision in standing(cases, case):
            yield _settled(document, kept, case, by_id)
    yield from (_mark(by_id[one.coding]) for one in sheet.alone if one.coding in by_id)


def _settled(document: str, kept: Kept, case: CaseRow, rows: Mapping[str, CodingRow]) -> Mark:
    """A passage of the consensus, with those whose codings it rests on: of its code, or else any of the case."""
    code, start, end = kept
    there = [span for span in case.spans if span.start < end and start < span.end]
    alike = [span for span in there if span.code == code]
    own = [rows[span.coding] for span in alike if span.coding in rows]
    return Mark(
        document,
        start,
        end,
        code,
        coders=tuple(dict.fromkeys(row.coder_id for row in own)),
        settled=True,
        codings=tuple(span.coding for span in (alike or there or case.spans)),
        illustrative=any(row.illustrative for row in own),
        negative=any(row.negative_case for row in own),
    )


# Which texts, and what is said of them -----------------------------------------------------------------------------


def _one_text_each(texts: Sheets, counted: Mapping[str, _Counted]) -> list[str]:
    """Of an original and its translations the original, unless only a translation is coded."""
    chosen: dict[str, str] = {}
    for key in texts.held:
        first = texts.original(key)
        known = chosen.get(first)
        if known is None or (bool(counted[key].marks), key == first) > (bool(counted[known].marks), known == first):
            chosen[first] = key
    taken = set(chosen.values())
    return [key for key in texts.held if key in taken]


def _said(frame: _Frame, texts: Sheets, counted: Mapping[str, _Counted], chosen: Sequence[str]) -> str:
    """What was counted, in a sentence, and in others what was not."""
    names = {key: texts.held[key].text.name for key in texts.held}
    settled = [key for key in chosen if counted[key].settled]
    coded = [key for key in chosen if counted[key].marks and not counted[key].settled]
    hidden = {document for _round, document in frame.hidden}
    told = [_first(frame, [names[key] for key in settled], len(coded))]
    if blind := [names[key] for key in chosen if key in hidden]:
        told.append(f"Of what is coded blind still, only your own codings: {said_of(blind)}.")
    if left := [names[key] for key in texts.held if key not in set(chosen)]:
        told.append(f"Each text counts in one language; not counted: {said_of(left)}.")
    if others := {key for one in counted.values() for key in one.others}:
        listed = [row.name for key, row in frame.rounds.items() if key in others]
        told.append(f"Where a main round coded a document, other rounds do not count there: {said_of(listed)}.")
    if unconfirmed := sum(counted[key].unconfirmed for key in chosen):
        what = "1 coding" if unconfirmed == 1 else f"{unconfirmed} codings"
        told.append(f"Not counted: {what} that a search made and nobody confirmed.")
    return " ".join(told)


def _first(frame: _Frame, settled: Sequence[str], coded: int) -> str:
    if frame.by_coder:
        return f"Counted: each coder’s own codings in {_documents(coded)}, each coder’s stretches once."
    if not settled:
        return f"Counted: the coders’ own codings, each stretch once, in {_documents(coded)}."
    consensus = f"Counted: the consensus in {_documents(len(settled))} ({said_of(settled)})"
    return f"{consensus}, the coders’ own codings, each stretch once, in {coded}." if coded else f"{consensus}."


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
