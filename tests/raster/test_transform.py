"""Crop, resize, flip, rotate, scale; merge and flatten; flood fill; thumbnails; alpha conversion."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from studio.api import over_ground
from studio.document import (
    BlendMode,
    Document,
    GroupLayer,
    PaintLayer,
    Pixels,
    Raster,
    Rect,
    filled_mask,
    filled_raster,
    frames,
    make_timeline,
    new_document,
    replace_layer,
)
from studio.errors import Cancelled, SettingError
from studio.raster import convert, kernels, merging, thumbnail, transform
from studio.raster.compose import compose
from studio.raster.flood import FillEdge, flood_fill
from studio.raster.resample import Resampling, axis_of


def noise(height: int, width: int, seed: int = 0) -> Pixels:
    """Valid premultiplied pixels."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)
    return np.minimum(pixels, pixels[..., 3:])


def scene() -> Document:
    """A canvas of 600 x 400 with a background, a noisy layer that reaches beyond it, a mask and a selection."""
    noisy = PaintLayer(
        name="noise",
        id="noise",
        raster=Raster.from_array(noise(300, 300), 400, 250),
        mask=Raster.from_array(np.zeros((50, 50), np.uint8), 450, 300, default=255),
    )
    background = PaintLayer(name="paper", id="paper", raster=filled_raster(600, 400, (250, 240, 230, 255)))
    return Document(
        width=600,
        height=400,
        layers=(background, GroupLayer(name="g", id="g", children=(noisy,))),
        active_id="noise",
        selection=filled_mask(Rect(10, 20, 100, 50)),
        generation_mask=filled_mask(Rect(10, 20, 100, 50)),
    )


def same(first: Pixels, second: Pixels, tolerance: int = 0) -> bool:
    return first.shape == second.shape and bool((np.abs(first.astype(int) - second) <= tolerance).all())


def test_cropping_keeps_the_pixels_inside_and_drops_the_rest() -> None:
    rect = Rect(420, 170, 150, 200)
    cropped = transform.crop(scene(), rect)
    assert same(compose(cropped), compose(scene(), rect))
    for layer in cropped.walk():
        if isinstance(layer, PaintLayer):
            assert layer.raster.bounds().intersected(cropped.canvas) == layer.raster.bounds()
    kept = transform.crop(scene(), rect, keep_outside=True)
    assert same(compose(kept), compose(cropped))
    assert same(compose(transform.crop(kept, Rect(-420, -170, 600, 400))), compose(scene()))


def test_an_empty_crop_is_refused() -> None:
    with pytest.raises(SettingError):
        transform.crop(scene(), Rect(5, 5, 0, 9))


@pytest.mark.parametrize(("x", "y"), [(0, 0), (100, 50), (200, 100)])
def test_a_larger_canvas_keeps_the_picture(x: int, y: int) -> None:
    larger = transform.crop(scene(), Rect(-x, -y, 800, 500), keep_outside=True)
    assert larger.generation_mask.bounds() == Rect(10 + x, 20 + y, 100, 50)
    paper = larger.find("paper")
    assert isinstance(paper, PaintLayer)
    assert paper.raster.bounds() == Rect(x, y, 600, 400)


@pytest.mark.parametrize("axis", ["horizontal", "vertical"])
def test_flipping_twice_changes_nothing(axis: transform.Axis) -> None:
    flipped = transform.flip(scene(), axis)
    mirror = compose(scene())[:, ::-1] if axis == "horizontal" else compose(scene())[::-1]
    assert same(compose(flipped), mirror)
    assert same(compose(transform.flip(flipped, axis)), compose(scene()))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_quarter_turns_are_exact(turns: transform.QuarterTurns) -> None:
    turned = transform.rotate(scene(), turns)
    assert same(compose(turned), np.rot90(compose(scene()), -turns))
    back = transform.rotate(turned, {1: 3, 2: 2, 3: 1}[turns])  # type: ignore[arg-type]
    assert same(compose(back), compose(scene()))
    noisy = back.find("noise")
    assert isinstance(noisy, PaintLayer)
    assert noisy.raster.bounds() == Rect(400, 250, 300, 300), "also what lies beyond the canvas"


