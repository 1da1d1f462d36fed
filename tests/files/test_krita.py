"""Krita's documents: layers, groups, masks, frames and deep colours; what is unknown leaves the flat picture."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import ImageCms

from studio.document import BlendMode, FillLayer, GroupLayer
from studio.errors import FileError, FileTooLargeError
from studio.files import FileFormat, open_document, read_picture
from studio.files.krita.read import KritaContents, read_krita
from studio.raster.compose import compose
from studio.raster.kernels import unpack_lzf
from tests.files.conftest import entries, packed
from tests.files.krita_files import bgra, krita_file, layer, packed_lzf, tiles_of

RED, BLUE, SOFT = (255, 0, 0, 255), (0, 0, 255, 255), (0, 255, 0, 128)


def read(data: bytes) -> KritaContents:
    return read_krita(io.BytesIO(data), "beach.kra")


def colour_at(contents: KritaContents, x: int, y: int) -> list[int]:
    return compose(contents.document)[y, x].tolist()


def test_layers_groups_modes_and_offsets(tmp_path):
    inner = layer("multiply", "layer3", compositeop="multiply", opacity="128", x="10", y="-4", locked="1")
    tree = (
        layer("hidden", "layer4", visible="0", selected="true")
        + layer("group", "layer2", "grouplayer", f"<layers>{inner}</layers>", passthrough="1")
        + layer("沙子", "layer1")
    )
    data = {
        "layer1": tiles_of(bgra(RED, 128)),
        "layer3": tiles_of(bgra(SOFT), -64),
        "layer4": tiles_of(bgra(BLUE), raw=True),
    }
    path = tmp_path / "beach.kra"
    path.write_bytes(krita_file(tree, data))
    opened = open_document(path)
    document = opened.document
    assert (opened.format, opened.notes, document.width, document.height) == (FileFormat.KRITA, (), 128, 64)
    assert [item.name for item in document.layers] == ["沙子", "group", "hidden"]
    assert document.active_layer.name == "hidden"
    group = document.layers[1]
    assert isinstance(group, GroupLayer)
    assert group.passes_through
    (child,) = group.children
    assert (child.blend_mode, child.opacity, child.locked) == (BlendMode.MULTIPLY, 128 / 255, True)
    assert (child.raster.bounds().x, child.raster.bounds().y) == (-54, -4)
    assert read_picture(path)[30, 100].tolist() == [255, 0, 0, 255]
    assert child.raster.read(child.raster.bounds())[0, 0].tolist() == [0, 128, 0, 128]


def test_an_archive_that_was_packed_anew_is_known_all_the_same(tmp_path):
    files = entries(krita_file(layer("a"), {"layer1": tiles_of(bgra(RED))}))
    path = tmp_path / "a.kra"
    path.write_bytes(packed(dict(sorted(files.items(), reverse=True))))
    assert open_document(path).format is FileFormat.KRITA
    assert read_picture(path)[5, 5].tolist() == [255, 0, 0, 255]


def test_a_default_pixel_fills_the_canvas_and_tiles_lie_over_it():
    data = {"layer1": tiles_of(bgra(RED)), "layer1.defaultpixel": bytes((255, 255, 255, 255))}
    contents = read(krita_file(layer("paper"), data))
    assert colour_at(contents, 10, 10) == [255, 0, 0, 255]
    assert colour_at(contents, 100, 63) == [255, 255, 255, 255]


def test_transparency_masks_hide_and_several_count_together():
    masks = "".join(
        f'<mask name="m" nodetype="transparencymask" filename="mask{number}" visible="{shown}" x="{x}"/>'
        for number, shown, x in ((1, 1, 0), (2, 1, 64), (3, 0, 0))
    )
    half = np.zeros((64, 64, 1), np.uint8)
    half[:, :32] = 255
    data = {
        "layer1": tiles_of(bgra(RED, 128)),
        "mask1.pixelselection": tiles_of(half),
        "mask1.pixelselection.defaultpixel": b"\xff",
        "mask2.pixelselection": tiles_of(half),
        "mask2.pixelselection.defaultpixel": b"\xff",
        "mask3.pixelselection": tiles_of(np.zeros((64, 64, 1), np.uint8)),
    }
    contents = read(krita_file(layer("masked", inside=f"<masks>{masks}</masks>"), data))
    shown = compose(contents.document)[10, :, 3]
    assert (shown.reshape(4, 32) == np.array([[255], [0], [255], [0]])).all()
    assert contents.notes == ()


def test_a_mask_that_is_off_is_kept_so():
    mask = '<masks><mask nodetype="transparencymask" filename="mask1" visible="0"/></masks>'
    data = {"layer1": tiles_of(bgra(RED)), "mask1.pixelselection": tiles_of(np.zeros((64, 64, 1), np.uint8))}
    only = read(krita_file(layer("a", inside=mask), data)).document.layers[0]
    assert (only.mask is not None, only.mask_enabled) == (True, False)


@pytest.mark.parametrize("count", [1, 2])
def test_a_layer_that_inherits_alpha_shows_only_on_what_lies_below(count):
    bases = "".join(layer(f"base {number}") for number in range(count))
    tree = layer("clip", "layer2", channelflags="1110", channellockflags="1110") + bases
    data = {"layer1": tiles_of(bgra(RED)), "layer2": tiles_of(bgra(BLUE, 128))}
    contents = read(krita_file(tree, data))
    clip = contents.document.layers[-1]
    assert colour_at(contents, 10, 10) == [0, 0, 255, 255]
    assert colour_at(contents, 100, 10) == [0, 0, 0, 0]
    assert (clip.alpha_locked, clip.clipped) == (True, count == 1)
    assert len(contents.notes) == count - 1  # with several below it has a mask for that


@pytest.mark.parametrize(
    ("space", "pixel", "wanted"),
    [
        ("RGBA16", np.array([0, 0x8080, 0xFFFF, 0xFFFF], "<u2"), [255, 128, 0, 255]),
        ("RGBAF16", np.array([1.5, 0.5, -1, 1], "<f2"), [255, 128, 0, 255]),
        ("RGBAF32", np.array([np.nan, 0.5, 1, 0.5], "<f4"), [0, 64, 128, 128]),
        ("GRAYA", np.array([100, 255], "u1"), [100, 100, 100, 255]),
        ("GRAYAU16", np.array([0x4040, 0xFFFF], "<u2"), [64, 64, 64, 255]),
        ("GRAYAF32", np.array([1, 1], "<f4"), [255, 255, 255, 255]),
    ],
)
def test_other_kinds_of_pixels_become_eight_bits(space, pixel, wanted):
    stored = np.broadcast_to(np.frombuffer(pixel.tobytes(), np.uint8), (64, 64, pixel.nbytes))
    contents = read(krita_file(layer("deep", colorspacename=space), {"layer1": tiles_of(stored)}, colours=space))
    assert colour_at(contents, 5, 5) == pytest.approx(wanted, abs=1)
    assert len(contents.notes) == (0 if space == "GRAYA" else 1)


def linear_profile() -> bytes:
    """sRGB's colours with numbers that count light."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for index in range(int.from_bytes(profile[128:132], "big")):
        tag = profile[132 + 12 * index : 144 + 12 * index]
        start = int.from_bytes(tag[4:8], "big")
        if tag[1:4] == b"TRC":
            profile[start : start + 16] = b"curv" + bytes(12)
    return bytes(profile)


