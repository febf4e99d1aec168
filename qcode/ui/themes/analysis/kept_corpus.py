"""What is counted, read once for all pages and renewed where something was touched since."""

from __future__ import annotations

from qcode.analysis.corpus import Corpus
from qcode.queries.counting.corpus import corpus
from qcode.study import Study


class KeptCorpus:
    """Holds the corpus that was read last. Workers begin with it and bring a newer one; the window alone keeps it."""

    def __init__(self) -> None:
        self.last: Corpus | None = None

    def reader(self, study: Study) -> CorpusReader:
        """What a worker reads the corpus with."""
        return CorpusReader(study, self.last)

    def keep(self, found: Corpus) -> None:
        """Hold a newer one."""
        self.last = found


class CorpusReader:
    """Reads the corpus in a worker, beginning with what was known before; `found` is what it read."""

    def __init__(self, study: Study, before: Corpus | None) -> None:
        self.study, self._before = study, before
        self.found: Corpus | None = None

    def read(self) -> Corpus:
        """All that is counted."""
        self.found = corpus(self.study, before=self._before)
        return self.found