@pytest.mark.parametrize("how", list(Resampling))
@pytest.mark.parametrize("scale", [0.5, 1.5, 3.0])
def test_resizing_the_picture_keeps_places_and_colours(how: Resampling, scale: float) -> None:
    resized = transform.resize_image(scene(), round(600 * scale), round(400 * scale), how)
    picture = compose(resized)
    assert picture.shape == (round(400 * scale), round(600 * scale), 4)
    assert picture[10, 10].tolist() == [250, 240, 230, 255]
    box = resized.generation_mask.bounds()
    wanted = (10 * scale, 20 * scale, 110 * scale, 70 * scale)
    assert np.abs(np.subtract((box.x, box.y, box.right, box.bottom), wanted)).max() <= 3
    assert (picture[..., :3] <= picture[..., 3:]).all(), "still premultiplied"


def test_halving_averages_without_dark_edges() -> None:
    red = PaintLayer(name="red", raster=filled_raster(101, 101, (255, 0, 0, 255)))
    small = compose(transform.resize_image(Document(width=200, height=200, layers=(red,)), 100, 100))
    straight = convert.unpremultiply(small)
    assert (straight[small[..., 3] > 8][:, 0] > 250).all()
    assert 0 < small[25, 50, 3] < 255


@pytest.mark.parametrize("how", list(Resampling))
@pytest.mark.parametrize(("width", "height"), [(64, 64), (7, 5), (700, 30)])
def test_an_opaque_picture_stays_opaque_to_its_border(how: Resampling, width: int, height: int) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (16, 15, 4)).astype(np.uint8)
    pixels[..., 3] = 255
    layer = PaintLayer(name="full", raster=Raster.from_array(pixels))
    resized = transform.resize_image(Document(width=15, height=16, layers=(layer,)), width, height, how)
    (after,) = resized.layers
    assert isinstance(after, PaintLayer)
    assert after.raster.bounds() == resized.canvas
    assert compose(resized)[..., 3].min() == 255


def test_what_reaches_beyond_the_canvas_is_scaled_as_it_is() -> None:
    wide = PaintLayer(name="wide", raster=Raster.from_array(np.full((16, 40, 4), 255, np.uint8), -10, 0))
    (after,) = transform.resize_image(Document(width=16, height=16, layers=(wide,)), 32, 32).layers
    assert isinstance(after, PaintLayer)
    assert after.raster.read(Rect(-8, 0, 56, 32)).min() == 255
    assert after.raster.bounds().y == 0


def test_resizing_to_an_impossible_size_is_refused() -> None:
    with pytest.raises(SettingError):
        transform.resize_image(scene(), 0, 10)


def test_merging_down_keeps_the_picture() -> None:
    document = scene()
    upper = PaintLayer(name="ink", id="ink", raster=Raster.from_array(noise(50, 50, 2), 5, 5), opacity=0.6)
    document = replace(document, layers=(*document.layers[:1], upper), active_id="ink")
    before = compose(document)
    merged = merging.merge_down(document, "ink")
    assert [layer.name for layer in merged.walk()] == ["paper"]
    assert merged.active_id == "paper"
    assert same(compose(merged), before, 1)
    with pytest.raises(SettingError):
        merging.merge_down(merged, "paper")


def test_merging_onto_a_faint_masked_group_keeps_the_picture() -> None:
    below = GroupLayer(
        name="below",
        id="below",
        children=(PaintLayer(name="n", raster=Raster.from_array(noise(60, 60))),),
        opacity=0.5,
        mask=filled_mask(Rect(10, 10, 300, 30)),
    )
    upper = PaintLayer(name="ink", id="ink", raster=Raster.from_array(noise(50, 50, 2), 5, 5), opacity=0.6)
    document = replace(scene(), layers=(*scene().layers, below, upper))
    merged = merging.merge_down(document, "ink")
    assert [layer.id for layer in merged.layers] == [*(layer.id for layer in scene().layers), "below"]
    assert isinstance(merged.find("below"), PaintLayer)
    assert same(compose(merged), compose(document), 2)


def test_flattening_keeps_the_picture_and_is_done_once() -> None:
    flat = merging.flatten(scene())
    assert len(flat.layers) == 1
    assert merging.is_plain(flat.layers[0])
    assert same(compose(flat), compose(scene()))
    assert merging.flatten(flat) is flat


def test_applying_a_mask_keeps_the_picture_and_drops_the_mask() -> None:
    applied = merging.apply_mask(scene(), "noise")
    assert applied.find("noise").mask is None
    assert same(compose(applied), compose(scene()))
    with pytest.raises(SettingError):
        merging.apply_mask(applied, "noise")
    with pytest.raises(SettingError):
        merging.apply_mask(scene(), "g")


