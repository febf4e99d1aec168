"""Decisions in words: the one that stands, what changed since, and those about the same codes before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from qcode.queries.disagreements.cases import CaseRow, DecisionRow
from qcode.reconciliation import LEFT_OPEN, Kept, Outcome
from qcode.ui import theme
from qcode.ui.local_time import local_time
from qcode.ui.reconcile.drafts import OUTCOMES
from qcode.ui.theme import SPACE, text_colours
from qcode.ui.utf16 import displayable

_MOST = 20
_LONGEST = 150


def kept_in_words(kept: Iterable[Kept], text: str, names: Mapping[str, tuple[str, int]], *, outcome: Outcome) -> str:
    """What will stand in the consensus, as rich text: codes with the words they are put on."""
    shown = theme.current()
    if outcome in LEFT_OPEN:
        when = "the team meeting" if outcome == "meeting" else "later"
        return f'<span style="color:{shown.quiet}">Stays open for {when}.</span>'
    lines = [_kept(code, text[start:end], names) for code, start, end in kept]
    return "<br>".join(lines) or f'<span style="color:{shown.quiet}">Nothing is kept here.</span>'


def standing_html(case: CaseRow, names: Mapping[str, tuple[str, int]], text: str) -> str:
    """The decision that stands about a case: what, why, by whom; what changed since; who dissents."""
    decision, shown = case.decision, theme.current()
    if decision is None:
        return ""
    whose = next((lane.name for lane in case.lanes if lane.coder == decision.coder), "")
    outcome = f"As {whose} has it" if whose else OUTCOMES[decision.outcome]
    head = f"<b>{_said(outcome)}</b>" + (f" · {_said(decision.reason)}" if decision.reason else "")
    by = " · ".join(part for part in (decision.decided_by, local_time(decision.at)) if part)
    there = f"There: {', '.join(decision.present_names)}" if decision.present_names else ""
    parts = [head]
    parts.append(kept_in_words(decision.kept, text, names, outcome=decision.outcome))
    parts += [f"“{_said(decision.note)}”"] if decision.note else []
    quiet = (*decision.led_to, by, there)
    parts += [f'<span style="color:{shown.quiet}">{_said(line)}</span>' for line in quiet if line]
    html = "".join(f'<p style="margin:0 0 {SPACE // 2}px 0">{part}</p>' for part in parts)
    return _stale(case) + html


def precedents_html(rows: Sequence[DecisionRow]) -> str:
    """What was decided before about the same codes, the latest first."""
    shown = theme.current()
    if not rows:
        return f'<span style="color:{shown.quiet}">Nothing about these codes.</span>'
    return "".join(_precedent(row) for row in rows[:_MOST])


def _precedent(row: DecisionRow) -> str:
    shown = theme.current()
    outcome = OUTCOMES[row.outcome]
    reason = f" · {_said(row.reason)}" if row.reason else ""
    note = f"<br>“{_said(row.note)}”" if row.note else ""
    where = f'<span style="color:{shown.quiet}">{_said(row.document_name)}</span>'
    return f'<p style="margin:0 0 {SPACE}px 0">{_said(outcome)}{reason} · {where}{note}</p>'


def _stale(case: CaseRow) -> str:
    if case.decision is None or not case.stale:
        return ""
    said = " ".join(_said(change.sentence) for change in case.decision.changes)
    ink = theme.current().warning
    return f'<p style="color:{ink}; margin:0 0 {SPACE}px 0">Changed since it was decided. {said} Look again.</p>'


def _kept(code: str, words: str, names: Mapping[str, tuple[str, int]]) -> str:
    name, slot = names.get(code, ("a code that is gone", 0))
    colour = text_colours().code(slot)
    return f'<span style="color:{colour.stripe}">■</span> <b>{_said(name)}</b>&nbsp; {_said(_shortened(words))}'


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[:half].rpartition(' ')[0]} … {words[-half:].partition(' ')[2]}"


def _said(words: str) -> str:
    return escape(displayable(words)).replace("\n", " ")
