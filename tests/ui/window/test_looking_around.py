"""What lies around the canvas: the canvas alone, the first layout again, the navigator, the sign of a turned view."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QByteArray, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import PaintLayer, Raster, add_layer, new_document
from studio.history import StepKind
from studio.raster.thumbnail import document_thumbnail
from studio.ui.window.look_desk import LAYOUT_VERSION
from studio.ui.window.main_window import MainWindow


def shown(window: MainWindow) -> list[str]:
    """The docks and bars that are seen."""
    docks = [dock.objectName() for dock in window.findChildren(QDockWidget) if not dock.isHidden()]
    bars = {"tools": window.tool_bar, "options": window.docks.tool_options, "status": window.statusBar()}
    return sorted(docks) + [name for name, bar in bars.items() if not bar.isHidden()]


def test_tab_on_the_canvas_puts_all_away_and_all_comes_back(studio: Studio, qtbot: QtBot) -> None:
    window = studio.window
    before, width = shown(window), window.canvas.width()
    window.docks.generate.prompt.prompt.setFocus()
    QTest.keyClick(window.docks.generate.prompt.prompt, Qt.Key.Key_Tab)
    assert shown(window) == before  # in a form it goes to the next field
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert shown(window) == []
    qtbot.waitUntil(lambda: window.canvas.width() == window.width())
    assert window.actions_by_id["view.canvas_only"].isChecked()
    window.remembered.save()
    kept = studio.store.current.window_state
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    assert shown(window) == before
    qtbot.waitUntil(lambda: window.canvas.width() == width)
    window.docks.gallery.dock.show()
    window.restoreState(QByteArray.fromBase64(kept.encode()), LAYOUT_VERSION)
    assert shown(window) == before  # a start after that shows all panels too
    # and the first layout comes back from any other
    window.docks.gallery.dock.show()
    window.findChild(QDockWidget, "dock-layers").hide()
    window.actions_by_id["view.canvas_only"].trigger()
    window.actions_by_id["view.reset_panels"].trigger()
    assert shown(window) == before
    assert not window.actions_by_id["view.canvas_only"].isChecked()


def test_the_navigator_shows_the_picture_and_looks_where_it_is_pressed(studio: Studio, qtbot: QtBot) -> None:
    window = studio.window
    document = new_document(400, 200)
    pixels = np.zeros((200, 400, 4), np.uint8)
    pixels[:, 200:] = (255, 0, 0, 255)
    studio.session.open_document(
        add_layer(document, PaintLayer(name="Half", raster=Raster.from_array(pixels))), StepKind("test", "Open")
    )
    window.canvas.actual_size()
    window.looks.navigator.dock.show()
    overview = window.looks.navigator.panel.overview
    qtbot.waitUntil(lambda: not overview._image.isNull() and overview._image.pixelColor(200, 40).red() == 255)
    window.canvas.zoom_to(8.0)
    place = overview.place()
    QTest.mousePress(overview, Qt.MouseButton.LeftButton, pos=QPointF(place.right() - 1, place.top() + 1).toPoint())
    view = window.canvas.view_transform()
    assert view.center_x > 390
    assert view.center_y < 10
    sign_says_that_the_view_is_turned(window)
    picture_that_is_seen_whole_stays_so(studio, qtbot)


def sign_says_that_the_view_is_turned(window: MainWindow) -> None:
    sign, canvas = window.looks.sign, window.canvas
    assert sign.isHidden()
    canvas.mirror_view(True)
    canvas.rotate_view(-30.0)
    assert not sign.isHidden()
    assert sign.text() == "Mirrored · Turned by -30°"
    assert canvas.rect().contains(sign.geometry())
    QTest.mouseClick(sign, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert sign.isHidden()
    assert canvas.view_transform().is_upright


def picture_that_is_seen_whole_stays_so(studio: Studio, qtbot: QtBot) -> None:
    session, canvas = studio.session, studio.window.canvas
    first = session.open_document(new_document(600, 300), StepKind("test", "One"))
    session.apply(StepKind("test", "Change"), add_layer(session.document, PaintLayer(name="More")))
    canvas.fit()
    session.open_document(new_document(300, 600), StepKind("test", "Two"))
    canvas.rotate_view(15.0)
    studio.window.actions_by_id["view.canvas_only"].trigger()
    qtbot.waitUntil(lambda: canvas.width() == studio.window.width())
    session.show(first)
    view = canvas.view_transform()
    assert view == view.fitted(600, 300)
    assert view.angle == 0.0


def test_the_small_picture_has_the_proportions_of_the_canvas() -> None:
    small = document_thumbnail(new_document(4000, 1000), 256)
    assert small.shape == (64, 256, 4)
    assert (small == 255).all()
