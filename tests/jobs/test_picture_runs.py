"""Prompts that leave something to chance: each picture draws by its own seed, and keeps what it drew."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from studio.api import Blend
from studio.api.testing import FakeEngine
from studio.document import new_document
from studio.files.animation.project import ProjectFile
from studio.generation import (
    MAX_SEED,
    CancelToken,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    Progress,
    picture_seed,
)
from studio.generation.placement import place, placed_layers
from studio.jobs.animation import AnimationRunner
from studio.jobs.picture_runs import picture_runs
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginHost

Run = Callable[..., tuple[GenerationResult, list[Progress]]]
LOTS = "{red|blue|green} boat, __sky__"


def lines(name: str) -> Sequence[str] | None:
    return {"sky": ["clear", "grey", "stormy"]}.get(name)


@pytest.fixture
def run(host: PluginHost, engine: FakeEngine) -> Run:
    def made(**settings: object) -> tuple[GenerationResult, list[Progress]]:
        values = GenerationSettings(tool="text_to_image", steps=4, width=128, height=128).with_changes(**settings)
        request = GenerationRequest(settings=values, document=new_document(128, 128))
        reports: list[Progress] = []
        runner = JobRunner(host, lambda: engine, wildcards=lines)
        return runner.run(request, CancelToken(), reports.append), reports

    return made


def test_pictures_of_a_batch_are_what_each_is_alone(
    run: Run,
) -> None:
    batch, _ = run(prompt=LOTS, negative_prompt="{fog|rain}", seed=3, count=5)
    assert [image.seed for image in batch.images] == [3, 4, 5, 6, 7]
    prompts = {batch.settings_of(index).prompt for index in range(5)}
    assert len(prompts) > 1
    for index, image in enumerate(batch.images):
        alone, _ = run(prompt=LOTS, negative_prompt="{fog|rain}", seed=image.seed)
        assert np.array_equal(image.pixels, alone.images[0].pixels)
        assert batch.settings_of(index) == alone.settings_of(0)
        again, _ = run(**batch.settings_of(index).values())
        assert np.array_equal(image.pixels, again.images[0].pixels)


def test_what_was_drawn_is_what_layers_keep(run: Run) -> None:
    result, _ = run(prompt=LOTS, seed=3, count=3)
    before = result.request.document
    after = place(before, result)
    layers = [after.find(layer_id) for layer_id in placed_layers(before, after)]
    stored = [json.loads(layer.settings) for layer in layers]
    assert [each["prompt"] for each in stored] == [result.settings_of(index).prompt for index in range(3)]
    assert not any(sign in each["prompt"] for each in stored for sign in "{|_")
    assert all(layer.name.split()[0] in ("red", "blue", "green") for layer in layers)


def test_one_picture_has_what_was_drawn_in_its_request(run: Run, engine: FakeEngine) -> None:
    result, _ = run(prompt=f"# mine\n{LOTS}, (boat:1.2)", seed=8)
    assert result.request.settings.prompt == result.settings_of(0).prompt == engine.jobs[-1].prompt
    assert result.request.settings.prompt.endswith("(boat:1.2)"), "weights stay for the engine"


def test_each_picture_is_told_of_as_soon_as_it_is_done(run: Run, engine: FakeEngine) -> None:
    result, reports = run(prompt="a boat", seed=1, count=4)
    assert [(job.count, job.seed) for job in engine.jobs] == [(1, 1), (1, 2), (1, 3), (1, 4)]
    assert sorted({len(report.images) for report in reports}) == [0, 1, 2, 3], "of the last the result tells"
    told = reports[-1].images
    for index, image in enumerate(told):
        assert np.array_equal(image.pixels, result.images[index].pixels)
        assert image.settings == result.settings_of(index)
    assert all(image.settings is None for image in result.images), "the request makes all of them again"


def test_variations_keep_the_seed_and_each_is_made_again_alone(run: Run, engine: FakeEngine) -> None:
    result, _ = run(prompt="a boat", seed=7, count=3, variation=0.25, variation_seed=40)
    assert [job.seed_blend for job in engine.jobs] == [Blend(7, 40 + index, 0.25) for index in range(3)]
    for index, image in enumerate(result.images):
        again, _ = run(**result.settings_of(index).values())
        assert np.array_equal(image.pixels, again.images[0].pixels)
    plain, _ = run(prompt="a boat", seed=7, variation=0.0, variation_seed=40)
    alone, _ = run(prompt="a boat", seed=7)
    assert np.array_equal(plain.images[0].pixels, alone.images[0].pixels)


def test_variations_draw_the_lots_of_the_picture_that_they_vary(run: Run) -> None:
    one, _ = run(prompt=LOTS, seed=3)
    varied, _ = run(prompt=LOTS, seed=3, count=6, variation=0.1, variation_seed=90)
    assert {varied.settings_of(index).prompt for index in range(6)} == {one.settings_of(0).prompt}


def test_pictures_that_ask_for_the_same_are_one_run() -> None:
    settings = GenerationSettings(prompt="{red|blue}", seed=MAX_SEED - 3, count=8)
    runs = picture_runs(settings, lines)
    seeds = [picture_seed(each.settings.seed, index) for each in runs for index in range(each.settings.count)]
    assert seeds == [picture_seed(settings.seed, index) for index in range(8)]


def test_progress_runs_once_over_all_pictures(run: Run) -> None:
    _, reports = run(prompt=LOTS, seed=3, count=5)
    steps = [(report.step, report.total_steps) for report in reports if report.stage == "denoising"]
    assert steps == [(step + 1, 20) for step in range(20)]


def test_notes_on_a_prompt_come_once(run: Run) -> None:
    result, _ = run(prompt="{a|b} __nowhere__", seed=3, count=5)
    assert len([note for note in result.notes if "__nowhere__" in note]) == 1
    assert "__nowhere__" in result.settings_of(0).prompt


def test_an_animation_draws_once_for_all_its_frames(
    host: PluginHost, engine: FakeEngine, project: Callable[..., ProjectFile], tmp_path: Path
) -> None:
    file = project("seed = [{ frame = 0, seed = 1 }, { frame = 6, seed = 9 }]", prompt='prompt = "{a|b|c|d} __sky__"')
    runner = AnimationRunner(host, JobRunner(host, lambda: engine, wildcards=lines))
    runner.run(file, tmp_path / "frames", CancelToken(), lambda progress: None).work.release()
    said = {job.prompt for job in engine.jobs}
    assert len(engine.jobs) == 7
    assert len(said) == 1
    assert said.pop()[0] in "abcd"
