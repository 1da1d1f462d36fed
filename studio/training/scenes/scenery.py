"""Drawings of the scene grammar: layered, flat, with few large shapes that survive an eightfold compression.

Nothing is mirrored, and what no caption tells varies little in place: where two far apart answers fit the same words,
the UNet draws both of them, laid over each other.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from studio.training.scenes import props
from studio.training.scenes.grammar import TIMELESS, Description
from studio.training.scenes.icons import Icons
from studio.training.scenes.palettes import Light, light_of, mix
from studio.training.scenes.sketch import SIDE, Point, Sketch, hills, wave
from studio.training.scenes.subjects import draw_subject


@dataclass(frozen=True)
class Setting:
    """All that a scene's drawing needs."""

    sketch: Sketch
    light: Light
    rng: random.Random
    details: tuple[str, ...]

    def has(self, detail: str) -> bool:
        """Whether the description names ``detail``."""
        return detail in self.details


def draw(description: Description, icons: Icons) -> str:
    """Return the SVG of a description. The same description gives the same text."""
    rng = random.Random(description.seed)
    combination = description.combination
    light = _light(description, rng)
    setting = Setting(Sketch(), light, rng, description.details)
    _SCENES[combination.scene](setting)
    if light.weather == "fog":
        props.fog(setting.sketch, rng, mix(light.grey, "#ffffff", 0.1))
    draw_subject(setting.sketch, description, light, icons)
    _draw_fall(setting)
    return setting.sketch.svg()


def _light(description: Description, rng: random.Random) -> Light:
    combination = description.combination
    if combination.time_of_day == TIMELESS:
        return light_of("noon", "clear", rng)
    return light_of(combination.time_of_day, combination.weather, rng)


def _draw_sky(setting: Setting, horizon: float, *, sun_x: float | None = None) -> None:
    """Sky down to ``horizon``, with the sun or the moon, on the right by default, and what the weather hangs there."""
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    sketch.rectangle(0, 0, SIDE, SIDE, light.sky[2])
    sketch.rectangle(0, 0, SIDE, horizon + 6, sketch.vertical(*light.sky))
    if light.time_of_day == "night" and light.weather in ("clear", "clouds"):
        props.stars(sketch, rng, horizon * 0.8, 14)
    x = sun_x if sun_x is not None else rng.uniform(80, 104)
    if light.weather in ("clear", "clouds"):
        _draw_sun(setting, x, horizon)
    if light.weather == "clouds":
        _draw_clouds(setting, horizon, rng.randint(3, 4), light.on("#ffffff"))
    elif light.weather == "rain":
        _draw_clouds(setting, horizon * 0.62, rng.randint(4, 5), light.on("#6d7a8f"))
    elif light.weather == "snow":
        _draw_clouds(setting, horizon * 0.55, 3, light.on("#eef3f8"))


def _draw_sun(setting: Setting, x: float, horizon: float) -> None:
    sketch, rng = setting.sketch, setting.rng
    time = setting.light.time_of_day
    if time == "noon":
        props.sun(sketch, (x, rng.uniform(14, 22)), 9.5, "#fff2a0", "#fffbe0")
    elif time == "sunrise":
        props.sun(sketch, (x, horizon - rng.uniform(4, 14)), 10, "#fffbe0", "#ffe98a")
    elif time == "sunset":
        props.sun(sketch, (x, horizon - rng.uniform(1, 12)), 13.5, "#ffdf6b", "#ff9a3c")
    else:
        props.moon(sketch, x, rng.uniform(16, 28), rng.uniform(8, 10), setting.light.sky[0])


def _draw_clouds(setting: Setting, bottom: float, count: int, colour: str) -> None:
    rng = setting.rng
    for index in range(count):
        x = (index + rng.uniform(0.15, 0.85)) * SIDE / count
        props.cloud(setting.sketch, x, rng.uniform(9, max(14, bottom * 0.75)), rng.uniform(8, 12), colour)


def _draw_fall(setting: Setting) -> None:
    """What falls before everything; the fog lies behind the thing."""
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    if light.weather == "rain":
        props.rain(sketch, rng, mix(light.grey, "#ffffff", 0.45))
    elif light.weather == "snow":
        props.snowflakes(sketch, rng, mix(light.grey, "#ffffff", 0.75))


