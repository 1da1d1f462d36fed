"""The form of one filter: its parameters, a switch for the preview, then how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QWidget

from studio.api import FilterSpec
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.style.theme import GRID
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.readable import with_time_left
from studio.ui.widgets.slider_row import align_labels, align_spins
from studio.ui.widgets.wrapped_label import wrapped_label

_PROGRESS_STEPS: Final = 1000


class FilterDialog(FormDialog):
    """Stays open while the filter runs, and after it failed.

    Signals: ``applied(dict)`` with the values, ``cancelled()``, and ``preview_wanted(dict, bool)``: the values to try
    (none of them: no preview), and whether only the right half is to show them.
    """

    applied = Signal(dict)
    preview_wanted = Signal(object, bool)
    cancelled = Signal()

    def __init__(
        self, spec: FilterSpec, values: Mapping[str, Any], *, in_selection: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(plugin_text(spec.name))
        self.accept_button.setText(self.tr("Apply"))
        self.parameters = ParameterForm(spec.parameters)
        self.parameters.set_values(values)
        align_labels(self.parameters.labels())
        align_spins(self.parameters.sliders())
        where = self.tr("Works inside the selection.") if in_selection else self.tr("Works on the whole layer.")
        words = (plugin_text(spec.description), where)
        self.about = wrapped_label(" ".join(text for text in words if text), "muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.hide()
        self.preview_box = QCheckBox(self.tr("Preview"))
        self.preview_box.setChecked(True)
        self.preview_box.setToolTip(self.tr("Show the result on the picture; nothing is changed until you apply it"))
        self.split_box = QCheckBox(self.tr("Before and after"))
        self.split_box.setToolTip(self.tr("The left half stays as it is, the right half shows the result"))
        self.problem = wrapped_label(role="danger")
        boxes = QHBoxLayout()
        boxes.setSpacing(4 * GRID)
        boxes.addWidget(self.preview_box)
        boxes.addWidget(self.split_box)
        boxes.addStretch()
        self.form.addRow(self.about)
        self.form.addRow(self.parameters)
        self.form.addRow(boxes)
        self.form.addRow(self.problem)
        self.form.addRow(self.progress)
        self.problem.hide()
        self.parameters.changed.connect(self.ask_preview)
        self.preview_box.toggled.connect(self.split_box.setEnabled)
        for box in (self.preview_box, self.split_box):
            box.toggled.connect(self.ask_preview)
        self.setMinimumWidth(90 * GRID)

    def ask_preview(self) -> None:
        """Say what is to be tried now."""
        self.problem.hide()
        wanted = self.parameters.values() if self.preview_box.isChecked() else None
        self.preview_wanted.emit(wanted, self.split_box.isChecked())

    def show_problem(self, text: str) -> None:
        """Say what went wrong, until something is changed."""
        self.problem.setText(text)
        self.problem.show()

    def accept(self) -> None:
        """Runs the filter; whoever runs it closes the dialog by `finish`, or says by `fail` what went wrong."""
        if self.progress.isHidden():
            self.problem.hide()
            self._set_running(True)
            self.applied.emit(self.parameters.values())

    def fail(self, text: str) -> None:
        """The filter failed: say so, and let the values be changed."""
        self._set_running(False)
        self.show_problem(text)

    def _set_running(self, is_running: bool) -> None:
        for widget in (self.parameters, self.accept_button, self.preview_box):
            widget.setEnabled(not is_running)
        self.split_box.setEnabled(not is_running and self.preview_box.isChecked())
        self.progress.setRange(0, 0)
        self.progress.setVisible(is_running)

    def reject(self) -> None:
        """Before the filter runs this closes the dialog; while it runs it asks it to stop."""
        if self.progress.isHidden():
            super().reject()
        else:
            self.about.setText(self.tr("Stopping…"))
            self.cancelled.emit()

    def show_progress(self, fraction: float, message: str, seconds_left: float | None = None) -> None:
        """``fraction`` is 0..1; without a ``message`` and a time left the text stays as it is."""
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setValue(round(min(max(fraction, 0.0), 1.0) * _PROGRESS_STEPS))
        text = with_time_left(plugin_text(message), seconds_left)
        if text:
            self.about.setText(text)

    def finish(self) -> None:
        """Close the dialog: the filter is over."""
        super().reject()
