"""One track at the left of the curve editor: its name, its value at the current frame, and the keyframe there."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.editing.animation import Key, Track, key_value, keys_of, problem_of, value_at
from studio.errors import SettingError
from studio.files.animation.project import AnimationProject
from studio.ui.animation.lanes import LANE_HEIGHT
from studio.ui.animation.track_names import track_help, track_name
from studio.ui.animation.value_field import ValueField
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme
from studio.ui.widgets.actions import with_keys
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.styled import set_styled

ROW_WIDTH: Final = 80 * GRID
_NAME_WIDTH: Final = 28 * GRID


class TrackRow(QWidget):
    """``add_key`` is the action that adds a keyframe.

    Signals: ``chosen()``; ``key_toggled(bool is_there)``; ``value_given(KeyValue)`` for the current frame."""

    chosen = Signal()
    key_toggled = Signal(bool)
    value_given = Signal(object)

    def __init__(self, track: Track, add_key: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._add_key = add_key
        self.track = track
        self._is_chosen = False
        self._has_key = False
        self._trouble = ""
        self._checked: tuple[tuple[Key, ...], int, float] | None = None
        self.key_button = QToolButton(self)
        self.name = ElidedLabel(track_name(track), self)
        self.field = ValueField(self)
        self.hint = QLabel(self)
        self._arrange()
        self.key_button.clicked.connect(lambda: self.key_toggled.emit(self._has_key))
        self.field.entered.connect(self.chosen)
        self.field.value_given.connect(self.value_given)
        self.field.problem_changed.connect(lambda _text: self._show_hint())

    def show_project(self, project: AnimationProject, frame: int, height: int, *, is_chosen: bool) -> None:
        """Show the track at a frame, in a row that is as high as its lane."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.update()
        self.setFixedHeight(height)
        keys = keys_of(project, self.track)
        here = next((key for key in keys if key.frame == frame), None)
        is_one_value = len(keys) == 1 and keys[0].frame == 0
        shown = keys[0] if is_one_value else here
        try:
            value = value_at(project, self.track, frame) if shown is None else key_value(shown)
        except SettingError:
            value = None
        self.field.show_value(self.track, value)
        looked_at = (keys, project.frames, project.fps)
        if looked_at != self._checked:  # a look at every frame, which takes its time in long animations
            self._checked = looked_at
            trouble = problem_of(project, self.track)
            self._trouble = "" if trouble is None else str(trouble)
        self._show_key(there=here is not None and not is_one_value)
        self._show_hint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.surface if self._is_chosen else theme.panel))
        if self._is_chosen:
            painter.fillRect(0, 0, 3, self.height(), QColor(theme.accent))
        painter.setPen(QColor(theme.border))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()
        event.accept()

    def _arrange(self) -> None:
        self.setFixedWidth(ROW_WIDTH)
        self.key_button.setAutoRaise(True)
        self.key_button.setIconSize(QSize(14, 14))
        self.key_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name.setFixedWidth(_NAME_WIDTH)
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.name.setToolTip(track_help(self.track))
        self.field.setAccessibleName(self.name.text())
        self.field.setToolTip(track_help(self.track))
        self.hint.setWordWrap(True)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        line = QHBoxLayout()
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        line.setSpacing(GRID)
        for widget in (self.key_button, self.name):
            line.addWidget(widget)
        line.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        holder = QWidget(self)
        holder.setLayout(line)
        holder.setFixedHeight(LANE_HEIGHT)
        column.addWidget(holder)
        self.hint.setContentsMargins(3 * GRID, 0, 2 * GRID, GRID)
        column.addWidget(self.hint, 1)

    def _show_key(self, *, there: bool) -> None:
        self._has_key = there
        self.key_button.setIcon(icon("keyframe-on" if there else "keyframe", "accent" if there else None))
        add = with_keys(self.tr("Add a keyframe at this frame"), self._add_key)
        text = self.tr("Remove the keyframe here") if there else add
        self.key_button.setToolTip(text)
        self.key_button.setAccessibleName(f"{self.name.text()}: {text}")

    def _show_hint(self) -> None:
        """What is wrong with what was typed or with the curve; else how the track is used."""
        wrong = self.field.problem or self._trouble
        self.field.mark(bool(wrong))
        self.field.setToolTip(wrong or track_help(self.track))
        self.hint.setVisible(self._is_chosen)
        self.hint.setText(wrong or self._usage())
        set_styled(self.hint, "role", "danger" if wrong else "muted")
        self.hint.setToolTip(wrong)

    def _usage(self) -> str:
        if self.track.kind != "number":
            return track_help(self.track)
        usage = self.tr("A number or a formula of f, t, n and fps.")
        if math.isfinite(self.track.minimum) and math.isfinite(self.track.maximum):
            low, high = f"{self.track.minimum:g}", f"{self.track.maximum:g}"
            usage = self.tr("{low} to {high}, or a formula of f, t, n and fps.").format(low=low, high=high)
        return "\n".join(filter(None, (track_help(self.track), usage)))
