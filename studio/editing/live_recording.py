"""What was recorded while painting live becomes a picture of its own, with a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from studio.document import Document, PaintLayer, Pixels, Raster, make_timeline
from studio.editing.naming import ENGLISH, Naming
from studio.history import StepKind

RECORDED: Final = StepKind("live.recorded", "Live recording", "record")
FRAME_RATE: Final = 8.0


def recorded_picture(frames: Sequence[Pixels], names: Naming = ENGLISH) -> Document:
    """Pictures, uint8 ``(h, w, 3)`` each, as frames of a document of the first one's size; others are scaled to it."""
    # OpenCV comes with these imports; at the top they would delay every start.
    from studio.api.pictures import opaque
    from studio.generation.pictures import scaled

    height, width = frames[0].shape[:2]
    layers = tuple(
        PaintLayer(
            name=names.frame.format(number=number),
            raster=Raster.from_array(opaque(scaled(frame, width, height))),
        )
        for number, frame in enumerate(frames, 1)
    )
    document = Document(width=width, height=height, layers=layers)
    ids = tuple(layer.id for layer in layers)
    return make_timeline(document, ids, name=names.frames, frame_name=layers[0].name, fps=FRAME_RATE)
