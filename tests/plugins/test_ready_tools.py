"""Remove object, replace background and expand, with a stand-in engine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.api import ToolSpec
from studio.api.testing import SD15_LIMITS, FakeEngine, run_tool
from studio.document import (
    Document,
    FillLayer,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    SolidColor,
    add_layer,
    new_document,
)
from studio.document.fill import filled_rect
from studio.errors import SettingError
from studio.generation import GenerationRequest, GenerationResult, GenerationSettings
from studio.generation.placement import place
from studio.plugin_host import PluginFolder, PluginHost
from studio.raster.compose import compose
from studio.raster.transform import crop

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
SAND = (230, 200, 150)


@pytest.fixture(scope="module")
def tools() -> dict[str, ToolSpec]:
    host = PluginHost.load([PluginFolder(PLUGINS, "bundled")], entry_points=False)
    ready = ("remove_object", "replace_background", "expand")
    return {tool_id: tool for tool_id, tool in host.specs(ToolSpec).items() if tool_id in ready}


def beach(width: int, height: int, ball: Rect | None = None) -> Document:
    """A picture of sand, with a dark ball on it."""
    pixels = np.full((height, width, 4), (*SAND, 255), np.uint8)
    if ball is not None:
        pixels[ball.y : ball.bottom, ball.x : ball.right, :3] = 20
    document = new_document(width, height)
    return replace(document, layers=(replace(document.layers[0], raster=Raster.from_array(pixels)),))


def masked(document: Document, values: Pixels) -> Document:
    return document.with_generation_mask(Raster.from_array(values))


def mask_of(document: Document, rect: Rect, value: int = 255) -> Pixels:
    values = np.zeros((document.height, document.width), np.uint8)
    values[rect.y : rect.bottom, rect.x : rect.right] = value
    return values


def drawn(
    tool: ToolSpec, document: Document, engine: FakeEngine, parameters: dict[str, object] | None = None
) -> tuple[Document, Pixels]:
    """The document with what the tool drew, and its blend mask on the canvas. The strength is that of another tool."""
    settings = GenerationSettings(tool=tool.id, prompt="", steps=4, strength=0.3)
    images = run_tool(tool, document, settings=settings, engine=engine, parameters=parameters)
    request = GenerationRequest(settings=settings, document=document)
    placed = place(document, GenerationResult(request=request, images=images, timings={}))
    (image,) = images
    assert image.mask is not None
    blend = np.zeros((document.height, document.width), np.uint8)
    blend[image.y : image.y + image.mask.shape[0], image.x : image.x + image.mask.shape[1]] = image.mask
    return placed, blend


def test_all_three_can_do_without_a_prompt_and_know_what_they_need(tools: dict[str, ToolSpec]) -> None:
    assert len(tools) == 3
    assert all(tool.prompt_optional and not tool.uses_strength for tool in tools.values())
    assert [tool.needs_mask for tool in tools.values()] == [True, True, False]


def test_nothing_of_a_removed_object_is_left_to_start_from(tools: dict[str, ToolSpec]) -> None:
    ball = Rect(250, 240, 60, 50)
    document = beach(601, 533, ball)
    document = masked(document, mask_of(document, Rect(246, 236, 68, 58)))
    engine = FakeEngine(SD15_LIMITS)
    placed, blend = drawn(tools["remove_object"], document, engine)
    (job,) = engine.jobs
    assert job.strength == 1.0
    assert job.image is not None
    assert job.rect is not None
    assert job.rect.width > 400, "with the surroundings"
    assert np.abs(job.image.astype(int) - SAND).max() <= 2
    assert (blend[mask_of(document, ball) > 0] == 255).all()
    assert np.array_equal(compose(placed)[blend == 0], compose(document)[blend == 0])


def drawn_after(document: Document, prompt: str, over: Rect, **changes: object) -> Document:
    """The document with a layer over a part of it that remembers the prompt that it was drawn after."""
    settings = GenerationSettings(prompt=prompt).json()
    layer = PaintLayer(name="Drawn", raster=filled_rect(over, (90, 90, 90, 255)), settings=settings, **changes)
    return add_layer(document, layer)


def asked_words(tools: dict[str, ToolSpec], document: Document, prompt: str, **parameters: object) -> tuple[str, str]:
    """With which words an object is removed, and which are to keep it out."""
    engine = FakeEngine()
    settings = GenerationSettings(tool="remove_object", prompt=prompt, negative_prompt="blurred", steps=4, count=2)
    images = run_tool(tools["remove_object"], document, settings=settings, engine=engine, parameters=parameters)
    job = engine.jobs[0]
    for seed, image in enumerate(images):
        assert image.settings is not None
        assert (image.settings.prompt, image.settings.negative_prompt) == (job.prompt, job.negative_prompt)
        assert (image.settings.seed, image.settings.count) == (seed, 1)
    return job.prompt, job.negative_prompt


@pytest.mark.parametrize("prompt", ["", "a palm on a beach at dusk"])
def test_an_object_is_removed_with_the_words_of_its_scene(tools: dict[str, ToolSpec], prompt: str) -> None:
    document = drawn_after(beach(300, 300), "a palm on a beach at dusk", Rect(0, 0, 300, 300))
    document = masked(document, mask_of(document, Rect(100, 100, 50, 50)))
    assert asked_words(tools, document, prompt) == ("a beach at dusk", "blurred, a palm")


def test_other_words_and_none_at_all_are_taken_as_they_are(tools: dict[str, ToolSpec]) -> None:
    document = drawn_after(beach(300, 300), "a palm on a beach", Rect(0, 0, 300, 300))
    document = masked(document, mask_of(document, Rect(100, 100, 50, 50)))
    assert asked_words(tools, document, "a rock") == ("a rock", "blurred")
    assert asked_words(tools, document, "", words="prompt") == ("", "blurred")
    unknown = masked(beach(300, 300), mask_of(document, Rect(100, 100, 50, 50)))
    assert asked_words(tools, unknown, "") == ("", "blurred")


@pytest.mark.parametrize(
    ("own", "asked", "used"),
    [
        ("a palm on a beach", "", "a beach"),
        ("a palm on a beach", "a palm on a beach", "a beach"),
        ("a palm on a beach", "rocks", "rocks"),
        ("a cat", "a cat", "a cat"),
        ("", "", ""),
    ],
)
def test_more_of_the_scene_is_drawn_beyond_an_edge(tools: dict[str, ToolSpec], own: str, asked: str, used: str) -> None:
    document = crop(drawn_after(beach(150, 150), own, Rect(0, 0, 150, 150)), Rect(0, 0, 190, 150))
    engine = FakeEngine()
    settings = GenerationSettings(tool="expand", prompt=asked, steps=4)
    (image,) = run_tool(tools["expand"], document, settings=settings, engine=engine)
    assert image.settings is not None
    assert engine.jobs[0].prompt == image.settings.prompt == used


def test_the_scene_is_that_of_what_is_seen_under_the_mask(tools: dict[str, ToolSpec]) -> None:
    document = drawn_after(beach(300, 300), "a palm on a beach", Rect(0, 0, 300, 300))
    document = drawn_after(document, "a boat on a lake", Rect(0, 0, 90, 90))
    document = drawn_after(document, "a cat in a city", Rect(0, 0, 300, 300), visible=False)
    there, elsewhere = (masked(document, mask_of(document, Rect(at, at, 40, 40))) for at in (20, 200))
    assert asked_words(tools, there, "")[0] == "a lake"
    assert asked_words(tools, elsewhere, "")[0] == "a beach"


def test_how_far_beyond_the_mask_is_drawn_can_be_said(tools: dict[str, ToolSpec]) -> None:
    document = beach(400, 400)
    document = masked(document, mask_of(document, Rect(180, 180, 40, 40)))
    reached = [
        np.count_nonzero(drawn(tools["remove_object"], document, FakeEngine(), {"reach": reach})[1])
        for reach in (4, 30)
    ]
    assert reached[0] < reached[1]


@pytest.mark.parametrize("edge", [0, 3])
def test_what_stays_before_a_new_background_is_exact_within_its_rim(tools: dict[str, ToolSpec], edge: int) -> None:
    ball = Rect(60, 40, 50, 45)
    document = beach(177, 131, ball)
    document = masked(document, mask_of(document, ball))
    engine = FakeEngine()
    placed, blend = drawn(tools["replace_background"], document, engine, {"edge": edge})
    core = mask_of(document, Rect(ball.x + edge, ball.y + edge, ball.width - 2 * edge, ball.height - 2 * edge)) > 0
    assert np.array_equal(compose(placed)[core], compose(document)[core])
    assert (blend[document.generation_mask.read(document.canvas) == 0] == 255).all(), "all else is new"
    job = engine.jobs[0]
    assert job.image is not None
    assert job.strength == 1.0
    assert (job.image[0, 0] == 127).all(), "nothing of the old background is left to start from"


def test_the_background_itself_can_be_masked(tools: dict[str, ToolSpec]) -> None:
    document = beach(128, 128)
    kept = mask_of(document, Rect(40, 40, 50, 50))
    _, one = drawn(tools["replace_background"], masked(document, kept), FakeEngine())
    _, two = drawn(tools["replace_background"], masked(document, 255 - kept), FakeEngine(), {"covers": "background"})
    assert np.array_equal(one, two)


def test_a_mask_that_is_white_but_for_a_haze_leaves_no_background(tools: dict[str, ToolSpec]) -> None:
    document = beach(64, 64)
    with pytest.raises(SettingError, match="no background is left"):
        drawn(tools["replace_background"], masked(document, mask_of(document, document.canvas, 252)), FakeEngine())


@pytest.mark.parametrize("canvas", [Rect(-40, 0, 240, 151), Rect(0, 0, 201, 190), Rect(-17, -33, 251, 217)])
def test_expanding_draws_just_where_a_larger_canvas_is_empty(tools: dict[str, ToolSpec], canvas: Rect) -> None:
    small = beach(200, 151)
    document = crop(small, canvas)
    engine = FakeEngine()
    placed, blend = drawn(tools["expand"], document, engine)
    empty = compose(document)[..., 3] == 0
    assert (blend[empty] == 255).all()
    assert (blend == 0).any()
    after = compose(placed)
    assert np.array_equal(after[blend == 0], compose(document)[blend == 0])
    assert (after[..., 3] == 255).all()
    job = engine.jobs[0]
    assert job.image is not None
    assert np.abs(job.image.astype(int) - SAND).max() <= 12, "it starts from the picture continued, not from white"


def test_expanding_looks_at_no_mask(tools: dict[str, ToolSpec]) -> None:
    document = crop(beach(150, 150), Rect(0, 0, 190, 150))
    hidden = masked(document, mask_of(document, Rect(0, 0, 20, 20)))
    _, one = drawn(tools["expand"], document, FakeEngine())
    _, two = drawn(tools["expand"], hidden, FakeEngine())
    assert np.array_equal(one, two)


def test_a_mask_in_the_empty_part_narrows_it_down(tools: dict[str, ToolSpec]) -> None:
    document = crop(beach(150, 150), Rect(-40, 0, 230, 150))
    document = masked(document, mask_of(document, Rect(0, 0, 40, 150)))
    placed, blend = drawn(tools["expand"], document, FakeEngine())
    assert (blend[:, :40] == 255).all()
    assert not blend[:, 200:].any()
    assert (compose(placed)[:, 190:, 3] == 0).all(), "the other side stays empty"


def test_over_a_ground_without_end_the_mask_says_where_to_expand(tools: dict[str, ToolSpec]) -> None:
    document = crop(beach(150, 150), Rect(0, 0, 200, 150))
    ground = FillLayer(name="Ground", fill=SolidColor((255, 255, 255)))
    document = replace(document, layers=(ground, *document.layers))
    document = masked(document, mask_of(document, Rect(150, 0, 50, 150)))
    _, blend = drawn(tools["expand"], document, FakeEngine())
    assert (blend[:, 150:] == 255).all()


@pytest.mark.parametrize(
    ("document", "said"),
    [(beach(64, 64), "No part of the canvas is empty"), (new_document(64, 64, background=None), "All of the canvas")],
    ids=["nowhere", "everywhere"],
)
def test_expanding_says_why_it_cannot(tools: dict[str, ToolSpec], document: Document, said: str) -> None:
    with pytest.raises(SettingError, match=said):
        drawn(tools["expand"], document, FakeEngine())
