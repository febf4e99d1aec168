"""What merging codes would change in what is shown, told beforehand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from qcode.ids import CodeId
from qcode.queries.blindness import hidden_from
from qcode.queries.codebook.tree import codebook
from qcode.queries.codings import Looking, codings
from qcode.study import Study


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """How many codings of whom will be shown under another code; `below` names the codes that move along.

    `may_be_more` says that there are documents of which one may not see yet whether colleagues used these codes.
    """

    names: tuple[str, ...]
    into: str
    mine: int
    others: tuple[tuple[str, int], ...]
    documents: int
    below: tuple[str, ...]
    may_be_more: bool

    @property
    def sentence(self) -> str:
        """The effect in words."""
        parts = [f"{self.mine} of yours"] if self.mine else []
        parts += [f"{count} of {name}" for name, count in self.others]
        total = self.mine + sum(count for _name, count in self.others)
        where = f"{_counted(total, 'coding')} in {_counted(self.documents, 'document')} ({', '.join(parts)})"
        told = f"{where} will be shown under “{self.into}” and stay as they were made."
        sentences = [told if total else "No codings are affected."]
        if self.below:
            sentences.append(f"{_listed(self.below)} will stand below “{self.into}”.")
        if self.may_be_more:
            sentences.append("Codings that you may not see yet are not counted, and are shown there too.")
        return " ".join([*sentences, "Undo takes the codes apart again."])


def merge_effect(study: Study, codes: Collection[CodeId], into: CodeId) -> MergeEffect:
    """What would be shown under `into` if these codes stood for it, as far as the acting coder may know."""
    book = codebook(study)
    rows = codings(study, Looking(codes=codes, layer=None))
    counts = Counter("" if row.mine else row.coder_name for row in rows)
    mine = counts.pop("", 0)
    with study.read() as session:
        may_be_more = bool(hidden_from(session, study.coder))
    return MergeEffect(
        tuple(row.name for row in book if row.id in codes),
        next((row.name for row in book if row.id == into), ""),
        mine,
        tuple(sorted(counts.items())),
        len({row.document for row in rows}),
        tuple(row.name for row in book if row.parent in codes and row.id not in codes and row.id != into),
        may_be_more,
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)
