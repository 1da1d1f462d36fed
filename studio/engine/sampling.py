"""The sampling loop, for every family of models and every kind of job, and what may take part in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from typing import Protocol

import torch

from studio.api.network_input import NetworkInput, Side
from studio.engine.families.denoiser import Denoiser, called
from studio.engine.prompts import Encoded, PromptEmbedding
from studio.engine.schedule import Schedule, Step


class Influence(Protocol):
    """Something that takes part in sampling: a mask, a guide, a watch. Subclasses say what they do and leave the rest.

    Where there are several, each gets what the one before it made. Latents are float32 (n, channels, h, w).
    """

    def opened(self, denoiser: Denoiser) -> AbstractContextManager[None]:
        """Entered before the first step and left after the last, however sampling ends."""
        return nullcontext()

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        """What the network is given instead.

        Called before each call of the network: once a step, or once for each side of guidance.
        """
        return given

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        """What the scheduler is given as the prediction for a sample, both sides of guidance put together.

        ``sample`` is scaled as the network wants it, before any influence changed it.
        """
        return prediction

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        """What the next step starts from, or the outcome of the last."""
        return latents


@dataclass(frozen=True, eq=False)
class Guidance:
    """What to draw: prompts with a row for each of the latents, and how strongly they lead away from the negative ones.

    Without ``negative`` the network is asked once a step. ``split`` asks it for one side after the other, which takes
    half of the memory; both sides have embeddings of one length where a network takes them together.
    """

    scale: float
    positive: Encoded
    negative: Encoded | None = None
    split: bool = False

    def sides(self, step: Step) -> tuple[tuple[Side, PromptEmbedding], ...]:
        """What leads a step, and which way."""
        positive: tuple[Side, PromptEmbedding] = ("positive", self.positive.at(step.index, step.total))
        if self.negative is None:
            return (positive,)
        return ("negative", self.negative.at(step.index, step.total)), positive

    def combined(self, outputs: Sequence[torch.Tensor]) -> torch.Tensor:
        """The outputs of the `sides` as one (classifier-free guidance: Ho and Salimans 2022, arXiv 2207.12598)."""
        if len(outputs) == 1:
            return outputs[0]
        negative, positive = outputs
        return negative + self.scale * (positive - negative)


@torch.no_grad()
def sample(
    denoiser: Denoiser, schedule: Schedule, start: torch.Tensor, guidance: Guidance, influences: Sequence[Influence]
) -> torch.Tensor:
    """Run a schedule from ``start``, float32 (n, channels, h, w), to the end: latents of the same shape."""
    latents = start
    with ExitStack() as stack:
        for influence in influences:
            stack.enter_context(influence.opened(denoiser))
        for step in schedule.steps():
            scaled = schedule.scaled(latents, step.timestep)
            prediction = guidance.combined(_outputs(denoiser, step, scaled, guidance, influences))
            for influence in influences:
                prediction = influence.guided(step, scaled, prediction)
            latents = schedule.advanced(latents, prediction, step.timestep)
            for influence in influences:
                latents = influence.after_step(step, latents)
    return latents


def predicted(denoiser: Denoiser, step: Step, given: NetworkInput, influences: Sequence[Influence]) -> torch.Tensor:
    """One call of the network under these influences."""
    for influence in influences:
        given = influence.before_step(step, given)
    return denoiser.predict(given)


def _outputs(
    denoiser: Denoiser, step: Step, scaled: torch.Tensor, guidance: Guidance, influences: Sequence[Influence]
) -> tuple[torch.Tensor, ...]:
    """The network's output for each side of guidance."""
    if denoiser.takes_pairs and not guidance.split:
        given = _together(step, scaled, guidance)
        return predicted(denoiser, step, given, influences).chunk(len(given.sides))
    return tuple(predicted(denoiser, step, given, influences) for given in _apart(step, scaled, guidance))


def _together(step: Step, scaled: torch.Tensor, guidance: Guidance) -> NetworkInput:
    sides, prompts = zip(*guidance.sides(step), strict=True)
    if len(sides) == 1:
        return called(scaled, step.timestep, prompts[0], sides, guidance.scale)
    return called(torch.cat([scaled] * len(sides)), step.timestep, in_rows(prompts), sides, guidance.scale)


def _apart(step: Step, scaled: torch.Tensor, guidance: Guidance) -> Iterator[NetworkInput]:
    for side, prompts in guidance.sides(step):
        yield called(scaled, step.timestep, prompts, (side,), guidance.scale)


def in_rows(prompts: Sequence[PromptEmbedding]) -> PromptEmbedding:
    """Embeddings of equal shapes as the rows of one."""
    pooled = [prompt.pooled for prompt in prompts if prompt.pooled is not None]
    masks = [prompt.mask for prompt in prompts if prompt.mask is not None]
    return PromptEmbedding(
        torch.cat([prompt.tokens for prompt in prompts]),
        torch.cat(pooled) if pooled else None,
        mask=torch.cat(masks) if masks else None,
    )
