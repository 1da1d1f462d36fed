"""Upscaling as the host runs it: bundled upscalers, networks from files, transparency, layers and masks."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from spandrel import ImageModelDescriptor, ModelLoader
from spandrel.architectures.Compact import Compact

from studio.api import UpscalerSpec
from studio.api.testing import FakeEngine
from studio.document import Document, GroupLayer, PaintLayer, Pixels, Raster, Rect, filled_mask, new_document
from studio.errors import Cancelled, ModelError, PluginError, SettingError
from studio.generation import (
    CancelToken,
    GenerationRequest,
    GenerationSettings,
    Progress,
    UpscaledDocument,
    UpscaleTask,
)
from studio.jobs.runner import JobRunner
from studio.jobs.upscaling import placed, upscaler_choices
from studio.plugin_host import PluginFolder, PluginHost

Upscale = Callable[..., UpscaledDocument]
ROOM = 1
"""What rounding may change, in 255ths."""


def noise(height: int, width: int) -> Pixels:
    return np.random.default_rng(5).integers(0, 256, (height, width, 3), np.uint8)


def opaque(rgb: Pixels) -> Pixels:
    return np.dstack((rgb, np.full(rgb.shape[:2], 255, np.uint8)))


def picture(pixels: Pixels, **layer: object) -> Document:
    """A document of the size of premultiplied RGBA pixels."""
    made = PaintLayer(name="Picture", raster=Raster.from_array(pixels), **layer)  # type: ignore[arg-type]
    return Document(width=pixels.shape[1], height=pixels.shape[0], layers=(made,), active_id=made.id)


def pixels_of(document: Document, index: int = 0) -> Pixels:
    layer = document.layers[index]
    assert isinstance(layer, PaintLayer)
    return layer.raster.read(document.canvas)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Small networks of random weights: one that doubles, one as a pickle, one for grey pictures."""
    torch.manual_seed(1)
    path = tmp_path / "upscalers"
    path.mkdir()
    double = Compact(num_feat=8, num_conv=3, upscale=2).state_dict()
    save_file(double, path / "double.safetensors")
    torch.save({"params": double}, path / "pickled.pth")
    save_file(
        Compact(num_in_ch=1, num_out_ch=1, num_feat=8, num_conv=1, upscale=2).state_dict(), path / "grey.safetensors"
    )
    return path


@pytest.fixture
def runner(bundled: Path, folder: Path) -> JobRunner:
    host = PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)
    return JobRunner(host, FakeEngine, device="cpu", upscaler_folders=[folder])


@pytest.fixture
def upscale(runner: JobRunner) -> Upscale:
    def run(
        document: Document,
        upscaler: str = "double",
        *,
        cancel: CancelToken | None = None,
        reports: list[Progress] | None = None,
        **task: object,
    ) -> UpscaledDocument:
        request = GenerationRequest(
            settings=GenerationSettings(prompt="a beach", steps=4),
            document=document,
            upscale=UpscaleTask(upscaler=upscaler, **task),  # type: ignore[arg-type]
        )
        seen = [] if reports is None else reports
        result = runner.run(request, cancel or CancelToken(), seen.append)
        assert result.upscaled is not None
        assert result.images == ()
        return result.upscaled

    return run


def bare(path: Path, rgb: Pixels) -> Pixels:
    """The network in one piece, without Shoreline."""
    model = ModelLoader().load_from_file(path)
    assert isinstance(model, ImageModelDescriptor)
    drawn = model(torch.from_numpy(rgb).permute(2, 0, 1)[None].float() / 255)
    return (drawn[0].permute(1, 2, 0).numpy() * 255).round().clip(0, 255).astype(np.uint8)


# --- networks -------------------------------------------------------------------------------------


def test_a_picture_in_tiles_is_the_picture_in_one_piece(upscale: Upscale, folder: Path) -> None:
    """Within one 255th, everywhere: this network sees 5 pixels far, and tiles overlap by 32."""
    rgb = noise(150, 170)
    result = upscale(picture(opaque(rgb)), parameters={"tile": 64, "overlap": 32})
    tiled = pixels_of(result.after)
    assert tiled.shape == (300, 340, 4)
    assert np.abs(tiled[..., :3].astype(int) - bare(folder / "double.safetensors", rgb)).max() <= ROOM
    assert (tiled[..., 3] == 255).all()


def test_a_pickle_of_weights_gives_what_the_safe_file_gives(upscale: Upscale) -> None:
    document = picture(opaque(noise(40, 30)))
    safe, pickled = upscale(document, "double"), upscale(document, "pickled")
    assert np.array_equal(pixels_of(safe.after), pixels_of(pickled.after))


