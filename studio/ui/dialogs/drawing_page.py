"""The page of the preferences about how pictures are drawn: on which device, in which numbers, in how much memory."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from studio.engine.device.devices import Device
from studio.engine.device.residency import Plan
from studio.engine.device.wish import Wish
from studio.engine.models.model_info import ModelInfo
from studio.errors import Cancelled
from studio.settings import AppSettings
from studio.ui.dialogs.setting_fields import Choice, combo, setting_rows, with_note
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.readable import message_text
from studio.ui.widgets.wrapped_label import wrapped_label


class DrawingPage(QWidget):
    """Shows the wish of the settings. Signals: ``wished(Wish)`` when another is chosen, for who tells what comes of it;
    ``timing_asked()`` to measure number formats again, ``timing_stopped()`` to leave it.

    ``devices`` are those to offer beside "auto".
    """

    wished = Signal(object)
    timing_asked = Signal()
    timing_stopped = Signal()

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
        self.measure = QPushButton(icon("refresh"), self.tr("Measure Again"))
        self.measure.setToolTip(self.tr("There is no model here that can draw"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress"))
        self.stop = QPushButton(icon("cancel"), self.tr("Stop"))
        self.timed = wrapped_label(role="muted")
        for button in (self.measure, self.stop):
            button.setAutoDefault(False)
        self.measure.setEnabled(False)
        self._arrange()
        self._show_timing(is_running=False)
        for box in (self.device, self.precision, self.memory):
            box.currentIndexChanged.connect(lambda _index: self.wished.emit(self.wish()))
        self.measure.clicked.connect(self._ask_timing)
        self.stop.clicked.connect(self.timing_stopped)

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

    def offer_timing(self) -> None:
        """There is somebody who measures."""
        self.measure.setEnabled(True)
        self.measure.setToolTip(self.tr("Time which number format draws fastest; what is being drawn ends first"))

    def show_timing(self, share: float) -> None:
        """So much, 0 to 1, is measured."""
        self.progress.setRange(0, 1000)
        self.progress.setValue(round(1000 * share))

    def show_timed(self, device: Device) -> None:
        """Say what was fastest."""
        self._show_timing(is_running=False)
        told = self.tr("Fastest here: {format}, and {vae} for the VAE.")
        self.timed.setText(told.format(format=device.dtype, vae=device.vae_dtype))

    def show_timing_failed(self, error: Exception) -> None:
        """Say why nothing was measured; what was known before stays."""
        self._show_timing(is_running=False)
        self.timed.setText("" if isinstance(error, Cancelled) else error_text(error))

    def _ask_timing(self) -> None:
        self.timed.clear()
        self.progress.setRange(0, 0)  # until what is drawn has ended
        self._show_timing(is_running=True)
        self.timing_asked.emit()

    def _show_timing(self, *, is_running: bool) -> None:
        self.measure.setVisible(not is_running)
        self.progress.setVisible(is_running)
        self.stop.setVisible(is_running)

    def _number_format(self) -> QVBoxLayout:
        exact = self.tr("Fewer bits are faster and take less memory. The VAE keeps those that show no difference.")
        column = with_note(self.precision, exact)
        run = QHBoxLayout()
        run.setSpacing(2 * GRID)
        run.addWidget(self.measure)
        run.addWidget(self.progress, 1)
        run.addWidget(self.stop)
        run.addStretch()
        column.addLayout(run)
        column.addWidget(self.timed)
        return column

    def _arrange(self) -> None:
        form = setting_rows(self)
        form.addRow(self.tr("Generate on"), self.device)
        form.addRow(self.tr("Number format"), self._number_format())
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
