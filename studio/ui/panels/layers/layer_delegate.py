"""Draws the rows of the Layers panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.document import Adjustment, BlendMode, Guide, Label, Layer, Region
from studio.ui.panels.layers.adjustment_names import adjustment_name
from studio.ui.panels.layers.blend_names import blend_mode_name
from studio.ui.panels.layers.layer_model import LAYER_ROLE, LOCKED, NAME, SHOWN_ROLE, VISIBLE
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme

ROW_HEIGHT: Final = 40
_THUMBNAIL: Final = 32
_ICON: Final = 16
_CHECK: Final = 4
_FRAME: Final = 2
_LABEL: Final = 3
_LABELS: Final = {
    Label.RED: "#d9483b",
    Label.ORANGE: "#d9822b",
    Label.YELLOW: "#d8b92e",
    Label.GREEN: "#4da04d",
    Label.BLUE: "#3f82d9",
    Label.VIOLET: "#9159c9",
    Label.GREY: "#8a8a8a",
}
"""The same in both themes: seen on the panel's colour, and on that of selected rows."""
_REACHED: Final = QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected
"""Rows that show where they can be locked."""

_Index = QModelIndex | QPersistentModelIndex


Part = Literal["pixels", "mask"]
"""What a layer's thumbnails show."""
Control = Literal["", "on", "off"]
"""Whether a layer is a control layer, or a region."""


@dataclass(frozen=True)
class Marks:
    """What a row says about its layer beyond what the document holds.

    ``chosen`` is the part that brush, eraser and fill change, of the active layer only. ``control`` says that pictures
    are drawn after the layer, or would be if it was switched on; ``region`` that the layer has a prompt of its own.
    """

    chosen: Part | None = None
    is_mask_alone: bool = False
    control: Control = ""
    region: Control = ""


