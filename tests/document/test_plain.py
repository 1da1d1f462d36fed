"""Pictures of one colour: what is said without looking at a pixel is what composition shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from studio.document import (
    TILE_SIZE,
    BlendMode,
    Document,
    PaintLayer,
    Raster,
    Rect,
    add_layer,
    filled_mask,
    filled_raster,
    new_document,
    replace_layer,
)
from studio.document.fill import FilledTiles
from studio.document.plain import plain_color
from studio.raster.compose import compose

Edit = Callable[[Document], Document]


def _bottom(document: Document, **changes: object) -> Document:
    return replace_layer(document, document.layers[0].id, **changes)


def _with(layer: PaintLayer) -> Edit:
    return lambda document: add_layer(document, layer)


DOT = Raster.from_array(np.full((4, 4, 4), 255, np.uint8), 300, 10)
KNOWN: dict[str, Edit] = {
    "new": lambda document: document,
    "hidden": lambda document: _bottom(document, visible=False),
    "two fills": _with(PaintLayer(name="red", raster=filled_raster(500, 400, (255, 0, 0, 255)))),
    "a hidden dot": _with(PaintLayer(name="dot", raster=DOT, visible=False)),
}
UNKNOWN: dict[str, Edit] = {
    "a dot": _with(PaintLayer(name="dot", raster=DOT)),
    "half opaque": lambda document: _bottom(document, opacity=0.5),
    "a mask": lambda document: _bottom(document, mask=filled_mask(Rect(0, 0, 9, 9))),
    "another mode": lambda document: _bottom(document, blend_mode=BlendMode.MULTIPLY),
    "half a colour": _with(PaintLayer(name="veil", raster=filled_raster(500, 400, (9, 9, 9, 99)))),
    "not everywhere": lambda document: _bottom(document, raster=filled_raster(400, 400, (255, 255, 255, 255))),
    "painted": lambda document: _bottom(document, raster=filled_raster(500, 400, (1, 2, 3, 255)).with_tiles({})),
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_said_is_what_is_shown(name: str) -> None:
    document = KNOWN[name](new_document(500, 400))
    said = plain_color(document, document.canvas)
    assert said is not None
    assert (compose(document) == np.array(said, np.uint8)).all()


@pytest.mark.parametrize("name", UNKNOWN)
def test_nothing_is_said_of_others(name: str) -> None:
    document = UNKNOWN[name](new_document(500, 400))
    assert plain_color(document, document.canvas) is None


def test_a_part_may_be_plain_where_the_whole_is_not() -> None:
    document = UNKNOWN["a dot"](new_document(500, 400))
    assert plain_color(document, Rect(0, 0, TILE_SIZE, TILE_SIZE)) == (255, 255, 255, 255)
    assert plain_color(document, Rect(0, 0, 0, 0)) == (0, 0, 0, 0)


def test_tiles_are_made_once_and_full_ones_are_one() -> None:
    raster = filled_raster(600, 300, (1, 2, 3, 255))
    tiles = raster.tiles
    assert isinstance(tiles, FilledTiles)
    assert sorted(tiles) == sorted(Rect(0, 0, 600, 300).tile_keys())
    assert (9, 9) not in tiles
    assert tiles.get((9, 9)) is None
    assert tiles[0, 0] is tiles[1, 0]
    assert tiles[2, 1] is tiles[2, 1]
    assert not tiles[2, 1].flags.writeable
    assert raster.changed_tiles(replace(raster)) == set()
    shown = raster.read(Rect(0, 0, 700, 400))
    assert (shown[:300, :600] == (1, 2, 3, 255)).all()
    assert not shown[300:].any()
    assert not shown[:, 600:].any()
    assert filled_mask(Rect(3, 3, 4, 4), 7).read(Rect(2, 2, 6, 6)).sum() == 16 * 7
