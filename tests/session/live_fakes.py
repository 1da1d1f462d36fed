"""A worker, a clock and an alarm that a test of live painting drives by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from studio.document import Document, PaintLayer, Raster, replace_layer
from studio.errors import Cancelled
from studio.generation import GenerationSettings, Progress
from studio.history import StepKind
from studio.jobs.live import LiveFrame, LiveRequest
from studio.session import Session

PAINT = StepKind("test.paint", "Paint")


@dataclass
class Sent:
    """A frame that was asked for."""

    request: LiveRequest
    done: Callable[[LiveFrame], object]
    failed: Callable[[Exception], object]
    progressed: Callable[[Progress], object]
    is_cancelled: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def finish(self, seconds: float = 0.4) -> LiveFrame:
        """It is drawn."""
        canvas = self.request.document.canvas
        pixels = np.full((8, 8, 3), len(self.request.settings.prompt), np.uint8)
        frame = LiveFrame(
            request=self.request,
            settings=self.request.settings,
            pixels=pixels,
            rect=canvas,
            context=canvas,
            seen=pixels,
            seconds=seconds,
        )
        self.done(frame)
        return frame

    def end_cancelled(self) -> None:
        assert self.is_cancelled
        self.failed(Cancelled())

    def tell(self, step: int, total: int, left: float | None = None, stage: str = "denoising") -> None:
        self.progressed(Progress(stage=stage, step=step, total_steps=total, seconds_left=left))


@dataclass
class HandWorker:
    sent: list[Sent] = field(default_factory=list)
    rests: int = 0

    def draw(
        self,
        request: LiveRequest,
        done: Callable[[LiveFrame], object],
        failed: Callable[[Exception], object],
        progressed: Callable[[Progress], object],
    ) -> Sent:
        self.sent.append(Sent(request, done, failed, progressed))
        return self.sent[-1]

    def rest(self) -> None:
        self.rests += 1

    @property
    def last(self) -> Sent:
        return self.sent[-1]


@dataclass
class HandClock:
    """Time that a test lets pass; the alarm rings on it."""

    now: float = 100.0
    due: float | None = None
    ring: Callable[[], object] = lambda: None

    def __call__(self) -> float:
        return self.now

    def set(self, seconds: float) -> None:
        self.due = self.now + seconds

    def clear(self) -> None:
        self.due = None

    def pass_by(self, seconds: float) -> None:
        """So many seconds go by."""
        end = self.now + seconds
        while self.due is not None and self.due <= end:
            self.now, self.due = max(self.now, self.due), None
            self.ring()
        self.now = end


@dataclass
class Easel:
    """A session with what a person wants, and the stroke under way."""

    session: Session
    settings: GenerationSettings = field(default_factory=lambda: GenerationSettings(prompt="a beach", seed=7))
    stroke: Document | None = None

    def paint(self, value: int) -> Document:
        """A step that paints the whole canvas in a grey."""
        painted = self.painted(value)
        self.session.apply(PAINT, painted)
        return painted

    def painted(self, value: int) -> Document:
        document = self.session.document
        layer = document.active_paint_layer
        assert isinstance(layer, PaintLayer)
        pixels = np.full((document.height, document.width, 4), 255, np.uint8)
        pixels[..., :3] = value
        return replace_layer(document, layer.id, raster=Raster.from_array(pixels))
