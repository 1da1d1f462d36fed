"""Live frames on a real engine: from frame to frame nothing is loaded or read again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.api import SchedulerSpec
from studio.document import Document, PaintLayer, Raster, new_document
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.errors import Cancelled, ModelError, SettingError
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
    """How often the engine searched the folders, loaded a model, read a prompt and looked at a picture."""
    from transformers import CLIPTextModel

    from studio.engine.codec import LatentCodec

    counted = {"scans": 0, "loads": 0, "prompts": 0, "pictures": 0}

    def count(owner: type, name: str, key: str) -> None:
        real = getattr(owner, name)

        def counting(self: Any, *arguments: Any, **more: Any) -> Any:
            counted[key] += 1
            return real(self, *arguments, **more)

        monkeypatch.setattr(owner, name, counting)

    count(ModelLibrary, "scan", "scans")
    count(DiffusionEngine, "_load", "loads")
    count(CLIPTextModel, "forward", "prompts")
    count(LatentCodec, "_encoded_anew", "pictures")
    return counted


class Live:
    """Live painting with the tiny model of an engine."""

    def __init__(self, engine: DiffusionEngine) -> None:
        self.runner = JobRunner(PluginHost(), lambda: engine)
        self.artist = LiveArtist()
        self.settings = GenerationSettings(
            prompt="a beach", model="tiny", scheduler="euler", steps=4, guidance_scale=1.0, strength=0.3
        )

    def draw(self, document: Document, cancel: CancelToken | None = None, **changes: Any) -> LiveFrame:
        request = LiveRequest(document=document, settings=self.settings.with_changes(**changes))
        return self.artist.draw(self.runner, request, cancel or CancelToken(), lambda _progress: None)


def test_from_frame_to_frame_nothing_is_loaded_or_read_again(
    new_engine: DiffusionEngine, calls: dict[str, int]
) -> None:
    draw = Live(new_engine).draw
    first = painted(200)
    before = draw(first)
    known = dict(calls)
    assert (known["scans"], known["loads"]) == (1, 1)
    draw(painted(10))
    draw(painted(90))
    assert calls == {**known, "pictures": known["pictures"] + 2}
    draw(first, seed=3)
    other = draw(first, seed=4, strength=0.6)
    assert calls == {**known, "pictures": known["pictures"] + 2}, "the picture is known, too"
    assert (other.pixels != before.pixels).any()
    assert (draw(first).pixels == before.pixels).all(), "the same seed draws the same"


def test_the_folders_are_searched_again_only_where_something_may_be_otherwise(
    new_engine: DiffusionEngine, calls: dict[str, int]
) -> None:
    live = Live(new_engine)

    def searches(**changes: Any) -> int:
        before = calls["scans"]
        live.draw(painted(calls["pictures"] % 200), **changes)
        return calls["scans"] - before

    assert searches() == 1
    assert [searches(), searches(seed=8), searches(strength=0.5)] == [0, 0, 0]
    assert [searches(prompt="a palm"), searches(prompt="a palm")] == [1, 0], "other words may name other files"
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        live.draw(painted(7), cancel, prompt="a palm")
    assert searches(prompt="a palm") == 0, "a frame that was given up for a newer one found nothing else"
    new_engine.unload()
    assert searches(prompt="a palm") == 1, "what is loaded is looked up first"


def test_a_model_that_was_deleted_or_added_is_noticed_when_it_is_to_be_loaded(
    models_folder: Path, schedulers: dict[str, SchedulerSpec], tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    shutil.copytree(models_folder / "tiny", folder / "tiny")
    engine = DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    live = Live(engine)
    live.draw(painted(1))
    live.draw(painted(2))
    (folder / "tiny").rename(tmp_path / "away")
    engine.unload()
    for _ in range(2):
        with pytest.raises(ModelError, match="There is no model 'tiny'"):
            live.draw(painted(3))
    (tmp_path / "away").rename(folder / "tiny")
    live.draw(painted(3))
    engine.close()


def test_after_a_failure_the_folders_are_searched_again(new_engine: DiffusionEngine, calls: dict[str, int]) -> None:
    live = Live(new_engine)
    live.draw(painted(1))
    with pytest.raises(SettingError):
        live.draw(painted(2), scheduler="none")
    before = calls["scans"]
    live.draw(painted(3))
    assert calls["scans"] == before + 1


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
