"""Memos: the list of them, what each is about, and which are about a thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from qcode.ids import CodeId, CoderId, DocumentId, MemoId, MemoLinkId
from qcode.models import Code, Coder, Coding, Document, Memo, MemoLink, Participant, StudyRecord, Theme
from qcode.models.alike import spare
from qcode.models.journal import Step
from qcode.models.merging import merged_codes, with_merged
from qcode.models.positions import Positions
from qcode.queries.blindness import hidden_from, hidden_memos, veil_of
from qcode.queries.codebook.tree import paths
from qcode.queries.transcripts.sources import sources
from qcode.study import Place, Study
from qcode.text.fuzzy import fold

_LONGEST_LABEL = 120
HIDDEN = "A colleague’s coding, hidden until you hand in your own"


@dataclass(frozen=True, slots=True)
class MemoLinkRow:
    """One thing that a memo is about.

    `kind` is "study", "document", "passage", "code", "coding", "participant" or "theme" and `target` its id, which a
    passage has none of; `label` is what it is called now, or the words of a passage. `gone` says that it was removed
    from the study.
    """

    id: MemoLinkId
    kind: str
    target: str
    label: str
    document: str
    place: Place | None
    gone: bool


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo with its Markdown text; `changed` is the ISO date and time, in UTC, at which it was written last."""

    id: MemoId
    title: str
    text: str
    kind: str
    author: CoderId
    author_name: str
    mine: bool
    changed: str
    links: tuple[MemoLinkRow, ...]


@dataclass(frozen=True, slots=True)
class MemoLooking:
    """Which memos to show: None stands for all.

    All `words` must be in the title, the text, or the name of what it is about, whatever their case and accents.
    `links` are kinds of things that a memo is about, where "nothing" is one, and `kinds` are kinds of memos. `since`
    is an ISO date and time, in UTC, from which on the memo was written last.
    """

    words: str = ""
    kinds: Collection[str] | None = None
    links: Collection[str] | None = None
    authors: Collection[str] | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class MemoMark:
    """Where in a text a memo is about a passage or a coding: what a margin shows."""

    memo: MemoId
    title: str
    place: Place
    mine: bool


def memos(study: Study, looking: MemoLooking | None = None) -> list[MemoRow]:
    """The memos that are asked for, in their order, as far as the acting coder may see them.

    While a round is blind, colleagues' memos about what is coded in it stay hidden (`queries.blindness.veil_of`).
    """
    wanted = looking or MemoLooking()
    with study.read() as session:
        chosen = select(Memo).where(Memo.alive)
        for column, among in ((Memo.kind, wanted.kinds), (Memo.author_id, wanted.authors)):
            if among is not None:
                chosen = chosen.where(column.in_(list(among)))
        rows = _rows(study, session, list(session.scalars(chosen.order_by(Memo.position, Memo.id))))
    rows = [row for row in rows if wanted.links is None or _links_to(row, wanted.links)]
    rows = [row for row in rows if wanted.since is None or row.changed >= wanted.since]
    return [row for row in rows if _says(row, wanted.words)]


def memos_about(study: Study, kind: str, target: str = "", *, within: bool = False) -> list[MemoRow]:
    """The memos about one thing; those about a document can include its passages and codings.

    A memo about a merged code is about the code it stands for, one about a coding also about those that are alike.
    """
    with study.read() as session:
        links = select(MemoLink.memo_id).where(MemoLink.alive, *_about(session, kind, target, within=within))
        rows = session.scalars(select(Memo).where(Memo.alive, Memo.id.in_(links)).order_by(Memo.position, Memo.id))
        return _rows(study, session, list(rows))


def memo_marks(study: Study, document: DocumentId) -> list[MemoMark]:
    """Where in a document's current text memos are about passages and codings, in text order."""
    found = [
        MemoMark(memo.id, memo.title, link.place, memo.mine)
        for memo in memos_about(study, "document", document, within=True)
        for link in memo.links
        if link.place is not None and link.place.document == document and not link.gone
    ]
    return sorted(found, key=lambda mark: (mark.place.start, mark.place.end, mark.title))


def memos_at(study: Study, place: Place) -> list[MemoRow]:
    """The memos about a passage or a coding that shares a character with a place of the current text, or holds it."""
    marks = {mark.memo for mark in memo_marks(study, place.document) if _meet(mark.place, place)}
    return [row for row in memos_about(study, "document", place.document, within=True) if row.id in marks]