def test_floating_point_that_counts_light_gets_brighter():
    stored = np.broadcast_to(np.frombuffer(np.array([0.2, 0.2, 0.2, 1], "<f4").tobytes(), np.uint8), (64, 64, 16))
    data = {"layer1": tiles_of(stored), "layer1.icc": linear_profile()}
    contents = read(krita_file(layer("light", colorspacename="RGBAF32"), data))
    assert colour_at(contents, 5, 5) == pytest.approx([124, 124, 124, 255], abs=1)


def test_a_fill_layer_of_one_colour_and_a_clone():
    settings = (
        b'<!DOCTYPE params><params version="1"><param type="internal" name="color"><![CDATA[<color bitdepth="U8">'
        b'<RGB r="0" g="0.50196" b="1" space="sRGB"/></color>]]></param></params>'
    )
    tree = (
        layer("copy", "layer3", "clonelayer", clonefromuuid="{1}")
        + layer("original", "layer1", uuid="{1}")
        + layer("sea", "layer2", "generatorlayer", generatorname="color")
    )
    data = {"layer1": tiles_of(bgra(RED)), "layer2.filterconfig": settings}
    contents = read(krita_file(tree, data))
    sea, _, copy = contents.document.layers
    assert isinstance(sea, FillLayer)
    assert sea.color == (0, 128, 255)
    assert copy.raster.bounds().width == 64
    assert "opened as pixels" in contents.notes[0]


