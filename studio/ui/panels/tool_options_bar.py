"""The slim bar above the canvas: the options of the chosen tool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from studio.document import Document
from studio.session import Session
from studio.settings import BrushSettings
from studio.ui.canvas.targets import EditTarget
from studio.ui.canvas.tools.registry import DEFAULT_TOOL, tool_info
from studio.ui.panels.brush_options import BrushOptions
from studio.ui.panels.fill_edges import FillEdges
from studio.ui.panels.mask_bar import MaskBar
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.icon_label import IconLabel
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.slider_row import Scale, SliderRow

BRUSH_OF_TOOL: Final = {"brush": "brush", "eraser": "eraser", "mask_brush": "mask_brush", "mask_eraser": "mask_brush"}
"""Which brush a tool uses; the mask eraser has that of the mask brush."""
_SHAPES: Final = ("mask_rectangle", "mask_ellipse", "mask_lasso")
_PAINTS: Final = ("brush", "eraser", "fill")
_HEIGHT: Final = 10 * GRID


class ToolOptionsBar(QWidget):
    """Signals: ``brush_changed(str tool_id, BrushSettings)``; ``option_changed(str tool_id, str name, value)`` with

    - fill: "tolerance" 0..255, "contiguous", "sample_merged", "edge" (see `fill_options`),
    - mask shapes: "mode" "replace", "add", "subtract" or "intersect",
    - brush, eraser, fill: "target" "pixels" or "mask" of the active layer, "inside_mask" whether the generation mask
      limits them;

    ``mask_style_changed(QColor, float opacity, bool visible)`` of the overlay; ``message(str)``.
    """

    brush_changed = Signal(str, object)
    option_changed = Signal(str, str, object)
    mask_style_changed = Signal(QColor, float, bool)
    message = Signal(str)

    def __init__(
        self, session: Session, brushes: Mapping[str, BrushSettings] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tool = DEFAULT_TOOL
        self._brushes: dict[str, BrushSettings] = dict(brushes or {})
        self.symbol = IconLabel(parent=self)
        self.title = QLabel(self)
        self.brush_options = BrushOptions(self)
        self.tolerance = SliderRow(self.tr("Tolerance"), Scale(minimum=0, maximum=255, default=24), self)
        self.contiguous = QCheckBox(self.tr("Connected only"), self)
        self.sample_merged = QCheckBox(self.tr("All layers"), self)
        self.fill_edges = FillEdges(self)
        self.inside_mask = QCheckBox(self.tr("Inside the mask only"), self)
        self.shape_mode = SegmentedButtons(self)
        self.target = SegmentedButtons(self)
        self.mask_bar = MaskBar(session, self)
        self.hint = ElidedLabel(parent=self)
        self.overflow = QToolButton(self)
        self._arrange()
        self._connect()
        self.show_tool(DEFAULT_TOOL)

    def tool(self) -> str:
        return self._tool

    def show_tool(self, tool_id: str) -> None:
        """Show the options of another tool."""
        self._tool = tool_id
        info = tool_info(tool_id)
        self.symbol.set_icon(icon(info.icon))
        self.title.setText(info.title)
        brush_id = BRUSH_OF_TOOL.get(tool_id)
        masks = tool_id.startswith("mask_")
        self.brush_options.setVisible(brush_id is not None)
        if brush_id is not None:
            self.brush_options.show_paint_rows(paints=not masks)
            self.brush_options.show_brush(self.brush(brush_id))
        for widget in (self.tolerance, self.contiguous, self.sample_merged, self.fill_edges):
            widget.setVisible(tool_id == "fill")
        self.inside_mask.setVisible(tool_id in _PAINTS)
        self.shape_mode.setVisible(tool_id in _SHAPES)
        self.mask_bar.setVisible(masks)
        self.hint.setVisible(brush_id is None and not masks)
        self.hint.setText(info.tooltip.split("\n", 1)[-1])
        self._show_target(self._session.document)

    def brush(self, tool_id: str) -> BrushSettings:
        """The brush of a tool as it is now."""
        return self._brushes.get(BRUSH_OF_TOOL.get(tool_id, tool_id)) or BrushSettings()

    def brushes(self) -> dict[str, BrushSettings]:
        """All brushes that were changed, by tool id, as `AppSettings` keeps them."""
        return dict(self._brushes)

    def set_brush(self, tool_id: str, brush: BrushSettings) -> None:
        """Show a brush that was changed elsewhere (with the [ and ] keys) without announcing it."""
        brush_id = BRUSH_OF_TOOL.get(tool_id, tool_id)
        self._brushes[brush_id] = brush
        if BRUSH_OF_TOOL.get(self._tool) == brush_id:
            self.brush_options.show_brush(brush)

    def fill_options(self) -> dict[str, Any]:
        """Fields of the fill tool's options."""
        return {
            "tolerance": self.tolerance.int_value(),
            "contiguous": self.contiguous.isChecked(),
            "sample_merged": self.sample_merged.isChecked(),
            **self.fill_edges.values(),
        }

    def minimumSizeHint(self) -> QSize:
        """In a small window the options move into a menu; the bar does not keep it large."""
        return QSize(80 * GRID, _HEIGHT)

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.title.setProperty("role", "heading")
        self.hint.setProperty("role", "muted")
        self.contiguous.setChecked(True)
        self.contiguous.setToolTip(self.tr("Fill only what touches the place that was clicked"))
        self.sample_merged.setChecked(True)
        self.sample_merged.setToolTip(self.tr("Look for the area in the whole picture, not in this layer alone"))
        self.inside_mask.setToolTip(
            self.tr(
                "Paint only where the generation mask is; otherwise, and without a mask, it does not limit painting"
            )
        )
        self.tolerance.setToolTip(self.tr("How different a colour may be and still be filled"))
        self.shape_mode.add("replace", self.tr("New"), tooltip=self.tr("Start a new mask"))
        self.shape_mode.add("add", self.tr("Add"), tooltip=self.tr("Add to the mask (Shift)"))
        self.shape_mode.add("subtract", self.tr("Subtract"), tooltip=self.tr("Take away from the mask (Alt)"))
        self.shape_mode.add("intersect", self.tr("Intersect"), tooltip=self.tr("Keep what both have"))
        self.shape_mode.set_value("replace")
        self.target.add("pixels", self.tr("Layer"), tooltip=self.tr("Paint on the pixels of the layer"))
        self.target.add("mask", self.tr("Its mask"), tooltip=self.tr("Paint on the mask of the layer"))
        self.target.set_value("pixels")
        self.overflow.setIcon(icon("chevron-down"))
        self.overflow.setAccessibleName(self.tr("More options"))
        self.overflow.setToolTip(self.tr("More options, for which there is no room here"))
        row = self.row = OverflowRow(self.overflow, spacing=2 * GRID, parent=self)
        row.add(self.symbol, stays=True)
        row.add(self.title, stays=True)
        row.add(self.target)
        row.add(self.shape_mode)
        row.add(self.brush_options, 8)
        row.add(self.tolerance, 6)
        row.add(self.contiguous)
        row.add(self.sample_merged)
        row.add(self.fill_edges, stays=True)
        row.add(self.inside_mask)
        row.add(self.mask_bar)
        row.add(self.hint, 8)
        column = QHBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.addWidget(row)

    def _connect(self) -> None:
        self.brush_options.changed.connect(self._brush_edited)
        self.tolerance.value_changed.connect(lambda value: self._announce("tolerance", round(value)))
        self.contiguous.toggled.connect(lambda checked: self._announce("contiguous", checked))
        self.sample_merged.toggled.connect(lambda checked: self._announce("sample_merged", checked))
        self.fill_edges.changed.connect(lambda: self._announce("edge", self.fill_edges.values()))
        self.inside_mask.toggled.connect(lambda checked: self._announce("inside_mask", checked))
        self.shape_mode.value_changed.connect(lambda mode: self._announce("mode", mode))
        self.target.value_changed.connect(lambda target: self._announce("target", target))
        self.mask_bar.style_changed.connect(self.mask_style_changed)
        self.mask_bar.message.connect(self.message)
        follow(self, self._session.document_changed, self._document_changed)

    # --- following --------------------------------------------------------------------------------

    def _brush_edited(self, brush: BrushSettings) -> None:
        brush_id = BRUSH_OF_TOOL[self._tool]
        self._brushes[brush_id] = brush
        self.brush_changed.emit(brush_id, brush)

    def _announce(self, name: str, value: Any) -> None:
        self.option_changed.emit(self._tool, name, value)

    def set_target(self, target: EditTarget) -> None:
        """Paint on the "pixels" or the "mask" of the active layer from now on; one without a mask has its pixels."""
        if target != self.target.value() and (target == "pixels" or self._has_mask(self._session.document)):
            self.target.set_value(target)
            self._announce("target", target)

    def _document_changed(self, old: Document, new: Document) -> None:
        if old.active_id != new.active_id:
            self.set_target("pixels")
        self._show_target(new)

    def _show_target(self, document: Document) -> None:
        """A layer without a mask can only be painted on itself."""
        has_mask = self._has_mask(document)
        self.target.setVisible(self._tool in _PAINTS and has_mask)
        if not has_mask:
            self.set_target("pixels")

    @staticmethod
    def _has_mask(document: Document) -> bool:
        layer = document.active_layer
        return layer is not None and layer.mask is not None
