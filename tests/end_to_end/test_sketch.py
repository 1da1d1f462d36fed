"""A sketch becomes a picture that keeps to it, with the model and the control network that ship."""

from __future__ import annotations

import numpy as np

from studio.cli.measured import app_preprocess
from studio.document import Pixels
from studio.session import JobStatus
from studio.training.measuring.edges import agreement

HALF = ((128, 226), (92, 188), (58, 146), (48, 116), (54, 92), (72, 78), (98, 78), (116, 90), (128, 108))
HEART = (*HALF, *((256 - x, y) for x, y in reversed(HALF)))
"""Larger and lower than the model draws one by itself."""


def drawn(painter) -> Pixels:
    """Generate, and the picture that came, uint8 RGB (h, w, 3)."""
    job = painter.generate()
    assert job.status is JobStatus.FINISHED, job.error
    assert job.result is not None
    return job.result.images[0].pixels[..., :3]


def test_a_sketch_becomes_a_picture_that_keeps_to_it(painter) -> None:
    window, session = painter.studio.window, painter.studio.session
    window.canvas.options.set("brush", diameter=4.0)
    painter.use("brush")
    painter.drag(*HEART)
    assert session.history.steps[-1].kind.label == "Brush stroke"
    sketch = session.document.active_paint_layer
    assert sketch is not None
    lines = sketch.raster.read(session.document.canvas)[..., 3]
    window.actions_by_id["layer.control"].trigger()
    (row,) = window.docks.generate.guides.rows
    assert (row.guide.kind, row.problem.text()) == ("scribble", "")

    panel = window.docks.generate
    panel.set_settings(panel.settings().with_changes(prompt="a red heart", steps=8, seed=5))
    guided = drawn(painter)
    row.switch.click()
    free = drawn(painter)

    preprocess = app_preprocess()

    def kept(picture: Pixels) -> float:
        """How well the edges of a picture are those of the sketch, within two pixels of the pen's line."""
        return agreement(preprocess("guide_canny", np.ascontiguousarray(picture), {}), lines).f_score

    scores = kept(guided), kept(free)
    assert scores[0] > 0.7, scores
    assert scores[1] < 0.3, scores
