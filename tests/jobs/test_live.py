"""Live frames as the worker draws them, with the stand-in engine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import DenoiseJob
from studio.api.testing import STARTER_LIMITS, FakeEngine
from studio.document import (
    Document,
    Guide,
    PaintLayer,
    Raster,
    Rect,
    Region,
    add_guide,
    filled_raster,
    new_document,
    replace_layer,
    with_region,
)
from studio.engine.models.few_steps import FewSteps
from studio.errors import Cancelled, SettingError
from studio.generation import CancelToken, GenerationSettings, Progress
from studio.generation.placement import place
from studio.jobs.live import LiveArtist, LiveFrame, LiveRequest, live_limits, live_settings, live_steps
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginHost
from studio.raster.compose import compose

FEW = FewSteps(weights=Path("few"), scheduler="lcm", steps=4, guidance_scale=1.0)


@dataclass(frozen=True)
class Model:
    id: str
    problem: str | None = None
    few_steps: FewSteps | None = None


MODELS = (Model("starter"), Model("starter/few_steps", few_steps=FEW), Model("large"))


def painted(width: int = 512, height: int = 512) -> Document:
    document = new_document(width, height)
    colour = PaintLayer(name="Paint", raster=filled_raster(width // 2, height, (200, 40, 40, 255)))
    return replace(document, layers=(*document.layers, colour), active_id=colour.id)


def masked(document: Document, area: Rect) -> Document:
    mask = np.full((area.height, area.width), 255, np.uint8)
    return document.with_generation_mask(Raster.from_array(mask, area.x, area.y))


@pytest.fixture
def jobs() -> list[DenoiseJob]:
    return []


@pytest.fixture
def runner(host: PluginHost, jobs: list[DenoiseJob]) -> JobRunner:
    return JobRunner(host, lambda: FakeEngine(jobs=jobs))


def drawn(runner: JobRunner, document: Document, artist: LiveArtist | None = None, **changes: Any) -> LiveFrame:
    chosen = GenerationSettings(prompt="a beach", seed=5)
    settings = live_settings(chosen, MODELS, document).with_changes(strength=0.3, **changes)
    request = LiveRequest(document=document, settings=settings)
    return (artist or LiveArtist()).draw(runner, request, CancelToken(), lambda _progress: None)


def test_the_whole_canvas_is_drawn_small_quick_and_in_a_step(runner: JobRunner, jobs: list[DenoiseJob]) -> None:
    frame = drawn(runner, painted())
    (job,) = jobs
    assert (job.model, job.scheduler, job.guidance_scale) == ("starter/few_steps", "lcm", 1.0)
    side = STARTER_LIMITS.native_side
    assert (job.width, job.height, job.seed, job.quick) == (side, side, 5, True)
    assert job.steps - round(job.steps * (1 - job.strength)) == 1
    assert job.image is not None
    assert tuple(job.image[side // 2, side // 4]) == (200, 40, 40)
    assert tuple(job.image[side // 2, side - 9]) == (255, 255, 255)
    assert frame.rect == Rect(0, 0, 512, 512)
    assert frame.pixels.shape == (side, side, 3)


def test_inside_a_mask_nothing_outside_of_it_changes(runner: JobRunner, jobs: list[DenoiseJob]) -> None:
    document = masked(painted(), Rect(300, 300, 60, 60))
    frame = drawn(runner, document)
    assert jobs[0].mask is not None
    assert jobs[0].width * jobs[0].height <= 300 * 300
    assert frame.mask is not None
    assert frame.context.width < 512, "what is far from the mask is not looked at"
    after = place(document, frame.result())
    changed = (compose(document) != compose(after)).any(axis=2)
    assert changed.any()
    beyond = np.ones_like(changed)
    beyond[frame.rect.y : frame.rect.bottom, frame.rect.x : frame.rect.right] = frame.mask == 0
    assert not (changed & beyond).any()
    inside = frame.seen[:2, :2]
    assert (inside == compose(document, Rect(frame.context.x, frame.context.y, 2, 2))[..., :3]).all()


def test_a_mask_without_a_pixel_on_the_canvas_is_none(runner: JobRunner, jobs: list[DenoiseJob]) -> None:
    drawn(runner, masked(painted(), Rect(900, 900, 20, 20)))
    assert jobs[0].mask is None


def test_a_frame_becomes_one_layer_over_the_canvas_with_settings(runner: JobRunner) -> None:
    document = painted(300, 200)
    frame = drawn(runner, document)
    result = frame.result()
    after = place(document, result)
    assert len(after.layers) == len(document.layers) + 1
    assert after.layers[-1].bounds_on(after.canvas) == Rect(0, 0, 300, 200)
    kept = GenerationSettings.read_json(after.layers[-1].settings or "")
    assert (kept.tool, kept.seed, kept.strength, kept.count) == ("image_to_image", 5, 0.3, 1)


@pytest.mark.parametrize("size", [(64, 64), (300, 200), (2000, 100), (1023, 517), (1, 1), (4096, 4096)])
def test_canvases_of_any_shape_take_about_the_time_of_one(
    runner: JobRunner, jobs: list[DenoiseJob], size: tuple[int, int]
) -> None:
    drawn(runner, painted(*size))
    assert jobs[0].width * jobs[0].height <= 2 * STARTER_LIMITS.native_side**2


@pytest.mark.parametrize("size", [(1024, 1024), (1023, 517), (2048, 512)])
def test_what_is_composed_from_frame_to_frame_is_what_is_composed_anew(
    runner: JobRunner, jobs: list[DenoiseJob], size: tuple[int, int]
) -> None:
    document, artist = painted(*size), LiveArtist()
    drawn(runner, document, artist)
    for value in (10, 200):
        layer = document.layers[-1]
        pixels = np.full((30, 40, 4), 255, np.uint8)
        pixels[..., 0] = value
        document = replace_layer(document, layer.id, raster=Raster.from_array(pixels, 33, value))
        drawn(runner, document, artist)
        drawn(runner, document)
        assert jobs[-1].image is not None
        assert jobs[-2].image is not None
        assert (jobs[-2].image == jobs[-1].image).all()


def test_what_is_left_to_chance_is_drawn_by_the_seed_and_kept_with_the_picture(
    runner: JobRunner, jobs: list[DenoiseJob]
) -> None:
    frame = drawn(runner, painted(), prompt="{a red|a blue} boat")
    assert jobs[0].prompt in ("a red boat", "a blue boat")
    assert frame.settings.prompt == jobs[0].prompt
    assert frame.request.settings.prompt == "{a red|a blue} boat", "else it would be drawn again and again"
    assert frame.result().request.settings.prompt == jobs[0].prompt


def test_guides_of_the_document_are_felt_and_kept(runner: JobRunner, jobs: list[DenoiseJob]) -> None:
    document = painted()
    document = add_guide(document, Guide(kind="scribble", layer_id=document.layers[-1].id))
    frame = drawn(runner, document)
    assert [use.kind for use in frame.settings.guides] == ["scribble"]
    assert jobs[0].conditioning is not None
    assert len(jobs[0].conditioning.controls) == 1


def test_regions_of_the_document_are_drawn_in_by_the_seed_and_kept(runner: JobRunner, jobs: list[DenoiseJob]) -> None:
    document = painted()
    document = with_region(document, Region(layer_id=document.layers[-1].id, prompt="a {red|blue} cat"))
    frame = drawn(runner, document)
    assert jobs[0].conditioning is not None
    prompts = [part.prompt for part in jobs[0].conditioning.regions]
    assert prompts[0] in ("a red cat", "a blue cat")
    assert prompts[1:] == [""]
    assert [use.prompt for use in frame.settings.regions] == prompts[:1]
    assert [use.prompt for use in frame.result().request.settings.regions] == prompts[:1]


def test_a_guide_whose_layer_is_gone_is_said(runner: JobRunner) -> None:
    document = painted()
    document = add_guide(document, Guide(kind="scribble", layer_id=document.layers[-1].id))
    with pytest.raises(SettingError, match="not there any more"):
        drawn(runner, replace(document, layers=document.layers[:-1]))


def test_a_cancel_ends_it(runner: JobRunner) -> None:
    cancel = CancelToken()
    cancel.cancel()
    request = LiveRequest(document=painted(), settings=GenerationSettings(prompt="x"))
    with pytest.raises(Cancelled):
        LiveArtist().draw(runner, request, cancel, lambda _progress: None)


def test_to_load_a_model_is_not_what_a_frame_takes(runner: JobRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("studio.jobs.stage_clock.time.perf_counter", lambda: now[0])

    def report(progress: Progress) -> None:
        now[0] += 1.0

    class Loading(FakeEngine):
        def limits(self, model: str) -> Any:
            assert self._report is not None
            self._report(Progress(stage="loading"))
            now[0] += 30.0
            return super().limits(model)

    loading = JobRunner(runner._host, Loading)
    monkeypatch.setattr(Loading, "bound", lambda self, report, cancel, _held="": Loading(report=report, cancel=cancel))
    request = LiveRequest(document=painted(), settings=GenerationSettings(prompt="x", strength=0.3))
    frame = LiveArtist().draw(loading, request, CancelToken(), report)
    assert 0 < frame.seconds < 30


def test_few_step_weights_are_chosen_where_there_are_some() -> None:
    chosen, document = GenerationSettings(steps=30, count=4, parameters={"refine": False}), painted()
    own = live_settings(chosen, MODELS, document)
    assert (own.model, own.steps, own.count, own.tool) == ("starter/few_steps", 4, 1, "image_to_image")
    assert own.parameters == {}
    other = live_settings(chosen.with_changes(model="large"), MODELS, document)
    assert (other.model, other.steps) == ("large", 30)
    damaged = (Model("starter"), Model("starter/few_steps", "It is damaged.", FEW))
    assert live_settings(chosen, damaged, document).model == "starter"
    turbo = (Model("turbo", few_steps=FEW),)
    assert live_settings(chosen.with_changes(model="turbo"), turbo, document).steps == 4
    kept = chosen.with_changes(model="turbo", steps=2, scheduler="euler")
    assert live_settings(kept, turbo, document).scheduler == "euler"
    assert live_settings(chosen, (), document).model == "starter"
    inside = live_settings(chosen, MODELS, masked(document, Rect(0, 0, 9, 9)))
    assert inside.tool == "inpaint"


@pytest.mark.parametrize("steps", [1, 2, 4, 8, 20])
def test_few_steps_leave_the_strength_fine(steps: int) -> None:
    for strength in np.linspace(0.05, 1.0, 39):
        whole, exact = live_steps(steps, float(strength))
        run = whole - round(whole * (1 - exact))
        assert 1 <= run <= steps
        assert abs(exact - strength) <= 0.5 / steps


def test_limits_keep_to_the_pixels_that_a_model_was_trained_with() -> None:
    square = live_limits(STARTER_LIMITS, Rect(0, 0, 1000, 1000))
    wide = live_limits(STARTER_LIMITS, Rect(0, 0, 1600, 900))
    assert square.maximum_side == STARTER_LIMITS.native_side
    assert STARTER_LIMITS.native_side < wide.maximum_side <= STARTER_LIMITS.maximum_side
