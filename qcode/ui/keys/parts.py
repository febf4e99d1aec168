"""The parts of the program, by the first word of an id, in the order in which they are listed."""

from __future__ import annotations

PARTS = {
    "text": "Code: the text",
    "coding": "Code: codings",
    "edges": "Code: moving edges",
    "code": "Code: the room",
    "walk": "Code: walking",
    "filter": "Code: what is shown",
    "codebook": "Codebook",
    "definition": "Definition",
    "transcripts": "Transcripts",
    "team": "Team",
    "proposals": "Proposals",
    "conflicts": "Conflicts",
    "names": "Names that arrive",
    "agree": "Agree",
    "reconcile": "Reconcile",
    "case": "Deciding a case",
    "range": "Setting a range",
    "themes": "Themes",
    "quotes": "Quote desk",
    "analysis": "Analysis",
    "report": "Report",
    "attribution": "Attribution",
    "passages": "Passages",
    "search": "Search",
    "memos": "Memos",
    "history": "History",
}

BY_LETTERS = ("Reconcile", "Deciding a case")
"""The parts in which letters alone do things, since one types nowhere but in fields."""


def part_of(key: str) -> str:
    """The part that an id belongs to."""
    head = key.split(".", maxsplit=1)[0]
    return PARTS.get(head, head.capitalize())


def place_of(part: str) -> int:
    """Where a part stands in a list of all; those of the whole window come last."""
    names = list(PARTS.values())
    return names.index(part) if part in names else len(names)
