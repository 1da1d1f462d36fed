"""Previews by a small decoder: found among the models, kept to a share of the time, and harmless when it fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import AutoencoderTiny
from safetensors.torch import save_file

from studio.engine import previewer
from studio.engine.device.devices import Device
from studio.engine.engine import DiffusionEngine
from studio.engine.models.identity.identify import identify
from studio.engine.models.library import ModelLibrary
from studio.engine.models.preview_decoders import preview_decoder_for
from studio.engine.previewer import SHARE, Previewer
from studio.engine.previews import LatentPreview
from studio.engine.tiny_decoder import load_tiny_decoder
from studio.errors import ModelError
from studio.generation.repeating import Tile
from tests.engine.checkpoint_files import CONFIGS
from tests.engine.tiny_model import SIDE, generate, make_job

CPU = Device(kind="cpu", index=0, name="cpu", memory=0)
State = dict[str, torch.Tensor]


def tiny_autoencoder(channels: int = 4) -> AutoencoderTiny:
    torch.manual_seed(channels)
    return AutoencoderTiny(latent_channels=channels).eval().requires_grad_(False)


def diffusers_names(vae: AutoencoderTiny) -> State:
    return dict(vae.state_dict())


def author_names(vae: AutoencoderTiny, prefix: str = "") -> State:
    """Each layer counted from the clamp in front of the first."""
    names = (name.split(".", 1) for name in vae.decoder.layers.state_dict())
    state = vae.decoder.layers.state_dict()
    return {f"{prefix}{int(number) + 1}.{rest}": state[f"{number}.{rest}"] for number, rest in names}


def decoder_alone(vae: AutoencoderTiny) -> State:
    return dict(vae.decoder.state_dict())


NAMINGS: dict[str, Callable[[AutoencoderTiny], State]] = {
    "diffusers": diffusers_names,
    "decoder alone": decoder_alone,
    "the author's": author_names,
    "the author's, one file": lambda vae: author_names(vae, "decoder."),
    "ComfyUI's": lambda vae: author_names(vae, "taesd_decoder."),
}


def written(path: Path, state: State) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: tensor.contiguous() for name, tensor in state.items()}, path)
    return path


@pytest.mark.parametrize("naming", NAMINGS)
def test_a_decoder_is_known_and_read_under_all_its_names(tmp_path: Path, naming: str) -> None:
    vae = tiny_autoencoder()
    path = written(tmp_path / "taesd_decoder.safetensors", NAMINGS[naming](vae))
    found = identify(path, CONFIGS)
    assert (found.kind, found.family, found.problem) == ("part", "sd1", None)
    assert found.what == "Preview decoder for Stable Diffusion 1"
    latents = torch.randn(1, 4, 6, 5)
    ours = load_tiny_decoder(path, CPU).decode(latents)
    assert torch.allclose(ours, vae.decode(latents).sample, atol=1e-5)


@pytest.mark.parametrize(
    ("file", "channels", "family"),
    [
        ("taesd_decoder.safetensors", 4, "sd1"),
        ("taesdxl_decoder.safetensors", 4, "sdxl"),
        ("someone--taesdxl/diffusion_pytorch_model.safetensors", 4, "sdxl"),
        ("taef1_decoder.safetensors", 16, "flux1"),
    ],
)
def test_whose_latents_it_decodes_is_told(tmp_path: Path, file: str, channels: int, family: str) -> None:
    path = written(tmp_path / file, diffusers_names(tiny_autoencoder(channels)))
    assert identify(path, CONFIGS).family == family


def without_the_last(state: State) -> State:
    return {name: tensor for name, tensor in state.items() if "decoder.layers.18" not in name}


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (without_the_last(diffusers_names(tiny_autoencoder())), "layers.18.weight is missing"),
        (diffusers_names(tiny_autoencoder(32)), "not those of TAESD"),
    ],
)
def test_what_is_torn_or_of_another_kind_is_told_before_it_is_used(tmp_path: Path, state: State, reason: str) -> None:
    path = written(tmp_path / "models" / "taesd.safetensors", state)
    found = identify(path, CONFIGS)
    assert found.problem is not None
    assert reason in found.problem
    assert preview_decoder_for("sd1", ModelLibrary([tmp_path / "models"]).scan()) is None
    with pytest.raises(ModelError, match="no preview decoder"):
        load_tiny_decoder(path, CPU)


def test_families_with_one_vae_share_a_decoder(tmp_path: Path) -> None:
    for name, channels in (("taesd", 4), ("taesdxl", 4), ("taef1", 16)):
        written(tmp_path / f"{name}.safetensors", diffusers_names(tiny_autoencoder(channels)))
    models = ModelLibrary([tmp_path]).scan()
    chosen = {family: preview_decoder_for(family, models) for family in ("sd1", "sd2", "sdxl", "flux1", "chroma")}
    names = {family: path.stem if path else None for family, path in chosen.items()}
    assert names == {"sd1": "taesd", "sd2": "taesd", "sdxl": "taesdxl", "flux1": "taef1", "chroma": "taef1"}


# --- when it is shown -----------------------------------------------------------------------------

DECODER = Path("taesd.safetensors")
LATENTS = torch.zeros(1, 4, 8, 8)
ROUGH = (8, 8, 3)
DETAILED = (64, 64, 3)


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeDecoder:
    """Takes so long for 64 cells, or fails."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self.seconds = seconds
        self.error: Exception | None = None
        self.calls = 0

    def decode(self, latents: torch.Tensor, tile: Tile = "off") -> torch.Tensor:
        assert tile == "off"
        self.calls += 1
        if self.error is not None:
            raise self.error
        cells = latents.shape[-2] * latents.shape[-1]
        self._clock.now += self.seconds * cells / 64
        return torch.zeros(1, 3, 8 * latents.shape[-2], 8 * latents.shape[-1])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def decoder(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> FakeDecoder:
    fake = FakeDecoder(clock, 0.5)
    monkeypatch.setattr(previewer, "load_tiny_decoder", lambda _path, _device: fake)
    return fake


@pytest.fixture
def shown(clock: Clock, decoder: FakeDecoder) -> Previewer:
    made = Previewer(LatentPreview(torch.zeros(4, 3), torch.zeros(3)), CPU, clock)
    made.begin("detailed", DECODER)
    return made


def shape(pixels: Any) -> Any:
    return None if pixels is None else pixels.shape


def test_rough_colours_until_a_detailed_picture_was_worth_its_time(shown: Previewer, clock: Clock) -> None:
    assert shape(shown.render(LATENTS)) == ROUGH
    clock.now += 0.5 / SHARE + 0.1
    assert shape(shown.render(LATENTS)) == DETAILED


def test_what_comes_too_soon_after_a_detailed_picture_leaves_it(shown: Previewer, clock: Clock) -> None:
    shown.render(LATENTS)
    clock.now += 0.5 / SHARE + 0.1
    assert shape(shown.render(LATENTS)) == DETAILED
    clock.now += 0.4 / SHARE
    assert shown.render(LATENTS) is None
    clock.now += 0.2 / SHARE
    assert shape(shown.render(LATENTS)) == DETAILED


def test_it_takes_its_share_of_the_time_and_no_more(shown: Previewer, clock: Clock, decoder: FakeDecoder) -> None:
    shown.render(LATENTS)  # the decoder is tried
    tried, begun = decoder.calls, clock.now
    for _ in range(2000):
        clock.now += 0.1
        shown.render(LATENTS)
    pictures = decoder.calls - tried
    assert pictures > 5
    assert pictures * decoder.seconds <= SHARE * (clock.now - begun) + decoder.seconds


def test_the_next_job_begins_with_rough_colours(shown: Previewer, clock: Clock) -> None:
    shown.render(LATENTS)
    clock.now += 20.0
    shown.render(LATENTS)
    shown.begin("detailed", DECODER)
    assert shape(shown.render(LATENTS)) == ROUGH


@pytest.mark.parametrize(("wish", "expected"), [("off", None), ("fast", ROUGH)])
def test_less_can_be_wished_for(shown: Previewer, clock: Clock, decoder: FakeDecoder, wish: Any, expected: Any) -> None:
    shown.begin(wish, DECODER)
    clock.now += 100.0
    assert shape(shown.render(LATENTS)) == expected
    assert decoder.calls == 0


def test_without_a_decoder_there_are_rough_colours(shown: Previewer, clock: Clock) -> None:
    shown.begin("detailed", None)
    clock.now += 100.0
    assert shape(shown.render(LATENTS)) == ROUGH


@pytest.mark.parametrize("error", [RuntimeError("CUDA out of memory"), ModelError("torn"), MemoryError()])
def test_one_that_fails_is_not_asked_again(
    shown: Previewer, clock: Clock, decoder: FakeDecoder, error: Exception
) -> None:
    decoder.error = error
    clock.now += 100.0
    assert shape(shown.render(LATENTS)) == ROUGH
    calls = decoder.calls
    shown.begin("detailed", DECODER)
    clock.now += 100.0
    assert shape(shown.render(LATENTS)) == ROUGH
    assert decoder.calls == calls


# --- in a job --------------------------------------------------------------------------------------


@pytest.fixture
def engine(tmp_path: Path, models_folder: Path, schedulers: Any) -> DiffusionEngine:
    shutil.copytree(models_folder / "tiny", tmp_path / "models" / "tiny")
    library = ModelLibrary([tmp_path / "models"])
    return DiffusionEngine(library, "cpu", None, schedulers, precision="float32", torch_threads=1)


def last_preview(reports: list[Any]) -> Any:
    return [report.preview for report in reports if report.preview is not None][-1]


def test_a_decoder_that_was_put_there_shows_the_next_job(
    tmp_path: Path, engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previewer, "SHARE", 1e9)
    job = make_job(steps=3)
    (plain,), before = generate(engine, job)
    written(tmp_path / "models" / "vae_approx" / "taesd_decoder.safetensors", author_names(tiny_autoencoder()))
    (pixels,), reports = generate(engine, job)
    assert last_preview(before).shape == (SIDE // 8, SIDE // 8, 3)
    assert last_preview(reports).shape == (SIDE, SIDE, 3)
    assert np.array_equal(pixels, plain)


def test_a_decoder_that_breaks_ends_no_job(
    tmp_path: Path, engine: DiffusionEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_path: Path, _device: Device) -> Any:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(previewer, "load_tiny_decoder", broken)
    written(tmp_path / "models" / "taesd.safetensors", diffusers_names(tiny_autoencoder()))
    (pixels,), reports = generate(engine, make_job(steps=3))
    assert pixels.shape == (SIDE, SIDE, 3)
    assert last_preview(reports).shape == (SIDE // 8, SIDE // 8, 3)


def test_a_quick_job_shows_nothing_and_is_decoded_by_the_small_decoder(engine: DiffusionEngine, tmp_path: Path) -> None:
    vae = tiny_autoencoder()
    (whole,), _ = generate(engine, make_job(quick=True))
    (exact,), _ = generate(engine, make_job())
    assert (whole == exact).all(), "without one the VAE does it"
    written(tmp_path / "models" / "taesd.safetensors", diffusers_names(vae))
    engine.previews = lambda: "off"
    (rough,), reports = generate(engine, make_job(quick=True))
    assert [report for report in reports if report.preview is not None] == []
    assert rough.shape == exact.shape
    assert (rough != exact).any()
    (again,), _ = generate(engine, make_job())
    assert (again == exact).all()


def test_a_small_decoder_that_fails_leaves_quick_pictures_to_the_vae(
    engine: DiffusionEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (exact,), _ = generate(engine, make_job())
    written(tmp_path / "models" / "taesd.safetensors", diffusers_names(tiny_autoencoder()))
    monkeypatch.setattr(previewer.TinyDecoder, "decode", lambda *_: 1 / 0)
    (made,), _ = generate(engine, make_job(quick=True))
    assert (made == exact).all()