def test_a_pickle_with_more_than_weights_runs_no_code(upscale: Upscale, folder: Path, tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (Path(tmp_path / "pwned"),)  # type: ignore[return-value]

    (folder / "evil.pth").write_bytes(pickle.dumps({"params": Evil()}, protocol=2))
    torch.save(Evil(), folder / "evil2.pth")
    for name in ("evil", "evil2"):
        with pytest.raises(ModelError, match="could run code"):
            upscale(picture(opaque(noise(8, 8))), name)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("ending", [".safetensors", ".pth"])
def test_a_damaged_file_is_named(upscale: Upscale, folder: Path, ending: str) -> None:
    whole = next(path for path in folder.iterdir() if path.suffix == ending).read_bytes()
    for number, data in enumerate((b"", b"garbage", whole[: len(whole) // 2])):
        (folder / f"bad{number}{ending}").write_bytes(data)
        with pytest.raises(ModelError, match=f"bad{number}"):
            upscale(picture(opaque(noise(8, 8))), f"bad{number}")


def test_weights_of_something_else_are_refused(upscale: Upscale, folder: Path) -> None:
    save_file({"transformer.weight": torch.zeros(3, 3)}, folder / "language.safetensors")
    with pytest.raises(ModelError, match="architecture"):
        upscale(picture(opaque(noise(8, 8))), "language")


def test_a_network_for_grey_pictures_enlarges_colours_one_by_one(upscale: Upscale) -> None:
    rgb = noise(24, 24)
    coloured = pixels_of(upscale(picture(opaque(rgb)), "grey").after)
    grey = pixels_of(upscale(picture(opaque(np.repeat(rgb[..., :1], 3, axis=2))), "grey").after)
    assert np.array_equal(coloured[..., 0], grey[..., 0])
    assert not np.array_equal(coloured[..., 0], coloured[..., 1])


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0, 3.0, 4.0])
def test_any_factor_is_reached(upscale: Upscale, factor: float) -> None:
    after = upscale(picture(opaque(noise(20, 30))), factor=factor).after
    assert (after.width, after.height) == (30 * factor, 20 * factor)
    assert (pixels_of(after)[..., 3] == 255).all()


def test_progress_ends_at_the_end_and_a_cancel_makes_nothing(upscale: Upscale) -> None:
    document = picture(opaque(noise(150, 150)))
    seen: list[Progress] = []
    upscale(document, reports=seen, parameters={"tile": 64, "overlap": 16})
    assert {progress.stage for progress in seen} == {"upscaling"}
    assert [progress.step for progress in seen] == sorted(progress.step for progress in seen)
    assert seen[-1].fraction == 1.0
    assert seen[1].seconds_left is not None
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        upscale(document, cancel=cancel)


# --- choices and bad wishes -----------------------------------------------------------------------


def test_a_cancel_acts_inside_a_tile(upscale: Upscale, monkeypatch: pytest.MonkeyPatch) -> None:
    cancel, whole = CancelToken(), torch.nn.Conv2d.forward
    calls = []

    def cancelled_at_first(layer: torch.nn.Conv2d, given: torch.Tensor) -> torch.Tensor:
        calls.append(1)
        cancel.cancel()
        return whole(layer, given)

    monkeypatch.setattr(torch.nn.Conv2d, "forward", cancelled_at_first)
    with pytest.raises(Cancelled):
        upscale(picture(opaque(noise(40, 40))), cancel=cancel)
    assert len(calls) == 1


def test_files_are_offered_by_name_and_a_second_name_keeps_its_ending(
    bundled: Path, folder: Path, tmp_path: Path
) -> None:
    host = PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)
    (folder / "double.pth").write_bytes(b"")
    (folder / "notes.txt").write_text("not a network")
    choices = upscaler_choices(host.specs(UpscalerSpec), [folder, tmp_path / "is not there"])
    assert [*choices][:4] == ["double", "double.safetensors", "grey", "pickled"]
    assert choices["lanczos"].file is None
    assert "network" not in choices


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"upscaler": "nothing"}, "no upscaler 'nothing'"),
        ({"factor": 0.5}, "factor of 0.5"),
        ({"factor": float("nan")}, "factor of nan"),
        ({"factor": 100}, "factor of 100"),
        ({"parameters": {"tile": 1}}, "Tile"),
        ({"parameters": {"tiles": 1}}, "no parameter 'tiles'"),
        ({"target": "mask"}, "no mask"),
    ],
)
def test_wishes_that_cannot_be_met_say_why(upscale: Upscale, changes: dict[str, object], message: str) -> None:
    with pytest.raises(SettingError, match=message):
        upscale(picture(opaque(noise(8, 8))), **changes)


