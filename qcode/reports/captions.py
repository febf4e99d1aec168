"""Captions of tables, numbered as they come."""

from __future__ import annotations

from qcode.reports.blocks import Paragraph, Run


class Captions:
    """Numbers tables with a field, so that Word keeps the numbers right when tables are moved."""

    def __init__(self) -> None:
        self._number = 0

    def next(self, words: str) -> Paragraph:
        """The caption of the next table, kept on its page."""
        self._number += 1
        number = Run(str(self._number), "Strong", field="SEQ Table \\* ARABIC")
        return Paragraph("caption", (Run("Table ", "Strong"), number, Run(". ", "Strong"), Run(words)), keeps=True)
