"""A fill layer in the window: made from the menu, coloured by a double click, painted on once it is rasterised."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QColorDialog, QLineEdit
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.raster.compose import compose
from studio.ui.panels.layers.layer_delegate import part_at

RED, BLUE = (200, 20, 10), (10, 30, 220)


def double_click_thumbnail(studio: Studio) -> None:
    tree, layer = studio.window.docks.layers.tree, studio.session.document.active_layer
    assert layer is not None
    rect = tree.visualRect(tree.model().index_of(layer.id))
    line = [QPoint(x, rect.center().y()) for x in range(rect.left(), rect.right())]
    spot = next(point for point in line if part_at(layer, rect, point) == "pixels")
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)


def color_dialog() -> QColorDialog:
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QColorDialog))


def test_a_day_with_a_fill_layer(qtbot: QtBot, studio: Studio) -> None:
    window, session = studio.window, studio.session
    window.docks.colors.choose(QColor(*RED))
    window.canvas.set_color(QColor(*RED))
    window.actions_by_id["layer.add_fill"].trigger()
    assert (compose(session.document) == (*RED, 255)).all()

    double_click_thumbnail(studio)
    dialog = color_dialog()
    assert dialog.currentColor() == QColor(*RED)
    assert window.docks.layers.tree.findChild(QLineEdit) is None
    dialog.setCurrentColor(QColor(*BLUE))
    dialog.accept()
    assert (compose(session.document) == (*BLUE, 255)).all()

    window.actions_by_id["layer.rasterise"].trigger()
    assert session.document.active_paint_layer is not None
    assert not window.actions_by_id["layer.fill_color"].isEnabled()
    window.actions_by_id["edit.undo"].trigger()
    window.actions_by_id["edit.undo"].trigger()
    assert (compose(session.document) == (*RED, 255)).all()
    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_colour_for_a_layer_that_was_locked_meanwhile_is_refused(studio: Studio) -> None:
    window = studio.window
    window.actions_by_id["layer.add_fill"].trigger()
    before = studio.session.document
    window.actions_by_id["layer.fill_color"].trigger()
    dialog = color_dialog()
    window.actions_by_id["layer.locked"].trigger()
    dialog.setCurrentColor(QColor(*BLUE))
    dialog.accept()
    assert studio.session.document.layers[-1].color == before.layers[-1].color
    assert any("locked" in text for text in window.notices.texts())
