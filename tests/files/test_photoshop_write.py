"""Photoshop files that are written here come back, here and in psd-tools; what they lose is said."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.constants import BlendMode as PsdBlendMode
from psd_tools.constants import Resource

from studio.document import (
    BlendMode,
    Document,
    FillLayer,
    GroupLayer,
    PaintLayer,
    Raster,
    SolidColor,
    new_document,
    replace_layer,
)
from studio.errors import Cancelled
from studio.files import losses, open_document, save_document, save_picture
from studio.files.psd import write
from studio.files.psd.modes import PSD_MODES
from studio.files.psd.write import write_psd
from studio.generation import CancelToken, GenerationSettings
from studio.raster.compose import compose
from studio.raster.convert import premultiply
from tests.files.conftest import painting, same_raster


def photoshop_bytes(document: Document, **options) -> bytes:
    stream = io.BytesIO()
    write_psd(document, stream, **options)
    return stream.getvalue()


def with_twins(document: Document) -> Document:
    """The document with nothing in it that Photoshop lacks."""
    plain = replace(document, gamma=1.0, generation_mask=Raster(channels=1), guides=(), regions=())
    for layer in document.walk():
        plain = replace_layer(plain, layer.id, settings=None)
    return plain


def assert_like(one: Document, other: Document) -> None:
    """What Photoshop files keep is equal; ids and settings of layers are not in them."""
    left, right = list(one.walk()), list(other.walk())
    assert [layer.name for layer in left] == [layer.name for layer in right]
    assert (one.width, one.height, one.active_layer.name) == (other.width, other.height, other.active_layer.name)
    for a, b in zip(left, right, strict=True):
        for attribute in (
            "visible",
            "locked",
            "alpha_locked",
            "clipped",
            "blend_mode",
            "mask_enabled",
            "passes_through",
            "color",
            "kind",
        ):
            assert getattr(a, attribute) == getattr(b, attribute), (a.name, attribute)
        assert a.opacity == pytest.approx(b.opacity, abs=0.5 / 255), a.name
        assert len(a.children) == len(b.children)
        for mine, theirs in ((a.mask, b.mask), (a.raster, b.raster)):
            assert (mine is None) == (theirs is None), a.name
            assert mine is None or same_raster(mine, theirs), a.name


@pytest.mark.parametrize("name", ["a.psd", "b.psb"])
def test_everything_with_a_twin_comes_back_to_the_bit(rich_document, settings, tmp_path, name):
    document = with_twins(rich_document)
    inner = document.layers[1].children[1]
    document = replace_layer(document, inner.id, blend_mode=BlendMode.NORMAL)  # what passes through has no mode there
    document = replace_layer(document, document.layers[1].children[2].id, clipped=True, alpha_locked=True)
    assert save_document(document, tmp_path / name, settings=settings) == losses(document, tmp_path / name) == ()
    opened = open_document(tmp_path / name)
    assert (opened.notes, opened.is_partial, opened.settings) == ((), False, settings)
    assert (opened.document.ruling.upright, opened.document.ruling.level) == ((20, 150), (-3,))
    assert_like(document, opened.document)


def test_psd_tools_finds_the_same_picture_composed_and_flat(rich_document, tmp_path):
    document = with_twins(rich_document)
    save_document(document, tmp_path / "a.psd")
    psd = PSDImage.open(tmp_path / "a.psd")
    wanted = compose(document).astype(int)
    for found in (psd.topil(), psd.composite(force=True)):
        shown = premultiply(np.array(found.convert("RGBA"))).astype(int)
        assert np.abs(shown - wanted).max() <= 2
    assert psd.image_resources.get_data(Resource.RESOLUTION_INFO).horizontal >> 16 == 72
    assert psd.thumbnail().size == (300, 200)


def test_every_mode_has_the_right_twin():
    """On opaque pictures; where both are soft, "plus" adds the alphas too and Photoshop's linear dodge does not."""
    ground = PaintLayer(name="ground", raster=Raster.from_array(opaque_painting(1)))
    for mode, twin in PSD_MODES.items():
        upper = PaintLayer(name="upper", raster=Raster.from_array(opaque_painting(2)), blend_mode=mode)
        document = Document(width=40, height=30, layers=(ground, upper), active_id=upper.id)
        psd = PSDImage.open(io.BytesIO(photoshop_bytes(document)))
        assert psd[1].blend_mode is twin
        shown = np.array(psd.composite(force=True).convert("RGBA")).astype(int)
        assert np.abs(shown - compose(document).astype(int)).max() <= 3, mode


def opaque_painting(seed: int) -> np.ndarray:
    pixels = painting(30, 40, seed)
    pixels[..., 3] = 255
    return pixels


