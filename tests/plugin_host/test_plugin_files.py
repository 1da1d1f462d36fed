"""Files of formats that plugins know, and the events about documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from studio.document import Document, PaintLayer, Raster
from studio.errors import CorruptFileError, PluginError, SettingError, UnsupportedFileError
from studio.plugin_host import PluginFolder, PluginHost
from studio.plugin_host.files import PluginFiles
from studio.raster.compose import compose

MakePlugin = Callable[..., Path]


@pytest.fixture
def files(bundled: Path) -> PluginFiles:
    return PluginFiles(PluginHost.load([PluginFolder(bundled, "bundled")], entry_points=False))


def picture(alpha: int = 255) -> Document:
    pixels = np.zeros((30, 40, 4), np.uint8)
    pixels[..., 0] = np.linspace(0, alpha, 40).astype(np.uint8)
    pixels[..., 3] = alpha
    layer = PaintLayer(name="Red", raster=Raster.from_array(pixels))
    return Document(width=40, height=30, layers=(layer,), active_id=layer.id)


@pytest.mark.parametrize(("suffix", "tolerance"), [("tif", 0), ("tiff", 0), ("bmp", 0), ("avif", 12), ("png", 0)])
def test_a_picture_comes_back_from_each_format(files: PluginFiles, tmp_path: Path, suffix: str, tolerance: int) -> None:
    path = tmp_path / f"picture.{suffix}"
    files.save(picture(), path)
    opened = files.open(path)
    assert (opened.document.width, opened.document.height) == (40, 30)
    one, other = compose(picture()).astype(int), compose(opened.document).astype(int)
    assert np.abs(one - other).max() <= tolerance
    assert opened.document.layers[0].name == "picture"


def test_transparency_is_kept_where_the_format_has_it(files: PluginFiles, tmp_path: Path) -> None:
    for suffix, alpha in (("tif", 128), ("bmp", 255)):
        files.save(picture(128), tmp_path / f"half.{suffix}")
        shown = compose(files.open(tmp_path / f"half.{suffix}").document)
        assert (shown[..., 3] == alpha).all(), suffix


def test_a_turned_tiff_with_16_bits_or_a_profile_is_read_as_it_looks(files: PluginFiles, tmp_path: Path) -> None:
    Image.fromarray(np.full((4, 6), 0x8000, np.uint16)).save(tmp_path / "deep.tif")
    assert tuple(compose(files.open(tmp_path / "deep.tif").document)[0, 0]) == (128, 128, 128, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (6, 4)).save(tmp_path / "turned.tif", exif=exif)
    assert files.open(tmp_path / "turned.tif").document.width == 4
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (6, 4), (10, 200, 30)).save(tmp_path / "srgb.tif", icc_profile=profile)
    seen = compose(files.open(tmp_path / "srgb.tif").document)[0, 0].astype(int)
    assert np.abs(seen - (10, 200, 30, 255)).max() <= 1


def test_damaged_and_unknown_files_are_refused_with_a_reason(files: PluginFiles, tmp_path: Path) -> None:
    (tmp_path / "damaged.tif").write_bytes(b"II*\0 and no more")
    with pytest.raises(SettingError, match="damaged or no TIFF picture"):
        files.open(tmp_path / "damaged.tif")
    (tmp_path / "note.xyz").write_bytes(b"hello")
    with pytest.raises(CorruptFileError, match=r"note\.xyz is not a picture"):
        files.open(tmp_path / "note.xyz")
    with pytest.raises(UnsupportedFileError, match=r"does not write files that end in \.xyz"):
        files.save(picture(), tmp_path / "picture.xyz")
    assert not (tmp_path / "picture.xyz").exists()


def test_without_the_plugin_shoreline_says_what_the_file_is(tmp_path: Path) -> None:
    Image.new("RGB", (6, 4)).save(tmp_path / "picture.tif")
    with pytest.raises(UnsupportedFileError, match="a TIFF picture, which Shoreline does not read"):
        PluginFiles(PluginHost()).open(tmp_path / "picture.tif")


def test_the_file_dialogs_offer_the_formats(files: PluginFiles) -> None:
    assert [item.patterns for item in files.save_filters()] == ["*.tif *.tiff", "*.bmp *.dib", "*.avif"]
    assert files.open_filters() == files.save_filters()


BAD = """
from studio.api import ExporterSpec, ImporterSpec, hookimpl
import numpy as np

