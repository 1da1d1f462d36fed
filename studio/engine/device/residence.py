"""Networks that share a device and come to it in turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import torch
from torch.nn import Module, Parameter

from studio.engine.device.memory import give_back

Taken = Callable[[int], None]
"""Told how many bytes came, again and again; may raise, which leaves the network away."""


class Guest(Protocol):
    """A network that is on its device only while it works. It stays the same object, with all its hooks."""

    def come(self, taken: Taken) -> None:
        """Be there, if it is not."""
        ...

    def leave(self) -> bool:
        """Give the device's memory back. Returns whether it was there."""
        ...


class Moved:
    """A network that waits in the memory of another device."""

    def __init__(self, network: Any, work: str, rest: str) -> None:
        self._network = network
        self._work, self._rest = torch.device(work), torch.device(rest)

    def come(self, taken: Taken) -> None:  # noqa: ARG002 - nothing is read
        self._bring(self._work)

    def leave(self) -> bool:
        return self._bring(self._rest)

    def _bring(self, device: torch.device) -> bool:
        is_elsewhere = any(parameter.device != device for parameter in self._network.parameters())
        if is_elsewhere:
            self._network.to(device)
        return is_elsewhere


class ReadAgain:
    """A network that is nowhere while it is away, and read again by ``read``, which makes another like it."""

    def __init__(self, network: Module, read: Callable[[Taken], Module]) -> None:
        self._network = network
        self._read = read

    def come(self, taken: Taken) -> None:
        if is_away(self._network):
            fresh = dict(self._read(taken).named_modules())
            for name, module in self._network.named_modules():
                module._parameters.update(fresh[name]._parameters)
                module._buffers.update(fresh[name]._buffers)

    def leave(self) -> bool:
        if is_away(self._network):
            return False
        for module in self._network.modules():
            for name, parameter in module._parameters.items():
                if parameter is not None:
                    module._parameters[name] = Parameter(parameter.to("meta"), requires_grad=False)
        return True


def is_away(network: Module) -> bool:
    """Whether a network has no weights at the moment."""
    return any(parameter.is_meta for parameter in network.parameters())


class Residence:
    """Who is on the device: at first everybody but those guests that came empty. Nothing is done for those who stay.

    ``encoders`` leave when pictures are drawn, the ``drawing`` ones when prompts are encoded.
    """

    def __init__(self, encoders: Sequence[Guest] = (), drawing: Sequence[Guest] = ()) -> None:
        self._encoders, self._drawing = tuple(encoders), tuple(drawing)
        self.taken: Taken = lambda _count: None
        """Told of what is read, to raise where that is to end."""

    def encode(self) -> None:
        """Prompts are encoded now."""
        self._change(self._drawing, self._encoders)

    def draw(self) -> None:
        """Pictures are drawn now."""
        self._change(self._encoders, self._drawing)

    def _change(self, going: tuple[Guest, ...], coming: tuple[Guest, ...]) -> None:
        left = [guest.leave() for guest in going]
        if any(left):
            give_back()
        for guest in coming:
            guest.come(self.taken)
