"""Brushes that change what is there: smudge, blur, sharpen, dodge, burn, clone and heal."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from studio.document import Pixels, Raster, Rect, filled_mask
from studio.raster.brush import MakeStroke, Stroke
from studio.raster.brushes.brush import Brush
from studio.raster.brushes.heal import HealStroke, spread
from studio.raster.brushes.retouching import blurred_tiles, moved_tiles, reading, sharpened_tiles, toned_tiles
from studio.raster.brushes.smudge import SmudgeStroke
from studio.raster.brushes.symmetry import Symmetry

AREA = Rect(0, 0, 400, 300)
BRUSH = Brush(diameter=60, hardness=1.0, pressure_size=False)


def photograph() -> Pixels:
    """Noise over a slope of colours, opaque."""
    rng = np.random.default_rng(2)
    y, x = np.mgrid[: AREA.height, : AREA.width]
    base = np.stack([60 + x * 0.3, 90 + y * 0.3, 200 - x * 0.2], axis=-1)
    noisy = np.clip(base + rng.normal(0, 12, base.shape), 0, 255).astype(np.uint8)
    return np.dstack([noisy, np.full(noisy.shape[:2], 255, np.uint8)])


def stroked(base: Raster, make: MakeStroke, *points: tuple[float, float], **options: object) -> Pixels:
    stroke = make(base, options.pop("brush", BRUSH), **options)
    for point in points:
        stroke.move_to(*point)
    return stroke.commit().read(AREA)


def effects(base: Raster) -> dict[str, MakeStroke]:
    read = reading(base)
    return {
        "blur": partial(Stroke, source=blurred_tiles(read, 6)),
        "sharpen": partial(Stroke, source=sharpened_tiles(read, 6)),
        "dodge": partial(Stroke, source=toned_tiles(read, lighter=True)),
        "burn": partial(Stroke, source=toned_tiles(read, lighter=False, tones="highlights")),
        "clone": partial(Stroke, source=moved_tiles(read, 90, 40)),
        "heal": partial(HealStroke, source=moved_tiles(read, 90, 40)),
        "smudge": SmudgeStroke,
    }


@pytest.mark.parametrize("name", ["blur", "sharpen", "dodge", "burn", "clone", "heal", "smudge"])
def test_each_changes_what_is_under_it_and_nothing_else(name: str) -> None:
    base = Raster.from_array(photograph())
    before, selected = base.read(AREA), filled_mask(Rect(0, 0, 200, 300))
    after = stroked(base, effects(base)[name], (150, 100), (240, 120), clip=selected)
    changed = (before != after).any(axis=2)
    assert changed[90:110, 150:190].mean() > 0.8
    assert not changed[:, 200:].any(), "it keeps to the selection"
    assert not changed[:60].any()
    assert (after[..., 3] == 255).all()
    part = np.s_[95:105, 160:190, :3]
    spread_before, spread_after = (each[part].astype(float).std(axis=(0, 1)).mean() for each in (before, after))
    if name in ("blur", "sharpen"):
        assert (spread_after < spread_before / 2) if name == "blur" else (spread_after > spread_before * 1.5)
    if name in ("dodge", "burn"):
        lighter = after[part].astype(float).mean() - before[part].astype(float).mean()
        assert (lighter > 15) if name == "dodge" else (lighter < -10)


def test_a_clone_is_what_lies_elsewhere_to_the_bit_and_again_around_the_picture() -> None:
    base = Raster.from_array(photograph())
    before = base.read(AREA)
    after = stroked(base, effects(base)["clone"], (150, 100))
    assert np.array_equal(after[95:105, 145:155], before[135:145, 235:245])
    around = partial(Stroke, source=moved_tiles(reading(base, AREA), 300, 0))
    again = stroked(base, around, (150, 100), around=AREA)
    assert np.array_equal(again[95:105, 145:155], before[95:105, 45:55])


def test_healing_covers_a_blemish_in_the_tones_around_it() -> None:
    clean = photograph()
    spotted = clean.copy()
    spotted[90:110, 140:160, :3] = (250, 20, 20)
    base = Raster.from_array(spotted)
    source = moved_tiles(reading(base), 150, 60)
    healed, cloned = (stroked(base, partial(make, source=source), (150, 100)) for make in (HealStroke, Stroke))
    part = np.s_[85:115, 135:165, :3]
    wanted = clean[part].astype(float).mean(axis=(0, 1))
    off = [np.abs(each[part].astype(float).mean(axis=(0, 1)) - wanted).max() for each in (healed, cloned)]
    assert off[0] < 6 < off[1]
    assert healed[part].astype(float).std() > 5, "with the texture of its source"


def test_what_is_spread_meets_what_is_known() -> None:
    y, x = np.mgrid[:70, :90].astype(np.float32)
    slope = 3 * x - y
    known = np.ones(slope.shape, bool)
    known[20:50, 30:60] = False
    filled = spread(np.where(known, slope, np.float32(0)), known)
    assert np.array_equal(filled[known], slope[known])
    assert np.abs(filled - slope).max() < 12
    assert not spread(slope, np.zeros(slope.shape, bool)).any()


def test_smudging_drags_paint_along_and_copies_of_a_symmetry_drag_their_own() -> None:
    sheet = np.zeros((300, 400, 4), np.uint8)
    sheet[:, :120] = (200, 0, 0, 200)
    sheet[:, 280:] = (0, 0, 200, 200)
    base = Raster.from_array(sheet)
    brush = BRUSH.with_changes(diameter=40, opacity=0.5)
    path = [(100 + 4 * step, 150) for step in range(20)]
    after = stroked(base, SmudgeStroke, *path, brush=brush, symmetry=Symmetry(x=200, y=150, across=True))
    assert after[150, 140, 0] > 30
    assert after[150, 140, 0] > after[150, 170, 0], "less the further"
    assert after[150, 259, 2] > 30, "blue from the other side"
    assert not after[150, 259, 0]
    assert (after[..., :3].max(axis=2) <= after[..., 3]).all()


def test_locked_alpha_and_masks_can_be_retouched() -> None:
    sheet = np.zeros((300, 400, 4), np.uint8)
    sheet[100:200, 100:300] = (120, 60, 30, 255)
    base = Raster.from_array(sheet)
    for make in (SmudgeStroke, partial(Stroke, source=blurred_tiles(reading(base), 20))):
        after = stroked(base, make, (90, 150), (150, 150), lock_alpha=True)
        assert np.array_equal(after[..., 3], sheet[..., 3])
    mask = Raster.from_array(sheet[..., 3])
    soft = stroked(mask, partial(Stroke, source=blurred_tiles(reading(mask), 20)), (100, 150))
    assert len(np.unique(soft[150, 80:120])) > 10
