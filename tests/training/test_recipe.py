"""The whole recipe at toy size, from nothing to a folder that loads."""

from __future__ import annotations

import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from studio.cli.train import app
from studio.engine.models.habits import Habits, read_habits
from studio.errors import ModelError
from studio.training.configuration import (
    AutoencoderConfig,
    DataConfig,
    DenoiserConfig,
    EvaluationConfig,
    FewStepsConfig,
    Schedule,
    StarterConfig,
    TextConfig,
)
from studio.training.measuring.tables import table
from studio.training.networks.integration import CLOSING_TIMESTEP, MASKED_GUIDANCE, REGIONS_APART, load_folder
from studio.training.recipe import train_starter

BRIEF = Schedule(steps=2, batch_size=4, learning_rate=1e-3, warmup_steps=1, save_every=1)
TOY = StarterConfig(
    DataConfig(
        resolution=64, pictures=12, held_out_pictures=4, judge_pictures=8, shard_size=12, captions_per_language=1
    ),
    TextConfig(vocabulary_size=600, width=16, layers=1, heads=1, tower_resolution=32, train=BRIEF),
    AutoencoderConfig(channels=(8, 8, 8, 8), crop=32, adversarial_weight=0.1, train=BRIEF),
    DenoiserConfig(
        channels=(8, 16),
        heads=1,
        small_share=0.5,
        small_batch=6,
        close_batch=4,
        inpaint_share=0.5,
        train=BRIEF,
    ),
    FewStepsConfig(rank=2, teacher_steps=1, train=BRIEF),
    EvaluationConfig(
        pictures=4,
        inpaint_pairs=2,
        alone_pairs=2,
        small_pairs=1,
        sheet_seeds=1,
        counted=2,
        whole_pictures=1,
        inference_steps=1,
        classifier=BRIEF,
    ),
)


pytestmark = pytest.mark.slow  # the steps have quick tests of their own


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    train_starter(
        TOY, folder, folder / "starter", torch.device("cpu"), lambda _: None, inpaint=lambda task: task.picture
    )
    return folder


def test_the_folder_says_how_its_unet_was_taught_to_draw(work: Path) -> None:
    taught = Habits(
        sees_known_cells=True,
        closing_timestep=CLOSING_TIMESTEP,
        masked_guidance=MASKED_GUIDANCE,
        regions_apart=REGIONS_APART,
    )
    assert read_habits(work / "starter") == taught


def test_the_recipe_writes_a_folder_that_draws(work: Path) -> None:
    pipeline = load_folder(work / "starter")
    generator = torch.Generator().manual_seed(0)
    picture = pipeline("美丽的海滩", num_inference_steps=1, generator=generator).images[0]
    assert picture.size == (64, 64)


def test_the_card_and_the_table_are_written(work: Path) -> None:
    card = (work / "starter" / "README.md").read_text("utf-8")
    assert "license: apache-2.0" in card
    assert "{" not in card
    evaluation = json.loads((work / "starter" / "evaluation.json").read_text("utf-8"))
    for row in (
        evaluation,
        *(evaluation[name] for name in ("chinese", "four_steps", "ceiling", "floor", "classifier")),
    ):
        assert {"scene", "time_of_day", "object", "colour"} <= set(row)
        assert 0 <= row["scene"] <= 1
    assert evaluation["inpainting"]["pairs"] == evaluation["inpainting"]["alone"]["pairs"] == 2
    assert evaluation["looks"]["things"]["pictures"] == 30
    assert "in one piece: palm" in card
    assert {path.name for path in (work / "sheets").iterdir()} == {"things.png", "scenes.png"}
    assert evaluation["speed"]["full"] > 0
    assert evaluation["speed"]["peak_mebibytes"] > 100
    assert "| scene |" in table(evaluation)


def test_every_step_logs_its_loss_and_draws_its_grid(work: Path) -> None:
    for step in ("text_encoder", "autoencoder", "denoiser", "few_steps", "classifier"):
        records = [json.loads(line) for line in (work / step / "loss.jsonl").read_text("utf-8").splitlines()]
        assert math.isfinite(records[-1]["loss"])
    assert (work / "autoencoder" / "grid-000002.png").exists()
    assert (work / "denoiser" / "grid-000002.png").exists()
    assert (work / "few_steps" / "grid-000002.png").exists()


def test_a_second_run_trains_nothing(work: Path) -> None:
    logs = {path: path.read_bytes() for path in work.glob("*/loss.jsonl")}
    train_starter(TOY, work, work / "again", torch.device("cpu"), lambda _: None)
    assert {path: path.read_bytes() for path in work.glob("*/loss.jsonl")} == logs
    weights = Path("unet") / "diffusion_pytorch_model.safetensors"
    assert (work / "again" / weights).read_bytes() == (work / "starter" / weights).read_bytes()


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="train starter"):
        load_folder(tmp_path)


def test_an_earlier_model_gives_its_networks(work: Path, tmp_path: Path) -> None:
    again = tmp_path / "work"
    shutil.copytree(work / "data", again / "data")
    still = replace(BRIEF, steps=1, learning_rate=1e-9)
    kept = replace(
        TOY,
        text=replace(TOY.text, train=still),
        autoencoder=replace(TOY.autoencoder, train=still),
        denoiser=replace(TOY.denoiser, train=still),
    )
    train_starter(kept, again, tmp_path / "starter", torch.device("cpu"), lambda _: None, start=work / "starter")
    before, after = (load_folder(folder) for folder in (work / "starter", tmp_path / "starter"))
    assert before.tokenizer.get_vocab() == after.tokenizer.get_vocab()
    for part, name in (
        ("vae", "encoder.down_blocks.0.resnets.0.conv1.weight"),
        ("unet", "mid_block.resnets.0.conv1.weight"),
        ("text_encoder", "embeddings.token_embedding.weight"),
    ):
        weights = (getattr(pipeline, part).state_dict()[name] for pipeline in (before, after))
        assert torch.allclose(*weights, atol=1e-3), part


def test_the_commands_explain_themselves() -> None:
    for command in ("starter", "evaluate", "icons"):
        result = CliRunner().invoke(app, [command, "--help"])
        assert result.exit_code == 0
