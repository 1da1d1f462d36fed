"""Models that give up memory draw the same pictures: networks that come and go, rest in 8 bits or elsewhere."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studio.api import LoraUse, SchedulerSpec
from studio.engine import planning
from studio.engine.device import residence, storage
from studio.engine.device.devices import Device
from studio.engine.device.residence import is_away
from studio.engine.device.residency import Plan, Room
from studio.engine.engine import DiffusionEngine
from studio.engine.models import loading
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.library import ModelLibrary
from studio.engine.models.placing import usual_placing
from studio.engine.models.sizes import part_sizes
from studio.errors import Cancelled, ModelError, OutOfMemoryError
from studio.generation import CancelToken
from tests.engine.adapter_files import adapter_file
from tests.engine.test_loras import QUERY, SD1, WORDS
from tests.engine.tiny_model import generate, make_job, picture, write_tiny_model

GB = 1 << 30
CPU = Room(free=64 * GB, total=64 * GB, system_free=64 * GB, is_shared=True)
CARD = Room(free=64 * GB, total=64 * GB, system_free=64 * GB, is_shared=False)
"""A card that is the processor here, so that everything moves and nothing changes."""
EXACT = {
    "given back": Plan(room=CPU, encoder="leaves"),
    "in turns": Plan(room=CPU, encoder="apart", is_tiled=True),
    "moved": Plan(room=CARD, encoder="leaves"),
    "on the processor": Plan(room=CARD, encoder="apart"),
    "half streamed": Plan(room=CARD, encoder="apart", streamed=100_000),
}
COMPACT = {
    "8 bits in turns": Plan(room=CPU, encoder="apart", is_compact=True),
    "8 bits streamed": Plan(room=CARD, encoder="leaves", is_compact=True, streamed=GB),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    models = tmp_path_factory.mktemp("models")
    write_tiny_model(models / "tiny")
    torch.manual_seed(9)
    adapter_file(
        models / "loras" / "both.safetensors",
        {QUERY: torch.nn.Linear(24, 24), WORDS: torch.nn.Linear(32, 128)},
        metadata=SD1,
    )
    return models


@pytest.fixture(autouse=True)
def _small_matrices_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_LEAST", 256)


Make = Callable[[Plan | None], DiffusionEngine]


@pytest.fixture
def make(folder: Path, schedulers: dict[str, SchedulerSpec], monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Makes engines that hold their model by a plan."""
    with ExitStack() as engines:

        def made(plan: Plan | None) -> DiffusionEngine:
            engine = DiffusionEngine(
                ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1
            )
            engines.callback(engine.close)
            if plan is not None:
                monkeypatch.setattr(planning, "plan", lambda *_args, **_options: plan)
            return engine

        yield made


@pytest.fixture(scope="module")
def expected(folder: Path, schedulers: dict[str, SchedulerSpec]) -> dict[str, Any]:
    """What the whole model draws."""
    engine = DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    found = {name: generate(engine, job)[0][0] for name, job in JOBS.items()}
    engine.close()
    return found


JOBS = {
    "words": make_job(steps=1),
    "LoRA": make_job(steps=1, loras=(LoraUse("both", 2.0),), prompt="a city at night"),
    "picture": make_job(steps=2, image=picture(), strength=0.5),
}


@pytest.mark.parametrize("name", EXACT)
def test_the_same_pictures_are_drawn(make: Make, expected: dict[str, Any], name: str) -> None:
    engine = make(EXACT[name])
    for job_name, job in JOBS.items():
        (found,) = generate(engine, job)[0]
        assert np.array_equal(found, expected[job_name]), job_name


@pytest.mark.parametrize("name", COMPACT)
def test_8_bits_change_them_a_little(make: Make, expected: dict[str, Any], name: str) -> None:
    engine = make(COMPACT[name])
    for job_name, job in JOBS.items():
        (found,) = generate(engine, job)[0]
        error = np.abs(found.astype(int) - expected[job_name].astype(int)).mean()
        assert 0.0 < error < 6.0, (job_name, error)


def test_8_bits_take_less_memory(make: Make) -> None:
    whole, compact = (
        make(plan).load("tiny", lambda _: None, CancelToken()) for plan in (EXACT["moved"], COMPACT["8 bits streamed"])
    )
    sizes = [sum(each.nbytes for each in model.denoiser.network.parameters()) for model in (whole, compact)]
    assert sizes[1] < 0.4 * sizes[0]
    assert compact.denoiser.network.dtype == torch.float32, "what it works in"


