"""The codings of the document on show: all that may be seen are known, some are drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from qcode.ids import RoundId
from qcode.queries.codings import CodingRow
from qcode.ui.code.filtering import OPEN, Narrowing

type Whose = Literal["mine", "everyone"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which codings are drawn: whose, of which round, and what a filter lets through.

    None stands for all rounds; a filter that names rounds stands above the one that is coded in.
    """

    whose: Whose = "mine"
    round: RoundId | None = None
    only: Narrowing = OPEN

    def takes(self, row: CodingRow) -> bool:
        """Whether a coding is drawn."""
        return (
            (row.mine or self.whose == "everyone")
            and (self.only.rounds is not None or self.round is None or row.round == self.round)
            and self.only.takes(row)
        )

    def without_filter(self, rows: Iterable[CodingRow]) -> list[CodingRow]:
        """The codings that would be drawn if the filter named no more than its rounds."""
        found = [row for row in rows if row.mine] if self.whose == "mine" else list(rows)
        if self.only.rounds is not None or self.round is None:
            return found
        return [row for row in found if row.round == self.round]

    def elsewhere(self, rows: Iterable[CodingRow]) -> Counter[str]:
        """How many codings each other round has that would be drawn if it were the one coded in."""
        if self.only.rounds is not None or self.round is None:
            return Counter()
        theirs = (row for row in rows if row.mine or self.whose == "everyone")
        return Counter(row.round for row in theirs if row.round != self.round)


@dataclass(frozen=True, slots=True)
class Difference:
    """How many codings of a code, and of the document in each round, came with a change; fewer are negative."""

    mine: Counter[str]
    everybodys: Counter[str]
    mine_in_round: Counter[str]
    everybodys_in_round: Counter[str]


class KnownCodings:
    """The codings of one document by id, in the order they became known."""

    def __init__(self, rows: Iterable[CodingRow] = ()) -> None:
        self._rows: dict[str, CodingRow] = {row.id: row for row in rows}

    def __getitem__(self, key: str) -> CodingRow:
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    @property
    def rows(self) -> Iterable[CodingRow]:
        """All of them."""
        return self._rows.values()

    @property
    def codes(self) -> set[str]:
        """The codes that are on this document."""
        return {row.code for row in self._rows.values()}

    def drawn(self, choice: Choice) -> list[CodingRow]:
        """The codings that are drawn."""
        return choice.only.among(self.without_filter(choice))

    def without_filter(self, choice: Choice) -> list[CodingRow]:
        """The codings that would be drawn without the filter."""
        return choice.without_filter(self._rows.values())

    def elsewhere(self, choice: Choice) -> Counter[str]:
        """How many codings each other round has that would be drawn if it were the one coded in."""
        return choice.elsewhere(self._rows.values())

    def among(self, keys: Iterable[str]) -> list[CodingRow]:
        """Those of some codings that are known."""
        return [self._rows[key] for key in keys if key in self._rows]

    def update(self, touched: Collection[str], rows: Iterable[CodingRow]) -> Difference:
        """Take over what the touched codings are now: those without a row are gone."""
        now: dict[str, CodingRow] = {row.id: row for row in rows}
        difference = Difference(Counter(), Counter(), Counter(), Counter())
        for key in touched:
            _count(difference, self._rows.get(key), -1)
            _count(difference, now.get(key), 1)
            if key in now:
                self._rows[key] = now[key]
            else:
                self._rows.pop(key, None)
        return difference


def _count(difference: Difference, row: CodingRow | None, step: int) -> None:
    if row is None:
        return
    difference.everybodys[row.code] += step
    difference.everybodys_in_round[row.round] += step
    if row.mine:
        difference.mine[row.code] += step
        difference.mine_in_round[row.round] += step
