"""A panel that a plugin declares: its form, its buttons, and how far an action is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from studio.ui.style.theme import GRID
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.readable import with_time_left
from studio.ui.widgets.slider_row import align_labels, align_spins
from studio.ui.widgets.styled import set_styled
from studio.ui.widgets.wrapped_label import wrapped_label

if TYPE_CHECKING:
    from studio.api import PanelSpec

_PROGRESS_STEPS: Final = 1000


class PluginPanel(QScrollArea):
    """Signals: ``pressed(str)`` with the id of an action, ``cancelled()``, ``changed()`` when a value did; ``hidden()``
    when the panel went out of sight.
    """

    pressed = Signal(str)
    cancelled = Signal()
    changed = Signal()
    hidden = Signal()

    def __init__(self, spec: PanelSpec, values: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameters = ParameterForm(spec.parameters)
        self.parameters.set_values(values)
        self.parameters.changed.connect(self.changed)
        align_labels(self.parameters.labels())
        align_spins(self.parameters.sliders())
        self.about = wrapped_label(role="muted", selectable=True)
        self.about.setText(plugin_text(spec.description))
        self.message = wrapped_label(role="muted", selectable=True)
        self.buttons: dict[str, QPushButton] = {}
        self._button_row = QWidget()
        row = FlowLayout(self._button_row, 2 * GRID)
        for action in spec.actions:
            button = QPushButton(plugin_text(action.name).replace("&", "&&"))
            button.setToolTip(plugin_text(action.description))
            button.clicked.connect(lambda _checked=False, chosen=action.id: self.pressed.emit(chosen))
            row.addWidget(button)
            self.buttons[action.id] = button
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self._cancel)
        self._work_row = QWidget()
        self._arrange()
        self.about.setVisible(bool(spec.description))  # not before it has a parent: it would be a window
        self.show_idle()

    def show_running(self) -> None:
        """An action has begun."""
        self.message.clear()
        self.progress.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self._set_running(True)

    def show_progress(self, fraction: float, message: str, seconds_left: float | None = None) -> None:
        """``fraction`` is 0..1; without a ``message`` and a time left the text stays as it is."""
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setValue(round(min(max(fraction, 0.0), 1.0) * _PROGRESS_STEPS))
        text = with_time_left(plugin_text(message), seconds_left)
        if text:
            self._say(text, "muted")

    def show_idle(self, message: str = "", *, is_error: bool = False) -> None:
        """No action runs; ``message`` says how the last one ended."""
        self._set_running(False)
        self._say(message, "danger" if is_error else "muted")

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def _cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self._say(self.tr("Stopping…"), "muted")
        self.cancelled.emit()

    def _set_running(self, is_running: bool) -> None:
        self._work_row.setVisible(is_running)
        self._button_row.setEnabled(not is_running)
        self.parameters.setEnabled(not is_running)

    def _say(self, text: str, role: str) -> None:
        self.message.setText(plugin_text(text))
        self.message.setVisible(bool(text))
        set_styled(self.message, "role", role)

    def _arrange(self) -> None:
        work = QHBoxLayout(self._work_row)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(2 * GRID)
        work.addWidget(self.progress, 1)
        work.addWidget(self.cancel_button)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(3 * GRID)
        for widget in (self.about, self.parameters, self._button_row, self._work_row, self.message):
            column.addWidget(widget)
        column.addStretch()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(body)
