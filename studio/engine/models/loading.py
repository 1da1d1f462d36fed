"""Models from disk to the device: without a network, without pickles and without code from the model's folder."""

from __future__ import annotations

import importlib
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import torch

from studio.engine.device.branches import reduce_branches
from studio.engine.device.devices import Device
from studio.engine.device.memory import is_out_of_memory, release_unused
from studio.engine.device.storage import Store
from studio.engine.models.any_header import read_any_header
from studio.engine.models.families.family import VAE, Family, Part
from studio.engine.models.families.table import FAMILIES
from studio.engine.models.few_steps import merge
from studio.engine.models.headers import Header
from studio.engine.models.identity.sampling import wants_trailing_steps
from studio.engine.models.library import ModelInfo
from studio.engine.models.networks import NetworkSource, Taken, load_network, source_in_file, source_in_model
from studio.engine.models.placing import PartPlace, Placing, usual_placing
from studio.engine.models.settings_files import read_json
from studio.engine.models.tokenizer_files import has_tokenizer
from studio.engine.models.tokenizers import BUNDLED, folder_tokenizer
from studio.errors import Cancelled, ModelError
from studio.generation import CancelToken
from studio.text.exceptions import first_line

Report = Callable[[float], None]
"""Told which share of the bytes, 0 to 1, was read."""


@dataclass(frozen=True, eq=False)
class Components:
    """The networks of a model, by the names of its family's parts, each in its place.

    ``tokenizers`` are by the text encoders that they read for; ``scheduler_config`` is the model's own, for scheduler
    factories; ``empty_is_zero`` says that an empty negative prompt is embedded as zeros. ``again`` reads a network
    once more, from the files as they are then; ``places`` are those of the networks.
    """

    family: Family
    networks: Mapping[str, Any]
    tokenizers: Mapping[str, Any]
    scheduler_config: Mapping[str, Any]
    empty_is_zero: bool = False
    again: Mapping[str, Callable[[Taken], Any]] = field(default_factory=dict)
    places: Mapping[str, PartPlace] = field(default_factory=dict)

    @property
    def encoders(self) -> tuple[tuple[Any, Any], ...]:
        """(tokenizer, text encoder) pairs."""
        return tuple((tokenizer, self.networks[name]) for name, tokenizer in self.tokenizers.items())

    @property
    def denoiser(self) -> Any:
        """The network that draws."""
        return self.networks[self.family.denoiser.name]

    @property
    def vae(self) -> Any:
        return self.networks[VAE]


def load_components(
    info: ModelInfo,
    configs: Path,
    device: Device,
    report: Report,
    cancel: CancelToken,
    *,
    placing: Placing | None = None,
    sources: Mapping[str, NetworkSource] | None = None,
) -> Components:
    """Load a checked model. ``configs`` are the bundled configs, a folder for each family.

    Each part goes where ``placing`` says, or to the device where nothing is planned. ``sources`` are those of
    `sources_of`, for who has read the headers. ``report(share)`` is called after each tensor, and ``cancel`` obeyed
    then. Raises `ModelError`; `Cancelled` and memory errors pass through. After a failure nothing of the model is held,
    by the error neither.
    """
    quiet_libraries()
    try:
        sources = sources_of(info, configs) if sources is None else sources
        return _load(info, configs, placing or usual_placing(device), _Meter(report, cancel), sources)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is raised below
        failure = _readable(info, error)
        _let_go(error)
    release_unused()
    raise failure


def _readable(info: ModelInfo, error: Exception) -> Exception:
    if isinstance(error, Cancelled | ModelError) or is_out_of_memory(error):
        return error
    failure = ModelError(
        "The model {model} ({path}) cannot be loaded: {reason}",
        "Download or copy it again, or choose another model.",
        model=info.name,
        path=info.path,
        reason=first_line(error),
    )
    failure.__cause__ = error
    return failure


