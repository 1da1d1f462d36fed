"""The retouching tools in the hand."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from studio.document import PaintLayer, Raster, Rect, add_layer, filled_raster, new_document
from studio.history import StepKind
from studio.ui.canvas.canvas_view import CanvasView
from tests.ui.canvas.canvas_hands import ALT, Hand, labels, layer_pixel


@pytest.fixture
def halves(session) -> None:
    """Red to the left of 150, blue to the right."""
    raster = filled_raster(150, 300, (200, 0, 0, 255))
    raster = raster.with_array(filled_raster(150, 300, (0, 0, 200, 255)).read(Rect(0, 0, 150, 300)), 150, 0)
    document = add_layer(new_document(600, 300), PaintLayer(name="Halves", raster=raster))
    session.apply(StepKind("test", "Halves"), document)


@pytest.mark.parametrize("tool", ["smudge", "blur", "dodge", "burn", "sharpen"])
def test_each_tool_makes_one_step_of_its_own(halves, canvas: CanvasView, hand: Hand, session, tool: str) -> None:
    canvas.set_tool(tool)
    canvas.options.set("retouch", diameter=40.0, opacity=100.0, smoothing=0.0)
    before = session.document
    hand.drag((130, 100), (148, 100), (170, 100))
    assert labels(session)[-1].lower() == tool
    assert session.document is not before
    session.undo()
    assert session.document is before


def test_clone_takes_from_where_it_was_told(halves, canvas: CanvasView, hand: Hand, session, qtbot) -> None:
    canvas.set_tool("clone")
    canvas.options.set("clone", diameter=20.0, hardness=100.0, smoothing=0.0)
    with qtbot.waitSignal(canvas.message):
        hand.drag((100, 100), (110, 100))
    hand.press((250, 200), modifiers=ALT)
    hand.release((250, 200), modifiers=ALT)
    hand.drag((50, 50), (60, 50))
    assert layer_pixel(session, 55, 50) == (0, 0, 200, 255)
    hand.drag((120, 100), (120, 101))
    assert layer_pixel(session, 120, 100) == (0, 0, 0, 0), "as far away as before: beyond the blue"
    assert canvas.color() != QColor(0, 0, 200), "Alt takes no colour here"
    assert isinstance(session.document.active_paint_layer.raster, Raster)
