"""The tensors of diffusers' ``ZImageTransformer2DModel``, told by its config."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from studio.engine.models.layouts.slots import Slot, Taken, linear

_TIME: Final = 256
_TIME_INNER: Final = 1024
_THIRDS: Final[tuple[tuple[str, Taken], ...]] = (
    ("to_q", "first third"),
    ("to_k", "second third"),
    ("to_v", "last third"),
)


def z_image_slots(config: Mapping[str, Any]) -> tuple[Slot, ...] | None:
    """All tensors of the transformer with this config; ``None`` for one that cannot be read or is shown pictures."""
    try:
        return tuple(_slots(config)) if config.get("siglip_feat_dim") is None else None
    except (KeyError, TypeError, ValueError):
        return None


def _slots(config: Mapping[str, Any]) -> Iterator[Slot]:
    width, words = int(config["dim"]), int(config["cap_feat_dim"])
    patches = tuple(zip(config["all_patch_size"], config["all_f_patch_size"], strict=True))
    values = int(config["in_channels"]) * int(patches[0][0]) ** 2 * int(patches[0][1])
    key = "-".join(map(str, patches[0]))
    yield from linear(f"all_x_embedder.{key}", "x_embedder", width, values)
    yield from linear(f"all_final_layer.{key}.linear", "final_layer.linear", values, width)
    modulation = "adaLN_modulation.1"
    yield from linear(f"all_final_layer.{key}.{modulation}", f"final_layer.{modulation}", width, min(width, _TIME))
    for name, out, given in (("0", _TIME_INNER, _TIME), ("2", min(width, _TIME), _TIME_INNER)):
        yield from _same(f"t_embedder.mlp.{name}", out, given)
    yield _scale("cap_embedder.0", words)
    yield from _same("cap_embedder.1", width, words)
    for pad in ("x_pad_token", "cap_pad_token"):
        yield Slot(pad, pad, (1, width))
    yield from _blocks(width, config)


def _blocks(width: int, config: Mapping[str, Any]) -> Iterator[Slot]:
    refiners = int(config["n_refiner_layers"])
    for number in range(refiners):
        yield from _block(f"context_refiner.{number}", width, config, modulated=False)
        yield from _block(f"noise_refiner.{number}", width, config)
    for number in range(int(config["n_layers"])):
        yield from _block(f"layers.{number}", width, config)


def _block(name: str, width: int, config: Mapping[str, Any], *, modulated: bool = True) -> Iterator[Slot]:
    inner = int(width / 3 * 8)
    for norm in ("attention_norm1", "attention_norm2", "ffn_norm1", "ffn_norm2"):
        yield _scale(f"{name}.{norm}", width)
    for own, third in _THIRDS:
        yield Slot(f"{name}.attention.{own}.weight", f"{name}.attention.qkv.weight", (width, width), third)
    yield from linear(f"{name}.attention.to_out.0", f"{name}.attention.out", width, width, bias=False)
    if config.get("qk_norm", True):
        head = width // int(config["n_heads"])
        for which in "qk":
            yield Slot(f"{name}.attention.norm_{which}.weight", f"{name}.attention.{which}_norm.weight", (head,))
    for own, out, given in (("w1", inner, width), ("w2", width, inner), ("w3", inner, width)):
        yield from _same(f"{name}.feed_forward.{own}", out, given, bias=False)
    if modulated:
        yield from _same(f"{name}.adaLN_modulation.0", 4 * width, min(width, _TIME))


def _same(name: str, width: int, given: int, *, bias: bool = True) -> Iterator[Slot]:
    yield from linear(name, name, width, given, bias=bias)


def _scale(name: str, width: int) -> Slot:
    return Slot(f"{name}.weight", f"{name}.weight", (width,))
