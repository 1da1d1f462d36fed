from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.api import ModelLimits
from studio.api.testing import FakeEngine
from studio.document import Document, Pixels, Raster, Rect, filled_mask, new_document
from studio.errors import Cancelled, EngineMissingError, PluginError, SettingError
from studio.generation import (
    CancelToken,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    Progress,
    UpscaleTask,
)
from studio.jobs.runner import JobRunner
from studio.paths import Paths
from studio.plugin_host import PluginFolder, PluginHost

WITNESS = """
from studio.api import BoolParameter, GeneratedImage, IntParameter, SchedulerSpec, ToolSpec, hookimpl
import numpy as np

heard = []

def run(context):
    heard.append(dict(context.parameters))
    context.report(0.5, "thinking")
    if context.parameters["wrong"]:
        return [1]
    return [GeneratedImage(pixels=np.zeros((2, 2, 4), np.uint8), seed=1)]

def crash(context):
    raise LookupError("lost")

def shape(context):
    return [GeneratedImage(pixels=np.zeros((2, 2, 3), np.uint8), seed=1)]

def mask(context):
    return [GeneratedImage(pixels=np.zeros((2, 2, 4), np.uint8), mask=np.zeros((3, 2), np.uint8), seed=1)]

def told(context):
    settings = context.request.settings
    said = settings.with_changes(prompt="a bare beach") if settings.prompt else "what was said"
    return [GeneratedImage(pixels=np.zeros((2, 2, 4), np.uint8), seed=settings.seed, settings=said)]

def older(context):
    area = context.request.document.selection.bounds()
    return [GeneratedImage(pixels=np.zeros((area.height, area.width, 4), np.uint8), seed=1)]

@hookimpl
def shoreline_tools():
    n = IntParameter(id="n", label="Number", default=3, minimum=0, maximum=9)
    wrong = BoolParameter(id="wrong", label="Wrong")
    return [
        ToolSpec(id="witness", name="Witness", run=run, parameters=(n, wrong)),
        ToolSpec(id="crash", name="Crash", run=crash),
        ToolSpec(id="shape", name="Shape", run=shape),
        ToolSpec(id="mask", name="Mask", run=mask),
        ToolSpec(id="told", name="Told", run=told),
        ToolSpec(id="older", name="Older", run=older, needs_mask=True),
        ToolSpec(id="masked", name="Masked", run=run, parameters=(n, wrong), needs_mask=True),
    ]

@hookimpl
def shoreline_schedulers():
    return [SchedulerSpec(id="dpmpp_2m", name="S", factory=dict)]

@hookimpl
def shoreline_generation_started(request):
    heard.append("started")

@hookimpl
def shoreline_generation_finished(result):
    heard.append("finished")
"""


def ask(tool: str, document: Document | None = None, **settings: object) -> GenerationRequest:
    return GenerationRequest(
        settings=GenerationSettings(tool=tool, steps=4).with_changes(**settings),
        document=document or new_document(64, 64),
    )


def grey(value: int, white: int = 0, side: int = 9) -> Pixels:
    """A mask of one grey, whose first ``white`` rows are white."""
    mask = np.full((side, side), value, np.uint8)
    mask[:white] = 255
    return mask


@pytest.fixture
def witness(make_plugin: Callable[..., Path], load: Callable[..., PluginHost]) -> PluginHost:
    make_plugin("witness", WITNESS)
    return load()


@pytest.fixture
def bundled_host(bundled: Path) -> PluginHost:
    return PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)


def ignore(progress: Progress) -> None:
    pass


def test_a_job_runs_between_the_two_events_with_all_parameters_filled_in(witness: PluginHost) -> None:
    import sys

    seen: list[Progress] = []
    result = JobRunner(witness, FakeEngine).run(ask("witness"), CancelToken(), seen.append)
    assert sys.modules["shoreline_plugin_witness"].heard == ["started", {"n": 3, "wrong": False}, "finished"]
    assert result.request.settings.parameters == {"n": 3, "wrong": False}
    assert [(each.stage, each.message, each.fraction) for each in seen] == [
        ("loading", "", 0.0),
        ("placing", "thinking", 0.5),
    ]
    assert set(result.timings) == {"preparing", "loading", "placing", "total"}
    assert sum(result.timings.values()) == pytest.approx(2 * result.timings["total"])


