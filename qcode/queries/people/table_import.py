"""What a table from a spreadsheet would change: decided cell by cell before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Literal

from qcode.errors import QcodeError
from qcode.exchange.spreadsheets import TableFile
from qcode.models.subjects import MODES, SHAPES
from qcode.queries.people.attributes import NOTHING, Sheet, SheetColumn, SheetRow, sheet
from qcode.study import Study
from qcode.text.blocks import Block, CellEntry, NewColumn, NewRow, Subject
from qcode.text.typed import UNKNOWN, DateOrder, Habits, Kind, Meant, fold, guessed_kind, habits_of, meant

CellFate = Literal["new", "changed", "same", "nothing", "refused", "left out"]

_NAMES: Mapping[Subject, tuple[str, ...]] = {
    "participant": ("pseudonym", "participant", "participant id", "alias", "code name", "participant code", "id"),
    "document": ("document", "transcript", "file", "name"),
    "site": ("site", "agency", "community", "name"),
}
_OTHER_TITLES = {
    "population": "group",
    "agency": "site",
    "community": "site",
    "checked against the audio by": "checked_by",
}
# Columns that tell who somebody is stay outside the study unless a person asks for them by name.
_IDENTIFYING = frozenset(
    {
        "name", "real name", "full name", "first name", "given name", "last name", "surname", "family name", "phone",
        "phone number", "telephone", "mobile", "cell phone", "email", "e-mail", "email address", "e-mail address",
        "address", "home address", "street", "street address", "zip", "zip code", "postcode", "date of birth", "dob",
        "birth date", "birthday", "ssn", "social security number", "contact", "contact details", "ip address",
        "latitude", "longitude",
    }
)  # fmt: skip
_BY_NAME = frozenset({"site", "mode"})
_FORMULA = "It is a formula without a result. Open the file in its program, save it, and import it again."


class NoNameColumnError(QcodeError):
    """No column says whom the rows are about."""

    def __init__(self, subject: Subject, headings: Sequence[str]) -> None:
        title = SHAPES[subject].title
        super().__init__(
            f"No column says whom the rows are about. Name one “{title}”. There are: {', '.join(headings)[:300]}."
        )


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column of the file: the name's, one that the study has (`key`), a new attribute, or left out for a reason."""

    heading: str
    fate: Literal["name", "known", "new", "left out"]
    key: str = ""
    title: str = ""
    kind: Kind = "text"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """What becomes of a cell: `text` is what it will say, `before` what stands there, `reason` why it is refused."""

    fate: CellFate
    text: str = ""
    before: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row of the file, by its number there: about somebody known, somebody new, or refused for a reason."""

    number: int
    name: str
    fate: Literal["known", "new", "refused"]
    cells: tuple[PlannedCell, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an import would do; `block` is what is to be written, without the cells that are refused.

    `asks_dates` says that dates can be read in two ways, and `new_levels` names levels that would have to be added.
    """

    subject: Subject
    columns: tuple[PlannedColumn, ...]
    rows: tuple[PlannedRow, ...]
    block: Block
    notes: tuple[str, ...] = ()
    asks_dates: bool = False
    new_levels: tuple[str, ...] = ()

    def counts(self) -> Counter[str]:
        """How many cells beside the names are new, changed, the same, nothing, refused or left out."""
        return Counter(
            cell.fate
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
            if column.fate != "name"
        )

    @property
    def refusals(self) -> list[tuple[int, str, str]]:
        """Each refusal: the row's number, the heading (empty for a whole row), and why."""
        out = []
        for row in self.rows:
            out += [(row.number, "", row.reason)] if row.fate == "refused" else []
            for column, cell in zip(self.columns, row.cells, strict=False):
                out += [(row.number, column.heading, cell.reason)] if cell.fate == "refused" else []
        return out

    @property
    def changes(self) -> bool:
        """Whether anything would be written."""
        return bool(self.block.cells or self.block.new_rows or self.block.new_columns)


def plan_table(
    study: Study,
    file: TableFile,
    subject: Subject = "participant",
    *,
    dates: DateOrder | None = None,
    add_levels: bool = False,
    taken_along: Collection[str] = (),
) -> Plan:
    """What importing a table would do.

    An empty cell leaves what is recorded as it is. Headings that nobody knows become attributes of the kind that
    their cells look like; columns that tell who somebody is are left out unless `taken_along` names them.

    Raises:
        NoNameColumnError: no column says whom the rows are about.
    """
    return _Planner(sheet(study, subject), _sites(study), file, dates, add_levels, taken_along).plan()


