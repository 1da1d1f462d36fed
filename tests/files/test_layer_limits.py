"""Alpha lock, clipping and labels lie in .ora files and the journal, and other programs see what clipping leaves."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import numpy as np
import pytest

from studio.document import Document, GroupLayer, Label, PaintLayer, Raster
from studio.files.journal.rows import document_from_json, document_json
from studio.files.openraster.read import read_openraster
from studio.raster.compose import compose
from tests.files.conftest import entries, openraster_bytes, packed, painting


@pytest.fixture
def document() -> Document:
    """A soft base of half opacity, with a layer and a group that are clipped to it."""
    ground = PaintLayer(name="Ground", raster=Raster.from_array(np.full((40, 60, 4), 255, np.uint8)))
    base = PaintLayer(name="Base", opacity=0.5, raster=Raster.from_array(painting(30, 40, 3), 4, 4))
    clip = PaintLayer(name="Clip", clipped=True, alpha_locked=True, raster=Raster.from_array(painting(40, 60, 4)))
    inner = PaintLayer(name="Inner", raster=Raster.from_array(np.full((20, 60, 4), 255, np.uint8)))
    group = GroupLayer(name="Group", clipped=True, visible=False, children=(inner,), label=Label.VIOLET)
    return Document(width=60, height=40, layers=(ground, base, clip, group))


def flags(document: Document) -> list[tuple[str, bool, bool, str]]:
    return [(layer.name, layer.clipped, layer.alpha_locked, layer.label.value) for layer in document.walk()]


def reopened(data: bytes) -> Document:
    return read_openraster(io.BytesIO(data), "limits.ora").document


def as_others_see(document: Document) -> Document:
    files = entries(openraster_bytes(document))
    root = ElementTree.fromstring(files["stack.xml"])
    for each in root.iter():
        for attribute in [key for key in each.attrib if key.startswith("{urn:shoreline")]:
            del each.attrib[attribute]
    return reopened(packed({**files, "stack.xml": ElementTree.tostring(root)}))


def test_openraster_keeps_both_and_every_pixel(document: Document) -> None:
    again = reopened(openraster_bytes(document))
    assert flags(again) == flags(document)
    assert (compose(again) == compose(document)).all()
    clip, before = again.layers[2], document.layers[2]
    assert clip.raster is not None
    assert before.raster is not None
    assert (clip.raster.read(document.canvas) == before.raster.read(document.canvas)).all()


def test_others_see_nothing_outside_the_base(document: Document) -> None:
    foreign = as_others_see(document)
    base = document.layers[1].raster
    assert base is not None
    outside = base.read(document.canvas)[..., 3] == 0
    assert (compose(foreign)[outside] == compose(document)[outside]).all()
    assert not any(layer.clipped for layer in foreign.walk())


def test_an_opaque_base_looks_the_same_to_others() -> None:
    base = PaintLayer(name="Base", raster=Raster.from_array(np.full((20, 30, 4), 255, np.uint8), 5, 5))
    clip = PaintLayer(name="Clip", clipped=True, raster=Raster.from_array(painting(40, 60, 4)))
    document = Document(width=60, height=40, layers=(base, clip))
    assert np.abs(compose(as_others_see(document)).astype(int) - compose(document)).max() <= 1


def test_the_journal_keeps_both_and_older_journals_have_none(document: Document) -> None:
    rows: list[Raster] = []

    def row_of(raster: Raster) -> int:
        rows.append(raster)
        return len(rows) - 1

    text = document_json(document, row_of)
    assert flags(document_from_json(text, rows.__getitem__, pytest.fail)) == flags(document)
    values = json.loads(text)
    for layer in values["layers"]:
        del layer["clipped"], layer["alpha_locked"], layer["label"]
    older = document_from_json(json.dumps(values), rows.__getitem__, pytest.fail)
    assert {tuple(state) for name, *state in flags(older) if name != "Inner"} == {(False, False, "")}
    values["layers"][0]["clipped"] = "yes"
    with pytest.raises(ValueError, match="clipped"):
        document_from_json(json.dumps(values), rows.__getitem__, pytest.fail)


def test_a_label_that_is_not_known_is_none(document: Document) -> None:
    files = entries(openraster_bytes(document))
    files["stack.xml"] = files["stack.xml"].replace(b'"violet"', b'"mauve"')
    assert reopened(packed(files)).layers[-1].label is Label.NONE
