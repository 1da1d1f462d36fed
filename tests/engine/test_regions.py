"""Parts of a picture with words of their own, in networks of every family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import Blend, DenoiseJob, GuideNetwork, InfluenceGuide, InfluenceWindow, LoraUse, SchedulerSpec
from studio.engine.engine import DiffusionEngine
from studio.engine.families.chroma import Chroma
from studio.engine.families.denoiser import Denoiser, called
from studio.engine.families.flux import Flux
from studio.engine.families.flux2 import Flux2
from studio.engine.families.sd import StableDiffusion
from studio.engine.families.z_image import ZImage
from studio.engine.influences.plugged import Plugged
from studio.engine.influences.region_windows import RegionWindows
from studio.engine.influences.region_words import RegionWords
from studio.engine.influences.window import share_around, window_around
from studio.engine.models.library import ModelLibrary
from studio.engine.models.model_info import ModelInfo
from studio.engine.models.regions import wanted_regions
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.sampling import in_rows
from studio.errors import SettingError
from studio.generation import CancelToken
from studio.generation.conditioning import Conditioning, Control, RegionPart
from tests.engine.adapter_files import adapter_file
from tests.engine.bundled_influences import bundled_influences, file_of_plugin, keeping_words, taking_part
from tests.engine.control_files import tiny_control
from tests.engine.test_against_pipelines import right_half
from tests.engine.tiny_model import (
    SIDE,
    make_job,
    picture,
    scheduler_specs,
    tiny_unet,
    write_tiny_model,
    write_tiny_sdxl,
)

WORDS = 24
ROWS, COLUMNS = 8, 16
STEP: Any = SimpleNamespace(index=0, total=1)
_FLOW: dict[str, Any] = {"attention_head_dim": 16, "num_attention_heads": 2, "joint_attention_dim": WORDS}


def sd() -> Denoiser:
    return StableDiffusion(tiny_unet(4, cross_attention_dim=WORDS).eval())


def flux() -> Denoiser:
    from diffusers import FluxTransformer2DModel

    sizes: dict[str, Any] = {"axes_dims_rope": (4, 4, 8), "pooled_projection_dim": 20, "in_channels": 64}
    return Flux(FluxTransformer2DModel(num_layers=1, num_single_layers=1, **sizes, **_FLOW).eval())


def chroma() -> Denoiser:
    from diffusers import ChromaTransformer2DModel

    sizes: dict[str, Any] = {"axes_dims_rope": (4, 4, 8), "in_channels": 64, "approximator_num_channels": 64}
    more: dict[str, Any] = {"approximator_hidden_dim": 16, "approximator_layers": 1}
    return Chroma(ChromaTransformer2DModel(num_layers=1, num_single_layers=1, **sizes, **more, **_FLOW).eval())


def flux2() -> Denoiser:
    from diffusers import Flux2Transformer2DModel

    sizes: dict[str, Any] = {"axes_dims_rope": (4, 4, 4, 4), "in_channels": 16, "guidance_embeds": False}
    return Flux2(Flux2Transformer2DModel(num_layers=1, num_single_layers=1, **sizes, **_FLOW).eval())


def z_image() -> Denoiser:
    from diffusers import ZImageTransformer2DModel

    network = ZImageTransformer2DModel(
        dim=32, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=WORDS,
        axes_dims=[4, 6, 6], axes_lens=[128, 32, 32],
    )  # fmt: skip
    for pad in (network.x_pad_token, network.cap_pad_token):
        torch.nn.init.normal_(pad)
    return ZImage(network.eval())


MADE: dict[str, Any] = {"sd": sd, "flux1": flux, "chroma": chroma, "flux2": flux2, "z-image": z_image}
LOOKS = {
    "sd": "down_blocks.1.attentions.0.transformer_blocks.0.attn2",
    "flux1": "transformer_blocks.0.attn",
    "chroma": "transformer_blocks.0.attn",
    "flux2": "transformer_blocks.0.attn",
    "z-image": "layers.0.attention",
}
"""The first layer of each in which the picture looks at the words."""


@pytest.fixture(scope="module", params=MADE)
def family(request: pytest.FixtureRequest) -> tuple[str, Denoiser]:
    torch.manual_seed(0)
    denoiser = MADE[request.param]()
    denoiser.network.requires_grad_(False)
    return request.param, denoiser


def said(seed: int, length: int = 9, *, masked: bool = False) -> Encoded:
    """A prompt of random tokens; its pooled vector, of which a network is told for all regions at once, is the same."""
    tokens = torch.randn(1, length, WORDS, generator=torch.Generator().manual_seed(seed))
    mask = torch.arange(length)[None] < length - 2 if masked else None
    return Encoded((PromptEmbedding(tokens, torch.linspace(-1.0, 1.0, 20)[None], mask=mask),))


def halves(edge: float = 0.0) -> torch.Tensor:
    """A left and a right half; ``edge`` is how much of the columns beside the border the other one is."""
    left = torch.zeros(ROWS, COLUMNS)
    left[:, : COLUMNS // 2] = 1.0
    left[:, COLUMNS // 2 - 2 : COLUMNS // 2] -= edge
    return torch.stack([left, 1.0 - left])


def asked(name: str, denoiser: Denoiser, prompts: tuple[Encoded, ...], masks: torch.Tensor | None) -> Any:
    """What a network says of one noise drawn in regions, or after one prompt, and what its first look gives."""
    noise = torch.randn(1, 4 if name == "sd" else 16, ROWS, COLUMNS, generator=torch.Generator().manual_seed(1))
    given = called(noise, torch.tensor(500.0), prompts[0].parts[0], ("positive",), 3.0)
    looks: list[Any] = []
    layer = denoiser.network.get_submodule(LOOKS[name])
    hook = layer.register_forward_hook(lambda _layer, _args, output: looks.append(output))
    try:
        with torch.no_grad():
            if masks is None:
                return denoiser.predict(given), looks[0]
            influence = keeping_words(denoiser, RegionWords(masks, prompts))
            with influence.opened(denoiser):
                return denoiser.predict(influence.before_step(STEP, given)), looks[0]
    finally:
        hook.remove()


def cells(name: str, look: Any) -> torch.Tensor:
    """What the picture sees in a look, (rows, columns, width)."""
    seen = look[0] if isinstance(look, tuple) else look
    patch = 1 if name == "flux2" else 2
    shape = ROWS // patch, COLUMNS // patch
    return seen[0, : shape[0] * shape[1]].reshape(*shape, -1)


def test_the_picture_looks_at_the_words_of_its_own_part_alone(family: tuple[str, Denoiser]) -> None:
    name, denoiser = family
    masked = name == "chroma"
    first, second, other = said(1, masked=masked), said(2, 14, masked=masked), said(3, 14, masked=masked)
    one, two = (cells(name, asked(name, denoiser, (first, right), halves())[1]) for right in (second, other))
    middle = one.shape[1] // 2
    assert torch.allclose(one[:, :middle], two[:, :middle], atol=1e-6)
    assert not torch.allclose(one[:, middle:], two[:, middle:], atol=1e-3)


def test_a_region_that_is_all_is_the_plain_prompt(family: tuple[str, Denoiser]) -> None:
    """Positions of Z-Image's picture begin behind all words, so that it is near only."""
    name, denoiser = family
    first, second = said(1), said(2, 9)
    masks = torch.stack([torch.ones(ROWS, COLUMNS), torch.zeros(ROWS, COLUMNS)])
    plain, _ = asked(name, denoiser, (first,), None)
    whole, _ = asked(name, denoiser, (first, second), masks)
    if name == "sd":
        assert torch.equal(plain, whole)
    elif name != "z-image":
        assert torch.allclose(plain, whole, atol=1e-5)


