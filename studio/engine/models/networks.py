"""The networks of a model: built empty by their configs, and filled from the files that hold their tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from studio.engine.device.storage import PLAIN, Storage, Store
from studio.engine.models.buffers import fill_buffers
from studio.engine.models.families.family import Family, Part
from studio.engine.models.families.table import parts_of_make
from studio.engine.models.folder_models import component_weights, family_of_folder
from studio.engine.models.headers import TensorEntry, read_header
from studio.engine.models.identity.checkpoints import located
from studio.engine.models.layouts.slots import EARLIER, Place, Slot, headless, scale_of, shape_text
from studio.engine.models.packed_layers import pack_layers
from studio.engine.models.settings_files import read_json
from studio.engine.models.tensor_files import StoredTensor, in_file_order
from studio.engine.models.tensor_stream import WantedTensor, stream
from studio.engine.models.tokenizer_files import named_class
from studio.errors import ModelError
from studio.system.parts import engine_part

Taken = Callable[[int], None]
"""Told how many bytes of a file were taken, after each tensor; may raise `Cancelled`."""


@dataclass(frozen=True)
class NetworkSource:
    """Where a network is on the disk: ``origin`` for errors, its class and config, and the tensors by their names in
    it, those of text encoders without what stands in front of all of them. ``make`` makes it, with the numbers that it
    was born with, of its config, where its library has no class for all of it.
    """

    origin: Path
    library: str
    kind: str
    config: Mapping[str, Any]
    tensors: Mapping[str, StoredTensor]
    make: Callable[[Mapping[str, Any]], Any] | None = None

    @property
    def size(self) -> int:
        """Bytes that are read."""
        return sum({stored.place: stored.size for stored in self.tensors.values()}.values())


def source_in_file(
    path: Path, tensors: Mapping[str, TensorEntry], family: Family, part: Part, configs: Path
) -> NetworkSource:
    """A network in a checkpoint, or in a file of its own, by the ``tensors`` of its header.

    Raises `ModelError` when it is not there.
    """
    for each, alike in parts_of_make(part.make, family.id):
        found = located(tensors, each, alike, configs)
        if found is not None:
            stored = {headless(slot.name): stored_tensor(path, tensors, slot, found.place) for slot in found.slots}
            return NetworkSource(path, part.library, _kind(part, found.config), found.config, stored, _maker(alike))
    raise ModelError(
        "{path} holds no {called}.", "Choose another model, or download it again.", path=path, called=part.called
    )


def source_in_model(model: Path, part: Part) -> NetworkSource:
    """A network that is built like a part in the folder of a model. Raises `ModelError` when it is not whole."""
    own = next(each for each in family_of_folder(model).parts if each.make == part.make)
    folder = model / own.name
    index = read_json(model / "model_index.json")
    kind = own.classes[0] if len(own.classes) == 1 else named_class(folder, index, frozenset(own.classes))
    return replace(source_in_folder(folder, part.library, kind), make=_maker(own))


def stored_tensor(path: Path, tensors: Mapping[str, TensorEntry], slot: Slot, place: Place) -> StoredTensor:
    """Where a tensor of a network lies in a file. Raises `ModelError` where it does not, or has another shape."""
    key = place.key(slot)
    entry = tensors.get(key)
    if entry is None or not slot.fits(entry.shape, place.naming):
        raise ModelError(
            "{path} is not whole: {key} is missing or has another shape.",
            "Download or copy it again.",
            path=path,
            key=key,
        )
    scale = scale_of(tensors, key)
    if slot.taken == "matrix" or place.naming != "original":
        return StoredTensor(path, entry, slot.shape, scale=scale)
    return StoredTensor(path, entry, slot.shape, slot.taken, slot.first_row, scale)


def source_in_folder(folder: Path, library: str, kind: str) -> NetworkSource:
    """A network in a folder of its own, of the class ``kind``. Raises `ModelError` when it is not whole."""
    stored: dict[str, StoredTensor] = {}
    for path in component_weights(folder):
        tensors = read_header(path).tensors
        for name, entry in tensors.items():
            shape = entry.shape[:2] if _is_old_matrix(name, entry) else entry.shape
            stored[headless(_todays(name))] = StoredTensor(path, entry, shape, scale=scale_of(tensors, name))
    return NetworkSource(folder, library, kind, read_json(folder / "config.json"), stored)


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


def load_network(
    source: NetworkSource,
    device: str,
    dtype: torch.dtype,
    taken: Taken,
    *,
    storage: Storage = PLAIN,
    channels_last: bool = False,
    comes_empty: bool = False,
) -> Any:
    """The network on a device, in a number format from the start; few tensors at a time are held twice.

    Its large matrices rest as ``storage`` says, in a memory layout. One that ``comes_empty`` has no numbers yet: its
    tensors are on the device "meta".

    Raises `ModelError` naming what does not fit, before anything is read; what ``taken`` raises passes.
    """
    with torch.device("meta"):
        network = _empty(source)
    made = network.state_dict()
    shapes = {name: tuple(tensor.shape) for name, tensor in made.items() if tensor.is_floating_point()}
    wanted = {headless(name): name for name in shapes}
    twins = _twins(network, {wanted[own] for own in source.tensors if own in wanted})
    _check(source, {own: shapes[name] for own, name in wanted.items() if name not in twins})
    packed = {wanted[own]: each.entry.dtype for own, each in source.tensors.items() if own in wanted and each.is_packed}
    kept = pack_layers(network, packed)
    formats = dict.fromkeys((name for name, _ in network.named_parameters()), dtype)  # statistics stay as they are
    store, empty = Store(network, storage, device, channels_last=channels_last), network.state_dict()
    # What counts, such as the batches of a training, is of no use here.
    state = {name: torch.zeros_like(made[name], device=device) for name in made.keys() - shapes.keys()}
    layout = torch.channels_last if channels_last else torch.preserve_format
    files = in_file_order({wanted[own]: source.tensors[own] for own in wanted if own in source.tensors})
    tensors = [WantedTensor(name, stored, None if name in kept else formats.get(name)) for name, stored in files]
    without_numbers = ((each, each.formatted(empty[each.name], layout)) for each in tensors)
    with closing(without_numbers if comes_empty else stream(tensors, device, layout)) as given:
        for each, formatted in given:
            own, tensor = store.kept(each.name, formatted)
            state[own] = tensor
            taken(each.stored.share)
    for other, name in twins.items():
        state.setdefault(other, state[name])
    network.load_state_dict(state, assign=True)
    fill_buffers(network, device)
    return network.eval().requires_grad_(False)


def _twins(network: Any, given: set[str]) -> dict[str, str]:
    """Tensors that are in no file, as each is one with another that is."""
    tied: dict[int, list[str]] = {}
    for name, tensor in network.named_parameters(remove_duplicate=False):
        tied.setdefault(id(tensor), []).append(name)
    firsts = ((names, next((name for name in names if name in given), None)) for names in tied.values())
    return {name: first for names, first in firsts if first is not None for name in names if name not in given}


def _check(source: NetworkSource, shapes: Mapping[str, tuple[int, ...]]) -> None:
    for name, shape in shapes.items():
        stored = source.tensors.get(name)
        if stored is None or stored.shape != shape:
            found = "is missing" if stored is None else f"has the shape {shape_text(stored.shape)}"
            raise ModelError(
                "The weights in {origin} do not fit: {name} {found} where {shape_text} is wanted.",
                "Download or copy it again.",
                origin=source.origin,
                name=name,
                found=found,
                shape_text=shape_text(shape),
            )


def _empty(source: NetworkSource) -> Any:
    if source.make is not None:
        return source.make(source.config)
    network = getattr(engine_part(source.library), source.kind)
    if source.library == "transformers":
        values = source.config.get("text_config", source.config)
        return network(network.config_class.from_dict(dict(values)))
    return network.from_config(dict(source.config))


def _maker(part: Part) -> Callable[[Mapping[str, Any]], Any] | None:
    """What makes a network that no library has the class of; its config is with it, as with those that have one."""
    build = part.build
    if build is None:
        return None

    def made(config: Mapping[str, Any]) -> Any:
        network = build(config)
        if not hasattr(network, "config"):
            network.config = dict(config)
        return network

    return made


def _kind(part: Part, config: Mapping[str, Any]) -> str:
    """The class that a config names, or the usual one."""
    named = (*(config.get("architectures") or ()), config.get("_class_name"))
    return next((kind for kind in part.classes if kind in named), part.classes[0])
