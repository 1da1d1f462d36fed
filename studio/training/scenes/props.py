"""The things that stand, hang and fall in a scene. Lengths are in units of the 128-unit sketch."""

from __future__ import annotations

import math
import random

from studio.training.scenes.palettes import Light, mix
from studio.training.scenes.sketch import SIDE, Point, Sketch


def sun(sketch: Sketch, at: Point, radius: float, core: str, glow: str) -> None:
    """A disc in a wide glow."""
    x, y = at
    sketch.circle(x, y, radius * 3.4, sketch.radial([(0, glow, 0.85), (0.35, glow, 0.45), (1, glow, 0.0)]))
    sketch.circle(x, y, radius, core)


def moon(sketch: Sketch, x: float, y: float, radius: float, sky: str) -> None:
    """A full moon in a faint glow with two darker seas."""
    sketch.circle(x, y, radius * 2.6, sketch.radial([(0, "#dfe8ff", 0.6), (1, "#dfe8ff", 0.0)]))
    sketch.circle(x, y, radius, "#f6f3da")
    spot = mix("#f6f3da", sky, 0.18)
    sketch.circle(x - radius * 0.35, y - radius * 0.2, radius * 0.25, spot)
    sketch.circle(x + radius * 0.3, y + radius * 0.35, radius * 0.2, spot)


def stars(sketch: Sketch, rng: random.Random, bottom: float, count: int) -> None:
    """Stars scattered above ``bottom``."""
    for _ in range(count):
        sketch.circle(rng.uniform(2, SIDE - 2), rng.uniform(2, bottom), rng.uniform(0.7, 1.3), "#ffffff", opacity=0.9)


def shooting_star(sketch: Sketch, rng: random.Random) -> None:
    """A bright head with a tail up to the right."""
    x, y = rng.uniform(18, 30), rng.uniform(42, 60)
    sketch.polygon([(x, y + 2), (x - 1, y), (x + 46, y - 27)], "#dfe8ff", opacity=0.75)
    sketch.circle(x, y + 0.5, 2.6, "#ffffff")


def cloud(sketch: Sketch, x: float, y: float, size: float, colour: str) -> None:
    """A flat-bottomed cloud about four times as wide as ``size``."""
    for dx, dy, radius in ((-1.15, 0.1, 0.6), (-0.35, -0.35, 0.85), (0.55, -0.1, 0.7), (1.25, 0.2, 0.45)):
        sketch.circle(x + dx * size, y + dy * size, radius * size, colour)
    sketch.ellipse(x, y + size * 0.3, size * 1.8, size * 0.4, colour)