def test_which_region_comes_first_makes_no_difference(family: tuple[str, Denoiser]) -> None:
    name, denoiser = family
    if name == "z-image":
        pytest.skip("its words have places in one row")
    prompts, masks = (said(1), said(2, 14)), halves(edge=0.25)
    one, _ = asked(name, denoiser, prompts, masks)
    other, _ = asked(name, denoiser, prompts[::-1], masks.flip(0))
    assert torch.allclose(one, other, atol=1e-5)
    hard, _ = asked(name, denoiser, prompts, halves())
    assert torch.isfinite(one).all()
    assert not torch.allclose(one, hard, atol=1e-4), "soft borders are seen"


def test_networks_are_as_before_afterwards(family: tuple[str, Denoiser]) -> None:
    name, denoiser = family
    before, _ = asked(name, denoiser, (said(1),), None)
    asked(name, denoiser, (said(2), said(3)), halves())
    after, _ = asked(name, denoiser, (said(1),), None)
    assert torch.equal(before, after)


def test_a_window_is_the_square_middle_of_a_region_and_has_a_least_size() -> None:
    mask = torch.zeros(32, 40)
    mask[:, 20:23] = 1.0
    assert window_around(mask, 8) == InfluenceWindow(12, 16, 20, 24)
    assert window_around(mask, 16) == InfluenceWindow(8, 8, 24, 24)
    mask[:, 39] = 0.5
    assert window_around(mask, 16) == InfluenceWindow(4, 16, 28, 40)
    assert window_around(torch.zeros(32, 40), 16) == InfluenceWindow(0, 4, 32, 36)
    assert window_around(torch.ones(4, 4), 16) == InfluenceWindow(0, 0, 4, 4)


