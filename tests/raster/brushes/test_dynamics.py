"""Brushes that are more than round: tips, grain, chance, the pen, and strokes in several places."""

from __future__ import annotations

import base64
import itertools
import math

import cv2
import numpy as np
import pytest

from studio.document import Pixels, Raster, Rect
from studio.errors import SettingError
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush, Grain, Jitter, Response, Tip
from studio.raster.brushes.curve import read_curve, value_at
from studio.raster.brushes.symmetry import Symmetry
from studio.raster.brushes.tip_pictures import grain_picture, stamp_picture

AREA = Rect(0, 0, 512, 512)
LINE = ((60.0, 130.0), (240.0, 180.0), (420.0, 120.0))
ARROW = np.zeros((64, 64), np.uint8)
cv2.fillPoly(ARROW, [np.array([(4, 10), (60, 32), (4, 54)])], 255)

LIVELY = Brush(
    diameter=30,
    spacing=0.3,
    pressure_size=False,
    rgba=(200, 60, 30, 255),
    tip=Tip(kind="bristle"),
    roundness=0.6,
    follows="stroke",
    scatter=0.4,
    jitter=Jitter(size=0.4, angle=0.2, opacity=0.3, hue=0.2, saturation=0.2, brightness=0.2),
    grain=Grain(kind="paper"),
    flow_by=Response(speed=((0, 1), (1, 0.2))),
)


def drawn(brush: Brush, *points: tuple[float, ...], base: Raster | None = None, **options: object) -> Pixels:
    stroke = Stroke(base or Raster(), brush, **options)  # type: ignore[arg-type]
    for time, point in enumerate(points):
        stroke.move_to(*point, time=time / 50)
    return stroke.commit().read(AREA)


def plain(**changes: object) -> Brush:
    return Brush(**({"diameter": 40, "hardness": 1.0, "pressure_size": False} | changes))  # type: ignore[arg-type]


