"""PNG files of every depth with a transparent colour, and pictures that are opened as frames."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import Pixels
from studio.errors import CorruptFileError
from studio.files import open_document, read_picture
from studio.files.animation.export import export_frames
from studio.files.animation.formats import ExportOptions
from studio.files.animation.read import open_frames
from studio.files.documents import read_frames
from studio.files.pictures.colour import srgb_profile
from studio.files.pictures.fast_png import is_plain
from studio.files.pictures.formats import FileFormat
from studio.files.pictures.images import decode
from studio.raster.compose import compose


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(values: np.ndarray, depth: int, colour: int, transparent: bytes, palette: bytes = b"") -> bytes:
    """A PNG of samples ``(h, w)`` or ``(h, w, 3)``, written here bit by bit."""
    height, width = values.shape[:2]
    rows = []
    for row in values.reshape(height, -1):
        bits = "".join(format(int(value), f"0{depth}b") for value in row)
        bits += "0" * (-len(bits) % 8)
        rows.append(b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big"))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    plte = chunk(b"PLTE", palette) if palette else b""
    body = chunk(b"tRNS", transparent) + chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + plte + body + chunk(b"IEND", b"")


def check(tmp_path: Path, data: bytes, wanted: np.ndarray) -> None:
    """As a picture, as a document and as a frame."""
    path = tmp_path / "a.png"
    path.write_bytes(data)
    shown = wanted.copy()
    shown[..., :3] *= shown[..., 3:] > 0
    assert (compose(open_document(path).document) == shown).all()
    for pixels in (read_picture(path), next(iter(open_frames(path).frames())).pixels, read_frames(path)[0].pixels):
        assert (pixels[..., 3] == wanted[..., 3]).all()
        assert (pixels * (pixels[..., 3:] > 0) == shown).all()


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16])
def test_a_transparent_grey_of_every_depth(tmp_path: Path, depth: int) -> None:
    most = 2**depth - 1
    values = np.arange(128).reshape(8, 16) * (most // 127 if depth > 4 else 1) % (most + 1)
    if depth == 16:
        values[0, 1] = values[0, 0] + 1  # the same grey in 8 bits, but not the transparent one
    key = int(values[0, 0])
    grey = (values * 255 + most // 2) // most
    wanted = np.dstack([grey, grey, grey, np.where(values == key, 0, 255)])
    check(tmp_path, png(values, depth, 0, struct.pack(">H", key)), wanted)


@pytest.mark.parametrize("depth", [8, 16])
def test_a_transparent_colour(tmp_path: Path, depth: int) -> None:
    most = 2**depth - 1
    values = np.random.default_rng(0).integers(0, most + 1, (8, 8, 3))
    values[1, 1] = values[2, 2] = values[0, 0]
    values[2, 2, 2] ^= 1
    wanted = np.dstack([(values * 255 + most // 2) // most, np.where((values == values[0, 0]).all(2), 0, 255)])
    check(tmp_path, png(values, depth, 2, struct.pack(">HHH", *values[0, 0])), wanted)


@pytest.mark.parametrize("depth", [1, 2, 4, 8])
def test_a_palette_with_alphas(tmp_path: Path, depth: int) -> None:
    values = np.arange(64).reshape(8, 8) % 2**depth
    palette = np.random.default_rng(0).integers(0, 256, (2**depth, 3)).astype(np.uint8)
    alphas = np.full(2**depth, 255)
    alphas[0] = 0
    wanted = np.dstack([palette[values], alphas[values]])
    check(tmp_path, png(values, depth, 3, b"\0", palette.tobytes()), wanted)


def painted(width: int = 6, height: int = 4) -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("form", ["png", "jpg", "webp"])
def test_one_picture_as_frames_is_upright(tmp_path: Path, form: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(painted()).save(tmp_path / f"a.{form}", exif=exif)
    frames = open_frames(tmp_path / f"a.{form}")
    assert (frames.size, frames.count, frames.timed) == ((4, 6), 1, False)
    assert np.array_equal(frames.frame(0).pixels, read_picture(tmp_path / f"a.{form}"))
    export_frames(frames, tmp_path / "out.apng", options=ExportOptions())
    assert open_frames(tmp_path / "out.apng").size == (4, 6)


def test_an_animation_is_turned_as_a_whole(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    images = [Image.fromarray(painted()), Image.fromarray(255 - painted())]
    images[0].save(tmp_path / "a.png", save_all=True, append_images=images[1:], duration=100, exif=exif)
    frames = open_frames(tmp_path / "a.png")
    assert (frames.size, frames.count) == ((4, 6), 2)
    assert np.array_equal(frames.frame(1).pixels[..., :3], 255 - np.rot90(painted(), -1))


def with_hidden_picture(path: Path, frames: int = 2) -> Path:
    """An APNG whose default picture, all red, is no frame of it; the frames are green, then blue."""
    colours = [(255, 0, 0), (0, 255, 0), (0, 0, 255)][: frames + 1]
    images = [Image.new("RGB", (6, 4), colour) for colour in colours]
    images[0].save(path, save_all=True, append_images=images[1:], default_image=True, duration=[40, 70][:frames])
    return path


@pytest.mark.parametrize("count", [1, 2])
def test_the_picture_that_an_apng_hides_is_no_frame(tmp_path: Path, count: int) -> None:
    path = with_hidden_picture(tmp_path / "a.png", count)
    frames = open_frames(path)
    assert frames.count == count
    assert [frame.pixels[0, 0].tolist() for frame in frames.frames()] == [[0, 255, 0, 255], [0, 0, 255, 255]][:count]
    assert [frame.pixels[0, 0, 1] for frame in read_frames(path)] == [255, 0][:count]
    opened = open_document(path)
    assert compose(opened.document)[0, 0].tolist() == [0, 255, 0, 255]
    assert opened.notes == (("An animation of 2 frames: the first is shown.",) if count == 2 else ())


@pytest.mark.parametrize(("told", "shown"), [(0, 100), (10, 100), (20, 20), (30, 30)])
@pytest.mark.parametrize("form", ["gif", "png", "webp"])
def test_hardly_any_time_is_shown_as_browsers_do(tmp_path: Path, told: int, shown: int, form: str) -> None:
    """Firefox and Chromium show a frame of at most 10 ms for 100, in every format."""
    images = [Image.fromarray(painted()), Image.fromarray(255 - painted())]
    images[0].save(tmp_path / f"a.{form}", save_all=True, append_images=images[1:], duration=told)
    assert [frame.duration for frame in open_frames(tmp_path / f"a.{form}").frames()] == [shown] * 2
    assert [frame.duration for frame in read_frames(tmp_path / f"a.{form}")] == [shown] * 2


def test_a_gif_that_gives_no_time_plays_at_ten_frames_a_second(tmp_path: Path) -> None:
    stream = io.BytesIO()
    images = [Image.fromarray(painted()), Image.fromarray(255 - painted())]
    images[0].save(stream, "GIF", save_all=True, append_images=images[1:])
    (tmp_path / "a.gif").write_bytes(stream.getvalue())
    assert [frame.duration for frame in open_frames(tmp_path / "a.gif").frames()] == [100, 100]


def test_thirds_of_a_hundredth_do_not_drift(tmp_path: Path) -> None:
    images = [Image.fromarray(painted() + np.uint8(number)) for number in range(30)]
    images[0].save(tmp_path / "a.png", save_all=True, append_images=images[1:], duration=1000 / 30)
    assert abs(sum(frame.duration for frame in open_frames(tmp_path / "a.png").frames()) - 1000) <= 1


def test_plain_pictures_take_the_quick_road_with_the_same_pixels():
    pixels = np.random.default_rng(3).integers(0, 256, (20, 30, 4), dtype=np.uint8)
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    assert is_plain(stream.getvalue())
    turned = Image.Exif()
    turned[0x0112] = 6
    for options in ({"icc_profile": srgb_profile()}, {"exif": turned}):
        other = io.BytesIO()
        Image.fromarray(pixels).save(other, "PNG", **options)
        assert not is_plain(other.getvalue())
    for damaged in (stream.getvalue()[:1000], stream.getvalue()[:20] + b"\1" + stream.getvalue()[21:]):
        with pytest.raises(CorruptFileError):
            decode(damaged, FileFormat.PNG, "a.png")
    assert np.array_equal(decode(stream.getvalue(), FileFormat.PNG, "a.png").pixels, pixels)
