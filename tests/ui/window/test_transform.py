"""Transforms in the window: what arrives in the tool, what Enter makes of it, and what the menus do meanwhile."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import PaintLayer, Rect, add_layer, new_document
from studio.document.fill import filled_rect
from studio.history import StepKind
from tests.ui.canvas.canvas_hands import Hand

STEP = StepKind("test", "New picture")
BLUE = (0, 0, 255, 255)


def open_blue(studio: Studio, box: Rect) -> Hand:
    layer = PaintLayer(name="Blue", id="blue", raster=filled_rect(box, BLUE))
    studio.session.open_document(add_layer(new_document(256, 192), layer), STEP)
    return Hand(studio.window.canvas)


def bounds(studio: Studio) -> Rect:
    layer = studio.session.document.active_layer
    assert layer is not None
    return layer.bounds()


def test_a_dropped_picture_larger_than_the_canvas_arrives_fitted_and_whole(
    qtbot: QtBot, studio: Studio, tmp_path: Path
) -> None:
    window, canvas = studio.window, studio.window.canvas
    hand = open_blue(studio, Rect(10, 10, 20, 20))
    pixels = np.random.default_rng(4).integers(0, 256, (900, 600, 3), np.uint8)
    Image.fromarray(pixels).save(tmp_path / "large.png")
    window.opening.drop([tmp_path / "large.png"])
    qtbot.waitUntil(lambda: canvas.is_stroke_active, timeout=5000)
    assert canvas.tool() == "transform"
    assert bounds(studio) == Rect(-172, -354, 600, 900), "all of its pixels are there"
    steps = len(studio.session.history.steps)
    hand.key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(studio.session.history.steps) == steps + 1, timeout=5000)
    assert bounds(studio) == Rect(64, 0, 128, 192)
    assert not canvas.is_stroke_active
    image = QImage(700, 300, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    window.actions_by_id["edit.paste"].trigger()
    assert canvas.is_stroke_active, "so does a pasted one"
    hand.key(Qt.Key.Key_Escape)
    assert bounds(studio).width == 700


def test_the_menu_flips_layers_and_inside_a_transform_the_frame(qtbot: QtBot, studio: Studio) -> None:
    actions, canvas = studio.window.actions_by_id, studio.window.canvas
    hand = open_blue(studio, Rect(10, 10, 40, 20))
    actions["layer.rotate_right"].trigger()
    assert bounds(studio) == Rect(20, 0, 20, 40)
    actions["tool.transform"].trigger()
    hand.key(Qt.Key.Key_Right)
    steps = len(studio.session.history.steps)
    actions["layer.flip_horizontal"].trigger()
    actions["layer.rotate_left"].trigger()
    assert len(studio.session.history.steps) == steps
    actions["layer.apply_transform"].trigger()
    qtbot.waitUntil(lambda: len(studio.session.history.steps) == steps + 1, timeout=5000)
    assert bounds(studio) == Rect(11, 10, 40, 20)
    actions["edit.undo"].trigger()
    assert bounds(studio) == Rect(20, 0, 20, 40)
    assert not canvas.is_stroke_active


def test_another_picture_or_a_closed_one_in_the_middle_of_a_transform(studio: Studio) -> None:
    session, canvas = studio.session, studio.window.canvas
    hand = open_blue(studio, Rect(10, 10, 40, 20))
    first = session.current
    studio.window.actions_by_id["tool.transform"].trigger()
    hand.key(Qt.Key.Key_Right)
    session.open_document(new_document(64, 64), STEP)
    assert first.document.find("blue").bounds().x == 11, "it was applied where it belongs"
    assert not canvas.is_stroke_active
    session.show(first)
    hand.key(Qt.Key.Key_Right)
    session.close(first, new_document(8, 8))
    assert not canvas.is_stroke_active
