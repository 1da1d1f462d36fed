"""PNG, JPEG, WebP and GIF: what is opened looks right, what is saved comes back, bad files are named."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.document import Document, PaintLayer, Raster
from studio.errors import CorruptFileError, FileError, FileTooLargeError, SettingError, UnsupportedFileError
from studio.files import (
    OPEN_FILTERS,
    SAVE_FORMATS,
    FileFormat,
    SaveOptions,
    open_document,
    read_frames,
    read_mask,
    read_picture,
    save_document,
    save_picture,
)
from studio.files.pictures.colour import srgb_profile, to_srgb
from studio.files.pictures.images import upright
from studio.raster.compose import compose


def document_of(pixels) -> Document:
    height, width = pixels.shape[:2]
    return Document(width=width, height=height, layers=(PaintLayer(name="x", raster=Raster.from_array(pixels)),))


def saved(image: Image.Image, path, **options):
    image.save(path, **options)
    return path


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, depth: int, colour: int, rows: bytes, *extra: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = (chunk(b"IHDR", header), *extra, chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_a_png_keeps_every_pixel(paint, tmp_path):
    pixels = paint(70, 90)
    save_document(document_of(pixels), tmp_path / "a.png")
    opened = open_document(tmp_path / "a.png")
    assert opened.format is FileFormat.PNG
    assert (compose(opened.document) == pixels).all()
    assert opened.document.layers[0].name == "a"
    assert opened.document.active_layer is opened.document.layers[0]


def test_a_lossless_webp_keeps_every_pixel(paint, tmp_path):
    pixels = paint(70, 90)
    save_document(document_of(pixels), tmp_path / "a.webp", options=SaveOptions(lossless=True))
    assert (compose(open_document(tmp_path / "a.webp").document) == pixels).all()


@pytest.mark.parametrize("quality", [80, 92, 100])
def test_a_jpeg_full_of_detail_is_written_whole(tmp_path, quality):
    pixels = np.random.default_rng(1).integers(0, 256, (500, 500, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    save_document(document_of(pixels), tmp_path / "a.jpg", options=SaveOptions(quality=quality))
    assert read_picture(tmp_path / "a.jpg").shape == (500, 500, 4)


@pytest.mark.parametrize("suffix", ["jpg", "webp"])
def test_lossy_formats_come_close(tmp_path, suffix):
    ramp = np.linspace(0, 255, 64).astype(np.uint8)
    pixels = np.dstack([*np.meshgrid(ramp, ramp), np.full((64, 64), 90, np.uint8), np.full((64, 64), 255, np.uint8)])
    assert save_document(document_of(pixels), tmp_path / f"a.{suffix}") == ()
    assert np.abs(read_picture(tmp_path / f"a.{suffix}").astype(int) - pixels).mean() < 3


def test_jpeg_lays_transparency_on_white_and_says_so(tmp_path):
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[:, 16:] = (128, 0, 0, 128)
    notes = save_document(document_of(pixels), tmp_path / "a.jpg", options=SaveOptions(quality=100))
    assert "white" in notes[0]
    back = read_picture(tmp_path / "a.jpg").astype(int)
    assert np.abs(back[4, 4, :3] - 255).max() <= 2
    assert np.abs(back[4, 28, :3] - (255, 127, 127)).max() <= 3


def test_sixteen_bits_are_rounded(tmp_path):
    values = [0, 127, 128, 129, 255, 385, 386, 32767, 65406, 65407, 65535]
    (tmp_path / "grey.png").write_bytes(png_of(len(values), 1, 16, 0, b"\0" + struct.pack(f">{len(values)}H", *values)))
    opened = open_document(tmp_path / "grey.png")
    assert read_picture(tmp_path / "grey.png")[0, :, 0].tolist() == [round(value / 257) for value in values]
    assert "16 bits" in opened.notes[0]


@pytest.mark.parametrize(
    ("colour", "values"), [(2, (65535, 0, 32896)), (4, (65535, 32896)), (6, (65535, 0, 257, 32896))]
)
def test_sixteen_bits_in_every_arrangement(tmp_path, colour, values):
    (tmp_path / "a.png").write_bytes(png_of(1, 1, 16, colour, b"\0" + struct.pack(f">{len(values)}H", *values)))
    expected = {2: [255, 0, 128, 255], 4: [255, 255, 255, 128], 6: [255, 0, 1, 128]}[colour]
    assert read_picture(tmp_path / "a.png")[0, 0].tolist() == expected


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_opens_with_its_colours(tmp_path, mode):
    source = Image.new("RGBA", (8, 8), (255, 255, 255, 255)).convert(mode)
    saved(source, tmp_path / "a.png")
    assert (read_picture(tmp_path / "a.png") == 255).all()


def test_a_palette_with_transparency(tmp_path):
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putdata([0, 1])
    saved(image, tmp_path / "a.png", transparency=bytes([0, 200]))
    assert read_picture(tmp_path / "a.png").tolist() == [[[255, 0, 0, 0], [0, 255, 0, 200]]]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation(tmp_path, orientation):
    pixels = np.random.default_rng(1).integers(0, 256, (8, 16, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    saved(Image.fromarray(pixels), tmp_path / "a.png", exif=exif)
    from PIL import ImageOps

    with Image.open(tmp_path / "a.png") as image:
        expected = np.asarray(ImageOps.exif_transpose(image))
    assert (read_picture(tmp_path / "a.png")[..., :3] == expected).all()


def test_an_unknown_orientation_changes_nothing(paint):
    assert (upright(paint(4, 6), 77) == paint(4, 6)).all()


def test_an_srgb_profile_changes_no_pixel(paint, tmp_path):
    pixels = paint(16, 16)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    saved(Image.fromarray(pixels), tmp_path / "a.png", icc_profile=profile)
    assert (read_picture(tmp_path / "a.png") == pixels).all()
    assert open_document(tmp_path / "a.png").notes == ()


def test_a_broken_profile_is_only_noted(tmp_path):
    saved(Image.new("RGB", (4, 4), "red"), tmp_path / "a.png", icc_profile=b"not a profile")
    opened = open_document(tmp_path / "a.png")
    assert "profile" in opened.notes[0]
    assert read_picture(tmp_path / "a.png")[0, 0].tolist() == [255, 0, 0, 255]


def grey_profile() -> bytes:
    """sRGB's profile made one of grey."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:16] + b"GRAY" + profile[20:].replace(b"rTRC", b"kTRC", 1)


