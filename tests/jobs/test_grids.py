"""A grid's way from what is typed to a document: its cells, their order, failures, cancels, and going on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.api import DenoiseJob, PromptStyleSpec, SchedulerSpec, ToolSpec
from studio.api.testing import STARTER_LIMITS, FakeEngine
from studio.document import (
    Document,
    Guide,
    PaintLayer,
    Raster,
    Rect,
    Region,
    add_guide,
    add_layer,
    filled_mask,
    new_document,
    with_region,
)
from studio.engine.models.few_steps import FewSteps
from studio.engine.models.model_info import ModelInfo
from studio.errors import Cancelled, EngineMissingError, ModelError, SettingError
from studio.generation import (
    CancelToken,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
    LoraUse,
    ModelLimits,
    Progress,
)
from studio.generation.grids import GridPlan, GridTask
from studio.jobs.grids.cells import in_drawing_order, pace_of, seconds_for
from studio.jobs.grids.kinds import GridParts, axis_kinds
from studio.jobs.grids.planning import planned
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginHost
from studio.raster.compose import compose

SETTINGS = GenerationSettings(prompt="a red boat", steps=2, width=64, height=64, seed=5)
Parts = Callable[..., GridParts]
pytestmark = pytest.mark.usefixtures("qapp")


def model(model_id: str, *, few: int = 0, side: int = 64, kind: str = "model") -> ModelInfo:
    few_steps = FewSteps(weights=None, scheduler="lcm", steps=few, guidance_scale=1.0) if few else None
    limits = ModelLimits(native_side=side, minimum_side=side, maximum_side=2 * side)
    return ModelInfo(
        id=model_id, name=model_id.title(), path=Path(model_id), family="sd1", format="folder", size=1,
        few_steps=few_steps, kind=kind, limits=limits,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def parts(host: PluginHost) -> Parts:
    def made(tool: str = "text_to_image", document: Document | None = None, **settings: object) -> GridParts:
        return GridParts(
            settings=SETTINGS.with_changes(tool=tool, **settings),
            document=document or new_document(64, 64),
            tool=host.specs(ToolSpec)[tool],
            schedulers=host.specs(SchedulerSpec),
            styles=host.specs(PromptStyleSpec),
            library=(model("starter"), model("other"), model("quick", few=4, side=96), model("ink", kind="lora")),
        )

    return made


def task_of(parts: GridParts, folder: Path, *asked: tuple[str, str], **more: bool) -> GridTask:
    kinds = axis_kinds(parts)
    plan = GridPlan(settings=parts.settings, axes=tuple(kinds[name].axis(typed) for name, typed in asked))
    return GridTask(plan=plan, cells=planned(plan, parts, kinds), folder=folder, **more)


def run(
    host: PluginHost,
    engine: FakeEngine,
    task: GridTask,
    *,
    document: Document | None = None,
    cancel: CancelToken | None = None,
    report: Callable[[Progress], None] = lambda _progress: None,
) -> GenerationResult:
    request = GenerationRequest(settings=task.plan.settings, document=document or new_document(64, 64), grid=task)
    return JobRunner(host, lambda: engine).run(request, cancel or CancelToken(), report)


def layers_with_settings(document: Document) -> list[PaintLayer]:
    """The layers of the cells, row by row."""
    found = [layer for layer in document.walk() if layer.settings is not None]
    return [layer for layer in reversed(found) if isinstance(layer, PaintLayer)]


# --- what can change --------------------------------------------------------------------------------


def test_every_kind_changes_what_it_says(parts: Parts) -> None:
    document = add_layer(new_document(64, 64), PaintLayer(name="Edges"))
    layer_id = document.layers[-1].id
    document = add_guide(document, Guide(kind="canny", layer_id=layer_id, start=0.5))
    document = with_region(document, Region(layer_id=layer_id, prompt="a cat"))
    made = parts("image_to_image", document, prompt="a red boat <lora:ink:0.3>", loras=(LoraUse("fog", 0.5),))
    kinds = axis_kinds(made)
    expected: dict[str, tuple[str, Callable[[GenerationSettings, Document], object], list[object]]] = {
        "replace": ("red, blue", lambda s, _d: s.prompt.split()[1], ["red", "blue"]),
        "add": ('"", at night', lambda s, _d: s.prompt.endswith(", at night"), [False, True]),
        "prompt": ("x, y", lambda s, _d: s.prompt, ["x", "y"]),
        "negative_prompt": ('"", fog', lambda s, _d: s.negative_prompt, ["", "fog"]),
        "style": ("*", lambda s, _d: s.prompt != made.settings.prompt, [False] + [True] * len(made.styles)),
        "seed": ("3-4", lambda s, _d: s.seed, [3, 4]),
        "variation": ("0, 0.5", lambda s, _d: s.variation, [0.0, 0.5]),
        "steps": ("4, 9", lambda s, _d: s.steps, [4, 9]),
        "guidance_scale": ("1.5-2 [2]", lambda s, _d: s.guidance_scale, [1.5, 2.0]),
        "scheduler": ("ddim", lambda s, _d: s.scheduler, ["ddim"]),
        "strength": ("20%, 0.5", lambda s, _d: s.strength, [0.2, 0.5]),
        "model": ("OTHER, starter", lambda s, _d: s.model, ["other", "starter"]),
        "tile": ("off, both", lambda s, _d: s.tile, ["off", "both"]),
        "lora:fog": ("-1, 1", lambda s, _d: [use.weight for use in s.loras], [[-1.0], [1.0]]),
        "lora:ink": ("0.7", lambda s, _d: ([u.name for u in s.loras], s.prompt), [(["fog", "ink"], "a red boat ")]),
        "guide:1": ("0.2, 1.5", lambda _s, d: d.guides[0].strength, [0.2, 1.5]),
        "guide:1:end": ("0.3", lambda _s, d: (d.guides[0].start, d.guides[0].end), [(0.3, 0.3)]),
        "region:1": ("a dog, a fox", lambda _s, d: d.regions[0].prompt, ["a dog", "a fox"]),
    }
    named = {name for name in kinds if not name.startswith("tool:")}
    assert named == set(expected), "a kind of axis has no test"
    for name, (typed, seen, values) in expected.items():
        plan = GridPlan(settings=made.settings, axes=(kinds[name].axis(typed),))
        assert [seen(cell.settings, cell.document) for cell in planned(plan, made, kinds)] == values, name


def test_parameters_of_the_tools_plugin_can_change(parts: Parts, host: PluginHost) -> None:
    made = parts("inpaint", new_document(64, 64).with_generation_mask(filled_mask(Rect(0, 0, 9, 9))))
    kinds = axis_kinds(made)
    declared = {f"tool:{parameter.id}" for parameter in host.specs(ToolSpec)["inpaint"].parameters}
    assert declared
    assert declared <= set(kinds)
    axis = kinds["tool:feather"].axis("0, 16")
    plan = GridPlan(settings=made.settings, axes=(axis,))
    assert [cell.settings.parameters["feather"] for cell in planned(plan, made, kinds)] == [0, 16]
    assert "size" not in kinds


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("steps", "0, 4", "Steps cannot be 0"),
        ("steps", "2.5", "whole numbers"),
        ("guidance_scale", "51", "50"),
        ("seed", "4294967296", "4294967295"),
        ("size", "100x100", "multiples of 8"),
        ("size", "big", "not a size"),
        ("width", "63", "Width cannot be 63"),
        ("replace", "green, blue", "does not contain 'green'"),
        ("scheduler", "none such", "Known are"),
        ("lora:ink", "5", "-4 to 4"),
        ("tool:refine", "maybe", "on, off"),
    ],
)
def test_what_cannot_be_is_told_plainly(parts: Parts, name: str, typed: str, words: str) -> None:
    with pytest.raises(SettingError) as refused:
        axis_kinds(parts())[name].axis(typed)
    assert words in str(refused.value)


def test_silly_numbers_of_pictures_are_refused(parts: Parts, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="10000 pictures"):
        task_of(parts(), tmp_path, ("seed", "1-100"), ("steps", "1-100"))
    with pytest.raises(SettingError, match="sheet of this grid"):
        task_of(parts(), tmp_path, ("seed", "1-20"), ("size", "4096x4096"))
    with pytest.raises(SettingError, match="there twice"):
        task_of(parts(), tmp_path, ("seed", "1-2"), ("seed", "1-2"))
    with pytest.raises(SettingError, match="parameter that changes"):
        task_of(parts(), tmp_path)


def test_another_model_is_drawn_as_it_wants_unless_an_axis_says_otherwise(parts: Parts, tmp_path: Path) -> None:
    cells = task_of(parts(), tmp_path, ("model", "starter, quick")).cells
    assert [(c.settings.steps, c.settings.scheduler, c.settings.width) for c in cells] == [
        (2, "dpmpp_2m", 64),
        (4, "lcm", 96),
    ]
    cells = task_of(parts(), tmp_path, ("model", "quick"), ("steps", "7")).cells
    assert [cell.settings.steps for cell in cells] == [7]


def test_each_model_is_loaded_once_the_one_in_use_first(parts: Parts, tmp_path: Path) -> None:
    task = task_of(parts(), tmp_path, ("steps", "1-3"), ("model", "other, starter, quick"))
    order = [cell.settings.model for cell in in_drawing_order(task.plan, task.cells)]
    assert order == ["starter"] * 3 + ["other"] * 3 + ["quick"] * 3
    task = task_of(parts(), tmp_path, ("model", "other, starter"), ("lora:ink", "0, 1"), ("seed", "1, 2"))
    worn = [(cell.settings.model, cell.settings.loras) for cell in in_drawing_order(task.plan, task.cells)]
    assert len({worn.index(each) for each in worn}) == 4
    assert sorted(worn, key=worn.index) == worn, "LoRAs change more often than they have to"


# --- drawing ----------------------------------------------------------------------------------------


def test_a_grid_becomes_a_document_whose_cells_can_be_drawn_again(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path
) -> None:
    task = task_of(parts(), tmp_path / "cells", ("steps", "1, 2, 3"), ("seed", "7, 8"))
    reports: list[Progress] = []
    result = run(host, engine, task, report=reports.append)
    assert result.grid is not None
    assert (result.grid.drawn, result.grid.count) == (6, 6)
    document = result.grid.document
    groups = [layer for layer in document.layers if layer.is_group]
    assert [group.name for group in reversed(groups)] == ["Seed: 7", "Seed: 8"]
    cells = layers_with_settings(document)
    assert [cell.name for cell in cells][:2] == ["Steps: 1 · Seed: 7", "Steps: 2 · Seed: 7"]
    for cell in cells:
        assert cell.settings is not None
        again = GenerationRequest(settings=GenerationSettings.read_json(cell.settings), document=new_document(64, 64))
        alone = JobRunner(host, lambda: engine).run(again, CancelToken(), lambda _progress: None).images[0]
        assert np.array_equal(cell.raster.read(cell.raster.bounds()), alone.pixels)
    assert [picture.settings.json() for picture in result.grid.new] == [cell.settings for cell in cells]
    for cell, picture in zip(cells, result.grid.new, strict=True):
        assert np.array_equal(picture.raster.read(picture.rect), cell.raster.read(cell.raster.bounds()))
    places = [cell.raster.bounds() for cell in cells]
    assert places[0].y == places[2].y < places[3].y
    assert places[0].x == places[3].x < places[1].x
    assert all(one.intersected(other).is_empty for one in places for other in places if one is not other)
    assert all(place.intersected(document.canvas) == place for place in places)
    fractions = [report.fraction for report in reports if report.stage == "grid"]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert reports[-1].message == "6 / 6"


def test_three_axes_are_sheets_one_below_the_other(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path
) -> None:
    task = task_of(parts(), tmp_path / "cells", ("seed", "1, 2"), ("steps", "1, 2"), ("guidance_scale", "3, 4"))
    result = run(host, engine, task)
    assert result.grid is not None
    groups = [layer for layer in reversed(result.grid.document.layers) if layer.is_group]
    assert [group.name for group in groups] == ["Guidance: 3", "Guidance: 4"]
    assert [group.name for group in reversed(groups[0].children)] == ["Steps: 1", "Steps: 2"]
    assert len({layer.raster.bounds() for layer in layers_with_settings(result.grid.document)}) == 8


def test_a_tool_that_works_on_the_picture_shows_all_of_it_in_each_cell(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path
) -> None:
    pixels = np.random.default_rng(1).integers(0, 255, (128, 128, 4), np.uint8)
    pixels[..., 3] = 255
    document = add_layer(new_document(128, 128), PaintLayer(name="Photo", raster=Raster.from_array(pixels)))
    document = document.with_generation_mask(filled_mask(Rect(0, 0, 32, 32)))
    made = parts("inpaint", document, parameters={"grow": 0, "feather": 0}, width=128, height=128)
    result = run(host, engine, task_of(made, tmp_path / "cells", ("seed", "1, 2")), document=document)
    assert result.grid is not None
    cells = layers_with_settings(result.grid.document)
    for cell in cells:
        shown = cell.raster.read(cell.raster.bounds())
        assert shown.shape == (128, 128, 4)
        assert np.array_equal(shown[64:], pixels[64:]), "outside the mask a pixel changed"
        assert not np.array_equal(shown[:32, :32], pixels[:32, :32])


class FailingEngine(FakeEngine):
    """Draws nothing with one guidance."""

    def bound(self, report: Callable[[Progress], None], cancel: CancelToken, held: str = "") -> FailingEngine:
        return FailingEngine(STARTER_LIMITS, report=report, cancel=cancel, jobs=self.jobs)

    def denoise(self, job: DenoiseJob):  # type: ignore[no-untyped-def]
        if job.guidance_scale == 3.0:
            raise ModelError("The model is too tired.", "Let it rest.")
        return super().denoise(job)


def test_a_cell_that_fails_says_why_in_its_place_and_the_others_go_on(
    host: PluginHost, parts: Parts, tmp_path: Path
) -> None:
    task = task_of(parts(), tmp_path / "cells", ("guidance_scale", "2, 3, 4"))
    result = run(host, FailingEngine(), task)
    assert result.grid is not None
    assert result.grid.drawn == 2
    assert "1 of 3 pictures could not be drawn" in result.notes[-1]
    names = [layer.name for layer in result.grid.document.layers]
    assert [name for name in names if name.startswith("Guidance")] == [f"Guidance: {n}" for n in (4, 3, 2)]
    failed = next(layer for layer in result.grid.document.layers if layer.name == "Guidance: 3")
    shown = failed.raster.read(failed.raster.bounds()) if failed.raster is not None else np.zeros(0)
    assert failed.settings is None
    assert len(np.unique(shown.reshape(-1, 4), axis=0)) > 5, "no words are in it"
    again = run(host, FakeEngine(), task)
    assert again.grid is not None
    assert again.grid.drawn == 3, "a cell that failed is not tried again"


def test_where_nothing_can_be_drawn_the_job_fails_with_the_reason(
    host: PluginHost, parts: Parts, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="too tired"):
        run(host, FailingEngine(), task_of(parts(guidance_scale=3.0), tmp_path / "tired", ("seed", "1-3")))

    class Missing(FakeEngine):
        def require(self) -> None:
            raise EngineMissingError

    with pytest.raises(EngineMissingError):
        run(host, Missing(), task_of(parts(), tmp_path / "cells", ("seed", "1-3")))


def cancelled_after(cells: int) -> tuple[CancelToken, Callable[[Progress], None]]:
    cancel = CancelToken()

    def report(progress: Progress) -> None:
        if progress.message.startswith(f"{cells + 1} "):
            cancel.cancel()

    return cancel, report


def test_a_cancel_keeps_what_was_drawn_and_the_same_grid_goes_on(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path
) -> None:
    task = task_of(parts(), tmp_path / "cells", ("seed", "1-4"))
    cancel, report = cancelled_after(2)
    result = run(host, engine, task, cancel=cancel, report=report)
    assert result.grid is not None
    assert (result.grid.drawn, result.grid.count) == (2, 4)
    assert [picture.settings.seed for picture in result.grid.new] == [1, 2]
    assert "2 of 4 pictures were drawn" in result.notes[-1]
    jobs = len(engine.jobs)
    whole = run(host, engine, task)
    assert whole.grid is not None
    assert whole.grid.drawn == 4
    assert [picture.settings.seed for picture in whole.grid.new] == [3, 4], "the others were new before"
    assert len(engine.jobs) == jobs + 2, "what was there was drawn again"
    fresh = run(host, engine, replace(task, folder=tmp_path / "fresh"))
    assert fresh.grid is not None
    assert np.array_equal(compose(whole.grid.document), compose(fresh.grid.document))


def test_a_cancel_before_the_first_cell_is_a_plain_cancel(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path
) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        run(host, engine, task_of(parts(), tmp_path / "cells", ("seed", "1-4")), cancel=cancel)


def test_another_grid_is_not_taken_for_it_and_a_damaged_cell_is_drawn_anew(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path
) -> None:
    folder = tmp_path / "cells"
    task = task_of(parts(), folder, ("seed", "1-3"))
    first = run(host, engine, task)
    other = task_of(parts(prompt="a blue boat"), folder, ("seed", "1-3"))
    with pytest.raises(SettingError, match="other settings"):
        run(host, engine, other)
    run(host, engine, replace(other, restart=True))
    run(host, engine, replace(task, restart=True))
    (folder / "frame_000002.png").write_bytes(b"half a picture")
    jobs = len(engine.jobs)
    again = run(host, engine, task)
    assert len(engine.jobs) == jobs + 1
    assert first.grid is not None
    assert again.grid is not None
    assert np.array_equal(compose(first.grid.document), compose(again.grid.document))


def test_a_full_disk_loses_nothing(
    host: PluginHost, engine: FakeEngine, parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.errors import FileError
    from studio.files.animation.work import WorkFolder

    def full(*_args: object) -> None:
        raise FileError("The disk is full.")

    monkeypatch.setattr(WorkFolder, "write", full)
    result = run(host, engine, task_of(parts(), tmp_path / "cells", ("seed", "1-3")))
    assert result.grid is not None
    assert result.grid.drawn == 3
    assert any("disk is full" in note for note in result.notes)


def test_the_time_is_told_by_what_pictures_took(parts: Parts, host: PluginHost, tmp_path: Path) -> None:
    tools = host.specs(ToolSpec)
    request = GenerationRequest(settings=SETTINGS, document=new_document(64, 64))
    image = JobRunner(host, FakeEngine).run(request, CancelToken(), lambda _progress: None).images[0]
    result = GenerationResult(request=request, images=(image,), timings={"total": 7.0, "loading": 3.0})
    pace = pace_of(result, tools)
    assert pace == pytest.approx(4.0 / (2 * 64 * 64 / 1e6))
    cells = task_of(parts(), tmp_path, ("steps", "2, 4, 6")).cells
    assert seconds_for(cells, {"starter": pace}, tools["text_to_image"]) == pytest.approx(4 + 8 + 12)
    assert seconds_for(cells, {"other": pace}, tools["text_to_image"]) is None
    assert pace_of(replace(result, images=()), tools) is None


def test_a_plan_goes_through_json(parts: Parts, tmp_path: Path) -> None:
    plan = task_of(parts(), tmp_path, ("seed", "1-3"), ("add", '"", 雨')).plan
    assert GridPlan.read(json.loads(plan.json())) == plan
