"""In the whole window too, the screen shows what the document holds, whatever menu, panel or job changed it."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import PaintLayer, Raster, Rect, add_layer, filled_mask, new_document
from studio.history import StepKind
from studio.session import JobStatus
from studio.ui.dialogs.filter import FilterDialog
from studio.ui.dialogs.picture_size import ResizeDialog
from tests.screen_eyes import assert_screen_is_as_repainted, come_to_rest, on_screen


@pytest.fixture
def busy(studio: Studio) -> Studio:
    """A window with more layers than one frame can compose."""
    rng = np.random.default_rng(1)
    document = new_document(1200, 1000)
    for index in range(8):
        pixels = rng.integers(0, 256, (250, 300, 4), np.uint8).repeat(4, 0).repeat(4, 1)
        pixels[..., :3] = pixels[..., :3].astype(np.uint16) * pixels[..., 3:] // 255
        document = add_layer(document, PaintLayer(name=str(index), opacity=0.7, raster=Raster.from_array(pixels)))
    studio.session.open_document(document, StepKind("test", "Open"))
    come_to_rest(studio.window.canvas)
    return studio


def trigger(studio: Studio, action_id: str, qtbot: QtBot) -> None:
    """Let an action act, also one that works in the background."""
    studio.window.actions_by_id[action_id].trigger()
    qtbot.waitUntil(lambda: not studio.tasks.is_busy, timeout=20_000)


def test_after_menus_and_dialogs(qtbot: QtBot, busy: Studio) -> None:
    canvas, window = busy.window.canvas, busy.window
    window.actions_by_id["image.resize"].trigger()
    window.findChild(ResizeDialog).chosen.emit(1500, 1250)
    window.findChild(ResizeDialog).accept()
    qtbot.waitUntil(lambda: busy.session.document.width == 1500, timeout=20_000)
    assert_screen_is_as_repainted(canvas, "Resize")
    for action_id in (
        *("edit.undo", "edit.redo", "image.rotate_right", "image.flip_vertical", "edit.undo", "view.actual_size"),
        *("layer.visible", "layer.visible", "layer.lower", "layer.duplicate", "layer.merge_down", "mask.all"),
        *("mask.invert", "edit.undo", "view.mask", "view.mask", "view.rotate_left", "view.mirror", "view.dark"),
        *("view.dark", "view.reset", "timeline.make", "layer.flatten", "edit.undo"),
    ):
        trigger(busy, action_id, qtbot)
        assert_screen_is_as_repainted(canvas, action_id)
    window.notices.show_notice("Something lies over the picture.")
    assert_screen_is_as_repainted(canvas, "a notice")
    window.notices.notices()[0].closed.click()
    assert_screen_is_as_repainted(canvas, "a notice that went")
    for toggle in [dock.toggleViewAction() for dock in window.docks.docks()][:2]:
        toggle.trigger()
        assert_screen_is_as_repainted(canvas, "a panel that came or went")


def test_after_a_filter_that_is_previewed_and_applied(qtbot: QtBot, busy: Studio) -> None:
    canvas, window = busy.window.canvas, busy.window
    window.filters.ask("levels")
    (dialog,) = window.findChildren(FilterDialog)
    before = on_screen(canvas)

    def is_changed() -> bool:
        return bool((on_screen(canvas) != before).any())

    dialog.parameters.set_values({"gamma": 4.0})
    qtbot.waitUntil(is_changed, timeout=20_000)
    assert_screen_is_as_repainted(canvas, "a filter's preview")
    with qtbot.waitSignal(dialog.finished, timeout=20_000):
        dialog.accept_button.click()
    assert_screen_is_as_repainted(canvas, "a filter")
    window.actions_by_id["edit.undo"].trigger()
    assert_screen_is_as_repainted(canvas, "undo of a filter")


@pytest.mark.parametrize("tool", ["image_to_image", "inpaint"])
def test_after_results(qtbot: QtBot, busy: Studio, tool: str) -> None:
    canvas, panel = busy.window.canvas, busy.window.docks.generate
    mask = filled_mask(Rect(200, 300, 500, 400))
    busy.session.apply(StepKind("test", "Mask"), busy.session.document.with_generation_mask(mask))
    panel.set_settings(panel.settings().with_changes(prompt="a beach", tool=tool))
    busy.window.actions_by_id["generate.start"].trigger()
    assert_screen_is_as_repainted(canvas, "a job that began")
    qtbot.waitUntil(lambda: busy.session.queue.jobs[-1].status is JobStatus.FINISHED, timeout=20_000)
    assert_screen_is_as_repainted(canvas, f"a result of {tool}")
    busy.session.place_result(busy.session.queue.jobs[-1].id)
    assert_screen_is_as_repainted(canvas, "a result that was placed again")
    busy.window.actions_by_id["edit.undo"].trigger()
    assert_screen_is_as_repainted(canvas, "undo of a result")
