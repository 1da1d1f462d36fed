"""Finished frames of a render as frames of a picture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from studio.document import (
    MAX_FPS,
    MIN_FPS,
    Document,
    LoopMode,
    PaintLayer,
    Raster,
    add_frames,
)
from studio.errors import SettingError
from studio.files.animation.project import AnimationProject
from studio.files.animation.work import read_frame
from studio.history import StepKind
from studio.raster.convert import premultiply
from studio.ui.animation.rendering import Render
from studio.ui.widgets.readable import bytes_text

TO_TIMELINE: Final = StepKind("timeline.from_animation", "Animation frames", "timeline")
MOST_BYTES: Final = 3 * 1024**3
"""Pixels of frames that a picture may take in at once; every one of them is in memory."""


def check_memory(project: AnimationProject) -> None:
    """`SettingError` for an animation that is too large to lie in memory as layers."""
    needed = project.frames * project.width * project.height * 4
    if needed > MOST_BYTES:
        raise SettingError(
            "{frames} frames of {width}x{height} take {needed} of memory.",
            "Export them as a film or a folder instead, or render fewer frames.",
            frames=project.frames,
            width=project.width,
            height=project.height,
            needed=bytes_text(needed),
        )


def frame_layers(render: Render, canvas: tuple[int, int]) -> tuple[PaintLayer, ...]:
    """A layer for each frame, in the middle of a canvas of (width, height). Raises `FileError`."""
    x, y = ((side - own) // 2 for side, own in zip(canvas, (render.project.width, render.project.height), strict=True))
    return tuple(
        PaintLayer(
            name=QCoreApplication.translate("Layers", "Frame {number}").format(number=index + 1),
            raster=Raster.from_array(premultiply(read_frame(render.folder, index)), x, y),
        )
        for index in range(render.project.frames)
    )


def with_frames_of(document: Document, project: AnimationProject, layers: tuple[PaintLayer, ...]) -> Document:
    """The document with frames on its timeline; a new timeline is played as the project's export is."""
    loop = (
        LoopMode.PING_PONG
        if project.export.ping_pong
        else LoopMode.ONCE
        if project.export.loops == 1
        else LoopMode.LOOP
    )
    name = QCoreApplication.translate("Layers", "Frames")
    return add_frames(document, layers, name=name, fps=min(max(project.fps, MIN_FPS), MAX_FPS), loop=loop)


def new_document_of(project: AnimationProject, layers: tuple[PaintLayer, ...]) -> Document:
    """A picture of the animation's size that holds its frames and nothing else."""
    return with_frames_of(Document(width=project.width, height=project.height), project, layers)
