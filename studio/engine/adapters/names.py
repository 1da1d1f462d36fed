"""How the files that people own name the layers of networks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final

from torch.nn import Conv2d, Linear, Module

from studio.engine.models.layouts.slots import HEAD, Slot
from studio.engine.models.layouts.text_encoders import clip_slots
from studio.engine.models.layouts.unet import unet_slots

DENOISER: Final = "denoiser"
"""The network that draws; the others are "text_encoder" and "text_encoder_2"."""

_PREFIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "text_encoder_2": ("lora_te2_", "text_encoder_2_", "te2_", "text_encoders_clip_g_transformer_"),
    "text_encoder": (
        "lora_te_",
        "lora_te1_",
        "text_encoder_",
        "te1_",
        "te_",
        "text_encoders_clip_l_transformer_",
        "text_encoders_clip_h_transformer_",
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


class LayerNames:
    """The layers of a model by the names that adapters have for them. ``networks`` are by the names of this module."""

    def __init__(self, networks: Mapping[str, Module]) -> None:
        self._networks = networks

    def find(self, stem: str) -> tuple[str, str] | None:
        """(network, layer) of what a tensor's name begins with; ``None`` for a layer that the model has not."""
        name = stem.replace(".", "_").replace(*_OLD_PROCESSOR).removeprefix(_AROUND)
        for network, prefixes in _PREFIXES.items():
            for prefix in prefixes:
                if name.startswith(prefix) and (layer := self._layer(network, name[len(prefix) :])):
                    return network, layer
        return None

    def layer(self, network: str, name: str) -> Module:
        """A layer that was found."""
        return self._networks[network].get_submodule(name)

    def _layer(self, network: str, flat: str) -> str | None:
        known = self._flat.get(network, {})
        # What goes out of an attention is a list of which the first is the layer.
        return known.get(flat) or known.get(f"{flat}_0")

    @cached_property
    def _flat(self) -> Mapping[str, Mapping[str, str]]:
        return {name: _flat_names(network) for name, network in self._networks.items()}


def _flat_names(network: Module) -> dict[str, str]:
    own = [name for name, layer in network.named_modules() if isinstance(layer, Linear | Conv2d)]
    found = {_flat(original): name for name, original in _originals(network, frozenset(own))}
    for name in own:
        found[_flat(name)] = name
        # Text encoders have a head around their layers, or had.
        found[_WHOLE_HEAD + _flat(name)] = found[_flat(name.removeprefix(HEAD))] = name
    return found


def _originals(network: Module, own: frozenset[str]) -> list[tuple[str, str]]:
    """(name, name in files of the first releases) of layers that are stored as they are."""
    config: Any = getattr(network, "config", None)
    values = config.to_dict() if hasattr(config, "to_dict") else dict(config or {})
    slots = (unet_slots(values) if "down_block_types" in values else clip_slots(values)) or ()
    return [pair for slot in slots if (pair := _pair(slot, own)) is not None]


def _pair(slot: Slot, own: frozenset[str]) -> tuple[str, str] | None:
    name, original = slot.name.removesuffix(".weight"), slot.original.removesuffix(".weight")
    if slot.taken not in ("whole", "matrix") or name == slot.name or original == slot.original:
        return None
    return next(((each, original) for each in (name, name.removeprefix(HEAD)) if each in own), None)


def _flat(name: str) -> str:
    return name.replace(".", "_")
