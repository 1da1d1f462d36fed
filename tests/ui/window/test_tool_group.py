"""Tools of a kind share a button of the tool bar."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.window.tool_group import ToolGroupButton


def tools(parent: QWidget) -> list[QAction]:
    group = QActionGroup(parent)
    made = [QAction(name, group) for name in ("Brush", "Rectangle", "Ellipse")]
    for action in made:
        action.setCheckable(True)
        action.setToolTip(f"{action.text()} (key)")
    made[0].setChecked(True)
    return made


def test_the_tool_that_was_used_last_is_the_one_that_a_click_chooses(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    brush, rectangle, ellipse = tools(window)
    button = ToolGroupButton([rectangle, ellipse], window)
    assert button.accessibleName() == "Rectangle"
    assert button.toolTip().startswith("Rectangle (key)\n")
    ellipse.trigger()
    assert (button.defaultAction(), button.isChecked()) == (ellipse, True)
    brush.trigger()
    assert (button.accessibleName(), button.isChecked()) == ("Ellipse", False)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ellipse.isChecked()
    assert button.menu().actions() == [rectangle, ellipse]


def test_new_keys_of_a_tool_are_said_with_the_way_to_the_others(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    _brush, *shapes = tools(window)
    button = ToolGroupButton(shapes, window)
    way = button.toolTip().splitlines()[1]
    shapes[0].setToolTip("Rectangle (R)")
    assert button.toolTip() == f"Rectangle (R)\n{way}"
