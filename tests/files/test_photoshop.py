"""Photoshop files beyond the samples: what has no counterpart here is noted, what is damaged is named."""

from __future__ import annotations

import contextlib
import io
import struct

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode as PsdBlendMode
from psd_tools.constants import Compression, Resource, Tag
from psd_tools.psd.image_resources import ImageResource

from studio.document import BlendMode, replace_layer
from studio.errors import CorruptFileError, FileError, FileTooLargeError, UnsupportedFileError
from studio.files.psd.read import read_psd
from studio.raster.compose import compose


def opened(psd: PSDImage):
    stream = io.BytesIO()
    psd.save(stream)
    stream.seek(0)
    contents = read_psd(stream, "beach.psd")
    return contents.document, contents.notes


def two_layers() -> PSDImage:
    psd = PSDImage.new("RGB", (20, 10))
    psd.create_pixel_layer(Image.new("RGB", (8, 8), (255, 0, 0)), name="base", top=1, left=-2)
    psd.create_pixel_layer(Image.new("RGB", (20, 10), (0, 255, 0)), name="upper")
    return psd


def test_a_clipped_layer_shows_only_where_its_base_does():
    psd = two_layers()
    psd[1].clipping = True
    document, notes = opened(psd)
    picture = compose(document)
    assert picture[5, 2].tolist() == [0, 255, 0, 255]
    assert picture[5, 12].tolist() == [0, 0, 0, 0]
    assert notes == ()
    assert [(layer.name, layer.clipped) for layer in document.layers] == [("base", False), ("upper", True)]


def clipped_on(backdrop, base, clip, *, multiply=False, opacity=1.0, clip_opacity=1.0):
    """What Photoshop shows: the clip on the base's colours, then that with the base's alpha, mode and opacity."""
    backdrop, base, clip = (pixels.astype(float) / 255 for pixels in (backdrop, base, clip))
    weight = clip[..., 3:] * clip_opacity
    colours = clip[..., :3] * weight + base[..., :3] * (1 - weight)
    if multiply:
        colours *= backdrop[..., :3]
    alpha = base[..., 3:] * opacity
    return 255 * (colours * alpha + backdrop[..., :3] * (1 - alpha))


def noise(seed: int, *, soft: bool) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (16, 24, 4), dtype=np.uint8)
    if not soft:
        pixels[..., 3] = np.where(pixels[..., 3] > 127, 255, 0)
    return pixels


@pytest.mark.parametrize("multiply", [False, True])
@pytest.mark.parametrize("soft", [False, True])
@pytest.mark.parametrize("grouped", [False, True])
def test_clipping_looks_as_in_photoshop(multiply, soft, grouped):
    psd = PSDImage.new("RGB", (24, 16))
    backdrop = noise(1, soft=False)
    backdrop[..., 3] = 255
    psd.create_pixel_layer(Image.fromarray(backdrop), name="backdrop")
    base = psd.create_pixel_layer(Image.fromarray(noise(2, soft=soft)), name="base")
    if grouped:
        base = psd.create_group([base], name="base group")
    psd.create_pixel_layer(Image.fromarray(noise(3, soft=True)), name="clip").clipping = True
    base.blend_mode = PsdBlendMode.MULTIPLY if multiply else PsdBlendMode.NORMAL
    base.opacity, base.fill_opacity, psd[2].opacity = 153, 204, 102
    document, _ = opened(psd)
    wanted = clipped_on(
        backdrop, noise(2, soft=soft), noise(3, soft=True), multiply=multiply, opacity=0.48, clip_opacity=0.4
    )
    assert np.abs(compose(document)[..., :3] - wanted).max() <= 2.5
    assert [(layer.name, layer.clipped) for layer in document.layers[1:]] == [(base.name, False), ("clip", True)]


def test_a_hidden_base_hides_what_is_clipped_to_it():
    psd = two_layers()
    psd[0].visible, psd[1].clipping = False, True
    assert not compose(opened(psd)[0]).any()


def test_a_clipped_layer_without_a_base_is_shown_and_noted():
    psd = two_layers()
    psd[0].clipping = True
    document, notes = opened(psd)
    assert compose(document)[5, 2].tolist() == [0, 255, 0, 255]
    assert [layer.name for layer in document.layers] == ["base", "upper"]
    assert notes == ("'base' was clipped to a layer that is missing: it is shown whole.",)


def test_what_does_not_blend_with_its_base_as_a_group_gets_a_mask():
    psd = two_layers()
    psd[1].clipping = True
    psd[0].tagged_blocks.set_data(Tag.BLEND_CLIPPING_ELEMENTS, 0)
    document, notes = opened(psd)
    assert [layer.name for layer in document.layers] == ["base", "upper"]
    assert "it has a layer mask" in notes[0]
    assert compose(document)[5, 12].tolist() == [0, 0, 0, 0]


