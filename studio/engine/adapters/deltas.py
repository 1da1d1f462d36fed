"""What an adapter adds to one layer, for each of the published ways to write a small change of a large matrix."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

import torch
from torch.nn import Conv2d, Module
from torch.nn.functional import conv2d, linear

from studio.engine.models.packed_layers import PackedLinear

_Delta = TypeVar("_Delta", bound="Delta")


@dataclass(frozen=True, eq=False)
class Delta(ABC):
    """A change of a layer's weight that stays beside it; ``scale`` is that of its maker."""

    scale: float

    @abstractmethod
    def output(self, layer: Module, given: torch.Tensor) -> torch.Tensor:
        """What the change alone makes of the layer's input, in the shape of its output."""

    def to(self: _Delta, device: torch.device, dtype: torch.dtype) -> _Delta:
        """The same on a device in a number format."""
        return replace(self, **{name: _moved(value, device, dtype) for name, value in _tensors(self).items()})

    def rows(self: _Delta, start: int, count: int) -> _Delta | Whole | None:
        """What it changes in some rows of the layer alone, where it was made for several layers as one; ``None`` where
        that cannot be told."""
        return None

    @property
    def is_finite(self) -> bool:
        """Whether all of its numbers are some."""
        return all(bool(torch.isfinite(tensor).all()) for tensor in _flat(self))


@dataclass(frozen=True, eq=False)
class LowRank(Delta):
    """``up @ down`` (Hu et al. 2021, arXiv 2106.09685). For convolutions ``down`` has the layer's kernel, or is
    pointwise with ``mid`` behind it, which has it."""

    down: torch.Tensor
    up: torch.Tensor
    mid: torch.Tensor | None = None

    def rows(self, start: int, count: int) -> LowRank:
        return replace(self, up=self.up[start : start + count])

    def output(self, layer: Module, given: torch.Tensor) -> torch.Tensor:
        given = given.to(self.down.dtype)
        if not isinstance(layer, Conv2d):
            return linear(linear(given, self.down), self.up) * self.scale
        if self.mid is None:
            narrow = _through(layer, given, self.down)
        else:
            narrow = _through(layer, conv2d(given, self.down), self.mid)
        return conv2d(narrow, self.up) * self.scale


@dataclass(frozen=True, eq=False)
class Rebuilt(Delta):
    """A change whose weight is made whole each time it is used, so that only its small parts take memory."""

    @abstractmethod
    def weight(self, layer: Module) -> torch.Tensor:
        """The change without ``scale``, of as many numbers as the layer's weight."""

    def output(self, layer: Module, given: torch.Tensor) -> torch.Tensor:
        change = self.weight(layer).reshape(shape_of(layer)) * self.scale
        given = given.to(change.dtype)
        return _through(layer, given, change) if isinstance(layer, Conv2d) else linear(given, change)


@dataclass(frozen=True, eq=False)
class Hadamard(Rebuilt):
    """LoHa: the product, number by number, of two changes of low rank (Hyeon-Woo et al. 2021, arXiv 2108.06098).

    ``core_1`` and ``core_2`` are there for convolutions that are decomposed along their kernels too.
    """

    left_1: torch.Tensor
    right_1: torch.Tensor
    left_2: torch.Tensor
    right_2: torch.Tensor
    core_1: torch.Tensor | None = None
    core_2: torch.Tensor | None = None

    def rows(self, start: int, count: int) -> Hadamard | None:
        if self.core_1 is not None:
            return None
        first, second = (left[start : start + count] for left in (self.left_1, self.left_2))
        return replace(self, left_1=first, left_2=second)

    def weight(self, layer: Module) -> torch.Tensor:
        first = _product(self.left_1, self.right_1, self.core_1)
        return first * _product(self.left_2, self.right_2, self.core_2)


@dataclass(frozen=True, eq=False)
class Kronecker(Rebuilt):
    """LoKr: the Kronecker product of two matrices, each whole or of low rank (Yeh et al. 2023, arXiv 2309.14859)."""

    first: torch.Tensor | tuple[torch.Tensor, torch.Tensor]
    second: torch.Tensor | tuple[torch.Tensor, torch.Tensor]
    core: torch.Tensor | None = None

    def rows(self, start: int, count: int) -> Whole | None:
        return None if self.core is not None else Whole(self.scale, self._whole()[start : start + count].clone())

    def weight(self, layer: Module) -> torch.Tensor:
        return self._whole()

    def _whole(self) -> torch.Tensor:
        first = self.first if isinstance(self.first, torch.Tensor) else self.first[0] @ self.first[1]
        second = self.second if isinstance(self.second, torch.Tensor) else _product(*self.second, self.core)
        return torch.kron(first.reshape(*first.shape[:2], *[1] * (second.dim() - 2)), second.contiguous())


