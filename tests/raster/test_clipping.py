"""Clipped layers show only on their base, as Photoshop's do, and the canvas follows every change of that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.document import (
    BlendMode,
    Document,
    FillLayer,
    GroupLayer,
    Layer,
    PaintLayer,
    Raster,
    SolidColor,
    add_layer,
    clipping_bases,
    move_layer,
    remove_layer,
    replace_layer,
)
from studio.raster.compose import compose
from studio.raster.compositor import Compositor
from studio.raster.merging import merge_down

SIDE = 40
RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def paint(name: str, rgb: tuple[int, int, int], alpha: int, columns: slice, **fields: object) -> PaintLayer:
    pixels = np.zeros((SIDE, SIDE, 4), np.uint8)
    pixels[:, columns] = (*(value * alpha // 255 for value in rgb), alpha)
    return PaintLayer(name=name, id=name, raster=Raster.from_array(pixels), **fields)  # type: ignore[arg-type]


def picture(*layers: Layer) -> Document:
    return Document(width=SIDE, height=SIDE, layers=layers)


def colours(document: Document, *columns: int) -> list[list[int]]:
    row = compose(document)[5]
    return [row[column].tolist() for column in columns]


LEFT, ALL = slice(0, 20), slice(0, SIDE)


def test_a_run_of_layers_shows_on_their_base_only() -> None:
    base = paint("base", RED, 255, LEFT)
    document = picture(
        base, paint("half", GREEN, 255, slice(10, SIDE), clipped=True), paint("edge", BLUE, 255, ALL, clipped=True)
    )
    document = replace_layer(document, "edge", visible=False)
    assert colours(document, 5, 15, 30) == [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 0, 0]]
    shown = replace_layer(document, "edge", visible=True, opacity=0.5)
    assert np.abs(np.array(colours(shown, 5, 15, 30)) - [[127, 0, 128, 255], [0, 127, 128, 255], [0] * 4]).max() <= 1


def test_what_is_clipped_sees_its_base_as_opaque_and_takes_its_coverage_opacity_and_mode() -> None:
    ground = paint("ground", (200, 200, 200), 255, ALL)
    base = paint("base", (100, 200, 50), 100, ALL, opacity=0.5, blend_mode=BlendMode.MULTIPLY)
    clip = paint("clip", (250, 10, 90), 180, ALL, clipped=True)
    share = 180 / 255
    mixed = np.array((250, 10, 90)) * share + np.array((100, 200, 50)) * (1 - share)
    alpha = 100 / 255 * 0.5
    wanted = 200 * (1 - alpha) + mixed * 200 / 255 * alpha
    assert np.abs(compose(picture(ground, base, clip))[3, 3, :3] - wanted).max() <= 1.5


def test_a_hidden_base_hides_it_and_without_a_base_it_is_shown_whole() -> None:
    base, clip = paint("base", RED, 255, LEFT, visible=False), paint("clip", GREEN, 255, ALL, clipped=True)
    assert not compose(picture(base, clip)).any()
    assert colours(picture(clip), 30) == [[0, 255, 0, 255]]
    assert colours(picture(clip, paint("next", RED, 255, LEFT, clipped=True)), 30) == [[0, 255, 0, 255]]


def test_a_group_is_a_base_and_can_be_clipped() -> None:
    inner = paint("inner", RED, 255, LEFT)
    group = GroupLayer(name="group", id="group", children=(inner,), isolated=False)
    document = picture(group, FillLayer(name="fill", id="fill", fill=SolidColor(BLUE), clipped=True, opacity=0.0))
    assert colours(replace_layer(document, "fill", opacity=1.0), 5, 30) == [[0, 0, 255, 255], [0, 0, 0, 0]]
    clipped = GroupLayer(name="over", id="over", children=(paint("wide", GREEN, 255, ALL),), clipped=True)
    assert colours(picture(inner, clipped), 5, 30) == [[0, 255, 0, 255], [0, 0, 0, 0]]


def test_the_base_of_each_is_the_next_one_below_that_is_not_clipped() -> None:
    one, two, three = (paint(name, RED, 255, LEFT) for name in ("one", "two", "three"))
    layers = (one, replace(two, clipped=True), replace(three, clipped=True))
    assert {key: base.id for key, base in clipping_bases(layers).items()} == {"two": "one", "three": "one"}
    assert clipping_bases((one, two)) == {}


@pytest.mark.parametrize("gamma", [1.0, 2.2])
def test_the_canvas_follows_every_change_of_a_run(gamma: float) -> None:
    document = replace(
        picture(
            paint("ground", (90, 90, 90), 255, ALL),
            GroupLayer(name="group", id="group", children=(paint("base", RED, 120, LEFT),), isolated=False),
            paint("clip", GREEN, 200, slice(10, 30), clipped=True, blend_mode=BlendMode.OVERLAY),
            paint("top", BLUE, 90, slice(15, 25)),
        ),
        gamma=gamma,
    ).with_active("clip")
    compositor = Compositor(document)
    moved = move_layer(document, "clip", None, 3)
    for after in (
        replace_layer(document, "clip", clipped=False),
        replace_layer(document, "group", visible=False),
        moved,
        replace_layer(moved, "top", clipped=True),
        document,
        remove_layer(document, "group"),
        document.with_active("base"),
        replace_layer(document.with_active("base"), "base", opacity=0.4),
        document.with_active("top"),
        replace_layer(document.with_active("top"), "top", opacity=0.7),
        add_layer(document, paint("between", BLUE, 255, slice(5, 12), clipped=True), above="group"),
    ):
        compositor.read(document.canvas)
        compositor.set_document(after)
        assert np.abs(compositor.read(after.canvas).astype(int) - compose(after)).max() <= 2
        compositor.set_document(document)


def test_merging_down_takes_what_is_clipped_with_it() -> None:
    document = picture(
        paint("ground", BLUE, 255, ALL), paint("base", RED, 255, LEFT), paint("clip", GREEN, 255, ALL, clipped=True)
    )
    merged = merge_down(document, "base")
    assert [layer.name for layer in merged.layers] == ["ground"]
    assert (compose(merged) == compose(document)).all()
    onto_base = merge_down(document, "clip")
    assert [layer.name for layer in onto_base.layers] == ["ground", "base"]
    assert (compose(onto_base) == compose(document)).all()