def test_what_is_said_of_a_window_fades_where_its_region_goes_on() -> None:
    mask = torch.zeros(32, 32)
    mask[:, :16] = 1.0
    share = share_around(window_around(mask, 16), mask)
    assert share.shape == (16, 16)
    assert torch.equal(share[8], torch.ones(16)), "not where the region ends"
    assert (share[:5, 3].diff() > 0).all()
    assert torch.equal(share, share.flip(0))
    assert torch.equal(share_around(InfluenceWindow(0, 0, 32, 32), mask), mask)


def apart(
    denoiser: Denoiser, words: RegionWords, told: Any = lambda _place: None, guides: Sequence[Plugged] = ()
) -> RegionWindows:
    """Windows for the first half of the steps, which tell when they are asked for."""
    return RegionWindows(
        denoiser,
        denoiser,
        words,
        share=0.5,
        least=8,
        alone=told,
        around=lambda: told("around"),
        together=lambda: told("all"),
        guides=guides,
    )


@pytest.mark.parametrize("sides", [("positive",), ("negative", "positive")])
def test_regions_are_drawn_in_windows_of_their_own_at_first(sides: Any) -> None:
    torch.manual_seed(0)
    denoiser = sd()
    first, second, job = said(1), said(2), said(3)
    words, told = RegionWords(halves(), (first, second)), list[Any]()
    windows = apart(denoiser, words, told.append)
    noise = torch.randn(1, 4, ROWS, COLUMNS, generator=torch.Generator().manual_seed(1))
    rows = {"negative": job.parts[0], "positive": first.parts[0]}
    given = called(
        torch.cat([noise] * len(sides)), torch.tensor(500.0), in_rows([rows[side] for side in sides]), sides, 3.0
    )

    def alone(window: torch.Tensor, prompt: Encoded) -> torch.Tensor:
        return denoiser.predict(called(window, given.timestep, prompt.parts[0], ("positive",), 3.0))

    half = COLUMNS // 2
    with torch.no_grad():
        at_first = windows.predict(windows.before_step(SimpleNamespace(index=0, total=2), given))  # type: ignore[arg-type]
        later = windows.predict(windows.before_step(SimpleNamespace(index=1, total=2), given))  # type: ignore[arg-type]
        assert torch.equal(later, denoiser.predict(given))
        assert torch.allclose(at_first[-1:, ..., :half], alone(noise[..., :half], first), atol=1e-5)
        assert torch.allclose(at_first[-1:, ..., half:], alone(noise[..., half:], second), atol=1e-5)
        if len(sides) > 1:
            assert torch.allclose(at_first[:1, ..., half:], alone(noise[..., half:], job), atol=1e-5)
    assert told == ["around", *([0, 1] * len(sides)), "all"]


