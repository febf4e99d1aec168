"""The board as columns of cards: a column for each theme at the top, and one for codes that no theme gathers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qcode.analysis.corpus import Corpus
from qcode.ids import CodeId, MemoId, QuoteId, ThemeId
from qcode.operations.passages import Passage
from qcode.queries.codebook.tree import codebook
from qcode.queries.memos import MemoLooking, memos
from qcode.queries.quotes.rows import QuoteRow
from qcode.queries.team import StudyCard, study_card
from qcode.queries.themes.negative_cases import NegativeCase, negative_cases
from qcode.queries.themes.outline import ThemeRow, printed_titles, themes
from qcode.study import Study
from qcode.ui.themes.lines import marks, numbers, printed_attributions, said, source

type CardKind = Literal["theme", "code", "quote", "negative", "memo", "loose", "draft"]

LOOSE = "Without a theme"
NO_LOOSE = "Every code is gathered by a theme. Codes dropped here are taken out of theirs."
NO_CONCEPT = "What holds this theme together? (C)"


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a theme with its concept, a code, a quote, a negative case or a memo. `below` is small and quiet.

    `name` is the name of a theme as it is written, without its number and without the quotation marks of a quote.
    """

    kind: CardKind
    theme: ThemeId | None
    depth: int
    text: str
    below: str = ""
    colour: int = 0
    code: CodeId | None = None
    quote: QuoteRow | None = None
    case: NegativeCase | None = None
    memo: MemoId | None = None
    name: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the card is known by when the board is read again."""
        return self.kind, self.theme or "", self.what

    @property
    def what(self) -> str:
        """What it is a card of, wherever it lies: for a theme nothing beside the theme itself."""
        if self.quote is not None or self.case is not None:
            return self.quote.id if self.quote is not None else str(self.case.key if self.case else "")
        return self.code or self.memo or ""

    @property
    def speaks_against(self) -> bool:
        """Whether it is a quote that dissents, or a negative case."""
        return self.kind == "negative" or (self.quote is not None and self.quote.stance == "dissents")

    @property
    def spoken(self) -> str:
        """The card as it is read aloud."""
        kinds: Mapping[CardKind, str] = {
            "theme": "Theme" if self.depth == 0 else "Sub-theme",
            "code": "Code",
            "quote": "Dissenting quote" if self.speaks_against else "Quote",
            "negative": "Negative case",
            "memo": "Memo",
            "loose": "",
            "draft": "",
        }
        said = f"{kinds[self.kind]} {self.text}".strip()
        between = " " if said.endswith((".", "!", "?", "…", ".”", "?”", "!”")) else ". "
        return between.join(part for part in (said, self.below) if part)


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A theme at the top with all that belongs to it; without a theme the codes that none gathers."""

    theme: ThemeId | None
    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """All columns, with the themes they were made of."""

    columns: tuple[BoardColumn, ...]
    rows: tuple[ThemeRow, ...]


@dataclass(frozen=True, slots=True)
class _Material:
    colours: Mapping[str, int]
    counts: Mapping[str, int]
    memos: Mapping[str, Sequence[Card]]
    negative: Mapping[str, Sequence[NegativeCase]]
    card: StudyCard
    printed: Mapping[QuoteId, str]
    titles: Mapping[str, str]


def board(study: Study, counted: Corpus) -> Board:
    """The board of a study."""
    rows = themes(study)
    codes = codebook(study)
    counts: dict[str, int] = {}
    for mark in counted.all_marks():
        counts[mark.code] = counts.get(mark.code, 0) + 1
    negative: dict[str, list[NegativeCase]] = {}
    for case in negative_cases(study, counted=counted, rows=rows):
        negative.setdefault(case.theme, []).append(case)
    colours: dict[str, int] = {row.id: row.colour for row in codes}
    printed = printed_attributions(study, rows)
    held = _Material(colours, counts, _memos(study), negative, study_card(study), printed, printed_titles(rows))
    gathered = {code for row in rows for code, _name in row.codes}
    loose = [row for row in codes if row.kind == "codable" and row.offered and row.id not in gathered]
    left = tuple(_code(None, 0, row.id, row.name, held) for row in loose)
    nothing = Card("loose", None, 0, LOOSE, "" if left else NO_LOOSE)
    return Board((*_columns(rows, held), BoardColumn(None, LOOSE, (nothing, *left))), tuple(rows))


