"""The queue: which cases are listed, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qcode.queries.disagreements.cases import CaseRow
from qcode.ui.reconcile.narrowing import Narrowing
from qcode.ui.reconcile.queue_list import QueueList
from qcode.ui.theme import SPACE, label


class QueuePane(QFrame):
    """Choosers, how many cases they let through, and the cases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.narrowing, self.list = Narrowing(self), QueueList(self)
        self.count = label("", "small", "quiet")
        self.setFocusProxy(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        head = QVBoxLayout()
        head.setContentsMargins(SPACE, SPACE, SPACE, 0)
        head.setSpacing(SPACE // 2)
        head.addWidget(self.narrowing)
        head.addWidget(self.count)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    # Methods

    def show_rows(self, rows: Sequence[CaseRow], slots: Mapping[str, int], chosen: str | None) -> None:
        """List these cases; see `QueueList.set_rows` for where the cursor goes."""
        self.count.setText(f"{len(rows):,} case{'' if len(rows) == 1 else 's'}")
        self.list.set_rows(rows, slots, chosen)

    def offer(self, rows: Sequence[CaseRow]) -> None:
        """Offer to narrow the queue to one of the codes or documents of these cases."""
        codes = {code: name for row in rows for code, name in zip(row.codes, row.code_names, strict=True)}
        documents = {row.document: row.document_name for row in rows}
        self.narrowing.codes.offer("All codes", sorted((name, str(code)) for code, name in codes.items()))
        self.narrowing.documents.offer("All documents", sorted((name, str(one)) for one, name in documents.items()))
