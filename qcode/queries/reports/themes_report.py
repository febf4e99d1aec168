"""The themes-and-quotes report as values, from what stands in the study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from qcode import __version__
from qcode.agreement import Overall, Unit
from qcode.queries.agreement.figures import CodeFigures, StudyAgreement, study_agreement
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.approach import measures_agreement
from qcode.queries.codebook.examples import Sources
from qcode.queries.codebook.tree import code_entries
from qcode.queries.codings import who_coded
from qcode.queries.counting.corpus import corpus
from qcode.queries.quotes.voices import VoiceRow, balance_of_voices, everybody
from qcode.queries.reports.theme_sections import REPORT_LANGUAGE, house_for, negative_passages, theme_sections
from qcode.queries.team import StudyCard, coders, study_card
from qcode.queries.themes.outline import keeps_quotes_back, themes
from qcode.queries.transcripts.alignment import translation_pairs
from qcode.queries.transcripts.documents import DocumentRow, documents
from qcode.reports import values
from qcode.study import Study

ALL_CODES = ("All codes",)


def themes_report(
    study: Study,
    *,
    unit: Unit = "sentence",
    with_agreement: bool = True,
    with_codebook: bool = True,
    with_negative: bool = True,
    round_name: str | None = None,
    made_on: date | None = None,
) -> values.ThemesReport:
    """Everything a themes report prints, as the study stands; `made_on` is the day it is dated with.

    The agreement table is left out while no two coders handed in the same document, and where the study's approach
    has no use for it. Negative cases are printed with their words, under the theme whose codes they are of.

    Raises:
        NoSuchRoundError: if a round is named that is not in the study.
        QcodeError: if the study's template for attributions cannot be read.
    """
    card, rows, texts = study_card(study), themes(study), documents(study)
    voices = balance_of_voices(study, rows=rows).voices
    known = corpus(study)
    negative = negative_passages(study, rows, known) if with_negative else {}
    house = house_for(study, rows, negative=negative)
    measured = with_agreement and measures_agreement(card.approach)
    counted = "\n".join(said for said in (known.said, house.said) if said)
    return values.ThemesReport(
        replace(_facts(study, card, texts, voices, made_on), counted=counted),
        theme_sections(study, rows, house, negative),
        characteristics([voice for voice in voices if voice.person], card.k),
        _agreement(study, unit, round_name) if measured else None,
        codebook_rows(study) if with_codebook else (),
        kept_back=keeps_quotes_back(study),
    )


def codebook_report(study: Study, *, made_on: date | None = None) -> values.CodebookReport:
    """The codebook as a paper of its own; the title page says what the study is, not what was counted."""
    card = study_card(study)
    facts = values.StudyFacts(card.title, software_version=__version__, date=made_on, language=REPORT_LANGUAGE)
    return values.CodebookReport(facts, codebook_rows(study))


def report_facts(study: Study, made_on: date | None = None) -> values.StudyFacts:
    """What the first page of any report says about the study."""
    return _facts(study, study_card(study), documents(study), everybody(study), made_on)


def agreement_section(found: StudyAgreement) -> values.AgreementSection:
    """The agreement of a round as reports and CSV files print it."""
    return values.AgreementSection(
        found.unit,
        tuple(agreement_row(row.code, row, found.particular_notes(row)) for row in found.codes),
        agreement_row(ALL_CODES, found.overall, found.overall_notes),
        found.coders,
        found.round.name,
    )


def agreement_row(code: tuple[str, ...], figures: CodeFigures | Overall, notes: tuple[str, ...]) -> values.AgreementRow:
    """The figures of one code, or of all of them, as reports print them."""
    return values.AgreementRow(
        code,
        figures.alpha,
        figures.low,
        figures.high,
        figures.prevalence,
        figures.positive_agreement,
        figures.n,
        figures.documents,
        figures.status,
        notes,
        figures.percent_agreement,
        figures.below_667,
        figures.below_800,
    )


def characteristics(people: Sequence[VoiceRow], k: int) -> tuple[values.ParticipantRow, ...]:
    """Groups and roles with how many people have them; those that fewer than k share are counted together."""
    return (
        *_levels("Group", Counter(person.group for person in people), k),
        *_levels("Role", Counter(person.role for person in people), k),
    )


def _levels(title: str, counts: Counter[str], k: int) -> tuple[values.ParticipantRow, ...]:
    if not counts.keys() - {""}:
        return ()
    total = counts.total()
    shown = [(name, count) for name, count in counts.most_common() if name and count >= k]
    small = sum(count for name, count in counts.items() if name and count < k)
    lines = [*shown, (f"Other, fewer than {k} each", small), ("Not recorded", counts[""])]
    return (
        values.ParticipantRow(title),
        *(values.ParticipantRow(name, _share(count, total), indented=True) for name, count in lines if count),
    )


def _share(count: int, total: int) -> str:
    return f"{count} ({100 * count / total:.0f} %)"


def _facts(
    study: Study, card: StudyCard, texts: Sequence[DocumentRow], voices: Iterable[VoiceRow], made_on: date | None
) -> values.StudyFacts:
    active = who_coded(study)
    translations = {made for made, _original in translation_pairs(study)}
    return values.StudyFacts(
        card.title,
        card.question,
        sum(row.kind != "memo" and row.id not in translations for row in texts),
        sum(voice.person for voice in voices),
        tuple(row.name for row in coders(study) if row.id in active),
        __version__,
        made_on,
        language=REPORT_LANGUAGE,
    )


def _agreement(study: Study, unit: Unit, round_name: str | None) -> values.AgreementSection | None:
    try:
        return agreement_section(study_agreement(study, unit=unit, round_name=round_name))
    except NothingToCompareError:
        return None


def codebook_rows(study: Study) -> tuple[values.CodebookRow, ...]:
    """The codebook as reports print it: examples do not say which document or person they are from."""
    left_out = Sources.of(study).left_out
    return tuple(
        values.CodebookRow(
            entry.path,
            entry.kind,
            entry.status,
            entry.brief,
            entry.full,
            entry.when_to_use,
            entry.when_not_to_use,
            left_out(entry.typical_example),
            left_out(entry.near_miss),
        )
        for entry in code_entries(study)
    )
