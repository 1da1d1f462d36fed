"""What lies around the canvas and helps to look at it: rulers, the sign of a turned view, the navigator, and the
canvas alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar, QWidget

from studio.session import Session
from studio.ui.canvas.canvas_view import CanvasView
from studio.ui.canvas.rulers import Rulers
from studio.ui.canvas.view_sign import ViewSign
from studio.ui.widgets.actions import ActionTable
from studio.ui.window.dock import lock_dock
from studio.ui.window.docks import Docks
from studio.ui.window.late_panel import LatePanel

if TYPE_CHECKING:
    from studio.ui.panels.navigator_panel import NavigatorPanel

LAYOUT_VERSION: Final = 1


class LookDesk(QObject):
    """Signal: ``state_changed()`` when something did that commands show."""

    state_changed = Signal()

    def __init__(
        self, session: Session, canvas: CanvasView, docks: Docks, actions: ActionTable, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session = session
        self._canvas = canvas
        self._docks = docks
        self._actions = actions
        self._window = window
        self._first_layout = QByteArray()
        self._layout: QByteArray | None = None
        self._put_away: list[QWidget] = []
        self.rulers = Rulers(session, canvas)
        self.sign = ViewSign(canvas)
        self.navigator = LatePanel("navigator", self.tr("Navigator"), self._navigator_panel, window)
        canvas.addAction(actions["view.canvas_only"])
        docks.locked.connect(self._lock)
        self.navigator.dock.toggleViewAction().toggled.connect(self._tell)

    def _navigator_panel(self) -> NavigatorPanel:
        from studio.ui.panels.navigator_panel import NavigatorPanel

        return NavigatorPanel(self._session, self._canvas, self._actions)

    def _tell(self, _is_shown: bool) -> None:
        self.state_changed.emit()

    def _lock(self, is_locked: bool) -> None:
        lock_dock(self.navigator.dock, is_locked)

    # --- the layout -------------------------------------------------------------------------------

    def note_first_layout(self) -> None:
        """The window is laid out as it is without anything remembered."""
        self._window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.navigator.dock)
        self.navigator.dock.hide()
        self._first_layout = self._window.saveState(LAYOUT_VERSION)

    def layout(self) -> QByteArray:
        """How panels and bars lie, also while they are put away."""
        return self._window.saveState(LAYOUT_VERSION) if self._layout is None else self._layout

    def reset_panels(self) -> None:
        """Put every panel where it was at first."""
        if self.is_canvas_only:
            self.toggle_canvas_only()
        self._window.restoreState(self._first_layout, LAYOUT_VERSION)
        self._docks.share_column()
        self._docks.lock(True)

    # --- the canvas alone -------------------------------------------------------------------------

    @property
    def is_canvas_only(self) -> bool:
        """Whether panels and bars are put away."""
        return self._layout is not None

    def toggle_canvas_only(self) -> None:
        """Put panels and bars away, or bring them back. The menu stays, and says how to get back."""
        self._canvas.setFocus()  # else it would go from field to field as these are hidden
        layout = self._layout
        if layout is None:
            self._layout = self._window.saveState(LAYOUT_VERSION)
            self._put_away = [widget for widget in self._surroundings() if not widget.isHidden()]
            for widget in self._put_away:
                widget.hide()
        else:
            self._layout = None
            for widget in self._put_away:
                widget.show()
            self._window.restoreState(layout, LAYOUT_VERSION)
            self._put_away = []
        self.state_changed.emit()

    def _surroundings(self) -> list[QWidget]:
        window = self._window
        return [
            *window.findChildren(QDockWidget),
            *window.findChildren(QToolBar, options=Qt.FindChildOption.FindDirectChildrenOnly),
            *(self._docks.tool_options, window.statusBar()),
        ]
