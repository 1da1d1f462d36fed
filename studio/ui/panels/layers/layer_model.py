"""The layers of a document as a Qt item model that changes only where the document did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from studio.document import Document, Layer, LayerId
from studio.editing.layer_edits import topmost_only
from studio.editing.layers import copy_over, move_layers, rename_layer
from studio.errors import SettingError
from studio.session import Session
from studio.ui.widgets.dragged_ids import LAYERS, Dragged, pack, unpack
from studio.ui.widgets.notice_bar import error_text

NAME, VISIBLE, LOCKED = range(3)
"""Columns."""

LAYER_ROLE: Final = int(Qt.ItemDataRole.UserRole)
"""The `Layer` of a row."""
SHOWN_ROLE: Final = LAYER_ROLE + 1
"""Whether neither the layer nor a group around it is hidden."""

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = 0


@dataclass(eq=False)
class _Node:
    """One row. ``children`` runs from the top to the bottom, as the panel shows them."""

    key: int
    layer: Layer | None = None
    parent: _Node | None = None
    children: list[_Node] = field(default_factory=list)

    @property
    def row(self) -> int:
        return self.parent.children.index(self) if self.parent is not None else 0


class LayerModel(QAbstractItemModel):
    """Rows from the top of the stack to the bottom; groups hold their layers.

    `sync` compares with the document by layer ids and moves, adds and removes single rows, so that what a
    view knows about rows (selection, open groups, scroll position) stays true. Edits go to the session.
    Signal: ``refused(str)`` with the reason when an edit is not possible.
    """

    refused = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._root = _Node(_ROOT)
        self._by_key: dict[int, _Node] = {_ROOT: self._root}
        self._by_id: dict[LayerId, _Node] = {}
        self._next_key = 1
        self.sync(session.document)

    # --- following the document -------------------------------------------------------------------

    def sync(self, document: Document) -> None:
        """Show ``document``."""
        wanted = {layer.id for layer in document.walk()}
        self._place(self._root, document.layers, wanted)
        self._sweep(self._root, wanted)
        self._refresh(self._root, document.layers, shown_changed=False)

    def _place(self, parent: _Node, layers: tuple[Layer, ...], wanted: set[LayerId]) -> None:
        """Bring the rows of ``parent`` into the order of ``layers`` (bottom to top), and those below them."""
        for row, layer in enumerate(reversed(layers)):
            while row < len(parent.children) and self._is_dead(parent.children[row], wanted):
                self._remove(parent, row)
            node = self._by_id.get(layer.id)
            if node is None:
                node = self._insert(parent, row, layer)
            elif node.parent is not parent or node.row != row:
                self._move(node, parent, row)
            self._place(node, layer.children, wanted)

    def _sweep(self, parent: _Node, wanted: set[LayerId]) -> None:
        """Remove what is left of layers that are gone, now that all others have left them."""
        for row in reversed(range(len(parent.children))):
            if self._is_dead(parent.children[row], wanted):
                self._remove(parent, row)
            else:
                self._sweep(parent.children[row], wanted)

    def _is_dead(self, node: _Node, wanted: set[LayerId]) -> bool:
        """Whether a row and everything in it is gone from the document."""
        return all(item.layer is not None and item.layer.id not in wanted for item in _subtree(node))

    def _insert(self, parent: _Node, row: int, layer: Layer) -> _Node:
        self.beginInsertRows(self._index_of(parent), row, row)
        node = _Node(self._next_key, layer, parent)
        self._next_key += 1
        parent.children.insert(row, node)
        self._by_key[node.key] = node
        self._by_id[layer.id] = node
        self.endInsertRows()
        return node

    def _remove(self, parent: _Node, row: int) -> None:
        self.beginRemoveRows(self._index_of(parent), row, row)
        for node in _subtree(parent.children.pop(row)):
            del self._by_key[node.key]
            if node.layer is not None:
                del self._by_id[node.layer.id]
        self.endRemoveRows()

    def _move(self, node: _Node, parent: _Node, row: int) -> None:
        source = node.parent or self._root
        before = node.row
        self.beginMoveRows(self._index_of(source), before, before, self._index_of(parent), row)
        source.children.pop(before)
        parent.children.insert(row, node)
        node.parent = parent
        self.endMoveRows()

    def _refresh(self, parent: _Node, layers: tuple[Layer, ...], *, shown_changed: bool) -> None:
        """Announce rows whose layer is another object now, or that a group above hid or showed."""
        for node, layer in zip(parent.children, reversed(layers), strict=True):
            before = node.layer
            node.layer = layer
            hidden_now = shown_changed or (before is not None and before.visible != layer.visible)
            if before is not layer or shown_changed:
                first = self._index_of(node)
                self.dataChanged.emit(first, first.siblingAtColumn(LOCKED))
            self._refresh(node, layer.children, shown_changed=hidden_now)

    # --- finding ----------------------------------------------------------------------------------

    def index_of(self, layer_id: LayerId) -> QModelIndex:
        """The first column of a layer's row; an invalid index if there is none."""
        node = self._by_id.get(layer_id)
        return QModelIndex() if node is None else self._index_of(node)

    def layer_at(self, index: _Index) -> Layer | None:
        return self._node(index).layer

    def _node(self, index: _Index) -> _Node:
        return self._by_key[index.internalId()] if index.isValid() else self._root

    def _index_of(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node.key == _ROOT else self.createIndex(node.row, NAME, node.key)

    # --- what a view asks -------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        children = self._node(parent).children
        if 0 <= row < len(children) and 0 <= column <= LOCKED:
            return self.createIndex(row, column, children[row].key)
        return QModelIndex()

    def parent(self, index: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = self._node(index).parent
        return QModelIndex() if node is None else self._index_of(node)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > NAME else len(self._node(parent).children)

    def columnCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return LOCKED + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        layer = self.layer_at(index)
        if layer is None:
            return None
        if role == LAYER_ROLE:
            return layer
        if role == SHOWN_ROLE:
            return self._is_shown(self._node(index))
        if index.column() == NAME and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return layer.name
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._explanation(layer, index.column())
        return None

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        layer = self.layer_at(index)
        if layer is None or index.column() != NAME or role != Qt.ItemDataRole.EditRole:
            return False
        rename_layer(self._session, layer.id, str(value))
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        layer = self.layer_at(index)
        if layer is None:
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        if index.column() == NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        if layer.is_group:
            flags |= Qt.ItemFlag.ItemIsDropEnabled
        else:
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags

    def _is_shown(self, node: _Node) -> bool:
        step: _Node | None = node
        while step is not None and step.layer is not None:
            if not step.layer.visible:
                return False
            step = step.parent
        return True

    def _explanation(self, layer: Layer, column: int) -> str:
        if column == VISIBLE:
            return self.tr("Hide") if layer.visible else self.tr("Show")
        if column == LOCKED:
            return self.tr("Unlock") if layer.locked else self.tr("Lock")
        parts = [layer.name]
        if layer.clipped:
            parts.append(self.tr("Clipped to the layer below"))
        if layer.alpha_locked:
            parts.append(self.tr("Alpha locked"))
        return "\n".join(parts)

    # --- drag and drop ----------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [LAYERS]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        ids = [layer.id for index in indexes if (layer := self.layer_at(index)) is not None]
        return pack(self._session.current.id, ids, LAYERS)

    def canDropMimeData(self, data: QMimeData, _action: Qt.DropAction, _row: int, _column: int, parent: _Index) -> bool:
        """Whether these layers may go into ``parent``: not into themselves, nor into what they hold.

        Layers of another open picture may be copied anywhere.
        """
        given, layer = unpack(data, LAYERS), self.layer_at(parent)
        if given is None or (layer is not None and not layer.is_group):
            return False
        if given.document_id != self._session.current.id:
            return self._session.find(given.document_id) is not None
        dragged = set(self._own(given))
        target: _Node | None = self._node(parent)
        while target is not None and target.layer is not None:
            if target.layer.id in dragged:
                return False
            target = target.parent
        return bool(dragged)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index) -> bool:
        """Move the dragged layers between two rows, or (``row`` -1) to the top of a group or the bottom of all.

        Those of another open picture are copied there.
        """
        given = unpack(data, LAYERS)
        is_possible = action == Qt.DropAction.MoveAction and self.canDropMimeData(data, action, row, column, parent)
        if given is None or not is_possible:
            return False
        target = self._node(parent)
        if row < 0:
            row = len(target.children) if target.layer is None else 0
        try:
            if given.document_id == self._session.current.id:
                self._drop(self._own(given), target, row)
            else:
                self._copy(given, target, row)
        except SettingError as error:
            self.refused.emit(error_text(error))
            return False
        return True

    def _drop(self, dragged: tuple[LayerId, ...], target: _Node, row: int) -> None:
        """Move to the gap above ``row``: directly below the next row upwards that stays where it is."""
        above = [node.layer.id for node in target.children[:row] if node.layer is not None]
        staying = [layer_id for layer_id in above if layer_id not in dragged]
        parent = None if target.layer is None else target.layer.id
        move_layers(self._session, dragged, parent, staying[-1] if staying else None)

    def _copy(self, given: Dragged, target: _Node, row: int) -> None:
        source = self._session.find(given.document_id)
        parent = None if target.layer is None else target.layer.id
        if source is not None:
            copy_over(self._session, source.document, given.ids, parent, len(target.children) - row)

    def _own(self, given: Dragged) -> tuple[LayerId, ...]:
        """Ids of the dragged layers that are in this document, from the bottom to the top."""
        return topmost_only(self._session.document, given.ids)


def _subtree(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        yield from _subtree(child)