def test_what_no_window_holds_is_what_is_said_of_everything() -> None:
    torch.manual_seed(0)
    denoiser = sd()
    masks = torch.ones(2, 8, 32)
    masks[0, :, 24:] = masks[1, :, :24] = 0.0
    windows = apart(denoiser, RegionWords(masks, (said(1), said(2))))
    noise = torch.randn(1, 4, 8, 32)
    given = called(noise, torch.tensor(500.0), said(3).parts[0], ("positive",), 1.0)
    with torch.no_grad():
        drawn = windows.predict(windows.before_step(STEP, given))
        everything = denoiser.predict(given)
    assert windows.windows == (InfluenceWindow(0, 8, 8, 16), InfluenceWindow(0, 24, 8, 32))
    for held in (slice(0, 8), slice(16, 24)):
        assert torch.equal(drawn[..., held], everything[..., held])
    assert not torch.equal(drawn[..., 8:16], everything[..., 8:16])


def test_control_networks_see_the_windows_that_they_steer() -> None:
    """Each as if the window were all there is: words, latents and its part of their pictures."""
    torch.manual_seed(0)
    denoiser: Any = sd()
    network = tiny_control(denoiser.network).eval()
    shown = np.random.default_rng(0).integers(0, 256, (ROWS * 8, COLUMNS * 8, 3), np.uint8)
    felt = np.tile(np.linspace(0.0, 1.0, COLUMNS * 8, dtype=np.float32), (ROWS * 8, 1))
    first, second = said(1), said(2)
    words = RegionWords(halves(), (first, second))

    def steering(part: slice) -> Plugged:
        own = part if part == slice(None) else slice(part.start * 8, part.stop * 8)
        reader = GuideNetwork(module=network, form="network", mode="canny")
        guide = InfluenceGuide(name="Canny", picture=shown[:, own], mask=felt[:, own], network=reader)
        return taking_part("control", (guide,), denoiser)

    steered = steering(slice(None))
    windows = apart(denoiser, words, guides=[steered])
    noise = torch.randn(1, 4, ROWS, COLUMNS)
    given = called(noise, torch.tensor(500.0), first.parts[0], ("positive",), 1.0)

    def predicted(index: int) -> torch.Tensor:
        step: Any = SimpleNamespace(index=index, total=2)
        return windows.predict(steered.before_step(step, windows.before_step(step, given)))

    def alone(part: slice, prompt: Encoded) -> torch.Tensor:
        own = replace(given, sample=noise[..., part], words=prompt.parts[0].tokens)
        return denoiser.predict(steering(part).before_step(STEP, own))

    half = COLUMNS // 2
    with torch.no_grad():
        assert torch.allclose(predicted(0)[..., :half], alone(slice(0, half), first), atol=1e-5)
        assert torch.allclose(predicted(0)[..., half:], alone(slice(half, COLUMNS), second), atol=1e-5)
        assert torch.equal(predicted(1), denoiser.predict(steering(slice(None)).before_step(STEP, given)))
        assert not torch.equal(predicted(1), denoiser.predict(given))


def test_what_an_adapter_makes_of_a_picture_is_cut_to_a_window_at_every_size() -> None:
    places = torch.arange(COLUMNS, dtype=torch.float32).expand(1, 1, ROWS, -1)
    features = (places, places[..., ::2, ::2], places[..., ::4, ::4])
    guide = InfluenceGuide(name="Sketch", picture=picture(1))
    left = (
        file_of_plugin("readers").AdapterControl(guide, features).within(InfluenceWindow(0, 8, 8, 16), (ROWS, COLUMNS))
    )
    assert [each.shape[-1] for each in left.features] == [8, 4, 2]
    assert all(each[0, 0, 0, 0] == 8 for each in left.features)


# --- jobs -------------------------------------------------------------------------------------------


