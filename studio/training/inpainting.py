"""Step 4: how well the model inpaints: a thing is drawn into a scene, read by the classifier, and its seam measured."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from studio.training.autoencoder import to_float
from studio.training.captions import caption
from studio.training.configuration import DataConfig
from studio.training.data import Pictures, Sample, make_sample, render
from studio.training.evaluation import Classifier, read, score
from studio.training.grammar import Description

Mask = npt.NDArray[np.bool_]

_MARGIN = 10
"""Pixels of a 256 px picture that a mask reaches beyond the thing, as a person would paint it."""


@dataclass(frozen=True)
class InpaintTask:
    """One picture to inpaint.

    ``picture`` is uint8 RGB (h, w, 3), ``mask`` bool (h, w), true where to draw.
    """

    picture: Pictures
    mask: Mask
    prompt: str
    seed: int


Inpainter = Callable[[InpaintTask], Pictures]
"""Draws inside a mask and returns the whole picture, uint8 RGB (h, w, 3)."""


@dataclass(frozen=True)
class Pair:
    """The same scene without and with a thing, uint8 (3, side, side), and the mask around the thing."""

    sample: Sample
    without: Pictures
    complete: Pictures
    mask: Mask


def make_pairs(config: DataConfig, count: int) -> list[Pair]:
    """The first ``count`` held-out scenes that hold one thing in a colour."""
    pairs: list[Pair] = []
    index = 0
    while len(pairs) < count:
        sample = make_sample(config, "held-out", index)
        index += 1
        subject = sample.description.subject
        if subject is not None and subject.count == 1:
            pairs.append(_pair(sample, config.resolution))
    return pairs


def evaluate_inpainting(inpaint: Inpainter, classifier: Classifier, pairs: list[Pair]) -> dict[str, Any]:
    """Inpaint every pair's thing. Shares of 1 for what is read, and colour differences across the mask's edge, 0..255.

    ``seam_ratio`` is that of the inpainted pictures over that of renders of the same scene with the thing.
    """
    drawn = [inpaint(_task(pair, index)) for index, pair in enumerate(pairs)]
    pictures = to_float(np.stack([picture.transpose(2, 0, 1) for picture in drawn]))
    answers = read(classifier, pictures)
    labels = torch.tensor([pair.sample.labels for pair in pairs])
    seam = float(np.mean([edge_step(picture, pair.mask) for picture, pair in zip(drawn, pairs, strict=True)]))
    true_seam = float(np.mean([edge_step(pair.complete.transpose(1, 2, 0), pair.mask) for pair in pairs]))
    row = score(answers, labels)
    return {
        "pairs": len(pairs),
        "object": row["object"],
        "colour": row["colour"],
        "seam": round(seam, 2),
        "render_seam": round(true_seam, 2),
        "seam_ratio": round(seam / max(true_seam, 1e-6), 3),
    }


def edge_step(picture: Pictures, mask: Mask) -> float:
    """Mean absolute colour difference, 0..255, of neighbouring pixels of (h, w, 3) across a mask's edge."""
    values = picture.astype(np.float64)
    across = np.abs(values[:, 1:] - values[:, :-1]).mean(axis=2)[mask[:, 1:] != mask[:, :-1]]
    down = np.abs(values[1:] - values[:-1]).mean(axis=2)[mask[1:] != mask[:-1]]
    steps = np.concatenate([across, down])
    return float(steps.mean()) if steps.size else 0.0


def _pair(sample: Sample, side: int) -> Pair:
    complete = render(sample.description, side)
    without = render(_without_thing(sample.description), side)
    changed = np.abs(complete.astype(int) - without).max(axis=0) > 8
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    margin = max(1, round(_MARGIN * side / 256))
    mask = np.zeros((side, side), dtype=np.bool_)
    mask[max(0, rows[0] - margin) : rows[-1] + 1 + margin, max(0, columns[0] - margin) : columns[-1] + 1 + margin] = (
        True
    )
    return Pair(sample, without, complete, mask)


def _without_thing(description: Description) -> Description:
    return replace(description, subject=None)


def _task(pair: Pair, index: int) -> InpaintTask:
    rng = random.Random(f"inpainting/{index}")
    prompt = caption(pair.sample.description, rng, "en" if index % 2 == 0 else "zh", full=True)
    return InpaintTask(np.ascontiguousarray(pair.without.transpose(1, 2, 0)), pair.mask, prompt, 2000 + index)
