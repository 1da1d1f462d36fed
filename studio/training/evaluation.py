"""Step 4, the measuring half: a classifier taught on renders alone reads the pictures that the model draws."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.autoencoder import psnr, round_trip, to_float
from studio.training.configuration import EvaluationConfig
from studio.training.data import RenderedSplit, Sample
from studio.training.grammar import caption
from studio.training.libraries import Pipeline
from studio.training.loop import Losses, Trainee, batch_indices, in_batches, step_generator, train
from studio.training.sampling import draw_pictures
from studio.training.vocabulary import SCENE_NAMES, TIME_NAMES, WEATHER_NAMES, Language

QUESTIONS = ("scene", "time_of_day", "weather")
NOT_TAUGHT = ("object", "colour")
"""Questions of the goal that this model has not been taught; they stay null in the table."""


class Classifier(nn.Module):
    """Reads scene, time of day and weather off a picture."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in ((3, 24), (24, 48), (48, 96), (96, 128)):
            layers += [nn.Conv2d(before, after, 3, 2, 1), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers, nn.Conv2d(128, 128, 3, 1, 1), nn.BatchNorm2d(128), nn.ReLU())
        self.heads = nn.ModuleList(nn.Linear(256, len(names)) for names in (SCENE_NAMES, TIME_NAMES, WEATHER_NAMES))

    def forward(self, pictures: Tensor) -> list[Tensor]:
        """Scores, one (n, classes) tensor a question, of float pictures in [-1, 1] of any size from 64 pixels."""
        maps = self.layers(functional.interpolate(pictures, size=(64, 64), mode="area"))
        features = torch.cat([maps.mean(dim=(2, 3)), maps.amax(dim=(2, 3))], dim=1)
        return [head(features) for head in self.heads]


@dataclass(frozen=True)
class Asked:
    """Prompts and the labels, int64 (n, 3), that their pictures should show."""

    prompts: tuple[str, ...]
    labels: Tensor


def train_classifier(config: EvaluationConfig, split: RenderedSplit, folder: Path, device: torch.device) -> Classifier:
    """Train, or resume training, the classifier on renders, lightly blurred and jittered so that it reads shapes."""
    torch.manual_seed(0)
    classifier = Classifier()
    trainee = Trainee(classifier, config.classifier, folder, device)
    labels = torch.from_numpy(split.labels())

    def losses_of(step: int) -> Losses:
        indices = batch_indices(len(labels), config.classifier.batch_size, step, seed=31)
        pictures = _vary(to_float(split.pictures[indices.numpy()]), step_generator(step, 32))
        scores = classifier(pictures.to(device))
        wanted = labels[indices].to(device)
        total = sum(
            (functional.cross_entropy(score, wanted[:, i]) for i, score in enumerate(scores)),
            start=scores[0].new_zeros(()),
        )
        return {"loss": total}

    train(trainee, losses_of)
    trainee.averaged()
    return classifier


@torch.no_grad()
def accuracy(classifier: Classifier, pictures: Tensor, labels: Tensor) -> dict[str, float]:
    """Share of pictures, float (n, 3, h, w) in [-1, 1], that the classifier reads as ``labels``, by question."""
    device = next(classifier.parameters()).device
    right = torch.zeros(len(QUESTIONS))
    for part in in_batches(len(pictures), 64):
        scores = classifier.eval()(pictures[part].to(device))
        right += torch.tensor(
            [float((score.argmax(dim=1).cpu() == labels[part, i]).sum()) for i, score in enumerate(scores)]
        )
    return {name: round(float(value) / len(pictures), 4) for name, value in zip(QUESTIONS, right, strict=True)}


def ask(samples: Sequence[Sample], language: Language, count: int) -> Asked:
    """Full captions of the first ``count`` samples: each says its time of day, and its weather unless it is clear."""
    chosen = [samples[i % len(samples)] for i in range(count)]
    rng = random.Random(f"evaluation/{language}")
    prompts = tuple(caption(sample.description, rng, language, full=True) for sample in chosen)
    return Asked(prompts, torch.tensor([sample.labels for sample in chosen]))


def evaluate(
    config: EvaluationConfig, pipeline: Pipeline, classifier: Classifier, held_out: RenderedSplit
) -> dict[str, Any]:
    """Draw held-out captions and read them back; returns the table that is kept as ``evaluation.json``."""
    half = config.pictures // 2
    english = _read_drawn(config, pipeline, classifier, ask(held_out.samples, "en", half), seed=1000)
    chinese = _read_drawn(config, pipeline, classifier, ask(held_out.samples, "zh", half), seed=1000)
    both = {name: round((english[name] + chinese[name]) / 2, 4) for name in QUESTIONS}
    floor = _shuffled(ask(held_out.samples, "en", max(2, half // 2)))
    renders, labels = to_float(held_out.pictures), torch.from_numpy(held_out.labels())
    returned = round_trip(pipeline.vae, renders.to(pipeline.device)).cpu()
    return {
        "pictures": 2 * half,
        "inference_steps": config.inference_steps,
        "guidance_scale": config.guidance_scale,
        **both,
        **dict.fromkeys(NOT_TAUGHT),
        "english": english,
        "chinese": chinese,
        "ceiling": accuracy(classifier, returned, labels),
        "floor": _read_drawn(config, pipeline, classifier, floor, seed=1000),
        "classifier": accuracy(classifier, renders, labels),
        "round_trip_psnr": round(psnr(returned, renders), 2),
    }


def table(evaluation: dict[str, Any]) -> str:
    """The evaluation as a Markdown table, in percent."""
    rows = [
        ("drawn, all", evaluation),
        ("drawn from English", evaluation["english"]),
        ("drawn from Chinese", evaluation["chinese"]),
        ("ceiling: renders through the autoencoder", evaluation["ceiling"]),
        ("floor: captions shuffled", evaluation["floor"]),
        ("classifier on held-out renders", evaluation["classifier"]),
    ]
    lines = ["| pictures | scene | time of day | weather |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {title} | " + " | ".join(f"{100 * row[name]:.1f}" for name in QUESTIONS) + " |" for title, row in rows
    ]
    return "\n".join(lines)


def _read_drawn(
    config: EvaluationConfig, pipeline: Pipeline, classifier: Classifier, asked: Asked, seed: int
) -> dict[str, float]:
    drawn = draw_pictures(
        pipeline,
        asked.prompts,
        seed=seed,
        steps=config.inference_steps,
        guidance_scale=config.guidance_scale,
    )
    return accuracy(classifier, drawn, asked.labels)


def _shuffled(asked: Asked) -> Asked:
    order = np.random.default_rng(0).permutation(len(asked.prompts))
    return Asked(asked.prompts, asked.labels[torch.from_numpy(order)])


def _vary(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Blur, shade and roughen a batch a little, so that the autoencoder's softness does not mislead the classifier."""
    if torch.rand((), generator=generator) < 0.5:
        pictures = functional.avg_pool2d(pictures, 3, 1, 1)
    shade = 1 + 0.1 * torch.randn((len(pictures), 3, 1, 1), generator=generator)
    return pictures * shade + 0.05 * torch.randn(pictures.shape, generator=generator)
