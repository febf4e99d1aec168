"""What waits for a decision after copies came together, in words: who said what, when, and what stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcode.ids import CodingId, DocumentId, StepId
from qcode.models import AgreementPlan, Assent, Code, Coder, CodeVersion, Coding, Decision, Document, Revision, Text
from qcode.models.blindness import veil_of
from qcode.models.journal import Step, field_columns, kinds
from qcode.models.labels import NAMES
from qcode.models.settling import hindrance
from qcode.models.troubles import Trouble, TroubleKind, history_of, is_text, troubles_of, unaware
from qcode.queries.blindness import hidden_codes
from qcode.queries.codings import Looking, PassageRow, passages
from qcode.queries.collecting.arriving import is_hidden
from qcode.queries.collecting.conflict_words import TOLD, counted, field_words, kind_words, plainly
from qcode.queries.disagreements.decision_words import name_of
from qcode.study import Place, Study
from qcode.text.differences import Piece, compared, differences

_AROUND: Final = 60
_DEFINITION: Final = ("brief", "full", "when_to_use", "when_not_to_use", "typical_example", "near_miss")


@dataclass(frozen=True, slots=True)
class Side:
    """One way out: who wrote it and when (ISO, in UTC), what it says in words, and whether it is what holds now.

    A text comes in `pieces` with the differences marked; a passage has some words `before` and `after` it.
    """

    says: str
    who: str = ""
    at: str = ""
    holds: bool = False
    pieces: tuple[Piece, ...] = ()
    before: str = ""
    after: str = ""
    step: StepId | None = None


@dataclass(frozen=True, slots=True)
class TroubleRow:
    """Something to settle: `what` names it and `asks` says what is to be decided; `trouble` is what `settle` takes.

    `refusal` says why the acting coder may not settle it, if so; `free` that a text of one's own may be written.
    `place` is where in the texts it is, if anywhere.
    """

    trouble: Trouble
    what: str
    asks: str
    sides: tuple[Side, ...]
    refusal: str = ""
    free: bool = False
    place: Place | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """What stays the same as long as the trouble does."""
        return self.trouble.key

    @property
    def kind(self) -> TroubleKind:
        """What sort of trouble it is."""
        return self.trouble.kind


def troubles(study: Study, *, words: bool = True) -> list[TroubleRow]:
    """All that waits for somebody: conflicts first, then what only shows when copies are together.

    With `words`, also one's own and colleagues' codings whose words were corrected since. What a blind round hides
    from the acting coder is not told.
    """
    with study.read() as session:
        telling = _Telling(study, session)
        found = [telling.row(one) for one in troubles_of(session, study.coder) if not telling.hides(one)]
    return found + (list(_words_changed(study)) if words else [])


def waiting(study: Study) -> int:
    """How many decisions wait, without codings whose words changed: those are walked through in the Code room."""
    return len(troubles(study, words=False))


class _Telling:
    """Says troubles in words; names are looked up once."""

    def __init__(self, study: Study, session: Session) -> None:
        self._study, self._session, self._coder = study, session, study.coder
        self._veil, self._unseen = veil_of(session, study.coder), hidden_codes(session, study.coder)
        self._coders = {row.id: row.name for row in session.execute(select(Coder.id, Coder.name))}
        self._steps: dict[str, Step | None] = {}

    def hides(self, one: Trouble) -> bool:
        """Whether a trouble tells of work that is veiled."""
        if one.table in ("code", "code_version") and one.row in self._unseen:
            return True
        row = self._session.get(kinds()[one.table], one.row)
        state = {column.name: getattr(row, column.name) for column in kinds()[one.table].__table__.columns}
        return is_hidden(self._veil, one.table, state, self._coder)

    def row(self, one: Trouble) -> TroubleRow:
        """A trouble with everything that a person needs to decide."""
        sides = tuple(_DIFFERING[one.kind](self, one))
        why = hindrance(self._session, self._coder, one.table, one.row)
        free = one.kind == "same name" or is_text(one)
        return TroubleRow(one, self._what(one), self._asks(one), sides, str(why) if why else "", free, self._place(one))

    # What it is about

    def _what(self, one: Trouble) -> str:
        kind = kind_words(one.table).capitalize()
        name = self._name(one.table, one.row)
        about = f"{kind} “{name}”" if name else kind
        return (
            about
            if one.kind in ("deleted", "same name", "circle", "code gone")
            else f"{about}: {field_words(one.field)}"
        )

    def _asks(self, one: Trouble) -> str:
        if one.kind == "same name" and one.table == "code":
            return "Two codes bear one name in one place. Keep one for both, or type another name for one."
        if one.kind == "code gone":
            count = len(unaware(self._session, one.row, self._coder))
            return f"The code was deleted, but there {'is' if count == 1 else 'are'} {counted(count, 'coding')} of it."
        return _ASKS[one.kind]

    def _name(self, table: str, row: str) -> str:
        found = self._session.get(kinds()[table], row)
        if found is None:
            return ""
        if isinstance(found, Assent | Decision):
            return name_of(self._session, found)
        if table in NAMES:
            return str(getattr(found, NAMES[table]))
        if (title := getattr(found, "title", None)) is not None:
            return str(title)
        if isinstance(found, AgreementPlan):
            return self._name("round", found.round_id)
        code, document = getattr(found, "code_id", None), getattr(found, "document_id", None)
        named = [self._name("code", code)] if code else []
        return " in ".join([*named, *([self._name("document", document)] if document and table != "document" else [])])

    def _place(self, one: Trouble) -> Place | None:
        if one.kind == "text":
            return Place(DocumentId(one.row), 0, 0)
        row = self._session.get(kinds()[one.table], one.row)
        if not isinstance(row, Coding | Decision):
            return None
        current = self._session.get_one(Document, row.document_id).revision_id
        return Place(DocumentId(row.document_id), row.start, row.end) if row.revision_id == current else None

    # The sides

    def of_field(self, one: Trouble) -> Iterator[Side]:
        """What each copy wrote; of texts with the differences marked against what holds."""
        sides = [self._signed(choice.step, self._side(one, choice.value)) for choice in one.choices]
        if is_text(one) or one.field == "version_id":
            sides = _marked(sides)
        elif one.kind == "text":
            sides = self._texts(one, sides)
        yield from (*sides[:-1], replace(sides[-1], holds=True))

    def of_deletion(self, one: Trouble) -> Iterator[Side]:
        """To leave it deleted, or to keep it as it was changed."""
        for choice in one.choices:
            said = f"Keep it, as changed: {self._changed(one, choice.step)}" if choice.value else "Leave it deleted"
            side = self._signed(choice.step, Side(said))
            yield replace(side, holds=choice is one.choices[-1])

    def of_names(self, one: Trouble) -> Iterator[Side]:
        """Those that bear the name, with what tells them apart."""
        for choice in one.choices:
            first = history_of(self._session, one.table, choice.row)[0].step
            yield self._signed(first, Side(self._apart(one.table, choice.row)))

    def of_circle(self, one: Trouble) -> Iterator[Side]:
        """Each could be the first of them."""
        for choice in one.choices:
            name = self._name(one.table, choice.row)
            lets = "stands for itself" if one.field == "merged_into_id" else "stands at the top"
            yield Side(f"“{name}” {lets}")

    def of_gone(self, one: Trouble) -> Iterator[Side]:
        """To bring a code back, or to leave it deleted with its codings out of sight."""
        rows = unaware(self._session, one.row, self._coder)
        owners = self._session.scalars(select(Coding.coder_id).where(Coding.id.in_(rows)).distinct()).all()
        who = ", ".join(sorted(self._coders.get(owner, "…") for owner in owners))
        yield Side(f"Bring the code back: {counted(len(rows), 'coding')} by {who} will be shown again")
        yield Side("Leave it deleted: these codings stay out of sight", holds=True)

    def _texts(self, one: Trouble, sides: list[Side]) -> list[Side]:
        """Texts by the places where they differ, each from the one that holds and that one from the first."""
        texts = [self._text(choice.value) for choice in one.choices]
        against = [texts[-1]] * (len(texts) - 1) + [texts[0]]
        shown = (differences(text, other) for text, other in zip(texts, against, strict=True))
        return [
            replace(side, pieces=(Piece(f"{side.says}\n", differs=False), *pieces))
            for side, pieces in zip(sides, shown, strict=True)
        ]

    def _side(self, one: Trouble, value: Any) -> Side:
        if one.field == "anchor":
            return self._passage(value)
        return Side(self._words(one, value))

    def _signed(self, step: str, side: Side) -> Side:
        if step not in self._steps:
            self._steps[step] = self._session.get(Step, step)
        known = self._steps[step]
        if known is None:
            return side
        return replace(side, who=self._coders.get(known.coder_id, "…"), at=known.at, step=StepId(step))

    def _passage(self, value: Sequence[Any]) -> Side:
        revision, start, end = value
        if revision is None:
            return Side("no passage")
        text = self._text(revision)
        words = text[start:end] if text else "its words were redacted"
        return Side(words, before=text[max(0, start - _AROUND) : start], after=text[end : end + _AROUND])

    def _text(self, revision: str) -> str:
        row = self._session.get(Revision, revision)
        body = self._session.get(Text, row.text_sha256) if row is not None else None
        return body.body if body is not None else ""

    def _words(self, one: Trouble, value: Any) -> str:
        if one.field == "revision_id":
            return self._revision(value)
        if one.field == "version_id":
            return self._definition(value)
        if one.field == "position":
            return self._order(one, value)
        if (tell := TOLD.get(one.field)) is not None:
            return tell(self._session, value)
        if isinstance(value, str) and (target := _target(one)) is not None:
            return self._name(target, value) or "…"
        return plainly(one.field, value)

    def _revision(self, revision: str) -> str:
        row = self._session.get_one(Revision, revision)
        before = self._session.get(Revision, row.parent_id) if row.parent_id else None
        edits = f", {counted(len(row.edits), 'correction')} to version {before.number}" if before else ""
        return f"Version {row.number} of the text, {counted(row.words, 'word')}{edits}"

    def _definition(self, version: str | None) -> str:
        row = self._session.get(CodeVersion, version) if version else None
        parts = [(field, getattr(row, field)) for field in _DEFINITION] if row else []
        said = [f"{field.replace('_', ' ').capitalize()}: {text}" for field, text in parts if text]
        return "\n".join(said) or "No definition"

    def _order(self, one: Trouble, value: str) -> str:
        kind = kinds()[one.table]
        columns = kind.__table__.c
        ahead = select(columns.id).where(columns.position < value, kind.alive, columns.id != one.row)
        if "parent_id" in columns:
            parent = self._session.get_one(kind, one.row)
            ahead = ahead.where(columns.parent_id.is_(getattr(parent, "parent_id", None)))
        behind = self._session.scalar(ahead.order_by(columns.position.desc()).limit(1))
        name = self._name(one.table, behind) if behind else ""
        return f"behind “{name}”" if name else "first of all"

    def _changed(self, one: Trouble, step: str) -> str:
        history = history_of(self._session, one.table, one.row)
        fields = next((entry.fields for entry in history if entry.step == step), {})
        return ", ".join(field_words(name) for name in fields if name != "alive") or "restored"

    def _apart(self, table: str, row: str) -> str:
        """What tells one of several of a name from the others."""
        name = self._name(table, row)
        if table != "code":
            return name
        used = self._session.scalars(select(Coding.id).where(Coding.alive, Coding.code_id == row)).all()
        code = self._session.get_one(Code, row)
        version = self._session.get(CodeVersion, code.version_id) if code.version_id else None
        brief = f": {version.brief}" if version and version.brief else ""
        return f"{name}{brief}" if not used or self._veil.pairs else f"{name}{brief} ({counted(len(used), 'coding')})"


_DIFFERING: Final = {
    "field": _Telling.of_field,
    "text": _Telling.of_field,
    "deleted": _Telling.of_deletion,
    "same name": _Telling.of_names,
    "circle": _Telling.of_circle,
    "code gone": _Telling.of_gone,
}
_ASKS: Final[Mapping[TroubleKind, str]] = {
    "field": "Copies say different things. Which one shall stand?",
    "text": "The text was corrected in two copies. Choose which one is current: codings follow the text chosen, and "
    "those whose words it changed are listed here.",
    "deleted": "One copy deleted it while another one changed it. Shall it stay?",
    "same name": "Two bear one name. Choose one and type another name for it.",
    "circle": "Each of these stands below the other. Which one is the first?",
    "words": "The words of this coding were corrected since it was made.",
}


def _words_changed(study: Study) -> Iterator[TroubleRow]:
    """Codings that stand on words that were edited since."""
    for row in passages(study, Looking(altered=True), around=_AROUND):
        yield _word_trouble(row)


def _word_trouble(row: PassageRow) -> TroubleRow:
    coding = row.coding
    trouble = Trouble("words", Coding.__tablename__, CodingId(coding.id), "anchor", ())
    was = Side(row.was or "Its words before are not known any more", coding.coder_name)
    now = Side(row.text, holds=True, before=row.before, after=row.after)
    sides = _marked([was, now]) if row.was else [was, now]
    refusal = "" if coding.mine else f"That is {coding.coder_name}'s own work: only {coding.coder_name} can confirm it."
    place = Place(coding.document, coding.start, coding.end)
    what = f"Coding “{coding.name} in {row.document_name}”: its words"
    return TroubleRow(trouble, what, _ASKS["words"], tuple(sides), refusal, place=place)


def _marked(sides: Sequence[Side]) -> list[Side]:
    """The sides with what differs between each and the last one marked, and of the last what differs from the first."""
    against = [sides[-1]] * (len(sides) - 1) + [sides[0]]
    return [replace(side, pieces=compared(side.says, other.says)) for side, other in zip(sides, against, strict=True)]


def _target(one: Trouble) -> str | None:
    """The table that a field refers to."""
    kind = kinds()[one.table]
    columns = field_columns(kind).get(one.field, ())
    if len(columns) != 1:
        return None
    keys = kind.__table__.c[columns[0]].foreign_keys
    return next((key.column.table.name for key in keys), None)
