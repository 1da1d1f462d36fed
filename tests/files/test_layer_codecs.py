"""Fill layers lie in every kind of file, and what is damaged or changed by others is not believed."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from psd_tools import PSDImage
from psd_tools.api.layers import Layer as PsdLayer
from psd_tools.constants import Tag
from psd_tools.psd.descriptor import Descriptor, DescriptorBlock, Double
from psd_tools.psd.tagged_blocks import TaggedBlock

from studio.document import (
    BlendMode,
    Document,
    FillLayer,
    Raster,
    Rect,
    SolidColor,
    add_layer,
    filled_mask,
    new_document,
)
from studio.files.journal.rows import document_from_json, document_json
from studio.files.openraster.read import read_openraster
from studio.files.pictures.fast_png import encode_png
from studio.files.psd.read import read_psd
from studio.raster.compose import compose
from tests.files.conftest import entries, openraster_bytes, packed

TEAL = (10, 130, 140)


@pytest.fixture
def document() -> Document:
    layer = FillLayer(
        name="Paper",
        fill=SolidColor(TEAL),
        opacity=0.25,
        blend_mode=BlendMode.SCREEN,
        locked=True,
        mask=filled_mask(Rect(10, 0, 30, 40)),
    )
    return add_layer(new_document(60, 40), layer)


def reopened(data: bytes) -> Document:
    return read_openraster(io.BytesIO(data), "paper.ora").document


def fill_element(files: dict[str, bytes]) -> tuple[ElementTree.Element, ElementTree.Element]:
    root = ElementTree.fromstring(files["stack.xml"])
    return root, next(element for element in root.iter("layer") if element.get("name") == "Paper")


def test_openraster_keeps_the_colour(document: Document) -> None:
    again = reopened(openraster_bytes(document)).find(document.layers[-1].id)
    layer = document.layers[-1]
    assert again.color == TEAL
    assert (again.opacity, again.blend_mode, again.locked) == (layer.opacity, layer.blend_mode, True)
    assert again.mask is not None
    assert again.mask.bounds() == Rect(10, 0, 30, 40)


def test_other_programs_see_its_picture(document: Document) -> None:
    files = entries(openraster_bytes(document))
    root, element = fill_element(files)
    for each in root.iter():
        for attribute in [key for key in each.attrib if key.startswith("{urn:shoreline")]:
            del each.attrib[attribute]
    foreign = reopened(packed({**files, "stack.xml": ElementTree.tostring(root)}))
    assert foreign.layers[-1].raster is not None
    assert np.abs(compose(foreign).astype(int) - compose(document)).max() <= 1
    assert element.get("src") in files


def test_what_another_program_painted_on_it_is_kept_as_pixels(document: Document) -> None:
    files = entries(openraster_bytes(document))
    _, element = fill_element(files)
    source = element.get("src", "")
    layer = reopened(packed({**files, source: encode_png(np.full((40, 60, 4), 255, np.uint8))})).layers[-1]
    assert layer.raster is not None
    assert layer.color is None
    assert (layer.raster.read(Rect(0, 0, 60, 40)) == 255).all()


def test_without_its_picture_the_colour_is_still_known(document: Document) -> None:
    files = entries(openraster_bytes(document))
    _, element = fill_element(files)
    del files[element.get("src", "")]
    assert reopened(packed(files)).layers[-1].color == TEAL


@pytest.mark.parametrize("color", ["#12", "teal", "#GG0000", ""])
def test_an_odd_colour_leaves_the_picture(document: Document, color: str) -> None:
    files = entries(openraster_bytes(document))
    root, element = fill_element(files)
    element.set("{urn:shoreline-studio:openraster:1}fill-color", color)
    layer = reopened(packed({**files, "stack.xml": ElementTree.tostring(root)})).layers[-1]
    assert layer.raster is not None


def journal_of(document: Document) -> tuple[str, list[Raster]]:
    rows: list[Raster] = []

    def row_of(raster: Raster) -> int:
        rows.append(raster)
        return len(rows) - 1

    return document_json(document, row_of), rows


def test_the_journal_keeps_the_colour_and_stores_no_pixels(document: Document) -> None:
    text, rows = journal_of(document)
    again = document_from_json(text, rows.__getitem__, pytest.fail).layers[-1]
    assert again.color == TEAL
    assert again.mask is document.layers[-1].mask
    assert len([raster for raster in rows if raster.channels == 4]) == 2  # of Background and Layer 1


@pytest.mark.parametrize("color", [None, [1, 2], [1, 2, 256], [1, 2, -1], [1, 2, 1.5], [1, 2, True], "teal"])
def test_a_damaged_colour_in_the_journal_is_refused(document: Document, color: object) -> None:
    text, rows = journal_of(document)
    values = json.loads(text)
    values["layers"][-1]["color"] = color
    with pytest.raises(ValueError, match="colour"):
        document_from_json(json.dumps(values), rows.__getitem__, pytest.fail)


def test_photoshops_solid_colour_becomes_a_fill_layer() -> None:
    psd = PSDImage.new("RGB", (20, 10))
    psd.create_pixel_layer(Image.new("RGB", (20, 10), (255, 255, 255)), name="ground")
    make_solid(psd.create_pixel_layer(Image.new("RGB", (1, 1)), name="Sea"), (10.0, 130.4, 139.6))
    document, notes = saved_and_read(psd)
    assert document.layers[-1].name == "Sea"
    assert document.layers[-1].color == TEAL
    assert notes == ()
    assert (compose(document) == (*TEAL, 255)).all()


def test_what_is_clipped_to_a_solid_colour_shows_on_all_of_it() -> None:
    psd = PSDImage.new("RGB", (20, 10))
    make_solid(psd.create_pixel_layer(Image.new("RGB", (1, 1)), name="Sea"), (10.0, 130.0, 140.0))
    psd.create_pixel_layer(Image.new("RGB", (5, 10), (255, 0, 0)), name="clip").clipping = True
    picture = compose(saved_and_read(psd)[0])
    assert (picture[:, :5] == (255, 0, 0, 255)).all()
    assert (picture[:, 5:] == (*TEAL, 255)).all()


def test_a_solid_colour_in_other_terms_is_left_out_and_noted() -> None:
    psd = PSDImage.new("RGB", (20, 10))
    psd.create_pixel_layer(Image.new("RGB", (20, 10), (255, 255, 255)), name="ground")
    make_solid(
        psd.create_pixel_layer(Image.new("RGB", (1, 1)), name="Sea"), (1.0, 2.0, 3.0), keys=(b"Cyn ", b"Mgnt", b"Ylw ")
    )
    document, notes = saved_and_read(psd)
    assert [layer.name for layer in document.layers] == ["ground"]
    assert any("Sea" in note for note in notes)


def make_solid(layer: PsdLayer, rgb: tuple[float, ...], keys: tuple[bytes, ...] = (b"Rd  ", b"Grn ", b"Bl  ")) -> None:
    """Turn a layer into one of Photoshop's solid colours."""
    color = Descriptor(classID=b"RGBC")
    for key, value in zip(keys, rgb, strict=True):
        color[key] = Double(value)
    block = DescriptorBlock(classID=b"null", version=16)
    block[b"Clr "] = color
    tag = Tag.SOLID_COLOR_SHEET_SETTING
    layer._record.tagged_blocks[tag] = TaggedBlock(key=tag.value, data=block)
    layer._record.top = layer._record.left = layer._record.bottom = layer._record.right = 0
    for channel in layer._channels:
        channel.data = b""


def saved_and_read(psd: PSDImage) -> tuple[Document, tuple[str, ...]]:
    stream = io.BytesIO()
    psd.save(stream)
    stream.seek(0)
    contents = read_psd(stream, "sea.psd")
    return contents.document, contents.notes
