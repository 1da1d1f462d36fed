"""Live frames on a real engine: from frame to frame nothing is loaded or read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from studio.document import Document, PaintLayer, Raster, new_document
from studio.engine.engine import DiffusionEngine
from studio.generation import CancelToken, GenerationSettings
from studio.jobs.live import LiveArtist, LiveFrame, LiveRequest
from studio.jobs.runner import JobRunner
from studio.plugin_host import PluginHost

SIDE = 64


def painted(value: int) -> Document:
    document = new_document(SIDE, SIDE)
    pixels = np.full((20, 20, 4), 255, np.uint8)
    pixels[..., 0] = value
    layer = PaintLayer(name="Paint", raster=Raster.from_array(pixels, 10, 10))
    return replace(document, layers=(*document.layers, layer))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often the engine loaded a model, read a prompt and looked at a picture."""
    from transformers import CLIPTextModel

    from studio.engine.codec import LatentCodec

    counted = {"loads": 0, "prompts": 0, "pictures": 0}

    def count(owner: type, name: str, key: str) -> None:
        real = getattr(owner, name)

        def counting(self: Any, *arguments: Any, **more: Any) -> Any:
            counted[key] += 1
            return real(self, *arguments, **more)

        monkeypatch.setattr(owner, name, counting)

    count(DiffusionEngine, "_load", "loads")
    count(CLIPTextModel, "forward", "prompts")
    count(LatentCodec, "_encoded_anew", "pictures")
    return counted


def test_from_frame_to_frame_nothing_is_loaded_or_read_again(
    new_engine: DiffusionEngine, calls: dict[str, int]
) -> None:
    runner, artist = JobRunner(PluginHost(), lambda: new_engine), LiveArtist()
    settings = GenerationSettings(
        prompt="a beach", model="tiny", scheduler="euler", steps=4, guidance_scale=1.0, strength=0.3
    )

    def draw(document: Document, **changes: Any) -> LiveFrame:
        request = LiveRequest(document=document, settings=settings.with_changes(**changes))
        return artist.draw(runner, request, CancelToken(), lambda _progress: None)

    first = painted(200)
    before = draw(first)
    known = dict(calls)
    assert known["loads"] == 1
    draw(painted(10))
    draw(painted(90))
    assert calls == {**known, "pictures": known["pictures"] + 2}
    draw(first, seed=3)
    other = draw(first, seed=4, strength=0.6)
    assert calls == {**known, "pictures": known["pictures"] + 2}, "the picture is known, too"
    assert (other.pixels != before.pixels).any()
    assert (draw(first).pixels == before.pixels).all(), "the same seed draws the same"


@pytest.mark.parametrize(("gives_way", "left"), [(True, 0), (False, 1)])
def test_a_core_is_left_to_the_pen_where_priorities_do_not_see_to_it(
    monkeypatch: pytest.MonkeyPatch, gives_way: bool, left: int
) -> None:
    import torch

    from studio.engine.device import threads

    before = torch.get_num_threads()
    monkeypatch.setattr(threads, "_gives_way", lambda: gives_way)
    torch.set_num_threads(2)
    try:
        with threads.leaving_a_core():
            assert torch.get_num_threads() == 2 - left
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