def part(name: str, left: float, right: float, prompt: str, negative: str = "") -> RegionPart:
    """A part that is columns of a job, as shares of its width."""
    mask = np.zeros((SIDE, SIDE), np.float32)
    mask[:, round(left * SIDE) : round(right * SIDE)] = 1.0
    return RegionPart(name=name, mask=mask, prompt=prompt, negative_prompt=negative)


def in_parts(*parts: RegionPart, **changes: Any) -> DenoiseJob:
    return make_job(conditioning=Conditioning(regions=parts), **changes)


LEFT, RIGHT = part("Left", 0.0, 0.5, "a red cat"), part("Right", 0.5, 1.0, "a blue car, shiny and new")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    write_tiny_model(models / "tiny")
    write_tiny_model(models / "tiny_inpainting", unet_channels=9)
    write_tiny_sdxl(models / "xl")
    torch.manual_seed(9)
    query = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_q"
    words = "lora_te_text_model_encoder_layers_0_mlp_fc1"
    adapter_file(models / "loras" / "ink.safetensors", {query: torch.nn.Linear(24, 24)})
    adapter_file(models / "loras" / "words.safetensors", {words: torch.nn.Linear(32, 128)})
    import diffusers

    unet = diffusers.UNet2DConditionModel.from_pretrained(models / "tiny" / "unet", local_files_only=True)
    tiny_control(unet).save_pretrained(models / "tiny_canny")
    return models


@pytest.fixture(scope="module")
def engine(folder: Path, schedulers: dict[str, SchedulerSpec]) -> Iterator[DiffusionEngine]:
    options: dict[str, Any] = {"precision": "float32", "torch_threads": 1, "influences": bundled_influences()}
    engine = DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, **options)
    yield engine
    engine.close()


def drawn(engine: DiffusionEngine, job: DenoiseJob) -> tuple[Any, tuple[str, ...]]:
    bound = engine.bound(lambda _progress: None, CancelToken())
    (pixels,) = bound.denoise(job)
    return pixels, bound.notes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"guidance_scale": 1.0},
        {"image": picture(1), "strength": 0.6},
        {"image": picture(2), "mask": right_half()},
        {"image": picture(2), "mask": right_half(), "model": "tiny_inpainting"},
        {"model": "xl"},
        {"prompt": "", "prompt_blend": Blend("a beach", "a forest", 0.4)},
    ],
    ids=["text", "unguided", "image", "inpaint", "nine channels", "xl", "blend"],
)
def test_every_kind_of_job_can_be_drawn_in_regions(
    engine: DiffusionEngine, finished: list[Any], changes: dict[str, Any]
) -> None:
    plain = make_job(**changes)
    job = in_parts(LEFT, RIGHT, **changes)
    for each in (plain, job, job, in_parts(replace(LEFT, prompt="a green bird"), RIGHT, **changes), plain):
        drawn(engine, each)
    before, one, again, other, after = finished
    assert torch.equal(one, again)
    assert torch.equal(before, after), "without regions nothing of them is left"
    assert not torch.equal(one, before)
    assert not torch.equal(one, other)


def test_a_region_that_is_all_draws_what_its_prompt_alone_does(engine: DiffusionEngine, finished: list[Any]) -> None:
    whole, nothing = part("Sky", 0.0, 1.0, "a red cat"), part("Gone", 0.0, 0.0, "a car")
    drawn(engine, make_job(prompt="a red cat, at noon", negative_prompt="fog"))
    drawn(engine, in_parts(whole, nothing, prompt="at noon", negative_prompt="fog"))
    assert torch.equal(*finished)


def test_a_negative_prompt_of_a_region_is_felt(engine: DiffusionEngine, finished: list[Any]) -> None:
    drawn(engine, in_parts(LEFT, RIGHT))
    drawn(engine, in_parts(replace(LEFT, negative_prompt="fog"), RIGHT))
    drawn(engine, in_parts(replace(LEFT, negative_prompt="fog"), RIGHT, guidance_scale=1.0))
    drawn(engine, in_parts(LEFT, RIGHT, guidance_scale=1.0))
    assert not torch.equal(finished[0], finished[1])
    assert torch.equal(finished[2], finished[3])