def test_a_picture_that_would_be_too_large_is_refused_before_any_work(upscale: Upscale) -> None:
    with pytest.raises(SettingError, match="32000x32000"):
        upscale(new_document(4000, 4000), factor=8.0)


def test_an_upscaler_that_returns_nonsense_is_the_plugins_fault(
    make_plugin: Callable[..., Path], load: Callable[..., PluginHost]
) -> None:
    source = """
    from studio.api import UpscalerSpec, hookimpl

    @hookimpl
    def shoreline_upscalers():
        return [
            UpscalerSpec(id="none", name="None", run=lambda context: None),
            UpscalerSpec(id="square", name="Square", run=lambda context: context.pixels[:1]),
            UpscalerSpec(id="crash", name="Crash", run=lambda context: 1 / 0),
        ]
    """
    make_plugin("nonsense", source)
    runner = JobRunner(load(), FakeEngine)
    for upscaler in ("none", "square", "crash"):
        task = UpscaleTask(upscaler=upscaler)
        request = GenerationRequest(settings=GenerationSettings(), document=picture(opaque(noise(8, 8))), upscale=task)
        with pytest.raises(PluginError):
            runner.run(request, CancelToken(), lambda progress: None)


# --- transparency ---------------------------------------------------------------------------------


@pytest.mark.parametrize("upscaler", ["lanczos", "double"])
def test_the_edge_of_a_bright_shape_gets_no_dark_fringe(upscale: Upscale, upscaler: str) -> None:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[12:28, 12:28] = 255  # white, on transparent black
    after = upscale(picture(pixels), upscaler).after
    enlarged = pixels_of(after).astype(int)
    edge = (enlarged[..., 3] > 32) & (enlarged[..., 3] < 224)
    assert edge.any()
    straight = enlarged[..., :3][edge] * 255 / enlarged[..., 3][edge][:, None]
    flat = pixels_of(upscale(picture(opaque(np.full((40, 40, 3), 255, np.uint8))), upscaler).after)
    assert abs(straight.mean() - flat[20:60, 20:60, :3].mean()) < 6
    assert (enlarged[:16, :16] == 0).all(), "what is empty stays empty"
    assert (enlarged[32:48, 32:48, 3] == 255).all(), "what is opaque stays opaque"
    assert (enlarged[..., :3] <= enlarged[..., 3:]).all(), "premultiplied"


# --- documents, layers, masks ---------------------------------------------------------------------


def test_layers_groups_masks_and_the_selection_grow_together(upscale: Upscale) -> None:
    base = picture(opaque(noise(40, 60)), mask=filled_mask(Rect(0, 0, 30, 40)))
    top = PaintLayer(name="Top", raster=Raster.from_array(np.full((10, 10, 4), 255, np.uint8), 20, 10))
    group = GroupLayer(name="Group", children=(top,))
    document = replace(base, layers=(*base.layers, group), generation_mask=filled_mask(Rect(5, 5, 10, 10)))
    result = upscale(document, "lanczos")
    after = result.after
    assert result.before is document
    assert (after.width, after.height) == (120, 80)
    assert [layer.id for layer in after.walk()] == [layer.id for layer in document.walk()]
    assert after.layers[0].mask is not None
    assert after.layers[0].mask.bounds() == Rect(0, 0, 60, 80)
    assert after.generation_mask.bounds() == Rect(10, 10, 20, 20)
    inner = after.layers[1].children[0].raster  # type: ignore[union-attr]
    assert inner.read(Rect(42, 22, 16, 16))[..., 3].min() == 255, "nothing overshoots"


def test_a_layer_is_enlarged_about_its_middle_and_the_canvas_stays(upscale: Upscale) -> None:
    small = PaintLayer(name="Small", raster=Raster.from_array(np.full((10, 10, 4), 255, np.uint8), 20, 20))
    document = new_document(64, 64)
    document = replace(document, layers=(*document.layers, small), active_id=small.id)
    after = upscale(document, "lanczos", target="layer", factor=3).after
    assert (after.width, after.height) == (64, 64)
    assert after.layers[0] is document.layers[0]
    box = after.active_paint_layer.raster.bounds()  # type: ignore[union-attr]
    assert (box.x + box.width / 2, box.y + box.height / 2) == (25, 25)
    assert 30 <= box.width <= 36


