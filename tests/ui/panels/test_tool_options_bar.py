"""Options of the canvas tools, and edits of the whole mask."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.document import Raster, Rect, filled_mask
from studio.editing import layers as layer_actions
from studio.history import StepKind
from studio.session import Session
from studio.settings import BrushSettings
from studio.ui.canvas.tools.registry import TOOLS
from studio.ui.panels.tool_options_bar import ToolOptionsBar

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> ToolOptionsBar:
    made = ToolOptionsBar(session, {"eraser": BrushSettings(diameter=80)})
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def options(bar: ToolOptionsBar) -> list[tuple[str, str, object]]:
    seen: list[tuple[str, str, object]] = []
    bar.option_changed.connect(lambda tool, name, value: seen.append((tool, name, value)))
    return seen


def paint_mask(session: Session) -> None:
    session.apply(StepKind("test", "Paint mask"), session.document.with_selection(filled_mask(Rect(100, 80, 20, 20))))


def masked(session: Session) -> Rect:
    return session.document.selection.bounds()


def test_every_tool_has_its_name(bar: ToolOptionsBar) -> None:
    for info in TOOLS:
        bar.show_tool(info.id)
        assert bar.title.text() == info.name


def settle() -> None:
    for _ in range(4):  # layouts inside layouts
        QApplication.processEvents()


def in_menus(bar: ToolOptionsBar) -> set[QWidget]:
    rows = (bar.row, bar.brush_options.row, bar.mask_bar.row)
    return {widget for row in rows for widget in row.moved()}


def controls(bar: ToolOptionsBar) -> dict[str, list[QWidget]]:
    """What each tool offers, wherever it is."""
    brush, mask = bar.brush_options, bar.mask_bar
    masks = [mask.visible_button, mask.color, mask.invert_button, mask.clear_button, mask.grow_button, mask.radius]
    size = [brush.size_row, brush.hardness, brush.pressure_size]
    return {
        "brush": [*size, brush.opacity, brush.pressure_opacity, bar.inside_mask],
        "fill": [bar.tolerance, bar.contiguous, bar.sample_merged, bar.fill_edges, bar.inside_mask],
        "eraser": [*size, brush.opacity, brush.pressure_opacity, bar.inside_mask],
        "mask_brush": [*size, *masks],
        "mask_rectangle": [bar.shape_mode, *masks],
    }


@pytest.mark.parametrize("width", [320, 450, 600, 650, 930, 1200])
def test_at_any_width_each_control_is_whole_or_in_a_menu(bar: ToolOptionsBar, width: int) -> None:
    for tool_id, offered in controls(bar).items():
        bar.show_tool(tool_id)
        bar.resize(width, bar.height())
        settle()
        for widget in offered:
            assert not widget.isHidden()
            moved = any(widget is there or there.isAncestorOf(widget) for there in in_menus(bar))
            if not moved:
                corner = widget.mapTo(bar, widget.rect().bottomRight())
                assert bar.rect().contains(corner), (tool_id, widget)
                assert widget.width() >= widget.minimumSizeHint().width(), (tool_id, widget)
    assert (width >= 930) is (not in_menus(bar))


def test_a_control_in_the_menu_works_and_comes_back(
    bar: ToolOptionsBar, options: list[tuple[str, str, object]]
) -> None:
    bar.show_tool("fill")
    bar.resize(330, bar.height())
    settle()
    assert bar.sample_merged in bar.row.moved()
    assert bar.overflow.isVisible()
    menu = bar.overflow.menu()
    menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
    settle()
    assert bar.sample_merged.isVisible()
    QTest.mouseClick(bar.sample_merged, LEFT, pos=bar.sample_merged.rect().center())
    assert options == [("fill", "sample_merged", False)]
    menu.close()
    bar.resize(900, bar.height())
    settle()
    assert bar.row.moved() == ()
    assert not bar.overflow.isVisible()
    assert bar.sample_merged.isVisible()
    assert bar.sample_merged.parentWidget() is bar.row


def test_what_another_tool_shows_does_not_stay_in_the_menu(bar: ToolOptionsBar) -> None:
    bar.resize(330, bar.height())
    bar.show_tool("fill")
    settle()
    bar.show_tool("picker")
    settle()
    assert bar.row.moved() == ()
    assert not bar.overflow.isVisible()
    assert bar.hint.isVisible()


def test_each_tool_has_its_own_brush(bar: ToolOptionsBar) -> None:
    assert bar.brush_options.brush() == BrushSettings()
    bar.show_tool("eraser")
    assert bar.brush_options.brush().diameter == 80
    bar.brush_options.size_row.set_value(40)
    bar.show_tool("brush")
    assert bar.brush_options.brush().diameter == 24
    assert bar.brushes()["eraser"].diameter == 40


def test_changing_the_size_announces_the_whole_brush(qtbot: QtBot, bar: ToolOptionsBar) -> None:
    spin = bar.brush_options.size_row.spin
    spin.setFocus()
    spin.selectAll()
    with qtbot.waitSignal(bar.brush_changed) as told:
        qtbot.keyClicks(spin, "7")
    assert told.args == ["brush", BrushSettings(diameter=7)]
    with qtbot.waitSignal(bar.brush_changed) as told:
        QTest.mouseClick(bar.brush_options.pressure_opacity, LEFT)
    assert told.args[1].pressure_opacity


def test_a_size_changed_on_the_canvas_is_shown_without_an_echo(bar: ToolOptionsBar) -> None:
    echoes: list[object] = []
    bar.brush_changed.connect(lambda *told: echoes.append(told))
    bar.set_brush("brush", BrushSettings(diameter=333, smoothing=0.123))
    assert bar.brush_options.size_row.spin.value() == 333
    assert echoes == []
    assert bar.brush("brush").smoothing == 0.123


def test_the_mask_eraser_shares_the_mask_brush(qtbot: QtBot, bar: ToolOptionsBar) -> None:
    bar.show_tool("mask_eraser")
    with qtbot.waitSignal(bar.brush_changed) as told:
        bar.brush_options.size_row.set_value(64)
    assert told.args[0] == "mask_brush"
    assert bar.brush_options.opacity.isHidden()


def test_fill_and_shape_options(bar: ToolOptionsBar, options: list[tuple[str, str, object]]) -> None:
    bar.show_tool("fill")
    bar.tolerance.set_value(60)
    bar.contiguous.click()
    bar.show_tool("mask_lasso")
    QTest.mouseClick(bar.shape_mode.button("subtract"), LEFT)
    assert options == [("fill", "tolerance", 60), ("fill", "contiguous", False), ("mask_lasso", "mode", "subtract")]
    found = {"tolerance": 60, "contiguous": False, "sample_merged": True}
    assert bar.fill_options() == {**found, **bar.fill_edges.values()}


def test_painting_on_a_layer_mask_is_offered_only_where_there_is_one(
    bar: ToolOptionsBar, session: Session, options: list[tuple[str, str, object]]
) -> None:
    assert bar.target.isHidden()
    active = session.document.active_layer
    assert active is not None
    layer_actions.add_mask(session, active.id)
    QTest.mouseClick(bar.target.button("mask"), LEFT)
    session.undo()
    assert bar.target.isHidden()
    assert options == [("brush", "target", "mask"), ("brush", "target", "pixels")]


def test_the_whole_mask_is_edited_with_buttons(bar: ToolOptionsBar, session: Session) -> None:
    bar.show_tool("mask_brush")
    mask = bar.mask_bar
    assert not mask.grow_button.isEnabled()
    paint_mask(session)
    mask.radius.setValue(5)
    QTest.mouseClick(mask.grow_button, LEFT)
    assert masked(session) == Rect(95, 75, 30, 30)
    QTest.mouseClick(mask.shrink_button, LEFT)
    assert masked(session) == Rect(100, 80, 20, 20)
    QTest.mouseClick(mask.feather_button, LEFT)
    assert masked(session).width > 20
    QTest.mouseClick(mask.clear_button, LEFT)
    assert not session.document.selection.tiles
    QTest.mouseClick(mask.invert_button, LEFT)
    assert masked(session) == session.document.canvas
    labels = [step.kind.label for step in session.history.steps[1:]]
    assert labels == ["Paint mask", "Grow mask", "Shrink mask", "Feather mask", "Clear mask", "Invert mask"]


def test_inverting_twice_gives_the_mask_back(bar: ToolOptionsBar, session: Session) -> None:
    bar.show_tool("mask_rectangle")
    paint_mask(session)
    before = session.document.selection.read(session.document.canvas)
    for _ in range(2):
        QTest.mouseClick(bar.mask_bar.invert_button, LEFT)
    assert (session.document.selection.read(session.document.canvas) == before).all()


def test_the_overlay_is_hidden_and_coloured(qtbot: QtBot, bar: ToolOptionsBar) -> None:
    bar.show_tool("mask_brush")
    with qtbot.waitSignal(bar.mask_style_changed) as told:
        QTest.mouseClick(bar.mask_bar.visible_button, LEFT)
    assert told.args[2] is False
    green = next(action for action in bar.mask_bar.color_menu.actions() if action.text() == "Green")
    with qtbot.waitSignal(bar.mask_style_changed) as told:
        green.trigger()
    assert told.args[0] == QColor("#34c759")


def test_a_mask_from_an_empty_stack_is_refused_with_a_reason(
    qtbot: QtBot, bar: ToolOptionsBar, session: Session
) -> None:
    from studio.editing import mask as mask_actions

    session.apply(StepKind("test", "Delete layer"), session.document.with_active(None))
    with pytest.raises(Exception, match="No layer is chosen"):
        mask_actions.mask_from_layer(session)
    assert session.document.selection.tiles == Raster(channels=1).tiles


def test_fill_has_options_for_its_edge_and_paint_for_the_mask(
    bar: ToolOptionsBar, options: list[tuple[str, str, object]]
) -> None:
    bar.show_tool("fill")
    bar.fill_edges.grow.spin.setValue(3)
    bar.fill_edges.feather.spin.setValue(5)
    bar.fill_edges.antialias.click()
    edge = {"grow": 3, "feather": 5, "antialias": False}
    assert bar.fill_options().items() >= edge.items()
    assert options[-1] == ("fill", "edge", edge)
    assert not bar.inside_mask.isChecked(), "only when asked"
    bar.inside_mask.click()
    assert options[-1] == ("fill", "inside_mask", True)
    bar.show_tool("mask_brush")
    assert bar.inside_mask.isHidden()
    assert bar.fill_edges.isHidden()
