"""What is looked for in the gallery: a text, a model, stars, and since when."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from studio.files.gallery.values import MOST_STARS, GalleryQuery
from studio.ui.panels.gallery.gallery_delegate import stars_text
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.wheel_guard import guard_wheel

DELAY_MS: Final = 150
"""After the last key, so that no word is looked for letter by letter."""
_DAY: Final = 86400.0
_UNRATED: Final = -1
_TODAY, _WEEK, _MONTH, _YEAR = 1, 7, 30, 365


class GalleryFilters(QWidget):
    """Signals: ``changed()`` when something else is looked for; ``close_requested()`` by the button beside it."""

    changed = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("Search prompts, models, seeds"))
        self.search.setAccessibleName(self.tr("Search the gallery"))
        self.search.setToolTip(
            self.tr("Words are all to be met; “in quotation marks” as they stand, -word keeps out, negative:word too")
        )
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.model = _box(self.tr("Model"), ((self.tr("Model"), ""),))
        self.rating = _box(self.tr("Stars"), self._ratings())
        self.since = _box(self.tr("Date"), self._dates())
        self.close_button = QToolButton(self)
        self.close_button.setIcon(icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Close the gallery"))
        self.close_button.setAccessibleName(self.tr("Close the gallery"))
        self._timer = QTimer(self, singleShot=True, interval=DELAY_MS)
        self._timer.timeout.connect(self.changed)
        self._arrange()
        self.close_button.clicked.connect(self.close_requested)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.search.returnPressed.connect(self._at_once)
        for box in (self.model, self.rating, self.since):
            box.activated.connect(lambda _index: self._at_once())

    def query(self) -> GalleryQuery:
        """What is looked for now."""
        rating, days = int(self.rating.currentData()), int(self.since.currentData())
        return GalleryQuery(
            text=self.search.text(),
            model=str(self.model.currentData()),
            least_rating=max(0, rating),
            is_unrated=rating == _UNRATED,
            since=self._since(days) if days else None,
        )

    def show_models(self, models: Sequence[str]) -> None:
        """Offer these models, with the one that is chosen."""
        chosen = str(self.model.currentData())
        known = [self.model.itemData(row) for row in range(1, self.model.count())]
        wanted = list(dict.fromkeys((*models, *([chosen] if chosen else ()))))
        if known == wanted:
            return
        while self.model.count() > 1:
            self.model.removeItem(1)
        for name in wanted:
            self.model.addItem(name, name)
        self.model.setCurrentIndex(max(0, self.model.findData(chosen)))

    def clear(self) -> None:
        """Look for everything."""
        self.search.clear()
        for box in (self.model, self.rating, self.since):
            box.setCurrentIndex(0)
        self._at_once()

    def _at_once(self) -> None:
        self._timer.stop()
        self.changed.emit()

    def _since(self, days: int) -> float:
        """The beginning of the day, or so many days ago."""
        now = self._clock()
        if days > _TODAY:
            return now - days * _DAY
        day = time.localtime(now)
        return time.mktime((day.tm_year, day.tm_mon, day.tm_mday, 0, 0, 0, 0, 0, -1))

    def _ratings(self) -> tuple[tuple[str, int], ...]:
        several = (
            (self.tr("{stars} or more").format(stars=stars_text(number)), number) for number in range(1, MOST_STARS)
        )
        return (
            (self.tr("Stars"), 0),
            *several,
            (stars_text(MOST_STARS), MOST_STARS),
            (stars_text(0), _UNRATED),
        )

    def _dates(self) -> tuple[tuple[str, int], ...]:
        return (
            (self.tr("Date"), 0),
            (self.tr("Today"), _TODAY),
            (self.tr("Last 7 days"), _WEEK),
            (self.tr("Last 30 days"), _MONTH),
            (self.tr("Last year"), _YEAR),
        )

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.search, 1)
        top.addWidget(self.close_button)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for box in (self.model, self.rating, self.since):
            row.addWidget(box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addLayout(row)


def _box(name: str, choices: Sequence[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setMinimumWidth(18 * GRID)
    guard_wheel(box)
    for text, value in choices:
        box.addItem(text, value)
    return box
