"""The warnings that belong beside a coefficient, and the sentences that say them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qcode.agreement.jackknife import FEWEST_DOCUMENTS
from qcode.agreement.values import Flag

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qcode.agreement.marks import Bools, Layout, Marks
    from qcode.agreement.summary import Summary
    from qcode.agreement.values import Status

ENOUGH_DOCUMENTS = 15
ENOUGH_VALUES = 5

_SENTENCES = {
    "no_shared_document": "No text was judged by two coders{who}.",
    "insufficient_variation": f"The rarer of marked and unmarked has fewer than {ENOUGH_VALUES} values: alpha cannot be"
    " interpreted.",
    "coder_never_used": "Never used by {coders}.",
    "no_disagreement": "No disagreement in {documents}; the upper 95 % bound for the share of documents with"
    " disagreement is {bound} %.",
    "too_few_documents": f"No interval: {{documents}}, and an interval needs {FEWEST_DOCUMENTS}.",
    "few_documents": "Few documents ({count}): the interval is approximate (true coverage about 0.89 to 0.93).",
    "disagreement_in_one_document": "No interval: all disagreement lies in {names}.",
    "variation_in_one_document": "No interval: all variation lies in {names}.",
}
_STATUSES = {
    "ok": "",
    "no_variation": "No variation: nothing to be reliable about.",
    "no_pairable_units": "No text was judged by two coders.",
}


def explain(flag: Flag, names: Mapping[str, str] | None = None) -> str:
    """The flag as a sentence; `names` gives the names of the coders and documents that it holds as ids."""
    known = names or {}
    coders = ", ".join(known.get(coder, coder) for coder in flag.coders)
    return _SENTENCES[flag.kind].format(
        coders=coders,
        who=f" (coders: {coders})" if coders else "",
        names=", ".join(known.get(document, document) for document in flag.documents),
        documents="1 document" if flag.count == 1 else f"{flag.count} documents",
        count=flag.count,
        bound=min(100, round(300 / max(1, flag.count))),
    )


def explain_status(status: Status) -> str:
    """Why there is no alpha, as a sentence; nothing where there is one."""
    return _STATUSES[status]


def row_flags(summary: Summary, row: int, layout: Layout) -> list[Flag]:
    """What keeps a row from having an interval, or makes its interval rough."""
    count = int(summary.documents[row])
    if summary.expected[row] <= 0:
        return []
    if summary.observed[row] <= 0:
        return [Flag("no_disagreement", count=count)]
    if count < FEWEST_DOCUMENTS:
        return [Flag("too_few_documents", count=count)]
    decisive = _decisive(summary, row, layout)
    if decisive or count >= ENOUGH_DOCUMENTS:
        return decisive
    return [Flag("few_documents", count=count)]


def _decisive(summary: Summary, row: int, layout: Layout) -> list[Flag]:
    shared, varies = summary.shared[row], summary.expected_without[row] > 0
    agreed = shared & varies & (summary.observed_without[row] <= 0)
    found = [
        Flag("disagreement_in_one_document", documents=_named(agreed, layout)),
        Flag("variation_in_one_document", documents=_named(shared & ~varies, layout)),
    ]
    return [flag for flag in found if flag.documents]


def _named(chosen: Bools, layout: Layout) -> tuple[str, ...]:
    return tuple(layout.documents[place] for place in np.flatnonzero(chosen))


def code_flags(summary: Summary, row: int, layout: Layout, used: Bools) -> list[Flag]:
    """The warnings of one code; `used` is (coder, code), true where a coder marked anything that counts."""
    if not summary.documents[row]:
        there = layout.present[:, row].any(axis=1)
        return [Flag("no_shared_document", coders=_coders(there, layout))]
    flags = row_flags(summary, row, layout)
    if 0 < min(summary.ones[row], summary.zeros[row]) < ENOUGH_VALUES:
        flags.append(Flag("insufficient_variation"))
    if summary.ones[row] > 0:
        there = (layout.present[:, row] & summary.shared[row]).any(axis=1)
        never = _coders(there & ~used[:, row], layout)
        flags += [Flag("coder_never_used", coders=never)] if never else []
    return flags


def _coders(chosen: Bools, layout: Layout) -> tuple[str, ...]:
    return tuple(layout.coders[place] for place in np.flatnonzero(chosen))


def used_codes(marks: Marks, layout: Layout) -> Bools:
    """(coder, code): whether the coder marked anything with it."""
    used = np.zeros(layout.present.shape[:2], dtype=bool)
    used[marks.coder, marks.cell // max(1, len(layout.documents))] = True
    return used
