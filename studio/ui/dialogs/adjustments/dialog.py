"""Sets an adjustment layer; the picture follows every change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from studio.ui.dialogs.adjustments.editors import editor_of
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.panels.layers.adjustment_names import adjustment_name
from studio.ui.style.theme import GRID


class AdjustmentDialog(FormDialog):
    """``kind`` is a known one, and ``values`` make sense for it.

    Signals: ``wanted(dict)`` with the values to be shown, at every change; those it began with while the preview is
    off, and the chosen ones again before it is accepted.
    """

    wanted = Signal(dict)

    def __init__(self, kind: str, values: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(adjustment_name(kind))
        self.accept_button.setText(self.tr("OK"))
        self._before = dict(values)
        self.editor = editor_of(kind, self)
        self.editor.set_values(values)
        self.preview_box = QCheckBox(self.tr("Preview"), self)
        self.preview_box.setChecked(True)
        self.preview_box.setToolTip(self.tr("Show the adjustment on the picture while it is set"))
        self.form.addRow(self.editor)
        self.form.addRow(self.preview_box)
        self.editor.changed.connect(self._show)
        self.preview_box.toggled.connect(self._show)
        self.setMinimumWidth(90 * GRID)

    def accept(self) -> None:
        self.wanted.emit(self.editor.values())
        super().accept()

    def _show(self) -> None:
        self.wanted.emit(self.editor.values() if self.preview_box.isChecked() else self._before)
