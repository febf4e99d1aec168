"""Where a plot stands: what draws it is loaded when the first one is to be seen, and it follows the room there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from qcode.reports import plot_frame
from qcode.reports.plot_values import Plot
from qcode.ui import work
from qcode.ui.empty import EmptyState
from qcode.ui.theme import SPACE, label
from qcode.ui.themes.analysis.looks import look_of
from qcode.ui.themes.analysis.plot_view import PlotView

_PAUSE_MS = 60
_LOADING = "Loading what draws plots…"
HOW = "Click a place, or go there with the arrow keys and press Enter: its passages open below."
_NOTHING = "There is nothing to draw here."


class PlotPane(QFrame):
    """Draws a plot when it is seen; while nobody looks at one, matplotlib is not loaded.

    `opened` tells the key of a place that was opened.
    """

    opened = Signal(object)

    _is_loaded = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "page")
        self.how = HOW
        self._plot: Plot | None = None
        self._is_stale = False
        self._task: work.Task | None = None
        self.view = PlotView()
        self.words = label("", "small", "quiet")
        self.nothing = EmptyState(_NOTHING, parent=self)
        self._scroll, self._pages = QScrollArea(self), QStackedWidget(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self._lay_out()
        self.view.opened.connect(self.opened)
        self.view.placeChanged.connect(self._on_place)
        self.view.shownAt.connect(self._on_shown_at)

    # Properties

    @property
    def plot(self) -> Plot | None:
        """What is shown, or will be."""
        return self._plot

    @property
    def drawing(self) -> bool:
        """Whether the picture is on its way."""
        return self.isVisible() and (self._task is not None or self._pause.isActive() or self._is_stale)

    # Methods

    def show_plot(self, plot: Plot | None) -> None:
        """Show a plot, now or when it is seen."""
        self._plot, self._is_stale = plot, True
        self._draw_if_seen()

    def redraw(self) -> None:
        """Take the colours and the size of type that hold now."""
        self._is_stale = True
        self._draw_if_seen()

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what waited for being seen."""
        super().showEvent(event)
        self._draw_if_seen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the room there is, when it rests."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent) and event.size() != event.oldSize():
            self._is_stale = True
            if self.isVisible():
                self._pause.start()
        return super().eventFilter(watched, event)

    # Private slots

    def _on_loaded(self, _none: None) -> None:
        self._task = None
        PlotPane._is_loaded = True
        self._draw()

    def _on_refused(self, sentence: str) -> None:
        self._task = None
        self.nothing.say(sentence)

    def _on_place(self, words: str) -> None:
        self.words.setText(words)

    def _on_shown_at(self, box: QRectF) -> None:
        centre = box.center().toPoint()
        self._scroll.ensureVisible(centre.x(), centre.y(), int(box.width() / 2) + SPACE, int(box.height() / 2) + SPACE)

    # Internal

    def _draw_if_seen(self) -> None:
        if not (self.isVisible() and self._is_stale):
            return
        if self._plot is None:
            self._draw()
        elif self._is_loaded:
            self._pause.start()
        elif self._task is None:
            self.nothing.say(_LOADING)
            self._pages.setCurrentWidget(self.nothing)
            self._task = work.run(
                self, lambda _progress: plot_frame.load(), done=self._on_loaded, refused=self._on_refused
            )

    def _draw(self) -> None:
        if not (self.isVisible() and self._is_stale) or self._task is not None:
            return
        self._is_stale = False
        if self._plot is None:
            self.view.clear()
            self.words.setText("")
            self.nothing.say(_NOTHING)
            self._pages.setCurrentWidget(self.nothing)
            return
        from qcode.reports.plots import draw

        self._pages.setCurrentWidget(self._scroll)
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        room = self._scroll.maximumViewportSize().shrunkBy(QMargins(0, 0, bar, bar))
        dots = self.logicalDpiX()
        self.view.show_drawn(draw(self._plot, look_of(self), (room.width() / dots, room.height() / dots)))
        self.view.setAccessibleName(f"Plot: {self._plot.title}")
        self.words.setText(self.view.accessibleDescription() if self.view.current else self.how)

    def _lay_out(self) -> None:
        self._scroll.setWidget(self.view)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.installEventFilter(self)
        self._pages.addWidget(self._scroll)
        self._pages.addWidget(self.nothing)
        self.words.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self._pages, 1)
        column.addWidget(self.words)
