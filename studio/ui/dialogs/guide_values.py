"""Asks for what the row of a guide does not show: strength and range one by one, the network, how the layer is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from studio.api import GuideSpec
from studio.document import MAX_STRENGTH, Guide
from studio.ui.dialogs.form_dialog import FormDialog
from studio.ui.panels.generate.guide_choice import GuideQuestion
from studio.ui.widgets.parameter_form import ParameterForm, plugin_text
from studio.ui.widgets.slider_row import Scale, SliderRow, align_labels, align_spins
from studio.ui.widgets.wrapped_label import wrapped_label

if TYPE_CHECKING:
    from studio.engine.models.library import ModelInfo


class GuideValuesDialog(FormDialog):
    """Signal: ``chosen(Guide)``."""

    chosen = Signal(Guide)

    def __init__(self, question: GuideQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        guide, spec, preprocessor = question.guide, question.spec, question.preprocessor
        self.setWindowTitle(plugin_text(spec.name))
        self._guide = guide
        share = Scale(minimum=0, maximum=100, default=0, suffix=" %")
        self.strength = SliderRow(self.tr("Strength"), Scale(minimum=0.0, maximum=MAX_STRENGTH, step=0.01, default=1.0))
        self.start = SliderRow(self.tr("From"), share)
        self.end = SliderRow(self.tr("To"), replace(share, default=100))
        self.network, self.reading, self.region = QComboBox(), QComboBox(), QComboBox()
        self.parameters = ParameterForm(preprocessor.parameters if preprocessor is not None else ())
        self._fill(question.networks, has_preprocessor=preprocessor is not None)
        self._fill_regions(question.regions)
        self._show(guide)
        self._arrange(spec)

    def guide(self) -> Guide:
        """The guide with the values that are shown."""
        start, end = sorted((self.start.value() / 100, self.end.value() / 100))
        return replace(
            self._guide,
            strength=round(self.strength.value(), 2),
            start=start,
            end=end,
            network=self.network.currentData(),
            region_id=self.region.currentData(),
            from_picture=self.reading.currentData(),
            values=self.parameters.values() if self.reading.currentData() else self._guide.values,
        )

    def _fill(self, networks: Sequence[ModelInfo], *, has_preprocessor: bool) -> None:
        self.network.addItem(self.tr("The first that fits"), "")
        for network in networks:
            self.network.addItem(network.name, network.id)
        if self.network.findData(self._guide.network) < 0:
            self.network.addItem(self._guide.network, self._guide.network)
        self.reading.addItem(self.tr("It is a control picture already"), False)
        if has_preprocessor or self._guide.from_picture:
            self.reading.addItem(self.tr("Any picture: make one of it"), True)

    def _fill_regions(self, regions: Sequence[tuple[str, str]]) -> None:
        self.region.addItem(self.tr("The whole picture"), None)
        for layer_id, name in regions:
            self.region.addItem(self.tr("The region {name}").format(name=name), layer_id)
        if self._guide.region_id is not None and self.region.findData(self._guide.region_id) < 0:
            self.region.addItem(self.tr("A region that is not there"), self._guide.region_id)

    def _show(self, guide: Guide) -> None:
        self.strength.set_value(guide.strength)
        self.start.set_value(guide.start * 100)
        self.end.set_value(guide.end * 100)
        self.network.setCurrentIndex(self.network.findData(guide.network))
        self.region.setCurrentIndex(max(0, self.region.findData(guide.region_id)))
        self.reading.setCurrentIndex(self.reading.findData(guide.from_picture))
        self.parameters.set_values(dict(guide.values))
        self._show_parameters()

    def _show_parameters(self) -> None:
        self.parameters.setVisible(bool(self.reading.currentData()))

    def _arrange(self, spec: GuideSpec) -> None:
        sliders = [self.strength, self.start, self.end]
        align_labels([slider.label for slider in sliders])
        align_spins(sliders)
        align_labels(self.parameters.labels())
        align_spins(self.parameters.sliders())
        self.form.addRow(wrapped_label(plugin_text(spec.description), "muted"))
        for slider in sliders:
            self.form.addRow(slider)
        self.form.addRow(self.tr("Network"), self.network)
        if self.region.count() > 1:
            self.form.addRow(self.tr("Felt in"), self.region)
        if not spec.reference:
            self.form.addRow(self.tr("The layer"), self.reading)
        self.form.addRow(self.parameters)
        self.reading.activated.connect(self._show_parameters)
        self.accept_button.setText(self.tr("Apply"))
        self.accepted.connect(lambda: self.chosen.emit(self.guide()))
        self.setMinimumWidth(360)
