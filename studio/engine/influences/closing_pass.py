"""Once more through the network after the last step, for networks that were taught to take off what steps leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import torch

from studio.engine.families.denoiser import Denoiser, called
from studio.engine.predictions import Prediction
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.sampling import Influence, predicted
from studio.engine.schedule import Step


class ClosingPass(Influence):
    """Takes the small errors of the steps off the latents, one after the other, as if they held a little noise.

    ``timestep`` says how much; ``prompts`` has a row for each of the latents, and its last step counts. The first
    ``held`` of the latents, and the cells where ``mask``, float32 (1, 1, h, w), is 0, stay as they are. ``under`` are
    the influences under which the network sees them.
    """

    def __init__(
        self,
        denoiser: Denoiser,
        timestep: int,
        prompts: Encoded,
        *,
        mask: torch.Tensor | None = None,
        held: int = 0,
        under: Sequence[Influence] = (),
    ) -> None:
        self._denoiser = denoiser
        self._timestep = torch.tensor(timestep)
        self._prompts = prompts.parts[-1]
        self._mask = mask
        self._held = held
        self._under = tuple(under)

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        prediction = step.schedule.prediction
        if not step.is_last or prediction is None:
            return latents
        closing = replace(step, timestep=self._timestep)
        rows = [self._closed(closing, prediction, latents, row) for row in range(self._held, len(latents))]
        closed = torch.cat([latents[: self._held], *rows])
        return closed if self._mask is None else torch.where(self._mask > 0, closed, latents)

    def _closed(self, step: Step, prediction: Prediction, latents: torch.Tensor, row: int) -> torch.Tensor:
        sample = prediction.faded(latents[row : row + 1], self._timestep)
        given = called(sample, self._timestep, _row(self._prompts, row))
        output = predicted(self._denoiser, step, given, self._under)
        for influence in self._under:
            output = influence.guided(step, sample, output)
        return prediction.clean(sample, output, self._timestep)


def _row(prompts: PromptEmbedding, row: int) -> PromptEmbedding:
    pooled = None if prompts.pooled is None else prompts.pooled[row : row + 1]
    return PromptEmbedding(prompts.tokens[row : row + 1], pooled)