def test_masks_that_do_not_add_up_count_for_their_share(engine: DiffusionEngine, finished: list[Any]) -> None:
    drawn(engine, in_parts(LEFT, RIGHT))
    drawn(engine, in_parts(replace(LEFT, mask=LEFT.mask * 0.5), replace(RIGHT, mask=RIGHT.mask * 0.25)))
    assert torch.allclose(*finished, atol=1e-5)


@pytest.mark.parametrize("name", ["ink", "words"])
def test_a_lora_is_felt_in_its_region_and_told_to_be_slow(
    engine: DiffusionEngine, finished: list[Any], name: str
) -> None:
    worn = replace(LEFT, prompt=f"a red cat<lora:{name}:2>")
    _, notes = drawn(engine, in_parts(worn, RIGHT))
    drawn(engine, in_parts(LEFT, RIGHT))
    drawn(engine, in_parts(replace(worn, mask=np.zeros_like(LEFT.mask)), replace(RIGHT, mask=np.ones_like(LEFT.mask))))
    drawn(engine, make_job(prompt=f"{RIGHT.prompt}, a beautiful beach"))
    with_it, without, hidden, alone = finished
    assert any("are slow: each step was drawn 2 times" in note for note in notes)
    assert not torch.equal(with_it, without)
    assert torch.allclose(hidden, alone, atol=1e-4)
    everywhere = make_job(loras=(LoraUse(name, 2.0),))
    _, notes = drawn(engine, replace(everywhere, conditioning=Conditioning(regions=(LEFT, RIGHT))))
    assert not any("slow" in note for note in notes)


def test_regions_without_what_keeps_them_are_refused_before_anything_is_loaded(folder: Path) -> None:
    bare = DiffusionEngine(ModelLibrary([folder]), "cpu", None, scheduler_specs(), torch_threads=1)
    with pytest.raises(SettingError, match="What Regions takes part by is not there"):
        drawn(bare, in_parts(LEFT, RIGHT))
    assert bare.loaded_model is None


def test_a_guide_in_a_region_is_felt_there_first(engine: DiffusionEngine, finished: list[Any]) -> None:
    def guided(mask: Any) -> DenoiseJob:
        control = Control(name="Canny", modes=("canny",), picture=picture(5), mask=mask)
        return make_job(steps=1, conditioning=Conditioning(controls=(control,)))

    for job in (make_job(steps=1), guided(np.zeros_like(LEFT.mask)), guided(LEFT.mask), guided(None)):
        drawn(engine, job)
    plain, nowhere, left, everywhere = finished
    assert torch.allclose(plain, nowhere, atol=1e-6)
    assert not torch.equal(left, everywhere)
    change = (left - plain).abs().mean(dim=(0, 1, 2))
    half = change.shape[0] // 2
    assert change[:half].mean() > change[half:].mean()


@pytest.mark.parametrize(
    ("regions", "said_of_it"),
    [
        ((LEFT,), "one region only"),
        ((LEFT, replace(RIGHT, mask=np.ones((8, 8), np.float32))), "not float32"),
        ((LEFT, replace(RIGHT, mask=RIGHT.mask * 2.0)), "outside 0..1"),
    ],
)
def test_parts_that_cannot_be_are_refused(engine: DiffusionEngine, regions: Any, said_of_it: str) -> None:
    with pytest.raises(SettingError, match=said_of_it):
        drawn(engine, in_parts(*regions))


def test_forty_regions(engine: DiffusionEngine) -> None:
    parts = [part(str(number), number / 40, (number + 1) / 40, f"thing {number}") for number in range(40)]
    pixels, _ = drawn(engine, in_parts(*parts, steps=1))
    assert pixels.std() > 0
    flux_file = ModelInfo(id="flux", name="Flux", path=Path("flux"), format="single_file", family="flux1", size=1)
    with pytest.raises(SettingError, match="cannot draw 40 of them"):
        wanted_regions(in_parts(*parts), (), (), flux_file)
