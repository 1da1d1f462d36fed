"""Asks which guide is to be made of what is seen, and with which values; shows it on the picture meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from studio.api import FilterSpec, GuideSpec
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.style.theme import GRID
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.slider_row import align_labels, align_spins
from studio.ui.widgets.wrapped_label import wrapped_label


class MakeGuideDialog(FormDialog):
    """``kinds`` are the guides that can be made, each with the filter that makes it.

    Signals: ``preview_wanted(str, object)`` with a kind and the values to try, ``None`` for no preview; ``applied(str,
    dict)``. Whoever makes the guide closes the dialog by `finish`, or says by `fail` why not.
    """

    preview_wanted = Signal(str, object)
    applied = Signal(str, dict)

    def __init__(self, kinds: Mapping[str, tuple[GuideSpec, FilterSpec]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Make Control Layer"))
        self._kinds = dict(kinds)
        self.kind = QComboBox()
        for kind, (guide, _) in self._kinds.items():
            self.kind.addItem(plugin_text(guide.name), kind)
        self.about = wrapped_label(role="muted")
        self.parameters = ParameterForm(())
        self.preview_box = QCheckBox(self.tr("Preview"))
        self.preview_box.setChecked(True)
        self.preview_box.setToolTip(self.tr("Show it on the picture; nothing is changed until you make it"))
        self.problem = wrapped_label(role="danger")
        self._arrange()
        self._show_kind()

    def ask_preview(self) -> None:
        """Say what is to be tried now."""
        self.problem.hide()
        wanted = self.parameters.values() if self.preview_box.isChecked() else None
        self.preview_wanted.emit(self.kind.currentData(), wanted)

    def accept(self) -> None:
        self._set_running(is_running=True)
        self.applied.emit(self.kind.currentData(), self.parameters.values())

    def finish(self) -> None:
        """Close the dialog: the guide is made."""
        super().accept()

    def fail(self, text: str) -> None:
        """Say what went wrong, and let the values be changed."""
        self._set_running(is_running=False)
        self.problem.setText(text)
        self.problem.show()

    def _set_running(self, *, is_running: bool) -> None:
        for widget in (self.kind, self.parameters, self.preview_box, self.accept_button):
            widget.setEnabled(not is_running)

    def _show_kind(self) -> None:
        """Ask for the values of the chosen kind."""
        guide, made_by = self._kinds[self.kind.currentData()]
        self.about.setText(plugin_text(guide.description))
        form = ParameterForm(made_by.parameters)
        self.form.replaceWidget(self.parameters, form)
        self.parameters.deleteLater()
        self.parameters = form
        align_labels(form.labels())
        align_spins(form.sliders())
        form.changed.connect(self.ask_preview)
        self.ask_preview()

    def _arrange(self) -> None:
        self.form.addRow(wrapped_label(self.tr("A hidden layer is made of what is seen, and drawn after."), "muted"))
        self.form.addRow(self.tr("Kind"), self.kind)
        self.form.addRow(self.about)
        self.form.addRow(self.parameters)
        self.form.addRow(self.preview_box)
        self.form.addRow(self.problem)
        self.problem.hide()
        self.accept_button.setText(self.tr("Make"))
        self.kind.activated.connect(self._show_kind)
        self.preview_box.toggled.connect(self.ask_preview)
        self.setMinimumWidth(90 * GRID)