def test_frames_of_one_layer_become_a_timeline():
    keyframes = (
        b'<!DOCTYPE keyframes><keyframes xmlns="http://www.calligra.org/DTD/krita"><channel name="content">'
        b'<keyframe time="0" frame="layer1"><offset x="0" y="0"/></keyframe>'
        b'<keyframe time="3" frame="layer1.f1"><offset x="64" y="0"/></keyframe></channel></keyframes>'
    )
    animation = (
        '<animation><framerate type="value" value="8"/><range type="timerange" from="0" to="4"/>'
        '<currentTime type="value" value="4"/></animation>'
    )
    tree = layer("walk", keyframes="layer1.keyframes.xml") + layer("ground", "layer2")
    data = {
        "layer1": tiles_of(bgra(RED)),
        "layer1.f1": tiles_of(bgra(BLUE)),
        "layer1.keyframes.xml": keyframes,
        "layer2": tiles_of(bgra(SOFT, 128)),
    }
    contents = read(krita_file(tree, data, more=animation))
    timeline, walk = contents.document.timeline, contents.document.layers[1]
    assert (timeline.group_id, timeline.fps) == (walk.id, 8)
    assert [timeline.holds.get(frame.id, 1) for frame in walk.children] == [3, 2]
    assert colour_at(contents, 100, 5) == [0, 0, 255, 255]
    assert contents.notes == ()


def test_what_is_not_known_leaves_the_rest_and_the_flat_picture():
    masks = '<masks><mask nodetype="filtermask" filename="mask1"/></masks>'
    tree = (
        layer("words", "layer2", "shapelayer")
        + layer("print", "layer3", colorspacename="CMYK")
        + layer("odd", "layer1", compositeop="grain_merge", inside=masks)
    )
    data = {"layer1": tiles_of(bgra(RED)), "layer3": tiles_of(np.zeros((64, 64, 5), np.uint8))}
    contents = read(krita_file(tree, data))
    assert [(item.name, item.visible) for item in contents.document.layers] == [("odd", True), ("Flat picture", False)]
    said = " ".join(contents.notes)
    for part in ("'words' is a layer of kind 'shapelayer'", "'print' could not be read", "'filtermask'", "'odd'"):
        assert part in said


@pytest.mark.parametrize(
    "data",
    [
        krita_file("<nothing/>", {}, size=(0, 5), flat=None, others={}),
        krita_file(layer("a", colorspacename="LABA"), {}, flat=None),
    ],
)
def test_nothing_to_show_is_a_typed_error(data):
    with pytest.raises(FileError, match=r"beach\.kra"):
        read(data)


@pytest.mark.parametrize("tree", [layer("a", colorspacename="LABA"), "</layers>", "<layers>"])
def test_a_file_of_which_no_layer_can_be_read_shows_its_flat_picture(tree):
    contents = read(krita_file(tree, {}))
    assert colour_at(contents, 5, 5) == [1, 2, 3, 255]
    assert any("flat picture" in note for note in contents.notes)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"DATA 1", b"DATA 9"),
        lambda data: data.replace(b"PIXELSIZE 4", b"PIXELSIZE 5"),
        lambda data: data.replace(b"TILEWIDTH 64", b"TILEWIDTH 65"),
        lambda data: data.replace(b"VERSION 2", b"VERSION 3"),
        lambda data: data.replace(b"\n0,0,LZF", b"\n9999999,0,LZF"),
        lambda data: data[:-40] + bytes((255,)) * 40,
        lambda _data: b"",
    ],
)
def test_damaged_tiles_leave_the_other_layers(damage):
    tree = layer("bad", "layer2") + layer("good")
    good = tiles_of(bgra(RED))
    contents = read(krita_file(tree, {"layer1": good, "layer2": damage(good)}))
    assert contents.notes[0] == "The layer 'bad' could not be read and was left out."
    assert colour_at(contents, 5, 5) == [255, 0, 0, 255]


def test_a_small_file_that_would_fill_the_memory_is_refused_for_its_layers_only():
    header = b"VERSION 2\nTILEWIDTH 64\nTILEHEIGHT 64\nPIXELSIZE 4\nDATA 99999999\n"
    contents = read(krita_file(layer("bomb"), {"layer1": header}))
    assert colour_at(contents, 5, 5) == [1, 2, 3, 255]
    with pytest.raises(FileTooLargeError, match=r"beach\.kra"):
        read(krita_file(layer("bomb"), {"layer1": header}, flat=None))


def test_lzf_is_unpacked_and_nothing_is_believed_of_it():
    data = bytes(300) + bytes(range(256)) + b"abcabcabc" * 40
    assert unpack_lzf(packed_lzf(data), len(data)).tobytes() == data
    for damaged in (b"\x20\x05", b"\x05abc", b"\xe0", b"\xff\xff\xff", b"\0a\x20\x01"):
        with pytest.raises(ValueError, match="damaged"):
            unpack_lzf(damaged, 3)
