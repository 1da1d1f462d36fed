"""Regions that are drawn each for itself at first, for networks that were taught one thing a picture.

As in "MultiDiffusion" (Bar-Tal and others 2023, arXiv 2302.08113) a network is shown a window in each region with the
words of that region, and what it says is put together by the regions' masks. What no window holds is what it says of
everything at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch

from studio.api.network_input import NetworkInput
from studio.engine.families.denoiser import Denoiser, with_prompts
from studio.engine.influences.plugged import Plugged
from studio.engine.influences.region_words import RegionWords
from studio.engine.influences.window import share_around, window_around
from studio.engine.prompts import PromptEmbedding
from studio.engine.sampling import Influence
from studio.engine.schedule import Step


class RegionWindows(Influence):
    """A denoiser that for the first ``share`` of the steps, 0..1, is asked for each region in a window of its own too.

    It is told of the steps as an influence. ``windowed`` is asked for windows, whose sides are ``least`` cells or more,
    and ``whole`` for all at once; ``alone`` is called before each window with the place of its region, ``around``
    before it is asked for what no window holds, and ``together`` before all are drawn as one. In each window it is
    steered by the ``guides``, in this order.
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
        around: Callable[[], object],
        together: Callable[[], object],
        guides: Sequence[Plugged] = (),
    ) -> None:
        self._whole, self._windowed = whole, windowed
        self._words = words
        self._share = share
        self._alone, self._around, self._together = alone, around, together
        self._guides = tuple(guides)
        self.cells = (words.masks.shape[-2], words.masks.shape[-1])
        self.windows = tuple(window_around(mask, least) for mask in words.masks)
        shares = zip(self.windows, words.masks, strict=True)
        self._shares = tuple(share_around(window, mask) for window, mask in shares)
        self._bare: Mapping[str, Any] = {}
        self._step: Step | None = None
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
        self._step, self._bare = step if is_apart else None, given.extras
        return given

    def predict(self, given: NetworkInput) -> torch.Tensor:
        """What the network says of all, and in the windows what it says of each where its region is."""
        step = self._step
        if step is None:
            self._together()
            return self._whole.predict(given)
        self._around()
        whole = self._whole.predict(given)
        sides = zip(one_side_each(given), self._regions, whole.chunk(len(given.sides)), strict=True)
        for each, regions, said in sides:
            self._put_apart(step, each, regions, said)
        return whole

    def _put_apart(
        self, step: Step, given: NetworkInput, regions: tuple[PromptEmbedding, ...] | None, whole: torch.Tensor
    ) -> None:
        """Put what the network says of the windows into what it says of all.

        ``given`` is one side of guidance; ``regions`` are its prompts, ``None`` where they share that of the job.
        """
        said = whole.clone()
        for place, (window, share) in enumerate(zip(self.windows, self._shares, strict=True)):
            self._alone(place)
            shown = replace(given, sample=window.of(given.sample, self.cells), extras=self._bare)
            shown = shown if regions is None else with_prompts(shown, regions[place])
            for guide in self._guides:
                shown = guide.in_window(window, self.cells, step, shown)
            seen = self._windowed.predict(shown)
            window.of(whole, self.cells).add_((seen - window.of(said, self.cells)) * share)


def one_side_each(given: NetworkInput) -> tuple[NetworkInput, ...]:
    """A call of a network for each side of guidance that it asks for at once."""
    count = len(given.sides)
    if count == 1:
        return (given,)
    samples, words = given.sample.chunk(count), given.words.chunk(count)
    pooled = [None] * count if given.pooled is None else given.pooled.chunk(count)
    masks = [None] * count if given.mask is None else given.mask.chunk(count)
    return tuple(
        replace(given, sample=sample, words=own, pooled=vector, mask=mask, sides=(side,))
        for side, sample, own, vector, mask in zip(given.sides, samples, words, pooled, masks, strict=True)
    )
