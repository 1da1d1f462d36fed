"""Guides of a document on their way to the engine, whichever tool draws."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from studio.api import (
    DenoiseJob,
    GenerationRequest,
    GenerationSettings,
    GuideSpec,
    MotionJob,
)
from studio.api.testing import FakeEngine
from studio.document import (
    Document,
    FillLayer,
    GroupLayer,
    Guide,
    PaintLayer,
    Raster,
    Rect,
    SolidColor,
    add_guide,
    filled_mask,
    new_document,
    remove_layer,
)
from studio.errors import SettingError
from studio.generation import CancelToken, GenerationResult
from studio.generation.conditioning import Conditioning, Control, Reference
from studio.jobs.regions import RegionMap
from studio.jobs.runner import JobRunner
from studio.paths import default_paths
from studio.plugin_host import PluginFolder, PluginHost

SIDE = 128
BLACK = (0, 0, 0, 255)
WHITE = (255, 255, 255, 255)
CLEAR = (0, 0, 0, 0)


@pytest.fixture(scope="module")
def host() -> PluginHost:
    return PluginHost.load([PluginFolder(default_paths().plugins, "bundled")], entry_points=False)


def sketch(line: tuple[int, ...] = BLACK, ground: tuple[int, ...] = CLEAR, **changes: Any) -> PaintLayer:
    """A layer with one line across it."""
    pixels = np.empty((SIDE, SIDE, 4), np.uint8)
    pixels[:] = ground
    pixels[60:64, 16:112] = line
    return PaintLayer(name="Sketch", raster=Raster.from_array(pixels), **changes)


def guided(layer: Any, kind: str = "scribble", **changes: Any) -> Document:
    document = new_document(SIDE, SIDE)
    document = replace(document, layers=(*document.layers, layer))
    return add_guide(document, Guide(kind=kind, layer_id=layer.id, **changes))


def run(host: PluginHost, document: Document, tool: str = "text_to_image", **settings: Any) -> GenerationResult:
    return jobs_of(host, document, tool, **settings)[0]


def jobs_of(
    host: PluginHost, document: Document, tool: str = "text_to_image", **settings: Any
) -> tuple[GenerationResult, list[DenoiseJob]]:
    jobs: list[DenoiseJob] = []
    asked = GenerationSettings(tool=tool, steps=2, width=SIDE, height=SIDE).with_changes(**settings)
    runner = JobRunner(host, lambda: FakeEngine(jobs=jobs))
    request = GenerationRequest(settings=asked, document=document)
    return runner.run(request, CancelToken(), lambda _progress: None), jobs


def control(host: PluginHost, document: Document, **settings: Any) -> Control:
    _, (job,) = jobs_of(host, document, **settings)
    assert job.conditioning is not None
    (found,) = job.conditioning.controls
    assert found.picture.shape == (job.height, job.width, 3)
    return found


@pytest.mark.parametrize(("line", "ground"), [(BLACK, CLEAR), (WHITE, CLEAR), (BLACK, WHITE), (WHITE, BLACK)])
def test_lines_are_light_on_black_however_they_were_painted(host: PluginHost, line: Any, ground: Any) -> None:
    picture = control(host, guided(sketch(line, ground))).picture
    assert (picture[60:64, 16:112] == 255).all()
    assert not picture[:60].any()


def test_what_the_guide_says_is_what_is_asked_for(host: PluginHost) -> None:
    asked = control(host, guided(sketch(), strength=0.7, start=0.1, end=0.6, network="mine"))
    assert (asked.name, asked.modes) == ("Scribble", ("scribble", "softedge"))
    assert (asked.strength, asked.start, asked.end, asked.network) == (0.7, 0.1, 0.6, "mine")


def test_hidden_layers_and_faint_ones_guide_as_they_were_painted(host: PluginHost) -> None:
    hidden = control(host, guided(sketch(visible=False, opacity=0.2))).picture
    assert np.array_equal(hidden, control(host, guided(sketch())).picture)


def test_a_group_and_a_layer_without_edges_guide_too(host: PluginHost) -> None:
    group = GroupLayer(name="Group", children=(sketch(),))
    assert np.array_equal(control(host, guided(group)).picture, control(host, guided(sketch())).picture)
    flat = FillLayer(name="Grey", fill=SolidColor((128, 128, 128)))
    assert (control(host, guided(flat, "depth")).picture == 128).all()


def test_what_is_transparent_lies_on_the_ground_of_the_kind(host: PluginHost) -> None:
    assert tuple(control(host, guided(sketch(), "normal")).picture[0, 0]) == (128, 128, 255)
    assert tuple(control(host, guided(sketch(), "depth")).picture[0, 0]) == (0, 0, 0)


def test_a_guide_is_made_of_any_picture_by_its_preprocessor(host: PluginHost) -> None:
    square = np.zeros((SIDE, SIDE, 4), np.uint8)
    square[..., 3] = 255
    square[32:96, 32:96, :3] = 200
    layer = PaintLayer(name="Photo", raster=Raster.from_array(square))
    picture = control(host, guided(layer, "canny", from_picture=True)).picture
    assert picture[28:36, 40:88].any(axis=(0, 2)).all()
    assert not picture[48:80, 48:80].any()
    strict = control(host, guided(layer, "canny", from_picture=True, values={"low": 255, "high": 255, "gone": 1}))
    assert strict.picture.sum() <= picture.sum()


def test_an_inpainting_crop_sees_its_part_of_the_layer_at_the_size_of_the_job(host: PluginHost) -> None:
    document = guided(sketch()).with_generation_mask(filled_mask(Rect(40, 40, 40, 40)))
    _, jobs = jobs_of(host, document, "inpaint", prompt="a boat")
    for job in jobs:
        assert job.conditioning is not None
        assert job.rect is not None
        picture = job.conditioning.controls[0].picture
        assert picture.shape == (job.height, job.width, 3)
        row = round((62 - job.rect.y) * job.height / job.rect.height)
        assert picture[row].max() > 200


@pytest.mark.parametrize("changes", [{"enabled": False}, {"strength": 0.0}, {"layer_id": None}])
def test_a_guide_that_does_not_act_leaves_the_job_alone(host: PluginHost, changes: dict[str, Any]) -> None:
    document = guided(sketch())
    document = replace(document, guides=(replace(document.guides[0], **changes),))
    result, (job,) = jobs_of(host, document)
    assert job.conditioning is None
    assert result.request.settings.guides == ()


def test_an_empty_layer_is_left_out_and_that_is_said(host: PluginHost) -> None:
    result, (job,) = jobs_of(host, guided(PaintLayer(name="Empty")))
    assert job.conditioning is None
    assert result.notes == ("The control layer Scribble was left out: it holds nothing where the picture was drawn.",)
    assert result.request.settings.guides == ()


def shown(host: PluginHost, document: Document) -> Reference:
    _, (job,) = jobs_of(host, document)
    assert job.conditioning is not None
    assert not job.conditioning.controls
    (found,) = job.conditioning.references
    return found


def test_all_of_a_reference_is_shown_as_it_is(host: PluginHost) -> None:
    pixels = np.zeros((300, 40, 4), np.uint8)
    pixels[10:] = (200, 100, 50, 255)
    layer = PaintLayer(name="Ink", raster=Raster.from_array(pixels, x=SIDE - 20), visible=False)
    found = shown(host, guided(layer, "style", strength=0.6, end=0.5, network="mine", from_picture=True))
    assert (found.name, found.mode, found.network) == ("Style", "style", "mine")
    assert (found.strength, found.start, found.end) == (0.6, 0.0, 0.5)
    assert found.picture.shape == (290, 40, 3)
    assert (found.picture == (200, 100, 50)).all()


def test_what_is_transparent_in_a_reference_is_white_and_more_than_is_seen_is_left_out(host: PluginHost) -> None:
    found = shown(host, guided(sketch(), "reference"))
    assert found.picture.shape == (4, 96, 3)
    large = np.zeros((8, 3000, 4), np.uint8)
    large[:, ::2] = BLACK
    found = shown(host, guided(PaintLayer(name="Long", raster=Raster.from_array(large)), "face"))
    assert found.picture.shape == (3, 1024, 3)
    assert 100 < found.picture.mean() < 155


def test_references_and_controls_go_together(host: PluginHost) -> None:
    document = guided(sketch())
    layer = document.guides[0].layer_id
    document = add_guide(document, Guide(kind="composition", layer_id=layer))
    _, (job,) = jobs_of(host, document)
    assert job.conditioning is not None
    assert [each.name for each in (*job.conditioning.controls, *job.conditioning.references)] == [
        "Scribble",
        "Composition",
    ]


def test_a_deleted_layer_is_said_before_anything_is_drawn(host: PluginHost) -> None:
    layer = sketch()
    with pytest.raises(SettingError, match=r"to be drawn after \(Scribble\) is not there any more"):
        run(host, remove_layer(guided(layer), layer.id))


def test_a_kind_that_no_plugin_adds_and_one_without_preprocessor_are_refused(host: PluginHost) -> None:
    with pytest.raises(SettingError, match="no kind of control layer 'magic'"):
        run(host, guided(sketch(), "magic"))
    with pytest.raises(SettingError, match="Nothing here makes what Stencil needs"):
        run(host, guided(sketch(), "stencil", from_picture=True))


def test_a_tool_that_says_what_it_draws_after_is_not_overruled(host: PluginHost) -> None:
    from studio.jobs.guides import GuidedEngine

    own = Conditioning()
    engine, document = FakeEngine(), guided(sketch())
    wrapped = GuidedEngine(engine, document, {}, {}, CancelToken(), print, RegionMap(document, ()))
    wrapped.denoise(replace(a_job(), conditioning=own))
    assert engine.jobs[0].conditioning is own


def test_frames_together_leave_guides_out_and_say_so() -> None:
    from studio.jobs.guides import GuidedEngine

    said: list[str] = []
    engine, document = FakeEngine(), guided(sketch())
    wrapped = GuidedEngine(engine, document, {}, {}, CancelToken(), said.append, RegionMap(document, ()))
    wrapped.denoise_together(MotionJob(frames=(a_job(),)))
    assert engine.jobs[0].conditioning is None
    assert len(said) == 1


def test_a_picture_keeps_what_it_was_drawn_after(host: PluginHost) -> None:
    document = guided(sketch(), strength=0.5, end=0.8, values={"detail": 0.25}, from_picture=True)
    result = run(host, document, count=2, prompt="a {red|blue} boat")
    for index in range(2):
        (use,) = result.settings_of(index).guides
        assert (use.kind, use.layer, use.layer_id) == ("scribble", "Sketch", document.guides[0].layer_id)
        assert (use.strength, use.start, use.end, use.from_picture) == (0.5, 0.0, 0.8, True)
        assert use.parameters == {"detail": 0.25}
    assert GenerationSettings.read_json(result.request.settings.json()) == result.request.settings


def test_forty_guides_at_once(host: PluginHost) -> None:
    document = guided(sketch())
    for number in range(39):
        document = add_guide(document, replace(document.guides[0], id=str(number)))
    _, (job,) = jobs_of(host, document)
    assert job.conditioning is not None
    assert len(job.conditioning.controls) == 40


def a_job() -> DenoiseJob:
    settings = GenerationSettings(steps=2, width=SIDE, height=SIDE)
    return DenoiseJob.from_settings(settings)


@pytest.mark.parametrize(
    ("kind", "influence"),
    [
        (GuideSpec(id="g", name="G", influence="mine"), "mine"),
        (GuideSpec(id="g", name="G", reads=("canny",)), "control"),
        (GuideSpec(id="g", name="G", reads=("canny",), influence="mine"), "mine"),
        (GuideSpec(id="g", name="G", reference="style"), "reference"),
        (GuideSpec(id="g", name="G", reference="style", influence="mine"), "mine"),
    ],
)
def test_a_guide_takes_part_by_the_influence_that_it_names(kind: GuideSpec, influence: str) -> None:
    from studio.jobs.guides import GuidedEngine

    document, engine = guided(sketch(), "g", strength=0.5), FakeEngine()
    regions = RegionMap(document, ())
    GuidedEngine(engine, document, {"g": kind}, {}, CancelToken(), print, regions).denoise(a_job())
    given = engine.jobs[0].conditioning
    assert given is not None
    (each,) = (*given.controls, *given.references, *given.influences)
    assert (each.influence, each.strength) == (influence, 0.5)
    assert given.controls == ((each,) if kind.reads else ())
    assert given.references == ((each,) if kind.reference else ())
