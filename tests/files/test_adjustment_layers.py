"""Adjustment layers in files: kept as they are, also those of a newer version; others see a picture."""

from __future__ import annotations

import io
from xml.etree import ElementTree

import numpy as np
import pytest

from studio.document import Adjustment, AdjustmentLayer, Document, GroupLayer, PaintLayer, Raster, Rect, filled_mask
from studio.files.journal.rows import document_from_json, document_json
from studio.files.openraster.read import read_openraster
from studio.files.pictures.fast_png import encode_png
from studio.raster.compose import compose
from tests.files.conftest import entries, openraster_bytes, packed, painting

CURVES = Adjustment.of("curves", {"rgb": [[0, 255], [255, 0]]})
NEWER = Adjustment("colour_wheels", '{"wheel":{"a":[1,null]}}')
DAMAGED = Adjustment("levels", "no json")


@pytest.fixture
def document() -> Document:
    """A group of a painting and curves under a mask, then an adjustment of a newer version and a damaged one."""
    pixels = painting(40, 60, 3)
    pixels[..., 3] = 255
    inner = PaintLayer(name="Inner", raster=Raster.from_array(pixels))
    curves = AdjustmentLayer(name="Curves", opacity=0.5, adjustment=CURVES, mask=filled_mask(Rect(5, 5, 30, 30)))
    others = (AdjustmentLayer(name="Newer", adjustment=NEWER), AdjustmentLayer(name="Damaged", adjustment=DAMAGED))
    return Document(width=60, height=40, layers=(GroupLayer(name="Group", children=(inner, curves)), *others))


def adjustments(document: Document) -> list[Adjustment | None]:
    return [layer.adjustment for layer in document.walk()]


def test_openraster_keeps_all_of_it_and_tells_of_what_is_not_understood(document: Document) -> None:
    contents = read_openraster(io.BytesIO(openraster_bytes(document)), "a.ora")
    assert adjustments(contents.document) == [None, None, CURVES, NEWER, DAMAGED]
    assert (compose(contents.document) == compose(document)).all()
    assert [name in " ".join(contents.notes) for name in ("Newer", "Damaged", "Curves")] == [True, True, False]


def test_other_programs_see_what_it_made(document: Document) -> None:
    files = entries(openraster_bytes(document))
    root = ElementTree.fromstring(files["stack.xml"])
    for each in root.iter():
        for attribute in [key for key in each.attrib if key.startswith("{urn:shoreline")]:
            del each.attrib[attribute]
    stripped = packed({**files, "stack.xml": ElementTree.tostring(root)})
    foreign = read_openraster(io.BytesIO(stripped), "a.ora").document
    assert not any(adjustments(foreign))
    assert np.abs(compose(foreign).astype(int) - compose(document)).max() <= 2


def test_what_another_program_painted_on_it_is_kept_as_pixels(document: Document) -> None:
    files = entries(openraster_bytes(document))
    root = ElementTree.fromstring(files["stack.xml"])
    source = next(element.get("src", "") for element in root.iter("layer") if element.get("name") == "Curves")
    changed = packed({**files, source: encode_png(np.full((9, 9, 4), 200, np.uint8))})
    layer = read_openraster(io.BytesIO(changed), "a.ora").document.layers[0].children[1]
    assert layer.adjustment is None
    assert layer.raster is not None


def test_the_journal_keeps_all_of_it(document: Document) -> None:
    rows: list[Raster] = []

    def row_of(raster: Raster) -> int:
        rows.append(raster)
        return len(rows) - 1

    text = document_json(document, row_of)
    again = document_from_json(text, rows.__getitem__, pytest.fail)
    assert adjustments(again) == adjustments(document)
    with pytest.raises((ValueError, KeyError)):
        document_from_json(text.replace('"no json"', "7"), rows.__getitem__, pytest.fail)
