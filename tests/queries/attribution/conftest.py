"""The study of fourteen people, for what is told of them under quotes."""

from __future__ import annotations

import pytest
from fourteen_people import Made, referral

from qcode.study import Study


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The study, open, to be read."""
    made = referral(tmp_path_factory.mktemp("k") / "k.qcode")
    yield made
    made.study.close()


@pytest.fixture
def open_study(made, tmp_path):
    """A copy of the study that may be written."""
    path = tmp_path / "copy.qcode"
    path.write_bytes(made.study.path.read_bytes())
    with Study.open(path) as study:
        study.act_as(made.study.coder)
        yield Made(study, made.keys, made.places)
