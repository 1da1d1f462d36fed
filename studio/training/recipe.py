"""The four steps in order, each picking up where its last run left off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch

from studio.training.configuration import StarterConfig
from studio.training.data import RenderedSplit, prepare_split
from studio.training.denoiser import build_scheduler
from studio.training.generator import train_generator
from studio.training.integration import FolderReport, evaluate_folder, measure_folder, write_folder
from studio.training.libraries import Tokenizer
from studio.training.sampling import assemble_pipeline
from studio.training.text_encoder import load_tokenizer, train_text_encoder, train_tokenizer

Say = Callable[[str], None]
"""Takes a line for the user."""


def train_starter(
    config: StarterConfig, work: Path, output: Path, device: torch.device, say: Say = print
) -> FolderReport:
    """Run the recipe under ``work`` and write the model to ``output``. A repeated call resumes."""
    say("1/4 data: rendering pictures")
    split = prepare_split(config.data, "train", work)
    held_out = prepare_split(config.data, "held-out", work)
    say("2/4 text encoder")
    tokenizer = prepare_tokenizer(config, split, work)
    text_encoder, _ = train_text_encoder(config.text, split, tokenizer, work / "text_encoder", device)
    say("3/4 image generator: autoencoder and denoiser")
    autoencoder, unet = train_generator(
        config,
        split,
        held_out.pictures,
        tokenizer=tokenizer,
        text_encoder=text_encoder,
        folder=work,
        device=device,
    )
    say("4/4 integration: writing the model and evaluating it")
    pipeline = assemble_pipeline(tokenizer, text_encoder, unet, autoencoder, build_scheduler())
    write_folder(pipeline, split.pictures[:512], output)
    evaluation = evaluate_folder(config, output, work, device)
    say(f"scene {evaluation['scene']}, time of day {evaluation['time_of_day']}")
    return measure_folder(output)


def prepare_tokenizer(config: StarterConfig, split: RenderedSplit, work: Path) -> Tokenizer:
    """Train the tokenizer on the captions, or load the one trained before."""
    folder = work / "tokenizer"
    if not (folder / "tokenizer.json").exists():
        captions = (text for sample in split.samples for text in (*sample.english, *sample.chinese))
        train_tokenizer(captions, config.text).save_pretrained(folder)
    return load_tokenizer(folder)
