"""Regions of a document on their way to the engine, whichever tool draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from studio.api import Blend, DenoiseJob, GenerationSettings, MotionJob
from studio.api.testing import FakeEngine
from studio.document import (
    Document,
    FillLayer,
    GroupLayer,
    Guide,
    Layer,
    PaintLayer,
    Raster,
    Rect,
    Region,
    SolidColor,
    add_guide,
    filled_mask,
    new_document,
    remove_layer,
    with_region,
)
from studio.errors import SettingError
from studio.generation import CancelToken
from studio.generation.conditioning import RegionPart, RegionUse
from studio.jobs.guides import GuidedEngine
from studio.jobs.regions import RegionMap, region_uses
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost
from tests.jobs.test_guides import SIDE, jobs_of, sketch

HALF = SIDE // 2


@pytest.fixture(scope="module")
def host() -> PluginHost:
    return PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)


def block(name: str, x: int, width: int, **changes: Any) -> PaintLayer:
    """A layer that is opaque over all its height, in some columns."""
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[:, x : x + width] = 255
    return PaintLayer(name=name, raster=Raster.from_array(pixels), **changes)


def in_regions(*pairs: tuple[Layer, str], **changes: Any) -> Document:
    """A document with these layers, from the bottom, as regions with these prompts."""
    document = new_document(SIDE, SIDE)
    for layer, prompt in pairs:
        document = replace(document, layers=(*document.layers, layer))
        document = with_region(document, Region(layer_id=layer.id, prompt=prompt, **changes))
    return document


def halves(**changes: Any) -> Document:
    return in_regions(
        (block("Left", 0, HALF, visible=False), "a red cat"),
        (block("Right", HALF, HALF, opacity=0.3), "a blue car"),
        **changes,
    )


def parts(host: PluginHost, document: Document, **settings: Any) -> dict[str, RegionPart]:
    """The parts of the one job, by name."""
    _, (job,) = jobs_of(host, document, **settings)
    assert job.conditioning is not None
    assert all(part.mask.shape == (job.height, job.width) for part in job.conditioning.regions)
    return {part.name: part for part in job.conditioning.regions}


def test_layers_are_parts_of_the_job_shown_or_not(host: PluginHost) -> None:
    found = parts(host, halves(), prompt="at night")
    assert {name: part.prompt for name, part in found.items()} == {"Left": "a red cat", "Right": "a blue car"}
    assert found["Left"].mask[:, :HALF].min() == 1.0
    assert np.allclose(found["Left"].mask + found["Right"].mask, 1.0)


def test_the_upper_one_hides_the_lower_and_the_rest_is_drawn_after_the_picture_s_prompt(host: PluginHost) -> None:
    document = in_regions((block("Low", 0, HALF), "sea"), (block("High", 16, 32), "a ship"))
    found = parts(host, document)
    assert found["High"].mask[:, 16:48].min() == 1.0
    assert found["Low"].mask[:, 16:48].max() == 0.0
    assert (found[""].prompt, found[""].mask[:, HALF:].min()) == ("", 1.0)


def test_a_group_is_one_region_and_so_is_what_lies_in_it(host: PluginHost) -> None:
    inner = block("Inner", 0, 32)
    group = GroupLayer(name="Group", children=(inner, block("Other", 32, 32)))
    document = with_region(in_regions((group, "a town")), Region(layer_id=inner.id, prompt="a tower"))
    found = parts(host, document)
    assert found["Inner"].mask[:, :32].min() == 1.0
    assert found["Group"].mask[:, :32].max() == 0.0
    assert found["Group"].mask[:, 32:64].min() == 1.0


def test_a_region_that_is_nearly_all_is_the_plain_prompt(host: PluginHost) -> None:
    document = in_regions((FillLayer(name="All", fill=SolidColor((9, 9, 9))), "a forest"), negative_prompt="fog")
    _, (job,) = jobs_of(host, document, prompt="at night", negative_prompt="rain")
    assert (job.conditioning, job.prompt, job.negative_prompt) == (None, "a forest, at night", "fog, rain")


def test_regions_that_say_the_same_are_one(host: PluginHost) -> None:
    document = in_regions((block("Left", 0, HALF), "a forest"), (block("Right", HALF, HALF), "a forest "))
    _, (job,) = jobs_of(host, document)
    assert (job.conditioning, job.prompt.strip()) == (None, "a forest")
    silent = in_regions((block("Left", 0, HALF), ""), (block("Right", HALF, HALF), " "))
    _, (job,) = jobs_of(host, silent, prompt="at night")
    assert (job.conditioning, job.prompt) == (None, "at night")


def test_a_region_without_words_is_drawn_after_the_picture_s_prompt_and_hides_what_is_below(host: PluginHost) -> None:
    document = in_regions((block("Low", 0, SIDE), "sea"), (block("High", 0, HALF), ""))
    found = parts(host, document, prompt="at night")
    assert found["High"].prompt == ""
    assert found["Low"].mask[:, :HALF].max() == 0.0


@pytest.mark.parametrize("layer", [PaintLayer(name="Empty"), block("Off", SIDE, 0), block("Thin", 0, 2)])
def test_one_that_is_hardly_seen_is_left_out_and_that_is_said(host: PluginHost, layer: PaintLayer) -> None:
    document = in_regions((block("Left", 0, HALF), "a red cat"), (layer, "a bird"))
    result, (job,) = jobs_of(host, document)
    assert job.conditioning is not None
    assert [part.name for part in job.conditioning.regions] == ["Left", ""]
    assert result.notes == (f"The region {layer.name} was left out: too little of it is seen in what was drawn.",)


def test_one_that_is_off_is_as_if_it_were_not_there(host: PluginHost) -> None:
    result, (job,) = jobs_of(host, halves(enabled=False))
    assert job.conditioning is None
    assert result.request.settings.regions == ()


def test_a_deleted_layer_is_said_before_anything_is_drawn(host: PluginHost) -> None:
    document = halves()
    with pytest.raises(SettingError, match="of the region 'a red cat' is not there any more"):
        jobs_of(host, remove_layer(document, document.regions[0].layer_id))


def test_regions_follow_an_inpainting_crop(host: PluginHost) -> None:
    document = halves().with_generation_mask(filled_mask(Rect(HALF - 20, 40, 40, 40)))
    _, jobs = jobs_of(host, document, "inpaint", prompt="a boat")
    for job in jobs:
        assert job.conditioning is not None
        assert job.rect is not None
        left = next(part for part in job.conditioning.regions if part.name == "Left")
        border = round((HALF - job.rect.x) * job.width / job.rect.width)
        assert left.mask[:, : border - 2].min() > 0.9
        assert left.mask[:, border + 2 :].max() < 0.1
    inside = halves().with_generation_mask(filled_mask(Rect(8, 40, 24, 24)))
    _, jobs = jobs_of(host, inside, "inpaint", prompt="a boat")
    assert {(job.conditioning, job.prompt) for job in jobs} == {(None, "a red cat, a boat")}


def test_a_picture_keeps_the_regions_that_it_was_drawn_in_with_the_lots_of_its_seed(host: PluginHost) -> None:
    document = in_regions(
        (block("Left", 0, HALF), "a {red|blue|green|white} cat"),
        (block("Right", HALF, HALF), "a {red|blue|green|white} cat"),
        negative_prompt="{fog|rain}",
    )
    result, jobs = jobs_of(host, document, count=6)
    drawn = [use.prompt for index in range(6) for use in result.settings_of(index).regions]
    assert len(set(drawn)) > 1
    assert not any("{" in each for each in drawn)
    assert any(one != other for one, other in zip(drawn[::2], drawn[1::2], strict=True))
    told = [part.prompt for job in jobs if job.conditioning for part in job.conditioning.regions]
    assert set(told) <= set(drawn)
    assert GenerationSettings.read_json(result.settings_of(0).json()) == result.settings_of(0)


def test_a_guide_of_a_region_is_felt_in_it_alone(host: PluginHost) -> None:
    line = sketch()
    document = halves()
    document = replace(document, layers=(*document.layers, line))
    guide = Guide(kind="scribble", layer_id=line.id, region_id=document.regions[0].layer_id)
    result, (job,) = jobs_of(host, add_guide(document, guide))
    assert job.conditioning is not None
    (control,) = job.conditioning.controls
    assert control.mask is not None
    assert (control.mask[:, :HALF].min(), control.mask[:, HALF:].max()) == (1.0, 0.0)
    assert result.request.settings.guides[0].region_id == document.regions[0].layer_id
    result, (job,) = jobs_of(host, add_guide(document, replace(guide, kind="style")))
    assert job.conditioning is not None
    (reference,) = job.conditioning.references
    assert reference.mask is not None
    assert np.array_equal(reference.mask, control.mask)
    assert not any("felt in the whole picture" in note for note in result.notes)
    off = with_region(add_guide(document, guide), replace(document.regions[0], enabled=False))
    result, (job,) = jobs_of(host, off)
    assert job.conditioning is not None
    assert job.conditioning.controls == ()
    assert any("left out" in note for note in result.notes)


def test_prompts_that_are_mixed_are_mixed_in_each_region() -> None:
    engine, document = FakeEngine(), in_regions((block("All", 0, SIDE), "a forest"))
    guided = GuidedEngine(engine, document, {}, {}, CancelToken(), print, RegionMap(document, region_uses(document)))
    guided.denoise(a_job(prompt_blend=Blend("day", "night", 0.5)))
    assert engine.jobs[0].prompt_blend == Blend("a forest, day", "a forest, night", 0.5)


def test_frames_together_leave_regions_out_and_say_so() -> None:
    said: list[str] = []
    engine, document = FakeEngine(), halves()
    regions = RegionMap(document, (RegionUse(layer="Left", layer_id=document.regions[0].layer_id),))
    guided = GuidedEngine(engine, document, {}, {}, CancelToken(), said.append, regions)
    guided.denoise_together(MotionJob(frames=(a_job(),)))
    assert engine.jobs[0].conditioning is None
    assert said == ["The regions were left out: frames that are drawn together have none."]


def test_forty_regions_at_once(host: PluginHost) -> None:
    layers = [(block(str(number), number * 3, 3), f"thing {number}") for number in range(40)]
    found = parts(host, in_regions(*layers))
    assert len(found) == 41
    assert np.allclose(sum(part.mask for part in found.values()), 1.0)


def a_job(**changes: Any) -> DenoiseJob:
    return DenoiseJob.from_settings(GenerationSettings(steps=2, width=SIDE, height=SIDE), **changes)
