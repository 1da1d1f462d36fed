"""Small files that were made to fill the memory: refused or read, but never in more than 1.5 GiB."""

from __future__ import annotations

import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.errors import CorruptFileError, FileTooLargeError
from studio.files.animation.read import open_frames
from studio.files.documents import open_document, read_frames
from studio.files.pictures.images import decode_mask
from studio.files.pictures.png_chunks import SIGNATURE, split_text
from studio.files.untrusted import memory
from tests.fuzz.reader_process import ReaderProcess

MOST_MEGABYTES = 1536
MIMETYPE = "image/openraster"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, depth: int = 8, colours: int = 6) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))


def pixels(width: int, height: int, size: int = 4) -> bytes:
    """Rows of a pattern that packs well, though no two tiles of it are alike."""
    packer = zlib.compressobj(1)
    row = b"\0" + (bytes(range(1, 8)) * (width * size // 7 + 1))[: width * size]
    return b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])


def png(width: int, height: int, *extra: bytes, depth: int = 8, colours: int = 6, size: int = 4) -> bytes:
    data = chunk(b"IDAT", pixels(width, height, size))
    return b"".join([SIGNATURE, header(width, height, depth, colours), *extra, data, chunk(b"IEND", b"")])


def ora(stack: str, **entries: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        archive.writestr("stack.xml", stack)
        for name, content in entries.items():
            archive.writestr(f"{name}.png", content)
    return stream.getvalue()


def layers(count: int, attributes: Callable[[int], str], side: int = 512) -> str:
    inside = "".join(f"<layer {attributes(number)}/>" for number in range(count))
    return f'<image version="0.0.3" w="{side}" h="{side}"><stack>{inside}</stack></image>'


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def still(side: int) -> Image.Image:
    return Image.effect_noise((64, 64), 60).resize((side, side), Image.Resampling.NEAREST)


def many_frames() -> bytes:
    frames = [Image.new("L", (4000, 4000), number) for number in range(24)]
    return saved(frames[0], "GIF", save_all=True, append_images=frames[1:])


def psd(count: int, side: int) -> bytes:
    from psd_tools import PSDImage
    from psd_tools.constants import Compression

    made = PSDImage.new("RGB", (64, 64))
    for number in range(count):
        made.create_pixel_layer(still(side).convert("RGBA"), name=f"{number}", compression=Compression.ZIP)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


TEXT = zlib.compress(bytes(16_000_000))
ZTXT = [chunk(b"zTXt", b"%d\0\0" % number + TEXT) for number in range(200)]
ITXT = [chunk(b"iTXt", b"%d\0\1\0\0\0" % number + TEXT) for number in range(200)]
PROFILE = chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(1_000_000_000), 1))

BOMBS: dict[str, Callable[[], bytes]] = {
    "texts.png": lambda: png(8, 8, *ZTXT),
    "international.png": lambda: png(8, 8, *ITXT),
    "prompt.png": lambda: png(8, 8, chunk(b"zTXt", b"prompt\0\0" + zlib.compress(b"[" + b"{}," * 5_000_000 + b"1]"))),
    "profile.png": lambda: png(8, 8, PROFILE),
    "area.png": lambda: png(20000, 20000),
    "wide.png": lambda: png(11000, 11000, depth=16, size=8),
    "largest.png": lambda: png(11600, 11600),
    "second.png": lambda: SIGNATURE + header(8, 8) + png(20000, 20000)[8:],
    "area.jpg": lambda: saved(still(20000), "JPEG", quality=20),
    "progressive.jpg": lambda: saved(still(11600), "JPEG", quality=20, progressive=True),
    "area.webp": lambda: saved(still(9000).convert("RGB"), "WEBP", quality=1, method=0),
    "frames.gif": many_frames,
    "area.tif": lambda: saved(still(13000).convert("RGB"), "TIFF", compression="tiff_adobe_deflate"),
    "area.bmp": lambda: saved(Image.new("L", (64, 64)), "BMP").replace(struct.pack("<II", 64, 64), b"\x10\x27\0\0" * 2),
    "same.ora": lambda: ora(layers(400, lambda _: 'src="a.png"'), a=png(8000, 8000)),
    "moved.ora": lambda: ora(layers(400, lambda number: f'src="a.png" x="{number}"'), a=png(4000, 4000)),
    "layers.ora": lambda: ora(
        layers(30, lambda number: f'src="a{number}.png"'), **{f"a{number}": png(5000, 5000) for number in range(30)}
    ),
    "layers.psd": lambda: psd(8, 4000),
    "large.psd": lambda: psd(1, 7500),
    "empty.ora": lambda: ora(layers(400_000, lambda _: 'src="a"')),
    "names.ora": lambda: ora(layers(20, lambda _: " ".join(f'a{number}=""' for number in range(50_000)))),
}


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess() as made:
        yield made


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process can be taken anew on Linux only")
@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_never_takes_much_memory(reader: ReaderProcess, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    assert path.stat().st_size < 16_000_000
    reading = reader.read(path)
    assert reading.outcome in ("read", "refused"), reading.words
    assert reading.megabytes < MOST_MEGABYTES


# --- the mechanisms -------------------------------------------------------------------------------


def test_all_texts_of_a_picture_together_are_bounded() -> None:
    parts = split_text(png(8, 8, *ZTXT[:5], *ITXT[:5], chunk(b"tEXt", b"last\0kept")))
    assert sum(len(text) for text in parts.texts.values()) <= 16 * 1024**2
    assert len(parts.notes) == 1
    assert parts.texts["last"] == "kept"


@pytest.mark.parametrize(
    "data",
    [
        SIGNATURE + header(8, 8) + png(9000, 9000)[8:],
        SIGNATURE + header(9000, 9000) + png(8, 8)[8:],
        png(8, 8, header(9000, 9000)),
        png(8, 8) + header(9000, 9000),
        SIGNATURE + chunk(b"tEXt", b"a\0b") + png(8, 8)[8:],
        SIGNATURE + png(8, 8)[33:],
    ],
    ids=["small first", "large first", "between", "behind", "late", "none"],
)
def test_a_png_has_one_header(data: bytes, tmp_path: Path) -> None:
    """Decoders differ in which of two they follow, so the one that was checked need not be the one that counts."""
    path = tmp_path / "two.png"
    path.write_bytes(data)
    if b"a\0b" in data:
        assert open_document(path).document.width == 8  # texts are taken out first
        return
    with pytest.raises(CorruptFileError, match=r"two\.png"):
        open_document(path)
    with pytest.raises(CorruptFileError):
        decode_mask(path.read_bytes(), "two.png")


def test_a_mask_is_measured_before_it_is_decoded() -> None:
    with pytest.raises(FileTooLargeError):
        decode_mask(SIGNATURE + header(40000, 40000), "mask.png")


def test_what_a_file_may_take_grows_with_it_and_ends_with_the_free_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    free = 64 * 1024**3

    class Memory:
        available = free

    monkeypatch.setattr("psutil.virtual_memory", Memory)
    assert memory.allowed_bytes(1) == memory.SMALL_FILE_BYTES
    assert memory.allowed_bytes(100_000_000) == 25_000_000_000
    Memory.available = 1_000_000_000
    assert memory.allowed_bytes(100_000_000) == 800_000_000
    with pytest.raises(FileTooLargeError, match=r"beach.png would take [89]\d\d MB"):
        memory.check_memory(900_000_000, 100_000_000, "beach.png")


def test_pictures_wait_for_room_and_are_refused_when_there_never_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "allowed_bytes", lambda _size: 1000)
    budget = memory.MemoryBudget(1, "beach.ora")
    with budget.reserved(900):
        budget.keep(400)
    with budget.reserved(600):
        pass
    with pytest.raises(FileTooLargeError), budget.reserved(601):
        pass