def rain(sketch: Sketch, rng: random.Random, colour: str) -> None:
    """Slanted streaks over the whole picture."""
    for index in range(42):
        x, y = (index % 7 + rng.random()) * 20, (index // 7 + rng.random()) * 22 - 6
        sketch.line([(x, y), (x - 4, y + 12)], colour, 1.4, opacity=0.6)


def snowflakes(sketch: Sketch, rng: random.Random, colour: str) -> None:
    """Round flakes over the whole picture."""
    for index in range(49):
        x, y = (index % 7 + rng.random()) * 18.3, (index // 7 + rng.random()) * 18.3
        sketch.circle(x, y, rng.uniform(1.3, 2.3), colour, opacity=0.95)


def fog(sketch: Sketch, rng: random.Random, colour: str) -> None:
    """A veil that thickens downward, with three long banks."""
    sketch.rectangle(0, 0, SIDE, SIDE, sketch.linear([(0, colour, 0.05), (0.55, colour, 0.5), (1, colour, 0.25)]))
    for index in range(3):
        y = 52 + index * 22 + rng.uniform(-6, 6)
        sketch.ellipse(rng.uniform(10, 118), y, rng.uniform(50, 80), rng.uniform(5, 8), colour, opacity=0.4)


def glitter(sketch: Sketch, x: float, top: float, bottom: float, colour: str) -> None:
    """The sun's road on water."""
    for index in range(7):
        y = top + 1.5 + (bottom - top) * 0.11 * index
        half = 5 + index * 1.6
        sketch.ellipse(x, y, half, 1.3, colour, opacity=0.7 - index * 0.06)


def island(sketch: Sketch, x: float, y: float, half: float, colour: str) -> None:
    """A low far island standing on the line ``y``."""
    sketch.polygon(
        [(x - half, y), (x - half * 0.4, y - half * 0.28), (x + half * 0.2, y - half * 0.36), (x + half, y)], colour
    )


def sailboat(sketch: Sketch, x: float, y: float, size: float, light: Light) -> None:
    """A boat with two sails, its waterline at ``y``."""
    sketch.polygon([(x, y - 17 * size), (x, y - 3 * size), (x + 10 * size, y - 3 * size)], light.on("#ffffff"))
    sketch.polygon([(x - 1, y - 15 * size), (x - 1, y - 3 * size), (x - 7 * size, y - 3 * size)], light.on("#ff7a5c"))
    hull = [(x - 9 * size, y - 2 * size), (x + 11 * size, y - 2 * size), (x + 7 * size, y + 2.5 * size)]
    sketch.polygon([*hull, (x - 6 * size, y + 2.5 * size)], light.on("#a33b3b"))


def palm(sketch: Sketch, at: Point, height: float, light: Light, rng: random.Random) -> None:
    """A palm that leans to the right, with a crown of drooping leaves, its foot at ``at``."""
    x, foot = at
    lean = rng.uniform(12, 17)
    spine = [(x + lean * (t / 8) ** 1.7, foot - height * t / 8) for t in range(9)]
    for index in range(8):
        sketch.line(spine[index : index + 2], light.on("#8a5a33"), 7.5 - index * 0.3)
    top_x, top_y = spine[-1]
    for index, angle in enumerate((-2.95, -2.3, -1.65, -1.0, -0.35, 0.25, 2.9)):
        _frond(sketch, (top_x, top_y), angle, rng.uniform(25, 30), light.on("#2f9a4f" if index % 2 else "#3fb35a"))
    for dx in (-3, 2.5):
        sketch.circle(top_x + dx, top_y + 3, 2.6, light.on("#6b4226"))


def _frond(sketch: Sketch, at: Point, angle: float, length: float, colour: str) -> None:
    """One leaf: a lens that starts along ``angle`` and droops."""
    x, y = at
    upper, lower = [], []
    for step in range(7):
        t = step / 6
        px = x + math.cos(angle) * length * t
        py = y + math.sin(angle) * length * t * 0.8 + 12 * t * t
        half = 4.2 * math.sin(math.pi * min(1.0, 0.12 + t * 0.88))
        upper.append((px, py - half))
        lower.append((px, py + half * 0.5))
    sketch.polygon([*upper, *reversed(lower)], colour)


def umbrella(sketch: Sketch, x: float, foot: float, light: Light, rng: random.Random) -> None:
    """A striped parasol with a towel beside it."""
    main = light.on(rng.choice(("#f0483e", "#ff8c2e", "#e0457f", "#2f7fe0")))
    pale = light.on("#fff6e8")
    sketch.polygon([(x + 5, foot), (x + 28, foot), (x + 22, foot + 7), (x - 2, foot + 7)], mix(main, pale, 0.4))
    sketch.line([(x, foot + 2), (x, foot - 30)], light.on("#8a6a4a"), 2.0)
    left, right, brim, top = x - 21, x + 21, foot - 22.0, foot - 38.0
    arc = [(x - 21 * math.cos(math.pi * t / 12), brim - (brim - top) * math.sin(math.pi * t / 12)) for t in range(13)]
    sketch.polygon([(left, brim), *arc, (right, brim)], main)
    for low, high in ((2, 5), (7, 10)):
        sketch.polygon([(x, top), *arc[low : high + 1]], pale)
        sketch.polygon([(x, top), arc[low], (arc[low][0], brim), (arc[high][0], brim), arc[high]], pale)


def lighthouse(sketch: Sketch, x: float, foot: float, light: Light) -> None:
    """A white and red lighthouse on a rock."""
    sketch.polygon(
        [(x - 24, foot + 12), (x - 12, foot - 2), (x + 10, foot - 3), (x + 26, foot + 12)], light.on("#5a5f6e")
    )
    sketch.polygon([(x - 7, foot), (x - 5, foot - 42), (x + 5, foot - 42), (x + 7, foot)], light.on("#ffffff"))
    for y in (foot - 14, foot - 32):
        sketch.rectangle(x - 6.4, y, 12.8, 8, light.on("#e0453e"))
    sketch.rectangle(x - 4.5, foot - 49, 9, 7, "#ffe27a")
    sketch.polygon([(x - 7, foot - 49), (x, foot - 56), (x + 7, foot - 49)], light.on("#c03a35"))


def pine(sketch: Sketch, at: Point, height: float, colour: str, light: Light, *, snowy: bool = False) -> None:
    """A fir of three tiers, perhaps with snow on them, its foot at ``at``."""
    x, foot = at
    sketch.rectangle(x - height * 0.05, foot - height * 0.16, height * 0.1, height * 0.16, light.on("#5f4632"))
    for low, high, width in ((0.12, 0.58, 0.3), (0.36, 0.8, 0.24), (0.6, 1.0, 0.17)):
        base, top, half = foot - height * low, foot - height * high, height * width
        sketch.polygon([(x - half, base), (x, top), (x + half, base)], colour)
        if snowy:
            line = top + (base - top) * 0.5
            sketch.polygon([(x - half * 0.5, line), (x, top), (x + half * 0.5, line)], light.on("#ffffff"))


def round_tree(sketch: Sketch, at: Point, height: float, colour: str, light: Light) -> None:
    """A leafy tree with a round crown, lighter on its upper left, its foot at ``at``."""
    x, foot = at
    sketch.rectangle(x - height * 0.05, foot - height * 0.45, height * 0.1, height * 0.45, light.on("#7a5230"))
    radius = height * 0.27
    for dx, dy, scale in ((-0.6, 0.25, 0.75), (0.6, 0.25, 0.75), (0.0, -0.15, 1.0)):
        sketch.circle(x + dx * radius, foot - height * 0.68 + dy * radius, radius * scale, colour)
    sketch.circle(x - radius * 0.3, foot - height * 0.75, radius * 0.5, mix(colour, "#ffffff", 0.14))


def cabin(sketch: Sketch, x: float, foot: float, size: float, light: Light, *, snowy: bool = False) -> None:
    """A wooden house with a lit window, its left lower corner at (x, foot)."""
    width, height = 26 * size, 15 * size
    sketch.rectangle(x, foot - height, width, height, light.on("#a8693c"))
    roof = light.on("#ffffff" if snowy else "#7a2f2a")
    sketch.polygon([(x - 4, foot - height), (x + width / 2, foot - height * 1.9), (x + width + 4, foot - height)], roof)
    pane = "#ffe08a" if light.time_of_day in ("night", "sunset") else light.on("#dff3ff")
    sketch.rectangle(x + 4 * size, foot - height * 0.75, 7 * size, 6.5 * size, pane)
    sketch.rectangle(x + 16 * size, foot - height * 0.7, 6 * size, height * 0.7, light.on("#5f3820"))


def path(sketch: Sketch, rng: random.Random, top: float, colour: str) -> None:
    """A path that widens towards the viewer."""
    bend = rng.uniform(-10, 10)
    sketch.polygon([(62, top), (66, top), (78 + bend, 110), (98, SIDE), (36, SIDE), (54 + bend, 110)], colour)


def building(
    sketch: Sketch, at: Point, size: tuple[float, float], *, light: Light, colour: str, rng: random.Random
) -> None:
    """A house block with two columns of windows, lit by night. Its left lower corner is ``at``, ``size`` its extent."""
    (x, foot), (width, height) = at, size
    wall = light.on(colour)
    sketch.rectangle(x, foot - height, width, height, wall)
    sketch.rectangle(x + width * 0.78, foot - height, width * 0.22, height, mix(wall, "#101830", 0.22))
    dark = light.time_of_day == "night"
    lit, unlit = "#ffd86b", mix(wall, "#0d1530" if dark else "#ffffff", 0.35)
    for row in range(int((height - 3) // 13)):
        for column in range(2):
            glows = rng.random() < (0.7 if dark else 0.35 if light.time_of_day == "sunset" else 0.0)
            left = x + width * (0.1 + 0.36 * column)
            sketch.rectangle(left, foot - height + 5 + row * 13, width * 0.24, 7.5, lit if glows else unlit)


def tower(sketch: Sketch, x: float, foot: float, height: float, colour: str) -> None:
    """A slender tower with a ball near its top."""
    sketch.polygon([(x - 9, foot), (x - 2, foot - height), (x + 2, foot - height), (x + 9, foot)], colour)
    sketch.circle(x, foot - height * 0.68, 8, colour)
    sketch.line([(x, foot - height), (x, foot - height - 12)], colour, 1.6)


def cactus(sketch: Sketch, x: float, foot: float, height: float, light: Light) -> None:
    """A saguaro with two arms."""
    green = light.on("#3f8f52")
    sketch.line([(x, foot), (x, foot - height)], green, 8.5)
    sketch.line([(x, foot - height * 0.4), (x - 11, foot - height * 0.4), (x - 11, foot - height * 0.72)], green, 6)
    sketch.line([(x, foot - height * 0.3), (x + 11, foot - height * 0.3), (x + 11, foot - height * 0.6)], green, 6)


def pyramid(sketch: Sketch, at: Point, half: float, lit: str, shaded: str) -> None:
    """A pyramid with a bright and a dark side, the middle of its foot at ``at``."""
    x, foot = at
    top = foot - half * 1.15
    sketch.polygon([(x - half, foot), (x, top), (x + half * 0.3, foot + 3)], lit)
    sketch.polygon([(x, top), (x + half, foot), (x + half * 0.3, foot + 3)], shaded)


def house(sketch: Sketch, at: Point, size: float, light: Light, rng: random.Random) -> None:
    """A plastered house with a tiled roof, a door and a window, its left lower corner at ``at``."""
    (x, foot), width, height = at, 24 * size, 16 * size
    wall = rng.choice(("#f4e6cc", "#f0d2b0", "#e8e2d8", "#f2c9a0"))
    roof = rng.choice(("#b8452f", "#a3552f", "#7f4a3a", "#8f3f4a"))
    sketch.rectangle(x, foot - height, width, height, light.on(wall))
    sketch.polygon(
        [(x - 3 * size, foot - height), (x + width / 2, foot - 1.85 * height), (x + width + 3 * size, foot - height)],
        light.on(roof),
    )
    pane = "#ffdf86" if light.time_of_day in ("night", "sunset") else light.on("#8fc4e0")
    sketch.rectangle(x + 4 * size, foot - height * 0.78, 6.5 * size, 6 * size, pane)
    sketch.rectangle(x + 14.5 * size, foot - height * 0.66, 5.5 * size, height * 0.66, light.on("#7a4a2c"))


def seaweed(sketch: Sketch, at: Point, height: float, colour: str, rng: random.Random) -> None:
    """A swaying ribbon of weed that grows up from ``at``."""
    x, foot = at
    phase = rng.uniform(0, 6.3)
    points = [(x + 3.2 * math.sin(phase + t * 0.9), foot - height * t / 8) for t in range(9)]
    for index in range(8):
        sketch.line(points[index : index + 2], colour, 4.6 - index * 0.4)


def coral(sketch: Sketch, at: Point, size: float, colour: str) -> None:
    """A branching coral that grows up from ``at``."""
    x, foot = at
    for dx, up in ((-0.7, 0.9), (-0.25, 1.25), (0.25, 1.1), (0.75, 0.8)):
        sketch.line(
            [(x, foot), (x + dx * size * 0.7, foot - up * size * 0.6), (x + dx * size, foot - up * size)], colour, 3.6
        )


def planet(sketch: Sketch, at: Point, radius: float, rng: random.Random, *, ringed: bool) -> None:
    """A planet with two bands and a shaded side, perhaps with a ring."""
    x, y = at
    colour = rng.choice(("#d9985a", "#6fa8c8", "#c86f5a", "#8fb07a", "#b08fd0"))
    sketch.circle(x, y, radius, colour)
    sketch.ellipse(x, y - radius * 0.25, radius * 0.93, radius * 0.16, mix(colour, "#ffffff", 0.3))
    sketch.ellipse(x, y + radius * 0.4, radius * 0.86, radius * 0.14, mix(colour, "#000000", 0.25))
    if ringed:
        ring = [
            (x + radius * 1.8 * math.cos(t / 12 * math.pi), y + radius * 0.45 * math.sin(t / 12 * math.pi))
            for t in range(13)
        ]
        sketch.line(ring, mix(colour, "#ffffff", 0.55), 2.2)


def window(sketch: Sketch, x: float, y: float, rng: random.Random) -> None:
    """A window with a cross bar and a view of the sky, its left upper corner at (x, y)."""
    sketch.rectangle(x - 2.5, y - 2.5, 37, 41, "#ffffff")
    sky = rng.choice((("#6fc0f5", "#d3f0fc"), ("#f9c6cf", "#ffe9b0"), ("#17235a", "#35468c")))
    sketch.rectangle(x, y, 32, 36, sketch.vertical(*sky))
    sketch.rectangle(x + 14.8, y, 2.4, 36, "#ffffff")
    sketch.rectangle(x, y + 16.8, 32, 2.4, "#ffffff")


def picture_frame(sketch: Sketch, x: float, y: float, rng: random.Random) -> None:
    """A framed landscape, its left upper corner at (x, y)."""
    sketch.rectangle(x, y, 24, 19, "#8a5f3c")
    sketch.rectangle(x + 2, y + 2, 20, 15, rng.choice(("#bfe0ea", "#f2e2b8", "#e0c6d6")))
    sketch.polygon([(x + 2, y + 17), (x + 9, y + 8), (x + 14, y + 13), (x + 18, y + 10), (x + 22, y + 17)], "#6f9a7a")


def lamp(sketch: Sketch, at: Point, rng: random.Random) -> None:
    """A standing lamp with a warm shade, its foot at ``at``."""
    x, foot = at
    sketch.ellipse(x, foot, 8, 2, "#5a4a40")
    sketch.line([(x, foot), (x, foot - 48)], "#5a4a40", 1.8)
    shade = rng.choice(("#ffd98a", "#f4b08a", "#f2e6c8"))
    sketch.polygon([(x - 9, foot - 46), (x + 9, foot - 46), (x + 5, foot - 60), (x - 5, foot - 60)], shade)
