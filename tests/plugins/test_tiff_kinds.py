"""TIFF files of every depth, arrangement and kind of number, written here number by number."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from studio.errors import ShorelineError
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.files import PluginFiles
from studio.raster.compose import compose

GREY, WHITE_IS_ZERO, RGB, CMYK, LAB = 1, 0, 2, 5, 8
HEIGHT, WIDTH = 20, 24
Array = np.ndarray[Any, Any]


def tiff(values: Array, photometric: int, *, order: str = "<", **layout: Any) -> bytes:
    """Samples ``(h, w)`` or ``(h, w, c)`` in a ``layout``: planar, tile, rows, deflate, predictor, extra, tags."""
    values = values if values.ndim == 3 else values[..., None]
    planes = np.split(values, values.shape[2], axis=2) if layout.get("planar") else [values]
    pieces = [_packed(piece, order, layout) for plane in planes for piece in _pieces(plane, layout)]
    out, places = bytearray((b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 0)), []
    for piece in pieces:
        places.append(len(out))
        out += piece + bytes(len(piece) % 2)
    count, lengths = values.shape[2], [len(piece) for piece in pieces]
    tile = layout.get("tile")
    tags: dict[int, list[int]] = {
        **{256: [WIDTH], 257: [HEIGHT], 258: [values.dtype.itemsize * 8] * count, 262: [photometric], 277: [count]},
        **{259: [8 if layout.get("deflate") else 1], 284: [2 if layout.get("planar") else 1]},
        339: [{"u": 1, "i": 2, "f": 3}[values.dtype.kind]] * count,
        **({322: [tile], 323: [tile], 324: places, 325: lengths} if tile else {}),
        **({} if tile else {273: places, 278: [layout.get("rows", HEIGHT)], 279: lengths}),
        **({317: [layout["predictor"]]} if "predictor" in layout else {}),
        **({338: layout["extra"]} if "extra" in layout else {}),
        **layout.get("tags", {}),
    }
    records = b""
    for tag, numbers in sorted(tags.items()):
        packed = struct.pack(f"{order}{len(numbers)}I", *numbers)
        if len(packed) > 4:
            packed, place = struct.pack(f"{order}I", len(out)), packed
            out += place
        records += struct.pack(f"{order}HHI", tag, 4, len(numbers)) + packed
    struct.pack_into(f"{order}I", out, 4, len(out))
    return bytes(out) + struct.pack(f"{order}H", len(tags)) + records + bytes(4)


def _pieces(plane: Array, layout: dict[str, Any]) -> list[Array]:
    side = layout.get("tile")
    if not side:
        rows = layout.get("rows", HEIGHT)
        return [plane[row : row + rows] for row in range(0, HEIGHT, rows)]
    padded = np.pad(plane, ((0, -HEIGHT % side), (0, -WIDTH % side), (0, 0)))
    return [padded[y : y + side, x : x + side] for y in range(0, HEIGHT, side) for x in range(0, WIDTH, side)]


def _packed(piece: Array, order: str, layout: dict[str, Any]) -> bytes:
    if layout.get("predictor") == 2:
        piece = np.concatenate((piece[:, :1], np.diff(piece, axis=1)), axis=1)
    data = np.ascontiguousarray(piece.astype(piece.dtype.newbyteorder(order))).tobytes()  # type: ignore[arg-type]
    return zlib.compress(data) if layout.get("deflate") else data


def noise(dtype: type, channels: int = 0) -> Array:
    """All values of a whole type, or floats from 0 to 1."""
    shape = (HEIGHT, WIDTH, channels) if channels else (HEIGHT, WIDTH)
    random = np.random.default_rng(3)
    if np.issubdtype(dtype, np.floating):
        return random.random(shape).astype(dtype)
    return random.integers(np.iinfo(dtype).min, int(np.iinfo(dtype).max) + 1, shape, dtype)


@pytest.fixture(scope="module")
def files() -> PluginFiles:
    folder = Path(__file__).resolve().parents[2] / "plugins"
    return PluginFiles(PluginHost.load([PluginFolder(folder, "bundled")], entry_points=False))


def shown(files: PluginFiles, path: Path, data: bytes) -> tuple[Array, tuple[str, ...]]:
    """Premultiplied RGBA as float, and the notes."""
    path.write_bytes(data)
    opened = files.open(path)
    return compose(opened.document).astype(float), opened.notes


def check(pixels: Array, shares: Array, alpha: Array | None = None) -> None:
    """``shares`` are the colours wanted, 0..1, grey or RGB."""
    shares = np.repeat(shares[..., None], 3, 2) if shares.ndim == 2 else shares
    weight = np.ones(shares.shape[:2]) if alpha is None else alpha
    wanted = 255 * np.dstack([shares * weight[..., None], weight])
    assert np.abs(pixels - wanted).max() <= (0.51 if alpha is None else 1.3)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("photometric", [GREY, WHITE_IS_ZERO])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.float16, np.float32, np.float64])
def test_grey_of_every_depth(files: PluginFiles, tmp_path: Path, dtype: type, photometric: int, order: str) -> None:
    values = noise(dtype)
    pixels, notes = shown(files, tmp_path / "a.tif", tiff(values, photometric, order=order))
    shares = values.astype(float) / (1.0 if values.dtype.kind == "f" else np.iinfo(dtype).max)
    check(pixels, 1 - shares if photometric == WHITE_IS_ZERO else shares)
    assert bool(notes) == (dtype is not np.uint8)


@pytest.mark.parametrize("dtype", [np.int8, np.int16, np.int32])
def test_numbers_with_a_sign_are_stretched_and_noted(files: PluginFiles, tmp_path: Path, dtype: type) -> None:
    values = noise(dtype)
    pixels, notes = shown(files, tmp_path / "a.tif", tiff(values, GREY))
    least, most = float(values.min()), float(values.max())
    check(pixels, (values - least) / (most - least))
    assert notes[0].startswith("Numbers with a sign")


def test_sixteen_bits_in_thirty_two_are_shown_as_such(files: PluginFiles, tmp_path: Path) -> None:
    values = noise(np.uint16)
    for dtype in (np.int32, np.uint32):
        check(shown(files, tmp_path / "a.tif", tiff(values.astype(dtype), GREY))[0], values / 65535)


@pytest.mark.parametrize(("scale", "least"), [(255.0, 0.0), (4.0, -1.5)])
def test_floats_on_another_scale_are_stretched_and_noted(
    files: PluginFiles, tmp_path: Path, scale: float, least: float
) -> None:
    values = noise(np.float32) * scale + least
    pixels, notes = shown(files, tmp_path / "a.tif", tiff(values.astype(np.float32), GREY))
    low = min(0.0, float(values.min()))
    check(pixels, (values - low) / (values.max() - low))
    assert f"as white {values.max():.6g}" in notes[0]


def test_bright_spots_and_what_is_no_number_leave_the_rest_as_it_is(files: PluginFiles, tmp_path: Path) -> None:
    values = noise(np.float32)
    values[0, :3] = 40.0, np.nan, np.inf
    check(shown(files, tmp_path / "a.tif", tiff(values, GREY))[0], np.nan_to_num(values, nan=0.0).clip(0, 1))


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize(
    "layout",
    [
        {"planar": True},
        {"tile": 16},
        {"tile": 16, "planar": True},
        {"rows": 7},
        {"rows": 7, "planar": True},
        {"deflate": True},
        {"planar": True, "deflate": True, "order": ">"},
    ],
)
def test_every_arrangement_of_colours(files: PluginFiles, tmp_path: Path, dtype: type, layout: dict[str, Any]) -> None:
    values = noise(dtype, 3)
    pixels, _ = shown(files, tmp_path / "a.tif", tiff(values, RGB, **layout))
    check(pixels, values.astype(float) / (1.0 if dtype is np.float32 else np.iinfo(dtype).max))


@pytest.mark.parametrize("planar", [False, True])
def test_a_predictor_is_undone(files: PluginFiles, tmp_path: Path, planar: bool) -> None:
    values = noise(np.uint16, 3)
    data = tiff(values, RGB, deflate=True, predictor=2, planar=planar)
    check(shown(files, tmp_path / "a.tif", data)[0], values / 65535)


@pytest.mark.parametrize("channels", [2, 4, 5])
@pytest.mark.parametrize("planar", [False, True])
@pytest.mark.parametrize("kind", [1, 2])
def test_alpha_of_sixteen_bits(files: PluginFiles, tmp_path: Path, channels: int, planar: bool, kind: int) -> None:
    values = noise(np.uint16, channels)
    colours = 1 if channels == 2 else 3
    if kind == 1:
        values[..., :colours] = np.minimum(values[..., :colours], values[..., colours : colours + 1])
    extra = [kind] + [0] * (channels - colours - 1)
    data = tiff(values, GREY if colours == 1 else RGB, extra=extra, planar=planar)
    pixels, notes = shown(files, tmp_path / "a.tif", data)
    alpha = values[..., colours] / 65535
    shares = values[..., :colours].astype(float) / 65535
    if kind == 1:
        shares = shares / np.maximum(alpha, 1e-6)[..., None]
    check(pixels, shares[..., 0] if colours == 1 else shares, alpha)
    assert ("1 further channels were left out." in notes) == (channels == 5)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_lab_is_read(files: PluginFiles, tmp_path: Path, dtype: type) -> None:
    """L* 53.6, a* and b* 0 is the middle grey of sRGB, 128."""
    values = np.zeros((HEIGHT, WIDTH, 3), dtype)
    values[..., 0] = round(0.536 * np.iinfo(dtype).max)
    values[10:, :, 1] = 60 if dtype is np.uint8 else 60 * 256  # to magenta
    pixels, _ = shown(files, tmp_path / "a.tif", tiff(values, LAB))
    assert np.abs(pixels[0, 0] - (128, 128, 128, 255)).max() <= 2
    red, green, blue = pixels[15, 0, :3]
    assert red > 190
    assert green < 80
    assert 110 < blue < 150


def test_cmyk_of_sixteen_bits_is_that_of_eight(files: PluginFiles, tmp_path: Path) -> None:
    eight = noise(np.uint8, 4)
    one, notes = shown(files, tmp_path / "a.tif", tiff(eight, CMYK))
    assert "CMYK without a colour profile" in notes[0]
    sixteen, _ = shown(files, tmp_path / "a.tif", tiff(eight.astype(np.uint16) * 257, CMYK))
    assert (one == sixteen).all()


def test_a_turned_picture_of_sixteen_bits(files: PluginFiles, tmp_path: Path) -> None:
    values = noise(np.uint16, 3)
    pixels, _ = shown(files, tmp_path / "a.tif", tiff(values, RGB, tags={274: [6]}))
    check(pixels, np.rot90(values, -1) / 65535)


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "packbits", "tiff_adobe_deflate"])
@pytest.mark.parametrize("big", [False, True])
def test_sixteen_bits_as_another_program_writes_them(
    files: PluginFiles, tmp_path: Path, compression: str, big: bool
) -> None:
    values = noise(np.uint16)
    Image.fromarray(values).save(tmp_path / "b.tif", compression=compression, big_tiff=big)
    check(shown(files, tmp_path / "a.tif", (tmp_path / "b.tif").read_bytes())[0], values / 65535)


def test_of_several_pictures_the_first_is_shown_and_noted(files: PluginFiles, tmp_path: Path) -> None:
    pages = [Image.fromarray(noise(np.uint16)), Image.fromarray(noise(np.uint16) // 2)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:])
    opened = files.open(tmp_path / "a.tif")
    assert opened.notes[-1] == "A file of 2 pictures: the first is shown."
    check(compose(opened.document).astype(float), noise(np.uint16) / 65535)


@pytest.mark.parametrize(
    "data",
    [
        tiff(noise(np.uint16), GREY)[:-40],
        tiff(noise(np.uint16), GREY, tags={273: [9_999_999]}),
        tiff(noise(np.uint16), GREY, tags={256: [2_000_000_000], 257: [2_000_000_000]}),
        tiff(noise(np.uint16), 32845),
        tiff(noise(np.uint64), GREY),
        tiff(noise(np.uint16, 3), RGB, tags={258: [16, 8, 16]}),
    ],
)
def test_what_cannot_be_read_is_a_typed_error(files: PluginFiles, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.tif").write_bytes(data)
    with pytest.raises(ShorelineError):
        files.open(tmp_path / "a.tif")
