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

from studio.document import BlendMode
from studio.errors import CorruptFileError, FileError, FileTooLargeError, UnsupportedFileError
from studio.files.psd import read_psd
from studio.raster.compose import compose


def opened(psd: PSDImage):
    stream = io.BytesIO()
    psd.save(stream)
    stream.seek(0)
    return read_psd(stream, "beach.psd")


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
    assert "'upper' was clipped" in " ".join(notes)


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
    whole, _ = read_psd(io.BytesIO(data), "whole.psd")
    cut, _ = read_psd(io.BytesIO(data[: int(len(data) * 0.7)]), "cut.psd")
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
            compose(read_psd(io.BytesIO(bytes(noisy)), "noisy.psd")[0])


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
