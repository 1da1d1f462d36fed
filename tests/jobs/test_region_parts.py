"""Parts of a picture that are named by a picture of them, or by a layer of a document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from studio.document import GroupLayer, PaintLayer, Raster, new_document
from studio.errors import FileError, SettingError
from studio.files import save_document
from studio.files.part_names import PartName, part_name
from studio.jobs.region_parts import PartReader
from studio.plugin_host import PluginHost
from studio.plugin_host.files import PluginFiles


def block(name: str, top: int, rows: int, opacity: int = 255) -> PaintLayer:
    pixels = np.zeros((32, 32, 4), np.uint8)
    pixels[top : top + rows] = opacity
    return PaintLayer(name=name, raster=Raster.from_array(pixels), visible=False)


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    sky, sea = block("Sky", 0, 16), block("Sea", 16, 16)
    hills = GroupLayer(name="Hills", children=(replace(block("one", 8, 8), visible=True),))
    file = tmp_path / "scene.ora"
    save_document(replace(new_document(32, 32, background=None), layers=(sky, sea, hills, block("Sea", 0, 1))), file)
    return file


@pytest.fixture
def reader() -> PartReader:
    return PartReader(PluginFiles(PluginHost()))


def test_a_text_names_a_picture_or_a_layer(tmp_path: Path, scene: Path) -> None:
    assert part_name("left.png", tmp_path) == PartName(tmp_path / "left.png")
    assert part_name("scene.ora#Sky", tmp_path) == PartName(scene, "Sky")
    assert part_name("#Sky", own=scene) == PartName(scene, "Sky")
    assert (PartName(scene, "Sky").name, PartName(scene).name) == ("Sky", "scene")
    odd = tmp_path / "take#2.png"
    odd.write_bytes(b"")
    assert part_name("take#2.png", tmp_path) == PartName(odd)
    assert part_name("take#2.png#a#b", tmp_path) == PartName(odd, "a#b")
    assert part_name("gone.ora#Sky", tmp_path) == PartName(tmp_path / "gone.ora", "Sky")
    for wrong, said in (("#Sky", "layer of no document"), ("scene.ora#", "names no layer")):
        with pytest.raises(SettingError, match=said):
            part_name(wrong, tmp_path)


def test_a_part_is_where_its_layer_or_group_is_opaque_shown_or_not(scene: Path, reader: PartReader) -> None:
    sky, hills = (reader.layer(PartName(scene, name), 32, 32) for name in ("Sky", "Hills"))
    assert (sky.name, sky.visible) == ("Sky", False)
    rows = np.asarray(sky.raster.read(sky.raster.bounds()))
    assert (sky.raster.bounds().height, rows.min()) == (16, 255)
    assert (hills.raster.bounds().y, hills.raster.bounds().height) == (8, 8)
    halved = reader.layer(PartName(scene, "Sky"), 16, 16)
    assert halved.raster.bounds().height == 8


def test_a_picture_without_transparency_is_the_part_where_it_is_white(tmp_path: Path, reader: PartReader) -> None:
    Image.fromarray(np.repeat([[255]] * 8 + [[0]] * 24, 32, axis=1).astype(np.uint8)).save(tmp_path / "top.png")
    top = reader.layer(part_name("top.png", tmp_path), 32, 32)
    assert top.raster.bounds().height == 8


def test_what_is_not_there_is_said(scene: Path, reader: PartReader, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="has no layer 'Moon'") as error:
        reader.layer(PartName(scene, "Moon"), 32, 32)
    assert "Sky, Sea, Hills" in error.value.advice
    with pytest.raises(SettingError, match="has 2 layers 'Sea'"):
        reader.layer(PartName(scene, "Sea"), 32, 32)
    with pytest.raises(FileError, match=r"gone\.ora"):
        reader.layer(PartName(tmp_path / "gone.ora", "Sky"), 32, 32)
