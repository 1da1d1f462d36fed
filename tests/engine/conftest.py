"""Engines with a tiny random model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from studio.api import SchedulerSpec
from studio.engine.device.threads import prefer_passive_waiting
from studio.engine.engine import DiffusionEngine
from studio.engine.models.library import ModelLibrary
from studio.engine.models.qwen_tokenizer import qwen_tokenizer
from tests.engine.checkpoint_files import CONFIGS
from tests.engine.tiny_model import scheduler_specs, write_tiny_model

prefer_passive_waiting()


@pytest.fixture(scope="session")
def models_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library folder with one sound model, "tiny"."""
    folder = tmp_path_factory.mktemp("models")
    write_tiny_model(folder / "tiny")
    return folder


@pytest.fixture(scope="session")
def qwen() -> Any:
    """Qwen's tokenizer, which takes a second to make."""
    return qwen_tokenizer(CONFIGS)


@pytest.fixture(scope="session")
def schedulers() -> dict[str, SchedulerSpec]:
    return scheduler_specs()


@pytest.fixture(scope="session")
def shared_engine(
    models_folder: Path, schedulers: dict[str, SchedulerSpec], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DiffusionEngine]:
    """One engine with the tiny model for tests that only generate."""
    library = ModelLibrary([models_folder])
    engine = DiffusionEngine(library, "cpu", tmp_path_factory.mktemp("cache"), schedulers, torch_threads=1)
    yield engine
    engine.close()


@pytest.fixture
def new_engine(models_folder: Path, schedulers: dict[str, SchedulerSpec], tmp_path: Path) -> Iterator[DiffusionEngine]:
    """A fresh engine, float32, for tests that change it."""
    library = ModelLibrary([models_folder])
    engine = DiffusionEngine(library, "cpu", tmp_path / "cache", schedulers, precision="float32", torch_threads=1)
    yield engine
    engine.close()


@pytest.fixture
def finished(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The latents of every picture before the decoder, which looks across a mask's edge."""
    from studio.engine.loaded_model import LoadedModel

    latents_of_pictures: list[Any] = []
    real = LoadedModel.decode

    def watched(self: LoadedModel, latents: Any, **options: Any) -> Any:
        latents_of_pictures.append(latents.clone())
        return real(self, latents, **options)

    monkeypatch.setattr(LoadedModel, "decode", watched)
    return latents_of_pictures


@pytest.fixture(scope="module")
def engine_with_habits(
    tmp_path_factory: pytest.TempPathFactory, schedulers: dict[str, SchedulerSpec]
) -> Iterator[Callable[[str, str], DiffusionEngine]]:
    """Makes a float32 engine with two models of the same weights: "tiny", and one whose ``sampling.json`` is given."""
    with ExitStack() as engines:

        def make(name: str, sampling: str) -> DiffusionEngine:
            folder = tmp_path_factory.mktemp("models")
            for model in ("tiny", name):
                write_tiny_model(folder / model)
            (folder / name / "sampling.json").write_text(sampling, "utf-8")
            engine = DiffusionEngine(
                ModelLibrary([folder]), "cpu", None, schedulers, precision="float32", torch_threads=1
            )
            engines.callback(engine.close)
            return engine

        yield make
