"""The bundled tools with a stand-in engine, as a person uses them."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.api import ToolSpec
from studio.api.testing import SD15_LIMITS, FakeEngine, run_tool
from studio.document import Document, PaintLayer, Raster, Rect, add_layer, filled_mask, new_document
from studio.errors import SettingError
from studio.generation import (
    MAX_SEED,
    GenerationRequest,
    GenerationResult,
    GenerationSettings,
)
from studio.generation.placement import place
from studio.plugin_host import PluginFolder, PluginHost
from studio.raster.compose import compose


@pytest.fixture
def host(bundled: Path) -> PluginHost:
    return PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)


@pytest.fixture
def inpaint(host: PluginHost) -> ToolSpec:
    return host.specs(ToolSpec)["inpaint"]


def wanted(tool: str, **changes: object) -> GenerationSettings:
    return GenerationSettings(tool=tool, prompt="a beach", steps=4).with_changes(**changes)


def painted(width: int, height: int) -> Document:
    """A canvas of many colours, so that a changed pixel shows."""
    random = np.random.default_rng(1)
    pixels = random.integers(0, 256, (height, width, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    layer = PaintLayer(name="Colours", raster=Raster.from_array(pixels))
    return add_layer(new_document(width, height), layer)


def test_every_bundled_plugin_is_enabled_and_the_start_leaves_torch_alone(bundled: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from studio.plugin_host import PluginFolder, PluginHost; "
        f"host = PluginHost.load([PluginFolder(Path({str(bundled)!r}), 'bundled')]); "
        "print([s.problem for s in host.states() if s.status != 'enabled' and s.source == 'bundled'], "
        "sorted({'torch', 'diffusers', 'cv2', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=bundled.parent)
    assert done.stdout.strip() == "[] []"


def test_the_preview_of_an_inpaint_shows_just_what_the_result_will_change(inpaint: ToolSpec) -> None:
    document = painted(1024, 512).with_generation_mask(filled_mask(Rect(600, 200, 100, 80)))
    engine = FakeEngine()
    parameters = {"view": "wide"}
    (image,) = run_tool(inpaint, document, settings=wanted("inpaint"), parameters=parameters, engine=engine)
    height, width = image.mask.shape
    assert len(engine.jobs) == 2, "a second pass refines a large context"
    for job in engine.jobs:
        x, y = image.x - job.rect.x, image.y - job.rect.y
        assert job.preview_mask.shape == (job.rect.height, job.rect.width)
        assert (job.preview_mask[y : y + height, x : x + width] == image.mask).all()
        assert np.count_nonzero(job.preview_mask) == np.count_nonzero(image.mask)


def test_a_bundled_plugin_that_imports_torch_or_diffusers_says_so(bundled: Path, host: PluginHost) -> None:
    for state in host.states():
        assert state.path is not None
        names = {
            name.split(".")[0]
            for file in state.path.rglob("*.py")
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            for name in _imports(node)
        }
        assert bool(names & {"torch", "diffusers", "transformers"}) == ("torch" in state.uses), state.id


def test_the_three_tools_are_plugins(host: PluginHost) -> None:
    assert {"text_to_image", "image_to_image", "inpaint"} <= set(host.specs(ToolSpec))
    assert host.specs(ToolSpec)["inpaint"].needs_mask
    assert host.specs(ToolSpec)["image_to_image"].needs_image
    assert not host.specs(ToolSpec)["text_to_image"].uses_strength


def test_text_to_image_draws_at_the_size_of_the_settings_in_the_middle(host: PluginHost) -> None:
    engine = FakeEngine()
    settings = wanted("text_to_image", width=100, height=129, count=2, seed=MAX_SEED)
    one, two = run_tool(host.specs(ToolSpec)["text_to_image"], new_document(300, 200), settings=settings, engine=engine)
    assert (one.pixels.shape, one.x, one.y) == ((129, 100, 4), 100, 35)
    assert (one.seed, two.seed) == (MAX_SEED, 0)
    assert one.mask is None
    assert one.pixels[..., 3].min() == 255
    assert not np.array_equal(one.pixels, two.pixels)
    assert engine.jobs[0].image is None


def test_text_to_image_asks_the_model_for_exactly_the_size_where_it_can(host: PluginHost) -> None:
    engine = FakeEngine()
    settings = wanted("text_to_image", width=128, height=160)
    (image,) = run_tool(host.specs(ToolSpec)["text_to_image"], new_document(128, 160), settings=settings, engine=engine)
    assert [(job.width, job.height, job.image is None) for job in engine.jobs] == [(128, 160, True)]
    assert image.pixels.shape == (160, 128, 4)


def test_a_picture_larger_than_the_model_draws_well_is_drawn_small_and_refined(host: PluginHost) -> None:
    engine = FakeEngine()
    tool = host.specs(ToolSpec)["text_to_image"]
    settings = wanted("text_to_image", width=320, height=320, count=2)
    images = run_tool(tool, new_document(320, 320), settings=settings, engine=engine)
    assert [(job.width, job.image is None) for job in engine.jobs] == [(192, True), (320, False), (320, False)]
    assert {image.pixels.shape for image in images} == {(320, 320, 4)}
    plain = FakeEngine()
    quick = settings.with_changes(parameters={"refine": False})
    run_tool(tool, new_document(320, 320), settings=quick, engine=plain)
    assert [job.width for job in plain.jobs] == [192]


def test_image_to_image_draws_over_what_the_canvas_shows(host: PluginHost) -> None:
    engine = FakeEngine()
    document = painted(100, 80)
    settings = wanted("image_to_image", strength=0.5)
    (image,) = run_tool(host.specs(ToolSpec)["image_to_image"], document, settings=settings, engine=engine)
    assert (image.pixels.shape, image.x, image.y) == ((80, 100, 4), 0, 0)
    job = engine.jobs[0]
    assert (job.width, job.height, job.strength) == (160, 128, 0.5)
    assert job.image is not None
    assert np.abs(job.image.astype(int).mean() - compose(document)[..., :3].mean()) < 2


def test_a_transparent_canvas_counts_as_white(host: PluginHost) -> None:
    engine = FakeEngine()
    run_tool(
        host.specs(ToolSpec)["image_to_image"],
        new_document(64, 64, background=None),
        settings=wanted("image_to_image", strength=0.5),
        engine=engine,
    )
    assert engine.jobs[0].image is not None
    assert (engine.jobs[0].image == 255).all()


@pytest.mark.parametrize("tool", ["image_to_image", "inpaint"])
def test_a_strength_of_zero_is_refused(host: PluginHost, tool: str) -> None:
    document = new_document(64, 64).with_generation_mask(filled_mask(Rect(0, 0, 20, 20)))
    with pytest.raises(SettingError, match="strength of 0"):
        run_tool(host.specs(ToolSpec)[tool], document, settings=wanted(tool, strength=0.0))


def test_a_weak_strength_raises_the_steps(host: PluginHost) -> None:
    engine = FakeEngine()
    run_tool(
        host.specs(ToolSpec)["image_to_image"], settings=wanted("image_to_image", strength=0.1, steps=20), engine=engine
    )
    assert engine.jobs[0].steps == 40


def test_inpaint_shows_the_model_the_surroundings_at_its_own_size(inpaint: ToolSpec) -> None:
    engine = FakeEngine(SD15_LIMITS)
    document = painted(2048, 2048).with_generation_mask(filled_mask(Rect(900, 900, 200, 200)))
    (image,) = run_tool(inpaint, document, settings=wanted("inpaint"), engine=engine)
    (job,) = engine.jobs
    assert job.rect == Rect(696, 696, 608, 608)
    assert (job.width, job.height) == (608, 608)
    assert (image.x, image.y, image.pixels.shape) == (696, 696, (608, 608, 4)), "all that was drawn can be shown"
    assert image.mask is not None
    shown = Raster.from_array(image.mask, image.x, image.y).bounds()
    assert Rect(848, 848, 304, 304).united(shown) == Rect(848, 848, 304, 304)
    assert (image.mask[204:404, 204:404] == 255).all()
    assert job.mask is not None
    assert job.mask[300, 300] == 1.0
    assert job.mask[0].max() == 0.0


@pytest.mark.parametrize(
    ("fill", "strength", "keeps"),
    [("auto", 1.0, False), ("auto", 0.5, True), ("original", 1.0, True), ("neutral", 0.5, False), ("telea", 1, False)],
)
def test_what_stands_in_the_mask_before_drawing(inpaint: ToolSpec, fill: str, strength: float, keeps: bool) -> None:
    engine = FakeEngine()
    document = painted(128, 128).with_generation_mask(filled_mask(Rect(40, 40, 48, 48)))
    settings = wanted("inpaint", strength=strength)
    run_tool(inpaint, document, settings=settings, parameters={"fill": fill, "view": "wide"}, engine=engine)
    start = engine.jobs[0].image
    assert start is not None
    assert np.array_equal(start[50:80, 50:80], compose(document)[50:80, 50:80, :3]) == keeps
    assert np.array_equal(start[:20, :20], compose(document)[:20, :20, :3])


def test_feather_grow_and_context_can_be_given(inpaint: ToolSpec) -> None:
    document = painted(512, 512).with_generation_mask(filled_mask(Rect(240, 240, 32, 32)))
    engine = FakeEngine()
    parameters = {"feather": 0, "grow": 0, "padding": 100}
    (image,) = run_tool(inpaint, document, settings=wanted("inpaint"), parameters=parameters, engine=engine)
    assert image.mask is not None
    assert sorted(np.unique(image.mask)) == [0, 255]
    assert int((image.mask == 255).sum()) == 32 * 32
    assert engine.jobs[0].rect is not None
    assert engine.jobs[0].rect.width >= 232


@pytest.mark.parametrize(
    ("view", "prompt", "is_close"),
    [("auto", "a castle", True), ("auto", " ", False), ("close", "", True), ("wide", "a castle", False)],
)
def test_a_small_mask_is_looked_at_close_up_if_there_is_a_prompt(
    inpaint: ToolSpec, view: str, prompt: str, is_close: bool
) -> None:
    engine = FakeEngine(SD15_LIMITS)
    document = painted(512, 512).with_generation_mask(filled_mask(Rect(240, 240, 45, 45)))
    settings = wanted("inpaint", prompt=prompt)
    (image,) = run_tool(inpaint, document, settings=settings, parameters={"view": view}, engine=engine)
    (job,) = engine.jobs
    assert (job.width, job.height) == (512, 512)
    assert (job.rect.width < 200) == is_close
    assert image.mask.shape == image.pixels.shape[:2]


def test_inpaint_without_a_mask_says_what_to_do(inpaint: ToolSpec) -> None:
    with pytest.raises(SettingError, match="mask brush"):
        run_tool(inpaint)


def test_inside_the_selection_the_new_picture_stands_alone(inpaint: ToolSpec, host: PluginHost) -> None:
    rect = Rect(60, 50, 40, 30)
    document = painted(200, 150).with_generation_mask(filled_mask(rect))
    settings = wanted("inpaint")
    images = run_tool(inpaint, document, settings=settings)
    request = GenerationRequest(settings=settings, document=document)
    placed = place(document, GenerationResult(request=request, images=images, timings={}))
    image = images[0]
    rows = slice(rect.y - image.y, rect.bottom - image.y)
    columns = slice(rect.x - image.x, rect.right - image.x)
    assert np.array_equal(compose(placed, rect), image.pixels[rows, columns])


def test_equal_requests_give_equal_pixels(host: PluginHost) -> None:
    document = painted(128, 128).with_generation_mask(filled_mask(Rect(30, 30, 40, 40)))
    for tool in ("text_to_image", "image_to_image", "inpaint"):
        settings = wanted(tool, seed=4, strength=0.8)
        (one,) = run_tool(host.specs(ToolSpec)[tool], document, settings=settings)
        (two,) = run_tool(host.specs(ToolSpec)[tool], document, settings=settings)
        assert np.array_equal(one.pixels, two.pixels)


def test_a_large_mask_is_drawn_in_two_passes_unless_told_not_to(inpaint: ToolSpec) -> None:
    document = replace(painted(900, 900), generation_mask=filled_mask(Rect(200, 200, 400, 400)))
    for refine, passes in ((True, 2), (False, 1)):
        engine = FakeEngine()
        run_tool(inpaint, document, settings=wanted("inpaint"), parameters={"refine": refine}, engine=engine)
        assert len(engine.jobs) == passes
    assert engine.jobs[0].strength == 1.0


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
