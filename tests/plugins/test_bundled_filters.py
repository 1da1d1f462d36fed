"""The bundled filters on pixels, and a filter's way through a document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import FilterSpec
from studio.api.parameters import validated_parameters
from studio.document import Document, GroupLayer, PaintLayer, Pixels, Raster, Rect
from studio.errors import Cancelled, SettingError
from studio.generation import CancelToken
from studio.plugin_host import PluginFolder, PluginHost
from studio.raster.compose import compose
from studio.raster.filtering import filter_layer


@pytest.fixture(scope="module")
def filters() -> dict[str, FilterSpec]:
    folder = Path(__file__).resolve().parents[2] / "plugins"
    specs = PluginHost.load([PluginFolder(folder, "bundled")], entry_points=False).specs(FilterSpec)
    others = ("guide_", "pixel_art", "remove_plain_ground")  # those change the whole look
    return {name: spec for name, spec in specs.items() if not name.startswith(others)}


def run(spec: FilterSpec, pixels: Pixels, **values: Any) -> Pixels:
    parameters = validated_parameters(spec.parameters, values)
    return spec.run(pixels, parameters, CancelToken(), lambda fraction, message: None)


def grey(*tones: int) -> Pixels:
    return np.array([[(tone, tone, tone, 255) for tone in tones]], np.uint8)


def edge(height: int = 40) -> Pixels:
    """Dark on the left, light on the right."""
    return np.repeat(grey(*([80] * 20 + [170] * 20)), height, axis=0)


def test_every_filter_with_its_defaults_keeps_the_shape_and_alpha_of_the_colour_filters(
    filters: dict[str, FilterSpec],
) -> None:
    assert set(filters) == {"gaussian_blur", "unsharp_mask", "levels", "hue_saturation"}
    pixels = np.random.default_rng(0).integers(0, 256, (37, 53, 4), dtype=np.uint8)
    for spec in filters.values():
        after = run(spec, pixels)
        assert after.shape == pixels.shape
        if spec.id != "gaussian_blur":
            assert np.array_equal(after[..., 3], pixels[..., 3]), spec.id


def test_blur_softens_an_edge_and_keeps_a_plain_area(filters: dict[str, FilterSpec]) -> None:
    after = run(filters["gaussian_blur"], edge(), radius=2.0)
    row = after[20, :, 0].astype(int)
    assert (row[0], row[-1]) == (80, 170)
    assert (np.diff(row) >= 0).all()
    assert np.diff(row).max() < 25


def test_blur_of_a_tall_picture_has_no_seam_between_its_bands(filters: dict[str, FilterSpec]) -> None:
    import cv2

    pixels = np.random.default_rng(1).integers(0, 256, (700, 9, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    after = run(filters["gaussian_blur"], pixels, radius=3.0)
    whole = cv2.GaussianBlur(pixels, (0, 0), 3.0, borderType=cv2.BORDER_REPLICATE)
    assert np.abs(after.astype(int) - whole).max() <= 1


def test_transparent_pixels_lend_no_colour_to_a_blur(filters: dict[str, FilterSpec]) -> None:
    pixels = np.zeros((21, 21, 4), np.uint8)
    pixels[10, 10] = (250, 120, 30, 255)
    after = run(filters["gaussian_blur"], pixels, radius=1.5)
    near = after[10, 8]
    assert 0 < near[3] < 255
    assert np.abs(near[:3].astype(int) - (250, 120, 30)).max() < 25


def test_unsharp_mask_lifts_the_contrast_at_an_edge_only(filters: dict[str, FilterSpec]) -> None:
    after = run(filters["unsharp_mask"], edge(), radius=1.5, amount=1.0)[20, :, 0].astype(int)
    assert after[19] < 80
    assert after[20] > 170
    assert (after[0], after[39]) == (80, 170)
    still = run(filters["unsharp_mask"], edge(), radius=1.5, amount=1.0, threshold=64)
    assert np.array_equal(still, edge())


def test_levels_map_black_white_and_the_middle(filters: dict[str, FilterSpec]) -> None:
    after = run(filters["levels"], grey(10, 50, 125, 200, 240), black=50, white=200)[0, :, 0]
    assert list(after) == [0, 0, 128, 255, 255]
    assert run(filters["levels"], grey(64), gamma=2.0)[0, 0, 0] == 128
    assert list(run(filters["levels"], grey(99, 101), black=100, white=1)[0, :, 0]) == [0, 255]


def test_hue_turns_red_to_green_and_saturation_takes_colour_away(filters: dict[str, FilterSpec]) -> None:
    red = np.array([[(255, 0, 0, 128)]], np.uint8)
    spec = filters["hue_saturation"]
    assert tuple(run(spec, red, hue=120.0)[0, 0]) == (0, 255, 0, 128)
    assert tuple(run(spec, red, saturation=0.0)[0, 0]) == (255, 255, 255, 128)
    assert tuple(run(spec, red, brightness=0.0)[0, 0]) == (0, 0, 0, 128)


def test_a_cancel_stops_a_filter(filters: dict[str, FilterSpec]) -> None:
    cancel = CancelToken()
    cancel.cancel()
    for spec in filters.values():
        with pytest.raises(Cancelled):
            spec.run(edge(), validated_parameters(spec.parameters, {}), cancel, lambda fraction, message: None)


# --- through a document ---------------------------------------------------------------------------


def document(selection: Pixels | None = None) -> Document:
    pixels = np.random.default_rng(2).integers(0, 256, (300, 300, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    layer = PaintLayer(name="Photo", raster=Raster.from_array(pixels))
    made = Document(width=300, height=300, layers=(layer,), active_id=layer.id)
    return made if selection is None else made.with_selection(Raster.from_array(selection))


def inverted(pixels: Pixels) -> Pixels:
    return np.concatenate((255 - pixels[..., :3], pixels[..., 3:]), axis=2)


def test_without_a_mask_the_whole_layer_is_filtered() -> None:
    before = document()
    after = filter_layer(before, str(before.active_id), inverted)
    shown = compose(after, Rect(0, 0, 300, 300))
    assert np.array_equal(shown[..., :3], 255 - compose(before, Rect(0, 0, 300, 300))[..., :3])


def test_inside_a_mask_only_and_bit_exact_outside() -> None:
    mask = np.zeros((300, 300), np.uint8)
    mask[50:100, 60:90] = 255
    mask[100:110, 60:90] = 128
    before = document(mask)
    after = filter_layer(before, str(before.active_id), inverted)
    old, new = (compose(item, Rect(0, 0, 300, 300)).astype(int) for item in (before, after))
    assert np.array_equal(new[mask == 255][:, :3], 255 - old[mask == 255][:, :3])
    assert np.array_equal(new[mask == 0], old[mask == 0])
    half = new[mask == 128][:, :3]
    assert np.abs(half - 127.5).max() <= 1.5
    assert (1, 1) in after.layers[0].raster.tiles
    assert after.layers[0].raster.tiles[1, 1] is before.layers[0].raster.tiles[1, 1], "untouched tiles are shared"


def test_a_filter_that_changes_nothing_makes_no_new_document() -> None:
    before = document()
    assert filter_layer(before, str(before.active_id), lambda pixels: pixels) is before
    empty = Document(width=9, height=9, layers=(PaintLayer(name="Empty", id="e"),), active_id="e")
    assert filter_layer(empty, "e", inverted) is empty


def test_paint_outside_the_canvas_is_filtered_too() -> None:
    layer = PaintLayer(name="Wide", raster=Raster.from_array(np.full((10, 10, 4), 255, np.uint8), -20, -20))
    made = Document(width=30, height=30, layers=(layer,), active_id=layer.id)
    after = filter_layer(made, layer.id, inverted)
    raster = after.layers[0].raster
    assert tuple(raster.read(Rect(-15, -15, 1, 1))[0, 0]) == (0, 0, 0, 255)


def test_a_group_and_a_layer_too_large_are_refused() -> None:
    group = GroupLayer(name="Set", id="g")
    with pytest.raises(SettingError, match='"Set" is a group'):
        filter_layer(Document(width=9, height=9, layers=(group,)), "g", inverted)
    dot = PaintLayer(name="Dot", id="d", raster=Raster.from_array(np.full((1, 1, 4), 255, np.uint8)))
    with pytest.raises(SettingError, match="too large"):
        filter_layer(Document(width=32768, height=32768, layers=(dot,)), "d", inverted)
