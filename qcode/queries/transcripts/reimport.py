"""A corrected file before it takes the place of a text: whose document it is, and what becomes of all that is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import DocumentId, RevisionId
from qcode.models import Document, Revision
from qcode.models.scripts import Standing, standing
from qcode.queries.blindness import hidden_from
from qcode.queries.codings import CodingRow, Looking, codings_of
from qcode.queries.memos import memos_about
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.deidentification import REVIEWED
from qcode.study import Study
from qcode.text.edits import OffsetMap
from qcode.text.replacing import Fate, Replacement, Script, replacement

if TYPE_CHECKING:
    from qcode.transcripts import Transcript

type Why = Literal["same file", "same name"]
type Anchored = Literal["coding", "quote", "memo"]


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that a file may be another state of: by the bytes of the file, or by its name."""

    id: DocumentId
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class TurnEffect:
    """Turns that another file says otherwise: the words and voices before and after; `start` is in the text after.

    Several turns that became one, or one that became several, are one effect with a line for each.
    """

    fate: Fate
    number: int
    start: int
    before: str
    after: str
    voice_before: str
    voice_after: str


@dataclass(frozen=True, slots=True)
class AnchorEffect:
    """A coding, quote or memo whose words change: what it stands on before and after; `[start, end)` is after.

    `label` names the code, the theme or the memo, and `who` whose it is; one that is `lost` has no words left.
    """

    kind: Anchored
    id: str
    label: str
    who: str
    mine: bool
    start: int
    end: int
    before: str
    after: str

    @property
    def lost(self) -> bool:
        """Whether no word of it is left."""
        return not self.after


@dataclass(frozen=True, slots=True)
class ReplacementEffect:
    """What becomes of a document when a file takes the place of its text.

    `unchanged` turns stay as they are and `stay` codings, quotes and memos keep their words; `kept` is the share of
    the old text that stands in the new one. `same_voices` are speakers that the file calls otherwise: the label in the
    file with that in the study, which stays; `new_voices` are added, `silent` ones say nothing any more.
    `may_be_more` says that there may be colleagues' codings which the acting coder may not see yet.
    `reviewed` says that a person had read the document for names, `redacted` that names were taken out of it.
    """

    document: DocumentId
    name: str
    revision: RevisionId
    turns: tuple[TurnEffect, ...]
    unchanged: int
    stay: Mapping[Anchored, int]
    altered: tuple[AnchorEffect, ...]
    lost: tuple[AnchorEffect, ...]
    kept: float
    same_voices: tuple[tuple[str, str], ...]
    new_voices: tuple[str, ...]
    silent: tuple[str, ...]
    may_be_more: bool
    reviewed: bool
    redacted: bool

    @property
    def is_nothing(self) -> bool:
        """Whether the file says just what the document says already."""
        return not self.turns and self.kept == 1 and not self.new_voices and not self.silent

    @property
    def turns_sentence(self) -> str:
        """What becomes of the turns, in words."""
        verbs: dict[Fate, str] = {
            "words": "changed",
            "speaker": "said by somebody else",
            "added": "added",
            "removed": "removed",
        }
        counts = {verb: sum(turn.fate == fate for turn in self.turns) for fate, verb in verbs.items()}
        parts = [f"{count:,} {verb}" for verb, count in counts.items() if count]
        said = ", ".join(parts) or "none is changed"
        return f"Turns: {said}; {self.unchanged:,} {'stays' if self.unchanged == 1 else 'stay'} as before."

    @property
    def codings_sentence(self) -> str:
        """What becomes of the codings, in words."""
        more = " Codings that you may not see yet come along too." if self.may_be_more else ""
        return self._sentence("coding", "coding", "codings") + more

    @property
    def others_sentence(self) -> str:
        """What becomes of quotes and of memos on passages, in words; empty where there are none."""
        quotes, memos = self._sentence("quote", "quote", "quotes"), self._sentence("memo", "memo", "memos")
        return " ".join(said for said in (quotes, memos) if not said.startswith("No "))

    def _sentence(self, kind: Anchored, one: str, many: str) -> str:
        altered, lost = (sum(row.kind == kind for row in rows) for rows in (self.altered, self.lost))
        told = (
            (self.stay.get(kind, 0), "keeps its words", "keep their words"),
            (altered, *(f"{verb} changed words inside{_LISTED[kind]}" for verb in ("has", "have"))),
            (lost, *(f"would lose all {whose} words{_LISTED[kind]}" for whose in ("its", "their"))),
        )
        parts = [f"{n:,} {one} {single}" if n == 1 else f"{n:,} {many} {plural}" for n, single, plural in told if n]
        return f"{'; '.join(parts) or f'No {many} here'}."


_LISTED: dict[Anchored, str] = {"coding": " and will be listed for a second look", "quote": "", "memo": ""}


def known_by(study: Study, *, file_name: str, sha256: str = "") -> list[KnownDocument]:
    """The documents that a file may be another state of, the surest first; names are compared without case."""
    with study.read() as session:
        rows = session.scalars(select(Document).where(Document.alive).order_by(Document.position, Document.id)).all()
        found = [(row, _why(row, file_name, sha256)) for row in rows]
    known = [KnownDocument(DocumentId(row.id), row.name, why) for row, why in found if why is not None]
    return sorted(known, key=lambda one: one.why != "same file")