def test_one_picture_of_many_layers_is_decoded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.files.openraster import pictures as openraster_pictures

    decoded: list[str] = []
    original = openraster_pictures.decode
    monkeypatch.setattr(openraster_pictures, "decode", lambda *given: decoded.append(given[2]) or original(*given))
    path = tmp_path / "same.ora"
    path.write_bytes(ora(layers(400, lambda _: 'src="a.png"'), a=saved(Image.new("RGBA", (300, 300), "red"), "PNG")))
    document = open_document(path).document
    assert len(decoded) == 1
    assert len({id(layer.raster) for layer in document.layers}) == 1


def test_entries_of_a_zip_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    data = bytearray(ora(layers(1, lambda _: 'src="a0.png"'), a0=png(64, 64), a1=png(64, 64)))
    places = [place for place in range(len(data)) if data[place : place + 4] == b"PK\1\2"]
    for place in places:
        data[place + 20 : place + 24] = struct.pack("<I", len(data) // 2)
    path = tmp_path / "overlap.ora"
    path.write_bytes(data)
    with pytest.raises(CorruptFileError, match="over each other"):
        open_document(path)


def test_bands_change_no_pixel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from studio.files.pictures import colour

    noise = np.random.default_rng(0).integers(0, 256, (300, 200, 4), dtype=np.uint8)
    path = tmp_path / "noise.png"
    Image.fromarray(noise).save(path)
    whole = open_document(path).document
    monkeypatch.setattr(colour, "_BAND_PIXELS", 1000)
    monkeypatch.setattr("studio.raster.convert._BAND_ROWS", 7)
    banded = open_document(path).document
    for one, other in zip(whole.walk(), banded.walk(), strict=True):
        assert one.raster.tiles.keys() == other.raster.tiles.keys()
        assert all(np.array_equal(one.raster.tiles[key], other.raster.tiles[key]) for key in one.raster.tiles)


def test_settings_without_end_are_refused(tmp_path: Path) -> None:
    settings = json.dumps({"canvas": {}}).encode()
    stack = layers(1, lambda _: 'src="a0.png"')
    path = tmp_path / "settings.ora"
    path.write_bytes(ora(stack, a0=png(8, 8)))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("shoreline/settings.json", settings[:-1] + b"[" * 1_000_000)
    assert open_document(path).document.width == 512


def test_a_picture_with_a_long_text_has_its_frames_all_the_same(tmp_path: Path) -> None:
    """Pillow refuses a picture whose text is over a megabyte, as graphs of nodes are that hold pictures."""
    path = tmp_path / "graph.png"
    path.write_bytes(png(8, 8, chunk(b"zTXt", b"workflow\0\0" + zlib.compress(bytes(3_000_000)))))
    assert next(open_frames(path).frames()).pixels.shape == (8, 8, 4)
    assert len(read_frames(path)) == 1
