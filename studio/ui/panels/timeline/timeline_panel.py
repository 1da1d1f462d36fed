"""The Timeline panel: the frames in a row, playing them, and the onion skin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from studio.document import (
    MAX_FPS,
    MAX_HOLD,
    MIN_FPS,
    CopiedFrames,
    Document,
    Layer,
    LoopMode,
    current_frame,
    frames,
    hold_of,
)
from studio.editing import timeline
from studio.errors import SettingError
from studio.session import Session
from studio.settings import OnionSkinSettings
from studio.ui.canvas.player import Player
from studio.ui.panels.thumbnails import Thumbnails
from studio.ui.panels.timeline.frame_delegate import FrameDelegate
from studio.ui.panels.timeline.frame_model import FrameModel
from studio.ui.panels.timeline.frame_strip import FrameStrip
from studio.ui.panels.timeline.onion_menu import OnionMenu
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.actions import ActionTable, stand_for
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.following import follow
from studio.ui.widgets.icon_label import IconLabel
from studio.ui.widgets.notice_bar import error_text
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.slider_row import ValueSpin
from studio.ui.widgets.wheel_guard import guard_wheel

_WIDTH: Final = 200 * GRID
_MOVES: Final = ("first", "previous", "play", "next", "last")
_EDITS: Final = ("add", "duplicate", "delete", "reverse")
_MENU: Final = (
    *("add", "duplicate", "delete", ""),
    *("cut", "copy", "paste", ""),
    *("reverse", "", "remove"),
)


class TimelinePanel(QWidget):
    """Works on the frames of a session's document. ``actions`` holds the actions "timeline.…" of the window.

    Signals: ``message(str)`` says why an edit was not possible; ``onion_skin_changed(OnionSkinSettings)`` by the user.
    """

    message = Signal(str)
    onion_skin_changed = Signal(object)

    def __init__(
        self,
        session: Session,
        player: Player,
        actions: ActionTable,
        *,
        onion_skin: OnionSkinSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self.copied: CopiedFrames | None = None
        self._showing = False
        self._edit_number = 0
        self.player = player
        self.model = FrameModel(session, self)
        self.strip = FrameStrip(session, self.model, self)
        self.thumbnails = Thumbnails(self)
        self.delegate = FrameDelegate(self._picture, self.strip)
        self.strip.setItemDelegate(self.delegate)
        self.counter = QLabel(self)
        self.hold = ValueSpin(self)
        self.fps = _RateSpin(self)
        self.loop = SegmentedButtons(self)
        self.make_button = QPushButton(icon("timeline"), self.tr("Make Timeline"), self)
        self.onion_menu = OnionMenu(onion_skin, self)
        self._arrange()
        self._connect()
        self._show_document(session.document)

    def onion_skin(self) -> OnionSkinSettings:
        return self.onion_menu.settings

    def show_onion_skin(self, is_shown: bool) -> None:
        """Switch the onion skin on or off."""
        self.onion_menu.show_settings(self.onion_menu.settings.with_changes(enabled=is_shown))
        self.onion_skin_changed.emit(self.onion_menu.settings)

    def sizeHint(self) -> QSize:
        """One row of controls above one of frames: a new dock would make room for controls that wrap."""
        return QSize(_WIDTH, self.minimumSizeHint().height())

    # --- building ---------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty_page())
        self._stack.addWidget(self._frames_page())

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        guide = QLabel(self.tr("Make frames of the selected layers, and draw an animation frame by frame."), page)
        guide.setProperty("role", "muted")
        guide.setWordWrap(True)
        guide.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(page)
        column.setSpacing(2 * GRID)
        column.addStretch(1)
        column.addWidget(guide)
        column.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _frames_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(GRID, GRID, GRID, GRID)
        top.addWidget(self._bar())
        column.addLayout(top)
        column.addWidget(self.strip, 1)
        return page

    def _bar(self) -> QWidget:
        """Groups of controls in one row, or in more where the window is narrow."""
        bar = _Rows(self)
        flow = FlowLayout(bar, 3 * GRID)
        self._set_up_fields()
        self.onion_button = QToolButton(self)
        self.onion_button.setIcon(icon("sliders"))
        self.onion_button.setToolTip(self.tr("Settings of the onion skin"))
        self.onion_button.setAccessibleName(self.tr("Settings of the onion skin"))
        self.onion_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.onion_button.setMenu(self.onion_menu)
        for widgets in (
            (*map(self._button, _MOVES), self.counter),
            tuple(map(self._button, _EDITS)),
            (self._field_icon("frame-hold", self.hold), self.hold),
            (self.fps, self.loop),
            (self._button("onion_skin"), self.onion_button),
        ):
            flow.addWidget(_grouped(bar, widgets))
        return bar

    def _button(self, name: str) -> QToolButton:
        action = self._actions[f"timeline.{name}"]
        button = stand_for(QToolButton(self), action)
        button.setObjectName(name)
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return button

    def _field_icon(self, icon_name: str, field: QWidget) -> IconLabel:
        label = IconLabel(icon(icon_name), self)
        label.setToolTip(field.toolTip())
        label.setBuddy(field)
        return label

    def _set_up_fields(self) -> None:
        self.counter.setProperty("role", "muted")
        self.counter.setMinimumWidth(self.fontMetrics().horizontalAdvance("000 / 000"))
        self.counter.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hold.setDecimals(0)
        self.hold.setRange(1, MAX_HOLD)
        self.hold.setPrefix("×")
        self.hold.setToolTip(self.tr("For how many ticks the selected frames are held"))
        self.hold.setAccessibleName(self.tr("Hold"))
        self.fps.setRange(MIN_FPS, MAX_FPS)
        self.fps.setSuffix(self.tr(" fps"))
        self.fps.setToolTip(self.tr("Frames a second"))
        self.fps.setAccessibleName(self.tr("Frames a second"))
        for spin in (self.hold, self.fps):
            spin.setKeyboardTracking(False)
            spin.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            guard_wheel(spin)
        for mode, icon_name, text in (
            (LoopMode.LOOP, "loop", self.tr("Play round and round")),
            (LoopMode.PING_PONG, "ping-pong", self.tr("Play there and back")),
            (LoopMode.ONCE, "loop-once", self.tr("Play once")),
        ):
            self.loop.add(mode.value, text, icon=icon(icon_name))

    def _connect(self) -> None:
        follow(self, self._session.document_changed, self._document_changed)
        self.thumbnails.ready.connect(self.strip.viewport().update)
        self.strip.command.connect(lambda name: self._actions[f"timeline.{name}"].trigger())
        self.strip.chosen_changed.connect(self._show_hold)
        self.strip.customContextMenuRequested.connect(self._show_context_menu)
        self.make_button.clicked.connect(self._actions["timeline.make"].trigger)
        self.hold.valueChanged.connect(self._guarded(self._set_hold))
        self.fps.valueChanged.connect(self._guarded(self._set_rate))
        for spin in (self.hold, self.fps):
            spin.editingFinished.connect(self._end_of_edit)
        self.loop.value_changed.connect(self._guarded(self._set_loop))
        self.onion_menu.settings_changed.connect(self.onion_skin_changed)
        self.player.playing_changed.connect(self._show_playing)
        self.player.frame_changed.connect(self._show_played_frame)

    # --- following --------------------------------------------------------------------------------

    def _document_changed(self, _old: Document, new: Document) -> None:
        self._show_document(new)

    def _show_document(self, document: Document) -> None:
        every, shown = frames(document), current_frame(document)
        self._stack.setCurrentIndex(1 if every else 0)
        self.delegate.current = shown
        self.delegate.canvas = QSize(document.width, document.height)
        self.strip.follow_document(document)
        self.thumbnails.keep_only({frame.id for frame in every})
        if document.timeline is None or shown is None:
            return
        self.counter.setText(f"{shown + 1} / {len(every)}")
        self._showing = True
        self.fps.setValue(document.timeline.fps)
        self.loop.set_value(document.timeline.loop.value)
        self._showing = False
        self._show_hold()

    def _show_hold(self) -> None:
        chosen = self.strip.chosen_ids()
        if chosen:
            self._showing = True
            self.hold.setValue(hold_of(self._session.document, chosen[0]))
            self._showing = False

    def _show_playing(self, is_playing: bool) -> None:
        self._actions["timeline.play"].setIcon(icon("pause" if is_playing else "play"))

    def _show_played_frame(self, index: int) -> None:
        self.delegate.playing = index if index >= 0 else None
        row = index if index >= 0 else current_frame(self._session.document)
        if row is not None:
            self.strip.scrollTo(self.model.index(row))
            self.counter.setText(f"{row + 1} / {self.model.rowCount()}")
        self.strip.viewport().update()

    def _picture(self, frame: Layer) -> QPixmap | None:
        # A paint layer is another object whenever it is shown or hidden; its pixels are not.
        source = frame if frame.raster is None else frame.raster
        return self.thumbnails.pixmap(frame.id, source, self._session.document.canvas)

    # --- actions ----------------------------------------------------------------------------------

    def _guarded(self, act: Callable[[], object]) -> Callable[..., None]:
        """Run an action of the user's; what it refuses is said, not raised."""

        def run(*_values: Any) -> None:
            if self._showing:
                return
            try:
                act()
            except SettingError as error:
                self.message.emit(error_text(error))

        return run

    def _set_hold(self) -> None:
        chosen = self.strip.chosen_ids()
        key = f"hold:{','.join(chosen)}:{self._edit_number}"
        timeline.hold(self._session, chosen, round(self.hold.value()), key)

    def _set_rate(self) -> None:
        timeline.rate(self._session, self.fps.value(), f"fps:{self._edit_number}")

    def _set_loop(self) -> None:
        timeline.loop(self._session, LoopMode(self.loop.value()))

    def _end_of_edit(self) -> None:
        self._edit_number += 1

    def fill_menu(self, menu: QMenu) -> None:
        """Put what can be done with the selected frames into ``menu``."""
        for name in _MENU:
            if name:
                menu.addAction(self._actions[f"timeline.{name}"])
            else:
                menu.addSeparator()

    def _show_context_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.strip.viewport().mapToGlobal(position))


class _Rows(QWidget):
    """As high as its rows need: a dock does not ask how high its contents are at a width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(layout.heightForWidth(self.width()))


def _grouped(parent: QWidget, widgets: Iterable[QWidget]) -> QWidget:
    """Widgets close together, which stay in one row."""
    group = QWidget(parent)
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    for widget in widgets:
        row.addWidget(widget)
    return group


class _RateSpin(ValueSpin):
    """Frames a second, without zeros after the point."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDecimals(3)

    def textFromValue(self, value: float) -> str:
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text
