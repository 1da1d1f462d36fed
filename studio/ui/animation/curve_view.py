"""The curves of an animation project, one lane a track: keyframes are added, chosen, dragged and deleted here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from studio.editing.animation import (
    Key,
    KeyPlace,
    ProjectEditor,
    Track,
    edits,
    key_value,
    value_text,
)
from studio.errors import SettingError
from studio.files.animation.project import AnimationProject
from studio.ui.animation.curve_keys import CurveKeys
from studio.ui.animation.curve_menus import EmptyPlaceMenu, KeyMenu
from studio.ui.animation.frame_ruler import zoom_of
from studio.ui.animation.key_drag import SLACK, KeyDrag, key_at_place, place_at, places_of
from studio.ui.animation.key_edits import KeyEdits
from studio.ui.animation.lane_painter import LanePicture, key_point, paint_frame, paint_lane, paint_playhead
from studio.ui.animation.lanes import Lane, TimeScale, lanes_of
from studio.ui.animation.track_names import interpolation_name, track_name
from studio.ui.animation.value_field import ValueField
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, keys_or_name
from studio.ui.widgets.notice_bar import error_text


class CurveView(QWidget):
    """Shows the project of an editor. All edits are steps of the editor.

    Signals: ``track_chosen(str)``; ``chosen_changed()`` when other keyframes are chosen; ``playhead_moved(int)`` by
    the user; ``zoom_asked(float factor, float x)``;
    ``message(str)`` says why an edit was not possible.
    """

    track_chosen = Signal(str)
    chosen_changed = Signal()
    playhead_moved = Signal(int)
    zoom_asked = Signal(float, float)
    resized = Signal()
    message = Signal(str)

    def __init__(self, editor: ProjectEditor, actions: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._actions = actions
        self._tracks: dict[str, Track] = {}
        self._chosen: frozenset[KeyPlace] = frozenset()
        self._scale = TimeScale(1, 1)
        self._track = ""
        self._playhead = 0
        self._drag: KeyDrag | None = None
        self._dragged: AnimationProject | None = None
        self._rubber = QRectF()
        self._lanes: tuple[Lane, ...] = ()
        self._laid_out: tuple[AnimationProject | None, tuple[Track, ...], str] = (None, (), "")
        self._was_chosen = False
        self._field: ValueField | None = None
        self.edits = KeyEdits(editor, self)
        self.keys = CurveKeys(self, self.edits)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Keyframes"))

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return self._lanes

    @property
    def scale(self) -> TimeScale:
        return self._scale

    @property
    def chosen(self) -> frozenset[KeyPlace]:
        """The chosen keyframes."""
        return self._chosen

    @property
    def track(self) -> Track | None:
        """The track that is worked on."""
        return self._tracks.get(self._track)

    @property
    def tracks(self) -> Mapping[str, Track]:
        """Every track by its id, in their order."""
        return self._tracks

    @property
    def playhead(self) -> int:
        return self._playhead

    @property
    def last_frame(self) -> int:
        return self._scale.frames - 1

    @property
    def is_dragging(self) -> bool:
        return self._drag is not None

    def show_project(self, tracks: tuple[Track, ...], track: str, playhead: int, scale: TimeScale) -> None:
        """Show the editor's project as it is now, with a track to work on."""
        project = self._editor.project
        self._playhead, self._scale = playhead, scale
        if (project, tracks, track) == self._laid_out:
            self.update()
            return
        self._laid_out = (project, tracks, track)
        self._tracks = {shown.id: shown for shown in tracks}
        self._track = track
        if project is None:
            self._lanes, self._chosen = (), frozenset()
        else:
            self._lanes = lanes_of(project, tracks, track)
            self._chosen &= set(self.places())
        self.setFixedHeight(self._lanes[-1].bottom if self._lanes else 0)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(100 * GRID, self.height())

    def place_of(self, place: KeyPlace) -> QPoint:
        """The pixel of a keyframe's mark."""
        lane, key = self._lane_of(place.track), self._key(place)
        assert lane is not None
        assert key is not None
        return key_point(lane, key, self._picture()).toPoint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._lanes:
            return
        picture = self._picture()
        for lane in self._lanes:
            if lane.top <= event.rect().bottom() and lane.bottom >= event.rect().top():
                paint_lane(painter, lane, picture)
        paint_playhead(painter, picture, self.height())
        if not self._rubber.isEmpty():
            paint_frame(painter, self._rubber, Qt.PenStyle.DotLine)
        lane_now = self._lane_of(self._track)
        if self.hasFocus() and lane_now is not None:
            paint_frame(painter, QRectF(0, lane_now.top, self.width() - 1, lane_now.height - 1))

    # --- editing ----------------------------------------------------------------------------------

    def edit_in_place(self, place: KeyPlace) -> None:
        """Open a field over a keyframe in which its value is typed."""
        lane, key = self._lane_of(place.track), self._key(place)
        if lane is None or key is None:
            return
        self._close_field()
        opened = ValueField(self)
        opened.show_value(lane.track, key_value(key))
        point = self.place_of(place)
        width = min(self.width() - 2 * GRID, (60 if lane.track.kind == "text" else 40) * GRID)
        height = opened.sizeHint().height()
        left = min(max(point.x() - GRID, GRID), self.width() - width - GRID)
        opened.setGeometry(left, lane.top + (lane.height - height) // 2, width, height)
        opened.value_given.connect(lambda value: self.attempt(lambda: self.edits.set_value(place, value)))
        opened.left.connect(self._close_field)
        opened.problem_changed.connect(lambda text: self.message.emit(text) if text else None)
        self._field = opened
        opened.show()
        opened.setFocus()
        opened.selectAll()

    def _close_field(self) -> None:
        opened, self._field = self._field, None
        if opened is not None:
            opened.hide()
            opened.deleteLater()
            self.setFocus()

    def attempt(self, act: Callable[[], object]) -> None:
        """Do something to the project, or say why not."""
        try:
            act()
        except SettingError as error:
            self.message.emit(error_text(error))

    def choose(self, places: frozenset[KeyPlace]) -> None:
        """Have these keyframes chosen."""
        self._chosen = places
        self.chosen_changed.emit()
        self.update()

    def choose_track(self, track: str) -> None:
        """Work on another track."""
        if track != self._track:
            self._track = track
            self.track_chosen.emit(track)

    # --- mouse ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._field is not None and self._field.problem:
            self._field.setFocus()  # what was typed there waits to be mended
            return
        self._close_field()
        place = self._key_at(event.position())
        lane = self._lane_at(event.position().y())
        if lane is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._was_chosen = lane.track.id == self._track
        adds = bool(event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))
        before = self._chosen
        if place is None:
            self.choose(before if adds else frozenset())
        elif adds:
            self.choose(before ^ {place})
        elif place not in before:
            self.choose(frozenset({place}))
        self._drag = KeyDrag(
            start=event.position(),
            lane=lane,
            place=place if place in self._chosen else None,
            places=self._chosen,
            before=before,
        )
        if place is None:
            self.choose_track(lane.track.id)  # for a keyframe when it is let go: the lane grows with it

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag = self._drag
        if drag is None:
            self._show_cursor(event.position())
            return
        moved = event.position() - drag.start
        if self._dragged is None and self._rubber.isEmpty() and moved.manhattanLength() < SLACK:
            return
        if drag.place is None:
            self._rubber = QRectF(drag.start, event.position()).normalized()
            inside = frozenset(place for place in self.places() if self._rubber.contains(self.place_of(place)))
            base = drag.before if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else frozenset()
            self.choose(base | inside)
            return
        self._drag_keys(drag, event)

    def _drag_keys(self, drag: KeyDrag, event: QMouseEvent) -> None:
        project, place = self._editor.project, drag.place
        if project is None or place is None:
            return
        is_straight = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._dragged, self._chosen = drag.moved(
            project, self._tracks, event.position(), self._scale, is_straight=is_straight
        )
        self._tell_drag(place, drag.frames_moved(event.position(), self._scale), event)
        self.update()

    def _tell_drag(self, place: KeyPlace, by_frames: int, event: QMouseEvent) -> None:
        frame = min((chosen.frame for chosen in self._chosen if chosen.track == place.track), default=0)
        if len(self._chosen) > 1:
            frame = place.frame + by_frames
        key = self._key(KeyPlace(place.track, frame))
        if key is not None:
            QToolTip.showText(event.globalPosition().toPoint(), self._said(frame, key)[:90], self)

    def _said(self, frame: int, key: Key | None) -> str:
        value = "" if key is None else value_text(key_value(key))
        return self.tr("Frame {frame}: {value}").format(frame=frame + 1, value=value)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, project = self._drag, self._dragged
        self._drag, self._dragged, self._rubber = None, None, QRectF()
        if drag is not None and project is not None:
            self._editor.apply(edits.MOVE_KEYS, project)
        if drag is not None and drag.place is not None:
            self.choose_track(drag.place.track)
        self.update()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place, lane = self._key_at(event.position()), self._lane_at(event.position().y())
        self._drag = None
        if event.button() != Qt.MouseButton.LeftButton or lane is None:
            return
        if place is not None:
            self.choose(frozenset({place}))
            self.edit_in_place(place)
            return
        frame = self._scale.nearest(event.position().x())
        is_number = lane.track.kind == "number"
        self.choose_track(lane.track.id)
        # A lane that the first click made taller was not clicked at a value.
        value = lane.value_at(event.position().y()) if is_number and self._was_chosen else None
        self.attempt(lambda: self.edits.add(frame, value))
        made = KeyPlace(lane.track.id, frame)
        if not is_number and made in self._chosen:
            self.edit_in_place(made)

    def wheelEvent(self, event: QWheelEvent) -> None:
        zoom = zoom_of(event)
        if zoom:
            self.zoom_asked.emit(zoom, event.position().x())

    # --- keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.keys.press(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def go_to(self, frame: int) -> None:
        """Ask for the playhead at a frame, or at the end that is nearest to it."""
        self.playhead_moved.emit(min(max(frame, 0), self.last_frame))

    def drop_drag(self) -> None:
        """Leave everything as it was before the drag."""
        if self._drag is not None:
            self._chosen = self._drag.places
        self._drag, self._dragged, self._rubber = None, None, QRectF()
        self.update()

    # --- menu -------------------------------------------------------------------------------------

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        position = QPointF(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self._chosen:
            position = QPointF(self.place_of(min(self._chosen)))
        place, lane = self._key_at(position), self._lane_at(position.y())
        if lane is None:
            return
        if place is not None and place not in self._chosen:
            self.choose(frozenset({place}))
        self.choose_track(lane.track.id)
        menu = self.menu_for(place, self._scale.nearest(position.x()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(position.toPoint()))

    def menu_for(self, place: KeyPlace | None, frame: int) -> QMenu:
        """What can be done with the chosen keyframes, or at an empty place of the track."""
        return EmptyPlaceMenu(self, self.edits, frame, self) if place is None else KeyMenu(self._actions, self)

    # --- events -----------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _show_tip(self, event: QHelpEvent) -> None:
        place, lane = self._key_at(QPointF(event.pos())), self._lane_at(event.pos().y())
        if place is not None:
            key = self._key(place)
            way = "" if key is None else interpolation_name(key.interpolation)
            QToolTip.showText(event.globalPos(), f"{self._said(place.frame, key)}\n{way}", self)
        elif lane is not None:
            hint = self.tr("Double-click adds a keyframe ({keys} at the current frame); drag moves it").format(
                keys=keys_or_name(self._actions["keyframes/key.add"])
            )
            QToolTip.showText(event.globalPos(), f"{track_name(lane.track)}\n{hint}", self)

    def _show_cursor(self, position: QPointF) -> None:
        over = self._key_at(position) is not None
        self.setCursor(Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.ArrowCursor)

    # --- looking up -------------------------------------------------------------------------------

    def _picture(self) -> LanePicture:
        project = self._dragged or self._editor.project
        assert project is not None
        return LanePicture(
            project=project, scale=self._scale, chosen=self._chosen, track=self._track, playhead=self._playhead
        )

    def _lane_at(self, y: float) -> Lane | None:
        return next((lane for lane in self._lanes if lane.top <= y < lane.bottom), None)

    def _lane_of(self, track_id: str) -> Lane | None:
        return next((lane for lane in self._lanes if lane.track.id == track_id), None)

    def places(self) -> list[KeyPlace]:
        """Every keyframe that is shown."""
        return places_of(self._editor.project, self._lanes)

    def _key(self, place: KeyPlace) -> Key | None:
        project = self._dragged or self._editor.project
        return None if project is None else key_at_place(project, self._tracks, place)

    def _key_at(self, position: QPointF) -> KeyPlace | None:
        lane = self._lane_at(position.y())
        return None if lane is None or self._editor.project is None else place_at(lane, self._picture(), position)
