from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import Rect
from studio.generation import ModelLimits
from studio.generation.geometry import (
    MINIMUM_STEPS,
    InpaintGeometry,
    inpaint_geometry,
    sampling_passes,
    schedule_steps,
    steps_run,
)

SD15 = ModelLimits(native_side=512, minimum_side=512, maximum_side=768)
STARTER = ModelLimits(native_side=128, minimum_side=64, maximum_side=256)
SHIPPED = ModelLimits(native_side=256, minimum_side=256, maximum_side=384, sees_kept=True)


def geometry(canvas: int, selected: int, limits: ModelLimits = SD15, **options: object) -> InpaintGeometry:
    middle = (canvas - selected) // 2
    return inpaint_geometry(
        Rect(0, 0, canvas, canvas),
        Rect(middle, middle, selected, selected),
        limits,
        **options,  # type: ignore[arg-type]
    )


def test_the_worked_example() -> None:
    found = geometry(2048, 200)
    assert (found.feather, found.grow, found.blend) == (32, 20, 25)
    assert found.box == Rect(872, 872, 304, 304)
    assert found.context == Rect(720, 720, 608, 608)


def test_a_weaker_strength_feathers_less() -> None:
    found = geometry(2048, 200, strength=0.5)
    assert (found.feather, found.grow, found.blend) == (16, 12, 20)


def test_a_large_selection_feathers_by_its_diagonal() -> None:
    found = geometry(4096, 1000)
    assert found.feather == 141
    assert found.grow == 4 + 70


def test_a_small_model_gets_small_numbers() -> None:
    found = geometry(128, 30, STARTER)
    assert (found.feather, found.grow, found.blend) == (8, 5, 6)
    assert found.box == Rect(32, 32, 64, 64)
    assert found.context == Rect(0, 0, 128, 128)


def test_for_a_model_that_sees_what_is_kept_the_selection_hardly_grows() -> None:
    found = geometry(2048, 200, replace(SD15, sees_kept=True))
    assert (found.feather, found.grow, found.blend) == (32, 4, 20)


def test_numbers_may_be_given() -> None:
    found = geometry(1024, 100, feather=10, grow=40, padding=64)
    assert (found.feather, found.grow) == (10, 40)
    assert found.box.width >= 100 + 2 * 45
    assert found.context.width == max(512, found.box.width + 128)
    hard = geometry(1024, 100, feather=0, grow=0)
    assert (hard.feather, hard.grow, hard.blend) == (0, 0, 0)


@pytest.mark.parametrize("limits", [SD15, SHIPPED, replace(SD15, native_side=1024, minimum_side=640)])
@pytest.mark.parametrize("selected", [20, 45, 80])
def test_close_up_a_small_selection_spans_enough_latent_cells(limits: ModelLimits, selected: int) -> None:
    found = geometry(2048, selected, limits, close=True)
    (drawn, *_) = sampling_passes(found.context.width, found.context.height, limits, least_side=found.least_side)
    cells = selected * drawn.width / found.context.width / limits.multiple
    assert cells >= (16 if selected >= 45 else 9)
    assert found.context.width < geometry(2048, selected, limits).context.width


def test_close_up_changes_nothing_for_what_is_large_enough_or_has_its_context_given() -> None:
    for limits in (SD15, SHIPPED):
        assert geometry(2048, 88, limits, close=True) == geometry(2048, 88, limits)
    assert geometry(1024, 45, close=True, padding=64) == geometry(1024, 45, padding=64)


def test_near_an_edge_the_context_is_shifted_into_the_canvas() -> None:
    found = inpaint_geometry(Rect(0, 0, 2048, 2048), Rect(0, 1990, 200, 58), SD15)
    assert found.context.x == 0
    assert found.context.bottom == 2048
    assert found.context.width >= 512


def test_a_selection_outside_the_canvas_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        inpaint_geometry(Rect(0, 0, 64, 64), Rect(70, 0, 10, 10), SD15)


sides = st.integers(16, 3000)


@st.composite
def canvas_and_selection(draw: st.DrawFn) -> tuple[Rect, Rect]:
    canvas = Rect(0, 0, draw(sides), draw(sides))
    x, y = draw(st.integers(0, canvas.width - 1)), draw(st.integers(0, canvas.height - 1))
    return canvas, Rect(x, y, draw(st.integers(1, canvas.width - x)), draw(st.integers(1, canvas.height - y)))


def holds(outer: Rect, inner: Rect) -> bool:
    return outer.intersected(inner) == inner


