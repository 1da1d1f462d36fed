"""Asks what a file is, where its tensors and its name say too little or mislead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QWidget

from studio.engine.models.identity.families import drawn, family_name, known_families
from studio.engine.models.identity.sampling import PREDICTIONS
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.overrides import Override
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.dialogs.models.words import KINDS, READINGS, word
from studio.ui.widgets.wrapped_label import wrapped_label

_PREDICTING = ("model", "part")


class TreatAsDialog(FormDialog):
    """Starts with what was said until now. Emits ``chosen(Override)``; that of nothing said takes all of it back."""

    chosen = Signal(object)

    def __init__(self, model: ModelInfo, said: Override, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Treat “{name}” as").format(name=model.name))
        self._said = said
        self.kind, self.family, self.prediction = QComboBox(), QComboBox(), QComboBox()
        self.control = QComboBox()
        by_file = self.tr("As its file says")
        self._fill(self.kind, [(by_file, None), *((word(text), kind) for kind, text in KINDS.items())], said.kind)
        families = drawn() if model.format == "folder" else known_families()
        self._fill(self.family, [(by_file, None), *((family_name(each), each) for each in families)], said.family)
        names = {"epsilon": self.tr("The noise (epsilon)"), "v_prediction": self.tr("The velocity (v-prediction)")}
        predictions = [(by_file, None), *((names[each], each) for each in PREDICTIONS)]
        self._fill(self.prediction, predictions, said.prediction)
        readings = [(by_file, None), *((word(text), mode) for mode, text in READINGS.items())]
        self._fill(self.control, readings, said.control)
        self._arrange(model)

    def _arrange(self, model: ModelInfo) -> None:
        text = self.tr("It is written into a small file beside the model, and can be taken back at any time.")
        self.form.addRow(wrapped_label(text, "muted"))
        is_file = model.format != "folder"
        for label, box, applies in (
            (self.tr("Kind"), self.kind, is_file),
            (self.tr("Family"), self.family, True),
            (self.tr("It predicts"), self.prediction, is_file and model.kind in _PREDICTING),
            (self.tr("It reads"), self.control, model.kind == "control"),
        ):
            if applies:
                self.form.addRow(label, box)
        self.accept_button.setText(self.tr("Apply"))
        self.reset_button = self.buttons.addButton(self.tr("Take Back"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_button.setToolTip(self.tr("Forget everything that was said, and go by the file"))
        self.reset_button.setEnabled(model.is_changed)
        self.reset_button.clicked.connect(self._take_back)
        self.accepted.connect(lambda: self.chosen.emit(self.override()))

    def override(self) -> Override:
        """What was chosen; what is not asked here stays as it was said."""
        return replace(
            self._said,
            kind=self.kind.currentData(),
            family=self.family.currentData(),
            prediction=self.prediction.currentData(),
            control=self.control.currentData(),
        )

    def _take_back(self) -> None:
        self.chosen.emit(Override())
        self.reject()

    def _fill(self, box: QComboBox, choices: Iterable[tuple[str, Any]], chosen: object) -> None:
        for text, value in choices:
            box.addItem(text, value)
        row = next((row for row in range(box.count()) if box.itemData(row) == chosen), 0)
        box.setCurrentIndex(row)
