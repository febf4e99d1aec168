"""What a study can tell of its own methods, in sentences: the draft that a paper begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from statistics import median
from typing import Final

from qcode import __version__
from qcode.queries.people.attributes import sheet
from qcode.queries.reports import methods_analysis as analysis
from qcode.queries.reports.methods_known import Known, began, counted, listed
from qcode.queries.reports.theme_sections import REPORT_LANGUAGE
from qcode.queries.transcripts.deidentification import REVIEWED
from qcode.queries.transcripts.documents import DocumentRow, document_text
from qcode.queries.transcripts.guides import guides
from qcode.reports.checklists import Topic
from qcode.reports.methods import MethodsDraft
from qcode.reports.values import StudyFacts
from qcode.study import Study

_MINUTE: Final = 60_000
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "interview": ("interview", "interviews"),
    "focus group": ("focus group", "focus groups"),
    "field notes": ("set of field notes", "sets of field notes"),
    "survey answers": ("set of survey answers", "sets of survey answers"),
    "document": ("written document", "written documents"),
}
_LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "Arabic", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nb": "Norwegian", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ru": "Russian", "so": "Somali", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def methods_draft(study: Study, *, made_on: date | None = None) -> MethodsDraft:
    """All that the study can tell of its methods today, as far as the acting coder may know of it."""
    known = Known(study)
    told: dict[Topic, str] = {topic: said for topic, tell in _TELLING.items() if (said := tell(known))}
    facts = StudyFacts(
        known.card.title,
        known.card.question,
        len(known.texts),
        len(known.people),
        tuple(known.coders),
        __version__,
        made_on,
        language=REPORT_LANGUAGE,
    )
    return MethodsDraft(facts, told)


def _title(known: Known) -> str:
    return f"The study is called “{known.card.title}”." if known.card.title else ""


def _question(known: Known) -> str:
    return f"The question was: {known.card.question}" if known.card.question else ""


def _approach(known: Known) -> str:
    return f"The approach to analysis is given as {known.card.approach}." if known.card.approach else ""


def _people(known: Known) -> str:
    return people_sentence(known.people, known.card.k)


def people_sentence(groups: Sequence[str], k: int) -> str:
    """How many took part, by group; groups smaller than k are told together."""
    if not groups:
        return ""
    counts = Counter(group for group in groups if group)
    shown = [(name, count) for name, count in counts.most_common() if count >= k]
    others = len(groups) - sum(count for _name, count in shown)
    parts = [f"{count} {name}" for name, count in shown] + ([f"{others} others"] if others and shown else [])
    told = f": {listed(parts)}" if parts else ""
    return f"{began(counted(len(groups), 'person', 'people'))} took part{told}."


def _recorded(known: Known) -> str:
    """What is recorded of participants, which a table of them prints."""
    if not known.people:
        return ""
    named = [one.title.lower() for one in sheet(known.study, "participant").columns if one.attribute is not None]
    return f"Recorded of participants: {listed(named)}; the table of participants has them." if named else ""


def _documents(known: Known) -> str:
    if not known.texts:
        return ""
    counts = Counter(row.kind for row in known.texts)
    parts = [counted(count, *_KINDS.get(kind, (kind, f"{kind}s"))) for kind, count in counts.most_common()]
    words = sum(row.words for row in known.texts)
    return f"The material is {listed(parts)}, {words:,} words in all."


def _notes(known: Known) -> str:
    names = [row.name for row in known.texts if row.kind == "field notes"]
    if not names:
        return ""
    return f"Field notes were kept and analysed beside the transcripts ({listed(names)})."


def _languages(known: Known) -> str:
    tags = Counter(row.language or "not recorded" for row in known.texts)
    if len(tags) < 2 and not known.translated:
        return ""
    told = listed([f"{_language(tag)} ({count})" for tag, count in tags.most_common()])
    made = [row.name for row in known.every_text if row.id in known.translated]
    also = f" {began(counted(len(made), 'document was', 'documents were'))} also read in translation." if made else ""
    return f"Languages of the documents: {told}.{also}"


def _duration(known: Known) -> str:
    """How long recordings took, as far as their turns carry times."""
    lasted = [long for row in known.texts if (long := _minutes(known.study, row)) is not None]
    if not lasted:
        return ""
    span = f"{min(lasted)} to {max(lasted)} minutes" if min(lasted) != max(lasted) else f"{lasted[0]} minutes"
    middle = f" (median {median(lasted):g})" if len(lasted) > 1 else ""
    if len(lasted) == len(known.texts):
        return f"By the times of their turns, the recordings took {span}{middle}."
    carry = counted(len(lasted), "transcript carries", "transcripts carry")
    rest = counted(len(known.texts) - len(lasted), "document does", "documents do")
    return f"{began(carry)} times; by these the recordings took {span}{middle}. The other {rest} not."


def _minutes(study: Study, row: DocumentRow) -> int | None:
    times = [turn.start_ms for turn in document_text(study, row.id).turns if turn.start_ms is not None]
    return max(1, round((max(times) - min(times)) / _MINUTE)) if len(times) > 1 else None


def _guide(known: Known) -> str:
    rows = guides(known.study)
    parts = [f"“{row.name}” ({counted(len(row.questions), 'question')}, version {row.version})" for row in rows]
    if not rows:
        return ""
    return f"Interviews followed {'the guide' if len(rows) == 1 else 'the guides'} {listed(parts)}."


def _identifiers(known: Known) -> str:
    if not known.every_text:
        return ""
    reviewed = sum(row.deidentification in REVIEWED for row in known.every_text)
    if not reviewed:
        return "No document has been reviewed for names and other identifiers yet."
    return (
        f"Names and other identifiers were replaced; {reviewed} of {counted(len(known.every_text), 'document')} "
        f"{'was' if reviewed == 1 else 'were'} reviewed by a named person. The texts are de-identified by the team and "
        "may still identify."
    )


def _software(_known: Known) -> str:
    return f"The analysis was done with qcode {__version__}, free software under the GNU GPL."


_TELLING: Final[Mapping[Topic, Callable[[Known], str]]] = {
    "title": _title,
    "question": _question,
    "approach": _approach,
    "people": _people,
    "recorded": _recorded,
    "documents": _documents,
    "notes": _notes,
    "languages": _languages,
    "duration": _duration,
    "guide": _guide,
    "identifiers": _identifiers,
    "coders": analysis.coders,
    "counting": analysis.what_counts,
    "rounds": analysis.rounds,
    "codebook": analysis.codes,
    "memos": analysis.written_memos,
    "agreement": analysis.agreement,
    "decisions": analysis.decisions,
    "themes": analysis.major,
    "subthemes": analysis.minor,
    "quotes": analysis.quotes,
    "dissent": analysis.dissent,
    "saturation": analysis.saturation,
    "trail": analysis.trail,
    "software": _software,
}


def _language(tag: str) -> str:
    """What a language is called; its tag where a paper would have to look it up, too."""
    return _LANGUAGES.get(tag.partition("-")[0], tag)
