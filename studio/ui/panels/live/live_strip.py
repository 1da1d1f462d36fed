"""The row of live painting above the canvas: strength, seed, where it is shown, record, apply."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from studio.session.live import DEFAULT_STRENGTH, LEAST_STRENGTH, LivePainting, LiveStatus
from studio.ui.panels.live.live_words import live_text
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, keys_or_name, stand_for, work_as
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.icon_label import IconLabel
from studio.ui.widgets.overflow_row import OverflowRow
from studio.ui.widgets.slider_row import Scale, SliderRow
from studio.ui.widgets.styled import set_styled

LivePlace = Literal["over", "beside", "window"]

_WORDS_WIDTH: Final = 24 * GRID
_STRENGTH_WIDTH: Final = 60 * GRID
_SEED_WIDTH: Final = 20 * GRID
_HEIGHT: Final = 10 * GRID
PLACES: Final = ("live.over", "live.beside", "live.window")
"""The commands that say where the picture is shown."""


class LiveStrip(QWidget):
    """Follows a `LivePainting`; what its buttons do are commands. Signal: ``strength_moved(float)`` 0..1."""

    strength_moved = Signal(float)

    def __init__(self, painting: LivePainting, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painting = painting
        self._actions = actions
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Live painting"))
        scale = Scale(minimum=100 * LEAST_STRENGTH, maximum=100, default=100 * DEFAULT_STRENGTH, suffix=self.tr(" %"))
        self.strength = SliderRow(self.tr("Strength"), scale, self)
        self.strength.setMinimumWidth(_STRENGTH_WIDTH)
        self.strength.setToolTip(self.tr("How much the live picture changes what you paint"))
        self.seed = QLabel(self)
        self.words = ElidedLabel(parent=self)
        self.words.setMinimumWidth(_WORDS_WIDTH)
        self.draw_button = self._button("live.draw")
        self.apply_button = QPushButton(actions["live.apply"].iconText(), self)
        work_as(self.apply_button, actions["live.apply"])
        self.apply_button.setText(self.tr("Apply"))
        self.more = QToolButton(self)
        self._arrange()
        self.strength.value_changed.connect(lambda percent: self.strength_moved.emit(percent / 100))
        follow(self, painting.changed, self._show)
        follow(self, painting.framed, self._show)
        self._show()

    def _arrange(self) -> None:
        self.more.setIcon(icon("more"))
        self.more.setAccessibleName(self.tr("More for live painting"))
        self.more.setToolTip(self.tr("More for live painting"))
        row = self.row = OverflowRow(self.more, spacing=2 * GRID, parent=self)
        row.add(self.strength, 2, stays=True)
        row.add(self._seed_group())
        row.add(self._group(PLACES))
        row.add(self._button("live.record"))
        row.add(self.words, 3, stays=True)
        row.add(self.draw_button, stays=True)
        row.add(self.apply_button, stays=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        line.addWidget(row)

    def _seed_group(self) -> QWidget:
        """The seed between what steps it."""
        self.seed.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.seed.setFixedWidth(_SEED_WIDTH)
        group = self._group(("live.previous_seed", "live.next_seed"))
        line = group.layout()
        assert isinstance(line, QHBoxLayout)
        line.insertWidget(0, IconLabel(icon("seed"), self))
        line.insertWidget(2, self.seed)
        return group

    def _group(self, commands: tuple[str, ...]) -> QWidget:
        group = QWidget(self)
        line = QHBoxLayout(group)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for command in commands:
            line.addWidget(self._button(command))
        group.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return group

    def _button(self, command: str) -> QToolButton:
        button = stand_for(QToolButton(self), self._actions[command])
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys on the canvas
        return button

    def _show(self) -> None:
        painting = self._painting
        text = live_text(painting, keys_or_name(self._actions["live.draw"]))
        if text != self.words.text():
            self.words.setText(text)
        set_styled(self.words, "role", "muted" if painting.error is None else "danger")
        seed = str(painting.seed)
        if seed != self.seed.text():
            self.seed.setText(seed)
            self.seed.setToolTip(
                self.tr("Seed {seed}: each gives another picture of the same sketch").format(seed=seed)
            )
        self.draw_button.setVisible(painting.status in (LiveStatus.ON_DEMAND, LiveStatus.REFUSED))
        if round(100 * painting.strength, 2) != round(self.strength.value(), 2):
            self.strength.set_value(100 * painting.strength)
