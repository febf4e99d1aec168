"""Figures for participant tables, against values worked out elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qcode.analysis.descriptives import Description, describe


def test_figures_equal_those_worked_out_by_hand():
    # Deviations from 5 are -3 -1 -1 -1 0 0 2 4: their squares add up to 32, and 32 / 7 has the root 2.138.
    found = describe([2, 4, 4, 4, 5, 5, 7, 9])
    assert (found.n, found.median, found.low, found.high, found.mean) == (8, 4.5, 2, 9, 5)
    assert found.sd == pytest.approx(2.1380899353)


def test_too_few_numbers_leave_figures_undefined():
    assert describe([]) == Description(0)
    assert describe([3]) == Description(1, 3, 3, 3, 3, None)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30))
def test_figures_equal_those_of_another_implementation(numbers):
    found = describe(numbers)
    assert found.mean == pytest.approx(np.mean(numbers), abs=1e-6)
    assert found.median == pytest.approx(np.median(numbers), abs=1e-6)
    assert found.sd == pytest.approx(np.std(numbers, ddof=1), abs=1e-5)
