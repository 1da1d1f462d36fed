"""A small SVG writer: shapes and gradients on a square of 128 units."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

SIDE = 128.0
"""Width and height of every drawing, in its own units."""

Point = tuple[float, float]
Stop = tuple[float, str, float]
"""Offset in 0..1, colour, opacity in 0..1."""


class Sketch:
    """Collects shapes, back to front, and writes them as one SVG document."""

    def __init__(self) -> None:
        self._definitions: list[str] = []
        self._shapes: list[str] = []

    def vertical(self, *stops: str) -> str:
        """Define a gradient from top to bottom with evenly spread colours; returns its paint."""
        last = max(1, len(stops) - 1)
        return self.linear([(i / last, colour, 1.0) for i, colour in enumerate(stops)])

    def linear(self, stops: Iterable[Stop]) -> str:
        """Define a gradient from top to bottom; returns its paint."""
        return self._define(stops, "linearGradient", 'x1="0" y1="0" x2="0" y2="1"')

    def radial(self, stops: Iterable[Stop]) -> str:
        """Define a gradient from the middle outward; returns its paint."""
        return self._define(stops, "radialGradient", "")

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str, *, opacity: float = 1.0) -> None:
        """Draw an upright rectangle."""
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{_faded(opacity)}/>'
        )

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str, *, opacity: float = 1.0) -> None:
        """Draw an ellipse around (x, y)."""
        self._shapes.append(
            f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"{_faded(opacity)}/>'
        )

    def circle(self, x: float, y: float, radius: float, fill: str, *, opacity: float = 1.0) -> None:
        """Draw a disc around (x, y)."""
        self.ellipse(x, y, radius, radius, fill, opacity=opacity)

    def polygon(self, points: Sequence[Point], fill: str, *, opacity: float = 1.0) -> None:
        """Fill the outline through ``points``."""
        outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._shapes.append(f'<polygon points="{outline}" fill="{fill}"{_faded(opacity)}/>')

    def line(self, points: Sequence[Point], stroke: str, width: float, *, opacity: float = 1.0) -> None:
        """Stroke the line through ``points`` with round ends."""
        outline = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._shapes.append(
            f'<polyline points="{outline}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}" '
            f'stroke-linecap="round" stroke-linejoin="round"{_faded(opacity)}/>'
        )

    def place(self, body: str, at: Point, scale: float) -> None:
        """Put a drawing of other units with its origin at ``at``, scaled."""
        self._shapes.append(f'<g transform="translate({at[0]:.1f} {at[1]:.1f}) scale({scale:.3f})">{body}</g>')

    def below(self, ridge: Sequence[Point], fill: str, *, opacity: float = 1.0) -> None:
        """Fill everything below ``ridge``, a line from the left edge to the right one."""
        self.polygon([*ridge, (SIDE, SIDE), (0.0, SIDE)], fill, opacity=opacity)

    def svg(self) -> str:
        """Return the document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE:.0f} {SIDE:.0f}">'
            f"<defs>{''.join(self._definitions)}</defs>{''.join(self._shapes)}</svg>"
        )

    def _define(self, stops: Iterable[Stop], kind: str, attributes: str) -> str:
        name = f"g{len(self._definitions)}"
        inside = "".join(
            f'<stop offset="{offset:.2f}" stop-color="{colour}" stop-opacity="{opacity:.2f}"/>'
            for offset, colour, opacity in stops
        )
        self._definitions.append(f'<{kind} id="{name}" {attributes}>{inside}</{kind}>')
        return f"url(#{name})"


def wave(y: float, height: float, length: float, phase: float, *, slope: float = 0.0) -> list[Point]:
    """A sine line across the picture. ``slope`` is how much lower its right end lies."""
    xs = [i * 4.0 for i in range(33)]
    return [(x, y + slope * x / SIDE + height * math.sin(2 * math.pi * x / length + phase)) for x in xs]


def hills(y: float, height: float, rng: random.Random) -> list[Point]:
    """A smooth rolling line across the picture around ``y``."""
    first = wave(0, height, rng.uniform(90, 170), rng.uniform(0, 6.3))
    second = wave(0, height * 0.35, rng.uniform(45, 70), rng.uniform(0, 6.3))
    return [(x, y + a + b) for (x, a), (_, b) in zip(first, second, strict=True)]


def _faded(opacity: float) -> str:
    return "" if opacity >= 1.0 else f' opacity="{opacity:.2f}"'