def checkerboard() -> Document:
    """Two grey squares on white that touch at a corner only."""
    document = new_document(100, 100)
    grey = np.full((20, 20, 4), (90, 90, 90, 255), np.uint8)
    raster = Raster.from_array(grey, 20, 20).with_array(grey, 40, 40)
    layer_id = document.active_id
    assert layer_id is not None
    return replace_layer(document, layer_id, raster=raster)


def red_area(raster: Raster) -> int:
    return int((raster.read(Rect(0, 0, 100, 100)) == (255, 0, 0, 255)).all(axis=2).sum())


def filled(point: tuple[int, int], **options: object) -> Raster:
    document = checkerboard()
    layer = document.active_paint_layer
    assert layer is not None
    return flood_fill(document, layer.raster, point, (255, 0, 0, 255), **options)  # type: ignore[arg-type]


def test_a_flood_stays_within_its_region() -> None:
    assert red_area(filled((25, 25))) == 400, "corners do not connect"
    assert red_area(filled((25, 25), contiguous=False)) == 800
    assert red_area(filled((0, 0))) == 10000 - 800
    assert red_area(filled((0, 0), tolerance=255)) == 10000
    assert red_area(filled((300, 0))) == 0, "outside the canvas"


def test_a_flood_may_look_at_the_whole_picture_and_at_the_selection() -> None:
    assert red_area(filled((0, 0), sample_merged=True)) == 10000 - 800
    assert red_area(filled((0, 0), clip=filled_mask(Rect(0, 0, 10, 10)))) == 100
    assert red_area(filled((0, 0), lock_alpha=True)) == 0, "nothing is painted there yet"


def disc(radius: int) -> np.ndarray:
    rows, columns = np.mgrid[-50:50, -50:50]
    return np.where(rows**2 + columns**2 <= radius**2, np.uint8(255), np.uint8(0))


def test_the_edge_of_a_flood_is_grown_shrunk_smoothed_and_feathered() -> None:
    region = disc(20)

    def reach(edge: FillEdge) -> tuple[int, int]:
        """How far from the middle the area is full, and how far it is at all."""
        row = edge.shaped(region)[50, 50:]
        return int((row == 255).sum()), int((row > 0).sum())

    assert reach(FillEdge()) == (21, 21)
    assert reach(FillEdge(grow=5)) == pytest.approx((26, 26), abs=1)
    assert reach(FillEdge(grow=-5)) == pytest.approx((16, 16), abs=1)
    assert reach(FillEdge(antialias=True)) == (21, 22)
    full, some = reach(FillEdge(feather=8))
    assert full < 17 < 25 < some
    smooth = FillEdge(antialias=True).shaped(region)
    assert len(np.unique(smooth)) > 3
    assert (smooth[region == 255] == 255).all(), "nothing is taken away"
    whole = np.full((40, 40), 255, np.uint8)
    assert (FillEdge(grow=-5, antialias=True, feather=9).shaped(whole) == 255).all(), "the border is no edge"


def test_a_grown_and_feathered_flood_still_ends_at_the_selection() -> None:
    layer = checkerboard().active_paint_layer
    assert layer is not None
    clip = filled_mask(Rect(0, 0, 10, 10))
    after = filled((0, 0), edge=FillEdge(grow=9, feather=9, antialias=True), clip=clip)
    canvas = Rect(0, 0, 100, 100)
    changed = np.argwhere((after.read(canvas) != layer.raster.read(canvas)).any(axis=2))
    assert changed.size
    assert changed.max() < 10


def test_thumbnails_have_the_canvas_s_proportions_and_colours() -> None:
    document = new_document(4000, 2000)
    small = thumbnail.layer_thumbnail(document.layers[0], document.canvas, 64)
    assert small.shape == (32, 64, 4)
    assert (small == 255).all()
    assert thumbnail.raster_thumbnail(filled_mask(Rect(0, 0, 2000, 2000)), document.canvas, 64).shape == (32, 64)


def test_a_thumbnail_is_nearly_the_reduced_picture() -> None:
    document = scene()
    whole = compose(document)[:384, :].reshape(64, 6, 100, 6, 4).mean(axis=(1, 3))
    everything = GroupLayer(name="all", children=document.layers)
    small = thumbnail.layer_thumbnail(everything, document.canvas, 100)
    assert small.shape == (67, 100, 4)
    assert np.abs(small[:40, :60].astype(int) - whole[:40, :60]).mean() < 2
    group = thumbnail.layer_thumbnail(document.find("g"), document.canvas, 100)
    assert not group[:30, :60].any()
    assert group[50:, 80:].any()


