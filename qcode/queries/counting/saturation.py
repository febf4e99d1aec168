"""Saturation of a study: its documents in the order of collection, and from which on nothing much is new."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from qcode.analysis.corpus import Corpus, Recorded, Text, said_of
from qcode.analysis.saturation import Coded, Criteria, Event, Saturation, saturation
from qcode.errors import QcodeError
from qcode.queries.approach import measures_agreement
from qcode.queries.team import study_card
from qcode.reports.table_values import Printed, TableReport, TableValue
from qcode.study import Study
from qcode.text.typed import UNKNOWN, fold, meant


class SaturationNotSoughtError(QcodeError):
    """The study works in a way in which nothing is saturated."""

    def __init__(self, approach: str) -> None:
        super().__init__(
            f"This study's approach is {approach}, in which saturation is not counted: meaning is made by reading, and "
            "does not run out. Say in a memo why you stopped collecting."
        )


class NoSuchKindError(QcodeError):
    """No document is of the kind that is asked for."""

    def __init__(self, kind: str, known: Sequence[str]) -> None:
        there = ", ".join(f"“{one}”" for one in known) or "none"
        super().__init__(f"No document with codes is of the kind “{kind}”. There are: {there}.")


class NoSuchOrderError(QcodeError):
    """Documents are to be put in order by something that is not recorded of them."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        there = f"Recorded are: {', '.join(f'“{one}”' for one in known)}." if known else "Nothing is recorded of them."
        super().__init__(f"“{name}” is not recorded of documents, and cannot put them in order. {there}")


class OrderNotRecordedError(QcodeError):
    """Of some documents it is not recorded when they come."""

    def __init__(self, name: str, documents: Sequence[str]) -> None:
        super().__init__(f"“{name}” is not recorded of {said_of(documents)}. Record it, so that all are in order.")


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was found, the sentences for the paper, and what the counts are.

    `left_out` are documents that nobody has put a code in yet.
    """

    found: Saturation
    sentence: str
    left_out: tuple[str, ...]
    said: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What stands under a table or curve of it."""
        none_yet = (f"Left out, since nobody has coded them yet: {said_of(self.left_out)}.",) if self.left_out else ()
        return (self.sentence, *none_yet, self.said)


def assess(
    study: Study, corpus: Corpus, criteria: Criteria | None = None, *, kinds: Collection[str] = (), order: str = ""
) -> Assessed:
    """Saturation of what is counted, of all documents or those of some kinds, in the order in which they are listed.

    `order` is something that is recorded of documents, such as a date, to go by instead.

    Raises:
        SaturationNotSoughtError, NoSuchKindError, NoSuchOrderError, OrderNotRecordedError, CriteriaError,
        TooFewToAssessError.
    """
    approach = study_card(study).approach
    if not measures_agreement(approach):
        raise SaturationNotSoughtError(approach)
    chosen = _of_kinds(corpus, kinds)
    coded = [text for text in chosen if corpus.marks[text.document]]
    field = _field(corpus, order) if order else None
    ordered = coded if field is None else _in_order(coded, field)
    documents = [_coded(corpus, text) for text in ordered]
    found = saturation(documents, criteria)
    words = "the order of collection" if field is None else f"the order of “{field.name}”"
    only = f" Counted were documents of the kind {said_of(list(kinds))} only." if kinds else ""
    left_out = tuple(text.name for text in chosen if not corpus.marks[text.document])
    return Assessed(found, found.in_words(words) + only, left_out, corpus.said)


def saturation_report(assessed: Assessed, names: Corpus | None = None) -> TableReport:
    """The documents with what each adds, as a table; given the corpus, the new codes are named."""
    found = assessed.found
    ending = {run.last: run for run in found.runs}
    rows: list[tuple[TableValue, ...]] = []
    for number, event in enumerate(found.events, 1):
        run = ending.get(number)
        last = (None, None) if run is None else (run.new, Printed(run.percent, round(100 * run.share, 1)))
        rows.append((number, event.name, len(event.new), *_named(event, names), event.known, *last))
    which = () if names is None else ("Which",)
    return TableReport(
        title="Saturation",
        note="\n".join(assessed.notes),
        headings=("No.", "Document", "New codes", *which, "Codes known", "New in run", "Of the base"),
        rows=tuple(rows),
        summary="The documents in order, with the codes that each adds and the share of new ones in each run.",
    )


def _named(event: Event, names: Corpus | None) -> tuple[str, ...]:
    """The new codes by name in one cell, if they are to be named."""
    if names is None:
        return ()
    return (", ".join(sorted((names.code[one].name for one in event.new if one in names.code), key=str.casefold)),)


def saturation_json(assessed: Assessed, names: Corpus) -> dict[str, Any]:
    """What was found as other programs read it."""
    found = assessed.found
    return {
        "base": found.criteria.base,
        "run": found.criteria.run,
        "threshold": found.criteria.threshold,
        "base_codes": found.base,
        "reached_after": found.after,
        "documents": [
            {
                "document": event.name,
                "new": [names.code[one].name for one in event.new if one in names.code],
                "known": event.known,
            }
            for event in found.events
        ],
        "runs": [
            {"first": run.first, "last": run.last, "new": run.new, "share": round(run.share, 6)} for run in found.runs
        ],
        "left_out": list(assessed.left_out),
        "sentence": assessed.sentence,
        "counted": assessed.said,
    }


def _of_kinds(corpus: Corpus, kinds: Collection[str]) -> list[Text]:
    if not kinds:
        return list(corpus.texts)
    there = dict.fromkeys(text.kind for text in corpus.texts)
    for kind in kinds:
        if fold(kind) not in map(fold, there):
            raise NoSuchKindError(kind, list(there))
    wanted = {fold(kind) for kind in kinds}
    return [text for text in corpus.texts if fold(text.kind) in wanted]


def _field(corpus: Corpus, name: str) -> Recorded:
    known = [one for one in corpus.attributes if one.subject == "document"]
    found = next((one for one in known if fold(one.name) == fold(name)), None)
    if found is None:
        raise NoSuchOrderError(name, [one.name for one in known])
    return found


def _in_order(texts: Sequence[Text], field: Recorded) -> list[Text]:
    written = {text.document: text.attributes.get(field.key, "") for text in texts}
    missing = [text.name for text in texts if fold(written[text.document]) in ("", UNKNOWN)]
    if missing:
        raise OrderNotRecordedError(field.name, missing)
    return sorted(texts, key=lambda text: (_order(written[text.document], field), text.position))


def _order(text: str, field: Recorded) -> tuple[float, str]:
    """Numbers by their size, levels as they are listed, dates and texts by their letters."""
    if field.kind == "number":
        return float(meant(text, "number").content or 0), ""
    if field.kind == "category" and text in field.levels:
        return field.levels.index(text), ""
    return 0.0, text


def _coded(corpus: Corpus, text: Text) -> Coded:
    return Coded(text.document, text.name, frozenset(_codes(corpus, text)))


def _codes(corpus: Corpus, text: Text) -> Iterator[str]:
    return (mark.code for mark in corpus.marks[text.document])