def test_a_stroke_is_the_same_again_with_its_seed_and_another_without() -> None:
    first, again, other = (drawn(LIVELY, *LINE, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    strong = first[first[..., 3] > 100].astype(float)
    assert (strong[:, 1] / strong[:, 3]).std() > 0.02, "colours differ from dab to dab"


@pytest.mark.parametrize("kind", ["round", "square", "stamp"])
def test_a_tip_by_the_general_kernel_is_what_geometry_says(kind: str) -> None:
    tip = Tip(kind=kind, picture=stamp_picture(np.full((64, 64), 255, np.uint8)) if kind == "stamp" else "")
    alpha = drawn(plain(tip=tip, roundness=0.5, angle=90), (256, 256))[..., 3]
    area = math.pi * 20 * 10 if kind == "round" else 40 * 20
    assert alpha.sum() / 255 == pytest.approx(area, rel=0.03)
    rows, columns = (np.flatnonzero(alpha.max(axis=axis) > 127) for axis in (1, 0))
    assert (rows[0], rows[-1], columns[0], columns[-1]) == (236, 275, 246, 265), "turned upright"


def test_a_round_tip_is_the_same_by_both_kernels() -> None:
    brush = plain(hardness=0.4, flow=0.3)
    alpha = [drawn(each, *LINE).astype(int) for each in (brush, brush.with_changes(roundness=0.9999))]
    assert np.abs(alpha[0] - alpha[1]).max() <= 1


def test_a_large_stamp_made_small_keeps_what_it_covers() -> None:
    board = np.kron(np.indices((8, 8)).sum(axis=0) % 2, np.ones((32, 32))).astype(np.uint8) * 255
    alpha = drawn(plain(tip=Tip(kind="stamp", picture=stamp_picture(board)), diameter=12), (100, 100))[..., 3]
    assert alpha.sum() / 255 == pytest.approx(12 * 12 / 2, rel=0.05)


def test_a_stamp_follows_the_stroke() -> None:
    brush = plain(tip=Tip(kind="stamp", picture=stamp_picture(ARROW)), follows="stroke", spacing=3, diameter=60)
    points = np.argwhere(drawn(brush, (100, 100), (100, 250))[..., 3] > 127)
    first = points[points[:, 0] < 140]
    assert first[:, 1].mean() == pytest.approx(99.5, abs=1)
    assert np.ptp(first[first[:, 0] < 90][:, 1]) > np.ptp(first[first[:, 0] > 120][:, 1]), "it points down"
    assert drawn(brush, (100, 100))[..., 3].any(), "a click has no direction, and leaves a print all the same"


def test_pressure_tilt_and_speed_change_each_dab_by_their_curves() -> None:
    def reach(brush: Brush, **held: float) -> float:
        stroke = Stroke(Raster(), brush)
        stroke.move_to(256, 256, **held)
        return math.sqrt(float((stroke.commit().read(AREA)[..., 3] / 255).sum()) / math.pi)

    by_tilt = plain(size_by=Response(tilt=((0, 1), (1, 0.25))))
    assert reach(by_tilt, tilt=0.0) == pytest.approx(20, abs=0.2)
    assert reach(by_tilt, tilt=1.0) == pytest.approx(5, abs=0.2)
    firm = plain(pressure_size=True, size_by=Response(pressure=((0, 0.5), (1, 1))))
    assert reach(firm, pressure=0.0) == pytest.approx(10, abs=0.2)
    assert reach(firm.with_changes(pressure_size=False), pressure=0.0) == pytest.approx(20, abs=0.2)
    fast = plain(opacity_by=Response(speed=((0, 1), (1, 0))), diameter=6)
    slowly, quickly = Stroke(Raster(), fast), Stroke(Raster(), fast)
    for step in range(20):
        slowly.move_to(20 + 20 * step, 100, time=float(step))
        quickly.move_to(20 + 20 * step, 100, time=step / 1000)
    assert slowly.commit().read(AREA)[100, 300, 3] > 250
    assert quickly.commit().read(AREA)[100, 300, 3] < 30


def test_a_curve_meets_its_points_and_never_overshoots() -> None:
    curve = read_curve([[0, 0.1], [0.2, 0.9], [0.6, 0.9], [1, 0]])
    heights = [value_at(curve, x / 200) for x in range(201)]
    assert value_at(curve, 0.2) == pytest.approx(0.9, abs=0.02)
    assert (heights[0], heights[-1], max(heights)) == pytest.approx((0.1, 0, 0.9), abs=0.001)
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(heights[:41]))
    for wrong in ([[0, 0]], [[0, 0], [0.5, 1]], [[0, 0], [0, 1], [1, 1]], [[0, 0], [1, 2]], "curve", None):
        with pytest.raises(ValueError, match=r"."):
            read_curve(wrong)


def test_grain_keeps_its_hollows_however_often_they_are_painted_over() -> None:
    brush = plain(grain=Grain(kind="speckle", depth=1.0), diameter=120)
    alpha = drawn(brush, *[(150 + 100 * (step % 2), 200) for step in range(40)])[150:250, 150:250, 3]
    assert alpha.min() < 40
    assert alpha.max() > 215
    edges = grain_picture(Grain(kind="paper")).astype(int)
    beside = np.abs(edges[:, 0] - edges[:, -1]).mean() / np.abs(np.diff(edges, axis=1)).mean()
    assert beside == pytest.approx(1, abs=0.25), "it goes on from tile to tile"


@pytest.mark.parametrize(
    ("across", "down", "turns", "count"), [(1, 0, 1, 2), (1, 1, 1, 4), (0, 0, 5, 5), (1, 1, 6, 12)]
)
def test_strokes_are_drawn_again_at_the_places_of_a_symmetry(across: int, down: int, turns: int, count: int) -> None:
    symmetry = Symmetry(x=256, y=256, across=bool(across), down=bool(down), turns=turns)
    assert len(list(symmetry.copies(300, 290))) == count
    alpha = drawn(plain(diameter=12), (400, 300), symmetry=symmetry)[..., 3]
    assert cv2.connectedComponents((alpha > 0).astype(np.uint8))[0] - 1 == count
    mirrored = alpha[:, ::-1] if across else alpha
    assert np.abs(alpha.astype(int) - mirrored).max() <= 1


def test_a_mirrored_stamp_is_mirrored_itself() -> None:
    brush = plain(tip=Tip(kind="stamp", picture=stamp_picture(ARROW)), angle=30, diameter=80)
    alpha = drawn(brush, (130, 200), symmetry=Symmetry(x=256, y=256, across=True))[..., 3].astype(int)
    assert np.abs(alpha - alpha[:, ::-1]).max() <= 2


def test_a_rope_drags_the_brush_and_leaves_it_behind() -> None:
    alpha = drawn(plain(diameter=10, rope=60), (100, 100), (150, 100), (300, 100), (280, 130))[..., 3]
    assert np.flatnonzero(alpha[100] > 127)[-1] == pytest.approx(240 + 5, abs=1)
    assert not alpha[:, 260:].any()


def test_the_area_that_changed_is_told_wherever_dabs_fall() -> None:
    stroke = Stroke(Raster(), LIVELY, symmetry=Symmetry(x=256, y=256, across=True), seed=9)
    seen = Rect(0, 0, 0, 0)
    for point in LINE:
        stroke.move_to(*point)
        seen = seen.united(stroke.take_area())
    stroke.finish()
    seen = seen.united(stroke.take_area())
    painted = stroke.commit().bounds()
    assert seen.united(painted) == seen
    assert not stroke.take_area().width


def test_locked_alpha_and_masks_take_every_brush() -> None:
    base = Stroke(Raster(), plain(diameter=100, rgba=(0, 0, 255, 255)))
    base.move_to(200, 150)
    sheet = base.commit()
    tinted = drawn(LIVELY, *LINE, base=sheet, lock_alpha=True)
    assert np.array_equal(tinted[..., 3], sheet.read(AREA)[..., 3])
    assert not np.array_equal(tinted, sheet.read(AREA))
    stroke = Stroke(Raster(channels=1), LIVELY.with_changes(rgba=(255, 255, 255, 255)))
    stroke.move_to(100, 100)
    stroke.move_to(200, 100)
    assert stroke.commit().read(AREA).max() > 150


def test_a_brush_comes_back_from_its_text() -> None:
    assert Brush.read_json(LIVELY.json()) == LIVELY


@pytest.mark.parametrize(
    "wrong",
    [
        {"tip": {"kind": "cloud"}},
        {"tip": Tip(kind="stamp", picture="AAAA")},
        {"grain": {"depth": 3}},
        {"size_by": {"pressure": [[0, 0], [2, 1]]}},
        {"roundness": 0.0},
        {"scatter": math.nan},
    ],
)
def test_an_impossible_brush_is_refused_before_it_paints(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingError) as caught:
        Stroke(Raster(), plain(**wrong))
    assert caught.value.advice


def test_a_stamp_of_too_many_pixels_is_refused_by_its_header() -> None:
    _, data = cv2.imencode(".png", np.zeros((1, 10_000), np.uint8))
    picture = base64.b64encode(data.tobytes()).decode()
    with pytest.raises(SettingError, match="10000 x 1"):
        Stroke(Raster(), plain(tip=Tip(kind="stamp", picture=picture)))
    assert (
        max(
            cv2.imdecode(
                np.frombuffer(base64.b64decode(stamp_picture(np.zeros((900, 3000), np.uint8))), np.uint8), 0
            ).shape
        )
        == 512
    )