def test_every_premultiplied_colour_survives_a_round_trip() -> None:
    alpha, colour = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    pixels = np.stack([np.minimum(colour, alpha), colour * alpha // 255, alpha, alpha], axis=2).astype(np.uint8)
    straight = convert.unpremultiply(pixels)
    assert np.array_equal(convert.premultiply(straight), pixels)
    seen = alpha > 0
    exact = pixels[..., :3] * 255.0 / np.maximum(alpha, 1)[..., None]
    assert np.abs(straight[..., :3] - exact)[seen].max() <= 0.5
    assert not straight[~seen].any()


def test_opaque_pixels_are_the_same_either_way() -> None:
    pixels = noise(16, 16)
    pixels[..., 3] = 255
    assert np.array_equal(convert.premultiply(pixels), pixels)
    assert np.array_equal(convert.unpremultiply(pixels), pixels)


def test_laying_over_a_colour() -> None:
    half = np.full((1, 1, 4), (64, 0, 0, 128), np.uint8)
    assert over_ground(half)[0, 0].tolist() == [191, 127, 127]
    assert convert.with_opaque_alpha(np.zeros((2, 3, 3), np.uint8))[0, 0].tolist() == [0, 0, 0, 255]


def test_a_hidden_blend_mode_does_not_disturb_merging_pass_through_groups() -> None:
    multiply = PaintLayer(name="m", raster=filled_raster(50, 50, (0, 255, 0, 255)), blend_mode=BlendMode.MULTIPLY)
    group = GroupLayer(name="g", id="g", children=(multiply,), isolated=False)
    base = PaintLayer(name="b", id="b", raster=filled_raster(50, 50, (255, 0, 0, 255)))
    document = Document(width=50, height=50, layers=(base, group))
    assert compose(merging.merge_down(document, "g"))[0, 0].tolist() == [0, 0, 0, 255]


def test_frames_stay_frames_whatever_the_canvas_does() -> None:
    document = new_document(64, 32)
    assert document.active_id is not None
    document = make_timeline(document, (document.active_id,), name="Frames", frame_name="Frame 1")
    for changed in (
        transform.crop(document, Rect(-8, -24, 80, 80), keep_outside=True),
        transform.resize_image(document, 32, 16),
        transform.crop(document, Rect(4, 4, 20, 20)),
    ):
        assert changed.timeline is document.timeline
        assert [frame.id for frame in frames(changed)] == [frame.id for frame in frames(document)]


@pytest.mark.parametrize("how", list(Resampling))
@pytest.mark.parametrize("size", [(90, 70), (301, 260), (41, 200), (1, 1)])
def test_resampling_agrees_with_pillow(how: Resampling, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(2).integers(80, 110, (130, 151, 4), np.uint8)
    pixels[..., 3] += 100  # within what no filter overshoots: Pillow would cut that off between rows and columns
    axes = [axis_of(0.0, after / before, (before, after), how) for before, after in zip((151, 130), size, strict=True)]
    ours = kernels.resample(pixels, *axes)
    picture = Image.frombuffer("RGBa", (151, 130), pixels.tobytes(), "raw", "RGBa", 0, 1)
    theirs = np.frombuffer(picture.resize(size, Image.Resampling[how.name]).tobytes(), np.uint8).reshape(ours.shape)
    assert np.abs(ours.astype(int) - theirs).max() <= 1  # it rounds there
    mask = kernels.resample(pixels[..., 3], *axes)
    assert np.array_equal(mask, ours[..., 3])


def test_weights_for_another_picture_are_refused() -> None:
    axis = axis_of(0.0, 2.0, (10, 20), Resampling.LANCZOS)
    with pytest.raises(ValueError, match="not for 9 pixels"):
        kernels.resample(np.zeros((10, 9), np.uint8), axis, axis)
    assert kernels.resample(np.zeros((10, 10), np.uint8), axis, axis).shape == (20, 20)


def test_a_resize_tells_how_far_it_is_and_can_be_ended() -> None:
    layers = tuple(PaintLayer(name=str(n), raster=filled_raster(30, 20, (n, 0, 0, 255))) for n in range(4))
    document = Document(width=30, height=20, layers=layers)
    told: list[float] = []
    transform.resize_image(document, 60, 40, watch=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 4

    def end(share: float) -> None:
        if share > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        transform.resize_image(document, 60, 40, watch=end)
