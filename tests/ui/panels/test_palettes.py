"""Palettes in the Colour panel, and the palette at the pointer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.errors import ShorelineError
from studio.files.brushes.presets import PresetShelf
from studio.paths import default_paths
from studio.ui.canvas.tools.registry import options_of_tools
from studio.ui.panels.brushes.brush_desk import BrushDesk
from studio.ui.panels.palette_section import PaletteSection
from studio.ui.panels.quick_palette import QuickPalette
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.paint_colors import PaintColors
from tests.ui.panels.panel_commands import Commands

GPL = "GIMP Palette\nName: Sea\nColumns: 2\n#\n  0  60 120\tDeep\n240 220 180\tSand\n"


def test_palettes_are_brought_in_shown_and_clicked(qtbot: QtBot, tmp_path: Path) -> None:
    colors = PaintColors(QColor("black"), QColor("white"))
    section = PaletteSection(colors, tmp_path / "own")
    qtbot.addWidget(section)
    told: list[ShorelineError] = []
    section.failed.connect(told.append)
    (tmp_path / "Sea.gpl").write_text(GPL)
    (tmp_path / "broken.ase").write_bytes(b"ASEF")
    section.bring_in([tmp_path / "broken.ase", tmp_path / "Sea.gpl"])
    assert len(told) == 1
    swatches = [each for each in section.findChildren(ColorSwatch) if not each.isHidden()]
    assert [swatch.toolTip() for swatch in swatches] == ["Deep", "Sand"]
    swatches[1].click()
    assert colors.foreground.name() == "#f0dcb4"
    (tmp_path / "own" / "Sea.gpl").write_text("GIMP Palette\n")
    section.list_palettes()
    assert len(told) == 2


def test_the_palette_at_the_pointer_has_colours_and_favourites(
    qtbot: QtBot, tmp_path: Path, commands: Commands
) -> None:
    options = options_of_tools()
    desk = BrushDesk(PresetShelf(default_paths().bundled_brushes, tmp_path), options, ("11-oil",), options)
    colors = PaintColors(QColor("black"), QColor("white"))
    parent = ColorSwatch(QColor("red"), 10)
    qtbot.addWidget(parent)
    palette = QuickPalette(colors, desk, commands.actions, parent)
    palette.show_at(QPoint(5, 5))
    assert palette.screen().availableGeometry().contains(palette.geometry())
    model = palette.list.brushes
    assert [model.index(row).data() for row in range(model.rowCount())] == ["Oil"]
    place = palette.list.visualRect(model.index(0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.current_id == "11-oil"
    assert not palette.isVisible()
