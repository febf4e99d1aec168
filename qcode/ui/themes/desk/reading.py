"""What the quote desk reads of a study, and keeps as long as it is true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from qcode.analysis.corpus import Corpus
from qcode.errors import QcodeError
from qcode.ids import DocumentId, QuoteId, ThemeId
from qcode.queries.counting.corpus import corpus
from qcode.queries.quotes.beside import OtherWords
from qcode.queries.quotes.candidates import Candidate, candidates
from qcode.queries.quotes.printed import PrintedQuote
from qcode.queries.quotes.rows import QuoteRow, quote_rows
from qcode.queries.quotes.voices import branch
from qcode.queries.themes.outline import ThemeRow, themes
from qcode.queries.transcripts.deidentification import REVIEWED
from qcode.queries.transcripts.documents import DocumentText, document_text, documents
from qcode.study import Change as Written
from qcode.study import Study
from qcode.text.quotation import ELLIPSES
from qcode.text.quote_edits import Edit, Inserted, Replaced
from qcode.ui.themes.desk.attributing import Attributing
from qcode.ui.themes.desk.pieces import Change
from qcode.ui.themes.desk.printed import Column, Shown
from qcode.ui.themes.desk.quote_pane import Beside, Open
from qcode.ui.themes.desk.rows import DeskRow, Listed, QuotedRow
from qcode.ui.themes.desk.uses import told

STYLES = tuple((style, style) for style in ELLIPSES)
LANGUAGES = (
    ("Original", "original"),
    ("Translation", "translation"),
    ("Both", "both"),
)
NOT_YET = "Shortlist the passage (S) to edit its words, and to see who is named behind it."
_TEXTS = ("document", "revision", "speaker", "participant")
_OUTLINE = ("theme", "theme_code", "code", "document", "study")


@dataclass(frozen=True, slots=True)
class Ranked:
    """The candidates of a theme, in the order in which they may be worth a look, out of what is counted."""

    theme: ThemeId
    found: tuple[Candidate, ...]
    counted: Corpus


class DeskReading:
    """Themes, quotes and texts of one study."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._corpus: Corpus | None = None
        self._texts: dict[DocumentId, DocumentText] = {}
        self._to_read = True
        self._unreviewed: frozenset[str] = frozenset()
        self._printing = Attributing(study, ())
        self.themes: Sequence[ThemeRow] = ()
        self.people = 0
        self.quotes: dict[QuoteId, QuoteRow] = {}

    # Properties

    @property
    def ellipsis(self) -> str:
        """The house style of what is left out."""
        return self._printing.ellipsis

    @property
    def statuses(self) -> list[tuple[ThemeId, str]]:
        """The theme and the status of each quote."""
        return [(row.theme, row.status) for row in self.quotes.values()]

    @property
    def chosen(self) -> list[ThemeRow]:
        """The themes with the quotes that are chosen for them now."""
        own: dict[ThemeId, list[QuoteRow]] = {}
        for row in self.quotes.values():
            if row.status == "chosen":
                own.setdefault(row.theme, []).append(row)
        return [replace(row, quotes=tuple(own.get(row.id, ()))) for row in self.themes]

    @property
    def heard(self) -> frozenset[tuple[str, str, str, int, int]]:
        """What the balance of voices is made of: the chosen quotes; `people` counts changes of who they are."""
        chosen = (row for row in self.quotes.values() if row.status == "chosen")
        return frozenset((row.id, row.theme, row.stance, row.start, row.end) for row in chosen)

    # Methods

    def read(self) -> None:
        """Read quotes again, and themes and documents where they may have changed."""
        if self._to_read:
            self.themes = themes(self._study, status=None)
            rows = [quote for theme in self.themes for quote in theme.quotes]
            known = documents(self._study, counted=False)
            self._unreviewed = frozenset(row.id for row in known if row.deidentification not in REVIEWED)
            self._to_read = False
        else:
            rows = quote_rows(self._study)
        self.quotes = {row.id: row for row in rows}
        self._printing = Attributing(self._study, rows)

    def forget_all(self) -> None:
        """Read everything again: somebody else looks at it, or nobody knows what changed."""
        self._texts.clear()
        self._to_read = True
        self.people += 1

    def forget(self, change: Written) -> None:
        """Read again what may have changed."""
        self._to_read = self._to_read or change.concerns(*_OUTLINE)
        if change.concerns(*_TEXTS):
            self._texts.clear()
            self.people += 1

    def rank(self, theme: ThemeId) -> Ranked:
        """The candidates of a theme; what is counted is kept, and only what changed is read again."""
        self._corpus = corpus(self._study, before=self._corpus)
        return Ranked(theme, candidates(self._study, theme, self._corpus), self._corpus)

    def gathers(self, theme: ThemeId | None) -> bool:
        """Whether a theme, or one below it, gathers codes."""
        return theme is not None and any(row.codes for row in branch(self.themes, theme))

    def listed(self, theme: ThemeId | None, found: Iterable[Candidate]) -> dict[Listed, list[DeskRow]]:
        """The rows of the three lists of a theme."""
        own = [row for row in self.quotes.values() if row.theme == theme]
        used: dict[tuple[str, int, int], list[str]] = {}
        for row in self.quotes.values():
            used.setdefault((row.document, row.start, row.end), []).extend(map(told, row.uses))
        return {
            "candidates": [_candidate(one, own, used) for one in found],
            "shortlisted": [self._quoted(row) for row in own if row.status == "shortlisted"],
            "chosen": [self._quoted(row) for row in own if row.status == "chosen"],
        }

    def opened(self, row: DeskRow, warned: Callable[[QuoteId], tuple[str, ...]]) -> Open:
        """What is shown of a row at the right; `warned` knows what else is to be looked at in a quote."""
        text = self._text(row.document)
        quote = self.quotes.get(row.quote) if row.quote is not None else None
        if quote is None:
            return Open(
                row.place, row.source, text.text, text.turns, (row.start, row.end),
                shown=_as_said(text, row.start, row.end),
            )  # fmt: skip
        return Open(
            quote.id, row.source, text.text, text.turns, (quote.start, quote.end),
            tuple(_change(edit, quote.start) for edit in quote.edits),
            self._shown(quote),
            (*self._flags(quote), *warned(quote.id)),
            tuple(quote.uses),
            None if quote.other is None else self._beside(quote.other),
            quote.language_shown,
            is_quote=True,
        )  # fmt: skip

    def quote_at(self, document: str, start: int, end: int) -> QuoteId | None:
        """The quote that stands at a place."""
        rows = self.quotes.values()
        return next((row.id for row in rows if (row.document, row.start, row.end) == (document, start, end)), None)

    def known_uses(self) -> tuple[list[str], list[str]]:
        """The papers and the sections that quotes are used in, those used most first."""
        uses = [use for row in self.quotes.values() for use in row.uses]
        return _by_use(use.paper for use in uses), _by_use(use.section for use in uses if use.section)

    # Internal

    def _beside(self, other: OtherWords) -> Beside:
        text = self._text(other.document)
        return Beside(other.document, other.document_name, text.text, text.turns, (other.start, other.end))

    def _shown(self, quote: QuoteRow) -> Shown:
        try:
            return shown_of(self._printing.printed(quote), self._printing.why(quote))
        except QcodeError as error:
            return Shown(refused=str(error))

    def _text(self, document: DocumentId) -> DocumentText:
        if document not in self._texts:
            self._texts[document] = document_text(self._study, document)
        return self._texts[document]

    def _quoted(self, row: QuoteRow) -> QuotedRow:
        printed = self._printing.words(row)
        words = " ".join(line.words for side in printed.sides[:1] for line in side.lines)
        return QuotedRow(
            row.document, row.start, row.end, row.text if printed.omitted else words or row.text, source_of(row),
            quote=row.id,
            status=row.status,
            stance=row.stance,
            uses=tuple(map(told, row.uses)),
            edited=bool(row.edits),
            flagged=row.stale,
            attribution=row.attribution,
        )  # fmt: skip

    def _flags(self, row: QuoteRow) -> tuple[str, ...]:
        flags = []
        if row.stale:
            flags.append("Read the words again; then confirm them (K), or select anew what the quote is (Q).")
        if row.document in self._unreviewed:
            flags.append(f"{row.document_name} is not reviewed for identifiers.")
        return tuple(flags)


