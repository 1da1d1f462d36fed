"""A sign in the corner of the canvas while the view is mirrored or turned, so that nobody wonders about the picture."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QToolButton

from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.rulers import THICKNESS
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID


class ViewSign(QToolButton):
    """Says how the view differs from the picture; a click has it upright again."""

    def __init__(self, canvas: CanvasView) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(16, 16))
        self.setProperty("role", "sign")
        self.setToolTip(self.tr("The view is not as the picture is. Click to look at it upright."))
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.clicked.connect(self._set_upright)
        canvas.zoom_changed.connect(self._show_view)
        canvas.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._canvas and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show_view(self) -> None:
        view = self._canvas.view_transform()
        self.setVisible(not view.is_upright)
        if view.is_upright:
            return
        angle = self.tr("Turned by {degrees}°").format(degrees=f"{view.angle:g}")
        parts = [self.tr("Mirrored")] if view.mirrored else []
        self.setText(" · ".join([*parts, angle] if view.angle else parts))
        self.setAccessibleName(self.text())
        self.setIcon(icon("mirror" if view.mirrored else "rotate-right"))
        self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(THICKNESS + GRID, self._canvas.height() - self.height() - GRID)

    def _set_upright(self) -> None:
        self._canvas.mirror_view(False)
        self._canvas.rotate_view(-self._canvas.view_transform().angle)
