"""The tensors of IP-Adapters as they are published, and of the networks here that are made of them.

After Ye and others, "IP-Adapter: Text Compatible Image Prompt Adapter" (2023, arXiv 2308.06721).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from studio.engine.models.headers import TensorEntry
from studio.engine.models.layouts.slots import Place, Slot, count_of, linear, norm, side_of

Tensors: TypeAlias = Mapping[str, TensorEntry]
ReferenceForm: TypeAlias = Literal["plain", "plus", "full"]
"""What of a picture one is told: a few words made of one vector for all of it; words that are drawn out of what is
said of its spots; or a word for each spot."""

PLACE: Final = Place("", "original")
_PROJECTION: Final = "image_proj"
_KEYS: Final = re.compile(r"ip_adapter\.(\d+)\.to_k_ip\.weight")
_MOST_LAYERS: Final = 32


@dataclass(frozen=True)
class ReferenceShape:
    """How an IP-Adapter is built.

    ``seen`` is the width of what an image encoder says of a picture, or of each spot of it; ``context`` that of the
    text of the models that it is for, and ``widths`` those of their layers that look at it, in the order of the
    adapter. ``words`` are made of a picture, 0 for one for each spot; those of the form "plus" in ``depth`` layers
    ``hidden`` numbers wide, whose attention is ``inner`` and whose middle ``wide``.
    """

    form: ReferenceForm
    seen: int
    context: int
    widths: tuple[int, ...]
    words: int
    hidden: int = 0
    depth: int = 0
    inner: int = 0
    wide: int = 0


def reference_shape(tensors: Tensors) -> ReferenceShape | None:
    """How the IP-Adapter in a file is built; ``None`` for those that want to know a face, or are told in other ways."""
    keys = sorted(int(found[1]) for name in tensors if (found := _KEYS.fullmatch(name)))
    widths = tuple(side_of(tensors, f"ip_adapter.{key}.to_k_ip.weight", 0) for key in keys)
    context = side_of(tensors, f"ip_adapter.{keys[0]}.to_k_ip.weight", 1) if keys else 0
    if f"{_PROJECTION}.proj.weight" in tensors:
        rows, seen = (side_of(tensors, f"{_PROJECTION}.proj.weight", axis) for axis in (0, 1))
        return ReferenceShape("plain", seen, context, widths, rows // max(1, context))
    if f"{_PROJECTION}.proj.3.weight" in tensors:
        return ReferenceShape("full", side_of(tensors, f"{_PROJECTION}.proj.0.weight", 1), context, widths, 0)
    if f"{_PROJECTION}.latents" in tensors:
        return _plus(tensors, context, widths)
    return None


def _plus(tensors: Tensors, context: int, widths: tuple[int, ...]) -> ReferenceShape:
    layer = f"{_PROJECTION}.layers.0"
    return ReferenceShape(
        "plus",
        side_of(tensors, f"{_PROJECTION}.proj_in.weight", 1),
        context,
        widths,
        words=side_of(tensors, f"{_PROJECTION}.latents", 1),
        hidden=side_of(tensors, f"{_PROJECTION}.latents", 2),
        depth=min(count_of(tensors, f"{_PROJECTION}.layers.{{}}.0.to_q.weight"), _MOST_LAYERS),
        inner=side_of(tensors, f"{layer}.0.to_q.weight", 0),
        wide=side_of(tensors, f"{layer}.1.1.weight", 0),
    )


def reference_slots(shape: ReferenceShape) -> tuple[Slot, ...]:
    """All tensors of an IP-Adapter; ``original`` are their names in files."""
    return (*_projection(shape), *_layers(shape))


def _layers(shape: ReferenceShape) -> Iterator[Slot]:
    """Keys and values for each layer of the model; files count all its layers of attention, of which each second
    looks at words."""
    for number, width in enumerate(shape.widths):
        original = f"ip_adapter.{2 * number + 1}"
        yield Slot(f"keys.{number}.weight", f"{original}.to_k_ip.weight", (width, shape.context))
        yield Slot(f"values.{number}.weight", f"{original}.to_v_ip.weight", (width, shape.context))


def _projection(shape: ReferenceShape) -> Iterator[Slot]:
    name, seen, context = _PROJECTION, shape.seen, shape.context
    if shape.form == "plain":
        yield from linear(f"{name}.image_embeds", f"{name}.proj", shape.words * context, seen)
        yield from norm(f"{name}.norm", f"{name}.norm", context)
    elif shape.form == "full":
        yield from linear(f"{name}.ff.net.0.proj", f"{name}.proj.0", seen, seen)
        yield from linear(f"{name}.ff.net.2", f"{name}.proj.2", context, seen)
        yield from norm(f"{name}.norm", f"{name}.proj.3", context)
    else:
        yield from _resampler(shape)


def _resampler(shape: ReferenceShape) -> Iterator[Slot]:
    name, hidden = _PROJECTION, shape.hidden
    yield Slot(f"{name}.latents", f"{name}.latents", (1, shape.words, hidden))
    yield from linear(f"{name}.proj_in", f"{name}.proj_in", hidden, shape.seen)
    yield from linear(f"{name}.proj_out", f"{name}.proj_out", shape.context, hidden)
    yield from norm(f"{name}.norm_out", f"{name}.norm_out", shape.context)
    for number in range(shape.depth):
        yield from _resampler_layer(f"{name}.layers.{number}", shape)


def _resampler_layer(name: str, shape: ReferenceShape) -> Iterator[Slot]:
    hidden, inner, wide = shape.hidden, shape.inner, shape.wide
    for number in (0, 1):
        yield from norm(f"{name}.ln{number}", f"{name}.0.norm{number + 1}", hidden)
    yield Slot(f"{name}.attn.to_q.weight", f"{name}.0.to_q.weight", (inner, hidden))
    for half, part in enumerate("kv"):
        stored = f"{name}.0.to_kv.weight"
        yield Slot(f"{name}.attn.to_{part}.weight", stored, (inner, hidden), "rows", half * inner, 2 * inner)
    yield Slot(f"{name}.attn.to_out.0.weight", f"{name}.0.to_out.weight", (hidden, inner))
    yield from norm(f"{name}.ff.0", f"{name}.1.0", hidden)
    yield Slot(f"{name}.ff.1.net.0.proj.weight", f"{name}.1.1.weight", (wide, hidden))
    yield Slot(f"{name}.ff.1.net.2.weight", f"{name}.1.3.weight", (hidden, wide))
