"""Turns the canvas widget's events into pointers and keys for the tools."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QTabletEvent

from studio.ui.canvas.canvas_context import CanvasContext
from studio.ui.canvas.tools.brush_resize import stepped_diameter
from studio.ui.canvas.tools.toolbox import Toolbox
from studio.ui.canvas.view.pointer import Pointer, mouse_pointer, tablet_pointer

_SIZE_KEYS: Final = {Qt.Key.Key_BracketLeft: False, Qt.Key.Key_BracketRight: True}
_ARROWS: Final = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


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
        """A pen press, move or release. Accepted, so that Qt makes no mouse event of it."""
        pointer = tablet_pointer(event, self._context.view)
        if event.type() == QEvent.Type.TabletPress:
            self._watch_pen(True)
            self._toolbox.press(pointer)
        elif event.type() == QEvent.Type.TabletRelease:
            self._toolbox.release(pointer)
            self._watch_pen(False)
        else:
            self._toolbox.move(pointer)
        event.accept()
        self._note(pointer)

    def leave(self) -> None:
        """The pointer left the widget."""
        self.position = None
        self.hovered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the stroke of a pen that went out of reach without a release."""
        if event.type() == QEvent.Type.TabletLeaveProximity:
            self.finish()
        return super().eventFilter(watched, event)

    def finish(self) -> None:
        """The widget lost the pointer or the focus: keep what the tool has done."""
        self._watch_pen(False)
        self._toolbox.is_panning_key_down = False
        self._toolbox.finish()
        self.cursor_changed.emit()

    def cancel(self) -> None:
        """Drop what the tool is doing."""
        self._watch_pen(False)
        self._toolbox.cancel()
        self.cursor_changed.emit()

    # --- keys -------------------------------------------------------------------------------------

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key must not become a shortcut of the window."""
        if self._toolbox.active is not None:
            return True
        return self._toolbox.chosen.id == "move" and event.key() in _ARROWS

    def key_press(self, event: QKeyEvent) -> bool:
        """Returns whether the key was used."""
        self._note_modifiers(event, pressed=True)
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._set_panning(True)
            return True
        if self._toolbox.active is not None:
            self._key_during_action(event)
            return True
        if event.key() in _SIZE_KEYS and self._toolbox.chosen.brush_diameter() is not None:
            self._step_size(larger=_SIZE_KEYS[Qt.Key(event.key())])
            return True
        return self._toolbox.chosen.key(event.key(), event.modifiers())

    def key_release(self, event: QKeyEvent) -> bool:
        """Returns whether the key was used."""
        self._note_modifiers(event, pressed=False)
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._set_panning(False)
            return True
        return False

    def _key_during_action(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (control and event.key() == Qt.Key.Key_Z):
            self.cancel()
        elif self._toolbox.active is not None:
            self._toolbox.active.key(event.key(), event.modifiers())

    def _step_size(self, *, larger: bool) -> None:
        tool_id = self._toolbox.chosen.id
        settings = self._context.brush(tool_id)
        diameter = stepped_diameter(settings.diameter, larger=larger)
        self._context.change_brush(tool_id, settings.model_copy(update={"diameter": diameter}))

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
