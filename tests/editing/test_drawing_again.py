"""Drawing again: more of its kind, variations, and the same with other words, from a layer or a result."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest

from studio.document import Document, PaintLayer, Raster, Rect, filled_mask, new_document
from studio.editing.drawing_again import drawn_layer, drawn_picture, edit_again
from studio.errors import SettingError
from studio.files.openraster.read import read_openraster
from studio.files.openraster.write import write_openraster
from studio.generation import GeneratedImage, GenerationResult, GenerationSettings
from studio.generation.jobs import GenerationRequest
from studio.generation.placement import place
from studio.history import StepKind
from studio.session import Job, Session
from tests.fake_worker import FakeWorker

SETTINGS = GenerationSettings(tool="inpaint", prompt="a red boat", seed=9, variation=0.3, variation_seed=4)
MASK = Rect(20, 24, 16, 12)


@pytest.fixture
def masked() -> Document:
    return new_document(96, 80).with_generation_mask(filled_mask(MASK))


def job_on(document: Document) -> Job:
    """A job that drew one masked picture on a document."""
    pixels = np.full((40, 40, 4), 255, np.uint8)
    image = GeneratedImage(pixels=pixels, seed=9, x=8, y=8, mask=np.full((40, 40), 90, np.uint8), from_canvas=True)
    request = GenerationRequest(settings=SETTINGS, document=document)
    result = GenerationResult(request=request, images=(image,), timings={})
    return Job(request=request, document_id=1, waits=True, result=result)


@pytest.fixture
def session(masked: Document) -> Session:
    """A region was drawn, and the mask is another one now."""
    session = Session(masked, FakeWorker())
    drawn = place(masked, job_on(masked).result)
    session.apply(StepKind("test", "Draw"), drawn.with_generation_mask(filled_mask(Rect(0, 0, 5, 5))))
    return session


def test_the_mask_of_a_region_comes_back_and_its_layer_is_hidden(session: Session) -> None:
    layer = session.document.active_layer
    drawn = drawn_layer(session.document, layer)
    assert drawn.settings == SETTINGS
    edit_again(session, drawn)
    assert session.document.generation_mask.bounds() == MASK
    assert not session.document.find(layer.id).visible
    session.undo()
    assert session.document.find(layer.id).visible
    assert session.document.generation_mask.bounds() == Rect(0, 0, 5, 5)


def test_it_comes_back_from_a_file_and_after_a_resize_too(session: Session) -> None:
    file = io.BytesIO()
    write_openraster(session.document, file)
    document = read_openraster(file, "a.ora").document
    layer = document.active_layer
    assert np.array_equal(layer.drawn_in.read(document.canvas), filled_mask(MASK).read(document.canvas))
    moved = document.map_rasters(lambda raster: raster.translated(3, -2))
    drawn = drawn_layer(moved, moved.active_layer)
    assert drawn.document.generation_mask.bounds() == Rect(23, 22, 16, 12)


def test_a_result_brings_its_mask_and_leaves_the_layers(session: Session, masked: Document) -> None:
    drawn = drawn_picture(job_on(masked), 0, session.document)
    assert drawn.document.generation_mask.bounds() == MASK
    assert drawn.document.layers == session.document.layers


def test_a_whole_picture_leaves_the_mask_as_it_is(session: Session, masked: Document) -> None:
    job = job_on(masked)
    whole = replace(job.result.images[0], mask=None)
    job = replace(job, result=replace(job.result, images=(whole,)))
    assert drawn_picture(job, 0, session.document).document is session.document
    assert place(masked, job.result).active_layer.drawn_in is None


def test_more_of_its_kind_and_variations(session: Session) -> None:
    drawn = drawn_layer(session.document, session.document.active_layer)
    more = drawn.more(5, 77)
    assert (more.seed, more.count, more.variation, more.prompt) == (77, 5, 0.0, "a red boat")
    near = drawn.variations(0.1, 3, 55)
    assert (near.seed, near.count, near.variation, near.variation_seed) == (9, 3, 0.1, 55)
    assert [near.of_batch(index).variation_seed for index in range(3)] == [55, 56, 57]
    assert {near.of_batch(index).seed for index in range(3)} == {9}


@pytest.mark.parametrize("settings", [None, "{", '{"steps": "many"}'])
def test_a_layer_that_was_not_drawn_is_refused(session: Session, settings: str | None) -> None:
    layer = PaintLayer(name="Mine", raster=Raster(), settings=settings)
    with pytest.raises(SettingError, match="not drawn"):
        drawn_layer(replace(session.document, layers=(layer,)), layer)
    with pytest.raises(SettingError, match="not drawn"):
        drawn_layer(session.document, None)


def test_applied_by_brush_nothing_is_seen_until_the_mask_is_painted(masked: Document) -> None:
    layer = place(masked, job_on(masked).result, hidden=True).active_layer
    assert not layer.mask.read(masked.canvas).any()
    assert layer.raster.read(Rect(8, 8, 40, 40)).all()
