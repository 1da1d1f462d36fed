"""Palettes of colours in the Colour panel: those of GIMP, Krita and Adobe."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from studio.errors import ShorelineError
from studio.files.disk.atomic import saving_error
from studio.files.palettes import Palette, read_palette
from studio.ui.style.icons import icon
from studio.ui.style.theme import GRID
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.flow_layout import FlowLayout
from studio.ui.widgets.paint_colors import PaintColors

MOST_SHOWN: Final = 512
"""Colours of one palette."""
SUFFIXES: Final = (".gpl", ".ase")


class PaletteSection(QWidget):
    """Signals: ``import_asked()``; ``failed(object)`` with an error."""

    import_asked = Signal()
    failed = Signal(object)

    def __init__(self, colors: PaintColors, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colors = colors
        self._folder = folder
        self.choice = QComboBox(self)
        self.button = QToolButton(self)
        self._sheet = QWidget()
        self._flow = FlowLayout(self._sheet, 2)
        self._scroll = QScrollArea(self)
        self._arrange()
        self.choice.activated.connect(self._show_chosen)
        self.button.clicked.connect(self.import_asked)
        self.list_palettes()

    def bring_in(self, paths: list[Path]) -> None:
        """Copy palettes into the person's folder, and show the last of them."""
        for path in paths:
            try:
                read_palette(path)
                self._folder.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, self._folder / path.name)
            except ShorelineError as error:
                self.failed.emit(error)
            except shutil.SameFileError:
                continue
            except OSError as error:
                self.failed.emit(saving_error(self._folder / path.name, error))
        self.list_palettes()
        index = self.choice.findText(paths[-1].stem) if paths else -1
        self.choice.setCurrentIndex(max(0, index))
        self._show_chosen()

    def list_palettes(self) -> None:
        """Offer the palettes that are in the folder now."""
        found = [path for path in sorted(self._folder.glob("*.*")) if path.suffix.lower() in SUFFIXES]
        self.choice.clear()
        for path in found:
            self.choice.addItem(path.stem, path)
        self.choice.setVisible(bool(found))
        self._scroll.setVisible(bool(found))
        self._show_chosen()

    def _arrange(self) -> None:
        self.choice.setAccessibleName(self.tr("Palette"))
        self.button.setIcon(icon("open"))
        self.button.setText(self.tr("Palettes…"))
        self.button.setToolTip(self.tr("Bring in palettes of GIMP and Krita (.gpl) and Adobe's swatches (.ase)"))
        self.button.setAccessibleName(self.button.toolTip())
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._sheet)
        self._scroll.setFixedHeight(14 * GRID)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self.choice, 1)
        top.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(top)
        column.addWidget(self._scroll)

    def _show_chosen(self) -> None:
        path = self.choice.currentData()
        palette = None
        if path is not None:
            try:
                palette = read_palette(path)
            except ShorelineError as error:
                self.failed.emit(error)
        self._fill(palette)

    def _fill(self, palette: Palette | None) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            swatch = item.widget()
            if swatch is not None:
                swatch.hide()
                swatch.deleteLater()
        for colour in () if palette is None else palette.colours[:MOST_SHOWN]:
            swatch = ColorSwatch(QColor(*colour.rgb), 4 * GRID, self._sheet)
            swatch.setToolTip(colour.name or swatch.toolTip())
            swatch.clicked.connect(lambda _checked=False, rgb=colour.rgb: self._colors.choose(QColor(*rgb)))
            self._flow.addWidget(swatch)
            swatch.show()
        self._sheet.updateGeometry()
