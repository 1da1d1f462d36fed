"""A painter's day with the real window and the model that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from studio.cli.main import run_command
from studio.document import PaintLayer
from studio.files import open_document
from studio.generation import GenerationSettings
from studio.raster.compose import compose
from studio.session import Job, JobStatus

JOB_MS = 120_000


def few_steps(painter, steps: int = 4, **changes: object) -> None:
    """Set the panel for quick pictures; the person's other choices stay."""
    panel = painter.studio.window.docks.generate
    settings = panel.settings()
    wanted = {"prompt": settings.prompt or "a beach", "steps": steps, "seed": 11, **changes}
    panel.set_settings(settings.with_changes(**wanted))


def _has_begun(job: Job) -> bool:
    return job.progress is not None and job.progress.step >= 1


def test_open_paint_a_mask_inpaint_undo_redo_save_and_reopen(painter) -> None:
    session = painter.studio.session
    few_steps(painter)

    painter.type_prompt("美丽的海滩")
    job = painter.generate()
    assert job.status is JobStatus.FINISHED, job.error
    beach = painter.sees()
    assert beach[..., :3].std() > 5

    painter.use("mask_brush")
    centre = (session.document.width / 2, session.document.height / 2)
    painter.drag(centre, (centre[0] + 10, centre[1]), (centre[0] + 20, centre[1] + 6))
    selection = session.document.generation_mask
    assert session.history.steps[-1].kind.label == "Paint mask"
    assert not selection.bounds().is_empty

    painter.choose_generation("Inpaint")
    few_steps(painter, tool="inpaint")
    painter.type_prompt("a sailing boat")
    assert painter.generate().status is JobStatus.FINISHED
    assert np.array_equal(painter.sees(), beach), "it waits over the canvas"
    painter.apply()
    inpainted = painter.sees()
    layer = session.document.active_paint_layer
    assert layer is not None
    assert layer.mask is not None
    outside = layer.mask.read(session.document.canvas) == 0
    assert outside.any()
    assert np.array_equal(inpainted[outside], beach[outside])
    assert not np.array_equal(inpainted, beach)

    painter.control(Qt.Key.Key_Z)
    assert np.array_equal(painter.sees(), beach)
    painter.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert np.array_equal(painter.sees(), inpainted)

    painter.studio.window.actions_by_id["file.save"].trigger()
    painter.wait(lambda: session.path is not None and not session.is_modified)
    saved = session.path
    assert saved is not None
    painter.studio.window.saving.close_current()
    painter.studio.window.opening.open(saved)
    painter.wait(lambda: session.history.steps[0].kind.label == "Open")
    assert np.abs(painter.sees().astype(int) - inpainted).max() <= 1
    again = [one.settings for one in session.document.walk() if one.settings]
    assert [GenerationSettings.read_json(text).prompt for text in again] == ["美丽的海滩", "a sailing boat"]


def test_a_cancelled_job_ends_soon_and_changes_nothing(painter) -> None:
    session = painter.studio.session
    few_steps(painter, steps=400)
    before = session.document
    painter.studio.window.actions_by_id["generate.start"].trigger()
    painter.wait(lambda: _has_begun(session.queue.jobs[0]), JOB_MS)
    painter.studio.window.actions_by_id["generate.cancel"].trigger()
    painter.wait(lambda: session.queue.jobs[0].is_over, JOB_MS)
    assert session.queue.jobs[0].status is JobStatus.CANCELLED
    assert session.queue.jobs[0].progress.step < 400
    assert session.document is before
    few_steps(painter)
    assert painter.generate().status is JobStatus.FINISHED


def test_a_queue_of_three_runs_in_order_and_one_can_be_taken_out(painter) -> None:
    session = painter.studio.session
    start = painter.studio.window.actions_by_id["generate.start"]
    for seed in (1, 2, 3):
        few_steps(painter, steps=6)
        panel = painter.studio.window.docks.generate
        panel.set_settings(panel.settings().with_changes(seed=seed))
        start.trigger()
    session.queue.cancel(session.queue.jobs[1].id)
    painter.wait(lambda: all(job.is_over for job in session.queue.jobs), JOB_MS)
    assert [job.status for job in session.queue.jobs] == [JobStatus.FINISHED, JobStatus.CANCELLED, JobStatus.FINISHED]
    labels = [step.kind.label for step in session.history.steps]
    assert labels.count("Generate") == 1
    assert session.queue.undecided(session.current.id) == ((session.queue.jobs[2].id, 0),)


def test_window_and_command_line_draw_the_same_pixels(painter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few_steps(painter)
    painter.type_prompt("mountains at sunset")
    job = painter.generate()
    assert job.result is not None
    # The same user, with what was measured about the device.
    monkeypatch.setattr("studio.cli.generation.default_paths", lambda: painter.studio.paths)
    settings = job.result.request.settings
    arguments = ["generate", settings.prompt, "-o", str(tmp_path / "cli.png"), "--seed", str(settings.seed)]
    arguments += ["--steps", str(settings.steps), "--guidance", str(settings.guidance_scale)]
    arguments += ["--size", f"{settings.width}x{settings.height}", "--scheduler", settings.scheduler]
    assert run_command(arguments) == 0
    assert np.array_equal(np.asarray(Image.open(tmp_path / "cli.png").convert("RGBA")), job.result.images[0].pixels)


def test_painting_goes_on_while_a_picture_is_made(painter) -> None:
    session = painter.studio.session
    few_steps(painter, steps=30)
    painter.studio.window.actions_by_id["generate.start"].trigger()
    painter.wait(lambda: _has_begun(session.queue.jobs[0]), JOB_MS)
    painter.use("brush")
    painter.drag((20, 20), (60, 60))
    assert session.history.steps[-1].kind.label == "Brush stroke"
    painter.wait(lambda: session.queue.jobs[0].is_over, JOB_MS)
    assert [step.kind.label for step in session.history.steps[1:]] == ["Brush stroke"]
    painter.apply()
    assert [step.kind.label for step in session.history.steps[1:]] == ["Brush stroke", "Generate"]


def test_closing_the_window_in_the_middle_of_a_picture_stops_cleanly(painter) -> None:
    session = painter.studio.session
    few_steps(painter, steps=400)
    painter.studio.window.actions_by_id["generate.start"].trigger()
    painter.wait(lambda: _has_begun(session.queue.jobs[0]), JOB_MS)
    painter.studio.window.close()
    painter.wait(lambda: not painter.studio.window.isVisible(), JOB_MS)
    assert session.queue.jobs[0].is_over


def test_a_saved_png_offers_its_settings_back(painter, tmp_path: Path) -> None:
    session = painter.studio.session
    few_steps(painter)
    painter.type_prompt("星空下的森林")
    painter.generate()
    picture = painter.sees()
    painter.studio.window.saving._write(session.current, tmp_path / "a.png", None)
    painter.wait(lambda: (tmp_path / "a.png").exists() and session.path == tmp_path / "a.png")
    opened = open_document(tmp_path / "a.png")
    assert opened.settings is not None
    assert opened.settings.prompt == "星空下的森林"
    assert np.array_equal(compose(opened.document), picture)
    assert isinstance(opened.document.layers[0], PaintLayer)
