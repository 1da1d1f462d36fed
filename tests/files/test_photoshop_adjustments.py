"""Adjustment layers in Photoshop files: those with a twin stay what they are, the others keep their look."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from psd_tools import PSDImage
from psd_tools.constants import Tag
from psd_tools.psd.base import EmptyElement
from psd_tools.psd.tagged_blocks import TaggedBlock, TaggedBlocks

from studio.document import Adjustment, AdjustmentLayer, Document, PaintLayer, Raster
from studio.files.psd.adjustments import adjustment_block, adjustment_of
from studio.files.psd.read import read_psd
from studio.files.psd.write import psd_losses, write_psd
from studio.raster.compose import compose
from tests.files.conftest import painting

TWINS = [
    Adjustment.of("levels", {"rgb": (10, 240, 1.5, 0, 255), "blue": (0, 255, 0.5, 20, 200)}),
    Adjustment.of("levels", {}),
    Adjustment.of("curves", {"rgb": ((0, 0), (100, 140), (255, 255)), "green": ((0, 255), (255, 0))}),
    Adjustment.of("hue_saturation", {"hue": -170, "saturation": 30, "lightness": -5}),
    Adjustment.of("hue_saturation", {"hue": 120, "saturation": 40, "lightness": 0, "colorize": True}),
    Adjustment.of("gradient_map", {"stops": [[0.0, "#102040"], [0.25, "#808080"], [1.0, "#ffe0a0"]]}),
    Adjustment.of("brightness_contrast", {"brightness": 30, "contrast": -20}),
    Adjustment.of("color_balance", {"shadows": (1, -2, 3), "midtones": (0, 0, 100), "preserve_luminosity": False}),
]


def picture(adjustment: Adjustment) -> Document:
    pixels = painting(30, 40, 1)
    pixels[..., 3] = 255
    ground = PaintLayer(name="ground", raster=Raster.from_array(pixels))
    layer = AdjustmentLayer(name="change", adjustment=adjustment, opacity=0.8)
    return Document(width=40, height=30, layers=(ground, layer), active_id=ground.id)


def again(document: Document) -> Document:
    stream = io.BytesIO()
    write_psd(document, stream)
    stream.seek(0)
    return read_psd(stream, "a.psd").document


@pytest.mark.parametrize("adjustment", TWINS)
def test_those_with_a_twin_come_back(adjustment):
    document = picture(adjustment)
    opened = again(document)
    layer = opened.layers[1]
    assert layer.adjustment.kind == adjustment.kind
    assert np.array_equal(compose(replace(opened, layers=(document.layers[0], layer))), compose(opened))
    assert np.abs(compose(opened).astype(int) - compose(document).astype(int)).max() <= 1
    assert len(psd_losses(document)) == (adjustment.kind != "levels")


def test_another_programs_curves_are_said_to_differ_and_ours_are_not():
    stream = io.BytesIO()
    write_psd(picture(TWINS[2]), stream)
    ours = read_psd(io.BytesIO(stream.getvalue()), "a.psd")
    writer = "Shoreline".encode("utf-16-be")
    theirs = read_psd(io.BytesIO(stream.getvalue().replace(writer, "Photo_Pot".encode("utf-16-be"))), "a.psd")
    assert (len(ours.notes), len(theirs.notes)) == (0, 1)


@pytest.mark.parametrize(
    "adjustment",
    [
        Adjustment.of("blur", {"radius": 2.0}),
        Adjustment.of("sharpen", {"amount": 200}),
        Adjustment.of("curves", {"rgb": [(x, x) for x in range(0, 240, 10)]}),
    ],
)
def test_those_without_keep_their_look_as_pixels(adjustment):
    document = picture(adjustment)
    opened = again(document)
    assert opened.layers[1].adjustment is None
    assert np.abs(compose(opened).astype(int) - compose(document).astype(int)).max() <= 2
    assert "what it makes of the layers below" in psd_losses(document)[0]


@pytest.mark.parametrize("adjustment", [Adjustment("of a newer version"), Adjustment("levels", "[")])
def test_what_makes_no_sense_changes_nothing(adjustment):
    document = picture(adjustment)
    assert np.array_equal(compose(again(document)), compose(document))


def test_psd_tools_knows_the_levels():
    stream = io.BytesIO()
    write_psd(picture(TWINS[0]), stream)
    stream.seek(0)
    layer = PSDImage.open(stream)[1]
    assert layer.kind == "levels"
    assert (layer.master.input_floor, layer.master.input_ceiling, layer.master.gamma) == (10, 240, 150)


def test_damaged_numbers_are_brought_into_range():
    block = adjustment_block(TWINS[0])
    record = block.data[0]
    record.input_floor, record.input_ceiling, record.gamma, record.output_floor = 300, 5, 0, 999
    found = TaggedBlocks()
    found[block.key] = block
    assert adjustment_of(found).values()["rgb"] == [254, 255, 0.1, 255, 255]


def test_an_inversion_is_a_curve_and_a_gradient_may_be_turned_round():
    found = TaggedBlocks()
    found[Tag.INVERT.value] = TaggedBlock(key=Tag.INVERT.value, data=EmptyElement())
    assert adjustment_of(found).values() == {"rgb": [[0, 255], [255, 0]]}
    block = adjustment_block(Adjustment.of("gradient_map", {"stops": [[0.0, "#ff0000"], [1.0, "#0000ff"]]}))
    block.data.is_reversed = 1
    found = TaggedBlocks()
    found[block.key] = block
    assert adjustment_of(found).values() == {"stops": [[0.0, "#0000ff"], [1.0, "#ff0000"]]}
