"""What a study can tell of its coding, agreement, themes and quotes, a sentence or two a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qcode.analysis.corpus import united
from qcode.errors import QcodeError
from qcode.queries.agreement.figures import StudyAgreement, study_agreement
from qcode.queries.agreement.plan_comparison import compare_with_plan
from qcode.queries.agreement.refusals import NothingToCompareError
from qcode.queries.approach import measures_agreement
from qcode.queries.attribution.anonymity import attributions, told_in_methods
from qcode.queries.codebook.tree import codebook
from qcode.queries.counting.saturation import assess
from qcode.queries.disagreements.cases import Cases
from qcode.queries.disagreements.rows import DecisionRow
from qcode.queries.memos import memos
from qcode.queries.reports.methods_known import Known, began, counted, in_words, listed
from qcode.queries.rounds.double_coding import doubly_coded
from qcode.queries.team import RoundRow
from qcode.queries.themes.outline import ThemeRow
from qcode.study import Study


def coders(known: Known) -> str:
    """Who made how many codings, round by round, and what of them tables count."""
    if not known.coders:
        return ""
    many = began(counted(len(known.coders), "coder"))
    of_round = Counter(row.round for row in known.codings)
    parts = [f"{of_round[row.id]:,} in “{row.name}”" for row in known.rounds if of_round[row.id]]
    where = f": {listed(parts)}" if len(parts) > 1 else ""
    return f"{many} made {len(known.codings):,} codings{where}."


def what_counts(known: Known) -> str:
    """How many passages tables count, and whose codings these come from."""
    marks = [mark for text in known.corpus.texts for mark in known.corpus.marks[text.document]]
    if not marks:
        return ""
    return f"The tables stand on {counted(len(marks), 'passage')}. {known.corpus.said}"


def rounds(known: Known) -> str:
    """In which rounds coders worked blind, and how much was coded by two or more."""
    coded = {row.round for row in known.codings}
    told = [row for row in known.rounds if row.id in coded]
    blind, sighted = [row for row in told if row.blind], [row for row in told if not row.blind]
    ways = (blind, "without seeing each other’s codings"), (sighted, "in sight of each other’s codings")
    return " ".join(_of_rounds(known.study, rows, how) for rows, how in ways if rows)


def _of_rounds(study: Study, rows: Sequence[RoundRow], how: str) -> str:
    both = [doubly_coded(study, row.id) for row in rows]
    names = listed([f"“{row.name}”" for row in rows])
    if all(one.done == one.of for one in both):
        each = "every document" if len(rows) == 1 else "every document of each"
        shares = f"{each} ({listed([str(one.of) for one in both])})"
    else:
        shares = f"{listed([f'{one.done} of {one.of}' for one in both])} documents"
    return f"In the round{'s' * (len(rows) > 1)} {names} coders worked {how}; two or more coded {shares}."


def codes(known: Known) -> str:
    """How many codes there are, under how many headings, defined or not, and which are proposed still."""
    rows = codebook(known.study, counted=False)
    codable = [row for row in rows if row.status == "active" and row.kind == "codable"]
    if not codable:
        return ""
    families = len({row.path[0] for row in rows if row.status == "active" and len(row.path) > 1})
    under = f" under {counted(families, 'heading')}" if families else ""
    defined = sum(bool(row.brief) for row in codable)
    have = "each with its definition" if defined == len(codable) else f"{in_words(defined)} of them with a definition"
    proposed = sum(row.status == "proposed" for row in rows)
    waits = "one more was proposed by a coder and is not decided on yet"
    if proposed > 1:
        waits = f"{in_words(proposed)} more were proposed by coders and are not decided on yet"
    them = "it where it was" if proposed == 1 else "them where they were"
    more = f" {began(waits)}; tables count {them} used." * bool(proposed)
    return f"The codebook has {counted(len(codable), 'code')}{under}, {have}.{more}"


def written_memos(known: Known) -> str:
    """How many memos there are."""
    found = memos(known.study)
    return f"The team wrote {counted(len(found), 'memo')} during the analysis." if found else ""


def agreement(known: Known) -> str:
    """Alpha over all codes of every round, with what was planned for it and what came of that."""
    if not measures_agreement(known.card.approach):
        return ""
    measured = [found for row in known.rounds if (found := _measured(known.study, row)) is not None]
    if not measured:
        return ""
    figures = listed([_figure(found, first=not place) for place, found in enumerate(measured)])
    units = listed(list(dict.fromkeys(found.unit for found in measured)))
    planned = [said for found in measured for said in _planned(known.study, found)]
    told = f"Krippendorff’s alpha over all codes, measured by {units} on the coders’ own codings, was {figures}."
    return " ".join([told, *planned, "The table of agreement has each code."])


def _measured(study: Study, row: RoundRow) -> StudyAgreement | None:
    try:
        found = study_agreement(study, round_name=row.name)
    except NothingToCompareError:
        return None
    return None if found.overall.alpha is None else found


def _figure(found: StudyAgreement, *, first: bool) -> str:
    low, high, of = found.overall.low, found.overall.high, len(found.documents)
    none = low is None or high is None
    interval = "without an interval" if none else f"95 % interval {low:.2f} to {high:.2f}"
    alpha = f"{found.overall.alpha:.2f}".replace("-", "−")
    where = f"in the round “{found.round.name}”" if first else f"in “{found.round.name}”"
    return f"{alpha} {where} ({interval.replace('-', '−')}; {counted(of, 'document')} coded by two or more)"


def _planned(study: Study, found: StudyAgreement) -> tuple[str, ...]:
    compared = compare_with_plan(study, found)
    return compared.sentences if compared is not None else ()


def decisions(known: Known) -> str:
    """How many disagreements were settled and how, and how many are open still, round by round."""
    if not measures_agreement(known.card.approach):
        return ""
    return " ".join(said for row in known.rounds if (said := _of_decisions(Cases.of(known.study, row.id), row.name)))


def _of_decisions(cases: Cases, name: str) -> str:
    settled = [row for row in cases.decisions if row.settles and row.outcome != "unanimous"]
    if not settled:
        return ""
    were = "disagreement was", "disagreements were"
    dissent = sum(bool(row.dissent) for row in settled)
    held = f"; in {_of_them(dissent)} somebody kept to another reading, which is on record" if dissent else ""
    left = cases.counts.open
    is_open = f"{began(counted(left, 'is', 'are'))} open still" if left else "None is open"
    return (
        f"In the round “{name}” {counted(len(settled), *were)} settled{_by(settled)}{_reasoned(settled)}{held}. "
        f"{is_open}. What was settled changed nobody’s codings."
    )


def _by(settled: Sequence[DecisionRow]) -> str:
    """Whether they were settled by several people together, as far as it is recorded who was there."""
    together = sum(len(row.present_names) > 1 for row in settled)
    if together == len(settled):
        return " in discussion"
    return f", {in_words(together)} of them in discussion" if together else ""


def _reasoned(settled: Sequence[DecisionRow]) -> str:
    reasoned = sum(bool(row.reason or row.note.strip()) for row in settled)
    if reasoned == len(settled):
        return " with a recorded reason" if reasoned == 1 else ", each with a recorded reason"
    return f", {in_words(reasoned)} with a recorded reason" if reasoned else ""


def _of_them(number: int) -> str:
    return "one of them" if number == 1 else f"{in_words(number)} of them"


def major(known: Known) -> str:
    """The themes at the top, by name."""
    rows = [row for row in known.themes if row.depth == 0]
    return f"{began(counted(len(rows), 'theme was', 'themes were'))} built: {_names(rows)}." if rows else ""


def minor(known: Known) -> str:
    """The themes below others, by name."""
    rows = [row for row in known.themes if row.depth > 0]
    stand = "sub-theme stands", "sub-themes stand"
    return f"{began(counted(len(rows), *stand))} below them: {_names(rows)}." if rows else ""


def quotes(known: Known) -> str:
    """How many quotes there are, and how people are told in them."""
    if not known.quotes:
        return ""
    there = len({quote.document for quote in known.quotes})
    illustrate = "quote from {} illustrates", "quotes from {} illustrate"
    return (
        f"{began(counted(len(known.quotes), *illustrate)).format(counted(there, 'document'))} the themes; each is the "
        f"transcript’s own words at its place, with every change marked. {_attributed(known)}"
    ).strip()


def _attributed(known: Known) -> str:
    """How people are told in quotes; nothing where the template cannot be read, which is a caution elsewhere."""
    try:
        return told_in_methods(attributions(known.study, known.quotes))
    except QcodeError:
        return ""


def dissent(known: Known) -> str:
    """What is kept that does not fit."""
    against = sum(quote.stance == "dissents" for quote in known.quotes)
    negative = _negative(known)
    printed = counted(against, "quote is", "quotes are")
    parts = [f"{printed} printed as speaking against a theme"] * bool(against)
    marked = counted(negative, "passage is", "passages are")
    parts += [f"{marked} marked as {'a negative case' if negative == 1 else 'negative cases'}"] * bool(negative)
    return f"What does not fit is kept and told: {listed(parts)}." if parts else ""


def _negative(known: Known) -> int:
    """How many stretches are marked as negative cases, under whatever codes."""
    counting = known.corpus
    found = 0
    for text in counting.texts:
        marks = [mark._replace(code="") for mark in counting.marks[text.document] if mark.negative]
        found += len(united(text.text, marks))
    return found


def saturation(known: Known) -> str:
    """What the curve of new codes says, as the paper prints it; nothing where it is not sought or cannot be told."""
    try:
        return assess(known.study, known.corpus).sentence
    except QcodeError:
        return ""


def trail(known: Known) -> str:
    """That every step is on record."""
    if not known.codings:
        return ""
    return "Every step of the analysis is on record with who took it and when; the audit pack holds that record."


def _names(rows: Iterable[ThemeRow]) -> str:
    return listed(list(_quoted(rows)))


def _quoted(rows: Iterable[ThemeRow]) -> Iterator[str]:
    return (f"“{row.name.strip('“”')}”" for row in rows)
