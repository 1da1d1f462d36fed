"""What a plugin does while noise is taken off, as guides ask for it: the one door for what guides do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any, NoReturn

import torch

from studio.api.influences import (
    InfluenceGuide,
    InfluenceStep,
    InfluenceWindow,
    SamplingInfluence,
)
from studio.api.network_input import NetworkInput
from studio.engine.attention import Look, Onlooker, looked_at
from studio.engine.families.denoiser import Denoiser
from studio.engine.influences.changed_call import is_like, taken
from studio.engine.influences.unchanged import unchanged
from studio.engine.sampling import Influence
from studio.engine.schedule import Step
from studio.errors import PluginError


class Plugged(Influence, Onlooker):
    """Asks what a plugin made for ``guides`` at those steps at which one of them is felt; without any at every step.

    What it makes of latents counts in the cells of ``mask``, float32 (1, 1, h, w) in 0..1, or everywhere. People call
    it ``name``. While it ``is_silent``, layers see the prompt.
    """

    def __init__(
        self, own: SamplingInfluence, guides: Sequence[InfluenceGuide], mask: torch.Tensor | None = None, name: str = ""
    ) -> None:
        self._own = own
        self._guides = tuple(guides)
        self._name = name or self._guides[0].name
        self.is_silent = False
        self._mask = mask
        self._parts: dict[InfluenceWindow, SamplingInfluence | None] = {}
        self._is_asked = False
        """Whether the network is run at a step at which a guide is felt."""
        self._shown: SamplingInfluence | None = None
        """What layers of the network ask meanwhile."""

    @contextmanager
    def opened(self, denoiser: Denoiser) -> Iterator[None]:
        with ExitStack() as stack:
            if self._has("opened"):
                stack.enter_context(unchanged(denoiser.network))
                stack.enter_context(self._held_open(denoiser.network))
            if self._has("beside") or self._has("instead"):
                stack.enter_context(looked_at(denoiser.network, [self]))
            yield

    def before_step(self, step: Step, given: NetworkInput) -> NetworkInput:
        self._is_asked = self._is_felt(step)
        own = self._own if self._is_asked else None
        return self._asked(own, step, given, lambda made: self._kept(made, given.sample))

    def in_window(
        self, window: InfluenceWindow, cells: tuple[int, int], step: Step, given: NetworkInput
    ) -> NetworkInput:
        """What the network is given at a step for a window on latents of so many rows and columns.

        The window shows already what was made of the latents.
        """
        part = self._part(window, cells) if self._is_asked else None
        return self._asked(part, step, given, lambda _made: given.sample)

    def instead(self, look: Look) -> torch.Tensor | None:
        made = None if self._shown is None or self.is_silent else self._shown.instead(look)
        if made is None:
            return None
        if not isinstance(made, torch.Tensor) or made.shape[:2] != (len(look.query), look.count):
            self._refuse()
        return made

    def beside(self, look: Look, seen: torch.Tensor) -> torch.Tensor:
        return seen if self._shown is None else self._like(self._shown.beside(look, seen), seen)

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        """What the network is asked for beside the steps is asked without the plugin."""
        self._is_asked, self._shown = False, None
        if not self._is_felt(step):
            return prediction
        return self._kept(self._own.guided(_told(step), sample, prediction), prediction)

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        if not self._is_felt(step):
            return latents
        return self._kept(self._own.after_step(_told(step), latents), latents)

    def _has(self, hook: str) -> bool:
        return getattr(type(self._own), hook) is not getattr(SamplingInfluence, hook)

    def _is_felt(self, step: Step) -> bool:
        return not self._guides or any(guide.acts_at(_told(step)) for guide in self._guides)

    def _part(self, window: InfluenceWindow, cells: tuple[int, int]) -> SamplingInfluence | None:
        """What is asked in a window, made once."""
        if window not in self._parts:
            part = self._own.within(window, cells)
            if part is not None and not isinstance(part, SamplingInfluence):
                self._refuse()
            self._parts[window] = part
        return self._parts[window]

    @contextmanager
    def _held_open(self, network: Any) -> Iterator[None]:
        """The plugin's own context; no exception, such as a cancel, ends in it."""
        manager = self._own.opened(network)
        if not isinstance(manager, AbstractContextManager):
            self._refuse()
        manager.__enter__()
        try:
            yield
        except BaseException as error:
            manager.__exit__(type(error), error, error.__traceback__)
            raise
        manager.__exit__(None, None, None)

    def _asked(
        self, own: SamplingInfluence | None, step: Step, given: NetworkInput, sample: Callable[[Any], torch.Tensor]
    ) -> NetworkInput:
        """What something makes of a call; the latents are what ``sample`` says of those that it made."""
        self._shown = own
        if own is None:
            return given
        after: object = own.before_step(_told(step), given)
        if after is given:
            return given
        if not is_like(after, given):
            self._refuse()
        return taken(after, given, sample(after.sample))

    def _kept(self, made: object, before: torch.Tensor) -> torch.Tensor:
        """What was made of latents, where it is felt."""
        if made is before:
            return before
        after = self._like(made, before)
        if not bool(torch.isfinite(after).all()):
            self._refuse()
        return after if self._mask is None else torch.lerp(before, after, self._mask.to(before))

    def _like(self, made: object, before: torch.Tensor) -> torch.Tensor:
        if not isinstance(made, torch.Tensor) or made.shape != before.shape:
            self._refuse()
        return made.to(before.device, before.dtype)

    def _refuse(self) -> NoReturn:
        raise PluginError(
            "The plugin that {guide} comes from made no latents of latents.",
            "Switch it off, or ask its author.",
            guide=self._name,
        )


def _told(step: Step) -> InfluenceStep:
    return InfluenceStep(index=step.index, total=step.total)
