"""Options of the canvas tools, and edits of the whole mask."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.document import Raster, Rect, filled_mask
from studio.editing import layers
from studio.history import StepKind
from studio.session import Session
from studio.ui.canvas.tools.options import ToolOptions
from studio.ui.canvas.tools.registry import TOOLS, options_of_tools, tool_info
from studio.ui.canvas.tools.tool import Section
from studio.ui.panels.tool_options_bar import ToolOptionsBar
from studio.ui.widgets.color_choice import ColorChoice
from studio.ui.widgets.segmented import SegmentedButtons
from studio.ui.widgets.slider_row import SliderRow
from tests.ui.panels.panel_commands import Commands

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def options() -> ToolOptions:
    return options_of_tools({"eraser": {"diameter": 80.0}})


@pytest.fixture
def bar(qtbot: QtBot, session: Session, options: ToolOptions, commands: Commands) -> ToolOptionsBar:
    made = ToolOptionsBar(session, options, commands.actions)
    qtbot.addWidget(made)
    made.resize(900, 40)
    made.show()
    qtbot.waitExposed(made)
    return made


def paint_mask(session: Session) -> None:
    session.apply(
        StepKind("test", "Paint mask"), session.document.with_generation_mask(filled_mask(Rect(100, 80, 20, 20)))
    )


def masked(session: Session) -> Rect:
    return session.document.generation_mask.bounds()


def test_every_tool_has_its_name(bar: ToolOptionsBar) -> None:
    for info in TOOLS:
        bar.show_tool(info.id)
        assert bar.title.text() == info.name


def settle() -> None:
    for _ in range(4):  # layouts inside layouts
        QApplication.processEvents()


def in_menus(bar: ToolOptionsBar) -> set[QWidget]:
    shown = (bar.form(group.id) for group in tool_info(bar.tool()).options)
    mask_row = () if bar.mask_bar.isHidden() else (bar.mask_bar.row,)
    rows = (bar.row, *mask_row, *(form.row for form in shown if form.row is not None))
    return {widget for row in rows for widget in row.moved()}


def controls(bar: ToolOptionsBar) -> list[QWidget]:
    """What the shown tool offers, wherever it is, but for what is always in a menu."""
    groups = [group for group in tool_info(bar.tool()).options if not bar.form(group.id).isHidden()]
    edits = (bar.mask_bar.invert_button, bar.mask_bar.grow_button, bar.mask_bar.radius)
    masks = edits if tool_info(bar.tool()).section is Section.MASK else ()
    shown = [(group.id, option.id) for group in groups for option in group.parameters if not option.advanced]
    return [*masks, *(bar.form(group).widget_of(option) for group, option in shown)]


@pytest.mark.parametrize("width", [320, 450, 600, 650, 1000, 1200])
def test_at_any_width_each_control_is_whole_or_in_a_menu(bar: ToolOptionsBar, width: int) -> None:
    for tool in TOOLS:
        bar.show_tool(tool.id)
        bar.resize(width, bar.height())
        settle()
        for widget in controls(bar):
            assert not widget.isHidden()
            moved = any(widget is there or there.isAncestorOf(widget) for there in in_menus(bar))
            if not moved:
                corner = widget.mapTo(bar, widget.rect().bottomRight())
                assert bar.rect().contains(corner), (tool.id, widget)
                assert widget.width() >= widget.minimumSizeHint().width(), (tool.id, widget)
        if width >= 1000 and tool.id != "transform":  # which has more numbers than fit there
            assert not in_menus(bar), tool.id


def test_a_control_in_the_menu_works_and_comes_back(bar: ToolOptionsBar, options: ToolOptions) -> None:
    bar.show_tool("fill")
    form = bar.form("fill")
    merged = form.widget_of("sample_merged")
    bar.resize(330, bar.height())
    settle()
    assert form.row is not None
    assert merged in form.row.moved()
    menu = form.row.button.menu()
    menu.popup(bar.mapToGlobal(bar.rect().bottomLeft()))
    settle()
    assert merged.isVisible()
    QTest.mouseClick(merged, LEFT, pos=merged.rect().center())
    assert options.values("fill")["sample_merged"] is False
    menu.close()
    bar.resize(900, bar.height())
    settle()
    assert form.row.moved() == ()
    assert merged.isVisible()
    assert merged.parentWidget() is form.row


def test_what_another_tool_shows_does_not_stay_in_the_menu(bar: ToolOptionsBar) -> None:
    bar.resize(330, bar.height())
    bar.show_tool("fill")
    settle()
    bar.show_tool("picker")
    settle()
    assert bar.row.moved() == ()
    assert not bar.overflow.isVisible()
    assert bar.hint.isVisible()


def test_the_options_of_a_tool_stand_in_its_order_whichever_was_shown_first(bar: ToolOptionsBar) -> None:
    for tool_id in ("fill", "mask_lasso", "eraser", "mask_brush", "brush"):
        bar.show_tool(tool_id)
        settle()
        shown = [bar.form(group.id) for group in tool_info(tool_id).options if not bar.form(group.id).isHidden()]
        places = [form.mapTo(bar, form.rect().topLeft()).x() for form in (bar.title, *shown)]
        assert places == sorted(places), tool_id


def test_each_tool_has_its_own_brush(bar: ToolOptionsBar, options: ToolOptions) -> None:
    bar.show_tool("eraser")
    size = bar.form("eraser").widget_of("diameter")
    assert isinstance(size, SliderRow)
    assert size.value() == 80
    size.set_value(40)
    assert options.values("brush")["diameter"] == 24
    assert options.saved() == {"eraser": {"diameter": 40}}


def test_what_is_typed_counts_at_once(qtbot: QtBot, bar: ToolOptionsBar, options: ToolOptions) -> None:
    size = bar.form("brush").widget_of("diameter")
    assert isinstance(size, SliderRow)
    size.spin.setFocus()
    size.spin.selectAll()
    with qtbot.waitSignal(options.changed) as told:
        qtbot.keyClicks(size.spin, "7")
    assert told.args == ["brush"]
    assert options.values("brush")["diameter"] == 7
    QTest.mouseClick(bar.form("brush").widget_of("pressure_opacity"), LEFT)
    assert options.values("brush")["pressure_opacity"]


def test_a_size_changed_on_the_canvas_is_shown_unrounded_and_without_an_echo(
    bar: ToolOptionsBar, options: ToolOptions
) -> None:
    told: list[str] = []
    options.changed.connect(told.append)
    options.set("brush", diameter=33.3)
    assert bar.form("brush").values()["diameter"] == 33.3
    assert told == ["brush"]
    assert options.values("brush")["diameter"] == 33.3


def test_the_mask_eraser_shares_the_mask_brush(bar: ToolOptionsBar) -> None:
    bar.show_tool("mask_eraser")
    shared = bar.form("mask_brush")
    assert shared.isVisible()
    bar.show_tool("mask_brush")
    assert bar.form("mask_brush") is shared
    assert "opacity" not in shared.values()


def test_options_in_a_menu_of_their_own(bar: ToolOptionsBar, options: ToolOptions) -> None:
    bar.show_tool("fill")
    grow = bar.form("fill").widget_of("grow")
    assert isinstance(grow, SliderRow)
    grow.spin.setValue(3)
    assert options.values("fill")["grow"] == 3
    bar.show_tool("mask_lasso")
    modes = bar.form("mask_shape").widget_of("mode")
    assert isinstance(modes, SegmentedButtons)
    QTest.mouseClick(modes.button("subtract"), LEFT)
    assert options.values("mask_shape")["mode"] == "subtract"
    assert bar.form("fill").isHidden()


def test_painting_on_a_layer_mask_is_offered_only_where_there_is_one(bar: ToolOptionsBar, session: Session) -> None:
    assert bar.form("part").isHidden()
    active = session.document.active_layer
    assert active is not None
    layers.add_mask(session, active.id)
    assert bar.form("part").isVisible()
    session.undo()
    assert bar.form("part").isHidden()


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
    assert not session.document.generation_mask.tiles
    QTest.mouseClick(mask.invert_button, LEFT)
    assert masked(session) == session.document.canvas
    labels = [step.kind.label for step in session.history.steps[1:]]
    assert labels == ["Paint mask", "Grow mask", "Shrink mask", "Feather mask", "Clear mask", "Invert mask"]


def test_inverting_twice_gives_the_mask_back(bar: ToolOptionsBar, session: Session) -> None:
    bar.show_tool("mask_rectangle")
    paint_mask(session)
    before = session.document.generation_mask.read(session.document.canvas)
    for _ in range(2):
        QTest.mouseClick(bar.mask_bar.invert_button, LEFT)
    assert (session.document.generation_mask.read(session.document.canvas) == before).all()


def test_the_overlay_is_hidden_and_coloured(bar: ToolOptionsBar, options: ToolOptions) -> None:
    bar.show_tool("mask_brush")
    form = bar.form("mask_view")
    QTest.mouseClick(form.widget_of("visible"), LEFT)
    assert options.values("mask_view")["visible"] is False
    color = form.widget_of("color")
    assert isinstance(color, ColorChoice)
    next(action for action in color.color_menu.actions() if action.text() == "Green").trigger()
    assert options.values("mask_view")["color"] == "#34c759"
    assert options.saved()["mask_view"] == {"color": "#34c759"}, "a hidden mask is seen the next time"


def test_a_mask_from_an_empty_stack_is_refused_with_a_reason(
    qtbot: QtBot, bar: ToolOptionsBar, session: Session
) -> None:
    from studio.editing import mask

    session.apply(StepKind("test", "Delete layer"), session.document.with_active(None))
    with pytest.raises(Exception, match="No layer is chosen"):
        mask.mask_from_layer(session)
    assert session.document.generation_mask.tiles == Raster(channels=1).tiles
