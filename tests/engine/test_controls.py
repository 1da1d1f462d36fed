"""Control networks: loaded from files of every layout, and felt as the pipelines of diffusers have them felt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import DenoiseJob
from studio.engine import planning
from studio.engine.device.residency import Room
from studio.engine.device.wish import Wish
from studio.engine.engine import DiffusionEngine
from studio.engine.models import beside, control_networks, sizes
from studio.engine.models.headers import file_key, numbers_in
from studio.engine.models.identity.steering import UNION_MODES
from studio.engine.models.layouts.control import control_names
from studio.engine.models.layouts.unet import unet_slots
from studio.engine.models.library import ModelLibrary
from studio.engine.models.settings_files import read_json
from studio.errors import MissingNetworkError, ModelError, OutOfMemoryError, SettingError
from studio.generation.conditioning import Conditioning, Control
from tests.engine.bundled_influences import bundled_influences
from tests.engine.checkpoint_files import CONFIGS
from tests.engine.control_files import (
    half,
    tiny_adapter,
    tiny_control,
    tiny_union,
    write_adapter_of_first_releases,
    write_control_of_first_releases,
)
from tests.engine.test_against_pipelines import encoded, right_half
from tests.engine.tiny_model import (
    generate,
    make_job,
    picture,
    scheduler_specs,
    write_tiny_model,
    write_tiny_sdxl,
)

ATTENDING = {
    "down_block_types": ("CrossAttnDownBlock2D", "DownBlock2D"),
    "up_block_types": ("UpBlock2D", "CrossAttnUpBlock2D"),
}
"""The blocks of a network that looks at the prompt first, as those do that adapters for Stable Diffusion 1 are for."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import diffusers

    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder / "sd")
    write_tiny_model(folder / "sd_inpainting", unet_channels=9)
    write_tiny_sdxl(folder / "xl")
    write_tiny_model(folder / "attending", **ATTENDING)
    for name in ("sd", "xl"):
        unet = diffusers.UNet2DConditionModel.from_pretrained(folder / name / "unet", local_files_only=True)
        tiny_control(unet).save_pretrained(folder / f"{name}_canny")
        tiny_control(unet, seed=1).save_pretrained(folder / f"{name}_depth")
    tiny_adapter("full_adapter_xl").save_pretrained(folder / "xl_t2i_sketch")
    tiny_adapter("full_adapter").save_pretrained(folder / "attending_t2i_sketch")
    tiny_union(unet).save_pretrained(folder / "xl_union")
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[DiffusionEngine]:
    made = engine_of(folder)
    yield made
    made.close()


def engine_of(folder: Path) -> DiffusionEngine:
    options: dict[str, Any] = {"precision": "float32", "torch_threads": 1, "influences": bundled_influences()}
    return DiffusionEngine(ModelLibrary([folder]), "cpu", None, scheduler_specs(), **options)


def control(mode: str = "canny", seed: int = 5, **changes: Any) -> Control:
    return Control(name=mode, modes=(mode,), picture=picture(seed), **changes)


def guided(*controls: Control, **changes: Any) -> DenoiseJob:
    values = {"model": "sd", "scheduler": "euler_a", "steps": 4, "negative_prompt": "fog", **changes}
    return make_job(conditioning=Conditioning(controls=controls), **values)


SPANS: dict[str, dict[str, Any]] = {
    "whole": {},
    "weak": {"strength": 0.4},
    "first half": {"strength": 1.2, "end": 0.5},
    "later": {"start": 0.3, "end": 0.9},
}


@pytest.mark.parametrize(
    ("model", "span"),
    [
        *(pytest.param("sd", span, marks=pytest.mark.slow) for span in ("whole", "weak", "first half")),
        ("sd", "later"),
        ("xl", "first half"),
    ],
)
def test_a_control_network_as_in_its_pipeline(
    engine: DiffusionEngine, folder: Path, finished: list[Any], model: str, span: str
) -> None:
    job = guided(control(**SPANS[span]), model=model)
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job))


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param("unguided", marks=pytest.mark.slow),
        "image",
        pytest.param("inpaint", marks=pytest.mark.slow),
        "nine channels",
    ],
)
def test_with_every_kind_of_job(
    engine: DiffusionEngine, folder: Path, finished: list[Any], monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    from diffusers.pipelines.controlnet import pipeline_controlnet_inpaint

    # The pipeline draws the encoding of a picture by chance.
    monkeypatch.setattr(
        pipeline_controlnet_inpaint, "retrieve_latents", lambda encoding, **_rest: encoding.latent_dist.mode()
    )
    changes: dict[str, dict[str, Any]] = {
        "unguided": {"guidance_scale": 1.0},
        "image": {"image": picture(1), "strength": 1.0},
        "inpaint": {"image": picture(2), "mask": right_half()},
        "nine channels": {"image": picture(2), "mask": right_half(), "model": "sd_inpainting"},
    }
    job = guided(control(), **changes[kind])
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job))