def test_a_mask_that_is_switched_off_is_kept_so():
    psd = two_layers()
    psd[1].create_mask(Image.new("L", (20, 10), 0))
    psd[1].mask._data.flags.mask_disabled = True
    document, notes = opened(psd)
    layer = document.layers[1]
    assert notes == ()
    assert layer.mask is not None
    assert layer.shown_mask is None
    assert compose(document)[5, 12].tolist() == [0, 255, 0, 255]
    assert compose(replace_layer(document, layer.id, mask_enabled=True))[5, 12].tolist() == [0, 0, 0, 0]


def test_fill_opacity_of_a_group_counts_too():
    psd = two_layers()
    group = psd.create_group([psd[1]], name="group")
    group.opacity, group.fill_opacity = 51, 102
    assert opened(psd)[0].layers[1].opacity == pytest.approx(0.08)


def test_fill_in_a_mode_where_it_is_more_than_opacity_is_noted():
    psd = two_layers()
    psd[1].fill_opacity, psd[1].blend_mode = 102, PsdBlendMode.COLOR_BURN
    assert "The fill of 'upper'" in opened(psd)[1][0]


@pytest.mark.filterwarnings("ignore")  # psd-tools composes the flat picture of the damaged file
@pytest.mark.parametrize(("compression", "data"), [(Compression.ZIP, b"garbage"), (Compression.RLE, b"\0\0\0")])
def test_a_damaged_layer_leaves_the_others_and_the_flat_picture(compression, data):
    psd = two_layers()
    channel = psd[1]._channels[1]
    channel.compression, channel.data = compression, data
    document, notes = opened(psd)
    assert [(layer.name, layer.visible) for layer in document.layers] == [("base", True), ("Flat picture", False)]
    assert compose(document)[5, 2].tolist() == [255, 0, 0, 255]
    assert document.active_layer.name == "base"
    assert notes[0] == "The layer 'upper' could not be read and was left out."


def test_a_layer_out_of_reach_leaves_the_others():
    psd = two_layers()
    psd[1].left = 1 << 24
    document, notes = opened(psd)
    assert document.layers[0].name == "base"
    assert notes[0] == "The layer 'upper' could not be read and was left out."


def test_layers_that_cannot_be_read_leave_the_flat_picture():
    stream = io.BytesIO()
    two_layers().save(stream)
    contents = read_psd(io.BytesIO(stream.getvalue().replace(b"8BIMnorm", b"XXXXnorm")), "beach.psd")
    assert compose(contents.document)[5, 12].tolist() == [0, 255, 0, 255]
    assert contents.notes == ("Its layers could not be read: this is its flat picture.",)


def test_opacity_mode_visibility_and_offset():
    psd = two_layers()
    psd[0].opacity, psd[0].visible, psd[0].blend_mode = 51, False, PsdBlendMode.LINEAR_DODGE
    document, notes = opened(psd)
    base = document.layers[0]
    assert (base.opacity, base.visible, base.blend_mode) == (0.2, False, BlendMode.PLUS)
    assert (base.raster.bounds().x, base.raster.bounds().y) == (-2, 1)
    assert document.active_layer.name == "upper"
    assert notes == ()


def test_fill_opacity_counts_too():
    psd = two_layers()
    psd[0].opacity, psd[0].fill_opacity = 51, 102
    assert opened(psd)[0].layers[0].opacity == pytest.approx(0.08)


def test_groups_pass_through_or_not():
    psd = two_layers()
    psd.create_group(name="through").blend_mode = PsdBlendMode.PASS_THROUGH
    psd.create_group(name="on its own").blend_mode = PsdBlendMode.NORMAL
    groups = {layer.name: layer for layer in opened(psd)[0].layers if layer.name in ("through", "on its own")}
    assert [groups["through"].isolated, groups["on its own"].isolated] == [False, True]


def test_a_blend_mode_without_counterpart_is_noted():
    psd = two_layers()
    psd[1].blend_mode = PsdBlendMode.DISSOLVE
    document, notes = opened(psd)
    assert document.layers[1].blend_mode is BlendMode.NORMAL
    assert notes == ("The blend mode of 'upper' is not supported: it is shown as normal.",)


