"""Control networks: what they make of a picture is added to the layers of the network that draws.

After Zhang and others, "Adding Conditional Control to Text-to-Image Diffusion Models" (2023, arXiv 2302.05543), and Mou
and others, "T2I-Adapter" (2023, arXiv 2302.08453).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Final, Protocol

import torch

from studio.api import (
    InfluenceGuide,
    InfluenceModel,
    InfluenceStep,
    InfluenceWindow,
    NetworkInput,
    SamplingInfluence,
)

_DOWN: Final = "down_block_additional_residuals"
_MIDDLE: Final = "mid_block_additional_residual"
_WITHIN: Final = "down_intrablock_additional_residuals"
_AT_LAYERS: Final = "controlnet_block_samples"

Residuals = dict[str, dict[int, torch.Tensor]]
"""What is added where, by the names of the network's arguments and the numbers of its layers or blocks."""


class PictureReader(Protocol):
    """A control network with its picture, or pictures."""

    def residuals(self, step: InfluenceStep, inputs: Mapping[str, Any]) -> Residuals | None:
        """What it adds at a step; ``None`` while it is not felt."""
        ...

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> PictureReader:
        """The same for a window on latents of so many rows and columns: its picture is cut as they are."""
        ...


class Controls(SamplingInfluence):
    """Adds what all ``readers`` make of their pictures. They see the latents of the ``model`` and the prompt."""

    def __init__(self, model: InfluenceModel, readers: Sequence[PictureReader]) -> None:
        self._model = model
        self._readers = tuple(readers)

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> NetworkInput:
        inputs = self._model.inputs(replace(given, sample=given.sample[:, : self._model.channels]))
        made = [each.residuals(step, inputs) for each in self._readers]
        added = reduce(_sum, (residuals for residuals in made if residuals is not None), Residuals())
        steered = {name: _on_top(_as_given(name, each), given.extras.get(name)) for name, each in added.items()}
        return replace(given, extras={**given.extras, **steered})

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> Controls:
        return Controls(self._model, [each.within(window, cells) for each in self._readers])


@dataclass(frozen=True, eq=False)
class PlainControl:
    """A ControlNet; ``picture`` is (1, 3, height, width) in 0..1, in its number format."""

    network: Any
    guide: InfluenceGuide
    picture: torch.Tensor

    def residuals(self, step: InfluenceStep, inputs: Mapping[str, Any]) -> Residuals | None:
        if not self.guide.acts_at(step):
            return None
        down, middle = self.network(
            **inputs,
            controlnet_cond=_in_rows(self.picture, inputs),
            conditioning_scale=self.guide.strength,
            return_dict=False,
        )
        return {_DOWN: dict(enumerate(down)), _MIDDLE: {0: middle}}

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> PictureReader:
        return replace(self, picture=window.of(self.picture, cells))


@dataclass(frozen=True, eq=False)
class UnionControl:
    """A ControlNet Union with all that it reads at once: pictures as for `PlainControl`, each with its kind's place."""

    network: Any
    guides: tuple[InfluenceGuide, ...]
    places: tuple[int, ...]
    pictures: tuple[torch.Tensor, ...]

    def residuals(self, step: InfluenceStep, inputs: Mapping[str, Any]) -> Residuals | None:
        felt = [place for place, each in enumerate(self.guides) if each.acts_at(step)]
        if not felt:
            return None
        places = [self.places[place] for place in felt]
        down, middle = self.network(
            **inputs,
            controlnet_cond=[_in_rows(self.pictures[place], inputs) for place in felt],
            control_type=self._kinds(places, inputs["sample"]),
            control_type_idx=places,
            conditioning_scale=[self.guides[place].strength for place in felt],
            return_dict=False,
        )
        return {_DOWN: dict(enumerate(down)), _MIDDLE: {0: middle}}

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> PictureReader:
        return replace(self, pictures=tuple(window.of(each, cells) for each in self.pictures))

    def _kinds(self, places: Sequence[int], sample: torch.Tensor) -> torch.Tensor:
        """1 for each kind that is there: (n, kinds)."""
        kinds = torch.zeros(len(sample), self.network.config.num_control_type, dtype=sample.dtype, device=sample.device)
        kinds[:, list(places)] = 1.0
        return kinds


