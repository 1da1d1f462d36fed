"""The form of one filter: its parameters, then how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QWidget

from studio.api import FilterSpec
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.theme import GRID
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.slider_row import align_labels, align_spins

_PROGRESS_STEPS: Final = 1000


class FilterDialog(FormDialog):
    """Stays open while the filter runs. Signals: ``applied(dict)`` with the values, ``cancelled()``."""

    applied = Signal(dict)
    cancelled = Signal()

    def __init__(
        self, spec: FilterSpec, values: Mapping[str, Any], *, inside_mask: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(plugin_text(spec.name))
        self.accept_button.setText(self.tr("Apply"))
        self.parameters = ParameterForm(spec.parameters)
        self.parameters.set_values(values)
        align_labels(self.parameters.labels())
        align_spins(self.parameters.sliders())
        where = self.tr("Works inside the mask.") if inside_mask else self.tr("Works on the whole layer.")
        self.about = QLabel(" ".join(text for text in (plugin_text(spec.description), where) if text))
        self.about.setWordWrap(True)
        self.about.setProperty("role", "muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.hide()
        for widget in (self.about, self.parameters, self.progress):
            self.form.addRow(widget)
        self.setMinimumWidth(90 * GRID)

    def accept(self) -> None:
        """Runs the filter; whoever runs it closes the dialog by `finish`."""
        if self.progress.isHidden():
            self.parameters.setEnabled(False)
            self.accept_button.setEnabled(False)
            self.progress.show()
            self.applied.emit(self.parameters.values())

    def reject(self) -> None:
        """Before the filter runs this closes the dialog; while it runs it asks it to stop."""
        if self.progress.isHidden():
            super().reject()
        else:
            self.about.setText(self.tr("Stopping…"))
            self.cancelled.emit()

    def show_progress(self, fraction: float, message: str) -> None:
        """``fraction`` is 0..1; an empty ``message`` leaves the text as it is."""
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setValue(round(min(max(fraction, 0.0), 1.0) * _PROGRESS_STEPS))
        if message:
            self.about.setText(plugin_text(message))

    def finish(self) -> None:
        """Close the dialog: the filter is over."""
        super().reject()