@pytest.mark.parametrize(
    ("mode", "profile", "said"),
    [
        ("RGB", grey_profile(), "it is for L, the picture is RGB"),
        ("RGB", srgb_profile()[:16] + b"CMYK" + srgb_profile()[20:], ""),
        ("RGB", srgb_profile()[:16] + b"Lab " + srgb_profile()[20:], "Lab is not RGB, grey or CMYK"),
        ("RGB", srgb_profile()[:200], ""),
        ("CMYK", srgb_profile(), "it is for RGB, the picture is CMYK"),
    ],
)
def test_a_profile_that_lies_is_said_and_ignored(tmp_path, mode, profile, said):
    colour = (200, 50, 25) if mode == "RGB" else (0, 255, 255, 0)
    saved(Image.new(mode, (4, 4), colour), tmp_path / "a.jpg", icc_profile=profile, quality=100)
    saved(Image.new(mode, (4, 4), colour), tmp_path / "plain.jpg", quality=100)
    opened = open_document(tmp_path / "a.jpg")
    assert "The colour profile could not be used" in opened.notes[0]
    assert said in opened.notes[0]
    assert np.array_equal(read_picture(tmp_path / "a.jpg"), read_picture(tmp_path / "plain.jpg"))


def test_a_profile_of_grey_counts_for_grey(tmp_path):
    saved(Image.new("LA", (4, 4), (100, 200)), tmp_path / "a.png", icc_profile=grey_profile())
    assert not any("could not" in note for note in open_document(tmp_path / "a.png").notes)
    assert read_picture(tmp_path / "a.png")[0, 0].tolist()[3] == 200


def test_a_huge_profile_is_not_looked_at(monkeypatch):
    monkeypatch.setattr("studio.files.pictures.colour._MOST_BYTES", 100)
    pixels, notes = to_srgb(Image.new("RGB", (1, 1), (1, 2, 3)), srgb_profile())
    assert pixels[0, 0].tolist() == [1, 2, 3, 255]
    assert "it has" in notes[0]


@pytest.mark.parametrize("suffix", ["jpg", "webp", "psd"])
def test_what_is_saved_says_that_it_is_srgb(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    save_picture(np.full((8, 8, 4), 255, np.uint8), path)
    with Image.open(path) as image:
        assert image.info["icc_profile"] == srgb_profile()
    assert open_document(path).notes == ()


def test_cmyk_without_a_profile_is_noted(tmp_path):
    saved(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), tmp_path / "a.jpg", quality=100)
    assert "CMYK" in open_document(tmp_path / "a.jpg").notes[0]
    assert np.abs(read_picture(tmp_path / "a.jpg")[0, 0].astype(int) - (255, 0, 0, 255)).max() <= 3


def test_the_content_decides_not_the_name(tmp_path):
    saved(Image.new("RGB", (4, 4), "red"), tmp_path / "a.png").rename(tmp_path / "a.jpg")
    assert open_document(tmp_path / "a.jpg").format is FileFormat.PNG


def test_a_still_picture_has_one_frame(tmp_path):
    saved(Image.new("RGB", (4, 4), "red"), tmp_path / "a.png")
    (frame,) = read_frames(tmp_path / "a.png")
    assert frame.pixels.shape == (4, 4, 4)


def test_masks_are_white_where_they_act(tmp_path):
    image = Image.new("RGBA", (3, 1), (255, 255, 255, 255))
    image.putpixel((1, 0), (255, 255, 255, 0))
    image.putpixel((2, 0), (77, 77, 77, 255))
    saved(image, tmp_path / "m.png")
    assert read_mask(tmp_path / "m.png", (3, 1)).tolist() == [[255, 0, 77]]


