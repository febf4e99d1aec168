"""What a file would bring, or brought, in words and numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qcode.queries.collecting.collected import Arrival, ConflictRow, Deed, Preview
from qcode.ui.transcripts.parts import counted

NOTHING = "There is nothing new in it."
DEEDS: dict[Deed, str] = {"new": "New", "changed": "Changed", "deleted": "Deleted", "restored": "Brought back"}
_KINDS = {
    "coding": ("coding", "codings"),
    "code": ("code", "codes"),
    "code_version": ("definition", "definitions"),
    "code_set": ("set of codes", "sets of codes"),
    "code_set_member": ("code in a set", "codes in sets"),
    "memo": ("memo", "memos"),
    "memo_link": ("link of a memo", "links of memos"),
    "document": ("document", "documents"),
    "revision": ("text", "texts"),
    "theme": ("theme", "themes"),
    "theme_code": ("code of a theme", "codes of themes"),
    "quote": ("quote", "quotes"),
    "saved_query": ("saved query", "saved queries"),
    "survey": ("survey", "surveys"),
    "survey_theme": ("item of a survey beside a theme", "items of surveys beside themes"),
    "quote_use": ("use of a quote", "uses of quotes"),
    "framework_summary": ("summary of the framework", "summaries of the framework"),
    "summary_passage": ("passage of a summary", "passages of summaries"),
    "map_place": ("place on the map", "places on the map"),
    "assignment": ("assignment", "assignments"),
    "decision": ("decision", "decisions"),
    "assent": ("stance on a decision", "stances on decisions"),
    "region": ("part of a document", "parts of documents"),
    "round": ("round", "rounds"),
    "agreement_plan": ("plan of an agreement", "plans of agreement"),
    "attribution_policy": ("policy for attributions", "policies for attributions"),
    "attribution_exception": ("exception for an attribution", "exceptions for attributions"),
    "coder": ("coder", "coders"),
    "participant": ("participant", "participants"),
    "attribute_value": ("recorded value", "recorded values"),
    "attribute_level": ("level of an attribute", "levels of attributes"),
    "question_mark": ("asked question", "asked questions"),
    "guide_version": ("questions of a guide", "questions of guides"),
    "turn_link": ("link of turns", "links of turns"),
}
_FIELDS = {
    "": "changed here, deleted there",
    "anchor": "the passage",
    "merged_into_id": "merged into",
    "parent_id": "where it stands",
    "revision_id": "the text",
    "version_id": "the definition",
    "code_id": "the code",
}
_SHORT = 60


def kind_word(kind: str, number: int = 1) -> str:
    """What a kind of row is called."""
    one, many = _KINDS.get(kind, (kind.replace("_", " "), f"{kind.replace('_', ' ')}s"))
    return one if number == 1 else many


def summed(seen: Preview) -> str:
    """What a file would bring, in one sentence or two."""
    if seen.is_nothing:
        return NOTHING
    parts = [*_codings(seen), *_codes(seen), *_others(seen)]
    if seen.conflicts:
        parts.append(counted(len(seen.conflicts), "conflict"))
    said = [f"{', '.join(parts)}.".capitalize()] if parts else []
    return " ".join([*said, *_warnings(seen)])


def all_summed(previews: Iterable[Preview]) -> str:
    """What several files bring together."""
    known = list(previews)
    codings = sum(one.kind == "coding" and one.deed == "new" for seen in known for one in seen.arrivals)
    proposed = sum(len(seen.proposed) for seen in known)
    handed_in = sum(_handed_in(seen) for seen in known)
    said = [f"{codings:,} new {kind_word('coding', codings)}"] if codings else []
    said += [f"{counted(proposed, 'code')} proposed"] if proposed else []
    said += [f"{counted(handed_in, 'document')} handed in"] if handed_in else []
    rest = sum(len(seen.arrivals) for seen in known) - codings - proposed - handed_in
    said += [f"{counted(rest, 'other change')}"] if rest else []
    return ", ".join(said) or "what it brings stays sealed until you have handed in your own"


def what(row: Arrival) -> str:
    """What a row is and what becomes of it, such as "Coding · new"."""
    deed = "proposed" if row.proposed else DEEDS[row.deed].lower()
    if row.kind == "assignment" and row.name:
        return "Assignment"
    return f"{kind_word(row.kind).capitalize()} · {deed}"


def remark(row: Arrival) -> str:
    """What is special about a row."""
    if row.doubled:
        return "twice: shown once"
    if row.locked:
        return "was handed in"
    return ", ".join(_field(name) for name in row.fields if name != "head") if row.deed == "changed" else ""


def sides(row: ConflictRow) -> str:
    """Who says what."""
    return "  |  ".join(f"{side.who}: {_value(row, side.value)}" for side in row.sides)


def conflict_about(row: ConflictRow) -> str:
    """What a conflict is about."""
    named = f" “{row.name}”" if row.name else ""
    return f"{kind_word(row.kind).capitalize()}{named}"


def conflict_field(row: ConflictRow) -> str:
    """In what the copies differ."""
    return _field(row.field)


def kinds_in(rows: Sequence[Arrival]) -> list[tuple[str, int]]:
    """The kinds among rows with how many there are, codings first."""
    found = Counter(row.kind for row in rows)
    return sorted(found.items(), key=lambda one: (one[0] != "coding", one[0] != "code", kind_word(one[0])))


def _codings(seen: Preview) -> Iterator[str]:
    counts = Counter(row.deed for row in seen.arrivals if row.kind == "coding")
    if new := counts["new"] + counts["restored"]:
        yield f"{counted(new, 'coding')} {'is' if new == 1 else 'are'} new"
    for deed in ("changed", "deleted"):
        if counts[deed]:
            noun = f" {kind_word('coding', counts[deed])}" if not new else ""
            yield f"{counts[deed]:,}{noun} {deed}"
    if seen.doubled:
        yield f"{seen.doubled:,} doubled"


def _codes(seen: Preview) -> Iterator[str]:
    if seen.proposed:
        yield f"{counted(len(seen.proposed), 'code')} proposed"


def _others(seen: Preview) -> Iterator[str]:
    if handed_in := _handed_in(seen):
        yield f"{counted(handed_in, 'document')} handed in"
    told = sum(row.kind == "coding" or row.proposed for row in seen.arrivals) + handed_in
    if rest := len(seen.arrivals) - told:
        yield f"{counted(rest, 'other change')}"


def _handed_in(seen: Preview) -> int:
    return sum(row.kind == "assignment" and row.name == "handed in" for row in seen.arrivals)


def _warnings(seen: Preview) -> Iterator[str]:
    if seen.sealed:
        yield "Work that stays sealed until you have handed in your own comes too."
    if seen.doubled:
        yield "What is doubled is shown and counted once."
    if seen.locked:
        yield f"{counted(seen.locked, 'coding')} came after that work was handed in."
    if seen.redacts:
        yield "It brings a redaction: what was erased there is erased here, for good."


def _field(name: str) -> str:
    return _FIELDS.get(name, name.removesuffix("_id").replace("_", " "))


def _value(row: ConflictRow, value: object) -> str:
    if not row.field:
        return "changed" if value else "deleted"
    words = " ".join(str("nothing" if value in (None, "") else value).split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
