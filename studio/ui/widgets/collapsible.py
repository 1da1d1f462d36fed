"""A section that folds away under its heading."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID, current_theme

_ICON = 12


class _Header(QAbstractButton):
    """The heading: a chevron and the title, flush with what stands above and below."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(_ICON + 2 * GRID + text, max(6 * GRID, self.fontMetrics().height() + GRID))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        chevron = icon("chevron-down" if self.isChecked() else "chevron-right")
        box = QRect(0, (self.height() - _ICON) // 2, _ICON, _ICON)
        chevron.paint(painter, box)
        painter.setPen(QColor(theme.text if self.underMouse() or self.hasFocus() else theme.text_muted))
        painter.drawText(self.rect().adjusted(_ICON + GRID, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 3, 3)


class CollapsibleSection(QWidget):
    """A heading that shows or hides the widgets added to `body`. Signal: ``toggled(bool is_open)``."""

    toggled = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None, *, is_open: bool = False) -> None:
        super().__init__(parent)
        self.header = _Header(title, self)
        self.content = QWidget(self)
        self.body = QVBoxLayout(self.content)
        self.body.setContentsMargins(0, GRID, 0, GRID)
        self.body.setSpacing(GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.content)
        self.header.toggled.connect(self._toggle)
        self._toggle(False)
        self.header.setChecked(is_open)

    def is_open(self) -> bool:
        return self.header.isChecked()

    def set_open(self, is_open: bool) -> None:
        self.header.setChecked(is_open)

    def _toggle(self, is_open: bool) -> None:
        self.content.setVisible(is_open)
        self.toggled.emit(is_open)