@pytest.mark.parametrize(
    ("mask", "rows", "words"),
    [
        (grey(0, white=3), 3, None),
        (grey(1, white=3), 3, "what is nearly black was taken for black"),
        (grey(7, white=3), 3, "what is nearly black was taken for black"),
        (grey(20, white=3), 9, "nearly the whole picture was drawn anew"),
        (grey(255), 9, None),
        (grey(40), 9, None),
    ],
)
def test_what_is_nearly_black_in_a_mask_is_black(
    witness: PluginHost, mask: Pixels, rows: int, words: str | None
) -> None:
    document = new_document(9, 9).with_generation_mask(Raster.from_array(mask))
    result = JobRunner(witness, FakeEngine).run(ask("masked", document), CancelToken(), ignore)
    seen = result.request.document.generation_mask.read(document.canvas)
    assert (seen[:rows] == mask[:rows]).all()
    assert not seen[rows:].any()
    assert len(result.notes) == (words is not None)
    assert words is None or words in result.notes[0]


def test_a_mask_that_is_nearly_black_around_changes_only_what_is_white(bundled_host: PluginHost) -> None:
    document = new_document(256, 256)
    runner = JobRunner(bundled_host, FakeEngine)
    masks = []
    for around in (0, 1):
        selection = grey(around, side=256)
        selection[100:140, 90:150] = 255
        request = ask("inpaint", document.with_generation_mask(Raster.from_array(selection)), strength=1.0)
        (image,) = runner.run(request, CancelToken(), ignore).images
        masks.append((image.x, image.y, image.mask.tobytes() if image.mask is not None else b""))
    assert masks[0] == masks[1]


def test_a_plugin_from_before_there_were_selections_finds_the_mask_where_it_was(witness: PluginHost) -> None:
    document = new_document(64, 64).with_generation_mask(filled_mask(Rect(8, 16, 30, 20)))
    result = JobRunner(witness, FakeEngine).run(ask("older", document), CancelToken(), ignore)
    assert result.images[0].pixels.shape == (20, 30, 4)
    assert not result.request.document.selection.tiles


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (ask("painter"), "no tool 'painter'.*crash, shape"),
        (ask("witness", scheduler="magic"), "no scheduler 'magic'.*dpmpp_2m"),
        (ask("witness", parameters={"n": 10}), r"Number \(n\) cannot be 10"),
        (ask("witness", parameters={"m": 1}), "no parameter 'm'"),
        (ask("masked"), "There is no mask yet.*mask brush"),
        (
            ask("masked", new_document(9, 9).with_generation_mask(filled_mask(Rect(10, 0, 5, 5)))),
            "holds nothing of the picture",
        ),
        (ask("masked", new_document(9, 9).with_generation_mask(Raster.from_array(grey(7)))), "nearly black everywhere"),
    ],
)
def test_what_cannot_run_is_refused_before_the_engine_is_made(
    witness: PluginHost, request_: GenerationRequest, words: str
) -> None:
    def no_engine() -> FakeEngine:
        raise AssertionError("the engine is not needed")

    with pytest.raises(SettingError, match=words):
        JobRunner(witness, no_engine).run(request_, CancelToken(), ignore)


@pytest.mark.parametrize(
    ("tool", "words"),
    [
        ("crash", "The plugin Witness failed in the tool crash: LookupError: lost"),
        ("shape", r"pixels must be uint8 \(height, width, 4\), not uint8 \(2, 2, 3\)"),
        ("mask", r"mask must be uint8 \(2, 2\)"),
        ("told", "settings must be GenerationSettings"),
    ],
)
def test_a_crash_names_the_plugin_and_keeps_the_cause(witness: PluginHost, tool: str, words: str) -> None:
    with pytest.raises(PluginError, match=words) as caught:
        JobRunner(witness, FakeEngine).run(ask(tool), CancelToken(), ignore)
    assert isinstance(caught.value.__cause__, LookupError | TypeError)
    assert witness.state("witness").failures == 1


