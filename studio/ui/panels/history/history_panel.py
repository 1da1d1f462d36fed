"""The History panel: every step on one line; a click goes there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QMenu, QToolButton, QVBoxLayout, QWidget

from studio.generation import GenerationSettings
from studio.session import Session
from studio.ui.panels.history.history_delegate import HistoryDelegate
from studio.ui.panels.history.history_model import HistoryModel, step_settings
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.readable import bytes_text


class _StepList(QListView):
    """A list in which only the left button goes to a row; the right one opens its menu where it is."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)


class HistoryPanel(QWidget):
    """Signal: ``reuse_requested(GenerationSettings)`` when the settings of a step shall be used again."""

    reuse_requested = Signal(GenerationSettings)

    def __init__(self, session: Session, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._following = False
        self.model = HistoryModel(session.history, self)
        self.list = _StepList(self)
        self.memory = ElidedLabel(parent=self)
        self._arrange(actions)
        self.list.selectionModel().currentChanged.connect(lambda index: self._go_to(index.row()))
        self.list.customContextMenuRequested.connect(self._show_menu)
        follow(self, session.history_changed, self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the present state of the history."""
        history = self._session.history
        self._following = True
        self.model.sync(history)
        index = self.model.index(history.index)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)
        self._following = False
        self.memory.setText(
            self.tr("{used} of {budget}").format(used=bytes_text(history.bytes_used), budget=bytes_text(history.budget))
        )

    def fill_menu(self, menu: QMenu, row: int) -> None:
        """Put what can be done with the step in ``row`` into ``menu``."""
        go = menu.addAction(self.tr("Go to this step"))
        go.setEnabled(row != self.model.current)
        go.triggered.connect(lambda: self._session.go_to(row))
        step = self.model.step_at(row)
        if step is not None and step_settings(step) is not None:
            reuse = menu.addAction(icon("reuse"), self.tr("Use settings"))
            reuse.triggered.connect(lambda: self._reuse(row))

    def _arrange(self, actions: ActionTable) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setAccessibleName(self.tr("History"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.undo_button = stand_for(QToolButton(self), actions["edit.undo"])
        self.redo_button = stand_for(QToolButton(self), actions["edit.redo"])
        self.reuse_button = stand_for(QToolButton(self), actions["generate.reuse"])
        self.memory.setProperty("role", "muted")
        self.memory.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.memory.setToolTip(self.tr("Memory that the history uses; the oldest steps are forgotten beyond that"))
        bar = QHBoxLayout()
        bar.setContentsMargins(GRID, GRID, 2 * GRID, GRID)
        bar.setSpacing(0)
        for button in (self.undo_button, self.redo_button, self.reuse_button):
            button.setAutoRaise(True)
            bar.addWidget(button)
        bar.addWidget(self.memory, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(bar)

    def _go_to(self, row: int) -> None:
        if not self._following and row >= 0:
            self._session.go_to(row)

    def _reuse(self, row: int) -> None:
        step = self.model.step_at(row)
        settings = step_settings(step) if step is not None else None
        if settings is not None:
            self.reuse_requested.emit(settings)

    def _show_menu(self, position: QPoint) -> None:
        index = self.list.indexAt(position)
        if index.isValid():
            menu = QMenu(self)
            self.fill_menu(menu, index.row())
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.list.viewport().mapToGlobal(position))