def test_several_add_up(engine: DiffusionEngine, folder: Path, finished: list[Any]) -> None:
    job = guided(control("canny", strength=0.7), control("depth", seed=6, end=0.5))
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job))


@pytest.mark.parametrize("modes", [pytest.param(("depth",), marks=pytest.mark.slow), ("pose", "normal")])
def test_a_union_as_in_its_pipeline(
    engine: DiffusionEngine, folder: Path, finished: list[Any], modes: tuple[str, ...]
) -> None:
    """Depth too has a network of its own; the union is chosen by name."""
    controls = (
        control(mode, seed=7 + number, network="xl_union/diffusion_pytorch_model", strength=0.8)
        for number, mode in enumerate(modes)
    )
    job = guided(*controls, model="xl")
    generate(engine, job)
    assert torch.equal(finished[0], drawn(folder, job, union=True))


@pytest.mark.parametrize("model", ["attending", "xl"])
def test_an_adapter_as_in_its_pipeline(engine: DiffusionEngine, folder: Path, finished: list[Any], model: str) -> None:
    sketch = control("scribble", strength=0.6, network=f"{model}_t2i_sketch/diffusion_pytorch_model")
    job = guided(sketch, model=model)
    generate(engine, job)
    assert torch.equal(finished[0], drawn_with_adapter(folder, job))


def test_sides_of_guidance_one_after_the_other_feel_the_same(
    engine: DiffusionEngine, finished: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engine.device.memory import MemoryRetry

    generate(engine, guided(control()))
    monkeypatch.setattr(MemoryRetry, "drawing", lambda _self, draw: draw(True))
    generate(engine, guided(control()))
    assert torch.allclose(finished[0], finished[1], atol=1e-5)


@pytest.mark.parametrize("changes", [{"strength": 0.0}, {"start": 0.0, "end": 0.0}], ids=["no strength", "no step"])
def test_what_is_not_felt_changes_no_bit(engine: DiffusionEngine, finished: list[Any], changes: dict[str, Any]) -> None:
    job = guided(control(**changes))
    generate(engine, job)
    generate(engine, replace(job, conditioning=None))
    generate(engine, guided(control()))
    assert torch.equal(finished[0], finished[1])
    assert not torch.equal(finished[0], finished[2])


def test_other_layouts_are_the_same_network(
    folder: Path, engine: DiffusionEngine, finished: list[Any], tmp_path: Path
) -> None:
    import diffusers

    network = diffusers.ControlNetModel.from_pretrained(folder / "sd_canny", local_files_only=True)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "sd").symlink_to(folder / "sd")
    write_control_of_first_releases(network, tmp_path / "models" / "control_v11p_sd15_canny.safetensors")
    write_control_of_first_releases(network, tmp_path / "models" / "depth.safetensors", front="")
    other = engine_of(tmp_path / "models")
    generate(engine, guided(control()))
    generate(other, guided(control()))
    generate(other, guided(control("depth")))
    half(tmp_path / "models" / "depth.safetensors")
    generate(other, guided(control("depth")))
    other.close()
    assert torch.equal(finished[0], finished[1])
    assert torch.equal(finished[0], finished[2])
    assert torch.allclose(finished[0], finished[3], atol=0.05)
    assert not torch.equal(finished[0], finished[3])


@pytest.mark.parametrize(
    ("kind", "channels"),
    [
        ("full_adapter", 1),
        ("light_adapter", 3),
        pytest.param("full_adapter", 3, marks=pytest.mark.slow),
        pytest.param("light_adapter", 1, marks=pytest.mark.slow),
    ],
)
def test_adapters_of_first_releases(
    folder: Path, finished: list[Any], tmp_path: Path, kind: str, channels: int
) -> None:
    network = tiny_adapter(kind, channels)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "attending").symlink_to(folder / "attending")
    write_adapter_of_first_releases(network, tmp_path / "models" / "t2iadapter_sketch_sd15v2.safetensors")
    other = engine_of(tmp_path / "models")
    job = guided(control("scribble"), model="attending")
    generate(other, job)
    other.close()
    assert torch.equal(finished[0], drawn_with_adapter(folder, job, network))


def test_a_size_that_is_no_whole_spots(engine: DiffusionEngine) -> None:
    job = guided(
        replace(control(), picture=np.zeros((72, 88, 3), np.uint8), network="xl_t2i_sketch/diffusion_pytorch_model"),
        model="xl",
        width=88,
        height=72,
    )
    (pixels,), _ = generate(engine, job)
    assert pixels.shape == (72, 88, 3)


