"""A network that is afterwards as it was before, whatever somebody else's code hung on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_HOOKS: Final = (
    "_forward_hooks",
    "_forward_hooks_with_kwargs",
    "_forward_hooks_always_called",
    "_forward_pre_hooks",
    "_forward_pre_hooks_with_kwargs",
)
"""Where a module of torch keeps what is called around it."""
_OWN: Final = ("processor", "forward")
"""What is run in the place of a layer's own."""


@contextmanager
def unchanged(network: Any) -> Iterator[None]:
    """Afterwards the layers of a network have the hooks, the processors and the ``forward`` that they had."""
    before = [(layer, _hung_on(layer)) for layer in network.modules()]
    try:
        yield
    finally:
        for layer, (hooks, own) in before:
            _restore(layer, hooks, own)


def _hung_on(layer: Any) -> tuple[dict[str, dict[Any, Any]], dict[str, Any]]:
    hooks = {name: dict(getattr(layer, name)) for name in _HOOKS if hasattr(layer, name)}
    return hooks, {name: vars(layer)[name] for name in _OWN if name in vars(layer)}


def _restore(layer: Any, hooks: dict[str, dict[Any, Any]], own: dict[str, Any]) -> None:
    for name, entries in hooks.items():
        kept = getattr(layer, name)
        if kept != entries:
            kept.clear()
            kept.update(entries)
    for name in _OWN:
        if name in own:
            vars(layer)[name] = own[name]
            layer._modules.pop(name, None)  # a processor that is a module lies there
        else:
            vars(layer).pop(name, None)