class LayerDelegate(QStyledItemDelegate):
    """``pictures(layer)`` gives the thumbnails of a layer and of its mask, each ``None`` where there is none yet."""

    def __init__(
        self,
        pictures: Callable[[Layer], tuple[QPixmap | None, QPixmap | None]],
        marks: Callable[[Layer], Marks],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._marks = marks

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        layer = index.data(LAYER_ROLE)
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""
        style = blank.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, blank, painter, blank.widget)
        rect: QRect = option.rect
        if index.column() == VISIBLE and layer.label:
            painter.fillRect(
                QRect(rect.left(), rect.top() + 1, _LABEL, rect.height() - 2), QColor(_LABELS[layer.label])
            )
        painter.save()
        if index.column() == NAME:
            painter.setOpacity(1.0 if index.data(SHOWN_ROLE) else 0.5)
            self._paint_layer(painter, rect, layer)
        elif index.column() == VISIBLE:
            painter.setOpacity(1.0 if index.data(SHOWN_ROLE) else 0.5)
            _paint_icon(painter, rect, "eye" if layer.visible else "eye-off")
        elif index.column() == LOCKED and (layer.locked or layer.alpha_locked):
            _paint_icon(painter, rect, "lock" if layer.locked else "alpha-lock")
        elif index.column() == LOCKED and option.state & _REACHED:
            painter.setOpacity(0.5)
            _paint_icon(painter, rect, "unlock")
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        left = rect.left() + _text_offset(index.data(LAYER_ROLE))
        height = editor.sizeHint().height()
        editor.setGeometry(left, rect.center().y() - height // 2, rect.right() - left, height)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.setFrame(True)
        return editor

    def _paint_layer(self, painter: QPainter, rect: QRect, layer: Layer) -> None:
        picture, mask = self._pictures(layer)
        marks = self._marks(layer)
        box = _box(layer, rect, "pixels")
        if layer.clipped:
            _paint_icon(painter, QRect(rect.left(), rect.top(), _ICON, rect.height()), "clip")
        if layer.source is None:
            _paint_icon(painter, box, layer.kind.icon)
        else:
            paint_thumbnail(painter, box, picture, checked=True)
            _paint_badge(painter, box, layer.kind.icon)
        if marks.control:
            _paint_mark(painter, QPoint(box.left(), box.top()), "guide", is_on=marks.control == "on")
        if marks.region:
            _paint_mark(painter, QPoint(box.left(), box.bottom() - _ICON + 1), "region", is_on=marks.region == "on")
        if layer.mask is not None:
            inner = paint_thumbnail(painter, _box(layer, rect, "mask"), mask, checked=False)
            if not layer.mask_enabled:
                _cross_out(painter, inner)
            if marks.chosen is not None:
                _frame(painter, _box(layer, rect, marks.chosen))
        _paint_text(painter, rect.adjusted(_text_offset(layer), 0, -GRID, 0), layer, layer_detail(layer, marks))


def _text_offset(layer: Layer) -> int:
    boxes = 1 if layer.mask is None else 2
    return _indent(layer) + boxes * (_THUMBNAIL + GRID) + GRID


def _indent(layer: Layer) -> int:
    """Where its thumbnails begin: what is clipped stands further in, behind a mark."""
    return GRID + (_ICON if layer.clipped else 0)


def _box(layer: Layer, rect: QRect, part: Part) -> QRect:
    """Where a thumbnail lies in the row ``rect``."""
    left = rect.left() + _indent(layer) + (_THUMBNAIL + GRID if part == "mask" else 0)
    return QRect(left, rect.center().y() - _THUMBNAIL // 2 + 1, _THUMBNAIL, _THUMBNAIL)


def part_at(layer: Layer, rect: QRect, position: QPoint) -> Part | None:
    """The thumbnail of a layer at a position in the row ``rect``."""
    if layer.mask is not None and _box(layer, rect, "mask").contains(position):
        return "mask"
    return "pixels" if _box(layer, rect, "pixels").contains(position) else None


def _frame(painter: QPainter, box: QRect) -> None:
    """Tell which thumbnail is painted on."""
    painter.setPen(QPen(QColor(current_theme().text), _FRAME, j=Qt.PenJoinStyle.MiterJoin))
    painter.drawRect(box)


def _cross_out(painter: QPainter, box: QRect) -> None:
    """A mask that is switched off."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for color, width in (("#ffffff", 2 * _FRAME), (current_theme().danger, _FRAME)):
        painter.setPen(QPen(QColor(color), width))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
    painter.restore()


def _paint_icon(painter: QPainter, rect: QRect, name: str) -> None:
    box = QRect(rect.center().x() - _ICON // 2 + 1, rect.center().y() - _ICON // 2 + 1, _ICON, _ICON)
    icon(name).paint(painter, box)


def _paint_badge(painter: QPainter, box: QRect, name: str) -> None:
    """The mark of a kind of layer in the corner of its thumbnail; none for a kind without an icon."""
    if not name:
        return
    badge = QRect(box.right() - _ICON + 1, box.bottom() - _ICON + 1, _ICON, _ICON)
    painter.fillRect(badge, QColor(current_theme().panel))
    _paint_icon(painter, badge, name)


def _paint_mark(painter: QPainter, corner: QPoint, name: str, *, is_on: bool) -> None:
    """The mark of a control layer or region at the left of its thumbnail."""
    badge = QRect(corner.x(), corner.y(), _ICON, _ICON)
    painter.fillRect(badge, QColor(current_theme().panel))
    painter.save()
    painter.setOpacity(painter.opacity() * (1.0 if is_on else 0.5))
    _paint_icon(painter, badge, name)
    painter.restore()


def control_mark(guides: Sequence[Guide]) -> Control:
    """The mark of a layer with these guides."""
    if not guides:
        return ""
    return "on" if any(guide.enabled for guide in guides) else "off"


def region_mark(region: Region | None) -> Control:
    """The mark of a layer that is this region."""
    if region is None:
        return ""
    return "on" if region.enabled else "off"


def paint_thumbnail(painter: QPainter, box: QRect, picture: QPixmap | None, *, checked: bool) -> QRect:
    """Draw a picture in the middle of ``box``, over squares if ``checked``; returns where it lies."""
    size = (picture.size() if picture is not None else box.size()).scaled(
        box.size(), Qt.AspectRatioMode.KeepAspectRatio
    )
    inner = QRect(0, 0, max(1, size.width()), max(1, size.height()))
    inner.moveCenter(box.center())
    if checked:
        _paint_checks(painter, inner)
    if picture is not None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(inner, picture)
    painter.setPen(QColor(current_theme().outline))
    painter.drawRect(inner.adjusted(0, 0, -1, -1))
    return inner


def _paint_checks(painter: QPainter, box: QRect) -> None:
    """The grey squares that stand for transparency; the same in both themes, as in the picture itself."""
    painter.fillRect(box, QColor("#c8c8c8"))
    for row, top in enumerate(range(box.top(), box.bottom() + 1, _CHECK)):
        for left in range(box.left() + (row % 2) * _CHECK, box.right() + 1, 2 * _CHECK):
            painter.fillRect(QRect(left, top, _CHECK, _CHECK).intersected(box), QColor("#ffffff"))


def _paint_text(painter: QPainter, rect: QRect, layer: Layer, detail: str) -> None:
    theme = current_theme()
    metrics = painter.fontMetrics()
    block = metrics.height() * (2 if detail else 1)
    line = QRect(rect.left(), rect.center().y() - block // 2 + 1, rect.width(), metrics.height())
    painter.setPen(QColor(theme.text))
    name = metrics.elidedText(layer.name, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, name)
    if detail:
        painter.setPen(QColor(theme.text_muted))
        shown = metrics.elidedText(detail, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line.translated(0, metrics.height()), Qt.AlignmentFlag.AlignVCenter, shown)


def layer_detail(layer: Layer, marks: Marks) -> str:
    """The second line of a row: the state of its mask, blend mode and opacity where they differ from the usual."""
    parts = []
    if marks.is_mask_alone:
        parts.append(QCoreApplication.translate("LayersPanel", "Mask alone"))
    if marks.control:
        parts.append(
            QCoreApplication.translate("LayersPanel", "Control layer")
            if marks.control == "on"
            else QCoreApplication.translate("LayersPanel", "Control layer, off")
        )
    if marks.region:
        parts.append(
            QCoreApplication.translate("LayersPanel", "Region")
            if marks.region == "on"
            else QCoreApplication.translate("LayersPanel", "Region, off")
        )
    if layer.adjustment is not None:
        parts.append(_adjustment_detail(layer.adjustment))
    if layer.mask is not None and not layer.mask_enabled:
        parts.append(QCoreApplication.translate("LayersPanel", "Mask off"))
    if layer.blend_mode is not BlendMode.NORMAL:
        parts.append(blend_mode_name(layer.blend_mode))
    if layer.opacity < 1.0:
        parts.append(f"{round(layer.opacity * 100)} %")
    return " · ".join(parts)


def _adjustment_detail(adjustment: Adjustment) -> str:
    """What it does, or that nobody here knows."""
    from studio.raster.adjustments.table import effect_of  # pixels: not needed for the first window

    if effect_of(adjustment) is not None:
        return adjustment_name(adjustment.kind)
    return QCoreApplication.translate("LayersPanel", "Off: not understood by this version")
