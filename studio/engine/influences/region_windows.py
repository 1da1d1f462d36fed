"""Regions that are drawn each for itself at first, for networks that were taught one thing a picture.

As in "MultiDiffusion" (Bar-Tal and others 2023, arXiv 2302.08113) a network is shown a window around each region with
the words of that region, and what it says is put together by the regions' masks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import torch

from studio.engine.families.denoiser import Denoiser, NetworkInput
from studio.engine.influences.region_words import RegionWords
from studio.engine.prompts import PromptEmbedding
from studio.engine.sampling import Influence
from studio.engine.schedule import Step

_ALIGNED: Final = 8
"""Windows begin and end at multiples of so many cells, which networks can halve three times."""


@dataclass(frozen=True)
class Window:
    """The cells around a region, from ``top`` and ``left`` to before ``bottom`` and ``right``."""

    top: int
    left: int
    bottom: int
    right: int

    def of(self, tensor: torch.Tensor) -> torch.Tensor:
        """The part of (..., h, w) in it."""
        return tensor[..., self.top : self.bottom, self.left : self.right]


class RegionWindows(Influence):
    """A denoiser that for the first ``share`` of the steps, 0..1, is asked for each region in a window of its own.

    It is told of the steps as an influence. ``windowed`` is asked for windows, whose sides are ``least`` cells or more,
    and ``whole`` for all at once; ``alone`` is called before each window with the place of its region, ``together``
    before all are drawn as one.
    """

    def __init__(
        self,
        whole: Denoiser,
        windowed: Denoiser,
        words: RegionWords,
        *,
        share: float,
        least: int,
        alone: Callable[[int], object],
        together: Callable[[], object],
    ) -> None:
        self._whole, self._windowed = whole, windowed
        self._words = words
        self._share = share
        self._alone, self._together = alone, together
        self._windows = tuple(window_around(mask, least) for mask in words.masks)
        self._regions: tuple[tuple[PromptEmbedding, ...] | None, ...] = ()

    @property
    def network(self) -> Any:
        return self._windowed.network

    @property
    def device(self) -> torch.device:
        return self._windowed.device

    @property
    def takes_guidance(self) -> bool:
        return self._windowed.takes_guidance

    @property
    def takes_pairs(self) -> bool:
        return self._windowed.takes_pairs

    @property
    def takes_masked_image(self) -> bool:
        return self._windowed.takes_masked_image

    def timestep_options(self, scheduler: Any, steps: int, shape: tuple[int, ...]) -> Mapping[str, Any]:
        return self._windowed.timestep_options(scheduler, steps, shape)

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        is_apart = step.index < self._share * step.total
        self._regions = tuple(self._words.at(side, step) for side in given.sides) if is_apart else ()
        return given

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """What the network says of all windows, each where its region is; what control networks add fits no window."""
        if not self._regions or given.extras:
            self._together()
            return self._whole.predict(given)
        return torch.cat([self._side(each, self._regions[place]) for place, each in enumerate(one_side_each(given))])

    def _side(self, given: NetworkInput, regions: tuple[PromptEmbedding, ...] | None) -> torch.Tensor:
        """The same for one side of guidance; ``regions`` are its prompts, ``None`` where they share that of the job."""
        height, width = given.sample.shape[-2:]
        whole: torch.Tensor | None = None
        for place, (mask, window) in enumerate(zip(self._words.masks, self._windows, strict=True)):
            self._alone(place)
            prompts = given.prompts if regions is None else regions[place]
            seen = self._windowed.predict(replace(given, sample=window.of(given.sample), prompts=prompts))
            whole = seen.new_zeros(*seen.shape[:2], height, width) if whole is None else whole
            window.of(whole).add_(seen * window.of(mask))
        if whole is None:
            raise ValueError("there are no regions to look at")
        return whole


def one_side_each(given: NetworkInput) -> tuple[NetworkInput, ...]:
    """A call of a network for each side of guidance that it asks for at once."""
    count = len(given.sides)
    if count == 1:
        return (given,)
    prompts = given.prompts
    samples, tokens = given.sample.chunk(count), prompts.tokens.chunk(count)
    pooled = [None] * count if prompts.pooled is None else prompts.pooled.chunk(count)
    masks = [None] * count if prompts.mask is None else prompts.mask.chunk(count)
    return tuple(
        replace(given, sample=sample, prompts=replace(prompts, tokens=own, pooled=vector, mask=mask), sides=(side,))
        for side, sample, own, vector, mask in zip(given.sides, samples, tokens, pooled, masks, strict=True)
    )


def window_around(mask: torch.Tensor, least: int) -> Window:
    """The window around what a mask (h, w) shows, no smaller than ``least`` as far as there is room; else all."""
    height, width = mask.shape
    shown = mask > 0.0
    top, bottom = _span(shown.any(dim=1), least, height)
    left, right = _span(shown.any(dim=0), least, width)
    return Window(top, left, bottom, right)


def _span(shown: torch.Tensor, least: int, size: int) -> tuple[int, int]:
    """Where what is shown along one side begins and ends, widened to whole multiples and to ``least``."""
    places = shown.nonzero().flatten().tolist() or [0, size - 1]
    first = places[0] // _ALIGNED * _ALIGNED
    last = min(size, -(-(places[-1] + 1) // _ALIGNED) * _ALIGNED)
    while last - first < min(least, size):
        first = max(0, first - _ALIGNED)
        last = min(size, last + _ALIGNED) if last - first < min(least, size) else last
    return first, last