def known_by_text(study: Study) -> dict[str, DocumentId]:
    """The documents whose file cannot be known by its bytes since names were replaced, by the hashes of their texts."""
    wanted = select(Document, Revision.text_sha256).join(Revision, Revision.document_id == Document.id)
    wanted = wanted.where(Document.alive, Revision.text_sha256 != "").order_by(Document.position, Document.id)
    with study.read() as session:
        rows = session.execute(wanted).all()
        return {text: DocumentId(row.id) for row, text in reversed(rows) if "sha256" not in row.provenance}


def replacement_effect(study: Study, document: DocumentId, transcript: Transcript) -> ReplacementEffect | None:
    """What `operations.reimport.replace_text` would do with this transcript; None if the document is gone.

    Takes a moment for long texts: call it in a worker.
    """
    with study.read() as session:
        row = session.get(Document, document)
        if row is None or not row.alive:
            return None
        before = standing(session, study.shelf, row)
        may_be_more = any(hidden == document for _round, hidden in hidden_from(session, study.coder))
        redacted = _redacted(session, row)
    after = Script.of(transcript.text, transcript.turns)
    made = replacement(before.script, after)
    placed = list(_anchors(study, before, after, made))
    labels = before.script.labels
    heard = set(made.voices.values())
    spoke = {turn.speaker for turn in before.script.turns if turn.speaker in labels}
    return ReplacementEffect(
        document,
        row.name,
        RevisionId(before.revision.id),
        tuple(_turns(before.script, after, made)),
        sum(change.fate == "same" for change in made.turns),
        _counted(placed),
        tuple(one for one, stays in placed if not stays and not one.lost),
        tuple(one for one, stays in placed if not stays and one.lost),
        _kept(made, len(before.script.text)),
        tuple((label, labels[key]) for label, key in made.voices.items() if key in labels and labels[key] != label),
        tuple(label for label in after.labels if label not in made.voices),
        tuple(sorted(labels[key] for key in spoke - heard if key is not None)),
        may_be_more,
        row.deidentification in REVIEWED,
        redacted,
    )


def _why(row: Document, file_name: str, sha256: str) -> Why | None:
    if sha256 and row.provenance.get("sha256") == sha256:
        return "same file"
    stem = file_name.rpartition(".")[0] or file_name
    names = {str(row.provenance.get("file", "")).casefold(): file_name.casefold(), row.name.casefold(): stem.casefold()}
    return "same name" if any(ours and ours == theirs for ours, theirs in names.items()) else None


def _redacted(session: Session, row: Document) -> bool:
    """Whether older texts were erased, or the hash of a file in which names were replaced was not kept."""
    past = select(Revision.id).where(Revision.document_id == row.id, Revision.text_sha256 == "").limit(1)
    return session.scalar(past) is not None or ("file" in row.provenance and "sha256" not in row.provenance)


def _kept(made: Replacement, length: int) -> float:
    return 1 - sum(edit.end - edit.start for edit in made.edits) / length if length else 1.0


def _turns(old: Script, new: Script, made: Replacement) -> Iterator[TurnEffect]:
    voices = {label: old.labels.get(made.voices.get(label, ""), label) for label in new.labels}
    for change in made.turns:
        if change.fate != "same":
            ours, theirs = old.turns[slice(*change.old)], new.turns[slice(*change.new)]
            start = theirs[0].start if theirs else _next_start(new, change.new[0])
            yield TurnEffect(
                change.fate,
                change.new[0],
                start,
                "\n".join(old.text[turn.start : turn.end] for turn in ours),
                "\n".join(new.text[turn.start : turn.end] for turn in theirs),
                _named(old.labels.get(turn.speaker or "", "") for turn in ours),
                _named(voices.get(turn.speaker or "", "") for turn in theirs),
            )


def _next_start(new: Script, number: int) -> int:
    return new.turns[number].start if number < len(new.turns) else len(new.text)


def _named(labels: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(label for label in labels if label))


def _anchors(study: Study, before: Standing, after: Script, made: Replacement) -> Iterator[tuple[AnchorEffect, bool]]:
    """What is anchored in the text and has words today, each with whether it keeps them."""
    places, old = OffsetMap(made.edits), before.script.text
    for kind, row, label, who, mine, start, end in _anchored(study, DocumentId(before.document.id)):
        if start < end:
            now = places.place(start, end)
            words = after.text[now.start : now.end].strip()
            left = words if any(letter.isalnum() for letter in words) or words == old[start:end].strip() else ""
            yield AnchorEffect(kind, row, label, who, mine, now.start, now.end, old[start:end], left), not now.altered


def _anchored(study: Study, document: DocumentId) -> Iterator[tuple[Anchored, str, str, str, bool, int, int]]:
    for coding in _codings(study, document):
        yield "coding", coding.id, coding.name, coding.coder_name, coding.mine, coding.start, coding.end
    for theme in themes(study):
        for quote in theme.quotes:
            if quote.document == document:
                yield "quote", quote.id, theme.name, "", True, quote.start, quote.end
    for memo in memos_about(study, "document", document, within=True):
        for link in memo.links:
            if link.kind == "passage" and link.place is not None and link.place.document == document:
                place = link.place
                yield "memo", memo.id, memo.title, memo.author_name, memo.mine, place.start, place.end


def _codings(study: Study, document: DocumentId) -> list[CodingRow]:
    return codings_of(study, document, Looking(layer=None))


def _counted(placed: Iterable[tuple[AnchorEffect, bool]]) -> dict[Anchored, int]:
    counts: dict[Anchored, int] = {}
    for one, stays in placed:
        counts[one.kind] = counts.get(one.kind, 0) + stays
    return counts
