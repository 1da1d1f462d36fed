"""Frames one after another: what an animation mode is and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from studio.animation import Blend
from studio.api.parameters import FloatParameter, Parameter
from studio.api.specs import DenoiseJob, Engine
from studio.document import Pixels
from studio.generation import CancelToken, GenerationSettings


class PictureStore(Protocol):
    """Pictures that a mode keeps between frames. They outlast the program: a run that is resumed finds them again."""

    def get(self, name: str) -> Pixels | None:
        """The picture kept under a name (letters, digits, ``_``), or ``None``."""
        ...

    def put(self, name: str, pixels: Pixels) -> None:
        """Keep uint8 ``(h, w)`` or ``(h, w, 3)``, exactly, in place of one with the same name."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class FrameContext:
    """What a mode knows when it makes frame ``index`` (from 0) of ``total``.

    ``settings`` are the frame's own: model, size, steps, keyframed guidance and strength, and of prompts and seeds the
    ones that weigh most; ``prompts``, ``negative_prompts`` and ``seeds`` say what is blended. ``values`` holds the
    mode's ``keyframed`` numbers at this frame, ``parameters`` its other ones. ``previous`` is the frame before, uint8
    ``(h, w, 3)``, or ``None``. ``source(i)`` is frame ``i`` of the source, of the animation's size, and
    ``source_count`` their number; without a source it is ``None`` and 0. ``mask`` is uint8 ``(h, w)``, 255 where the
    animation shows, or ``None`` for everywhere. ``at(i)`` is the context of another frame, without ``previous``.
    """

    index: int
    total: int
    fps: float
    settings: GenerationSettings
    prompts: Blend[str]
    negative_prompts: Blend[str]
    seeds: Blend[int]
    values: Mapping[str, float]
    parameters: Mapping[str, Any]
    engine: Engine
    cancel: CancelToken
    kept: PictureStore
    at: Callable[[int], FrameContext]
    previous: Pixels | None = None
    source: Callable[[int], Pixels] | None = None
    source_count: int = 0
    mask: Pixels | None = None

    def job(self, width: int, height: int, **changes: Any) -> DenoiseJob:
        """A job for this frame at a size that suits the model; ``changes`` are fields of the job.

        Prompts are blended; seeds are, unless the job starts from an ``image``.
        """
        blends: dict[str, Any] = {"prompt_blend": self.prompts, "negative_blend": self.negative_prompts}
        if changes.get("image") is None:
            blends["seed_blend"] = self.seeds
        shared = {"width": width, "height": height, **blends, **changes}
        return DenoiseJob.from_settings(self.settings, **shared)


@dataclass(frozen=True, kw_only=True, eq=False)
class AnimationFrame:
    """A frame: uint8 ``(h, w, 3)`` RGB of the animation's size. ``mask`` (uint8 ``(h, w)``) says in place of the
    context's where it shows over the source; ``None`` leaves that as it is."""

    pixels: Pixels
    mask: Pixels | None = None


@dataclass(frozen=True, kw_only=True)
class AnimationSpec:
    """A way to make frames.

    ``frame`` is called on the worker thread for frame 0, 1, 2 ... in order. What it makes may depend on its context
    only, so that a run that was stopped goes on as if it had not been. ``parameters`` stay the same over the frames,
    ``keyframed`` ones change. ``needs_source`` modes cannot do without a film, folder or picture.
    """

    id: str
    name: str
    frame: Callable[[FrameContext], AnimationFrame]
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    keyframed: tuple[FloatParameter, ...] = ()
    needs_source: bool = False
