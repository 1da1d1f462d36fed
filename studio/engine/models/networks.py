"""The networks of a model: built empty by their configs, and filled from the files that hold their tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch

from studio.engine.models.folder_models import component_weights
from studio.engine.models.headers import TensorEntry, read_header
from studio.engine.models.identity.checkpoints import (
    NAMES,
    PLACES,
    UNET,
    VAE,
    family_slots,
    guidance_width,
    input_channels,
    part_config,
    unet_place,
)
from studio.engine.models.layouts.slots import EARLIER, HEAD, Place, Slot, found_place, shape_text
from studio.engine.models.settings_files import read_json
from studio.engine.models.tensor_files import StoredTensor, TensorReader, in_file_order
from studio.errors import ModelError
from studio.system.parts import engine_part

_TEXT_ENCODERS: Final = ("CLIPTextModel", "CLIPTextModelWithProjection")

Taken = Callable[[int], None]
"""Told how many bytes of a file were taken, after each tensor; may raise `Cancelled`."""


@dataclass(frozen=True)
class NetworkSource:
    """Where a network is on the disk: ``origin`` for errors, its config, and the tensors by their names in it.

    ``kind`` is the name of the class. Names of text encoders have no ``text_model.`` in front.
    """

    origin: Path
    kind: str
    config: Mapping[str, Any]
    tensors: Mapping[str, StoredTensor]

    @property
    def size(self) -> int:
        """Bytes that are read."""
        return sum({(stored.path, stored.entry.start): stored.size for stored in self.tensors.values()}.values())


def source_in_file(path: Path, family: str, part: str, configs: Path) -> NetworkSource:
    """A network in a checkpoint, or in a file of its own. Raises `ModelError` when it is not there."""
    tensors = read_header(path).tensors
    for each in (family, *(other for other in PLACES if other != family)):
        config, slots, place = _placed(tensors, each, part, configs)
        if place is not None:
            stored = {slot.name.removeprefix(HEAD): _stored(path, tensors, slot, place) for slot in slots}
            return NetworkSource(path, _kind(part, config), config, stored)
    raise ModelError(f"{path} holds no {NAMES[part]}.", "Choose another model, or download it again.")


def _placed(
    tensors: Mapping[str, TensorEntry], family: str, part: str, configs: Path
) -> tuple[Mapping[str, Any], tuple[Slot, ...], Place | None]:
    if part not in PLACES[family] or not (configs / family / part / "config.json").is_file():
        return {}, (), None
    place = unet_place(tensors) if part == UNET else None
    channels = input_channels(tensors, place) if place is not None else 4
    guidance = guidance_width(tensors, place) if place is not None else 0
    slots = family_slots(configs, family, part, channels, guidance)
    config = part_config(configs, family, part, channels=channels, guidance=guidance)
    return config, slots, found_place(PLACES[family][part], slots, tensors)


def _stored(path: Path, tensors: Mapping[str, TensorEntry], slot: Slot, place: Place) -> StoredTensor:
    key = place.key(slot)
    entry = tensors.get(key)
    if entry is None or not slot.fits(entry.shape, place.naming):
        raise ModelError(f"{path} is not whole: {key} is missing or has another shape.", "Download or copy it again.")
    whole = slot.taken == "matrix" or place.naming != "original"
    return StoredTensor(path, entry, slot.shape, "whole" if whole else slot.taken)


def source_in_folder(folder: Path, kind: str) -> NetworkSource:
    """A network in a folder of its own, of the class ``kind``. Raises `ModelError` when it is not whole."""
    stored: dict[str, StoredTensor] = {}
    for path in component_weights(folder):
        for name, entry in read_header(path).tensors.items():
            shape = entry.shape[:2] if _is_old_matrix(name, entry) else entry.shape
            stored[_todays(name).removeprefix(HEAD)] = StoredTensor(path, entry, shape)
    return NetworkSource(folder, kind, read_json(folder / "config.json"), stored)


def _is_old_matrix(name: str, entry: TensorEntry) -> bool:
    """Whether a matrix of a VAE's attention is stored as the convolution that it was once."""
    return ".mid_block.attentions." in name and len(entry.shape) == 4


def _todays(name: str) -> str:
    """The name of a tensor of a VAE's attention as it is today."""
    if ".mid_block.attentions." not in name:
        return name
    for today, before in EARLIER:
        name = name.replace(before, today)
    return name


def load_network(source: NetworkSource, device: str, dtype: torch.dtype, taken: Taken) -> Any:
    """The network on a device, in a number format from the start; one tensor at a time is held twice.

    Raises `ModelError` naming what does not fit, before anything is read; what ``taken`` raises passes.
    """
    with torch.device("meta"):
        network = _empty(source)
    shapes = {name: tuple(tensor.shape) for name, tensor in network.state_dict().items()}
    wanted = {name.removeprefix(HEAD): name for name in shapes}
    _check(source, {own: shapes[name] for own, name in wanted.items()})
    state: dict[str, torch.Tensor] = {}
    with TensorReader() as reader:
        for name, stored in in_file_order({name: source.tensors[name] for name in wanted}):
            state[wanted[name]] = reader.read(stored).to(device, dtype)
            taken(stored.size // 3 if stored.taken.endswith("third") else stored.size)
    network.load_state_dict(state, assign=True)
    _fill_buffers(network, device)
    return network.eval().requires_grad_(False)


def _check(source: NetworkSource, shapes: Mapping[str, tuple[int, ...]]) -> None:
    for name, shape in shapes.items():
        stored = source.tensors.get(name)
        if stored is None or stored.shape != shape:
            found = "is missing" if stored is None else f"has the shape {shape_text(stored.shape)}"
            raise ModelError(
                f"The weights in {source.origin} do not fit: {name} {found} where {shape_text(shape)} is wanted.",
                "Download or copy it again.",
            )


def _empty(source: NetworkSource) -> Any:
    if source.kind in _TEXT_ENCODERS:
        transformers = engine_part("transformers")
        values = source.config.get("text_config", source.config)
        return getattr(transformers, source.kind)(transformers.CLIPTextConfig.from_dict(dict(values)))
    diffusers = engine_part("diffusers")
    return getattr(diffusers, source.kind).from_config(dict(source.config))


def _kind(part: str, config: Mapping[str, Any]) -> str:
    if part in (UNET, VAE):
        return "UNet2DConditionModel" if part == UNET else "AutoencoderKL"
    projects = _TEXT_ENCODERS[1] in (config.get("architectures") or ())
    return _TEXT_ENCODERS[projects]


def _fill_buffers(network: Any, device: str) -> None:
    """Numbers that are in no file: the positions of a text encoder."""
    for name, buffer in list(network.named_buffers()):
        if buffer.is_meta:
            owner, _, own = name.rpartition(".")
            positions = torch.arange(buffer.shape[-1], device=device).expand(buffer.shape).clone()
            network.get_submodule(owner).register_buffer(own, positions, persistent=False)
