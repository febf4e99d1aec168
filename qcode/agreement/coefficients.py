"""Krippendorff's alpha and its companions, for many codes at once; what is not defined is NaN here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qcode.agreement.counts import Floats


def expected_disagreement(ones: Floats, zeros: Floats) -> Floats:
    """Half the disagreement by chance among n = ones + zeros values, n0 n1 / (n - 1); the observed half is `mixed`.

    Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), the binary form.
    """
    return ones * zeros / np.maximum(ones + zeros - 1, 1)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part of a whole, NaN where the whole is 0; 1 - alpha where the two are observed and expected disagreement."""
    share: Floats = np.divide(part, whole, out=np.full(np.shape(whole), np.nan), where=whole > 0)
    return share
