"""Step 4, the measuring half: a classifier taught on renders alone reads the pictures that the model draws."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from studio.training.configuration import EvaluationConfig
from studio.training.measuring.distances import frechet_distance, precision_and_recall
from studio.training.networks.autoencoder import psnr, round_trip, to_float
from studio.training.networks.libraries import Pipeline
from studio.training.networks.loop import (
    Losses,
    Trainee,
    batch_indices,
    half_precision,
    in_batches,
    step_generator,
    train,
)
from studio.training.networks.reading import Readers, reading_loss
from studio.training.networks.sampling import draw_pictures
from studio.training.scenes.captions import caption
from studio.training.scenes.data import NO_ANSWER, QUESTIONS, RenderedSplit, Sample
from studio.training.scenes.vocabulary import Language

Row = dict[str, float | None]
"""Share of right answers by question; ``None`` where nothing was asked."""

_READ_SIDE = 96
_LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Classifier(nn.Module):
    """Reads the answers to ``QUESTIONS`` off a picture."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after, stride in ((3, 32, 2), (32, 64, 2), (64, 96, 2), (96, 160, 1), (160, 192, 2), (192, 192, 1)):
            layers += [nn.Conv2d(before, after, 3, stride, 1), nn.BatchNorm2d(after), nn.ReLU()]
        self.layers = nn.Sequential(*layers)
        self.readers = Readers(2 * 192)

    def features(self, pictures: Tensor) -> Tensor:
        """What the answers are read from, float (n, 384), of float pictures in [-1, 1] of any size from 64 pixels."""
        maps = self.layers(_shrink(pictures))
        return torch.cat([maps.mean(dim=(2, 3)), maps.amax(dim=(2, 3))], dim=1)

    def forward(self, pictures: Tensor) -> list[Tensor]:
        """Scores, one (n, answers) tensor a question, of pictures as :meth:`features` takes them."""
        scores: list[Tensor] = self.readers(self.features(pictures))
        return scores


@dataclass(frozen=True)
class Asked:
    """Prompts and the labels, int64 (n, questions), that their pictures should show."""

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
        pictures = _shrink(to_float(split.pictures[indices.numpy()]))
        pictures = _vary(pictures, step_generator(step, 32))
        with half_precision(device):
            scores = [score.float() for score in classifier(pictures.to(device))]
        return {"loss": reading_loss(scores, labels[indices].to(device))}

    train(trainee, losses_of)
    trainee.averaged()
    return classifier


@torch.no_grad()
def describe(classifier: Classifier, pictures: Tensor) -> Tensor:
    """The classifier's features of pictures, float (n, 3, h, w) in [-1, 1]: float (n, 384)."""
    device = next(classifier.parameters()).device
    parts = in_batches(len(pictures), 64)
    return torch.cat([classifier.eval().features(pictures[part].to(device)).cpu() for part in parts])


@torch.no_grad()
def read(classifier: Classifier, pictures: Tensor) -> Tensor:
    """What the classifier reads off pictures, float (n, 3, h, w) in [-1, 1]: int64 (n, questions)."""
    device = next(classifier.parameters()).device
    answers = []
    for part in in_batches(len(pictures), 64):
        scores = classifier.eval()(pictures[part].to(device))
        answers.append(torch.stack([score.argmax(dim=1).cpu() for score in scores], dim=1))
    return torch.cat(answers)


def score(answers: Tensor, labels: Tensor) -> Row:
    """Share of answers that are the labels, by question, over the pictures that the question was asked of."""
    row: Row = {}
    for index, name in enumerate(QUESTIONS):
        asked = labels[:, index] != NO_ANSWER
        right = (answers[asked, index] == labels[asked, index]).float()
        row[name] = round(float(right.mean()), 4) if len(right) else None
    return row


