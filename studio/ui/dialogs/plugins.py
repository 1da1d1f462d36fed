"""The plugins that were found: what each adds, what is wrong with it, and a switch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.plugin_host import PluginHost, PluginState
from studio.ui.icons import icon
from studio.ui.theme import GRID
from studio.ui.widgets.parameter_form import plugin_text

_ID = Qt.ItemDataRole.UserRole


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class PluginsDialog(QDialog):
    """Signal: ``changed(set)`` with the ids of all disabled plugins, after one was switched on or off."""

    changed = Signal(object)

    def __init__(self, host: PluginHost, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Plugins"))
        self._host = host
        self.list = QListWidget()
        self.list.setFixedWidth(56 * GRID)
        self.list.setAccessibleName(self.tr("Plugins"))
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.enabled_box = QCheckBox(self.tr("Enabled"))
        self.problem = QLabel()
        self.problem.setProperty("role", "danger")
        self.facts = QLabel()
        for label in (self.problem, self.facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._arrange()
        self._fill()
        self.list.currentItemChanged.connect(self._show_current)
        self.enabled_box.clicked.connect(self._switch)
        self.list.setCurrentRow(0)
        self.resize(760, 480)

    def _arrange(self) -> None:
        details = QWidget()
        texts = QVBoxLayout(details)
        texts.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        texts.setSpacing(2 * GRID)
        for widget in (self.title, self.enabled_box, self.problem, self.facts):
            texts.addWidget(widget)
        texts.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(details)
        row = QHBoxLayout()
        row.addWidget(self.list)
        row.addWidget(area, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.addLayout(row, 1)
        column.addWidget(buttons)

    def _fill(self) -> None:
        for state in self._host.states():
            item = QListWidgetItem(plugin_text(state.name))
            item.setData(_ID, state.id)
            self.list.addItem(item)
            self._mark(item, state)

    def _mark(self, item: QListWidgetItem, state: PluginState) -> None:
        names = {"enabled": "plugin", "disabled": "eye-off", "refused": "warning", "failed": "error"}
        tokens = {"enabled": "accent", "disabled": "text_muted", "refused": "warning", "failed": "danger"}
        item.setIcon(icon(names[state.status], tokens[state.status]))
        item.setToolTip(self._status_text(state))

    def _show_current(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        state = self._host.state(str(item.data(_ID)))
        self.title.setText(f"{plugin_text(state.name)} {state.version}".strip())
        self.enabled_box.setChecked(state.status == "enabled")
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        self.facts.setText(self._facts_text(state))

    def _facts_text(self, state: PluginState) -> str:
        parts = [plugin_text(state.description)]
        if state.status != "enabled":
            parts.append(self._status_text(state))
        if state.author:
            parts.append(self.tr("By {author}").format(author=state.author))
        if state.adds:
            parts.append(self.tr("It adds:") + "".join(f"\n  • {self._added(item)}" for item in state.adds))
        parts.append(self.tr("Identifier: {id}").format(id=state.id))
        if state.path is not None:
            parts.append(self.tr("Folder: {path}").format(path=state.path))
        return "\n\n".join(part for part in parts if part)

    def _added(self, label: str) -> str:
        """What people call a contribution that the host calls by its kind and id, such as "tool inpaint"."""
        kind, _, spec_id = label.partition(" ")
        texts = {
            "tool": self.tr("Tool: {name}"),
            "scheduler": self.tr("Scheduler: {name}"),
            "upscaler": self.tr("Upscaler: {name}"),
            "animation": self.tr("Animation: {name}"),
        }
        host = self._host
        specs: dict[str, Mapping[str, _Named]] = {
            "tool": host.tools(),
            "scheduler": host.schedulers(),
            "upscaler": host.upscalers(),
            "animation": host.animations(),
        }
        spec = specs.get(kind, {}).get(spec_id)
        return texts[kind].format(name=plugin_text(spec.name)) if spec is not None else label

    def _status_text(self, state: PluginState) -> str:
        return {
            "enabled": self.tr("Enabled"),
            "disabled": self.tr("Disabled by you"),
            "refused": self.tr("Refused: it breaks a rule for plugins"),
            "failed": self.tr("Stopped: it failed"),
        }[state.status]

    def _switch(self, is_on: bool) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        plugin_id = str(item.data(_ID))
        state = self._host.enable(plugin_id) if is_on else self._host.disable(plugin_id)
        self._mark(item, state)
        self._show_current(item)
        disabled = {state.id for state in self._host.states() if state.status == "disabled"}
        self.changed.emit(disabled)