@pytest.mark.parametrize("name", ["given back", "8 bits in turns"])
def test_sizes_are_told_before_a_load(folder: Path, make: Make, name: str) -> None:
    plan = (EXACT | COMPACT)[name]
    info = ModelLibrary([folder]).checked("tiny")
    device = Device(kind="cpu", index=0, name="", memory=0)
    sources = loading.sources_of(info, ModelLibrary([folder]).configs)
    sizes = part_sizes(sources, FAMILIES["sd1"], usual_placing(device))
    told = {part.role: part.compact if plan.is_compact and part.role == "denoiser" else part.whole for part in sizes}
    model = make(plan).load("tiny", lambda _: None, CancelToken())
    model.residence.draw()
    found = {"denoiser": model.denoiser.network, "vae": model.codec.vae}
    for role, network in found.items():
        scales = sum(each.nbytes for name, each in network.named_buffers() if name.endswith(".scale"))
        assert sum(each.nbytes for each in network.parameters()) + scales == pytest.approx(told[role], rel=0.01), role
    model.residence.encode()
    assert sum(each.nbytes for each in model.networks[0].parameters()) == told["encoder"]


def test_what_is_known_brings_no_encoder_back(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = loading._Again.__call__

    def counted(self: Any, taken: Any) -> Any:
        read.append(self.part.name)
        return real(self, taken)

    monkeypatch.setattr(loading._Again, "__call__", counted)
    engine = make(EXACT["in turns"])
    generate(engine, make_job())
    assert read == ["unet"], "the encoder was there from the start"
    model = engine.load("tiny", lambda _: None, CancelToken())
    assert is_away(model.networks[0])
    assert not is_away(model.denoiser.network)
    generate(engine, make_job(seed=8))
    assert read == ["unet"]
    generate(engine, make_job(prompt="something else"))
    assert read == ["unet", "text_encoder", "unet"]


def test_a_card_is_left_after_encoding(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    moves: list[tuple[str, str]] = []
    real = residence.Moved._bring

    def counted(self: Any, device: torch.device) -> bool:
        moves.append((type(self._network).__name__, str(device)))
        return bool(real(self, device))

    monkeypatch.setattr(residence.Moved, "_bring", counted)
    engine = make(EXACT["moved"])
    generate(engine, make_job())
    assert moves[-1] == ("CLIPTextModel", "cpu")
    assert {name for name, _ in moves} == {"CLIPTextModel"}


def test_a_cancel_while_a_network_is_read_leaves_all_as_it_was(make: Make, expected: dict[str, Any]) -> None:
    engine = make(EXACT["in turns"])
    generate(engine, make_job())
    cancel = CancelToken()
    model = engine.load("tiny", lambda _: None, CancelToken())
    bound = engine.bound(lambda _progress: None, cancel)
    real = bound._ready

    def ready(*given: Any, **options: Any) -> Any:
        found = real(*given, **options)
        calls = iter(range(5))

        def taken(_count: int) -> None:
            if next(calls, None) is None:
                cancel.cancel()
                cancel.raise_if_cancelled()

        found.residence.taken = taken
        return found

    bound._ready = ready  # type: ignore[method-assign]
    with pytest.raises(Cancelled):
        bound.denoise(make_job(prompt="something else"))
    assert is_away(model.networks[0])
    assert np.array_equal(generate(engine, JOBS["LoRA"])[0][0], expected["LoRA"])


def test_files_that_are_gone_are_told_and_all_is_well_when_they_are_back(
    folder: Path, tmp_path: Path, make: Make, expected: dict[str, Any]
) -> None:
    engine = make(EXACT["given back"])
    generate(engine, JOBS["words"])
    weights = folder / "tiny" / "text_encoder"
    weights.rename(tmp_path / "away")
    try:
        with pytest.raises(ModelError):
            generate(engine, make_job(prompt="something else"))
    finally:
        (tmp_path / "away").rename(weights)
    assert np.array_equal(generate(engine, JOBS["LoRA"])[0][0], expected["LoRA"])


@pytest.mark.parametrize("name", ["in turns", "8 bits streamed"])
def test_nothing_is_held_after_an_unload(make: Make, name: str) -> None:
    engine = make((EXACT | COMPACT)[name])
    generate(engine, make_job(loras=(LoraUse("both"),)))
    held = [weakref.ref(each) for each in engine.load("tiny", lambda _: None, CancelToken()).networks]
    engine.unload()
    gc.collect()
    assert [ref() for ref in held] == [None] * len(held)


def test_a_model_without_room_is_refused_before_it_is_read(
    folder: Path, schedulers: dict[str, SchedulerSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Room(free=100_000, total=GB, system_free=100_000, is_shared=True)
    monkeypatch.setattr(planning, "room_of", lambda _device: small)
    monkeypatch.setattr(loading, "load_network", lambda *_args, **_options: pytest.fail("it was read"))
    engine = DiffusionEngine(ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1)
    with pytest.raises(OutOfMemoryError, match=r"Tiny has no room.*98 kB of 1 GB are free.*number format"):
        engine.load("tiny", lambda _progress: None, CancelToken())
    assert engine.loaded_model is None


def test_what_is_given_up_is_noted_once(make: Make) -> None:
    engine = make(EXACT["given back"])
    told = []
    for seed in (1, 2):
        bound = engine.bound(lambda _progress: None, CancelToken())
        bound.denoise(make_job(seed=seed, steps=1))
        told.append([note for note in bound.notes if "text encoder is given back" in note])
    assert [len(notes) for notes in told] == [1, 0]