def test_a_mode_that_cuts_is_hidden_and_only_the_flat_picture_shows_it(tmp_path):
    hole = PaintLayer(
        name="hole",
        raster=Raster.from_array(np.full((8, 8, 4), 255, np.uint8)),
        blend_mode=BlendMode.DESTINATION_OUT,
    )
    ground = new_document(16, 16)
    document = replace(ground, layers=(*ground.layers, hole))
    (note,) = losses(document, tmp_path / "a.psd")
    assert "'hole'" in note
    assert save_document(document, tmp_path / "a.psd") == (note,)
    opened = open_document(tmp_path / "a.psd").document
    assert [layer.visible for layer in opened.layers] == [True, True, False]
    flat = np.array(PSDImage.open(tmp_path / "a.psd").topil())
    assert flat[2, 2].tolist()[3] == 0
    assert flat[12, 12].tolist() == [255, 255, 255, 255]


def test_what_lies_in_no_layer_is_said(rich_document, tmp_path):
    notes = " ".join(losses(rich_document, tmp_path / "a.psd"))
    for part in ("gamma 2.2", "generation mask", "Control layers", "were drawn with"):
        assert part in notes
    assert losses(rich_document, tmp_path / "a.ora") == ()
    assert "without its layers" in losses(rich_document, tmp_path / "a.png")[0]


def test_fill_layers_and_groups_that_pass_through(tmp_path):
    fill = FillLayer(name="Sea", fill=SolidColor((10, 130, 140)), opacity=0.5)
    group = GroupLayer(name="through", children=(fill,), isolated=False)
    document = Document(width=9, height=7, layers=(group,), active_id=fill.id)
    save_document(document, tmp_path / "a.psd")
    assert_like(document, open_document(tmp_path / "a.psd").document)
    psd = PSDImage.open(tmp_path / "a.psd")
    assert psd[0].blend_mode is PsdBlendMode.PASS_THROUGH
    assert np.abs(np.array(psd.topil()).astype(int) - (10, 130, 140, 128)).max() <= 2  # it lies on white there


def test_names_that_the_old_part_of_the_format_cannot_hold(tmp_path):
    names = ["海滩 \U0001f3d6", "x" * 300, "", "a\ud800b"]
    layers = tuple(PaintLayer(name=name) for name in names)
    save_document(Document(width=4, height=4, layers=layers, active_id=layers[0].id), tmp_path / "a.psd")
    found = [layer.name for layer in open_document(tmp_path / "a.psd").document.layers]
    assert found == [*names[:3], "a?b"]


def test_an_empty_picture_keeps_its_transparency(tmp_path):
    save_document(Document(width=5, height=5), tmp_path / "a.psd")
    assert not compose(open_document(tmp_path / "a.psd").document).any()


def test_an_opaque_picture_has_no_alpha_channel(tmp_path):
    save_picture(np.full((6, 5, 4), 255, np.uint8), tmp_path / "a.psd")
    with Image.open(tmp_path / "a.psd") as flat:  # a reader of flat pictures only
        assert flat.mode == "RGB"
        assert np.array(flat).min() == 255


def test_a_side_that_the_usual_format_cannot_hold(tmp_path):
    document = Document(width=30_001, height=1, layers=(PaintLayer(name="a"),))
    save_document(document, tmp_path / "a.psd")
    assert (tmp_path / "a.psd").read_bytes()[:6] == b"8BPS\0\2"
    assert open_document(tmp_path / "a.psd").document.width == 30_001


