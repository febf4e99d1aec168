"""The codebook as a tree: codes below codes, with how often each is on a passage, and a line for a code to come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from qcode.ids import CodeId
from qcode.queries.codebook.tree import CodeRow
from qcode.text.fuzzy import fold

type Index = QModelIndex | QPersistentModelIndex

CODE = Qt.ItemDataRole.UserRole
MIME = "application/x-qcode-code"
NAME, MINE, EVERYBODYS = range(3)
TITLES = ("Code", "Mine", "All")
TIPS = ("", "Your codings, in all documents", "Everyone’s codings, as far as you may see them")
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDropEnabled
    | Qt.ItemFlag.ItemIsDragEnabled
)
_FLAGS_OF_NAME = _FLAGS | Qt.ItemFlag.ItemIsEditable
_SAID = (*_TEXTS, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(slots=True, eq=False)
class Node:
    """A line of the tree: a code, or a code that has no name yet; the root is neither."""

    row: CodeRow | None = None
    above: Node | None = None
    below: list[Node] = field(default_factory=list)
    draft: str = ""

    @property
    def place(self) -> int:
        """Where it stands among its siblings."""
        return self.above.below.index(self) if self.above else 0


class CodeModel(QAbstractItemModel):
    """Lines of codes; only what differs is told, so that nothing folds or jumps when a count changes.

    It changes nothing itself: names that are typed and moves that are dropped are asked for by signals.
    """

    nameGiven = Signal(str, str)
    newNameGiven = Signal(str, str)
    moveAsked = Signal(object, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, CodeRow] = {}
        self._words: list[str] = []
        self._within: frozenset[str] | None = None
        self._titles, self._tips = TITLES, TIPS
        self._root = self._before = Node()
        self._nodes: dict[str, Node] = {}
        self._draft: Node | None = None

    # Properties

    @property
    def rows(self) -> Sequence[CodeRow]:
        """All codes, depth first, whether they are shown or not."""
        return tuple(self._rows.values())

    @property
    def draft(self) -> QModelIndex:
        """The line of the code to come; invalid if there is none."""
        return self._index_of(self._draft) if self._draft else QModelIndex()

    @property
    def narrowed(self) -> bool:
        """Whether only some codes are shown."""
        return bool(self._words) or self._within is not None

    # Methods

    def take(self, rows: Iterable[CodeRow]) -> bool:
        """Hold other codes; says whether lines came, went or moved, so that what is unfolded must be shown anew."""
        new: dict[str, CodeRow] = {row.id: row for row in rows}
        same_lines = [(row.id, row.parent) for row in new.values()] == [
            (row.id, row.parent) for row in self._rows.values()
        ]
        if same_lines and not self.narrowed:
            self._rows = new
            self.replace_rows([row for key, row in new.items() if self._nodes[key].row != row])
            return False
        self._rows = new
        self._rebuild()
        return True

    def count(self, mine: Mapping[str, int], everybodys: Mapping[str, int]) -> None:
        """Add to the counts of some codes."""
        changed = [
            replace(row, mine=row.mine + mine.get(key, 0), everybodys=row.everybodys + everybodys.get(key, 0))
            for key, row in self._rows.items()
            if mine.get(key) or everybodys.get(key)
        ]
        self.replace_rows(changed)

    def replace_rows(self, rows: Iterable[CodeRow]) -> None:
        """Show what changed about single codes."""
        for row in rows:
            self._rows[row.id] = row
            node = self._nodes.get(row.id)
            if node is not None:
                node.row = row
                self.dataChanged.emit(self._index_of(node), self._index_of(node, EVERYBODYS))

    def narrow(self, text: str) -> bool:
        """Show the codes in whose name or brief definition every word occurs, and those above them."""
        words = fold(text).split()
        if words == self._words:
            return False
        self._words = words
        self._rebuild()
        return True

    def narrow_to(self, codes: Collection[str] | None) -> bool:
        """Show only these codes and those above them; None shows all."""
        within = None if codes is None else frozenset(codes)
        if within == self._within:
            return False
        self._within = within
        self._rebuild()
        return True

    def matches(self, row: CodeRow) -> bool:
        """Whether a code is one that is looked for, by its own name, one merged into it, or its brief definition."""
        if self._within is not None and row.id not in self._within:
            return False
        text = fold(" ".join((row.name, row.brief, *(name for _code, name in row.merged))))
        return all(word in text for word in self._words)

    def name_counts(self, titles: tuple[str, str], tips: tuple[str, str]) -> None:
        """Say at the top what the two columns of numbers count."""
        named = TITLES[:1] + titles, TIPS[:1] + tips
        if named != (self._titles, self._tips):
            self._titles, self._tips = named
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, MINE, EVERYBODYS)

    def row_at(self, index: Index) -> CodeRow | None:
        """The code of a line."""
        return _node(index).row if index.isValid() else None

    def index_of(self, code: str | None) -> QModelIndex:
        """The line of a code; invalid if it is not shown."""
        node = self._nodes.get(code) if code else None
        return self._index_of(node) if node else QModelIndex()

    def siblings(self, code: CodeId) -> list[CodeRow]:
        """The codes with the same parent, in their order, whether they are shown or not."""
        parent = self._known_parent(self._rows[code])
        return [row for row in self._rows.values() if self._known_parent(row) == parent]

    def below(self, code: CodeId) -> list[CodeRow]:
        """All codes below a code."""
        rows = list(self._rows.values())
        at = next((place for place, row in enumerate(rows) if row.id == code), len(rows))
        out: list[CodeRow] = []
        for row in rows[at + 1 :]:
            if row.depth <= rows[at].depth:
                break
            out.append(row)
        return out

    def begin_draft(self, parent: CodeId | None, name: str = "") -> QModelIndex:
        """Put a line for a code to come behind the children of a parent."""
        self.end_draft()
        above = self._nodes.get(parent, self._root) if parent else self._root
        place = len(above.below)
        self.beginInsertRows(self._index_of(above), place, place)
        self._draft = Node(None, above, draft=name)
        above.below.append(self._draft)
        self.endInsertRows()
        return self.draft

    def end_draft(self) -> None:
        """Take that line away again."""
        if self._draft is None or self._draft.above is None:
            return
        above, place = self._draft.above, self._draft.place
        self.beginRemoveRows(self._index_of(above), place, place)
        del above.below[place]
        self._draft = None
        self.endRemoveRows()

    # Events

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  Qt's default
        """The line at a place below another."""
        above = _node(parent) if parent.isValid() else self._root
        if 0 <= row < len(above.below) and 0 <= column < len(TITLES):
            return self.createIndex(row, column, above.below[row])
        return QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt has another of this name
        """The line above."""
        above = _node(index).above if index.isValid() else None
        return self._index_of(above) if above else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """How many lines there are below one."""
        if parent.isValid() and parent.column() != NAME:
            return 0
        return len((_node(parent) if parent.isValid() else self._root).below)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Name and counts."""
        return len(TITLES)

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tips[section] or None
        if role == Qt.ItemDataRole.TextAlignmentRole and section != NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows."""
        if not index.isValid():
            return None
        node = _node(index)
        if node.row is None:
            return node.draft if role in _TEXTS and index.column() == NAME else None
        said = _ABOUT.get(role) if index.column() == NAME or role in _ON_EVERY_CELL else None
        if said is not None:
            return said(node.row)
        return text_of(node.row, index.column()) if role in _SAID else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name, or for the code to come."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        node, name = _node(index), " ".join(str(value).split())
        if node.row is None:
            node.draft = name
            above = node.above.row.id if node.above and node.above.row else ""
            self.newNameGiven.emit(above, name)
        elif name != node.row.name:
            self.nameGiven.emit(node.row.id, name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names can be edited; codes can be carried below other codes."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return _FLAGS_OF_NAME if index.column() == NAME else _FLAGS

    def supportedDragActions(self) -> Qt.DropAction:
        """Inside the tree codes are moved; on a text they are put, and stay where they are."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        """Codes are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """What can be carried."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The codes that are carried, in the order of the tree."""
        chosen = {row.id for index in indexes if (row := self.row_at(index)) is not None}
        data = QMimeData()
        data.setData(MIME, "\n".join(code for code in self._rows if code in chosen).encode())
        return data

    def dropMimeData(self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index) -> bool:
        """Ask for the move; answers False, for the tree is drawn anew when it has happened."""
        codes = carried_codes(data)
        above = _node(parent) if parent.isValid() else self._root
        ahead = above.below[:row] if row >= 0 else above.below
        after = next((node.row.id for node in reversed(ahead) if node.row and node.row.id not in codes), "")
        if codes:
            self.moveAsked.emit(codes, above.row.id if above.row else "", after)
        return False

    # Internal

    def _rebuild(self) -> None:
        """Make all lines anew."""
        self.beginResetModel()
        self._before = self._root  # an index that outlives the reset still points to something
        self._root, self._nodes, self._draft = Node(), {}, None
        shown = self._shown()
        for key, row in self._rows.items():
            if key in shown:
                above = self._nodes[row.parent] if row.parent and row.depth else self._root
                self._nodes[key] = node = Node(row, above)
                above.below.append(node)
        self.endResetModel()

    def _shown(self) -> set[str]:
        if not self.narrowed:
            return set(self._rows)
        shown: set[str] = set()
        for row in self._rows.values():
            key: str | None = row.id if self.matches(row) else None
            while key is not None and key in self._rows and key not in shown:
                shown.add(key)
                key = self._rows[key].parent
        return shown

    def _known_parent(self, row: CodeRow) -> CodeId | None:
        return row.parent if row.depth else None

    def _index_of(self, node: Node, column: int = NAME) -> QModelIndex:
        return QModelIndex() if node.above is None else self.createIndex(node.place, column, node)


