"""Chooses the generation tool: joined buttons where they fit, else a combo box."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStackedLayout, QWidget

from studio.ui.widgets.parameter_form import plugin_text
from studio.ui.widgets.segmented import SegmentedButtons

if TYPE_CHECKING:
    from studio.api import ToolSpec


class ToolSelector(QWidget):
    """Signal: ``value_changed(str tool_id)``, by the user only."""

    value_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.segments = SegmentedButtons(self)
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(self.tr("Tool"))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.segments)
        self._stack.addWidget(self.combo)
        self._value = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.segments.value_changed.connect(self._choose)
        self.combo.activated.connect(lambda row: self._choose(str(self.combo.itemData(row))))

    def set_tools(self, tools: Mapping[str, ToolSpec]) -> None:
        """Offer other tools; the chosen id stays chosen."""
        self.segments.clear()
        self.combo.clear()
        for tool in tools.values():
            self._add(tool.id, plugin_text(tool.name), plugin_text(tool.description))
        self.set_value(self._value)
        self._fit()

    def value(self) -> str:
        return self._value

    def set_value(self, tool_id: str) -> None:
        """Choose a tool; one whose plugin is missing is shown in the combo box, marked."""
        self._value = tool_id
        self.segments.set_value(tool_id)
        row = self.combo.findData(tool_id)
        if row < 0 and tool_id:
            self.combo.addItem(self.tr("{name} (missing)").format(name=tool_id), tool_id)
            row = self.combo.count() - 1
        self.combo.setCurrentIndex(row)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return self.combo.minimumSizeHint().expandedTo(QSize(0, self.segments.sizeHint().height()))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add(self, tool_id: str, name: str, description: str) -> None:
        self.segments.add(tool_id, name, tooltip=description)
        self.combo.addItem(name, tool_id)

    def _fit(self) -> None:
        fits = self.segments.sizeHint().width() <= self.width() and self._value in self.segments.values()
        self._stack.setCurrentWidget(self.segments if fits else self.combo)

    def _choose(self, tool_id: str) -> None:
        if tool_id != self._value:
            self.set_value(tool_id)
            self.value_changed.emit(tool_id)
