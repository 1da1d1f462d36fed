"""The four steps in order, each picking up where its last run left off."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch

from studio.errors import SettingError
from studio.training.configuration import StarterConfig, sizes_of
from studio.training.measuring.inpainting import Inpainter
from studio.training.measuring.report import evaluate_folder
from studio.training.networks.denoiser import build_scheduler
from studio.training.networks.generator import train_generator
from studio.training.networks.integration import FolderReport, check_folder, measure_folder, write_folder
from studio.training.networks.libraries import Tokenizer
from studio.training.networks.sampling import assemble_pipeline
from studio.training.networks.text_encoder import load_tokenizer, train_text_encoder, train_tokenizer
from studio.training.scenes.data import RenderedSplit, prepare_split

Say = Callable[[str], None]
"""Takes a line for the user."""


def train_starter(
    config: StarterConfig,
    work: Path,
    output: Path,
    device: torch.device,
    say: Say = print,
    *,
    start: Path | None = None,
    inpaint: Inpainter | None = None,
) -> FolderReport:
    """Run the recipe under ``work`` and write the model to ``output``. A repeated call resumes.

    ``start`` is the folder of an earlier model of the same sizes: its tokenizer is kept and its networks are trained
    on, each as long as the recipe says. ``inpaint`` draws with the model in ``output`` as the application does.

    Raises:
        SettingError: if ``work`` holds a run of other sizes.
        ModelError: if there is no model in ``start``.
    """
    if start is not None:
        check_folder(start)  # before hours of work
    claim_work(config, work)
    say("1/4 data: rendering pictures")
    split = prepare_split(config.data, "train", work)
    held_out = prepare_split(config.data, "held-out", work)
    say("2/4 text encoder")
    tokenizer = prepare_tokenizer(config, split, work, start=start)
    text_encoder, _ = train_text_encoder(config.text, split, tokenizer, work / "text_encoder", device, start=start)
    say("3/4 image generator: autoencoder and denoiser")
    generator = train_generator(
        config,
        split,
        held_out.pictures,
        tokenizer=tokenizer,
        text_encoder=text_encoder,
        folder=work,
        device=device,
        start=start,
    )
    say("4/4 integration: writing the model and evaluating it")
    pipeline = assemble_pipeline(tokenizer, text_encoder, generator.denoiser, generator.autoencoder, build_scheduler())
    write_folder(pipeline, generator.few_steps, config, split.pictures[:512], output)
    evaluation = evaluate_folder(config, output, work, device, inpaint)
    say(f"scene {evaluation['scene']}, time of day {evaluation['time_of_day']}")
    return measure_folder(output)


def claim_work(config: StarterConfig, work: Path) -> None:
    """Note the recipe's sizes in the work folder, so that no later run resumes from networks of another size.

    Raises:
        SettingError: if ``work`` holds a run of other sizes.
    """
    note, sizes = work / "sizes.json", asdict(sizes_of(config))
    if note.exists():
        if json.loads(note.read_text("utf-8-sig")) != json.loads(json.dumps(sizes)):
            raise SettingError(
                f"The folder {work} holds a run of other sizes.",
                "Choose another with --work-dir, or delete it to begin anew.",
            )
        return
    work.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(sizes, indent=2) + "\n", "utf-8")


def prepare_tokenizer(
    config: StarterConfig, split: RenderedSplit, work: Path, *, start: Path | None = None
) -> Tokenizer:
    """Train the tokenizer on the captions, or load the one trained before or that of the model to start from."""
    folder = work / "tokenizer"
    if not (folder / "tokenizer.json").exists():
        if start is not None:
            load_tokenizer(start / "tokenizer").save_pretrained(folder)
            return load_tokenizer(folder)
        captions = (text for sample in split.samples for text in (*sample.english, *sample.chinese))
        train_tokenizer(captions, config.text).save_pretrained(folder)
    return load_tokenizer(folder)
