"""The View menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.style.actions import Actions

TURN_DEGREES: Final = 15.0


class ViewActions(QObject):
    """Zoom, rotation and mirror of the canvas, and the full screen."""

    def __init__(self, canvas: CanvasView, actions: Actions, window: QMainWindow) -> None:
        super().__init__(window)
        self._canvas = canvas
        self._actions = actions
        self._window = window
        canvas.mask_alone_changed.connect(actions["layer.mask_alone"].setChecked)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        canvas = self._canvas
        return {
            "view.zoom_in": canvas.zoom_in,
            "view.zoom_out": canvas.zoom_out,
            "view.fit": canvas.fit,
            "view.actual_size": canvas.actual_size,
            "view.rotate_left": lambda: canvas.rotate_view(-TURN_DEGREES),
            "view.rotate_right": lambda: canvas.rotate_view(TURN_DEGREES),
            "view.mirror": lambda: canvas.mirror_view(self._actions["view.mirror"].isChecked()),
            "view.reset": self._reset,
            "view.full_screen": self._toggle_full_screen,
            "layer.mask_alone": lambda: canvas.show_mask_alone(self._actions["layer.mask_alone"].isChecked()),
        }

    def _reset(self) -> None:
        self._actions["view.mirror"].setChecked(False)
        self._canvas.reset_view()

    def _toggle_full_screen(self) -> None:
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()
        self._actions["view.full_screen"].setChecked(self._window.isFullScreen())