@dataclass(frozen=True, eq=False)
class AdapterControl:
    """What a T2I-Adapter makes of a picture, which is the same at every step: features of the UNet's blocks."""

    guide: InfluenceGuide
    features: tuple[torch.Tensor, ...]

    def residuals(self, step: InfluenceStep, inputs: Mapping[str, Any]) -> Residuals | None:
        if not self.guide.acts_at(step):
            return None
        felt = (_in_rows(each, inputs) * self.guide.strength for each in self.features)
        return {_WITHIN: dict(enumerate(felt))}

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> PictureReader:
        return replace(self, features=tuple(window.of(each, cells) for each in self.features))


@dataclass(frozen=True, eq=False)
class TransformerControl:
    """A ``ZImageControlNetModel``; ``picture`` are the latents of its picture, (1, channels, 1, h, w), in its number
    format, with nothing where it could be shown what is kept."""

    network: Any
    guide: InfluenceGuide
    picture: torch.Tensor

    def residuals(self, step: InfluenceStep, inputs: Mapping[str, Any]) -> Residuals | None:
        if not self.guide.acts_at(step):
            return None
        pictures = self.picture.expand(len(inputs["x"]), -1, -1, -1, -1)
        return {_AT_LAYERS: self.network(**inputs, control_context=pictures, conditioning_scale=self.guide.strength)}

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> PictureReader:
        return replace(self, picture=window.of(self.picture, cells))


@dataclass(frozen=True, eq=False)
class Confined:
    """A control network that is felt in a part of the picture: ``mask`` is float32 (1, 1, height, width) in 0..1."""

    reader: PictureReader
    mask: torch.Tensor

    def residuals(self, step: InfluenceStep, inputs: Mapping[str, Any]) -> Residuals | None:
        made = self.reader.residuals(step, inputs)
        if made is None:
            return None
        return {name: {place: self._within(each) for place, each in added.items()} for name, added in made.items()}

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> PictureReader:
        return replace(self, reader=self.reader.within(window, cells), mask=window.of(self.mask, cells))

    def _within(self, residual: torch.Tensor) -> torch.Tensor:
        """(n, channels, h, w), of any size, where the mask is."""
        height, width = residual.shape[-2:]
        return residual * torch.nn.functional.adaptive_avg_pool2d(self.mask, (height, width)).to(residual)


def _in_rows(tensor: torch.Tensor, inputs: Mapping[str, Any]) -> torch.Tensor:
    """The same for each of the latents."""
    return tensor.expand(len(inputs["sample"]), -1, -1, -1)


def _sum(first: Residuals, second: Residuals) -> Residuals:
    both = {name: _summed(first[name], second[name]) for name in first.keys() & second}
    return {**first, **second, **both}


def _summed(first: dict[int, torch.Tensor], second: dict[int, torch.Tensor]) -> dict[int, torch.Tensor]:
    return {**first, **second, **{place: first[place] + second[place] for place in first.keys() & second}}


def _as_given(name: str, residuals: dict[int, torch.Tensor]) -> Any:
    """Residuals as the network takes them."""
    if name == _AT_LAYERS:
        return residuals
    return residuals[0] if name == _MIDDLE else list(residuals.values())


def _on_top(made: Any, there: Any) -> Any:
    """Residuals with those that something else gives already, as the network takes both."""
    if there is None:
        return made
    if isinstance(made, Mapping):
        return _summed(dict(there), dict(made))
    return there + made if isinstance(made, torch.Tensor) else [a + b for a, b in zip(there, made, strict=True)]
