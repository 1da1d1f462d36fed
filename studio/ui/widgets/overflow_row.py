"""A row of controls; those without room move into the menu of a button at its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
    QWidgetItem,
)

from studio.ui.style.theme import GRID

_MENU_WIDTH: Final = 65 * GRID
_LINE_WIDTH: Final = 2 * _MENU_WIDTH
"""What small controls that share a line of the menu take at most."""


@dataclass(frozen=True)
class _Item:
    widget: QWidget
    stretch: int
    stays: bool

    @property
    def width(self) -> int:
        """The least that it needs."""
        return QWidgetItem(self.widget).minimumSize().width()


class OverflowRow(QWidget):
    """Controls in one line, in the order of `add`; from the last on they move into the menu of ``button``.

    ``button`` gets a menu if it has none. It is the last of the row and shown while something is in the menu, or always
    with ``always``. Hide and show the controls as in any other layout.
    """

    def __init__(
        self, button: QToolButton, *, spacing: int, always: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[_Item] = []
        self._moved: tuple[QWidget, ...] = ()
        self._lines: list[QHBoxLayout] = []
        self.button = button
        self._always = always
        self._placing = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        self._row.addWidget(button)
        self._row.addStretch(0)  # where nothing stretches
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setVisible(always)
        menu = button.menu() or QMenu(button)
        button.setMenu(menu)
        self._holder = QWidget(menu)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(2 * GRID)
        self._entry = QWidgetAction(menu)
        self._entry.setDefaultWidget(self._holder)
        self._entry.setVisible(False)
        if menu.isEmpty():
            menu.addAction(self._entry)
        else:
            menu.insertAction(menu.actions()[0], self._entry)

    def add(self, widget: QWidget, stretch: int = 0, *, stays: bool = False, after: QWidget | None = None) -> None:
        """Append a control, or put it behind another one.

        ``stays``: it is never moved, for what is small or names the others.
        """
        self._insert(_Item(widget, stretch, stays), after)

    def put(self, widget: QWidget, *, after: QWidget) -> None:
        """Put a control of the row behind another one."""
        item = next(item for item in self._items if item.widget is widget)
        if self._items[self._items.index(item) - 1].widget is after:
            return
        self._items.remove(item)
        if widget in self._moved:
            self._items.insert(self._place_after(after), item)
            self._fill_menu()
        else:
            self._row.removeWidget(widget)
            self._insert(item, after)

    def _insert(self, item: _Item, after: QWidget | None) -> None:
        place = self._place_after(after)
        self._items.insert(place, item)
        before = [each for each in self._items[:place] if each.widget not in self._moved]
        self._row.insertWidget(len(before), item.widget, item.stretch)

    def _place_after(self, widget: QWidget | None) -> int:
        if widget is None:
            return len(self._items)
        return 1 + next(index for index, item in enumerate(self._items) if item.widget is widget)

    def __contains__(self, widget: QWidget) -> bool:
        return any(item.widget is widget for item in self._items)

    def moved(self) -> tuple[QWidget, ...]:
        """The controls that are in the menu now."""
        return self._moved

    def sizeHint(self) -> QSize:
        """Room for all, also for what is in the menu now."""
        widths = [item.widget.sizeHint().width() for item in self._shown()]
        button = [self.button.sizeHint().width()] if self._always else []
        return QSize(self._total(widths + button), self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        kept = [item.width for item in self._shown() if item.stays]
        return QSize(self._total([*kept, self.button.sizeHint().width()]), self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    # --- placing ----------------------------------------------------------------------------------

    def _shown(self) -> list[_Item]:
        return [item for item in self._items if not item.widget.isHidden()]

    def _total(self, widths: list[int]) -> int:
        return sum(widths) + self._row.spacing() * max(0, len(widths) - 1)

    def _without_room(self) -> tuple[QWidget, ...]:
        shown = self._shown()
        button = [self.button.sizeHint().width()]
        if self._total([item.width for item in shown] + (button if self._always else [])) <= self.width():
            return ()
        kept, moved = shown, list[QWidget]()
        for item in reversed(shown):
            if self._total([each.width for each in kept] + button) <= self.width():
                break
            if not item.stays:
                kept = [each for each in kept if each is not item]
                moved.insert(0, item.widget)
        return tuple(moved)

    def _place(self) -> None:
        moved = self._without_room()
        if moved == self._moved or self._placing:
            return
        self._placing = True
        self._moved = moved
        for item in self._items:
            _take(self._holder if item.widget in moved else self, item.widget)
        for index, item in enumerate(item for item in self._items if item.widget not in moved):
            self._row.insertWidget(index, item.widget, item.stretch)
        self._fill_menu()
        self.button.setVisible(self._always or bool(moved))
        self._entry.setVisible(bool(moved))
        self._placing = False

    def _fill_menu(self) -> None:
        """One line each for what stretches; small controls share lines that are not too long."""
        for old in self._lines:
            self._column.removeItem(old)
        self._lines = []
        line, was_small, length = QHBoxLayout(), False, 0
        for item in (item for item in self._items if item.widget in self._moved):
            is_small = item.stretch == 0
            length += item.width
            if not (is_small and was_small) or length > _LINE_WIDTH:
                length = item.width
                line = QHBoxLayout()
                line.setSpacing(GRID)
                line.setAlignment(Qt.AlignmentFlag.AlignLeft if is_small else Qt.AlignmentFlag(0))
                self._column.addLayout(line)
                self._lines.append(line)
            line.addWidget(item.widget)
            was_small = is_small
        self._holder.setMinimumWidth(_MENU_WIDTH)


def _take(parent: QWidget, widget: QWidget) -> None:
    """Give a widget another parent; Qt hides it thereby, also where it is to be seen."""
    if widget.parentWidget() is not parent:
        hidden = widget.isHidden()
        widget.setParent(parent)
        widget.setVisible(not hidden)
