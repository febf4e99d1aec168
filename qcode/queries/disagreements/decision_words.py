"""Decisions about disagreements in words, where fields of their rows are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from qcode.models import Assent, Code, Coder, CodeVersion, Decision, Document, Revision, Text
from qcode.models.journal import to_columns
from qcode.models.reconciling import JUDGED
from qcode.reconciliation import OUTCOME_WORDS


def name_of(session: Session, row: Decision | Assent) -> str:
    """What a decision is about, such as “Trust / Doubt in INT-03”; of an assent also whose it is."""
    if isinstance(row, Assent):
        return f"{_coder(session, row.coder_id)} on {name_of(session, session.get_one(Decision, row.decision_id))}"
    codes = " / ".join(_code(session, code) for code in row.codes)
    return f"{codes} in {session.get_one(Document, row.document_id).name}"


def verdict_in_words(session: Session, judged: Sequence[Any]) -> str:
    """What was decided, and each code that is kept, with its words."""
    columns = to_columns(Decision, {JUDGED: judged})
    verdict = columns["verdict"]
    outcome = OUTCOME_WORDS[verdict["outcome"]].format(coder=_coder(session, verdict["coder"]))
    row = session.get(Revision, columns["revision_id"])
    body = session.get(Text, row.text_sha256) if row is not None else None
    text = body.body if body is not None else ""
    kept = [f"{_code(session, code)} on “{text[start:end] or '…'}”" for code, start, end in verdict["kept"]]
    return f"{outcome}: {'; '.join(kept) or 'nothing is kept'}"


def people_in_words(session: Session, coders: Sequence[str]) -> str:
    """The names of coders."""
    return ", ".join(_coder(session, coder) for coder in coders) or "nobody"


def stance_in_words(_session: Session, said: Sequence[str]) -> str:
    """How a decision is taken."""
    return said[0]


def consequences(session: Session, led_to: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What came of a decision in the codebook, each in a sentence with its reason; nothing of what was taken back."""
    told = (_TOLD[kind](session, row) for kind, row in led_to if kind in _TOLD)
    return tuple(one for one in told if one)


def _defined(session: Session, version: str) -> str:
    row = session.get(CodeVersion, version)
    if row is None or not row.alive:
        return ""
    return f"“{_code(session, row.code_id)}” was defined anew, version {row.number}{_why(row.reason)}."


def _reshaped(session: Session, code: str) -> str:
    row = session.get(Code, code)
    if row is None or not row.alive:
        return ""
    if row.status == "merged" and row.merged_into_id is not None:
        return f"“{row.name}” was merged into “{_code(session, row.merged_into_id)}”{_why(row.answer)}."
    if row.split_from_id is not None:
        return f"“{row.name}” was split off “{_code(session, row.split_from_id)}”."
    return ""


_TOLD: Final[Mapping[str, Callable[[Session, str], str]]] = {"code_version": _defined, "code": _reshaped}


def _why(reason: str) -> str:
    return f": {reason.rstrip('.')}" if reason else ""


def _coder(session: Session, coder: str | None) -> str:
    row = session.get(Coder, coder) if coder else None
    return row.name if row is not None else "…"


def _code(session: Session, code: str) -> str:
    row = session.get(Code, code)
    return row.name if row is not None else "…"