def _sites(study: Study) -> frozenset[str]:
    return frozenset(fold(row.name) for row in sheet(study, "site").rows)


@dataclass(slots=True)
class _Column:
    """A column while it is planned: what its values are checked against, and how they are written."""

    planned: PlannedColumn
    levels: dict[str, str] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    group: str = ""
    new: NewColumn | None = None


class _Planner:
    """Plans one table against what the study holds."""

    def __init__(
        self,
        known: Sheet,
        sites: frozenset[str],
        file: TableFile,
        dates: DateOrder | None,
        add_levels: bool,
        taken_along: Collection[str],
    ) -> None:
        self.known, self.file, self.subject = known, file, known.subject
        self._dates, self._add_levels = dates, add_levels
        self._taken_along = {_plain(name) for name in taken_along}
        self._sites, self._new_sites = sites, dict[str, NewRow]()
        self._rows = {fold(row.name): row for row in known.rows}
        self._named = self._name_column()
        self._columns = [self._column(number, heading) for number, heading in enumerate(file.headings)]
        self._asks_dates, self._new_levels = False, dict[str, None]()
        self._cells: list[CellEntry] = []
        self._new_rows: list[NewRow] = []

    def plan(self) -> Plan:
        twice = self._twice()
        rows = tuple(self._row(place, cells, twice) for place, cells in enumerate(self.file.rows))
        columns = tuple(column.planned for column in self._columns)
        habits = {column.planned.key: column.habits for column in self._columns if column.planned.key}
        block = Block(
            tuple(self._cells),
            tuple(self._new_rows),
            tuple(column.new for column in self._columns if column.new is not None),
            tuple(self._new_sites.values()),
            habits,
            self._add_levels,
        )
        return Plan(
            self.subject, columns, rows, block, self.file.notes, self._asks_dates, tuple(sorted(self._new_levels))
        )

    # Columns

    def _name_column(self) -> int:
        plain = [_plain(heading) for heading in self.file.headings]
        for wanted in _NAMES[self.subject]:
            if wanted in plain:
                return plain.index(wanted)
        values = [fold(row[0]) for row in self.file.rows]
        if not plain[0] or plain[0] in _IDENTIFYING or "" in values or len(set(values)) < len(values):
            raise NoNameColumnError(self.subject, self.file.headings)
        if self._own_key(plain[0]) or any(fold(one.title) == plain[0] for one in self.known.columns):
            raise NoNameColumnError(self.subject, self.file.headings)
        return 0

    def _column(self, number: int, heading: str) -> _Column:
        plain = _plain(heading)
        if number == self._named:
            return _Column(PlannedColumn(heading, "name", "name", self.known.columns[0].title))
        if not plain:
            return _left_out(heading, "it has no heading")
        if plain in [_plain(other) for other in self.file.headings[:number]]:
            return _left_out(heading, "the heading stands twice")
        key = self._own_key(plain)
        known = next((one for one in self.known.columns if one.key == key or _plain(one.title) == plain), None)
        if known is not None:
            return self._known_column(heading, number, known)
        if plain in _IDENTIFYING and plain not in self._taken_along:
            return _left_out(heading, "it can tell who somebody is")
        return self._new_column(heading, number)

    def _own_key(self, plain: str) -> str | None:
        titles = SHAPES[self.subject].titles
        key = _OTHER_TITLES.get(plain)
        return key if key in titles else next((key for key, title in titles.items() if _plain(title) == plain), None)

    def _known_column(self, heading: str, number: int, known: SheetColumn) -> _Column:
        kind: Any = known.kind
        planned = PlannedColumn(heading, "known", known.key, known.title, kind)
        levels = {fold(name): name for name in known.choices if known.kind == "category" and name != UNKNOWN}
        return _Column(planned, levels, habits_of(self._written(number), self._dates), known.group)

    def _new_column(self, heading: str, number: int) -> _Column:
        written = self._written(number)
        if not any(written):
            return _left_out(heading, "it is empty")
        kind, habits = guessed_kind(written), habits_of(written, self._dates)
        name = " ".join(heading.replace("_", " ").split())
        name = name[:1].upper() + name[1:]
        contents = {fold(text): text for text in (meant(text, "text").content for text in written) if text}
        levels = {key: contents[key] for key in sorted(contents, key=_natural)} if kind == "category" else {}
        new = NewColumn(name, kind, tuple(levels.values()))
        return _Column(PlannedColumn(heading, "new", new.id, name, kind), levels, habits, new=new)

    def _written(self, number: int) -> list[str]:
        return [row[number] for row in self.file.rows]

    # Rows

    def _twice(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, row in zip(self.file.numbers, self.file.rows, strict=True):
            places.setdefault(fold(row[self._named]), []).append(number)
        return {name: numbers for name, numbers in places.items() if len(numbers) > 1 and name}

    def _row(self, place: int, cells: Sequence[str], twice: Mapping[str, list[int]]) -> PlannedRow:
        number, name = self.file.numbers[place], cells[self._named]
        known = self._rows.get(fold(name))
        if reason := self._row_refusal(name, known, twice.get(fold(name), [])):
            return PlannedRow(number, name, "refused", tuple(PlannedCell("left out") for _ in cells), reason)
        new = None if known else NewRow(name)
        self._new_rows += [new] if new else []
        row = new.id if new else known.id if known else ""
        group = self._group(cells, known)
        planned = tuple(
            self._cell(place, number, column, text, known, group)
            for number, (column, text) in enumerate(zip(self._columns, cells, strict=True))
        )
        for column, cell in zip(self._columns, planned, strict=True):
            if cell.fate in ("new", "changed") and column.planned.fate != "name":
                self._cells.append(CellEntry(row, column.planned.key, cell.text))
        return PlannedRow(number, name, "new" if new else "known", planned)

    def _row_refusal(self, name: str, known: SheetRow | None, twice: Sequence[int]) -> str:
        title = SHAPES[self.subject].title.lower()
        if not name:
            return f"It has no {title}."
        if len(name) > 200:
            return f"Its {title} is longer than 200 characters."
        if twice:
            return f"The rows {', '.join(map(str, twice[:5]))} are about the same {title}. Keep one of them."
        if known is None and self.subject == "document":
            return "There is no document of this name."
        return ""

    def _group(self, cells: Sequence[str], known: SheetRow | None) -> str:
        written = next(
            (text for column, text in zip(self._columns, cells, strict=True) if column.planned.key == "group"), ""
        )
        return fold(written or (known.group if known else ""))

    # Cells

    def _cell(
        self, place: int, number: int, column: _Column, text: str, known: SheetRow | None, group: str
    ) -> PlannedCell:
        if column.planned.fate == "name":
            return PlannedCell("same" if known else "new", text)
        if column.planned.fate == "left out":
            return PlannedCell("left out", text)
        before = known.cells.get(column.planned.key, NOTHING).text if known else ""
        formula = (place, number) in self.file.formulas
        found = meant(text, column.planned.kind, column.levels, column.habits)
        if found.nothing and not formula:
            return PlannedCell("nothing", "", before)
        if reason := _FORMULA if formula else self._refusal(column, text, found, group):
            return PlannedCell("refused", text, before, reason)
        shown = UNKNOWN if found.unknown else found.content
        same = fold(shown) == fold(before) if column.planned.key in _BY_NAME else shown == before
        return PlannedCell("same" if same else "changed" if before else "new", shown, before)

    def _refusal(self, column: _Column, text: str, found: Meant, group: str) -> str:
        if found.refused:
            self._asks_dates = self._asks_dates or found.either_order
            return found.refused
        if column.planned.kind in ("category", "text") and text.startswith("="):
            return "It looks like a formula."
        if column.planned.key == "site":
            self._meet_site(found.content)
        if column.planned.key == "mode" and found.content.casefold() not in MODES:
            return f"“{found.content[:60]}” is no mode. Use one of: {', '.join(MODES)}."
        if column.group and group != fold(column.group):
            return f"It is recorded for the group {column.group} only."
        return self._new_level(column, found.content) if found.new_level and not column.new else ""

    def _meet_site(self, name: str) -> None:
        if name and fold(name) not in self._sites:
            self._new_sites.setdefault(fold(name), NewRow(name))

    def _new_level(self, column: _Column, name: str) -> str:
        self._new_levels[f"{column.planned.title}: {name[:60]}"] = None
        if self._add_levels:
            return ""
        close = get_close_matches(fold(name), column.levels, 1, 0.7)
        hint = f" Do you mean “{column.levels[close[0]]}”?" if close else ""
        return f"“{name[:60]}” is no level of {column.planned.title}.{hint}"


def _left_out(heading: str, reason: str) -> _Column:
    return _Column(PlannedColumn(heading, "left out", reason=reason))


def _plain(heading: str) -> str:
    return fold(heading.replace("_", " "))


def _natural(text: str) -> tuple[int, float, str]:
    """Levels that begin with a number by its size, then the others by their letters."""
    digits = ""
    for sign in text.lstrip("<> ≥≤"):
        if not sign.isdigit():
            break
        digits += sign
    return (0, float(digits), text) if digits else (1, 0, text)
