"""Step 4: write the pipeline folder with its few-step weights and its preview map, and load it again."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.engine.models.habits import FILE as HABITS_FILE
from studio.engine.models.vocabulary import FILE as VOCABULARY_FILE
from studio.errors import ModelError
from studio.training.configuration import DenoiserConfig, StarterConfig
from studio.training.networks.few_steps import save_few_steps
from studio.training.networks.libraries import Denoiser, Pipeline, StableDiffusionPipeline, Tokenizer
from studio.training.networks.previews import save_preview
from studio.training.scenes.data import Pictures
from studio.training.scenes.known_words import write_known_words

MAX_FILE = 15 * 2**20
"""No file of the folder may be larger, in bytes."""

MAX_SHARD = "15MB"
"""Larger weights are written in shards."""

MAX_FOLDER = 40 * 2**20
"""All files together may not be larger, in bytes."""

CLOSING_TIMESTEP = 50
"""A UNet that learned on roughened latents takes mottle off a finished picture here; from 100 on colours pale."""

MASKED_GUIDANCE = 0.375
"""Share of the guidance above 1 inside masks, once inpainting was taught: 2.5 for 5. All of it blotches what lies
around a thing and draws the thing over the mask's edge, none of it loses its shape."""

REGIONS_APART = 0.75
"""Pictures of the recipe hold one thing: two parts with words of their own would become one. Share of the steps."""


@dataclass(frozen=True)
class FolderReport:
    """What was written."""

    path: Path
    total_bytes: int
    largest_bytes: int


def write_folder(
    pipeline: Pipeline, few_steps: Denoiser, config: StarterConfig, pictures: Pictures, path: Path
) -> FolderReport:
    """Write a pipeline as float16 safetensors with its preview map, replacing what stood in ``path``.

    ``few_steps`` is its UNet with the few-step LoRA, which is written beside. ``pictures``, uint8
    (n, 3, side, side), are what the preview map is fitted to.

    Raises:
        ModelError: if the folder would exceed ``MAX_FILE`` or ``MAX_FOLDER``.
    """
    partial = path.with_name(path.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    parts = [part.to("cpu") for part in (pipeline.text_encoder, pipeline.unet, pipeline.vae)]
    for part in parts:
        part.half()
    pipeline.save_pretrained(partial, safe_serialization=True, max_shard_size=MAX_SHARD)
    _write_plain_tokenizer(pipeline.tokenizer, partial / "tokenizer")
    _load_in_full_precision(partial / "text_encoder" / "config.json")
    save_few_steps(few_steps, config.few_steps, partial)
    _write_habits(config.denoiser, partial / HABITS_FILE)
    write_known_words(partial / VOCABULARY_FILE)
    for file in partial.rglob("*.safetensors"):
        file.chmod(0o644)
    for part in parts:
        part.float()
    save_preview(pipeline.vae, pictures, partial / "preview.json")
    report = measure_folder(partial)
    if report.largest_bytes > MAX_FILE or report.total_bytes > MAX_FOLDER:
        raise ModelError(
            f"The model in {partial} takes {report.total_bytes} bytes, its largest file {report.largest_bytes}; "
            f"{MAX_FOLDER} and {MAX_FILE} are allowed.",
            "Train smaller channels.",
        )
    shutil.rmtree(path, ignore_errors=True)
    partial.rename(path)
    return FolderReport(path, report.total_bytes, report.largest_bytes)


def measure_folder(path: Path) -> FolderReport:
    """Measure the files of a model folder."""
    sizes = [file.stat().st_size for file in path.rglob("*") if file.is_file()]
    return FolderReport(path, sum(sizes), max(sizes))


def check_folder(path: Path) -> None:
    """Look for a pipeline in a folder, without loading it.

    Raises:
        ModelError: if there is none.
    """
    if not (path / "model_index.json").exists():
        raise ModelError(
            f"There is no model in {path}.", "Choose the folder of one, or run `shoreline train starter` first."
        )


def load_folder(path: Path) -> Pipeline:
    """Load a model folder in float32, silent.

    Raises:
        ModelError: if ``path`` holds no pipeline.
    """
    check_folder(path)
    pipeline = StableDiffusionPipeline.from_pretrained(path, dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def _write_habits(config: DenoiserConfig, path: Path) -> None:
    """Say what the UNet was taught beyond its schedule, for the engine."""
    inpaints = config.inpaint_share > 0
    habits = {
        "known_cells": "clean" if inpaints else "noisy",
        "masked_guidance": MASKED_GUIDANCE if inpaints else 1.0,
        "closing_timestep": CLOSING_TIMESTEP if inpaints and config.roughness > 0 else None,
        "regions_apart": REGIONS_APART,
    }
    path.write_text(json.dumps(habits, indent=2) + "\n", "utf-8")


def _write_plain_tokenizer(tokenizer: Tokenizer, folder: Path) -> None:
    """Write ``vocab.json`` and ``merges.txt`` too, for programs that know only those."""
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    (folder / "vocab.json").write_text(json.dumps(model["vocab"], ensure_ascii=False), "utf-8")
    pairs = [" ".join(pair) if not isinstance(pair, str) else pair for pair in model["merges"]]
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *pairs]) + "\n", "utf-8")


def _load_in_full_precision(config_path: Path) -> None:
    """Let transformers load the text encoder in float32, as diffusers does with its networks, unless told otherwise."""
    settings = json.loads(config_path.read_text("utf-8-sig"))
    settings["dtype"] = "float32"
    config_path.write_text(json.dumps(settings, indent=2, sort_keys=True) + "\n", "utf-8")
