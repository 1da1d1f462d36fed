"""The control network's recipe at toy size, its measure, and the network that ships."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import ControlNetModel, UNet2DConditionModel

from studio.engine.models.controls import ControlFinder
from studio.engine.models.library import ModelLibrary
from studio.paths import default_paths
from studio.training.configuration import ControlNetworkConfig, DataConfig, Schedule, preset
from studio.training.control import (
    MAX_BYTES,
    Places,
    evaluate_control,
    smoke_control,
    train_control_network,
    write_network,
)
from studio.training.measuring.control import wanted_pictures
from studio.training.measuring.edges import agreement
from studio.training.networks import loop
from studio.training.networks.control import Shown, build_control, louder, steered, train_control
from studio.training.networks.denoiser import Conditioning, Latents, build_denoiser
from studio.training.networks.integration import load_folder
from studio.training.scenes.data import Pictures, RenderedSplit, make_sample
from studio.training.scenes.lines import FINDERS, Lines, draw_lines, drawn_worse

CPU = torch.device("cpu")
MODELS = default_paths().resources / "models"
FOLDER = MODELS / "starter_scribble_lineart_softedge_canny"
CONFIG = ControlNetworkConfig(
    hint_channels=(1, 4, 8, 8),
    inpaint_share=0.5,
    window_sides=(4,),
    train=Schedule(steps=4, batch_size=4, learning_rate=1e-3, warmup_steps=1, save_every=2, optimizer="muon"),
)


def bright(_filter_id: str, picture: Pictures, _values: Mapping[str, float]) -> Lines:
    return (255 * (picture[..., 0] > 128)).astype(np.uint8)


@pytest.fixture(scope="module")
def conditioning() -> Conditioning:
    pipeline = load_folder(MODELS / "starter")
    return Conditioning(pipeline.tokenizer, pipeline.text_encoder, pipeline.vae)


@pytest.fixture(scope="module")
def split() -> RenderedSplit:
    samples = tuple(make_sample(DataConfig(captions_per_language=1), "train", index) for index in range(8))
    return RenderedSplit(np.random.default_rng(1).integers(0, 256, (8, 3, 64, 64), np.uint8), samples)


@pytest.fixture
def unet() -> UNet2DConditionModel:
    torch.manual_seed(0)
    return build_denoiser(preset("smoke").denoiser, 64, 128)


def fit(
    unet: UNet2DConditionModel, split: RenderedSplit, conditioning: Conditioning, folder: Path
) -> Mapping[str, torch.Tensor]:
    latents = Latents(torch.randn(8, 4, 8, 8, generator=torch.Generator().manual_seed(1)), torch.empty(0, 4, 0, 0))
    network = train_control(
        CONFIG, unet, split, latents, conditioning=conditioning, preprocess=bright, folder=folder, device=CPU
    )
    return {name: value.clone() for name, value in network.state_dict().items()}


def test_an_untrained_network_is_not_felt(unet: UNet2DConditionModel) -> None:
    control = build_control(CONFIG, unet)
    shown = Shown(torch.randn(2, 4, 8, 8), torch.tensor([999, 10]), torch.randn(2, 77, 128), torch.rand(2, 3, 64, 64))
    with torch.no_grad():
        plain = unet(shown.noisy, shown.times, encoder_hidden_states=shown.words).sample
        assert torch.equal(steered(unet, control, shown), plain)
    assert torch.equal(control.conv_in.weight, unet.conv_in.weight)


def test_only_the_control_network_learns_and_a_stopped_run_ends_as_an_unbroken_one(
    unet: UNet2DConditionModel,
    split: RenderedSplit,
    conditioning: Conditioning,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {name: value.clone() for name, value in unet.state_dict().items()}
    kept, plain = tmp_path / "kept.pt", loop.save_whole

    def save(state: dict[str, object], path: Path) -> None:
        plain(state, path)
        if state["step"] == 2:
            kept.write_bytes(path.read_bytes())

    monkeypatch.setattr(loop, "save_whole", save)
    whole = fit(unet, split, conditioning, tmp_path / "work")
    (tmp_path / "work" / "checkpoint.pt").write_bytes(kept.read_bytes())
    stopped = fit(unet, split, conditioning, tmp_path / "work")
    assert all(torch.equal(value, stopped[name]) for name, value in whole.items())
    assert all(torch.equal(value, unet.state_dict()[name]) for name, value in before.items())
    assert whole["controlnet_down_blocks.0.weight"].abs().max() > 0


def test_a_louder_network_adds_so_much_more_everywhere(unet: UNet2DConditionModel) -> None:
    control = build_control(CONFIG, unet)
    for value in control.controlnet_down_blocks.parameters():
        torch.nn.init.normal_(value)
    given = (torch.randn(1, 4, 8, 8), torch.tensor([500]), torch.randn(1, 77, 128), torch.rand(1, 3, 64, 64))
    with torch.no_grad():
        (before, middle), (after, other) = (
            control(*given, return_dict=False),
            louder(control, 1.5)(*given, return_dict=False),
        )
    assert all(
        torch.allclose(1.5 * quiet, loud, atol=1e-5)
        for quiet, loud in zip((*before, middle), (*after, other), strict=True)
    )


def test_it_is_written_as_diffusers_reads_it(unet: UNet2DConditionModel, tmp_path: Path) -> None:
    control = build_control(CONFIG, unet)
    write_network(control, tmp_path)
    read = ControlNetModel.from_pretrained(tmp_path)
    assert read.dtype == torch.float32
    assert torch.equal(read.conv_in.weight, control.conv_in.weight.half().float())
    assert {path.name for path in tmp_path.iterdir()} == {"config.json", "diffusion_pytorch_model.safetensors"}


def test_lines_are_drawn_the_same_from_the_same_numbers_and_never_the_same_otherwise() -> None:
    asked: list[tuple[str, Mapping[str, float]]] = []

    def preprocess(filter_id: str, picture: Pictures, values: Mapping[str, float]) -> Lines:
        asked.append((filter_id, values))
        return bright(filter_id, picture, values)

    picture = np.random.default_rng(2).integers(0, 256, (3, 48, 64), np.uint8)
    drawn = [draw_lines(picture, preprocess, np.random.default_rng(seed)) for seed in (*range(24), 0)]
    assert {each.shape for each in drawn} == {(48, 64)}
    assert np.array_equal(drawn[0], drawn[-1])
    assert len({each.tobytes() for each in drawn}) > 12
    assert {filter_id for filter_id, _ in asked} == {finder.filter for finder in FINDERS}
    assert all(isinstance(values["width"], int) for _, values in asked if "width" in values)


def test_worse_lines_are_still_about_where_they_were() -> None:
    lines = np.zeros((96, 96), np.uint8)
    lines[48] = 255
    for seed in range(40):
        worse = drawn_worse(lines, np.random.default_rng(seed))
        rows = np.flatnonzero(worse.max(axis=1) > 127)
        assert rows.size == 0 or (rows.min() >= 45 and rows.max() <= 51)


def test_lines_agree_within_two_pixels_and_no_further() -> None:
    def row(at: int, length: int = 64) -> Lines:
        lines = np.zeros((64, 64), np.uint8)
        lines[at, :length] = 255
        return lines

    assert agreement(row(20), row(20)).f_score == 1.0
    assert agreement(row(22), row(20)).f_score == 1.0
    assert agreement(row(23), row(20)).f_score == 0.0
    half = agreement(row(20, 32), row(20))
    assert half.precision == 1.0
    assert half.recall == pytest.approx(34 / 64)
    assert agreement(row(20) * 0, row(20)).f_score == agreement(row(20), row(20) * 0).f_score == 0.0


@pytest.mark.slow
def test_the_whole_recipe_writes_a_network_with_its_card(tmp_path: Path) -> None:
    places = Places(MODELS / "starter", tmp_path / "work", tmp_path / "control")
    said: list[str] = []
    train_control_network(smoke_control(), places, bright, CPU, said.append)
    assert len(said) == 2

    figures = evaluate_control(smoke_control(), places, bright, CPU)
    assert figures["parts"]["canny"] == figures["parts"]["softedge"]
    assert figures["whole"]["canny"]["ceiling"] > 0.5
    card = (places.output / "README.md").read_text("utf-8")
    assert "apache-2.0" in card
    assert "{" not in card


def test_the_network_that_ships_is_for_lines_and_for_the_starter_alone() -> None:
    models = ModelLibrary([MODELS]).scan()
    starter = next(each for each in models if each.id == "starter/few_steps")
    finder = ControlFinder(models, starter, MODELS / "configs")
    shipped = {finder.network_for("lines", (mode,)).id for mode in ("scribble", "lineart", "softedge", "canny")}
    assert shipped == {f"{FOLDER.name}/diffusion_pytorch_model"}
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= MAX_BYTES
    assert {path.suffix for path in FOLDER.iterdir()} == {".json", ".md", ".safetensors"}


def test_pictures_keep_to_lines_as_the_card_says_and_not_without() -> None:
    figures = json.loads((FOLDER / "evaluation.json").read_text("utf-8"))
    for row in ("parts", "parts_in_four_steps"):
        for scores in figures[row].values():
            assert scores["guided"] >= 0.7
            assert scores["free"] < 0.3
    assert f"{figures['parts']['canny']['guided']:.3f}" in (FOLDER / "README.md").read_text("utf-8")


def test_parts_of_renders_are_other_pictures_with_the_same_words() -> None:
    (part,), (whole,) = (wanted_pictures(DataConfig(resolution=64), 1, framed=framed) for framed in (True, False))
    assert part.prompt == whole.prompt
    assert part.picture.shape == whole.picture.shape == (64, 64, 3)
    assert not np.array_equal(part.picture, whole.picture)
