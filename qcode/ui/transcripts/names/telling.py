"""How far the review of names is, and what to expect of it, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.ui.transcripts.names.search import NameSearch
from qcode.ui.transcripts.parts import counted


def standing(search: NameSearch, document: str | None) -> str:
    """How many strings are left, in the file that is looked at and in all."""
    if not search.arriving:
        return "Nothing arrives."
    if not search.scanned and not search.rows:
        return "Looking for names…"
    waiting = search.waiting
    if document is None or document not in search.arriving or len(search.arriving) < 2:
        return f"{counted(waiting, 'string')} left" if waiting else "Every string is answered."
    number = list(search.arriving).index(document) + 1
    answered, every = search.progress(document)
    here = f"File {number} of {len(search.arriving)}: {counted(every - answered, 'string')} left"
    return f"{here} · {counted(waiting, 'string')} left in all"


def about_model(search: NameSearch) -> str:
    """Whether a language model looked too."""
    if not search.model_may_be_there:
        return "No language model is installed: the rules alone looked."
    if not search.ask_model:
        return "The language model was not asked: the rules alone looked."
    if search.model_was_asked:
        return "A language model looked too."
    return "A language model is installed but could not be used." if search.scanned else ""


def capitals_warning(titles: Sequence[str]) -> str:
    """What is said of files whose names cannot be told by capitals; empty for none."""
    if not titles:
        return ""
    named = f"“{titles[0]}” has" if len(titles) == 1 else f"{len(titles)} files have"
    return f"{named} no capitals. Automatic help finds about one name in four there: read it."
