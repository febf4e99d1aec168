"""Passages that could be quoted for a theme, in the order in which they may be worth a look, with the reasons told.

Nothing is ever chosen here: the order is a proposal, and each passage says why it stands where it does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from qcode.ids import CodeId, DocumentId, QuoteId, ThemeId
from qcode.queries.approach import measures_agreement
from qcode.queries.quotes.rows import QuoteRow, quote_rows
from qcode.queries.team import study_card
from qcode.study import Place, Study

if TYPE_CHECKING:
    from qcode.analysis.corpus import Corpus, CountedTheme, Mark, Text

SHORT: Final = 6
LONG: Final = 120
"""How many words a quote has at least, and at most, before its length is a reason to look at others first."""
_INTERVIEWER: Final = "interviewer"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage under codes of a theme, `[start, end)` of its document's current text, with who says most of it.

    `reasons` are sentences, the weightiest first. `quote` and `status` tell whether it is a quote of the theme already,
    "shortlisted" or "chosen"; `negative` that it speaks against.
    """

    document: DocumentId
    document_name: str
    start: int
    end: int
    text: str
    speaker: str
    group: str
    words: int
    codes: tuple[tuple[CodeId, str], ...]
    reasons: tuple[str, ...]
    quote: QuoteId | None = None
    status: str = ""
    negative: bool = False

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.document, self.start, self.end)


class _Reason(NamedTuple):
    """What speaks for looking at a passage first, or against it."""

    weight: int
    said: str


class _Found(NamedTuple):
    """A stretch with the marks of the theme's codes that lie in it."""

    text: Text
    start: int
    end: int
    marks: tuple[Mark, ...]


class _Who(NamedTuple):
    """Who says most of a passage: the id of a person or nothing, the name, the group, and whether it is a question."""

    person: str
    name: str
    group: str
    asks: bool


def candidates(study: Study, theme: ThemeId, corpus: Corpus) -> tuple[Candidate, ...]:
    """The passages under the codes of a theme and of those below it; none for a theme that gathers no code.

    Passages that are quotes of the theme already are among them. The order is the same for the same study.
    """
    counted = next((one for one in corpus.themes if one.id == theme), None)
    if counted is None or not counted.codes:
        return ()
    ranking = _Ranking(study, corpus, counted)
    found = [ranking.candidate(one) for one in _stretches(corpus, frozenset(counted.codes))]
    return tuple(one for _order, one in sorted(found, key=lambda pair: pair[0]))


def _stretches(corpus: Corpus, codes: frozenset[str]) -> Iterator[_Found]:
    """The stretches under some codes; one that lies within another is told with that one."""
    for text in corpus.texts:
        marks = [mark for mark in corpus.marks[text.document] if mark.code in codes]
        held: list[Mark] = []
        for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
            if held and mark.end > held[0].end:
                yield _Found(text, held[0].start, held[0].end, tuple(held))
                held = []
            held.append(mark)
        if held:
            yield _Found(text, held[0].start, held[0].end, tuple(held))


