"""Pictures too large to be laid out whole: what Shoreline saved opens again, a few rows at a time."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import Document, PaintLayer, Raster, Rect
from studio.errors import CorruptFileError, FileTooLargeError
from studio.files import open_document, save_picture
from studio.files.openraster import pictures as openraster_pictures
from studio.files.openraster.read import read_openraster
from studio.files.pictures.fast_png import encode_png
from studio.files.pictures.png_bands import NotInBandsError, grey_in_bands, raster_in_bands, read_bands
from studio.files.pictures.png_chunks import chunks
from studio.generation import GenerationSettings
from studio.raster.compose import compose
from studio.raster.convert import raster_of_straight
from tests.files.conftest import openraster_bytes

PLENTY = 1 << 30


def painted(height: int, width: int) -> np.ndarray:
    """Plain areas, noise and holes."""
    pixels = np.full((height, width, 4), 255, np.uint8)
    random = np.random.default_rng(3)
    pixels[: height // 3, : width // 2] = random.integers(0, 256, (height // 3, width // 2, 4), np.uint8)
    pixels[-40:, -40:] = 0
    return pixels


@pytest.mark.parametrize(("x", "y"), [(0, 0), (5, 3), (-300, -77), (256, 511)])
@pytest.mark.parametrize("size", [(700, 600), (256, 256), (1, 1), (300, 2)])
def test_bands_hold_what_the_whole_picture_holds(size: tuple[int, int], x: int, y: int) -> None:
    pixels = painted(*size)
    raster, whole = raster_in_bands(encode_png(pixels), x, y, PLENTY), raster_of_straight(pixels, x, y)
    assert raster.tiles.keys() == whole.tiles.keys()
    assert all(np.array_equal(tile, whole.tiles[key]) for key, tile in raster.tiles.items())


def test_tiles_of_one_colour_are_one_array() -> None:
    raster = raster_in_bands(encode_png(np.full((1024, 1024, 4), 255, np.uint8)), 0, 0, PLENTY)
    assert len(raster.tiles) == 16
    assert len({id(tile) for tile in raster.tiles.values()}) == 1


def test_grey_pictures_are_read_too() -> None:
    grey = painted(600, 500)[..., 0].copy()
    assert np.array_equal(grey_in_bands(encode_png(grey)), grey)


@pytest.mark.parametrize("mode", ["P", "LA", "I;16"])
def test_other_kinds_are_left_to_others(mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (300, 300)).save(stream, "PNG")
    with pytest.raises(NotInBandsError):
        list(read_bands(stream.getvalue()))


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L"])
def test_pictures_under_other_filters_are_read_too(mode: str) -> None:
    stream = io.BytesIO()
    image = Image.fromarray(painted(700, 300)).convert(mode)
    image.save(stream, "PNG")
    raster, whole = (
        raster_in_bands(stream.getvalue(), 5, 3, PLENTY),
        raster_of_straight(np.array(image.convert("RGBA")), 5, 3),
    )
    assert all(np.array_equal(tile, whole.tiles[key]) for key, tile in raster.tiles.items())


def test_a_large_export_opens_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its settings; one that holds too much is refused as before."""
    settings = GenerationSettings(prompt="a beach")
    pixels = np.full((900, 900, 4), 255, np.uint8)
    pixels[100:200, 300:500] = (200, 10, 0, 255)
    path = tmp_path / "large.png"
    save_picture(pixels, path, settings=settings)
    monkeypatch.setattr("studio.files.untrusted.memory.SMALL_FILE_BYTES", 5_000_000)
    monkeypatch.setattr("studio.files.untrusted.memory._MOST_GROWTH", 1)
    opened = open_document(path)
    assert opened.settings == settings
    assert np.array_equal(compose(opened.document), pixels)
    save_picture(painted(1800, 1800), path)
    with pytest.raises(FileTooLargeError):
        open_document(path)


def test_too_much_content_is_left_to_the_usual_limits() -> None:
    with pytest.raises(NotInBandsError, match="too much"):
        raster_in_bands(encode_png(painted(900, 900)), 0, 0, 300_000)


def test_damage_is_an_error_and_never_hangs() -> None:
    data = encode_png(painted(600, 600))
    (start, stop) = next((start, stop) for kind, start, stop in chunks(data) if kind == b"IDAT")
    cut = data[:start] + data[stop:]
    with pytest.raises(ValueError, match="too soon"):
        list(read_bands(cut)) if cut.count(b"IDAT") == 0 else raster_in_bands(_shortened(data), 0, 0, PLENTY)
    noise = bytearray(data)
    noise[start + 40 : start + 60] = bytes(20)
    with pytest.raises(ValueError):  # noqa: PT011 - zlib words it
        list(read_bands(bytes(noise)))


def _shortened(data: bytes) -> bytes:
    """The same header over half of the rows."""
    (start, _stop) = next((start, stop) for kind, start, stop in chunks(data) if kind == b"IHDR")
    half = zlib.compress(bytes(300 * (1 + 600 * 4)))
    head = data[: start + 25]
    return head + len(half).to_bytes(4, "big") + b"IDAT" + half + bytes(4)


def test_a_layer_that_is_too_large_to_be_laid_out_opens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    layer = PaintLayer(name="Background", raster=Raster.from_array(np.full((800, 800, 4), 255, np.uint8)))
    data = openraster_bytes(Document(width=800, height=800, layers=(layer,), active_id=layer.id))
    monkeypatch.setattr(openraster_pictures, "allowed_bytes", lambda _size: 1_000_000)
    contents = read_openraster(io.BytesIO(data), "large.ora")
    assert contents.notes == ()
    (opened,) = contents.document.layers
    assert isinstance(opened, PaintLayer)
    assert np.array_equal(opened.raster.read(Rect(0, 0, 800, 800)), layer.raster.read(Rect(0, 0, 800, 800)))


def test_a_damaged_layer_that_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openraster_pictures, "allowed_bytes", lambda _size: 1_000_000)

    class Archive:
        name, length = "large.ora", 1000

        def __contains__(self, _entry: str) -> bool:
            return True

        def read(self, _entry: str) -> bytes:
            return _shortened(encode_png(painted(600, 600)))

        def read_start(self, _entry: str, size: int) -> bytes:
            return self.read("")[:size]

    with pytest.raises(CorruptFileError, match=r"large.ora \(data/a.png\)"):
        openraster_pictures.StoredPictures(Archive()).raster("data/a.png", 0, 0)
