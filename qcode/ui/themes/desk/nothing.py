"""What an empty list of the quote desk says, and what its button offers."""

from __future__ import annotations

from qcode.ui.themes.desk.rows import Listed

NO_THEME = "No themes yet. A theme gathers codes; the passages of its codes can be quoted.", "Add a theme"
READING = "", ""
NO_CODES = "This theme gathers no codes yet, so it has no passages that could be quoted.", "Gather codes"
NO_PASSAGES = "The codes of this theme have no passages that you may see.", "Gather more codes"
ALL_HIDDEN = "All of them are used already, and those used are hidden.", "Show those used"
NONE_SHORTLISTED = "Nothing is shortlisted for this theme.", "Look at the candidates"
NONE_CHOSEN = "No quote of this theme is chosen to be printed.", "Look at the candidates"


def nothing_there(listed: Listed, *, theme_known: bool, hidden: int, reading: bool, gathers: bool) -> tuple[str, str]:
    """The sentence and the button for a list without rows."""
    if not theme_known:
        return NO_THEME
    if hidden:
        return ALL_HIDDEN
    if listed == "candidates":
        return NO_CODES if not gathers else READING if reading else NO_PASSAGES
    return NONE_SHORTLISTED if listed == "shortlisted" else NONE_CHOSEN
