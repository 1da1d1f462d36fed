"""Asks what shall be enlarged, how many times and with what, and shows a part of it before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.document import Document, Pixels, Rect
from studio.errors import SettingError
from studio.generation import GenerationSettings, Progress, UpscaleTask
from studio.generation.jobs import UpscaleTarget
from studio.jobs.upscaling import LARGEST_FACTOR, UpscalerChoice, enlarged_size
from studio.raster.compose import compose
from studio.ui.background.upscale_preview import UpscalePreview
from studio.ui.panels.generate.generate_bar import progress_text
from studio.ui.panels.thumbnails import image_of
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.choice_box import Choice, ChoiceBox
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.number_boxes import DecimalBox
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.split_view import SplitView

PREVIEW_SIDE: Final = 96
"""Side of the part that is shown, in pixels of the picture."""
PREVIEW_DELAY_MS: Final = 300
_STEPS: Final = 1000

Choices = Callable[[], Mapping[str, UpscalerChoice]]


class UpscaleDialog(QDialog):
    """Emits ``chosen(UpscaleTask)`` and closes; ``folder_wanted()`` when the person wants to add networks."""

    chosen = Signal(object)
    folder_wanted = Signal()

    def __init__(
        self,
        document: Document,
        choices: Choices,
        settings: GenerationSettings,
        preview: UpscalePreview,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Upscale"))
        self._document = document
        self._list_choices = choices
        self._choices: Mapping[str, UpscalerChoice] = {}
        self._settings = settings
        self._preview = preview
        preview.setParent(self)
        self._part = _middle(document)
        self.view = SplitView()
        self.upscaler = ChoiceBox(self.tr("Upscaler"))
        self.target = ChoiceBox(self.tr("Enlarge"))
        self.factor = DecimalBox()
        self.size_label = QLabel()
        self.description = QLabel()
        self.folder_button = QPushButton(icon("folder"), self.tr("Add Networks…"))
        self.form = ParameterForm(())
        self.status = QLabel()
        self.bar = QProgressBar()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(PREVIEW_DELAY_MS)
        self._prepare()
        self._arrange()
        self._connect()
        self._list_upscalers()
        self._show_part()
        self.resize(820, 560)

    def task(self) -> UpscaleTask:
        """What is chosen now."""
        return UpscaleTask(
            upscaler=self.upscaler.value(),
            factor=self.factor.value(),
            target=self._target(),
            parameters=self.form.values(),
        )

    def accept(self) -> None:
        self.chosen.emit(self.task())
        super().accept()

    def done(self, code: int) -> None:
        """Closing stops the preview."""
        self._delay.stop()
        self._preview.stop()
        super().done(code)

    def event(self, event: QEvent) -> bool:
        """Coming back from the folder shows what was put there."""
        if event.type() == QEvent.Type.WindowActivate and self._choices:
            self._list_upscalers()
        return super().event(event)

    # --- building ---------------------------------------------------------------------------------

    def _prepare(self) -> None:
        layer = self._document.active_paint_layer
        self.target.set_choices(
            [
                Choice(id="picture", name=self.tr("Whole picture")),
                *([Choice(id="layer", name=self.tr("Layer “{name}”").format(name=layer.name))] if layer else []),
                *(
                    [Choice(id="mask", name=self.tr("Masked part, as a layer"))]
                    if self._document.effective_mask.tiles
                    else []
                ),
            ]
        )
        self.target.set_value("picture")
        self.factor.setRange(1.0, LARGEST_FACTOR)
        self.factor.setDecimals(2)
        self.factor.setSingleStep(0.5)
        self.factor.setPrefix("× ")
        self.factor.setValue(2.0)
        self.factor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.size_label.setProperty("role", "muted")
        for label in (self.description, self.status):
            label.setProperty("role", "muted")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar.setProperty("role", "slim")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, _STEPS)
        self.folder_button.setToolTip(
            self.tr(
                "Opens the folder for your own networks: .safetensors or .pth files of any kind that spandrel knows"
            )
        )
        self.accept_button.setText(self.tr("Upscale"))
        self.accept_button.setProperty("role", "primary")
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))

    def _arrange(self) -> None:
        factor = QHBoxLayout()
        factor.setSpacing(2 * GRID)
        factor.addWidget(self.factor)
        factor.addWidget(self.size_label, 1)
        form = QFormLayout()
        form.setHorizontalSpacing(3 * GRID)
        form.setVerticalSpacing(2 * GRID)
        for box in (self.target, self.upscaler):
            box.label.hide()  # the form has it, in line with the others
        form.addRow(self.target.label.text(), self.target)
        form.addRow(self.tr("Factor"), factor)
        form.addRow(self.upscaler.label.text(), self.upscaler)
        self._controls = QVBoxLayout()
        self._controls.setSpacing(2 * GRID)
        self._controls.addLayout(form)
        self._controls.addWidget(self.description)
        self._controls.addWidget(self.folder_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._controls.addWidget(self.form)
        self._controls.addStretch(1)
        holder = QWidget()
        holder.setLayout(self._controls)
        side = QScrollArea()
        side.setWidget(holder)
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFixedWidth(84 * GRID)
        row = QHBoxLayout()
        row.setSpacing(4 * GRID)
        row.addWidget(self.view, 1)
        row.addWidget(side)
        below = QHBoxLayout()
        below.setSpacing(4 * GRID)
        state = QVBoxLayout()
        state.setSpacing(GRID)
        state.addWidget(self.status)
        state.addWidget(self.bar)
        below.addLayout(state, 1)
        below.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addLayout(row, 1)
        column.addLayout(below)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.upscaler.value_changed.connect(lambda _id: self._show_upscaler())
        self.target.value_changed.connect(lambda _id: self._show_part())
        self.factor.valueChanged.connect(lambda _value: self._changed())
        self.view.panned.connect(self._pan)
        self.view.pan_ended.connect(self._changed)
        self._delay.timeout.connect(self._run_preview)
        self._preview.progressed.connect(self._show_progress)
        self._preview.ready.connect(self._show_after)
        self._preview.failed.connect(self._show_failure)

    # --- what is chosen ---------------------------------------------------------------------------

    def _target(self) -> UpscaleTarget:
        value = self.target.value()
        return "layer" if value == "layer" else "mask" if value == "mask" else "picture"

    def _list_upscalers(self) -> None:
        choices = self._list_choices()
        if [*choices] == [*self._choices]:
            return
        self._choices = choices
        self.upscaler.set_choices(
            [
                Choice(id=choice.id, name=plugin_text(choice.name), help=plugin_text(choice.description))
                for choice in choices.values()
            ]
        )
        self._show_upscaler()

    def _show_upscaler(self) -> None:
        choice = self._choices.get(self.upscaler.value())
        self.description.setText("" if choice is None else plugin_text(choice.description))
        old, self.form = self.form, ParameterForm(() if choice is None else choice.spec.parameters)
        self._controls.replaceWidget(old, self.form)
        old.hide()
        old.deleteLater()
        self.form.changed.connect(self._changed)
        self._changed()

    def _changed(self) -> None:
        """Another wish: say what comes of it, and preview it soon."""
        problem = ""
        try:
            box = self._box()
            width, height = enlarged_size(box.width, box.height, self.factor.value())
            self.size_label.setText(f"{width} × {height} px")
        except SettingError as error:
            problem = error_text(error)
        if not self.upscaler.value():
            problem = self.tr("There is no upscaler. Switch on the plugin Upscale in Plugins > Plugins.")
        self.accept_button.setEnabled(not problem)
        self.status.setText(problem)
        self.bar.setVisible(False)
        self._preview.stop()
        if problem:
            self._delay.stop()
        else:
            self._delay.start()

    def _box(self) -> Rect:
        """What is enlarged, in canvas pixels."""
        document, target = self._document, self._target()
        layer = document.active_paint_layer
        if target == "layer" and layer is not None:
            return layer.raster.bounds()
        return document.effective_mask.bounds().intersected(document.canvas) if target == "mask" else document.canvas

    # --- the preview ------------------------------------------------------------------------------

    def _pan(self, across: float, down: float) -> None:
        canvas = self._document.canvas
        x = min(max(0, round(self._part.x + across * self._part.width)), canvas.width - self._part.width)
        y = min(max(0, round(self._part.y + down * self._part.height)), canvas.height - self._part.height)
        self._part = Rect(x, y, self._part.width, self._part.height)
        self._preview.stop()
        self._delay.stop()
        self.view.show_before(self._before())

    def _show_part(self) -> None:
        """Show the middle of what is enlarged."""
        box = self._box().intersected(self._document.canvas)
        if not box.is_empty:
            x, y = box.x + box.width // 2 - self._part.width // 2, box.y + box.height // 2 - self._part.height // 2
            self._part = _within(Rect(x, y, self._part.width, self._part.height), self._document.canvas)
        self.view.show_before(self._before())
        self._changed()

    def _before(self) -> QImage:
        return image_of(self._pixels())

    def _pixels(self) -> Pixels:
        layer = self._document.active_paint_layer
        if self._target() == "layer" and layer is not None:
            return layer.raster.read(self._part)
        return compose(self._document, self._part)

    def _run_preview(self) -> None:
        task = UpscaleTask(upscaler=self.upscaler.value(), factor=self.factor.value(), parameters=self.form.values())
        self.status.setText(self.tr("Preview"))
        self.bar.setValue(0)
        self.bar.setVisible(True)
        self._preview.run(self._pixels(), self._settings, task)

    def _show_progress(self, progress: Progress) -> None:
        self.status.setText(progress_text(progress))
        self.bar.setValue(round(progress.fraction * _STEPS))

    def _show_after(self, pixels: Pixels) -> None:
        self.view.show_after(image_of(pixels))
        self.status.setText(self.tr("Left: before. Right: after."))
        self.bar.setVisible(False)

    def _show_failure(self, error: Exception) -> None:
        self.status.setText(error_text(error))
        self.bar.setVisible(False)


def _middle(document: Document) -> Rect:
    width, height = min(PREVIEW_SIDE, document.width), min(PREVIEW_SIDE, document.height)
    side = min(width, height)
    return Rect((document.width - side) // 2, (document.height - side) // 2, side, side)


def _within(rect: Rect, canvas: Rect) -> Rect:
    x = min(max(rect.x, 0), canvas.width - rect.width)
    y = min(max(rect.y, 0), canvas.height - rect.height)
    return Rect(x, y, rect.width, rect.height)
