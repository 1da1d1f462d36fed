"""Colours and the light that a time of day and a weather throw on them."""

from __future__ import annotations

import colorsys
import random
from dataclasses import dataclass

Sky = tuple[str, str, str]
"""Colours of the sky: at the top, in the middle, at the horizon."""

_SKIES: dict[str, tuple[Sky, ...]] = {
    "sunrise": (
        ("#7fa8e8", "#f9c6cf", "#ffe9b0"),
        ("#8f9fe6", "#f6b3cb", "#ffe3a6"),
        ("#86c5e6", "#fbd5b8", "#fff0bd"),
    ),
    "noon": (
        ("#2f8fe6", "#6fc0f5", "#d3f0fc"),
        ("#1f7fd6", "#57aef0", "#c6e8fb"),
        ("#38a5e8", "#86d2f4", "#e0f7fb"),
    ),
    "sunset": (
        ("#4a2f86", "#e0517a", "#ffb04a"),
        ("#6a2c7d", "#f0644f", "#ffc04d"),
        ("#8a2f5f", "#f5743d", "#ffd05a"),
    ),
    "night": (
        ("#0a1030", "#17235a", "#35468c"),
        ("#0d0d33", "#241f5c", "#4a3f8a"),
        ("#071a33", "#123a63", "#2a5f8c"),
    ),
}

_TINTS = {
    "sunrise": ("#ffd3c4", 0.55),
    "noon": ("#ffffff", 0.0),
    "sunset": ("#ff8a5c", 0.6),
    "night": ("#4058a8", 0.88),
}
_GREYS = {"rain": "#8794a6", "snow": "#d3dde8", "fog": "#dde3e8"}
_GREYING = {"clear": 0.0, "clouds": 0.05, "rain": 0.5, "snow": 0.45, "fog": 0.5}


@dataclass(frozen=True)
class Light:
    """The colours of one picture: its sky, and how things in it are tinted."""

    time_of_day: str
    weather: str
    sky: Sky
    tint: str
    tint_strength: float
    grey: str
    greying: float

    def on(self, colour: str, depth: float = 0.0) -> str:
        """Return a daylight ``colour`` as this light shows it, faded into the horizon by ``depth`` in 0..1."""
        lit = mix(colour, multiply(colour, self.tint), self.tint_strength)
        greyed = mix(lit, self.grey, self.greying * 0.45)
        return mix(greyed, self.sky[2], depth)


def light_of(time_of_day: str, weather: str, rng: random.Random) -> Light:
    """Choose the light of a picture among the palettes of its time of day."""
    tint, strength = _TINTS[time_of_day]
    plain = _GREYS.get(weather, "#ffffff")
    grey = mix(plain, multiply(plain, tint), strength)
    greying = _GREYING[weather]
    top, middle, low = (mix(colour, grey, greying) for colour in rng.choice(_SKIES[time_of_day]))
    return Light(time_of_day, weather, (top, middle, low), tint, strength, grey, greying)


def mix(first: str, second: str, share: float) -> str:
    """Blend two ``#rrggbb`` colours; ``share`` in 0..1 is that of the second."""
    return _hex(a + (b - a) * share for a, b in zip(rgb(first), rgb(second), strict=True))


def multiply(first: str, second: str) -> str:
    """Multiply two ``#rrggbb`` colours as filters do."""
    return _hex(a * b / 255 for a, b in zip(rgb(first), rgb(second), strict=True))


def luminance(colour: str) -> float:
    """How light a ``#rrggbb`` or ``#rgb`` colour looks, 0..1, by the weights of Rec. 709."""
    red, green, blue = rgb(colour)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def saturation_and_hue(colour: str) -> tuple[float, float]:
    """Chroma, 0..1, and hue, 0..1 round the circle, of a ``#rrggbb`` or ``#rgb`` colour."""
    red, green, blue = (value / 255 for value in rgb(colour))
    hue, _, _ = colorsys.rgb_to_hsv(red, green, blue)
    return max(red, green, blue) - min(red, green, blue), hue


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0..255, of a ``#rrggbb`` or ``#rgb`` colour."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _hex(channels: object) -> str:
    return "#" + "".join(f"{min(255, max(0, round(value))):02x}" for value in channels)  # type: ignore[attr-defined]
