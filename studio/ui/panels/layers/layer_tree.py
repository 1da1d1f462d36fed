"""The tree of the Layers panel: selection, toggles, renaming, drag and drop."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from studio.document import Document, LayerId
from studio.editing.layers import set_locked, set_visible, show_alone
from studio.raster.limits import MaskMode
from studio.session import Session
from studio.ui.panels.layers.layer_delegate import Part, part_at
from studio.ui.panels.layers.layer_model import LOCKED, NAME, VISIBLE, LayerModel
from studio.ui.style.theme import GRID, current_theme

_TOGGLE_WIDTH = 7 * GRID
_MODES: Final = {
    (False, False): MaskMode.REPLACE,
    (True, False): MaskMode.ADD,
    (False, True): MaskMode.SUBTRACT,
    (True, True): MaskMode.INTERSECT,
}
"""How what a thumbnail shows meets the selection, by Shift and Alt."""


class LayerTree(QTreeView):
    """Shows a `LayerModel`; the current row is the active layer.

    Signals: ``delete_pressed()``; ``part_chosen(str)`` after a click on the thumbnail of a layer's "pixels" or "mask"
    made it the active one; ``mask_switched()`` and ``mask_alone_asked()`` after a click on its mask with Shift or Alt;
    ``setting_asked()`` after a double click on the thumbnail of a layer whose colour or adjustment can be chosen;
    ``selection_asked(str, str, MaskMode)`` after a click with Ctrl on the "pixels" or "mask" of the layer with an id.
    """

    delete_pressed = Signal()
    part_chosen = Signal(str)
    mask_switched = Signal()
    mask_alone_asked = Signal()
    setting_asked = Signal()
    selection_asked = Signal(str, str, MaskMode)

    def __init__(self, session: Session, model: LayerModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._layers = model
        self._following = False
        self._toggling = False
        self._choosing = False
        self._wanted = ""
        self.setModel(model)
        self._configure()
        self._arrange_columns()
        self.selectionModel().currentChanged.connect(self._current_changed)
        model.rowsInserted.connect(self._open_new_groups)
        self.expandAll()
        self.follow_document(session.document)

    def follow_document(self, document: Document) -> None:
        """Bring the rows up to date and mark the active layer; what else is selected with it stays selected."""
        self._following = True
        self._layers.sync(document)
        if self._wanted:
            self._list_wanted(QModelIndex())
        if not self._choosing:
            self._mark(self._layers.index_of(document.active_id) if document.active_id is not None else QModelIndex())
        self._following = False

    def list_only(self, text: str) -> None:
        """List only the layers with ``text`` in their names, and the groups that they lie in; "" lists all."""
        self._wanted = text.strip().casefold()
        self._list_wanted(QModelIndex())

    def _list_wanted(self, parent: QModelIndex) -> bool:
        """Hide the rows that are not wanted; returns whether one below ``parent`` is."""
        found = False
        for row in range(self._layers.rowCount(parent)):
            index = self._layers.index(row, NAME, parent)
            layer = self._layers.layer_at(index)
            is_inside = self._list_wanted(index)
            is_wanted = is_inside or (layer is not None and self._wanted in layer.name.casefold())
            self.setRowHidden(row, parent, not is_wanted)
            found = found or is_wanted
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._layers.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(current_theme().text_muted))
            box = self.viewport().rect().adjusted(4 * GRID, 4 * GRID, -4 * GRID, -4 * GRID)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, int(flags), self.tr("No layers. Add one below, or generate a picture."))

    def _mark(self, active: QModelIndex) -> None:
        """Make a row current and selected: a row that went may have left the mark to another, or to none."""
        selection = self.selectionModel()
        if not active.isValid():
            selection.clear()
        elif self.currentIndex().siblingAtColumn(NAME) != active or not selection.isSelected(active):
            flag = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(active, flag.ClearAndSelect | flag.Rows)
            self.scrollTo(active)

    def selected_ids(self) -> tuple[LayerId, ...]:
        """The selected layers; the active one if none is selected."""
        rows = [self._layers.layer_at(index) for index in self.selectionModel().selectedRows(NAME)]
        ids = tuple(layer.id for layer in rows if layer is not None)
        active = self._session.document.active_layer
        return ids or ((active.id,) if active is not None else ())

    def rename_active(self) -> None:
        """Edit the name of the active layer in place."""
        index = self.currentIndex()
        if index.isValid():
            self.edit(index.siblingAtColumn(NAME))

    # --- input ------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        own_keys = (Qt.Key.Key_Delete, Qt.Key.Key_F2)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in own_keys:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.state() != QAbstractItemView.State.EditingState:
            self.delete_pressed.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename_active()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.column() in (VISIBLE, LOCKED):
            self._toggling = True
            self._toggle(index, solo=bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
            event.accept()
            return
        part = self._part_at(event)
        if part is not None and self._select_by(part, event):
            self._toggling = True
            event.accept()
            return
        if part == "mask" and self._act_on_mask(event):
            self._toggling = True
            event.accept()
            return
        super().mousePressEvent(event)
        if part is not None:
            self.part_chosen.emit(part)

    def _part_at(self, event: QMouseEvent) -> Part | None:
        """Which thumbnail the left button was pressed on."""
        position = event.position().toPoint()
        index = self.indexAt(position)
        layer = self._layers.layer_at(index)
        if layer is None or index.column() != NAME or event.button() != Qt.MouseButton.LeftButton:
            return None
        return part_at(layer, self.visualRect(index), position)

    def _select_by(self, part: Part, event: QMouseEvent) -> bool:
        """Ctrl selects what the thumbnail shows, with Shift and Alt as on the canvas; returns whether it was held."""
        layer, keys = self._layers.layer_at(self.indexAt(event.position().toPoint())), event.modifiers()
        if layer is None or not keys & Qt.KeyboardModifier.ControlModifier:
            return False
        shift, alt = bool(keys & Qt.KeyboardModifier.ShiftModifier), bool(keys & Qt.KeyboardModifier.AltModifier)
        self.selection_asked.emit(layer.id, part, _MODES[shift, alt])
        return True

    def _act_on_mask(self, event: QMouseEvent) -> bool:
        """Shift switches a mask off and on, Alt shows it alone; returns whether one of them was held."""
        layer = self._layers.layer_at(self.indexAt(event.position().toPoint()))
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if layer is None or not (shift or event.modifiers() & Qt.KeyboardModifier.AltModifier):
            return False
        self._session.select_layer(layer.id)
        (self.mask_switched if shift else self.mask_alone_asked).emit()
        return True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._toggling:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._toggling:
            self._toggling = False
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.column() in (VISIBLE, LOCKED):
            self.mousePressEvent(event)
            return
        layer = self._layers.layer_at(index)
        can_be_set = layer is not None and (layer.color is not None or layer.adjustment is not None)
        if can_be_set and self._part_at(event) == "pixels":
            self.setting_asked.emit()
            return
        super().mouseDoubleClickEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(65 * GRID, 60 * GRID)

    # --- building ---------------------------------------------------------------------------------

    def _configure(self) -> None:
        self.setAccessibleName(self.tr("Layers"))
        self.setHeaderHidden(True)
        self.setIndentation(4 * GRID)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _arrange_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(_TOGGLE_WIDTH)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column in (VISIBLE, LOCKED):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, _TOGGLE_WIDTH)
        header.moveSection(header.visualIndex(VISIBLE), 0)
        self.setTreePosition(NAME)

    # --- following --------------------------------------------------------------------------------

    def _current_changed(self, current: QModelIndex) -> None:
        layer = self._layers.layer_at(current)
        if self._following or layer is None:
            return
        self._choosing = True  # Qt has yet to say which rows this click selects
        try:
            self._session.select_layer(layer.id)
        finally:
            self._choosing = False

    def _open_new_groups(self, parent: QModelIndex, first: int, last: int) -> None:
        self.setExpanded(parent, True)
        for row in range(first, last + 1):
            self.setExpanded(self._layers.index(row, NAME, parent), True)

    def _toggle(self, index: QModelIndex, *, solo: bool) -> None:
        """Switch one layer's eye or lock; all selected layers' if it is among them. Alt+eye shows it alone."""
        layer = self._layers.layer_at(index)
        if layer is None:
            return
        selected = self.selected_ids()
        targets = selected if layer.id in selected else (layer.id,)
        if index.column() == LOCKED:
            set_locked(self._session, targets, not layer.locked)
        elif solo:
            show_alone(self._session, layer.id)
        else:
            set_visible(self._session, targets, not layer.visible)