def memo_counts(study: Study, kind: str) -> Counter[str]:
    """How many memos that may be seen are about each thing of a kind, by its id; those of merged codes count together.

    Documents count the memos about their passages and codings, too.
    """
    column = _TARGETS[kind]
    of_kind = true() if kind == "document" else MemoLink.kind == kind
    with study.read() as session:
        merged, hidden = merged_codes(session) | spare(session), hidden_memos(session, study.coder)
        links = select(column, MemoLink.memo_id).join(Memo, Memo.id == MemoLink.memo_id)
        links = links.where(MemoLink.alive, Memo.alive, of_kind, column.is_not(None)).distinct()
        found = {(merged.get(thing, thing), memo) for thing, memo in session.execute(links) if memo not in hidden}
    return Counter(thing for thing, _memo in found)


def readers_waiting(study: Study, things: Iterable[tuple[str, str]]) -> list[str]:
    """The names of colleagues who cannot read a memo of the acting coder about these things yet.

    A thing is its kind and its id, a passage that of its document.
    """
    listed = list(things)
    with study.read() as session:
        about = [_veiled_by(session, kind, key) for kind, key in listed]
        others = session.scalars(select(Coder).where(Coder.alive, Coder.id != (study.coder or "")).order_by(Coder.name))
        veils = [(row.name, veil_of(session, row.id)) for row in others]
    return [name for name, veil in veils if any(veil.covers(*thing) for thing in about)]


def named(study: Study, things: Iterable[tuple[str, str, Place | None]]) -> list[MemoLinkRow]:
    """What things are called that a memo could be about, given by kind, id and, for a passage, place."""
    with study.read() as session:
        links = [_unlinked(session, *thing) for thing in things]
        known = _Things(study, session, links)
        return [known.row(link) for link in links]


def _unlinked(session: Session, kind: str, key: str, place: Place | None) -> MemoLink:
    """A link that is not in the study."""
    link = MemoLink(id="", memo_id="", author_id="", kind=kind)
    if kind != "study":
        setattr(link, f"{kind}_id", key)
    if kind == "coding":
        link.document_id = session.get_one(Coding, key).document_id
    if place is not None:
        link.document_id, link.start, link.end = place.document, place.start, place.end
        link.revision_id = session.get_one(Document, place.document).revision_id
    return link


def _veiled_by(session: Session, kind: str, key: str) -> tuple[str | None, str | None, str | None]:
    """The document, the round of a coding, and the participant that decide who may read about a thing."""
    if kind == "coding" and (coding := session.get(Coding, key)) is not None:
        return coding.document_id, coding.round_id, None
    return (key if kind in ("document", "passage") else None), None, (key if kind == "participant" else None)


def _meet(one: Place, other: Place) -> bool:
    caret = other.start == other.end and one.start <= other.start <= one.end
    return caret or (one.start < other.end and other.start < one.end)


def _says(memo: MemoRow, words: str) -> bool:
    wanted = fold(words).split()
    about = "\n".join(part for link in memo.links for part in (link.label, link.document))
    return not wanted or all(word in fold(f"{memo.title}\n{memo.text}\n{about}") for word in wanted)


def _links_to(memo: MemoRow, kinds: Collection[str]) -> bool:
    return any(link.kind in kinds for link in memo.links) or ("nothing" in kinds and not memo.links)


def _about(session: Session, kind: str, target: str, *, within: bool) -> list[Any]:
    if kind == "study":
        return [MemoLink.kind == kind]
    if kind == "code":
        return [MemoLink.code_id.in_(with_merged([target], merged_codes(session)))]
    if kind == "document" and within:
        return [MemoLink.document_id == target]
    alike = [row for row, shown in spare(session).items() if shown == target] if kind == "coding" else []
    return [MemoLink.kind == kind, _TARGETS[kind].in_([target, *alike])]


def _rows(study: Study, session: Session, found: list[Memo]) -> list[MemoRow]:
    hidden = hidden_memos(session, study.coder)
    shown = [row for row in found if row.id not in hidden]
    names = {row.id: row.name for row in session.scalars(select(Coder))}
    changed, links = _changed(session, shown), _links(study, session, {row.id for row in shown})
    return [
        MemoRow(
            MemoId(row.id),
            row.title,
            row.text,
            row.kind,
            CoderId(row.author_id),
            names.get(row.author_id, ""),
            row.author_id == study.coder,
            max((changed.get(step, "") for step in row.head.split()), default=""),
            tuple(links.get(row.id, ())),
        )
        for row in shown
    ]


