"""Presets in the hand: taken, changed, kept, searched, and the editor beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.document import Raster
from studio.errors import ShorelineError
from studio.files.brushes.presets import PresetShelf
from studio.paths import default_paths
from studio.raster.brushes.brush import Brush
from studio.ui.canvas.tools.options import ToolOptions
from studio.ui.canvas.tools.registry import options_of_tools
from studio.ui.dialogs.brush_editor import BrushEditor, brush_with, form_values
from studio.ui.panels.brushes.brush_desk import BrushDesk
from studio.ui.panels.brushes.brush_panel import BrushPanel
from studio.ui.widgets.curve_edit import CurveEdit
from tests.ui.panels.panel_commands import Commands

OIL, ERASER = "11-oil", "21-eraser"


@pytest.fixture
def options(qtbot: QtBot) -> ToolOptions:
    del qtbot
    return options_of_tools()


@pytest.fixture
def desk(options: ToolOptions, tmp_path: Path) -> BrushDesk:
    return BrushDesk(PresetShelf(default_paths().bundled_brushes, tmp_path / "own"), options, (), options)


def names(panel: BrushPanel) -> list[str]:
    model = panel.list.brushes
    return [model.index(row).data() for row in range(model.rowCount())]


def test_a_preset_is_taken_changed_kept_and_made_what_it_was(desk: BrushDesk, options: ToolOptions) -> None:
    wanted: list[str] = []
    desk.tool_wanted.connect(wanted.append)
    desk.take(OIL)
    current = desk.current()
    assert current is not None
    assert (current.name, current.brush.tip.kind, wanted) == ("Oil", "bristle", [])
    options.set("brush", diameter=80.0)
    assert not desk.is_modified, "every painter changes the size"
    desk.change(current.brush.with_changes(scatter=2.0))
    assert desk.is_modified
    desk.overwrite()
    assert not desk.is_modified
    desk.remove(OIL)
    stored = desk.find(OIL)
    assert stored is not None
    assert stored.preset.brush.scatter == 0
    desk.take(ERASER)
    assert wanted == ["eraser"]
    assert options.values("eraser")["preset"] == ERASER


def test_what_cannot_be_done_is_told(desk: BrushDesk, tmp_path: Path) -> None:
    told: list[ShorelineError] = []
    desk.failed.connect(told.append)
    desk.add_stamp(Raster(), "Nothing")
    (tmp_path / "broken.myb").write_text("{")
    desk.bring_in([tmp_path / "broken.myb", tmp_path / "missing.kpp"])
    desk.rename(OIL, " ")
    assert len(told) == 4
    (tmp_path / "own").write_text("no folder")
    desk.add("Mine")
    assert len(told) == 5
    assert all(error.advice for error in told)


def test_the_panel_searches_and_has_favourites_first(qtbot: QtBot, desk: BrushDesk, commands: Commands) -> None:
    panel = BrushPanel(desk, commands.actions)
    qtbot.addWidget(panel)
    panel.resize(300, 400)
    panel.show()
    desk.toggle_favourite(OIL)
    assert names(panel)[0] == "Oil"
    qtbot.keyClicks(panel.search, "pencil")
    assert names(panel) == ["Pencil", "Shading Pencil"]
    index = panel.list.brushes.index(1)
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=panel.list.visualRect(index).center())
    assert desk.current_id == "04-shading-pencil"
    panel.search.clear()
    panel.only_favourites.click()
    assert names(panel) == ["Oil"]
    entries = [action.text() for action in panel.menu_of(desk.presets[0]).actions()]
    assert "Reset" in entries


def test_the_editor_changes_the_brush_in_the_hand(qtbot: QtBot, desk: BrushDesk) -> None:
    desk.take(OIL)
    editor = BrushEditor(desk)
    qtbot.addWidget(editor)
    oil = desk.current()
    assert oil is not None
    assert brush_with(oil.brush, form_values(oil.brush)) == oil.brush
    editor.pen.value.set_value("opacity_by")
    editor.pen.show_brush(oil.brush)
    assert not editor.pen.is_used.isChecked()
    editor.pen.is_used.click()
    current = desk.current()
    assert current is not None
    assert current.brush.pressure_opacity
    desk.show_tool("pan")
    assert not editor.tabs.isEnabled()


def test_a_curve_is_bent_by_hand(qtbot: QtBot) -> None:
    edit = CurveEdit()
    qtbot.addWidget(edit)
    edit.resize(220, 160)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(edit, left, pos=edit.place((0.5, 0.2)).toPoint())
    QTest.mouseMove(edit, edit.place((0.5, 0.8)).toPoint())
    QTest.mouseRelease(edit, left, pos=edit.place((0.5, 0.8)).toPoint())
    assert len(edit.curve()) == 3
    assert edit.curve()[1] == pytest.approx((0.5, 0.8), abs=0.02)
    QTest.mouseDClick(edit, left, pos=edit.place((0.5, 0.8)).toPoint())
    assert edit.curve() == ((0.0, 0.0), (1.0, 1.0))
    QTest.mouseDClick(edit, left, pos=edit.place((0.0, 0.0)).toPoint() + QPointF(2, 0).toPoint())
    assert len(edit.curve()) == 2, "the ends stay"
    assert Brush().with_changes(pressure_size=True).size_by.pressure == edit.curve()