@dataclass(frozen=True, eq=False)
class Whole(Rebuilt):
    """A full difference, with one of the bias, ``(out,)``, where there is one."""

    change: torch.Tensor
    bias: torch.Tensor | None = None

    def rows(self, start: int, count: int) -> Whole:
        bias = None if self.bias is None else self.bias[start : start + count]
        return replace(self, change=self.change[start : start + count], bias=bias)

    def weight(self, layer: Module) -> torch.Tensor:
        return self.change

    def output(self, layer: Module, given: torch.Tensor) -> torch.Tensor:
        found = super().output(layer, given)
        if self.bias is None:
            return found
        return found + (self.bias.reshape(-1, 1, 1) if isinstance(layer, Conv2d) else self.bias) * self.scale


@dataclass(frozen=True, eq=False)
class Decomposed(Rebuilt):
    """DoRA (Liu et al. 2024, arXiv 2402.09353): the changed weight is brought to lengths of its own.

    ``lengths`` are those of its rows, ``(out, 1, ...)``, or of its columns, ``(1, in, ...)``. Its weight alone is small
    beside the layer's, of which it is a difference, so it is taken in float32.
    """

    change: Delta
    lengths: torch.Tensor

    def rows(self, start: int, count: int) -> Decomposed | None:
        """Of lengths of rows those of the same; lengths of columns are those of all rows together."""
        change = self.change.rows(start, count)
        if change is None or self.lengths.shape[0] == 1:
            return None
        return replace(self, change=change, lengths=self.lengths[start : start + count])

    def to(self, device: torch.device, dtype: torch.dtype) -> Decomposed:
        """Lengths that are rounded would scale whole rows, so they stay in float32."""
        return replace(self, change=self.change.to(device, dtype), lengths=self.lengths.to(device, torch.float32))

    def weight(self, layer: Module) -> torch.Tensor:
        whole = weight_of(layer).float()
        change = full_weight(self.change, layer)
        changed = whole + change.float().reshape(whole.shape)
        kept = 0 if self.lengths.shape[0] == whole.shape[0] else 1
        sides = [side for side in range(whole.dim()) if side != kept]
        lengths = self.lengths.reshape([-1 if side == kept else 1 for side in range(whole.dim())])
        norms = torch.linalg.vector_norm(changed, dim=sides, keepdim=True).clamp_min(torch.finfo(torch.float32).eps)
        difference: torch.Tensor = changed * (lengths / norms) - whole
        return difference.to(change.dtype)


def weight_of(layer: Module) -> torch.Tensor:
    """The weight of a matrix or convolution; numbers in bfloat16 where the layer packs them."""
    if isinstance(layer, PackedLinear):
        return layer.unpacked(torch.bfloat16)
    return cast(torch.Tensor, layer.weight)


def shape_of(layer: Module) -> tuple[int, ...]:
    """The shape of the weight of a matrix or convolution, also where the layer packs it."""
    if isinstance(layer, PackedLinear):
        return layer.out_features, layer.in_features
    return tuple(cast(torch.Tensor, layer.weight).shape)


def full_weight(delta: Delta, layer: Module) -> torch.Tensor:
    """A change as a whole matrix, scaled."""
    if isinstance(delta, LowRank):
        if delta.mid is not None:
            turned = torch.einsum("ijkl,jr,pi->prkl", delta.mid, delta.down.flatten(1), delta.up.flatten(1))
            return turned * delta.scale
        return (delta.up.flatten(1) @ delta.down.flatten(1)) * delta.scale
    if isinstance(delta, Rebuilt):
        return delta.weight(layer) * delta.scale
    raise TypeError(type(delta).__name__)


def _product(left: torch.Tensor, right: torch.Tensor, core: torch.Tensor | None) -> torch.Tensor:
    """``left @ right``; with the ``core`` (rank, rank, h, w) of a convolution both are ``(rank, width)``."""
    if core is None:
        return left @ right
    return torch.einsum("ijkl,jr,ip->prkl", core, right, left)


def _through(layer: Conv2d, given: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """A convolution that goes over its input as a layer does."""
    return conv2d(given, weight, None, layer.stride, layer.padding, layer.dilation, layer.groups)


def _tensors(delta: Delta) -> dict[str, Any]:
    found = {each.name: getattr(delta, each.name) for each in fields(delta)}
    return {name: value for name, value in found.items() if not isinstance(value, float) and value is not None}


def _flat(value: Any) -> Iterator[torch.Tensor]:
    """All tensors in a value."""
    if isinstance(value, torch.Tensor):
        yield value
    for inner in value if isinstance(value, tuple) else _tensors(value).values() if isinstance(value, Delta) else ():
        yield from _flat(inner)


def _moved(value: Any, device: torch.device, dtype: torch.dtype) -> Any:
    if isinstance(value, tuple):
        return tuple(_moved(each, device, dtype) for each in value)
    return value.to(device, dtype)
