"""Copies of one study that lie in a folder and are open: what is written in them, and how they come together."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch
from uuid import UUID

from qcode import ids
from qcode.models.journal import kinds
from qcode.operations import collecting
from qcode.study import Study

_MEMORY = Path("/dev/shm")
_KEPT_ALIKE = ("step", "change", "text_store", "layout_store")


def folder():
    """A temporary folder, in memory where the machine has such a place: these files are not to last."""
    return tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)


@contextmanager
def ids_of(seed):
    """Let what is done within have the same ids whenever it is done, so that a failure can be made smaller."""
    source = Random(seed)
    with patch.object(ids, "uuid4", lambda: UUID(int=source.getrandbits(128), version=4)):
        yield


@cache
def template(make):
    """The bytes of a study that is made once; `make` is given a path."""
    with folder() as place, ids_of("template"):
        path = Path(place) / "template.qcode"
        make(path)
        return path.read_bytes()


class Copies:
    """Some copies of one study, which are open."""

    def __init__(self, place, number, make):
        self.folder = Path(place)
        self.studies = []
        for name in range(number):
            path = self.folder / f"{name}.qcode"
            path.write_bytes(template(make))
            self.studies.append(Study.open(path))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for study in self.studies:
            study.close()

    def __getitem__(self, number):
        return self.studies[number % len(self.studies)]

    def __len__(self):
        return len(self.studies)

    def merge(self, into, other):
        if self[into] is self[other]:
            return None
        return collecting.merge(self[into], self[other].path)

    def bring_together(self, chance):
        """Merge until every copy holds everything: in any order, any grouping, and some of it more than once."""
        waiting = list(range(len(self)))
        chance.shuffle(waiting)
        order = []
        while len(waiting) > 1:
            into, other = waiting.pop(chance.randrange(len(waiting))), chance.randrange(len(waiting))
            order.append((waiting[other], into))
        last = waiting[0]
        holding_all = [last]
        for into in chance.sample([n for n in range(len(self)) if n != last], len(self) - 1):
            order.append((into, chance.choice(holding_all)))
            holding_all.append(into)
        for place in sorted(chance.sample(range(len(order) + 1), min(2, len(order))), reverse=True):
            order.insert(place, tuple(chance.sample(range(len(self)), 2)))
        for into, other in order:
            self.merge(into, other)
        assert self.merge(holding_all[-1], holding_all[0]).receipt is None


def rows_of(study, tables=None):
    """All that a file says of the study, as it is stored: each table's rows, the journal and the texts."""
    wanted = tables or (*kinds(), *_KEPT_ALIKE)
    with sqlite3.connect(study.path) as connection:
        found = {table: frozenset(connection.execute(f"SELECT * FROM {table}")) for table in wanted}
    connection.close()
    return found


def differences(one, other):
    """The tables that differ, with the rows of either side alone: empty for the same study."""
    apart = [table for table in one if one[table] != other[table]]
    return {table: (one[table] - other[table], other[table] - one[table]) for table in apart}


def written(studies):
    """What was ever done in any of the copies: steps, and changes by step and row, without what a redaction alters."""
    found = [rows_of(study, ("step", "change")) for study in studies]
    steps = {row[:4] + row[5:] for rows in found for row in rows["step"]}
    changes = {row[:2] for rows in found for row in rows["change"]}
    return steps, changes
