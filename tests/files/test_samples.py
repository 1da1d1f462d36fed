"""Files that other programs wrote look here as they looked there.

Tolerances are levels of 255 after multiplying by alpha: 0 where nothing is computed, 1 where 16 bits or a
profile are rounded, 3 through a CMYK profile, 4 for Photoshop files. Krita's OpenRaster file is within 3
levels but for one pixel in a thousand, where five layers of 8-bit rounding add up to at most 5.
"""

from __future__ import annotations

import numpy as np
import pytest

from studio.document import BlendMode, GroupLayer
from studio.files import FileFormat, open_document, read_frames, read_picture
from studio.raster.compose import compose
from studio.raster.convert import premultiply


@pytest.mark.parametrize(
    ("name", "reference_name", "levels"),
    [
        ("krita_groups.ora", "krita_groups.ref.png", 5),
        ("mypaint_strokes.ora", "mypaint_strokes.ref.png", 2),
        ("mypaint_strokes_eotf1.ora", "mypaint_strokes_eotf1.ref.png", 2),
        ("gimp_groups_mask.psd", "gimp_groups_mask.ref.png", 4),
        ("krita_mask_groups.psd", "krita_mask_groups.ref.png", 4),
        ("im_rgb16.png", "im_rgb16.ref.png", 1),
        ("im_icc_a98.png", "im_icc_a98.ref.png", 1),
        ("im_cmyk.jpg", "im_cmyk.ref.png", 3),
        ("im_gray_alpha.png", "im_gray_alpha.ref.png", 0.5),
        ("gimp_palette_trns.png", "gimp_palette_trns.ref.png", 0),
        ("pil_exif_rot6.jpg", "pil_exif_rot6.ref.png", 0),
        ("pil_anim.gif", "pil_anim_gif.frame0.ref.png", 0),
        ("gimp_anim.webp", "gimp_anim_webp.frame0.ref.png", 0.5),
    ],
)
def test_sample_looks_as_in_its_program(samples, reference, name, reference_name, levels):
    opened = open_document(samples / name)
    difference = np.abs(compose(opened.document) - reference(reference_name))
    assert difference.max() <= levels
    assert (difference.max(axis=2) > 3).mean() <= 0.001


@pytest.mark.parametrize(
    ("name", "count", "last", "durations"),
    [
        ("pil_anim.gif", 5, "pil_anim_gif.frame4.ref.png", [80, 120, 100, 60, 300]),
        ("gimp_anim.webp", 4, "gimp_anim_webp.frame3.ref.png", None),
    ],
)
def test_every_frame_is_a_full_picture(samples, reference, name, count, last, durations):
    frames = read_frames(samples / name)
    assert len(frames) == count
    assert durations is None or [frame.duration for frame in frames] == durations
    assert np.abs(premultiply(frames[-1].pixels) - reference(last)).max() <= 0.5


def test_krita_layers_come_with_names_groups_and_modes(samples):
    document = open_document(samples / "krita_groups.ora").document
    layers = {layer.name: layer for layer in document.walk()}
    assert layers["沙子"].opacity == 0.8
    assert not layers["Hidden"].visible
    assert layers["Sun screen"].blend_mode is BlendMode.SCREEN
    assert layers["Sun screen"].raster.bounds().x < 0
    inner = layers["Inner – été"]
    assert isinstance(inner, GroupLayer)
    assert [child.name for child in inner.children] == ["Shadow multiply", "Sun screen"]


def test_mypaint_blends_in_linear_light_and_keeps_its_selected_layer(samples):
    document = open_document(samples / "mypaint_strokes.ora").document
    assert document.gamma == 2.2
    assert document.active_layer.name == "Ink"


def test_photoshop_names_lose_their_nul_and_groups_stay(samples):
    opened = open_document(samples / "krita_mask_groups.psd")
    assert opened.format is FileFormat.PSD
    names = [layer.name for layer in opened.document.walk()]
    assert "masked 海滩" in names
    assert not any("\0" in name for name in names)
    masked = next(layer for layer in opened.document.walk() if layer.name == "masked 海滩")
    assert masked.mask is not None


def test_sample_notes_say_what_was_converted(samples):
    assert open_document(samples / "im_rgb16.png").notes == ("A picture of 16 bits a channel, converted to 8.",)
    assert open_document(samples / "pil_anim.gif").notes == ("An animation of 5 frames: the first is shown.",)
    assert "Colours converted to sRGB." in open_document(samples / "im_cmyk.jpg").notes
    assert open_document(samples / "gimp_palette_trns.png").notes == ()


def test_a_layered_sample_can_be_used_as_a_picture(samples):
    assert read_picture(samples / "krita_groups.ora").shape == (256, 384, 4)