def test_names_of_first_releases_become_those_that_diffusers_makes_of_them() -> None:
    """For the whole network of Stable Diffusion 1.5; numbers stand for the tensors."""
    from diffusers.loaders.single_file_utils import convert_controlnet_checkpoint

    config = read_json(CONFIGS / "sd1" / "unet" / "config.json")
    heads = ("input_blocks", "middle_block", "time_embed")
    names = [slot.original for slot in unet_slots(config) or () if slot.original.startswith(heads)]
    layers = [f"zero_convs.{each}.0" for each in range(12)]
    layers += ["middle_block_out.0", *(f"input_hint_block.{each}" for each in range(0, 15, 2))]
    names += [f"{layer}.{end}" for layer in layers for end in ("weight", "bias")]
    checkpoint = {f"control_model.{name}": torch.tensor(float(number)) for number, name in enumerate(names)}
    theirs = convert_controlnet_checkpoint(dict(checkpoint), config)
    ours = {own: checkpoint[name] for own, name in control_names(checkpoint).items()}
    assert len(ours) == 340
    assert ours == theirs


def test_what_stands_in_the_way_is_said_before_a_model_is_loaded(folder: Path, tmp_path: Path) -> None:
    engine = engine_of(folder)
    with pytest.raises(MissingNetworkError, match=r"reads pose for Sd\..*made for this model"):
        generate(engine, guided(control("pose")))
    with pytest.raises(SettingError, match="cannot be used for the control layer depth with Sd"):
        generate(engine, guided(control("depth", network="xl_depth/diffusion_pytorch_model")))
    with pytest.raises(MissingNetworkError, match=r"gone of the control layer depth is not in the models folders"):
        generate(engine, guided(control("depth", network="gone")))
    assert engine.loaded_model is None


def test_a_damaged_network_loses_nothing(folder: Path, tmp_path: Path, finished: list[Any]) -> None:
    from safetensors.torch import load_file, save_file

    (tmp_path / "sd").symlink_to(folder / "sd")
    tensors = load_file(folder / "sd_canny" / "diffusion_pytorch_model.safetensors")
    del tensors["controlnet_mid_block.bias"]
    save_file(tensors, tmp_path / "canny.safetensors")
    engine = engine_of(tmp_path)
    with pytest.raises(ModelError, match=r"canny\.safetensors do not fit: controlnet_mid_block\.bias is missing"):
        generate(engine, guided(control()))
    generate(engine, guided())
    engine.close()
    assert len(finished) == 1


