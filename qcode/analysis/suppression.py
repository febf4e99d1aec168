"""Which counts of people a printed table must not show: small ones, and those that would give them away.

Hiding what is below k is not enough, since totals are printed beside it. So other counts are hidden as well, until none
that is hidden can be computed from what is left: by subtracting from a total, or from a row that counts it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qcode.analysis.crosstab import ALL
from qcode.errors import QcodeError

if TYPE_CHECKING:
    from qcode.analysis.crosstab import Crosstab

type Place = tuple[int, int]


class NotHiddenInSuchCountsError(QcodeError):
    """Small counts are to be hidden in a table that is not of participants in groups."""

    def __init__(self, count: str, by: str) -> None:
        what = f"of {count}" if count != "participants" else f"by {by}"
        super().__init__(
            f"Small counts are hidden in tables of participants by a group or an attribute, and this one is {what}. "
            "Count participants by something else, or leave the table as it is."
        )


class NotInOneColumnError(QcodeError):
    """Small counts are to be hidden in a table in which somebody stands in several columns, or in none."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"Not every participant stands in one column of “{by}” and in no other, so that too much could be computed "
            "from what is shown. Choose a group or an attribute of participants, or leave figures out by hand."
        )


def hidden_cells(table: Crosstab, k: int) -> frozenset[tuple[str, str]]:
    """The cells of a table of participants, by the keys of row and column, that are not to be printed.

    Raises NotHiddenInSuchCountsError for any other table, NotInOneColumnError where columns overlap.
    """
    return hidden_beside([table], k)[0]


def hidden_beside(tables: Sequence[Crosstab], k: int) -> tuple[frozenset[tuple[str, str]], ...]:
    """What is not to be printed of each of several tables with the same columns that are read beside each other.

    A theme counts its codes again, so what one table hides must not be computed from what another one shows. Raises
    what `hidden_cells` raises.
    """
    for table in tables:
        _refuse(table)
    rows = [(place, key) for place, table in enumerate(tables) for key in (*(row.key for row in table.rows), ALL)]
    columns = [column.key for column in tables[0].columns]
    found = hidden(
        [[cell.count for cell in row] for table in tables for row in (*table.cells, table.below)],
        [column.of for column in tables[0].columns],
        [codes for table in tables for codes in _codes(table)],
        k,
    )
    cells = [(*rows[row], columns[column]) for row, column in found]
    return tuple(frozenset((key, column) for of, key, column in cells if of == place) for place in range(len(tables)))


def _refuse(table: Crosstab) -> None:
    groups = [table.people.get(column.key, frozenset()) for column in table.columns[:-1]]
    if table.count != "participants" or table.by == "document":
        raise NotHiddenInSuchCountsError(table.count, table.by)
    if sum(map(len, groups)) != len(table.people[ALL]) or frozenset().union(*groups) != table.people[ALL]:
        raise NotInOneColumnError(table.by)


def _codes(table: Crosstab) -> list[frozenset[str]]:
    """The codes that are counted in each row, the one below the table too."""
    codes = [row.codes for row in table.rows]
    return [*codes, frozenset[str]().union(*codes)]


def hidden(
    counts: Sequence[Sequence[int]], sizes: Sequence[int], codes: Sequence[frozenset[str]], k: int
) -> frozenset[Place]:
    """The places of a table that are hidden: counts from 1 to k - 1, all of a column of fewer than k, and more.

    Each person is in one column, and the last, which counts all, is the sum of the others. `sizes` says how many people
    there are in each column, `codes` which codes a row counts. The same table hides the same places: of what would do,
    the smallest count, and the first of several.
    """
    small = {column for column, size in enumerate(sizes) if size < k}
    found = {
        (row, column)
        for row, cells in enumerate(counts)
        for column, count in enumerate(cells)
        if 0 < count < k or column in small
    }
    told = _Told(counts, sizes, codes, small)
    while given_away := list(told.given_away(found)):
        first_of_row = dict(reversed(given_away))
        more = [place for row, column in sorted(first_of_row.items()) for place in told.complement(row, column, found)]
        if not more:
            return frozenset((row, column) for row in range(len(counts)) for column in range(len(sizes)))
        found.update(more)
    return frozenset(found)


