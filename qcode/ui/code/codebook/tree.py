"""The tree of codes on the screen: unfolded, searched, renamed in place, carried from parent to parent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from qcode.ids import CodeId
from qcode.queries.codebook.tree import CodeRow
from qcode.ui import theme
from qcode.ui.code.acts import later
from qcode.ui.code.codebook.lettering import Lettering
from qcode.ui.code.codebook.model import EVERYBODYS, MINE, NAME, CodeModel, Index, row_of, text_of
from qcode.ui.code.colours import SWATCH, code_colour, paint_focus
from qcode.ui.text.strokes import paint_swatch, shade
from qcode.ui.theme import SPACE

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MARKED = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CodePainter(QStyledItemDelegate):
    """Draws a code with its swatch, a category in stronger letters, a retired code struck through."""

    draftLeft = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lettering: Lettering | None = None
        self.closeEditor.connect(self._on_editor_closed)

    # Methods

    def take_fonts(self) -> None:
        """Draw with the fonts as they are now."""
        self._lettering = None

    # Events

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All lines are equally high."""
        return QSize(0, QFontMetrics(theme.font("body")).height() + SPACE)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        """A line for the name."""
        line = QLineEdit(parent)
        line.setAccessibleName("Name of the code")
        line.setPlaceholderText("Name of the new code")
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        """As wide as there is room."""
        editor.setGeometry(option.rect.adjusted(0, 0, 0, 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of a line that is marked as the style does, and the code upon it."""
        if option.state & _MARKED:
            self._paint_ground(painter, option, index)
        row = row_of(index)
        if row is None:
            return
        if index.column() == NAME:
            self._paint_name(painter, option.rect, row)
        elif words := text_of(row, index.column()):
            self._paint_count(painter, option.rect, words)

    # Private slots

    def _on_editor_closed(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if hint is QAbstractItemDelegate.EndEditHint.RevertModelCache:
            self.draftLeft.emit()

    # Internal

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.state &= ~QStyle.StateFlag.State_HasFocus
        if ground.widget is not None:
            style = ground.widget.style()
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)

    def _paint_name(self, painter: QPainter, place: QRect, row: CodeRow) -> None:
        box = place.adjusted(SPACE // 2, 0, -SPACE // 2, 0)
        if row.kind != "category":
            middle = box.center().y() - SWATCH / 2 + 1
            paint_swatch(painter, QRectF(box.left(), middle, SWATCH, SWATCH), code_colour(row.colour))
            box.setLeft(box.left() + SWATCH + SPACE)
        font, words = self._letters().name(row, box.width())
        painter.setFont(font)
        painter.setPen(shade(theme.current().text if row.offered else theme.current().quiet))
        painter.drawText(box, _AT_LEFT, words)

    def _paint_count(self, painter: QPainter, place: QRect, words: str) -> None:
        painter.setFont(self._letters().small)
        painter.setPen(shade(theme.current().quiet))
        painter.drawText(place.adjusted(0, 0, -SPACE, 0), _AT_RIGHT, words)

    def _letters(self) -> Lettering:
        if self._lettering is None:
            self._lettering = Lettering()
        return self._lettering


class CodeTree(QTreeView):
    """Codes in a tree; what is unfolded, current and scrolled to stays when codes are read again."""

    codeActivated = Signal(str)
    codeDoubleClicked = Signal(str)
    draftEnded = Signal()

    def __init__(self, model: CodeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = model
        self._folded: set[str] = set()
        self._restoring = False
        self._painter = CodePainter(self)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        self._set_up()
        self._set_up_header()
        self.collapsed.connect(self._on_collapsed)
        self.expanded.connect(self._on_expanded)
        self.doubleClicked.connect(self._on_double_clicked)
        self._painter.draftLeft.connect(self._on_draft_left)

    # Properties

    @property
    def current_code(self) -> CodeRow | None:
        """The code with the cursor."""
        return self._codes.row_at(self.currentIndex())

    @property
    def chosen_codes(self) -> list[CodeRow]:
        """The selected codes in the order of the tree, or the one with the cursor."""
        lines = self.selectionModel().selectedRows(NAME)
        chosen = {row.id for index in lines if (row := self._codes.row_at(index)) is not None}
        current = self.current_code
        if not chosen and current is not None:
            chosen = {current.id}
        return [row for row in self._codes.rows if row.id in chosen]

    @property
    def folded(self) -> frozenset[str]:
        """The codes whose lines below are folded away."""
        return frozenset(self._folded)

    # Methods

    def set_rows(self, rows: Iterable[CodeRow]) -> None:
        """Show these codes."""
        self._keeping(lambda: self._codes.take(rows))

    def narrow(self, text: str) -> None:
        """Show only codes with these words and those above them, all unfolded, the first match current."""
        self._narrow(lambda: self._codes.narrow(text))

    def narrow_to(self, codes: Collection[str] | None) -> None:
        """Show only these codes and those above them, all unfolded; None shows all."""
        self._narrow(lambda: self._codes.narrow_to(codes))

    def fold(self, codes: Iterable[str]) -> None:
        """Fold these codes and no others, as soon as they are shown."""
        self._folded = set(codes)
        self._unfold()

    def fold_all(self, *, folded: bool) -> None:
        """Fold everything away, or unfold it; the cursor goes to the code above where its own line is gone."""
        row = self.current_code
        self._folded = {code.id for code in self._codes.rows if folded and self._codes.below(code.id)}
        if folded:
            self.collapseAll()  # tells nobody, unlike folding a single line
        else:
            self.expandAll()
        if row is not None:
            top = next((code.id for code in self._codes.rows if code.path == row.path[:1]), row.id)
            self.set_current(top if folded else row.id)

    def choose(self, codes: Iterable[str]) -> None:
        """Select these codes, and put the cursor on the first of them."""
        indexes = [index for code in codes if (index := self._codes.index_of(code)).isValid()]
        if indexes:
            self.setCurrentIndex(indexes[0])
            self.scrollTo(indexes[0])
            self._select(indexes)

    def set_current(self, code: str | None) -> bool:
        """Put the cursor on a code and bring it into sight; says whether it is shown."""
        index = self._codes.index_of(code)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def begin_draft(self, parent: CodeId | None, name: str = "") -> None:
        """Ask in place for the name of a code to come."""
        index = self._codes.begin_draft(parent, name)
        if parent is not None:
            self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit(index)

    def rename(self) -> None:
        """Edit the name of the current code in place."""
        if self.current_code is not None:
            index = self.currentIndex().siblingAtColumn(NAME)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.setCurrentIndex(index)
            self.edit(index)

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates, unless it ends the writing of a name; everything else is Qt's."""
        row = self.current_code
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _ENTER and plain and row is not None and self.state() != self.State.EditingState:
            self.codeActivated.emit(row.id)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font makes other columns."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.header().count():
            self._painter.take_fonts()
            self._fit_counts()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line, and the ring around the one where the keyboard is."""
        super().drawRow(painter, option, index)
        if not self.hasFocus():
            return
        current = self.currentIndex()
        if (index.row(), index.parent()) == (current.row(), current.parent()):
            painter.save()
            paint_focus(painter, option.rect)
            painter.restore()

    # Private slots

    def _on_collapsed(self, index: Index) -> None:
        row = self._codes.row_at(index)
        if row is not None and not self._restoring:
            self._folded.add(row.id)

    def _on_expanded(self, index: Index) -> None:
        row = self._codes.row_at(index)
        if row is not None and not self._restoring:
            self._folded.discard(row.id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self._codes.row_at(index)
        if row is not None and row.kind == "category":
            self.setExpanded(index.siblingAtColumn(NAME), not self.isExpanded(index.siblingAtColumn(NAME)))
        elif row is not None:
            self.codeDoubleClicked.emit(row.id)

    def _on_draft_left(self) -> None:
        later(self, self._end_draft)

    # Internal

    def _end_draft(self) -> None:
        above = self._codes.parent(self._codes.draft)
        if self._codes.draft.isValid():
            self._codes.end_draft()
            if above.isValid():
                self.setCurrentIndex(above)
            self.draftEnded.emit()

    def _narrow(self, change: Callable[[], bool]) -> None:
        self._keeping(change)
        row = self.current_code
        if self._codes.narrowed and (row is None or not self._codes.matches(row)):
            first = next((row for row in self._codes.rows if self._codes.matches(row)), None)
            self.set_current(first.id if first else None)

    def _keeping(self, change: Callable[[], bool]) -> None:
        row, down = self.current_code, self.verticalScrollBar().value()
        chosen = [code.id for code in self.chosen_codes]
        if change():
            self._unfold()
            self.set_current(row.id if row else None)
            if len(chosen) > 1:
                self._select([self._codes.index_of(code) for code in chosen])
            self.verticalScrollBar().setValue(down)

    def _select(self, indexes: Iterable[QModelIndex]) -> None:
        selection = QItemSelection()
        for index in indexes:
            if index.isValid():
                selection.select(index, index.siblingAtColumn(EVERYBODYS))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _unfold(self) -> None:
        self._restoring = True
        self.expandAll()
        if not self._codes.narrowed:
            for code in self._folded:
                self.collapse(self._codes.index_of(code))
        self._restoring = False

    def _set_up(self) -> None:
        self.setAccessibleName("Codebook")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setIndentation(2 * SPACE)
        self.setExpandsOnDoubleClick(False)
        self.setAllColumnsShowFocus(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def _set_up_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(SPACE)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (MINE, EVERYBODYS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self._fit_counts()

    def _fit_counts(self) -> None:
        widest = QFontMetrics(theme.font("small")).horizontalAdvance("0000")
        for column in (MINE, EVERYBODYS):
            self.header().resizeSection(column, widest + 2 * SPACE)
