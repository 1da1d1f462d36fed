"""References: IP-Adapters loaded from published layouts, and felt as the pipelines of diffusers have them felt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import DenoiseJob
from studio.engine.attention import Look
from studio.engine.engine import DiffusionEngine
from studio.engine.models import reference_networks
from studio.engine.models.library import ModelLibrary
from studio.engine.models.reference_networks import as_seen
from studio.errors import Cancelled, MissingNetworkError, ModelError, SettingError
from studio.generation import CancelToken
from studio.generation.conditioning import Conditioning, Control, Reference, RegionPart
from tests.engine.bundled_influences import bundled_influences, file_of_plugin
from tests.engine.control_files import tiny_control
from tests.engine.reference_files import write_as_open_clip, write_image_encoder, write_reference_adapter
from tests.engine.tiny_model import (
    SIDE,
    generate,
    make_job,
    picture,
    scheduler_specs,
    write_tiny_model,
    write_tiny_sdxl,
)

OF_SD: dict[str, Any] = {
    "block_out_channels": (16, 16, 24, 24),
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
}
OF_XL: dict[str, Any] = {
    "block_out_channels": (16, 16, 24),
    "layers_per_block": 2,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
}
"""The blocks of real models, in which style and composition have layers of their own."""
FILES = {
    ("sd", "plain"): "ip-adapter_sd15",
    ("sd", "plus"): "ip-adapter-plus_sd15",
    ("sd", "full"): "ip-adapter-full-face_sd15",
    ("xl", "plain"): "ip-adapter_sdxl_vit-h",
    ("xl", "plus"): "ip-adapter-plus_sdxl_vit-h",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder / "sd", **OF_SD)
    write_tiny_sdxl(folder / "xl", **OF_XL)
    for (model, form), name in FILES.items():
        write_reference_adapter(folder / f"{name}.safetensors", unet_of(folder, model), form)
    tiny_control(unet_of(folder, "sd")).save_pretrained(folder / "sd_canny")
    write_image_encoder(folder / "image_encoder")
    return folder


def unet_of(folder: Path, model: str) -> Any:
    import diffusers

    return diffusers.UNet2DConditionModel.from_pretrained(folder / model / "unet", local_files_only=True)


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[DiffusionEngine]:
    made = engine_of(folder)
    yield made
    made.close()


def engine_of(folder: Path) -> DiffusionEngine:
    options: dict[str, Any] = {"precision": "float32", "torch_threads": 1, "influences": bundled_influences()}
    return DiffusionEngine(ModelLibrary([folder]), "cpu", None, scheduler_specs(), **options)


def reference(model: str = "sd", form: str = "plain", seed: int = 5, **changes: Any) -> Reference:
    return Reference(**{"name": "Reference", "picture": picture(seed), "network": FILES[model, form], **changes})


def shown(*references: Reference, controls: tuple[Control, ...] = (), **changes: Any) -> DenoiseJob:
    values = {"model": "sd", "scheduler": "euler_a", "steps": 4, "negative_prompt": "fog", **changes}
    return make_job(conditioning=Conditioning(controls=controls, references=references), **values)


@pytest.mark.parametrize(
    ("model", "form", "changes"),
    [
        ("sd", "plain", {}),
        pytest.param("sd", "plus", {"strength": 0.6}, marks=pytest.mark.slow),
        ("sd", "full", {"strength": 1.3}),
        ("xl", "plain", {"start": 0.3, "end": 0.8}),
        pytest.param("xl", "plus", {"end": 0.5}, marks=pytest.mark.slow),
        ("xl", "plain", {"mode": "style"}),
        ("xl", "plus", {"mode": "composition", "strength": 0.7}),
        pytest.param("sd", "plain", {"mode": "style"}, marks=pytest.mark.slow),
        pytest.param("sd", "plain", {"mode": "composition"}, marks=pytest.mark.slow),
    ],
)
def test_a_reference_as_in_its_pipeline(
    engine: DiffusionEngine, folder: Path, finished: list[Any], model: str, form: str, changes: dict[str, Any]
) -> None:
    job = shown(reference(model, form, **changes), model=model)
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job))


def test_several_references_and_a_control_network_add_up(
    engine: DiffusionEngine, folder: Path, finished: list[Any]
) -> None:
    control = Control(name="canny", modes=("canny",), picture=picture(6), strength=0.7)
    both = reference(strength=0.5), reference(form="plus", seed=8)
    job = shown(*both, controls=(control,))
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job))


def test_without_guidance_there_is_no_picture_of_nothing(
    engine: DiffusionEngine, folder: Path, finished: list[Any]
) -> None:
    job = shown(reference(form="plus"), guidance_scale=1.0)
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job))


@pytest.mark.parametrize("changes", [{"strength": 0.0}, {"start": 0.0, "end": 0.0}], ids=["no strength", "no step"])
def test_what_is_not_felt_changes_no_bit(engine: DiffusionEngine, finished: list[Any], changes: dict[str, Any]) -> None:
    job = shown(reference(**changes))
    generate(engine, replace(job, conditioning=None))
    generate(engine, job)
    generate(engine, shown(reference()))
    generate(engine, replace(job, conditioning=None))
    assert torch.equal(finished[0], finished[1])
    assert torch.equal(finished[0], finished[3])
    assert not torch.equal(finished[0], finished[2])


@pytest.mark.slow
def test_sides_of_guidance_one_after_the_other_feel_the_same(
    engine: DiffusionEngine, finished: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engine.device.memory import MemoryRetry

    generate(engine, shown(reference(form="plus")))
    monkeypatch.setattr(MemoryRetry, "drawing", lambda _self, draw: draw(True))
    generate(engine, shown(reference(form="plus")))
    assert torch.allclose(finished[0], finished[1], atol=1e-5)


def test_another_strength_reads_nothing_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    for name in ("reference_source", "image_encoder_source"):
        real = getattr(reference_networks, name)
        monkeypatch.setattr(reference_networks, name, lambda path, real=real: read.append(path) or real(path))
    engine = engine_of(folder)
    for strength in (1.0, 0.4, 0.0, 0.7):
        generate(engine, shown(reference(strength=strength), steps=1))
    generate(engine, shown(reference(seed=9), steps=1))
    engine.close()
    assert [path.name for path in read] == ["ip-adapter_sd15.safetensors", "model.safetensors", "model.safetensors"]


@pytest.mark.parametrize(("model", "form"), [("sd", "plus"), ("xl", "plain")])
def test_a_reference_of_a_region_as_in_its_pipeline(
    engine: DiffusionEngine, folder: Path, finished: list[Any], model: str, form: str
) -> None:
    job = shown(reference(model, form, mask=top(0.5), strength=0.8), model=model)
    generate(engine, job)
    generate(engine, shown(reference(model, form, strength=0.8), model=model))
    confined, everywhere = finished
    assert torch.allclose(confined, drawn(folder, job), atol=1e-4)
    assert not torch.allclose(confined, everywhere, atol=1e-3)


def test_a_reference_of_all_is_as_without_a_region_and_one_of_nothing_is_not_there(
    engine: DiffusionEngine, finished: list[Any]
) -> None:
    for references in ((reference(mask=top(1.0)),), (reference(),), (reference(mask=top(0.0)),), ()):
        generate(engine, shown(*references))
    everything, unmasked, nothing, plain = finished
    assert torch.equal(everything, unmasked)
    assert torch.equal(nothing, plain)


@pytest.mark.parametrize("size", [(64, 64), (104, 72)], ids=["halved evenly", "odd numbers of cells"])
def test_layers_feel_a_reference_in_the_cells_of_its_region_alone(
    engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """What they make of it may go on from there, as with IP-Adapters everywhere."""
    looks: list[tuple[torch.Tensor, torch.Tensor]] = []
    references = file_of_plugin("references").References
    beside = references.beside

    def watched(self: Any, look: Look, seen: torch.Tensor) -> torch.Tensor:
        looks.append((seen, beside(self, look, seen)))
        return looks[-1][1]

    monkeypatch.setattr(references, "beside", watched)
    width, height = size
    mask = np.zeros((height, width), np.float32)
    mask[: height // 4] = 1.0
    generate(engine, shown(reference(mask=mask), steps=1, width=width, height=height))
    rows_of = {-(-height // cell) * -(-width // cell): -(-height // cell) for cell in (8, 16, 32)}
    wide = [(before, after, rows_of[before.shape[1]]) for before, after in looks if before.shape[1] in rows_of]
    assert {rows for *_, rows in wide} == set(rows_of.values())
    for before, after, rows in wide:
        was, now = (each.unflatten(1, (rows, -1)) for each in (before, after))
        assert torch.equal(was[:, -(rows // 2) :], now[:, -(rows // 2) :])
        assert not torch.isclose(was[:, 0], now[:, 0]).all(dim=-1).any()


@pytest.mark.parametrize("guidance", [1.0, 3.0])
def test_a_region_drawn_in_a_window_of_its_own_feels_no_reference_of_another(
    folder: Path, tmp_path: Path, finished: list[Any], guidance: float
) -> None:
    write_tiny_model(tmp_path / "sd", **OF_SD)
    (tmp_path / "sd" / "sampling.json").write_text('{"regions_apart": 1.0}')
    for name in ("ip-adapter_sd15.safetensors", "image_encoder"):
        (tmp_path / name).symlink_to(folder / name)
    high = top(0.5, 128)[:, :SIDE]
    low = 1.0 - high
    parts = RegionPart(name="High", mask=high, prompt="a cat"), RegionPart(name="Low", mask=low, prompt="a car")
    engine = engine_of(tmp_path)
    for references in ((), (reference(mask=high),), (reference(),), (reference(mask=np.ones_like(high)),)):
        job = shown(*references, width=SIDE, height=128, guidance_scale=guidance, steps=2)
        given = replace(job.conditioning or Conditioning(), regions=parts)
        generate(engine, replace(job, conditioning=given))
    engine.close()
    plain, confined, everywhere, unconfined = finished
    assert torch.equal(everywhere, unconfined)
    assert torch.allclose(plain[..., 8:, :], confined[..., 8:, :], atol=1e-4)
    assert torch.allclose(everywhere[..., :8, :], confined[..., :8, :], atol=1e-4)
    assert not torch.allclose(plain[..., :8, :], confined[..., :8, :], atol=1e-2)
    assert not torch.allclose(plain[..., 8:, :], everywhere[..., 8:, :], atol=1e-2)


def test_a_mask_of_another_size_is_refused(engine: DiffusionEngine) -> None:
    with pytest.raises(SettingError, match="not float32"):
        generate(engine, shown(reference(mask=np.ones((8, 8), np.float32))))


def top(share: float, side: int = SIDE) -> Any:
    """A mask of so much of a picture, from above."""
    mask = np.zeros((side, side), np.float32)
    mask[: round(side * share)] = 1.0
    return mask


def test_the_first_that_fits_is_taken(folder: Path, finished: list[Any], engine: DiffusionEngine) -> None:
    chosen = {"whole": "plus", "style": "plain", "face": "full"}
    for mode, form in chosen.items():
        generate(engine, shown(reference(network="", mode=mode)))
        generate(engine, shown(reference(form=form, mode=mode)))
    assert all(torch.equal(*finished[place : place + 2]) for place in (0, 2, 4))


def test_an_encoder_under_its_other_names_or_in_the_folder_of_a_model_sees_the_same(
    folder: Path, engine: DiffusionEngine, finished: list[Any], tmp_path: Path
) -> None:
    generate(engine, shown(reference(form="plus")))
    for name in ("open", "lent"):
        models = tmp_path / name
        models.mkdir()
        (models / "sd").symlink_to(folder / "sd")
        (models / "ip-adapter-plus_sd15.safetensors").symlink_to(folder / "ip-adapter-plus_sd15.safetensors")
    write_as_open_clip(folder / "image_encoder" / "model.safetensors", tmp_path / "open" / "clip.safetensors")
    (tmp_path / "open" / "config.json").write_bytes((folder / "image_encoder" / "config.json").read_bytes())
    write_tiny_model(tmp_path / "lent" / "other")
    (tmp_path / "lent" / "other" / "image_encoder").symlink_to(folder / "image_encoder")
    for name in ("open", "lent"):
        other = engine_of(tmp_path / name)
        generate(other, shown(reference(form="plus")))
        other.close()
    assert torch.equal(finished[0], finished[1])
    assert torch.equal(finished[0], finished[2])


def test_what_stands_in_the_way_is_said_before_a_model_is_loaded(folder: Path, tmp_path: Path) -> None:
    engine = engine_of(folder)
    with pytest.raises(SettingError, match=r"cannot be used for the reference Reference with Sd"):
        generate(engine, shown(reference("xl")))
    with pytest.raises(MissingNetworkError, match=r"gone of the reference Reference is not in the models folders"):
        generate(engine, shown(reference(network="gone")))
    with pytest.raises(MissingNetworkError, match=r"shows Reference to Xl"):
        generate(engine, shown(reference(network="", mode="face"), model="xl"))
    assert engine.loaded_model is None
    (tmp_path / "sd").symlink_to(folder / "sd")
    (tmp_path / "ip-adapter_sd15.safetensors").symlink_to(folder / "ip-adapter_sd15.safetensors")
    blind = engine_of(tmp_path)
    with pytest.raises(
        MissingNetworkError, match="image encoder is missing that looks at Reference for Ip-adapter sd15"
    ):
        generate(blind, shown(reference()))


def test_a_model_without_such_layers_says_so(folder: Path, tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "small")
    write_reference_adapter(tmp_path / "ip-adapter_sd15.safetensors", unet_of(tmp_path, "small"))
    (tmp_path / "image_encoder").symlink_to(folder / "image_encoder")
    engine = engine_of(tmp_path)
    with pytest.raises(SettingError, match="it has no layers of its own for that"):
        generate(engine, shown(reference(mode="style"), model="small"))
    generate(engine, shown(reference(), model="small", steps=1))
    engine.close()


def test_a_damaged_adapter_loses_nothing(folder: Path, tmp_path: Path, finished: list[Any]) -> None:
    from safetensors.torch import load_file, save_file

    (tmp_path / "sd").symlink_to(folder / "sd")
    (tmp_path / "image_encoder").symlink_to(folder / "image_encoder")
    tensors = load_file(folder / "ip-adapter_sd15.safetensors")
    del tensors["ip_adapter.3.to_v_ip.weight"]
    save_file(tensors, tmp_path / "ip-adapter_sd15.safetensors")
    engine = engine_of(tmp_path)
    with pytest.raises(ModelError, match=r"it is not whole: ip_adapter\.3\.to_v_ip\.weight is missing"):
        generate(engine, shown(reference()))
    generate(engine, replace(shown(), conditioning=None))
    engine.close()
    assert len(finished) == 1


def test_a_cancel_leaves_the_model_as_it_was(folder: Path, finished: list[Any]) -> None:
    engine = engine_of(folder)
    plain = replace(shown(), conditioning=None)
    generate(engine, plain)
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        generate(engine, shown(reference()), cancel)
    generate(engine, plain)
    engine.close()
    assert torch.equal(*finished)


def test_forty_references_at_once(engine: DiffusionEngine, finished: list[Any]) -> None:
    generate(engine, shown(*(reference(seed=seed, strength=0.05) for seed in range(40)), steps=1))
    assert bool(torch.isfinite(finished[0]).all())


@pytest.mark.parametrize("size", [(1, 1), (3, 4000), (900, 2), (64, 64), (300, 451)])
def test_pictures_of_any_size_are_looked_at_as_clip_does(size: tuple[int, int]) -> None:
    from transformers import CLIPImageProcessor

    pixels = np.random.default_rng(0).integers(0, 256, (*size, 3), np.uint8)
    seen = as_seen(pixels, 32)
    assert seen.shape == (1, 3, 32, 32)
    if min(size) > 30:
        theirs = CLIPImageProcessor(size=32, crop_size=32)(pixels, return_tensors="pt").pixel_values
        assert torch.allclose(seen, theirs, atol=0.02)


@torch.no_grad()
def drawn(folder: Path, job: DenoiseJob) -> torch.Tensor:
    """The latents by the pipeline of diffusers."""
    import diffusers
    from transformers import CLIPVisionModelWithProjection

    assert job.conditioning is not None
    references = job.conditioning.references
    options: dict[str, Any] = {}
    name = "StableDiffusion" + ("XL" if job.model == "xl" else "")
    if job.conditioning.controls:
        (control,) = job.conditioning.controls
        network = diffusers.ControlNetModel.from_pretrained(folder / "sd_canny", local_files_only=True)
        options = {"controlnet": network}
        name += "ControlNet"
    encoder = CLIPVisionModelWithProjection.from_pretrained(folder / "image_encoder", local_files_only=True)
    pipeline = getattr(diffusers, f"{name}Pipeline").from_pretrained(
        folder / job.model, image_encoder=encoder, local_files_only=True, **options
    )
    files = [f"{each.network}.safetensors" for each in references]
    pipeline.load_ip_adapter([str(folder)] * len(files), subfolder="", weight_name=files, image_encoder_folder=None)

    def felt(index: int) -> None:
        pipeline.set_ip_adapter_scale([scale(job.model, each, index, job.steps) for each in references])

    def next_step(_pipeline: Any, index: int, _timestep: Any, values: dict[str, Any]) -> dict[str, Any]:
        felt(index + 1)
        return values

    felt(0)
    arguments: dict[str, Any] = {"width": job.width, "height": job.height, "callback_on_step_end": next_step}
    if options:
        pixels = torch.from_numpy(control.picture).permute(2, 0, 1)[None].float() / 255.0
        arguments |= {"image": pixels, "controlnet_conditioning_scale": control.strength}
    if any(each.mask is not None for each in references):
        masks = [torch.from_numpy(each.mask)[None, None] for each in references if each.mask is not None]
        arguments["cross_attention_kwargs"] = {"ip_adapter_masks": masks}
    pipeline.set_progress_bar_config(disable=True)
    pipeline.scheduler = scheduler_specs()[job.scheduler].factory(pipeline.scheduler.config)
    latents: torch.Tensor = pipeline(
        job.prompt,
        negative_prompt=job.negative_prompt,
        num_inference_steps=job.steps,
        guidance_scale=job.guidance_scale,
        generator=torch.Generator("cpu").manual_seed(job.seed),
        output_type="latent",
        return_dict=False,
        ip_adapter_image=[as_seen(each.picture, encoder.config.image_size) for each in references],
        **arguments,
    )[0]
    return latents


def scale(model: str, each: Reference, index: int, steps: int) -> Any:
    """What diffusers takes for a reference at a step: a number, or numbers by layers."""
    is_felt = index / steps >= each.start and (index + 1) / steps <= each.end
    felt = each.strength if is_felt else 0.0
    layers = {
        ("xl", "style"): {"up": {"block_0": [0.0, felt, 0.0]}},
        ("xl", "composition"): {"down": {"block_2": [0.0, felt]}},
        ("sd", "style"): {"up": {"block_1": felt}},
        ("sd", "composition"): {"down": {"block_2": felt}, "mid": felt},
    }
    return layers.get((model, each.mode), felt)
