"""The agreement report of a round, as values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from qcode import __version__
from qcode.queries.agreement.figures import StudyAgreement
from qcode.queries.agreement.plan_comparison import compare_with_plan, plan_section
from qcode.queries.agreement.refusals import listed
from qcode.queries.agreement.scope import in_full
from qcode.queries.agreement.sections import boundary_section
from qcode.queries.agreement.sets import set_figures
from qcode.queries.reports.theme_sections import REPORT_LANGUAGE
from qcode.queries.reports.themes_report import ALL_CODES, agreement_row, agreement_section
from qcode.queries.team import study_card
from qcode.reports import values
from qcode.study import Study


def agreement_report(study: Study, found: StudyAgreement, *, made_on: date | None = None) -> values.AgreementReport:
    """What was found, with all that is needed to judge it and to compute it again."""
    card = study_card(study)
    facts = values.StudyFacts(
        card.title, card.question, software_version=__version__, date=made_on, language=REPORT_LANGUAGE
    )
    return values.AgreementReport(
        facts,
        agreement_section(found),
        found.documents,
        tuple(_scope(found)),
        f"qcode {__version__}",
        found.draws,
        found.seed,
        tuple(_intervals(found)),
        tuple(_pairs(found)),
        tuple(_sums(found)),
        plan_section(compare_with_plan(study, found)),
        found.overall.macro_alpha,
        found.overall.undefined,
        boundary_section(study, found),
        tuple(set_figures(study, found)),
    )


def _scope(found: StudyAgreement) -> Iterator[str]:
    """Which text counts and whose, in sentences."""
    count = len(found.documents)
    documents = "1 document" if count == 1 else f"{count} documents"
    yield (
        f"{documents} of the round “{found.round.name}” {'was' if count == 1 else 'were'} handed in by two coders or "
        f"more: {listed(found.documents)}. The coders were {listed(found.coders)}."
    )
    measured = found.measured
    if any(each.parts for each in measured.documents):
        yield "Coders who were given parts of a document count for these parts alone."
    if any(each.excluded for each in measured.documents):
        left_out = " and what interviewers say" if found.without_interviewers else ""
        yield f"Ranges that were excluded from coding{left_out} do not count."
    if any(members != {line} for line, members in found.counted.items()):
        yield "A line holds the marks of several codes together: of a code and those below it, or of a set."
    yield from in_full(found)


def _intervals(found: StudyAgreement) -> Iterator[tuple[tuple[str, ...], float | None, float | None, int]]:
    for row in found.codes:
        if row.drawn is not None:
            yield row.code, row.drawn.low, row.drawn.high, row.drawn.undefined
    if found.overall_drawn is not None:
        drawn = found.overall_drawn
        yield ALL_CODES, drawn.low, drawn.high, drawn.undefined


def _pairs(found: StudyAgreement) -> Iterator[tuple[str, str, values.AgreementRow]]:
    named = [(sorted((found.names[pair.first], found.names[pair.second])), pair) for pair in found.measured.pairs()]
    for (first, second), pair in sorted(named, key=lambda each: each[0]):
        yield first, second, agreement_row(ALL_CODES, pair.overall, ())


def _sums(found: StudyAgreement) -> Iterator[values.AgreementSums]:
    measured = found.measured
    counts = measured.counts()
    for row, code in enumerate(found.codes):
        for place in np.flatnonzero(counts.shared[row]):
            document = measured.documents[place]
            coders = sum((coder, code.id) not in document.unseen for coder in document.coders)
            yield values.AgreementSums(
                code.code,
                found.names[document.document],
                coders,
                float(counts.units[row, place]),
                float(counts.ones[row, place]),
                float(counts.zeros[row, place]),
                float(counts.mixed[row, place]),
            )
