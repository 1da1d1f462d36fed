"""A scheduler of diffusers for one run: where it starts, how noisy each step is, and what the next one starts from."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import torch

from studio.api import SchedulerSpec
from studio.engine.families.denoiser import Denoiser
from studio.engine.predictions import Prediction, prediction_of
from studio.errors import SettingError

Generators: TypeAlias = torch.Generator | list[torch.Generator]
"""What draws the noise that a scheduler adds: one for all latents of a batch, or one for each."""


class Schedule:
    """The last ``run`` of a scheduler's ``steps``.

    Schedulers of second order call the network more than once a step: ``len`` counts the calls, which are the steps
    of the loop. Latents are float32 (n, channels, h, w).
    """

    def __init__(self, scheduler: Any, steps: int, run: int, generator: Generators) -> None:
        first = (steps - run) * getattr(scheduler, "order", 1)
        if hasattr(scheduler, "set_begin_index"):
            # Left alone it looks the first timestep up, and where rounding made two alike, as Karras spacing does with
            # many steps, it takes the second and runs past its end.
            scheduler.set_begin_index(first)
        self._scheduler = scheduler
        self.timesteps: torch.Tensor = scheduler.timesteps[first:]
        self.prediction: Prediction | None = prediction_of(scheduler)
        self._options = _step_options(scheduler, generator)

    def __len__(self) -> int:
        return len(self.timesteps)

    def steps(self) -> Iterator[Step]:
        """The steps in order. A schedule is run once."""
        for index, timestep in enumerate(self.timesteps):
            yield Step(index, timestep, self)

    def from_noise(self, noise: torch.Tensor) -> torch.Tensor:
        """Latents to start from where there is no picture."""
        return noise * getattr(self._scheduler, "init_noise_sigma", 1.0)

    def noised(self, clean: torch.Tensor, noise: torch.Tensor, index: int = 0) -> torch.Tensor:
        """Clean latents under as much noise as step ``index`` starts from; call it just before that step."""
        timestep = self.timesteps[index : index + 1]
        if hasattr(self._scheduler, "scale_noise"):
            latents: torch.Tensor = self._scheduler.scale_noise(clean, timestep, noise)
        else:
            latents = self._scheduler.add_noise(clean, noise, timestep)
        return latents

    def scaled(self, latents: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        """The latents as the network wants to see them."""
        if not hasattr(self._scheduler, "scale_model_input"):
            return latents
        scaled: torch.Tensor = self._scheduler.scale_model_input(latents, timestep)
        return scaled

    def advanced(self, latents: torch.Tensor, prediction: torch.Tensor, timestep: torch.Tensor) -> torch.Tensor:
        """The latents that the next step starts from."""
        following: torch.Tensor = self._scheduler.step(
            prediction, timestep, latents, return_dict=False, **self._options
        )[0]
        return following.to(latents.dtype)


@dataclass(frozen=True, eq=False)
class Step:
    """One step of the loop. ``index`` counts from 0; ``timestep`` is a tensor without dimensions."""

    index: int
    timestep: torch.Tensor
    schedule: Schedule

    @property
    def total(self) -> int:
        return len(self.schedule)

    @property
    def is_last(self) -> bool:
        return self.index + 1 == self.total

    def following(self, clean: torch.Tensor, noise: torch.Tensor) -> torch.Tensor:
        """What clean latents are after this step: under the noise that the next one starts from, clean after the last.

        Only once the scheduler has made this step.
        """
        return clean if self.is_last else self.schedule.noised(clean, noise, self.index + 1)


def fresh_scheduler(
    spec: SchedulerSpec,
    config: Mapping[str, Any],
    steps: int,
    *,
    denoiser: Denoiser,
    shape: tuple[int, ...],
    seed: int | list[int],
) -> Any:
    """A scheduler for one run over latents of a shape, with the seed of each picture for one that makes noise itself.

    Raises `SettingError` when it cannot run this many steps.
    """
    try:
        scheduler = spec.factory(config)
        options = {"num_inference_steps": steps, **denoiser.timestep_options(scheduler, steps, shape)}
        scheduler.set_timesteps(**options, device=denoiser.device)
    except Exception as error:
        raise SettingError(
            "The scheduler {spec} cannot run {steps} steps with this model: {reason}",
            "Choose another number of steps or another scheduler.",
            spec=spec.name,
            steps=steps,
            reason=error,
        ) from error
    if getattr(scheduler, "noise_sampler_seed", seed) is None:
        scheduler.noise_sampler_seed = seed
    return scheduler


def _step_options(scheduler: Any, generator: Generators) -> dict[str, Any]:
    known = inspect.signature(scheduler.step).parameters
    wanted = {"eta": 0.0, "generator": generator}
    return {name: value for name, value in wanted.items() if name in known}
