"""Choosing colours by mouse, keys and number."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.ui.panels.color_panel import ColorPanel
from studio.ui.widgets.color_swatch import ColorSwatch
from tests.ui.panels.panel_commands import Commands

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot: QtBot, commands: Commands) -> ColorPanel:
    made = ColorPanel(QColor("#202020"), commands.actions)
    commands.panels.swap_colors = made.swap
    qtbot.addWidget(made)
    made.resize(260, 320)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def chosen(panel: ColorPanel) -> list[str]:
    seen: list[str] = []
    panel.color_changed.connect(lambda color: seen.append(color.name()))
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


def test_a_grey_keeps_the_hue(panel: ColorPanel) -> None:
    panel.set_color(QColor("#0000ff"))
    panel.set_color(QColor("#808080"))
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


def test_arrow_keys_change_the_colour(panel: ColorPanel, chosen: list[str]) -> None:
    panel.set_color(QColor.fromHsvF(0.5, 0.5, 0.5))
    panel.square.setFocus()
    QTest.keyClick(panel.square, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert QColor(chosen[-1]).valueF() == pytest.approx(0.6, abs=0.01)


def test_recent_colours_are_kept_once_and_clicked_again(panel: ColorPanel, chosen: list[str]) -> None:
    for name in ("#ff0000", "#00ff00", "#ff0000"):
        panel.remember(QColor(name))
    assert panel.recent() == ("#ff0000", "#00ff00")
    swatches = [item for item in panel.swatches.findChildren(ColorSwatch) if item.isVisible()]
    QTest.mouseClick(swatches[1], LEFT)
    assert chosen == ["#00ff00"]


def test_setting_a_colour_from_outside_is_not_announced(panel: ColorPanel, chosen: list[str]) -> None:
    panel.set_color(QColor("#abcdef"))
    assert panel.hex.text() == "#abcdef"
    assert chosen == []
