"""Strokes, as a painter sees them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.document import Pixels, Raster, Rect, filled_mask, filled_raster
from studio.errors import SettingError
from studio.raster.brush import Stroke
from studio.raster.brushes.brush import Brush
from studio.raster.dabs import Coverage, Dab
from studio.raster.paint import paint_through

AREA = Rect(0, 0, 512, 512)


def brush(**changes: object) -> Brush:
    plain: dict[str, object] = {"diameter": 40, "hardness": 1.0, "pressure_size": False, "rgba": (255, 0, 0, 255)}
    return Brush(**(plain | changes))  # type: ignore[arg-type]


def drawn(raster: Raster, tool: Brush, *points: tuple[float, ...], **options: object) -> Raster:
    stroke = Stroke(raster, tool, **options)  # type: ignore[arg-type]
    for point in points:
        stroke.move_to(*point)
    return stroke.commit()


def alpha(raster: Raster) -> Pixels:
    return raster.read(AREA)[..., 3]


def test_a_click_leaves_a_round_dot_of_the_brush_size() -> None:
    dot = alpha(drawn(Raster(), brush(), (200, 150)))
    assert dot.sum() / 255 == pytest.approx(np.pi * 20**2, rel=0.01)
    rows, columns = np.flatnonzero(dot.any(axis=1)), np.flatnonzero(dot.any(axis=0))
    assert (columns[0], columns[-1], rows[0], rows[-1]) == (180, 219, 130, 169)


def test_a_dot_is_symmetric_when_it_is_centred_on_a_pixel_border() -> None:
    dot = alpha(drawn(Raster(), brush(hardness=0.3), (256, 256)))
    assert np.array_equal(dot, dot[::-1])
    assert np.array_equal(dot, dot[:, ::-1])
    assert np.array_equal(dot, dot.T)


def test_edges_are_smooth_and_places_finer_than_pixels() -> None:
    dot = alpha(drawn(Raster(), brush(diameter=10), (100, 100)))
    assert len(np.unique(dot)) > 5
    shifted = alpha(drawn(Raster(), brush(diameter=10), (100.5, 100)))
    weights = np.arange(512)
    centres = [(item.astype(float) * weights).sum() / item.sum() for item in (dot, shifted)]
    assert centres[1] - centres[0] == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize("hardness", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("diameter", [1, 3, 17.3, 120])
def test_a_dab_fades_outward_only(hardness: float, diameter: float) -> None:
    coverage = covered([Dab(100.5, 100.5, diameter / 2)], hardness=hardness)
    half = coverage[100, 100:]
    assert (np.diff(half) <= 1e-6).all()
    assert half[0] > 0.9
    assert half[int(diameter / 2) + 2 :].max() == 0
    assert np.array_equal(coverage[100, 100:180], coverage[100, 100:20:-1])


@pytest.mark.parametrize(("hardness", "flow"), [(1.0, 1.0), (0.4, 0.3), (0.0, 0.05)])
def test_dabs_at_once_cover_what_they_cover_one_by_one(hardness: float, flow: float) -> None:
    """Against the definition, written out in float64."""
    rng = np.random.default_rng(7)
    dabs = [Dab(*rng.uniform(-20, 276, 2), rng.uniform(0.2, 90), rng.uniform(0, 1)) for _ in range(40)]
    y, x = np.mgrid[:256, :256] + 0.5
    wanted = np.zeros((256, 256))
    for dab in dabs:
        width = max(1.0, (1 - hardness) * dab.radius)
        share = np.clip((dab.radius + 0.5 / width - np.hypot(x - dab.x, y - dab.y)) / width, 0, 1)
        share = share * share * (3 - 2 * share) if width > 2 else share
        wanted += np.maximum(0, dab.ceiling - wanted) * share * flow
    assert np.abs(covered(dabs, hardness=hardness, flow=flow) - wanted).max() < 1e-4
    alone = Coverage(hardness, flow, None, lambda key: False)
    for dab in dabs:
        alone.add([dab])
    assert np.array_equal(alone[0, 0], covered(dabs, hardness=hardness, flow=flow))


def test_all_that_a_dab_changes_is_reported() -> None:
    rng = np.random.default_rng(8)
    coverage = Coverage(0.5, 0.7, None, lambda key: False)
    coverage.add([Dab(128, 128, 1)])
    for _ in range(60):
        before = coverage[0, 0].copy()
        part = coverage.add([Dab(*rng.uniform(0, 256, 2), rng.uniform(0.2, 90), 0.8)]).get((0, 0), Rect(0, 0, 0, 0))
        rows, columns = np.nonzero(coverage[0, 0] != before)
        for row, column in zip(rows, columns, strict=True):
            assert part.contains(int(column), int(row))
        if rows.size:
            assert part == Rect(columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1), "and no more"


def covered(dabs: list[Dab], *, hardness: float, flow: float = 1.0) -> NDArray[np.float32]:
    coverage = Coverage(hardness, flow, None, lambda key: False)
    coverage.add(dabs)
    return coverage[0, 0]


def test_a_soft_brush_is_softer_than_a_hard_one() -> None:
    soft, hard = alpha(drawn(Raster(), brush(hardness=0), (99, 99))), alpha(drawn(Raster(), brush(), (99, 99)))
    assert np.count_nonzero((soft > 20) & (soft < 235)) > 3 * np.count_nonzero((hard > 20) & (hard < 235))


def test_a_line_has_no_gaps_and_even_width() -> None:
    line = alpha(drawn(Raster(), brush(diameter=12), (20, 100), (480, 100)))
    assert (line[100, 20:480] == 255).all()
    thickness = line[:, 30:470].astype(float).sum(axis=0) / 255
    assert thickness.max() - thickness.min() < 0.35


def test_how_often_the_pointer_reports_does_not_matter() -> None:
    tool = brush(diameter=30, flow=0.3, hardness=0.5)
    once = alpha(drawn(Raster(), tool, (20, 100), (480, 300)))
    steps = [(20 + 460 * i / 97, 100 + 200 * i / 97) for i in range(98)]
    often = alpha(drawn(Raster(), tool, *steps))
    assert np.abs(once.astype(int) - often).max() <= 2


@pytest.mark.parametrize("nowhere", [float("nan"), float("inf"), -float("inf")])
def test_a_point_that_is_nowhere_is_passed_over(nowhere: float) -> None:
    ends = (10, 10), (40, 20)
    with_it = drawn(Raster(4), brush(), ends[0], (nowhere, 10), (10, nowhere), ends[1])
    assert np.array_equal(with_it.read(AREA), drawn(Raster(4), brush(), *ends).read(AREA))


def test_crossing_itself_a_stroke_never_exceeds_its_opacity() -> None:
    scribble = [(100 + 90 * np.sin(i), 100 + 90 * np.cos(i * 1.7)) for i in range(80)]
    painted = alpha(drawn(Raster(), brush(opacity=0.5), *scribble))
    assert painted.max() == pytest.approx(127.5, abs=1)
    again = alpha(drawn(drawn(Raster(), brush(opacity=0.5), *scribble), brush(opacity=0.5), *scribble))
    assert again.max() == pytest.approx(255 * 0.75, abs=1.5), "a second stroke builds up on the first"


def test_even_faint_flow_builds_up_to_the_opacity() -> None:
    tool = brush(flow=0.02, opacity=0.8)
    back_and_forth = [(100 + 60 * (i % 2), 100) for i in range(120)]
    painted = alpha(drawn(Raster(), tool, *back_and_forth))
    assert painted.max() == pytest.approx(255 * 0.8, abs=1.5)
    assert 0 < alpha(drawn(Raster(), tool, (100, 100))).max() < 10


def test_the_colour_s_own_alpha_counts() -> None:
    assert alpha(drawn(Raster(), brush(rgba=(9, 9, 9, 64)), (99, 99))).max() == 64


def test_pressure_drives_size_and_opacity_as_asked() -> None:
    light = drawn(Raster(), brush(pressure_size=True), (99, 99, 0.5))
    assert alpha(light).sum() / 255 == pytest.approx(np.pi * 10**2, rel=0.02)
    faint = drawn(Raster(), brush(pressure_opacity=True), (99, 99, 0.25))
    assert alpha(faint).max() == pytest.approx(64, abs=1)
    assert np.count_nonzero(alpha(faint)) > 1200
    firm_then_faint = drawn(Raster(), brush(pressure_opacity=True), (99, 99, 1.0), (99, 119, 0.1), (99, 99, 0.1))
    assert alpha(firm_then_faint)[99, 99] == 255, "a faint touch takes nothing away"


def test_pressure_changes_smoothly_along_a_line() -> None:
    line = alpha(drawn(Raster(), brush(pressure_size=True), (20, 100, 0.1), (480, 100, 1.0)))
    thickness = line.astype(float).sum(axis=0)[40:460] / 255
    assert np.corrcoef(thickness, np.arange(420))[0, 1] > 0.999


def test_an_eraser_takes_paint_away() -> None:
    sheet = filled_raster(512, 512, (10, 20, 30, 255))
    hole = drawn(sheet, brush(eraser=True), (256, 256)).read(AREA)
    assert not hole[256, 256].any()
    assert hole[0, 0].tolist() == [10, 20, 30, 255]
    half = drawn(sheet, brush(eraser=True, opacity=0.5), (256, 256)).read(AREA)
    assert half[256, 256].tolist() == pytest.approx([5, 10, 15, 127.5], abs=1)


def test_erasing_everything_of_a_tile_frees_it() -> None:
    dot = drawn(Raster(), brush(diameter=10), (50, 50))
    assert set(dot.tiles) == {(0, 0)}
    assert not drawn(dot, brush(eraser=True, diameter=60), (50, 50)).tiles


def test_locked_alpha_keeps_the_outline() -> None:
    base = drawn(Raster(), brush(hardness=0.2, rgba=(0, 0, 255, 255)), (100, 100))
    tinted = drawn(base, brush(diameter=100), (110, 100), lock_alpha=True)
    assert np.array_equal(alpha(tinted), alpha(base))
    assert tinted.read(AREA)[100, 100].tolist() == [255, 0, 0, 255]
    assert drawn(base, brush(diameter=100, eraser=True), (110, 100), lock_alpha=True) is base


def test_a_selection_limits_the_stroke_softly() -> None:
    selection = filled_mask(Rect(0, 0, 200, 512), 255).with_array(np.full((512, 10), 128, np.uint8), 200, 0)
    line = alpha(drawn(Raster(), brush(), (20, 100), (480, 100), clip=selection))
    assert line[100, 199] == 255
    assert line[100, 205] == pytest.approx(128, abs=1)
    assert not line[:, 210:].any()


def test_tiles_without_selection_are_not_even_touched() -> None:
    stroke = Stroke(Raster(), brush(), clip=filled_mask(Rect(0, 0, 256, 256)))
    assert stroke.move_to(100, 100) == {(0, 0)}
    assert stroke.move_to(400, 100) == {(0, 0)}
    assert set(stroke.tiles) == {(0, 0)}


def test_painting_on_a_mask_uses_the_luma_and_an_eraser_paints_black() -> None:
    mask = drawn(Raster(channels=1), brush(rgba=(255, 255, 255, 255)), (100, 100), (200, 100))
    assert mask.read(AREA)[100, 150] == 255
    grey = drawn(mask, brush(rgba=(90, 90, 90, 255)), (100, 100))
    assert grey.read(AREA)[100, 100] == 90
    erased = drawn(mask, brush(eraser=True, diameter=50), (100, 100), (200, 100))
    assert not erased.read(AREA).any()
    showing = Raster(channels=1, default=255)
    assert drawn(showing, brush(eraser=True), (100, 100)).read(AREA)[[100, 0], [100, 0]].tolist() == [0, 255]


def test_paint_keeps_its_colour_at_soft_edges() -> None:
    pixels = drawn(Raster(), brush(hardness=0), (100, 100)).read(AREA)
    assert np.array_equal(pixels[..., 0], pixels[..., 3])
    assert not pixels[..., 1:3].any()


def test_reported_tiles_are_the_ones_that_changed() -> None:
    sheet = filled_raster(1024, 1024, (10, 20, 30, 255))
    stroke = Stroke(sheet, brush())
    touched = set(stroke.move_to(250, 100)) | set(stroke.move_to(250, 400)) | set(stroke.move_to(700, 400))
    assert touched == sheet.changed_tiles(stroke.commit())


def test_the_raster_under_a_stroke_stays_as_it_is() -> None:
    sheet = filled_raster(512, 512, (10, 20, 30, 255))
    stroke = Stroke(sheet, brush())
    stroke.move_to(100, 100)
    live = stroke.raster()
    assert live.read(AREA)[100, 100].tolist() == [255, 0, 0, 255]
    assert sheet.read(AREA)[100, 100].tolist() == [10, 20, 30, 255]
    assert live.tiles[(1, 1)] is sheet.tiles[(1, 1)]


def test_commit_shares_what_did_not_change_and_owns_what_did() -> None:
    sheet = filled_raster(512, 512, (10, 20, 30, 255))
    stroke = Stroke(sheet, brush())
    stroke.move_to(100, 100)
    done = stroke.commit()
    assert done.changed_tiles(sheet) == {(0, 0)}
    before = done.tiles[(0, 0)].copy()
    stroke.move_to(100, 200)
    assert np.array_equal(done.tiles[(0, 0)], before), "a committed raster never changes"
    assert not done.tiles[(0, 0)].flags.writeable


@pytest.mark.parametrize("erase", [False, True])
@pytest.mark.parametrize("channels", [4, 1])
def test_paint_is_a_mix_by_strength(channels: int, erase: bool) -> None:
    rng = np.random.default_rng(3)
    before = rng.integers(0, 256, (60, 70, 4), np.uint8)
    before[..., :3] = np.minimum(before[..., :3], before[..., 3:])
    before = before if channels == 4 else before[..., 3].copy()
    strength = rng.random((60, 70), np.float32)
    colour = np.array((200, 30, 90, 255)) if channels == 4 else 0.299 * 200 + 0.587 * 30 + 0.114 * 90
    share = strength[..., None] if channels == 4 else strength
    wanted = before * (1 - share) + (0 if erase else colour * share)
    painted = paint_through(before, strength, (200, 30, 90, 255), erase=erase)
    assert np.abs(painted - wanted).max() <= 1.5
    if channels == 4:
        assert (painted[..., :3] <= painted[..., 3:]).all()


def test_painting_the_colour_that_is_there_changes_nothing() -> None:
    sheet = filled_raster(512, 512, (255, 0, 0, 255))
    assert drawn(sheet, brush(), (100, 100), (300, 300)) is sheet


def test_a_stroke_outside_every_tile_makes_only_the_tiles_it_needs() -> None:
    far = drawn(Raster(), brush(), (-1000, 5000))
    assert set(far.tiles) == {(-4, 19)}


def test_smoothing_calms_a_shaking_hand_and_still_arrives() -> None:
    rng = np.random.default_rng(0)
    shaky = [(20 + 4.5 * i, 200 + rng.normal(0, 8)) for i in range(100)]

    def wobble(smoothing: float) -> float:
        line = alpha(drawn(Raster(), brush(diameter=8, smoothing=smoothing), *shaky)).astype(float)
        heights = (line * np.arange(512)[:, None]).sum(axis=0)[60:420] / line.sum(axis=0)[60:420]
        return float(np.std(heights))

    assert wobble(0.8) < wobble(0.0) / 2
    end = alpha(drawn(Raster(), brush(diameter=8, smoothing=1.0), (20, 100), (300, 100)))
    assert end[100, 299] == 255


@pytest.mark.parametrize(
    "wrong", [{"diameter": 0}, {"diameter": 3000}, {"opacity": 1.5}, {"spacing": 0}, {"rgba": (0, 0, 300, 255)}]
)
def test_an_impossible_brush_is_refused_with_advice(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingError) as caught:
        brush(**wrong)
    assert caught.value.advice
