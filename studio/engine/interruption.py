"""A cancel that acts inside the networks, between two layers: to decode a large picture is one call of many seconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import torch

from studio.generation import CancelToken


@contextmanager
def stopping_at(cancel: CancelToken, networks: Iterable[torch.nn.Module]) -> Iterator[None]:
    """Within this every layer of the networks looks at the token before it works, and raises `Cancelled`.

    What only holds other layers does not look: the first of them does at once, and a look costs time.
    """

    def look(_layer: torch.nn.Module, _given: Any) -> None:
        cancel.raise_if_cancelled()

    layers = {layer for network in networks for layer in network.modules() if not any(layer.children())}
    hooks = [layer.register_forward_pre_hook(look) for layer in layers]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()
