"""What the commands of the window of keyframe animations work with, and what decides whether they can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from studio.animation import Interpolation
from studio.editing.animation import ProjectEditor


class Files(Protocol):
    """The file of the project; unsaved changes are asked about first."""

    def new(self) -> None: ...
    def new_from_example(self) -> None: ...
    def ask_open(self) -> None: ...
    def save(self) -> None: ...
    def save_as(self) -> None: ...


class KeyEdits(Protocol):
    """What is done to the chosen keyframes and to the track that is worked on."""

    def add(self) -> None: ...
    def delete(self) -> None: ...
    def interpolate(self, way: Interpolation) -> None: ...
    def make_one_value(self, frame: int) -> None: ...


class Curves(Protocol):
    """Which keyframes are chosen, and their values."""

    def choose_all(self) -> None: ...
    def edit_chosen(self) -> None: ...


class Frames(Protocol):
    """The frames, drawn or to be drawn, and the window that shows them."""

    def toggle_playing(self) -> None: ...
    def start(self) -> None: ...
    def to_timeline(self) -> None: ...
    def as_picture(self) -> None: ...
    def export(self) -> None: ...
    def close(self) -> bool: ...


@dataclass(frozen=True, kw_only=True)
class KeyframeContext:
    """The parts of the window that its commands run with."""

    editor: ProjectEditor
    files: Files
    edits: KeyEdits
    curves: Curves
    playhead: Callable[[], int]
    frames: Frames
    cancel: Callable[[], object]
    show_help: Callable[[], object]
    find_command: Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class KeyframeState:
    """What is so at one moment. ``ways`` are the interpolations of the chosen keyframes, empty if none is chosen."""

    has_project: bool = False
    is_unsaved: bool = False
    can_undo: bool = False
    can_redo: bool = False
    ways: frozenset[Interpolation] = frozenset()
    has_curve: bool = False
    has_plugins: bool = False
    is_playing: bool = False
    is_rendering: bool = False
    is_stopping: bool = False
    has_frames: bool = False
    is_whole: bool = False
