"""Where a coder may put codes in a round: the one lock that every way of coding asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from qcode.errors import QcodeError
from qcode.models.regions import codable_in
from qcode.operations.passages import Anchor, CurrentText
from qcode.text.codable import Codable, Hindrance
from qcode.text.ranges import Range


class NotYourPartError(QcodeError):
    """A passage reaches out of the parts of a document that the coder was assigned."""

    def __init__(self, document: str, count: int = 1, chosen: int = 1) -> None:
        super().__init__(
            f"You were assigned parts of “{document}” in this round, and {_which(count, chosen)} not within them. "
            "Choose a passage of your own part, or ask the lead for more."
        )


class ExcludedError(QcodeError):
    """A passage is excluded from coding."""

    def __init__(self, document: str, count: int = 1, chosen: int = 1) -> None:
        super().__init__(
            f"In “{document}” {_which(count, chosen)} excluded from coding. "
            "Choose another passage, or let the lead take the excluded range away."
        )


class NotASegmentError(QcodeError):
    """A passage is no segment, in a round that hands out segments."""

    def __init__(self, document: str, count: int = 1, chosen: int = 1) -> None:
        super().__init__(
            f"This round hands out segments, and {_which(count, chosen)} on none of “{document}”. "
            "Put codes on the segments that are marked in the text."
        )


_REFUSALS: Mapping[Hindrance, Callable[[str, int, int], QcodeError]] = {
    "not a part": NotYourPartError,
    "excluded": ExcludedError,
    "no segment": NotASegmentError,
}


def refusal_of(hindrance: Hindrance, document: str) -> QcodeError:
    """The sentence for one passage of a document that cannot be coded."""
    return _REFUSALS[hindrance](document, 1, 1)


def _which(count: int, chosen: int) -> str:
    if chosen == 1:
        return "this passage is"
    if count == chosen:
        return f"all {chosen} passages are"
    return f"{count} of the {chosen} passages {'is' if count == 1 else 'are'}"


@dataclass(slots=True)
class CodingPlaces:
    """What one coder may code in one round, document by document as it is asked for."""

    session: Session
    round_id: str
    coder: str
    _known: dict[str, Codable] = field(default_factory=dict)

    def snapped(self, text: CurrentText, passages: Iterable[Range]) -> list[Anchor]:
        """The anchors to code for selections of one document: of each itself, or the segments that it touches.

        Refused as a whole where one of them cannot be coded.
        """
        chosen, rule = list(passages), self._rule(text)
        if rule.segments is None:
            anchors = list(dict.fromkeys(text.anchor(start, end) for start, end in chosen))
            self.refuse(text, anchors)
            return anchors
        text.refuse_outside(chosen)
        self._refuse(text, [rule.hindrance_of_snapping(start, end) for start, end in chosen])
        places = (place for start, end in chosen for place in rule.snapped(start, end))
        return [text.anchor(*place) for place in dict.fromkeys(places)]

    def refuse(self, text: CurrentText, anchors: Iterable[Anchor]) -> None:
        """Refuse anchors of one document that cannot be coded just so."""
        rule = self._rule(text)
        self._refuse(text, [rule.hindrance(one.start, one.end) for one in anchors])

    def _rule(self, text: CurrentText) -> Codable:
        if text.document not in self._known:
            self._known[text.document] = codable_in(self.session, text.document, self.round_id, self.coder, text.text)
        return self._known[text.document]

    def _refuse(self, text: CurrentText, found: Sequence[Hindrance | None]) -> None:
        hindered = [one for one in found if one is not None]
        if hindered:
            raise _REFUSALS[hindered[0]](text.name, len(hindered), len(found))