def test_a_tool_that_returns_something_else_is_a_plugin_error(witness: PluginHost) -> None:
    with pytest.raises(PluginError, match="tuple of GeneratedImage"):
        JobRunner(witness, FakeEngine).run(ask("witness", parameters={"wrong": True}), CancelToken(), ignore)


@pytest.mark.parametrize("prompt", ["a palm", "a {palm|boat}"])
def test_a_tool_that_drew_with_other_words_says_so(witness: PluginHost, prompt: str) -> None:
    request = ask("told", prompt=prompt, count=2, seed=8)
    result = JobRunner(witness, FakeEngine).run(request, CancelToken(), ignore)
    assert [result.settings_of(index).prompt for index in range(2)] == ["a bare beach"] * 2
    assert [result.settings_of(index).seed for index in range(2)] == [8, 9]


def test_the_engine_is_made_once_on_the_thread_of_the_first_job(bundled_host: PluginHost) -> None:
    made: list[int] = []

    def factory() -> FakeEngine:
        made.append(threading.get_ident())
        return FakeEngine()

    runner = JobRunner(bundled_host, factory)
    assert made == []

    def work() -> None:
        for _ in range(2):
            runner.run(ask("text_to_image"), CancelToken(), ignore)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert len(made) == 1
    assert made != [threading.get_ident()]


def test_a_cancel_stops_within_a_step(bundled_host: PluginHost) -> None:
    cancel, seen = CancelToken(), []

    def cancel_at_second_step(progress: Progress) -> None:
        seen.append(progress)
        if progress.stage == "denoising" and progress.step == 2:
            cancel.cancel()

    with pytest.raises(Cancelled):
        JobRunner(bundled_host, FakeEngine).run(ask("text_to_image", steps=50), cancel, cancel_at_second_step)
    assert seen[-1].step == 2


def test_a_job_cancelled_while_it_waited_does_not_start(bundled_host: PluginHost) -> None:
    cancel = CancelToken()
    cancel.cancel()
    engine = FakeEngine()
    with pytest.raises(Cancelled):
        JobRunner(bundled_host, lambda: engine).run(ask("text_to_image"), cancel, ignore)
    assert engine.jobs == []


def test_progress_runs_once_from_start_to_end_over_two_passes(bundled_host: PluginHost) -> None:
    document = replace(new_document(900, 900), generation_mask=filled_mask(Rect(200, 200, 400, 400)))
    engine = FakeEngine(ModelLimits(native_side=128, minimum_side=64, maximum_side=256))
    seen: list[Progress] = []
    request = ask("inpaint", document, steps=10, count=2)
    JobRunner(bundled_host, lambda: engine).run(request, CancelToken(), seen.append)
    assert [job.count for job in engine.jobs] == [1, 1, 1, 1]
    steps = [(each.step, each.total_steps) for each in seen if each.stage == "denoising"]
    assert steps == [(step, 28) for step in range(1, 29)]


def test_enlarging_without_a_network_needs_no_engine(paths: Paths) -> None:
    class Missing(FakeEngine):
        def require(self) -> None:
            raise EngineMissingError

    runner = JobRunner(PluginHost.load(paths, entry_points=False), Missing, upscaler_folders=paths.upscaler_folders)
    settings = GenerationSettings(tool="text_to_image")

    def enlarge(upscaler: str) -> GenerationResult:
        task = UpscaleTask(upscaler=upscaler, factor=2.0)
        request = GenerationRequest(settings=settings, document=new_document(8, 6), upscale=task)
        return runner.run(request, CancelToken(), lambda _progress: None)

    upscaled = enlarge("lanczos").upscaled
    assert upscaled is not None
    assert (upscaled.after.width, upscaled.after.height) == (16, 12)
    with pytest.raises(EngineMissingError):
        enlarge("shoreline-x4")