def ask(samples: Sequence[Sample], language: Language, count: int) -> Asked:
    """Full captions of the first ``count`` samples: each says its time of day, and its weather unless it is clear."""
    chosen = [samples[i % len(samples)] for i in range(count)]
    rng = random.Random(f"evaluation/{language}")
    prompts = tuple(caption(sample.description, rng, language, full=True) for sample in chosen)
    return Asked(prompts, torch.tensor([sample.labels for sample in chosen]))


def evaluate(
    config: EvaluationConfig,
    pipeline: Pipeline,
    classifier: Classifier,
    held_out: RenderedSplit,
    *,
    four_steps: Pipeline | None = None,
) -> dict[str, Any]:
    """Draw held-out captions and read them back; returns the table that is kept as ``evaluation.json``.

    ``four_steps`` is the model with its few-step weights and their scheduler; its row is left out without it.
    """
    half = config.pictures // 2
    questions = {language: ask(held_out.samples, language, half) for language in _LANGUAGES}
    labels = torch.cat([asked.labels for asked in questions.values()])
    drawn = _draw(pipeline, questions, steps=config.inference_steps, guidance_scale=config.guidance_scale)
    answers = read(classifier, drawn)
    renders, true_labels = to_float(held_out.pictures), torch.from_numpy(held_out.labels())
    returned = round_trip(pipeline.vae, renders.to(pipeline.device)).cpu()
    truth = describe(classifier, renders)
    result: dict[str, Any] = {
        "pictures": 2 * half,
        "inference_steps": config.inference_steps,
        "guidance_scale": config.guidance_scale,
        **score(answers, labels),
        "asked": {name: int((labels[:, i] != NO_ANSWER).sum()) for i, name in enumerate(QUESTIONS)},
        "english": score(answers[:half], labels[:half]),
        "chinese": score(answers[half:], labels[half:]),
        "ceiling": score(read(classifier, returned), true_labels),
        "floor": score(answers, labels[derangement(len(labels))]),
        "classifier": score(read(classifier, renders), true_labels),
        "round_trip_psnr": round(psnr(returned, renders), 2),
        "distance": {
            "drawn": frechet_distance(describe(classifier, drawn), truth),
            "ceiling": frechet_distance(describe(classifier, returned), truth),
        },
        "cloud": {
            "drawn": precision_and_recall(describe(classifier, drawn), truth),
            "ceiling": precision_and_recall(describe(classifier, returned), truth),
        },
    }
    if four_steps is not None:
        quick = _draw(four_steps, questions, steps=4, guidance_scale=1.0)
        result["four_steps"] = score(read(classifier, quick), labels)
        result["distance"]["four_steps"] = frechet_distance(describe(classifier, quick), truth)
        result["cloud"]["four_steps"] = precision_and_recall(describe(classifier, quick), truth)
    return result


def _draw(pipeline: Pipeline, questions: Mapping[Language, Asked], *, steps: int, guidance_scale: float) -> Tensor:
    """Pictures of all prompts, those of the first language first, each language from the same seeds."""
    return torch.cat(
        [
            draw_pictures(pipeline, asked.prompts, seed=1000, steps=steps, guidance_scale=guidance_scale)
            for asked in questions.values()
        ]
    )


def derangement(count: int) -> Tensor:
    """An order in which no place keeps its own: every picture is held against another one's caption."""
    order = np.random.default_rng(0).permutation(count)
    shifted = np.empty(count, dtype=np.int64)
    shifted[order] = np.roll(order, 1)
    return torch.from_numpy(shifted)


def _shrink(pictures: Tensor) -> Tensor:
    return functional.interpolate(pictures, size=(_READ_SIDE, _READ_SIDE), mode="area")


def _vary(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Blur, shade and roughen a batch a little, so that the autoencoder's softness does not mislead the classifier."""
    if torch.rand((), generator=generator) < 0.5:
        pictures = functional.avg_pool2d(pictures, 3, 1, 1)
    shade = 1 + 0.1 * torch.randn((len(pictures), 3, 1, 1), generator=generator)
    return pictures * shade + 0.05 * torch.randn(pictures.shape, generator=generator)
