"""Adjustments are set by hand: numbers, sliders and a curve that is dragged."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.document import Adjustment
from studio.raster.adjustments.table import KINDS, effect_of
from studio.ui.dialogs.adjustments.dialog import AdjustmentDialog
from studio.ui.dialogs.adjustments.editors import CurvesEditor, FormEditor, LevelsEditor

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SET: dict[str, dict[str, Any]] = {
    "levels": {"rgb": [20, 230, 1.4, 0, 255], "blue": [0, 255, 1.0, 40, 200]},
    "curves": {"rgb": [[0, 0], [90, 160], [255, 255]], "red": [[0, 30], [255, 255]]},
    "brightness_contrast": {"brightness": 20, "contrast": 30},
    "hue_saturation": {"hue": 80, "saturation": -30, "lightness": 10, "colorize": True},
    "color_balance": {
        "shadows": [0, 0, 30],
        "midtones": [40, -20, 0],
        "highlights": [0, 0, 0],
        "preserve_luminosity": False,
    },
    "gradient_map": {"stops": [[0.0, "#102040"], [0.3, "#808080"], [1.0, "#ffe0a0"]]},
    "blur": {"radius": 6.0},
    "sharpen": {"amount": 150, "radius": 2.0},
}


def opened(qtbot: QtBot, kind: str, values: dict[str, Any]) -> AdjustmentDialog:
    dialog = AdjustmentDialog(kind, values)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_set_by_what_it_is_kept_as(qtbot: QtBot, kind: str) -> None:
    dialog = AdjustmentDialog(kind, SET[kind])
    qtbot.addWidget(dialog)
    assert dialog.editor.values() == SET[kind]
    fresh = AdjustmentDialog(kind, {})
    qtbot.addWidget(fresh)
    assert effect_of(Adjustment.of(kind, fresh.editor.values())) is not None


def test_a_curve_is_bent_by_hand(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "curves", {})
    editor = dialog.editor
    assert isinstance(editor, CurvesEditor)
    editor.show_histogram(np.random.default_rng(1).random((4, 256)))
    curve = editor.curve
    told: list[dict[str, Any]] = []
    dialog.wanted.connect(told.append)
    start, end = curve._place((128, 128)).toPoint(), curve._place((100, 180)).toPoint()
    QTest.mousePress(curve, LEFT, NONE, start)
    QTest.mouseMove(curve, end)
    QTest.mouseRelease(curve, LEFT, NONE, end)
    ((_, first), (x, y), (_, last)) = editor.values()["rgb"]
    assert (first, last) == (0, 255)
    assert abs(x - 100) <= 1
    assert abs(y - 180) <= 1
    assert told[-1] == editor.values()
    QTest.keyClick(curve, Qt.Key.Key_Up)
    assert editor.values()["rgb"][1][1] == y + 1
    QTest.keyClick(curve, Qt.Key.Key_Delete)
    assert editor.values() == {}


def test_a_point_stays_between_its_neighbours_and_two_are_left(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "curves", SET["curves"])
    editor = dialog.editor
    assert isinstance(editor, CurvesEditor)
    curve = editor.curve
    curve._chosen = curve._near(curve._place((90, 160)))
    curve._move_to((300, 300))
    assert editor.values()["rgb"][1] == [254, 255]
    for _ in range(3):
        curve._chosen = 0
        curve._remove()
    assert len(editor.values()["rgb"]) == 2


def test_channels_of_levels_are_kept_apart_and_black_stays_below_white(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "levels", SET["levels"])
    editor = dialog.editor
    assert isinstance(editor, LevelsEditor)
    editor.channels.set_value("green")
    editor._show_channel("green")
    black, white, *_ = editor.rows
    white.set_value(100)
    black.set_value(180)
    assert editor.values() == {**SET["levels"], "green": [180, 181, 1.0, 0, 255]}
    editor.reset_button.click()
    assert editor.values() == SET["levels"]


def test_the_preview_can_be_switched_off_and_ok_applies_all_the_same(qtbot: QtBot) -> None:
    dialog = opened(qtbot, "blur", {"radius": 2.0})
    assert isinstance(dialog.editor, FormEditor)
    told: list[dict[str, Any]] = []
    dialog.wanted.connect(told.append)
    dialog.editor.form.set_values({"radius": 30.0})
    dialog.preview_box.setChecked(False)
    assert told[-1] == {"radius": 2.0}
    dialog.accept()
    assert told[-1] == {"radius": 30.0}
