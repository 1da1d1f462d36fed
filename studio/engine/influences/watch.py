"""The watch of a run: obeys a cancel after every step, and reports how far it is with a preview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch

from studio.document import Pixels
from studio.engine.previewer import Previewer
from studio.engine.progress import StepReporter
from studio.engine.sampling import Influence
from studio.engine.schedule import Step
from studio.generation import CancelToken


class StepWatch(Influence):
    """Watches picture ``picture`` (from 0) of a job in which each takes ``steps``; ``row`` of the latents is shown.

    To be placed behind the influences that change a prediction.
    """

    def __init__(
        self,
        previewer: Previewer,
        reporter: StepReporter,
        cancel: CancelToken,
        *,
        picture: int,
        steps: int,
        row: int = 0,
    ) -> None:
        self._previewer = previewer
        self._reporter = reporter
        self._cancel = cancel
        self._before = picture * steps
        self._steps = steps
        self._row = slice(row, row + 1)
        self._clean: Callable[[], torch.Tensor] | None = None

    def guided(self, step: Step, sample: torch.Tensor, prediction: torch.Tensor) -> torch.Tensor:
        means = step.schedule.prediction
        if means is not None:
            self._clean = partial(means.clean, sample[self._row], prediction[self._row], step.timestep)
        return prediction

    def after_step(self, step: Step, latents: torch.Tensor) -> torch.Tensor:
        """Some schedulers run the network more than once a step, so what is done is a share of the steps."""
        self._cancel.raise_if_cancelled()
        self._reporter.step_done(self._before + (step.index + 1) / step.total * self._steps, self._preview)
        return latents

    def _preview(self) -> Pixels | None:
        """The clean picture that the last prediction implies, or ``None`` where the scheduler does not say how."""
        return None if self._clean is None else self._previewer.render(self._clean())