def _changed(session: Session, found: Iterable[Memo]) -> dict[str, str]:
    """When each step was done that wrote one of these memos last."""
    steps = {step for row in found for step in row.head.split()}
    return {row.id: row.at for row in session.execute(select(Step.id, Step.at).where(Step.id.in_(steps)))}


def _links(study: Study, session: Session, shown: Collection[str]) -> dict[str, list[MemoLinkRow]]:
    wanted = select(MemoLink).where(MemoLink.alive, MemoLink.memo_id.in_(list(shown)))
    found = list(session.scalars(wanted.order_by(MemoLink.kind, MemoLink.document_id, MemoLink.start, MemoLink.id)))
    things = _Things(study, session, found)
    out: dict[str, list[MemoLinkRow]] = {}
    for link in found:
        out.setdefault(link.memo_id, []).append(things.row(link))
    return out


_TARGETS: dict[str, Any] = {
    "document": MemoLink.document_id,
    "code": MemoLink.code_id,
    "coding": MemoLink.coding_id,
    "participant": MemoLink.participant_id,
    "theme": MemoLink.theme_id,
}


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a link points to, as it is called now."""

    target: str
    label: str
    gone: bool = False
    place: Place | None = None


class _Things:
    """What the things are called that memos are about."""

    def __init__(self, study: Study, session: Session, links: Collection[MemoLink]) -> None:
        self._session, self._viewer = session, study.coder
        self._hidden, self._merged = hidden_from(session, study.coder), merged_codes(session)
        self._paths, self._positions = paths(session), Positions(session)
        self._sources = sources(study, session, {link.document_id for link in links if link.document_id})

    def row(self, link: MemoLink) -> MemoLinkRow:
        """The row of one link."""
        found = self._thing(link)
        source = self._sources.get(link.document_id or "")
        name = source.name if source else ""
        return MemoLinkRow(MemoLinkId(link.id), link.kind, found.target, found.label, name, found.place, found.gone)

    def _thing(self, link: MemoLink) -> _Thing:
        if link.code_id is not None:
            return self._code(link.code_id)
        if link.coding_id is not None:
            return self._coding(link.coding_id)
        if link.participant_id is not None:
            who = self._session.get_one(Participant, link.participant_id)
            return _Thing(who.id, who.pseudonym, not who.alive)
        if link.theme_id is not None:
            theme = self._session.get_one(Theme, link.theme_id)
            return _Thing(theme.id, theme.name, not theme.alive)
        if link.document_id is not None:
            return self._document(link, link.document_id)
        card = self._session.scalars(select(StudyRecord).where(StudyRecord.alive)).one()
        return _Thing("", card.title)

    def _document(self, link: MemoLink, key: str) -> _Thing:
        document = self._session.get_one(Document, key)
        if link.revision_id is None or link.start is None or link.end is None:
            return _Thing(key, document.name, not document.alive)
        place, words = self._passage(key, link.revision_id, link.start, link.end)
        return _Thing("", words, not document.alive or place.start == place.end, place)

    def _code(self, code: str) -> _Thing:
        shown = self._merged.get(code, code)
        path = self._paths.get(CodeId(shown))
        if path is None:
            return _Thing(shown, self._session.get_one(Code, shown).name, gone=True)
        return _Thing(shown, " > ".join(path))

    def _coding(self, key: str) -> _Thing:
        coding = self._session.get_one(Coding, key)
        if coding.coder_id != self._viewer and (coding.round_id, coding.document_id) in self._hidden:
            return _Thing(key, HIDDEN)
        code = self._code(coding.code_id)
        place, words = self._passage(coding.document_id, coding.revision_id, coding.start, coding.end)
        alive = coding.alive and self._session.get_one(Document, coding.document_id).alive
        return _Thing(key, f"{code.label.rpartition(' > ')[2]}: {words}", not alive or code.gone, place)

    def _passage(self, document: str, revision: str, start: int, end: int) -> tuple[Place, str]:
        placed = self._positions.place(document, revision, start, end)
        words = " ".join(self._sources[document].text[placed.start : placed.end].split())
        shown = words if len(words) <= _LONGEST_LABEL else words[: _LONGEST_LABEL - 1].rstrip() + "…"
        return Place(DocumentId(document), placed.start, placed.end), shown
