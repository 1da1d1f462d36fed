"""From the strip and from drawn layers: more of the same, variations, other words, and parts by the brush."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from studio.app import Studio
from studio.document import Rect, filled_mask
from studio.generation import GenerationSettings
from studio.history import StepKind
from studio.session import Job
from studio.ui.dialogs.vary import VaryDialog
from studio.ui.widgets.dialog_opening import open_dialog

LEFT = Qt.MouseButton.LeftButton
SETTINGS = GenerationSettings(prompt="a beach", width=64, height=64, seed=5, count=2, steps=7)


@pytest.fixture
def drawn(qtbot: QtBot, studio: Studio) -> Studio:
    """Two results wait, and the second is looked at."""
    studio.store.change(results="strip")
    studio.session.start(SETTINGS)
    job = finish(qtbot, studio)
    studio.window.results.strip.tile((job.id, 1)).click()
    return studio


def finish(qtbot: QtBot, studio: Studio) -> Job:
    qtbot.waitUntil(lambda: all(job.is_over for job in studio.session.queue.jobs))
    return studio.session.queue.jobs[-1]


def run(studio: Studio, command: str) -> None:
    studio.window.actions_by_id[command].trigger()


def test_more_like_this_has_new_seeds_and_all_else_the_same(qtbot: QtBot, drawn: Studio) -> None:
    panel = drawn.window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="something else", count=3))
    run(drawn, "results.more")
    job = finish(qtbot, drawn)
    asked = job.request.settings
    assert (asked.prompt, asked.steps, asked.count) == ("a beach", 7, 3)
    assert asked.seed not in (5, 6)
    assert len(drawn.window.results.waiting) == 5


def test_variations_go_out_from_the_picture_that_is_looked_at(
    qtbot: QtBot, drawn: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[VaryDialog] = []
    monkeypatch.setattr(
        "studio.ui.window.result_desk.open_dialog", lambda dialog: opened.append(open_dialog(dialog)) or dialog
    )
    run(drawn, "results.vary")
    opened[0].amount.set_value(35)
    opened[0].count.set_value(3)
    opened[0].accept()
    job = finish(qtbot, drawn)
    asked = job.request.settings
    assert (asked.seed, asked.variation, asked.count, asked.prompt) == (6, 0.35, 3, "a beach")
    panel = drawn.window.docks.generate
    panel.set_settings(asked)
    assert not panel.sampling.variation.isHidden()
    assert panel.settings().variation_seed == asked.variation_seed
    assert panel.settings().variation == 0.35


def test_parts_are_brushed_in_with_white_on_the_mask(qtbot: QtBot, drawn: Studio) -> None:
    session, canvas = drawn.session, drawn.window.canvas
    run(drawn, "results.brush")
    layer = session.document.active_layer
    assert not layer.mask.read(session.document.canvas).any()
    assert canvas.tool() == "brush"
    qtbot.mouseClick(canvas, LEFT, pos=canvas.view_transform().to_view(QPointF(32, 32)).toPoint())
    mask = session.document.active_layer.mask
    assert mask.read(Rect(32, 32, 1, 1))[0, 0] == 255
    assert mask.read(Rect(0, 0, 1, 1))[0, 0] == 0
    assert session.document.active_layer.raster is layer.raster
    assert drawn.window.docks.colors.foreground == QColor("white")
    run(drawn, "edit.swap_colors")
    assert drawn.window.docks.colors.foreground == QColor("black"), "it hides again"


def test_what_is_seen_of_a_layer_is_changed_by_the_brush(drawn: Studio) -> None:
    run(drawn, "results.apply")
    assert drawn.session.document.active_layer.mask is None
    run(drawn, "results.brush")
    mask = drawn.session.document.active_layer.mask
    assert mask.read(drawn.session.document.canvas).min() == 255, "all of it is seen at first"


def test_edit_again_brings_settings_back_and_waits_for_words(qtbot: QtBot, drawn: Studio) -> None:
    panel = drawn.window.docks.generate
    run(drawn, "results.apply")
    drawn_id = drawn.session.document.active_id
    panel.set_settings(panel.settings().with_changes(prompt="something else", steps=30))
    masked = drawn.session.document.with_generation_mask(filled_mask(Rect(0, 0, 9, 9)))
    drawn.session.apply(StepKind("test", "Mask"), masked)
    run(drawn, "results.edit")
    settings = panel.settings()
    assert (settings.prompt, settings.steps, settings.seed, settings.count) == ("a beach", 7, 6, 1)
    assert drawn.window.focusWidget() is panel.prompt.prompt
    assert panel.prompt.prompt.textCursor().selectedText() == "a beach"
    assert not drawn.session.document.find(drawn_id).visible
    assert drawn.session.history.steps[-1].kind.label == "Edit again"


def test_without_a_picture_or_a_drawn_layer_nothing_is_offered(studio: Studio) -> None:
    for command in ("results.more", "results.vary", "results.edit", "results.brush"):
        assert not studio.window.actions_by_id[command].isEnabled()
