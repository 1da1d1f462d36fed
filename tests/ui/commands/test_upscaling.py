"""Image > Upscale in a whole window: the preview, the job, one undo step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import spandrel  # noqa: F401 - loaded here, because it takes seconds, which the worker would need within a test
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from studio.api.testing import FakeEngine
from studio.app import Studio, build
from studio.document import Document, PaintLayer, Raster, Rect, filled_mask
from studio.history import StepKind
from studio.jobs.runner import JobRunner
from studio.paths import Paths
from studio.plugin_host import PluginHost
from studio.session import JobStatus
from studio.ui.dialogs.upscale import PREVIEW_SIDE, UpscaleDialog
from studio.ui.widgets.split_view import SplitView
from tests.ui.shell_fakes import wait_for_plugins


@pytest.fixture
def studio(qtbot: QtBot, paths: Paths) -> Iterator[Studio]:
    """A window on a picture of noise, with the bundled upscalers and an engine that needs no model."""
    host = PluginHost.load(paths, entry_points=False)
    runner = JobRunner(host, FakeEngine, device="cpu", upscaler_folders=paths.upscaler_folders)
    made = build(paths, make_runner=lambda: runner)
    made.window.resize(1280, 800)
    made.window.show()
    made.start()
    wait_for_plugins(made)
    pixels = np.random.default_rng(1).integers(0, 256, (120, 200, 4), np.uint8)
    pixels[..., 3] = 255
    layer = PaintLayer(name="Noise", raster=Raster.from_array(pixels))
    made.session.open_document(
        Document(width=200, height=120, layers=(layer,), active_id=layer.id), StepKind("test", "Opened")
    )
    yield made
    assert made.shut_down(20), "the worker did not end"
    made.window.recovery.close()
    made.window.deleteLater()


def dialog_of(studio: Studio, upscaler: str = "lanczos") -> UpscaleDialog:
    studio.window.actions_by_id["image.upscale"].trigger()
    (dialog,) = studio.window.findChildren(UpscaleDialog)
    choose(dialog, upscaler)
    return dialog


def choose(dialog: UpscaleDialog, upscaler: str) -> None:
    dialog.upscaler.set_value(upscaler)
    dialog.upscaler.value_changed.emit(upscaler)


def test_a_preview_shows_what_the_whole_picture_will_look_like(qtbot: QtBot, studio: Studio) -> None:
    dialog = dialog_of(studio)
    shown: list[QImage] = []
    dialog.view.show_after = lambda image: (shown.append(image), SplitView.show_after(dialog.view, image))  # type: ignore[method-assign, assignment]
    dialog.factor.setValue(3)
    assert dialog.size_label.text() == "600 × 360 px"
    qtbot.waitUntil(lambda: bool(shown), timeout=20000)
    assert (shown[-1].width(), shown[-1].height()) == (3 * PREVIEW_SIDE, 3 * PREVIEW_SIDE)
    assert studio.session.queue.jobs == ()
    assert dialog.view.has_after
    dialog.reject()


def test_the_picture_is_enlarged_in_one_step_that_is_undone(qtbot: QtBot, studio: Studio) -> None:
    before = studio.session.document
    dialog = dialog_of(studio)
    dialog.factor.setValue(2.5)
    dialog.accept()
    qtbot.waitUntil(lambda: studio.session.document.width == 500, timeout=20000)
    assert studio.session.history.steps[-1].kind.label == "Upscale picture"
    assert studio.session.queue.jobs[-1].status is JobStatus.FINISHED
    (card,) = studio.window.docks.queue.cards()
    assert card.title.text() == "Upscale picture × 2.5"
    assert not card.reuse_button.isVisibleTo(card)
    studio.session.undo()
    assert studio.session.document is before


def test_a_layer_and_the_masked_part_are_offered_when_there_is_one(qtbot: QtBot, studio: Studio) -> None:
    dialog = dialog_of(studio)
    ids = [dialog.target.combo.itemData(index) for index in range(dialog.target.combo.count())]
    assert ids == ["picture", "layer"]
    dialog.reject()
    studio.session.apply(
        StepKind("test", "Mask"), studio.session.document.with_generation_mask(filled_mask(Rect(20, 20, 40, 30)))
    )
    qtbot.waitUntil(lambda: not studio.window.findChildren(UpscaleDialog), timeout=5000)
    dialog = dialog_of(studio)
    dialog.target.set_value("mask")
    dialog.target.value_changed.emit("mask")
    assert dialog.size_label.text() == "80 × 60 px"
    dialog.accept()
    qtbot.waitUntil(lambda: len(studio.session.document.layers) == 2, timeout=20000)
    assert (studio.session.document.width, studio.session.document.height) == (200, 120)


def test_each_upscaler_brings_its_own_settings(studio: Studio) -> None:
    dialog = dialog_of(studio, "diffusion")
    assert set(dialog.task().parameters) == {"strength", "keep_tone", "overlap", "steps", "prompt"}
    choose(dialog, "lanczos")
    assert dialog.task().parameters == {}
    dialog.reject()


def test_a_network_added_meanwhile_is_offered_and_a_bad_one_says_why(
    qtbot: QtBot, studio: Studio, paths: Paths
) -> None:
    dialog = dialog_of(studio)
    paths.user_upscalers.mkdir(parents=True)
    (paths.user_upscalers / "mine.pth").write_bytes(b"no network")
    studio.window.activateWindow()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.upscaler.combo.findData("mine") >= 0, timeout=5000)
    choose(dialog, "mine")
    qtbot.waitUntil(lambda: "mine.pth" in dialog.status.text(), timeout=20000)
    assert dialog.accept_button.isEnabled()
    dialog.reject()


def test_a_size_that_is_not_possible_is_said_at_once(studio: Studio) -> None:
    layer = PaintLayer(name="Empty")
    studio.session.open_document(
        Document(width=8000, height=8000, layers=(layer,), active_id=layer.id), StepKind("test", "Opened")
    )
    dialog = dialog_of(studio)
    dialog.factor.setValue(16)
    assert "128000x128000" in dialog.status.text()
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


def test_closing_the_dialog_stops_the_preview(qtbot: QtBot, studio: Studio) -> None:
    dialog = dialog_of(studio)
    dialog._delay.timeout.emit()
    dialog.reject()
    qtbot.waitUntil(lambda: not studio.worker.has_jobs, timeout=20000)
    assert studio.session.queue.jobs == ()


def test_the_divider_is_dragged_and_moved_by_keys(qtbot: QtBot) -> None:
    view = SplitView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    moves: list[tuple[float, float]] = []
    view.panned.connect(lambda across, down: moves.append((across, down)))
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(202, 40))
    QTest.mouseMove(view, QPoint(100, 40))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 40))
    assert view.divider == pytest.approx(0.25)
    assert moves == []
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 40))
    QTest.mouseMove(view, QPoint(260, 70))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(260, 70))
    assert sum(across for across, _ in moves) == pytest.approx(0.1)
    assert sum(down for _, down in moves) == pytest.approx(-0.1)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.divider == pytest.approx(0.3)
    for _ in range(30):
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.divider == 0.0


def test_the_view_shows_before_at_the_left_and_after_at_the_right(qtbot: QtBot, tmp_path: Path) -> None:
    view = SplitView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    before, after = (QImage(4, 4, QImage.Format.Format_RGB32) for _ in range(2))
    before.fill(Qt.GlobalColor.red)
    after.fill(Qt.GlobalColor.blue)
    view.show_before(before)
    view.show_after(after)
    view.set_divider(0.25)
    image = view.grab().toImage()
    assert image.pixelColor(80, 30).name() == "#ff0000"  # a square picture stands from 50 to 350
    assert image.pixelColor(300, 30).name() == "#0000ff"
    view.show_before(before)
    assert view.grab().toImage().pixelColor(300, 30).name() == "#ff0000"
