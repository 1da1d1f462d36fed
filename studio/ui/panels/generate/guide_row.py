"""One guide of the list: switch, kind, layer, how strongly it is felt, and why it cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from studio.document import Guide
from studio.editing.guides import LEVELS, USUAL_LEVEL, felt_at, level_of
from studio.ui.panels.generate.guide_choice import GuideProblem
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.slider_row import FineSlider
from studio.ui.widgets.wheel_guard import guard_wheel
from studio.ui.widgets.wrapped_label import wrapped_label

Named = Sequence[tuple[str, str]]
"""(id, name) pairs."""


class GuideRow(QWidget):
    """Signals: ``switched(bool)``; ``changed(Guide, bool)`` with other values, and whether it is a drag of the slider;
    ``removed()``; ``values_wanted()`` for what the row does not show; ``network_wanted(str)`` with the name
    of a well-known model."""

    switched = Signal(bool)
    changed = Signal(Guide, bool)
    removed = Signal()
    values_wanted = Signal()
    network_wanted = Signal(str)

    def __init__(self, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guide = guide
        self._known = ""
        self.switch = QCheckBox(self)
        self.kind, self.layer = QComboBox(self), QComboBox(self)
        self.slider = FineSlider(self)
        self.felt = QLabel(self)
        self.values_button, self.remove_button = QToolButton(self), QToolButton(self)
        self.problem = wrapped_label(role="danger")
        self.get_button = QPushButton(self.tr("Get It…"), self)
        self._arrange()
        self._connect()

    def show_guide(self, guide: Guide, kinds: Named, layers: Named, problem: GuideProblem | None) -> None:
        """Show a guide as it is now, among what can be chosen."""
        self.guide = guide
        self.switch.setChecked(guide.enabled)
        _fill(self.kind, kinds, guide.kind)
        _fill(self.layer, layers, guide.layer_id or "")
        self._show_felt(guide)
        for widget in (self.slider, self.felt):
            widget.setEnabled(guide.enabled)
        shown = problem if guide.enabled else None
        self._known = "" if shown is None else shown.known
        self.problem.setText("" if shown is None else shown.text)
        self.problem.setVisible(shown is not None)
        self.get_button.setVisible(bool(self._known))

    def _show_felt(self, guide: Guide) -> None:
        level = level_of(guide)
        self.slider.blockSignals(True)
        self.slider.setValue(round((USUAL_LEVEL if level is None else level) / _MOST * self.slider.maximum()))
        self.slider.blockSignals(False)
        span = f"{round(guide.start * 100)}\u2013{round(guide.end * 100)} %"
        self.felt.setText(f"{guide.strength:.2f} \u00b7 {span}")

    def _slid(self, position: int) -> None:
        strength, end = felt_at(position / self.slider.maximum() * _MOST)
        guide = replace(self.guide, strength=strength, start=0.0, end=end)
        if guide != self.guide:
            self.changed.emit(guide, True)

    def _chosen(self) -> None:
        guide = replace(self.guide, kind=self.kind.currentData(), layer_id=self.layer.currentData() or None)
        if guide.kind != self.guide.kind:
            guide = replace(guide, network="", values={})
        if guide != self.guide:
            self.changed.emit(guide, False)

    def _reset(self) -> None:
        strength, end = felt_at(USUAL_LEVEL)
        self.changed.emit(replace(self.guide, strength=strength, start=0.0, end=end), False)

    def _connect(self) -> None:
        self.switch.clicked.connect(self.switched)
        self.kind.activated.connect(self._chosen)
        self.layer.activated.connect(self._chosen)
        self.slider.valueChanged.connect(self._slid)
        self.slider.reset_requested.connect(self._reset)
        self.values_button.clicked.connect(self.values_wanted)
        self.remove_button.clicked.connect(self.removed)
        self.get_button.clicked.connect(lambda: self.network_wanted.emit(self._known))

    def _arrange(self) -> None:
        self.switch.setToolTip(self.tr("Draw after it or without it"))
        self.switch.setAccessibleName(self.tr("Draw after it"))
        for box, text in (
            (self.kind, self.tr("What the layer shows")),
            (self.layer, self.tr("The layer to draw after")),
        ):
            box.setToolTip(text)
            box.setAccessibleName(text)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(6)
            guard_wheel(box)
        strength = self.tr("How strongly and for how many of the steps it is felt")
        self.slider.setToolTip(strength)
        self.slider.setAccessibleName(strength)
        self.felt.setToolTip(self.tr("Strength, and the share of the steps over which it is felt"))
        widest = self.felt.fontMetrics().horizontalAdvance("0.00 \u00b7 100\u2013100 %")
        self.felt.setMinimumWidth(widest)
        for button, name, text in (
            (self.values_button, "sliders", self.tr("Strength, range, network and how the layer is read")),
            (self.remove_button, "close", self.tr("Remove from the list; the layer stays")),
        ):
            button.setIcon(icon(name))
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.get_button.setToolTip(self.tr("Open the Models window at what is missing"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(_line(self.switch, (self.kind, 1), (self.layer, 1), self.remove_button))
        column.addLayout(_line((self.slider, 1), self.felt, self.values_button))
        column.addWidget(self.problem)
        column.addLayout(_line(self.get_button, None))
        self.problem.hide()
        self.get_button.hide()


_MOST = len(LEVELS) - 1


def _line(*widgets: QWidget | tuple[QWidget, int] | None) -> QHBoxLayout:
    """Widgets beside each other, with how much each stretches; nothing stands for a gap."""
    row = QHBoxLayout()
    row.setSpacing(GRID)
    for each in widgets:
        if each is None:
            row.addStretch(1)
        else:
            row.addWidget(*(each if isinstance(each, tuple) else (each,)))
    return row


def _fill(box: QComboBox, named: Named, chosen: str) -> None:
    """Offer these, and the one that is chosen also where it is not among them."""
    box.clear()
    for value, name in named:
        box.addItem(name, value)
    row = box.findData(chosen)
    if row < 0:
        box.addItem(chosen if len(chosen) < 32 else "?", chosen)
        row = box.count() - 1
    box.setCurrentIndex(row)
