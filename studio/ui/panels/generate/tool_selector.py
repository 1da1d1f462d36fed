"""Chooses the generation tool: joined buttons where they fit, with ready tools behind one more; else a combo box."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QSizePolicy, QStackedLayout, QToolButton, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
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
        self.more = QToolButton(self)
        self.more.setIcon(icon("more"))
        self.more.setAutoRaise(True)
        self.more.setFixedWidth(5 * GRID)  # the other tools need the room in a narrow panel
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setToolTip(self.tr("Ready tools"))
        self.more.setAccessibleName(self.tr("Ready tools"))
        self.more.setMenu(QMenu(self.more))
        self.more.menu().setToolTipsVisible(True)
        self._row = QWidget(self)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.segments, 1)
        row.addWidget(self.more)
        self.combo = QComboBox(self)
        self.combo.setAccessibleName(self.tr("Tool"))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._row)
        self._stack.addWidget(self.combo)
        self._value = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.segments.value_changed.connect(self._choose)
        self.combo.activated.connect(lambda row: self._choose(str(self.combo.itemData(row))))

    def set_tools(self, tools: Mapping[str, ToolSpec]) -> None:
        """Offer other tools; the chosen id stays chosen."""
        self.segments.clear()
        self.combo.clear()
        self.more.menu().clear()
        for tool in tools.values():
            self._add(tool)
        self.more.setVisible(not self.more.menu().isEmpty())
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

    def _add(self, tool: ToolSpec) -> None:
        name, description = plugin_text(tool.name), plugin_text(tool.description)
        self.combo.addItem(name, tool.id)
        if not tool.prompt_optional:
            self.segments.add(tool.id, name, tooltip=description)
            return
        action = self.more.menu().addAction(name, partial(self._choose, tool.id))
        action.setToolTip(description)

    def _fit(self) -> None:
        fits = self._row.sizeHint().width() <= self.width() and self._value in self.segments.values()
        self._stack.setCurrentWidget(self._row if fits else self.combo)

    def _choose(self, tool_id: str) -> None:
        if tool_id != self._value:
            self.set_value(tool_id)
            self.value_changed.emit(tool_id)