def _let_go(error: BaseException | None) -> None:
    """Empty the frames that an error came through: they hold what was loaded so far."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def quiet_libraries() -> None:
    """Keep progress bars and notices of the model libraries out of the terminal."""
    for name in ("diffusers.utils.logging", "transformers.utils.logging"):
        logging = importlib.import_module(name)
        logging.set_verbosity_error()
        logging.disable_progress_bar()


class _Meter:
    """Counts the bytes that were read, and obeys a cancel."""

    def __init__(self, report: Report, cancel: CancelToken) -> None:
        self._report = report
        self._cancel = cancel
        self._done = 0
        self.total = 1

    def taken(self, count: int) -> None:
        self._cancel.raise_if_cancelled()
        self._done += count
        self._report(min(1.0, self._done / self.total))


@dataclass(frozen=True)
class _Again:
    """Reads a network once more."""

    path: Path
    family: Family
    part: Part
    configs: Path
    place: PartPlace
    weights: Path | None

    def __call__(self, taken: Taken) -> Any:
        source = _source(self.path, self.family, self.part, self.configs, read_any_header)
        return _network(source, self.place, self.weights, taken)


def _load(
    info: ModelInfo, configs: Path, placing: Placing, meter: _Meter, sources: Mapping[str, NetworkSource]
) -> Components:
    family = FAMILIES[info.family]
    index = read_json(info.path / "model_index.json") if info.format == "folder" else {}
    paths = part_paths(info)
    meter.total = max(1, sum(source.size for source in sources.values()))
    networks: dict[str, Any] = {}
    tokenizers: dict[str, Any] = {}
    places: dict[str, PartPlace] = {}
    again: dict[str, Callable[[Taken], Any]] = {}
    for part in family.parts:
        if part.name not in sources:
            continue
        if part.is_encoder:
            tokenizers[part.name] = _tokenizer(info, part, index, configs)
        weights = info.few_steps.weights if part == family.denoiser and info.few_steps is not None else None
        places[part.name] = place = placing(part)
        networks[part.name] = _network(sources[part.name], place, weights, meter.taken)
        again[part.name] = _Again(paths[part.name], family, part, configs, replace(place, comes_empty=False), weights)
    empty_is_zero = bool(index.get("force_zeros_for_empty_prompt", family.empty_is_zero))
    scheduler = _scheduler_config(info, family, sources[family.denoiser.name].config, configs)
    return Components(family, networks, tokenizers, scheduler, empty_is_zero, again, places)


def _network(source: NetworkSource, place: PartPlace, weights: Path | None, taken: Taken) -> Any:
    if weights is not None and not place.comes_empty:
        # Few-step weights are added in full precision: their steps are small.
        network = load_network(source, place.device, torch.float32, taken)
        merge(network, weights)
        network = network.to(place.dtype)
        Store(network, place.storage, place.device, channels_last=place.channels_last).put_to_rest()
    else:
        network = load_network(
            source,
            place.device,
            place.dtype,
            taken,
            storage=place.storage,
            channels_last=place.channels_last,
            comes_empty=place.comes_empty,
        )
    reduce_branches(network, place.branches)
    return in_layout(network, channels_last=place.channels_last)


def sources_of(info: ModelInfo, configs: Path) -> dict[str, NetworkSource]:
    """Where the networks of a model are, by name; only headers are read, each once. Raises `ModelError`."""
    family, read = FAMILIES[info.family], cache(read_any_header)
    return {name: _source(path, family, family.part(name), configs, read) for name, path in part_paths(info).items()}


def part_paths(info: ModelInfo) -> dict[str, Path]:
    """The files or folders that hold the networks of a model, its own or those of others, by name."""
    family = FAMILIES[info.family]
    if info.format == "folder":
        own = tuple(part.name for part in family.parts if (info.path / part.name).is_dir())
    else:
        own = info.parts
    return dict.fromkeys(own, info.path) | dict(info.borrowed)


def _source(path: Path, family: Family, part: Part, configs: Path, read: Callable[[Path], Header]) -> NetworkSource:
    if path.is_file():
        return source_in_file(path, read(path).tensors, family, part, configs)
    return source_in_model(path, part)


def _tokenizer(info: ModelInfo, part: Part, index: Mapping[str, Any], configs: Path) -> Any:
    """The model's own tokenizer beside its own text encoder, the bundled one beside any other."""
    own = info.path / part.tokenizer_folder
    if info.format == "folder" and part.name not in dict(info.borrowed) and has_tokenizer(own):
        return folder_tokenizer(own, index)
    return BUNDLED[part.tokenizer](configs, part.filling)


def _scheduler_config(info: ModelInfo, family: Family, drawing: Mapping[str, Any], configs: Path) -> dict[str, Any]:
    folder = info.path if info.format == "folder" else configs / family.configs_of
    config = read_json(folder / "scheduler" / "scheduler_config.json")
    if family.is_flow:
        return config if info.format == "folder" else config | dict(family.schedule(drawing))
    config = repaired_scheduler_config(config)
    if info.taught is not None:
        config["prediction_type"] = info.taught.prediction or config.get("prediction_type", "epsilon")
        if info.taught.zero_snr:
            config |= {"rescale_betas_zero_snr": True, "timestep_spacing": "trailing"}
        if wants_trailing_steps(info.few_steps):
            config["timestep_spacing"] = "trailing"
    return config


def in_layout(network: Any, *, channels_last: bool) -> Any:
    """The network in its memory layout, without gradients."""
    memory_format = torch.channels_last if channels_last else torch.contiguous_format
    return network.to(memory_format=memory_format).eval().requires_grad_(False)


def repaired_scheduler_config(config: Mapping[str, Any]) -> dict[str, Any]:
    """Old configs lack two values that the Stable Diffusion pipelines rely on."""
    return {**config, "steps_offset": 1, "clip_sample": False}
