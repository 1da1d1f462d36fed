"""A button of the tool bar that several tools share: the one that was used last, and a menu of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QAction, QContextMenuEvent, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

_CORNER: Final = 4.0
_MARGIN: Final = 4.0


class ToolGroupButton(QToolButton):
    """Chooses the tool that it shows; held down or clicked with the right button it offers all ``actions``."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.setMenu(menu)
        for action in actions:
            action.toggled.connect(self._follow)
            action.changed.connect(self._name)
        self._show(next((action for action in actions if action.isChecked()), actions[0]))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        self.showMenu()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a corner that says that there is more."""
        super().paintEvent(event)
        x, y = self.width() - _MARGIN, self.height() - _MARGIN
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.setBrush(painter.pen().color())
        painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x - _CORNER, y), QPointF(x, y - _CORNER)]))

    def _follow(self, is_checked: bool) -> None:
        action = self.sender()
        if is_checked and isinstance(action, QAction):
            self._show(action)

    def _show(self, action: QAction) -> None:
        self.setDefaultAction(action)
        self._name()

    def _name(self) -> None:
        """Qt names the button as the action; what is under it is said behind that."""
        action = self.defaultAction()
        self.setAccessibleName(action.iconText())
        more = self.tr("Hold it, or click with the right button, for its other tools.")
        self.setToolTip(f"{action.toolTip()}\n{more}")
