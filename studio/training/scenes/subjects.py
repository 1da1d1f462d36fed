"""Where a thing stands in a scene, how large, and in what light."""

from __future__ import annotations

import random
from dataclasses import dataclass

from studio.training.scenes.grammar import Description, Subject
from studio.training.scenes.icons import FILL, ICON_SIDE, Icons
from studio.training.scenes.palettes import Light, mix
from studio.training.scenes.sketch import SIDE, Point, Sketch
from studio.training.scenes.vocabulary import COLOURS, PLAIN, THINGS

_THINGS = {thing.name: thing for thing in THINGS}
_SHADES = {colour.name: colour.shade for colour in COLOURS}
_FLOATING = frozenset({"underwater", "space", PLAIN, "night sky"})
_WIDTHS = {"small": (20.0, 34.0), "": (50.0, 60.0), "big": (74.0, 88.0)}
"""Widths of a single thing in units of the sketch."""
_SHRUNK = {1: 1.0, 2: 0.74, 3: 0.58}
"""What a thing shrinks to when there are more of it."""
_MIDDLES = {"left": (30.0, 40.0), "middle": (60.0, 68.0), "right": (88.0, 98.0), "": (54.0, 74.0)}
_LIT = 0.3
"""How much of the scene's light falls on a thing: enough to belong, little enough to keep its colour."""


@dataclass(frozen=True)
class Arrangement:
    """Width of each copy of a thing, and the middles of all copies, in units of the sketch."""

    width: float
    middles: tuple[Point, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom around all copies, as shares of the picture's side."""
        across, down = zip(*self.middles, strict=True)
        half = self.width / 2
        edges = (min(across) - half, min(down) - half, max(across) + half, max(down) + half)
        left, top, right, bottom = (min(1.0, max(0.0, edge / SIDE)) for edge in edges)
        return left, top, right, bottom


def arrange(description: Description) -> Arrangement | None:
    """Where the description's thing stands in the finished picture, or ``None`` if it names none."""
    subject = description.subject
    if subject is None:
        return None
    rng = random.Random(description.seed + 1)
    low, high = _WIDTHS[subject.size]
    width = rng.uniform(low, high) * _SHRUNK[subject.count]
    return Arrangement(width, tuple(_positions(subject, description.combination.scene, width, rng)))


def draw_subject(sketch: Sketch, description: Description, light: Light, icons: Icons) -> None:
    """Draw the description's thing, if it names one, before what stands already."""
    subject, scene, arrangement = description.subject, description.combination.scene, arrange(description)
    if subject is None or arrangement is None:
        return
    body, width = _dressed(subject, light, icons, sticker=scene == PLAIN), arrangement.width
    for x, y in arrangement.middles:
        if scene not in _FLOATING and not _THINGS[subject.thing].flies:
            sketch.ellipse(x, y + width * 0.45, width * 0.42, width * 0.07, "#101828", opacity=0.28)
        sketch.place(body, (x - width / 2, y - width / 2), width / ICON_SIDE)


def _positions(subject: Subject, scene: str, width: float, rng: random.Random) -> list[Point]:
    """Middles of all copies, left to right, inside the picture."""
    low, high = _MIDDLES[subject.place]
    gap = width * 1.04
    half = (subject.count - 1) / 2
    margin = width * 0.5 + half * gap
    middle = min(max(rng.uniform(low, high), margin), SIDE - margin)
    y = _height(subject, scene, width, rng)
    return [(middle + (index - half) * gap, y + rng.uniform(-2, 2)) for index in range(subject.count)]


def _height(subject: Subject, scene: str, width: float, rng: random.Random) -> float:
    if scene in _FLOATING:
        return rng.uniform(58, 70)
    if _THINGS[subject.thing].flies and scene != "room":
        return max(width / 2 + 2, rng.uniform(36, 56))
    return rng.uniform(108, 120) - width * 0.45


def _dressed(subject: Subject, light: Light, icons: Icons, *, sticker: bool) -> str:
    """The drawing in the scene's light with a dark outline, and around that a white one for a sticker."""
    body = icons.painted(subject.thing, subject.colour)
    lit = FILL.sub(lambda match: mix(match[0], light.on(match[0]), _LIT), body)
    edge = light.on(mix(_SHADES.get(subject.colour, "#8a7f78"), "#141428", 0.72))
    outline = f'<g stroke="{edge}" stroke-width="1.5" stroke-linejoin="round">{lit}</g>'
    rim = f'<g stroke="#ffffff" stroke-width="4.4" stroke-linejoin="round">{lit}</g>' if sticker else ""
    return f"{rim}{outline}{lit}"