@hookimpl
def shoreline_importers():
    return [
        ImporterSpec(id="shape", name="Shape", suffixes=("shape",), decode=lambda data: np.zeros((2, 2), np.uint8)),
        ImporterSpec(id="boom", name="Boom", suffixes=("boom",), decode=lambda data: 1 / 0),
    ]

@hookimpl
def shoreline_exporters():
    return [
        ExporterSpec(id="none", name="None", suffixes=("none",), encode=lambda pixels: None),
        ExporterSpec(id="boom", name="Boom", suffixes=("boom",), encode=lambda pixels: 1 / 0),
    ]

heard = []

@hookimpl
def shoreline_document_opened(document, path):
    heard.append(("opened", document.width, path))

@hookimpl
def shoreline_document_saved(document, path):
    heard.append(("saved", document.width, path))
    raise OSError("deaf")
"""


def test_a_format_that_fails_leaves_the_old_file_and_events_that_fail_harm_nothing(
    make_plugin: MakePlugin, load: Callable[..., PluginHost], tmp_path: Path
) -> None:
    make_plugin("bad", BAD)
    host = load()
    files = PluginFiles(host)
    for suffix in ("none", "boom", "shape"):
        path = tmp_path / f"old.{suffix}"
        path.write_bytes(b"old")
        if suffix != "shape":
            with pytest.raises(PluginError):
                files.save(picture(), path)
        if suffix != "none":
            with pytest.raises(PluginError):
                files.open(path)
        assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir() if item.name.endswith(".part")] == []
    files.save(picture(), tmp_path / "fine.png")
    files.open(tmp_path / "fine.png")
    path = str(tmp_path / "fine.png")
    assert sys.modules["shoreline_plugin_bad"].heard == [("saved", 40, path), ("opened", 40, path)]
    assert host.state("bad").status == "enabled"


@pytest.mark.parametrize("suffixes", ["('.tif',)", "('TIF',)", "()", "'tif'", "[]"])
def test_suffixes_are_checked(state_of: Callable[..., object], suffixes: str) -> None:
    source = "from studio.api import ExporterSpec, hookimpl\n\n@hookimpl\ndef shoreline_exporters():\n"
    source += f"    return [ExporterSpec(id='x', name='X', suffixes={suffixes}, encode=bytes)]\n"
    state = state_of(source)
    assert state.status == "refused"
    assert "suffixes" in state.problem


def test_notes_of_an_importer_come_with_the_picture(
    make_plugin: MakePlugin, load: Callable[..., PluginHost], tmp_path: Path
) -> None:
    code = """
from studio.api import ImportedPicture, ImporterSpec, hookimpl
import numpy as np

@hookimpl
def shoreline_importers():
    decode = lambda data: ImportedPicture(np.full((2, 3, 4), 255, np.uint8), ("Half of it was left out.",))
    wrong = lambda data: ImportedPicture(np.zeros((2, 3), np.uint8), ())
    return [
        ImporterSpec(id="noted", name="Noted", suffixes=("noted",), decode=decode),
        ImporterSpec(id="wrong", name="Wrong", suffixes=("wrong",), decode=wrong),
    ]
"""
    make_plugin("noting", code)
    for name in ("a.noted", "a.wrong"):
        (tmp_path / name).write_bytes(b"x")
    files = PluginFiles(load())
    assert files.open(tmp_path / "a.noted").notes == ("Half of it was left out.",)
    with pytest.raises(PluginError, match=r"uint8 \(height, width, 4\)"):
        files.open(tmp_path / "a.wrong")
