"""The adapters that a loaded model wears: its own weights stay as they are, and so does the model without them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import torch
from torch.nn import Module

from studio.engine.adapters.deltas import Delta
from studio.engine.adapters.names import DENOISER, NOWHERE, LayerNames, SlotsOf
from studio.engine.adapters.reading import Adapter, read_adapter
from studio.engine.models.headers import FileKey, file_key
from studio.engine.models.loras import WantedLora
from studio.message import Message

_SPARE: Final = 4
"""So many adapters stay loaded after they were last worn: to switch one on again is then at once."""

_Worn = list[tuple[Delta, float]]


class Adapters:
    """Puts adapters on the networks of one model and takes them off.

    What they add is computed beside each layer and added to its output. Nothing is fused, so that without them the
    model is bit by bit what it was, and another weight is another number. The arguments are those of
    `LayerNames`.
    """

    def __init__(
        self, networks: Mapping[str, Module], slots: Mapping[str, SlotsOf], homes: Mapping[str, torch.device] = NOWHERE
    ) -> None:
        self._names = LayerNames(networks, slots, homes)
        self._loaded: OrderedDict[FileKey, Adapter] = OrderedDict()
        self._worn: tuple[tuple[FileKey, float, float], ...] = ()
        self._held: frozenset[FileKey] = frozenset()
        self._hooks: list[Any] = []

    @property
    def text_mark(self) -> Hashable:
        """What the text encoders wear: prompts that were encoded with the same mark need not be encoded again."""
        return tuple((key, text) for key, _, text in self._worn if text and _changes_text(self._loaded[key]))

    def wear(self, wanted: Sequence[WantedLora], check: Callable[[], object]) -> tuple[str, ...]:
        """Have the model wear these and no others; notes for the person about what of them does not fit.

        ``check`` is called while files are read, to raise where it is to end. Raises `ModelError` for a file that is
        damaged or fits nowhere. Whatever is raised, the model wears what it wore.
        """
        asked = tuple((file_key(each.info.path), each.weight, each.text_weight) for each in wanted)
        for (key, _, _), each in zip(asked, wanted, strict=True):
            self._load(key, each, check)
        if asked != self._worn:
            self._put_on(asked)
        self._forget()
        return tuple(note for (key, _, _), each in zip(asked, wanted, strict=True) for note in self._doubts(key, each))

    def hold(self, wanted: Iterable[WantedLora], check: Callable[[], object]) -> None:
        """Have these loaded, and keep them so until others are held: they are worn in turns. Raises as `wear`."""
        held = {file_key(each.info.path): each for each in wanted}
        for key, each in held.items():
            self._load(key, each, check)
        self._held = frozenset(held)

    def _load(self, key: FileKey, wanted: WantedLora, check: Callable[[], object]) -> None:
        if key not in self._loaded:
            self._loaded[key] = read_adapter(wanted.info.path, self._names, check)
        self._loaded.move_to_end(key)

    def _put_on(self, asked: tuple[tuple[FileKey, float, float], ...]) -> None:
        layers: dict[tuple[str, str], _Worn] = {}
        for key, weight, text_weight in asked:
            for place, delta in self._loaded[key].layers.items():
                strength = weight if place[0] == DENOISER else text_weight
                if strength:
                    layers.setdefault(place, []).append((delta, strength))
        for hook in self._hooks:
            hook.remove()
        self._hooks = [
            self._names.layer(*place).register_forward_hook(_Adding(tuple(worn))) for place, worn in layers.items()
        ]
        self._worn = asked

    def _forget(self) -> None:
        """Release what was not worn for long."""
        worn = {key for key, _, _ in self._worn}
        spare = [key for key in self._loaded if key not in worn | self._held]
        for key in spare[: max(0, len(spare) - _SPARE)]:
            del self._loaded[key]

    def _doubts(self, key: FileKey, wanted: WantedLora) -> tuple[str, ...]:
        adapter = self._loaded[key]
        if not adapter.unmatched:
            return ()
        return (
            Message(
                "{count} tensors of the LoRA {name} fit no layer of the model and were left out, such as {example}.",
                count=len(adapter.unmatched),
                name=wanted.info.name,
                example=adapter.unmatched[0][:80],
            ),
        )


@dataclass(frozen=True, eq=False)
class _Adding:
    """A hook that adds what some changes make of a layer's input to its output."""

    worn: tuple[tuple[Delta, float], ...]

    def __call__(self, layer: Module, given: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
        for delta, strength in self.worn:
            output = output + (delta.output(layer, given[0]) * strength).to(output.dtype)
        return output


def _changes_text(adapter: Adapter) -> bool:
    return any(network != DENOISER for network, _ in adapter.layers)
