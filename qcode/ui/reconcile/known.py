"""What the room has read of codes and texts, kept until it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from qcode.ids import CodeId, DocumentId
from qcode.queries.codebook.tree import CodeRow, codebook, definition
from qcode.queries.disagreements.cases import CaseRow
from qcode.queries.transcripts.documents import DocumentText, document_text
from qcode.study import Study
from qcode.ui.reconcile.case_sheet import CodeInQuestion

_TEXTS = 12


class Known:
    """Codes by their ids with what they mean, and the texts that were read last."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._texts: OrderedDict[DocumentId, DocumentText] = OrderedDict()
        self._codes: Sequence[CodeRow] | None = None
        self._by_id: dict[str, CodeRow] = {}
        self._meant: dict[str, CodeInQuestion] = {}

    # Properties

    @property
    def codes(self) -> Sequence[CodeRow]:
        """The codebook."""
        if self._codes is None:
            self._codes = codebook(self._study, counted=False)
            self._by_id = {row.id: row for row in self._codes}
        return self._codes

    @property
    def slots(self) -> Mapping[str, int]:
        """The palette slots of codes."""
        return {row.id: row.colour for row in self.codes}

    # Methods

    def forget(self) -> None:
        """Read everything anew when it is asked for."""
        self._texts.clear()
        self._codes = None
        self._meant.clear()

    def text(self, document: DocumentId) -> DocumentText:
        """The current text of a document."""
        known = self._texts.pop(document, None) or document_text(self._study, document)
        self._texts[document] = known
        while len(self._texts) > _TEXTS:
            self._texts.popitem(last=False)
        return known

    def in_question(self, case: CaseRow) -> dict[str, CodeInQuestion]:
        """The codes of a case, those beside it, and those that were kept of it."""
        kept = [code for code, _start, _end in case.decision.kept] if case.decision else []
        beside = [span.code for lane in case.lanes for span in lane.beside]
        wanted = dict.fromkeys([*case.codes, *(span.code for span in case.spans), *beside, *kept])
        return {code: self.meaning(code, case) for code in wanted}

    def meaning(self, code: str, case: CaseRow | None = None) -> CodeInQuestion:
        """What a code is called and means."""
        found = self._meant.get(code)
        if found is None:
            row = self._row(code)
            names = dict(zip(case.codes, case.code_names, strict=True)) if case else {}
            name, slot = (row.name, row.colour) if row else (names.get(CodeId(code), "a code that is gone"), 0)
            meant = definition(self._study, CodeId(code)) if row else None
            found = CodeInQuestion(code, name, slot, meant, row.status if row else "gone")
            self._meant[code] = found
        return found

    # Internal

    def _row(self, code: str) -> CodeRow | None:
        return self._by_id.get(code) if self.codes else None
