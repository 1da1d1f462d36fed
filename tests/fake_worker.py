"""A worker that the test drives by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from studio.generation import CancelToken, GeneratedImage, GenerationRequest, GenerationResult, Progress
from studio.session import JobCallbacks


@dataclass
class FakeWorker:
    """Keeps what was submitted; the test says what the job does next."""

    submitted: list[tuple[GenerationRequest, CancelToken, JobCallbacks]] = field(default_factory=list)

    def submit(self, request: GenerationRequest, cancel: CancelToken, callbacks: JobCallbacks) -> None:
        self.submitted.append((request, cancel, callbacks))

    @property
    def request(self) -> GenerationRequest:
        return self.submitted[-1][0]

    @property
    def cancel(self) -> CancelToken:
        return self.submitted[-1][1]

    def progress(self, step: int, total: int, seconds_left: float | None = None) -> None:
        self.submitted[-1][2].progressed(
            Progress(stage="denoising", step=step, total_steps=total, seconds_left=seconds_left)
        )

    def finish(self) -> GenerationResult:
        """End the running job with one picture a seed, each of another colour."""
        request, _, callbacks = self.submitted[-1]
        result = GenerationResult(request=request, images=pictures(request), timings={"total": 1.5})
        callbacks.finished(result)
        return result

    def end_cancelled(self) -> None:
        self.submitted[-1][2].cancelled()

    def fail(self, error: Exception) -> None:
        self.submitted[-1][2].failed(error)


def pictures(request: GenerationRequest) -> tuple[GeneratedImage, ...]:
    made = []
    for offset in range(request.settings.count):
        pixels = np.full((request.settings.height, request.settings.width, 4), 255, np.uint8)
        pixels[..., :3] = ((40 + 60 * offset) % 256, 120, 200)
        made.append(GeneratedImage(pixels=pixels, seed=request.settings.seed + offset))
    return tuple(made)
