"""What a memo can be about, to choose from; and how that is called before it is linked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qcode.operations.memos import Target
from qcode.queries.codebook.tree import codebook
from qcode.queries.memos import MemoLinkRow, named, readers_waiting
from qcode.queries.team import coders, study_card
from qcode.queries.themes.outline import themes
from qcode.queries.transcripts.documents import documents, participants
from qcode.study import Study
from qcode.ui.drawer.chooser import Choice

KINDS = {
    "study": "study",
    "document": "document",
    "passage": "passage",
    "code": "code",
    "coding": "coding",
    "participant": "participant",
    "theme": "theme",
}
CURRENT = "current"
_LONGEST = 52
_CURRENT = {
    "document": "The document that is open",
    "passage": "The passage that is selected",
    "code": "The code that is marked",
    "coding": "The coding at the caret",
    "participant": "The participant that is marked",
    "theme": "The theme that is marked",
}


def choices(study: Study, current: Sequence[Target]) -> list[Choice]:
    """The things that lie at hand, and then everything that has a name."""
    near = [
        Choice(f"{CURRENT}:{number}", _CURRENT.get(target.kind, target.kind), target.kind)
        for number, target in enumerate(current)
    ]
    return [*near, *(Choice(f"{kind}:{key}", name, kind) for kind, key, name in _things(study))]


def target_of(choice: Choice, current: Sequence[Target]) -> Target:
    """What was chosen."""
    kind, _colon, key = choice.id.partition(":")
    return current[int(key)] if kind == CURRENT else Target(kind, key)


def named_links(study: Study, about: Sequence[Target]) -> list[MemoLinkRow]:
    """What a memo would be about, as links to it would be called."""
    return named(
        study, [(target.kind, target.id, target.passage.place if target.passage else None) for target in about]
    )


def readers(study: Study, links: Sequence[MemoLinkRow]) -> str:
    """Who can read an own memo about these things, in a sentence; empty where there is nobody else."""
    if len(coders(study)) < 2:
        return ""
    things = [
        (link.kind, link.place.document if link.kind == "passage" and link.place else link.target) for link in links
    ]
    waiting = readers_waiting(study, things)
    if not waiting:
        return "Colleagues can read this."
    who = waiting[0] if len(waiting) == 1 else f"{waiting[0]} and {len(waiting) - 1} more"
    return f"{who} cannot read this yet: it tells about talk that is being coded blind."


def link_name(link: MemoLinkRow) -> str:
    """What a memo is about, as it is called now."""
    label = link.label if len(link.label) <= _LONGEST else link.label[: _LONGEST - 1].rstrip(" .…") + "…"
    words = f"“{label}”" if link.kind == "passage" else label
    where = f", {link.document}" if link.document and link.kind in ("passage", "coding") else ""
    return f"{words}{where}{' (removed)' if link.gone else ''}"


def _things(study: Study) -> Iterator[tuple[str, str, str]]:
    yield "study", "", study_card(study).title
    for document in documents(study):
        yield "document", document.id, document.name
    for code in codebook(study):
        yield "code", code.id, " > ".join(code.path)
    for theme in themes(study):
        yield "theme", theme.id, theme.name
    for person in participants(study):
        yield "participant", person.id, person.pseudonym
