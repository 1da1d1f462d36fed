"""A generator that does as it is told, and answers to the questions that dialogs would ask."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication

from studio.api import DenoiseJob
from studio.api.testing import FakeEngine
from studio.app import Studio
from studio.document import Document, Pixels, Rect
from studio.errors import EngineError
from studio.generation import (
    CancelToken,
    GeneratedImage,
    GenerationRequest,
    GenerationResult,
    Progress,
    settings_of,
)
from studio.generation.conditioning import RegionUse
from studio.ui.dialogs.prompts import SaveChoice

SIDE = 64


def _set_event() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class FakeRunner:
    """``plan`` for each job: "finish", "slow" (until cancelled), "stuck" (until `release`), "raise", "exit".

    Of several pictures each waits for ``between`` before the next one is made, which is set at first.
    """

    plan: str = "finish"
    release: threading.Event = field(default_factory=threading.Event)
    between: threading.Event = field(default_factory=_set_event)
    threads: list[str] = field(default_factory=list)
    preloaded: list[str] = field(default_factory=list)

    def preload(self, model: str, cancel: CancelToken, report: Callable[[Progress], None]) -> None:
        report(Progress(stage="loading", step=1, total_steps=2))
        self.preloaded.append(model)

    def run(
        self, request: GenerationRequest, cancel: CancelToken, report: Callable[[Progress], None]
    ) -> GenerationResult:
        self.threads.append(threading.current_thread().name)
        preview = np.zeros((8, 8, 3), np.uint8)
        for step in range(1, 4):
            cancel.raise_if_cancelled()
            report(_drawing(step, preview))
            if self.plan == "raise":
                raise EngineError("The scheduler met a number that is none.", "Try another scheduler.")
            if self.plan == "exit":
                sys.exit(3)
        while self.plan == "slow":
            cancel.raise_if_cancelled()
            time.sleep(0.005)
        if self.plan == "stuck":
            self.release.wait(20)
            cancel.raise_if_cancelled()
        settings = request.settings
        images = tuple(_picture(settings.seed + index) for index in range(settings.count))
        for done in range(1, settings.count):
            own = tuple(replace(image, settings=settings_of(settings, image)) for image in images[:done])
            report(replace(_drawing(3, preview), images=own))
            self.between.wait(20)
            cancel.raise_if_cancelled()
        return GenerationResult(request=request, images=images, timings={"total": 0.01})

    def wildcards(self, name: str) -> None:
        """For animations: none."""

    def engine(self, cancel: CancelToken, report: Callable[[Progress], None]) -> FakeEngine:
        """For animations: frames in no time, or none before a cancel."""
        self.threads.append(threading.current_thread().name)
        if self.plan == "raise":
            raise EngineError("The device went away.", "Try again.")
        self.frames = _SlowEngine(self.plan, cancel, report)
        return self.frames

    def engine_for(
        self,
        document: Document,
        regions: tuple[RegionUse, ...],
        cancel: CancelToken,
        report: Callable[[Progress], None],
        told: Callable[[str], object],
        *,
        held: str = "",
    ) -> FakeEngine:
        """For live frames."""
        return self.engine(cancel, report)


class _SlowEngine(FakeEngine):
    """Of a plan "slow", the third frame lasts until it is cancelled."""

    def __init__(self, plan: str, cancel: CancelToken, report: Callable[[Progress], None]) -> None:
        super().__init__(report=report, cancel=cancel)
        self._plan = plan
        self._token = cancel

    def denoise(self, job: DenoiseJob) -> tuple[Pixels, ...]:
        while self._plan == "slow" and len(self.jobs) == 2:
            self._token.raise_if_cancelled()
            time.sleep(0.005)
        return super().denoise(job)


def _drawing(step: int, preview: Pixels) -> Progress:
    place = Rect(0, 0, SIDE, SIDE)
    return Progress(stage="denoising", step=step, total_steps=3, seconds_left=1.0, preview=preview, preview_rect=place)


def _picture(seed: int) -> GeneratedImage:
    pixels = np.full((SIDE, SIDE, 4), 255, np.uint8)
    pixels[..., :3] = (40, 120, 200)
    return GeneratedImage(pixels=pixels, seed=seed)


@dataclass
class FakePrompts:
    """Answers at once, and remembers what was asked."""

    files: list[Path] = field(default_factory=list)
    save_as: Path | None = None
    changes: SaveChoice = SaveChoice.DISCARD
    several: frozenset[int] | None = frozenset()
    agrees: bool = True
    stops_installing: bool = True
    names: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    suggestions: list[Path] = field(default_factory=list)

    def open_paths(self, title: str, folder: Path, filters: str, answer: Callable[[list[Path]], None]) -> None:
        self.asked.append("open")
        answer(self.files)

    def open_folder(self, title: str, folder: Path, answer: Callable[[Path | None], None]) -> None:
        self.asked.append("folder")
        answer(self.files[0] if self.files else None)

    def save_path(
        self, title: str, suggestion: Path, filters: str, suffix: str, answer: Callable[[Path | None], None]
    ) -> None:
        self.asked.append("save")
        self.suggestions.append(suggestion)
        answer(self.save_as)

    def unsaved_changes(self, name: str, answer: Callable[[SaveChoice], None]) -> None:
        self.asked.append("changes")
        answer(self.changes)

    def several_unsaved(self, names: list[str], answer: Callable[[frozenset[int] | None], None]) -> None:
        self.asked.append("several")
        self.names = names
        answer(self.several)

    def losses(self, name: str, lost: Sequence[str], answer: Callable[[bool], None]) -> None:
        self.asked.append("losses")
        self.names = list(lost)
        answer(self.agrees)

    def stop_installing(self, answer: Callable[[bool], None]) -> None:
        self.asked.append("installing")
        answer(self.stops_installing)


def wait_for_plugins(studio: Studio) -> None:
    """Until the plugins are loaded behind the window, and the window has been told."""
    assert studio.runner.join(30), "the plugins were not loaded"
    QCoreApplication.processEvents()
