"""What is selected in the gallery, in words, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from studio.files.gallery.values import GalleryEntry, GalleryFacts
from studio.ui.panels.gallery.star_row import StarRow
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.elided_label import ElidedLabel
from studio.ui.widgets.readable import bytes_text


class GalleryBar(QWidget):
    """Signals: ``rated(int)``; ``open_asked()``, ``layers_asked()``, ``reuse_asked()``, ``compare_asked()`` and
    ``delete_asked()`` by its buttons."""

    rated = Signal(int)
    open_asked = Signal()
    layers_asked = Signal()
    reuse_asked = Signal()
    compare_asked = Signal()
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompt = ElidedLabel(parent=self)
        self.facts = ElidedLabel(parent=self)
        self.facts.setProperty("role", "muted")
        self.amount = ElidedLabel(parent=self)
        self.amount.setProperty("role", "muted")
        self.stars = StarRow(self)
        self.open = self._button("open", self.tr("Open as a new picture (Return)"))
        self.layers = self._button("layer-add", self.tr("Add to this picture as a layer; or drag it there"))
        self.reuse = self._button("reuse", self.tr("Use its settings again, with its seed"))
        self.compare = self._button("differences", self.tr("How the settings of two pictures differ"))
        self.delete = self._button("trash", self.tr("Delete (Del); this can be undone"))
        self._arrange()
        self.stars.rated.connect(self.rated)
        for button, signal in (
            (self.open, self.open_asked),
            (self.layers, self.layers_asked),
            (self.reuse, self.reuse_asked),
            (self.compare, self.compare_asked),
            (self.delete, self.delete_asked),
        ):
            button.clicked.connect(signal)

    def show_selected(self, count: int, entries: Sequence[GalleryEntry]) -> None:
        """So many pictures are selected; ``entries`` are those of them that are known by now."""
        self._tell(count, entries)
        self.stars.show_ratings([entry.rating for entry in entries])
        for button in (self.open, self.layers, self.delete):
            button.setEnabled(count > 0)
        self.reuse.setEnabled(count == 1)
        self.compare.setEnabled(count == 2)

    def show_amount(self, shown: int, facts: GalleryFacts, dropped: int) -> None:
        """How many pictures are shown, of how many, what their files take, and how many had to go for want of room."""
        locale = QLocale()
        number, all_of_them = locale.toString(shown), locale.toString(facts.pictures)
        if shown == facts.pictures:
            text = self.tr("Pictures: {count}, {size}").format(count=all_of_them, size=bytes_text(facts.size))
        else:
            text = self.tr("Pictures: {shown} of {count}").format(shown=number, count=all_of_them)
        if dropped:
            text += " · " + self.tr("{count} dropped, since it is full").format(count=locale.toString(dropped))
        self.amount.setText(text)

    def _tell(self, count: int, entries: Sequence[GalleryEntry]) -> None:
        if count == 1 and entries:
            entry = entries[0]
            self.prompt.setText(entry.prompt or self.tr("Without a prompt"))
            self.facts.setText(_facts(entry) if entry.is_there else self.tr("Its file is gone from the disk."))
        elif count > 1:
            self.prompt.setText(self.tr("{count} pictures selected").format(count=QLocale().toString(count)))
            self.facts.setText("")
        else:
            self.prompt.setText("")
            self.facts.setText("")

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in (self.open, self.layers, self.reuse, self.compare, self.delete):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.stars)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.prompt)
        column.addWidget(self.facts)
        column.addLayout(row)
        column.addWidget(self.amount)

    def _button(self, icon_name: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setAutoRaise(True)
        return button


def _facts(entry: GalleryEntry) -> str:
    moment = QDateTime.fromSecsSinceEpoch(round(entry.created))
    when = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
    parts = (when, f"{entry.width}×{entry.height}", entry.model, str(entry.seed))
    return " · ".join(part for part in parts if part)