@pytest.mark.parametrize("change", [{"locked": True}, {"raster": Raster()}])
def test_a_layer_that_is_locked_or_empty_is_left_alone(upscale: Upscale, change: dict[str, object]) -> None:
    document = picture(opaque(noise(8, 8)))
    document = replace(document, layers=(replace(document.layers[0], **change),))
    with pytest.raises(SettingError, match="Picture"):
        upscale(document, target="layer")


def test_what_is_masked_becomes_a_larger_layer_and_the_rest_stays(upscale: Upscale) -> None:
    document = picture(opaque(noise(64, 64))).with_generation_mask(filled_mask(Rect(10, 20, 8, 6)))
    after = upscale(document, "lanczos", target="mask", factor=2).after
    assert after.layers[0] is document.layers[0]
    assert after.layers[1].raster.bounds() == Rect(6, 17, 16, 12)  # type: ignore[union-attr]
    assert after.active_id == after.layers[1].id


def test_changes_made_meanwhile_are_kept(upscale: Upscale) -> None:
    document = picture(opaque(noise(20, 20)))
    upscaled = upscale(document)
    assert placed(upscaled, document) is upscaled.after
    assert placed(upscaled, document.with_active(None)) is upscaled.after
    later = PaintLayer(name="Later", raster=Raster.from_array(np.full((6, 6, 4), 200, np.uint8), 2, 2))
    both = placed(upscaled, replace(document, layers=(*document.layers, later)))
    assert (both.width, both.height) == (40, 40)
    assert both.layers[0].raster is upscaled.after.layers[0].raster  # type: ignore[union-attr]
    assert both.layers[1].raster.bounds() == Rect(4, 4, 12, 12)  # type: ignore[union-attr]
    with pytest.raises(SettingError, match="canvas was changed"):
        placed(upscaled, replace(document, width=21))


def test_a_masked_part_comes_on_top_of_changes_made_meanwhile(upscale: Upscale) -> None:
    document = picture(opaque(noise(20, 20))).with_generation_mask(filled_mask(Rect(4, 4, 8, 8)))
    upscaled = upscale(document, target="mask")
    now = placed(upscaled, document.with_generation_mask(Raster(channels=1)))
    assert [layer.name for layer in now.layers] == ["Picture", "double"]
    assert not now.generation_mask.tiles


# --- diffusion ------------------------------------------------------------------------------------


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()  # draws 128 pixels wide


@pytest.fixture
def draw(bundled: Path, engine: FakeEngine) -> Upscale:
    host = PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False)
    runner = JobRunner(host, lambda: engine)

    def run(document: Document, *, cancel: CancelToken | None = None, **parameters: object) -> Pixels:
        request = GenerationRequest(
            settings=GenerationSettings(prompt="a beach", seed=5, steps=4),
            document=document,
            upscale=UpscaleTask(upscaler="diffusion", factor=2.5, parameters=parameters),
        )
        upscaled = runner.run(request, cancel or CancelToken(), lambda progress: None).upscaled
        assert upscaled is not None
        return pixels_of(upscaled.after)

    return run


def test_diffusion_draws_tiles_that_the_model_takes_each_with_its_own_noise(draw: Upscale, engine: FakeEngine) -> None:
    drawn = draw(picture(opaque(noise(90, 130))), strength=0.3, steps=10)
    assert drawn.shape == (225, 325, 4)
    assert {(job.width, job.height) for job in engine.jobs} == {(128, 128)}
    assert len(engine.jobs) == 15
    assert len({job.seed for job in engine.jobs}) == 15
    assert {(job.prompt, job.strength, job.count) for job in engine.jobs} == {("a beach", 0.3, 1)}
    assert np.array_equal(drawn, draw(picture(opaque(noise(90, 130))), strength=0.3, steps=10))


def test_diffusion_keeps_broad_tones_and_shows_no_seam(draw: Upscale) -> None:
    """The fake model's tiles differ by a lot in tone; what is left of it is a fraction."""
    flat = picture(opaque(np.full((90, 130, 3), 128, np.uint8)))
    kept, free = (draw(flat, strength=0.3, keep_tone=keep)[..., :3].astype(int) for keep in (True, False))
    assert np.abs(kept.mean(axis=(0, 1)) - 128).max() < 3
    steps = np.abs(np.diff(kept, axis=1)).max()
    assert steps < 24, "no jump from one pixel to the next"
    assert not np.array_equal(kept, free)


def test_diffusion_has_its_own_prompt_and_obeys_a_cancel(draw: Upscale, engine: FakeEngine) -> None:
    draw(picture(opaque(noise(20, 20))), prompt="sand")
    assert {job.prompt for job in engine.jobs} == {"sand"}
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        draw(picture(opaque(noise(20, 20))), cancel=cancel)