class _Sums:
    """Sums that are known to hold, of numbers with signs: 0 comes out of each.

    `bounds` is what is known of each number, `sums` are the numbers and signs, `of` says in which sums a number stands.
    """

    def __init__(self) -> None:
        self.bounds: list[tuple[int, int]] = []
        self.sums: list[list[tuple[int, int]]] = []
        self.of: list[list[int]] = []

    def number(self, low: int, high: int) -> int:
        """A number between two others."""
        self.bounds.append((low, high))
        self.of.append([])
        return len(self.bounds) - 1

    def add(self, more: Iterable[int], less: Iterable[int]) -> None:
        """What is `more` and what is `less` is the same in sum."""
        terms = [*((one, 1) for one in more), *((one, -1) for one in less)]
        for one, _sign in terms:
            self.of[one].append(len(self.sums))
        self.sums.append(terms)

    def narrow(self, first: Iterable[int] | None = None) -> bool:
        """Draw from each sum what it says of its numbers until nothing new comes of it; false if they contradict."""
        waiting = dict.fromkeys(range(len(self.sums)) if first is None else first)
        while waiting:
            changed = self._narrow(self.sums[waiting.popitem()[0]])
            for one in changed:
                if self.bounds[one][0] > self.bounds[one][1]:
                    return False
                waiting.update(dict.fromkeys(self.of[one]))
        return True

    def is_open(self, one: int) -> bool:
        """Whether a number can be two things at least, as far as trying each of them tells."""
        low, high = self.bounds[one]
        tried = sorted(range(low, high + 1), key=lambda value: min(value - low, high - value))
        possible = (value for value in tried if self._can_be(one, value))
        return next(possible, None) is not None and next(possible, None) is not None

    def _can_be(self, one: int, value: int) -> bool:
        before = list(self.bounds)
        self.bounds[one] = value, value
        can_be = self.narrow(self.of[one])
        self.bounds = before
        return can_be

    def _narrow(self, terms: Sequence[tuple[int, int]]) -> list[int]:
        """The numbers of one sum of which more is known now."""
        ends = [(low, high) if sign > 0 else (-high, -low) for one, sign in terms for low, high in [self.bounds[one]]]
        least, most = sum(low for low, _high in ends), sum(high for _low, high in ends)
        changed = []
        for (one, sign), (low, high) in zip(terms, ends, strict=True):
            new = max(low, high - most), min(high, low - least)
            if new != (low, high):
                self.bounds[one] = new if sign > 0 else (-new[1], -new[0])
                changed.append(one)
        return changed


class _Told:
    """What a printed table tells of the counts that it hides."""

    def __init__(
        self,
        counts: Sequence[Sequence[int]],
        sizes: Sequence[int],
        codes: Sequence[frozenset[str]],
        small: set[int],
    ) -> None:
        self._counts, self._sizes, self._small = counts, sizes, small
        rows = range(len(counts))
        self._nested = [
            (row, above) for row in rows for above in rows if row != above and codes[row] and codes[row] <= codes[above]
        ]
        self._covers = [(row, parts) for row in rows if (parts := _parts(row, codes))]

    def given_away(self, hidden: set[Place]) -> Iterator[Place]:
        """The hidden places of which only one count is possible."""
        sums = _Sums()
        cells = [
            [sums.number(*self._bounds((row, column), hidden)) for column in range(len(self._sizes))]
            for row in range(len(self._counts))
        ]
        for *parts, whole in cells:
            sums.add(parts, [whole])
        for row, above in self._nested:
            self._add_rest(sums, [cells[above]], [cells[row]])
        for row, parts in self._covers:
            self._add_rest(sums, [cells[part] for part in parts], [cells[row]])
        sums.narrow()
        for row, column in sorted(hidden):
            if not sums.is_open(cells[row][column]):
                yield (row, column)

    def complement(self, row: int, column: int, hidden: set[Place]) -> list[Place]:
        """What is hidden next so that a place is not given away: in its row, in its column, or anywhere.

        It is one place, or none where all that could be is hidden.
        """
        related = [above for one, above in self._nested if one == row] + [one for one, up in self._nested if up == row]
        rows = range(len(self._counts))
        columns = range(len(self._sizes))
        for among in (
            [(row, other) for other in columns],
            [(other, column) for other in related],
            [(one, other) for one in rows for other in columns],
        ):
            free = [place for place in among if place not in hidden and self._counts[place[0]][place[1]]]
            if free:
                return [min(free, key=lambda place: (self._counts[place[0]][place[1]], place))]
        return []

    def _bounds(self, place: Place, hidden: set[Place]) -> tuple[int, int]:
        """What is known of a count by itself: 0 is hidden only where the whole column is."""
        row, column = place
        if place not in hidden:
            return self._counts[row][column], self._counts[row][column]
        return (0 if column in self._small else 1), self._sizes[column]

    def _add_rest(self, sums: _Sums, more: Sequence[Sequence[int]], less: Sequence[Sequence[int]]) -> None:
        """In each column some rows together are at least others; the rests add up as their rows do."""
        most = self._sizes[-1] * max(len(more), 1)
        rests = [sums.number(0, most) for _column in self._sizes]
        for column, rest in enumerate(rests):
            sums.add([row[column] for row in more], [*(row[column] for row in less), rest])
        sums.add(rests[:-1], rests[-1:])


def _parts(row: int, codes: Sequence[frozenset[str]]) -> list[int]:
    """The largest rows within a row, if all that it counts is in them; of those that count the same, the first."""
    inside = [one for one, held in enumerate(codes) if held and held < codes[row] and codes.index(held) == one]
    largest = [one for one in inside if not any(codes[one] < codes[other] for other in inside)]
    return largest if largest and frozenset[str]().union(*(codes[one] for one in largest)) == codes[row] else []
