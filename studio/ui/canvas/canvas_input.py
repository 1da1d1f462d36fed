"""Turns the canvas widget's events into pointers and keys for the tools."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QTabletEvent

from studio.ui.canvas.canvas_context import CanvasContext
from studio.ui.canvas.tools.toolbox import Toolbox
from studio.ui.canvas.view.pointer import Pointer, mouse_pointer, tablet_pointer


class CanvasInput(QObject):
    """Feeds a `Toolbox`.

    Signals: ``hovered()`` after every pointer event, ``cursor_changed()`` when another tool may take the
    pointer. While a tool acts, all keys go to it, so that no shortcut changes the document under a stroke.
    """

    hovered = Signal()
    cursor_changed = Signal()

    def __init__(self, context: CanvasContext, toolbox: Toolbox, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._toolbox = toolbox
        self._watches_pen = False
        self._pen = 0
        self.position: QPointF | None = None
        self.modifiers = Qt.KeyboardModifier.NoModifier

    # --- mouse and pen ----------------------------------------------------------------------------

    def mouse(self, event: QMouseEvent) -> None:
        """A mouse press, move, release or double click."""
        pointer = mouse_pointer(event, self._context.view)
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._toolbox.press(pointer)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._toolbox.release(pointer)
        else:
            self._toolbox.move(pointer)
        self._note(pointer)

    def pen(self, event: QTabletEvent) -> None:
        """A pen press, move or release. Accepted, so that Qt makes no mouse event of it.

        While one pen paints, another does nothing.
        """
        event.accept()
        pen = event.pointingDevice().uniqueId().numericId()
        if self._watches_pen and pen != self._pen:
            return
        self._pen = pen
        pointer = tablet_pointer(event, self._context.view)
        if event.type() == QEvent.Type.TabletPress:
            self._watch_pen(True)
            self._toolbox.press(pointer)
        elif event.type() == QEvent.Type.TabletRelease:
            self._toolbox.release(pointer)
            self._watch_pen(False)
        else:
            self._toolbox.move(pointer)
        self._note(pointer)

    def leave(self) -> None:
        """The pointer left the widget."""
        self.position = None
        self.hovered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the stroke of a pen that went out of reach without a release."""
        if event.type() == QEvent.Type.TabletLeaveProximity:
            self.let_go()
        return super().eventFilter(watched, event)

    def let_go(self) -> None:
        """The widget lost the pointer or the focus: as a release."""
        self._watch_pen(False)
        self._toolbox.is_panning_key_down = False
        self._toolbox.end_drag()
        self.cursor_changed.emit()

    def finish(self) -> None:
        """Keep what the tool has done, and end it."""
        self.let_go()
        self._toolbox.finish()

    def drop_drag(self) -> None:
        """Drop what is done between press and release."""
        self._watch_pen(False)
        self._toolbox.drop_drag()
        self.cursor_changed.emit()

    def cancel(self) -> None:
        """Drop what the tool is doing."""
        self._watch_pen(False)
        self._toolbox.cancel()
        self.cursor_changed.emit()

    # --- keys -------------------------------------------------------------------------------------

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key must not become a shortcut of the window."""
        tool = self._toolbox.active or self._toolbox.chosen
        return tool.wants_key(event.key(), event.modifiers())

    def key_press(self, event: QKeyEvent) -> bool:
        """Returns whether the key was used."""
        self._note_modifiers(event, pressed=True)
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._set_panning(True)
            return True
        active = self._toolbox.active
        if active is None:
            return self._toolbox.chosen.key(event.key(), event.modifiers())
        is_wanted = active.wants_key(event.key(), event.modifiers())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if active.key(event.key(), event.modifiers()):
            self.cursor_changed.emit()
        elif event.key() == Qt.Key.Key_Escape or (control and event.key() == Qt.Key.Key_Z):
            self.cancel()
        return is_wanted

    def key_release(self, event: QKeyEvent) -> bool:
        """Returns whether the key was used."""
        self._note_modifiers(event, pressed=False)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._set_panning(False)
            return True
        return False

    def _set_panning(self, down: bool) -> None:
        self._toolbox.is_panning_key_down = down
        self.cursor_changed.emit()

    def _note(self, pointer: Pointer) -> None:
        self.position = pointer.view
        self.modifiers = pointer.modifiers
        self.hovered.emit()

    def _note_modifiers(self, event: QKeyEvent, *, pressed: bool) -> None:
        modifiers = event.modifiers()
        if event.key() == Qt.Key.Key_Alt:
            alt = Qt.KeyboardModifier.AltModifier
            modifiers = modifiers | alt if pressed else modifiers & ~alt
        if modifiers != self.modifiers:
            self.modifiers = modifiers
            self.cursor_changed.emit()

    def _watch_pen(self, watch: bool) -> None:
        app = QGuiApplication.instance()
        if app is None or watch == self._watches_pen:
            return
        self._watches_pen = watch
        if watch:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)
