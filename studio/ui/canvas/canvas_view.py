"""The canvas: shows the session's document and lets tools work on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGestureEvent, QSizePolicy, QWidget

from studio.document import Document, Pixels, Rect
from studio.session import Session
from studio.settings import OnionSkinSettings
from studio.ui.canvas.canvas_context import CanvasContext
from studio.ui.canvas.canvas_input import CanvasInput
from studio.ui.canvas.drops import FileDrops
from studio.ui.canvas.live_overlay import LiveOverlay
from studio.ui.canvas.remembered_views import RememberedViews
from studio.ui.canvas.tools.layer_options import PART, choose_part, chosen_part
from studio.ui.canvas.tools.mask_options import MASK_VIEW, mask_style
from studio.ui.canvas.tools.options import ToolOptions
from studio.ui.canvas.tools.registry import TOOLS, options_of_tools
from studio.ui.canvas.tools.tool import ChosenLayers, Section, Unfinished
from studio.ui.canvas.tools.toolbox import Toolbox
from studio.ui.canvas.tools.transform_options import WHAT
from studio.ui.canvas.view.backdrop import qrectf
from studio.ui.canvas.view.brush_cursor import FollowingOutline
from studio.ui.canvas.view.focus_ring import FocusRing
from studio.ui.canvas.view.frame import Frame
from studio.ui.canvas.view.gestures import scrolled_view, touched_view
from studio.ui.canvas.view.hint import FirstUseHint
from studio.ui.canvas.view.view_transform import ViewTransform, next_zoom, previous_zoom
from studio.ui.style.theme import current_theme
from studio.ui.widgets.following import follow


class CanvasView(QWidget):
    """Shows the document of a session and paints on it.

    Signals: ``zoom_changed(float)`` in device pixels per document pixel; ``cursor_moved(int, int)`` in document
    pixels, and ``cursor_left()`` when the pointer is gone; ``color_picked(QColor)``; ``tool_changed(str)``;
    ``mask_edited()`` after a step that changed the generation mask; ``mask_alone_changed(bool)`` when a layer's mask is
    shown in place of the picture, or no longer; ``message(str)`` with a translated text; ``files_dropped(list)`` with
    ``pathlib.Path`` items; ``work_began()`` when a tool is pressed that is not for looking only; ``asked(str)`` when a
    tool wants a command to be run.
    """

    zoom_changed = Signal(float)
    cursor_moved = Signal(int, int)
    cursor_left = Signal()
    color_picked = Signal(QColor)
    tool_changed = Signal(str)
    mask_edited = Signal()
    mask_alone_changed = Signal(bool)
    message = Signal(str)
    files_dropped = Signal(list)
    work_began = Signal()
    asked = Signal(str)

    def __init__(self, session: Session, options: ToolOptions | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.options = options or options_of_tools()
        self._context = CanvasContext(session, self.options, self)
        self.live = LiveOverlay(self._context)
        self._toolbox = Toolbox({tool.id: tool.make(tool, self._context) for tool in TOOLS})
        self._input = CanvasInput(self._context, self._toolbox, self)
        self._hint = FirstUseHint(session)
        self._frame = Frame(self)
        self._outline = FollowingOutline(self._frame.expose)
        self._views = RememberedViews(session, self._context, self)
        self._is_fitted = False
        self._ring = FocusRing(self.update)
        self._advance = QTimer(self, singleShot=True, interval=0)
        self._advance.timeout.connect(self._bring_up_to_date)
        self._set_up_widget()
        self._connect()

    def _set_up_widget(self) -> None:
        self.setAccessibleName(self.tr("Canvas"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grabGesture(Qt.GestureType.PinchGesture)
        self._show_mask_style()
        self._show_cursor()

    def _connect(self) -> None:
        context = self._context
        context.view_changed.connect(self._view_changed)
        context.redraw_requested.connect(self._redraw)
        context.color_picked.connect(self.color_picked)
        context.message.connect(self.message)
        context.mask_edited.connect(self.mask_edited)
        context.asked.connect(self.asked)
        context.arrived.connect(self._advance.start)
        context.mask_alone_changed.connect(self.mask_alone_changed)
        self.options.changed.connect(self._option_changed)
        FileDrops(self).dropped.connect(self.files_dropped)
        self._input.hovered.connect(self._hovered)
        self._input.cursor_changed.connect(self._show_cursor)
        self._views.leaving.connect(self._input.finish)  # what the hand does belongs to that document
        follow(self, self._session.document_changed, self._document_changed)
        follow(self, self._session.file_changed, self._look_at_hint)
        follow(self, self._session.queue.jobs_changed, self._jobs_changed)

    # --- tools ------------------------------------------------------------------------------------

    def set_tool(self, tool_id: str) -> None:
        """Choose a tool of `studio.ui.canvas.tools.registry.TOOLS`; ``KeyError`` for another id."""
        if tool_id == self.tool():
            self._toolbox.chosen.chosen()
            return
        self._toolbox.choose(tool_id)
        if self._toolbox.chosen.info.section is Section.MASK:
            self._outline_mask(False)
        self._show_cursor()
        self.tool_changed.emit(tool_id)

    def tool(self) -> str:
        """The id of the chosen tool."""
        return self._toolbox.chosen.info.id

    def follow_layers(self, chosen: ChosenLayers) -> None:
        """Ask for the layers that a tool for several of them works on."""
        self._context.chosen_layers = chosen

    def set_color(self, color: QColor, background: QColor | None = None) -> None:
        """Paint with this colour from the next stroke on; gradients end in the other one."""
        self._context.color, self._context.other_color = QColor(color), QColor(background or self._context.other_color)

    def color(self) -> QColor:
        """The colour that is painted with."""
        return QColor(self._context.color)

    def cancel_stroke(self) -> None:
        """Drop what the tool is doing, if anything."""
        self._input.cancel()

    def finish_stroke(self) -> None:
        """End what the tool is doing and keep it, for instance before saving."""
        self._input.finish()

    @property
    def is_stroke_active(self) -> bool:
        """Whether an action of a tool is under way."""
        return self._toolbox.active is not None

    def unfinished(self) -> Unfinished | None:
        """What the action under way would keep if it ended now."""
        return self._toolbox.so_far()

    # --- the view ---------------------------------------------------------------------------------

    def zoom(self) -> float:
        """Device pixels per document pixel."""
        return self._context.view.zoom

    def view_transform(self) -> ViewTransform:
        return self._context.view

    def set_view(self, view: ViewTransform) -> None:
        """Look at the picture in another way; the middle of the view stays on the canvas."""
        self._context.set_view(view)

    def zoom_in(self) -> None:
        self.zoom_to(next_zoom(self.zoom()))

    def zoom_out(self) -> None:
        self.zoom_to(previous_zoom(self.zoom()))

    def zoom_to(self, factor: float) -> None:
        """Zoom about the middle of the view; 1.0 is actual size."""
        self._context.set_view(self._context.view.zoomed(factor))

    def actual_size(self) -> None:
        self.zoom_to(1.0)

    def fit(self) -> None:
        """Show the whole canvas."""
        self._context.fit()

    def rotate_view(self, degrees: float) -> None:
        """Turn the view clockwise by ``degrees`` more."""
        self._context.set_view(self._context.view.rotated(self._context.view.angle + degrees))

    def mirror_view(self, mirrored: bool) -> None:
        """Show the picture mirrored, or not; the document stays as it is."""
        self._context.set_view(self._context.view.with_mirror(mirrored))

    def wrap_around(self, wrapped: bool) -> None:
        """Show the picture repeated around itself, with strokes that go on at the other side; or once."""
        self.finish_stroke()
        self._context.wrap(wrapped)

    @property
    def is_wrapped_around(self) -> bool:
        return self._context.picture.is_wrapped

    def reset_view(self) -> None:
        """No rotation, no mirror, the whole canvas."""
        self._context.set_view(self._context.view.rotated(0.0).with_mirror(False))
        self.fit()

    # --- what lies over the picture ---------------------------------------------------------------

    def set_hint(self, text: str) -> None:
        """Say on a picture that nothing was done to yet how to begin."""
        self._hint.text = text
        self.update()

    def set_live_preview(self, rect: Rect | None, pixels: Pixels | None, mask: Pixels | None = None) -> None:
        """Show a picture in the making over ``rect`` of the document, see `LivePreview.set`; ``None`` takes it away."""
        self._context.show_live_preview(rect, pixels, mask)

    def show_preview(self, document: Document | None) -> None:
        """Show how the document would look after something, such as a filter; ``None`` shows it as it is."""
        self._context.show_preview(document)

    def show_played(self, image: QImage | None) -> None:
        """Show a frame that is played in place of the document; ``None`` shows the document again."""
        self._context.picture.play(image)
        self.update()

    def show_mask_alone(self, shown: bool) -> None:
        """Show the active layer's mask in place of the picture, until another layer is active; or the picture."""
        self._context.show_mask_alone(shown)
        if shown:
            self._outline_mask(True)  # its colour would tint the greys

    @property
    def is_mask_alone(self) -> bool:
        """Whether a layer's mask is shown in place of the picture."""
        return self._context.is_mask_alone

    def set_onion_skin(self, settings: OnionSkinSettings) -> None:
        self._context.onion_skin.set_settings(settings)

    @property
    def is_settled(self) -> bool:
        """Whether all that is visible is painted as it is; large changes take a few frames."""
        return self._context.picture.is_settled(self._context.view)

    def settle(self) -> None:
        """Bring everything visible up to date at once, for a screenshot."""
        self._context.picture.prepare(self._context.view, whole=True)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        region = event.region()
        with self._frame.covering(region):
            self._toolbox.before_paint()
            self._bring_up_to_date()
        self._frame.paint(region, self._paint_part)

    def _bring_up_to_date(self) -> None:
        view = self._context.view
        for rect in self._context.picture.prepare(view):
            self._redraw(view.view_rect(qrectf(rect)))
        if self._context.picture.has_more:
            self._advance.start()

    def _paint_part(self, painter: QPainter, part: QRect) -> None:
        view = self._context.view
        self._context.picture.paint(painter, view, part, current_theme())
        if not self.live.is_shown:
            self._hint.paint(painter, self, view)
        self._toolbox.paint(painter)
        self._ring.paint(painter, self.rect())
        self._outline.paint(painter)

    def _redraw(self, area: QRect) -> None:
        for part in (self.rect(),) if area.isEmpty() else self._context.copies_of(area):
            self._frame.expose(part)
            if not part.intersects(self.rect()):
                self._advance.start()  # no paint will come of it

    # --- the pointer ------------------------------------------------------------------------------

    def _hovered(self) -> None:
        self._show_cursor()
        if self._input.position is None:
            self.cursor_left.emit()
        else:
            point = self._context.view.to_document(self._input.position)
            self.cursor_moved.emit(int(point.x() // 1), int(point.y() // 1))

    def _show_cursor(self) -> None:
        tool = self._toolbox.pointed(self._input.modifiers)
        if self.cursor().shape() != tool.cursor():
            self.setCursor(tool.cursor())
        diameter = tool.brush_diameter()
        self._outline.follow(self._input.position, None if diameter is None else diameter * self._context.view.scale)

    def _option_changed(self, group_id: str) -> None:
        if group_id in (PART.id, WHAT.id):
            self._toolbox.finish()
        elif group_id == MASK_VIEW.id:
            self._show_mask_style()
        self._show_cursor()

    def _show_mask_style(self) -> None:
        self._context.picture.set_mask_style(mask_style(self.options.values(MASK_VIEW.id)))
        self.update()

    # --- changes from outside ---------------------------------------------------------------------

    def _document_changed(self, old: Document, new: Document) -> None:
        if is_another := self._views.turn():
            self._input.cancel()
        self._look_at_hint()
        self._context.show(new)
        if not self._context.is_committing:
            self._toolbox.document_changed(new)
        same = old.active_id == new.active_id
        choose_part(self.options, chosen_part(self.options) if same else "pixels", new)
        if is_another:
            self._views.show()
        elif old.canvas != new.canvas:
            self.fit()

    def _look_at_hint(self) -> None:
        if self._hint.look():
            self.update()

    def _jobs_changed(self) -> None:
        self._look_at_hint()
        if self._session.queue.running_job is not None:
            self._outline_mask(True)

    def _outline_mask(self, only_edge: bool) -> None:
        """The mask's colour would tint a new result and its preview: it comes back with the next work on the mask."""
        if only_edge != self._context.picture.is_mask_outlined:
            self._context.picture.outline_mask(only_edge)
            self.update()

    def _view_changed(self) -> None:
        self.update()
        self._show_cursor()
        self.zoom_changed.emit(self.zoom())

    # --- Qt events --------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._input.wants_key(event):
            event.accept()
            return True
        if isinstance(event, QNativeGestureEvent | QGestureEvent):
            return self._gesture(event)
        if kind == QEvent.Type.UngrabMouse:
            self._input.let_go()
        elif kind in (QEvent.Type.DevicePixelRatioChange, QEvent.Type.ScreenChangeInternal):
            self._fit_view_to_widget()
        return super().event(event)

    def _gesture(self, event: QNativeGestureEvent | QGestureEvent) -> bool:
        view = touched_view(self._context.view, event, self)
        if view is not None and isinstance(event, QGestureEvent):
            self._input.drop_drag()
        self._context.set_view(view or self._context.view)
        return view is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_view_to_widget()

    def _fit_view_to_widget(self) -> None:
        self._context.resize_view(self.size(), self.devicePixelRatioF())
        if not self._is_fitted and not self.size().isEmpty():
            self._is_fitted = self.isVisible()
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring.go()
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._announce_work()
        self._input.mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def _announce_work(self) -> None:
        """Say that a tool goes to work that is not for looking only."""
        if not self._toolbox.pointed(self._input.modifiers).info.only_looks:
            self.work_began.emit()

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self._announce_work()
        self._input.pen(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._context.set_view(scrolled_view(self._context.view, event))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._input.key_release(event):
            super().keyReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._input.leave()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring.come(event.reason())
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._input.let_go()
        self._ring.go()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._input.let_go()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self.setAccessibleName(self.tr("Canvas"))
            self.update()
        super().changeEvent(event)
