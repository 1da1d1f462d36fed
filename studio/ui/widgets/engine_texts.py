"""The state of the engine in words, the same wherever the window tells it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from studio.ui.background.engine_installation import EngineStatus
from studio.ui.widgets.readable import bytes_text, with_time_left

if TYPE_CHECKING:
    from studio.installation.installing import EngineProgress

_ENDLESS: Final = ("compiling", "trying")
"""Stages that tell no figures of their own."""
_TEXTS = (
    QT_TRANSLATE_NOOP("Backends", "NVIDIA graphics card (CUDA 13)"),
    QT_TRANSLATE_NOOP("Backends", "NVIDIA graphics card (CUDA 12.6)"),
    QT_TRANSLATE_NOOP("Backends", "AMD graphics card (ROCm 7.2)"),
    QT_TRANSLATE_NOOP("Backends", "Apple GPU"),
    QT_TRANSLATE_NOOP("Backends", "Processor only"),
    QT_TRANSLATE_NOOP("Backends", "No graphics card that can draw was found."),
    QT_TRANSLATE_NOOP("Backends", "It fits {card}."),
    QT_TRANSLATE_NOOP("Backends", "It fits {card} with driver {driver}."),
    QT_TRANSLATE_NOOP("Backends", "There is no build for {card} on this system, so the processor draws."),
    QT_TRANSLATE_NOOP(
        "Backends",
        "The driver {driver} of {card} is too old: {least} or newer is needed. Until it is updated, pictures are drawn "
        "by the processor.",
    ),
    QT_TRANSLATE_NOOP("Backends", "enlarging with networks"),
    QT_TRANSLATE_NOOP("Backends", "few-step weights"),
    QT_TRANSLATE_NOOP("Backends", "films"),
    QT_TRANSLATE_NOOP("Backends", "models and text encoders in GGUF files"),
)
"""What `studio.installation.backends`, its table and `studio.system.parts` say; a test holds them together."""


@dataclass(frozen=True)
class EngineWords:
    """What to say about the engine, and on the button that leads to it."""

    text: str
    action: str


def engine_words(status: EngineStatus) -> EngineWords | None:
    """For places that offer to draw; ``None`` where nothing is to be said, since pictures can be drawn."""
    if status.kind == "ready":
        return None
    if status.is_installing:
        text = QCoreApplication.translate("EngineState", "{work}. Generate draws as soon as it is there.").format(
            work=work_text(status)
        )
        return EngineWords(text, QCoreApplication.translate("EngineState", "Show the Installation"))
    if status.kind == "unusable":
        text = QCoreApplication.translate("EngineState", "The engine that is installed cannot be used.")
        return EngineWords(text, QCoreApplication.translate("EngineState", "Repair the engine…"))
    text = QCoreApplication.translate("EngineState", "What draws the pictures is not installed yet.")
    return EngineWords(text, QCoreApplication.translate("EngineState", "Install the engine…"))


def work_text(status: EngineStatus) -> str:
    """One line on what is done to the engine, such as "Installing the engine: 43 %, 2 min 5 s left"."""
    if status.work == "removing":
        return QCoreApplication.translate("EngineState", "Removing an engine")
    if status.work == "changing":
        return QCoreApplication.translate("EngineState", "Changing the engine")
    if status.is_stopping:
        return QCoreApplication.translate("EngineState", "Stopping the installation")
    text = QCoreApplication.translate("EngineState", "Installing the engine: {stage}").format(
        stage=stage_text(status.progress)
    )
    return with_time_left(text, None if status.progress is None else status.progress.seconds_left)


def stage_text(progress: EngineProgress | None) -> str:
    """What an installation does, and how far it is with that in percent where it knows."""
    stage, share = "" if progress is None else progress.stage, fraction(progress)
    percent = "" if share is None else f"{math.floor(share * 100)} %"
    if stage == "fetching" and percent:
        return percent
    texts = {
        "tidying": QCoreApplication.translate("EngineState", "removing what an earlier try left"),
        "fetching": QCoreApplication.translate("EngineState", "fetching it"),
        "compiling": QCoreApplication.translate("EngineState", "making it start quickly"),
        "trying": QCoreApplication.translate("EngineState", "drawing a first picture with it"),
    }
    text = texts.get(stage, QCoreApplication.translate("EngineState", "preparing"))
    if not percent:
        return text
    return QCoreApplication.translate("EngineState", "{text}, {percent}").format(text=text, percent=percent)


def amount_text(progress: EngineProgress | None) -> str:
    """How many bytes of how many, while that is known; else nothing."""
    if progress is None or fraction(progress) is None:
        return ""
    done, total = bytes_text(progress.done), bytes_text(progress.total)
    return QCoreApplication.translate("EngineState", "{done} of about {total}").format(done=done, total=total)


def fraction(progress: EngineProgress | None) -> float | None:
    """How far an installation is, 0..1; ``None`` where that cannot be told."""
    if progress is None or progress.stage in _ENDLESS or not 0 < progress.done <= progress.total:
        return None
    return progress.done / progress.total


def backend_text(text: str) -> str:
    """A name or reason of `studio.installation.backends` in the language of the window."""
    return QCoreApplication.translate("Backends", text)
