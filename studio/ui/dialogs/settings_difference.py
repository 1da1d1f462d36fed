"""How the settings of two pictures differ, as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from studio.files.gallery.values import GalleryEntry
from studio.generation import GenerationSettings
from studio.generation.differences import Compared, compared
from studio.ui.panels.gallery.small_pictures import image_of_thumbnail
from studio.ui.style.theme import GRID

_PICTURE: Final = 24 * GRID


_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tool": str(QT_TRANSLATE_NOOP("Settings", "Tool")),
        "prompt": str(QT_TRANSLATE_NOOP("Settings", "Prompt")),
        "negative_prompt": str(QT_TRANSLATE_NOOP("Settings", "Negative prompt")),
        "seed": str(QT_TRANSLATE_NOOP("Settings", "Seed")),
        "steps": str(QT_TRANSLATE_NOOP("Settings", "Steps")),
        "guidance_scale": str(QT_TRANSLATE_NOOP("Settings", "Guidance")),
        "scheduler": str(QT_TRANSLATE_NOOP("Settings", "Scheduler")),
        "model": str(QT_TRANSLATE_NOOP("Settings", "Model")),
        "width": str(QT_TRANSLATE_NOOP("Settings", "Width")),
        "height": str(QT_TRANSLATE_NOOP("Settings", "Height")),
        "strength": str(QT_TRANSLATE_NOOP("Settings", "Strength")),
        "count": str(QT_TRANSLATE_NOOP("Settings", "Pictures")),
        "tile": str(QT_TRANSLATE_NOOP("Settings", "Tile")),
        "loras": str(QT_TRANSLATE_NOOP("Settings", "LoRAs")),
        "guides": str(QT_TRANSLATE_NOOP("Settings", "Control layers")),
        "regions": str(QT_TRANSLATE_NOOP("Settings", "Regions")),
    }
)
"""What the fields of settings are called."""


@dataclass(frozen=True, eq=False)
class ComparedPicture:
    """One of the two: its settings and, if there is one, a small picture of it."""

    settings: GenerationSettings
    pixmap: QPixmap | None = None


def compared_picture(entry: GalleryEntry) -> ComparedPicture | None:
    """A picture of the gallery; ``None`` where its settings are not known."""
    settings = entry.settings_read()
    image = image_of_thumbnail(entry.thumbnail)
    return None if settings is None else ComparedPicture(settings, QPixmap.fromImage(image))


class SettingsDifferenceDialog(QDialog):
    """``names(field, value)`` is what a person calls the value of a setting, such as a tool by its id."""

    def __init__(
        self,
        one: ComparedPicture,
        other: ComparedPicture,
        names: Callable[[str, str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Compare settings"))
        self._rows = compared(one.settings, other.settings)
        self._names = names
        self.table = QTableWidget(0, 3, self)
        self.all = QCheckBox(self.tr("Also what is the same"))
        self._arrange(one, other)
        self.all.toggled.connect(self._fill)
        self._fill()
        self.resize(640, 440)

    def _arrange(self, one: ComparedPicture, other: ComparedPicture) -> None:
        table = self.table
        table.setAccessibleName(self.tr("Settings of both pictures"))
        table.setHorizontalHeaderLabels([self.tr("Setting"), self.tr("First picture"), self.tr("Second picture")])
        table.setIconSize(QSize(_PICTURE, _PICTURE))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setWordWrap(True)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        for number in (1, 2):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._pixmaps = one.pixmap, other.pixmap
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(table, 1)
        column.addWidget(self.all)
        column.addWidget(buttons)

    def _fill(self) -> None:
        rows = [row for row in self._rows if row.differs or self.all.isChecked()]
        self.table.setRowCount(0)
        self._add(self.tr("Picture"), "", "")
        for column, pixmap in enumerate(self._pixmaps, 1):
            item = self.table.item(0, column)
            if item is not None and pixmap is not None:
                item.setIcon(QIcon(pixmap))
        for row in rows:
            self._add(self._title(row), *(self._text(row, value) for value in (row.one, row.other)))
        if not rows:
            self._add(self.tr("The settings are the same."), "", "")
        self.table.resizeRowsToContents()

    def _add(self, *texts: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, item)

    def _title(self, row: Compared) -> str:
        return row.parameter or QCoreApplication.translate("Settings", _NAMES.get(row.name, row.name))

    def _text(self, row: Compared, value: Any) -> str:
        if value is None:
            return "—"
        if isinstance(value, str):
            return self._names(row.name, value) or self.tr("(empty)")
        return value_text(value)


def value_text(value: Any) -> str:
    """The value of a setting for a person."""
    if isinstance(value, bool):
        return QCoreApplication.translate("Settings", "on") if value else QCoreApplication.translate("Settings", "off")
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return QLocale.c().toString(value)
    if isinstance(value, tuple | list):
        return "\n".join(map(_use_text, value)) or QCoreApplication.translate("Settings", "none")
    return str(value)


def _use_text(use: Any) -> str:
    """A LoRA, control layer or region among several, by what tells it from others."""
    words = [str(getattr(use, name)) for name in ("kind", "name", "layer", "prompt") if getattr(use, name, "")]
    weight = getattr(use, "weight", getattr(use, "strength", None))
    return " ".join(words) + ("" if weight is None else f" ({weight:g})")