def _draw_water(setting: Setting, top: float, sun_x: float, far: str, near: str) -> None:
    """Water from ``top`` down, darker far away, with the light's reflection and a few wave lines."""
    sketch, light, rng, bottom = setting.sketch, setting.light, setting.rng, SIDE
    sketch.rectangle(0, top, SIDE, bottom - top, sketch.vertical(light.on(far, 0.15), light.on(near)))
    if light.weather in ("clear", "clouds"):
        props.glitter(sketch, sun_x, top, bottom, mix(light.sky[2], "#ffffff", 0.5))
    shine = mix(light.on(near), "#ffffff", 0.5)
    for _ in range(5):
        y = rng.uniform(top + 4, bottom - 3)
        x, length = rng.uniform(4, 100), rng.uniform(12, 26)
        sketch.line([(x, y), (x + length, y)], shine, 1.5, opacity=0.55)


def _draw_beach(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon, shore, sun_x = rng.uniform(48, 58), rng.uniform(82, 92), rng.uniform(68, 92)
    _draw_sky(setting, horizon, sun_x=sun_x)
    props.island(sketch, rng.uniform(98, 116), horizon, rng.uniform(18, 28), light.on("#5a9a6a", 0.25))
    far, near = rng.choice((("#1668b8", "#3cc7cf"), ("#1b7fc4", "#5fd8d0"), ("#1d5fa8", "#49b6dc")))
    _draw_water(setting, horizon, sun_x, far, near)
    if setting.has("sailboat"):
        props.sailboat(sketch, rng.uniform(56, 76), horizon + rng.uniform(8, 14), 1.0, light)
    phase, slope, length = rng.uniform(0, 6.3), rng.uniform(-8, 8), rng.uniform(55, 90)
    foam, sand = light.on("#ffffff"), rng.choice(("#f6dfa4", "#f2d492", "#f8e6bb"))
    sketch.below(wave(shore - 9, 2.5, length, phase + 0.8, slope=slope), mix(light.on(near), foam, 0.35))
    sketch.below(wave(shore - 3, 3.0, length, phase, slope=slope), foam)
    sketch.below(wave(shore + 1.5, 3.0, length, phase, slope=slope), light.on(mix(sand, "#b98f55", 0.35)))
    sketch.below(
        wave(shore + 6, 3.0, length, phase, slope=slope),
        sketch.vertical(light.on(sand), light.on(mix(sand, "#c89a58", 0.3))),
    )
    if setting.has("umbrella"):
        props.umbrella(sketch, rng.uniform(84, 102), rng.uniform(108, 116), light, rng)
    if setting.has("palm"):
        props.palm(sketch, (rng.uniform(18, 26), rng.uniform(114, 120)), rng.uniform(64, 74), light, rng)


def _draw_sea(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon, sun_x = rng.uniform(46, 62), rng.uniform(44, 68)
    _draw_sky(setting, horizon, sun_x=sun_x)
    _draw_water(setting, horizon, sun_x, "#1a6fb5", "#1f86c9")
    if setting.has("lighthouse"):
        props.lighthouse(sketch, rng.uniform(100, 112), horizon + 8, light)
    shades = ("#2b93d1", "#1f7fc0", "#176aa8", "#10548c")
    step = (SIDE - horizon - 14) / len(shades)
    for index, shade in enumerate(shades):
        y = horizon + 14 + index * step
        crest = wave(y, 2.2 + index * 0.8, rng.uniform(34, 50) + 5 * index, rng.uniform(0, 6.3))
        if index == 1 and setting.has("sailboat"):
            props.sailboat(sketch, rng.uniform(44, 64), y + 1, 1.6, light)
        sketch.below([(x, y - 2) for x, y in crest], mix(light.on(shade), "#ffffff", 0.45))
        sketch.below(crest, light.on(shade))


def _draw_mountains(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    _draw_sky(setting, 74, sun_x=rng.uniform(54, 74))
    rock = rng.choice(("#6f86b8", "#7a7fae", "#6c93a8", "#8a8296"))
    for index in range(4):
        x = (index + rng.uniform(0.2, 0.8)) * SIDE / 4
        _draw_peak(setting, (x, rng.uniform(44, 54)), rng.uniform(30, 40), light.on(rock, 0.5), 0.4)
    for index in range(2):
        x = rng.uniform(20, 54) + index * 56
        _draw_peak(setting, (x, rng.uniform(22, 36)), rng.uniform(46, 60), light.on(rock, 0.1), 0.0)
    green = rng.choice(("#5fa55a", "#4f9463", "#7fb069"))
    sketch.below(hills(94, 5, rng), light.on(mix(green, "#2d5f4a", 0.4), 0.12))
    sketch.below(hills(110, 5, rng), sketch.vertical(light.on(green), light.on(mix(green, "#234f35", 0.4))))
    if setting.has("pines"):
        for x in (rng.uniform(8, 30), rng.uniform(36, 60), rng.uniform(104, 120)):
            props.pine(sketch, (x, rng.uniform(112, 120)), rng.uniform(24, 34), light.on("#2f6b4a"), light)
    if setting.has("cabin"):
        props.cabin(sketch, rng.uniform(74, 92), 112, 1.0, light)


def _draw_peak(setting: Setting, peak: Point, half: float, rock: str, depth: float) -> None:
    """A mountain with a lit side, a shaded side and a snow cap."""
    x, top = peak
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    foot, ridge = 104.0, x + rng.uniform(2, 7)
    sketch.polygon([(x - half, foot), (x, top), (x + half, foot)], rock)
    sketch.polygon(
        [(x, top), (x + half, foot), (ridge + half * 0.15, foot)], mix(rock, light.on("#2a3152", depth), 0.35)
    )
    line = top + (foot - top) * rng.uniform(0.27, 0.36)
    width = half * (line - top) / (foot - top)
    edge: list[Point] = [(x + width, line), (x + width * 0.4, line - 4), (x, line + 3), (x - width * 0.45, line - 4)]
    sketch.polygon([(x, top), *edge, (x - width, line)], light.on("#ffffff", depth * 0.6))


def _draw_forest(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    _draw_sky(setting, 62)
    green = rng.choice(("#2f7d4f", "#3b8a4a", "#2c6e5a", "#4f8f3f"))
    ground = light.on(mix(green, "#8fbf5a", 0.45))
    sketch.below(hills(74, 3, rng), light.on(green, 0.45))
    for row, (count, foot, size, depth) in enumerate(((8, 82, 38, 0.45), (6, 98, 54, 0.2), (5, 118, 70, 0.0))):
        sketch.below(hills(foot - 3, 2, rng), mix(ground, light.on(green, depth), 0.5 if row < 2 else 0.15))
        if row == 2 and setting.has("path"):
            props.path(sketch, rng, 92, light.on("#e2c48a"))
        for index in range(count):
            x = (index + rng.uniform(0.25, 0.75)) * SIDE / count
            if row == 2 and 44 < x < 90:
                continue
            shade = light.on(mix(green, "#123d2a", rng.uniform(0.0, 0.4)), depth)
            height = size * rng.uniform(0.85, 1.1)
            props.pine(sketch, (x, foot + rng.uniform(-2, 4)), height, shade, light)
    if setting.has("cabin"):
        props.cabin(sketch, rng.uniform(58, 74), 114, 1.1, light)


def _draw_city(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    _draw_sky(setting, 84)
    blocks = rng.choice(
        (("#8fa3c4", "#5b7196"), ("#b59fb0", "#7a6288"), ("#9fb5b8", "#547b8a"), ("#c9a48f", "#8a5f5a"))
    )
    for index in range(7):
        width, height = rng.uniform(15, 22), rng.uniform(26, 52)
        sketch.rectangle(index * 18.5 + rng.uniform(-4, 2), 104 - height, width, height, light.on(blocks[0], 0.4))
    if setting.has("tower"):
        props.tower(sketch, rng.uniform(52, 76), 106, 88, light.on(mix(blocks[1], "#303a5a", 0.3)))
    x = -rng.uniform(0, 8)
    while x < SIDE:
        width = rng.uniform(17, 25)
        size = (width, rng.uniform(30, 66))
        colour = mix(blocks[1], blocks[0], rng.random())
        props.building(sketch, (x, 112), size, light=light, colour=colour, rng=rng)
        x += width + rng.uniform(0, 2)
    road = light.on("#566070")
    sketch.rectangle(0, 110, SIDE, 18, road)
    sketch.rectangle(0, 110, SIDE, 3, light.on("#aab4bf"))
    for index in range(5):
        sketch.rectangle(6 + index * 27, 119, 13, 2, light.on("#f2e6b0"))


def _draw_meadow(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon = rng.uniform(62, 72)
    _draw_sky(setting, horizon)
    green = rng.choice(("#8ccf5a", "#7cc45f", "#a3cf52"))
    sketch.below(hills(horizon, 5, rng), light.on(mix(green, "#3f8f6a", 0.45), 0.3))
    sketch.below(hills(horizon + 14, 6, rng), light.on(mix(green, "#3f8f4a", 0.3), 0.08))
    sketch.below(hills(horizon + 32, 5, rng), sketch.vertical(light.on(green), light.on(mix(green, "#2f7a3a", 0.5))))
    if setting.has("tree"):
        props.round_tree(sketch, (rng.uniform(22, 40), horizon + 38), rng.uniform(46, 58), light.on("#4d9a45"), light)
    if setting.has("flowers"):
        _draw_flowers(setting, horizon + 36)


def _draw_flowers(setting: Setting, top: float) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    colours = rng.choice(
        (("#ff5d73", "#ffd447"), ("#ffffff", "#ffcf33"), ("#b86bff", "#ff8ad1"), ("#ff9f40", "#ff5d5d"))
    )
    for index in range(18):
        y = top + (SIDE - 4 - top) * (index / 18)
        size = 2.0 + 1.8 * index / 18
        sketch.circle(rng.uniform(4, 124), y, size, light.on(rng.choice(colours)))


def _draw_desert(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon = rng.uniform(60, 70)
    _draw_sky(setting, horizon)
    sand = rng.choice(("#efb366", "#f2bd6b", "#e5a057"))
    sketch.below(hills(horizon, 3, rng), light.on(sand, 0.4))
    if setting.has("pyramid"):
        for x, size in ((rng.uniform(20, 44), 26), (rng.uniform(70, 100), 38)):
            props.pyramid(sketch, (x, horizon + 14), size, light.on("#d99a4e", 0.08), light.on("#a86c34", 0.08))
    for top, depth, height, crest in ((8, 0.15, 7, 40), (24, 0.0, 8, 88), (42, 0.0, 6, 52)):
        shades = light.on(sand, depth), light.on(mix(sand, "#a85f2a", 0.5), depth)
        _draw_dune(setting, (crest + rng.uniform(-9, 9), horizon + top), height, shades)
    if setting.has("cactus"):
        props.cactus(sketch, rng.uniform(90, 108), rng.uniform(112, 120), rng.uniform(30, 40), light)


def _draw_dune(setting: Setting, crest: Point, height: float, shades: tuple[str, str]) -> None:
    """A dune across the picture: one crest, bright on its left side and dark on its right one."""
    rng, sketch = setting.rng, setting.sketch
    (crest_x, top), (lit, shaded) = crest, shades
    sketch.polygon([(0, top + height), (crest_x, top - height), (SIDE, top + height), (SIDE, SIDE), (0, SIDE)], lit)
    foot = crest_x + rng.uniform(-30, -10)
    sketch.polygon([(crest_x, top - height), (SIDE, top + height), (SIDE, top + height + 14), (foot, SIDE)], shaded)


def _draw_snow(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon = rng.uniform(60, 70)
    _draw_sky(setting, horizon)
    sketch.below(hills(horizon, 5, rng), light.on("#b9cfe8", 0.3))
    sketch.below(hills(horizon + 14, 6, rng), light.on("#d3e2f2", 0.1))
    if setting.has("pines"):
        for x in (rng.uniform(8, 26), rng.uniform(30, 50), rng.uniform(100, 120)):
            foot = horizon + rng.uniform(26, 36)
            props.pine(sketch, (x, foot), rng.uniform(30, 42), light.on("#3d7a68"), light, snowy=True)
    if setting.has("cabin"):
        props.cabin(sketch, rng.uniform(66, 88), horizon + 34, 1.2, light, snowy=True)
    sketch.below(hills(horizon + 34, 4, rng), sketch.vertical(light.on("#f7fbff"), light.on("#c9dcf0")))


def _draw_lake(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon, sun_x = rng.uniform(62, 70), rng.uniform(52, 78)
    _draw_sky(setting, horizon - 8, sun_x=sun_x)
    far, near = light.on("#6f8fb0", 0.35), light.on("#3f8055", 0.08)
    ridge = hills(horizon - 18, 8, rng)
    shore = hills(horizon - 6, 3, rng)
    sketch.below(ridge, far)
    sketch.below(shore, near)
    for x in (*(rng.uniform(2, 34) for _ in range(3)), *(rng.uniform(96, 126) for _ in range(3))):
        props.pine(sketch, (x, horizon), rng.uniform(18, 28), light.on("#2c6650", 0.05), light)
    if setting.has("cabin"):
        props.cabin(sketch, rng.uniform(56, 76), horizon + 1, 0.8, light)
    _draw_water(setting, horizon, sun_x, "#4f9fc8", "#2f7fb0")
    reflected = [(x, 2 * horizon - y) for x, y in shore]
    sketch.polygon([(0, horizon), *reflected, (SIDE, horizon)], near, opacity=0.55)
    far_reflected = [(x, 2 * horizon - y) for x, y in ridge]
    sketch.polygon([(0, horizon), *far_reflected, (SIDE, horizon)], far, opacity=0.35)
    if setting.has("sailboat"):
        props.sailboat(sketch, rng.uniform(54, 74), horizon + rng.uniform(20, 28), 1.4, light)
    bank = wave(118, 4, 150, rng.uniform(0, 6.3))
    sketch.below(bank, light.on("#5c9a4a"))


def _draw_village(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    horizon = rng.uniform(52, 60)
    _draw_sky(setting, horizon)
    green = rng.choice(("#7fbf62", "#93c95c", "#6fb56e"))
    sketch.below(hills(horizon, 6, rng), light.on(mix(green, "#3f8f6a", 0.5), 0.35))
    sketch.below(hills(horizon + 12, 3, rng), light.on(mix(green, "#3f8f4a", 0.3), 0.1))
    for row, (foot, size, count) in enumerate(((horizon + 22, 0.72, 4), (horizon + 40, 1.05, 3))):
        sketch.below(hills(foot - 3, 2, rng), light.on(mix(green, "#3f8f4a", 0.25 - 0.15 * row), 0.05))
        for index in range(count):
            x = (index + rng.uniform(0.1, 0.5)) * SIDE / count
            props.house(sketch, (x, foot + rng.uniform(-1, 2)), size, light, rng)
    sketch.below(hills(horizon + 46, 2, rng), sketch.vertical(light.on(green), light.on(mix(green, "#2f7a3a", 0.5))))
    if setting.has("path"):
        props.path(sketch, rng, horizon + 45, light.on("#e2c48a"))
    if setting.has("tree"):
        props.round_tree(sketch, (rng.uniform(104, 118), 118), 50, light.on("#4d9a45"), light)


def _draw_underwater(setting: Setting) -> None:
    sketch, rng = setting.sketch, setting.rng
    top, middle, low = rng.choice(
        (("#5fd0e6", "#1c8fc4", "#0b4f8a"), ("#6fe0d6", "#1f9fae", "#0a5a78"), ("#58b8f0", "#1f70c4", "#123f86"))
    )
    sketch.rectangle(0, 0, SIDE, SIDE, sketch.vertical(top, middle, low))
    for _ in range(4):
        x, lean = rng.uniform(0, 120), rng.uniform(10, 24)
        sketch.polygon([(x, 0), (x + 10, 0), (x + 18 + lean, 96), (x - 6 + lean, 96)], "#ffffff", opacity=0.12)
    sketch.below(hills(98, 4, rng), mix(low, "#123a5a", 0.5))
    sketch.below(hills(111, 4, rng), sketch.vertical("#d9c38a", "#a98f5e"))
    for side in (rng.uniform(4, 30), rng.uniform(98, 122)):
        for index in range(3):
            green = rng.choice(("#2f9a5a", "#1f7f5f", "#5ab04a"))
            props.seaweed(sketch, (side + (index - 1) * 8, rng.uniform(114, 120)), rng.uniform(30, 52), green, rng)
    for x in (rng.uniform(34, 50), rng.uniform(80, 96)):
        props.coral(sketch, (x, 118), rng.uniform(10, 16), rng.choice(("#f0636b", "#ff9a5c", "#c86bd0")))
    for _ in range(12):
        sketch.circle(rng.uniform(6, 122), rng.uniform(8, 100), rng.uniform(1.2, 3), "#e6fbff", opacity=0.6)


def _draw_space(setting: Setting) -> None:
    sketch, rng = setting.sketch, setting.rng
    sketch.rectangle(0, 0, SIDE, SIDE, sketch.vertical("#05060f", "#0d0a24", "#140a2e"))
    glow = rng.choice(("#7a3fb0", "#3f5fc0", "#b03f7a"))
    x, y = rng.uniform(20, 108), rng.uniform(20, 108)
    for step in range(4):
        haze = sketch.radial([(0, mix(glow, "#ffffff", 0.2), 0.55), (1, glow, 0.0)])
        sketch.circle(x + rng.uniform(-26, 26), y + rng.uniform(-18, 18), 22 + 4 * step, haze)
    props.stars(sketch, rng, SIDE - 2, 60)
    props.planet(sketch, (rng.uniform(22, 38), rng.uniform(22, 38)), rng.uniform(10, 16), rng, ringed=True)
    props.planet(sketch, (rng.uniform(94, 110), rng.uniform(90, 108)), rng.uniform(14, 20), rng, ringed=False)


def _draw_room(setting: Setting) -> None:
    sketch, rng = setting.sketch, setting.rng
    wall = rng.choice(("#f0dcc0", "#cfe3e6", "#e6d3dc", "#dfe6c8", "#d6d0ea"))
    wood = rng.choice(("#b98250", "#a06a40", "#c79a68"))
    floor = rng.uniform(84, 92)
    sketch.rectangle(0, 0, SIDE, SIDE, sketch.vertical(mix(wall, "#ffffff", 0.25), wall))
    sketch.rectangle(0, floor, SIDE, SIDE - floor, sketch.vertical(mix(wood, "#000000", 0.1), wood))
    for index in range(1, 4):
        y = floor + index * index * 3.4
        sketch.line([(0, y), (SIDE, y)], mix(wood, "#000000", 0.22), 0.8, opacity=0.7)
    sketch.rectangle(0, floor - 4, SIDE, 4, mix(wall, "#ffffff", 0.6))
    props.window(sketch, rng.uniform(10, 30), rng.uniform(16, 24), rng)
    props.picture_frame(sketch, rng.uniform(72, 86), rng.uniform(20, 32), rng)
    sketch.ellipse(64, floor + 24, 44, 9, rng.choice(("#c0605a", "#5a7fae", "#7f9a5a", "#d6b45a")), opacity=0.85)
    props.lamp(sketch, (118.0, floor + 12), rng)


def _draw_plain(setting: Setting) -> None:
    sketch, rng = setting.sketch, setting.rng
    ground = rng.choice(("#ffffff", "#ffffff", "#ffffff", "#eef1f4", "#f7efe2", "#e6f0ea"))
    sketch.rectangle(0, 0, SIDE, SIDE, ground)


def _draw_night_sky(setting: Setting) -> None:
    sketch, light, rng = setting.sketch, setting.light, setting.rng
    sketch.rectangle(0, 0, SIDE, SIDE, sketch.vertical(*light.sky))
    glow = rng.choice(("#5a6fd0", "#8a5fc0", "#3f8fb0"))
    middle = rng.uniform(40, 88)
    haze = sketch.radial([(0, mix(glow, "#ffffff", 0.3), 0.55), (1, glow, 0.0)])
    for step in range(5):
        sketch.circle(middle + (step - 2) * 18, 20 + step * 16, 26, haze)
    props.stars(sketch, rng, 104, 46)
    if setting.has("moon"):
        props.moon(sketch, rng.uniform(84, 104), rng.uniform(24, 40), rng.uniform(11, 15), light.sky[0])
    if setting.has("shooting star"):
        props.shooting_star(sketch, rng)
    if light.weather == "clouds":
        _draw_clouds(setting, 90, 3, light.on("#c9d3ee"))
    sketch.below(hills(114, 4, rng), mix(light.sky[0], "#000000", 0.35))


_SCENES: dict[str, Callable[[Setting], None]] = {
    "beach": _draw_beach,
    "sea": _draw_sea,
    "mountains": _draw_mountains,
    "forest": _draw_forest,
    "city": _draw_city,
    "meadow": _draw_meadow,
    "desert": _draw_desert,
    "snow": _draw_snow,
    "lake": _draw_lake,
    "village": _draw_village,
    "underwater": _draw_underwater,
    "space": _draw_space,
    "room": _draw_room,
    "plain": _draw_plain,
    "night sky": _draw_night_sky,
}