@pytest.mark.parametrize(
    ("mode", "colour", "rgb"),
    [("L", 128, [128, 128, 128]), ("RGB", (9, 8, 7), [9, 8, 7]), ("CMYK", (255, 0, 0, 255), [255, 0, 0])],
)
def test_flat_pictures_of_every_supported_mode(mode, colour, rgb):
    """Photoshop stores CMYK as 255 for no ink, which Pillow's `Image` takes the other way round."""
    document, _ = opened(PSDImage.frompil(Image.new(mode, (4, 4), colour)))
    assert compose(document)[0, 0].tolist() == [*rgb, 255]


def test_lab_is_not_supported_and_says_what_to_do():
    with pytest.raises(UnsupportedFileError, match=r"beach\.psd is in lab colours.*Convert it to RGB"):
        opened(PSDImage.frompil(Image.new("LAB", (4, 4))))


def test_a_file_cut_in_its_layers_is_a_typed_error(samples):
    data = (samples / "gimp_groups_mask.psd").read_bytes()
    for share in (0.0001, 0.001, 0.01, 0.1, 0.3, 0.5):
        with pytest.raises(FileError, match=r"cut\.psd"):
            read_psd(io.BytesIO(data[: int(len(data) * share)]), "cut.psd")


def test_a_file_that_lacks_only_its_merged_picture_opens(samples):
    data = (samples / "gimp_groups_mask.psd").read_bytes()
    whole = read_psd(io.BytesIO(data), "whole.psd").document
    cut = read_psd(io.BytesIO(data[: int(len(data) * 0.7)]), "cut.psd").document
    assert (compose(cut) == compose(whole)).all()


@pytest.mark.filterwarnings("ignore")
def test_a_file_with_noise_in_it_opens_or_is_a_typed_error(samples):
    data = (samples / "krita_mask_groups.psd").read_bytes()
    random = np.random.default_rng(0)
    for _ in range(60):
        noisy = bytearray(data)
        for place in random.integers(0, 3000, 6):
            noisy[place] = random.integers(0, 256)
        with contextlib.suppress(FileError):
            compose(read_psd(io.BytesIO(bytes(noisy)), "noisy.psd").document)


def flat_psd(side: int) -> bytes:
    """A picture without layers whose pixels are missing."""
    header = b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, side, side, 8, 3)
    return header + struct.pack(">III", 0, 0, 0) + struct.pack(">H", 1)


def test_a_few_bytes_do_not_unpack_to_gigabytes():
    with pytest.raises(FileTooLargeError, match="25000x25000"):
        read_psd(io.BytesIO(flat_psd(25_000)), "bomb.psd")


@pytest.mark.filterwarnings("default")
def test_a_picture_without_its_pixels_is_damaged_and_not_black():
    with pytest.raises(CorruptFileError, match=r"empty\.psd"):
        read_psd(io.BytesIO(flat_psd(10)), "empty.psd")


def deep(depth: int, values: list[float], profile: bytes | None = None) -> PSDImage:
    psd = PSDImage.new("RGB", (16, 8), depth=depth)
    pixels = np.broadcast_to(np.array(values, np.float32), (8, 16, len(values)))
    psd.create_pixel_layer_from_array(np.ascontiguousarray(pixels), name="deep")
    if profile is not None:
        psd.image_resources[Resource.ICC_PROFILE] = ImageResource(key=Resource.ICC_PROFILE.value, data=profile)
    return psd


@pytest.mark.parametrize(
    ("depth", "values", "wanted"),
    [
        (16, [1.0, 0.5, 0.0, 0.5], [128, 64, 0, 128]),
        (32, [1.0, 0.2, 0.0, 1.0], [255, 124, 0, 255]),  # it counts light
        (32, [4.0, 0.2, -1.0, 1.0], [255, 124, 0, 255]),
    ],
)
def test_more_bits_become_eight(depth, values, wanted):
    document, notes = opened(deep(depth, values))
    assert compose(document)[2, 2].tolist() == pytest.approx(wanted, abs=1)
    assert notes == (f"A picture of {depth} bits a channel, converted to 8.",)


@pytest.mark.parametrize("version", [3, 256, 65535])
def test_a_newer_version_is_read_as_far_as_it_goes(version):
    stream = io.BytesIO()
    two_layers().save(stream)
    data = stream.getvalue()
    newer = data[:4] + struct.pack(">H", version) + data[6:]
    contents = read_psd(io.BytesIO(newer), "beach.psd")
    assert [layer.name for layer in contents.document.layers] == ["base", "upper"]
    assert "unknown version" in contents.notes[0]
    with pytest.raises(UnsupportedFileError, match=r"beach\.psd is a Photoshop file of the unknown version"):
        read_psd(io.BytesIO(newer[:40] + b"\xff" * 60), "beach.psd")
