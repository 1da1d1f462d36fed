"""Step 4: how well the model inpaints: a thing is drawn into a scene, read by the classifier, and its seam measured."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count as counted
from itertools import islice
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import torch

from studio.training.configuration import DataConfig
from studio.training.measuring.evaluation import Classifier, read, score
from studio.training.networks.autoencoder import to_float
from studio.training.scenes.captions import caption, thing_alone
from studio.training.scenes.data import Pictures, Sample, make_sample, render
from studio.training.scenes.grammar import Description, Subject
from studio.training.scenes.vocabulary import Language

Mask = npt.NDArray[np.bool_]

_MARGIN, _SMALL_MARGIN = 10, 4
"""Pixels of a 256 px picture that a mask reaches beyond a thing, as a person would paint it, and a small one."""

_SMALLEST, _LARGEST = 45, 60
"""How long the longer side of a small mask is, in pixels of a 256 px picture."""

_RING = 4
"""Pixels along the inside of a mask where the ground is looked at: narrower than the margin."""


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
    return [_pair(sample, config.resolution) for sample, _ in islice(_with_one_thing(config), count)]


def make_small_pairs(config: DataConfig, count: int) -> list[Pair]:
    """As many held-out scenes with a thing so small that its mask is 45 to 60 pixels of 256 wide or high."""
    return list(islice(_small_pairs(config), count))


def _small_pairs(config: DataConfig) -> Iterator[Pair]:
    for sample, subject in _with_one_thing(config):
        small = replace(sample, description=replace(sample.description, subject=replace(subject, size="small")))
        pair = _pair(small, config.resolution, margin=_SMALL_MARGIN)
        longest = max(int(pair.mask.any(axis=axis).sum()) for axis in (0, 1))
        if _SMALLEST <= longest * 256 / config.resolution <= _LARGEST:
            yield pair


def _with_one_thing(config: DataConfig) -> Iterator[tuple[Sample, Subject]]:
    """Held-out scenes that hold one thing in a colour, without end."""
    for index in counted():
        sample = make_sample(config, "held-out", index)
        subject = sample.description.subject
        if subject is not None and subject.count == 1:
            yield sample, subject


def evaluate_alone(inpaint: Inpainter, classifier: Classifier, pairs: list[Pair]) -> dict[str, Any]:
    """Inpaint every pair's thing from words that name it alone.

    ``object`` and ``colour`` are shares of 1 read close to the mask, ``ceiling`` is what is read there off renders and
    ``floor`` off pictures of another pair. ``ground`` is how far the drawn ground is off the known one along the inside
    of the mask, mean over 0..255 levels.
    """
    drawn = [inpaint(_task(pair, index, alone=True)) for index, pair in enumerate(pairs)]
    labels = torch.tensor([pair.sample.labels for pair in pairs])
    answers = read(classifier, _close(drawn, pairs))
    row = score(answers, labels)
    true = read(classifier, _close([pair.complete.transpose(1, 2, 0) for pair in pairs], pairs))
    return {
        "pairs": len(pairs),
        "object": row["object"],
        "colour": row["colour"],
        "ceiling": score(true, labels)["object"],
        "floor": score(answers, labels.roll(1, 0))["object"],
        "ground": round(float(np.mean([_ground_off(made, pair) for made, pair in zip(drawn, pairs, strict=True)])), 2),
    }


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


def _close(pictures: list[Pictures], pairs: list[Pair]) -> torch.Tensor:
    """Windows of half the side around the masks, float (n, 3, side / 2, side / 2) in [-1, 1], for small things."""
    windows = []
    for picture, pair in zip(pictures, pairs, strict=True):
        half = len(pair.mask) // 2
        rows, columns = (np.flatnonzero(pair.mask.any(axis=axis)) for axis in (1, 0))
        top, left = (
            int(np.clip((places[0] + places[-1]) // 2 - half // 2, 0, len(pair.mask) - half))
            for places in (rows, columns)
        )
        windows.append(picture[top : top + half, left : left + half].transpose(2, 0, 1))
    return to_float(np.stack(windows))


def _ground_off(picture: Pictures, pair: Pair) -> float:
    mask = pair.mask.astype(np.uint8)
    ring = pair.mask & (cv2.erode(mask, np.ones((2 * _RING + 1, 2 * _RING + 1), np.uint8)) == 0)
    return float(np.abs(picture.astype(int) - pair.without.transpose(1, 2, 0))[ring].mean()) if ring.any() else 0.0


def _pair(sample: Sample, side: int, *, margin: int = _MARGIN) -> Pair:
    complete = render(sample.description, side)
    without = render(_without_thing(sample.description), side)
    changed = np.abs(complete.astype(int) - without).max(axis=0) > 8
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    margin = max(1, round(margin * side / 256))
    mask = np.zeros((side, side), dtype=np.bool_)
    mask[max(0, rows[0] - margin) : rows[-1] + 1 + margin, max(0, columns[0] - margin) : columns[-1] + 1 + margin] = (
        True
    )
    return Pair(sample, without, complete, mask)


def _without_thing(description: Description) -> Description:
    return replace(description, subject=None)


def _task(pair: Pair, index: int, *, alone: bool = False) -> InpaintTask:
    rng = random.Random(f"inpainting/{index}")
    language: Language = "en" if index % 2 == 0 else "zh"
    description = pair.sample.description
    if alone and description.subject is not None:
        prompt = thing_alone(description.subject, rng, language)
    else:
        prompt = caption(description, rng, language, full=True)
    return InpaintTask(np.ascontiguousarray(pair.without.transpose(1, 2, 0)), pair.mask, prompt, 2000 + index)