def source_of(row: QuoteRow) -> str:
    """Who is quoted, from which group and document."""
    who = dict.fromkeys((row.fields.get("pseudonym", ""), row.fields.get("group", ""), row.document_name))
    return " · ".join(part for part in who if part)


def shown_of(printed: PrintedQuote, why: Sequence[str]) -> Shown:
    """A printed quote as it is shown, with what was kept back of its attribution."""
    if printed.omitted:
        return Shown(refused=printed.note)
    several = len(printed.sides) > 1
    columns = tuple(
        Column(
            f"{side.name} ({side.language})" if several else "",
            tuple((line.speaker if len(side.lines) > 1 else "", line.words) for line in side.lines),
        )
        for side in printed.sides
    )
    return Shown(columns, printed.attribution, (printed.note,) if printed.note else (), tuple(why))


def _as_said(text: DocumentText, start: int, end: int) -> Shown:
    """A passage as it stands in its transcript, turn by turn if several speak."""
    turns = [turn for turn in text.turns if turn.start < end and start < turn.end]
    cut = [(turn.speaker or "", text.text[max(turn.start, start) : min(turn.end, end)]) for turn in turns]
    lines = cut if len(cut) > 1 else [("", text.text[start:end])]
    return Shown((Column("", tuple(lines)),), why=(NOT_YET,))


def _candidate(one: Candidate, known: Sequence[QuoteRow], used: dict[tuple[str, int, int], list[str]]) -> DeskRow:
    """A candidate as it stands now: it was ranked before the latest deeds."""
    place = one.document, one.start, one.end
    source = " · ".join(part for part in dict.fromkeys((one.speaker, one.group, one.document_name)) if part)
    row = _quote_at(one, known)
    if row is None:
        return DeskRow(*place, one.text, source, one.reasons, uses=tuple(dict.fromkeys(used.get(place, ()))))
    return QuotedRow(
        *place, one.text, source, one.reasons,
        quote=row.id, status=row.status, stance=row.stance, uses=tuple(map(told, row.uses)), edited=bool(row.edits),
        flagged=row.stale, attribution=row.attribution,
    )  # fmt: skip


def _quote_at(one: Candidate, known: Sequence[QuoteRow]) -> QuoteRow | None:
    """The quote that a passage is, that it holds, or that holds it; the nearest of several."""
    near = [row for row in known if row.start < row.end and row.document == one.document and _is_one(row, one)]
    near.sort(key=lambda row: abs(row.start - one.start) + abs(row.end - one.end))
    return near[0] if near else None


def _is_one(row: QuoteRow, one: Candidate) -> bool:
    """Whether one of two places lies within the other."""
    return (row.start <= one.start and one.end <= row.end) or (one.start <= row.start and row.end <= one.end)


def _change(edit: Edit, start: int) -> Change:
    words = edit.words if isinstance(edit, Replaced | Inserted) else ""
    apart = edit.apart if isinstance(edit, Inserted) else True
    return Change(edit.start + start, edit.end + start, words, apart)


def _by_use(names: Iterable[str]) -> list[str]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return sorted(counts, key=lambda name: (-counts[name], name))
