"""How well pictures keep to the lines that a control network is given, and the network's card."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from studio.training.configuration import DataConfig
from studio.training.measuring.edges import REACH, mean_f_score
from studio.training.scenes.captions import caption
from studio.training.scenes.data import Pictures, make_sample, render
from studio.training.scenes.lines import Lines, Preprocess

FIGURES_FILE: Final = "evaluation.json"

Values = Mapping[str, float]


@dataclass(frozen=True)
class Reading:
    """A kind of guide: which filter makes its lines of a picture, and which the thin ones by which it is judged."""

    kind: str
    guide: str
    judge: str
    thin: Values


READINGS: Final = (
    Reading("canny", "guide_canny", "guide_canny", {}),
    Reading("scribble", "guide_scribble", "guide_scribble", {"width": 1}),
    Reading("softedge", "guide_soft_lines", "guide_canny", {}),
)
"""With the preprocessors as they are where nobody changes them."""


@dataclass(frozen=True)
class Wanted:
    """A render that the model never saw, or a part of one, uint8 RGB (h, w, 3), with words for it and a seed."""

    picture: Pictures
    prompt: str
    seed: int


@dataclass(frozen=True)
class ControlTask:
    """Pictures to draw: ``lines``, uint8 (h, w), for each of the ``wanted``, or ``None`` to draw without any."""

    wanted: tuple[Wanted, ...]
    lines: tuple[Lines, ...] | None = None
    in_four_steps: bool = False


Draw = Callable[[ControlTask], Sequence[Pictures]]
"""Draws a task, uint8 RGB (h, w, 3) each."""


def wanted_pictures(config: DataConfig, count: int, *, framed: bool = True) -> tuple[Wanted, ...]:
    """The first ``count`` held-out renders; English and Chinese take turns.

    The words for a whole render tell much of where things stand, as the model knows where its scenes have them. What
    is ``framed`` is a part of a render, anywhere in it: there it is the lines that tell.
    """
    return tuple(_wanted(config, index, framed=framed) for index in range(count))


@dataclass(frozen=True)
class Row:
    """One round of drawing: parts of renders or whole ones, after lines of some kinds, in full or in four steps."""

    name: str
    title: str
    readings: tuple[Reading, ...]
    framed: bool = True
    in_four_steps: bool = False


ROWS: Final = (
    Row("parts", "parts of renders", READINGS),
    Row("parts_in_four_steps", "the same in four steps", READINGS, in_four_steps=True),
    Row("whole", "whole renders", READINGS[:1], framed=False),
)


def measure_control(
    draw: Draw, preprocess: Preprocess, config: DataConfig, count: int, keep: Callable[[Pictures], Pictures]
) -> dict[str, Any]:
    """Mean F-scores of ``count`` pictures for all ``ROWS``, by their names and kinds.

    ``guided`` is with the lines, ``free`` without them from the same words and seed; ``ceiling`` is that of the renders
    as ``keep``, the autoencoder, gives them back, uint8 RGB (h, w, 3).
    """
    figures: dict[str, Any] = {"pictures": count, "reach": REACH}
    for row in ROWS:
        wanted = wanted_pictures(config, count, framed=row.framed)
        kept = [keep(each.picture) for each in wanted]
        free = draw(ControlTask(wanted, in_four_steps=row.in_four_steps))
        figures[row.name] = {}
        for reading in row.readings:
            lines = tuple(preprocess(reading.guide, each.picture, {}) for each in wanted)
            guided = draw(ControlTask(wanted, lines, in_four_steps=row.in_four_steps))
            figures[row.name][reading.kind] = {
                "guided": _score(reading, preprocess, guided, wanted),
                "free": _score(reading, preprocess, free, wanted),
                "ceiling": _score(reading, preprocess, kept, wanted),
            }
    return figures


def control_table(figures: Mapping[str, Any]) -> str:
    """The measurements as a table in Markdown."""
    lines = ["| pictures | lines | F-score after them | without them | ceiling |", "| --- | --- | --- | --- | --- |"]
    for row in ROWS:
        for kind, scores in figures[row.name].items():
            cells = (row.title, kind, *(f"{scores[name]:.3f}" for name in ("guided", "free", "ceiling")))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write_report(folder: Path, figures: Mapping[str, Any], card: str) -> None:
    """Write the figures and the card beside a network."""
    (folder / FIGURES_FILE).write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    (folder / "README.md").write_text(card, "utf-8")


def _wanted(config: DataConfig, index: int, *, framed: bool) -> Wanted:
    sample = make_sample(config, "held-out", index)
    rng = random.Random(f"control/{index}")
    words = caption(sample.description, rng, "en" if index % 2 == 0 else "zh", full=True)
    side = config.resolution
    picture = render(sample.description, 2 * side if framed else side).transpose(1, 2, 0)
    return Wanted(_part(picture, side, rng) if framed else np.ascontiguousarray(picture), words, 3000 + index)


def _part(picture: Pictures, side: int, rng: random.Random) -> Pictures:
    """A square of 60 to 85 percent of a square picture, somewhere in it, at ``side`` x ``side`` pixels."""
    whole = len(picture)
    seen = round(rng.uniform(0.6, 0.85) * whole)
    top, left = rng.randint(0, whole - seen), rng.randint(0, whole - seen)
    part = np.ascontiguousarray(picture[top : top + seen, left : left + seen])
    return np.asarray(cv2.resize(part, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def _score(reading: Reading, preprocess: Preprocess, drawn: Sequence[Pictures], wanted: Sequence[Wanted]) -> float:
    def lines(picture: Pictures) -> Lines:
        return preprocess(reading.judge, picture, reading.thin)

    pairs = [(lines(made), lines(each.picture)) for made, each in zip(drawn, wanted, strict=True)]
    return round(mean_f_score(pairs), 4)
