"""Adjustment layers: what they make of the layers below, tile by tile as in one piece, and in the canvas's cache."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest

from studio.document import (
    Adjustment,
    AdjustmentLayer,
    BlendMode,
    Document,
    GroupLayer,
    PaintLayer,
    Raster,
    Rect,
    filled_mask,
    replace_layer,
)
from studio.raster.adjustments.table import KINDS, effect_of, reach_of
from studio.raster.beneath import adjusted_picture
from studio.raster.brush import Brush, Stroke
from studio.raster.compose import compose
from studio.raster.compositor import Compositor
from studio.raster.merging import merge_down

INVERT = Adjustment.of("curves", {"rgb": [[0, 255], [255, 0]]})
BLUR = Adjustment.of("blur", {"radius": 3.0})
CHANGING: dict[str, dict[str, Any]] = {
    "levels": {"rgb": [20, 230, 1.4, 0, 255], "blue": [0, 255, 1.0, 40, 200]},
    "curves": {"rgb": [[0, 0], [90, 160], [255, 255]], "red": [[0, 30], [255, 255]]},
    "brightness_contrast": {"brightness": 20, "contrast": 30},
    "hue_saturation": {"hue": 80, "saturation": -30, "lightness": 10},
    "color_balance": {"midtones": [40, -20, 0], "shadows": [0, 0, 30]},
    "gradient_map": {"stops": [[0.0, "#102040"], [1.0, "#ffe0a0"]]},
    "blur": {"radius": 6.0},
    "sharpen": {"amount": 150, "radius": 2.0},
}


def noise(width: int, height: int, *, soft: bool = True, seed: int = 1) -> Raster:
    random = np.random.default_rng(seed)
    small = random.integers(0, 256, (height // 8 + 1, width // 8 + 1, 4), dtype=np.uint8)
    pixels = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    if not soft:
        pixels[..., 3] = 255
    return Raster.from_array(np.asarray(np.minimum(pixels, pixels[..., 3:]), np.uint8))


def adjusting(adjustment: Adjustment, **fields: Any) -> AdjustmentLayer:
    return AdjustmentLayer(name="A", id="a", adjustment=adjustment, **fields)


def document(*layers: Any, width: int = 300, height: int = 280) -> Document:
    return Document(width=width, height=height, layers=layers)


def ground(**fields: Any) -> PaintLayer:
    return PaintLayer(name="Ground", id="ground", raster=noise(300, 280, **fields))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_what_is_below_and_keeps_the_layers_themselves(kind: str) -> None:
    below = ground(soft=False)
    shown = compose(document(below, adjusting(Adjustment.of(kind, CHANGING[kind]))))
    assert (shown != compose(document(below))).any()
    assert (shown[..., 3] == 255).all()
    hidden = document(below, adjusting(Adjustment.of(kind, CHANGING[kind]), visible=False))
    assert (compose(hidden) == compose(document(below))).all()
    assert (compose(document(below, adjusting(Adjustment(kind), opacity=0.0))) == compose(document(below))).all()


@pytest.mark.parametrize("kind", KINDS)
def test_transparent_pixels_stay_so_and_colours_never_exceed_their_alpha(kind: str) -> None:
    shown = compose(document(ground(), adjusting(Adjustment.of(kind, CHANGING[kind]))))
    assert (shown[..., :3] <= shown[..., 3:]).all()
    if not reach_of(document(adjusting(Adjustment.of(kind, CHANGING[kind])))):
        assert (shown[..., 3] == compose(document(ground()))[..., 3]).all()


def test_an_inverting_curve_inverts() -> None:
    below = compose(document(ground(soft=False)))
    assert (compose(document(ground(soft=False), adjusting(INVERT)))[..., :3] == 255 - below[..., :3]).all()


def test_mask_and_opacity_mix_it_in() -> None:
    plain, inverted = (compose(document(*layers)).astype(int) for layers in ([ground()], [ground(), adjusting(INVERT)]))
    mask = filled_mask(Rect(0, 0, 100, 280))
    shown = compose(document(ground(), adjusting(INVERT, mask=mask, opacity=0.25)))
    assert (shown[:, 100:] == plain[:, 100:]).all()
    assert np.abs(shown[:, :100] - (plain * 0.75 + inverted * 0.25)[:, :100]).max() <= 1.5


def test_a_blend_mode_blends_what_it_made_with_what_is_below() -> None:
    below = compose(document(ground(soft=False)))[..., :3].astype(float)
    shown = compose(document(ground(soft=False), adjusting(Adjustment("curves"), blend_mode=BlendMode.MULTIPLY)))
    assert np.abs(shown[..., :3] - below * below / 255).max() <= 1


def test_in_an_isolated_group_it_acts_on_that_alone_and_else_on_all_below() -> None:
    inner = PaintLayer(name="Inner", raster=noise(100, 280, soft=False, seed=2))
    below = ground(soft=False)
    alone = GroupLayer(name="G", id="g", children=(inner, adjusting(INVERT)))
    shown, plain = compose(document(below, alone)), compose(document(below, inner))
    assert (shown[:, :100, :3] == 255 - plain[:, :100, :3]).all()
    assert (shown[:, 100:] == plain[:, 100:]).all()
    through = document(below, replace(alone, isolated=False))
    assert (compose(through)[..., :3] == 255 - plain[..., :3]).all()


def test_clipped_to_a_layer_it_acts_on_that_alone() -> None:
    base = PaintLayer(name="Base", id="base", raster=noise(100, 280, seed=3))
    shown = compose(document(ground(soft=False), base, adjusting(INVERT, clipped=True)))
    alone = compose(document(base, adjusting(INVERT)))
    pixels = Raster.from_array(alone)
    wanted = compose(document(ground(soft=False), PaintLayer(name="Inverted", raster=pixels)))
    assert np.abs(shown.astype(int) - wanted).max() <= 1


@pytest.mark.parametrize("kind", ["blur", "sharpen"])
@pytest.mark.parametrize("within", ["top", "group", "clipped"])
def test_what_sees_its_neighbours_is_the_same_in_tiles_as_in_one_piece(kind: str, within: str) -> None:
    below = ground(soft=False)
    adjustment = Adjustment.of(kind, CHANGING[kind])
    effect = effect_of(adjustment)
    assert effect is not None
    padded = cv2.copyMakeBorder(compose(document(below)), *(effect.reach,) * 4, borderType=cv2.BORDER_REPLICATE)
    wanted = effect.apply(np.asarray(padded, np.uint8))[effect.reach : -effect.reach, effect.reach : -effect.reach]
    layer = adjusting(adjustment, clipped=within == "clipped")
    group = GroupLayer(name="G", children=(layer,), isolated=False)
    shown = compose(document(below, group if within == "group" else layer))
    assert np.abs(shown.astype(int) - wanted).max() <= (1 if within == "clipped" else 0)


@pytest.mark.parametrize(("adjustment", "active"), [(INVERT, "ground"), (BLUR, "ground"), (BLUR, "top"), (INVERT, "a")])
@pytest.mark.parametrize("gamma", [1.0, 2.2])
def test_the_canvas_follows_strokes_below_and_above(adjustment: Adjustment, active: str, gamma: float) -> None:
    top = PaintLayer(name="Top", id="top", raster=noise(80, 90, seed=4), blend_mode=BlendMode.MULTIPLY)
    start = replace(document(ground(), adjusting(adjustment), top).with_active(active), gamma=gamma)
    compositor = Compositor(start)
    compositor.read(start.canvas)
    after = start
    if active == "a":
        after = replace_layer(start, "a", opacity=0.5)
        compositor.set_document(after)
    else:
        raster = start.find(active).raster
        assert raster is not None
        stroke = Stroke(raster, Brush(diameter=20, pressure_size=False, rgba=(255, 0, 0, 255)))
        for x in (240, 262):
            stroke.move_to(x, 250)
            after = replace_layer(start, active, raster=stroke.raster())
            compositor.set_document(after, near=Rect(220, 235, 60, 30))
            compositor.read(start.canvas)
    assert np.abs(compositor.read(start.canvas).astype(int) - compose(after)).max() <= 2


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("colour_wheels", "{}"),
        ("levels", "no json"),
        ("levels", "[]"),
        ("levels", '{"rgb": [0, 0, 1, 0, 255]}'),
        ("levels", '{"rgb": "x"}'),
        ("levels", '{"cyan": [0, 255, 1, 0, 255]}'),
        ("curves", '{"rgb": [[0, 0]]}'),
        ("curves", '{"rgb": [[9, 0], [9, 5]]}'),
        ("curves", '{"rgb": [[0, 0], [255, NaN]]}'),
        ("blur", '{"radius": 1e9}'),
        ("hue_saturation", '{"colorize": 1}'),
        ("color_balance", '{"shadows": [1, 2]}'),
        ("gradient_map", '{"stops": [[0, "red"], [1, "blue"]]}'),
        ("gradient_map", '{"stops": [[0, null], [1, "#000000"]]}'),
        ("sharpen", '{"amount": true}'),
    ],
)
def test_what_makes_no_sense_here_changes_nothing(kind: str, parameters: str) -> None:
    adjustment = Adjustment(kind, parameters)
    assert effect_of(adjustment) is None
    assert (compose(document(ground(), adjusting(adjustment))) == compose(document(ground()))).all()


@pytest.mark.parametrize("where", ["alone", "clipped", "in a masked group"])
def test_the_canvas_follows_a_mask_that_becomes_empty(where: str) -> None:
    """Also in tiles that the mask holds nothing of any more."""

    below = ground()

    def masked(adjusted: Rect, shown: Rect) -> Document:
        layer = adjusting(INVERT, mask=filled_mask(adjusted), clipped=where == "clipped")
        if where != "in a masked group":
            return document(below, layer)
        mask = filled_mask(shown)
        return document(below, GroupLayer(name="G", id="g", children=(layer,), isolated=False, mask=mask))

    wide, narrow = Rect(0, 0, 300, 280), Rect(260, 260, 20, 10)
    canvas = Compositor(masked(wide, wide))
    for after in (masked(narrow, wide), masked(wide, narrow), masked(narrow, narrow), masked(wide, wide)):
        canvas.read(after.canvas)
        canvas.set_document(after)
        assert (canvas.read(after.canvas) == compose(after)).all()


def test_merging_it_down_makes_pixels_of_it() -> None:
    for adjustment in (INVERT, BLUR):
        before = document(ground(soft=False), adjusting(adjustment, opacity=0.5))
        merged = merge_down(before, "a")
        assert len(merged.layers) == 1
        assert (compose(merged) == compose(before)).all()


def test_a_picture_of_it_shows_what_it_makes_without_its_mask_and_opacity() -> None:
    layer = adjusting(INVERT, opacity=0.5, mask=filled_mask(Rect(0, 0, 9, 9)))
    group = GroupLayer(name="G", children=(layer,), isolated=False)
    wanted = compose(document(ground(), adjusting(INVERT)))
    assert (adjusted_picture(document(ground(), group), layer) == wanted).all()