def networks_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders of the control networks that are read from now on."""
    read: list[str] = []
    real = control_networks.control_source
    monkeypatch.setattr(
        control_networks, "control_source", lambda path, *rest: read.append(path.parent.name) or real(path, *rest)
    )
    return read


def test_networks_stay_loaded_for_the_next_job(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = networks_read(monkeypatch)
    engine = engine_of(folder)
    for mode in ("canny", "canny", "depth", "canny"):
        generate(engine, guided(control(mode), steps=1))
    engine.close()
    assert read == ["sd_canny", "sd_depth"]


Fitting = Callable[[float], DiffusionEngine]


@pytest.fixture
def fitting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fitting]:
    """Makes engines with memory for the whole model and for so many control networks."""
    monkeypatch.setattr(sizes, "_ENCODING", 0)
    with ExitStack() as engines:

        def made(networks: float) -> DiffusionEngine:
            engine = engine_of(folder)
            engines.callback(engine.close)
            free = int((whole_peak(folder) + networks * network_bytes(folder)) / 0.95) + 64

            def room(_device: object) -> Room:
                left = free - (engine._loaded.holds("cpu") if engine._loaded is not None else 0)
                return Room(free=left, total=free, system_free=left, is_shared=True)

            monkeypatch.setattr(planning, "room_of", room)
            return engine

        yield made


def whole_peak(folder: Path) -> int:
    library = ModelLibrary([folder])
    return planning.forecast(library.checked("sd"), Wish(precision="float32"), library.configs, None).peak


def network_bytes(folder: Path) -> int:
    return 4 * numbers_in(file_key(folder / "sd_canny" / "diffusion_pytorch_model.safetensors"))


def test_what_has_room_beside_the_model_changes_nothing_of_it(folder: Path, fitting: Fitting) -> None:
    engine = fitting(1.0)
    generate(engine, guided(steps=1))
    model = engine._loaded
    assert model is not None
    assert model.plan is not None
    before = model.plan
    generate(engine, guided(control(), steps=1))
    assert engine._loaded is model
    assert (before.is_whole, model.plan.is_whole) == (True, True)
    assert model.plan.peak == before.peak + network_bytes(folder)


def test_a_model_makes_room_for_control_networks(fitting: Fitting, engine: DiffusionEngine) -> None:
    narrow, job = fitting(0.5), guided(control(), steps=1)
    (expected,) = generate(engine, job)[0]
    generate(narrow, guided(steps=1))
    before = narrow._loaded
    (found,) = generate(narrow, job)[0]
    after = narrow._loaded
    assert before is not None
    assert after is not None
    assert before.plan is not None
    assert after.plan is not None
    assert (before.plan.is_whole, after.plan.is_whole) == (True, False)
    assert np.array_equal(found, expected)
    generate(narrow, guided(steps=1))
    assert narrow._loaded is after, "it is not loaded again and again"


def test_networks_for_which_nothing_makes_room_are_told_before_they_are_loaded(fitting: Fitting) -> None:
    engine = fitting(0.0)
    generate(engine, guided(steps=1))
    model = engine._loaded
    many = guided(*[control("canny"), control("depth")], steps=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "numbers_in", lambda _key: 1 << 40)
        with pytest.raises(OutOfMemoryError, match="Switch control layers and references off"):
            generate(engine, many)
    assert engine._loaded is model


def test_a_network_that_is_not_used_leaves_where_there_is_no_room_for_it(
    fitting: Fitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = networks_read(monkeypatch)
    engine = fitting(1.5)
    for mode in ("canny", "depth", "canny"):
        generate(engine, guided(control(mode), steps=1))
    assert read == ["sd_canny", "sd_depth", "sd_canny"]


@torch.no_grad()
def drawn(folder: Path, job: DenoiseJob, *, union: bool = False) -> torch.Tensor:
    """The latents by the pipeline of diffusers."""
    import diffusers

    assert job.conditioning is not None
    controls = job.conditioning.controls
    family = job.model.partition("_")[0]
    mode = "" if job.image is None else "Inpaint" if job.mask is not None else "Img2Img"
    kind = "Union" if union else ""
    prefix = "StableDiffusion" + ("XL" if family == "xl" else "")
    name = f"{prefix}ControlNet{kind}{mode}Pipeline"
    loaded = diffusers.ControlNetUnionModel if union else diffusers.ControlNetModel
    folders = ["xl_union"] if union else [f"{family}_{each.modes[0]}" for each in controls]
    networks = [loaded.from_pretrained(folder / each, local_files_only=True) for each in folders]
    pipeline = getattr(diffusers, name).from_pretrained(
        folder / job.model, controlnet=networks[0] if len(networks) == 1 else networks, local_files_only=True
    )
    pictures = [tensor_of(each.picture) for each in controls]
    arguments: dict[str, Any] = {"width": job.width, "height": job.height}
    arguments["control_image" if mode or union else "image"] = pictures if union or len(pictures) > 1 else pictures[0]
    arguments |= spans(controls, several=len(networks) > 1 or (union and len(controls) > 1))
    if union:
        arguments["control_mode"] = [UNION_MODES[each.modes[0]] for each in controls]
    if mode == "Img2Img":
        arguments |= {"image": encoded(pipeline, job.image), "strength": 1.0}
    if mode == "Inpaint":
        arguments |= inpainting_arguments(job)
    return run(pipeline, job, arguments)


@torch.no_grad()
def drawn_with_adapter(folder: Path, job: DenoiseJob, network: Any = None) -> torch.Tensor:
    import diffusers

    assert job.conditioning is not None
    (each,) = job.conditioning.controls
    adapter = network or diffusers.T2IAdapter.from_pretrained(folder / f"{job.model}_t2i_sketch", local_files_only=True)
    name = f"StableDiffusion{'XL' if job.model == 'xl' else ''}AdapterPipeline"
    pipeline = getattr(diffusers, name).from_pretrained(folder / job.model, adapter=adapter, local_files_only=True)
    pixels = tensor_of(each.picture)
    if adapter.config.in_channels == 1:
        import cv2

        pixels = torch.from_numpy(cv2.cvtColor(each.picture, cv2.COLOR_RGB2GRAY))[None, None].float() / 255.0
    return run(pipeline, job, {"image": pixels, "adapter_conditioning_scale": each.strength})


def run(pipeline: Any, job: DenoiseJob, arguments: dict[str, Any]) -> torch.Tensor:
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
        **arguments,
    )[0]
    return latents


def spans(controls: tuple[Control, ...], *, several: bool) -> dict[str, Any]:
    names = {
        "controlnet_conditioning_scale": "strength",
        "control_guidance_start": "start",
        "control_guidance_end": "end",
    }
    values = {name: [getattr(each, own) for each in controls] for name, own in names.items()}
    return values if several else {name: value[0] for name, value in values.items()}


def inpainting_arguments(job: DenoiseJob) -> dict[str, Any]:
    assert job.image is not None
    assert job.mask is not None
    image = torch.from_numpy(job.image).permute(2, 0, 1)[None] / 127.5 - 1.0
    return {"image": image, "mask_image": torch.from_numpy(job.mask)[None, None], "strength": 1.0}


def tensor_of(pixels: Any) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(pixels)).permute(2, 0, 1)[None].float() / 255.0
