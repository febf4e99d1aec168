"""What rows and fields are called, and what fields say, where copies contradict each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from qcode.models.agreement_plans import in_words
from qcode.models.reconciling import JUDGED, SAID
from qcode.models.themes import EDITED
from qcode.queries.attribution.policy import ladders_in_words, tells_in_words, worth_in_words
from qcode.queries.disagreements.decision_words import people_in_words, stance_in_words, verdict_in_words
from qcode.text.quote_edits import in_words as edits_in_words
from qcode.text.quote_edits import restored
from qcode.text.survey_counts import in_words as counts_in_words

_FIELDS: Final[Mapping[str, str]] = {
    "version_id": "definition",
    "parent_id": "place in the tree",
    "merged_into_id": "what it was merged into",
    "position": "order",
    "anchor": "passage",
    "revision_id": "text",
    "palette_slot": "colour",
    "seen_codes": "codes that were seen",
    "alive": "whether it stays",
    "terms": "what is planned",
    "judged": "what was decided",
    "present": "who was there",
    "said": "stance",
    "edited": "how it is printed",
    "items": "counts",
    "language_shown": "language it is printed in",
    "in_vivo": "whether it gives the theme its name",
}
_KINDS: Final[Mapping[str, str]] = {
    "agreement_plan": "plan of the agreement",
    "assent": "how a decision is taken",
    "attribution_exception": "exception for an attribution",
    "attribution_policy": "what may stand under quotes",
    "code_version": "definition",
    "code_set": "set of codes",
    "code_set_member": "code of a set",
    "memo_link": "link of a memo",
    "theme_code": "code of a theme",
    "saved_query": "saved query",
    "survey_theme": "item of a survey beside a theme",
    "quote_use": "use of a quote",
    "framework_summary": "summary of the framework",
    "summary_passage": "passage of a summary",
    "attribute_level": "value of an attribute",
    "attribute_value": "recorded value",
    "guide_version": "version of a guide",
    "question_mark": "mark of a question",
    "turn_link": "link of a translation",
}
TOLD: Final[Mapping[str, Callable[[Session, Any], str]]] = {
    "terms": lambda _session, value: in_words(value),
    JUDGED: verdict_in_words,
    "present": people_in_words,
    SAID: stance_in_words,
    EDITED: lambda _session, value: edits_in_words(restored(value[1])),
    "worth": worth_in_words,
    "ladders": ladders_in_words,
    "tells": tells_in_words,
    "items": lambda _session, value: counts_in_words(value),
    "in_vivo": lambda _session, value: "it does" if value else "it does not",
}
"""What fields say whose values are no words, by their names."""


def kind_words(table: str) -> str:
    """What a kind of row is called."""
    return _KINDS.get(table, table.replace("_", " "))


def plainly(field: str, value: Any) -> str:
    """What a field says, where nothing more is known of it."""
    if value is None or value == "":
        return "at the top" if field == "parent_id" else "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return counted(len(value), "entry") if field == "seen_codes" else ", ".join(str(part) for part in value if part)
    return f"{value + 1}" if field == "palette_slot" else str(value)


def field_words(name: str) -> str:
    """What a field of the journal is called."""
    return _FIELDS.get(name, name.removesuffix("_id").replace("_", " "))


def counted(number: int, what: str) -> str:
    """So many of something."""
    plural = "entries" if what == "entry" else f"{what}s"
    return f"{number:,} {what if number == 1 else plural}"