def test_a_mask_of_another_size_names_both_sizes(tmp_path):
    saved(Image.new("L", (3, 1)), tmp_path / "m.png")
    with pytest.raises(SettingError, match=r"m\.png is 3x1.*9x9"):
        read_mask(tmp_path / "m.png", (9, 9))


def test_dialog_lines_name_what_is_read_and_written():
    assert {"ora", "png", "jpg", "webp", "psd", "gif"} <= set(OPEN_FILTERS[0].suffixes)
    assert [save.format.value for save in SAVE_FORMATS] == ["ora", "psd", "png", "jpeg", "webp"]
    assert SAVE_FORMATS[2].filter.patterns == "*.png"


GOOD_PNG = png_of(2, 2, 8, 2, b"\0\xff\0\0\0\xff\0" * 2)


def jpeg() -> bytes:
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(stream, "JPEG")
    return stream.getvalue()


def webp() -> bytes:
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(stream, "WEBP")
    return stream.getvalue()


def gif(width: int = 4, height: int = 4) -> bytes:
    stream = io.BytesIO()
    Image.new("P", (4, 4)).save(stream, "GIF")
    data = bytearray(stream.getvalue())
    data[6:10] = struct.pack("<HH", width, height)
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("empty.png", b"", CorruptFileError),
        ("text.png", b"just some words", CorruptFileError),
        ("cut.png", GOOD_PNG[:50], CorruptFileError),
        ("head.png", GOOD_PNG[:20], CorruptFileError),
        ("sign.png", GOOD_PNG[:8], CorruptFileError),
        ("crc.png", GOOD_PNG[:20] + b"\x01" + GOOD_PNG[21:], CorruptFileError),
        ("zlib.png", png_of(2, 2, 8, 2, b"\0"), CorruptFileError),
        ("cut16.png", png_of(2, 2, 16, 2, b"\0")[:60], CorruptFileError),
        ("wide.png", png_of(40_000, 1, 8, 2, b""), FileTooLargeError),
        ("bomb.png", png_of(30_000, 30_000, 1, 0, b""), FileTooLargeError),
        ("huge.png", png_of(100_000, 100_000, 8, 6, b""), FileTooLargeError),
        ("none.png", png_of(0, 5, 8, 2, b""), CorruptFileError),
        ("cut.jpg", jpeg()[:-500], CorruptFileError),
        ("head.jpg", jpeg()[:30], CorruptFileError),
        ("cut.webp", webp()[:-500], CorruptFileError),
        ("head.webp", webp()[:16], CorruptFileError),
        ("cut.gif", gif()[:12], CorruptFileError),
        ("huge.gif", gif(65_000, 65_000), FileTooLargeError),
        ("cut.psd", b"8BPS\0\1", CorruptFileError),
        ("huge.psd", b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 100_000, 100_000, 8, 3) + bytes(40), FileTooLargeError),
        ("body.psd", b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, 10, 10, 8, 3) + b"\xff" * 40, CorruptFileError),
        ("a.xcf", b"gimp xcf v011\0" + bytes(40), UnsupportedFileError),
        ("little.psd", b"SPB8\1\0" + bytes(40), UnsupportedFileError),
        ("a.kra", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/x-krita", CorruptFileError),
        ("a.tif", b"II*\0" + bytes(40), UnsupportedFileError),
    ],
)
def test_bad_files_are_refused_by_name(tmp_path, name, data, error):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(error) as caught:
        open_document(tmp_path / name)
    assert name in caught.value.message
    assert caught.value.advice


def test_other_programs_formats_say_how_to_go_on(tmp_path):
    (tmp_path / "a.xcf").write_bytes(b"gimp xcf v011\0")
    with pytest.raises(UnsupportedFileError, match=r"Export it as OpenRaster \(\.ora\)"):
        open_document(tmp_path / "a.xcf")


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_picture_cut_anywhere_is_a_typed_error(tmp_path, cut):
    whole_but_for_its_end = GOOD_PNG[: GOOD_PNG.index(b"IEND") - 12]
    for index, data in enumerate((whole_but_for_its_end, jpeg(), webp(), gif()[:-6])):
        path = tmp_path / f"{index}"
        path.write_bytes(data[: len(data) * cut // 60])
        with pytest.raises(FileError):
            open_document(path)


def test_missing_files_and_folders_are_named(tmp_path):
    with pytest.raises(FileError, match="does not exist"):
        open_document(tmp_path / "gone.png")
    with pytest.raises(FileError, match="is a folder"):
        open_document(tmp_path)


@pytest.mark.parametrize("name", ["a.xcf", "a.gif", "a.tiff", "a"])
def test_formats_that_are_not_written_are_named(rich_document, tmp_path, name):
    with pytest.raises(UnsupportedFileError, match=r"\.ora"):
        save_document(rich_document, tmp_path / name)


def test_a_picture_too_wide_for_its_format(tmp_path):
    document = Document(width=20_000, height=2, layers=())
    with pytest.raises(FileTooLargeError, match="PNG"):
        save_document(document, tmp_path / "a.webp")
    assert list(tmp_path.iterdir()) == []
