"""How the files that people own name the layers of networks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import torch
from torch.nn import Conv2d, Linear, Module

from studio.engine.models.layouts.slots import HEAD, Slot

DENOISER: Final = "denoiser"
"""The network that draws; the others are "text_encoder" and "text_encoder_2"."""

_PREFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "text_encoder_2": (
        "lora_te2_",
        "lora_te3_",
        "text_encoder_2_",
        "te2_",
        "te3_",
        "text_encoders_clip_g_transformer_",
        "text_encoders_t5xxl_transformer_",
    ),
    "text_encoder": (
        "lora_te_",
        "lora_te1_",
        "text_encoder_",
        "te1_",
        "te_",
        "text_encoders_clip_l_transformer_",
        "text_encoders_clip_h_transformer_",
        "lora_te3_",
        "text_encoders_t5xxl_transformer_",
    ),
    DENOISER: (
        "lora_unet_",
        "unet_",
        "lora_transformer_",
        "transformer_",
        "lycoris_",
        "model_diffusion_model_",
        "diffusion_model_",
        "",
    ),
}
"""What stands in front of a layer's name, with underscores for points."""

_AROUND: Final = "base_model_model_"
"""What PEFT puts in front of all names."""
_OLD_PROCESSOR: Final = ("_processor_", "_")
_WHOLE_HEAD: Final = HEAD.replace(".", "_")


NOWHERE: Final[Mapping[str, torch.device]] = MappingProxyType({})
"""Networks are where they work."""

SlotsOf: TypeAlias = Callable[[Mapping[str, Any]], tuple[Slot, ...] | None]
"""The tensors of a network by its config."""


@dataclass(frozen=True)
class Target:
    """A layer of a network that a change is for; of one that was made for several layers as one, its ``count`` rows
    from ``start``, or all for a count of 0."""

    network: str
    layer: str
    start: int = 0
    count: int = 0


class LayerNames:
    """The layers of a model by the names that adapters have for them.

    ``networks`` are by the names of this module, and so is what tells the names of their tensors in first releases.
    ``homes`` are the devices where networks work that may be elsewhere at the moment.
    """

    def __init__(
        self, networks: Mapping[str, Module], slots: Mapping[str, SlotsOf], homes: Mapping[str, torch.device] = NOWHERE
    ) -> None:
        self._networks = networks
        self._slots = slots
        self._homes = homes

    def find(self, stem: str) -> tuple[Target, ...]:
        """What a tensor's name begins with: a layer, or several that were one; none that the model has not."""
        name = stem.replace(".", "_").replace(*_OLD_PROCESSOR).removeprefix(_AROUND)
        for network, prefixes in _PREFIXES.items():
            for prefix in prefixes:
                if name.startswith(prefix) and (found := self._targets(network, name[len(prefix) :])):
                    return found
        return ()

    def layer(self, network: str, name: str) -> Module:
        """A layer that was found."""
        return self._networks[network].get_submodule(name)

    def home(self, network: str) -> torch.device | None:
        """The device where a network works; ``None`` where it always is there."""
        return self._homes.get(network)

    def _targets(self, network: str, flat: str) -> tuple[Target, ...]:
        known = self._flat.get(network, {})
        # What goes out of an attention is a list of which the first is the layer.
        return known.get(flat) or known.get(f"{flat}_0") or ()

    @cached_property
    def _flat(self) -> Mapping[str, Mapping[str, tuple[Target, ...]]]:
        return {name: _flat_names(name, network, self._slots[name]) for name, network in self._networks.items()}


def _flat_names(network: str, module: Module, slots_of: SlotsOf) -> dict[str, tuple[Target, ...]]:
    own = [name for name, layer in module.named_modules() if isinstance(layer, Linear | Conv2d)]
    found = _originals(network, module, slots_of, frozenset(own))
    for name in own:
        target = (Target(network, name),)
        found[_flat(name)] = target
        # Text encoders have a head around their layers, or had.
        found[_WHOLE_HEAD + _flat(name)] = found[_flat(name.removeprefix(HEAD))] = target
    return found


def _originals(network: str, module: Module, slots_of: SlotsOf, own: frozenset[str]) -> dict[str, tuple[Target, ...]]:
    """Layers by their names in files of the first releases; several where those were stored as one."""
    config: Any = getattr(module, "config", None)
    values = config.to_dict() if hasattr(config, "to_dict") else dict(config or {})
    found: dict[str, tuple[Target, ...]] = {}
    for slot in slots_of(values) or ():
        name, original = slot.name.removesuffix(".weight"), slot.original.removesuffix(".weight")
        layer = next((each for each in (name, name.removeprefix(HEAD)) if each in own), None)
        if layer is None or name == slot.name or original == slot.original or slot.taken in _TURNED:
            continue
        part = Target(network, layer, slot.first_row, slot.shape[0] if slot.rows_stored != slot.shape[0] else 0)
        found[_flat(original)] = (*found.get(_flat(original), ()), part)
    return found


_TURNED: Final = ("transposed", "swapped")
"""Layers that are stored in such a way that a change of them is another."""


def _flat(name: str) -> str:
    return name.replace(".", "_")
