"""The page of the preferences about how pictures are drawn: on which device, in which numbers, in how much memory."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.engine.device.residency import Plan
from studio.engine.device.wish import Wish
from studio.engine.models.model_info import ModelInfo
from studio.settings import AppSettings
from studio.ui.dialogs.setting_fields import Choice, combo, setting_rows, with_note
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import message_text
from studio.ui.widgets.wrapped_label import wrapped_label


class DrawingPage(QWidget):
    """Shows the wish of the settings. Signal: ``wished(Wish)`` when another is chosen, for who tells what comes of it.

    ``devices`` are those to offer beside "auto".
    """

    wished = Signal(object)

    def __init__(self, settings: AppSettings, devices: Iterable[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        automatic = self.tr("Automatic")
        self.device = combo([Choice("auto", automatic), *devices], settings.device)
        numbers = [
            Choice("auto", self.tr("Automatic: the fastest")),
            Choice("float32", self.tr("float32: most exact, most memory")),
            Choice("bfloat16", "bfloat16"),
            Choice("float16", "float16"),
        ]
        self.precision = combo(numbers, settings.precision)
        amounts = [
            Choice("auto", self.tr("Automatic: as much as fits")),
            Choice("whole", self.tr("Whole model")),
            Choice("less", self.tr("Save memory")),
            Choice("least", self.tr("Save most memory")),
        ]
        self.memory = combo(amounts, settings.memory_use)
        shown = [
            Choice("detailed", self.tr("Detailed, where there is a preview decoder")),
            Choice("fast", self.tr("Rough colours")),
            Choice("off", self.tr("None")),
        ]
        self.previews = combo(shown, settings.previews)
        self.told = wrapped_label(role="muted")
        self._arrange()
        for box in (self.device, self.precision, self.memory):
            box.currentIndexChanged.connect(lambda _index: self.wished.emit(self.wish()))

    def wish(self) -> Wish:
        """What is chosen."""
        return Wish().but(
            device=self.device.currentData(),
            precision=self.precision.currentData(),
            memory=self.memory.currentData(),
        )

    def show_plan(self, model: ModelInfo, plan: Plan) -> None:
        """Say what comes of it for a model."""
        self.told.setText(f"{model.name}: {message_text(plan.text)}")

    def show_error(self, error: Exception) -> None:
        """Say why that is not known."""
        self.told.setText(error_text(error))

    def _arrange(self) -> None:
        form = setting_rows(self)
        form.addRow(self.tr("Generate on"), self.device)
        exact = self.tr("Fewer bits are faster and take less memory. The VAE keeps those that show no difference.")
        form.addRow(self.tr("Number format"), with_note(self.precision, exact))
        given_up = self.tr(
            "What does not fit is given up in this order: text encoders that wait elsewhere, pictures decoded in "
            "tiles, 8 bits for what draws, and on graphics cards weights that come at each step."
        )
        form.addRow(self.tr("Memory use"), with_note(self.memory, given_up))
        form.addRow("", self.told)
        seldom = self.tr(
            "Preview decoders (TAESD) are under Plugins > Models > Get models. One takes a twentieth of the time at "
            "most."
        )
        form.addRow(self.tr("Previews"), with_note(self.previews, seldom))
