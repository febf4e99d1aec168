"""Small counts that are hidden: what is printed beside them does not give them away, by going through all worlds."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from itertools import product

import counted
import pytest
from hypothesis import given, settings

from qcode.analysis.corpus import Cell
from qcode.analysis.crosstab import ALL, ColumnHeading, Crosstab, OneLevelError, RowHeading, crosstab
from qcode.analysis.suppression import (
    NotHiddenInSuchCountsError,
    NotInOneColumnError,
    hidden,
    hidden_beside,
    hidden_cells,
)

A, B, C = frozenset("a"), frozenset("b"), frozenset("c")


def tables(groups, rows):
    """Every table that so many people in these groups can lead to, whoever speaks of what."""
    codes = sorted(frozenset().union(*rows))
    every = range(len(groups))
    columns = [{one for one in every if groups[one] == name} for name in sorted(set(groups))]
    ways = [{one for one in every if bits >> one & 1} for bits in range(2 ** len(groups))]
    found = set()
    for heard in product(ways, repeat=len(codes)):
        speak = [set().union(*(heard[codes.index(code)] for code in row)) for row in rows]
        found.add(tuple((*(len(who & column) for column in columns), len(who)) for who in speak))
    return sorted(found), [*map(len, columns), len(groups)]


@pytest.mark.parametrize(
    ("groups", "rows", "k"),
    [
        ("0011", [A, B, A | B], 2),
        ("0011", [A, B, A | B], 3),
        ("0001111", [A, A], 3),
        ("001122", [A, B], 2),
        ("0012", [A, B, A | B], 2),
        ("000111", [A, B, A, A | B], 3),
    ],
)
def test_of_no_hidden_count_is_there_only_one_that_fits_what_is_printed(groups, rows, k):
    """Whoever reads the table knows which counts are hidden, that 0 is not, and how many people there are."""
    worlds, sizes = tables(groups, rows)
    masks = {table: hidden(table, sizes, rows, k) for table in worlds}
    cells = list(product(range(len(rows)), range(len(sizes))))
    small = {column for column, size in enumerate(sizes) if size < k}
    shown_least = {(r, c): 0 if c in small else 1 for r, c in cells}
    for mask in set(masks.values()):
        seen = [cell for cell in cells if cell not in mask]
        alike = defaultdict(list)
        for table in worlds:
            if all(table[r][c] >= shown_least[r, c] for r, c in mask):
                alike[tuple(table[r][c] for r, c in seen)].append(table)
        for table, own in masks.items():
            if own == mask:
                fitting = alike[tuple(table[r][c] for r, c in seen)]
                assert all(len({one[r][c] for one in fitting}) > 1 for r, c in mask), (table, sorted(mask))
    for table, mask in masks.items():
        assert all((r, c) in mask for r, c in cells if 0 < table[r][c] < k)


def test_only_as_much_is_hidden_as_is_needed():
    whole = [[7, 5, 12], [7, 3, 10], [0, 7, 7]]
    assert hidden(whole, [10, 8, 18], [A, B, C], 5) == {(1, 0), (1, 1)}
    assert hidden(whole, [10, 8, 18], [A, B, C], 1) == frozenset()
    assert hidden([[7, 3, 10], [7, 3, 10]], [10, 8, 18], [A, A], 5) == {(0, 0), (0, 1), (1, 0), (1, 1)}
    assert hidden([[7, 1, 8]], [10, 1, 11], [A], 5) == {(0, 0), (0, 1)}, "of one person even none is told"
    assert hidden([[7, 0, 7]], [10, 1, 11], [A], 5) == {(0, 0), (0, 1)}


@given(counted.corpora())
@settings(max_examples=20)
def test_other_counts_are_refused_and_no_small_one_stays(corpus):
    for by, count in (("document", "participants"), ("group", "turns")):
        with suppress(OneLevelError), pytest.raises(NotHiddenInSuchCountsError, match="are hidden in tables of part"):
            hidden_cells(crosstab(corpus, by, count=count), 3)
    with suppress(OneLevelError, NotInOneColumnError):
        table = crosstab(corpus, "group")
        cells = hidden_cells(table, 3)
        assert all((one.row, one.column) in cells for row in table.cells for one in row if 0 < one.count < 3)


def _table(rows_are, rows, heard):
    """A table by group of people who speak of codes, three in each group."""
    groups = {"residents": {0, 1, 2}, "responders": {3, 4, 5}, ALL: set(range(6))}
    columns = tuple(ColumnHeading(key, key, len(people)) for key, people in groups.items())

    def line(key, codes):
        who = frozenset[int]().union(*(heard[one] for one in codes))
        return tuple(Cell(key, column, len(who & people)) for column, people in groups.items())

    heads = tuple(RowHeading("".join(sorted(row)), "", ("",), None, row) for row in rows)
    people = {key: frozenset(map(str, who)) for key, who in groups.items()}
    cells = tuple(line(head.key, head.codes) for head in heads)
    below = line(ALL, frozenset[str]().union(*rows))
    return Crosstab("participants", rows_are, "group", heads, columns, cells, below, "", "", people)


def test_what_codes_hide_themes_beside_them_do_not_give_away():
    """Of b it is hidden that one responder speaks: 4 do in all, and the theme of both shows that 3 residents do."""
    heard = {"a": {3, 4, 5}, "b": {0, 1, 2, 4}, "c": {0, 1, 2, 3, 4, 5}}
    codes, together = _table("codes", [A, B, C], heard), _table("themes", [A | B, C], heard)
    hidden_alone = hidden_cells(codes, 3)
    assert hidden_alone == {("b", "residents"), ("b", "responders")}
    assert hidden_cells(together, 3) == frozenset()
    beside = hidden_beside([codes, together], 3)
    assert beside[0] >= hidden_alone
    assert {column for row, column in beside[1] if row == "ab"} & {"residents", ALL}
    assert hidden_beside([codes], 3) == (hidden_alone,)
