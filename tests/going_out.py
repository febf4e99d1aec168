"""The lead's small study, and the files that go out of it to one coder."""

from __future__ import annotations

from contextlib import contextmanager

import small

from qcode.operations import assignments, collecting, rounds, team


@contextmanager
def blind_study(path):
    """The small study with a third coder and a blind round in which all three are to code everything."""
    made = small.small_study(path)
    with made.study:
        made.third = team.add_coder(made.study, name="Cy Fox")
        made.blind = rounds.add_round(made.study, name="Blind", blind=True)
        coders = [made.lead, made.other, made.third]
        assignments.assign(made.study, round_id=made.blind, documents=made.documents, coders=coders)
        yield made


def handed_out(made, name="bo.qcode", coder=None):
    """A file for a coder beside the study; for the other coder, if nobody is named."""
    path = made.study.path.with_name(name)
    collecting.hand_out(made.study, coder or made.other, path)
    return path
