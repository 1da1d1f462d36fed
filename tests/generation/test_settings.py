"""What people and files give as settings of a generation."""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import Rect
from studio.files.metadata.a1111 import a1111_text, parse_a1111
from studio.generation import GenerationSettings, ModelLimits
from studio.generation.geometry import inpaint_geometry
from studio.generation.pictures import scaled, scaled_around
from studio.generation.repeating import TILES, tile_within
from studio.system.records import FieldError


@pytest.mark.parametrize("name", ["prompt", "negative_prompt"])
@pytest.mark.parametrize(
    ("given", "kept"), [("caf\udce9", "caf\ufffd"), ("\ud800 cat", "\ufffd cat"), ("🐈 猫\n", "🐈 猫\n")]
)
def test_a_prompt_holds_nothing_that_no_tokenizer_and_no_file_takes(name: str, given: str, kept: str) -> None:
    settings = GenerationSettings.read({name: given})
    assert settings.values()[name] == kept
    assert GenerationSettings.read_json(settings.json()) == settings


def test_a_picture_that_tiles_is_told_in_settings_and_in_words_of_others() -> None:
    tiling = GenerationSettings(tile="both")
    found = parse_a1111(a1111_text(tiling))
    assert found is not None
    assert found.settings.tile == "both"
    assert GenerationSettings.read_json(tiling.json()) == tiling
    with pytest.raises(FieldError):
        GenerationSettings.read({"tile": "round"})


def test_what_spans_the_canvas_goes_on_at_its_other_side() -> None:
    canvas, strip = Rect(0, 0, 640, 320), Rect(0, 100, 640, 64)
    assert [tile_within(tile, strip, canvas) for tile in TILES] == ["off", "x", "off", "x"]
    limits = ModelLimits(native_side=512, minimum_side=512, maximum_side=640)
    corner = Rect(0, 0, 20, 20)
    assert inpaint_geometry(canvas, corner, limits, tile="both", close=True).context == canvas
    assert inpaint_geometry(canvas, corner, limits, tile="x").context.width == canvas.width


@pytest.mark.parametrize("size", [(320, 96), (100, 96), (64, 48), (75, 131)])
def test_a_picture_is_scaled_with_its_other_side_in_sight(size: tuple[int, int]) -> None:
    """So that it is the middle of many copies that are scaled together."""
    picture = np.random.default_rng(1).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    many = scaled(np.tile(picture, (3, 3, 1)), 3 * size[0], 3 * size[1])
    middle = many[size[1] : 2 * size[1], size[0] : 2 * size[0]].astype(int)
    assert np.abs(scaled_around(picture, *size, "both").astype(int) - middle).max() <= 1
