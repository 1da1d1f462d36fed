"""The curve editor: tracks at the left, their curves beside them, the frames above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from studio.api import AnimationSpec
from studio.editing.animation import (
    KeyPlace,
    KeyValue,
    ProjectEditor,
    Track,
    add_key,
    edits,
    tracks_of,
    with_value,
    without_keys,
)
from studio.errors import SettingError
from studio.files.animation.project import AnimationProject
from studio.history import StepKind
from studio.ui.animation.curve_view import CurveView
from studio.ui.animation.frame_ruler import FrameRuler
from studio.ui.animation.lanes import MOST_ZOOM, TimeScale
from studio.ui.animation.track_row import ROW_WIDTH, TrackRow
from studio.ui.widgets.actions import ActionTable
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.following import follow
from studio.ui.widgets.notice_bar import error_text


class TrackPanel(QWidget):
    """Works on the project of an editor; ``modes`` are asked for what the project's mode keyframes.

    Signals: ``playhead_moved(int)`` by the user; ``message(str)`` says why an edit was not possible.
    """

    playhead_moved = Signal(int)
    message = Signal(str)

    def __init__(
        self,
        editor: ProjectEditor,
        modes: Callable[[], Mapping[str, AnimationSpec]],
        actions: ActionTable,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._add_key = actions["keyframes/key.add"]
        self._editor = editor
        self._modes = modes
        self._tracks: tuple[Track, ...] = ()
        self._track = "prompt"
        self._playhead = 0
        self._drawn = 0
        self._zoom, self._offset = 1.0, 0.0
        self.rows: dict[str, TrackRow] = {}
        self.view = CurveView(editor, actions, self)
        self.ruler = FrameRuler(self)
        self.caption = ElidedLabel(parent=self)
        self.scroll_bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._arrange()
        self._connect()
        self.refresh()

    @property
    def playhead(self) -> int:
        return self._playhead

    @property
    def track(self) -> str:
        """The id of the track that is worked on."""
        return self._track

    def tracks(self) -> tuple[Track, ...]:
        """Those of the project with its mode."""
        project = self._editor.project
        if project is None:
            return ()
        spec = self._modes().get(project.mode)
        return tracks_of(project, () if spec is None else spec.keyframed)

    def go_to(self, frame: int) -> None:
        """Show a frame, without a signal."""
        self._playhead = frame
        self.refresh()

    def show_drawn(self, count: int) -> None:
        """Mark how many frames from the first on are drawn."""
        self._drawn = count
        self._show_scale()

    def choose_track(self, track_id: str) -> None:
        self._track = track_id
        self.refresh()
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:  # nothing moves away under the mouse
            QTimer.singleShot(0, self, self._show_row)

    def _show_row(self) -> None:
        row = self.rows.get(self._track)
        if row is not None:
            self.area.ensureWidgetVisible(row, 0, 0)

    def refresh(self) -> None:
        """Show the editor's project anew."""
        project, tracks = self._editor.project, self.tracks()
        if tracks != self._tracks:
            self._tracks = tracks
            self._make_rows()
        if project is None:
            return
        if self._track not in self.rows:
            self._track = tracks[0].id
        self._playhead = min(self._playhead, project.frames - 1)
        self._show_scale()
        for lane in self.view.lanes:
            row = self.rows[lane.track.id]
            row.show_project(project, self._playhead, lane.height, is_chosen=lane.track.id == self._track)
        seconds = self._playhead / project.fps
        self.caption.setText(
            self.tr("Frame {frame} of {total} · {seconds} s").format(
                frame=self._playhead + 1, total=project.frames, seconds=f"{seconds:.2f}"
            )
        )

    def _arrange(self) -> None:
        self.caption.setProperty("role", "muted")
        self.caption.setContentsMargins(12, 0, 8, 0)
        self.caption.setFixedWidth(ROW_WIDTH)
        self._rows_column = QVBoxLayout()
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(0)
        holder = QWidget()
        both = QHBoxLayout(holder)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(self._rows_column)
        both.addWidget(self.view, 1, Qt.AlignmentFlag.AlignTop)
        column = QWidget()
        filled = QVBoxLayout(column)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.addWidget(holder)
        filled.addStretch(1)
        self.area = QScrollArea(self)
        self.area.setWidget(column)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.caption, 0, 0)
        grid.addWidget(self.ruler, 0, 1)
        grid.addWidget(self.area, 1, 0, 1, 2)
        grid.addWidget(self.scroll_bar, 2, 1)
        grid.setColumnMinimumWidth(0, ROW_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)

    def _connect(self) -> None:
        follow(self, self._editor.changed, self.refresh)
        for source in (self.view, self.ruler):
            source.playhead_moved.connect(self._move_playhead)
            source.zoom_asked.connect(self.zoom)
        self.view.track_chosen.connect(self.choose_track)
        self.view.message.connect(self.message)
        self.view.resized.connect(self._show_scale)
        self.scroll_bar.valueChanged.connect(self._scroll)

    # --- time -------------------------------------------------------------------------------------

    def zoom(self, factor: float, x: float) -> None:
        """Make frames wider or narrower about a pixel of the view."""
        at = self._scale().frame_at(x)
        self._zoom = min(max(self._zoom * factor, 1.0), MOST_ZOOM)
        scale = replace(self._scale(), offset=0.0)
        self._offset = scale.x(at) - x
        self._show_scale()

    def _scale(self) -> TimeScale:
        project = self._editor.project
        frames = 1 if project is None else project.frames
        scale = TimeScale(frames, max(1, self.view.width()), self._zoom)
        self._offset = min(max(self._offset, 0.0), float(scale.overhang))
        return replace(scale, offset=self._offset)

    def _show_scale(self) -> None:
        scale = self._scale()
        self.scroll_bar.blockSignals(True)
        self.scroll_bar.setRange(0, scale.overhang if scale.zoom > 1.0 else 0)
        self.scroll_bar.setPageStep(scale.width)
        self.scroll_bar.setValue(round(scale.offset))
        self.scroll_bar.blockSignals(False)
        self.scroll_bar.setVisible(scale.zoom > 1.0)
        self.ruler.show_scale(scale, self._playhead, self._drawn)
        self.view.show_project(self._tracks, self._track, self._playhead, scale)

    def _scroll(self, offset: int) -> None:
        self._offset = float(offset)
        self._show_scale()

    def _move_playhead(self, frame: int) -> None:
        if frame != self._playhead:
            self.go_to(frame)
            self.playhead_moved.emit(frame)

    # --- rows -------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        for row in self.rows.values():
            self._rows_column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {track.id: TrackRow(track, self._add_key, self) for track in self._tracks}
        for row in self.rows.values():
            self._rows_column.addWidget(row)
            self._connect_row(row)

    def _connect_row(self, row: TrackRow) -> None:
        row.chosen.connect(lambda: self.choose_track(row.track.id))
        row.value_given.connect(lambda value: self._set_value(row, value))
        row.key_toggled.connect(lambda is_there: self._toggle_key(row, is_there=is_there))
        row.field.left.connect(lambda: self.view.setFocus() if row.field.hasFocus() else None)

    def _set_value(self, row: TrackRow, value: KeyValue) -> None:
        self._edit(edits.SET_VALUE, lambda project: with_value(project, row.track, self._playhead, value))

    def _toggle_key(self, row: TrackRow, *, is_there: bool) -> None:
        frame, tracks = self._playhead, {row.track.id: row.track}
        self.choose_track(row.track.id)
        if is_there:
            self._edit(
                edits.DELETE_KEYS, lambda project: without_keys(project, tracks, [KeyPlace(row.track.id, frame)])
            )
        else:
            self._edit(edits.ADD_KEY, lambda project: add_key(project, row.track, frame))

    def _edit(self, kind: StepKind, change: Callable[[AnimationProject], AnimationProject]) -> None:
        project = self._editor.project
        if project is None:
            return
        try:
            self._editor.apply(kind, change(project))
        except SettingError as error:
            self.message.emit(error_text(error))