NEW_COLUMN = BoardColumn(None, "New theme", (Card("draft", None, 0, "Name of the theme"),))


def with_draft(columns: Sequence[BoardColumn], parent: ThemeId | None) -> list[BoardColumn]:
    """The columns with a card for a theme to come: one of its own, or behind the cards of the one it stands below."""
    if parent is None:
        return [*columns[:-1], NEW_COLUMN, *columns[-1:]]
    return [_with_draft(column, parent) for column in columns]


def _with_draft(column: BoardColumn, parent: ThemeId) -> BoardColumn:
    places = [number for number, card in enumerate(column.cards) if card.theme == parent]
    if not places:
        return column
    at = places[-1] + 1
    draft = Card("draft", parent, column.cards[places[0]].depth + 1, "Name of the sub-theme")
    return BoardColumn(column.theme, column.name, (*column.cards[:at], draft, *column.cards[at:]))


def passage_of(card: Card) -> Passage | None:
    """Where a quote or a negative case stands."""
    if card.quote is not None:
        return Passage(card.quote.document, card.quote.start, card.quote.end)
    return Passage(card.case.document, card.case.start, card.case.end) if card.case is not None else None


def _columns(rows: Sequence[ThemeRow], held: _Material) -> Iterator[BoardColumn]:
    labels = numbers(rows)
    starts = [place for place, row in enumerate(rows) if row.depth == 0]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        pairs = zip(rows[start:end], labels[start:end], strict=True)
        cards = tuple(card for row, number in pairs for card in _cards(row, number, held))
        yield BoardColumn(rows[start].id, held.titles[rows[start].id], cards)


def _cards(row: ThemeRow, number: str, held: _Material) -> Iterator[Card]:
    """A theme's own cards: what it is, its codes, its quotes, what speaks against it, and the memos on it."""
    title = f"{number}  {held.titles[row.id]}"
    yield Card("theme", row.id, row.depth, title, row.concept or NO_CONCEPT, name=row.name)
    for code, name in row.codes:
        yield _code(row.id, row.depth, code, name, held)
    for quote in sorted(row.quotes, key=lambda one: one.stance == "dissents"):
        below = " · ".join([*marks(quote), source(quote, held.card.attribution, held.printed)])
        yield Card("quote", row.id, row.depth, said(quote, held.card.ellipsis), below, quote=quote)
    for case in held.negative.get(row.id, ()):
        if case.quote is None:
            who = " · ".join(part for part in (case.speaker, case.document_name) if part)
            below = f"Negative case: {', '.join(case.codes)} · {who}"
            yield Card("negative", row.id, row.depth, case.text, below, case=case)
    yield from (_placed(card, row) for card in held.memos.get(row.id, ()))


def _code(theme: ThemeId | None, depth: int, code: CodeId, name: str, held: _Material) -> Card:
    return Card("code", theme, depth, name, _passages(held.counts.get(code, 0)), held.colours.get(code, 0), code)


def _placed(card: Card, row: ThemeRow) -> Card:
    return Card("memo", row.id, row.depth, card.text, card.below, memo=card.memo)


def _memos(study: Study) -> dict[str, list[Card]]:
    out: dict[str, list[Card]] = {}
    for memo in memos(study, MemoLooking(links=["theme"])):
        for link in memo.links:
            if link.kind == "theme":
                words = memo.title or memo.text
                out.setdefault(link.target, []).append(
                    Card("memo", ThemeId(link.target), 0, words, f"Memo · {memo.author_name}", memo=memo.id)
                )
    return out


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"
