"""Choosing colours by mouse, keys and number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.panels.color_panel import ColorPanel
from studio.ui.widgets.color_pair import ColorPair
from studio.ui.widgets.color_swatch import ColorSwatch
from studio.ui.widgets.paint_colors import PaintColors
from tests.ui.panels.panel_commands import Commands

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, commands: Commands) -> ColorPanel:
    colors = PaintColors(QColor("#202020"), QColor("white"))
    made = ColorPanel(colors, commands.actions)
    commands.panels.colors = colors
    qtbot.addWidget(made)
    made.resize(260, 320)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def colors(commands: Commands, panel: ColorPanel) -> PaintColors:
    del panel
    made = commands.panels.colors
    assert isinstance(made, PaintColors)
    return made


@pytest.fixture
def chosen(colors: PaintColors) -> list[str]:
    seen: list[str] = []
    colors.changed.connect(lambda: seen.append(colors.foreground.name()))
    return seen


def test_the_corner_of_the_square_is_the_pure_hue(panel: ColorPanel, chosen: list[str]) -> None:
    strip, square = panel.strip, panel.square
    third = round(strip.inner().left() + (strip.inner().width() - 1) / 3)
    QTest.mouseClick(strip, LEFT, pos=QPoint(third, strip.height() // 2))
    QTest.mouseClick(square, LEFT, pos=QPoint(square.width() - 1, 0))
    red, green, blue, _ = QColor(chosen[-1]).getRgb()
    assert green == 255
    assert max(red, blue) <= 4
    QTest.mouseClick(square, LEFT, pos=QPoint(1, 1))
    assert chosen[-1] == "#ffffff"
    QTest.mouseClick(square, LEFT, pos=QPoint(40, square.height() - 1))
    assert chosen[-1] == "#000000"


def test_dragging_leaves_the_square_only_at_its_edge(panel: ColorPanel, chosen: list[str]) -> None:
    QTest.mousePress(panel.square, LEFT, pos=QPoint(20, 20))
    QTest.mouseMove(panel.square, QPoint(5000, -5000))
    QTest.mouseRelease(panel.square, LEFT, pos=QPoint(5000, -5000))
    assert QColor(chosen[-1]).valueF() == 1.0
    assert QColor(chosen[-1]).saturationF() == 1.0


def test_a_grey_keeps_the_hue(panel: ColorPanel, colors: PaintColors) -> None:
    colors.choose(QColor("#0000ff"))
    colors.choose(QColor("#808080"))
    QTest.mouseClick(panel.square, LEFT, pos=QPoint(panel.square.width() - 1, 0))
    assert panel.color().name() == "#0000ff"


def test_typing_a_number(qtbot: QtBot, panel: ColorPanel, chosen: list[str]) -> None:
    panel.hex.setFocus()
    panel.hex.selectAll()
    qtbot.keyClicks(panel.hex, "#3366cc")
    assert chosen == ["#3366cc"]
    panel.hex.selectAll()
    qtbot.keyClicks(panel.hex, "12x4")
    qtbot.keyClick(panel.hex, Qt.Key.Key_Return)
    assert chosen == ["#3366cc"]


def test_swapping_with_the_button_and_with_the_other_colour(panel: ColorPanel, chosen: list[str]) -> None:
    QTest.mouseClick(panel.swap_button, LEFT)
    assert (panel.color().name(), panel.background.color().name()) == ("#ffffff", "#202020")
    QTest.mouseClick(panel.background, LEFT)
    assert chosen == ["#ffffff", "#202020"]


def test_arrow_keys_change_the_colour(panel: ColorPanel, colors: PaintColors, chosen: list[str]) -> None:
    colors.choose(QColor.fromHsvF(0.5, 0.5, 0.5))
    panel.square.setFocus()
    QTest.keyClick(panel.square, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert QColor(chosen[-1]).valueF() == pytest.approx(0.6, abs=0.01)


def test_recent_colours_are_kept_once_and_clicked_again(panel: ColorPanel, colors: PaintColors) -> None:
    for name in ("#ff0000", "#00ff00", "#ff0000"):
        colors.choose(QColor(name))
        colors.remember()
    assert colors.recent == ("#ff0000", "#00ff00")
    swatches = [item for item in panel.swatches.findChildren(ColorSwatch) if item.isVisible()]
    QTest.mouseClick(swatches[1], LEFT)
    assert colors.foreground.name() == "#00ff00"


def test_a_colour_that_was_chosen_elsewhere_is_shown(panel: ColorPanel, colors: PaintColors) -> None:
    colors.choose(QColor("#abcdef"))
    colors.choose_background(QColor("#123456"))
    assert (panel.hex.text(), panel.background.color().name()) == ("#abcdef", "#123456")
    colors.reset()
    assert (panel.hex.text(), panel.background.color().name()) == ("#000000", "#ffffff")
    assert colors.recent[0] == "#abcdef"


def test_the_pair_at_the_tool_bar_swaps_and_asks(qtbot: QtBot, colors: PaintColors) -> None:
    pair = ColorPair(colors)
    qtbot.addWidget(pair)
    pair.resize(pair.sizeHint())
    with qtbot.waitSignal(pair.asked):
        QTest.mouseClick(pair, LEFT, pos=pair.front().center())
    QTest.mouseClick(pair, LEFT, pos=pair.back().bottomRight() - QPoint(2, 2))
    assert (colors.foreground.name(), colors.background.name()) == ("#ffffff", "#202020")
    assert "#ffffff" in pair.accessibleName()