@settings(max_examples=300, deadline=None)
@given(
    canvas_and_selection(),
    st.sampled_from([SD15, STARTER]),
    st.floats(0.05, 1.0),
    st.none() | st.integers(0, 200),
    st.none() | st.integers(0, 200),
    st.none() | st.integers(0, 500),
    st.booleans(),
)
def test_selection_box_context_and_canvas_lie_in_one_another(
    rects: tuple[Rect, Rect],
    limits: ModelLimits,
    strength: float,
    grow: int | None,
    feather: int | None,
    padding: int | None,
    close: bool,
) -> None:
    canvas, selection = rects
    found = inpaint_geometry(
        canvas, selection, limits, strength=strength, grow=grow, feather=feather, padding=padding, close=close
    )
    assert holds(found.box, selection)
    assert holds(found.context, found.box)
    assert holds(canvas, found.context)
    reach = found.grow + found.feather // 2
    assert holds(found.box, selection.expanded(reach).intersected(canvas)), "the masks end inside the box"
    assert found.blend <= reach
    for side, available in ((found.context.width, canvas.width), (found.context.height, canvas.height)):
        assert side % 8 == 0 or side == available
    for side, available in ((found.box.width, canvas.width), (found.box.height, canvas.height)):
        assert side % 16 == 0 or side == available
    longest, shortest = (
        max(found.context.width, found.context.height),
        min(found.context.width, found.context.height),
    )
    assert longest <= 1.5 * shortest + 16 or shortest >= min(canvas.width, canvas.height) - 7


def sizes(width: int, height: int, limits: ModelLimits, **options: int) -> list[tuple[int, int, float]]:
    return [(each.width, each.height, each.strength) for each in sampling_passes(width, height, limits, **options)]


def test_a_context_within_the_limits_is_drawn_as_it_is() -> None:
    assert sizes(608, 608, SD15) == [(608, 608, 1.0)]
    assert sizes(600, 700, SD15) == [(600, 704, 1.0)]


def test_a_small_context_is_enlarged() -> None:
    assert sizes(256, 300, SD15) == [(512, 600, 1.0)]
    assert sizes(40, 60, STARTER) == [(64, 96, 1.0)]


def test_a_least_side_enlarges_as_far_as_the_limits_allow() -> None:
    assert sizes(120, 120, SHIPPED, least_side=384) == [(384, 384, 1.0)]
    assert sizes(120, 160, SHIPPED, least_side=384) == [(288, 384, 1.0)]
    assert sizes(300, 300, SHIPPED, least_side=384) == [(384, 384, 1.0)]
    assert sizes(120, 120, SHIPPED, least_side=4000) == [(384, 384, 1.0)]


def test_a_large_context_takes_two_passes() -> None:
    assert sizes(1200, 1200, SD15) == [(768, 768, 1.0), (1200, 1200, 0.4)]
    assert sizes(1200, 1200, SD15, refine=False) == [(768, 768, 1.0)]
    assert sizes(4000, 4000, SD15) == [(768, 768, 1.0), (1536, 1536, 0.4)]


def test_losing_less_than_a_tenth_takes_one_pass() -> None:
    assert sizes(840, 840, SD15) == [(768, 768, 1.0)]


@settings(max_examples=300, deadline=None)
@given(sides, sides, st.sampled_from([SD15, STARTER]), st.floats(0.01, 1.0))
def test_every_pass_has_sides_that_the_model_can_draw(
    width: int, height: int, limits: ModelLimits, strength: float
) -> None:
    first, *later = sampling_passes(width, height, limits, strength=strength)
    assert first.strength == strength
    assert len(later) <= 1
    for each in (first, *later):
        assert each.width % limits.multiple == each.height % limits.multiple == 0
        assert min(each.width, each.height) >= limits.minimum_side / 2
    assert max(first.width, first.height) <= limits.maximum_side
    for second in later:
        assert max(second.width, second.height) <= 2 * limits.maximum_side
        assert second.strength <= strength
        assert second.width >= first.width
        assert second.height >= first.height


@given(st.integers(1, 500), st.floats(0.01, 1.0))
def test_a_weak_strength_still_runs_some_steps(steps: int, strength: float) -> None:
    total = schedule_steps(steps, strength)
    assert steps <= total <= 1000
    assert steps_run(total, strength) >= min(steps, MINIMUM_STEPS) - 1
    if steps_run(steps, strength) >= MINIMUM_STEPS:
        assert total == steps
