"""Influences: what takes part while a model takes off noise, as guides ask for it. Needs no torch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from studio.api.families import JointSequence
from studio.api.network_input import NetworkInput, Side
from studio.document import Pixels
from studio.generation import CancelToken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class InfluenceStep:
    """A step of sampling, counted from 0, of so many."""

    index: int
    total: int


@dataclass(frozen=True)
class InfluenceWindow:
    """A part of the latents, from ``top`` and ``left`` to before ``bottom`` and ``right``, which the network is shown
    as if it were all of them."""

    top: int
    left: int
    bottom: int
    right: int

    def of(self, tensor: Any, cells: tuple[int, int]) -> Any:
        """The part in it of (..., height, width), which shows as much as so many rows and columns of ``cells`` do."""
        top, bottom = _places(self.top, self.bottom, cells[0], tensor.shape[-2])
        left, right = _places(self.left, self.right, cells[1], tensor.shape[-1])
        return tensor[..., top:bottom, left:right]


def _places(first: int, last: int, cells: int, size: int) -> tuple[int, int]:
    """Where cells begin and end along a side of another size: a picture's, or that of a layer that halved them."""
    if size >= cells:
        return first * size // cells, last * size // cells
    halved = 1
    while -(-cells // halved) > size:
        halved *= 2
    begin = first // halved
    return begin, begin - (first - last) // halved


class AttentionLook(Protocol):
    """One look of a layer of a UNet at the prompt: the cells of the picture ask, and what they are shown answers.

    ``name`` is the layer's in the network and ``number`` its place among those that look. It has ``count`` cells, and
    is shown ``words``, (rows, length, width of the text); its ``query`` is (rows, heads, cells, width of a head).
    Answers are (rows, cells, width).
    """

    name: str
    number: int
    count: int
    words: Any
    query: Any

    def at(self, words: Any, query: Any = None) -> Any:
        """What the layer sees in embeddings of words, with its own keys and values; ``query`` for some rows only."""
        ...

    def among(self, keys: Any, values: Any, query: Any = None) -> Any:
        """What the layer sees among keys and values, (rows, heads, length, width of a head)."""
        ...

    def in_heads(self, tensor: Any) -> Any:
        """(rows, length, width) as (rows, heads, length, width of a head)."""
        ...

    def cells_of(self, height: int, width: int) -> tuple[int, int]:
        """Rows and columns of the layer in latents of this size."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class GuideNetwork:
    """What reads the picture of a guide: a network that was found in the models folders, and is loaded on the device
    of the model, in its number format. It is shared: leave it as it is.

    Of a control network ``form`` is "network", "union", "adapter" or "transformer", ``mode`` the kind of pictures that
    it reads the picture as, and ``place`` that of the kind in a union. Of an IP-Adapter ``form`` is "plain", "plus" or
    "full"; ``layers`` are the beginnings of names of layers that are to see the picture, all without any; ``seen`` is
    what the image encoder says of the picture, and what of none.
    """

    module: Any
    form: str
    mode: str = ""
    place: int = 0
    layers: tuple[str, ...] = ()
    seen: tuple[Any, Any] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class InfluenceGuide:
    """A guide that an influence acts for.

    ``picture`` is uint8 ``(height, width, 3)`` RGB, of the size of the job unless it is a reference; ``strength`` is
    above 0 and up to 1.5. It is felt in a region where ``mask``, float32 ``(height, width)`` in 0..1 of the size of the
    job, says so, or everywhere. ``network`` reads the picture, where the guide asks for one.
    """

    name: str
    picture: Pixels
    strength: float = 1.0
    start: float = 0.0
    end: float = 1.0
    mask: NDArray[np.float32] | None = None
    network: GuideNetwork | None = None

    def acts_at(self, step: InfluenceStep) -> bool:
        """Whether it is felt at a step."""
        return step.index / step.total >= self.start and (step.index + 1) / step.total <= self.end


class RegionPrompt(Protocol):
    """A prompt of a region as the text encoders say it, a row of each; see `NetworkInput`."""

    @property
    def tokens(self) -> Any: ...
    @property
    def pooled(self) -> Any: ...
    @property
    def mask(self) -> Any: ...


class InfluenceRegions(Protocol):
    """The parts of a job that have prompts of their own. ``masks`` are float32 (regions, height, width): how much of
    each cell of the latents each region is. They add up to 1."""

    @property
    def masks(self) -> Any: ...

    def at(self, side: Side, step: InfluenceStep) -> Sequence[RegionPrompt] | None:
        """The prompts of the regions at a step; ``None`` where they share that of the job."""
        ...

    def with_pooled(self, given: NetworkInput, step: InfluenceStep) -> NetworkInput:
        """The same call, told of all regions in one vector where the network is told so: their mean by their size."""
        ...


@dataclass(frozen=True, kw_only=True, eq=False)
class InfluenceModel:
    """The model that draws, and what people call it. ``network`` is a module of torch, which is shared: leave its
    numbers as they are.

    Latents have ``channels``, and ``factor`` pixels along one side of a cell. ``latents`` makes them of the middle of
    an RGB picture, float32 ``(1, channels, height, width)``. ``inputs`` are the arguments of the network by name for a
    call, as control networks of its kind take them too; ``TypeError`` for a family that has none. ``sequence`` is how a
    transformer lays words and picture out, ``None`` for another network.
    """

    name: str
    network: Any
    channels: int
    factor: int
    latents: Callable[[Pixels], Any]
    inputs: Callable[[NetworkInput], Mapping[str, Any]]
    sequence: JointSequence | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class InfluenceContext:
    """What an influence is made of: the ``picture`` that its layer shows, uint8 ``(height, width, 3)`` RGB of the size
    of the job, a ``strength`` above 0 and up to 1.5, and the ``family`` of the model, such as "sd1" or "flux1".

    ``guides`` are all that it acts for, see `InfluenceSpec.together`; picture and strength are the first one's.
    ``model`` draws; it is ``None`` while a plugin is tried out. ``regions`` are those of the job, for the influence
    "regions", which acts for no guide and has a black pixel for a picture.
    """

    picture: Pixels
    strength: float
    family: str
    guides: tuple[InfluenceGuide, ...] = ()
    model: InfluenceModel | None = None
    regions: InfluenceRegions | None = None
    cancel: CancelToken | None = None


class SamplingInfluence:
    """Changes what a model draws at each step. Subclasses say what they do and leave the rest.

    All tensors are torch's, latents float32 ``(1, channels, height, width)`` in cells of the model's VAE; what is
    returned has the shape of what was given. It is asked on the worker's thread, for every picture of a job, at those
    steps at which a guide of it is felt. For a guide in a region what it makes of latents counts in the region alone;
    what it does by words, extras and attention it keeps there itself, see `InfluenceGuide.mask`.
    """

    def opened(self, network: Any) -> AbstractContextManager[object]:
        """Entered before the first step and left after the last, however sampling ends.

        Hooks and processors of attention that are set on the network meanwhile are taken off afterwards.
        """
        del network
        return nullcontext()

    def before_step(self, step: InfluenceStep, given: NetworkInput) -> NetworkInput:
        """What the network is given instead.

        Called before each call of the network: once a step, or once for each side of guidance.
        """
        del step
        return given

    def instead(self, look: AttentionLook) -> Any:
        """What a layer of a UNet sees in the place of the prompt; ``None`` where that stays."""
        del look
        return None

    def beside(self, look: AttentionLook, seen: Any) -> Any:
        """What a layer of a UNet sees in all, for what it sees in the prompt and by other influences."""
        del look
        return seen

    def guided(self, step: InfluenceStep, sample: Any, prediction: Any) -> Any:
        """What the scheduler is given as the model's prediction for a sample."""
        del step, sample
        return prediction

    def after_step(self, step: InfluenceStep, latents: Any) -> Any:
        """What the next step starts from, or the outcome of the last."""
        del step
        return latents

    def within(self, window: InfluenceWindow, cells: tuple[int, int]) -> SamplingInfluence | None:
        """What takes part where the network is shown a window on latents of so many rows and columns, as with regions:
        `before_step` and `beside` of that are asked there. Without it nothing is felt in windows."""
        del window, cells
        return None


@dataclass(frozen=True, kw_only=True)
class InfluenceSpec:
    """A way to take part in sampling, for a `GuideSpec` that names it as its ``influence``.

    ``run`` is called once a job, on the worker's thread, and returns what takes part: for each guide alone, or for all
    guides that name it ``together``. It is asked at those steps only at which a guide is felt; for guides of strength 0
    it is not made at all.
    """

    id: str
    name: str
    run: Callable[[InfluenceContext], SamplingInfluence]
    description: str = ""
    together: bool = False
