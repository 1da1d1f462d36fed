from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.document import Document, Pixels, Raster, Rect, filled_mask
from studio.generation import ModelLimits
from studio.generation.geometry import InpaintGeometry, inpaint_geometry
from studio.generation.masks import composite_mask, denoise_mask, is_softly_selected, part
from studio.raster.masks import feather

STARTER = ModelLimits(native_side=128, minimum_side=64, maximum_side=256)
CANVAS = Rect(0, 0, 320, 300)


def masks_of(selected: Pixels, **options: int) -> tuple[InpaintGeometry, Pixels, np.ndarray, Pixels]:
    """Geometry, selection in the context, denoise mask and composite mask of a canvas-sized selection."""
    rows, columns = np.flatnonzero(selected.any(axis=1)), np.flatnonzero(selected.any(axis=0))
    bounds = Rect(int(columns[0]), int(rows[0]), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    geometry = inpaint_geometry(CANVAS, bounds, STARTER, **options)  # type: ignore[arg-type]
    selection = part(selected, CANVAS, geometry.context)
    denoise = denoise_mask(selection, geometry)
    return geometry, selection, denoise, composite_mask(selection, denoise, geometry)


def canvas_with(x: int, y: int, width: int, height: int, value: int = 255) -> Pixels:
    selected = np.zeros((CANVAS.height, CANVAS.width), np.uint8)
    selected[y : y + height, x : x + width] = value
    return selected


def test_the_denoise_mask_is_full_on_the_selection_and_ramps_down_to_nothing() -> None:
    geometry, selection, mask, _ = masks_of(canvas_with(120, 100, 60, 60))
    assert mask.dtype == np.float32
    assert mask[selection > 0].min() == 1.0
    row = mask[130 - geometry.context.y]
    right = row[180 - geometry.context.x :]
    assert (np.diff(right) <= 1e-6).all(), "it only falls"
    reach = geometry.grow + geometry.feather // 2
    assert right[reach + 1 :].max() == 0.0
    assert 0.0 < right[geometry.grow] < 1.0


def test_the_composite_mask_is_opaque_inside_and_zero_at_the_edge_of_the_box() -> None:
    geometry, selection, _, mask = masks_of(canvas_with(120, 100, 60, 60))
    inside = part(selection, geometry.context, geometry.box) > 0
    assert mask.shape == (geometry.box.height, geometry.box.width)
    assert (mask[inside] == 255).all()
    edge = np.concatenate([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert edge.max() == 0
    assert len(np.unique(mask)) > 4, "a soft ramp"


def test_a_selection_at_the_edge_of_the_canvas_stays_opaque_up_to_it() -> None:
    geometry, _, denoise, mask = masks_of(canvas_with(0, 0, 50, 300))
    assert geometry.box.x == 0
    assert (mask[:, :50] == 255).all()
    assert (denoise[:, :50] == 1.0).all()


def test_the_whole_canvas_can_be_selected() -> None:
    _, _, denoise, mask = masks_of(canvas_with(0, 0, 320, 300))
    assert (mask == 255).all()
    assert (denoise == 1.0).all()


def test_a_soft_brush_gives_soft_masks() -> None:
    selected = canvas_with(100, 100, 80, 80, 40)
    selected[120:160, 120:160] = 255
    geometry, selection, denoise, mask = masks_of(selected, feather=0, grow=0)
    hard = part(selection, geometry.context, geometry.box) == 255
    assert (mask[hard] == 255).all()
    assert (mask[(mask > 0) & ~hard] >= 40).all()
    assert denoise[105 - geometry.context.y, 105 - geometry.context.x] == pytest.approx(40 / 255)


def test_a_faint_selection_counts_as_selected() -> None:
    geometry, selection, _, mask = masks_of(canvas_with(100, 100, 40, 40, 9))
    assert (mask[part(selection, geometry.context, geometry.box) > 0] == 255).all()


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_masks_never_reach_beyond_the_box_nor_leave_the_selection(data: st.DataObject) -> None:
    selected = np.zeros((CANVAS.height, CANVAS.width), np.uint8)
    for _ in range(data.draw(st.integers(1, 3))):
        x, y = data.draw(st.integers(0, 310)), data.draw(st.integers(0, 290))
        width, height = data.draw(st.integers(1, 200)), data.draw(st.integers(1, 200))
        selected[y : y + height, x : x + width] = data.draw(st.sampled_from([30, 128, 200, 255]))
    options = {key: data.draw(st.integers(0, 60)) for key in ("grow", "feather") if data.draw(st.booleans())}
    geometry, selection, denoise, composite = masks_of(selected, **options)
    outside = denoise.copy()
    part(outside, geometry.context, geometry.box)[...] = 0
    assert outside.max() == 0.0
    assert denoise.min() >= 0.0
    assert denoise.max() == 1.0
    full = part(selection, geometry.context, geometry.box) == 255
    assert (composite[full] == 255).all()
    inside = part(denoise, geometry.context, geometry.box)
    assert (inside[composite == 255] > 0).all(), "nothing is shown that was not drawn"


def gradient() -> Pixels:
    """Nothing at the left, all at the right, by degrees over 200 pixels."""
    selected = np.zeros((CANVAS.height, CANVAS.width), np.uint8)
    selected[60:240, 60:260] = np.linspace(1, 255, 200).astype(np.uint8)
    return selected


def test_in_a_soft_mask_half_is_half() -> None:
    geometry, selection, hard, _ = masks_of(gradient(), feather=0, grow=0)
    soft = denoise_mask(selection, geometry, soft=True)
    assert np.array_equal(soft[selection < 250], selection[selection < 250].astype(np.float32) / 255)
    assert (soft[selection >= 250] == 1.0).all()
    assert (hard[selection >= 128] == 1.0).all(), "else what is half masked is drawn all anew"


def test_a_soft_mask_that_is_hard_is_as_ever_and_is_softened_as_ever() -> None:
    geometry, selection, hard, blend = masks_of(canvas_with(120, 100, 60, 60))
    soft = denoise_mask(selection, geometry, soft=True)
    assert np.array_equal(soft, hard)
    reached = part(soft, geometry.context, geometry.box) > 0
    assert np.array_equal(composite_mask(selection, soft, geometry, soft=True)[reached], blend[reached])


def test_the_result_of_a_soft_mask_shows_nowhere_else() -> None:
    geometry, selection, _, _ = masks_of(gradient())
    denoise = denoise_mask(selection, geometry, soft=True)
    blend = composite_mask(selection, denoise, geometry, soft=True)
    inside = part(denoise, geometry.context, geometry.box)
    assert not blend[inside == 0].any()
    assert (blend >= part(selection, geometry.context, geometry.box)).all()


def test_a_feathered_selection_is_a_soft_mask_and_a_smooth_edge_is_none() -> None:
    picture, box = Document(width=CANVAS.width, height=CANVAS.height), filled_mask(Rect(80, 80, 90, 90))
    soft, smooth = feather(box, 12.0, CANVAS), feather(box, 1.0, CANVAS)
    assert is_softly_selected(picture.with_selection(soft).masked_by_selection())
    assert not is_softly_selected(picture.with_selection(smooth).masked_by_selection())
    assert not is_softly_selected(picture.with_generation_mask(soft)), "painted masks say it by the tool's setting"
    assert not is_softly_selected(picture.with_selection(soft).with_generation_mask(box))
    assert not is_softly_selected(picture.with_selection(Raster(channels=1)))
