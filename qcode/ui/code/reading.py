"""Reading from the study what lies on the desk, and no more than a change makes necessary."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from qcode.ids import DocumentId
from qcode.queries.codebook.tree import CodeRow, codebook
from qcode.queries.codings import Looking, codings, codings_of
from qcode.queries.rounds.regions import codable
from qcode.queries.team import study_card
from qcode.queries.transcripts.documents import DocumentRow, DocumentText, document_text, documents
from qcode.text.codable import Codable
from qcode.text.ranges import Range
from qcode.ui.bridge import StudyBridge
from qcode.ui.code.desk import Desk
from qcode.ui.code.filtering import Narrowing
from qcode.ui.code.shown import Difference, KnownCodings, Whose


class Reading:
    """Keeps a desk true to the study."""

    def __init__(self, bridge: StudyBridge, desk: Desk) -> None:
        self._bridge = bridge
        self._desk = desk
        self._counting = False

    # Methods

    def lists(self, *, counted: bool = True) -> None:
        """Read the documents and the codebook, with or without their counts, and whether codings carry weights."""
        self._desk.weights = study_card(self._bridge.study).weights
        self._counting = counted
        self.documents()
        self.codes()

    def documents(self) -> None:
        """Read the documents; the open one is closed if it is gone."""
        desk = self._desk
        desk.documents = documents(self._bridge.study, round_id=self._bridge.round_id, counted=self._counting)
        if desk.row is None:
            desk.text = None

    def codes(self) -> None:
        """Read the codebook."""
        self._desk.codes = codebook(self._bridge.study, counted=self._counting)

    def open(self, document: DocumentId) -> bool:
        """Read a document's text; says whether another text lies open now."""
        before = self._desk.text
        self._desk.text = document_text(self._bridge.study, document)
        return self._desk.text != before

    def play(self) -> None:
        """Read what of the open document may be coded by the acting coder in the round."""
        if self._desk.text is not None:
            self._desk.codable = codable_of(self._bridge, self._desk.text)

    def codings_in(self, span: Range) -> None:
        """Read the codings of the open document that touch a range: what is in sight is shown before all is known."""
        desk = self._desk
        rows = codings_of(self._bridge.study, desk.document, Looking(within=span)) if desk.document else ()
        desk.known = KnownCodings(rows)
        self.choose(desk.choice.whose)

    def codings(self) -> None:
        """Read all codings of the open document."""
        desk = self._desk
        rows = codings_of(self._bridge.study, desk.document) if desk.document else ()
        desk.known = KnownCodings(rows)
        self.choose(desk.choice.whose)

    def choose(self, whose: Whose) -> None:
        """Draw one's own codings or everyone's: those of this round, or of all rounds if one has no part in it."""
        desk = self._desk
        desk.choice = replace(desk.choice, whose=whose, round=self._bridge.round_id if desk.assigned else None)

    def narrow(self, only: Narrowing) -> None:
        """Draw only what a filter lets through."""
        self._desk.choice = replace(self._desk.choice, only=only)

    def touched(self, keys: Collection[str]) -> Difference:
        """Read some codings of the open document again, and count what came and went."""
        desk = self._desk
        rows = codings(self._bridge.study, Looking(documents=[desk.document or ""], ids=keys))
        difference = desk.known.update(keys, rows)
        desk.codes = [counted(row, difference) for row in desk.codes]
        desk.documents = [self._counted(row, difference) if row.id == desk.document else row for row in desk.documents]
        return difference

    def shows_changed_codes(self, touched: Collection[str]) -> bool:
        """Whether codes that changed may be on the open document, so that its codings must be read again."""
        if not self._counting:
            return True
        used = {row.id for row in self._desk.codes if row.everybodys}
        return any(code in used or code in self._desk.known.codes for code in touched)

    # Internal

    def _counted(self, row: DocumentRow, difference: Difference) -> DocumentRow:
        chosen = self._bridge.round_id
        mine, everybodys = difference.mine_in_round, difference.everybodys_in_round
        more = sum(mine.values()) if chosen is None else mine[chosen]
        in_all = sum(everybodys.values()) if chosen is None else everybodys[chosen]
        return replace(row, mine=row.mine + more, everybodys=row.everybodys + in_all)


def codable_of(bridge: StudyBridge, text: DocumentText) -> Codable:
    """What of a text may be coded by the acting coder in the round that is coded in."""
    if bridge.round_id is None:
        return Codable(text.text)
    return codable(bridge.study, text.id, bridge.round_id)


def counted(row: CodeRow, difference: Difference) -> CodeRow:
    """A code with the codings counted that came and went."""
    mine, everybodys = difference.mine[row.id], difference.everybodys[row.id]
    return replace(row, mine=row.mine + mine, everybodys=row.everybodys + everybodys) if mine or everybodys else row