class _Ranking:
    """Says of the passages of a theme what speaks for them."""

    def __init__(self, study: Study, corpus: Corpus, theme: CountedTheme) -> None:
        self._corpus = corpus
        self._measures = measures_agreement(study_card(study).approach)
        rows = quote_rows(study)
        chosen = [row for row in rows if row.status == "chosen"]
        self._heard = self._voices(chosen)
        self._heard_here = self._voices([row for row in chosen if row.theme == theme.id])
        self._groups = {corpus.person[who].group for who in self._heard if who in corpus.person} - {""}
        self._quotes: dict[str, list[QuoteRow]] = {}
        for row in rows:
            if row.theme == theme.id:
                self._quotes.setdefault(row.document, []).append(row)

    def candidate(self, found: _Found) -> tuple[tuple[int, int, int], Candidate]:
        """A passage, and its place in the order."""
        who, words = self._who(found), found.text.words_in(found.start, found.end)
        reasons = sorted(self._reasons(found, who, words), key=lambda reason: -abs(reason.weight))
        quote = self._quote(found)
        codes = sorted({mark.code for mark in found.marks}, key=lambda code: self._corpus.rank[code])
        row = Candidate(
            DocumentId(found.text.document),
            found.text.name,
            found.start,
            found.end,
            found.text.text[found.start : found.end],
            who.name,
            who.group,
            words,
            tuple((CodeId(code), self._corpus.code[code].name) for code in codes),
            tuple(reason.said for reason in reasons),
            quote.id if quote else None,
            quote.status if quote else "",
            any(mark.negative for mark in found.marks),
        )
        return (-sum(reason.weight for reason in reasons), found.text.position, found.start), row

    def _reasons(self, found: _Found, who: _Who, words: int) -> Iterator[_Reason]:
        if any(mark.illustrative for mark in found.marks):
            yield _Reason(4, "Marked as illustrative")
        if any(mark.negative for mark in found.marks):
            yield _Reason(3, "A negative case")
        if self._measures:
            yield from _agreed(found)
        yield from self._of_voice(who)
        named = dict.fromkeys(mark.code for mark in found.marks)
        if len(named) > 1:
            yield _Reason(1, f"Speaks to {len(named)} codes of the theme")
        if words < SHORT:
            yield _Reason(-2, f"Short: {words} {'word' if words == 1 else 'words'}")
        elif words > LONG:
            yield _Reason(-2, f"Long: {words} words")
        else:
            yield _Reason(1, f"{words} words")

    def _of_voice(self, who: _Who) -> Iterator[_Reason]:
        if who.asks:
            yield _Reason(-4, "Said by the interviewer")
        elif who.person and who.person not in self._heard:
            yield _Reason(2, f"{who.name} is not quoted yet")
        elif who.person and who.person not in self._heard_here:
            yield _Reason(1, f"{who.name} is not quoted for this theme yet")
        if not who.asks and who.group and who.group not in self._groups:
            yield _Reason(1, f"Nobody of {who.group} is quoted yet")

    def _who(self, found: _Found) -> _Who:
        """Who says most of a passage, of those who do not ask if anybody else speaks in it."""
        shares, asked = Counter[int](), Counter[int]()
        for number in found.text.turns_in(found.start, found.end):
            turn = found.text.turns[number]
            said = min(turn.end, found.end) - max(turn.start, found.start)
            (shares if turn.counted else asked)[number] += said
        if not shares and not asked:
            return _Who("", "", found.text.group, asks=False)
        number, _said = (shares or asked).most_common(1)[0]
        turn = found.text.turns[number]
        person = self._corpus.person.get(turn.participant)
        group = person.group if person and person.group else found.text.group
        asks = not shares and turn.role == _INTERVIEWER
        return _Who(turn.participant, turn.speaker or (person.name if person else ""), group, asks)

    def _voices(self, quotes: Sequence[QuoteRow]) -> set[str]:
        """Who speaks in some quotes, without those who ask."""
        out: set[str] = set()
        for quote in quotes:
            text = self._corpus.text.get(quote.document)
            if text is not None:
                turns = (text.turns[number] for number in text.turns_in(quote.start, quote.end))
                out |= {turn.participant for turn in turns if turn.counted and turn.participant}
        return out

    def _quote(self, found: _Found) -> QuoteRow | None:
        """The quote of the theme that a passage is, or that it holds, or that holds it; a chosen one first."""
        near = [row for row in self._quotes.get(found.text.document, ()) if _is_within(row, found)]
        near.sort(key=lambda row: (row.status != "chosen", abs(row.start - found.start) + abs(row.end - found.end)))
        return next(iter(near), None)


def _is_within(row: QuoteRow, found: _Found) -> bool:
    if row.start >= row.end:
        return False
    inner, outer = (row, found) if row.end - row.start <= found.end - found.start else (found, row)
    return outer.start <= inner.start and inner.end <= outer.end


def _agreed(found: _Found) -> Iterator[_Reason]:
    """That coders agree on a code of a passage: by consensus, or each by themselves."""
    if any(mark.settled for mark in found.marks):
        yield _Reason(2, "Agreed on in the consensus")
        return
    most = max(found.marks, key=lambda mark: len(mark.coders))
    if len(most.coders) > 1:
        yield _Reason(2, f"Coded alike by {len(most.coders)} coders")