def test_a_file_that_grows_too_long_is_written_anew_in_the_large_format(rich_document, monkeypatch):
    document = with_twins(rich_document)
    wanted = photoshop_bytes(document, large=True)
    monkeypatch.setattr(write, "MAX_PSD_BYTES", len(wanted) // 2)
    assert photoshop_bytes(document) == wanted


def test_rows_that_wait_on_the_disk_are_the_same(rich_document, monkeypatch):
    wanted = photoshop_bytes(rich_document)
    monkeypatch.setattr("studio.files.psd.planes._IN_MEMORY", 1)
    assert photoshop_bytes(rich_document) == wanted


def test_a_cancel_leaves_the_old_file_and_progress_ends_at_one(rich_document, tmp_path):
    path = tmp_path / "a.psd"
    path.write_bytes(b"old")
    cancel, told = CancelToken(), []

    def report(fraction: float) -> None:
        told.append(fraction)
        cancel.cancel()

    with pytest.raises(Cancelled):
        save_document(rich_document, path, cancel=cancel, report=report)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.psd"]
    save_document(rich_document, path, report=told.append)
    assert told == sorted(told[:1]) + sorted(told[1:])
    assert told[-1] == 1.0


def test_a_psd_with_more_in_it_is_not_written_over(tmp_path):
    psd = PSDImage.new("RGB", (20, 10))
    layer = psd.create_pixel_layer(Image.new("RGB", (8, 8), (255, 0, 0)), name="base")
    layer._record.blending_ranges.composite_ranges = [(0, 65535), (256, 65535)]
    psd.save(tmp_path / "more.psd")
    opened = open_document(tmp_path / "more.psd")
    assert opened.notes == ("The blending options of 'base' are not read.",)
    with pytest.raises(Exception, match="holds more than could be read"):
        opened.check_overwriting(tmp_path / "more.psd")


def test_settings_that_another_program_damaged_are_noted_but_lose_nothing(tmp_path):
    save_document(new_document(4, 4), tmp_path / "a.psd", settings=GenerationSettings(prompt="sea"))
    data = (tmp_path / "a.psd").read_bytes()
    (tmp_path / "a.psd").write_bytes(data.replace(b"shoreline:settings>{", b"shoreline:settings>["))
    opened = open_document(tmp_path / "a.psd")
    assert opened.settings is None
    assert "damaged" in opened.notes[0]
    assert not opened.is_partial


@pytest.mark.skipif(shutil.which("convert") is None, reason="ImageMagick is not installed")
def test_imagemagick_reads_the_flat_picture_and_the_layers(rich_document, tmp_path: Path):
    document = with_twins(rich_document)
    save_document(document, tmp_path / "a.psd")
    subprocess.run(["convert", "a.psd[0]", "flat.png"], cwd=tmp_path, check=True)
    flat = premultiply(np.array(Image.open(tmp_path / "flat.png").convert("RGBA"))).astype(int)
    assert np.abs(flat - compose(document).astype(int)).max() <= 2
    listed = subprocess.run(
        ["identify", "-format", "%wx%h ", "a.psd"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert listed.stdout.split()[:2] == ["300x200", "300x200"]


_GIMP = (
    '(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "a.psd" "a.psd"))))'
    " (gimp-image-merge-visible-layers image CLIP-TO-IMAGE)"
    ' (gimp-file-save RUN-NONINTERACTIVE image (car (gimp-image-get-active-layer image)) "seen.png" ""))'
)


def seen_by(command: list[str], document: Document, folder: Path) -> np.ndarray:
    """How far another program's picture of our file is from ours, in levels."""
    save_document(document, folder / "a.psd")
    home = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    subprocess.run(command, cwd=folder, env={**environment, **home}, check=True, capture_output=True, timeout=180)
    seen = premultiply(np.array(Image.open(folder / "seen.png").convert("RGBA"))).astype(int)
    return np.abs(seen - compose(document).astype(int))


def layered() -> Document:
    """Opaque ground, and over it modes, a mask, a clipped layer and an isolated group."""
    ground = PaintLayer(name="ground", raster=Raster.from_array(opaque_painting(1)))
    base = PaintLayer(name="base", raster=Raster.from_array(painting(20, 20, 2), 5, 5))
    clip = PaintLayer(name="剪", raster=Raster.from_array(painting(20, 30, 3), 10, 8), clipped=True)
    mask = Raster.from_array(np.full((20, 20), 255, np.uint8), 10, 0)
    inner = PaintLayer(name="inner", raster=Raster.from_array(opaque_painting(4)), mask=mask)
    group = GroupLayer(name="group", children=(inner, PaintLayer(name="off", visible=False)))
    upper = PaintLayer(name="upper", raster=Raster.from_array(opaque_painting(5)), opacity=0.4)
    layers = (ground, base, clip, group, replace(upper, blend_mode=BlendMode.MULTIPLY))
    return Document(width=40, height=30, layers=layers, active_id=base.id)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("gimp") is None, reason="GIMP is not installed")
def test_gimp_shows_the_same(tmp_path):
    command = ["gimp", "-i", "-d", "-f", "-b", _GIMP, "-b", "(gimp-quit 0)"]
    assert seen_by(command, layered(), tmp_path).max() <= 4


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("krita") and shutil.which("xvfb-run")), reason="Krita or Xvfb is not installed")
def test_krita_shows_the_same_and_its_own_file_opens_here(tmp_path):
    show = ["xvfb-run", "-a", "krita", "a.psd", "--export", "--export-filename"]
    without_clip = replace(layered(), layers=tuple(layer for layer in layered().layers if not layer.clipped))
    assert seen_by([*show, "seen.png"], without_clip, tmp_path).max() <= 4
    seen_by([*show, "seen.kra"], without_clip, tmp_path)
    opened = open_document(tmp_path / "seen.kra")
    assert opened.notes == ()
    assert [layer.name for layer in opened.document.walk()] == [layer.name for layer in without_clip.walk()]
    assert np.abs(compose(opened.document).astype(int) - compose(without_clip).astype(int)).max() <= 4
