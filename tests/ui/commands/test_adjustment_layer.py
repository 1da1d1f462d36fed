"""An adjustment layer from the menu to the picture: the dialog, its cancel, and the double click on its mark."""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.app import Studio
from studio.ui.dialogs.adjustments.dialog import AdjustmentDialog
from studio.ui.dialogs.adjustments.editors import FormEditor
from studio.ui.panels.layers.layer_delegate import part_at


def dialog() -> AdjustmentDialog:
    (found,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, AdjustmentDialog))
    gc.collect()
    return found


def close(how: Callable[[], object]) -> None:
    how()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_it_is_added_set_left_and_set_again_by_a_double_click(studio: Studio) -> None:
    session, actions = studio.session, studio.window.actions_by_id
    before = session.document
    actions["layer.adjust_brightness_contrast"].trigger()
    assert len(session.document.layers) == len(before.layers) + 1
    opened = dialog()
    close(opened.reject)
    assert session.document is before

    actions["layer.adjust_brightness_contrast"].trigger()
    opened = dialog()
    assert isinstance(opened.editor, FormEditor)
    opened.editor.form.set_values({"brightness": -40, "contrast": 0})
    close(opened.accept)
    layer = session.document.active_layer
    assert layer is not None
    assert layer.adjustment is not None
    assert layer.adjustment.values() == {"brightness": -40, "contrast": 0}

    tree = studio.window.docks.layers.tree
    rect = tree.visualRect(tree.model().index_of(layer.id))
    place = next(QPoint(x, rect.center().y()) for x in range(rect.left(), rect.right()) if _is_mark(layer, rect, x))
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    opened = dialog()
    assert opened.editor.values() == {"brightness": -40, "contrast": 0}
    close(opened.reject)
    assert session.document.active_layer is layer


def _is_mark(layer, rect, x: int) -> bool:
    return part_at(layer, rect, QPoint(x, rect.center().y())) == "pixels"
