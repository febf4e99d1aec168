"""How the quotes of a study are printed: the house style, and who is named behind each so that nobody is told by it."""

from __future__ import annotations

from collections.abc import Sequence

from qcode.errors import QcodeError
from qcode.ids import DocumentId, QuoteId
from qcode.queries.attribution.anonymity import Attributed, attributions
from qcode.queries.quotes.printed import House, PrintedQuote, printed_quote
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.team import study_card
from qcode.reports.attribution import template_fields
from qcode.study import Study

_BY_HAND = "Written by hand for this quote: nobody has counted how many people it could be."
_AS_IT_STANDS = "This is printed as it stands."


class Attributing:
    """Prints quotes of one study as it stands; who is named is worked out over all quotes that are chosen.

    One that is only shortlisted is printed as it would be if it were chosen too.
    """

    def __init__(self, study: Study, rows: Sequence[QuoteRow]) -> None:
        self._study = study
        self._chosen = [row for row in rows if row.status == "chosen"]
        self._ellipsis = study_card(study).ellipsis
        self._found: dict[QuoteId | None, Attributed] = {}

    # Properties

    @property
    def ellipsis(self) -> str:
        """The house style of what is left out."""
        return self._ellipsis

    # Methods

    def words(self, row: QuoteRow) -> PrintedQuote:
        """The words of a quote as they are printed, whoever is named behind them: quick, for lists."""
        return printed_quote(row, House(self._ellipsis, lambda _row: "", lambda _document, part: part.speaker))

    def printed(self, row: QuoteRow) -> PrintedQuote:
        """One quote as it is printed.

        Raises:
            QcodeError: if a template for attributions cannot be read.
        """
        found = self._attributed(row)
        return printed_quote(
            row,
            House(
                self._ellipsis,
                lambda one: found.of(one.id),
                lambda document, part: found.speaker(DocumentId(document), part.speaker),
            ),
        )

    def why(self, row: QuoteRow) -> tuple[str, ...]:
        """What of its attribution was dropped or made coarser, so that nobody can be told by it; of words, that too."""
        found = self._attributed(row)
        try:
            by_hand = bool(row.attribution) and not template_fields(row.attribution or "", found.policy.attributes)
        except QcodeError as error:
            return (f"{_AS_IT_STANDS} {error}",)
        return (_BY_HAND,) if by_hand else found.why(row.id)

    # Internal

    def _attributed(self, row: QuoteRow) -> Attributed:
        key = None if row.status == "chosen" else row.id
        if key not in self._found:
            rows = self._chosen if key is None else [*self._chosen, row]
            self._found[key] = attributions(self._study, rows)
        return self._found[key]
