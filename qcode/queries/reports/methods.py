"""What a study can tell of its own methods, in sentences: the draft that a paper begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median
from typing import Final

from qcode import __version__
from qcode.errors import QcodeError
from qcode.queries.agreement.figures import StudyAgreement, study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.approach import measures_agreement
from qcode.queries.attribution.anonymity import attributions, told_in_methods
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import CodingRow, Looking, codings
from qcode.queries.disagreements.cases import decision_rows
from qcode.queries.memos import memos
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.reports.theme_sections import REPORT_LANGUAGE
from qcode.queries.rounds.double_coding import doubly_coded
from qcode.queries.team import RoundRow, StudyCard, coders, rounds, study_card
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.queries.transcripts.alignment import translation_pairs
from qcode.queries.transcripts.deidentification import REVIEWED
from qcode.queries.transcripts.documents import DocumentRow, document_text, documents, participants
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
_NUMBERS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def methods_draft(study: Study, *, made_on: date | None = None) -> MethodsDraft:
    """All that the study can tell of its methods today, as far as the acting coder may know of it."""
    known = _Known(study)
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


@dataclass
class _Known:
    """What the sentences are made of, each part read when it is first asked for."""

    study: Study

    @cached_property
    def card(self) -> StudyCard:
        return study_card(self.study)

    @cached_property
    def texts(self) -> list[DocumentRow]:
        """What was collected: no memos, and translations stand for nothing of their own."""
        return [row for row in self.every_text if row.id not in self.translated]

    @cached_property
    def every_text(self) -> list[DocumentRow]:
        return [row for row in documents(self.study, counted=False) if row.kind != "memo"]

    @cached_property
    def translated(self) -> frozenset[str]:
        return frozenset(made for made, _original in translation_pairs(self.study))

    @cached_property
    def people(self) -> Sequence[str]:
        """The group of every participant."""
        return [row.group for row in participants(self.study)]

    @cached_property
    def codings(self) -> list[CodingRow]:
        return codings(self.study, Looking())

    @cached_property
    def coders(self) -> list[str]:
        active = {row.coder_id for row in self.codings}
        return [row.name for row in coders(self.study) if row.id in active]

    @cached_property
    def rounds(self) -> list[RoundRow]:
        return rounds(self.study)

    @cached_property
    def themes(self) -> list[ThemeRow]:
        return themes(self.study)

    @cached_property
    def quotes(self) -> list[QuoteRow]:
        return [quote for theme in self.themes for quote in theme.quotes]


def _title(known: _Known) -> str:
    return f"The study is called “{known.card.title}”." if known.card.title else ""


def _question(known: _Known) -> str:
    return f"The question was: {known.card.question}" if known.card.question else ""


def _approach(known: _Known) -> str:
    return f"The approach to analysis is given as {known.card.approach}." if known.card.approach else ""


def _people(known: _Known) -> str:
    return people_sentence(known.people, known.card.k)


def people_sentence(groups: Sequence[str], k: int) -> str:
    """How many took part, by group; groups smaller than k are told together."""
    if not groups:
        return ""
    counts = Counter(group for group in groups if group)
    shown = [(name, count) for name, count in counts.most_common() if count >= k]
    others = len(groups) - sum(count for _name, count in shown)
    parts = [f"{count} {name}" for name, count in shown] + ([f"{others} others"] if others and shown else [])
    told = f": {_listed(parts)}" if parts else ""
    return f"{_counted(len(groups), 'person', 'people').capitalize()} took part{told}."


def _documents(known: _Known) -> str:
    if not known.texts:
        return ""
    counts = Counter(row.kind for row in known.texts)
    parts = [_counted(count, *_KINDS.get(kind, (kind, f"{kind}s"))) for kind, count in counts.most_common()]
    words = sum(row.words for row in known.texts)
    return f"The material is {_listed(parts)}, {words:,} words in all."


def _notes(known: _Known) -> str:
    names = [row.name for row in known.texts if row.kind == "field notes"]
    if not names:
        return ""
    return f"Field notes were kept and analysed beside the transcripts ({_listed(names)})."


def _languages(known: _Known) -> str:
    tags = Counter(row.language or "not recorded" for row in known.texts)
    if len(tags) < 2 and not known.translated:
        return ""
    told = _listed([f"{_language(tag)} ({count})" for tag, count in tags.most_common()])
    made = [row.name for row in known.every_text if row.id in known.translated]
    also = (
        f" {_counted(len(made), 'document was', 'documents were').capitalize()} also read in translation."
        if made
        else ""
    )
    return f"Languages of the documents: {told}.{also}"


def _duration(known: _Known) -> str:
    """How long recordings took, as far as their turns carry times."""
    lasted = [long for row in known.texts if (long := _minutes(known.study, row)) is not None]
    if not lasted:
        return ""
    some = "" if len(lasted) == len(known.texts) else f" of the {_number(len(lasted))} whose transcripts carry times"
    span = f"{min(lasted)} to {max(lasted)} minutes" if min(lasted) != max(lasted) else f"{lasted[0]} minutes"
    return f"By the times of their turns, the recordings{some} took {span} (median {median(lasted):g})."


def _minutes(study: Study, row: DocumentRow) -> int | None:
    times = [turn.start_ms for turn in document_text(study, row.id).turns if turn.start_ms is not None]
    return max(1, round((max(times) - min(times)) / _MINUTE)) if len(times) > 1 else None


def _guide(known: _Known) -> str:
    rows = guides(known.study)
    parts = [f"“{row.name}” ({_counted(len(row.questions), 'question')}, version {row.version})" for row in rows]
    if not rows:
        return ""
    return f"Interviews followed {'the guide' if len(rows) == 1 else 'the guides'} {_listed(parts)}."


def _identifiers(known: _Known) -> str:
    if not known.every_text:
        return ""
    reviewed = sum(row.deidentification in REVIEWED for row in known.every_text)
    if not reviewed:
        return "No document has been reviewed for names and other identifiers yet."
    return (
        f"Names and other identifiers were replaced; {reviewed} of {_counted(len(known.every_text), 'document')} "
        f"{'was' if reviewed == 1 else 'were'} reviewed by a named person. The texts are de-identified by the team and "
        "may still identify."
    )


def _coders(known: _Known) -> str:
    if not known.coders:
        return ""
    many = _counted(len(known.coders), "coder").capitalize()
    return f"{many} made {len(known.codings):,} codings."


def _rounds(known: _Known) -> str:
    coded = {row.round for row in known.codings}
    told = [row for row in known.rounds if row.id in coded]
    blind, sighted = [row for row in told if row.blind], [row for row in told if not row.blind]
    ways = (blind, "without seeing each other's codings"), (sighted, "in sight of each other's codings")
    return " ".join(_of_rounds(known.study, rows, how) for rows, how in ways if rows)


def _of_rounds(study: Study, rows: Sequence[RoundRow], how: str) -> str:
    both = [doubly_coded(study, row.id) for row in rows]
    shares = _listed([f"{one.done} of {one.of}" for one in both])
    names = _listed([f"“{row.name}”" for row in rows])
    return f"In the round{'s' * (len(rows) > 1)} {names} coders worked {how}; two or more coded {shares} documents."


def _codebook(known: _Known) -> str:
    rows = [row for row in codebook(known.study, counted=False) if row.status == "active"]
    codable = [row for row in rows if row.kind == "codable"]
    if not codable:
        return ""
    families = len({row.path[0] for row in rows if len(row.path) > 1})
    under = f" under {_counted(families, 'heading')}" if families else ""
    defined = sum(bool(row.brief) for row in codable)
    return f"The codebook has {_counted(len(codable), 'code')}{under}, {_number(defined)} of them with a definition."


def _memos(known: _Known) -> str:
    found = memos(known.study)
    return f"The team wrote {_counted(len(found), 'memo')} during the analysis." if found else ""


def _agreement(known: _Known) -> str:
    if not measures_agreement(known.card.approach):
        return ""
    return " ".join(said for row in known.rounds if (said := _of_agreement(known.study, row)))


def _of_agreement(study: Study, row: RoundRow) -> str:
    try:
        found = study_agreement(study, round_name=row.name)
    except NothingToCompareError:
        return ""
    return "" if found.overall.alpha is None else _figure(row, found)


def _figure(row: RoundRow, found: StudyAgreement) -> str:
    low, high = found.overall.low, found.overall.high
    interval = "" if low is None or high is None else f" (95 % interval {low:.2f} to {high:.2f})"
    return (
        f"In the round “{row.name}”, Krippendorff's alpha over all codes was {found.overall.alpha:.2f}{interval}, by "
        f"{found.unit}, in {_counted(len(found.documents), 'document')} coded by two or more; the table has each code."
    )


def _decisions(known: _Known) -> str:
    if not measures_agreement(known.card.approach):
        return ""
    settled = [row for row in decision_rows(known.study) if row.settles and row.outcome != "unanimous"]
    if not settled:
        return ""
    dissent = sum(bool(row.dissent) for row in settled)
    held = f"; in {dissent} of them somebody kept to another reading, which is on record" if dissent else ""
    were = "disagreement was", "disagreements were"
    return f"{_counted(len(settled), *were).capitalize()} settled by discussion, each with its reason{held}."


def _themes(known: _Known) -> str:
    major = [row for row in known.themes if row.depth == 0]
    return f"{_counted(len(major), 'theme was', 'themes were').capitalize()} built: {_names(major)}." if major else ""


def _subthemes(known: _Known) -> str:
    minor = [row for row in known.themes if row.depth > 0]
    return f"{_counted(len(minor), 'sub-theme').capitalize()} stand below them: {_names(minor)}." if minor else ""


def _quotes(known: _Known) -> str:
    if not known.quotes:
        return ""
    documents_quoted = len({quote.document for quote in known.quotes})
    return (
        f"{_counted(len(known.quotes), 'quote').capitalize()} from {_counted(documents_quoted, 'document')} "
        "illustrate the themes; each is the transcript's own words at its place, with every change marked. "
        f"{_attributed(known)}"
    ).strip()


def _attributed(known: _Known) -> str:
    """How people are told in quotes; nothing where the template cannot be read, which is a caution elsewhere."""
    try:
        return told_in_methods(attributions(known.study, known.quotes))
    except QcodeError:
        return ""


def _dissent(known: _Known) -> str:
    against = sum(quote.stance == "dissents" for quote in known.quotes)
    negative = len({(row.document, row.start, row.end) for row in known.codings if row.negative_case})
    parts = [f"{_counted(against, 'quote')} that {'speaks' if against == 1 else 'speak'} against a theme"] * bool(
        against
    )
    parts += [f"{_counted(negative, 'passage')} marked as a negative case"] * bool(negative)
    return (
        f"Views that do not fit were sought: there {'is' if against + negative == 1 else 'are'} {_listed(parts)}."
        if parts
        else ""
    )


def _software(_known: _Known) -> str:
    return f"The analysis was done with qcode {__version__}, free software under the GNU GPL."


_TELLING: Final[Mapping[Topic, Callable[[_Known], str]]] = {
    "title": _title,
    "question": _question,
    "approach": _approach,
    "people": _people,
    "documents": _documents,
    "notes": _notes,
    "languages": _languages,
    "duration": _duration,
    "guide": _guide,
    "identifiers": _identifiers,
    "coders": _coders,
    "rounds": _rounds,
    "codebook": _codebook,
    "memos": _memos,
    "agreement": _agreement,
    "decisions": _decisions,
    "themes": _themes,
    "subthemes": _subthemes,
    "quotes": _quotes,
    "dissent": _dissent,
    "software": _software,
}


def _language(tag: str) -> str:
    """What a language is called; its tag where a paper would have to look it up, too."""
    return _LANGUAGES.get(tag.partition("-")[0], tag)


def _names(rows: Iterable[ThemeRow]) -> str:
    return _listed([f"“{row.name.strip('“”')}”" for row in rows])


def _counted(number: int, noun: str, several: str = "") -> str:
    return f"{_number(number)} {noun if number == 1 else several or noun + 's'}"


def _number(number: int) -> str:
    """Small numbers in words, as running text has them."""
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
