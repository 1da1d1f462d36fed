"""Dabs a second, against libmypaint on the same path; each side gets twenty dabs a move, as a quick hand gives them."""

from __future__ import annotations

import ctypes
import ctypes.util
import math
import time
from collections.abc import Iterator
from itertools import pairwise

from studio.document import Raster
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush
from studio.raster.stroke_path import PathPoint, StrokePath
from tests.bench.measurement import Measurement

SIDE = 4096
DABS_A_MOVE = 20
ROUNDS = 3
MOVES = {5: 300, 50: 120, 200: 20}
"""Moves for each radius."""
GOALS = {5: 20_000, 50: None, 200: None}
NAMES = ("mypaint", "mypaint-1.5", "mypaint-2.0")


def run() -> list[Measurement]:
    peer = next((Peer(path) for path in map(ctypes.util.find_library, NAMES) if path), None)
    return [_measured(radius, moves, peer) for radius, moves in MOVES.items()]


def path(count: int) -> Iterator[tuple[float, float]]:
    """Points of a curve over most of the canvas."""
    for index in range(count):
        angle = 2 * math.pi * index / count
        yield SIDE / 2 + SIDE * 0.38 * math.sin(3 * angle), SIDE / 2 + SIDE * 0.38 * math.sin(2 * angle + 0.5)


def _measured(radius: int, moves: int, peer: Peer | None) -> Measurement:
    pairs = [(_ours(radius, moves), peer.dabs_a_second(radius, moves) if peer else math.nan) for _ in range(ROUNDS)]
    ours, theirs = (sorted(side)[ROUNDS // 2] for side in zip(*pairs, strict=True))
    is_ratio = GOALS[radius] is None and peer is not None
    return Measurement(
        name=f"dabs a second, radius {radius}" + (", against libmypaint" if is_ratio else ""),
        value=ours / theirs if is_ratio else ours,
        unit="x" if is_ratio else "/s",
        goal=1.0 if is_ratio else GOALS[radius],
        better="higher",
        ours=f"{ours:,.0f}/s",
        peer=f"{theirs:,.0f}/s" if peer else "",
        note=f"of processor time; {SIDE}x{SIDE}, {DABS_A_MOVE} dabs a move; peer: draw_dab of libmypaint, plain RGB",
    )


def _ours(radius: int, moves: int) -> float:
    """Dabs a second of processor time."""
    points = list(path(moves * DABS_A_MOVE))
    step = max(math.dist(*pair) for pair in pairwise(points))
    spacing = min(10.0, max(1.0, step) / (2 * radius))  # no more than one dab between two points of the path
    brush = Brush(diameter=2 * radius, spacing=spacing, hardness=0.8, opacity=0.9, pressure_size=False)
    places = points[::DABS_A_MOVE]
    between = StrokePath(0.0, brush.spacing_at)
    count = sum(len(between.extend(PathPoint(x, y, 1.0))) for x, y in places)
    stroke = Stroke(Raster(), brush)
    start = time.process_time()
    for x, y in places:
        stroke.move_to(x, y)
    return count / (time.process_time() - start)


class Peer:
    """libmypaint's own tiled surface, without its brush engine."""

    def __init__(self, library: str) -> None:
        self._library = ctypes.CDLL(library)
        self._library.mypaint_fixed_tiled_surface_new.restype = ctypes.c_void_p
        self._library.mypaint_fixed_tiled_surface_interface.restype = ctypes.c_void_p
        self._library.mypaint_fixed_tiled_surface_interface.argtypes = (ctypes.c_void_p,)
        self._library.mypaint_surface_draw_dab.argtypes = (ctypes.c_void_p, *(ctypes.c_float,) * 13)
        surface = self._library.mypaint_fixed_tiled_surface_new(SIDE, SIDE)
        self._surface = ctypes.c_void_p(self._library.mypaint_fixed_tiled_surface_interface(surface))

    def dabs_a_second(self, radius: int, moves: int) -> float:
        start = time.process_time()
        for index, (x, y) in enumerate(path(moves * DABS_A_MOVE)):
            if index % DABS_A_MOVE == 0:
                self._library.mypaint_surface_begin_atomic(self._surface)
            # Colour, opacity, hardness, alpha of the colour, aspect ratio, angle, locked alpha, colourising.
            look = (0.8, 0.2, 0.1, 0.9, 0.8, 1.0, 1.0, 0.0, 0.0, 0.0)
            self._library.mypaint_surface_draw_dab(self._surface, x, y, radius, *look)
            if index % DABS_A_MOVE == DABS_A_MOVE - 1:
                self._library.mypaint_surface_end_atomic(self._surface, ctypes.create_string_buffer(64))
        return moves * DABS_A_MOVE / (time.process_time() - start)
