"""A measurement that is renewed after documents were coded on is the one that is made anew, to the last digit."""

from __future__ import annotations

from dataclasses import astuple, replace

import numpy as np
import pytest
from agreement_material import CODES
from hypothesis import given, settings
from hypothesis import strategies as st
from test_scope_and_units import scoped

from qcode.agreement import UNITS, DocumentCodings, NobodyFinishedError, measure
from qcode.agreement.renewal import renew


def arrays(measured):
    """All that a measurement holds, as bytes where it is an array."""
    marks, layout, sums = (astuple(part) for part in (measured.marks, measured.layout, measured.sums))
    parts = (measured.unit, measured.documents, measured.owners, *marks, *layout, *sums)
    return [(part.shape, part.tobytes()) if isinstance(part, np.ndarray) else part for part in parts]


@settings(max_examples=60)
@given(
    unit=st.sampled_from(UNITS),
    before=scoped(),
    others=scoped(),
    random=st.randoms(use_true_random=False),
)
def test_what_is_renewed_is_as_if_it_were_measured_anew(unit, before, others, random):
    study, measured = list(before), measure(before, CODES, unit=unit)
    for other in others:
        place = random.randrange(len(study))
        deed = random.choice(["code", "come", "go", "move", "again"])
        if deed == "code":
            study[place] = replace(other, document=study[place].document)
        elif deed == "come":
            study.insert(place, replace(other, document=f"{other.document} {len(study)} {random.random()}"))
        elif deed == "go" and len(study) > 1:
            del study[place]
        elif deed == "move":
            random.shuffle(study)
        if not any(each.coders for each in study):
            with pytest.raises(NobodyFinishedError):
                renew(measured, study)
            continue
        fresh = measure(study, CODES, unit=unit)
        measured = renew(measured, study)
        assert arrays(measured) == arrays(fresh)
        assert measured.table() == fresh.table()
        assert measured.pairs() == fresh.pairs()


def test_what_did_not_change_is_not_measured_again():
    two = [DocumentCodings(name, 9, [(0, 9)], frozenset({"ann", "bo"}), {("ann", "a"): [(2, 4)]}) for name in "de"]
    measured = measure(two, ["a"], unit="character")
    assert renew(measured, list(two)) is measured
    with pytest.raises(ValueError, match="only once"):
        renew(measured, [*two, replace(two[0])])