def carried_codes(data: QMimeData) -> list[CodeId]:
    """The codes that are carried from the tree."""
    return [CodeId(code) for code in bytes(data.data(MIME).data()).decode().split("\n") if code]


def _node(index: Index) -> Node:
    node: Node = index.internalPointer()
    return node


def row_of(index: Index) -> CodeRow | None:
    """The code of a valid line; None for a code to come."""
    return _node(index).row


def text_of(row: CodeRow, column: int) -> str:
    """What a cell shows of a code; a count of none is not written."""
    if column == NAME:
        return row.name
    count = row.mine if column == MINE else row.everybodys
    return str(count) if count else ""


def _spoken(row: CodeRow) -> str:
    kind = "category" if row.kind == "category" else f"{row.mine} codings of yours, {row.everybodys} of everyone"
    parts = (row.name, "" if row.status == "active" else row.status, kind, merged_words(row), answered(row))
    return ", ".join(part for part in parts if part)


def merged_words(row: CodeRow) -> str:
    """Which codes were merged into a code; empty for none."""
    return f"merged from {', '.join(f'“{name}”' for _code, name in row.merged)}" if row.merged else ""


def answered(row: CodeRow) -> str:
    """What the lead says of a code that was proposed; empty for any other."""
    if row.status == "proposed":
        return "A proposal, until the lead adopts, merges or declines it."
    decided = "Declined by the lead" if row.status == "declined" else "The lead adopted it"
    return f"{decided}: {row.answer}" if row.answer else ""


def _tip(row: CodeRow) -> str | None:
    from html import escape

    near = f"Near miss: {row.near_miss}" if row.near_miss else ""
    parts = [row.name, row.brief, near, merged_words(row), answered(row)]
    # Qt guesses whether a tip is HTML; what a person wrote must never be.
    shown = "<br>".join(escape(part) for part in parts if part)
    return f"<qt>{shown}</qt>" if any(parts[1:]) else None


_ON_EVERY_CELL = (CODE, Qt.ItemDataRole.ToolTipRole)
_ABOUT: dict[int, Callable[[CodeRow], Any]] = {
    CODE: lambda row: row,
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.AccessibleDescriptionRole: lambda row: row.brief,
}
